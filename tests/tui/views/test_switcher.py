from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from typing import Final

import pytest

from tests.tui.helpers import HOSTILE, NARROW, NOW, SAMPLE, USUAL, WIDE, Make, RunningApp, open_app, printable, reopen
from tests.tui.test_ascii import strange
from tests.tui.test_hostile import card, check, everything
from tests.tui.views.helpers import SHAPES, SHELVED, axis, calendar, caption, chart, day, item, lit, offered
from tracker.model.status import Status
from tracker.paths import Paths
from tracker.service import Tracker
from tracker.tui.dialogs.slips import SlipsDialog

OTHER: Final = pytest.mark.parametrize("key", ["3", "4"])
"""The keys of the shapes that have no panes."""
WHEN: Final = ("2026-11-23", '"2026-11"', '"2026"')
"""A day, and two windows about it."""
EVERYTHING: Final = (
    "2", "down", "end", "home", "pagedown", "{", "}", "t", "S", "space",
    "3", "j", "k", "tab", "shift+tab", "left", "down", "0", "pageup", "minus", "down", "j", "pagedown", "plus", "home",
    "4", "plus", "plus", "left", "right", "(", ")", "<", ">", "0", "minus", "g", "up", "escape", "1", "escape",
)  # fmt: skip
"""What a person may press who only looks."""


async def test_view_has_a_key_and_a_name(make_tracker: Make) -> None:
    async with open_app(make_tracker(SAMPLE)) as app:
        for key in "23431241":
            await app.press(key)
            assert app.state == SHAPES[key]
            assert app.is_seen("#panes") is (key in "12")
            assert app.is_seen("#shows") is (key in "12")
            assert app.is_seen("#timeline") is (key == "4")
            assert app.is_seen("#month") is (key == "3")
            assert app.is_seen("#axis") is (key == "4")
            assert app.is_seen("#caption") is (key in "34")
            assert app.focus == {"3": "month", "4": "timeline"}.get(key, "shows")


async def test_view_switch_keeps_the_show(make_tracker: Make) -> None:
    async with open_app(make_tracker(SHELVED)) as app:
        for title in ("Velvet Stair", "Quiet Signal"):
            await app.press("1")
            await app.select(title)
            for key in "234313":
                await app.press(key)
                assert app.cursor == title
                if key != "3" or title == "Velvet Stair":
                    assert item(app) == title


@OTHER
async def test_view_comes_back_after_a_restart(make_tracker: Make, key: str) -> None:
    tracker = make_tracker(SAMPLE)
    async with open_app(tracker, WIDE) as app:
        await app.select("Slow Tram")
        await app.press("v", "s", key, "plus", "q")
    async with open_app(reopen(tracker), WIDE) as app:
        assert app.state == ("timeline · by status" if key == "4" else SHAPES[key])
        assert app.cursor == "Slow Tram"
        assert app.focus == {"3": "month", "4": "timeline"}.get(key, "shows")
        if key == "4":
            assert item(app) == "Slow Tram"
            assert chart(app).zoom.name == "quarter"
            assert "Slow Tram" in caption(app)[0]
        await app.press("1")
        assert app.state == "by status"
        assert app.is_seen("#panes")
        assert "Slow Tram" in app.text("#heading")


async def test_view_edits_the_selected_show(make_tracker: Make) -> None:
    tracker = make_tracker(SAMPLE)
    async with open_app(tracker) as app:
        await app.select("Harbour Nine")
        await app.press("3", "tab")
        assert item(app) == "Slow Tram"
        before = app.file
        for opener in "snedT":
            await app.press(opener)
            assert app.screen is not app.main
            assert "Slow Tram" in app.seen
            await app.press("escape")
            assert app.focus == "month"
        assert app.file == before
        await app.press("]")
        assert app.toasts == ["Slow Tram is airing"]
        await app.press("u")
        assert app.file == before
        await app.press("T")
        await app.set_text("Input", "dear")
        await app.press("enter")
        assert [show.title for show in tracker.watchlist.current.shows if show.tags == ("dear",)] == ["Slow Tram"]
        await app.press("d", "y")
        assert app.toasts == ["Slow Tram removed"]
        assert "Slow Tram" not in app.titles
        await app.press("u")
        assert "Slow Tram" in app.titles


