from __future__ import annotations

import os
import shutil
import sqlite3
import stat
import sys
from contextlib import closing
from pathlib import Path
from threading import Thread

import pytest

from tests.fake_sources import FakeClock, FakeSources, faults
from tests.sources.conftest import NOT_DATABASES, MakeClient, cached_urls
from tracker.sources.http.cache import MAX_AGE, HttpCache, freshness_lifetime
from tracker.sources.http.client import ApiHost, HttpClient
from tracker.sources.http.rate_limit import RateLimit

HOUR = 3600.0
FOR_AN_HOUR = {"cache-control": "public, max-age=3600"}
URL = "https://api.example/shows/1"
SECRET = "very-secret-0123456789"


@pytest.fixture
def cache(cache_file: Path, clock: FakeClock) -> HttpCache:
    return HttpCache(cache_file, clock)


def tmdb(fake_sources: FakeSources) -> ApiHost:
    return ApiHost("TMDB", fake_sources.address("tmdb"), RateLimit(10_000, 1))


def ask_tmdb(client: HttpClient, fake_sources: FakeSources) -> bytes:
    return client.get(tmdb(fake_sources), "/tv/201", headers={"Authorization": f"Bearer {fake_sources.allow_token}"})


def is_fresh(cache: HttpCache, url: str = URL) -> bool:
    cached = cache.get(url)
    assert cached is not None
    return cached.is_fresh


@pytest.mark.parametrize(
    ("cache_control", "age", "seconds"),
    [
        ("", "", 0),
        ("public, max-age=3600", "", 3600),
        ("Max-Age=60", "", 60),
        ('max-age="60"', "", 60),
        ("max-age=60", "20", 40),
        ("max-age=60", "61", 0),
        ("max-age=60", "old", 60),
        ("max-age=soon", "", 0),
        ("max-age=99999999999999999999", "", MAX_AGE),
        ("no-cache, max-age=60", "", 0),
        ("No-Store, max-age=60", "", None),
        ("\x00=;,\udcff", "\u0664", 0),
    ],
)
def test_freshness_lifetime(cache_control: str, age: str, seconds: float | None) -> None:
    assert freshness_lifetime({"cache-control": cache_control, "age": age}) == seconds


def test_fresh_answer_is_not_asked_for(
    fake_sources: FakeSources, make_client: MakeClient, maze: ApiHost, clock: FakeClock
) -> None:
    first = make_client().get(maze, "/shows/101")
    fake_sources.change("tvmaze", 101, title="Paper Moons")
    clock.advance(HOUR - 1)
    assert make_client().get(maze, "/shows/101") == first
    assert fake_sources.count("tvmaze") == 1
    clock.advance(1)
    assert b"Paper Moons" in make_client().get(maze, "/shows/101")
    assert fake_sources.count("tvmaze") == 2


def test_query_is_part_of_the_address(fake_sources: FakeSources, client: HttpClient, maze: ApiHost) -> None:
    assert b"Lanterns" in client.get(maze, "/search/shows", {"q": "paper"})
    assert b"Lanterns" not in client.get(maze, "/search/shows", {"q": "tram"})
    assert b"_embedded" not in client.get(maze, "/shows/101")
    assert b"_embedded" in client.get(maze, "/shows/101", {"embed[]": ["cast", "crew"]})
    assert fake_sources.count("tvmaze") == 4


@pytest.mark.parametrize("cache_control", ["no-store, max-age=60", "", "max-age=0"])
def test_answer_that_must_not_be_cached(
    fake_sources: FakeSources, client: HttpClient, maze: ApiHost, cache_file: Path, cache_control: str
) -> None:
    fake_sources.fail("tvmaze", faults.status(200, b"{}", cache_control=cache_control))
    client.get(maze, "/shows/101")
    client.get(maze, "/shows/101")
    assert (fake_sources.count("tvmaze"), cached_urls(cache_file)) == (2, [])


