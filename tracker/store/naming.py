"""The names under which the state of a watchlist is kept."""

from __future__ import annotations

import hashlib
import os
from pathlib import Path

from tracker.errors import WatchlistUnreadable
from tracker.store.real import real_path


def name_for(watchlist: Path) -> str:
    """Return the name under which the state of a watchlist is kept: its own, made unique by its path.

    Raises:
        WatchlistUnreadable: The links on the way to it cannot be followed.
    """
    try:
        real = real_path(watchlist)
    except OSError as error:
        raise WatchlistUnreadable(f"{watchlist} cannot be looked at: {error.strerror or error}.") from None
    digest = hashlib.blake2b(os.fsencode(real), digest_size=8).hexdigest()
    return f"{real.stem[:40]}-{digest}"


def witness_path(state: Path, watchlist: Path) -> Path:
    """Return where it is kept what services said of a watchlist; the file need not exist.

    Raises:
        WatchlistUnreadable: As `name_for`.
    """
    return state / "witness" / f"{name_for(watchlist)}.sqlite"
