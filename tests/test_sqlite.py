from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path

import pytest

from tracker.sqlite import discard_if_damaged, is_damaged, open_database, transaction

SCHEMA = "CREATE TABLE IF NOT EXISTS note (text TEXT NOT NULL UNIQUE);"


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "state" / "deep" / "notes.sqlite"


@pytest.fixture
def full_rights() -> Iterator[None]:
    """Let nothing but the program itself take rights away."""
    before = os.umask(0)
    yield
    os.umask(before)


def write(path: Path, *texts: str) -> None:
    with transaction(open_database(path, SCHEMA, durable=False)) as database:
        database.executemany("INSERT INTO note VALUES (?)", [(text,) for text in texts])


def notes(path: Path) -> list[str]:
    with closing(open_database(path, SCHEMA, durable=False)) as database:
        return [text for (text,) in database.execute("SELECT text FROM note ORDER BY text")]


def test_open_database_is_private(path: Path, full_rights: None) -> None:
    open_database(path, SCHEMA, durable=True).close()
    assert path.stat().st_mode & 0o777 == 0o600
    assert path.parent.stat().st_mode & 0o777 == 0o700


def test_journal_file_is_private(path: Path, full_rights: None) -> None:
    with transaction(open_database(path, SCHEMA, durable=False)) as database:
        database.execute("INSERT INTO note VALUES ('a')")
        modes = {file.name: file.stat().st_mode & 0o777 for file in path.parent.iterdir()}
    assert modes == dict.fromkeys(modes, 0o600)
    assert len(modes) == 2


@pytest.mark.parametrize(("durable", "level"), [(True, 2), (False, 0)])
def test_open_database_durable(path: Path, durable: bool, level: int) -> None:
    with closing(open_database(path, SCHEMA, durable=durable)) as database:
        assert database.execute("PRAGMA synchronous").fetchone() == (level,)


def test_open_database_again(path: Path) -> None:
    write(path, "a")
    write(path, "b")
    assert notes(path) == ["a", "b"]


def test_transaction_is_atomic(path: Path) -> None:
    write(path, "a")
    with pytest.raises(sqlite3.IntegrityError):
        write(path, "b", "a", "c")
    assert notes(path) == ["a"]


@pytest.mark.parametrize("error", [KeyError, KeyboardInterrupt, sqlite3.ProgrammingError])
def test_transaction_rolls_back(path: Path, error: type[BaseException]) -> None:
    database = open_database(path, SCHEMA, durable=False)

    def fail() -> None:
        with transaction(database):
            database.execute("INSERT INTO note VALUES ('a')")
            raise error

    with pytest.raises(error):
        fail()
    assert notes(path) == []
    with pytest.raises(sqlite3.ProgrammingError, match="closed"):
        database.execute("SELECT 1")


def test_transaction_closes(path: Path) -> None:
    database = open_database(path, SCHEMA, durable=False)
    with transaction(database):
        pass
    with pytest.raises(sqlite3.ProgrammingError, match="closed"):
        database.execute("SELECT 1")


def test_transaction_waits(path: Path) -> None:
    with ThreadPoolExecutor(1) as pool:
        with transaction(open_database(path, SCHEMA, durable=False)) as database:
            database.execute("INSERT INTO note VALUES ('first')")
            second = pool.submit(write, path, "second")
            assert not second.done()
        second.result()
    assert notes(path) == ["first", "second"]


def test_transaction_is_isolated(path: Path) -> None:
    write(path, "a")
    with transaction(open_database(path, SCHEMA, durable=False)) as database:
        database.execute("INSERT INTO note VALUES ('b')")
        assert notes(path) == ["a"]
    assert notes(path) == ["a", "b"]


def test_discard_damaged_database(path: Path) -> None:
    path.parent.mkdir(parents=True)
    path.write_bytes(b"no database, but long enough to be one" * 40)
    with pytest.raises(sqlite3.DatabaseError) as told:
        open_database(path, SCHEMA, durable=False)
    assert is_damaged(told.value)
    assert discard_if_damaged(path, told.value)
    assert not path.exists()
    assert discard_if_damaged(path, told.value)


def test_discard_database_with_other_tables(path: Path) -> None:
    write(path, "a")
    with (
        closing(open_database(path, SCHEMA, durable=False)) as database,
        pytest.raises(sqlite3.DatabaseError) as told,
    ):
        database.execute("SELECT color FROM note")
    assert is_damaged(told.value)
    assert discard_if_damaged(path, told.value)
    assert not path.exists()


def test_discard_nothing_else(path: Path) -> None:
    write(path, "a")
    with (
        closing(open_database(path, SCHEMA, durable=False)) as database,
        pytest.raises(sqlite3.DatabaseError) as told,
    ):
        database.execute("INSERT INTO note VALUES ('a')")
    assert not discard_if_damaged(path, told.value)
    assert not discard_if_damaged(path, OSError(28, "No space left on device"))
    assert notes(path) == ["a"]


def test_open_database_fails(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    for path in (tmp_path / "file" / "notes.sqlite", tmp_path):
        with pytest.raises(OSError, match=r"File exists|Not a directory|Is a directory"):
            open_database(path, SCHEMA, durable=False)
