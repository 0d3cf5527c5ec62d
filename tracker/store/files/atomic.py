"""Replace a file in one step, so that a reader sees the old one or the new one."""

from __future__ import annotations

import os
import re
import stat
from contextlib import suppress
from pathlib import Path
from typing import Final

from tracker.store.files.stamp import FileStamp, real_path
from tracker.store.files.swap import ChangedMeanwhileError, KeepOld, replace_expected

_NODE: Final = re.sub(r"[^A-Za-z0-9]", "", (os.uname().nodename if hasattr(os, "uname") else ""))[:20] or "here"
"""The machine: temporary files of another one in a shared folder are not leftovers."""
_UNFINISHED: Final = 0o600
"""The mode of a temporary file until all its bytes are in it."""


def open_private(path: Path, flags: int) -> int:
    """Open a file that only its owner may read, and make its folder.

    Raises:
        OSError: The folder or the file cannot be made.
    """
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    return os.open(path, flags | getattr(os, "O_CLOEXEC", 0), 0o600)


def write_all(handle: int, data: bytes) -> None:
    """Write all of the bytes, also where the system takes only some at a time."""
    rest = memoryview(data)
    while rest:
        rest = rest[os.write(handle, rest) :]


def write(path: Path, data: bytes, expected: FileStamp | None = None, keep: KeepOld = lambda old: None) -> FileStamp:
    """Replace the file at `path` by `data`, durably, and return the stamp of the new one.

    A symlink is followed to the real file. The new bytes are on the disk before the name changes hands, and the
    folder after it. Mode, owner and extended attributes stay. On any failure the old file is untouched and the
    temporary one is gone, at the latest with the next write.

    Args:
        path: The file, which need not exist.
        data: Its new bytes.
        expected: The state that is to be replaced; any if None. Where the system can swap two files, even a change
            within the last microsecond is found and restored.
        keep: Is given the old file.

    Raises:
        ChangedMeanwhileError: The file is not as expected.
        OSError: The folder, the disk or the permissions refuse.
    """
    target = real_path(path)
    try:
        old = target.stat()
    except FileNotFoundError:
        old = None
    if old is not None and not os.access(target, os.W_OK):
        # A rename would replace a read-only file all the same; its owner said no.
        raise PermissionError(13, "the file is read-only", str(target))
    _clear_leftovers(target, stat.S_IMODE(old.st_mode) if old else _UNFINISHED, keep)
    temporary = temporary_name(target)
    flags = os.O_WRONLY | os.O_CREAT | os.O_TRUNC | getattr(os, "O_CLOEXEC", 0)
    handle = os.open(temporary, flags, _UNFINISHED)
    try:
        try:
            _fill(handle, data, old, target)
            stamp = FileStamp.of(os.fstat(handle))
        finally:
            os.close(handle)
        if expected is None:
            temporary.replace(target)
        else:
            replace_expected(temporary, target, expected, keep)
    except BaseException as error:
        with suppress(OSError):
            if isinstance(error, ChangedMeanwhileError) and error.lost is not None:
                keep(temporary)
        with suppress(OSError):
            temporary.unlink()
        raise
    _sync_folder(target.parent)
    return stamp


def temporary_name(target: Path) -> Path:
    """Return where this process makes a file that is to become `target`."""
    return target.with_name(f".{target.name}.{_NODE}-{os.getpid()}.tmp")


def is_leftover(path: Path) -> bool:
    """Return whether a file is a temporary one of a process of this machine that died."""
    found = re.fullmatch(rf"\..+\.{re.escape(_NODE)}-(\d+)(?:\.old)?\.tmp", path.name)
    if found is None:
        return False
    try:
        os.kill(int(found[1]), 0)
    except (ProcessLookupError, OverflowError):
        return True
    except PermissionError:
        pass
    return False


def _clear_leftovers(target: Path, mode: int, keep: KeepOld) -> None:
    """Remove temporary files of processes that died; what was the target itself, or may have been, is kept."""
    with suppress(OSError):
        for path in target.parent.iterdir():
            if path.name.startswith(f".{target.name}.") and is_leftover(path):
                with suppress(OSError):
                    # A temporary file has the mode of the target only once it is finished, or was the target.
                    is_finished = stat.S_IMODE(path.stat().st_mode) == mode != _UNFINISHED
                    if path.name.endswith(".old.tmp") or is_finished:
                        keep(path)
                with suppress(OSError):
                    path.unlink()


def _fill(handle: int, data: bytes, old: os.stat_result | None, target: Path) -> None:
    write_all(handle, data)
    if hasattr(os, "fchmod"):
        if old is not None:
            with suppress(PermissionError):
                os.fchown(handle, old.st_uid, old.st_gid)
            _copy_attributes(target, handle)
        os.fchmod(handle, stat.S_IMODE(old.st_mode) if old is not None else 0o644 & ~_umask())
    os.fsync(handle)


def _copy_attributes(target: Path, handle: int) -> None:
    # A file system without access lists and labels has none to lose.
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
