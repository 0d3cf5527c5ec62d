"""Small SQLite databases, readable by their owner only."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Final

from tracker.private_files import open_private

TIMEOUT: Final = 5.0
"""Seconds to wait for another process that writes."""


def open_database(path: Path, schema: str, *, durable: bool) -> sqlite3.Connection:
    """Open the database at `path`; make it if it is missing.

    Args:
        path: Its file.
        schema: Statements that make missing tables.
        durable: Whether writes must survive a power cut.

    Raises:
        OSError: Its folder or file cannot be made.
        sqlite3.Error: It is no database, or another process holds it for too long.
    """
    os.close(open_private(path, os.O_RDWR | os.O_CREAT))
    database = sqlite3.connect(path, timeout=TIMEOUT, isolation_level=None, check_same_thread=False)
    try:
        database.execute(f"PRAGMA synchronous = {'FULL' if durable else 'OFF'}")
        database.executescript(schema)
    except sqlite3.Error:
        database.close()
        raise
    return database


def is_damaged(error: Exception) -> bool:
    """Return whether an error says that a file is a damaged database, one with other tables, or none."""
    code = getattr(error, "sqlite_errorcode", 0)
    return code == sqlite3.SQLITE_ERROR or code & 0xFF in (sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB)


def discard_if_damaged(path: Path, error: Exception) -> bool:
    """Delete a database that the error says is damaged; return whether it is gone."""
    if not is_damaged(error):
        return False
    try:
        path.unlink(missing_ok=True)
    except OSError:
        return False
    return True


@contextmanager
def transaction(database: sqlite3.Connection) -> Iterator[sqlite3.Connection]:
    """Run the body in a transaction and close the database.

    Raises:
        sqlite3.Error: It cannot be written.
    """
    with closing(database):
        database.execute("BEGIN IMMEDIATE")
        try:
            yield database
        except BaseException:
            database.execute("ROLLBACK")
            raise
        database.execute("COMMIT")
