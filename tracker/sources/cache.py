"""Answers that are kept for as long as their service says, and what asks for them again without their bodies."""

from __future__ import annotations

import contextlib
import re
import sqlite3
import time
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Final, NamedTuple

from tracker.database import discarded, opened

MOST_BYTES: Final = 20_000_000
"""How much is kept; what was used longest ago goes first."""
LONGEST: Final = 7 * 86400.0
"""Seconds for which an answer counts as fresh at the most, whatever its service says."""
_SKEW: Final = 60.0
"""Seconds by which the clock may go back without anything being thought of it."""
_SCHEMA: Final = """
CREATE TABLE IF NOT EXISTS answer (
    url TEXT PRIMARY KEY, body BLOB NOT NULL, etag TEXT NOT NULL, fresh_until REAL NOT NULL, used REAL NOT NULL
);
"""


class Kept(NamedTuple):
    """An answer of before."""

    body: bytes
    etag: str
    is_fresh: bool
    """Whether its service says that it is still the same."""


class Cache:
    """Answers by their addresses, in one file that is safe to delete; where it cannot be kept, there are none.

    Args:
        path: The file.
        now: Seconds since the epoch.
        most_bytes: How much is kept.
    """

    def __init__(self, path: Path, now: Callable[[], float] = time.time, most_bytes: int = MOST_BYTES) -> None:
        self._path = path
        self._now = now
        self._most = most_bytes

    def get(self, url: str) -> Kept | None:
        """Return the answer to a request for this address, if one was kept."""
        kept = None
        with self._table() as table:
            query = "SELECT body, etag, fresh_until, used FROM answer WHERE url = ?"
            row = table.execute(query, (url,)).fetchone() if table is not None else None
            if table is not None and row is not None:
                body, etag, until, used = row
                now = self._now()
                # What was used in the future was kept before the clock was set back.
                is_fresh = used - _SKEW <= now < until <= now + LONGEST
                kept = Kept(body, etag, is_fresh)
                entry = (now, until if is_fresh else 0.0, url)
                table.execute("UPDATE answer SET used = ?, fresh_until = ? WHERE url = ?", entry)
        return kept

    def put(self, url: str, body: bytes, headers: Mapping[str, str]) -> None:
        """Keep an answer as its headers allow."""
        seconds, etag = freshness(headers), headers.get("etag", "")
        # No request can be made with another one.
        etag = etag if etag.isascii() else ""
        if seconds is None or not (seconds or etag) or len(body) > self._most // 4:
            return
        now = self._now()
        with self._table() as table:
            if table is None:
                return
            row = (url, body, etag, now + seconds, now)
            table.execute("INSERT OR REPLACE INTO answer VALUES (?, ?, ?, ?, ?)", row)
            self._shrink(table)

    def freshen(self, url: str, headers: Mapping[str, str]) -> None:
        """Note that an answer of before is still the same."""
        seconds = freshness(headers) or 0.0
        with self._table() as table:
            if table is not None:
                table.execute("UPDATE answer SET fresh_until = ? WHERE url = ?", (self._now() + seconds, url))

    def _shrink(self, table: sqlite3.Connection) -> None:
        size = int(table.execute("SELECT total(length(body)) FROM answer").fetchone()[0])
        if size <= self._most:
            return
        for url, length in table.execute("SELECT url, length(body) FROM answer ORDER BY used, rowid").fetchall():
            table.execute("DELETE FROM answer WHERE url = ?", (url,))
            size -= length
            if size <= self._most * 3 // 4:
                break

    @contextlib.contextmanager
    def _table(self) -> Iterator[sqlite3.Connection | None]:
        try:
            table = opened(self._path, "PRAGMA auto_vacuum = FULL;" + _SCHEMA, durable=False)
        except (OSError, sqlite3.Error) as error:
            discarded(self._path, error)
            yield None
            return
        try:
            with contextlib.closing(table):
                yield table
        except sqlite3.Error as error:
            discarded(self._path, error)


def freshness(headers: Mapping[str, str]) -> float | None:
    """Return for how many seconds an answer is fresh (RFC 9111, 4.2); None for one that must not be kept."""
    said = headers.get("cache-control", "").casefold()
    words = {part.strip() for part in said.split(",")}
    if "no-store" in words:
        return None
    if "no-cache" in words:
        return 0.0
    found = re.search(r"max-age\s*=\s*\"?(\d{1,9})", said)
    age = headers.get("age", "0").strip()
    left = float(found[1]) - (float(age) if age.isdecimal() else 0.0) if found else 0.0
    return min(LONGEST, max(0.0, left))
