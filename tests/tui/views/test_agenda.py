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
    return [re.sub(r" \d+$", "", line).strip("─ ") for line in found]


async def test_what_comes_is_above_the_line_of_today_and_what_has_been_below(make_tracker: Make) -> None:
    async with open_app(make_tracker(SAMPLE), WIDE) as app:
        await app.press("2")
        assert [name for name in headings(app) if name != "ON AIR"] == [
            "OVERDUE", "MON 23 NOV 2026 · TODAY", "FRI 27 NOV 2026", "MON 30 NOV 2026", "DECEMBER 2026",
            "THIRD QUARTER OF 2027", "2028", "TBA", "NO DATE", "Before today, Mon 23 Nov 2026", "MARCH 2025",
            "CANCELLED",
        ]  # fmt: skip
        assert app.titles[0] == "Paper Lanterns"
        assert app.titles.index("Copper Moon") < app.titles.index("Old Ferry") < app.titles.index("Blue Hour Hotel")


async def test_days_come_before_weeks_months_quarters_and_years(make_tracker: Make) -> None:
    async with open_app(make_tracker(ORDERED), (120, 60)) as app:
        await app.press("2")
        assert headings(app) == [
            "OVERDUE", "TUE 24 NOV 2026", "TUE 1 JUN 2027", "WEEK OF MON 30 NOV 2026", "DECEMBER 2026", "JANUARY 2027",
            "FIRST QUARTER OF 2027", "SUMMER 2027", "SECOND HALF OF 2027", "2027", "2028", "JAN 2028–DEC 2030",
            "Before today, Mon 23 Nov 2026", "NOVEMBER 2026", "OCTOBER 2026", "2025", "OUT, NOBODY SAID WHEN",
        ]  # fmt: skip
        assert set(app.titles[-4:-2]) == {"Been before", "Been some month"}
        assert next(line for line in app.rows if "Tomorrow" in line).endswith("tomorrow")
        assert next(line for line in app.rows if "Far" in line).endswith("in 6 months")
        assert next(line for line in app.rows if "Some half" in line).endswith("H2 2027")


async def test_the_cursor_walks_over_the_line_and_a_click_on_it_does_nothing(make_tracker: Make) -> None:
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


async def test_a_filter_that_leaves_nothing_of_the_past_leaves_no_line(make_tracker: Make) -> None:
    async with open_app(make_tracker(SAMPLE), WIDE) as app:
        await app.press("2")
        await app.filter("kestrel")
        assert headings(app) == ["MON 23 NOV 2026 · TODAY", "FRI 27 NOV 2026"]
        await app.set_text("#filter Input", "ferry")
        assert headings(app) == ["Before today, Mon 23 Nov 2026", "MARCH 2025"]


async def test_sorting_is_within_a_heading(make_tracker: Make) -> None:
    text = (
        entry("Zebra", "filming", "2027") + entry("Élan", "filming", "2027") + entry("Amber", "scheduled", "2027-03-01")
    )
    async with open_app(make_tracker(text.replace('"Élan"', '"Élan"\nrating = 9'))) as app:
        await app.press("2")
        assert app.titles == ["Amber", "Élan", "Zebra"]
        await app.press("S", "S", "S", "S")
        assert app.state == "agenda · sorted by rating"
        assert app.titles == ["Amber", "Élan", "Zebra"]
        await app.press("1", "g", "g", "g", "g", "g")
        assert app.titles[0] == "Élan"


@pytest.mark.parametrize(
    ("locale", "setting", "heading"),
    [
        ("en_US.UTF-8", "", "WEEK OF SUN 29 NOV 2026"),
        ("en_US.UTF-8", "Saturday", "WEEK OF SAT 28 NOV 2026"),
        ("de_DE.UTF-8", "", "29 NOV–3 DEC 2026"),
    ],
)
async def test_a_week_is_that_of_the_owner(
    make_tracker: Make, monkeypatch: pytest.MonkeyPatch, locale: str, setting: str, heading: str
) -> None:
    monkeypatch.setenv("LC_ALL", locale)
    tracker = make_tracker(entry("Amber", "filming", "2026-11-29/2026-12-03"))
    if setting:
        tracker.paths.settings.parent.mkdir(parents=True)
        tracker.paths.settings.write_text(f'week_starts = "{setting}"\n')
    async with open_app(tracker) as app:
        await app.press("2")
        assert headings(app) == [heading]


async def test_next_episodes_stand_under_their_days_at_the_time_of_here(
    make_tracker: Make, monkeypatch: pytest.MonkeyPatch
) -> None:
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
            at = app.rows.index("SAT 28 NOV 2026 1")
            assert app.rows[at + 1].split() == ["▸", "▶", "Copper", "Moon", "S1E9", "00:30"]
            assert app.rows[at - 1].split()[-1] == "S1E1"
            assert "ON AIR 1" not in app.headings
    with in_zone(monkeypatch, "UTC"):
        say(tracker, tvmaze_103=Episode(1, 1, "", date(2026, 11, 27), datetime(2026, 11, 27, 18, tzinfo=UTC)))
        async with open_app(tracker, WIDE) as app:
            await app.press("2")
            await ready(app)
            await app.settle()
            at = app.rows.index("FRI 27 NOV 2026 2")
            assert [line.split()[-1] for line in app.rows[at + 1 : at + 3]] == ["15:30", "18:00"]


async def test_the_agenda_of_the_past_begins_at_its_day_and_knows_no_episodes(make_tracker: Make) -> None:
    tracker = make_tracker(LINKED, as_of=date(2026, 2, 1))
    say(tracker, tvmaze_110=Episode(1, 9, "Slag", date(2026, 11, 27)))
    async with open_app(tracker, WIDE) as app:
        await app.press("2")
        assert headings(app)[0] == "THU 14 MAY 2026"
        assert "Before today, Sun 1 Feb 2026" in headings(app)
        assert "S1E9" not in app.seen
