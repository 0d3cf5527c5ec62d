"""How often a service is asked: a ledger of requests that all running trackers share."""

from __future__ import annotations

import contextlib
import os
import sqlite3
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Final, NamedTuple

_SCHEMA: Final = """
CREATE TABLE IF NOT EXISTS asked (host TEXT NOT NULL, at REAL NOT NULL);
CREATE TABLE IF NOT EXISTS rest (host TEXT PRIMARY KEY, until REAL NOT NULL);
"""


class Pace(NamedTuple):
    """At most `most` requests in any `seconds` seconds."""

    most: int
    seconds: float


class Pacer:
    """Says when the next request may go to a host.

    Args:
        path: The ledger, in a folder of which every file may be deleted; where it cannot be kept, each process
            counts for itself.
        now: Seconds since the epoch.
    """

    def __init__(self, path: Path, now: Callable[[], float] = time.time) -> None:
        self._path = path
        self._now = now
        self._alone = sqlite3.connect(":memory:", check_same_thread=False, isolation_level=None)
        self._alone.executescript(_SCHEMA)

    def close(self) -> None:
        """Let go of what is kept in memory."""
        self._alone.close()

    def take_turn(self, host: str, pace: Pace) -> float:
        """Take a place in the ledger and return 0, or return for how many seconds there is none."""
        now = self._now()
        with self._ledger() as ledger:
            # What lies ahead was written before the clock was set back.
            ledger.execute(
                "DELETE FROM asked WHERE host = ? AND NOT at BETWEEN ? AND ?", (host, now - pace.seconds, now)
            )
            times = [at for (at,) in ledger.execute("SELECT at FROM asked WHERE host = ? ORDER BY at", (host,))]
            if len(times) >= pace.most:
                return max(0.001, float(times[-pace.most]) + pace.seconds - now)
            ledger.execute("INSERT INTO asked VALUES (?, ?)", (host, now))
        return 0.0

    def rest(self, host: str, seconds: float) -> None:
        """Note that a host wants to be left alone for so long."""
        with self._ledger() as ledger:
            ledger.execute("INSERT OR REPLACE INTO rest VALUES (?, ?)", (host, self._now() + seconds))

    def resting(self, host: str) -> float:
        """Return for how many seconds a host still wants to be left alone, 0 for none."""
        with self._ledger() as ledger:
            found = ledger.execute("SELECT until FROM rest WHERE host = ?", (host,)).fetchone()
        return max(0.0, float(found[0]) - self._now()) if found else 0.0

    @contextlib.contextmanager
    def _ledger(self) -> Iterator[sqlite3.Connection]:
        """Hold the ledger, alone among all processes."""
        try:
            ledger = opened(self._path, _SCHEMA)
            ledger.execute("BEGIN IMMEDIATE")
        except (OSError, sqlite3.Error):
            yield self._alone
            return
        try:
            yield ledger
            ledger.execute("COMMIT")
        finally:
            ledger.close()


def opened(path: Path, schema: str) -> sqlite3.Connection:
    """Return a connection to a database that may be deleted at any time, readable by its owner alone.

    Raises:
        OSError: Its folder or file cannot be made.
        sqlite3.Error: It is none, or it is held by somebody else for too long.
    """
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    os.close(os.open(path, os.O_RDWR | os.O_CREAT | getattr(os, "O_CLOEXEC", 0), 0o600))
    database = sqlite3.connect(path, timeout=5, isolation_level=None, check_same_thread=False)
    try:
        database.execute("PRAGMA synchronous = OFF")
        database.executescript(schema)
    except sqlite3.DatabaseError:
        database.close()
        raise
    return database
