"""Whatever happens to the files that the program keeps beside the list, it goes on, or says what is wrong."""

from __future__ import annotations

import json
import random
import shutil
import sqlite3
from collections.abc import Callable
from contextlib import closing, suppress
from pathlib import Path
from typing import Any, Final

import pytest

from tests.service.conftest import Home, entry, said
from tracker.errors import TrackerError

COMMANDS: Final = (
    ["list"], ["today"], ["news"], ["show", "salt-road"], ["check"], ["undo"], ["redo"], ["set", "salt-road", "tags=x"],
    ["refresh"], ["search", "Lantern"], ["restore", "--list"], ["news", "--mark-seen"], ["calendar"], ["path"],
    ["remind"],
)  # fmt: skip
VALUES: Final[tuple[Any, ...]] = (
    None, True, -1, 10**30, 1e308, "", "x", "\ud800", "9999-12-31T23:59:59", "2026-01-01", b"\xff", [], {},
)  # fmt: skip
"""What a value is replaced with."""


@pytest.fixture
def used(home: Home, tmp_path: Path) -> tuple[Home, Path]:
    """Give a machine on which the program was used, and a copy of all that it keeps."""
    home.ask(remind=["0d"])
    home.write(
        entry("Night Bus", "release = 2026-11-23"),
        entry("Salt Road", "ids = { tvmaze = 101 }", claims=[said("filming", "2026")[0]]),
        entry("Paper Lanterns"),
    )
    for line in ("news", "remind", "refresh", "set salt-road rating=7", "set salt-road rating=8", "undo"):
        home.run(*line.split())
    home.tracker().external_changes.check()
    home.edit('title = "Paper Lanterns"', 'title = "Paper Kites"')
    home.edit('title = "Salt Road"', 'title = "Salt Road"\nstatus = "released"')
    home.run("news")
    tracker = home.tracker()
    tracker.external_changes.check()
    tracker.watchlist.keep_hand_edit_days()
    tracker.app_state.save({"theme": "nord", "sort": "title", "cursor": "salt-road"})
    copy = tmp_path / "copy"
    copy.mkdir()
    for name, place in _places(home).items():
        shutil.copytree(place, copy / name)
    return home, copy


def _places(home: Home) -> dict[str, Path]:
    return {"state": home.paths.state, "cache": home.paths.cache, "config": home.paths.settings.parent}


def _restore(home: Home, copy: Path) -> None:
    for name, place in _places(home).items():
        shutil.rmtree(place)
        shutil.copytree(copy / name, place)


def _replace_value(data: Any, chance: random.Random) -> Any:
    """Return JSON data with one of its values, at any depth, replaced."""
    if isinstance(data, dict) and data and chance.random() < 0.8:
        key = chance.choice(list(data))
        return {**data, key: _replace_value(data[key], chance)}
    if isinstance(data, list) and data and chance.random() < 0.8:
        place = chance.randrange(len(data))
        return [*data[:place], _replace_value(data[place], chance), *data[place + 1 :]]
    return chance.choice([value for value in VALUES if not isinstance(value, bytes)])


def _damage_bytes(path: Path, chance: random.Random) -> None:
    data = path.read_bytes()
    place = chance.randrange(len(data) + 1)
    path.write_bytes(
        chance.choice([
            data[:place], data[:place] + bytes([chance.randrange(256)]) + data[place + 1 :], b"", b"\0" * len(data),
            b"[" * 100_000, data[:place] + b"[" * 100_000 + data[place:], b"{" * 1_000 + data, b"9" * 10_000,
            data[:place] + b"\xff\xfe" + data[place:], data * 2, b"x" + b".a" * 50_000 + b" = 1\n" + data,
        ])
    )  # fmt: skip


def _damage_json(path: Path, chance: random.Random) -> None:
    if path.suffix == ".jsonl":
        lines = path.read_text(encoding="utf-8").splitlines()
        place = chance.randrange(len(lines))
        lines[place] = json.dumps(_replace_value(json.loads(lines[place]), chance))
        path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    else:
        path.write_text(json.dumps(_replace_value(json.loads(path.read_text(encoding="utf-8")), chance)))


def _damage_rows(path: Path, chance: random.Random) -> None:
    with closing(sqlite3.connect(path, isolation_level=None)) as database:
        tables = [name for (name,) in database.execute("SELECT name FROM sqlite_master WHERE type = 'table'")]
        table = chance.choice(tables)
        columns = [row[1] for row in database.execute(f"PRAGMA table_info({table})")]
        column = chance.choice(columns)
        try:
            match chance.randrange(10):
                case 0:
                    database.execute(f"DROP TABLE {table}")
                case 1:
                    database.execute(f"ALTER TABLE {table} RENAME COLUMN {column} TO other")
                case 2:
                    database.execute("PRAGMA user_version = 99")
                case _:
                    values = [value for value in VALUES if value not in ([], {}, "\ud800")]
                    value = chance.choice(values)
                    value = 2**62 if value == 10**30 else value
                    database.execute(f"UPDATE {table} SET {column} = ?", (value,))
        except sqlite3.Error:
            return


def _ways(path: Path) -> list[Callable[[Path, random.Random], None]]:
    ways: list[Callable[[Path, random.Random], None]] = [_damage_bytes]
    if path.suffix in (".json", ".jsonl"):
        ways += [_damage_json] * 2
    if path.read_bytes()[:6] == b"SQLite":
        ways += [_damage_rows] * 4
    return ways


def _check(used: tuple[Home, Path], seeds: range) -> None:
    home, copy = used
    for seed in seeds:
        chance = random.Random(seed)
        _restore(home, copy)
        files = sorted(path for place in _places(home).values() for path in place.rglob("*") if path.is_file())
        path = files[seed % len(files)]
        chance.choice(_ways(path))(path, chance)
        for argv in chance.sample(COMMANDS, 5):
            run = home.run(*argv)
            assert run.code in (0, 1, 2, 3, 4, 5), (seed, path, argv)
        tracker = home.tracker()
        with suppress(TrackerError):
            tracker.external_changes.check()
        tracker.app_state.load()


def test_state_damaged(used: tuple[Home, Path]) -> None:
    _check(used, range(15))


@pytest.mark.slow
def test_state_damaged_in_many_ways(used: tuple[Home, Path]) -> None:
    _check(used, range(15, 2_000))
