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
from tracker.model.news import GRADES, News
from tracker.model.observation import Observation, Reference
from tracker.model.show import Credit
from tracker.model.status import Status
from tracker.model.window_parse import parse_window
from tracker.model.word import Word, hear
from tracker.store import witness as module
from tracker.store.witness import Witness

ROOT: Final = Path(__file__).parent.parent.parent
NOW: Final = datetime(2026, 4, 15, 12, tzinfo=UTC)
FERRY: Final = Observation(
    "tvmaze", "7", "Old Ferry", "https://tv.example/7", "낡은 배", ("Ferry",), "series", "In Development",
    (Status.FILMING, Status.SCHEDULED), Status.SCHEDULED, parse_window("Q3 2026"), "KR", ("Lumen",), ("KR",),
    ("drama",), ("Ada Moor",), ("Jun Abe",), "A ferry.\nAnd its keeper.", (Credit("Mira Solé", "Anna", "keeps it"),),
    (("imdb", "tt0000001"),), "https://ferry.example",
    Episode(1, 3, "The Harbour", date(2026, 11, 28), datetime(2026, 11, 28, 13, tzinfo=timezone(timedelta(hours=9)))),
    ("Lumen",), "1700000000",
)  # fmt: skip
MARK: Final = ("tvmaze", "7", "synopsis", "A ferry.")


def said(text: str, grade: str = "normal", minutes: int = 0, **more: Any) -> News:
    return News(NOW + timedelta(minutes=minutes), grade, "old-ferry", "Old Ferry", text, **more)


def texts(news: tuple[News, ...]) -> list[str]:
    return [one.text for one in news]


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "state" / "witness" / "list.sqlite"


@pytest.fixture
def witness(path: Path) -> Witness:
    return Witness(path)


def test_before_the_first_word_there_is_nothing_and_nothing_is_made(witness: Witness, path: Path) -> None:
    assert not any((witness.words(), witness.declined(), witness.searched(), witness.refused()))
    assert (witness.news(), witness.news(since=NOW, unseen=True), witness.count_unseen()) == ((), (), 0)
    assert not path.parent.exists()


def test_a_word_is_read_by_another_start_as_it_was_kept(witness: Witness, path: Path) -> None:
    first = hear(None, FERRY, NOW, date(2026, 4, 15))
    last = hear(first, FERRY._replace(release=None, next_episode=None), NOW + timedelta(days=4), date(2026, 4, 19))
    witness.keep([last, first._replace(said=FERRY._replace(key="8"), is_gone=True)])
    kept = Witness(path).words()
    assert kept == {Reference("tvmaze", "7"): last, Reference("tvmaze", "8"): kept[Reference("tvmaze", "8")]}
    assert kept[Reference("tvmaze", "8")].is_gone
    assert kept[Reference("tvmaze", "7")].former == FERRY


moments = st.datetimes(timezones=st.just(UTC))
observations = st.builds(
    lambda one, source, key: one._replace(source=source, key=key),
    st.from_type(Observation), st.sampled_from(["tvmaze", "tmdb"]), st.sampled_from(["1", "tv/2"]),
)  # fmt: skip
words = st.builds(
    Word,
    said=observations,
    heard=moments,
    since=st.lists(st.tuples(st.sampled_from(["status", "release", "cast"]), st.dates()), max_size=3).map(tuple),
    former=st.none() | observations,
    turned=st.none() | moments,
    is_gone=st.booleans(),
    read=st.none() | moments,
)


@SOME
@given(st.lists(words, max_size=3, unique_by=lambda word: word.reference), words)
def test_any_words_are_read_as_they_were_kept_and_the_last_one_counts(
    tmp_path_factory: pytest.TempPathFactory, kept: list[Word], last: Word
) -> None:
    witness = Witness(tmp_path_factory.mktemp("state") / "list.sqlite")
    witness.keep(kept)
    assert witness.words() == {word.reference: word for word in kept}
    witness.keep([last])
    assert witness.words() == {word.reference: word for word in [*kept, last]}


