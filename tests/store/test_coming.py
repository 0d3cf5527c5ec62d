from __future__ import annotations

import sqlite3
from collections.abc import Callable
from contextlib import closing
from datetime import UTC, date, datetime, timedelta, timezone
from pathlib import Path
from typing import Final

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.model.strategies import lines
from tests.store.mutations import SOME
from tracker.model.episode import Episode
from tracker.model.observation import Observation, Reference
from tracker.model.word import Word
from tracker.paths import Paths
from tracker.service import Tracker
from tracker.store.coming import next_episodes
from tracker.store.naming import witness_path
from tracker.store.witness import Witness

NOW: Final = datetime(2026, 3, 1, 12, tzinfo=UTC)
MOMENT: Final = datetime(2026, 11, 28, 13, tzinfo=UTC)
HARBOUR: Final = Episode(1, 3, "The “Harbour”, 옛날 🎬", date(2026, 11, 28), MOMENT)
LIST: Final = """\
[[show]]
title = "Old Ferry"
ids = { tvmaze = 7, tmdb = "tv/9" }

[[show]]
title = "Last Tram"
ids = { tmdb = 12 }

[[show]]
title = "Slow Tram"
"""


def word(key: str, episode: Episode | None, source: str = "tvmaze") -> Word:
    return Word(Observation(source, key, "Old Ferry", next_episode=episode), NOW)


def kept(path: Path, *words: Word) -> Path:
    Witness(path).keep(words)
    return path


def change(path: Path, statement: str, *values: object) -> None:
    with closing(sqlite3.connect(path)) as database:
        database.execute(statement, values)
        database.commit()


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "witness" / "list.sqlite"


def test_the_next_episode_of_every_show_is_found_by_whom_it_was_named(path: Path) -> None:
    other = Episode(2, None, "", date(2027, 1, 2))
    kept(path, word("7", HARBOUR), word("8", None), word("tv/9", other, "tmdb"), word("Q5", Episode(), "wikidata"))
    assert next_episodes(path) == {
        Reference("tvmaze", "7"): HARBOUR,
        Reference("tmdb", "tv/9"): other,
        Reference("wikidata", "Q5"): Episode(),
    }


@pytest.mark.parametrize("zone", [UTC, timezone(timedelta(hours=9)), timezone(timedelta(hours=-3.5))])
def test_a_moment_is_the_same_in_whatever_zone_it_was_kept(path: Path, zone: timezone) -> None:
    kept(path, word("7", Episode(1, 3, at=MOMENT.astimezone(zone))))
    [found] = next_episodes(path).values()
    assert found.at == MOMENT
    assert found.at.tzinfo is not None


episodes: Final = st.builds(
    Episode,
    st.none() | st.integers(0, 10**6),
    st.none() | st.integers(0, 10**6),
    lines,
    st.none() | st.dates(),
    st.none() | st.datetimes(timezones=st.just(UTC)),
)


@given(st.dictionaries(st.sampled_from(["1", "2", "3"]), st.none() | episodes))
@SOME
def test_any_episodes_are_found_as_a_witness_keeps_them(
    tmp_path_factory: pytest.TempPathFactory, named: dict[str, Episode | None]
) -> None:
    path = kept(tmp_path_factory.mktemp("state") / "list.sqlite", *(word(key, one) for key, one in named.items()))
    found = next_episodes(path)
    assert found == {Reference("tvmaze", key): one for key, one in named.items() if one is not None}
    assert found == {key: one.said.next_episode for key, one in Witness(path).words().items() if key in found}


def test_the_last_word_of_a_service_counts(path: Path) -> None:
    kept(path, word("7", HARBOUR))
    kept(path, word("7", HARBOUR._replace(number=4)))
    assert [one.number for one in next_episodes(path).values()] == [4]
    kept(path, word("7", None))
    assert next_episodes(path) == {}


def test_before_the_first_word_there_is_none_and_nothing_is_made(path: Path) -> None:
    assert next_episodes(path) == {}
    assert not path.parent.exists()


def test_looking_changes_nothing_and_leaves_nothing(path: Path) -> None:
    kept(path, word("7", HARBOUR))
    before = path.read_bytes(), path.stat().st_mtime_ns
    assert next_episodes(path)
    assert (path.read_bytes(), path.stat().st_mtime_ns) == before
    assert list(path.parent.iterdir()) == [path]


@pytest.mark.parametrize(
    "name", ["a b.sqlite", "what?.sqlite", "no#1.sqlite", "100%41.sqlite", "옛날-집.sqlite", "a?mode=rw"]
)
def test_a_list_may_have_any_name(tmp_path: Path, name: str) -> None:
    assert len(next_episodes(kept(tmp_path / name, word("7", HARBOUR)))) == 1


