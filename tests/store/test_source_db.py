from __future__ import annotations

import os
import signal
import sqlite3
import subprocess
import sys
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from datetime import UTC, date, datetime, timedelta, timezone
from pathlib import Path
from typing import Any, Final

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.store.mutations import SOME
from tracker.errors import TrackerError
from tracker.model.episode import Episode
from tracker.model.news import GRADES, NewsItem
from tracker.model.show import Credit, Show
from tracker.model.source_record import SourceId, SourceRecord
from tracker.model.source_state import SourceState
from tracker.model.source_update import update
from tracker.model.status import Status
from tracker.model.window_parser import parse_window
from tracker.paths import Paths
from tracker.service import Tracker
from tracker.store import source_db as module
from tracker.store.app_state import source_db_path
from tracker.store.source_db import SourceDatabase

ROOT: Final = Path(__file__).parent.parent.parent
NOW: Final = datetime(2026, 4, 15, 12, tzinfo=UTC)
HARBOUR: Final = Episode(1, 3, "The “Harbour”, 옛날 🎬", date(2026, 11, 28), datetime(2026, 11, 28, 13, tzinfo=UTC))
FERRY: Final = SourceRecord(
    "tvmaze", "7", "Old Ferry", "https://tv.example/7", "낡은 배", ("Ferry",), "series", "In Development",
    (Status.FILMING, Status.SCHEDULED), Status.SCHEDULED, parse_window("Q3 2026"), "KR", ("Lumen",), ("KR",),
    ("drama",), ("Ada Moor",), ("Jun Abe",), "A ferry.\nAnd its keeper.", (Credit("Mira Solé", "Anna", "keeps it"),),
    (("imdb", "tt0000001"),), "https://ferry.example", HARBOUR, ("Lumen",), "1700000000",
)  # fmt: skip
MARK: Final = ("tvmaze", "7", "synopsis", "A ferry.")


def item(text: str, grade: str = "normal", minutes: int = 0, **more: Any) -> NewsItem:
    return NewsItem(NOW + timedelta(minutes=minutes), grade, "old-ferry", "Old Ferry", text, **more)


def texts(news: tuple[NewsItem, ...]) -> list[str]:
    return [one.text for one in news]


def state(key: str = "7", episode: Episode | None = None, source: str = "tvmaze") -> SourceState:
    return SourceState(FERRY._replace(source=source, key=key, next_episode=episode), NOW)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "state" / "witness" / "list.sqlite"


@pytest.fixture
def database(path: Path) -> SourceDatabase:
    return SourceDatabase(path)


def change(path: Path, statement: str, *values: object) -> None:
    with closing(sqlite3.connect(path)) as database:
        database.execute(statement, values)
        database.commit()


def test_reading_a_missing_database_makes_none(database: SourceDatabase, path: Path) -> None:
    assert not any((database.states(), database.declined(), database.last_searches(), database.rejected()))
    assert (database.news(), database.news(since=NOW, unread=True), database.count_unread()) == ((), (), 0)
    assert database.next_episodes() == {}
    assert not path.parent.exists()


# States of sources


def test_states_are_kept(database: SourceDatabase, path: Path) -> None:
    first = SourceState.first(FERRY, NOW, date(2026, 4, 15))
    undated = FERRY._replace(release=None, next_episode=None)
    last = update(Show("a", "A"), first, undated, NOW + timedelta(days=4), date(2026, 4, 19)).state
    gone = first._replace(record=FERRY._replace(key="8"), is_removed=True)
    database.save([last, gone])
    assert SourceDatabase(path).states() == {SourceId("tvmaze", "7"): last, SourceId("tvmaze", "8"): gone}
    assert last.previous == FERRY


moments = st.datetimes(timezones=st.just(UTC))
records = st.builds(
    lambda one, source, key, season: one._replace(source=source, key=key, season=season),
    st.from_type(SourceRecord), st.sampled_from(["tvmaze", "tmdb"]), st.sampled_from(["1", "tv/2"]),
    st.sampled_from([None, 1, 2, 2024]),
)  # fmt: skip
states_ = st.builds(
    SourceState,
    record=records,
    checked_at=moments,
    since=st.lists(st.tuples(st.sampled_from(["status", "release", "cast"]), st.dates()), max_size=3).map(tuple),
    previous=st.none() | records,
    changed_at=st.none() | moments,
    is_removed=st.booleans(),
    fetched_at=st.none() | moments,
)


