"""`tracker show`: everything about one show."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Final

from tracker.cli.context import Context
from tracker.cli.output import BOLD, COLOURS, GREY, RED, Style, status_sign
from tracker.model.countries import country_name
from tracker.model.episode import Episode, describe_episode
from tracker.model.formatting import claim_parts, describe_effect, describe_missed, describe_slips, describe_wait
from tracker.model.history import Step
from tracker.model.latest_claims import LatestClaim, latest_claims
from tracker.model.proposal import Proposal
from tracker.model.release_dates import ReleaseDate, ReleaseDates, find_release_dates, join_agreeing
from tracker.model.reminder import write_rules
from tracker.model.show import Show
from tracker.model.source_record import NOTICES, find_bad_ids, source_label
from tracker.model.source_state import SourceState, next_episode
from tracker.text import clean_line, fit

_MAX_REGIONS: Final = 12  # how many further countries are named


def print_show(context: Context) -> None:
    """Print everything about a show, and what sources say of it."""
    tracker = context.tracker
    show = context.open().get(context.arguments.id)
    states: Sequence[SourceState] = ()
    proposals: Sequence[Proposal] = ()
    if show.ids and tracker.as_of is None and tracker.has_source_states:
        states, proposals = tracker.states.for_show(show), tracker.proposals.find(show)
    episode, _ = next_episode(states, tracker.today) or (None, "")
    claims = latest_claims(show, show.history_state, states)
    dates = find_release_dates(show, show.history_state, states)
    providers = list(dict.fromkeys(name for state in states for name in state.record.providers))
    if context.arguments.json:
        from tracker.cli.json_output import print_json, show_json  # only --json pays for it

        print_json(
            show_json(
                show,
                tracker.today,
                proposals=proposals,
                latest_claims=claims,
                next_episode=episode,
                providers=providers,
                releases=[*dates.near, *dates.elsewhere],
                notices=[NOTICES[state.record.source] for state in states],
            )
        )
        return
    style = context.style
    lines = [*_head_lines(show, tracker.today, style), "", *_field_lines(show, episode, providers, style)]
    for heading, section in (
        ("Synopsis", [show.synopsis] if show.synopsis else []),
        ("Notes", [show.notes] if show.notes else []),
        ("Cast", _cast_lines(show)),
        ("Who says what", _claim_lines(claims)),
        ("Release dates", [*map(_release_line, join_agreeing(dates.near)), *_elsewhere_line(dates)]),
        ("Proposals", [f"  {format_proposal(show.full_title, proposal)}" for proposal in proposals]),
        ("History", [line for step in show.history_state.steps for line in _step_lines(step)]),
    ):
        if section:
            lines += ["", style(heading, BOLD), *section]
    if states:
        lines += ["", *(f"{NOTICES[state.record.source]}  {state.record.url}".rstrip() for state in states)]
    print("\n".join(lines))


def format_proposal(title: str, proposal: Proposal) -> str:
    """Return a proposal as a line: mine and theirs, or what would be added to mine, and since when."""
    mine, theirs = (_shorten(proposal.value_text(value)) if value else "" for value in (proposal.mine, proposal.theirs))
    since = f" since {proposal.since}" if proposal.since else ""
    name, source = proposal.field.replace("_", " "), source_label(proposal.source_id.source)
    if proposal.added:
        return f"? {title}: {name}: {source} adds “{_shorten(proposal.value_text(proposal.added))}”{since}"
    return f"? {title}: {name}: {f'“{mine}”' if mine else 'empty'} here; {source} has “{theirs}”{since}"


def _head_lines(show: Show, today: date, style: Style) -> list[str]:
    title = style(show.full_title, BOLD) + (f"  {show.original_title}" if show.original_title else "")
    status = f"{status_sign(show.status, Style(False))} {show.status.value}" if show.status else "no status"
    parts = [style(status, COLOURS[show.status] if show.status else "")]
    if show.release is not None:
        parts.append(show.release.label)
    state = show.history_state
    if missed := describe_missed(state, today):
        parts.append(style(missed, RED))
    elif show.release is not None:
        parts.append(style("overdue", RED) if show.is_overdue(today) else describe_wait(show, today))
    if state.slips:
        parts.append(describe_slips(state))
    return [title, " · ".join(filter(None, parts))]


def _field_lines(show: Show, episode: Episode | None, providers: Sequence[str], style: Style) -> list[str]:
    doubts = {name: f" ({doubt})" for name, doubt in find_bad_ids(show).items()}
    fields: dict[str, str] = {
        "id": show.id,
        "kind": show.kind,
        "season": str(show.season or ""),
        "also": ", ".join(show.aliases),
        "network": ", ".join(show.networks),
        "country": ", ".join(map(country_name, show.countries)),
        "genre": ", ".join(show.genres),
        "director": ", ".join(show.directors),
        "writer": ", ".join(show.writers),
        "location": ", ".join(show.locations),
        "tags": ", ".join(show.tags),
        "watch": show.watch,
        "rating": "" if show.rating is None else f"{show.rating:g}",
        "remind": write_rules(show.remind),
        "next": describe_episode(episode) if episode is not None else "",
        "to watch": ", ".join(providers),
        **{f"id {name}": f"{value}{doubts.get(name, '')}" for name, value in show.ids.items()},
    }
    rows = [(name, value) for name, value in fields.items() if value]
    rows += [("link", f"{name}: {url}") for name, url in show.links.items()]
    return [f"{style(fit(name, 12), GREY)} {value}" for name, value in rows]


def _cast_lines(show: Show) -> list[str]:
    return [
        f"  {credit.actor}{f' as {credit.role}' if credit.role else ''}{f': {credit.about}' if credit.about else ''}"
        for credit in show.cast
    ]


def _claim_lines(claims: Sequence[LatestClaim]) -> list[str]:
    if len(claims) < 2 and not any(claim.is_record for claim in claims):
        return []
    lines = []
    for claim in claims:
        window = claim.release.label if claim.release else "–"
        on = claim.on.isoformat() if claim.on else "undated"
        columns = (fit(source_label(claim.source), 20), fit(window, 14), fit(claim.status, 16), on, claim.why)
        lines.append(f"  {'  '.join(columns)}".rstrip())
    return lines


def _release_line(one: ReleaseDate) -> str:
    release, mark = one.release, ">" if one.counts else " "
    columns = (fit(release.region or "all", 4), fit(release.medium, 8), fit(release.window.label, 12), one.source)
    return f"{mark} {'  '.join(columns)}{f'  {release.note}' if release.note else ''}"


def _elsewhere_line(dates: ReleaseDates) -> list[str]:
    """Return the other countries in one line; --json has their dates."""
    regions = list(dict.fromkeys(one.release.region for one in dates.elsewhere))
    if not regions:
        return []
    more = f", and {len(regions) - _MAX_REGIONS} more" if len(regions) > _MAX_REGIONS else ""
    return [f"  also in {', '.join(regions[:_MAX_REGIONS])}{more}; --json has all dates"]


def _step_lines(step: Step) -> list[str]:
    claim, effect = step.claim, describe_effect(step)
    text = " ".join([*claim_parts(claim), *([f"({effect})"] if effect else [])]) or "note"
    source = f"  — {source_label(claim.source)}" if claim.source else ""
    lines = [f"  {fit(claim.date_text or 'undated', 10)}  {text}{source}"]
    if claim.is_hand_edit:
        lines.append("              edited by hand, not yet in the history; `tracker note` adds it")
    return lines + [f"              {text}" for text in (*claim.note.splitlines(), claim.url) if text]


def _shorten(text: str) -> str:
    line = clean_line(text)
    return line if len(line) <= 60 else line[:59] + "…"
