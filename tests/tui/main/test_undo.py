from __future__ import annotations

from tests.tui.helpers import SAMPLE, Make, open_app, reopen


async def test_remove_asks_and_undo_brings_back(make_tracker: Make) -> None:
    async with open_app(make_tracker(SAMPLE)) as app:
        before = app.file
        await app.select("Salt Road")
        await app.press("d")
        assert "Remove Salt Road?" in app.seen
        assert app.file == before
        await app.press("y")
        assert "Salt Road" not in app.titles
        assert "Salt Road" not in app.file
        assert app.toasts == ["Salt Road removed"]
        assert app.cursor == "Ninth Tide"
        await app.press("home", "u")
        assert app.file == before
        assert app.cursor == "Salt Road"


async def test_redo_repeats_what_was_undone(make_tracker: Make) -> None:
    async with open_app(make_tracker(SAMPLE)) as app:
        first = app.file
        await app.select("Salt Road")
        await app.press("right_square_bracket")
        second = app.file
        await app.press("right_square_bracket")
        third = app.file
        await app.press("u", "u")
        assert app.file == first
        assert app.cursor == "Salt Road"
        await app.press("ctrl+r")
        assert app.file == second
        await app.press("ctrl+r")
        assert app.file == third
        assert "scheduled" in app.pane("status")


async def test_undo_of_nothing(make_tracker: Make) -> None:
    async with open_app(make_tracker(SAMPLE)) as app:
        await app.press("u", "ctrl+r")
        assert app.toasts == ["Nothing to undo.", "Nothing to redo."]


async def test_undo_after_a_restart(make_tracker: Make) -> None:
    tracker = make_tracker(SAMPLE)
    before = tracker.path.read_text()
    async with open_app(tracker) as app:
        await app.press("d", "y", "q")
    async with open_app(reopen(tracker)) as app:
        await app.press("u")
        assert app.file == before
        assert app.cursor == "Paper Lanterns"
    async with open_app(reopen(tracker)) as app:
        await app.press("ctrl+r")
        assert "Paper Lanterns" not in app.titles
