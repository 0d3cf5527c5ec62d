from __future__ import annotations

from datetime import date

from tests.tui.helpers import NARROW, NOW, SAMPLE, Make, entry, open_app, reopen
from tracker.paths import Paths
from tracker.service import Tracker


async def test_view_comes_back_after_a_restart(make_tracker: Make) -> None:
    tracker = make_tracker(SAMPLE)
    async with open_app(tracker) as app:
        await app.press("v", "s", "v", "T", "v", "t")
        await app.select("Salt Road")
        app.app.theme = "textual-light"
        await app.press("q")
    async with open_app(reopen(tracker)) as app:
        assert app.cursor == "Salt Road"
        assert app.state == "by status · sorted by title"
        assert any("かみのあかり" in row for row in app.rows)
        assert app.app.theme == "textual-light"


async def test_pane_comes_back_after_a_restart(make_tracker: Make) -> None:
    tracker = make_tracker(SAMPLE)
    async with open_app(tracker, NARROW) as app:
        await app.press("tab", "tab", "ctrl+q")
    async with open_app(reopen(tracker), NARROW) as app:
        assert app.is_seen("#cast")
        assert app.focus == "shows"


async def test_cursor_of_a_show_that_is_gone(make_tracker: Make) -> None:
    tracker = make_tracker(SAMPLE)
    async with open_app(tracker) as app:
        await app.select("Salt Road")
        await app.press("q")
    async with open_app(make_tracker(entry("Other"))) as app:
        assert app.cursor == "Other"


async def test_as_of_leaves_no_view_behind(make_tracker: Make) -> None:
    tracker = make_tracker(SAMPLE)
    past = Tracker(Paths(tracker.path), as_of=date(2026, 2, 1), now=lambda: NOW)
    async with open_app(past) as app:
        await app.press("end", "v", "s", "q")
    async with open_app(tracker) as app:
        assert app.cursor == "Paper Lanterns"
        assert app.state == ""
