"""Entries, a fixed day, a time zone and source states for the tests of the command line."""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from tracker.model.episode import Episode
from tracker.model.source_record import SourceRecord, parse_source_id
from tracker.model.source_state import SourceState
from tracker.paths import Paths
from tracker.service.open_watchlist import OpenWatchlist
from tracker.store.app_state import source_db_path
from tracker.store.source_db import SourceDatabase

Run = Callable[..., tuple[int, str, str]]

HOSTILE = ["[Oshi no Ko]", "Foo [/] bar", "[@click=app.quit]x", "가" * 40, "ソウルメイト", "é\u0301", "a"]
ESCAPE = "a\x1b]52;c;Zm9v\x07b"
LATER = datetime(2026, 11, 1, tzinfo=UTC)


def entry(title: str, *claims: str, **fields: object) -> str:
    """Return the entry of a show with these claims."""
    lines = [f"{key} = {_value(value)}" for key, value in {"title": title, **fields}.items()]
    return "\n".join(("[[show]]", *lines, "", *claims, ""))


def claim(on: str, status: str = "", release: str = "", **more: str) -> str:
    """Return a claim; a day is written as TOML has it, a month in quotes."""
    said = {"status": status, "release": release, **more}
    day = f"on = {on}\n" if len(on) == 10 else f'on = "{on}"\n' if on else ""
    return f"[[show.history]]\n{day}" + "".join(f"{key} = {_value(value)}\n" for key, value in said.items() if value)


def _value(value: object) -> str:
    if isinstance(value, Mapping):
        return "{ " + ", ".join(f"{key} = {_value(one)}" for key, one in value.items()) + " }"
    return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")


def set_today(monkeypatch: pytest.MonkeyPatch, day: str) -> None:
    """Fix today's date, without `--as-of`."""
    now = date.fromisoformat(day)
    monkeypatch.setattr(OpenWatchlist, "today", property(lambda tracker: tracker.as_of or now))


@contextmanager
def zone(name: str) -> Iterator[None]:
    """Put the machine into a zone, named as POSIX does: "KST-9" is nine hours before UTC."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("TZ", name)
        time.tzset()
        yield
    time.tzset()


def keep_next_episodes(path: Path, episodes: Mapping[str, Episode]) -> None:
    """Keep source states with these next episodes, by source ids such as "tvmaze:7"."""
    references = {parse_source_id(name): episode for name, episode in episodes.items()}
    SourceDatabase(source_db_path(Paths(path).state, path)).save(
        SourceState(SourceRecord(reference.source, reference.key, "", next_episode=episode), LATER)
        for reference, episode in references.items()
    )


def episode(season: int | None, number: int | None, on: str = "", at: str = "", title: str = "") -> Episode:
    """Return an episode; `at` is in UTC."""
    moment = datetime.fromisoformat(f"{at}+00:00") if at else None
    return Episode(season, number, title, date.fromisoformat(on) if on else None, moment)


def squeezed(out: str) -> list[str]:
    """Return the lines of an output, with one space in place of several."""
    return [" ".join(line.split()) for line in out.splitlines()]
