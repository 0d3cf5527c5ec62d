"""How often a service is asked: a ledger of requests that all running trackers share."""

from __future__ import annotations

import contextlib
import sqlite3
import time
from collections.abc import Callable
from pathlib import Path
from threading import Lock
from typing import Final, NamedTuple, TypeVar

from tracker.database import discarded, opened

T = TypeVar("T")
LONGEST_REST: Final = 86400.0
"""Seconds for which a host is left alone at the most, whatever it says."""
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
        self._lock = Lock()

    def close(self) -> None:
        """Let go of what is kept in memory."""
        self._alone.close()

    def take_turn(self, host: str, pace: Pace) -> float:
        """Take a place in the ledger and return 0, or return for how many seconds there is none."""

        def take(ledger: sqlite3.Connection) -> float:
            # Read only here, where nobody else can write a later time before this one is written.
            now = self._now()
            # What lies far ahead was written before the clock was set back.
            span = (now - pace.seconds, now + pace.seconds)
            ledger.execute("DELETE FROM asked WHERE host = ? AND NOT at BETWEEN ? AND ?", (host, *span))
            times = [at for (at,) in ledger.execute("SELECT at FROM asked WHERE host = ? ORDER BY at", (host,))]
            if len(times) >= pace.most:
                # A little more, for when the span is over it still holds the turn at its very beginning.
                return max(0.0, float(times[-pace.most]) + pace.seconds - now) + 0.001
            ledger.execute("INSERT INTO asked VALUES (?, ?)", (host, now))
            return 0.0

        return self._on_ledger(take)

    def rest(self, host: str, seconds: float) -> None:
        """Note that a host wants to be left alone for so long."""
        until = self._now() + min(seconds, LONGEST_REST)
        self._on_ledger(lambda ledger: ledger.execute("INSERT OR REPLACE INTO rest VALUES (?, ?)", (host, until)))

    def resting(self, host: str) -> float:
        """Return for how many seconds a host still wants to be left alone, 0 for none."""

        def look(ledger: sqlite3.Connection) -> float:
            found = ledger.execute("SELECT until FROM rest WHERE host = ?", (host,)).fetchone()
            return float(found[0]) - self._now() if found else 0.0

        left = self._on_ledger(look)
        # What lasts too long was written before the clock was set back.
        return left if 0 < left <= LONGEST_REST else 0.0

    def _on_ledger(self, act: Callable[[sqlite3.Connection], T]) -> T:
        """Do something with the ledger, alone among all processes; or with what is in memory, where there is none."""
        for _ in range(2):
            try:
                with contextlib.closing(opened(self._path, _SCHEMA, durable=False)) as ledger:
                    ledger.execute("BEGIN IMMEDIATE")
                    result = act(ledger)
                    ledger.execute("COMMIT")
                    return result
            except (OSError, sqlite3.Error) as error:
                if not discarded(self._path, error):
                    break
        with self._lock:
            return act(self._alone)
