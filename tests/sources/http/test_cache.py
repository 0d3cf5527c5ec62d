from __future__ import annotations

import os
import shutil
import sqlite3
import stat
import sys
from collections.abc import Callable
from pathlib import Path
from threading import Thread

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.fake_sources import FakeClock, FakeSources, faults
from tests.sources.conftest import MakeClient
from tracker.sources.http.cache import MAX_AGE, HttpCache, freshness_lifetime
from tracker.sources.http.client import ApiHost, HttpClient
from tracker.sources.http.rate_limit import RateLimit

HOUR = 3600.0
FOR_AN_HOUR = {"cache-control": "public, max-age=3600"}
URL = "https://api.example/shows/1"
SECRET = "very-secret-0123456789"


@pytest.fixture
def cache(answers: Path, clock: FakeClock) -> HttpCache:
    return HttpCache(answers, clock)


def maze(fake_sources: FakeSources) -> ApiHost:
    return ApiHost("TVmaze", fake_sources.address("tvmaze"), RateLimit(10_000, 1))


def tmdb(fake_sources: FakeSources) -> ApiHost:
    return ApiHost("TMDB", fake_sources.address("tmdb"), RateLimit(10_000, 1))


def ask_tmdb(client: HttpClient, fake_sources: FakeSources, path: str = "/tv/201") -> bytes:
    return client.get(tmdb(fake_sources), path, headers={"Authorization": f"Bearer {fake_sources.allow_token}"})


def is_fresh(cache: HttpCache, url: str = URL) -> bool:
    kept = cache.get(url)
    assert kept is not None
    return kept.is_fresh


# What headers say


@pytest.mark.parametrize(
    ("headers", "seconds"),
    [
        ({}, 0),
        ({"cache-control": "public, max-age=3600"}, 3600),
        ({"cache-control": "Max-Age=60"}, 60),
        ({"cache-control": 'max-age="60"'}, 60),
        ({"cache-control": "max-age=60", "age": "20"}, 40),
        ({"cache-control": "max-age=60", "age": "61"}, 0),
        ({"cache-control": "max-age=60", "age": "old"}, 60),
        ({"cache-control": "max-age=0"}, 0),
        ({"cache-control": "max-age=-1"}, 0),
        ({"cache-control": "max-age=soon"}, 0),
        ({"cache-control": "max-age=99999999999999999999"}, MAX_AGE),
        ({"cache-control": "s-maxage=60"}, 0),
        ({"cache-control": "private, must-revalidate, max-age=0"}, 0),
        ({"cache-control": "no-cache, max-age=60"}, 0),
        ({"cache-control": "No-Store, max-age=60"}, None),
        ({"cache-control": "max-age=60,no-store"}, None),
    ],
)
def test_freshness_is_what_the_headers_say(headers: dict[str, str], seconds: float | None) -> None:
    assert freshness_lifetime(headers) == seconds


@given(st.text(), st.text())
def test_no_header_is_too_strange(said: str, age: str) -> None:
    seconds = freshness_lifetime({"cache-control": said, "age": age})
    assert seconds is None or 0 <= seconds <= MAX_AGE


# By a client


def test_what_is_fresh_is_not_asked_for_again(fake_sources: FakeSources, client: HttpClient, clock: FakeClock) -> None:
    first = client.get(maze(fake_sources), "/shows/101")
    fake_sources.change("tvmaze", 101, title="Paper Moons")
    clock.advance(HOUR - 1)
    assert client.get(maze(fake_sources), "/shows/101") == first
    assert fake_sources.count("tvmaze") == 1
    clock.advance(1)
    assert b"Paper Moons" in client.get(maze(fake_sources), "/shows/101")
    assert fake_sources.count("tvmaze") == 2


def test_another_run_of_the_program_finds_what_was_kept(fake_sources: FakeSources, make_client: MakeClient) -> None:
    first = make_client().get(maze(fake_sources), "/shows/101")
    assert make_client().get(maze(fake_sources), "/shows/101") == first
    assert fake_sources.count("tvmaze") == 1


def test_another_question_has_another_answer(fake_sources: FakeSources, client: HttpClient) -> None:
    assert b"Lanterns" in client.get(maze(fake_sources), "/search/shows", {"q": "paper"})
    assert b"Lanterns" not in client.get(maze(fake_sources), "/search/shows", {"q": "tram"})
    assert b"_embedded" not in client.get(maze(fake_sources), "/shows/101")
    assert b"_embedded" in client.get(maze(fake_sources), "/shows/101", {"embed[]": ["cast", "crew"]})
    assert fake_sources.count("tvmaze") == 4


def test_the_time_that_an_answer_spent_on_the_way_counts(
    fake_sources: FakeSources, client: HttpClient, clock: FakeClock
) -> None:
    fake_sources.fail("tvmaze", faults.status(200, b"{}", cache_control="max-age=100", age="60"))
    client.get(maze(fake_sources), "/shows/101")
    clock.advance(39)
    client.get(maze(fake_sources), "/shows/101")
    assert fake_sources.count("tvmaze") == 1
    clock.advance(1)
    client.get(maze(fake_sources), "/shows/101")
    assert fake_sources.count("tvmaze") == 2


