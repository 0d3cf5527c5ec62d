"""Everything about one show, as `tracker show` prints it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from tracker.cli.output import (
    COLOURS,
    Style,
    dump_json,
    format_countdown,
    iso_date,
    status_glyph,
    summary_json,
    window_json,
)
from tracker.model.episode import Episode, describe_episode
from tracker.model.formatting import describe_effect, describe_slips
from tracker.model.history import Claim, HistoryState, Step
from tracker.model.latest_claims import LatestClaim, latest_claims
from tracker.model.proposal import Proposal
from tracker.model.show import Show
from tracker.model.source_record import NOTICES
from tracker.model.source_state import SourceState, next_episode
from tracker.service import Tracker
from tracker.text import clean_line, fit


def print_show(tracker: Tracker, show_id: str, *, as_json: bool, pen: Style) -> int:
    """Print everything about a show, what services said of it among it.

    Raises:
        TrackerError: There is no such show.
    """
    one = tracker.watchlist.current.get(show_id)
    said: Sequence[SourceState] = ()
    offers: Sequence[Proposal] = ()
    if one.ids and tracker.as_of is None and tracker.has_source_states:
        said, offers = tracker.states.for_show(one), tracker.proposals.find(one)
    if as_json:
        print(dump_json(full_json(one, tracker.today, said, [proposal_json(offer) for offer in offers])))
    else:
        print(format_show(one, tracker.today, pen, said, [format_proposal(one.title, offer) for offer in offers]))
    return 0


def format_show(
    show: Show, today: date, pen: Style, said: Sequence[SourceState] = (), offers: Sequence[str] = ()
) -> str:
    """Return everything about one show, for reading.

    Args:
        show: The show.
        today: The day from which is seen.
        pen: What colours words.
        said: The last words of services about it.
        offers: What they say otherwise, a line each.
    """
    standing = show.history_state
    native = f"  {show.original_title}" if show.original_title else ""
    lines = [pen(show.title, "1") + native, _headline(show, standing, today, pen), ""]
    facts: dict[str, str] = {
        "id": show.id,
        "kind": show.kind,
        "also": ", ".join(show.aliases),
        "network": ", ".join(show.networks),
        "country": ", ".join(show.countries),
        "genre": ", ".join(show.genres),
        "director": ", ".join(show.directors),
        "writer": ", ".join(show.writers),
        "location": ", ".join(show.locations),
        "tags": ", ".join(show.tags),
        "watch": show.watch,
        "rating": "" if show.rating is None else f"{show.rating:g}",
        "next": describe_episode(coming[0]) if (coming := next_episode(said, today)) else "",
        "to watch": ", ".join(dict.fromkeys(name for word in said for name in word.record.providers)),
        **{f"id {name}": str(value) for name, value in show.ids.items()},
        **dict(show.links),
    }
    lines += [f"{pen(fit(name, 12), '90')} {value}" for name, value in facts.items() if value]
    for heading, text in (("Synopsis", show.synopsis), ("Notes", show.notes)):
        if text:
            lines += ["", pen(heading, "1"), text]
    if show.cast:
        lines += ["", pen("Cast", "1")]
        lines += [
            f"  {c.actor}{f' as {c.role}' if c.role else ''}{f': {c.about}' if c.about else ''}" for c in show.cast
        ]
    told = latest_claims(show, standing, said)
    if len(told) > 1 or any(voice.is_record for voice in told):
        lines += ["", pen("Who says what", "1"), *map(_latest_claim_line, told)]
    if offers:
        lines += ["", pen("Proposals", "1"), *(f"  {line}" for line in offers)]
    if standing.steps:
        lines += ["", pen("History", "1")]
        for step in standing.steps:
            lines += _step_lines(step)
    if said:
        lines.append("")
        lines += [f"{NOTICES[word.record.source]}  {word.record.url}".rstrip() for word in said]
    return "\n".join(lines)


def _headline(show: Show, standing: HistoryState, today: date, pen: Style) -> str:
    status = f"{status_glyph(show.status)} {show.status.value}" if show.status else "no status"
    parts = [pen(status, COLOURS[show.status] if show.status else "")]
    if show.release is not None:
        parts.append(show.release.label)
        parts.append(pen("overdue", "31") if show.is_overdue(today) else format_countdown(show, today))
    if standing.slips:
        parts.append(describe_slips(standing))
    return " · ".join(part for part in parts if part)


def _step_lines(step: Step) -> list[str]:
    claim = step.claim
    status = claim.status.value if claim.status else ""
    region = f" in {claim.region}" if claim.region else ""
    window = claim.release.label + region if claim.release else ""
    effect = describe_effect(step)
    said = " ".join(word for word in (status, window, f"({effect})" if effect else "") if word)
    lines = [
        f"  {fit(claim.date_text or 'undated', 10)}  {said or 'note'}{f'  — {claim.source}' if claim.source else ''}"
    ]
    lines += [f"              {text}" for text in (*claim.note.splitlines(), claim.url) if text]
    return lines


def _latest_claim_line(voice: LatestClaim) -> str:
    window = voice.release.label if voice.release else "–"
    on = voice.on.isoformat() if voice.on else "undated"
    return f"  {fit(voice.source, 20)}  {fit(window, 14)}  {fit(voice.status, 16)}  {on}  {voice.why}".rstrip()


def full_json(
    show: Show, today: date, said: Sequence[SourceState] = (), offers: Sequence[Mapping[str, Any]] = ()
) -> dict[str, Any]:
    """Return a show as `show --json` has it."""
    return summary_json(show, today) | {
        "aliases": list(show.aliases),
        "genres": list(show.genres),
        "directors": list(show.directors),
        "writers": list(show.writers),
        "locations": list(show.locations),
        "synopsis": show.synopsis,
        "notes": show.notes,
        "cast": [{"actor": c.actor, "role": c.role, "about": c.about} for c in show.cast],
        "links": dict(show.links),
        "ids": dict(show.ids),
        "follows": dict(show.follows),
        "proposals": list(offers),
        "voices": [_latest_claim_json(voice) for voice in latest_claims(show, show.history_state, said)],
        "next_episode": _episode_json(coming[0]) if (coming := next_episode(said, today)) else None,
        "providers": list(dict.fromkeys(name for word in said for name in word.record.providers)),
        "notices": [NOTICES[word.record.source] for word in said],
        "history": [_step_json(step) for step in show.history_state.steps],
    }


def _latest_claim_json(voice: LatestClaim) -> dict[str, Any]:
    return {
        "source": voice.source,
        "status": voice.status or None,
        "window": window_json(voice.release),
        "on": iso_date(voice.on),
        "counts": voice.counts,
        "why": voice.why,
    }


def _episode_json(episode: Episode) -> dict[str, Any]:
    at = episode.at.isoformat() if episode.at else None
    return {
        "season": episode.season,
        "number": episode.number,
        "title": episode.title,
        "on": iso_date(episode.on),
        "at": at,
    }


def _step_json(step: Step) -> dict[str, Any]:
    claim: Claim = step.claim
    return {
        "on": iso_date(claim.on),
        "on_text": claim.date_text,
        "status": claim.status.value if claim.status else None,
        "release": claim.release.text if claim.release else None,
        "window": window_json(claim.release),
        "source": claim.source,
        "url": claim.url,
        "note": claim.note,
        "region": claim.region or None,
        "effect": step.effect.value,
        "days": step.days,
    }


def format_proposal(title: str, proposal: Proposal) -> str:
    """Return a proposal as a line: mine, theirs, since when."""
    mine, theirs = (_shorten(proposal.value_text(value)) if value else "" for value in (proposal.mine, proposal.theirs))
    since = f" since {proposal.since}" if proposal.since else ""
    name, source = proposal.field.replace("_", " "), proposal.source_id.source
    return f"? {title}: {name} is {f'“{mine}”' if mine else 'empty'} here, “{theirs}” at {source}{since}"


def proposal_json(proposal: Proposal) -> dict[str, Any]:
    """Return a proposal as scripts get it."""
    return {
        "id": proposal.show_id,
        "field": proposal.field,
        "source": proposal.source_id.source,
        "mine": proposal.value_text(proposal.mine) if proposal.mine is not None else None,
        "theirs": proposal.value_text(proposal.theirs),
        "since": proposal.since.isoformat() if proposal.since else None,
        "url": proposal.url or None,
    }


def _shorten(text: str) -> str:
    line = clean_line(text)
    return line if len(line) <= 60 else line[:59] + "…"
