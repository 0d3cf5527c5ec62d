"""Replace a file in one step, so that a reader sees the old one or the new one."""

from __future__ import annotations

import errno
import os
import stat
from contextlib import suppress
from pathlib import Path
from typing import Final

from tracker.private_files import make_missing_folders, make_private_folder
from tracker.store.files.stamp import FileStamp, mark_as_own, read_stamp, real_path
from tracker.store.files.swap import KeepOld, replace_expected
from tracker.store.files.temporary import find_leftovers, link_new, new_temporary, open_new

_NEW_FILE: Final = 0o644
_ACCESS_LIST: Final = "system.posix_acl_access"
"""The extended attribute with a POSIX access list, see acl(5)."""


def write_all(handle: int, data: bytes) -> None:
    """Write all of the bytes, also where the system takes only some at a time."""
    rest = memoryview(data)
    while rest:
        rest = rest[os.write(handle, rest) :]


def write(path: Path, data: bytes, expected: FileStamp | None = None, keep: KeepOld = lambda old: None) -> FileStamp:
    """Replace the file at `path` by `data`, durably, and return the stamp of the new one.

    A symlink is followed to the real file. The new bytes are on the disk before the name changes hands, and the
    folder after it. Mode, group, access list and extended attributes stay; so does the owner where the system lets
    this process give a file away, else the new file is its own. On any failure the old file is untouched and the
    temporary one is gone, at the latest with the next write.

    Args:
        path: The file, which need not exist.
        data: Its new bytes.
        expected: The state that is to be replaced; any if None. Where the system can swap two files, even a change
            within the last microsecond is found and restored.
        keep: Is given the old file.

    Raises:
        ChangedMeanwhileError: The file is not as expected.
        OSError: The folder, the disk or the permissions refuse, or the file would no longer be its group's, or no
            longer the one that its other names have.
    """
    target = real_path(path)
    _clear_leftovers(target, keep)
    try:
        old = target.stat()
    except FileNotFoundError:
        old = None
    if old is not None:
        _check_replaceable(target, old)
    handle, temporary = new_temporary(target, None if old is not None else _NEW_FILE)
    try:
        try:
            if old is not None:
                _make_alike(handle, target, old)
            write_all(handle, data)
            mark_as_own(handle)
            os.fsync(handle)
            stamp = FileStamp.of(os.fstat(handle))
        finally:
            os.close(handle)
        if expected is None:
            temporary.replace(target)
        else:
            # From the swap on it is the old file, which is to be kept should this process die.
            temporary = temporary.replace(temporary.with_suffix(".old.tmp"))
            replace_expected(temporary, target, expected, keep)
    except BaseException:
        with suppress(OSError):
            temporary.unlink()
        raise
    _sync_folder(target.parent)
    return stamp


def create(path: Path, data: bytes) -> None:
    """Make a file that must not exist, durably, and the folders above it that are missing.

    Whatever has the name by then stays as it is, and nobody sees half of the new file, but where the file system has
    no hard links.

    Raises:
        FileExistsError: Something has the name.
        OSError: The folder or the disk refuses.
    """
    target = real_path(path)
    make_missing_folders(target.parent)
    handle, temporary = new_temporary(target, _NEW_FILE)
    try:
        _fill(handle, data)
        if not link_new(temporary, target):
            _create_in_place(target, data)
    finally:
        with suppress(OSError):
            temporary.unlink()
    _sync_folder(target.parent)


def write_private(path: Path, data: bytes, *, durable: bool = False) -> None:
    """Replace a file that only its owner may read by `data` in one step, and make its folder.

    Args:
        path: The file, which need not exist.
        data: Its new bytes.
        durable: Whether they must survive a power cut.

    Raises:
        OSError: The folder or the disk refuses.
    """
    target = real_path(path)
    make_private_folder(target.parent)
    for leftover in find_leftovers(target):
        with suppress(OSError):
            leftover.unlink()
    handle, temporary = new_temporary(target)
    try:
        try:
            write_all(handle, data)
            if durable:
                os.fsync(handle)
        finally:
            os.close(handle)
        temporary.replace(target)
    except BaseException:
        with suppress(OSError):
            temporary.unlink()
        raise
    if durable:
        _sync_folder(target.parent)


def _create_in_place(target: Path, data: bytes) -> None:
    handle = open_new(target, _NEW_FILE)
    ours = os.fstat(handle)
    try:
        _fill(handle, data)
    except BaseException:
        with suppress(OSError):
            if os.path.samestat(ours, target.lstat()):
                target.unlink()
        raise


def _fill(handle: int, data: bytes) -> None:
    """Write all of a new file, and close it."""
    try:
        write_all(handle, data)
        mark_as_own(handle)
        os.fsync(handle)
    finally:
        os.close(handle)


def _clear_leftovers(target: Path, keep: KeepOld) -> None:
    """Remove temporary files of processes that died; what was the target, or may have been, is kept."""
    for path in find_leftovers(target):
        with suppress(OSError):
            if path.name.endswith(".old.tmp") and read_stamp(path) != read_stamp(target):
                keep(path)
            path.unlink()


def _check_replaceable(target: Path, old: os.stat_result) -> None:
    if not os.access(target, os.W_OK):
        # A rename would replace a read-only file all the same; its owner said no.
        raise PermissionError(errno.EACCES, "the file is read-only", str(target))
    if stat.S_ISREG(old.st_mode) and old.st_nlink > 1:
        raise OSError(
            f"it has {old.st_nlink} hard links, which a save would separate; make the others symbolic links, or "
            "replace the file by a copy of itself (find -samefile lists them)"
        )
    folder = target.parent.stat()
    if folder.st_mode & stat.S_ISVTX and os.geteuid() not in (0, old.st_uid, folder.st_uid):
        raise OSError("its folder lets only the file's owner replace it (sticky bit; chmod -t removes it)")


def _make_alike(handle: int, target: Path, old: os.stat_result) -> None:
    """Give a new file, empty yet, what belongs to the old one beside its bytes.

    Raises:
        OSError: It cannot be the group's, which may do more with it than everybody.
    """
    if not hasattr(os, "fchown"):
        return
    mode = stat.S_IMODE(old.st_mode)
    for owner in (old.st_uid, -1):
        try:
            os.fchown(handle, owner, old.st_gid)
        except OSError:
            continue
        break
    if os.fstat(handle).st_gid != old.st_gid and mode >> 3 & 7 != mode & 7:
        raise OSError(
            f"it belongs to a group ({old.st_gid}) that you are not in, and a save would take it from them; "
            "join the group, or give the file to one of your groups (chgrp)"
        )
    _copy_attributes(target, handle)
    os.fchmod(handle, mode)


def _copy_attributes(target: Path, handle: int) -> None:
    """Copy extended attributes and access list, as far as the system lets this process set them.

    Raises:
        OSError: An access list cannot be set: without it, the mode would let in more people.
    """
    try:
        names = os.listxattr(target)
        inherited = os.listxattr(handle)
    except (OSError, AttributeError):
        # A system or a file system without them has none to lose.
        return
    for name in names:
        with suppress(OSError):
            os.setxattr(handle, name, os.getxattr(target, name))
            continue
        if name == _ACCESS_LIST:
            raise OSError("its access list can't be copied to a new file")
    if _ACCESS_LIST in inherited and _ACCESS_LIST not in names:
        os.removexattr(handle, _ACCESS_LIST)


def _sync_folder(folder: Path) -> None:
    # Not every system and file system lets a folder be opened and synced; the data is safe by then.
    with suppress(OSError):
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
