"""Records of sources, decisions about them, and news, kept in the state folder.

Nothing of it is the owner's own; if it is lost, the sources are asked anew.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterable, Sequence
from contextlib import closing, suppress
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any, Final, TypeVar

from tracker.errors import TrackerError
from tracker.json_reader import read_json
from tracker.model.episode import Episode
from tracker.model.news import GRADES, NewsItem
from tracker.model.source_record import SourceId, SourceRecord
from tracker.model.source_state import SourceState
from tracker.sqlite import TIMEOUT, is_damaged, open_database, transaction
from tracker.store.watchlist_file import explain_os_error

# msgspec is imported where records are read and written: a look at the next episodes does without.

_SCHEMA: Final = """
CREATE TABLE IF NOT EXISTS word (
    source TEXT NOT NULL, key TEXT NOT NULL, said BLOB NOT NULL, heard TEXT NOT NULL, since BLOB NOT NULL,
    former BLOB, turned TEXT, gone INTEGER NOT NULL, took_back INTEGER NOT NULL, read TEXT, PRIMARY KEY (source, key)
);
CREATE TABLE IF NOT EXISTS declined (
    source TEXT NOT NULL, key TEXT NOT NULL, field TEXT NOT NULL, value TEXT NOT NULL,
    PRIMARY KEY (source, key, field)
);
CREATE TABLE IF NOT EXISTS searched (show TEXT PRIMARY KEY, at TEXT NOT NULL);
CREATE TABLE IF NOT EXISTS refused (show TEXT NOT NULL, source TEXT NOT NULL, key TEXT NOT NULL,
    PRIMARY KEY (show, source, key)
);
CREATE TABLE IF NOT EXISTS news (
    number INTEGER PRIMARY KEY AUTOINCREMENT, at TEXT NOT NULL, grade TEXT NOT NULL, show TEXT NOT NULL,
    title TEXT NOT NULL, source TEXT NOT NULL, key TEXT NOT NULL, text TEXT NOT NULL, url TEXT NOT NULL,
    before TEXT NOT NULL, after TEXT NOT NULL, lead TEXT NOT NULL, follow TEXT NOT NULL, offer TEXT NOT NULL,
    seen INTEGER NOT NULL
);
"""
_TOLD: Final = "CREATE TABLE IF NOT EXISTS told (key TEXT PRIMARY KEY) WITHOUT ROWID"
"""By what entries of feeds are known that were news once; made at the first one, in a database of any age."""
_STATE: Final = "source, key, said, heard, since, former, turned, gone, took_back, read"
_NEWS: Final = "at, grade, show, title, text, source, key, url, before, after, lead, follow, offer, seen"
_VERSION: Final = 1
"""Raised when the tables change; a database of another version is set aside."""
MAX_NEWS: Final = 2_000
"""How many pieces of news are kept; the oldest are deleted."""
_RECORD: Final = "CAST(said AS TEXT)"
# A record is kept as an array of its fields, and so is an episode in it. One row that cannot be read costs no other.
_EPISODES: Final = (
    f"SELECT source, key, CASE WHEN json_valid({_RECORD}) "  # noqa: S608 - names of columns
    f"THEN json_extract({_RECORD}, '$[{SourceRecord._fields.index('next_episode')}]') END FROM word WHERE gone = 0"
)
T = TypeVar("T")


class SourceDatabase:
    """The source states, decisions and news of one watchlist.

    Its methods raise `TrackerError` if the file cannot be read or written. A damaged one reads as empty, and is set
    aside by the next write.

    Args:
        path: The file, which need not exist.
    """

    def __init__(self, path: Path) -> None:
        self.path = path

    @property
    def stamp(self) -> tuple[int, int] | None:
        """Differs after each write; None if there is no file."""
        try:
            state = self.path.stat()
        except OSError:
            return None
        return (state.st_mtime_ns, state.st_size)

    def states(self) -> dict[SourceId, SourceState]:
        """Return all states that can be read."""
        return dict(filter(None, map(_decode, self._read(f"SELECT {_STATE} FROM word"))))  # noqa: S608 - names of columns

    def state(self, source_id: SourceId) -> SourceState | None:
        """Return the state of one record; None if there is none that can be read."""
        rows = self._read(f"SELECT {_STATE} FROM word WHERE source = ? AND key = ?", *_columns(source_id))  # noqa: S608
        item = _decode(rows[0]) if rows else None
        return item[1] if item is not None else None

    def save(self, states: Iterable[SourceState]) -> None:
        """Save states, each in place of the one of the same record."""
        self._write("INSERT OR REPLACE INTO word VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)", map(_encode, states))

    def touch(self, source_ids: Iterable[SourceId], at: datetime) -> None:
        """Note that records were asked for and are the same as before."""
        rows = [(at.isoformat(), *_columns(source_id)) for source_id in source_ids]
        self._write("UPDATE word SET heard = ? WHERE source = ? AND key = ?", rows)

    def next_episodes(self) -> dict[SourceId, Episode]:
        """Return the next episodes that sources named, without decoding the records; none if they cannot be read."""
        episodes: dict[SourceId, Episode] = {}
        with suppress(TrackerError):
            for source, key, episode in self._read(_EPISODES):
                with suppress(ValueError, TypeError):
                    season, number, title, on, at = read_json(episode or "")
                    day = date.fromisoformat(on) if on else None
                    moment = datetime.fromisoformat(at) if at else None
                    if isinstance(season, int | None) and isinstance(number, int | None) and isinstance(title, str):
                        episodes[SourceId.from_season_key(source, key)] = Episode(season, number, title, day, moment)
        return episodes

    def declined(self) -> frozenset[tuple[str, str, str, str]]:
        """Return the keys of declined proposals."""
        return frozenset(self._read("SELECT source, key, field, value FROM declined"))

    def decline(self, key: tuple[str, str, str, str]) -> None:
        self._write("INSERT OR REPLACE INTO declined VALUES (?, ?, ?, ?)", [key])

    def last_searches(self) -> dict[str, datetime]:
        """Return when shows without a link were last searched for, by their ids."""
        searches = {}
        for show_id, at in self._read("SELECT show, at FROM searched"):
            with suppress(ValueError, TypeError):
                searches[show_id] = _utc(at)
        return searches

    def save_search(self, show_id: str, at: datetime) -> None:
        self._write("INSERT OR REPLACE INTO searched VALUES (?, ?)", [(show_id, at.isoformat())])

    def rejected(self) -> frozenset[tuple[str, SourceId]]:
        """Return the records that are not the show that they were offered for, with the show's id."""
        rows = self._read("SELECT show, source, key FROM refused")
        return frozenset((show_id, SourceId.from_season_key(source, key)) for show_id, source, key in rows)

    def reject(self, show_id: str, source_ids: Iterable[SourceId]) -> None:
        """Save that these records are another show."""
        rows = [(show_id, *_columns(source_id)) for source_id in source_ids]
        self._write("INSERT OR REPLACE INTO refused VALUES (?, ?, ?)", rows)

    def news(self, *, since: datetime | None = None, unread: bool = False) -> tuple[NewsItem, ...]:
        """Return news, loud ones first, then the newest.

        Args:
            since: The earliest moment; None for all.
            unread: Whether only unread news is returned.
        """
        rows = self._read(
            f"SELECT {_NEWS}, number FROM news WHERE at >= ? AND seen <= ? ORDER BY number DESC",  # noqa: S608
            since.astimezone(UTC).isoformat() if since is not None else "",
            0 if unread else 1,
        )
        items = []
        for row in rows:
            with suppress(ValueError, TypeError):
                items.append(NewsItem._make((_utc(row[0]), *map(str, row[1:13]), bool(row[13]), row[14])))
        return tuple(sorted(items, key=lambda item: (*GRADES, item.grade).index(item.grade)))

    def count_unread(self) -> int:
        """Return how many pieces of news are unread and not quiet."""
        [(count,)] = self._read("SELECT count(*) FROM news WHERE seen = 0 AND grade <> 'quiet'") or [(0,)]
        return int(count)

    def add_news(self, items: Iterable[NewsItem]) -> None:
        if items := list(items):

            def write() -> None:
                with transaction(self._open()) as database:
                    _insert_news(database, items)

            self._attempt(write)

    def add_news_once(self, item: NewsItem, keys: Sequence[str]) -> bool:
        """Add a piece of news unless one with any of these keys was added before, and return whether it was added.

        All keys are kept for ever, also those that are new on what was added before.
        """

        def write() -> bool:
            with transaction(self._open()) as database:
                database.execute(_TOLD)
                marks = ", ".join("?" * len(keys))
                [count] = database.execute(f"SELECT count(*) FROM told WHERE key IN ({marks})", keys).fetchone()  # noqa: S608
                database.executemany("INSERT OR IGNORE INTO told VALUES (?)", [(key,) for key in keys])
                if not count:
                    _insert_news(database, [item])
                return not count

        return self._attempt(write)

    def was_told(self, keys: Sequence[str]) -> bool:
        """Return whether news with one of these keys was added before; reads only."""
        if not self._read("SELECT name FROM sqlite_master WHERE name = 'told'"):
            return False
        return any(self._read("SELECT key FROM told WHERE key = ?", key) for key in keys)

    def mark_read(self, numbers: Iterable[int] | None = None) -> None:
        """Mark news as read; all of it if there are no numbers."""
        if numbers is None:
            self._write("UPDATE news SET seen = 1 WHERE seen = ?", [(0,)])
        else:
            self._write("UPDATE news SET seen = 1 WHERE number = ?", [(number,) for number in numbers])

    def delete_news(self, numbers: Iterable[int]) -> None:
        self._write("DELETE FROM news WHERE number = ?", [(number,) for number in numbers])

    def _read(self, statement: str, *values: object) -> list[Any]:
        """Return rows; none of a file that is missing, damaged or of another version. Writes nothing."""
        if self.stamp is None:
            return []

        def read() -> list[Any]:
            with closing(self._open()) as database:
                return database.execute(statement, values).fetchall()

        uri = f"{self.path.absolute().as_uri()}?mode=ro"
        try:
            with closing(sqlite3.connect(uri, uri=True, timeout=TIMEOUT)) as database:
                database.text_factory = _decode_text
                return database.execute(statement, values).fetchall() if _version(database) == _VERSION else []
        except sqlite3.Error as error:
            if is_damaged(error):
                return []
            # A killed writer left a journal, which only an open for writing rolls back.
            return self._attempt(read)

    def _write(self, statement: str, rows: Iterable[tuple[Any, ...]]) -> None:
        if not (rows := list(rows)):
            return

        def write() -> None:
            with transaction(self._open()) as database:
                database.executemany(statement, rows)

        self._attempt(write)

    def _open(self) -> sqlite3.Connection:
        """Open the database; one of another version is replaced by a new one."""
        database = open_database(self.path, "", durable=True)
        if _version(database) != _VERSION and not _make_tables(database):
            database.close()
            self._set_aside()
            database = open_database(self.path, "", durable=True)
            _make_tables(database)
        database.text_factory = _decode_text
        return database

    def _set_aside(self) -> None:
        self.path.replace(self.path.with_suffix(".damaged"))

    def _attempt(self, action: Callable[[], T]) -> T:
        """Do something with the database; a damaged one is set aside, and a new one begun."""
        try:
            try:
                return action()
            except (sqlite3.DatabaseError, UnicodeDecodeError) as error:
                if not (isinstance(error, UnicodeDecodeError) or is_damaged(error)):
                    raise
                self._set_aside()
                return action()
        except (OSError, sqlite3.Error, UnicodeDecodeError) as error:
            why = explain_os_error(error) if isinstance(error, OSError) else error
            raise TrackerError(f"Can't save what the sources said in {self.path}: {why}.") from None


