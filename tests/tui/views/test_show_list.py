from __future__ import annotations

from tests.tui.helpers import NARROW, SAMPLE, Make, entry, open_app
from tracker.text import cells

HEADINGS = [
    "OVERDUE (1)", "TODAY (1)", "THIS WEEK (1)", "THIS MONTH (1)", "LATER THIS YEAR (1)", "2027 (1)", "2028 (1)",
    "TBA (1)", "NO DATE (1)", "ON AIR (1)", "OUT (1)", "CANCELLED (1)",
]  # fmt: skip


async def test_list_cursor_walks_over_headings(make_tracker: Make) -> None:
    async with open_app(make_tracker(SAMPLE)) as app:
        await app.press("up")
        assert app.cursor == "Paper Lanterns"
        await app.press("down", "j")
        assert app.cursor == "Slow Tram"
        await app.press("k")
        assert app.cursor == "Harbour Nine"
        await app.press("end")
        assert app.cursor == "Blue Hour Hotel"
        await app.press("down")
        assert app.cursor == "Blue Hour Hotel"
        await app.press("home")
        assert app.cursor == "Paper Lanterns"


async def test_list_braces_go_to_headings(make_tracker: Make) -> None:
    text = (
        entry("Amber", "scheduled", "2027-01")
        + entry("Birch", "scheduled", "2027-02")
        + entry("Cedar", "filming", "2028")
    )
    async with open_app(make_tracker(text)) as app:
        await app.press("right_curly_bracket")
        assert app.cursor == "Cedar"
        await app.press("left_curly_bracket")
        assert app.cursor == "Amber"


async def test_list_pages_keep_the_cursor_in_sight(make_tracker: Make) -> None:
    text = "".join(entry(f"Show {n:03}", "filming", "2027") for n in range(100))
    async with open_app(make_tracker(text), NARROW) as app:
        await app.press("pagedown")
        assert 15 <= int(app.cursor[-3:]) <= 22
        assert any("▸" in row for row in app.rows)
        await app.press("G")
        assert app.cursor == "Show 099"
        assert "▸" in app.rows[-1]
        await app.press("home")
        assert app.rows[0] == "2027 (100)"


async def test_list_click_selects(make_tracker: Make) -> None:
    async with open_app(make_tracker(SAMPLE)) as app:
        await app.click_text("Salt Road")
        assert app.cursor == "Salt Road"
        await app.click_text("CANCELLED")
        assert app.cursor == "Salt Road"


async def test_footer_click_presses_the_key(make_tracker: Make) -> None:
    async with open_app(make_tracker(SAMPLE)) as app:
        for at in (2, 0):
            await app.click_text("s status", at=at)
            assert app.screen.query("#statuses")
            await app.press("escape")


async def test_group_by_the_next_thing(make_tracker: Make) -> None:
    async with open_app(make_tracker(SAMPLE)) as app:
        await app.select("Salt Road")
        found = []
        for _ in range(6):
            await app.act("cycle_grouping")
            assert app.cursor == "Salt Road"
            found.append((app.state, app.headings))
        statuses = ["ANNOUNCED (2)", "FILMING (2)", "SCHEDULED (4)", "AIRING (1)", "RELEASED (1)", "CANCELLED (1)"]
        statuses += ["NO STATUS (1)"]
        assert found == [
            ("by status", statuses),
            ("by network", ["KESTREL (2)", "LUMEN (1)", "NO NETWORK (9)"]),
            ("by country", ["JAPAN (1)", "SOUTH KOREA (1)", "NO COUNTRY (10)"]),
            ("by person", ["HAN SEORIN (2)", "OTHER SHOWS (10)"]),
            ("not grouped", []),
            ("", HEADINGS),
        ]


async def test_sort_by_the_next_thing(make_tracker: Make) -> None:
    async with open_app(make_tracker(SAMPLE)) as app:
        await app.press("v", "-")
        assert app.titles[0] == "Old Ferry"
        assert app.titles[-1] == "Rain Ledger"
        await app.act("cycle_sort")
        assert app.titles == sorted(app.titles)
        assert app.state == "not grouped · sorted by title"
        await app.act("cycle_sort")
        assert app.titles[-1] == "Rain Ledger"
        await app.act("cycle_sort")
        assert app.titles[:2] == ["Salt Road", "Paper Lanterns"]
        assert "newest claim" in app.state
        await app.act("cycle_sort")
        assert app.titles[0] == "Slow Tram"
        assert app.cursor == "Paper Lanterns"


async def test_wide_list_has_status_and_countdown(make_tracker: Make) -> None:
    async with open_app(make_tracker(SAMPLE), (220, 40)) as app:
        row = next(row for row in app.rows if "Slow Tram" in row)
        assert "scheduled" in row
        assert "in 4 days" in row
        assert next(row for row in app.rows if "Paper" in row).endswith("overdue")


async def test_list_lines_fill_their_width(make_tracker: Make) -> None:
    text = entry("밤의 빵집 " * 12, "filming", "2027-08/2028-10") + entry("かみのあかり", "scheduled", "2027-05-14")
    async with open_app(make_tracker(text)) as app:
        for width in (40, 79, 80, 121, 200):
            await app.pilot.resize_terminal(width, 24)
            await app.settle()
            lines = [app.shows.render_line(y) for y in range(3)]
            inside = app.shows.scrollable_content_region.width
            assert {cells(line.text) for line in lines} == {line.cell_length for line in lines} == {inside}


async def test_long_list_begins_with_its_first_part(make_tracker: Make) -> None:
    text = "".join(entry(f"Show {n:04}", "filming", "2027") for n in range(2_000))
    async with open_app(make_tracker(text)) as app:
        assert app.counts == "2,000 shows"
        assert app.cursor == "Show 0000"
        await app.press("end")
        assert app.cursor == "Show 1999"
