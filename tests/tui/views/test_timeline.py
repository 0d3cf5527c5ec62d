from __future__ import annotations

from datetime import date

import pytest

from tests.tui.helpers import SAMPLE, WIDE, Make, entry, open_app
from tests.tui.views.helpers import axis, caption, chart, item, row
from tracker.model.dates import MONTHS
from tracker.text import cells

WINDOWS = (
    entry("Day", "scheduled", "2027-05-14")
    + entry("Month", "filming", "2027-05")
    + entry("Quarter", "filming", "2027-Q2")
    + entry("Half", "filming", "2027-H1")
    + entry("Year", "filming", "2027")
    + entry("About", "filming", "~2027-Q2")
    + entry("Said nothing", "announced", "TBA")
)
HEIGHTS = " ▁▂▃▄▅▆"


def heights(bar: str) -> list[int]:
    """Return how high each cell of a bar is."""
    return [HEIGHTS.index(char) for char in bar if char in HEIGHTS[1:]]


async def test_timeline_shows_slips_and_claims(make_tracker: Make) -> None:
    async with open_app(make_tracker(SAMPLE), (200, 50)) as app:
        await app.press("4")
        years, parts = axis(app)
        drawn = row(app, "Paper Lanterns")
        place = {year: years.index(year) for year in ("2024", "2025", "2026", "2027")}
        now, promised = parts.index("▼"), drawn.index("◆")
        assert place["2026"] < promised < now < place["2027"]
        assert set(drawn[promised + 1 : now]) <= {"·"}
        assert drawn[now] == "│"
        assert set(drawn[place["2025"] : place["2026"]]) <= {"░", "▒", "•", "◇", "▸", "╌"}
        assert "╌" in drawn[place["2026"] : promised]
        said = [at for at, char in enumerate(drawn) if char in "•▸"]
        assert len(said) == 3
        assert place["2024"] < said[0] < place["2025"] < said[1] < place["2026"] < said[2] < promised
        first, second, legend = caption(app)
        assert "overdue by 6 months · slipped 1×, +256 days · Lumen" in first
        assert second.split(" → ") == [
            "2025 (2024-06-28)",
            "Aug 2025 (2025-02-12, narrowed)",
            "14 May 2026 (2026-01-27, +256 days)",
        ]
        for word in ("◆ day", "vague date", "░░ ◇ earlier date", "╌╌ ▸ slip", "• claim", "│ today"):
            assert word in legend


