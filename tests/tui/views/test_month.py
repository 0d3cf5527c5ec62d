from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st
from textual.app import App
from textual.events import MouseScrollDown, MouseScrollUp
from textual.geometry import Size

from tests.tui.helpers import SAMPLE, TODAY, WIDE, Make, RunningApp, entry, open_app
from tests.tui.online import in_zone, ready
from tests.tui.views.helpers import LINKED, SHELVED, calendar, caption, day, item, lit, say, turn_to, weekdays
from tracker.model.dates import month_end
from tracker.model.episode import Episode
from tracker.model.show import Show
from tracker.model.status import Status
from tracker.model.window_parser import parse_window
from tracker.reports.month import build_month, build_year
from tracker.text import cells
from tracker.tui.theme import ASCII, UNICODE, Glyphs
from tracker.tui.views.month import MonthView
from tracker.tui.views.month_page import MonthPainter
from tracker.tui.views.page import Cursor
from tracker.tui.views.year_page import YearPainter
from tracker.tui.widgets.theme_styles import _BACKGROUNDS, _COLOURS, ThemeStyles

CROWD = "".join(entry(f"Show {number}", "scheduled", "2026-11-24") for number in range(9))
EDGES = (
    entry("Dawn", "announced", "0001-01-01") + entry("First month", "announced", "0001-01")
    + entry("Dusk", "announced", "9999-12-31") + entry("Last month", "announced", "9999-12")
    + entry("Ages", "announced", "0001/9999")
)  # fmt: skip


