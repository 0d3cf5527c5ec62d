"""Everything about one show, as `tracker show` prints it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from tracker.cli.report import COLOURS, Pen, countdown, dumps, glyph, iso, summary_json, window_json
from tracker.model.episode import Episode, episode_words
from tracker.model.history import Claim, Standing, Step
from tracker.model.labels import effect_words, slip_words
from tracker.model.observation import NOTICES
from tracker.model.proposal import Proposal
from tracker.model.show import Show
from tracker.model.voice import Voice, voices
from tracker.model.word import Word, next_episode
from tracker.service import Tracker
from tracker.text import clean_line, fit


def show(tracker: Tracker, show_id: str, *, as_json: bool, pen: Pen) -> int:
    """Print everything about a show, what services said of it among it.

    Raises:
        TrackerError: There is no such show.
    """
    one = tracker.watchlist.get(show_id)
    said: Sequence[Word] = ()
    offers: Sequence[Proposal] = ()
    if one.ids and tracker.as_of is None and tracker.was_asked:
        said, offers = tracker.desk.words_of(one), tracker.desk.proposals(one)
    if as_json:
        print(dumps(full_json(one, tracker.today, said, [proposal_json(offer) for offer in offers])))
    else:
        print(show_text(one, tracker.today, pen, said, [proposal_text(one.title, offer) for offer in offers]))
    return 0


def show_text(show: Show, today: date, pen: Pen, said: Sequence[Word] = (), offers: Sequence[str] = ()) -> str:
    """Return everything about one show, for reading.

    Args:
        show: The show.
        today: The day from which is seen.
        pen: What colours words.
        said: The last words of services about it.
        offers: What they say otherwise, a line each.
    """
    standing = show.standing
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
        "next": episode_words(coming[0]) if (coming := next_episode(said, today)) else "",
        "to watch": ", ".join(dict.fromkeys(name for word in said for name in word.said.providers)),
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
    told = voices(show, standing, said)
    if len(told) > 1 or any(voice.is_service for voice in told):
        lines += ["", pen("Who says what", "1"), *map(_voice_line, told)]
    if offers:
        lines += ["", pen("Proposals", "1"), *(f"  {line}" for line in offers)]
    if standing.steps:
        lines += ["", pen("History", "1")]
        for step in standing.steps:
            lines += _step_lines(step)
    if said:
        lines.append("")
        lines += [f"{NOTICES[word.said.source]}  {word.said.url}".rstrip() for word in said]
    return "\n".join(lines)


def _headline(show: Show, standing: Standing, today: date, pen: Pen) -> str:
    status = f"{glyph(show.status)} {show.status.value}" if show.status else "no status"
    parts = [pen(status, COLOURS[show.status] if show.status else "")]
    if show.release is not None:
        parts.append(show.release.label)
        parts.append(pen("overdue", "31") if show.is_overdue(today) else countdown(show, today))
    if standing.slips:
        parts.append(slip_words(standing))
    return " · ".join(part for part in parts if part)


def _step_lines(step: Step) -> list[str]:
    claim = step.claim
    status = claim.status.value if claim.status else ""
    region = f" in {claim.region}" if claim.region else ""
    window = claim.release.label + region if claim.release else ""
    effect = effect_words(step)
    said = " ".join(word for word in (status, window, f"({effect})" if effect else "") if word)
    lines = [f"  {fit(claim.said or 'undated', 10)}  {said or 'note'}{f'  — {claim.source}' if claim.source else ''}"]
    lines += [f"              {text}" for text in (*claim.note.splitlines(), claim.url) if text]
    return lines


def _voice_line(voice: Voice) -> str:
    window = voice.release.label if voice.release else "–"
    on = voice.on.isoformat() if voice.on else "undated"
    return f"  {fit(voice.who, 20)}  {fit(window, 14)}  {fit(voice.status, 16)}  {on}  {voice.why}".rstrip()


def full_json(
    show: Show, today: date, said: Sequence[Word] = (), offers: Sequence[Mapping[str, Any]] = ()
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
        "voices": [_voice_json(voice) for voice in voices(show, show.standing, said)],
        "next_episode": _episode_json(coming[0]) if (coming := next_episode(said, today)) else None,
        "providers": list(dict.fromkeys(name for word in said for name in word.said.providers)),
        "notices": [NOTICES[word.said.source] for word in said],
        "history": [_step_json(step) for step in show.standing.steps],
    }


def _voice_json(voice: Voice) -> dict[str, Any]:
    return {
        "source": voice.who,
        "status": voice.status or None,
        "window": window_json(voice.release),
        "on": iso(voice.on),
        "counts": voice.counts,
        "why": voice.why,
    }


def _episode_json(episode: Episode) -> dict[str, Any]:
    at = episode.at.isoformat() if episode.at else None
    return {
        "season": episode.season,
        "number": episode.number,
        "title": episode.title,
        "on": iso(episode.on),
        "at": at,
    }


def _step_json(step: Step) -> dict[str, Any]:
    claim: Claim = step.claim
    return {
        "on": iso(claim.on),
        "on_text": claim.said,
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


def proposal_text(title: str, proposal: Proposal) -> str:
    """Return a proposal as a line: mine, theirs, since when."""
    mine, theirs = (_short(proposal.words(value)) if value else "" for value in (proposal.mine, proposal.theirs))
    since = f" since {proposal.since}" if proposal.since else ""
    name, source = proposal.field.replace("_", " "), proposal.reference.source
    return f"? {title}: {name} is {f'“{mine}”' if mine else 'empty'} here, “{theirs}” at {source}{since}"


def proposal_json(proposal: Proposal) -> dict[str, Any]:
    """Return a proposal as scripts get it."""
    return {
        "id": proposal.show_id,
        "field": proposal.field,
        "source": proposal.reference.source,
        "mine": proposal.words(proposal.mine) if proposal.mine is not None else None,
        "theirs": proposal.words(proposal.theirs),
        "since": proposal.since.isoformat() if proposal.since else None,
        "url": proposal.url or None,
    }


def _short(text: str) -> str:
    line = clean_line(text)
    return line if len(line) <= 60 else line[:59] + "…"