def test_unchanged_answer_is_revalidated(fake_sources: FakeSources, client: HttpClient, clock: FakeClock) -> None:
    first = ask_tmdb(client, fake_sources)
    clock.advance(6 * HOUR)
    assert ask_tmdb(client, fake_sources) == first
    assert "if-none-match" not in fake_sources.requests[0].headers
    assert fake_sources.requests[1].headers["if-none-match"].startswith('W/"')
    clock.advance(6 * HOUR - 1)
    assert ask_tmdb(client, fake_sources) == first
    assert fake_sources.count("tmdb") == 2
    fake_sources.change("tmdb", "tv/201", title="Paper Moons")
    clock.advance(1)
    assert b"Paper Moons" in ask_tmdb(client, fake_sources)
    assert b"Paper Moons" in ask_tmdb(client, fake_sources)
    assert fake_sources.count("tmdb") == 3
    clock.advance(6 * HOUR)
    ask_tmdb(client, fake_sources)
    assert fake_sources.requests[2].headers["if-none-match"] != fake_sources.requests[3].headers["if-none-match"]


def test_etag_alone_is_enough(fake_sources: FakeSources, client: HttpClient) -> None:
    fake_sources.max_age["tmdb"] = None
    assert ask_tmdb(client, fake_sources) == ask_tmdb(client, fake_sources)
    assert "if-none-match" in fake_sources.requests[1].headers


def test_etag_that_is_not_ascii(fake_sources: FakeSources, client: HttpClient, maze: ApiHost, clock: FakeClock) -> None:
    fake_sources.fail("tvmaze", faults.status(200, b"{}", cache_control="max-age=60", etag='"\xe4"'))
    client.get(maze, "/shows/101")
    clock.advance(61)
    assert client.get(maze, "/shows/101") == b"{}"
    assert "if-none-match" not in fake_sources.requests[1].headers


def test_secrets_are_not_cached(fake_sources: FakeSources, client: HttpClient, cache_file: Path) -> None:
    fake_sources.allow_token = SECRET
    first = client.get(tmdb(fake_sources), "/tv/201", {"language": "en-US"}, secret={"api_key": SECRET})
    client.get(tmdb(fake_sources), "/tv/202", headers={"Authorization": f"Bearer {SECRET}"})
    assert b"language=en-US" in cache_file.read_bytes()
    assert not any(SECRET.encode() in file.read_bytes() for file in cache_file.parent.iterdir())
    assert b"api_key" not in cache_file.read_bytes()
    assert client.get(tmdb(fake_sources), "/tv/201", {"language": "en-US"}, secret={"api_key": "x"}) == first


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such modes")
def test_file_is_private(cache_file: Path, cache: HttpCache) -> None:
    before = os.umask(0)
    try:
        cache.put(URL, b"{}", FOR_AN_HOUR)
    finally:
        os.umask(before)
    assert stat.S_IMODE(cache_file.stat().st_mode) == 0o600
    assert stat.S_IMODE(cache_file.parent.stat().st_mode) == 0o700


def test_least_recently_used_answers_go(cache_file: Path, clock: FakeClock) -> None:
    cache = HttpCache(cache_file, clock, max_bytes=10_000)
    for number in range(100):
        clock.advance(1)
        cache.put(f"{URL}{number}", b"x" * 1000, FOR_AN_HOUR)
        assert cache.get(f"{URL}0") is not None
    cached = [number for number in range(100) if cache.get(f"{URL}{number}") is not None]
    assert cached == [0, *range(cached[1], 100)]
    assert 5 <= len(cached) <= 10
    assert cache_file.stat().st_size < 40_000
    cache.put(URL, b"x" * 2501, FOR_AN_HOUR)
    assert cache.get(URL) is None


def test_file_may_be_deleted(cache: HttpCache, cache_file: Path) -> None:
    cache.put(URL, b"{}", FOR_AN_HOUR)
    cache_file.unlink()
    assert cache.get(URL) is None
    shutil.rmtree(cache_file.parent)
    cache.mark_fresh(URL, FOR_AN_HOUR)
    cache.put(URL, b"{}", FOR_AN_HOUR)
    assert is_fresh(cache)


