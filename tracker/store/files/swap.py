"""Exchange a new file with the one that it is based on, whatever other programs do at that moment.

Linux and macOS exchange two names in one step on most of their file systems. Elsewhere, as on NFS and SMB, the old file
is renamed away, looked at, and the new one put in its place, which is refused where somebody has put another there. For
that moment the name is free: readers find the old file by `find_aside`, and `restore_aside` takes back a save that was
killed then. Only a file system that has neither hard links nor a rename that never replaces can lose what another
program saves between a look and the rename behind it, which are microseconds.
"""

from __future__ import annotations

import errno
import os
import sys
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Final

from tracker.store.files.stamp import FileStamp, read_stamp
from tracker.store.files.temporary import aside_name, find_aside, link_new

_UNSUPPORTED: Final = (errno.ENOSYS, errno.EINVAL, errno.ENOTSUP, errno.EOPNOTSUPP, errno.EPERM)
_AT_FDCWD: Final = -100
_EXCHANGE: Final = (2, 2)
"""RENAME_EXCHANGE of renameat2(2), and RENAME_SWAP of renamex_np(2) on macOS."""
_NO_REPLACE: Final = (1, 4)
"""RENAME_NOREPLACE, and RENAME_EXCL."""
KeepOld = Callable[[Path], None]
"""Is given the old file before it goes, and may move it elsewhere."""


class ChangedMeanwhileError(Exception):
    """The file is no longer the one that was to be replaced; it is as somebody else left it."""

    def __init__(self, lost: bytes | None = None) -> None:
        super().__init__()
        self.lost = lost
        """What had the name and has lost it to a file that another program made or wrote in the moment between."""


def replace_expected(temporary: Path, target: Path, expected: FileStamp, keep: KeepOld) -> None:
    """Put a finished file in the place of one with the expected stamp, and hand that to `keep`.

    Raises:
        ChangedMeanwhileError: Another file is there.
        OSError: The system refuses.
    """
    ours = read_stamp(temporary)
    if read_stamp(target) != expected:
        raise ChangedMeanwhileError
    old = temporary
    if _rename(temporary, target, _EXCHANGE):
        # Now the old file has the temporary name: whatever it turned out to be, it is still there.
        if read_stamp(temporary) != expected:
            _exchange_back(temporary, target, ours, keep)
    else:
        old = aside_name(temporary)
        _replace_in_turn(temporary, target, expected, old, keep)
    # From here on the new file is in place, so that nothing may be called a failure any more.
    _keep(old, keep)


def restore_aside(target: Path) -> None:
    """Give a file its name back that an unfinished save has renamed away; does nothing where there is one.

    Another machine may be about to put its new file there; it finds the name taken and begins anew.

    Raises:
        OSError: The system refuses.
    """
    if not os.path.lexists(target) and (aside := find_aside(target)) is not None:
        with suppress(FileExistsError, FileNotFoundError):
            _move_to_free(aside, target)


def _replace_in_turn(temporary: Path, target: Path, expected: FileStamp, old: Path, keep: KeepOld) -> None:
    try:
        target.rename(old)
    except FileNotFoundError:
        if read_stamp(old) is None:
            raise ChangedMeanwhileError from None
        # NFS made the rename, lost its answer, and tried again.
    lost = None
    try:
        if read_stamp(old) == expected:
            with suppress(FileExistsError):
                _move_to_free(temporary, target)
                return
        lost = old.read_bytes()
        if _put_back(old, target):
            lost = None
    except BaseException:
        with suppress(OSError):
            _put_back(old, target)
        raise
    # Where it could not be put back, somebody has saved once more since it was taken.
    _keep(old, keep)
    raise ChangedMeanwhileError(lost)


def _put_back(old: Path, target: Path) -> bool:
    with suppress(FileExistsError, FileNotFoundError):
        _move_to_free(old, target)
        return True
    return False


def _move_to_free(path: Path, target: Path) -> None:
    """Rename a file to a name that nobody has.

    Raises:
        FileExistsError: Somebody has it.
        OSError: The system refuses.
    """
    if _rename(path, target, _NO_REPLACE):
        return
    try:
        has_link = link_new(path, target)
    except FileExistsError:
        # NFS may have made the link, lost its answer, and tried again.
        has_link = path.samefile(target)
        if not has_link:
            raise
    if has_link:
        with suppress(OSError):
            path.unlink()
        return
    if os.path.lexists(target):
        raise FileExistsError(errno.EEXIST, os.strerror(errno.EEXIST), str(target))
    path.rename(target)


def _rename(one: Path, other: Path, how: tuple[int, int]) -> bool:
    """Rename in a special way; return False if the system or the file system cannot do it.

    Raises:
        OSError: It can be done, but was refused.
    """
    names = os.fsencode(one), os.fsencode(other)
    try:
        import ctypes  # 5 ms that only an edit pays

        system = ctypes.CDLL(None, use_errno=True)
        if sys.platform == "darwin":
            failed = system.renamex_np(*names, how[1])
        else:
            failed = system.renameat2(_AT_FDCWD, names[0], _AT_FDCWD, names[1], how[0])
    except (ImportError, OSError, AttributeError, TypeError):
        return False
    if not failed:
        return True
    number = ctypes.get_errno()
    if number in _UNSUPPORTED:
        return False
    raise OSError(number, os.strerror(number), str(other))


def _exchange_back(temporary: Path, target: Path, ours: FileStamp | None, keep: KeepOld) -> None:
    """Restore what somebody else had written to the target, and raise; where that is impossible, ours stays.

    Raises:
        ChangedMeanwhileError: It was restored, or somebody wrote once more, which counts.
    """
    try:
        if not _back(temporary, target):
            return
        if read_stamp(temporary) not in (ours, None):
            # In that very moment somebody wrote once more, maybe having read ours.
            _rename(temporary, target, _EXCHANGE)
            lost = temporary.read_bytes()
            _keep(temporary, keep)
            raise ChangedMeanwhileError(lost)
    except OSError:
        return
    raise ChangedMeanwhileError


def _back(temporary: Path, target: Path) -> bool:
    try:
        return _rename(temporary, target, _EXCHANGE)
    except FileNotFoundError:
        # An editor has the file away for a moment, to put a new one there.
        try:
            _move_to_free(temporary, target)
        except FileExistsError:
            return _rename(temporary, target, _EXCHANGE)
        return True


def _keep(old: Path, keep: KeepOld) -> None:
    with suppress(OSError):
        keep(old)
    with suppress(OSError):
        old.unlink()