def _insert_news(database: sqlite3.Connection, items: Iterable[NewsItem]) -> None:
    rows = [(item.at.astimezone(UTC).isoformat(), *item[1:14]) for item in items]
    marks = ", ".join("?" * len(rows[0]))
    database.executemany(f"INSERT INTO news ({_NEWS}) VALUES ({marks})", rows)  # noqa: S608
    database.execute("DELETE FROM news WHERE number <= (SELECT max(number) FROM news) - ?", (MAX_NEWS,))


def _decode_text(data: bytes) -> str:
    # A byte that is no text must not keep all the others from being read.
    return data.decode(errors="replace")


def _make_tables(database: sqlite3.Connection) -> bool:
    """Make the tables of an empty database; return whether it has those of this version then."""
    # In a transaction, since another process may be making them at this moment.
    database.execute("BEGIN IMMEDIATE")
    [tables] = database.execute("SELECT count(*) FROM sqlite_master").fetchone()
    if not tables:
        for statement in filter(str.strip, _SCHEMA.split(";")):
            database.execute(statement)
        database.execute(f"PRAGMA user_version = {_VERSION}")
    database.execute("COMMIT")
    return _version(database) == _VERSION


def _version(database: sqlite3.Connection) -> int:
    [version] = database.execute("PRAGMA user_version").fetchone()
    return int(version)


