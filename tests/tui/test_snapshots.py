from __future__ import annotations

from collections.abc import Awaitable, Callable

import pytest
from textual.pilot import Pilot

from tracker.tui.app import TrackerApp

from .helpers import NARROW, SAMPLE, WIDE, Make

Compare = Callable[..., bool]


def app_on(make_tracker: Make) -> TrackerApp:
    app = TrackerApp(make_tracker(SAMPLE))
    app.animation_level = "none"
    return app


def theme(name: str) -> Callable[[Pilot[int]], Awaitable[None]]:
    async def choose(pilot: Pilot[int]) -> None:
        pilot.app.theme = name
        await pilot.pause()

    return choose


def test_wide(snap_compare: Compare, make_tracker: Make) -> None:
    assert snap_compare(app_on(make_tracker), terminal_size=WIDE)


def test_narrow(snap_compare: Compare, make_tracker: Make) -> None:
    assert snap_compare(app_on(make_tracker), terminal_size=NARROW, press=["tab", "tab"])


def test_status_form(snap_compare: Compare, make_tracker: Make) -> None:
    assert snap_compare(app_on(make_tracker), terminal_size=NARROW, press=["s"])


def test_light_theme(snap_compare: Compare, make_tracker: Make) -> None:
    assert snap_compare(app_on(make_tracker), terminal_size=WIDE, run_before=theme("textual-light"))


def test_ascii_signs(snap_compare: Compare, make_tracker: Make, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TRACKER_ASCII", "1")
    assert snap_compare(app_on(make_tracker), terminal_size=WIDE)
