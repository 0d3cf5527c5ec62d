from __future__ import annotations

from collections.abc import Awaitable, Callable

import pytest
from textual.pilot import Pilot

from tests.tui.helpers import NARROW, SAMPLE, WIDE, Make
from tracker.tui.app import TrackerApp
from tracker.tui.main.screen import MainScreen

Compare = Callable[..., bool]


def app_on(make_tracker: Make) -> TrackerApp:
    app = TrackerApp(make_tracker(SAMPLE), look_every=0)
    app.animation_level = "none"
    return app


async def heard(pilot: Pilot[int]) -> None:
    """Wait until it is read what services said: the status pane is whole then."""
    main = pilot.app.screen
    assert isinstance(main, MainScreen)
    while not main.loader.has_source_states:
        await pilot.pause()
    await pilot.pause()


def theme(name: str) -> Callable[[Pilot[int]], Awaitable[None]]:
    async def choose(pilot: Pilot[int]) -> None:
        await heard(pilot)
        pilot.app.theme = name
        await pilot.pause()

    return choose


def test_wide(snap_compare: Compare, make_tracker: Make) -> None:
    assert snap_compare(app_on(make_tracker), terminal_size=WIDE, run_before=heard)


def test_narrow(snap_compare: Compare, make_tracker: Make) -> None:
    assert snap_compare(app_on(make_tracker), terminal_size=NARROW, press=["tab", "tab"], run_before=heard)


def test_status_form(snap_compare: Compare, make_tracker: Make) -> None:
    assert snap_compare(app_on(make_tracker), terminal_size=NARROW, press=["s"], run_before=heard)


def test_light_theme(snap_compare: Compare, make_tracker: Make) -> None:
    assert snap_compare(app_on(make_tracker), terminal_size=WIDE, run_before=theme("textual-light"))


def test_ascii_signs(snap_compare: Compare, make_tracker: Make, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TRACKER_ASCII", "1")
    assert snap_compare(app_on(make_tracker), terminal_size=WIDE, run_before=heard)