@pytest.mark.parametrize("said", ["no-store", "no-store, max-age=60", "", "max-age=0"])
def test_what_must_not_be_kept_is_not(
    fake_sources: FakeSources, client: HttpClient, kept: Callable[[], list[str]], said: str
) -> None:
    fake_sources.fail("tvmaze", faults.status(200, b"{}", cache_control=said))
    client.get(maze(fake_sources), "/shows/101")
    client.get(maze(fake_sources), "/shows/101")
    assert (fake_sources.count("tvmaze"), kept()) == (2, [])


def test_an_answer_that_is_still_the_same_is_not_sent_again(
    fake_sources: FakeSources, client: HttpClient, clock: FakeClock
) -> None:
    first = ask_tmdb(client, fake_sources)
    clock.advance(6 * HOUR)
    assert ask_tmdb(client, fake_sources) == first
    assert "if-none-match" not in fake_sources.requests[0].headers
    assert fake_sources.requests[1].headers["if-none-match"].startswith('W/"')
    clock.advance(6 * HOUR - 1)
    assert ask_tmdb(client, fake_sources) == first
    assert fake_sources.count("tmdb") == 2


def test_an_answer_that_has_changed_is_another(fake_sources: FakeSources, client: HttpClient, clock: FakeClock) -> None:
    ask_tmdb(client, fake_sources)
    fake_sources.change("tmdb", "tv/201", title="Paper Moons")
    clock.advance(6 * HOUR)
    assert b"Paper Moons" in ask_tmdb(client, fake_sources)
    assert b"Paper Moons" in ask_tmdb(client, fake_sources)
    assert fake_sources.count("tmdb") == 2
    clock.advance(6 * HOUR)
    assert b"Paper Moons" in ask_tmdb(client, fake_sources)
    assert fake_sources.requests[1].headers["if-none-match"] != fake_sources.requests[2].headers["if-none-match"]


def test_an_etag_alone_is_reason_enough_to_keep_an_answer(fake_sources: FakeSources, client: HttpClient) -> None:
    fake_sources.max_age["tmdb"] = None
    first = ask_tmdb(client, fake_sources)
    assert ask_tmdb(client, fake_sources) == first
    assert "if-none-match" in fake_sources.requests[1].headers


def test_an_etag_that_no_request_can_repeat_is_no_obstacle(
    fake_sources: FakeSources, client: HttpClient, clock: FakeClock
) -> None:
    fake_sources.fail("tvmaze", faults.status(200, b"{}", cache_control="max-age=60", etag='"\xe4"'))
    client.get(maze(fake_sources), "/shows/101")
    clock.advance(61)
    assert client.get(maze(fake_sources), "/shows/101") == b"{}"
    assert "if-none-match" not in fake_sources.requests[1].headers


def test_the_file_holds_no_secrets(fake_sources: FakeSources, client: HttpClient, answers: Path) -> None:
    fake_sources.allow_token = SECRET
    client.get(tmdb(fake_sources), "/tv/201", {"language": "en-US"}, secret={"api_key": SECRET})
    client.get(tmdb(fake_sources), "/tv/202", headers={"Authorization": f"Bearer {SECRET}"})
    assert b"language=en-US" in answers.read_bytes()
    assert not any(SECRET.encode() in file.read_bytes() for file in answers.parent.iterdir())
    assert b"api_key" not in answers.read_bytes()


def test_what_was_asked_for_with_a_secret_is_found_without_it(fake_sources: FakeSources, client: HttpClient) -> None:
    first = client.get(tmdb(fake_sources), "/tv/201", secret={"api_key": fake_sources.allow_token})
    assert client.get(tmdb(fake_sources), "/tv/201", secret={"api_key": "another"}) == first
    assert fake_sources.count("tmdb") == 1


def test_a_client_works_without_a_place_to_keep_answers(
    fake_sources: FakeSources, make_client: MakeClient, answers: Path
) -> None:
    answers.parent.write_text("a file where the folder should be")
    client = make_client()
    assert client.get(maze(fake_sources), "/shows/101") == client.get(maze(fake_sources), "/shows/101")
    assert fake_sources.count("tvmaze") == 2


# The file


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such modes")
def test_the_file_can_be_read_by_its_owner_only(answers: Path, clock: FakeClock) -> None:
    before = os.umask(0)
    try:
        HttpCache(answers, clock).put(URL, b"{}", FOR_AN_HOUR)
    finally:
        os.umask(before)
    assert stat.S_IMODE(answers.stat().st_mode) == 0o600
    assert stat.S_IMODE(answers.parent.stat().st_mode) == 0o700


