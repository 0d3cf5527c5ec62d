from __future__ import annotations

from tests.tui.helpers import SAMPLE, Make, entry, open_app


async def test_the_filter_narrows_the_list_while_it_is_typed(make_tracker: Make) -> None:
    async with open_app(make_tracker(SAMPLE)) as app:
        await app.press("slash", "n", "i", "n")
        assert app.titles == ["Harbour Nine", "Ninth Tide"]
        await app.press("t")
        assert app.titles == ["Ninth Tide"]
        assert app.cursor == "Ninth Tide"
        assert "Ninth Tide" in app.text("#heading")
        assert app.counts.startswith("1 of 12 shows")


WRONG = {
    "status:asleep": "asleep",
    "colour:red": "colour:",
    "is:overdu": "is:overdue",
    "before:someday": "someday",
    "year:27": "four digits",
    "status:": "status:filming",
    "[/] kind:[b]": "[b]",
}


async def test_a_bad_query_says_what_is_wrong_until_it_is_mended(make_tracker: Make) -> None:
    async with open_app(make_tracker(SAMPLE)) as app:
        for query, word in WRONG.items():
            await app.filter(query)
            assert app.filter_note
            assert word in app.filter_note
            await app.filter("tram")
            assert not app.filter_note
            assert app.titles == ["Slow Tram"]


async def test_enter_on_a_bad_query_does_not_hide_what_is_wrong(make_tracker: Make) -> None:
    async with open_app(make_tracker(SAMPLE)) as app:
        await app.filter("status:asleep")
        await app.press("enter")
        assert "asleep" in app.seen
        assert app.filter_note


async def test_enter_goes_to_the_list_and_escape_clears_the_filter(make_tracker: Make) -> None:
    async with open_app(make_tracker(SAMPLE)) as app:
        await app.filter("tide")
        await app.press("enter")
        assert app.focus == "shows"
        assert app.is_seen("#filter")
        await app.press("escape")
        assert not app.is_seen("#filter")
        assert len(app.titles) == 12
        assert app.cursor == "Ninth Tide"


async def test_escape_leaves_the_filter_without_it(make_tracker: Make) -> None:
    async with open_app(make_tracker(SAMPLE)) as app:
        await app.press("slash", "z", "escape")
        assert app.focus == "shows"
        assert len(app.titles) == 12
        assert app.rows[0] == "OVERDUE 1"


async def test_a_filter_that_nothing_matches_says_how_to_go_on(make_tracker: Make) -> None:
    async with open_app(make_tracker(SAMPLE)) as app:
        await app.filter("[/] zebra")
        assert app.titles == []
        assert "No show matches “[/] zebra”." in app.seen
        assert "esc" in app.rows[1]
        assert app.text("#heading") == ""
        await app.press("enter", "s", "d", "y", "o", "space", "tab", "shift+tab")
        assert app.screen is app.main


async def test_letters_typed_into_the_filter_are_no_keys(make_tracker: Make) -> None:
    async with open_app(make_tracker(SAMPLE)) as app:
        before = app.file
        await app.press("slash", "d", "u", "s", "q", "question_mark", "right_square_bracket")
        assert app.is_seen("#filter")
        assert app.screen.query_one("#filter Input").has_focus
        assert app.file == before


async def test_an_edit_under_a_filter_keeps_the_filter(make_tracker: Make) -> None:
    async with open_app(make_tracker(SAMPLE)) as app:
        await app.filter("status:filming")
        await app.press("enter", "s", "enter", "enter")
        assert app.titles == ["Salt Road"]
        assert app.cursor == "Salt Road"


async def test_a_new_show_is_seen_although_a_filter_would_hide_it(make_tracker: Make) -> None:
    async with open_app(make_tracker(SAMPLE)) as app:
        await app.filter("tide")
        await app.press("enter", "A")
        await app.set_text("#field-title Input", "Velvet Comet")
        await app.press("enter")
        assert app.cursor == "Velvet Comet"


async def test_damaged_entries_do_not_answer_a_filter_but_are_counted(make_tracker: Make) -> None:
    async with open_app(make_tracker('[[show]]\ntitle = "Torn"\nstatus = \n\n' + entry("Whole"))) as app:
        await app.press("slash", "w")
        assert app.titles == ["Whole"]
        assert "1 cannot be read" in app.counts
