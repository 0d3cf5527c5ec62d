"""Putting a whole new file in the place of an old one, so that a reader sees the one or the other."""

from __future__ import annotations

import os
import stat
from contextlib import suppress
from pathlib import Path


def write(path: Path, data: bytes) -> None:
    """Replace the file at `path` by `data`, durably; a symlink is followed to the real file.

    The new bytes are on the disk before the name changes hands, and the folder after it. Mode and
    owner stay. On any failure the old file is untouched and the temporary one is gone.

    Raises:
        OSError: The folder, the disk or the permissions refuse.
    """
    target = Path(os.path.realpath(path))
    try:
        old = target.stat()
    except FileNotFoundError:
        old = None
    if old is not None and not os.access(target, os.W_OK):
        # A rename would replace a read-only file all the same; its owner said no.
        raise PermissionError(13, "the file is read-only", str(target))
    temporary = target.with_name(f".{target.name}.{os.getpid()}.tmp")
    handle = os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_TRUNC | getattr(os, "O_CLOEXEC", 0), 0o600)
    try:
        try:
            _fill(handle, data, old)
        finally:
            os.close(handle)
        temporary.replace(target)
    except BaseException:
        with suppress(OSError):
            temporary.unlink()
        raise
    _sync_folder(target.parent)


def _fill(handle: int, data: bytes, old: os.stat_result | None) -> None:
    rest = memoryview(data)
    while rest:
        rest = rest[os.write(handle, rest) :]
    if hasattr(os, "fchmod"):
        if old is not None:
            with suppress(PermissionError):
                os.fchown(handle, old.st_uid, old.st_gid)
        os.fchmod(handle, stat.S_IMODE(old.st_mode) if old is not None else 0o644 & ~_umask())
    os.fsync(handle)


def _umask() -> int:
    mask = os.umask(0o077)
    os.umask(mask)
    return mask


def _sync_folder(folder: Path) -> None:
    # Not every system and file system lets a folder be opened and synced; the data is safe by then.
    with suppress(OSError):
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