def test_what_another_process_is_about_to_write_is_in_nobodys_way(path: Path) -> None:
    kept(path, word("7", HARBOUR))
    with closing(sqlite3.connect(path, isolation_level=None)) as writer:
        writer.execute("BEGIN IMMEDIATE")
        writer.execute("DELETE FROM word")
        assert len(next_episodes(path)) == 1


def _folder(path: Path) -> None:
    path.unlink()
    path.mkdir()


@pytest.mark.parametrize(
    "deed",
    [
        lambda path: path.write_bytes(b""),
        lambda path: path.write_bytes(b"this is no database, but long enough to be one" * 40),
        lambda path: path.write_bytes(path.read_bytes()[:5000]),
        lambda path: path.write_bytes(path.read_bytes()[:100] + b"\xff" * (path.stat().st_size - 100)),
        lambda path: change(path, "DROP TABLE word"),
        lambda path: change(path, "ALTER TABLE word RENAME COLUMN said TO words"),
        _folder,
    ],
    ids=["empty", "no database", "cut off", "overwritten", "no table", "of another version", "a folder"],
)
def test_where_nothing_can_be_read_there_is_none(path: Path, deed: Callable[[Path], object]) -> None:
    kept(path, word("7", HARBOUR), word("8", HARBOUR))
    deed(path)
    assert next_episodes(path) == {}


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ('"2026-11-28"', '"2026-02-30"'),
        ('"2026-11-28"', "7"),
        ('"2026-11-28T13:00:00Z"', '"soon"'),
        ('"2026-11-28T13:00:00Z"', "[1]"),
    ],
)
def test_an_episode_that_cannot_be_read_keeps_no_other_from_being_read(path: Path, old: str, new: str) -> None:
    kept(path, *(word(key, HARBOUR) for key in ("7", "8", "9")))
    change(path, "UPDATE word SET said = CAST(replace(CAST(said AS TEXT), ?, ?) AS BLOB) WHERE key = '8'", old, new)
    assert next_episodes(path) == {Reference("tvmaze", "7"): HARBOUR, Reference("tvmaze", "9"): HARBOUR}


# beside the shows of a list


@pytest.fixture
def tracker(tmp_path: Path) -> Tracker:
    return opened(tmp_path)


def opened(folder: Path, **options: object) -> Tracker:
    path = folder / "list.toml"
    path.write_text(LIST, encoding="utf-8")
    tracker = Tracker(Paths(path), now=lambda: NOW.replace(tzinfo=None), **options)  # type: ignore[arg-type]
    tracker.open()
    return tracker


def heard(tracker: Tracker, *words: Word) -> None:
    kept(witness_path(tracker.paths.state, tracker.path), *words)


def test_a_list_that_nobody_asked_about_has_none_coming(tracker: Tracker) -> None:
    assert tracker.coming() == {}


def test_each_show_has_the_episode_that_its_services_know(tracker: Tracker) -> None:
    tram = Episode(1, 1, on=date(2026, 3, 1))
    heard(tracker, word("7", HARBOUR), word("tv/12", tram, "tmdb"), word("99", HARBOUR))
    assert tracker.coming() == {"old-ferry": HARBOUR, "last-tram": tram}


def test_of_two_services_the_earlier_day_counts_and_on_one_day_who_knows_the_moment(tracker: Tracker) -> None:
    heard(tracker, word("7", HARBOUR), word("tv/9", Episode(1, 2, on=date(2026, 11, 21)), "tmdb"))
    assert tracker.coming()["old-ferry"].number == 2
    heard(tracker, word("tv/9", Episode(1, 3, on=date(2026, 11, 28)), "tmdb"))
    assert tracker.coming()["old-ferry"] == HARBOUR


def test_an_episode_of_yesterday_is_not_coming(tracker: Tracker) -> None:
    heard(tracker, word("7", Episode(1, 2, on=date(2026, 2, 28))))
    assert tracker.coming() == {}
    heard(tracker, word("7", Episode(1, 2, on=date(2026, 3, 1))))
    assert "old-ferry" in tracker.coming()


def test_in_the_past_nobody_knew_what_is_known_now(tmp_path: Path) -> None:
    past = opened(tmp_path, as_of=date(2026, 2, 1))
    heard(past, word("7", HARBOUR))
    assert past.coming() == {}


def test_what_cannot_be_read_costs_the_list_nothing(tracker: Tracker) -> None:
    heard(tracker, word("7", HARBOUR))
    witness_path(tracker.paths.state, tracker.path).write_bytes(b"this is no database" * 100)
    assert tracker.coming() == {}
