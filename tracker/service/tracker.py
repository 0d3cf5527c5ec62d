"""One watchlist with everything that can be done to it, be it there or not."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Final

from tracker.errors import WatchlistUnreadable
from tracker.paths import Paths, starter
from tracker.service.keeping import Keeping
from tracker.store.watchlist_file import reason

if TYPE_CHECKING:
    from tracker.store.remembered import Settings

EMPTY_LIST: Final = """\
# My watchlist. A title is all that an entry needs:
#
#     [[show]]
#     title = "A show that I wait for"
#
# Comments, order and keys of your own stay as they are. `tracker check` finds mistakes.
format = 1
"""


class Tracker(Keeping):
    """One watchlist, open for looking or for editing."""

    def make_starter(self) -> bool:
        """Copy the starter list to its place if this is the first start, and return whether it was.

        Raises:
            WatchlistUnreadable: The folder cannot be made or written.
        """
        if not self.paths.is_default or self.path.exists() or self.path.is_symlink():
            return False
        _create(self.path, starter().read_bytes())
        return True

    def make_empty(self) -> None:
        """Make an empty list where the file is missing.

        Raises:
            WatchlistUnreadable: The folder cannot be made or written, or something is there.
        """
        if self.path.exists():
            raise WatchlistUnreadable(f"{self.path} is there already.")
        _create(self.path, EMPTY_LIST.encode())


def settings(paths: Paths) -> Settings:
    """Return the settings of the owner."""
    from tracker.store.remembered import read_settings

    return read_settings(paths.settings)


def _create(path: Path, data: bytes) -> None:
    from tracker.store import atomic

    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        atomic.write(path, data)
    except OSError as error:
        raise WatchlistUnreadable(f"{path} cannot be made: {reason(error)}.") from None
