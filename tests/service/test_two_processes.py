"""Two runs of the program that ask at the same time: one pace, one list, one memory."""

from __future__ import annotations

import subprocess
import sys
from collections import Counter
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from threading import Event

import pytest

from tests.fake_sources import FakeShow, faults
from tests.service.conftest import Home, Ran, entry, said
from tracker.sources.http.client import RESERVED
from tracker.sources.tvmaze import RATE_LIMIT

IDS = [f"invented-show-{number}" for number in range(1, 9)]
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
    """Run commands in processes of their own; with `together`, none gets an answer before all have asked."""
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


def check_list(home: Home, runs: Sequence[Ran]) -> None:
    """Assert that no run fell over, and that the list is whole."""
    assert [(run.code, "Traceback" in run.err) for run in runs] == [(0, False)] * len(runs)
    assert home.tracker().watchlist.check() == ()
    assert len(home.tracker().watchlist.current.shows) == 8


def test_rate_limit_is_shared(home: Home) -> None:
    home.ask("tvmaze")
    home.fake_sources.max_age["tvmaze"] = None
    home.write(*(entry(show.title, f"ids = {{ tvmaze = {show.tvmaze} }}") for show in home.fake_sources.add_many(30)))
    runs = at_once(home, ["refresh"], ["refresh"])
    assert home.fake_sources.count("tvmaze") == RATE_LIMIT.requests - RESERVED
    assert all("Traceback" not in run.err for run in runs)
    assert home.tracker().watchlist.check() == ()


def test_two_refreshes(home: Home, shows: list[FakeShow]) -> None:
    # Of six of the eight shows both read the answer.
    check_list(home, at_once(home, ["refresh", *IDS[:7]], ["refresh", *IDS[1:]], together=True))
    assert claims(home) == Counter(IDS)
    assert Counter(item.show_id for item in home.tracker().inbox.items() if item.grade == "loud") == Counter(IDS)


def test_two_refreshes_in_turn(home: Home, shows: list[FakeShow]) -> None:
    # The second one began before the first one had ended.
    first, second = home.tracker(), home.tracker()
    second.states.load()
    for tracker in (first, second):
        tracker.refresh(tracker.watchlist.current.shows).run()
    assert claims(home) == Counter(IDS)
    assert Counter(item.grade for item in home.tracker().inbox.items()) == {"loud": 8, "quiet": 8}


def test_edits_during_a_refresh(home: Home, shows: list[FakeShow]) -> None:
    edits = [["set", show_id, f"rating={number}"] for number, show_id in enumerate(IDS[:2])]
    check_list(home, at_once(home, ["refresh"], *edits))
    assert [home.show(show_id).rating for show_id in IDS[:2]] == [0, 1]
    assert claims(home) == Counter(IDS)


def test_reminders_are_told_by_one(home: Home) -> None:
    home.ask("tvmaze", remind=["0d"])
    today = datetime.fromtimestamp(home.clock()).date()  # noqa: DTZ006 - the program's clock is local time
    home.write(*(entry(f"Show {number}", f"release = {today}") for number in range(8)))
    runs = at_once(home, ["remind"], ["remind"], ["remind"])
    assert [(run.code, run.err) for run in runs] == [(0, "")] * 3
    assert sorted(len(run.out.splitlines()) for run in runs) == [0, 0, 8]
    assert len(home.tracker().inbox.items()) == 8
