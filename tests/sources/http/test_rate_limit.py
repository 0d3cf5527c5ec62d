from __future__ import annotations

import sqlite3
import stat
import subprocess
import sys
from collections.abc import Iterator
from itertools import count
from pathlib import Path
from threading import Thread

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.fake_sources import FakeClock
from tracker.sources.http.rate_limit import MAX_PAUSE, RateLimit, RateLimiter

PACE = RateLimit(18, 10)
HOST = "https://api.example"
ROOT = Path(__file__).parent.parent.parent
NUMBERS = count()


@pytest.fixture
def pacer(ledger: Path, clock: FakeClock) -> Iterator[RateLimiter]:
    pacer = RateLimiter(ledger, clock)
    yield pacer
    pacer.close()


@pytest.fixture
def other_run(ledger: Path, clock: FakeClock) -> Iterator[RateLimiter]:
    pacer = RateLimiter(ledger, clock)
    yield pacer
    pacer.close()


@pytest.fixture(scope="module")
def shared(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[RateLimiter, RateLimiter, FakeClock]]:
    """Two pacers on one ledger, for examples that each have a host of their own."""
    clock = FakeClock()
    ledger = tmp_path_factory.mktemp("shared") / "ledger.db"
    pacers = RateLimiter(ledger, clock), RateLimiter(ledger, clock)
    yield (*pacers, clock)
    for pacer in pacers:
        pacer.close()


def turns(*pacers: RateLimiter, tries: int = 40) -> int:
    """Return how many turns can be had at this moment."""
    return sum(pacers[number % len(pacers)].take_slot(HOST, PACE) == 0 for number in range(tries))


# Turns


def test_there_are_eighteen_turns_and_then_a_wait(pacer: RateLimiter, clock: FakeClock) -> None:
    assert turns(pacer) == 18
    wait = pacer.take_slot(HOST, PACE)
    assert 10 < wait < 10.01
    clock.advance(9.9)
    assert turns(pacer) == 0
    clock.advance(wait - 9.9)
    assert turns(pacer) == 18


def test_a_turn_is_free_when_its_own_span_is_over(pacer: RateLimiter, clock: FakeClock) -> None:
    for _ in range(18):
        assert pacer.take_slot(HOST, PACE) == 0
        clock.advance(0.5)
    assert pacer.take_slot(HOST, PACE) == pytest.approx(1.001)
    clock.advance(1.002)
    assert turns(pacer) == 1


def test_two_runs_of_the_program_share_the_turns(pacer: RateLimiter, other_run: RateLimiter) -> None:
    assert turns(pacer, other_run) == 18


def test_each_host_has_its_own_turns(pacer: RateLimiter) -> None:
    assert turns(pacer) == 18
    assert pacer.take_slot("https://elsewhere.example", PACE) == 0


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


def test_processes_that_ask_at_the_same_moment_share_the_turns(ledger: Path) -> None:
    runs = [
        subprocess.Popen(
            [sys.executable, "-c", TAKE, str(ledger)],
            cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True,
        )
        for _ in range(2)
    ]  # fmt: skip
    for run in runs:
        assert run.stdout is not None
        assert run.stdout.readline() == "ready\n"
    for run in runs:
        assert run.stdin is not None
        run.stdin.write("go\n")
        run.stdin.flush()
    assert sum(int(run.communicate(timeout=60)[0]) for run in runs) == 18


def test_threads_that_ask_at_the_same_moment_share_the_turns(pacer: RateLimiter, other_run: RateLimiter) -> None:
    had: list[int] = []
    threads = [Thread(target=lambda one=one: had.append(turns(one, tries=30))) for one in (pacer, other_run) * 2]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sum(had) == 18


def test_the_time_is_read_when_nobody_else_can_take_a_turn(ledger: Path) -> None:
    # Read before, it could be earlier than a turn that somebody took meanwhile, and that turn would seem to lie ahead.
    def now() -> float:
        with pytest.raises(sqlite3.OperationalError, match="locked"):
            other.execute("BEGIN IMMEDIATE")
        return 1_000.0

    ledger.parent.mkdir()
    other = sqlite3.connect(ledger, timeout=0, isolation_level=None)
    pacer = RateLimiter(ledger, now)
    assert pacer.take_slot(HOST, PACE) == 0
    pacer.close()
    other.close()


steps = st.lists(
    st.tuples(st.floats(0, 12, allow_nan=False) | st.sampled_from([0.0, 0.5, 1.0, 2.5, 5.0, 10.0]), st.booleans()),
    max_size=60,
)


