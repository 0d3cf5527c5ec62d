"""Small databases for what the program keeps beside the watchlist, readable by their owner alone."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Final

TIMEOUT: Final = 5.0
"""Seconds to wait for another process that writes."""


def open_database(path: Path, schema: str, *, durable: bool) -> sqlite3.Connection:
    """Return a connection to the database at `path`, made if it is not there.

    Args:
        path: Its file.
        schema: Statements that make what is missing.
        durable: Whether what is written must outlive a power cut.

    Raises:
        OSError: Its folder or file cannot be made.
        sqlite3.Error: It is none, or somebody else holds it for too long.
    """
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    os.close(os.open(path, os.O_RDWR | os.O_CREAT | getattr(os, "O_CLOEXEC", 0), 0o600))
    database = sqlite3.connect(path, timeout=TIMEOUT, isolation_level=None, check_same_thread=False)
    try:
        database.execute(f"PRAGMA synchronous = {'FULL' if durable else 'OFF'}")
        database.executescript(schema)
    except sqlite3.Error:
        database.close()
        raise
    return database


def is_damaged(error: Exception) -> bool:
    """Return whether an error says that a file is no database, or a damaged one."""
    return getattr(error, "sqlite_errorcode", 0) & 0xFF in (sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB)


def discard_if_damaged(path: Path, error: Exception) -> bool:
    """Delete a database of which the error says that it is none, or damaged; return whether it is gone."""
    if not is_damaged(error):
        return False
    try:
        path.unlink(missing_ok=True)
    except OSError:
        return False
    return True


@contextmanager
def transaction(database: sqlite3.Connection) -> Iterator[sqlite3.Connection]:
    """Close a database after the body, whose writes are all kept or none.

    Raises:
        sqlite3.Error: Something is wrong with it.
    """
    with closing(database):
        database.execute("BEGIN IMMEDIATE")
        try:
            yield database
        except BaseException:
            database.execute("ROLLBACK")
            raise
        database.execute("COMMIT")
