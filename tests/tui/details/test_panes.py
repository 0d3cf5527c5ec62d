from __future__ import annotations

import pytest

from tests.tui.helpers import NARROW, SAMPLE, Make, entry, open_app
from tracker.tui.widgets.text_pane import TextPane

PANES = ("synopsis", "cast", "status")


async def test_panes_show_the_selected_show(make_tracker: Make) -> None:
    async with open_app(make_tracker(SAMPLE)) as app:
        assert app.text("#heading").splitlines() == ["Paper Lanterns  かみのあかり", "Lumen · Japan · series"]
        assert "A lamp maker and a diver keep one promise." in app.pane("synopsis")
        assert "must-see" in app.pane("synopsis")
        assert app.pane("cast") == "Han Seorin as Mio → a lamp maker Abel Kuro as Ren"


async def test_status_pane_begins_with_rail_and_slip(make_tracker: Make) -> None:
    async with open_app(make_tracker(SAMPLE)) as app:
        status = app.pane("status").replace("─", "")
        assert status.startswith("●●●●●◉○○ ◆ scheduled Thu 14 May 2026 · overdue")
        assert "slipped 1×, +256 days" in status


async def test_status_pane_shows_the_history(make_tracker: Make) -> None:
    async with open_app(make_tracker(SAMPLE)) as app:
        history = app.pane("status").partition(" Who says what")[0]
        assert history.endswith(
            "2026-01-27 ◆ scheduled 14 May 2026 slipped 256 days from Aug 2025 Lumen → "
            "2025-02-12 Aug 2025 narrowed from 2025 Lumen → "
            "2024-06-28 ◑ filming 2025 Kuro agency in the middle of it"
        )


async def test_panes_follow_the_cursor(make_tracker: Make) -> None:
    async with open_app(make_tracker(SAMPLE)) as app:
        await app.press("down")
        assert app.text("#heading").splitlines() == ["Harbour Nine", "Kestrel · South Korea · series"]
        assert "Mon 23 Nov 2026 · today" in app.pane("status")
        assert app.pane("cast") == "No cast yet. Press e to add."
        await app.select("Rain Ledger")
        assert "no status yet" in app.pane("status")
        assert app.pane("status").endswith("No claims yet. Press s to record the first.")


async def test_tab_goes_round_list_and_panes(make_tracker: Make) -> None:
    async with open_app(make_tracker(SAMPLE)) as app:
        forth = [app.focus]
        for _ in range(4):
            await app.press("tab")
            forth.append(app.focus)
        assert forth == ["shows", "synopsis", "cast", "status", "shows"]
        await app.press("shift+tab")
        assert app.focus == "status"


async def test_tab_changes_the_pane_of_a_narrow_terminal(make_tracker: Make) -> None:
    async with open_app(make_tracker(SAMPLE), NARROW) as app:
        for wanted in PANES:
            await app.press("tab")
            assert [pane for pane in PANES if app.is_seen(f"#{pane}")] == [wanted]
        await app.press("tab")
        assert app.focus == "shows"
        assert app.is_seen("#status")
        assert app.is_seen("#shows")


async def test_pane_heights_follow_their_contents(make_tracker: Make) -> None:
    words = " ".join(f"word{n}" for n in range(400))
    text = entry("Long", top=[f'synopsis = "{words}"']) + entry("Short", "filming", "2027")
    async with open_app(make_tracker(text)) as app:
        for size in ((120, 40), (100, 24)):
            await app.resize(*size)
            for _ in range(2):
                panes = [app.main.query_one(f"#{name}", TextPane) for name in PANES]
                hidden = [pane.virtual_size.height - pane.scrollable_content_region.height for pane in panes]
                assert max(hidden) <= 0 or min(hidden) == 0, (size, app.cursor, hidden)
                await app.press("down")
            await app.press("home")


async def test_empty_list_has_a_pane_of_one_line(make_tracker: Make) -> None:
    async with open_app(make_tracker("format = 1\n")) as app:
        assert app.pane("synopsis") == "No show selected"
        assert app.main.query_one("#synopsis").outer_size.height == 3


async def test_tabs_name_the_panes_of_a_narrow_terminal(make_tracker: Make) -> None:
    async with open_app(make_tracker(SAMPLE), NARROW) as app:
        assert app.text("#tabs") == "synopsis  cast 2  STATUS 3"
        await app.press("down", "tab")
        assert app.text("#tabs") == "SYNOPSIS ─  cast ─  status 1"
        await app.click_text("cast ─")
        assert app.focus == "cast"
        assert app.text("#tabs") == "synopsis ─  CAST ─  status 1"
        assert [pane for pane in PANES if app.is_seen(f"#{pane}")] == ["cast"]


async def test_zoom_gives_a_pane_or_the_list_the_whole_width(make_tracker: Make) -> None:
    async with open_app(make_tracker(SAMPLE)) as app:
        await app.press("tab", "z")
        assert [name for name in ("shows", *PANES) if app.is_seen(f"#{name}")] == ["synopsis"]
        assert app.main.query_one("#synopsis").outer_size.width == app.app.size.width
        assert "z back" in app.text("#keys")
        await app.press("tab")
        assert [name for name in ("shows", *PANES) if app.is_seen(f"#{name}")] == ["cast"]
        await app.press("escape")
        assert app.focus == "cast"
        assert all(app.is_seen(f"#{name}") for name in ("shows", *PANES))
        await app.press("escape", "z", "j")
        assert not app.is_seen("#panes")
        assert "overdue" in app.rows[1]
        await app.press("3")
        assert app.is_seen("#month")
        await app.press("1", "z")
        assert app.is_seen("#panes")
        assert app.text("#heading").startswith("Harbour Nine")


