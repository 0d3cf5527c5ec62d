"""Temporary files: new ones beside the file that they are to become, and those that a process left that died."""

from __future__ import annotations

import errno
import os
import re
import stat
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import Final

_NODE: Final = re.sub(r"[^A-Za-z0-9]", "", (os.uname().nodename if hasattr(os, "uname") else ""))[:20] or "here"
"""The machine: temporary files of another one in a shared folder are not leftovers."""
_NAME: Final = re.compile(rf"\..+\.{re.escape(_NODE)}-(\d+)(?:-[0-9a-f]{{16}})?(?:\.aside)?(?:\.old)?\.tmp")
"""The random part is missing in names of earlier versions."""
_ASIDE: Final = ".aside.old.tmp"
"""How the name of a file ends that was renamed away, to put a new one in its place."""
_KEPT_NAME: Final = 60
"""Characters of the target's name that are in that of the temporary file: a name has 255 bytes at most."""
_NO_LINKS: Final = (errno.EPERM, errno.ENOTSUP, errno.EOPNOTSUPP, errno.ENOSYS)
"""Errors of file systems without hard links."""
_NEW: Final = os.O_CREAT | os.O_EXCL | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_CLOEXEC", 0)
"""Nobody who may write the folder can have put a file or a link there before."""


def new_temporary(target: Path, mode: int | None = None) -> tuple[int, Path]:
    """Make a file that is to become `target`, beside it; return a handle to write it by, and its path.

    Its name cannot be guessed.

    Args:
        target: What it is to become.
        mode: As in `open_new`.

    Raises:
        OSError: It cannot be made.
    """
    path = target.with_name(f"{_prefix(target)}{_NODE}-{os.getpid()}-{os.urandom(8).hex()}.tmp")
    return open_new(path, mode), path


def open_new(path: Path, mode: int | None = None) -> int:
    """Make a file under a name that must be free; return a handle to write it by.

    Args:
        path: Where it is made.
        mode: Its mode, before the umask; by default only its owner may read and write it.

    Raises:
        FileExistsError: Something has the name, if only a link that leads nowhere.
        OSError: It cannot be made.
    """
    handle = os.open(path, os.O_WRONLY | _NEW, 0o600 if mode is None else mode)
    if hasattr(os, "fchmod") and (made := stat.S_IMODE(os.fstat(handle).st_mode)) & 0o600 != 0o600:
        os.fchmod(handle, made | 0o600)
    return handle


def link_new(path: Path, target: Path) -> bool:
    """Give a file a second name, which must be free; return False if the file system knows no second names.

    Raises:
        FileExistsError: Something has the name.
        OSError: The folder refuses.
    """
    try:
        os.link(path, target)
    except OSError as error:
        if error.errno not in _NO_LINKS:
            raise
        return False
    return True


def aside_name(temporary: Path) -> Path:
    """Return where the target of a temporary file, called so or `.old.tmp`, is put while its name is given away."""
    return temporary.with_name(temporary.name.removesuffix(".tmp").removesuffix(".old") + _ASIDE)


def find_aside(target: Path) -> Path | None:
    """Return the file that a save has renamed away from `target`, to put a new one there; None if there is none.

    In a folder that everybody may write, only what is this user's, or that of the folder's owner, counts.
    """
    with suppress(OSError):
        for path in target.parent.iterdir():
            if path.name.startswith(_prefix(target)) and path.name.endswith(_ASIDE):
                state = path.lstat()
                users = {target.parent.stat().st_uid, os.geteuid()} if hasattr(os, "geteuid") else {state.st_uid}
                if stat.S_ISREG(state.st_mode) and state.st_uid in users:
                    return path
    return None


def find_leftovers(target: Path) -> Iterator[Path]:
    """Yield temporary files that were to become `target`, see `is_leftover`; none if the folder cannot be read."""
    with suppress(OSError):
        for path in target.parent.iterdir():
            if path.name.startswith(_prefix(target)) and is_leftover(path):
                yield path


def is_leftover(path: Path) -> bool:
    """Return whether a file is a temporary one of this user, made on this machine by a process that died."""
    name = _NAME.fullmatch(path.name)
    if name is None:
        return False
    try:
        state = path.lstat()
        if not stat.S_ISREG(state.st_mode) or (hasattr(os, "geteuid") and state.st_uid != os.geteuid()):
            return False
        os.kill(int(name[1]), 0)
    except (ProcessLookupError, OverflowError):
        return True
    except OSError:
        pass
    return False


def _prefix(target: Path) -> str:
    return f".{target.name[:_KEPT_NAME]}."
