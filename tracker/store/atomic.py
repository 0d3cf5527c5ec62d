"""Putting a whole new file in the place of an old one, so that a reader sees the one or the other."""

from __future__ import annotations

import os
import re
import stat
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

from tracker.store.exchange import exchange
from tracker.store.stamp import Stamp, stamp_of


class ChangedMeanwhileError(Exception):
    """The file is no longer the one that was to be replaced; it is as somebody else left it."""


def write(
    path: Path, data: bytes, expected: Stamp | None = None, keep: Callable[[Path], None] = lambda old: None
) -> Stamp:
    """Replace the file at `path` by `data`, durably, and return the stamp of the new one.

    A symlink is followed to the real file. The new bytes are on the disk before the name changes
    hands, and the folder after it. Mode, owner and extended attributes stay. On any failure the old
    file is untouched and the temporary one is gone, if need be with the next write.

    Args:
        path: The file, which need not exist.
        data: All that it shall hold.
        expected: The state that is to be replaced; any where it is None. Where the system can exchange
            two files, even a change within the last microsecond is found and brought back.
        keep: Is given the old file before it goes, and may move it elsewhere.

    Raises:
        ChangedMeanwhileError: The file is not as expected.
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
    _clear_leftovers(target)
    temporary = target.with_name(f".{target.name}.{os.getpid()}.tmp")
    handle = os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_TRUNC | getattr(os, "O_CLOEXEC", 0), 0o600)
    try:
        try:
            _fill(handle, data, old, target)
            stamp = Stamp.of(os.fstat(handle))
        finally:
            os.close(handle)
        if expected is None:
            temporary.replace(target)
        else:
            _put(temporary, target, expected, keep)
    except BaseException:
        with suppress(OSError):
            temporary.unlink()
        raise
    _sync_folder(target.parent)
    return stamp


def _put(temporary: Path, target: Path, expected: Stamp, keep: Callable[[Path], None]) -> None:
    if stamp_of(target) != expected:
        raise ChangedMeanwhileError
    if exchange(temporary, target):
        # Now the old file has the temporary name: whatever it turned out to be, it is still there.
        old = temporary
        if stamp_of(old) != expected and _is_taken_back(old, target):
            raise ChangedMeanwhileError
    else:
        old = temporary.with_suffix(".old.tmp")
        with suppress(OSError):
            os.link(target, old)
        temporary.replace(target)
    # From here on the new file is in place, so that nothing may be called a failure any more.
    with suppress(OSError):
        keep(old)
    with suppress(OSError):
        old.unlink()


def _is_taken_back(temporary: Path, target: Path) -> bool:
    """Exchange the two again and return whether that worked; else the new file stays, and the other is kept."""
    try:
        return exchange(temporary, target)
    except OSError:
        return False


def _clear_leftovers(target: Path) -> None:
    """Remove temporary files of processes that died before they could."""
    pattern = re.compile(rf"\.{re.escape(target.name)}\.(\d+)(?:\.old)?\.tmp")
    with suppress(OSError):
        for path in target.parent.iterdir():
            if (found := pattern.fullmatch(path.name)) and not _is_alive(int(found[1])):
                with suppress(OSError):
                    path.unlink()


def _is_alive(process: int) -> bool:
    try:
        os.kill(process, 0)
    except (ProcessLookupError, OverflowError):
        return False
    except PermissionError:
        return True
    return True


def _fill(handle: int, data: bytes, old: os.stat_result | None, target: Path) -> None:
    rest = memoryview(data)
    while rest:
        rest = rest[os.write(handle, rest) :]
    if hasattr(os, "fchmod"):
        if old is not None:
            with suppress(PermissionError):
                os.fchown(handle, old.st_uid, old.st_gid)
            _copy_attributes(target, handle)
        os.fchmod(handle, stat.S_IMODE(old.st_mode) if old is not None else 0o644 & ~_umask())
    os.fsync(handle)


def _copy_attributes(target: Path, handle: int) -> None:
    """Carry access lists and labels over; a file system without them has none to lose."""
    with suppress(OSError, AttributeError):
        for name in os.listxattr(target):
            with suppress(OSError):
                os.setxattr(handle, name, os.getxattr(target, name))


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
