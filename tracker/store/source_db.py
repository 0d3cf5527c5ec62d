"""What the services said last, what was decided about it, and what is news: kept in the state folder.

Nothing of it is the owner's own word; when it is lost, the services are heard anew.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable, Iterable
from contextlib import closing, suppress
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any, Final, TypeVar

from tracker.errors import TrackerError
from tracker.model.episode import Episode
from tracker.model.news import GRADES, NewsItem
from tracker.model.source_record import SourceId, SourceRecord
from tracker.model.source_state import SourceState
from tracker.sqlite import is_damaged, open_database, transaction

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
_WORD: Final = "source, key, said, heard, since, former, turned, gone, took_back, read"
_NEWS: Final = "at, grade, show, title, text, source, key, url, before, after, lead, follow, offer, seen"
_VERSION: Final = 1
"""Raised when the tables change; what was kept in others is put aside."""
MAX_NEWS: Final = 2_000
"""How many pieces of news are kept; the oldest go first."""
_RECORD: Final = "CAST(said AS TEXT)"
# A record is kept as an array of its fields, and so is an episode in it. One row that cannot be read costs no other.
_EPISODES: Final = (
    f"SELECT source, key, CASE WHEN json_valid({_RECORD}) "  # noqa: S608 - names of columns
    f"THEN json_extract({_RECORD}, '$[{SourceRecord._fields.index('next_episode')}]') END FROM word WHERE gone = 0"
)
T = TypeVar("T")
# msgspec is imported where records are read and written: a look at the next episodes does without.


class SourceDatabase:
    """The words, decisions and news of one watchlist.

    Args:
        path: The file, which need not exist. One that is no database is put aside.
    """

    def __init__(self, path: Path) -> None:
        self.path = path

    @property
    def stamp(self) -> tuple[int, int] | None:
        """What is another after each write; None while there is no file."""
        try:
            state = self.path.stat()
        except OSError:
            return None
        return (state.st_mtime_ns, state.st_size)

    def states(self) -> dict[SourceId, SourceState]:
        """Return the last word of every service about every show; what cannot be read was never said."""
        return dict(filter(None, map(_word, self._read(f"SELECT {_WORD} FROM word"))))  # noqa: S608 - names of columns

    def state(self, reference: SourceId) -> SourceState | None:
        """Return the last word of a service about one show, None where it said nothing that can be read."""
        rows = self._read(f"SELECT {_WORD} FROM word WHERE source = ? AND key = ?", *reference)  # noqa: S608
        found = _word(rows[0]) if rows else None
        return found[1] if found is not None else None

    def save(self, words: Iterable[SourceState]) -> None:
        """Keep these as the last words."""
        import msgspec

        self._write_many(
            "INSERT OR REPLACE INTO word VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            [
                (
                    *word.source_id, msgspec.json.encode(word.record), word.checked_at.isoformat(),
                    msgspec.json.encode(word.since), msgspec.json.encode(word.previous) if word.previous else None,
                    word.changed_at.isoformat() if word.changed_at else None, word.is_removed,
                    word.was_reverted,
                    word.fetched_at.isoformat() if word.fetched_at else None,
                )
                for word in words
            ],
        )  # fmt: skip

    def touch(self, references: Iterable[SourceId], at: datetime) -> None:
        """Note that services were asked and say the same as before."""
        rows = [(at.isoformat(), *reference) for reference in references]
        self._write_many("UPDATE word SET heard = ? WHERE source = ? AND key = ?", rows)

    def declined(self) -> frozenset[tuple[str, str, str, str]]:
        """Return the marks of the proposals to which the owner said no."""
        return frozenset(self._read("SELECT source, key, field, value FROM declined"))

    def decline(self, mark: tuple[str, str, str, str]) -> None:
        """Remember a no."""
        self._write_many("INSERT OR REPLACE INTO declined VALUES (?, ?, ?, ?)", [mark])

    def last_searches(self) -> dict[str, datetime]:
        """Return when shows without a link were searched for last, by their ids."""
        found = {}
        for show, at in self._read("SELECT show, at FROM searched"):
            with suppress(ValueError):
                found[show] = datetime.fromisoformat(at)
        return found

    def save_search(self, show_id: str, at: datetime) -> None:
        """Remember that a show was searched for."""
        self._write_many("INSERT OR REPLACE INTO searched VALUES (?, ?)", [(show_id, at.isoformat())])

    def rejected(self) -> frozenset[tuple[str, SourceId]]:
        """Return the shows of services that are not the show of the list that they were taken for."""
        rows = self._read("SELECT show, source, key FROM refused")
        return frozenset((show, SourceId(source, key)) for show, source, key in rows)

    def reject(self, show_id: str, references: Iterable[SourceId]) -> None:
        """Remember that these are another show."""
        rows = [(show_id, *reference) for reference in references]
        self._write_many("INSERT OR REPLACE INTO refused VALUES (?, ?, ?)", rows)

    def news(self, *, since: datetime | None = None, unseen: bool = False) -> tuple[NewsItem, ...]:
        """Return what is news, loud things first, then the newest.

        Args:
            since: From when on; None for all that is kept.
            unseen: Whether what was seen is left out.
        """
        rows = self._read(
            f"SELECT {_NEWS}, number FROM news "  # noqa: S608 - names of columns
            "WHERE at >= ? AND seen <= ? ORDER BY number DESC",
            since.astimezone(UTC).isoformat() if since is not None else "",
            0 if unseen else 1,
        )
        found = []
        for row in rows:
            with suppress(ValueError):
                found.append(NewsItem._make((datetime.fromisoformat(row[0]), *row[1:13], bool(row[13]), row[14])))
        return tuple(sorted(found, key=lambda one: GRADES.index(one.grade) if one.grade in GRADES else len(GRADES)))

    def count_unread(self) -> int:
        """Return how much is news that was not seen and is not quiet."""
        [(many,)] = self._read("SELECT count(*) FROM news WHERE seen = 0 AND grade <> 'quiet'") or [(0,)]
        return int(many)

    def add_news(self, news: Iterable[NewsItem]) -> None:
        """Keep these as news."""
        rows = [(one.at.astimezone(UTC).isoformat(), *one[1:14]) for one in news]
        if not rows:
            return
        self._write_many(
            f"INSERT INTO news ({_NEWS}) "  # noqa: S608
            "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            rows,
        )
        self._write_many("DELETE FROM news WHERE number <= (SELECT max(number) FROM news) - ?", [(MAX_NEWS,)])

    def mark_read(self, numbers: Iterable[int] | None = None) -> None:
        """Remember that news was seen; without numbers, all of it."""
        if numbers is None:
            self._write_many("UPDATE news SET seen = 1 WHERE seen = ?", [(0,)])
        else:
            self._write_many("UPDATE news SET seen = 1 WHERE number = ?", [(number,) for number in numbers])

    def delete_news(self, numbers: Iterable[int]) -> None:
        """Take news away that is none."""
        self._write_many("DELETE FROM news WHERE number = ?", [(number,) for number in numbers])

    def next_episodes(self) -> dict[SourceId, Episode]:
        """Return the next episode of every show of which a service named one, without reading all of the records.

        Nothing is written, also where the file is missing or damaged; then there are none.
        """
        found: dict[SourceId, Episode] = {}
        if not self.path.exists():
            return found
        uri = f"{self.path.absolute().as_uri()}?mode=ro"
        with suppress(sqlite3.Error), closing(sqlite3.connect(uri, uri=True, timeout=1)) as database:
            database.text_factory = lambda text: text.decode(errors="replace")
            for source, key, episode in database.execute(_EPISODES):
                with suppress(ValueError, TypeError):
                    season, number, title, on, at = json.loads(episode)
                    day = date.fromisoformat(on) if on else None
                    moment = datetime.fromisoformat(at) if at else None
                    found[SourceId(source, key)] = Episode(season, number, title, day, moment)
        return found

    def _read(self, statement: str, *values: object) -> list[Any]:
        if self.stamp is None:
            return []

        def read() -> list[Any]:
            with closing(self._opened()) as database:
                return database.execute(statement, values).fetchall()

        return self._mended(read)

    def _write_many(self, statement: str, rows: Iterable[tuple[Any, ...]]) -> None:
        rows = list(rows)
        if not rows:
            return

        def write() -> None:
            with transaction(self._opened()) as database:
                database.executemany(statement, rows)

        self._mended(write)

    def _opened(self) -> sqlite3.Connection:
        """Return the database, made anew where it is of another version than this program's."""
        database = open_database(self.path, "", durable=True)
        if _version(database) != _VERSION and not self._is_made(database):
            database.close()
            self._put_aside()
            database = open_database(self.path, "", durable=True)
            self._is_made(database)
        # A byte that is no text must not keep all the others from being read.
        database.text_factory = lambda data: data.decode(errors="replace")
        return database

    def _is_made(self, database: sqlite3.Connection) -> bool:
        """Make the tables of an empty database; return whether it has those of this version then."""
        # Alone, since another process may be making them at this moment.
        database.execute("BEGIN IMMEDIATE")
        [tables] = database.execute("SELECT count(*) FROM sqlite_master").fetchone()
        if not tables:
            for statement in filter(str.strip, _SCHEMA.split(";")):
                database.execute(statement)
            database.execute(f"PRAGMA user_version = {_VERSION}")
        database.execute("COMMIT")
        return _version(database) == _VERSION

    def _put_aside(self) -> None:
        self.path.replace(self.path.with_suffix(".damaged"))

    def _mended(self, deed: Callable[[], T]) -> T:
        """Do something with the database; one that is damaged is put aside, and a new one begun."""
        try:
            try:
                return deed()
            except (sqlite3.DatabaseError, UnicodeDecodeError) as error:
                if not (isinstance(error, UnicodeDecodeError) or is_damaged(error)):
                    raise
                self._put_aside()
                return deed()
        except (OSError, sqlite3.Error, UnicodeDecodeError) as error:
            raise TrackerError(f"what the services said cannot be kept: {self.path}: {error}.") from None


def _version(database: sqlite3.Connection) -> int:
    [version] = database.execute("PRAGMA user_version").fetchone()
    return int(version)


def _word(row: tuple[Any, ...]) -> tuple[SourceId, SourceState] | None:
    """Return a row as the last word about a show, None for one that cannot be read."""
    import msgspec

    source, key, said, heard, since, former, turned, gone, took_back, read = row
    with suppress(msgspec.DecodeError, ValueError):
        return SourceId(source, key), SourceState(
            msgspec.json.decode(said, type=SourceRecord),
            datetime.fromisoformat(heard),
            msgspec.json.decode(since, type=tuple[tuple[str, date], ...]),
            msgspec.json.decode(former, type=SourceRecord) if former else None,
            datetime.fromisoformat(turned) if turned else None,
            bool(gone),
            bool(took_back),
            datetime.fromisoformat(read) if read else None,
        )
    return None