async def test_view_follows_a_new_date(make_tracker: Make) -> None:
    async with open_app(make_tracker(SAMPLE)) as app:
        await app.select("Slow Tram")
        for key in "34":
            await app.press(key, "n")
            await app.set_text("#field-release Input", "2027-02-15")
            await app.press("ctrl+s")
            assert item(app) == app.cursor == "Slow Tram"
            assert "slipped 1×, +80 days" in caption(app)[0]
            if key == "3":
                assert day(app) == "2027-02-15"
            else:
                assert any("▸" in line and "15 Feb 2027" in line for line in app.screen_lines)
            await app.press("u")
            assert "slipped" not in caption(app)[0]


async def test_view_edits_marked_shows(make_tracker: Make) -> None:
    tracker = make_tracker(SAMPLE)
    async with open_app(tracker) as app:
        await app.select("Slow Tram")
        await app.press("3", "space")
        assert app.counts.endswith("1 marked")
        assert item(app) == "Slow Tram"
        await app.press("1")
        await app.select("Harbour Nine")
        await app.press("3", "space")
        assert app.main.marked == {"slow-tram", "harbour-nine"}
        await app.press("]")
        aired = {show.title for show in tracker.watchlist.current.shows if show.status is Status.AIRING}
        assert aired == {"Slow Tram", "Harbour Nine", "Copper Moon"}
        await app.press("escape")
        assert "marked" not in app.counts


async def test_filter_is_that_of_all_views(make_tracker: Make) -> None:
    async with open_app(make_tracker(SAMPLE), WIDE) as app:
        await app.select("Slow Tram")
        await app.filter("kestrel")
        await app.press("enter")
        for key in "2341":
            await app.press(key)
            assert app.counts.startswith("2 of 12 shows")
            assert item(app) == "Slow Tram"
        await app.filter("zebra")
        await app.press("enter")
        for key in "234":
            await app.press(key)
            assert app.counts.startswith("0 of 12 shows")
            assert key == "3" or "No show matches" in app.seen
        await app.press("escape")
        assert app.counts.startswith("12 shows")


async def test_view_copies_and_has_native_titles(make_tracker: Make) -> None:
    async with open_app(make_tracker(SAMPLE), (200, 40)) as app:
        await app.select("Paper Lanterns")
        await app.press("3", "3", "y")
        assert app.toasts[-1].startswith("Paper Lanterns (かみのあかり) — scheduled — 14 May 2026 — Lumen — https://")
        assert app.app.clipboard == app.toasts[-1]
        app.app.clear_notifications()
        await app.settle()
        assert "Lanterns" in lit(app)
        await app.press("v", "t")
        assert "かみのあかり" in lit(app)
        assert caption(app)[0].startswith("かみのあかり")
        await app.press("1")
        assert "かみのあかり" in app.rows[1]
        await app.press("3", "3", "v", "t")
        assert "Lanterns" in lit(app)


async def test_grouping_is_that_of_list_and_timeline(make_tracker: Make) -> None:
    both = 'cast = [{ actor = "Han Seorin", role = "Iris" }'
    text = SAMPLE.replace(f"{both}]", f'{both}, {{ actor = "Abel Kuro", role = "Bo" }}]')
    async with open_app(make_tracker(text), WIDE) as app:
        await app.select("Glass Orchard")
        await app.press("4")
        found = []
        for _ in range(5):
            await app.act("cycle_grouping")
            assert item(app) == "Glass Orchard"
            found.append((app.state.removeprefix("timeline · "), [line.split("  ")[0] for line in app.headings]))
        assert found[1] == ("by network", ["KESTREL (2)", "LUMEN (1)", "NO NETWORK (9)"])
        assert found[2] == ("by country", ["JAPAN (1)", "SOUTH KOREA (1)", "NO COUNTRY (10)"])
        assert found[3] == ("by person", ["ABEL KURO (2)", "HAN SEORIN (2)", "OTHER SHOWS (10)"])
        assert found[4] == ("not grouped", [])
        await app.press("v", "p")
        twice = [line for line in app.rows if "Glass Orchard" in line]
        assert len(twice) == 2
        assert [line.strip("▸ ") for line in twice] == [twice[0].strip("▸ ")] * 2
        for key, letter in (("2", "n"), ("3", "c")):
            await app.press(key, "v", letter)
            assert f"The {SHAPES[key]} is always by day" in app.toasts[-1]
            assert app.state == SHAPES[key]
        assert calendar(app).period.entries.count(calendar(app).period.entries[0]) == 1
        await app.press("1")
        assert app.state == "by country"
        assert app.cursor == "Glass Orchard"