def _encode(state: SourceState) -> tuple[Any, ...]:
    from msgspec.json import encode

    return (
        *_columns(state.source_id),
        encode(state.record),
        state.checked_at.isoformat(),
        encode(state.since),
        encode(state.previous) if state.previous else None,
        state.changed_at.isoformat() if state.changed_at else None,
        state.is_removed,
        state.was_reverted,
        state.fetched_at.isoformat() if state.fetched_at else None,
    )


def _decode(row: tuple[Any, ...]) -> tuple[SourceId, SourceState] | None:
    """Return a row as a state; None if it cannot be read."""
    from msgspec import DecodeError
    from msgspec.json import decode

    source, key, record, checked_at, since, previous, changed_at, is_removed, was_reverted, fetched_at = row
    with suppress(DecodeError, ValueError, TypeError, RecursionError):
        return SourceId.from_season_key(source, key), SourceState(
            decode(record, type=SourceRecord),
            _utc(checked_at),
            decode(since, type=tuple[tuple[str, date], ...]),
            decode(previous, type=SourceRecord) if previous else None,
            _moment(changed_at),
            bool(is_removed),
            bool(was_reverted),
            _moment(fetched_at),
        )
    return None


def _columns(source_id: SourceId) -> tuple[str, str]:
    return source_id.source, source_id.season_key


def _moment(text: str | None) -> datetime | None:
    return _utc(text) if text else None


def _utc(text: str) -> datetime:
    """Return a moment as it was written; one without a zone was damaged, and is taken as UTC.

    Raises:
        ValueError: It is no moment.
        TypeError: It is no text.
    """
    moment = datetime.fromisoformat(text)
    return moment if moment.tzinfo is not None else moment.replace(tzinfo=UTC)
