"""Saved views in the app: applied, left, saved, edited and deleted."""

from __future__ import annotations

import pytest
from textual.command import CommandList
from textual.widgets import Input

from tests.tui.helpers import NARROW, SAMPLE, USUAL, Make, RunningApp, open_app, reopen
from tracker.errors import BadQuery
from tracker.reports.query import parse_query
from tracker.service import Tracker
from tracker.tui.dialogs.saved_views import SavedViewForm, SavedViewsDialog
from tracker.tui.main.view_bar import place_views
from tracker.tui.theme import UNICODE

SETTINGS = """\
# mine
[views]
kestrel = "net:kestrel"  # the best one
soon = { query = "is:month", view = "agenda", sort = "title", key = "f2" }
"한국" = { query = "country:KR", view = "timeline", native = true, seen = false, group = "status" }
"""
ALL = 12


@pytest.fixture
def tracker(make_tracker: Make) -> Tracker:
    tracker = make_tracker(SAMPLE)
    tracker.paths.settings.parent.mkdir(parents=True)
    tracker.paths.settings.write_text(SETTINGS, encoding="utf-8")
    return tracker


def settings(tracker: Tracker) -> str:
    return tracker.paths.settings.read_text(encoding="utf-8")


def bar(app: RunningApp) -> str:
    return app.text("#view-bar")


def form_value(app: RunningApp, field: str) -> str:
    return app.screen.query_one(f"#field-{field} Input", Input).value


async def test_view_is_applied_by_its_key_or_a_click_and_left(tracker: Tracker) -> None:
    async with open_app(tracker) as app:
        assert bar(app) == "● all · @kestrel 2 · @soon 3 · @한국 1"
        await app.press("f2")
        assert app.titles == ["Harbour Nine", "Slow Tram", "Glass Orchard"]
        assert app.state == "@soon · agenda · sorted by title"
        assert bar(app) == "all · @kestrel 2 · ● @soon 3 · @한국 1"
        await app.press("escape")
        assert (len(app.titles), app.state) == (ALL, "")
        assert bar(app).startswith("● all")
        await app.click_text("@한국")
        assert app.titles == ["Harbour Nine"]
        assert app.state == "@한국 · timeline · by status"
        assert (app.main.view.native, app.main.view.shows_seen) == (True, False)
        await app.click_text("@kestrel")
        # What a view does not name is as it was before any.
        assert (app.main.view.native, app.main.view.view, app.state) == (False, "list", "@kestrel")
        await app.click_text("all ·")
        assert (len(app.titles), app.state) == (ALL, "")


async def test_view_is_applied_from_the_menu(tracker: Tracker) -> None:
    async with open_app(tracker) as app:
        await app.press("V")
        assert [" ".join(row.split()) for row in app.options("#saved-views")] == [
            "● all shows",
            "@kestrel 2 net:kestrel",
            "@soon 3 f2 is:month · agenda · sorted by title",
            "@한국 1 country:KR · timeline · by status · native titles · watched and dropped hidden",
        ]
        await app.press("down", "enter")
        assert app.titles == ["Harbour Nine", "Slow Tram"]
        assert app.state == "@kestrel"
        await app.press("@", "g", "enter")
        assert (len(app.titles), app.state) == (ALL, "")


async def test_view_is_applied_by_name(tracker: Tracker) -> None:
    async with open_app(tracker) as app:
        await app.filter("@SOON")
        assert app.state == ""
        await app.press("enter")
        assert app.state == "@soon · agenda · sorted by title"
        await app.filter("@kestrel tram")
        assert app.titles == ["Slow Tram"]
        await app.filter("@kestrle")
        assert app.filter_note == "There is no saved view “@kestrle”. Did you mean @kestrel?"
        await app.press("escape", "slash", *"-@ke", "right")
        assert app.screen.query_one("#filter Input", Input).value == "-@kestrel"
        assert len(app.titles) == ALL - 2


async def test_view_is_applied_from_the_palette(tracker: Tracker) -> None:
    async with open_app(tracker) as app:
        await app.press("ctrl+p")
        await app.pilot.press(*"@soon")
        await app.pilot.pause()
        assert "@soon" in str(app.screen.query_one(CommandList).options[0].prompt)
        await app.pilot.press("enter")
        await app.settle()
        assert app.state == "@soon · agenda · sorted by title"


async def test_view_that_was_changed_has_a_plus(tracker: Tracker) -> None:
    async with open_app(tracker) as app:
        await app.press("f2", "v", "R")
        assert app.state == "@soon + · agenda"
        await app.press("v", "T")
        assert app.state == "@soon · agenda · sorted by title"
        await app.press("slash", "end", *" tram")
        assert app.titles == ["Slow Tram"]
        assert app.state == "@soon + · agenda · sorted by title"
        await app.press("enter", "3", "escape")
        # The month was somebody's own choice; the order was the view's.
        assert (len(app.titles), app.state) == (ALL, "month")


