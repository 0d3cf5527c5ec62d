"""Two runs of the program that ask at the same time: one pace, one list, one memory."""

from __future__ import annotations

import subprocess
import sys
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from threading import Event

import pytest

from tests.fake_sources import FakeShow, faults
from tests.service.conftest import Home, Ran, entry, said

ROOT = Path(__file__).parent.parent.parent
PROGRAM = """\
import sys
from datetime import datetime
from functools import partial
from tracker.cli import main as cli
from tracker.sources.http import cache, client, rate_limit

# The clock stands, and nobody waits: who has no turn gives up.
seconds = float(sys.argv[1])
clock = lambda: seconds
client.HttpClient = partial(client.HttpClient, now=clock, wait=lambda _: True)
cache.HttpCache = partial(cache.HttpCache, now=clock)
rate_limit.RateLimiter = partial(rate_limit.RateLimiter, now=clock)
cli.Tracker = partial(cli.Tracker, now=lambda: datetime.fromtimestamp(seconds))
print("ready", flush=True)
sys.stdin.readline()
sys.exit(cli.main(sys.argv[2:]))
"""


def at_once(home: Home, *commands: Sequence[str], together: bool = False) -> list[Ran]:
    """Run commands in processes of their own at the same time, and return what they came to.

    Args:
        home: Where.
        commands: What.
        together: Whether none of them gets an answer before all of them have asked.
    """
    go_on = Event()
    if together:
        home.fake_sources.fail("tvmaze", faults.held(go_on), times=len(commands))
    argv = [sys.executable, "-c", PROGRAM, str(home.clock())]
    runs = [
        subprocess.Popen(
            [*argv, "--watchlist", str(home.path), *command], cwd=ROOT, text=True,
            stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
        )
        for command in commands
    ]  # fmt: skip
    try:
        for run in runs:
            assert run.stdout is not None
            assert run.stdout.readline() == "ready\n"
        for run in runs:
            assert run.stdin is not None
            run.stdin.write("go\n")
            run.stdin.flush()
        if together:
            home.fake_sources.wait_for_requests("tvmaze", len(commands))
    finally:
        go_on.set()
    told = [run.communicate(timeout=60) for run in runs]
    return [Ran(run.returncode, *texts) for run, texts in zip(runs, told, strict=True)]


def numbered(show: FakeShow) -> str:
    """Return the entry of one of many shows, which says what TVmaze says."""
    top, claim = said("scheduled", show.premiered)
    return entry(show.title, top, f"ids = {{ tvmaze = {show.tvmaze} }}", claims=[claim])


@pytest.fixture
def shows(home: Home) -> list[FakeShow]:
    """Eight shows of which all was heard, and of which TVmaze says something else since."""
    home.ask("tvmaze")
    shows = home.fake_sources.add_many(8)
    home.write(*map(numbered, shows))
    home.refresh()
    home.later(days=4)
    home.forget_answers()
    for show in shows:
        home.fake_sources.change("tvmaze", show.tvmaze or 0, premiered="2028-01-31")
    home.fake_sources.requests.clear()
    return shows


def claims(home: Home) -> Counter[str]:
    """Return how often TVmaze's new date is in the history of each show."""
    return Counter(
        show.id
        for show in home.tracker().watchlist.current.shows
        for claim in show.history
        if claim.source == "tvmaze" and claim.release is not None and claim.release.edtf == "2028-01-31"
    )


def whole(home: Home, runs: Sequence[Ran]) -> None:
    """Assert that nobody fell over, and that the list is one."""
    for run in runs:
        assert "Traceback" not in run.err
        assert run.code == 0
    assert home.tracker().watchlist.check() == ()
    assert len(home.tracker().watchlist.current.shows) == 8


def test_the_pace_holds_for_both_together(home: Home) -> None:
    home.ask("tvmaze")
    home.fake_sources.max_age["tvmaze"] = None
    home.write(*(entry(show.title, f"ids = {{ tvmaze = {show.tvmaze} }}") for show in home.fake_sources.add_many(30)))
    runs = at_once(home, ["refresh"], ["refresh"])
    assert home.fake_sources.count("tvmaze") == 18
    assert all("Traceback" not in run.err for run in runs)
    assert home.tracker().watchlist.check() == ()


def test_two_that_ask_about_different_shows_lose_nothing(home: Home, shows: list[FakeShow]) -> None:
    ids = [f"invented-show-{number}" for number in range(1, 9)]
    whole(home, at_once(home, ["refresh", *ids[::2]], ["refresh", *ids[1::2]], together=True))
    assert claims(home) == Counter(ids)
    assert {one.show_id for one in home.tracker().inbox.items()} == set(ids)


def test_two_that_ask_about_the_same_shows_lose_nothing(home: Home, shows: list[FakeShow]) -> None:
    whole(home, at_once(home, ["refresh"], ["refresh"], together=True))
    assert set(claims(home)) == {f"invented-show-{number}" for number in range(1, 9)}
    assert {one.show_id for one in home.tracker().inbox.items()} == set(claims(home))


def test_two_that_ask_about_the_same_shows_say_nothing_twice(home: Home, shows: list[FakeShow]) -> None:
    # The second one began before the first one had ended.
    first, second = home.tracker(), home.tracker()
    second.states.load()
    for one in (first, second):
        one.refresh(one.watchlist.current.shows).run()
    assert claims(home) == Counter(f"invented-show-{number}" for number in range(1, 9))
    assert len(home.tracker().inbox.items()) == 8


def test_an_edit_beside_a_refresh_is_not_lost(home: Home, shows: list[FakeShow]) -> None:
    edits = [["set", f"invented-show-{number}", f"rating={number}"] for number in (1, 4, 8)]
    runs = at_once(home, ["refresh"], *edits)
    whole(home, runs)
    assert [home.show(words[1]).rating for words in edits] == [1, 4, 8]
    assert claims(home) == Counter(f"invented-show-{number}" for number in range(1, 9))
