"""A lock between processes: one writer at a time, who says who it is."""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Final, NamedTuple

from tracker.errors import WatchlistLocked
from tracker.private_files import open_private
from tracker.text import clean_line

try:
    import fcntl
except ImportError:  # pragma: no cover - Windows; there the check of the file's text remains
    fcntl = None  # type: ignore[assignment]

TIMEOUT: Final = 5.0
"""Seconds to wait for another writer, who needs a few hundredths of one unless it was stopped."""
NOTICE_AFTER: Final = 0.5
"""Seconds after which it is said who is waited for."""
_PAUSE: Final = 0.003
_LENGTH: Final = 120
"""Bytes of a lock file: the process that held it last and what it is called, filled up with blanks."""


class Waiting(NamedTuple):
    """How this process waits for another writer, and what it is called by one that waits for it."""

    program: str = "tracker"
    """What it is called: the program and its command."""
    patience: Callable[[], float] = lambda: TIMEOUT
    """Returns how many seconds it waits at most."""
    on_wait: Callable[[str], None] = lambda holder: None
    """Is called once after `NOTICE_AFTER` seconds with the name of who is waited for."""


@contextmanager
def hold_lock(path: Path, waiting: Waiting = Waiting()) -> Iterator[None]:  # noqa: B008 - a value
    """Hold the lock at `path` while the body runs; if no lock file can be made, the body runs without.

    Raises:
        WatchlistLocked: Another process holds the lock for longer than there is patience.
    """
    try:
        handle = open_private(path, os.O_RDWR | os.O_CREAT)
    except OSError:
        yield
        return
    try:
        if fcntl is not None:
            _wait(handle, waiting)
        yield
    finally:
        # Closing lets go of the lock, also where the system then has something to complain of.
        with suppress(OSError):
            os.close(handle)


def _wait(handle: int, waiting: Waiting) -> None:
    start = time.monotonic()
    is_told = False
    while True:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            seconds = time.monotonic() - start
            pid, holder = _read_holder(handle)
            if seconds >= NOTICE_AFTER and not is_told:
                is_told = True
                waiting.on_wait(holder)
            # This very process has another thread at work, which is soon done.
            if seconds >= (TIMEOUT if pid == os.getpid() else waiting.patience()):
                end = f", and kill {pid} ends it" if pid else ""
                raise WatchlistLocked(
                    f"The watchlist is locked by {holder}, so nothing can be saved. Let it finish, then try again. "
                    f"If it is stopped in a terminal, fg resumes it there{end}.",
                    holder,
                ) from None
            time.sleep(_PAUSE if seconds < NOTICE_AFTER else 10 * _PAUSE)
        except OSError:
            # A file system without locks; the check of the file's stamp remains.
            return
        else:
            _write_holder(handle, waiting.program)
            return


def _write_holder(handle: int, program: str) -> None:
    line = f"{os.getpid()} {program}".encode(errors="replace")[: _LENGTH - 1]
    # The lock holds also where the disk is full.
    with suppress(OSError):
        os.pwrite(handle, line.ljust(_LENGTH - 1) + b"\n", 0)


def _read_holder(handle: int) -> tuple[int, str]:
    """Return the process that holds the lock, 0 if it is not known, and what it is called."""
    try:
        number, _, words = os.pread(handle, _LENGTH, 0).decode(errors="ignore").partition(" ")
        pid = int(number)
        os.kill(pid, 0)
    except PermissionError:
        pass
    except (OSError, ValueError, OverflowError):
        return 0, "another program"
    return pid, f"{clean_line(words).strip()} (process {pid})"
