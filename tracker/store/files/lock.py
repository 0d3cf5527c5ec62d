"""A lock between processes: one writer at a time."""

from __future__ import annotations

import os
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Final

from tracker.errors import WatchlistUnwritable
from tracker.private_files import open_private

try:
    import fcntl
except ImportError:  # pragma: no cover - Windows; there the check of the file's text remains
    fcntl = None  # type: ignore[assignment]

TIMEOUT: Final = 5.0
"""Seconds to wait for another writer, who needs a few hundredths of one unless it was stopped."""
_PAUSE: Final = 0.003


@contextmanager
def hold_lock(path: Path, patience: float = TIMEOUT) -> Iterator[None]:
    """Hold the lock at `path` while the body runs; if no lock file can be made, the body runs without.

    Raises:
        WatchlistUnwritable: Another process held the lock for `patience` seconds.
    """
    try:
        handle = open_private(path, os.O_RDWR | os.O_CREAT)
    except OSError:
        yield
        return
    try:
        if fcntl is not None:
            _wait(handle, patience)
        yield
    finally:
        # Closing lets go of the lock, also where the system then has something to complain of.
        with suppress(OSError):
            os.close(handle)


def _wait(handle: int, patience: float) -> None:
    end = time.monotonic() + patience
    while True:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            if time.monotonic() >= end:
                raise WatchlistUnwritable(
                    f"another tracker has held the watchlist for {patience:g} seconds; "
                    "end it (it may be stopped in some terminal: fg brings it back), then try again."
                ) from None
            time.sleep(_PAUSE)
        except OSError:
            # A file system without locks; the check of the file's stamp remains.
            return
        else:
            return
