from __future__ import annotations

from textual.widgets import Input

from tests.tui.helpers import SAMPLE, Make, entry, open_app


async def test_filter_narrows_the_list_while_typed(make_tracker: Make) -> None:
    async with open_app(make_tracker(SAMPLE)) as app:
        await app.press("slash", "n", "i", "n")
        assert app.titles == ["Harbour Nine", "Ninth Tide"]
        await app.press("t")
        assert app.titles == ["Ninth Tide"]
        assert app.cursor == "Ninth Tide"
        assert "Ninth Tide" in app.text("#heading")
        assert app.counts.startswith("1 of 12 shows")
        await app.filter("nimth")
        assert app.titles == ["Ninth Tide"]
        assert app.counts.startswith("1 near match in 12 shows")
        await app.filter("ninth")
        assert app.counts.startswith("1 of 12 shows")
        await app.press("escape", "slash", *"country:sou", "right")
        assert app.screen.query_one("#filter Input", Input).value == 'country:South" Korea"'
        assert app.titles == ["Harbour Nine"]
        before = app.file
        await app.press("escape", "slash", "d", "u", "s", "q", "question_mark", "right_square_bracket")
        assert app.is_seen("#filter")
        assert app.screen.query_one("#filter Input").has_focus
        assert app.file == before


WRONG = {
    "status:asleep": "asleep",
    "colour:red": "colour:",
    "is:overdu": "is:overdue",
    "before:someday": "someday",
    "year:27": "four digits",
    "status:": "status:filming",
    "[/] kind:[b]": "[b]",
}


async def test_filter_says_what_is_wrong(make_tracker: Make) -> None:
    async with open_app(make_tracker(SAMPLE)) as app:
        for query, word in WRONG.items():
            await app.filter(query)
            assert app.filter_note
            assert word in app.filter_note
            await app.filter("tram")
            assert not app.filter_note
            assert app.titles == ["Slow Tram"]
        await app.filter("status:asleep")
        await app.press("enter")
        assert "asleep" in app.seen
        assert app.filter_note


async def test_filter_is_left_by_enter_and_cleared_by_esc(make_tracker: Make) -> None:
    async with open_app(make_tracker(SAMPLE)) as app:
        await app.filter("tide")
        await app.press("enter")
        assert app.focus == "shows"
        assert app.is_seen("#filter")
        await app.press("escape")
        assert not app.is_seen("#filter")
        assert len(app.titles) == 12
        assert app.cursor == "Ninth Tide"
        await app.press("slash", "z", "escape")
        assert app.focus == "shows"
        assert len(app.titles) == 12
        assert app.rows[0] == "OVERDUE (1)"


async def test_filter_that_nothing_matches(make_tracker: Make) -> None:
    async with open_app(make_tracker(SAMPLE)) as app:
        await app.filter("[/] zebra")
        assert app.titles == []
        assert "No show matches “[/] zebra”." in app.seen
        assert "Esc" in app.rows[1]
        assert app.text("#heading") == ""
        await app.press("enter", "s", "d", "y", "o", "space", "tab", "shift+tab")
        assert app.screen is app.main


async def test_filter_stays_after_an_edit(make_tracker: Make) -> None:
    async with open_app(make_tracker(SAMPLE)) as app:
        await app.filter("status:filming")
        await app.press("enter", "s", "enter")
        # The show stays for the next key until another one is edited.
        assert (app.titles, app.cursor) == (["Night Bakery", "Salt Road"], "Night Bakery")
        await app.press("down", "w", "p")
        assert app.titles == ["Salt Road"]
        assert app.cursor == "Salt Road"


async def test_filter_is_cleared_for_a_new_show(make_tracker: Make) -> None:
    async with open_app(make_tracker(SAMPLE)) as app:
        await app.filter("tide")
        await app.press("enter", "A")
        await app.set_text("#field-title Input", "Velvet Comet")
        await app.press("enter")
        assert app.cursor == "Velvet Comet"


async def test_filter_hides_damaged_entries(make_tracker: Make) -> None:
    async with open_app(make_tracker('[[show]]\ntitle = "Torn"\nstatus = \n\n' + entry("Whole"))) as app:
        await app.press("slash", "w")
        assert app.titles == ["Whole"]
        assert "1 unreadable" in app.counts
