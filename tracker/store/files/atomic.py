"""Putting a whole new file in the place of an old one, so that a reader sees the one or the other."""

from __future__ import annotations

import errno
import os
import re
import stat
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Final

from tracker.store.files.stamp import FileStamp, read_stamp, real_path

_CANNOT: Final = (errno.ENOSYS, errno.EINVAL, errno.ENOTSUP, errno.EPERM)
_HERE: Final = -100
"""AT_FDCWD: a path that is not absolute begins at the working folder."""
_EXCHANGE: Final = 2
"""RENAME_EXCHANGE, see renameat2(2)."""


def swap_files(one: Path, other: Path) -> bool:
    """Let two files of one folder change places; return False where system or file system cannot do it.

    Raises:
        OSError: It could be done, but was refused.
    """
    try:
        import ctypes  # 5 ms that only an edit pays

        call = ctypes.CDLL(None, use_errno=True).renameat2
    except (ImportError, OSError, AttributeError, TypeError):
        return False
    if call(_HERE, os.fsencode(one), _HERE, os.fsencode(other), _EXCHANGE) == 0:
        return True
    number = ctypes.get_errno()
    if number in _CANNOT:
        return False
    raise OSError(number, os.strerror(number), str(other))


_NODE: Final = re.sub(r"[^A-Za-z0-9]", "", (os.uname().nodename if hasattr(os, "uname") else ""))[:20] or "here"
"""The machine, so that nobody takes another machine's temporary files in a shared folder for dead ones."""
_UNFINISHED: Final = 0o600
"""The mode of a temporary file until all its bytes are in it."""


class ChangedMeanwhileError(Exception):
    """The file is no longer the one that was to be replaced; it is as somebody else left it."""

    def __init__(self, lost: bytes | None = None) -> None:
        super().__init__()
        self.lost = lost
        """What somebody wrote that somebody else has overwritten at once, since ours stood there for a moment."""


def write(
    path: Path, data: bytes, expected: FileStamp | None = None, keep: Callable[[Path], None] = lambda old: None
) -> FileStamp:
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
            _put(temporary, target, expected, keep)
    except ChangedMeanwhileError as changed:
        with suppress(OSError):
            if changed.lost is not None:
                keep(temporary)
        with suppress(OSError):
            temporary.unlink()
        raise
    except BaseException:
        with suppress(OSError):
            temporary.unlink()
        raise
    _sync_folder(target.parent)
    return stamp


def _put(temporary: Path, target: Path, expected: FileStamp, keep: Callable[[Path], None]) -> None:
    ours = read_stamp(temporary)
    if read_stamp(target) != expected:
        raise ChangedMeanwhileError
    old = temporary.with_suffix(".old.tmp")
    if swap_files(temporary, target):
        # Now the old file has the temporary name: whatever it turned out to be, it is still there.
        if read_stamp(temporary) != expected:
            _give_back(temporary, target, ours)
        try:
            temporary.replace(old)
        except OSError:
            old = temporary
    else:
        with suppress(OSError):
            os.link(target, old)
        temporary.replace(target)
    # From here on the new file is in place, so that nothing may be called a failure any more.
    _put_away(old, keep)


def _give_back(temporary: Path, target: Path, ours: FileStamp | None) -> None:
    """Give the target back what somebody else had written there, and raise; where it cannot be, ours stays.

    Raises:
        ChangedMeanwhileError: It was given back, or somebody wrote once more, which counts.
    """
    try:
        if not _put_back(temporary, target):
            return
        if read_stamp(temporary) not in (ours, None):
            # In that very moment somebody wrote once more, maybe having read ours.
            swap_files(temporary, target)
            raise ChangedMeanwhileError(temporary.read_bytes())
    except OSError:
        return
    raise ChangedMeanwhileError


def _put_back(temporary: Path, target: Path) -> bool:
    try:
        return swap_files(temporary, target)
    except FileNotFoundError:
        # An editor has the file away for a moment, to put a new one there.
        try:
            os.link(temporary, target)
        except FileExistsError:
            return swap_files(temporary, target)
        temporary.unlink()
        return True


def _put_away(old: Path, keep: Callable[[Path], None]) -> None:
    with suppress(OSError):
        keep(old)
    with suppress(OSError):
        old.unlink()


def _clear_leftovers(target: Path, mode: int, keep: Callable[[Path], None]) -> None:
    """Remove temporary files of processes that died before they could.

    One that was taken from the place of the target, or may have been, as its mode tells, is put away.
    """
    with suppress(OSError):
        for path in target.parent.iterdir():
            if path.name.startswith(f".{target.name}.") and is_leftover(path):
                with suppress(OSError):
                    is_old = path.name.endswith(".old.tmp")
                    if is_old or (stat.S_IMODE(path.stat().st_mode) == mode and mode != _UNFINISHED):
                        keep(path)
                with suppress(OSError):
                    path.unlink()


def temporary_name(target: Path) -> Path:
    """Return where this process makes a file that is to become `target`."""
    return target.with_name(f".{target.name}.{_NODE}-{os.getpid()}.tmp")


def is_leftover(path: Path) -> bool:
    """Return whether a file is a temporary one of a process of this machine that died."""
    found = re.fullmatch(rf"\..+\.{re.escape(_NODE)}-(\d+)(?:\.old)?\.tmp", path.name)
    return found is not None and not _is_alive(int(found[1]))


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
