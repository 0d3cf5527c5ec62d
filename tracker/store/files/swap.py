"""Exchange a new file with the one that it is based on, whatever other programs do at that moment."""

from __future__ import annotations

import errno
import os
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Final

from tracker.store.files.stamp import FileStamp, read_stamp

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
    if _swap_files(temporary, target):
        # Now the old file has the temporary name: whatever it turned out to be, it is still there.
        if read_stamp(temporary) != expected:
            _restore(temporary, target, ours)
    else:
        old = temporary.with_suffix("").with_suffix(".link.old.tmp")
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