async def test_view_comes_back_after_a_restart(tracker: Tracker) -> None:
    async with open_app(tracker) as app:
        await app.press("f2", "q")
    async with open_app(reopen(tracker)) as app:
        assert app.state == "@soon · agenda · sorted by title"
        assert app.counts.startswith("3 of 12")
        await app.press("escape")
        assert (len(app.titles), app.state) == (ALL, "")
        await app.press("f2", "q")
    tracker.paths.settings.write_text("", encoding="utf-8")
    async with open_app(reopen(tracker)) as app:
        assert (len(app.titles), app.state) == (ALL, "agenda · sorted by title")


async def test_going_to_a_hidden_show_leaves_the_view(tracker: Tracker) -> None:
    async with open_app(tracker) as app:
        await app.press("V", "down", "enter")
        app.main.go_to("salt-road")
        await app.settle()
        assert (app.cursor, app.state, len(app.titles)) == ("Salt Road", "", ALL)
        assert bar(app).startswith("● all")


async def test_filter_is_saved_while_it_is_typed(tracker: Tracker) -> None:
    async with open_app(tracker) as app:
        await app.press("2")
        await app.filter("tag:must-see")
        assert "^s save this view  esc clear" in app.screen_lines[-1]
        await app.press("ctrl+s")
        assert form_value(app, "query") == "tag:must-see"
        assert "Arrangement: agenda" in app.seen
        await app.press(*"must see", "enter")
        assert app.note("name") == "Use letters, digits, - and _ for a name, up to 40 characters."
        await app.set_text("#field-name Input", "@must")
        await app.press("tab", "tab", *"s", "enter")
        assert app.note("key") == "s is taken by “status”."
        await app.press("f2", "enter")
        assert app.note("key") == "f2 is the key of @soon."
        await app.press("f3", "enter")
        assert app.state == "@must · agenda"
        assert app.toasts == ["Saved as @must"]
        assert bar(app).endswith("● @must 1")
        assert not app.main.query("#filter")
        await app.press("escape", "f3")
        assert app.titles == ["Paper Lanterns"]
    assert settings(tracker) == SETTINGS + 'must = { query = "tag:must-see", view = "agenda", key = "f3" }\n'


async def test_first_view_is_saved_without_settings(make_tracker: Make) -> None:
    tracker = make_tracker(SAMPLE)
    async with open_app(tracker) as app:
        assert not app.main.query("#view-bar")
        await app.press("V")
        assert app.text("#view-note") == "No saved views yet. Filter or arrange the list, then press V and s."
        await app.press("escape")
        await app.act("save_view")
        assert app.toasts == ["Nothing to save. Filter or arrange the list first."]
        await app.filter("net:lumen")
        await app.press("ctrl+s", *"한국", "enter")
        assert bar(app) == "all · ● @한국 1"
    assert settings(tracker) == '[views]\n"한국" = "net:lumen"\n'


async def test_name_that_is_taken_is_asked_about(tracker: Tracker) -> None:
    async with open_app(tracker) as app:
        await app.filter("net:lumen")
        await app.press("ctrl+s", *"Kestrel", "enter")
        assert "@kestrel exists: net:kestrel. Press Enter again to replace it." in app.seen
        await app.press("s", "enter")
        assert app.state == "@Kestrels"
        await app.filter("tram")
        await app.press("ctrl+s", *"kestrel", "enter", "enter")
        assert app.state == "@kestrel"
    assert settings(tracker) == SETTINGS.replace('"net:kestrel"', '"tram"') + 'Kestrels = "net:lumen"\n'


async def test_changed_view_is_saved_under_its_name_or_another(tracker: Tracker) -> None:
    async with open_app(tracker) as app:
        await app.press("f2", "v", "S", "V", "s")
        assert (form_value(app, "name"), form_value(app, "key")) == ("soon", "f2")
        await app.press(*"next", "enter", "escape")
        assert app.state == "@next · agenda · sorted by status"
        # Its key stays with the other.
        assert 'next = { query = "is:month", view = "agenda", sort = "status" }\n' in settings(tracker)
        await app.press("v", "R", "V", "r", "y", "escape")
        assert app.state == "@next · agenda"
    assert settings(tracker).startswith(SETTINGS)
    assert settings(tracker).endswith('next = { query = "is:month", view = "agenda", sort = "release" }\n')


async def test_view_is_edited(tracker: Tracker) -> None:
    async with open_app(tracker) as app:
        await app.press("f2", "V", "e", *"near", "tab", "end", *" net:kestrel")
        assert app.note("query") == "2 shows"
        await app.press("enter", "escape")
        assert app.state == "@near · agenda · sorted by title"
        assert app.titles == ["Harbour Nine", "Slow Tram"]
        await app.press("escape")
        assert (app.state, app.main.view.saved_view) == ("", "")
    assert settings(tracker) == SETTINGS.replace("soon = ", "near = ").replace("is:month", "is:month net:kestrel")


