"""One watchlist with everything that can be done to it, be it there or not."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Final

from tracker.errors import ExportError, WatchlistUnreadable
from tracker.paths import starter_list
from tracker.service.backups import Backups
from tracker.store.watchlist_file import explain_os_error

if TYPE_CHECKING:
    from tracker.model.episode import Episode
    from tracker.model.show import Show
    from tracker.service.clipper import Clipper
    from tracker.service.export import Export
    from tracker.service.source_states import Desk
    from tracker.service.sources import Sources

EMPTY_LIST: Final = """\
# My watchlist. A title is all that an entry needs:
#
#     [[show]]
#     title = "A show that I wait for"
#
# Comments, order and keys of your own stay as they are. `tracker check` finds mistakes.
format = 1
"""


class Tracker(Backups):
    """One watchlist, open for looking or for editing."""

    @cached_property
    def sources(self) -> Sources:
        """The services; nothing is asked before the first question."""
        from tracker.service.sources import Sources

        return Sources(self.paths, self.settings, self.now)

    @cached_property
    def desk(self) -> Desk:
        """What the services said of the shows, and what is news."""
        from tracker.service.source_states import Desk

        return Desk(self, self.now)

    @cached_property
    def clipper(self) -> Clipper:
        """Articles and what they say of shows; nothing is read before the first one."""
        from tracker.service.clipper import Clipper

        return Clipper(self)

    @property
    def has_source_states(self) -> bool:
        """Whether any service was ever asked about this list."""
        from tracker.store.app_state import source_db_path

        return source_db_path(self.paths.state, self.path).exists()

    def next_episodes(self) -> dict[str, Episode]:
        """Return the next episode of each show of which a service named one, by the show's id; none of the past.

        For use beside the screen.
        """
        if self.as_of is not None or not any(show.ids for show in self.watchlist.shows) or not self.has_source_states:
            return {}
        from tracker.model.source_state import next_episodes
        from tracker.store.app_state import source_db_path
        from tracker.store.source_db import (
            SourceDatabase,  # SQLite takes 8 ms, which only lists that were asked about pay
        )

        episodes = SourceDatabase(source_db_path(self.paths.state, self.path)).next_episodes()
        return next_episodes(self.watchlist.shows, episodes, self.today)

    def export_ics(
        self, shows: Iterable[Show], target: Path | None, most_days: int | None, *, with_episodes: bool
    ) -> Export:
        """Write a calendar of these shows for other programs, see `exporting.export_ics`.

        Raises:
            NotExported: The file is something else than a calendar of this program, or cannot be read or written.
        """
        from tracker.service.export import export_ics  # the calendar library takes 80 ms, which nothing else pays

        if target is not None and _is_same_file(target, self.path):
            raise ExportError(f"{target} is the watchlist itself; name another file.")
        episodes = self.next_episodes() if with_episodes else {}
        now = self.now().astimezone(UTC)
        return export_ics(shows, self.today, now, target, episodes=episodes, most_days=most_days)

    def make_starter(self) -> bool:
        """Copy the starter list to its place if this is the first start, and return whether it was.

        Raises:
            WatchlistUnreadable: The folder cannot be made or written.
        """
        if not self.paths.is_default or self.path.exists() or self.path.is_symlink():
            return False
        _create(self.path, starter_list().read_bytes())
        return True

    def make_empty(self) -> None:
        """Make an empty list where the file is missing.

        Raises:
            WatchlistUnreadable: The folder cannot be made or written, or something is there.
        """
        if self.path.exists():
            raise WatchlistUnreadable(f"{self.path} is there already.")
        _create(self.path, EMPTY_LIST.encode())


def _is_same_file(one: Path, other: Path) -> bool:
    try:
        return one.samefile(other)
    except OSError:
        return False


def _create(path: Path, data: bytes) -> None:
    from tracker.store.files import atomic

    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        atomic.write(path, data)
    except OSError as error:
        raise WatchlistUnreadable(f"{path} cannot be made: {explain_os_error(error)}.") from None
