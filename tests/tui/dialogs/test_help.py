from __future__ import annotations

import asyncio

from textual.widgets import Input

from tests.tui.helpers import NARROW, SAMPLE, TODAY, Make, RunningApp, open_app
from tracker.guides.library import TOPICS
from tracker.model.window_parser import parse_window
from tracker.tui.dialogs.guide import GuideDialog
from tracker.tui.dialogs.help import DATE_EXAMPLES, HelpDialog
from tracker.tui.widgets.choice_list import ChoiceList
from tracker.tui.widgets.scroll_page import ScrollPage


def lines_of(app: RunningApp) -> list[str]:
    return [str(option.prompt).strip() for option in app.screen.query_one(ChoiceList).options]


def test_dates_of_the_help_can_be_read() -> None:
    dates = [text for line in DATE_EXAMPLES for text in line.split("   ")]
    assert [text for text in dates if not parse_window(text, TODAY).label] == []


async def test_help_is_searched(make_tracker: Make) -> None:
    async with open_app(make_tracker(SAMPLE), NARROW) as app:
        await app.press("question_mark", "slash", *"remove a tag")
        assert "Add or remove a tag" in app.seen
        assert "Record a status" not in app.seen
        await app.press("enter", "k", "slash", *"zebra")
        assert app.screen.query_one(Input).value == "zebra"
        assert "0 found" in app.seen
        await app.press("escape")
        assert isinstance(app.screen, HelpDialog)
        assert "Record a status" in app.seen
        await app.press("slash", *"quit", "down", "q")
        assert not app.screen.query("LineSearch")


async def test_help_searches_all_guides_and_opens_them_there(make_tracker: Make) -> None:
    async with open_app(make_tracker(SAMPLE), NARROW) as app:
        await app.press("question_mark", "slash", *"vdirsyncer")
        assert [line.split()[0] for line in lines_of(app)] == ["In", "calendar"]
        await app.press("enter", "enter")
        assert type(app.screen) is GuideDialog
        assert "vdirsyncer" in app.seen
        assert app.screen.query_one(ScrollPage).scroll_y > 0
        await app.press("escape")
        assert "found" in app.seen


async def test_help_lists_the_guides_and_opens_them(make_tracker: Make) -> None:
    async with open_app(make_tracker(SAMPLE), NARROW) as app:
        await app.press("question_mark")
        assert [line.split()[0] for line in lines_of(app)[1 : 1 + len(TOPICS)]] == list(TOPICS)
        await app.press("j", "enter")
        assert "History: record what was said" in app.seen
        await app.press("question_mark", "enter", "escape", "escape")
        assert app.screen is app.main


async def test_every_line_of_help_leads_to_a_guide(make_tracker: Make) -> None:
    async with open_app(make_tracker(SAMPLE), NARROW) as app:
        await app.press("question_mark")
        assert isinstance(app.screen, HelpDialog)
        lines = [line for line in app.screen.values if line.heading]
        assert [line.text.plain for line in lines if line.topic not in TOPICS] == []
        await app.press("slash", *"retry a failed save", "enter", "enter")
        assert "Retry a failed save" in app.seen


async def test_guide_is_searched(make_tracker: Make) -> None:
    async with open_app(make_tracker(SAMPLE), NARROW) as app:
        app.app.push_screen(GuideDialog("dates"))
        await app.press("slash", *"second half")
        assert "second half of 2026" in app.seen
        assert "summer 2026" not in app.seen
        await app.press("escape")
        assert "Write a date" in app.seen


async def test_search_that_ends_while_another_guide_is_opened(make_tracker: Make) -> None:
    async with open_app(make_tracker(SAMPLE), NARROW) as app:
        guide = GuideDialog("dates")
        app.app.push_screen(guide)
        await app.settle()
        opening = asyncio.create_task(guide.action_open_guide("sync"))
        await asyncio.sleep(0)
        assert guide.narrow(["zebra"]) == 0
        await opening
        assert guide.narrow(["folder"]) > 0


async def test_guide_leads_to_others(make_tracker: Make) -> None:
    async with open_app(make_tracker(SAMPLE), NARROW) as app:
        app.app.push_screen(GuideDialog("dates"))
        await app.press("G")
        line = next(y for y, text in enumerate(app.screen_lines) if "See also" in text)
        await app.pilot.click(offset=(app.screen_lines[line].index("history") + 1, line))
        await app.settle()
        assert "History: record what was said" in app.seen
        await app.press("tab", "tab")
        assert "Filters: find shows" in app.seen
        await app.press("shift+tab", "escape")
        assert app.screen is app.main


async def test_help_goes_from_heading_to_heading(make_tracker: Make) -> None:
    async with open_app(make_tracker(SAMPLE), NARROW) as app:
        await app.press("question_mark", "}")
        choices = app.screen.query_one(ChoiceList)
        assert "Record a status" in lines_of(app)[choices.highlighted or 0]
        await app.press("{")
        assert "start" in lines_of(app)[choices.highlighted or 0]


async def test_help_over_a_dialog_begins_with_its_keys(make_tracker: Make) -> None:
    async with open_app(make_tracker(SAMPLE), NARROW) as app:
        await app.press("5", "question_mark")
        assert lines_of(app)[0] == "Here"
        await app.press("question_mark", "question_mark", "escape", "escape", "question_mark")
        assert "Here" not in lines_of(app)


async def test_help_wraps_below_where_a_line_began(make_tracker: Make) -> None:
    async with open_app(make_tracker(SAMPLE), (40, 12)) as app:
        await app.press("question_mark")
        lines = [line.strip(" │▌") for line in app.screen_lines]
        [first] = [number for number, line in enumerate(lines) if line.startswith("start  ")]
        assert app.screen_lines[first + 1].index(lines[first + 1]) == app.screen_lines[first].index("five")
