from __future__ import annotations

from collections.abc import Awaitable, Callable

import pytest
from textual.pilot import Pilot

from tests.tui.helpers import Make, RunningApp
from tests.tui.test_snapshots import Compare, heard
from tests.tui.views.helpers import SHELVED
from tracker.tui.app import TrackerApp


def sizes(*known: tuple[int, int]) -> pytest.MarkDecorator:
    return pytest.mark.parametrize("size", known, ids=[f"{width}x{height}" for width, height in known])


def app_on(make_tracker: Make) -> TrackerApp:
    app = TrackerApp(make_tracker(SHELVED), look_every=0)
    app.animation_level = "none"
    return app


def after(*keys: str) -> Callable[[Pilot[int]], Awaitable[None]]:
    """Press keys, each when all that the one before did is done."""

    async def press(pilot: Pilot[int]) -> None:
        await heard(pilot)
        assert isinstance(pilot.app, TrackerApp)
        await RunningApp(pilot.app, pilot).press(*keys)

    return press


@sizes((120, 40))
def test_agenda(snap_compare: Compare, make_tracker: Make, size: tuple[int, int]) -> None:
    assert snap_compare(app_on(make_tracker), terminal_size=size, run_before=after("2"))


@sizes((80, 24), (120, 40))
def test_month(snap_compare: Compare, make_tracker: Make, size: tuple[int, int]) -> None:
    assert snap_compare(app_on(make_tracker), terminal_size=size, run_before=after("3", "0"))


@sizes((80, 24))
def test_year(snap_compare: Compare, make_tracker: Make, size: tuple[int, int]) -> None:
    assert snap_compare(app_on(make_tracker), terminal_size=size, run_before=after("3", "0", "minus"))


@sizes((80, 24), (120, 40))
def test_timeline(snap_compare: Compare, make_tracker: Make, size: tuple[int, int]) -> None:
    assert snap_compare(app_on(make_tracker), terminal_size=size, run_before=after("4"))


@sizes((80, 24))
def test_slips(snap_compare: Compare, make_tracker: Make, size: tuple[int, int]) -> None:
    assert snap_compare(app_on(make_tracker), terminal_size=size, run_before=after("5"))
