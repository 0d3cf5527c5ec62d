from __future__ import annotations

import pytest
from textual.events import Paste
from textual.widgets import Input, TextArea

from tests.tui.helpers import SAMPLE, Make, RunningApp, open_app
from tracker.tui.paste import MAX_LINE_PASTE


async def paste(app: RunningApp, text: str) -> None:
    app.app.post_message(Paste(text))
    await app.settle()


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("The series\nwill premiere\nnext year.", "The series will premiere next year."),
        ("one\r\n\r\ntwo\rthree\tfour\n", "one two three four"),
        ("밤의\n빵집", "밤의 빵집"),
        ("a\x1b[31mred\x07\u202e\nline", "a[31mred line"),
        ("\n \r\n", ""),
        ("one line, as it is ", "one line, as it is "),
    ],
)
async def test_lines_are_joined_in_one_line(make_tracker: Make, text: str, line: str) -> None:
    async with open_app(make_tracker(SAMPLE)) as app:
        await app.press("T")
        await paste(app, text)
        assert app.screen.query_one(Input).value == line


async def test_endless_line_is_cut_and_told(make_tracker: Make) -> None:
    async with open_app(make_tracker(SAMPLE)) as app:
        await app.press("T")
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
