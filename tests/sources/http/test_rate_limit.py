from __future__ import annotations

import sqlite3
import stat
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing
from itertools import count
from pathlib import Path
from threading import Thread

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.fake_sources import FakeClock
from tests.sources.conftest import NOT_DATABASES
from tracker.sources.http.rate_limit import MAX_PAUSE, RateLimit, RateLimiter

LIMIT = RateLimit(18, 10)
HOST = "https://api.example"
ROOT = Path(__file__).parents[3]
NUMBERS = count()


@pytest.fixture
def limiters(limits_file: Path, clock: FakeClock) -> Iterator[tuple[RateLimiter, RateLimiter]]:
    """Two limiters on one file, as two runs of the program."""
    limiters = RateLimiter(limits_file, clock), RateLimiter(limits_file, clock)
    yield limiters
    for limiter in limiters:
        limiter.close()


@pytest.fixture
def limiter(limiters: tuple[RateLimiter, RateLimiter]) -> RateLimiter:
    return limiters[0]


def take_slots(*limiters: RateLimiter, tries: int = 40) -> int:
    """Return how many requests may go at this moment."""
    return sum(limiters[number % len(limiters)].take_slot(HOST, LIMIT) == 0 for number in range(tries))


def test_eighteen_slots_and_then_a_wait(limiters: tuple[RateLimiter, RateLimiter], clock: FakeClock) -> None:
    assert take_slots(*limiters) == 18
    assert limiters[0].take_slot("https://elsewhere.example", LIMIT) == 0
    wait = limiters[0].take_slot(HOST, LIMIT)
    assert 10 < wait < 10.01
    clock.advance(9.9)
    assert take_slots(*limiters) == 0
    clock.advance(wait - 9.9)
    assert take_slots(*limiters) == 18


def test_slot_is_free_when_its_own_span_is_over(limiter: RateLimiter, clock: FakeClock) -> None:
    for _ in range(18):
        assert limiter.take_slot(HOST, LIMIT) == 0
        clock.advance(0.5)
    assert limiter.take_slot(HOST, LIMIT) == pytest.approx(1.001)
    clock.advance(1.002)
    assert take_slots(limiter) == 1


TAKE = """
import sys
from pathlib import Path
from tracker.sources.http.rate_limit import RateLimit, RateLimiter
limiter = RateLimiter(Path(sys.argv[1]), lambda: 1_000.0)
print("ready", flush=True)
sys.stdin.readline()
print(sum(limiter.take_slot("https://api.example", RateLimit(18, 10)) == 0 for _ in range(30)))
limiter.close()
"""


def test_slots_are_shared_by_processes(limits_file: Path) -> None:
    command = [sys.executable, "-c", TAKE, str(limits_file)]
    runs = [
        subprocess.Popen(command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) for _ in range(2)
    ]
    for run in runs:
        assert run.stdout is not None
        assert run.stdout.readline() == "ready\n"
    for run in runs:
        assert run.stdin is not None
        run.stdin.write("go\n")
        run.stdin.flush()
    assert sum(int(run.communicate(timeout=60)[0]) for run in runs) == 18


def test_slots_are_shared_by_threads(limiters: tuple[RateLimiter, RateLimiter]) -> None:
    slots: list[int] = []
    threads = [Thread(target=lambda one=one: slots.append(take_slots(one, tries=30))) for one in limiters * 2]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sum(slots) == 18


def test_time_is_read_inside_the_transaction(limits_file: Path) -> None:
    # Read before, it could be earlier than a slot that somebody took meanwhile, which would seem to lie ahead.
    def now() -> float:
        with pytest.raises(sqlite3.OperationalError, match="locked"):
            other.execute("BEGIN IMMEDIATE")
        return 1_000.0

    limits_file.parent.mkdir()
    other = sqlite3.connect(limits_file, timeout=0, isolation_level=None)
    limiter = RateLimiter(limits_file, now)
    assert limiter.take_slot(HOST, LIMIT) == 0
    limiter.close()
    other.close()


@pytest.fixture(scope="module")
def shared(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[RateLimiter, RateLimiter, FakeClock]]:
    """Limiters for examples that each have a host of their own."""
    clock, path = FakeClock(), tmp_path_factory.mktemp("shared") / "limits.db"
    limiters = RateLimiter(path, clock), RateLimiter(path, clock)
    yield (*limiters, clock)
    for limiter in limiters:
        limiter.close()


