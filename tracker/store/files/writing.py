"""Whether another program is writing a file."""

from __future__ import annotations

import errno
import os
import re
from contextlib import suppress
from pathlib import Path
from typing import Final, NamedTuple

from tracker.text import clean_line

CAN_ASK: Final = Path("/proc/self/fdinfo").exists()
"""Whether the system tells which files a process has open."""
_FLAGS: Final = re.compile(rb"^flags:\s*([0-7]+)", re.MULTILINE)
_INODE: Final = re.compile(rb"^ino:\s*(\d+)", re.MULTILINE)
_ONLY_A_PATH: Final = getattr(os, "O_PATH", 0)


class Writer(NamedTuple):
    """A program that has a file open for writing."""

    name: str
    """What it is called."""
    process: str
    """Its folder in /proc."""
    handle: str
    """The number of the open file."""


SOMEBODY: Final = Writer("another program", "", "")
"""A program that is not known."""


def find_writer(state: os.stat_result, known: Writer | None = None) -> Writer | None:
    """Return a program that has this file open for writing; None if none is found.

    On Linux the processes of this user are looked at in /proc, except this one, which takes a few hundredths of a
    second on a busy machine. Elsewhere, and of other users and machines, nothing is known. Nothing is ever opened or
    locked: the other program must not notice.

    Args:
        state: The file.
        known: Who had it open a moment ago, and is looked at first.
    """
    with suppress(OSError):
        if known is not None and _is_written_by(known.process, known.handle, state):
            return known
    with suppress(OSError):
        for name in os.listdir("/proc"):  # noqa: PTH208 - thousands of paths would take longer than the look
            process = f"/proc/{name}"
            if name.isdecimal() and int(name) != os.getpid() and (handle := _find_handle(process, state)):
                return Writer(_name(process), process, handle)
    return None


def is_open_for_writing(path: Path) -> bool | None:
    """Return whether any process has this file open for writing; None where the system does not say.

    It is asked by a lease, see fcntl(2), which is given back at once. Another program that opens the file in that
    moment would have to wait, so ask only of a file under a name that no other program knows.
    """
    try:
        from fcntl import F_RDLCK, F_SETLEASE, F_UNLCK, fcntl
    except ImportError:
        return None
    try:
        handle = os.open(path, os.O_RDONLY | os.O_CLOEXEC)
    except OSError:
        return None
    try:
        fcntl(handle, F_SETLEASE, F_RDLCK)
        fcntl(handle, F_SETLEASE, F_UNLCK)
    except OSError as error:
        return True if error.errno == errno.EAGAIN else None
    finally:
        os.close(handle)
    return False


def _find_handle(process: str, state: os.stat_result) -> str:
    # A process that ends, or that is another user's, has nothing to tell.
    with suppress(OSError):
        for handle in os.listdir(f"{process}/fd"):  # noqa: PTH208 - as above
            with suppress(OSError):
                if _is_written_by(process, handle, state):
                    return handle
    return ""


def _is_written_by(process: str, handle: str, state: os.stat_result) -> bool:
    link = f"{process}/fd/{handle}"
    if not os.readlink(link).startswith("/"):  # noqa: PTH115 - as above
        return False
    with open(f"{process}/fdinfo/{handle}", "rb", buffering=0) as file:  # noqa: PTH123 - as above
        told = file.read()
    # Older systems do not tell the inode. Where it is another one, the file is not touched: its disk may hang.
    inode, flags = _INODE.search(told), _FLAGS.search(told)
    if flags is None or (inode is not None and int(inode[1]) != state.st_ino):
        return False
    mode = int(flags[1], 8)
    if mode & os.O_ACCMODE == os.O_RDONLY or mode & _ONLY_A_PATH:
        return False
    return os.path.samestat(os.stat(link), state)  # noqa: PTH116 - as above


def _name(process: str) -> str:
    with suppress(OSError):
        return clean_line(Path(process, "comm").read_text(errors="replace")) or SOMEBODY.name
    return SOMEBODY.name
