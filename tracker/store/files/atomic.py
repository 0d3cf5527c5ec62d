"""Replace a file in one step, so that a reader sees the old one or the new one."""

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

_NODE: Final = re.sub(r"[^A-Za-z0-9]", "", (os.uname().nodename if hasattr(os, "uname") else ""))[:20] or "here"
"""The machine: temporary files of another one in a shared folder are not leftovers."""
_UNFINISHED: Final = 0o600
"""The mode of a temporary file until all its bytes are in it."""
_SWAP_UNSUPPORTED: Final = (errno.ENOSYS, errno.EINVAL, errno.ENOTSUP, errno.EPERM)
_AT_FDCWD: Final = -100
_RENAME_EXCHANGE: Final = 2
"""See renameat2(2)."""

KeepOld = Callable[[Path], None]
"""Is given the old file before it goes, and may move it elsewhere."""


class ChangedMeanwhileError(Exception):
    """The file is no longer the one that was to be replaced; it is as somebody else left it."""

    def __init__(self, lost: bytes | None = None) -> None:
        super().__init__()
        self.lost = lost
        """What a program wrote and another one has overwritten at once, having read ours in the moment between."""


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
            _replace_expected(temporary, target, expected, keep)
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


def _replace_expected(temporary: Path, target: Path, expected: FileStamp, keep: KeepOld) -> None:
    ours = read_stamp(temporary)
    if read_stamp(target) != expected:
        raise ChangedMeanwhileError
    old = temporary.with_suffix(".old.tmp")
    if _swap_files(temporary, target):
        # Now the old file has the temporary name: whatever it turned out to be, it is still there.
        if read_stamp(temporary) != expected:
            _restore(temporary, target, ours)
        try:
            temporary.replace(old)
        except OSError:
            old = temporary
    else:
        with suppress(OSError):
            os.link(target, old)
        temporary.replace(target)
    # From here on the new file is in place, so that nothing may be called a failure any more.
    with suppress(OSError):
        keep(old)
    with suppress(OSError):
        old.unlink()


def _swap_files(one: Path, other: Path) -> bool:
    """Swap two files of one folder; return False if the system or the file system cannot do it.

    Raises:
        OSError: It can be done, but was refused.
    """
    try:
        import ctypes  # 5 ms that only an edit pays

        call = ctypes.CDLL(None, use_errno=True).renameat2
    except (ImportError, OSError, AttributeError, TypeError):
        return False
    if call(_AT_FDCWD, os.fsencode(one), _AT_FDCWD, os.fsencode(other), _RENAME_EXCHANGE) == 0:
        return True
    number = ctypes.get_errno()
    if number in _SWAP_UNSUPPORTED:
        return False
    raise OSError(number, os.strerror(number), str(other))


def _restore(temporary: Path, target: Path, ours: FileStamp | None) -> None:
    """Restore what somebody else had written to the target, and raise; where that is impossible, ours stays.

    Raises:
        ChangedMeanwhileError: It was restored, or somebody wrote once more, which counts.
    """
    try:
        if not _swap_back(temporary, target):
            return
        if read_stamp(temporary) not in (ours, None):
            # In that very moment somebody wrote once more, maybe having read ours.
            _swap_files(temporary, target)
            raise ChangedMeanwhileError(temporary.read_bytes())
    except OSError:
        return
    raise ChangedMeanwhileError


def _swap_back(temporary: Path, target: Path) -> bool:
    try:
        return _swap_files(temporary, target)
    except FileNotFoundError:
        # An editor has the file away for a moment, to put a new one there.
        try:
            os.link(temporary, target)
        except FileExistsError:
            return _swap_files(temporary, target)
        temporary.unlink()
        return True


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