def test_a_service_that_says_the_same_was_heard_later_and_said_it_since_before(witness: Witness) -> None:
    word = hear(None, FERRY, NOW, date(2026, 4, 15))
    other = word._replace(said=FERRY._replace(source="tmdb", key="tv/9"))
    third = word._replace(said=FERRY._replace(key="8"))
    witness.keep([word, other, third])
    witness.hear_again([word.reference, Reference("wikidata", "Q5")], NOW + timedelta(days=3))
    later = word._replace(heard=NOW + timedelta(days=3))
    assert witness.words() == {word.reference: later, other.reference: other, third.reference: third}


def test_what_was_declined_refused_and_searched_for_is_remembered_once_each(witness: Witness, path: Path) -> None:
    newer = (*MARK[:3], "Another ferry.")
    for mark in (MARK, ("tmdb", *MARK[1:]), ("tvmaze", "8", *MARK[2:]), ("tvmaze", "7", "title", "A"), newer):
        witness.decline(mark)
    witness.refuse("old-ferry", [Reference("tvmaze", "7"), Reference("tmdb", "tv/9")])
    witness.refuse("old-ferry", [Reference("tvmaze", "7")])
    witness.note_search("old-ferry", NOW - timedelta(days=40))
    witness.note_search("old-ferry", NOW)
    again = Witness(path)
    assert newer in again.declined()
    assert len(again.declined()) == 4
    assert again.refused() == {("old-ferry", Reference("tvmaze", "7")), ("old-ferry", Reference("tmdb", "tv/9"))}
    assert again.searched() == {"old-ferry": NOW}


def test_news_comes_loud_first_and_then_the_newest(witness: Witness) -> None:
    witness.add_news([said("a", "quiet"), said("b", "normal"), said("c", "loud")])
    witness.add_news([said("d", "quiet", 1), said("e", "normal", 1), said("f", "loud", 1)])
    assert texts(witness.news()) == ["f", "c", "e", "b", "d", "a"]
    assert texts(witness.news(since=NOW + timedelta(minutes=1))) == ["f", "e", "d"]
    assert texts(witness.news(since=NOW.astimezone(timezone(timedelta(hours=9))))) == ["f", "c", "e", "b", "d", "a"]
    assert witness.news(since=NOW + timedelta(minutes=2)) == ()


@pytest.mark.parametrize(
    "one",
    [
        said("a"),
        said("b\n\u2028옛날", "loud", source="file", before='[[show]]\ntitle = "A"\r\n', after="\ufeff[[show]]\n"),
        said("c", "quiet", source="tvmaze", key="7", url="https://tv.example/7", offer="tvmaze:7 tmdb:tv/9"),
        said("d", "a grade of a later version"),
    ],
)
def test_news_is_read_as_it_was_kept_and_has_a_number(witness: Witness, path: Path, one: News) -> None:
    witness.add_news([one])
    [kept] = Witness(path).news()
    assert kept == one._replace(number=kept.number)
    assert kept.number > 0


def test_what_is_quiet_or_seen_is_not_counted(witness: Witness) -> None:
    witness.add_news([said(text, grade) for grade in GRADES for text in (f"{grade} one", f"{grade} two")])
    assert witness.count_unseen() == 4
    by_text = {one.text: one.number for one in witness.news()}
    witness.mark_seen([by_text["loud one"], by_text["quiet one"], 10**9])
    assert witness.count_unseen() == 3
    assert texts(witness.news(unseen=True)) == ["loud two", "normal two", "normal one", "quiet two"]
    assert {one.text for one in witness.news() if one.is_seen} == {"loud one", "quiet one"}
    witness.mark_seen([])
    assert witness.count_unseen() == 3
    witness.mark_seen()
    assert (witness.count_unseen(), witness.news(unseen=True), len(witness.news())) == (0, (), 6)


def test_news_that_is_none_is_forgotten_and_its_number_is_not_given_again(witness: Witness) -> None:
    witness.add_news([said("a"), said("b")])
    [b, a] = witness.news()
    witness.forget_news([b.number])
    assert witness.news() == (a,)
    witness.add_news([said("c")])
    assert witness.news()[0].number > b.number


