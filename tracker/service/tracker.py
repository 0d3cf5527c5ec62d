"""The tracker: one watchlist and everything that can be done with it."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Sequence
from datetime import date, datetime
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Final

from tracker.errors import ExportError, WatchlistUnreadable
from tracker.model.dates import WEEK_STARTS, first_weekday, locale_country
from tracker.paths import Paths
from tracker.service.open_watchlist import OpenWatchlist
from tracker.store.replaced_files import find_replaced_files

if TYPE_CHECKING:
    from contextlib import AbstractContextManager

    from tracker.model.episode import Episode
    from tracker.model.show import Show
    from tracker.service.backups import Backups
    from tracker.service.clipper import Clipper
    from tracker.service.edits import Edits
    from tracker.service.export import Export
    from tracker.service.external_changes import ExternalChanges
    from tracker.service.file_monitor import FileMonitor
    from tracker.service.inbox import Inbox
    from tracker.service.linking import Linking
    from tracker.service.model_reader import ModelReader
    from tracker.service.new_list import NewList
    from tracker.service.proposals import Proposals
    from tracker.service.refresh import RefreshRun
    from tracker.service.reminders import Reminders
    from tracker.service.saved_views import SavedViews
    from tracker.service.source_states import SourceStates
    from tracker.service.sources import Sources
    from tracker.service.sync_copies import SyncCopies
    from tracker.store.app_state import AppState
    from tracker.store.reminder_db import ReminderDatabase
    from tracker.store.settings import Settings
    from tracker.store.source_db import SourceDatabase
    from tracker.store.writer import WatchlistWriter


class Tracker:
    """One watchlist and everything that can be done with it; parts are imported and made at the first use.

    Args:
        paths: Where everything is.
        as_of: The day as which the list is seen; None is today.
        now: The clock, in local time.
    """

    def __init__(self, paths: Paths, *, as_of: date | None = None, now: Callable[[], datetime] = datetime.now) -> None:
        self.paths = paths
        self.now = now
        self.program = "tracker"
        """What another process is told that waits for an edit of this one: the program and its command."""
        self.patience: Callable[[], float | None] = lambda: None
        """Returns for how many seconds an edit waits for another process that writes; None for the usual five."""
        self.on_wait: Callable[[str], None] = lambda holder: None
        """Is called with the name of who an edit has been waiting for, for half a second."""
        self.watchlist = OpenWatchlist(paths, as_of=as_of, now=now, preference=lambda: self.settings.preference)

    @property
    def path(self) -> Path:
        return self.watchlist.path

    @property
    def as_of(self) -> date | None:
        return self.watchlist.as_of

    @property
    def today(self) -> date:
        return self.watchlist.today

    @cached_property
    def settings(self) -> Settings:
        from tracker.store.settings import read_settings  # most runs do without

        return read_settings(self.paths.settings)

    @cached_property
    def saved_views(self) -> SavedViews:
        from tracker.service.saved_views import SavedViews

        return SavedViews(self.paths.settings, lambda: self.settings)

    @property
    def first_weekday(self) -> int:
        """The day on which a week begins for the owner, 0 for Monday: as set, else as in the locale's country."""
        if self.settings.week_starts:
            return WEEK_STARTS[self.settings.week_starts]
        locales = (os.environ.get(name, "") for name in ("LC_ALL", "LC_TIME", "LANG"))
        return first_weekday(locale_country(next(filter(None, locales), "")))

    @property
    def app_state(self) -> AppState:
        """What the app remembers of this list for its next run; a look at the past leaves no trace."""
        from tracker.store.app_state import AppState, state_name

        try:
            name = state_name(self.path)
        except WatchlistUnreadable:
            return AppState(self.paths.state / "views" / "none.json", keeps=False)
        return AppState(self.paths.state / "views" / f"{name}.json", keeps=self.as_of is None)

    @cached_property
    def new_list(self) -> NewList:
        from tracker.service.new_list import NewList

        return NewList(self.paths, self.as_of, lambda: self._writer)

    @cached_property
    def edits(self) -> Edits:
        from tracker.service.edits import Edits

        return Edits(self.watchlist, self.new_list, lambda: self._writer)

    @cached_property
    def backups(self) -> Backups:
        from tracker.service.backups import Backups

        return Backups(self.watchlist, self.new_list, self.edits, lambda: self._writer)

    @cached_property
    def sync_copies(self) -> SyncCopies:
        from tracker.service.sync_copies import SyncCopies

        return SyncCopies(self.watchlist, self.edits, self.backups)

    @cached_property
    def monitor(self) -> FileMonitor:
        from tracker.service.file_monitor import FileMonitor

        return FileMonitor(self.watchlist, self.sync_copies, self.find_late_writes)

    @cached_property
    def external_changes(self) -> ExternalChanges:
        from tracker.service.external_changes import ExternalChanges

        def hold() -> AbstractContextManager[None]:
            # The writer is made with what is returned here, so it can't be made now.
            return self._writer.hold()

        return ExternalChanges(self.paths.state, self.watchlist, lambda: self.inbox, hold)

    @cached_property
    def sources(self) -> Sources:
        from tracker.service.sources import Sources

        return Sources(self.paths, self.settings, self.now)

    @cached_property
    def states(self) -> SourceStates:
        from tracker.service.source_states import SourceStates

        return SourceStates(self._source_database, self.watchlist)

    @cached_property
    def proposals(self) -> Proposals:
        from tracker.service.proposals import Proposals

        return Proposals(self.watchlist, self.states, self.edits)

    @cached_property
    def inbox(self) -> Inbox:
        from tracker.service.inbox import Inbox

        return Inbox(self._source_database, self.edits)

    @cached_property
    def linking(self) -> Linking:
        from tracker.service.linking import Linking

        return Linking(self._source_database, self.watchlist, self.edits, self.sources, self.states, self.inbox)

    @cached_property
    def reminders(self) -> Reminders:
        from tracker.service.reminders import Reminders

        return Reminders(
            self.watchlist, lambda: self.settings, self.next_episodes,
            lambda: self._reminder_database, lambda: self._source_database,
        )  # fmt: skip

    @cached_property
    def clipper(self) -> Clipper:
        from tracker.service.clipper import Clipper

        return Clipper(self.watchlist, self.edits, self._make_model_reader)

    def _make_model_reader(self) -> ModelReader | None:
        if not self.settings.reader:
            return None
        from tracker.service.model_reader import make_reader  # few have a model

        return make_reader(self.settings.reader)

    def refresh(
        self,
        shows: Sequence[Show],
        *,
        force: bool = False,
        direct: bool = False,
        reread: bool = False,
        skip_cache: bool = False,
        dry_run: bool = False,
    ) -> RefreshRun:
        from tracker.service.refresh import RefreshRun

        return RefreshRun(
            self.watchlist, self.edits, self.sources, self.states, self.linking, self.inbox, shows,
            force=force, direct=direct, reread=reread, skip_cache=skip_cache, dry_run=dry_run,
        )  # fmt: skip

    def find_late_writes(self) -> str:
        """Return a sentence if another program wrote into a file that an edit had replaced, else ""."""
        changed = [file for file in find_replaced_files(self.paths.state / "versions") if file.is_changed]
        if not changed:
            return ""
        from tracker.store.app_state import state_name  # loads what makes hashes, for something rare

        return _LATE_WRITES if any(file.backup.parent.name == state_name(self.path) for file in changed) else ""

    @property
    def has_source_states(self) -> bool:
        """Whether any source was ever asked about this list."""
        return self._source_database_path.exists()

    def next_episodes(self) -> dict[str, Episode]:
        """Return the next episode of each show that has one, by show id; none of the past. Blocks.

        It reads nothing else of the source states; see `SourceStates.next_episodes` for what is loaded.
        """
        shows = self.watchlist.current.shows
        if self.as_of is not None or not any(show.ids for show in shows) or not self.has_source_states:
            return {}
        from tracker.model.source_state import next_episodes

        return next_episodes(shows, self._source_database.next_episodes(), self.today)

    def export_ics(
        self,
        shows: Iterable[Show],
        target: Path | None,
        most_days: int | None,
        *,
        with_episodes: bool,
        with_alarms: bool = False,
    ) -> Export:
        """Write a calendar of these shows for other programs, see `export.export_ics`.

        Raises:
            ExportError: The file is something else than a calendar of this program, or cannot be read or written.
        """
        from tracker.service.export import export_ics  # the calendar library takes 80 ms, which nothing else pays

        if target is not None and _is_same_file(target, self.path):
            raise ExportError(f"{target} is the watchlist itself. Choose another file.")
        episodes = self.next_episodes() if with_episodes else {}
        return export_ics(
            shows, self.today, self.watchlist.moment, target, episodes=episodes, most_days=most_days,
            rules=self.reminders.rules if with_alarms else None,
        )  # fmt: skip

    @cached_property
    def _writer(self) -> WatchlistWriter:
        from tracker.store.files.lock import TIMEOUT, Waiting
        from tracker.store.writer import (
            WatchlistWriter,  # what only an edit needs would double the start of `tracker list`
        )

        # The app may set these when the writer is there already.
        waiting = Waiting(self.program, lambda: self.patience() or TIMEOUT, lambda holder: self.on_wait(holder))  # noqa: PLW0108
        return WatchlistWriter(self.watchlist.file, self.paths.state, self.now, self.external_changes, waiting)

    @cached_property
    def _source_database(self) -> SourceDatabase:
        from tracker.store.source_db import (
            SourceDatabase,  # SQLite takes 8 ms, which only lists that were asked about pay
        )

        return SourceDatabase(self._source_database_path)

    @cached_property
    def _reminder_database(self) -> ReminderDatabase:
        from tracker.store.app_state import reminder_db_path
        from tracker.store.reminder_db import ReminderDatabase  # SQLite, as above

        return ReminderDatabase(reminder_db_path(self.paths.state, self.path))

    @property
    def _source_database_path(self) -> Path:
        from tracker.store.app_state import source_db_path

        return source_db_path(self.paths.state, self.path)


_LATE_WRITES: Final = (
    "Another program kept writing into the file after an edit had replaced it. The next edit adds that to your list."
)


def _is_same_file(one: Path, other: Path) -> bool:
    try:
        return one.samefile(other)
    except OSError:
        return False
