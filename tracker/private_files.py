"""Files and folders that only their owner may read, whatever the umask says."""

from __future__ import annotations

import os
import stat
from contextlib import suppress
from pathlib import Path
from typing import Final

from tracker.paths import APP

_FOLDER: Final = 0o700
_FILE: Final = 0o600
_DEPTH: Final = 3
"""How many folders of the program are above one of its files at most, its own one among them."""


def make_missing_folders(folder: Path) -> None:
    """Make a folder and those above it that are missing, for their owner only, as the XDG base directories want it.

    Raises:
        OSError: A folder cannot be made.
    """
    missing = []
    while not folder.exists():
        missing.append(folder)
        folder = folder.parent
    for place in reversed(missing):
        with suppress(FileExistsError):
            place.mkdir(_FOLDER)
            # The umask may have taken more.
            place.chmod(_FOLDER)


def make_private_folder(folder: Path) -> None:
    """Make a folder as `make_missing_folders` does; close it, and the program's own above it, where others may look in.

    Raises:
        OSError: A folder cannot be made.
    """
    own = [folder, *folder.parents][:_DEPTH]
    names = [place.name for place in own]
    for place in own[: names.index(APP) + 1 if APP in names else 1]:
        _close_to_others(place)


def _close_to_others(folder: Path) -> None:
    try:
        mode = stat.S_IMODE(folder.stat().st_mode)
    except FileNotFoundError:
        make_missing_folders(folder)
    else:
        if mode != _FOLDER and os.name == "posix":
            with suppress(OSError):
                folder.chmod(_FOLDER)


def open_private(path: Path, flags: int) -> int:
    """Open a file that only its owner may read and write, and make its folder.

    Raises:
        OSError: The folder or the file cannot be made.
    """
    make_private_folder(path.parent)
    handle = os.open(path, flags | getattr(os, "O_CLOEXEC", 0), _FILE)
    if os.name == "posix" and stat.S_IMODE(os.fstat(handle).st_mode) != _FILE:
        # The umask took more, or somebody opened it to others.
        with suppress(OSError):
            os.fchmod(handle, _FILE)
    return handle
