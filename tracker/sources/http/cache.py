"""Cached HTTP answers, fresh or to be revalidated by ETag or date (a part of RFC 9111)."""

from __future__ import annotations

import contextlib
import re
import sqlite3
import time
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Final, NamedTuple, TypeVar

from tracker.sqlite import discard_if_damaged, open_database

T = TypeVar("T")
MAX_BYTES: Final = 20_000_000  # size of all bodies; the least recently used go first
MAX_AGE: Final = 7 * 86400.0  # the longest freshness lifetime in seconds, whatever the answer says
_SKEW: Final = 60.0  # seconds by which the clock may be set back without effect
_HTTP_DATE: Final = re.compile(r"[A-Z][a-z]{2}, \d\d [A-Z][a-z]{2} \d{4} ")
_SCHEMA: Final = """
PRAGMA auto_vacuum = FULL;
CREATE TABLE IF NOT EXISTS answer (
    url TEXT PRIMARY KEY, body BLOB NOT NULL, etag TEXT NOT NULL, fresh_until REAL NOT NULL, used REAL NOT NULL
);
"""


class CachedResponse(NamedTuple):
    """An answer from the cache."""

    body: bytes
    validator: str  # its ETag, else when it was modified last; "" for none
    is_fresh: bool  # it can be used without asking

    @property
    def condition(self) -> dict[str, str]:
        """The header that asks whether it is unchanged (RFC 9110, 13.1)."""
        if not self.validator:
            return {}
        is_date = _HTTP_DATE.match(self.validator) is not None
        return {"If-Modified-Since" if is_date else "If-None-Match": self.validator}


class HttpCache:
    """Answers by URL in a database that may be deleted at any time; without one, nothing is cached.

    Args:
        path: The database.
        now: Seconds since the epoch.
        max_bytes: Size of all bodies.
    """

    def __init__(self, path: Path, now: Callable[[], float] = time.time, max_bytes: int = MAX_BYTES) -> None:
        self._path = path
        self._now = now
        self._max_bytes = max_bytes

    def get(self, url: str) -> CachedResponse | None:
        """Return the cached answer of a URL."""

        def read(database: sqlite3.Connection) -> CachedResponse | None:
            # A column of numbers holds texts that are none as well.
            query = "SELECT body, etag, total(fresh_until), total(used) FROM answer WHERE url = ? GROUP BY url"
            if (row := database.execute(query, (url,)).fetchone()) is None:
                return None
            body, etag, until, used = row
            if not (isinstance(body, bytes) and isinstance(etag, str) and etag.isascii()):
                return None
            now = self._now()
            # What was used in the future was stored before the clock was set back.
            is_fresh = used - _SKEW <= now < until <= now + MAX_AGE
            entry = (now, until if is_fresh else 0.0, url)
            # Another process that writes for long is no reason to ask again.
            with contextlib.suppress(sqlite3.OperationalError):
                database.execute("UPDATE answer SET used = ?, fresh_until = ? WHERE url = ?", entry)
            return CachedResponse(body, etag, is_fresh)

        return self._run(read)

    def put(self, url: str, body: bytes, headers: Mapping[str, str]) -> None:
        """Store an answer as its headers allow."""
        seconds, etag = freshness_lifetime(headers), headers.get("etag") or headers.get("last-modified", "")
        # No request header can hold another one.
        etag = etag if etag.isascii() else ""
        if seconds is None or not (seconds or etag) or len(body) > self._max_bytes // 4:
            return
        now = self._now()

        def write(database: sqlite3.Connection) -> None:
            row = (url, body, etag, now + seconds, now)
            database.execute("INSERT OR REPLACE INTO answer VALUES (?, ?, ?, ?, ?)", row)
            self._shrink(database)

        self._run(write)

    def mark_fresh(self, url: str, headers: Mapping[str, str]) -> None:
        """Prolong an answer that the host says is unchanged."""
        until = self._now() + (freshness_lifetime(headers) or 0.0)
        self._run(lambda database: database.execute("UPDATE answer SET fresh_until = ? WHERE url = ?", (until, url)))

    def _shrink(self, database: sqlite3.Connection) -> None:
        size = int(database.execute("SELECT total(length(body)) FROM answer").fetchone()[0])
        if size <= self._max_bytes:
            return
        for url, length in database.execute("SELECT url, length(body) FROM answer ORDER BY used, rowid").fetchall():
            database.execute("DELETE FROM answer WHERE url = ?", (url,))
            size -= length
            if size <= self._max_bytes * 3 // 4:
                break

    def _run(self, act: Callable[[sqlite3.Connection], T]) -> T | None:
        """Do something with the database; None where there is none."""
        try:
            with contextlib.closing(open_database(self._path, _SCHEMA, durable=False)) as database:
                return act(database)
        except (OSError, sqlite3.Error) as error:
            discard_if_damaged(self._path, error)
            return None


def freshness_lifetime(headers: Mapping[str, str]) -> float | None:
    """Return for how many seconds an answer is fresh (RFC 9111, 4.2); None for one that must not be stored."""
    cache_control = headers.get("cache-control", "").casefold()
    directives = {part.strip() for part in cache_control.split(",")}
    if "no-store" in directives:
        return None
    if "no-cache" in directives:
        return 0.0
    max_age = re.search(r"max-age\s*=\s*\"?(\d{1,9})", cache_control)
    age = headers.get("age", "0").strip()
    left = float(max_age[1]) - (float(age) if age.isdecimal() else 0.0) if max_age else 0.0
    return min(MAX_AGE, max(0.0, left))