def test_the_oldest_answers_make_room_for_new_ones(answers: Path, clock: FakeClock) -> None:
    cache = HttpCache(answers, clock, most_bytes=10_000)
    for number in range(100):
        clock.advance(1)
        cache.put(f"{URL}{number}", b"x" * 1000, FOR_AN_HOUR)
        assert cache.get(f"{URL}0") is not None
    there = [number for number in range(100) if cache.get(f"{URL}{number}") is not None]
    assert there[0] == 0
    assert there[1:] == list(range(there[1], 100))
    assert 5 <= len(there) <= 10
    assert answers.stat().st_size < 40_000


def test_an_answer_that_would_push_out_all_others_is_not_kept(answers: Path, clock: FakeClock) -> None:
    cache = HttpCache(answers, clock, most_bytes=10_000)
    cache.put(URL, b"x" * 2501, FOR_AN_HOUR)
    assert cache.get(URL) is None


def test_the_file_may_be_deleted_at_any_time(cache: HttpCache, answers: Path) -> None:
    cache.put(URL, b"{}", FOR_AN_HOUR)
    answers.unlink()
    assert cache.get(URL) is None
    shutil.rmtree(answers.parent)
    cache.mark_fresh(URL, FOR_AN_HOUR)
    answers.unlink()
    cache.put(URL, b"{}", FOR_AN_HOUR)
    assert is_fresh(cache)


@pytest.mark.parametrize(
    "text", [b"no database, but long enough for one" * 50, b"\x00" * 5000, b"x"], ids=["words", "zeros", "a letter"]
)
def test_a_file_that_is_no_database_is_made_anew(cache: HttpCache, answers: Path, text: bytes) -> None:
    answers.parent.mkdir()
    answers.write_bytes(text)
    assert cache.get(URL) is None
    cache.put(URL, b"{}", FOR_AN_HOUR)
    assert is_fresh(cache)


@pytest.mark.parametrize("page", [1, 2, 3, 4, 5])
def test_a_damaged_file_does_no_harm(cache: HttpCache, answers: Path, page: int) -> None:
    for number in range(20):
        cache.put(f"{URL}{number}", b"x" * 3000, FOR_AN_HOUR)
    text = bytearray(answers.read_bytes())
    text[page * 4096 : page * 4096 + 4096] = b"\xff" * 4096
    answers.write_bytes(text)
    for number in range(20):
        cache.get(f"{URL}{number}")
        cache.mark_fresh(f"{URL}{number}", FOR_AN_HOUR)
    cache.put(URL, b"{}", FOR_AN_HOUR)
    cache.put(URL, b"{}", FOR_AN_HOUR)
    assert is_fresh(cache)


def test_a_table_of_another_shape_does_no_harm(cache: HttpCache, answers: Path) -> None:
    answers.parent.mkdir()
    table = sqlite3.connect(answers)
    table.execute("CREATE TABLE answer (url TEXT, words TEXT)")
    table.close()
    assert cache.get(URL) is None
    cache.put(URL, b"{}", FOR_AN_HOUR)
    cache.mark_fresh(URL, FOR_AN_HOUR)
    assert cache.get(URL) is None


def test_a_folder_in_the_place_of_the_file_does_no_harm(cache: HttpCache, answers: Path) -> None:
    answers.mkdir(parents=True)
    cache.put(URL, b"{}", FOR_AN_HOUR)
    cache.mark_fresh(URL, FOR_AN_HOUR)
    assert cache.get(URL) is None


def test_several_may_keep_answers_at_the_same_time(answers: Path, clock: FakeClock) -> None:
    def keep(name: str) -> None:
        one = HttpCache(answers, clock)
        for number in range(20):
            one.put(f"{URL}{name}{number}", b"{}", FOR_AN_HOUR)
            one.get(f"{URL}a{number}")

    threads = [Thread(target=keep, args=(name,)) for name in "abc"]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    cache = HttpCache(answers, clock)
    assert all(is_fresh(cache, f"{URL}{name}{number}") for name in "abc" for number in range(20))


# A clock that is set


@pytest.mark.parametrize("back", [61.0, HOUR, 30 * 24 * HOUR])
def test_nothing_stays_fresh_longer_because_the_clock_was_set_back(
    cache: HttpCache, clock: FakeClock, back: float
) -> None:
    cache.put(URL, b"{}", FOR_AN_HOUR)
    clock.advance(-back)
    assert not is_fresh(cache)
    assert not is_fresh(cache)
    cache.put(URL, b"{}", FOR_AN_HOUR)
    assert is_fresh(cache)


def test_a_clock_that_is_put_right_by_a_little_changes_nothing(cache: HttpCache, clock: FakeClock) -> None:
    cache.put(URL, b"{}", FOR_AN_HOUR)
    clock.advance(-2)
    assert is_fresh(cache)


def test_a_clock_that_is_set_ahead_makes_things_old(cache: HttpCache, clock: FakeClock) -> None:
    cache.put(URL, b"{}", FOR_AN_HOUR)
    clock.advance(30 * 24 * HOUR)
    assert not is_fresh(cache)
