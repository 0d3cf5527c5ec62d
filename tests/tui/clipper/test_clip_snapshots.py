from __future__ import annotations

from collections.abc import Awaitable, Callable

import pytest
from textual.pilot import Pilot

from tests.model import drafts
from tests.tui.clipper.helpers import clip, go
from tests.tui.helpers import SAMPLE, WIDE, Make, RunningApp
from tests.tui.test_snapshots import Compare, heard
from tracker.service import clipper
from tracker.tui.app import TrackerApp


def clipped(row: str) -> Callable[[Pilot[int]], Awaitable[None]]:
    """Clip the article and stand on a row."""

    async def read(pilot: Pilot[int]) -> None:
        await heard(pilot)
        assert isinstance(pilot.app, TrackerApp)
        app = RunningApp(pilot.app, pilot)
        await clip(app)
        await go(app, "Ren")
        await app.press("space")
        await go(app, row)

    return read


def test_clip(snap_compare: Compare, make_tracker: Make, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clipper, "extract", drafts.read_more)
    app = TrackerApp(make_tracker(SAMPLE), look_every=0)
    app.animation_level = "none"
    assert snap_compare(app, terminal_size=WIDE, run_before=clipped("release"))