@SOME
@given(st.lists(states_, max_size=3, unique_by=lambda word: word.source_id), states_)
def test_states_any(tmp_path_factory: pytest.TempPathFactory, kept: list[SourceState], last: SourceState) -> None:
    database = SourceDatabase(tmp_path_factory.mktemp("state") / "list.sqlite")
    for states in (kept, [last]):
        database.save(states)
    expected = {word.source_id: word for word in [*kept, last]}
    assert database.states() == expected
    coming = {key: word.record.next_episode for key, word in expected.items() if not word.is_removed}
    assert database.next_episodes() == {key: episode for key, episode in coming.items() if episode is not None}


def test_states_touched(database: SourceDatabase) -> None:
    word, other, third = state(), state("tv/9", source="tmdb"), state("8")
    database.save([word, other, third])
    database.touch([word.source_id, SourceId("wikidata", "Q5")], NOW + timedelta(days=3))
    later = word._replace(checked_at=NOW + timedelta(days=3))
    assert database.states() == {word.source_id: later, other.source_id: other, third.source_id: third}


@pytest.mark.parametrize(
    ("column", "value"),
    [
        ("said", b"{}"), ("said", b"[]"), ("said", b"\xff"), ("said", b'["tvmaze"]'), ("heard", "yesterday"),
        ("since", b"null"), ("since", b'[["cast", "soon"]]'), ("former", b"[1]"), ("turned", "now"),
        ("heard", 7), ("said", 7), ("since", 7), ("turned", 7.5), ("said", b"[" * 100_000),
    ],
)  # fmt: skip
def test_state_that_cannot_be_read(database: SourceDatabase, path: Path, column: str, value: object) -> None:
    database.save([state(), state("8")])
    change(path, f"UPDATE word SET {column} = ? WHERE key = '7'", value)
    assert list(database.states()) == [SourceId("tvmaze", "8")]
    database.save([state()])
    assert len(database.states()) == 2


@pytest.mark.parametrize(("table", "column"), [("news", "at"), ("news", "text"), ("searched", "at")])
@pytest.mark.parametrize("value", ["CAST(X'FF' AS TEXT)", "'yesterday'"])
def test_row_that_cannot_be_read(database: SourceDatabase, path: Path, table: str, column: str, value: str) -> None:
    database.add_news([item("one"), item("two")])
    database.save_search("one", NOW)
    database.save_search("two", NOW)
    change(path, f"UPDATE {table} SET {column} = {value} WHERE {'text' if table == 'news' else 'show'} = 'one'")
    left = texts(database.news()) if table == "news" else [*database.last_searches()]
    assert "two" in left
    assert column == "text" or left == ["two"]


def test_database_without_a_table(database: SourceDatabase, path: Path) -> None:
    database.add_news([item("one")])
    change(path, "DROP TABLE news")
    assert database.news() == ()
    database.add_news([item("two")])
    assert texts(database.news()) == ["two"]


def test_database_of_an_earlier_version(database: SourceDatabase, path: Path) -> None:
    path.parent.mkdir(parents=True)
    change(path, "CREATE TABLE word (source, key, said, heard, since, former, turned, gone, PRIMARY KEY (source, key))")
    database.save([state()])
    assert len(database.states()) == 1


def test_no_news_makes_no_database(database: SourceDatabase, path: Path) -> None:
    database.add_news([])
    assert not path.exists()
    assert SourceDatabase(path.parent / ("x" * 300) / "a.sqlite").states() == {}


# Next episodes


@pytest.mark.parametrize("zone", [UTC, timezone(timedelta(hours=9)), timezone(timedelta(hours=-3.5))])
def test_next_episodes_in_any_zone(database: SourceDatabase, zone: timezone) -> None:
    assert HARBOUR.at is not None
    database.save([state("7", HARBOUR._replace(at=HARBOUR.at.astimezone(zone))), state("8")])
    assert database.next_episodes() == {SourceId("tvmaze", "7"): HARBOUR}


@pytest.mark.parametrize("name", ["a b.sqlite", "what?.sqlite", "no#1.sqlite", "100%41.sqlite", "옛날-집.sqlite"])
def test_next_episodes_leave_the_database_alone(tmp_path: Path, name: str) -> None:
    path = tmp_path / name
    SourceDatabase(path).save([state("7", HARBOUR)])
    before = path.read_bytes(), path.stat().st_mtime_ns
    with closing(sqlite3.connect(path, isolation_level=None)) as writer:
        writer.execute("BEGIN IMMEDIATE")
        writer.execute("DELETE FROM word")
        assert len(SourceDatabase(path).next_episodes()) == 1
    assert (path.read_bytes(), path.stat().st_mtime_ns) == before
    assert list(path.parent.iterdir()) == [path]


