"""A watchlist that is not there: what is known of it, and making a new one, which never replaces a file."""

from __future__ import annotations

import os
import shlex
from collections.abc import Callable
from contextlib import suppress
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Final

from tracker.errors import WatchlistMissing, WatchlistUnwritable
from tracker.paths import Paths, starter_list
from tracker.store.app_state import state_name

if TYPE_CHECKING:
    from tracker.store.writer import WatchlistWriter

_EMPTY_LIST: Final = """\
# My watchlist. A show only needs a title:
#
#     [[show]]
#     title = "A show I am waiting for"
#
# Your comments, order and own keys stay as they are. `tracker check` finds mistakes.
format = 1
"""
_WITHOUT_MEANING: Final = frozenset({"locks"})
"""Folders of the state that say nothing of a list; a command that is refused may leave something there."""


class NewList:
    """Makes the watchlist where there is none.

    What makes it raises `WatchlistUnwritable` where the system refuses.

    Args:
        paths: Where the list is to be.
        as_of: The day as which the list is seen; nothing is made in the past.
        make_writer: Returns the writer of the file.
    """

    def __init__(self, paths: Paths, as_of: date | None, make_writer: Callable[[], WatchlistWriter]) -> None:
        self._paths = paths
        self._as_of = as_of
        self._make_writer = make_writer

    @property
    def may_begin(self) -> bool:
        """Whether a missing list may be made without being asked: nothing is known of one at its place."""
        return self._as_of is None and not _leads_away(self._paths.watchlist) and not _is_known(self._paths)

    def make_starter(self) -> bool:
        """Put the starter list at its place if this is the first start of all, and return whether it was."""
        path = self._paths.watchlist
        if not self._paths.is_default or path.exists() or path.is_symlink() or not self.may_begin:
            return False
        return self._make_writer().make_file(starter_list().read_bytes())

    def make_empty(self) -> bool:
        """Make an empty list, and return whether it was missing."""
        return self._make_writer().make_file(_EMPTY_LIST.encode())

    def bring_back(self, data: bytes) -> None:
        """Make the list out of a version of one that is gone.

        Raises:
            WatchlistMissing: Its folder is gone too, and nobody can tell whether that is another disk.
            WatchlistUnwritable: A list has arrived meanwhile.
        """
        path = self._paths.watchlist
        if _lacks_folder(self._paths):
            raise WatchlistMissing(explain_missing(self._paths))
        if not self._make_writer().make_file(data):
            raise WatchlistUnwritable(f"{path} was just written by another program.")

    def begin(self) -> None:
        """Make an empty list for the first show that is put on it; a list that arrives at that moment is taken.

        Raises:
            WatchlistMissing: A list of that place is known, which has to be brought back.
        """
        if not self.may_begin:
            raise WatchlistMissing(explain_missing(self._paths))
        self.make_empty()


def explain_missing(paths: Paths) -> str:
    """Return the sentence about a watchlist that is not there, with what can be done."""
    path = paths.watchlist
    command = "tracker" if paths.given is None else f"tracker --watchlist {shlex.quote(str(path))}"
    if _lacks_folder(paths):
        folder = Path(os.path.realpath(path)).parent
        return f"Can't read {path}: there is no folder {folder}. Is its drive connected?"
    if not _is_known(paths):
        is_first = paths.is_default and not path.is_symlink()
        starter = f"To start with examples, run `{command}`. " if is_first else ""
        return f'There is no watchlist at {path} yet. {starter}To start an empty one, run `{command} add "A title"`.'
    day = _newest_version(paths)
    back = f"To get it back as of {day}, run `{command} restore 1`" if day else "No earlier version is kept"
    return f"{path} is gone. {back}. To start a new list, put an empty file there."


def _lacks_folder(paths: Paths) -> bool:
    """Return whether the folder of the watchlist is not there, or cannot be looked at, and is not to be made."""
    return _leads_away(paths.watchlist) or not (paths.is_default or os.access(paths.watchlist.parent, os.F_OK))


def _leads_away(path: Path) -> bool:
    """Return whether a path is a link into a folder that is not there."""
    # A disk that is gone fails each look at it, which the methods of `Path` raise.
    return os.path.islink(path) and not os.access(Path(os.path.realpath(path)).parent, os.F_OK)  # noqa: PTH114


def _is_known(paths: Paths) -> bool:
    """Return whether the state folder has anything of a list at this place."""
    name = state_name(paths.watchlist)
    try:
        return any(
            entry.name == name or entry.name.startswith(f"{name}.")
            for folder in paths.state.iterdir()
            if folder.name not in _WITHOUT_MEANING and folder.is_dir()
            for entry in folder.iterdir()
        )
    except OSError:
        return False


def _newest_version(paths: Paths) -> str:
    """Return the day on which the newest version was written, "" for none."""
    from tracker.store.backups import BackupFolder

    for backup in BackupFolder(paths.state / "versions", paths.watchlist).backups():
        with suppress(OverflowError, ValueError, OSError):
            # In local time, as every date on the screen.
            return datetime.fromtimestamp(backup.at).date().isoformat()  # noqa: DTZ006
    return ""