async def test_view_is_deleted(tracker: Tracker) -> None:
    async with open_app(tracker) as app:
        await app.press("f2", "V", "d", "n", "d", "y")
        assert isinstance(app.screen, SavedViewsDialog)
        await app.press("escape")
        assert (len(app.titles), app.state) == (ALL, "")
        assert bar(app) == "● all · @kestrel 2 · @한국 1"
        await app.press("V", "G", "d", "y", "d", "y", "escape")
        assert not app.main.query("#view-bar")
    assert settings(tracker) == "# mine\n[views]\n"


async def test_view_is_not_saved_into_broken_settings(tracker: Tracker) -> None:
    async with open_app(tracker) as app:
        await app.filter("net:lumen")
        broken = SETTINGS + "region = \n"
        tracker.paths.settings.write_text(broken, encoding="utf-8")
        await app.press("ctrl+s", *"lumen", "enter")
        assert isinstance(app.screen, SavedViewForm)
        assert "Nothing was saved." in " ".join(app.text("#form-foot").split())
        assert settings(tracker) == broken


async def test_settings_edited_meanwhile_are_read_by_the_menu(tracker: Tracker) -> None:
    async with open_app(tracker) as app:
        tracker.paths.settings.write_text('[views]\nlumen = "net:lumen"\nbad = "colour:red"\n', encoding="utf-8")
        await app.press("V", "G")
        assert [" ".join(row.split()) for row in app.options("#saved-views")][1:] == [
            "@lumen 1 net:lumen", "@bad ! colour:red",
        ]  # fmt: skip
        assert app.text("#view-note").startswith("@bad: There is no filter “colour:”")
        await app.press("enter")
        assert (len(app.titles), app.state) == (ALL, "")
        assert app.toasts[-1].startswith("@bad: There is no filter “colour:”")


async def test_keys_are_seen_below_many_views(tracker: Tracker) -> None:
    lines = [f'view-{number} = "net:lumen"' for number in range(40)]
    tracker.paths.settings.write_text("\n".join(["[views]", *lines]), encoding="utf-8")
    async with open_app(tracker, (80, 25)) as app:
        await app.press("V")
        assert "esc back" in app.seen


async def test_wrong_views_are_told_at_the_start(tracker: Tracker) -> None:
    text = '[views]\na = { query = "x", key = "s" }\nb = { query = "x", key = "foo" }\nc = "colour:red"\nd = "@d"\n'
    tracker.paths.settings.write_text(text, encoding="utf-8")
    with pytest.raises(BadQuery) as refused:
        parse_query("colour:red")
    wrong = str(refused.value)
    async with open_app(tracker) as app:
        where = tracker.paths.settings
        assert [toast.removeprefix(f"{where}: ") for toast in app.toasts] == [
            "“views.a.key”: s is taken by “status”.",
            "“views.b.key”: “foo” is not a key. Try f2, ctrl+k or a letter.",
            f"@c: {wrong}",
            "@d: @d refers to itself.",
        ]  # fmt: skip
        await app.press("s")
        assert app.screen is not app.main


async def test_bar_needs_room(tracker: Tracker) -> None:
    async with open_app(tracker, NARROW) as app:
        assert not app.is_seen("#view-bar")
        await app.press("f2")
        assert app.state == "@soon · agenda · sorted by title"
        await app.resize(*USUAL)
        assert app.is_seen("#view-bar")
        await app.resize(36, 30)
        assert bar(app) == "all · @kestrel 2 · ● @soon 3 · …"
        await app.click_text("@soon 3 · …", at=len("@soon 3 · "))
        assert isinstance(app.screen, SavedViewsDialog)


async def test_counts_of_a_long_list(tracker: Tracker, monkeypatch: pytest.MonkeyPatch) -> None:
    """A thread counts, and counts again what was edited meanwhile."""
    monkeypatch.setattr("tracker.tui.main.saved_views._MAX_AT_ONCE", 1)
    async with open_app(tracker) as app:
        assert bar(app) == "● all · @kestrel 2 · @soon 3 · @한국 1"
        await app.select("Slow Tram")
        await app.press("d", "y")
        assert bar(app) == "● all · @kestrel 1 · @soon 2 · @한국 1"


async def test_burst_after_a_save(tracker: Tracker) -> None:
    async with open_app(tracker) as app:
        await app.burst("slash", *"net:lumen", "ctrl+s", *"lumen", "enter", "slash", "end", *" d", "enter")
        assert app.state == "@lumen +"
        assert app.main.filter.text == "net:lumen d"
        assert len(app.tracker.watchlist.current.shows) == ALL


LABELS = ["all", "@korea 12", "@overdue 3", "@한국 4"]


@pytest.mark.parametrize(
    ("current", "width", "shown", "has_more"),
    [
        (0, 38, [0, 1, 2, 3], False), (0, 37, [0, 1, 2], True), (3, 37, [0, 1, 3], True), (3, 20, [0, 3], True),
        (3, 5, [3], True), (-1, 20, [0, 1], True), (1, 1, [1], True),
    ],
)  # fmt: skip
def test_bar_shows_what_fits(current: int, width: int, shown: list[int], has_more: bool) -> None:
    places, more = place_views(LABELS, current, width, UNICODE)
    assert ([number for number, _ in places], more) == (shown, has_more)
