"""The table of all dates of a film: who says them, and which one counts."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import NamedTuple

from tracker.model.history import HistoryState, source_name, speaker
from tracker.model.release import Release, Track
from tracker.model.show import Show
from tracker.model.source_record import source_label
from tracker.model.source_state import SourceState


class ReleaseDate(NamedTuple):
    """One date, as one source says it."""

    release: Release
    source: str  # as people know it
    counts: bool = False


class ReleaseDates(NamedTuple):
    """The dates of a film."""

    near: tuple[ReleaseDate, ...] = ()  # of the country that counts, of the film's own, and the first of all
    elsewhere: tuple[ReleaseDate, ...] = ()

    @property
    def countries_elsewhere(self) -> int:
        return len({one.release.region for one in self.elsewhere})


def find_release_dates(show: Show, history: HistoryState, states: Iterable[SourceState]) -> ReleaseDates:
    """Return the dates of a show that are of a country or medium, by country, each country's by day.

    A source's record has the place of what it claimed before. A show with one date, or with none that is about a
    country or medium, has nothing to list.
    """
    told: dict[tuple[str, Track], tuple[Release, str]] = {}
    for claim in (step.claim for step in history.steps):
        if claim.release is not None and claim.track != Track():
            release = Release(claim.release, claim.region, claim.medium)
            told[source_name(claim.source), claim.track] = (release, source_label(speaker(claim.source)))
    regions = [history.window_claim.region] if history.window_claim is not None else []
    for state in states:
        source = state.record.source
        regions.append(state.record.region)
        if state.record.releases and not state.is_removed:
            told = {key: value for key, value in told.items() if key[0] != source}
            told |= {(source, one.track): (one, source_label(source)) for one in state.record.releases}
    dates = [ReleaseDate(release, source, _is_counting(release, history, source)) for release, source in told.values()]
    if len(dates) < 2:
        return ReleaseDates()
    dates.sort(key=lambda one: (one.release.window.latest or date.max, one.release.region, one.release.medium))
    first = dates[0].release.region
    ranks = dict.fromkeys((*regions, *show.countries, first))
    order = {region: rank for rank, region in enumerate(ranks)}
    near = sorted((one for one in dates if one.release.region in order), key=lambda one: order[one.release.region])
    others = (one for one in dates if one.release.region not in order)
    return ReleaseDates(tuple(near), tuple(sorted(others, key=lambda one: one.release.region)))


def join_agreeing(dates: Iterable[ReleaseDate]) -> list[ReleaseDate]:
    """Return the dates with fewer lines: a source that gives a day without its medium agrees with one that has both."""
    dates = list(dates)
    joined: list[ReleaseDate] = []
    for one in dates:
        if not any(_says_more(other, one) for other in dates):
            others = dict.fromkeys(other.source for other in dates if _says_more(one, other))
            joined.append(one._replace(source=", ".join((one.source, *others))))
    return joined


def _says_more(one: ReleaseDate, other: ReleaseDate) -> bool:
    """Return whether a date is the same as another, with the medium that the other lacks."""
    mine, theirs = one.release, other.release
    return (
        one.source != other.source
        and bool(mine.medium and not theirs.medium)
        and mine.region == theirs.region
        and mine.window.has_same_days(theirs.window)
        and not (other.counts or theirs.note)
    )


def _is_counting(release: Release, history: HistoryState, source: str) -> bool:
    claim = history.window_claim
    return (
        claim is not None
        and claim.release is not None
        and release.track == claim.track
        and release.window.has_same_days(claim.release)
        and source == source_label(speaker(claim.source))
    )
