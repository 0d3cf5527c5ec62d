"""The latest claim of each source about a show, and which one counts."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date
from typing import NamedTuple

from tracker.model.history import ME, Claim, HistoryState, sort_claims, source_name
from tracker.model.show import Show
from tracker.model.source_state import SourceState, is_other_season
from tracker.model.window import Window


class LatestClaim(NamedTuple):
    """What one source says now."""

    source: str
    """The name as written."""
    status: str = ""
    """In the source's own word."""
    release: Window | None = None
    on: date | None = None
    """The day since which it says so."""
    counts: bool = False
    """Whether its date (or, without any date, its status) counts."""
    why: str = ""
    """Why it counts or not, in a few words."""
    is_record: bool = False
    """Whether it is the record of an online source, not a claim."""


def latest_claims(show: Show, standing: HistoryState, words: Iterable[SourceState]) -> tuple[LatestClaim, ...]:
    """Return the latest claim of each source, newest first; a source's record replaces its claims."""
    found: dict[str, LatestClaim] = {}
    for claim in sort_claims(show.history):
        if claim.status is None and claim.release is None:
            continue
        name = source_name(claim.source) + (f" in {claim.region}" if claim.is_other_region else "")
        before = found.pop(
            name, LatestClaim(_shown(claim.source), why=f"in {claim.region}" if claim.is_other_region else "")
        )
        found[name] = before._replace(
            status=claim.status.value if claim.status else before.status,
            release=claim.release or before.release,
            on=claim.on or before.on,
        )
    holder = source_name(standing.window_claim.source) if standing.window_claim is not None else _speaker(standing)
    for word in words:
        said = word.record
        since = max(filter(None, (word.since_when("release"), word.since_when("status"))), default=None)
        name = said.source
        if name == holder and not _is_window(said.release, standing):
            # Its claim counts, and by now it says something else.
            now = said.release.label if said.release is not None else "no date"
            why = f"counts: its claim; by now it says {now}"
            found[name] = found[name]._replace(status=said.raw_status, on=since, why=why, is_record=True)
            continue
        found.pop(name, None)
        found[name] = LatestClaim(
            name, said.raw_status, said.release, since, why=_service_words(show, word), is_record=True
        )
    told = [voice._replace(counts=name == holder, why=voice.why or "") for name, voice in found.items()]
    told = [voice._replace(why=_why(voice, standing)) if not voice.why else voice for voice in told]
    # Of one day, what was said later stands first.
    placed = sorted(enumerate(told), key=lambda one: (one[1].on or date.min, one[0]), reverse=True)
    return tuple(voice for _, voice in placed)


def _shown(source: str) -> str:
    return re.split(r"\s*(?:,|\()|\s+(?:via|citing)\b", source, maxsplit=1)[0].strip() or "nobody named"


def _speaker(standing: HistoryState) -> str:
    """Return the source of the counting status, if nobody gave a date."""
    said = [step.claim for step in standing.steps if step.claim.status is not None]
    return source_name(said[-1].source) if said else ME


def _is_window(release: Window | None, standing: HistoryState) -> bool:
    """Return whether this is the counting date, or none counts."""
    window = standing.window
    if window is None or window.is_tba or release is None:
        return window is None or window.is_tba
    return release.has_same_days(window)


def _service_words(show: Show, word: SourceState) -> str:
    if word.is_removed:
        return "gone"
    return "earlier run" if is_other_season(show, word.record) else ""


def _why(voice: LatestClaim, standing: HistoryState) -> str:
    window, said = standing.window, voice.release
    if voice.counts:
        return f"counts: {why_it_counts(standing)}" if window is not None else "counts"
    if window is None or said is None:
        return ""
    if said.has_same_days(window):
        return "agrees"
    if said.is_tba:
        return "no date"
    if said.contains(window):
        return "vaguer"
    if window.contains(said):
        return "closer"
    claim: Claim | None = standing.window_claim
    if claim is not None and claim.on is not None and voice.on is not None and voice.on < claim.on:
        return "older"
    return "disagrees"


def why_it_counts(standing: HistoryState) -> str:
    """Return why the counting window counts, in a word or two."""
    claim = standing.window_claim
    if claim is None:
        return ""
    if claim.region:
        return f"in {claim.region}"
    later = [step for step in standing.steps if (step.claim.on or date.min) >= (claim.on or date.min)]
    is_vaguer = any(step.is_vaguer for step in later)
    return "most exact" if is_vaguer else "newest"
