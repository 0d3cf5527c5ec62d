from __future__ import annotations

from datetime import date
from typing import Final

from tests.tui.helpers import NOW, SAMPLE, WIDE, Make, RunningApp, entry, open_app
from tests.tui.views.helpers import axis, caption, chart, row, sign
from tracker.model.dates import day_label
from tracker.paths import Paths
from tracker.service import Tracker

CLAIMS: Final = ("2026-01-27", "2025-02-12", "2024-06-28")
"""The days on which something was said of the first show, newest first."""


def known_on(app: RunningApp) -> str:
    """Return the day as of which the timeline is seen, "" for today."""
    return app.main.views.past_day.isoformat() if app.main.views.past_day is not None else ""


async def test_past_stops_at_each_claim(make_tracker: Make) -> None:
    async with open_app(make_tracker(SAMPLE), (200, 50)) as app:
        await app.press("4")
        told = []
        for on in CLAIMS:
            await app.press("(")
            assert known_on(app) == on
            assert app.state == f"As known on {day_label(date.fromisoformat(on))} · timeline"
            assert "▼" in axis(app)[1]
            told.append((sign(app, "Paper Lanterns"), row(app, "Paper Lanterns"), caption(app)[0], caption(app)[1]))
        (glyphs, rows, heads, promises) = zip(*told, strict=True)
        assert glyphs == ("◆", "◑", "◑")
        assert [line.split("  ")[-1].strip("┊ ") for line in rows] == ["14 May 2026", "Aug 2025", "2025"]
        assert ["◆" in line for line in rows] == [True, False, False]
        assert ["░" in line for line in rows] == [True, True, False]
        assert [line.count("•") + line.count("▸") - line.startswith("▸") for line in rows] == [3, 2, 1]
        assert not any("·" in line for line in rows)
        for head, words in zip(
            heads, ("scheduled · 14 May 2026 · in 4 months", "filming · Aug 2025", "filming · 2025"), strict=True
        ):
            assert words in head
            assert "overdue" not in head
        assert [line.count("→") for line in promises] == [2, 1, 0]
        await app.press("(")
        assert known_on(app) == CLAIMS[-1]
        assert app.toasts == ["No earlier claim"]
        for on in (CLAIMS[1], CLAIMS[0]):
            await app.press(")")
            assert known_on(app) == on
        await app.press(")")
        assert known_on(app) == ""
        assert app.state == "timeline"
        assert "overdue by 6 months" in caption(app)[0]
        await app.press(")")
        assert known_on(app) == ""


async def test_past_hides_what_nobody_had_heard(make_tracker: Make) -> None:
    async with open_app(make_tracker(SAMPLE), WIDE) as app:
        await app.select("Paper Lanterns")
        await app.press("4", "(", "(")
        for title in ("Harbour Nine", "Salt Road", "Old Ferry"):
            assert not set(row(app, title)) - set(" ┊│")
            assert sign(app, title) == " "
        await app.press("down")
        assert caption(app)[0] == "Harbour Nine: nothing was known yet."
        await app.press("(")
        assert app.toasts == ["No earlier claim"]
        await app.press(")")
        assert known_on(app) == "2026-01-10"
        assert "Harbour Nine · ◆ scheduled · 23 Nov 2026" in caption(app)[0]
        assert sign(app, "Harbour Nine") == "◆"
        assert sign(app, "Salt Road") == " "


async def test_scrub_steps_depend_on_the_zoom(make_tracker: Make) -> None:
    async with open_app(make_tracker(SAMPLE), WIDE) as app:
        await app.press("4", ">")
        assert known_on(app) == ""
        found = []
        for keys in (("<", "<", "comma"), ("plus", "<", "less_than_sign"), ("plus", "<", "<")):
            for key in keys:
                await app.press(key)
                if key != "plus":
                    found.append(known_on(app))
            await app.press("0")
        assert found == [
            "2026-11-01", "2026-10-01", "2026-09-01", "2026-11-16", "2026-11-09", "2026-11-22", "2026-11-21",
        ]  # fmt: skip
        await app.press("<", "<", ">")
        assert known_on(app) == "2026-11-22"
        await app.press(".", "full_stop", ">")
        assert known_on(app) == ""
        assert chart(app).day == date(2026, 11, 23)
        await app.press("minus", "minus", "<", ">")
        assert known_on(app) == ""


