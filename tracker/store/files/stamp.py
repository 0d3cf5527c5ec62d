"""The state of a file as the system tells it, and the file behind a link."""

from __future__ import annotations

import os
import time
from contextlib import suppress
from pathlib import Path
from typing import Final, NamedTuple, Self

_MARKED_PART: Final = 100_000
"""Nanoseconds; some file systems keep every hundredth only."""
_MARK: Final = 77_700


class FileStamp(NamedTuple):
    """Tells one state of a file from another without reading it.

    The time of the last change of the inode is left out: a mere rename changes it.
    """

    device: int
    inode: int
    size: int
    modified_ns: int

    @classmethod
    def of(cls, state: os.stat_result) -> Self:
        return cls(state.st_dev, state.st_ino, state.st_size, state.st_mtime_ns)


def mark_as_own(handle: int) -> None:
    """Give a file that is finished a time of change by which `is_own` knows it, less than 0.1 ms from now."""
    now = time.time_ns()
    # A file system that cannot do it costs the next reader a look at all processes.
    with suppress(OSError, TypeError):
        os.utime(handle, ns=(now, now - now % _MARKED_PART + _MARK))


def is_own(state: os.stat_result) -> bool:
    """Return whether this program wrote the file last; nobody writes into such a file before it has its name."""
    return state.st_mtime_ns % _MARKED_PART == _MARK


def read_stamp(path: Path) -> FileStamp | None:
    """Return the stamp of the file at `path`, links followed; None if it cannot be looked at."""
    try:
        return FileStamp.of(path.stat())
    except OSError:
        return None


def real_path(path: Path) -> Path:
    """Return the file to which `path` leads through all links; it need not exist.

    Raises:
        OSError: The way there cannot be looked at. A link that was taken for a file would be replaced by one.
    """
    try:
        return Path(os.path.realpath(path, strict=True))
    except FileNotFoundError:
        return Path(os.path.realpath(path))