@pytest.mark.parametrize(
    "damage",
    [
        lambda path: path.write_bytes(b""),
        lambda path: path.write_bytes(b"this is no database, but long enough to be one" * 40),
        lambda path: path.write_bytes(path.read_bytes()[:5000]),
        lambda path: path.write_bytes(path.read_bytes()[:100] + b"\xff" * (path.stat().st_size - 100)),
        lambda path: change(path, "DROP TABLE word"),
        lambda path: change(path, "ALTER TABLE word RENAME COLUMN said TO states_"),
        lambda path: (path.unlink(), path.mkdir()),
    ],
    ids=["empty", "no database", "cut off", "overwritten", "no table", "of another version", "a folder"],
)
def test_next_episodes_of_a_damaged_database(
    database: SourceDatabase, path: Path, damage: Callable[[Path], object]
) -> None:
    database.save([state("7", HARBOUR), state("8", HARBOUR)])
    damage(path)
    assert database.next_episodes() == {}


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ('"2026-11-28"', '"2026-02-30"'), ('"2026-11-28"', "7"),
        ('"2026-11-28T13:00:00Z"', '"soon"'), ('"2026-11-28T13:00:00Z"', "[1]"),
    ],
)  # fmt: skip
def test_next_episodes_of_which_one_is_damaged(database: SourceDatabase, path: Path, old: str, new: str) -> None:
    database.save(state(key, HARBOUR) for key in ("7", "8", "9"))
    change(path, "UPDATE word SET said = CAST(replace(CAST(said AS TEXT), ?, ?) AS BLOB) WHERE key = '8'", old, new)
    assert database.next_episodes() == {SourceId("tvmaze", "7"): HARBOUR, SourceId("tvmaze", "9"): HARBOUR}


def test_next_episodes_of_a_list(tmp_path: Path) -> None:
    path = tmp_path / "list.toml"
    ids = ('{ tvmaze = 7, tmdb = "tv/9" }', "{ tmdb = 12 }", "{}")
    path.write_text("".join(f'[[show]]\ntitle = "Ferry {n}"\nids = {pair}\n' for n, pair in enumerate(ids)))
    tracker = Tracker(Paths(path), now=lambda: NOW.replace(tzinfo=None))
    tracker.watchlist.open()
    database = SourceDatabase(source_db_path(tracker.paths.state, path))
    assert tracker.next_episodes() == {}
    tram = Episode(1, 1, on=date(2026, 4, 15))
    database.save([state("7", HARBOUR), state("tv/12", tram, "tmdb"), state("99", HARBOUR)])
    assert tracker.next_episodes() == {"ferry-0": HARBOUR, "ferry-1": tram}
    database.save([state("tv/9", tram, "tmdb"), state("tv/12", tram._replace(on=date(2026, 4, 14)), "tmdb")])
    assert tracker.next_episodes() == {"ferry-0": tram}
    past = Tracker(Paths(path), as_of=date(2026, 2, 1))
    past.watchlist.open()
    assert past.next_episodes() == {}
    database.path.write_bytes(b"this is no database" * 100)
    assert tracker.next_episodes() == {}


# Decisions and news


def test_decisions_are_kept_once_each(database: SourceDatabase, path: Path) -> None:
    newer = (*MARK[:3], "Another ferry.")
    for mark in (MARK, ("tmdb", *MARK[1:]), ("tvmaze", "8", *MARK[2:]), ("tvmaze", "7", "title", "A"), newer):
        database.decline(mark)
    database.reject("old-ferry", [SourceId("tvmaze", "7"), SourceId("tmdb", "tv/9")])
    database.reject("old-ferry", [SourceId("tvmaze", "7")])
    database.save_search("old-ferry", NOW - timedelta(days=40))
    database.save_search("old-ferry", NOW)
    again = SourceDatabase(path)
    assert newer in again.declined()
    assert len(again.declined()) == 4
    assert again.rejected() == {("old-ferry", SourceId("tvmaze", "7")), ("old-ferry", SourceId("tmdb", "tv/9"))}
    assert again.last_searches() == {"old-ferry": NOW}


