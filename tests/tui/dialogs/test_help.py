from __future__ import annotations

from textual.widgets import Input

from tests.tui.helpers import NARROW, SAMPLE, Make, open_app
from tracker.tui.dialogs.help import HelpDialog
from tracker.tui.widgets.scroll_page import ScrollPage


async def test_help_is_searched(make_tracker: Make) -> None:
    async with open_app(make_tracker(SAMPLE), NARROW) as app:
        await app.press("question_mark", "slash", *"tag")
        assert "Add or remove a tag" in app.seen
        assert "Record a status" not in app.seen
        assert "3 found" in app.seen
        await app.press("enter", "k", "slash", *"zebra")
        assert app.screen.query_one(Input).value == "zebra"
        assert "0 found" in app.seen
        await app.press("escape")
        assert isinstance(app.screen, HelpDialog)
        assert "Record a status" in app.seen
        await app.press("slash", *"quit", "down", "q")
        assert not app.screen.query("LineSearch")


async def test_help_goes_from_heading_to_heading(make_tracker: Make) -> None:
    async with open_app(make_tracker(SAMPLE), NARROW) as app:
        await app.press("question_mark")
        page = app.screen.query_one(ScrollPage)
        await app.press("}", "}")
        assert page.scroll_y == page.children[2].virtual_region.y > 0
        await app.press("{", "{")
        assert page.scroll_y == 0


async def test_help_over_a_dialog_begins_with_its_keys(make_tracker: Make) -> None:
    async with open_app(make_tracker(SAMPLE), NARROW) as app:
        await app.press("5", "question_mark")
        assert "Here" in app.seen
        assert "figures or shows" in app.seen
        await app.press("question_mark", "question_mark", "escape", "escape", "question_mark")
        assert "Here" not in app.seen


async def test_help_wraps_below_where_a_line_began(make_tracker: Make) -> None:
    async with open_app(make_tracker(SAMPLE), (40, 12)) as app:
        await app.press("question_mark")
        lines = [line.strip(" │") for line in app.screen_lines]
        [first] = [number for number, line in enumerate(lines) if line.startswith("n  ")]
        assert app.screen_lines[first + 1].index(lines[first + 1]) == app.screen_lines[first].index("Add")
