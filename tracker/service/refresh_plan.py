"""What a refresh asks: which records are due, which are read in any case, which shows are searched for."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date, datetime, timedelta
from typing import Final, NamedTuple

from tracker.model.refresh_interval import RECHECK_CHANGED, REFETCH_AFTER, SEARCH_AGAIN_AFTER, refresh_interval
from tracker.model.show import Show
from tracker.model.source_record import SourceId, source_ids
from tracker.model.source_state import REVERT_WITHIN, SourceState
from tracker.model.status import Status

MOST_SEARCHES: Final = 20
"""How many shows that no source knows are searched for in one refresh."""
MOST_REREAD: Final = 10
"""How many records of a source are read in one refresh only because they were not read for long."""


class RefreshPlan(NamedTuple):
    """What a refresh asks."""

    due: Mapping[SourceId, str]  # the records that are asked about, with the ids of their shows
    reread: frozenset[SourceId]
    """Those of them that are read in any case; the others only where the source says that they changed."""
    searches: tuple[Show, ...] = ()  # shows that no source knows, and that are searched for again

    @property
    def total(self) -> int:
        return len(self.due) + len(self.searches)

    def keys(self, source: str) -> list[str]:
        return [source_id.key for source_id in self.due if source_id.source == source]


def plan_refresh(
    shows: Sequence[Show],
    states: Mapping[SourceId, SourceState],
    enabled: Collection[str],
    now: datetime,
    today: date,
    *,
    force: bool = False,
    direct: bool = False,
) -> RefreshPlan:
    """Return what is asked about these shows, without searches.

    Args:
        shows: The shows.
        states: The last states of the sources.
        enabled: The names of the enabled sources.
        now: The moment, in UTC.
        today: The day of that moment for the owner.
        force: Ask also about shows that are not due.
        direct: Read every record, whatever the source says of what changed.
    """
    due = {
        source_id: show.id
        for show in shows
        for source_id in source_ids(show)
        if source_id.source in enabled and (force or _is_due(show, states.get(source_id), now, today))
    }
    return RefreshPlan(due, frozenset(due) if direct else _find_old(due, states, now - REFETCH_AFTER))


def plan_searches(
    shows: Iterable[Show], searched: Mapping[str, datetime], enabled: Collection[str], now: datetime
) -> tuple[Show, ...]:
    """Return the shows that no source knows and that are searched for again, longest ago first.

    `searched` says by show id when that was done last; moments are in UTC.
    """
    waiting = [
        show
        for show in shows
        if not any(source_id.source in enabled for source_id in source_ids(show))
        and show.status is not Status.CANCELLED
        and not show.is_out
        and show.watch != "dropped"
        and (show.id not in searched or not _is_within(searched[show.id], now, SEARCH_AGAIN_AFTER))
    ]
    never = now - timedelta(days=100_000)
    return tuple(sorted(waiting, key=lambda show: searched.get(show.id, never))[:MOST_SEARCHES])


def _is_due(show: Show, state: SourceState | None, now: datetime, today: date) -> bool:
    if state is None:
        return True
    rest = refresh_interval(show, state.record, today)
    if state.changed_at is not None and now - state.changed_at <= REVERT_WITHIN:
        # What was just changed may be taken back, which should be noticed in time.
        rest = min(rest, RECHECK_CHANGED)
    return not _is_within(state.checked_at, now, rest)


def _is_within(moment: datetime, now: datetime, time: timedelta) -> bool:
    # A clock that was set back must not silence a source for years.
    return timedelta(0) <= now - moment < time


def _find_old(due: Iterable[SourceId], states: Mapping[SourceId, SourceState], limit: datetime) -> frozenset[SourceId]:
    old: dict[str, list[tuple[datetime, SourceId]]] = {}
    for source_id in due:
        if source_id in states and (read := states[source_id].fetched_at) is not None and read < limit:
            old.setdefault(source_id.source, []).append((read, source_id))
    return frozenset(source_id for dated in old.values() for _, source_id in sorted(dated)[:MOST_REREAD])