def test_news_order(database: SourceDatabase) -> None:
    database.add_news([item("a", "quiet"), item("b", "normal"), item("c", "loud")])
    database.add_news([item("d", "quiet", 1), item("e", "normal", 1), item("f", "loud", 1)])
    assert texts(database.news()) == ["f", "c", "e", "b", "d", "a"]
    assert texts(database.news(since=NOW + timedelta(minutes=1))) == ["f", "e", "d"]
    assert texts(database.news(since=NOW.astimezone(timezone(timedelta(hours=9))))) == ["f", "c", "e", "b", "d", "a"]
    assert database.news(since=NOW + timedelta(minutes=2)) == ()


@pytest.mark.parametrize(
    "one",
    [
        item("b\n\u2028옛날", "loud", source="file", before='[[show]]\ntitle = "A"\r\n', after="\ufeff[[show]]\n"),
        item("c", "quiet", source="tvmaze", key="7", url="https://tv.example/7", match_offer="tvmaze:7 tmdb:tv/9"),
        item("d", "a grade of a later version"),
    ],
)
def test_news_is_kept(database: SourceDatabase, path: Path, one: NewsItem) -> None:
    database.add_news([one])
    [kept] = SourceDatabase(path).news()
    assert kept == one._replace(number=kept.number)
    assert kept.number > 0


def test_news_unread(database: SourceDatabase) -> None:
    database.add_news([item(text, grade) for grade in GRADES for text in (f"{grade} one", f"{grade} two")])
    assert database.count_unread() == 4
    by_text = {one.text: one.number for one in database.news()}
    database.mark_read([by_text["loud one"], by_text["quiet one"], 10**9])
    assert database.count_unread() == 3
    assert texts(database.news(unread=True)) == ["loud two", "normal two", "normal one", "quiet two"]
    assert {one.text for one in database.news() if one.is_seen} == {"loud one", "quiet one"}
    database.mark_read([])
    assert database.count_unread() == 3
    database.mark_read()
    assert (database.count_unread(), database.news(unread=True), len(database.news())) == (0, (), 6)


def test_news_deleted(database: SourceDatabase) -> None:
    database.add_news([item("a"), item("b")])
    [b, a] = database.news()
    database.delete_news([b.number])
    assert database.news() == (a,)
    database.add_news([item("c")])
    assert database.news()[0].number > b.number


def test_news_limit(database: SourceDatabase, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "MAX_NEWS", 5)
    database.add_news([item(str(number)) for number in range(4)])
    database.add_news([item(str(number)) for number in range(4, 8)])
    assert texts(database.news()) == ["7", "6", "5", "4", "3"]


# A file that is damaged, or in other hands


def test_database_is_private(database: SourceDatabase, path: Path) -> None:
    before = os.umask(0)
    try:
        database.decline(MARK)
    finally:
        os.umask(before)
    assert path.stat().st_mode & 0o777 == 0o600
    assert path.parent.stat().st_mode & 0o777 == 0o700


READS: dict[str, Callable[[SourceDatabase], object]] = {
    "states_": SourceDatabase.states,
    "declined": SourceDatabase.declined,
    "searched": SourceDatabase.last_searches,
    "refused": SourceDatabase.rejected,
    "news": SourceDatabase.news,
    "count": SourceDatabase.count_unread,
}
WRITES: dict[str, Callable[[SourceDatabase], object]] = {
    "keep": lambda database: database.save([state()]),
    "hear again": lambda database: database.touch([FERRY.source_id], NOW),
    "decline": lambda database: database.decline(MARK),
    "note search": lambda database: database.save_search("old-ferry", NOW),
    "refuse": lambda database: database.reject("old-ferry", [FERRY.source_id]),
    "add news": lambda database: database.add_news([item("a")]),
    "mark seen": lambda database: database.mark_read([1]),
    "forget news": lambda database: database.delete_news([1]),
}


@pytest.mark.parametrize("name", [*READS, *WRITES])
def test_damaged_database_is_set_aside(database: SourceDatabase, path: Path, name: str) -> None:
    path.parent.mkdir(parents=True)
    path.write_bytes(b"this is no database, but long enough to be one" * 40)
    (READS | WRITES)[name](database)
    database.add_news([item("later")])
    assert "later" in texts(database.news())
    assert [file.read_bytes()[:10] for file in path.parent.iterdir() if file != path] == [b"this is no"]


@pytest.mark.parametrize("share", [0.0, 0.3, 0.7])
def test_truncated_database(database: SourceDatabase, path: Path, share: float) -> None:
    database.save(state(str(number)) for number in range(60))
    path.write_bytes(path.read_bytes()[: int(path.stat().st_size * share)])
    assert set(database.states()) <= {SourceId("tvmaze", str(number)) for number in range(60)}
    database.save([state()])
    assert database.states()[FERRY.source_id] == state()


