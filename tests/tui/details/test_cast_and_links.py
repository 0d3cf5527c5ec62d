from __future__ import annotations

import pytest

from tests.tui.helpers import PEOPLE, SAMPLE, TODAY, Make, RunningApp, open_app
from tests.tui.online import drawn_outside
from tracker.model.show import Credit, Show
from tracker.tui.details.pane_values import CreditItem, LinkItem
from tracker.tui.dialogs.prompts import PersonCard
from tracker.tui.widgets.text_pane import TextPane


def first(app: RunningApp) -> Show:
    return app.tracker.watchlist.current.shows[0]


def current(app: RunningApp, pane: str) -> object:
    return app.main.query_one(f"#{pane}", TextPane).value


async def test_credit_edited(make_tracker: Make) -> None:
    async with open_app(make_tracker(SAMPLE)) as app:
        await app.press("tab", "tab", "down", "e", *"Abel Kurosu", "tab", "tab", *"a diver", "enter")
        assert app.file == SAMPLE.replace(
            'actor = "Abel Kuro", role = "Ren"', 'actor = "Abel Kurosu", role = "Ren", about = "a diver"'
        )
        assert app.toasts == ["Paper Lanterns: Abel Kurosu changed"]
        item = current(app, "cast")
        assert isinstance(item, CreditItem)
        assert (app.focus, item.credit.actor) == ("cast", "Abel Kurosu")


async def test_credit_added_and_removed(make_tracker: Make) -> None:
    async with open_app(make_tracker(SAMPLE)) as app:
        await app.press("down", "tab", "tab", "e")
        assert "Harbour Nine: new cast member" in app.seen
        await app.press("escape", "n", "enter")
        assert "Type a" in app.note("actor")
        await app.press(*"Kim New", "enter")
        show = app.tracker.watchlist.current.shows[1]
        assert show.cast == (Credit("Kim New"),)
        await app.press("d")
        assert app.toasts == ["Harbour Nine: Kim New removed; u brings it back"]
        await app.press("u", "u")
        assert app.file == SAMPLE


async def test_card_edited_followed_removed(make_tracker: Make) -> None:
    async with open_app(make_tracker(SAMPLE)) as app:
        await app.press("tab", "tab", "enter", "f")
        assert "followed" in app.text("#card")
        assert app.file == SAMPLE + "follow = true\n"
        await app.press("e", "tab", "tab", "tab", "end", *" 2", "enter")
        assert isinstance(app.screen, PersonCard)
        assert "Reef Office 2" in app.text("#card")
        await app.press("d")
        assert app.toasts == ["Han Seorin: card removed; u brings it back"]
        assert app.focus == "cast"
        assert "[[person]]" not in app.file
        await app.press("u", "u", "u")
        assert app.file == SAMPLE


async def test_card_made(make_tracker: Make) -> None:
    text = SAMPLE.replace(PEOPLE, "")
    async with open_app(make_tracker(text)) as app:
        await app.press("tab", "tab", "enter", "e", "tab", *"한서린, H. Seorin", "enter")
        added = '[[person]]\nname = "Han Seorin"\naliases = ["한서린", "H. Seorin"]\n'
        assert app.file == text + added
        assert "한서린" in app.text("#card")
        await app.press("enter")
        assert app.focus == "shows"


async def test_link_edited_added_removed(make_tracker: Make) -> None:
    async with open_app(make_tracker(SAMPLE)) as app:
        await app.press("tab", "down", "e", *"teaser", "tab", "end", *"/2", "enter")
        assert app.file == SAMPLE.replace(
            '"first look" = "https://lumen.example/first"', 'teaser = "https://lumen.example/first/2"'
        )
        await app.press("n", *"trailer", "tab", *"nowhere", "enter")
        assert "Not a link" in app.note("url")
        await app.set_text("#field-url Input", "https://lumen.example/trailer")
        await app.press("enter")
        assert current(app, "synopsis") == LinkItem(first(app), "trailer")
        await app.press("d")
        assert [*first(app).links] == ["teaser"]
        await app.press("u", "u", "u")
        assert app.file == SAMPLE


async def test_synopsis_edited(make_tracker: Make) -> None:
    async with open_app(make_tracker(SAMPLE)) as app:
        await app.press("tab", "e")
        assert app.screen.query("#field-synopsis .form-area").first().has_focus


async def test_items_where_nothing_may_be_edited(make_tracker: Make) -> None:
    async with open_app(make_tracker(SAMPLE, as_of=TODAY)) as app:
        for pane in range(3):
            await app.press("tab", "e", "d", "n")
            assert app.screen is app.main, pane
        await app.press("shift+tab", "enter", "e", "f", "d")
        assert isinstance(app.screen, PersonCard)


async def test_items_in_ascii(make_tracker: Make, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TRACKER_ASCII", "1")
    text = '[[show]]\ntitle = "Slow Tram"\nstatus = "filming"\nlinks = { a = "https://b.c" }\ncast = ["Jo Park"]\n'
    async with open_app(make_tracker(text)) as app:
        drawn: list[str] = []
        for keys in (["tab", "down"], ["tab"], ["tab"]):
            await app.press(*keys, "e")
            drawn += app.screen_lines
            await app.press("escape")
            drawn += app.screen_lines
        await app.press("shift+tab", "enter")
        drawn += app.screen_lines
        await app.press("e")
        drawn += app.screen_lines
        assert drawn_outside(drawn) == set()