def test_so_much_news_is_kept_and_the_oldest_goes_first(witness: Witness, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "MOST_NEWS", 5)
    witness.add_news([said(str(number)) for number in range(4)])
    witness.add_news([said(str(number)) for number in range(4, 8)])
    assert texts(witness.news()) == ["7", "6", "5", "4", "3"]


def test_the_folder_and_the_file_are_for_their_owner_alone(witness: Witness, path: Path) -> None:
    before = os.umask(0)
    try:
        witness.decline(MARK)
    finally:
        os.umask(before)
    assert path.stat().st_mode & 0o777 == 0o600
    assert path.parent.stat().st_mode & 0o777 == 0o700


DEEDS: dict[str, Callable[[Witness], object]] = {
    "words": Witness.words,
    "declined": Witness.declined,
    "searched": Witness.searched,
    "refused": Witness.refused,
    "news": Witness.news,
    "count": Witness.count_unseen,
    "keep": lambda witness: witness.keep([Word(FERRY, NOW)]),
    "hear again": lambda witness: witness.hear_again([FERRY.reference], NOW),
    "decline": lambda witness: witness.decline(MARK),
    "note search": lambda witness: witness.note_search("old-ferry", NOW),
    "refuse": lambda witness: witness.refuse("old-ferry", [FERRY.reference]),
    "add news": lambda witness: witness.add_news([said("a")]),
    "mark seen": lambda witness: witness.mark_seen(),
    "forget news": lambda witness: witness.forget_news([1]),
}


@pytest.mark.parametrize("deed", DEEDS.values(), ids=DEEDS)
def test_a_damaged_file_is_put_aside_and_the_program_goes_on(
    witness: Witness, path: Path, deed: Callable[[Witness], object]
) -> None:
    path.parent.mkdir(parents=True)
    path.write_bytes(b"this is no database, but long enough to be one" * 40)
    deed(witness)
    witness.add_news([said("later")])
    assert "later" in texts(witness.news())
    assert [file.read_bytes()[:10] for file in path.parent.iterdir() if file != path] == [b"this is no"]


@pytest.mark.parametrize("share", [0.0, 0.3, 0.7])
def test_a_file_that_was_cut_short_costs_what_is_in_it_and_nothing_else(
    witness: Witness, path: Path, share: float
) -> None:
    witness.keep(Word(FERRY._replace(key=str(number)), NOW) for number in range(60))
    path.write_bytes(path.read_bytes()[: int(path.stat().st_size * share)])
    assert set(witness.words()) <= {Reference("tvmaze", str(number)) for number in range(60)}
    witness.keep([Word(FERRY, NOW)])
    assert witness.words()[FERRY.reference] == Word(FERRY, NOW)


@pytest.mark.parametrize(
    ("column", "value"),
    [
        ("said", b"{}"), ("said", b"[]"), ("said", b"\xff"), ("said", b'["tvmaze"]'), ("heard", "yesterday"),
        ("since", b"null"), ("since", b'[["cast", "soon"]]'), ("former", b"[1]"), ("turned", "now"),
    ],
)  # fmt: skip
def test_a_word_that_cannot_be_read_was_never_said_and_the_others_were(
    witness: Witness, path: Path, column: str, value: object
) -> None:
    witness.keep([Word(FERRY, NOW), Word(FERRY._replace(key="8"), NOW)])
    with closing(sqlite3.connect(path)) as database:
        database.execute(f"UPDATE word SET {column} = ? WHERE key = '7'", (value,))
        database.commit()
    assert list(witness.words()) == [Reference("tvmaze", "8")]
    witness.keep([Word(FERRY, NOW)])
    assert len(witness.words()) == 2


