from __future__ import annotations

import re
from datetime import UTC, date, datetime

import pytest

from tests.tui.helpers import SAMPLE, WIDE, Make, RunningApp, entry, open_app
from tests.tui.online import in_zone, ready
from tests.tui.views.helpers import LINKED, say
from tracker.model.episode import Episode

ORDERED = (
    entry("Late", "scheduled", "2026-11-20")
    + entry("Tomorrow", "scheduled", "2026-11-24")
    + entry("Far", "scheduled", "2027-06-01")
    + entry("Some week", "filming", "2026-12-01/2026-12-05")
    + entry("Some month", "filming", "2026-12")
    + entry("Next month", "filming", "2027-01")
    + entry("Some quarter", "filming", "2027-Q1")
    + entry("Some season", "filming", "summer 2027")
    + entry("Some half", "filming", "2027-H2")
    + entry("Some year", "filming", "2027")
    + entry("About", "filming", "~2028")
    + entry("Three years", "filming", "2028/2030")
    + entry("Been", "released", "2026-11-02")
    + entry("Been before", "released", "2026-10-30")
    + entry("Been some month", "released", "2026-10")
    + entry("Been some year", "released", "2025")
    + entry("Out", "released")
)


def headings(app: RunningApp) -> list[str]:
    """Return the headings in sight without their counts, and the line across."""
    found = [line for line in app.rows if line[0] not in " ▸"]
    return [re.sub(r" \(\d+\)$", "", line).strip("─ ") for line in found]


async def test_agenda_has_a_line_at_today(make_tracker: Make) -> None:
    async with open_app(make_tracker(SAMPLE), WIDE) as app:
        await app.press("2")
        assert [name for name in headings(app) if name != "ON AIR"] == [
            "OVERDUE", "MON 23 NOV 2026 · TODAY", "FRI 27 NOV 2026", "MON 30 NOV 2026", "DECEMBER 2026",
            "THIRD QUARTER OF 2027", "2028", "TBA", "NO DATE", "Before today, Mon 23 Nov 2026", "MARCH 2025",
            "CANCELLED",
        ]  # fmt: skip
        assert app.titles[0] == "Paper Lanterns"
        assert app.titles.index("Copper Moon") < app.titles.index("Old Ferry") < app.titles.index("Blue Hour Hotel")


async def test_agenda_cursor_walks_over_the_line(make_tracker: Make) -> None:
    async with open_app(make_tracker(SAMPLE), WIDE) as app:
        await app.select("Rain Ledger")
        await app.press("2", "down")
        below = app.cursor
        assert below != "Rain Ledger"
        await app.click_text("Before today")
        assert app.cursor == below
        await app.press("up")
        assert app.cursor == "Rain Ledger"
        await app.press("}")
        assert app.cursor == below
        await app.press("}", "}", "}")
        assert app.cursor == "Blue Hour Hotel"
        await app.click_text("Salt Road")
        assert app.cursor == "Salt Road"
        assert "Salt Road" in app.text("#heading")
        await app.press("end")
        assert app.cursor == "Blue Hour Hotel"
        await app.press("home", "]")
        assert app.toasts == ["Paper Lanterns is airing"]


async def test_agenda_without_past_has_no_line(make_tracker: Make) -> None:
    async with open_app(make_tracker(SAMPLE), WIDE) as app:
        await app.press("2")
        await app.filter("kestrel")
        assert headings(app) == ["MON 23 NOV 2026 · TODAY", "FRI 27 NOV 2026"]
        await app.set_text("#filter Input", "ferry")
        assert headings(app) == ["Before today, Mon 23 Nov 2026", "MARCH 2025"]


@pytest.mark.parametrize(
    ("locale", "setting", "heading"),
    [("en_US.UTF-8", "Saturday", "WEEK OF SAT 28 NOV 2026"), ("de_DE.UTF-8", "", "28 NOV–4 DEC 2026")],
)
async def test_agenda_weeks_begin_as_set(
    make_tracker: Make, monkeypatch: pytest.MonkeyPatch, locale: str, setting: str, heading: str
) -> None:
    monkeypatch.setenv("LC_ALL", locale)
    tracker = make_tracker(entry("Amber", "filming", "2026-11-28/2026-12-04"))
    if setting:
        tracker.paths.settings.parent.mkdir(parents=True)
        tracker.paths.settings.write_text(f'week_starts = "{setting}"\n')
    async with open_app(tracker) as app:
        await app.press("2")
        assert headings(app) == [heading]


async def test_agenda_shows_episodes_in_local_time(make_tracker: Make, monkeypatch: pytest.MonkeyPatch) -> None:
    tracker = make_tracker(LINKED)
    late = datetime(2026, 11, 27, 15, 30, tzinfo=UTC)
    say(
        tracker,
        tvmaze_110=Episode(1, 9, "Slag", date(2026, 11, 27), late),
        tvmaze_103=Episode(1, 1, "", date(2026, 11, 27)),
    )
    with in_zone(monkeypatch, "Asia/Tokyo"):
        async with open_app(tracker, WIDE) as app:
            await app.select("Copper Moon")
            await app.press("2")
            await ready(app)
            await app.settle()
            assert app.cursor == "Copper Moon"
            at = app.rows.index("SAT 28 NOV 2026 (1)")
            assert app.rows[at + 1].split() == ["▸", "▶", "Copper", "Moon", "S1E9", "00:30"]
            assert app.rows[at - 1].split()[-1] == "S1E1"
            assert "ON AIR (1)" not in app.headings
    with in_zone(monkeypatch, "UTC"):
        say(tracker, tvmaze_103=Episode(1, 1, "", date(2026, 11, 27), datetime(2026, 11, 27, 18, tzinfo=UTC)))
        async with open_app(tracker, WIDE) as app:
            await app.press("2")
            await ready(app)
            await app.settle()
            at = app.rows.index("FRI 27 NOV 2026 (2)")
            assert [line.split()[-1] for line in app.rows[at + 1 : at + 3]] == ["15:30", "18:00"]
