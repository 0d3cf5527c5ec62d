from __future__ import annotations

import pytest
from textual.events import Paste
from textual.widgets import Input, TextArea

from tests.tui.helpers import SAMPLE, Make, RunningApp, open_app
from tracker.tui.paste import MAX_LINE_PASTE


async def paste(app: RunningApp, text: str) -> None:
    app.app.post_message(Paste(text))
    await app.settle()


async def test_lines_are_joined_in_one_line(make_tracker: Make) -> None:
    async with open_app(make_tracker(SAMPLE)) as app:
        await app.press("T")
        for text, line in (
            ("The series\nwill premiere\nnext year.", "The series will premiere next year."),
            ("one\r\n\r\ntwo\rthree\tfour\n", "one two three four"),
            ("밤의\n빵집", "밤의 빵집"),
            ("a\x1b[31mred\x07\u202e\nline", "a[31mred line"),
            ("\n \r\n", ""),
            ("one line, as it is ", "one line, as it is "),
        ):
            await app.set_text("Input", "")
            await paste(app, text)
            assert app.screen.query_one(Input).value == line
        await app.set_text("Input", "")
        await paste(app, "x" * 1_000_000)
        assert len(app.screen.query_one(Input).value) == MAX_LINE_PASTE
        assert "1,000,000" in app.toasts[-1]


async def test_lines_stay_in_a_box_of_lines(make_tracker: Make) -> None:
    async with open_app(make_tracker(SAMPLE)) as app:
        await app.press("e")
        box = app.screen.query_one("#field-synopsis TextArea", TextArea)
        box.focus()
        await app.settle()
        box.clear()
        await paste(app, "one\r\ntwo\rthree\x1b\n")
        assert box.text == "one\ntwo\nthree\n"


LINES = "- Velvet Pier\n\n- salt road\n- Paper Gate\r\n- velvet pier\n"


@pytest.mark.parametrize("keys", [(), ("A",)], ids=["list", "form"])
async def test_lines_become_shows_in_one_edit(make_tracker: Make, keys: tuple[str, ...]) -> None:
    async with open_app(make_tracker(SAMPLE)) as app:
        before = app.file
        await app.press(*keys)
        await paste(app, LINES)
        assert app.options("#titles") == [
            "+ Velvet Pier",
            "  salt road  already on your list: Salt Road",
            "+ Paper Gate",
            "  velvet pier  pasted twice",
        ]
        assert app.text("#titles-summary") == "2 shows to add · 2 skipped"
        assert app.file == before
        await app.burst("enter", "enter")
        assert [show.title for show in app.tracker.watchlist.current.shows[12:]] == ["Velvet Pier", "Paper Gate"]
        assert app.toasts == ["2 shows added"]
        if app.screen is app.main:
            await app.press("u")
            assert app.file == before


async def test_lines_are_left_out_and_taken_by_space(make_tracker: Make) -> None:
    async with open_app(make_tracker(SAMPLE)) as app:
        before = app.file
        await paste(app, LINES)
        await app.press("escape")
        await paste(app, "Salt Road\nSlow Tram")
        await app.press("enter")
        await paste(app, "x" * 600 + "\n" + "y" * 600)
        assert app.text("#titles-summary") == "0 shows to add · 2 lines too long for a title"
        await app.press("enter", "escape")
        await paste(app, " \n\n")
        assert app.screen is app.main
        assert app.file == before
        await paste(app, LINES)
        await app.press("space", "space", "enter")
        assert [show.title for show in app.tracker.watchlist.current.shows[12:]] == ["salt road", "Paper Gate"]


async def test_many_lines(make_tracker: Make) -> None:
    async with open_app(make_tracker(SAMPLE)) as app:
        await paste(app, "".join(f"{n}. Pier {n}\n" for n in range(5_000)))
        assert app.text("#titles-summary") == "2,000 shows to add · 3,000 more lines: paste them next"
        await app.press("enter")
        assert len(app.tracker.watchlist.current.shows) == 2_012
        await app.press("u")
        assert app.file == SAMPLE


async def test_one_line_opens_the_form_or_the_clipper(make_tracker: Make) -> None:
    async with open_app(make_tracker(SAMPLE)) as app:
        await paste(app, "https://kestrel.example/salt\n")
        assert app.screen.query_one("#clip-place", Input).value == "https://kestrel.example/salt"
        await app.press("escape", "escape")
        assert app.screen is app.main
        await paste(app, "  Velvet\x1b Pier \r\n")
        assert app.screen.query_one("#field-title Input", Input).value == "Velvet Pier"
        await app.press("enter")
        assert app.cursor == "Velvet Pier"
        await app.press("A", "x")
        await paste(app, "Velvet\nPier")
        assert app.screen.query_one("#field-title Input", Input).value == "xVelvet Pier"