@given(steps, st.integers(1, 6), st.booleans())
def test_in_no_span_are_there_more_turns_than_allowed(
    shared: tuple[RateLimiter, RateLimiter, FakeClock], moves: list[tuple[float, bool]], most: int, is_patient: bool
) -> None:
    *pacers, clock = shared
    host, pace = f"https://{next(NUMBERS)}.example", RateLimit(most, 10)
    had: list[float] = []
    for seconds, which in moves:
        clock.advance(seconds)
        wait = pacers[which].take_slot(host, pace)
        assert 0 <= wait <= 10.01
        if wait and is_patient:
            clock.advance(wait)
            assert pacers[which].take_slot(host, pace) == 0
        if not wait or is_patient:
            had.append(clock())
        else:
            assert sum(at >= clock() - 10 for at in had) == most
    assert all(later - first > 10 for first, later in zip(had, had[most:], strict=False))


# Rest


def test_a_rest_is_known_to_all_runs_until_it_is_over(
    pacer: RateLimiter, other_run: RateLimiter, clock: FakeClock
) -> None:
    pacer.pause(HOST, 100)
    clock.advance(40)
    assert other_run.pause_left(HOST) == 60
    assert other_run.pause_left("https://elsewhere.example") == 0
    clock.advance(60)
    assert other_run.pause_left(HOST) == 0


def test_the_last_word_about_a_rest_counts(pacer: RateLimiter) -> None:
    pacer.pause(HOST, 100)
    pacer.pause(HOST, 50)
    assert pacer.pause_left(HOST) == 50


def test_no_rest_is_longer_than_a_day(pacer: RateLimiter) -> None:
    pacer.pause(HOST, 1e12)
    assert pacer.pause_left(HOST) == MAX_PAUSE


# A clock that is set


def test_a_clock_that_is_set_back_does_not_hold_everything_up(pacer: RateLimiter, clock: FakeClock) -> None:
    assert turns(pacer) == 18
    pacer.pause(HOST, 3600)
    clock.advance(-30 * 86_400)
    assert turns(pacer) == 18
    assert pacer.pause_left(HOST) == 0


def test_a_clock_that_is_put_right_by_a_little_gives_no_turns_away(pacer: RateLimiter, clock: FakeClock) -> None:
    assert turns(pacer) == 18
    clock.advance(-0.5)
    assert 10 < pacer.take_slot(HOST, PACE) < 10.6


# The file


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such modes")
def test_the_ledger_can_be_read_by_its_owner_only(pacer: RateLimiter, ledger: Path) -> None:
    pacer.take_slot(HOST, PACE)
    assert stat.S_IMODE(ledger.stat().st_mode) == 0o600


def test_the_ledger_may_be_deleted_at_any_time(pacer: RateLimiter, ledger: Path) -> None:
    assert turns(pacer) == 18
    ledger.unlink()
    assert turns(pacer) == 18


@pytest.mark.parametrize(
    "text", [b"no database, but long enough for one" * 50, b"\x00" * 5000, b"x"], ids=["words", "zeros", "a letter"]
)
def test_a_ledger_that_is_no_database_is_made_anew(
    pacer: RateLimiter, other_run: RateLimiter, ledger: Path, text: bytes
) -> None:
    ledger.parent.mkdir()
    ledger.write_bytes(text)
    assert turns(pacer, other_run) == 18


def test_a_damaged_ledger_is_made_anew(pacer: RateLimiter, other_run: RateLimiter, ledger: Path) -> None:
    pacer.pause(HOST, 100)
    for _ in range(400):
        pacer.take_slot(HOST, RateLimit(1000, 10))
    text = bytearray(ledger.read_bytes())
    text[4096:] = b"\xff" * (len(text) - 4096)
    ledger.write_bytes(text)
    assert turns(pacer, other_run) == 18
    assert pacer.pause_left(HOST) == 0


@pytest.mark.parametrize("what", ["a file for its folder", "a folder", "another table"])
def test_without_a_ledger_each_run_counts_for_itself(
    pacer: RateLimiter, other_run: RateLimiter, ledger: Path, what: str
) -> None:
    match what:
        case "a file for its folder":
            ledger.parent.write_text("a file")
        case "a folder":
            ledger.mkdir(parents=True)
        case _:
            ledger.parent.mkdir()
            table = sqlite3.connect(ledger)
            table.executescript("CREATE TABLE asked (words TEXT); CREATE TABLE rest (words TEXT)")
            table.close()
    assert turns(pacer) == 18
    pacer.pause(HOST, 100)
    assert pacer.pause_left(HOST) == 100
    assert turns(other_run) == 18
    assert other_run.pause_left(HOST) == 0
