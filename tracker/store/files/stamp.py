"""The state of a file as the system tells it, and the file behind a link."""

from __future__ import annotations

import os
from pathlib import Path
from typing import NamedTuple, Self


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