@given(
    st.lists(st.tuples(st.floats(0, 12) | st.sampled_from([0.0, 0.5, 2.5, 5.0, 10.0]), st.booleans()), max_size=60),
    st.integers(1, 6),
    st.booleans(),
)
def test_no_span_has_more_slots_than_allowed(
    shared: tuple[RateLimiter, RateLimiter, FakeClock], moves: list[tuple[float, bool]], most: int, is_patient: bool
) -> None:
    *limiters, clock = shared
    host, limit = f"https://{next(NUMBERS)}.example", RateLimit(most, 10)
    slots: list[float] = []
    for seconds, which in moves:
        clock.advance(seconds)
        wait = limiters[which].take_slot(host, limit)
        assert 0 <= wait <= 10.01
        if wait and is_patient:
            clock.advance(wait)
            assert limiters[which].take_slot(host, limit) == 0
        if not wait or is_patient:
            slots.append(clock())
        else:
            assert sum(at >= clock() - 10 for at in slots) == most
    assert all(later - first > 10 for first, later in zip(slots, slots[most:], strict=False))


def test_pause_is_shared_until_it_is_over(limiters: tuple[RateLimiter, RateLimiter], clock: FakeClock) -> None:
    limiter, other = limiters
    limiter.pause(HOST, 500)
    limiter.pause(HOST, 100)
    clock.advance(40)
    assert other.pause_left(HOST) == 60
    assert other.pause_left("https://elsewhere.example") == 0
    clock.advance(60)
    assert other.pause_left(HOST) == 0
    limiter.pause(HOST, 1e12)
    assert limiter.pause_left(HOST) == MAX_PAUSE


def test_clock_that_is_set_back(limiter: RateLimiter, clock: FakeClock) -> None:
    assert take_slots(limiter) == 18
    limiter.pause(HOST, 3600)
    clock.advance(-0.5)
    assert 10 < limiter.take_slot(HOST, LIMIT) < 10.6
    clock.advance(-30 * 86_400)
    assert take_slots(limiter) == 18
    assert limiter.pause_left(HOST) == 0


def test_file_is_private_and_may_be_deleted(limiter: RateLimiter, limits_file: Path) -> None:
    assert take_slots(limiter) == 18
    assert sys.platform == "win32" or stat.S_IMODE(limits_file.stat().st_mode) == 0o600
    limits_file.unlink()
    assert take_slots(limiter) == 18


@pytest.mark.parametrize("text", NOT_DATABASES, ids=["words", "zeros", "a letter"])
def test_file_that_is_no_database(limiters: tuple[RateLimiter, RateLimiter], limits_file: Path, text: bytes) -> None:
    limits_file.parent.mkdir()
    limits_file.write_bytes(text)
    assert take_slots(*limiters) == 18


def test_file_with_other_tables(limiters: tuple[RateLimiter, RateLimiter], limits_file: Path) -> None:
    limits_file.parent.mkdir()
    with closing(sqlite3.connect(limits_file)) as database:
        database.executescript("CREATE TABLE asked (words TEXT); CREATE TABLE rest (words TEXT)")
    assert take_slots(*limiters) == 18


def test_pause_that_is_no_number(limiters: tuple[RateLimiter, RateLimiter], limits_file: Path) -> None:
    limiters[0].pause(HOST, 100)
    with closing(sqlite3.connect(limits_file)) as database, database:
        database.execute("UPDATE rest SET until = 'soon'")
    assert limiters[1].pause_left(HOST) == 0


def test_damaged_file(limiters: tuple[RateLimiter, RateLimiter], limits_file: Path) -> None:
    limiters[0].pause(HOST, 100)
    for _ in range(200):
        limiters[0].take_slot(HOST, RateLimit(1000, 10))
    text = bytearray(limits_file.read_bytes())
    text[4096:] = b"\xff" * (len(text) - 4096)
    limits_file.write_bytes(text)
    assert take_slots(*limiters) == 18
    assert limiters[0].pause_left(HOST) == 0


@pytest.mark.parametrize("obstacle", ["a file for its folder", "a folder"])
def test_without_a_file_each_run_counts_for_itself(
    limiters: tuple[RateLimiter, RateLimiter], limits_file: Path, obstacle: str
) -> None:
    if obstacle == "a file for its folder":
        limits_file.parent.write_text("a file")
    else:
        limits_file.mkdir(parents=True)
    limiter, other = limiters
    assert take_slots(limiter) == 18
    limiter.pause(HOST, 100)
    assert limiter.pause_left(HOST) == 100
    assert take_slots(other) == 18
    assert other.pause_left(HOST) == 0
