"""What each source said last of each show: kept in a database, cached in memory."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import TYPE_CHECKING

from tracker.model.episode import Episode
from tracker.model.show import Show
from tracker.model.source_record import SourceId, source_ids
from tracker.model.source_state import SourceState, next_episodes
from tracker.service.open_watchlist import OpenWatchlist

if TYPE_CHECKING:
    from tracker.store.source_db import SourceDatabase


class SourceStates:
    """The last states of all sources, and what the owner declined of them."""

    def __init__(self, database: SourceDatabase, watchlist: OpenWatchlist) -> None:
        self._database = database
        self._watchlist = watchlist
        self._states: dict[SourceId, SourceState] | None = None
        self._declined: frozenset[tuple[str, str, str, str]] = frozenset()
        self._stamp: tuple[int, int] | None = None

    def load(self) -> bool:
        """Read the database unless it was read already and no process has written to it since. Blocks.

        Returns:
            Whether it was read.
        """
        stamp = self._database.stamp
        if self._states is None or stamp != self._stamp:
            self._declined = self._database.declined()
            self._states, self._stamp = self._database.states(), stamp
            return True
        return False

    @property
    def by_id(self) -> dict[SourceId, SourceState]:
        """The last states; read at the first use."""
        if self._states is None:
            self.load()
        return self._states or {}

    def reread(self, source_id: SourceId) -> SourceState | None:
        """Return the state of one show as the database has it now: another process may have asked meanwhile."""
        state = self._database.state(source_id)
        if state is not None:
            self.by_id[source_id] = state
        return state

    def for_show(self, show: Show) -> tuple[SourceState, ...]:
        return tuple(self.by_id[source_id] for source_id in source_ids(show) if source_id in self.by_id)

    def next_episodes(self, shows: Iterable[Show]) -> dict[str, Episode]:
        """Return the next episode of each of these shows that has one, by show id."""
        episodes = {source_id: state.record.next_episode for source_id, state in self.by_id.items()}
        known = {source_id: episode for source_id, episode in episodes.items() if episode is not None}
        return next_episodes(shows, known, self._watchlist.today)

    def keep(self, states: Sequence[SourceState]) -> None:
        cached = self.by_id
        self._database.save(states)
        cached.update({state.source_id: state for state in states})
        self._states, self._stamp = cached, self._database.stamp

    def keep_unchanged(self, source_ids: Sequence[SourceId], at: datetime) -> None:
        """Note that sources were asked at this moment, in UTC, and say the same as before."""
        self._database.touch(source_ids, at)
        self.by_id.update({source_id: self.by_id[source_id]._replace(checked_at=at) for source_id in source_ids})

    @property
    def declined(self) -> frozenset[tuple[str, str, str, str]]:
        """The keys of declined proposals; another object whenever there are others."""
        return self._declined

    def decline(self, keys: Sequence[tuple[str, str, str, str]]) -> None:
        for key in keys:
            self._database.decline(key)
        self._declined |= set(keys)