async def test_tiny_terminal_shows_list_or_panes(make_tracker: Make) -> None:
    async with open_app(make_tracker(SAMPLE), (40, 12)) as app:
        for shown in ("shows", *PANES, "shows"):
            assert [name for name in ("shows", *PANES) if app.is_seen(f"#{name}")] == [shown]
            assert app.main.query_one(f"#{shown}").outer_size.width == 40
            await app.press("tab")
        await app.press("/")
        assert app.is_seen("#shows")


async def test_more_is_told_where_it_is_out_of_sight(make_tracker: Make) -> None:
    words = " ".join(f"word{n}" for n in range(900))
    text = entry("A Long", top=[f'synopsis = "{words}"']) + "".join(entry(f"Show {n:02}") for n in range(40))
    async with open_app(make_tracker(text), NARROW) as app:
        assert app.text("#more") == "↓ 21 more"
        await app.press("tab")
        pane = app.main.query_one("#synopsis", TextPane)
        assert pane.border_subtitle == f"↓ {pane.virtual_size.height - pane.scrollable_content_region.height} more"
        await app.press("down")
        assert str(pane.border_subtitle).startswith("↑ 1  ↓ ")
        await app.press("escape", "end")
        assert app.text("#more") == "↑ 20 more"
        await app.filter("title:long")
        assert not app.is_seen("#more")


async def test_right_goes_into_the_panes_and_left_back(make_tracker: Make) -> None:
    async with open_app(make_tracker(SAMPLE)) as app:
        await app.press("enter")
        assert app.focus == "status"
        await app.press("escape")
        assert app.focus == "shows"
        for view, into, back in (("1", "right", "left"), ("1", "l", "h"), ("2", "right", "left"), ("2", "l", "h")):
            await app.press(view, back)
            assert app.focus == "shows"
            await app.press(into)
            assert app.focus == "status"
            await app.press(into, back)
            assert app.focus == "shows"
            assert app.screen is app.main


async def test_person_card_shows_person_and_shows(make_tracker: Make) -> None:
    async with open_app(make_tracker(SAMPLE)) as app:
        await app.press("tab", "tab", "enter")
        for words in (
            "Han Seorin",
            "한서린",
            "an actor and a swimmer",
            "Reef Office",
            "The Ninth Stair",
            "Glass Orchard  Iris",
        ):
            assert words in app.seen
        await app.press("end", "enter")
        assert app.screen is app.main
        assert app.cursor == "Glass Orchard"


async def test_person_without_a_card(make_tracker: Make) -> None:
    async with open_app(make_tracker(SAMPLE)) as app:
        await app.click_text("Abel Kuro", times=2)
        assert "No card yet. Press e to make one." in app.seen
        await app.press("escape")
        assert app.screen is app.main


async def test_link_is_opened_and_line_copied(make_tracker: Make, monkeypatch: pytest.MonkeyPatch) -> None:
    async with open_app(make_tracker(SAMPLE)) as app:
        opened: list[str] = []
        monkeypatch.setattr(app.app, "open_url", lambda url, **_: opened.append(url))
        await app.press("o")
        assert opened == ["https://lumen.example/may"]
        await app.press("enter", "enter")
        await app.press("down", "o")
        assert opened[1:] == ["https://lumen.example/may", "https://lumen.example/august"]
        copied: list[str] = []
        monkeypatch.setattr(app.app, "copy_to_clipboard", copied.append)
        await app.press("escape", "y")
        [line] = copied
        for words in ("Paper Lanterns", "かみのあかり", "scheduled", "14 May 2026", "https://lumen.example/may"):
            assert words in line
        assert app.toasts[-1] == line
        await app.press("down", "o")
        assert len(opened) == 3
        assert app.toasts[-1] == "No link here"


async def test_open_link_opens_web_pages_only(make_tracker: Make, monkeypatch: pytest.MonkeyPatch) -> None:
    text = entry("Trap", "filming", claim='url = "file:///etc/passwd"', top=['links = { x = "javascript:alert(1)" }'])
    async with open_app(make_tracker(text)) as app:
        opened: list[str] = []
        monkeypatch.setattr(app.app, "open_url", lambda url, **_: opened.append(url))
        await app.press("o")
        assert opened == []


async def test_native_titles_and_back(make_tracker: Make) -> None:
    async with open_app(make_tracker(SAMPLE)) as app:
        await app.press("v", "t")
        assert "かみのあかり" in app.rows[1]
        assert any("밤의 빵집" in row for row in app.rows)
        assert any("Slow Tram" in row for row in app.rows)
        assert app.text("#heading").startswith("かみのあかり  Paper Lanterns")
        await app.press("v", "t")
        assert "Paper Lanterns" in app.rows[1]


async def test_pane_scrolls_with_keys(make_tracker: Make) -> None:
    words = " ".join(f"word{n}" for n in range(900))
    async with open_app(make_tracker(entry("Long", top=[f'synopsis = "{words}"'])), NARROW) as app:
        await app.press("tab")
        assert "word899" not in app.seen
        await app.press("end")
        await app.pilot.pause()
        assert "word899" in app.seen
        await app.press("up", "up")
        assert "word899" not in app.seen