async def test_past_ends_when_it_is_left(make_tracker: Make) -> None:
    async with open_app(make_tracker(SAMPLE), WIDE) as app:
        for leave in ("0", "escape", "1", "2", "3", "enter"):
            await app.press("4", "(", leave)
            assert known_on(app) == ""
            assert "As known" not in app.seen
            if leave != "enter":
                assert app.state == {"1": "", "2": "agenda", "3": "month"}.get(leave, "timeline")
        await app.press("4")
        assert "Mon 23 Nov 2026" in app.seen
        await app.press("]")
        assert app.toasts == ["Paper Lanterns is airing"]


async def test_esc_leaves_the_past_before_the_filter(make_tracker: Make) -> None:
    async with open_app(make_tracker(SAMPLE), WIDE) as app:
        await app.press("4")
        await app.filter("kestrel")
        await app.press("<", "4", "0")
        assert known_on(app) == ""
        assert app.state == "timeline"
        await app.set_text("#filter Input", "kestrel")
        await app.press("enter", "<")
        assert known_on(app) == "2026-11-01"
        await app.press("escape")
        assert known_on(app) == ""
        assert app.counts.startswith("2 of 12 shows")
        await app.press("escape")
        assert app.counts.startswith("12 shows")


async def test_past_refuses_edits(make_tracker: Make) -> None:
    async with open_app(make_tracker(SAMPLE), WIDE) as app:
        await app.press("4", "(")
        before = app.file
        for key in ("s", "n", "]", "[", "a", "A", "e", "d", "T", "u", "ctrl+r", "r", "R", "L", "p", "M"):
            app.app.clear_notifications()
            await app.press(key)
            assert app.screen is app.main
            [toast] = app.toasts
            assert "You are looking at 27 Jan 2026." in toast
            assert "Press 0 to return to today" in toast
        assert app.file == before
        assert known_on(app) == CLAIMS[0]
        await app.press("0", "]")
        assert app.toasts == ["Paper Lanterns is airing"]


async def test_past_stays_while_looking(make_tracker: Make) -> None:
    tracker = make_tracker(SAMPLE)
    async with open_app(tracker, WIDE) as app:
        await app.press("4", "(")
        for key in ("plus", "left", "right", "down", "g", "t", "S", "space", "minus", "end", "home"):
            await app.press(key)
            assert known_on(app) == CLAIMS[0]
        await app.select("Paper Lanterns")
        tracker.path.write_text(SAMPLE.replace('"Slow Tram"', '"Slow Tram"\ntags = ["x"]'))
        app.main.files.poll_all()
        await app.settle()
        assert "As known on 27 Jan 2026" in app.screen_lines[0]
        await app.pilot.resize_terminal(80, 24)
        await app.settle()
        assert known_on(app) == CLAIMS[0]
        assert " on 27 Jan 2026" in app.seen
        assert "in 4 months" in caption(app)[0]
        await app.press("5", "escape")
        assert known_on(app) == CLAIMS[0]
        await app.press("q")
    async with open_app(Tracker(Paths(tracker.path), now=lambda: NOW), WIDE) as app:
        assert app.state.startswith("timeline")
        assert known_on(app) == ""


async def test_past_is_what_a_list_as_of_that_day_says(make_tracker: Make) -> None:
    tracker = make_tracker(
        SAMPLE + entry("Undated") + entry("Silent", "filming", "2027").replace("on = 2026-01-10\n", "")
    )
    async with open_app(tracker, WIDE) as app:
        await app.press("4")
        painter = chart(app)
        for day in ("2023-01-01", "2024-06-28", "2025-02-11", "2025-02-12", "2026-01-10", "2026-11-19", "2026-11-22"):
            painter.day, painter.is_past = date.fromisoformat(day), True
            then = Tracker(Paths(tracker.path), as_of=painter.day, now=lambda: NOW).watchlist.open()
            known = {
                show.id: found
                for show in tracker.watchlist.current.shows
                if (found := painter.as_of_day(show)) is not None
            }
            assert {name: (one.status, one.release) for name, one in known.items()} == {
                show.id: (show.status, show.release) for show in then.shows
            }
