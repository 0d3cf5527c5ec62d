"""The latest claim of each source about a show, and which one counts."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import NamedTuple

from tracker.model.history import ME, Effect, HistoryState, source_name, speaker
from tracker.model.show import Show
from tracker.model.source_state import SourceState
from tracker.model.source_update import is_other_season
from tracker.model.window import Window


class LatestClaim(NamedTuple):
    """What one source says now."""

    source: str  # the name as written
    status: str = ""  # in the source's own word
    release: Window | None = None
    on: date | None = None  # the day since which it says so
    counts: bool = False  # whether its date (or, without any date, its status) counts
    why: str = ""  # why it counts or not, in a few words
    is_record: bool = False  # whether it is the record of an online source, not a claim


def latest_claims(show: Show, history: HistoryState, states: Iterable[SourceState]) -> tuple[LatestClaim, ...]:
    """Return the latest claim of each source, newest first; a source's record replaces its claims."""
    latest: dict[str, LatestClaim] = {}
    states = tuple(states)
    others: list[tuple[str, Window | None]] = []
    with_dates = {state.record.source for state in states if state.record.releases}
    for claim in (step.claim for step in history.steps):
        if claim.status is None and claim.release is None:
            continue
        if claim.is_other_track and source_name(claim.source) in with_dates:
            # The other dates of such a source are listed by themselves, see `find_release_dates`.
            others.append((source_name(claim.source), claim.release))
            continue
        track = claim.track.label if claim.is_other_track else ""
        name = f"{source_name(claim.source)} {track}".rstrip()
        before = latest.pop(name, LatestClaim(speaker(claim.source) or "no name", why=track))
        latest[name] = before._replace(
            status=claim.status.value if claim.status else before.status,
            release=claim.release or before.release,
            on=claim.on or before.on,
        )
    counting_source = _counting_source(history)
    for state in states:
        record = state.record
        since = max(filter(None, (state.since_when("release"), state.since_when("status"))), default=None)
        own_claim = latest.pop(record.source, None)
        if own_claim is not None and record.source == counting_source and _still_says(state, history):
            why, release = "", own_claim.release
        elif own_claim is not None and record.source == counting_source and not _is_counting(record.release, history):
            now = record.release.label if record.release is not None else "no date"
            why = f"counts: its claim; it now says {now}"
            release = own_claim.release
        else:
            why = "gone" if state.is_removed else "earlier run" if is_other_season(show, record) else ""
            release = record.release
            if not why and record.source != counting_source and (record.source, release) in others:
                why = "other date"
        # A source has no word for the status of a season.
        season_status = record.status.value if record.season is not None and record.status is not None else ""
        status = record.raw_status or season_status
        latest[record.source] = LatestClaim(record.source, status, release, since, why=why, is_record=True)
    claims = [claim._replace(counts=name == counting_source) for name, claim in latest.items()]
    claims = [claim._replace(why=claim.why or _why(claim, history)) for claim in claims]
    # Of one day, what was said later comes first.
    order = sorted(range(len(claims)), key=lambda place: (claims[place].on or date.min, place), reverse=True)
    return tuple(claims[place] for place in order)


def _counting_source(history: HistoryState) -> str:
    """Return the source of the counting date, or of the status if nobody gave a date."""
    if history.window_claim is not None:
        return source_name(history.window_claim.source)
    claims = [step.claim for step in history.steps if step.claim.status is not None]
    return source_name(claims[-1].source) if claims else ME


def _is_counting(release: Window | None, history: HistoryState) -> bool:
    """Return whether this is the counting date, or none counts."""
    window = history.window
    if window is None or window.is_tba or release is None:
        return window is None or window.is_tba
    return release.has_same_days(window)


def _still_says(state: SourceState, history: HistoryState) -> bool:
    """Return whether the counting date of a film is one of those that a source has."""
    claim, window = history.window_claim, history.window
    if claim is None or window is None or state.is_removed:
        return False
    dates = (release.window for release in state.record.releases if release.track == claim.track)
    return any(said.has_same_days(window) for said in dates)


def _why(claim: LatestClaim, history: HistoryState) -> str:
    window, release = history.window, claim.release
    if claim.counts:
        return f"counts: {why_it_counts(history)}" if window is not None else "counts"
    if window is None or release is None:
        return ""
    if release.has_same_days(window):
        return "agrees"
    if release.is_tba:
        return "no date"
    if release.contains(window):
        return "vaguer"
    if window.contains(release) and not window.is_tba:
        return "more exact"
    counting = history.window_claim
    if counting is not None and counting.on is not None and claim.on is not None and claim.on < counting.on:
        return "older"
    return "disagrees"


def why_it_counts(history: HistoryState) -> str:
    """Return why the counting window counts, in a word or two."""
    claim, window = history.window_claim, history.window
    if claim is None or window is None:
        return ""
    if track := claim.track.label:
        return track
    later = [step for step in history.steps if (step.claim.on or date.min) >= (claim.on or date.min)]
    confirmed = (step.claim.release for step in later if step.effect is Effect.CONFIRMED)
    is_vaguer = any(release is not None and not release.has_same_days(window) for release in confirmed)
    return "most exact" if is_vaguer else "newest"
