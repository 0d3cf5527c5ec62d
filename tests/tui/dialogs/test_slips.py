from __future__ import annotations

from datetime import date

import pytest
from textual.containers import VerticalScroll
from textual.widgets import OptionList, Static

from tests.tui.helpers import SAMPLE, WIDE, Make, RunningApp, entry, open_app
from tests.tui.views.helpers import calendar, item
from tracker.tui.dialogs.slips import MAX_SHOWS, SlipsDialog

KEPT = "".join(
    entry(f"Kept {number}", "scheduled", "2027-03-01", top=['networks = ["Kestrel"]']) for number in range(3)
)


def slipped(title: str, *windows: str, network: str = "Lumen", announced: str = "2025-01-10", out: str = "") -> str:
    """Return a show that was announced on a day, then given these dates a month after another, and perhaps came out."""
    lines = [f'[[show]]\ntitle = "{title}"\nnetworks = ["{network}"]']
    lines += ['status = "released"' if out else 'status = "announced"', f'release = "{out or windows[-1]}"']
    lines += [f'\n[[show.history]]\non = {announced}\nstatus = "announced"\nsource = "Lumen"']
    lines += [
        f'\n[[show.history]]\non = 2025-{2 + n:02}-10\nrelease = "{window}"\nsource = "Lumen"'
        for n, window in enumerate(windows)
    ]
    if out:
        lines += [f'\n[[show.history]]\non = {out}\nstatus = "released"\nrelease = "{out}"\nsource = "Lumen"']
    return "\n".join(lines) + "\n\n"


LATE = (
    slipped("Twice", "2026-01-10", "2026-02-09", "2026-03-11")
    + slipped("Once", "2026-06-01", "2026-06-11")
    + slipped("Came", "2025-10-01", network="Kestrel", out="2025-10-01")
    + KEPT
)


def figures(app: RunningApp) -> dict[str, list[str]]:
    """Return the rows of the figures, by their names."""
    page = str(app.screen.query_one("#figures", VerticalScroll).query_one(Static).render())
    return {line[:21].strip(): line[22:].split("  ") for line in page.splitlines()}


async def test_slips_figures_and_rows(make_tracker: Make) -> None:
    async with open_app(make_tracker(LATE), WIDE) as app:
        await app.press("5")
        assert isinstance(app.screen, SlipsDialog)
        assert "Slips, 6 shows" in app.seen
        found = {name: " ".join(" ".join(row).split()) for name, row in figures(app).items() if name}
        # What they said themselves is what the network's row has; a baseline is nobody's promise.
        assert list(found) == ["All shows", "Lumen", "Kestrel", "Said by"]
        assert found["All shows"].startswith("9 1 3 – – 2 3 4 weeks (3) 9 months (1)")
        rows = app.options("#records")
        assert [row[2:].split("  ")[0] for row in rows[:2]] == ["Twice", "Once"]
        assert "2×, +60 days" in rows[0]
        assert "10 Jan 2026 → 9 Feb 2026 → 11 Mar 2026" in rows[0]
        assert "1×, +10 days" in rows[1]
        assert {row[2:].split("  ")[0] for row in rows[2:]} == {"Came", "Kept 0", "Kept 1", "Kept 2"}


@pytest.mark.parametrize("key", ["2", "3"])
async def test_slips_enter_goes_to_the_show(make_tracker: Make, key: str) -> None:
    async with open_app(make_tracker(SAMPLE), WIDE) as app:
        await app.press(key, "5")
        rows = app.options("#records")
        assert "Rain Ledger" not in "".join(rows)
        at = next(n for n, row in enumerate(rows) if "Night Bakery" in row)
        await app.press(*["down"] * at, "enter")
        assert app.screen is app.main
        assert item(app) == app.cursor == "Night Bakery"
        if key == "3":
            assert calendar(app).day == date(2026, 12, 1)
        await app.press("5", "escape")
        assert item(app) == "Night Bakery"
        await app.press("5")
        await app.click_text("Slow Tram")
        assert item(app) == "Slow Tram"


async def test_slips_keys_and_hints(make_tracker: Make) -> None:
    text = "".join(slipped(f"Show {n}", "2026-01-10", "2026-02-09", network=f"Network {n}") for n in range(30))
    async with open_app(make_tracker(text)) as app:
        await app.press("5")
        assert app.focus == "records"
        await app.press("tab")
        assert app.focus == "figures"
        assert app.screen.query_one("#figures").max_scroll_y > 0
        assert "Network 29" in figures(app)
        await app.press("shift+tab", "end")
        assert app.screen.query_one("#records", OptionList).highlighted == 29
        await app.click_text("esc back")
        assert app.screen is app.main
        await app.press("5")
        await app.click_text("enter go to show")
        assert app.screen is app.main
        assert item(app) == "Show 0"
        await app.press("v", "s", "4", "5")
        assert isinstance(app.screen, SlipsDialog)
        await app.pilot.resize_terminal(60, 15)
        await app.settle()
        assert "typical wait" not in str(app.screen.query_one("#ledger", Static).render())
        await app.press("down", "tab", "escape")
        assert app.screen is app.main


async def test_slips_of_the_filtered_list(make_tracker: Make) -> None:
    async with open_app(make_tracker(LATE), WIDE) as app:
        await app.filter("net:lumen")
        await app.press("enter", "5")
        assert "Slips, 2 shows" in app.seen
        assert list(figures(app)) == ["", "All shows", "Lumen"]
        assert len(app.options("#records")) == 2
        await app.press("down", "enter")
        assert item(app) == "Once"
        assert app.counts.startswith("2 of 6 shows")


async def test_slips_without_dates(make_tracker: Make) -> None:
    async with open_app(make_tracker(entry("Amber", "filming") + entry("Birch", "announced", "TBA"))) as app:
        await app.press("5", "down", "enter", "tab", "up")
        assert "No dates yet" in app.seen
        await app.press("escape")
        assert app.screen is app.main


async def test_slips_of_a_long_list(make_tracker: Make) -> None:
    text = "".join(entry(f"Show {number:03}", "filming", "2027") for number in range(MAX_SHOWS + 7))
    async with open_app(make_tracker(text), WIDE) as app:
        await app.press("5")
        assert len(app.options("#records")) == MAX_SHOWS
        assert "7 more shows: tracker slips" in app.seen
        await app.press("end", "enter")
        assert item(app) == f"Show {MAX_SHOWS - 1}"
