"""Looking out for what happens to a list from the outside, while it is open."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Final, NamedTuple

from tracker.errors import WatchlistUnreadable
from tracker.service.open_watchlist import FileVersion
from tracker.service.tracker import Tracker

FULL_POLL_EVERY: Final = 5
"""At every how many looks at the file, folder, permissions and clock are looked at too."""
RETRIES: Final = 2
"""How many more looks a file that is gone or unreadable is given: some editors delete it before they save."""


class FileChanged(NamedTuple):
    """The file is in another state than at the last look, be it by this program itself."""

    version: FileVersion


class FileLost(NamedTuple):
    """The file is gone, or can no longer be read."""

    reason: str


class DayChanged(NamedTuple):
    """It is another day than before."""

    today: date


class LockChanged(NamedTuple):
    """The file can be written no more, or again."""

    is_writable: bool


class CopiesChanged(NamedTuple):
    """The copies of a sync program beside the file are others than before."""

    copies: tuple[Path, ...]


FileEvent = FileChanged | FileLost | DayChanged | LockChanged | CopiesChanged


class FileMonitor:
    """Tells at each look what is news since the last one; it keeps what it saw to itself, so any thread may look."""

    def __init__(self, tracker: Tracker) -> None:
        self._tracker = tracker
        self._polls = -1
        self._today = tracker.today
        self._is_writable = not tracker.why_read_only
        self._folder = -1
        self._copies: tuple[Path, ...] = ()
        self._read_error = ""
        self._polls_left = 0

    def poll(self) -> list[FileEvent]:
        """Look at the file, and now and then at all the rest."""
        self._polls += 1
        return self.poll_all() if self._polls % FULL_POLL_EVERY == 0 else self._poll_file()

    def poll_all(self, *, patient: bool = True) -> list[FileEvent]:
        """Look at everything.

        Args:
            patient: Whether a file that cannot be read is given some more looks before it counts as lost.
        """
        tracker, news = self._tracker, self._poll_file(patient=patient)
        if (today := tracker.today) != self._today:
            self._today = today
            news.append(DayChanged(today))
        if (is_writable := not tracker.why_read_only) is not self._is_writable:
            self._is_writable = is_writable
            news.append(LockChanged(is_writable))
        if (folder := tracker.folder_stamp()) != self._folder:
            self._folder = folder
            if (copies := tracker.find_copies()) != self._copies:
                self._copies = copies
                news.append(CopiesChanged(copies))
        return news

    def _poll_file(self, *, patient: bool = True) -> list[FileEvent]:
        try:
            reading = self._tracker.reread()
        except WatchlistUnreadable as error:
            self._read_error, self._polls_left = str(error), RETRIES if patient else -1
            return [] if patient else [FileLost(self._read_error)]
        if reading is not None:
            self._read_error = ""
            return [FileChanged(reading)]
        if not self._read_error or self._polls_left < 0:
            return []
        self._polls_left -= 1
        return [FileLost(self._read_error)] if self._polls_left < 0 else []
