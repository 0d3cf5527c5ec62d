from __future__ import annotations

from tests.tui.helpers import SAMPLE, Make, open_app, reopen


async def test_d_asks_removes_and_u_brings_back_with_the_cursor_on_it(make_tracker: Make) -> None:
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


async def test_a_no_removes_nothing(make_tracker: Make) -> None:
    async with open_app(make_tracker(SAMPLE)) as app:
        before = app.file
        for key in ("n", "escape"):
            await app.press("d", key)
            assert app.screen is app.main
        assert app.file == before


async def test_a_removal_is_confirmed_with_the_mouse(make_tracker: Make) -> None:
    async with open_app(make_tracker(SAMPLE)) as app:
        await app.press("d")
        await app.click_text("yes")
        assert app.screen is app.main
        assert "Paper Lanterns" not in app.titles


async def test_ctrl_r_does_again_what_u_took_back(make_tracker: Make) -> None:
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


async def test_nothing_to_undo_or_redo_is_said(make_tracker: Make) -> None:
    async with open_app(make_tracker(SAMPLE)) as app:
        await app.press("u", "ctrl+r")
        assert [toast.lower() for toast in app.toasts] == ["there is nothing to undo.", "there is nothing to redo."]


async def test_undo_works_after_a_restart(make_tracker: Make) -> None:
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


async def test_an_added_show_goes_away_with_u(make_tracker: Make) -> None:
    async with open_app(make_tracker(SAMPLE)) as app:
        before = app.file
        await app.press("A", *"Velvet", "enter", "u")
        assert app.file == before
        assert len(app.titles) == 12


async def test_one_save_of_the_form_is_one_step_of_undo(make_tracker: Make) -> None:
    async with open_app(make_tracker(SAMPLE)) as app:
        before = app.file
        await app.press("e")
        await app.set_text("#field-title Input", "Paper Lamps")
        await app.set_text("#field-release Input", "2027")
        await app.press("ctrl+s", "u")
        assert app.file == before


async def test_undo_of_an_entry_that_was_edited_by_hand_since_loses_nothing(make_tracker: Make) -> None:
    async with open_app(make_tracker(SAMPLE)) as app:
        await app.press("e")
        await app.set_text("#field-original_title Input", "灯")
        await app.press("ctrl+s")
        edited = app.file.replace('original_title = "灯"', 'original_title = "別"')
        app.tracker.path.write_text(edited)
        await app.press("u")
        assert app.file == edited
        assert "“original title” is “別” in the file, “かみのあかり” in the edit" in app.toasts[-1]