def shelf(app: RunningApp) -> list[str]:
    """Return the lines beside the grid."""
    view = calendar(app)
    wide = max(3, (view.size.width - max(20, min(44, view.size.width // 4)) - 1) // 7)
    return [" ".join(line) for y in range(view.size.height) if (line := view.render_line(y).text[7 * wide :].split())]


async def test_month_shows_days_and_shelves(make_tracker: Make) -> None:
    async with open_app(make_tracker(SHELVED), (200, 50)) as app:
        await app.press("3", "0")
        assert "November 2026" in app.screen_lines[1]
        assert weekdays(app) == ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"]
        first = app.screen_lines[3]
        assert first.replace("─", "").replace("│", "").split()[:7] == ["26", "27", "28", "29", "30", "31", "1"]
        week = next(n for n, line in enumerate(app.screen_lines) if " 23 ──" in line)
        width = app.screen_lines[week].index(" 24 ") - app.screen_lines[week].index(" 23 ")
        below = app.screen_lines[week + 1]
        assert "Harbour Nine" in below[:width]
        assert "Slow Tram" in below[4 * width : 5 * width]
        assert shelf(app) == [
            "NOVEMBER, DAY UNKNOWN (1)", "◑ Velvet Stair Nov 2026", "POSSIBLE IN NOVEMBER (1)", "◑ Tin Harbour Q4 2026",
        ]  # fmt: skip
        for gone in ("Blue Hour", "Rain Ledger", "Quiet Signal", "Copper Moon"):
            assert gone not in app.seen
        await app.press("pagedown")
        assert "December 2026" in app.screen_lines[1]
        assert shelf(app) == [
            "DECEMBER, DAY UNKNOWN (1)", "◑ Night Bakery Dec 2026", "POSSIBLE IN DECEMBER (1)", "◑ Tin Harbour Q4 2026",
        ]  # fmt: skip
        await app.press("pageup", "pageup")
        assert "Copper Moon" in app.seen
        await app.press(*["shift+tab"] * 3)
        assert item(app) == "Copper Moon"


async def test_month_arrows_go_by_days_and_weeks(make_tracker: Make) -> None:
    async with open_app(make_tracker(SAMPLE)) as app:
        await app.press("3", "0")
        assert (day(app), item(app)) == ("2026-11-23", "Harbour Nine")
        assert "Harbour" in lit(app)
        for key, where, title in (
            ("right", "2026-11-24", ""), ("l", "2026-11-25", ""), ("left", "2026-11-24", ""),
            ("h", "2026-11-23", "Harbour Nine"), ("down", "2026-11-30", "Glass Orchard"), ("right", "2026-12-01", ""),
            ("up", "2026-11-24", ""), ("up", "2026-11-17", ""), ("0", "2026-11-23", "Harbour Nine"),
            ("pagedown", "2026-12-23", ""), ("pagedown", "2027-01-23", ""), ("pageup", "2026-12-23", ""),
            ("0", "2026-11-23", "Harbour Nine"),
        ):  # fmt: skip
            await app.press(key)
            assert (day(app), item(app)) == (where, title)
            assert title in caption(app)[0] if title else caption(app)[0].startswith("Nothing on ")
            if title:
                assert app.cursor == title


async def test_month_opens_on_this_month(make_tracker: Make) -> None:
    """Whatever is selected: it stays so, and the same key goes to it."""
    async with open_app(make_tracker(SHELVED)) as app:
        for title, where in (
            ("Paper Lanterns", "2026-05-14"), ("Salt Road", "2027-07-01"), ("Slow Tram", "2026-11-27"),
            ("Quiet Signal", "2026-11-23"), ("Tin Harbour", "2026-11-23"),
        ):  # fmt: skip
            await app.press("1")
            await app.select(title)
            await app.press("3")
            assert "November 2026" in app.screen_lines[1]
            assert day(app)[:7] == "2026-11"
            assert item(app) == title
            assert ("not on this page" in caption(app)[0]) is (where[:7] != "2026-11")
            await app.press("3")
            assert (day(app), item(app)) == (where, title)
            await app.press("1")
            assert app.cursor == title
        await app.press("3", "pagedown", "2", "3")
        assert day(app) == "2026-11-23"


async def test_month_turns_to_the_same_day(make_tracker: Make) -> None:
    async with open_app(make_tracker(SAMPLE)) as app:
        await app.press("3")
        for begin, key, there in (
            ("2026-01-31", "pagedown", "2026-02-28"), ("2028-01-31", "pagedown", "2028-02-29"),
            ("2026-12-31", "pagedown", "2027-01-31"), ("2026-01-31", "pageup", "2025-12-31"),
            ("2026-03-31", "pageup", "2026-02-28"), ("2026-10-31", "pagedown", "2026-11-30"),
            ("2026-12-31", "right", "2027-01-01"), ("2026-01-01", "left", "2025-12-31"),
            ("2026-01-03", "up", "2025-12-27"),
        ):  # fmt: skip
            turn_to(app, begin)
            await app.press(key)
            assert day(app) == there
            assert str(date.fromisoformat(there).year) in app.screen_lines[1]
        await app.press("minus")
        for begin, key, there in (
            ("2028-02-29", "pagedown", "2029-02-28"), ("2028-02-29", "pageup", "2027-02-28"),
            ("2026-12-05", "down", "2027-01-05"), ("2026-01-05", "up", "2025-12-05"),
            ("2026-03-31", "up", "2026-02-28"), ("2026-12-31", "right", "2027-01-01"),
        ):  # fmt: skip
            turn_to(app, begin)
            await app.press(key)
            assert day(app) == there
            assert app.screen_lines[1].startswith(f" {there[:4]}")
        await app.press("home")
        assert day(app) == "2027-01-01"
        await app.press("end")
        assert day(app) == "2027-12-31"
        assert app.state == "year"


async def test_month_turns_with_the_wheel(make_tracker: Make) -> None:
    async with open_app(make_tracker(SAMPLE)) as app:
        await app.press("3", "0")
        for wheel, there in ((MouseScrollDown, "2026-12-23"), (MouseScrollUp, "2026-11-23")):
            await app.pilot._post_mouse_events([wheel], "#month")
            await app.settle()
            assert day(app) == there


async def test_month_goes_from_show_to_show(make_tracker: Make) -> None:
    async with open_app(make_tracker(SHELVED)) as app:
        await app.press("3", "0")
        titles = ["Harbour Nine", "Slow Tram", "Glass Orchard", "Velvet Stair", "Tin Harbour"]
        for before, after in zip(("tab", "}", "tab", "tab", "tab"), (*titles[1:], titles[-1]), strict=True):
            await app.press(before)
            assert item(app) == app.cursor == after
            assert after.split()[0] in lit(app)
            assert after in caption(app)[0]
        for key, title in zip(("shift+tab", "{", "shift+tab", "{", "{"), (*titles[-2::-1], titles[0]), strict=True):
            await app.press(key)
            assert item(app) == title
        assert day(app) == "2026-11-23"
        await app.press("right", "tab")
        assert item(app) == "Slow Tram"
        await app.press("right", "shift+tab")
        assert (item(app), day(app)) == ("Slow Tram", "2026-11-27")


async def test_month_day_without_shows_has_no_edits(make_tracker: Make) -> None:
    async with open_app(make_tracker(SAMPLE)) as app:
        await app.press("3", "0", "left")
        before = app.file
        assert caption(app)[0] == "Nothing on Sun 22 Nov 2026."
        for key in ("s", "n", "]", "[", "e", "d", "T", "r", "L", "p", "y", "space", "enter"):
            await app.press(key)
            assert app.screen is app.main
            assert app.state == "month"
        assert app.file == before
        assert app.main.marked == frozenset()
        assert app.app.clipboard == ""
        await app.press("right", "]")
        assert app.toasts == ["Harbour Nine is airing"]
        await app.press("left", "u")
        assert app.file == before
        await app.press("left", "4")
        assert item(app) == "Harbour Nine"


async def test_month_click_selects(make_tracker: Make) -> None:
    async with open_app(make_tracker(SHELVED), WIDE) as app:
        await app.press("3", "0")
        await app.click_text(" 25 ──")
        assert (day(app), item(app)) == ("2026-11-25", "")
        await app.click_text("◆ Slow")
        assert (day(app), item(app)) == ("2026-11-27", "Slow Tram")
        await app.click_text(" 23 ──", at=4)
        assert (day(app), item(app)) == ("2026-11-23", "Harbour Nine")
        await app.click_text("Tin Harbour")
        assert item(app) == "Tin Harbour"
        assert "Tin Harbour" in caption(app)[0]
        await app.click_text("DAY UNKNOWN")
        await app.click_text("Tue")
        assert item(app) == "Tin Harbour"
        await app.click_text(" 31 ──")
        assert "October 2026" in app.screen_lines[1]
        assert (day(app), item(app)) == ("2026-10-31", "")
        assert "Tin Harbour" not in app.seen
        await app.press("pagedown")
        await app.click_text("Tin Harbour", times=2)
        assert (app.state, app.focus, app.cursor) == ("", "status", "Tin Harbour")


async def test_year_has_every_day(make_tracker: Make) -> None:
    async with open_app(make_tracker(SHELVED), WIDE) as app:
        await app.press("3", "0", "plus")
        assert app.state == "month"
        await app.press("minus")
        assert app.state == "year"
        assert app.screen_lines[1].split() == ["2026", *map(str, range(1, 32)), "no", "day", "maybe"]
        months = {
            line.split()[0]: line.split()[1:]
            for line in app.screen_lines[2:]
            if line[1:4] in ("Oct", "Nov", "Dec", "Feb")
        }
        assert len(months["Feb"]) == 28 + 2
        assert months["Oct"][1] == "▶"
        assert [months["Nov"][at - 1] for at in (23, 27, 30)] == ["◆", "◆", "◆"]
        assert [months[name][-2:] for name in ("Oct", "Nov", "Dec")] == [["–", "–"], ["1", "1"], ["1", "1"]]
        assert item(app) == "Harbour Nine"
        assert lit(app) == "◆"
        column = app.screen_lines[1].index(" 14 ") + 1
        april = next(n for n, line in enumerate(app.screen_lines) if line.startswith(" Apr"))
        await app.pilot.click(offset=(column, april))
        await app.settle()
        assert (day(app), item(app)) == ("2026-04-14", "")
        await app.press("tab")
        assert item(app) == "Paper Lanterns"
        await app.press("left", "enter")
        assert "May 2026" in app.screen_lines[1]
        await app.press("minus", "pagedown")
        assert app.screen_lines[1].startswith(" 2027")
        await app.press("equals_sign")
        assert "May 2027" in app.screen_lines[1]
        await app.press("minus", "4", "3")
        assert item(app) == "Paper Lanterns"


async def test_month_at_the_ends_of_the_calendar(make_tracker: Make) -> None:
    async with open_app(make_tracker(EDGES)) as app:
        for title, where, keys in (
            ("Dawn", "0001-01-01", ("left", "up", "pageup", "minus", "pageup", "up", "left", "plus")),
            ("Dusk", "9999-12-31", ("right", "down", "pagedown", "minus", "pagedown", "down", "right", "plus")),
        ):
            await app.press("1")
            await app.select(title)
            await app.press("3", "3")
            for key in keys:
                await app.press(key)
                assert (day(app), item(app)) == (where, title)
            assert where[:4] in app.screen_lines[1]
            await app.press("tab")
            assert item(app) in ("First month", "Last month")
            await app.press("tab", "tab")
            assert item(app) == ("First month" if title == "Dawn" else "Ages")
            await app.pilot.resize_terminal(60, 15)
            await app.press("minus", "plus", "0")
            assert day(app) == "2026-11-23"
            await app.pilot.resize_terminal(100, 30)


async def test_month_shows_episodes_in_local_time(make_tracker: Make, monkeypatch: pytest.MonkeyPatch) -> None:
    tracker = make_tracker(LINKED)
    late = datetime(2026, 11, 27, 15, 30, tzinfo=UTC)
    say(
        tracker,
        tvmaze_110=Episode(1, 9, "Slag", date(2026, 11, 27), late),
        tvmaze_102=Episode(1, 2, "", date(2026, 11, 30)),
    )
    with in_zone(monkeypatch, "Asia/Tokyo"):
        async with open_app(tracker, (200, 50)) as app:
            await app.press("3", "0")
            await ready(app)
            await app.settle()
            assert item(app) == "Harbour Nine"
            assert "▶ 00:30 Copper" in app.seen
            assert "Harbour Nine S1E2" in app.seen
            await app.press("tab", "tab")
            assert "00:30CopperMoonS1E9" in lit(app)
            assert (item(app), day(app)) == ("Copper Moon", "2026-11-28")
            await app.press("]")
            assert app.toasts == ["Copper Moon is released"]
            await app.press("u", "0", "down", "tab")
            assert (item(app), day(app)) == ("Harbour Nine", "2026-11-30")
            await app.press("minus")
            line = next(line for line in app.screen_lines if line.startswith(" Nov"))
            assert line.split()[1:][27] == "▶"


class Stage(App[None]):
    """An app that lends its colours."""


@pytest.fixture
async def palette() -> ThemeStyles:
    async with Stage().run_test() as pilot:
        view = MonthView(TODAY)
        await pilot.app.mount(view)
        made = ThemeStyles(view)
        for name in (*_COLOURS, *_BACKGROUNDS):
            made[name]
        made.base  # noqa: B018 - asked while there is an app
        return made


SHOWS = [
    Show(id=str(number), title=title, status=Status.FILMING, release=parse_window(when))
    for number, (title, when) in enumerate(
        (title, when)
        for title in ("Amber", "밤의 빵집 " * 6, "Ｗｉｄｅ", "")
        for when in ("2026-11-23", "2026-11-23", "2026-11", "2026-Q4", "2026-10-30")
    )
]


async def test_pages_fill_their_size(palette: ThemeStyles) -> None:
    glyphs, months = st.sampled_from([ASCII, UNICODE]), st.integers(1, 12)

    @given(st.integers(70, 220), st.integers(9, 60), st.integers(0, 30), glyphs, months)
    def check(width: int, height: int, at: int, glyphs: Glyphs, month: int) -> None:
        size, first = Size(width, height), date(2026, month, 1)
        page = build_month(SHOWS, {}, first)
        cursor = Cursor(first, (*page.entries, None)[at % (len(page.entries) + 1)], at % 2 == 0)
        for drawn in (
            MonthPainter(palette, glyphs, TODAY, native=False).draw(page, cursor, size),
            YearPainter(palette, glyphs, TODAY).draw(build_year(SHOWS, {}, 2026), cursor, Size(width, max(13, height))),
        ):
            assert {sum(cells(part.text) for part in line) for line in drawn.lines} == {width}
            clickable = {hit.day for hit in drawn.areas}
            assert {first.replace(day=number) for number in range(1, month_end(first).day + 1)} <= clickable
            assert all(hit.region.right <= width for hit in drawn.areas)
            places = [
                (x, hit.region.y)
                for hit in drawn.areas
                if hit.entry is None
                for x in range(hit.region.x, hit.region.right)
            ]
            assert len(places) == len(set(places))

    check()


async def test_month_of_forty_columns(make_tracker: Make) -> None:
    async with open_app(make_tracker(SAMPLE), (40, 12)) as app:
        await app.press("3", "0")
        assert "23◆ │" in app.seen
        assert "DAY UNKNOWN" not in app.seen
        await app.press("pagedown")
        assert " December 2026 · 1 without a day" in app.seen


async def test_shelves_say_what_is_out_of_sight(make_tracker: Make) -> None:
    shows = "".join(entry(f"Show {number:02}", "filming", "2026-11") for number in range(30))
    async with open_app(make_tracker(shows), (80, 24)) as app:
        await app.press("3", "0")
        assert "Show 15" in app.seen
        assert "↓ 14 more" in app.seen
        await app.press(*["tab"] * 30)
        assert app.cursor == "Show 29"
        assert "↑ 14 more" in app.seen
        assert "↓ 14 more" not in app.seen
