"""Telling one state of a file from another without reading it."""

from __future__ import annotations

import os
from pathlib import Path
from typing import NamedTuple, Self


class FileStamp(NamedTuple):
    """What the system says about one state of a file; another state has another stamp.

    The time of the last change of the inode is left out: a mere rename moves it.
    """

    device: int
    inode: int
    size: int
    """In bytes."""
    modified_ns: int
    """When the bytes changed last, in nanoseconds."""

    @classmethod
    def of(cls, found: os.stat_result) -> Self:
        """Return the stamp in what `stat` found."""
        return cls(found.st_dev, found.st_ino, found.st_size, found.st_mtime_ns)


def read_stamp(path: Path) -> FileStamp | None:
    """Return the stamp of the file at `path`, links followed; None where there is none that can be looked at."""
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