@pytest.mark.parametrize("deed", [deed for name, deed in DEEDS.items() if name not in ("mark seen", "forget news")])
@pytest.mark.parametrize("what", ["a file for a folder", "a folder for the file"])
def test_where_nothing_can_be_kept_a_sentence_says_so(
    witness: Witness, path: Path, what: str, deed: Callable[[Witness], object]
) -> None:
    if what == "a folder for the file":
        path.mkdir(parents=True)
    else:
        path.parent.parent.mkdir()
        path.parent.write_text("in the way")
    is_reading = deed in (
        Witness.words, Witness.declined, Witness.searched, Witness.refused, Witness.news, Witness.count_unseen
    )  # fmt: skip
    if is_reading and what == "a file for a folder":
        assert not deed(witness)
        return
    with pytest.raises(TrackerError, match=r"^what the services said cannot be kept: .*list\.sqlite.*\.$") as refused:
        deed(witness)
    assert refused.value.EXIT_CODE == 1
    assert "\n" not in str(refused.value)


def test_threads_that_write_at_once_lose_nothing(path: Path) -> None:
    def write(worker: int) -> None:
        for number in range(8):
            Witness(path).add_news([said(f"{worker}/{number}")])
            Witness(path).keep([Word(FERRY._replace(key=f"{worker}{number}"), NOW)])

    with ThreadPoolExecutor(4) as pool:
        list(pool.map(write, range(1, 5)))
    kept = Witness(path).news()
    assert {one.text for one in kept} == {f"{worker}/{number}" for worker in range(1, 5) for number in range(8)}
    assert len({one.number for one in kept}) == len(kept) == 32
    assert len(Witness(path).words()) == 32


WRITER: Final = """
import sys
from datetime import UTC, datetime
from itertools import count
from pathlib import Path
from tracker.model.news import News
from tracker.model.observation import Observation
from tracker.model.word import Word
from tracker.store.witness import Witness

path, worker, most = Path(sys.argv[1]), sys.argv[2], int(sys.argv[3])
now = datetime(2026, 4, 15, 12, tzinfo=UTC)
for number in count(1):
    Witness(path).keep([Word(Observation("tvmaze", f"{worker}{number:05}", "A" * 5000), now)])
    Witness(path).add_news([News(now, "loud", "a", "A", f"{worker}/{number}")])
    print(number, flush=True)
    if number == most:
        break
"""


def writer(path: Path, worker: int, most: int) -> subprocess.Popen[str]:
    command = [sys.executable, "-c", WRITER, str(path), str(worker), str(most)]
    return subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True)


def test_processes_that_write_at_once_lose_nothing(path: Path) -> None:
    running = [writer(path, worker, 12) for worker in (1, 2, 3)]
    for process in running:
        out, _ = process.communicate()
        assert (process.returncode, out.split()[-1]) == (0, "12")
    witness = Witness(path)
    everything = {(worker, number) for worker in (1, 2, 3) for number in range(1, 13)}
    assert {one.text for one in witness.news()} == {f"{worker}/{number}" for worker, number in everything}
    assert {one.key for one in witness.words()} == {f"{worker}{number:05}" for worker, number in everything}


def test_a_process_that_is_killed_while_it_writes_leaves_all_that_it_had_kept(path: Path) -> None:
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
        witness = Witness(path)
        told = {f"{worker}/{number}" for number in range(1, done + 1)}
        news = {one.text for one in witness.news() if one.text.startswith(f"{worker}/")}
        assert told <= news <= {*told, f"{worker}/{done + 1}"}
        assert {f"{worker}{number:05}" for number in range(1, done + 1)} <= {one.key for one in witness.words()}
        witness.add_news([said("after")])
        assert witness.count_unseen() >= done
    assert [file.name for file in path.parent.iterdir()] == ["list.sqlite"]


def test_two_that_begin_at_once_lose_nothing(tmp_path: Path) -> None:
    told = [News(datetime.now(UTC), "loud", "a", "A", "t")]
    for number in range(40):
        path, both = tmp_path / str(number) / "a.sqlite", threading.Barrier(2)

        def add(path: Path = path, both: threading.Barrier = both) -> None:
            both.wait()
            Witness(path).add_news(told)

        threads = [threading.Thread(target=add) for _ in range(2)]
        for one in threads:
            one.start()
        for one in threads:
            one.join()
        assert (len(Witness(path).news()), [one.name for one in path.parent.iterdir()]) == (2, ["a.sqlite"])
