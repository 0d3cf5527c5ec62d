from __future__ import annotations

from collections.abc import Awaitable, Callable

from textual.pilot import Pilot
from textual.widgets import Input

from tests.fake_sources.shows import LUMEN, Part
from tests.tui.helpers import NARROW, SAMPLE, USUAL, WIDE, RunningApp
from tests.tui.online import Home, ask, choose, find, linked, ready
from tracker.tui.app import TrackerApp

Compare = Callable[..., bool]
KNOWN = linked(
    SAMPLE,
    paper_lanterns='tvmaze = 101, tmdb = "tv/201", wikidata = "Q990000101"', harbour_nine="tvmaze = 102",
    slow_tram="tvmaze = 103", copper_moon="tvmaze = 110",
)  # fmt: skip


def app_on(home: Home) -> TrackerApp:
    home.set("tvmaze", "tmdb", "wikidata", region="JP")
    home.write(KNOWN)
    app = TrackerApp(home.make(), look_every=0)
    app.animation_level = "none"
    return app


async def open_box(app: RunningApp, key: str) -> None:
    """Open a box over a list on which no message stands."""
    app.app.clear_notifications()
    await app.settle()
    await app.press(key)


def scene(play: Callable[[RunningApp], Awaitable[None]]) -> Callable[[Pilot[int]], Awaitable[None]]:
    """Return what plays a scene, and leaves the screen at rest without messages or a cursor that blinks."""

    async def run(pilot: Pilot[int]) -> None:
        assert isinstance(pilot.app, TrackerApp)
        app = RunningApp(pilot.app, pilot)
        await ready(app)
        await play(app)
        app.app.clear_notifications()
        for field in app.screen.query(Input):
            field.cursor_blink = False
        await app.settle()

    return run


def test_search(snap_compare: Compare, home: Home) -> None:
    async def play(app: RunningApp) -> None:
        await find(app, "Paper Lanterns")

    assert snap_compare(app_on(home), terminal_size=NARROW, run_before=scene(play))


def test_inbox(snap_compare: Compare, home: Home) -> None:
    async def play(app: RunningApp) -> None:
        await ask(app, "R")
        home.later(days=4)
        home.fake_sources.change("tvmaze", 103, premiered="2027-03-05")
        home.fake_sources.change("tvmaze", 110, network=None, web=LUMEN, stage="ended")
        home.fake_sources.change("tvmaze", 102, word="Paused")
        await ask(app, "R")
        home.later(hours=3)
        await open_box(app, "i")

    assert snap_compare(app_on(home), terminal_size=WIDE, run_before=scene(play))


def test_source_rows(snap_compare: Compare, home: Home) -> None:
    async def play(app: RunningApp) -> None:
        home.fake_sources.change("tvmaze", 101, premiered="2027-03-05")
        home.fake_sources.change("wikidata", "Q990000101", premiered="2026")
        await ask(app, "r")

    assert snap_compare(app_on(home), terminal_size=WIDE, run_before=scene(play))


def test_proposals(snap_compare: Compare, home: Home) -> None:
    async def play(app: RunningApp) -> None:
        home.fake_sources.change("tvmaze", 101, premiered="2027-03-05", cast=(Part("Jo Vane", "The ferryman"),))
        await ask(app, "r")
        await open_box(app, "p")
        await choose(app, "cast")

    assert snap_compare(app_on(home), terminal_size=USUAL, run_before=scene(play))
