"""Rate limits that all running trackers share, in a small database."""

from __future__ import annotations

import contextlib
import sqlite3
import time
from collections.abc import Callable
from pathlib import Path
from threading import Lock
from typing import Final, NamedTuple, TypeVar

from tracker.sqlite import discard_if_damaged, open_database

T = TypeVar("T")
MAX_PAUSE: Final = 86400.0  # the longest pause in seconds, whatever the host asks for
_SCHEMA: Final = """
CREATE TABLE IF NOT EXISTS asked (host TEXT NOT NULL, at REAL NOT NULL);
CREATE TABLE IF NOT EXISTS rest (host TEXT PRIMARY KEY, until REAL NOT NULL);
"""


class RateLimit(NamedTuple):
    """At most `most` requests in any `seconds` seconds."""

    requests: int
    seconds: float


class RateLimiter:
    """Says when the next request may go to a host.

    Args:
        path: The database, which may be deleted at any time; without one, each process counts for itself.
        now: Seconds since the epoch.
    """

    def __init__(self, path: Path, now: Callable[[], float] = time.time) -> None:
        self._path = path
        self._now = now
        self._memory = sqlite3.connect(":memory:", check_same_thread=False, isolation_level=None)
        self._memory.executescript(_SCHEMA)
        self._lock = Lock()

    def close(self) -> None:
        """Close the database in memory."""
        self._memory.close()

    def take_slot(self, host: str, pace: RateLimit) -> float:
        """Record a request and return 0, or return for how many seconds none may go."""

        def take(database: sqlite3.Connection) -> float:
            # Read inside the transaction, so that nobody writes a later time first.
            now = self._now()
            # A time far ahead was written before the clock was set back.
            span = (now - pace.seconds, now + pace.seconds)
            database.execute("DELETE FROM asked WHERE host = ? AND NOT at BETWEEN ? AND ?", (host, *span))
            times = [at for (at,) in database.execute("SELECT at FROM asked WHERE host = ? ORDER BY at", (host,))]
            if len(times) >= pace.requests:
                # A little more: at its very end the span still includes its first request.
                return max(0.0, float(times[-pace.requests]) + pace.seconds - now) + 0.001
            database.execute("INSERT INTO asked VALUES (?, ?)", (host, now))
            return 0.0

        return self._run(take)

    def pause(self, host: str, seconds: float) -> None:
        """Let nobody ask a host for so many seconds."""
        until = self._now() + min(seconds, MAX_PAUSE)
        self._run(lambda database: database.execute("INSERT OR REPLACE INTO rest VALUES (?, ?)", (host, until)))

    def pause_left(self, host: str) -> float:
        """Return how many seconds the pause of a host still lasts, 0 for no pause."""

        def read(database: sqlite3.Connection) -> float:
            row = database.execute("SELECT total(until) FROM rest WHERE host = ?", (host,)).fetchone()
            return float(row[0]) - self._now()

        left = self._run(read)
        # A longer pause was written before the clock was set back.
        return left if 0 < left <= MAX_PAUSE else 0.0

    def _run(self, act: Callable[[sqlite3.Connection], T]) -> T:
        """Run a transaction on the shared database, or on the one in memory."""
        for _ in range(2):
            try:
                with contextlib.closing(open_database(self._path, _SCHEMA, durable=False)) as database:
                    database.execute("BEGIN IMMEDIATE")
                    result = act(database)
                    database.execute("COMMIT")
                    return result
            except (OSError, sqlite3.Error) as error:
                if not discard_if_damaged(self._path, error):
                    break
        with self._lock:
            return act(self._memory)
