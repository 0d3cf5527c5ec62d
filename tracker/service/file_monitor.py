"""What happens to the watchlist file from the outside while it is open."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Final, NamedTuple

from tracker.errors import WatchlistUnreadable
from tracker.service.open_watchlist import OpenWatchlist
from tracker.service.sync_copies import SyncCopies
from tracker.store.watchlist_file import FileVersion

FULL_POLL_EVERY: Final = 5
"""After how many polls of the file its folder, its permissions and the clock are polled too."""
RETRIES: Final = 2
"""How many more polls a file that is gone or unreadable is given: some editors delete it before they save."""


class FileChanged(NamedTuple):
    """The file changed, maybe by this program itself."""

    version: FileVersion


class FileLost(NamedTuple):
    """The file is gone, or can no longer be read."""

    reason: str


class DayChanged(NamedTuple):
    """A new day has begun."""

    today: date


class LockChanged(NamedTuple):
    """The file has become read-only, or writable again."""

    is_writable: bool


class CopiesChanged(NamedTuple):
    """The conflicted copies beside the file are others than before."""

    copies: tuple[Path, ...]


class LateWritesFound(NamedTuple):
    """Another program went on writing into a file that an edit replaced."""

    sentence: str


FileEvent = FileChanged | FileLost | DayChanged | LockChanged | CopiesChanged | LateWritesFound


class FileMonitor:
    """Returns at each poll what happened since the last one; it changes nothing, so any thread may poll."""

    def __init__(self, watchlist: OpenWatchlist, sync_copies: SyncCopies, late_writes: Callable[[], str]) -> None:
        self._watchlist = watchlist
        self._late_writes = late_writes
        self._sync_copies = sync_copies
        self._polls = -1
        self._today = watchlist.today
        self._is_writable = not watchlist.why_read_only
        self._folder_stamp = -1
        self._copies: tuple[Path, ...] = ()
        self._late = ""
        self._read_error = ""
        self._polls_left = 0

    def poll(self) -> list[FileEvent]:
        """Poll the file, and now and then everything else."""
        self._polls += 1
        return self.poll_all() if self._polls % FULL_POLL_EVERY == 0 else self._poll_file()

    def poll_all(self, *, patient: bool = True) -> list[FileEvent]:
        """Poll everything; with `patient`, a file that cannot be read is polled some more before it counts as lost."""
        events = self._poll_file(patient=patient)
        if (today := self._watchlist.today) != self._today:
            self._today = today
            events.append(DayChanged(today))
        if (is_writable := not self._watchlist.why_read_only) is not self._is_writable:
            self._is_writable = is_writable
            events.append(LockChanged(is_writable))
        if (stamp := self._sync_copies.folder_stamp()) != self._folder_stamp:
            self._folder_stamp = stamp
            if (copies := self._sync_copies.find()) != self._copies:
                self._copies = copies
                events.append(CopiesChanged(copies))
        if (late := self._late_writes()) != self._late:
            self._late = late
            if late:
                events.append(LateWritesFound(late))
        return events

    def _poll_file(self, *, patient: bool = True) -> list[FileEvent]:
        try:
            version = self._watchlist.reread()
        except WatchlistUnreadable as error:
            self._read_error, self._polls_left = str(error), RETRIES if patient else -1
            return [] if patient else [FileLost(self._read_error)]
        if version is not None:
            self._read_error = ""
            return [FileChanged(version)]
        if not self._read_error or self._polls_left < 0:
            return []
        self._polls_left -= 1
        return [FileLost(self._read_error)] if self._polls_left < 0 else []