async def test_footer_click_in_every_view(make_tracker: Make) -> None:
    async with open_app(make_tracker(SAMPLE), WIDE) as app:
        for hint, state in (
            ("4 timeline", "timeline"), ("3 month", "month"), ("- year", "year"), ("+ month", "month"),
            ("2 agenda", "agenda"), ("1 list", ""),
        ):  # fmt: skip
            await app.click_text(hint, at=len(state) % 3)
            assert app.state == state
        await app.press("4")
        before = axis(app)
        await app.click_text("+ - zoom")
        assert chart(app).zoom.name == "quarter"
        await app.click_text("← → time")
        await app.click_text("< > rewind")
        assert "As known on" in app.state
        await app.click_text("0 today")
        assert app.state == "timeline"
        assert axis(app) != before


@OTHER
async def test_view_at_midnight(make_tracker: Make, key: str) -> None:
    clock = [NOW]
    tracker = Tracker(Paths(make_tracker(SAMPLE).path), now=lambda: clock[0])
    async with open_app(tracker, WIDE) as app:
        await app.select("Harbour Nine")
        await app.press(key)
        assert "1 overdue" in app.counts
        clock[0] = datetime(2026, 11, 24, 0, 1)  # noqa: DTZ001 - the program's clock is local time
        app.main.files.poll_all()
        await app.settle()
        assert "2 overdue" in app.counts
        assert item(app) == "Harbour Nine"
        match key:
            case "3":
                assert "overdue by 1 day" in caption(app)[0]
                await app.press("0")
                assert day(app) == "2026-11-24"
                await app.press("1")
                clock[0] = datetime(2026, 12, 1, 0, 1)  # noqa: DTZ001 - as above
                app.main.files.poll_all()
                await app.press("3")
                assert day(app) == "2026-12-01"
            case _:
                assert "overdue by 1 day" in caption(app)[0]
                assert "Tue 24 Nov 2026" in app.seen
                assert chart(app).day == date(2026, 11, 24)


async def test_hostile_titles_in_every_view(make_tracker: Make) -> None:
    titles = (" ".join(HOSTILE[:3]), " ".join(HOSTILE[3:6]), " ".join(HOSTILE[6:]))
    shows = [everything(title).replace('"2027"', when) for title, when in zip(titles, WHEN, strict=True)]
    async with open_app(make_tracker("\n".join((*shows, *map(card, titles)))), (160, 40)) as app:
        for title in titles:
            await app.select(printable(title))
            for key in ("3", "4", "2"):
                await app.press(key)
                check(app, title)
        for key in ("4", "v", "s", "5"):
            await app.press(key)
            check(app, titles[0])
        await app.press("escape", "3", "minus")
        await app.click_text(printable(titles[2])[:12])
        assert app.app.is_running


