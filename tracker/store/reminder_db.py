"""What the owner was reminded of, kept in the state folder."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Mapping
from contextlib import closing, suppress
from datetime import date
from pathlib import Path
from typing import Final

from tracker.errors import TrackerError
from tracker.reports.reminders import DateKey
from tracker.sqlite import TIMEOUT, discard_if_damaged, is_damaged, open_database, transaction

_SCHEMA: Final = """
CREATE TABLE IF NOT EXISTS told (
    show TEXT NOT NULL, date TEXT NOT NULL, last TEXT NOT NULL, PRIMARY KEY (show, date)
);
"""
_SELECT: Final = "SELECT show, date, last FROM told"


class ReminderDatabase:
    """What was told of the dates of the shows of one watchlist: for each the last day that a reminder was for.

    If it is lost, what is due now is told once more. Its methods raise `TrackerError` if the file cannot be read or
    written.

    Args:
        path: The file, which need not exist.
    """

    def __init__(self, path: Path) -> None:
        self._path = path

    def read(self) -> dict[DateKey, date]:
        """Return what was told; writes nothing."""
        if not self._path.exists():
            return {}
        try:
            with closing(sqlite3.connect(f"{self._path.absolute().as_uri()}?mode=ro", uri=True, timeout=TIMEOUT)) as db:
                return _read(db)
        except sqlite3.Error as error:
            if is_damaged(error):
                return {}
            raise self._explain(error) from None

    def update(self, change: Callable[[Mapping[DateKey, date]], Mapping[DateKey, date]]) -> None:
        """Let `change` return what is told now, given what was told before; no other process does the same meanwhile.

        Nothing is kept where `change` raises an error.
        """
        try:
            try:
                self._update(change)
            except sqlite3.Error as error:
                if not discard_if_damaged(self._path, error):
                    raise
                self._update(change)
        except (OSError, sqlite3.Error) as error:
            raise self._explain(error) from None

    def _update(self, change: Callable[[Mapping[DateKey, date]], Mapping[DateKey, date]]) -> None:
        with transaction(open_database(self._path, _SCHEMA, durable=True)) as database:
            rows = [(*key, last.isoformat()) for key, last in change(_read(database)).items()]
            database.executemany("INSERT OR REPLACE INTO told VALUES (?, ?, ?)", rows)

    def _explain(self, error: Exception) -> TrackerError:
        return TrackerError(f"Can't save in {self._path} what you were reminded of: {error}.")


def _read(database: sqlite3.Connection) -> dict[DateKey, date]:
    told = {}
    for show_id, days, last in database.execute(_SELECT):
        # A row that was damaged is as good as none.
        with suppress(ValueError, TypeError):
            told[show_id, days] = date.fromisoformat(last)
    return told
