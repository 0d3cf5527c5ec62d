from __future__ import annotations

from tests.tui.helpers import NARROW, SAMPLE, USUAL, WIDE, Make, open_app, reopen
from tests.tui.views.helpers import item


async def test_after_a_restart_in_the_month_the_same_show_is_stood_on(make_tracker: Make) -> None:
    tracker = make_tracker(SAMPLE)
    async with open_app(tracker) as app:
        await app.select("Slow Tram")
        await app.press("3", "q")
    async with open_app(reopen(tracker)) as app:
        assert item(app) == "Slow Tram"
        assert "Slow Tram" in app.seen
        await app.press("d", "y")
        assert "Slow Tram" not in app.file


async def test_after_a_restart_in_the_timeline_today_is_in_the_middle(make_tracker: Make) -> None:
    tracker = make_tracker(SAMPLE)
    async with open_app(tracker, WIDE) as app:
        await app.press("4")
        there = app.screen_lines[2].index("▼")
        await app.press("q")
    async with open_app(reopen(tracker), WIDE) as app:
        assert app.screen_lines[2].index("▼") == there


async def test_a_show_without_a_date_stays_chosen_in_the_month_and_can_be_edited(make_tracker: Make) -> None:
    async with open_app(make_tracker(SAMPLE)) as app:
        await app.select("Rain Ledger")
        await app.press("3")
        assert item(app) == "Rain Ledger"
        assert "Nothing on" not in app.seen
        await app.press("]")
        assert "Rain Ledger is announced" in app.toasts[-1]


async def test_undo_in_the_month_goes_to_what_was_undone(make_tracker: Make) -> None:
    async with open_app(make_tracker(SAMPLE)) as app:
        await app.select("Slow Tram")
        await app.press("3", "]", "0")
        assert item(app) == "Harbour Nine"
        await app.press("u")
        assert item(app) == "Slow Tram"


async def test_what_a_filter_hid_is_chosen_again_when_it_is_back_on_its_day(make_tracker: Make) -> None:
    async with open_app(make_tracker(SAMPLE)) as app:
        await app.press("3", "0")
        await app.filter("tram")
        await app.press("enter", "escape")
        assert item(app) == "Harbour Nine"


async def test_an_edit_that_moves_a_show_is_followed_by_the_month(make_tracker: Make) -> None:
    async with open_app(make_tracker(SAMPLE)) as app:
        await app.select("Slow Tram")
        await app.press("3")
        await app.press("n")
        await app.set_text("#field-release Input", "2027-02-03")
        await app.press("ctrl+s")
        assert "February 2027" in app.seen
        assert item(app) == "Slow Tram"


async def test_marks_are_seen_in_the_month(make_tracker: Make) -> None:
    async with open_app(make_tracker(SAMPLE), WIDE) as app:
        await app.press("3", "0", "space")
        assert "✓ Harbour" in app.seen


async def test_a_footer_hint_of_two_keys_does_what_stands_under_the_mouse(make_tracker: Make) -> None:
    async with open_app(make_tracker(SAMPLE), WIDE) as app:
        await app.press("4")
        await app.click_text("+ - zoom")
        assert "by quarter" in app.seen
        await app.click_text("+ - zoom", at=2)
        assert "by year" in app.seen


async def test_after_the_timeline_the_list_has_no_bar_below(make_tracker: Make) -> None:
    async with open_app(make_tracker(SAMPLE), (120, 24)) as app:
        before = app.seen
        await app.press("4", "1")
        assert app.seen == before


async def test_the_timeline_keeps_its_middle_when_the_window_is_resized(make_tracker: Make) -> None:
    async with open_app(make_tracker(SAMPLE), (200, 50)) as app:
        await app.press("4")
        await app.pilot.resize_terminal(60, 15)
        await app.settle()
        assert "▼" in app.screen_lines[2]


async def test_from_the_filter_tab_leads_to_what_is_seen_of_the_list(make_tracker: Make) -> None:
    async with open_app(make_tracker(SAMPLE)) as app:
        for key, place in (("3", "month"), ("4", "timeline")):
            await app.press(key)
            await app.filter("e")
            await app.press("tab")
            assert (app.focus, app.main.view.view) == (place, {"3": "month", "4": "timeline"}[key])


async def test_nothing_of_the_past_is_edited_from_the_inbox_or_the_editor(make_tracker: Make) -> None:
    async with open_app(make_tracker(SAMPLE)) as app:
        await app.press("4", "(", "i")
        assert app.screen is app.main
        await app.press("E")
        assert "0 goes back" in app.toasts[-1]


async def test_headings_of_the_past_are_told_as_those_of_today(make_tracker: Make) -> None:
    async with open_app(make_tracker(SAMPLE), USUAL) as app:
        await app.press("4", "(")
        assert "NOW OVERDUE 1" in app.seen
        assert "overdue" not in app.counts
        await app.press("g", "g")
        assert "NOW" not in app.seen


async def test_the_year_has_today_in_sight_however_small_it_is(make_tracker: Make) -> None:
    async with open_app(make_tracker(SAMPLE), (60, 15)) as app:
        await app.press("3", "0", "minus")
        assert "Nov" in app.seen
        assert app.state == "year"
    async with open_app(make_tracker(SAMPLE), NARROW) as app:
        await app.press("3", "0", "minus")
        assert "vague" in app.seen
        assert "…" not in app.screen_lines[3]