@pytest.mark.parametrize("text", NOT_DATABASES, ids=["words", "zeros", "a letter"])
def test_file_that_is_no_database(cache: HttpCache, cache_file: Path, text: bytes) -> None:
    cache_file.parent.mkdir()
    cache_file.write_bytes(text)
    assert cache.get(URL) is None
    cache.put(URL, b"{}", FOR_AN_HOUR)
    assert is_fresh(cache)


@pytest.mark.parametrize("page", [1, 2, 3, 4, 5])
def test_damaged_file(cache: HttpCache, cache_file: Path, page: int) -> None:
    for number in range(20):
        cache.put(f"{URL}{number}", b"x" * 3000, FOR_AN_HOUR)
    text = bytearray(cache_file.read_bytes())
    text[page * 4096 : page * 4096 + 4096] = b"\xff" * 4096
    cache_file.write_bytes(text)
    for number in range(20):
        cache.get(f"{URL}{number}")
        cache.mark_fresh(f"{URL}{number}", FOR_AN_HOUR)
    cache.put(URL, b"{}", FOR_AN_HOUR)
    cache.put(URL, b"{}", FOR_AN_HOUR)
    assert is_fresh(cache)


@pytest.mark.parametrize("obstacle", ["a folder", "a file for its folder"])
def test_without_a_file_nothing_is_cached(cache: HttpCache, cache_file: Path, obstacle: str) -> None:
    if obstacle == "a file for its folder":
        cache_file.parent.write_text("a file")
    else:
        cache_file.mkdir(parents=True)
    cache.put(URL, b"{}", FOR_AN_HOUR)
    cache.mark_fresh(URL, FOR_AN_HOUR)
    assert cache.get(URL) is None


def test_file_with_other_tables(cache: HttpCache, cache_file: Path) -> None:
    cache_file.parent.mkdir()
    with closing(sqlite3.connect(cache_file)) as database:
        database.execute("CREATE TABLE answer (url TEXT, words TEXT)")
    cache.put(URL, b"{}", FOR_AN_HOUR)
    cache.put(URL, b"{}", FOR_AN_HOUR)
    assert is_fresh(cache)


@pytest.mark.parametrize("change", ["body = 1", "etag = X'FF'", "fresh_until = 'soon'"])
def test_answer_of_another_form(cache: HttpCache, cache_file: Path, change: str) -> None:
    cache.put(URL, b"{}", FOR_AN_HOUR)
    with closing(sqlite3.connect(cache_file)) as database, database:
        database.execute(f"UPDATE answer SET {change}")
    answer = cache.get(URL)
    assert answer is None or not answer.is_fresh
    cache.put(URL, b"{}", FOR_AN_HOUR)
    assert is_fresh(cache)


def test_several_writers_at_once(cache_file: Path, cache: HttpCache, clock: FakeClock) -> None:
    def fill(name: str) -> None:
        own = HttpCache(cache_file, clock)
        for number in range(20):
            own.put(f"{URL}{name}{number}", b"{}", FOR_AN_HOUR)
            own.get(f"{URL}a{number}")

    threads = [Thread(target=fill, args=(name,)) for name in "abc"]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert all(is_fresh(cache, f"{URL}{name}{number}") for name in "abc" for number in range(20))


@pytest.mark.parametrize(
    ("seconds", "fresh"),
    [(-2, True), (-61, False), (-HOUR, False), (-30 * 24 * HOUR, False), (30 * 24 * HOUR, False)],
)
def test_clock_that_is_set(cache: HttpCache, clock: FakeClock, seconds: float, fresh: bool) -> None:
    cache.put(URL, b"{}", FOR_AN_HOUR)
    clock.advance(seconds)
    assert is_fresh(cache) is fresh
    assert is_fresh(cache) is fresh
    cache.put(URL, b"{}", FOR_AN_HOUR)
    assert is_fresh(cache)