async def test_ascii_in_every_view(make_tracker: Make, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TRACKER_ASCII", "1")
    text = SHELVED.replace("かみのあかり", "Kami").replace("밤의 빵집", "Bam").replace("2026-11-23", "2026-11-24")
    async with open_app(make_tracker(text), WIDE) as app:
        await app.select("Velvet Stair")
        found = {}
        for key in ("2", "3", "minus", "4", "minus", "plus", "plus", "(", "<", "t", "5"):
            await app.press(key)
            found[key] = strange(app)
        assert {key: glyphs for key, glyphs in found.items() if glyphs} == {}


@pytest.mark.parametrize("text", ["", "[[show]]\nkind = 3\n\n[[show]]\ntitle = 7\n"], ids=["empty", "damaged"])
async def test_views_without_a_show(make_tracker: Make, text: str) -> None:
    async with open_app(make_tracker(text), USUAL) as app:
        for key in (*EVERYTHING, *"3sn]edTyrLp"):
            await app.press(key)
            assert app.screen is app.main
        assert app.file == text
        await app.press("5", "enter", "tab")
        assert isinstance(app.screen, SlipsDialog)
        assert "No dates yet" in app.seen
        await app.press("escape", "4")
        assert ("No shows yet" if not text else "CAN'T BE READ (2)") in app.seen
        await app.pilot.resize_terminal(40, 8)
        await app.press("3", "minus", "enter", "2", "4")
        assert app.app.is_running


async def test_palette_offers_the_keys_of_the_view(make_tracker: Make) -> None:
    async with open_app(make_tracker(SAMPLE), WIDE) as app:
        for key, has_today, has_scrubber in (("2", False, False), ("3", True, False), ("4", True, True)):
            await app.press(key)
            found = await offered(app)
            assert ("and month: return to today" in found) is has_today
            assert ("go back in time" in found) is has_scrubber
            assert ("move to earlier dates" in found) is has_scrubber
            assert ("previous claim" in found) is has_scrubber
            assert "Slips: how well" in found
        await app.press("ctrl+p")
        await app.pilot.press(*"tram")
        await app.pilot.pause()
        await app.pilot.press("enter")
        await app.settle()
        assert item(app) == "Slow Tram"
        assert app.state == "timeline"


async def test_view_keys_can_be_set(make_tracker: Make) -> None:
    tracker = make_tracker(SAMPLE)
    tracker.paths.settings.parent.mkdir(parents=True)
    tracker.paths.settings.write_text('[keys]\nagenda = "z"\nmonth-after = "N"\nscrub-back = "B"\n')
    async with open_app(tracker, WIDE) as app:
        await app.press("3", "0", "N")
        assert day(app) == "2026-12-23"
        assert "z agenda" in app.screen_lines[-1]
        await app.press("2")
        assert app.state == "month"
        await app.press("z")
        assert app.state == "agenda"
        await app.press("4", "<")
        assert app.main.views.past_day is None
        assert "B > rewind" in app.screen_lines[-1]
        await app.press("B")
        assert app.main.views.past_day == date(2026, 11, 1)


async def test_view_takes_a_new_theme(make_tracker: Make) -> None:
    def colours(app: RunningApp, key: str) -> list[object]:
        draw: Callable[[int], object] = calendar(app).render_line if key == "3" else app.shows.render_line
        return [draw(y) for y in range(10)]

    async with open_app(make_tracker(SHELVED)) as app:
        for key in "34":
            await app.press(key)
            dark = colours(app, key)
            await app.press("1")
            app.app.theme = "textual-light"
            await app.settle()
            listed = [app.shows.render_line(y) for y in range(10)]
            await app.press(key)
            light = colours(app, key)
            assert light != dark
            app.app.theme = "textual-dark"
            await app.settle()
            assert colours(app, key) == dark
            app.app.theme = "textual-light"
            await app.settle()
            await app.press("1")
            assert [app.shows.render_line(y) for y in range(10)] == listed
            app.app.theme = "textual-dark"
            await app.settle()


async def test_view_edits_a_show_without_a_date_and_follows_the_filter(make_tracker: Make) -> None:
    async with open_app(make_tracker(SAMPLE)) as app:
        await app.select("Rain Ledger")
        await app.press("3")
        assert item(app) == "Rain Ledger"
        assert "Nothing on" not in app.seen
        await app.press("]")
        assert "Rain Ledger is announced" in app.toasts[-1]
        await app.press("0")
        await app.filter("tram")
        await app.press("enter", "escape")
        assert item(app) == "Harbour Nine"
        for key, place in (("3", "month"), ("4", "timeline")):
            await app.press(key)
            await app.filter("e")
            await app.press("tab")
            assert (app.focus, app.main.view.view) == (place, {"3": "month", "4": "timeline"}[key])
        await app.press("escape", "1")
        await app.select("Slow Tram")
        await app.press("4", "enter")
        assert (app.focus, app.state) == ("status", "")
        assert "Slow Tram" in app.text("#heading")
        await app.press("escape")
        assert (app.focus, app.cursor) == ("shows", "Slow Tram")


async def test_past_has_its_headings_no_inbox_and_no_editor(make_tracker: Make) -> None:
    async with open_app(make_tracker(SAMPLE)) as app:
        await app.press("4", "(")
        assert "TODAY: OVERDUE (1)" in app.seen
        assert "overdue" not in app.counts
        await app.press("i")
        assert app.screen is app.main
        await app.press("E")
        assert "Press 0 to return" in app.toasts[-1]
        await app.press("v", "n")
        assert "NOW" not in app.seen


async def test_year_keeps_today_in_sight(make_tracker: Make) -> None:
    async with open_app(make_tracker(SAMPLE), (60, 15)) as app:
        await app.press("3", "0", "minus")
        assert "Nov" in app.seen
        assert app.state == "year"
    async with open_app(make_tracker(SAMPLE), NARROW) as app:
        await app.press("3", "0", "minus")
        assert "no day" in app.seen
        assert "…" not in app.screen_lines[3]


async def test_burst_of_keys_reaches_the_view_that_it_opens(make_tracker: Make) -> None:
    async with open_app(make_tracker(SAMPLE), WIDE) as app:
        await app.burst("4", "(", "(")
        assert app.state == "As known on 12 Feb 2025 · timeline"
        await app.burst("3", "0", "tab")
        assert item(app) == "Slow Tram"
        await app.burst("1", "j", "]", "]")
        assert "Glass Orchard is released" in app.toasts[-1]
        await app.burst("2", "home", "enter")
        assert app.focus == "status"