async def test_timeline_bars_fade_at_vague_ends(make_tracker: Make) -> None:
    async with open_app(make_tracker(WINDOWS), (200, 30)) as app:
        await app.select("Day")
        await app.press("4", "plus")
        assert row(app, "Day").count("◆") == 1
        drawn = {title: heights(row(app, title)) for title in ("Month", "Quarter", "About", "Half", "Year")}
        assert set(drawn["Month"]) == {6}
        assert len(drawn["Month"]) == 8
        assert len(drawn["Quarter"]) == 24
        for title in ("Quarter", "About", "Half"):
            ends = drawn[title]
            assert ends == ends[::-1]
            assert ends[0] < 3
            assert max(ends) == 6
            assert ends[: len(ends) // 2] == sorted(ends[: len(ends) // 2])
        assert sum(drawn["About"]) < sum(drawn["Quarter"])
        assert drawn["Half"].count(6) / len(drawn["Half"]) < drawn["Quarter"].count(6) / len(drawn["Quarter"])
        assert not heights(row(app, "Said nothing"))
        await app.press("minus")
        year = heights(row(app, "Year"))
        assert year == year[::-1]
        assert len(year) == 24
        assert (year[0], max(year)) == (1, 6)


async def test_zoom_stays_about_the_show(make_tracker: Make) -> None:
    async with open_app(make_tracker(SAMPLE), WIDE) as app:
        await app.select("Salt Road")
        await app.press("4", "minus")
        assert axis(app)[0].split() == ["2025", "2026", "2027", "2028"]
        assert set(axis(app)[1].split()) - {"▼"} == {"Q1", "Q2", "Q3", "Q4"}
        await app.press("plus")
        assert "Q3 2027" in axis(app)[0]
        assert set(axis(app)[1].split()) <= {*MONTHS, "▼"}
        assert heights(row(app, "Salt Road"))
        await app.press("equals_sign")
        assert "Jul 2027" in axis(app)[0]
        assert all(1 <= int(part) <= 31 for part in axis(app)[1].split())
        assert heights(row(app, "Salt Road"))
        await app.press("plus")
        assert chart(app).zoom.name == "month"
        await app.press("minus", "minus", "minus")
        assert chart(app).zoom.name == "year"
        assert item(app) == "Salt Road"
        assert len(heights(row(app, "Salt Road"))) == 6


@pytest.mark.parametrize(("zoom", "moved"), [(0, "2026-08-23"), (2, "2026-11-16")])
async def test_slide_and_back_to_today(make_tracker: Make, zoom: int, moved: str) -> None:
    async with open_app(make_tracker(SAMPLE), WIDE) as app:
        await app.press("4", *["plus"] * zoom, "0")
        at = axis(app)[1].index("▼")
        days = (date(2026, 11, 23) - date.fromisoformat(moved)).days
        await app.press("left")
        earlier = axis(app)[1].index("▼")
        scale = chart(app).scale(app.shows.scrollable_content_region.width)
        assert earlier > at
        assert abs(earlier - at - (days if zoom == 2 else days / 365.25 * 12 * (2, 8)[zoom])) <= 1
        assert scale.column(date(2026, 11, 23)) == earlier
        await app.press("right")
        assert axis(app)[1].index("▼") == at
        await app.press("l", "h", "h", "h")
        assert axis(app)[1].index("▼") > earlier or "▼" not in axis(app)[1]
        chart(app).centre(scale.shift(-60).start)
        await app.press("left")
        assert "▼" not in axis(app)[1]
        assert "›" in row(app, "Slow Tram").split()
        await app.press("0")
        assert axis(app)[1].index("▼") == at


async def test_timeline_points_to_what_is_out_of_sight(make_tracker: Make) -> None:
    text = (
        entry("Long ago", "released", "2019-03-01")
        + entry("Far off", "announced", "2040")
        + entry("Now", "filming", "2026")
    )
    async with open_app(make_tracker(text), WIDE) as app:
        await app.press("4")
        assert row(app, "Long ago").lstrip().startswith("‹")
        assert row(app, "Long ago").startswith("‹")
        assert "›" in row(app, "Far off").split()
        assert not set("‹›") & set(row(app, "Now"))


async def test_timeline_in_ascii(make_tracker: Make, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TRACKER_ASCII", "1")
    async with open_app(make_tracker(SAMPLE), (200, 50)) as app:
        await app.press("4")
        drawn = row(app, "Paper Lanterns")
        assert drawn.isascii()
        now, promised = axis(app)[1].index("v"), drawn.index("*")
        assert set(drawn[promised + 1 : now]) == {","}
        assert drawn[now] == "|"
        assert "~~~" in drawn
        assert drawn.index("~") < drawn.rindex("-") < promised
        assert "#" in row(app, "Salt Road")
        assert caption(app)[2].startswith("* day")
        assert caption(app)[2].isascii()


async def test_timeline_claim_moves_the_bar(make_tracker: Make) -> None:
    async with open_app(make_tracker(SAMPLE), WIDE) as app:
        await app.select("Salt Road")
        await app.press("4")
        before = row(app, "Salt Road").index("▆")
        await app.press("n")
        await app.set_text("#field-release Input", "2028-Q1")
        await app.press("ctrl+s")
        after = row(app, "Salt Road")
        assert after.index("▆") > before
        assert after[before] == "░"
        assert after.endswith("Q1 2028")
        assert "slipped 1×" in caption(app)[0]
        await app.press("u")
        assert row(app, "Salt Road").index("▆") == before


async def test_timeline_click_selects(make_tracker: Make) -> None:
    async with open_app(make_tracker(SAMPLE), WIDE) as app:
        await app.press("4")
        await app.click_text("Night Bakery")
        assert item(app) == "Night Bakery"
        assert caption(app)[0].startswith("Night Bakery · ◑ filming · Dec 2026")
        y = next(n for n, line in enumerate(app.screen_lines) if "Slow Tram" in line)
        await app.pilot.click(offset=(60, y))
        await app.settle()
        assert item(app) == "Slow Tram"
        await app.click_text("TODAY")
        assert item(app) == "Slow Tram"
        await app.click_text("Slow Tram", times=2)
        assert (app.state, app.focus, app.cursor) == ("", "status", "Slow Tram")


async def test_timeline_rows_fill_their_width(make_tracker: Make) -> None:
    text = "".join(entry(title, "filming", "2027") for title in ("밤의 빵집 " * 9, "かみのあかり", "Plain", "é" * 50))
    async with open_app(make_tracker(text), WIDE) as app:
        await app.press("4")
        for width in (40, 59, 60, 79, 89, 90, 121, 200):
            await app.pilot.resize_terminal(width, 24)
            await app.settle()
            inside = app.shows.scrollable_content_region.width
            lines = [app.shows.render_line(y) for y in range(5)]
            assert {cells(line.text) for line in lines} == {line.cell_length for line in lines} == {inside}
            assert len({cells(line.text.split("▁")[0]) for line in lines[1:]}) == 1
            assert app.is_seen("#axis")
