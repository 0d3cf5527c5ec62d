"""What a refresh asks: which records are due, which are read in any case, which shows are searched for."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime, timedelta
from typing import Final, Generic, NamedTuple, TypeVar

from tracker.model.refresh_interval import RECHECK_CHANGED, REFETCH_AFTER, SEARCH_AGAIN_AFTER, refresh_interval
from tracker.model.season import Season
from tracker.model.show import Show
from tracker.model.source_record import SourceId, SourceRecord, source_ids
from tracker.model.source_state import REVERT_WITHIN, SourceState
from tracker.model.status import Status
from tracker.sources.base import LastSeen

T = TypeVar("T")
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

    def ids_by_key(self, source: str) -> dict[str, list[SourceId]]:
        """Return the ids that the answers of a source are for, by the key that it is asked about."""
        ids: dict[str, list[SourceId]] = {}
        for source_id in self.due:
            if source_id.source == source:
                ids.setdefault(source_id.key, []).append(source_id)
        return ids

    def last_seen(self, source: str, states: Mapping[SourceId, SourceState]) -> dict[str, LastSeen]:
        """Return what was fetched of each show before, by key; nothing of those that are read in any case."""
        return {key: self._last_seen(ids, states) for key, ids in self.ids_by_key(source).items()}

    def _last_seen(self, ids: Sequence[SourceId], states: Mapping[SourceId, SourceState]) -> LastSeen:
        found = (states.get(source_id) for source_id in ids)
        known = [state for state in found if state is not None and not state.is_removed]
        revisions = {state.record.revision for state in known}
        # Several entries may be seasons of one show: it is read for all of them, or for none.
        if len(known) < len(ids) or len(revisions) != 1 or not self.reread.isdisjoint(ids):
            return LastSeen("", None)
        return LastSeen(revisions.pop(), min(state.checked_at for state in known))


class AnswerQueue(Generic[T]):
    """Answers about each show in the order of its sources, however they come in: who fills a field is no race."""

    def __init__(self, due: Mapping[SourceId, str]) -> None:
        self._due = due
        self._waiting: dict[str, list[SourceId]] = {}
        for source_id, show_id in due.items():
            self._waiting.setdefault(show_id, []).append(source_id)
        self._answers: dict[SourceId, T | None] = {}

    def put(self, source_id: SourceId, answer: T | None) -> Iterator[tuple[SourceId, T]]:
        """Add the answer about a record, None where none comes, and yield those whose turn it is."""
        self._answers[source_id] = answer
        waiting = self._waiting[self._due[source_id]]
        while waiting and waiting[0] in self._answers:
            first = waiting.pop(0)
            if (known := self._answers.pop(first)) is not None:
                yield first, known

    def close(self, source: str = "") -> Iterator[tuple[SourceId, T]]:
        """Yield what waits for a source that says no more, "" for all sources."""
        for source_id, show_id in self._due.items():
            is_waiting = source_id in self._waiting[show_id] and source_id not in self._answers
            if source in ("", source_id.source) and is_waiting:
                yield from self.put(source_id, None)


def plan_refresh(
    shows: Sequence[Show],
    states: Mapping[SourceId, SourceState],
    enabled: Collection[str],
    now: datetime,
    today: date,
    *,
    force: bool = False,
    reread: bool = False,
    searched: Mapping[str, datetime] | None = None,
) -> RefreshPlan:
    """Return what is asked about these shows.

    Args:
        shows: The shows.
        states: The last states of the sources.
        enabled: The names of the enabled sources.
        now: The moment, in UTC.
        today: The day of that moment for the owner.
        force: Ask also about shows that are not due.
        reread: Read every record, whatever the source says of what changed.
        searched: When shows that no source knows were searched for last, by show id; None to search for none.
    """
    due = {
        source_id: show.id
        for show in shows
        for source_id in source_ids(show)
        if source_id.source in enabled and (force or _is_due(show, states.get(source_id), now, today))
    }
    searches = _plan_searches(shows, searched, enabled, now) if searched is not None else ()
    if reread:
        return RefreshPlan(due, frozenset(due), searches)
    passed = frozenset(one for one in due if one in states and _has_day_passed(states[one], today))
    return RefreshPlan(due, passed | _find_old(due, states, now - REFETCH_AFTER), searches)


def _plan_searches(
    shows: Iterable[Show], searched: Mapping[str, datetime], enabled: Collection[str], now: datetime
) -> tuple[Show, ...]:
    """Return the shows that no source knows and that are searched for again, longest ago first."""
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


def _has_day_passed(state: SourceState, today: date) -> bool:
    """Return whether a day of the record has come since it was read: it says another status now, without a change."""
    record, read = state.record, state.fetched_at
    if read is None:
        return False
    days: list[date | None] = []
    parts: tuple[SourceRecord | Season, ...] = (record, *record.seasons)
    for part in parts:
        days += [part.release.earliest if part.release is not None else None, part.ended]
        days.append(part.next_episode.on if part.next_episode is not None else None)
    following = record.next_episode.on if record.next_episode is not None else None
    is_last_known = following is None or following <= read.date()
    if record.status is Status.AIRING and is_last_known and today - read.date() >= timedelta(days=7):
        # Nothing more came, so it may be over.
        return True
    # On the day itself it was perhaps too early.
    return any(day is not None and read.date() <= day <= today and read.date() < today for day in days)


def _is_within(moment: datetime, now: datetime, time: timedelta) -> bool:
    # A clock that was set back must not silence a source for years.
    return timedelta(0) <= now - moment < time


def _find_old(due: Iterable[SourceId], states: Mapping[SourceId, SourceState], limit: datetime) -> frozenset[SourceId]:
    old: dict[str, list[tuple[datetime, SourceId]]] = {}
    for source_id in due:
        if source_id in states and (read := states[source_id].fetched_at) is not None and read < limit:
            old.setdefault(source_id.source, []).append((read, source_id))
    return frozenset(
        source_id for dated in old.values() for _, source_id in sorted(dated, key=lambda item: item[0])[:MOST_REREAD]
    )