@pytest.mark.parametrize("name", [*READS, *WRITES])
@pytest.mark.parametrize("is_folder", [True, False])
def test_database_that_cannot_be_opened(database: SourceDatabase, path: Path, name: str, is_folder: bool) -> None:
    if is_folder:
        path.mkdir(parents=True)
    else:
        path.parent.parent.mkdir()
        path.parent.write_text("in the way")
        if name in READS:
            assert not READS[name](database)
            return
    with pytest.raises(TrackerError, match=r"^Can't save what the sources said in .*list\.sqlite.*\.$") as refused:
        (READS | WRITES)[name](database)
    assert refused.value.EXIT_CODE == 1
    assert "\n" not in str(refused.value)
    assert "Errno" not in str(refused.value)


def test_two_threads_that_begin_at_once(tmp_path: Path) -> None:
    for number in range(10):
        path, both = tmp_path / str(number) / "a.sqlite", threading.Barrier(2)

        def add(worker: int, path: Path = path, both: threading.Barrier = both) -> None:
            both.wait()
            SourceDatabase(path).add_news([item(str(worker))])

        with ThreadPoolExecutor(2) as pool:
            list(pool.map(add, range(2)))
        assert (len(SourceDatabase(path).news()), [one.name for one in path.parent.iterdir()]) == (2, ["a.sqlite"])


WRITER: Final = """
import sys
from itertools import count
from pathlib import Path
from tests.store.test_source_db import FERRY, item, state
from tracker.store.source_db import SourceDatabase

path, worker, most = Path(sys.argv[1]), sys.argv[2], int(sys.argv[3])
for number in count(1):
    SourceDatabase(path).save([state(f"{worker}{number:05}")])
    SourceDatabase(path).add_news([item(f"{worker}/{number}", "loud")])
    print(number, flush=True)
    if number == most:
        break
"""


def writer(path: Path, worker: int, most: int) -> subprocess.Popen[str]:
    command = [sys.executable, "-c", WRITER, str(path), str(worker), str(most)]
    return subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True)


@pytest.mark.slow
def test_processes_that_write_at_once(path: Path) -> None:
    running = [writer(path, worker, 12) for worker in (1, 2, 3)]
    for process in running:
        out, _ = process.communicate()
        assert (process.returncode, out.split()[-1]) == (0, "12")
    database = SourceDatabase(path)
    everything = {(worker, number) for worker in (1, 2, 3) for number in range(1, 13)}
    assert {one.text for one in database.news()} == {f"{worker}/{number}" for worker, number in everything}
    assert {one.key for one in database.states()} == {f"{worker}{number:05}" for worker, number in everything}


@pytest.mark.slow
def test_process_that_is_killed(path: Path) -> None:
    for worker, lines in ((1, 3), (2, 7)):
        process = writer(path, worker, 0)
        assert process.stdout is not None
        with process, process.stdout:
            for _ in range(lines):
                assert process.stdout.readline()
            process.send_signal(signal.SIGKILL)
            # What it says between the last line that was read and its end was kept too.
            rest = process.stdout.read().split("\n")[:-1]
        assert process.returncode == -signal.SIGKILL
        done = lines + len(rest)
        database = SourceDatabase(path)
        told = {f"{worker}/{number}" for number in range(1, done + 1)}
        news = {one.text for one in database.news() if one.text.startswith(f"{worker}/")}
        assert told <= news <= {*told, f"{worker}/{done + 1}"}
        assert {f"{worker}{number:05}" for number in range(1, done + 1)} <= {one.key for one in database.states()}
        database.add_news([item("after")])
        assert database.count_unread() >= done
    assert [file.name for file in path.parent.iterdir()] == ["list.sqlite"]


def test_entry_of_a_feed_is_added_once(database: SourceDatabase, path: Path) -> None:
    # A database of before there were feeds has no table for that, and a look makes none.
    database.save([state()])
    before = path.read_bytes()
    assert not database.was_told(["id", "link"])
    assert path.read_bytes() == before
    assert database.add_news_once(item("first"), ["id", "link"])
    assert not database.add_news_once(item("again, with another id"), ["id 2", "link"])
    assert not SourceDatabase(path).add_news_once(item("again, with another link"), ["id 2", "link 2"])
    assert database.was_told(["link 2"])
    assert not database.was_told(["link 3"])
    assert texts(database.news()) == ["first"]
    assert database.add_news_once(item("second"), ["id 3"])
    assert len(database.states()) == 1
