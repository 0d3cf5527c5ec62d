from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from textual.command import CommandPalette
from textual.events import Key

from tests.tui.helpers import SAMPLE, Make, open_app
from tests.tui.session import Start
from tracker.tui import type_ahead
from tracker.tui.key_parser import KeyParser
from tracker.tui.main.screen import MainScreen


async def test_burst_adds_many_shows(make_tracker: Make) -> None:
    titles = [f"Quay {letter}" for letter in "abcd"]
    async with open_app(make_tracker(SAMPLE)) as app:
        await app.burst(*(key for title in titles for key in ("A", *title, "enter")))
        assert [show.title for show in app.tracker.watchlist.current.shows[-4:]] == titles
        assert len(app.titles) == 16
        assert app.screen is app.main


async def test_burst_records_once_for_the_right_show(make_tracker: Make) -> None:
    async with open_app(make_tracker(SAMPLE)) as app:
        await app.select("Salt Road")
        before = {show.id: len(show.history) for show in app.tracker.watchlist.current.shows}
        await app.burst("j", "n", *"2029", "enter", "enter")
        changed = [show for show in app.tracker.watchlist.current.shows if len(show.history) != before[show.id]]
        assert [(show.title, len(show.history) - before[show.id]) for show in changed] == [("Ninth Tide", 1)]


async def test_burst_through_filter_and_prompt(make_tracker: Make) -> None:
    async with open_app(make_tracker(SAMPLE)) as app:
        await app.burst(
            "slash", *"Kestrel", "enter", "j", "T", *"mine", "enter", "?", "escape", "k", "T", *"ours", "enter"
        )
        tags = {show.title: show.tags for show in app.tracker.watchlist.current.shows if show.tags}
        assert app.titles == ["Harbour Nine", "Slow Tram"]
        assert tags == {"Paper Lanterns": ("must-see",), "Slow Tram": ("mine",), "Harbour Nine": ("ours",)}


async def test_burst_into_the_palette(make_tracker: Make) -> None:
    async with open_app(make_tracker(SAMPLE)) as app:
        await app.burst("ctrl+p", *"Glass", "enter", "T", *"mine", "enter")
        assert not isinstance(app.screen, CommandPalette)
        [tagged] = [show.title for show in app.tracker.watchlist.current.shows if "mine" in show.tags]
        assert tagged == "Glass Orchard"


async def test_burst_into_a_pane_is_for_the_show_it_goes_to(
    make_tracker: Make, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tracker.tui.main.screen.DETAILS_DELAY", 0.3)
    async with open_app(make_tracker(SAMPLE)) as app:
        await app.select("Paper Lanterns")
        before = {show.title: len(show.history) for show in app.tracker.watchlist.current.shows}
        await app.burst("j", "j", "tab", "tab", "tab", "d")
        after = {show.title: len(show.history) for show in app.tracker.watchlist.current.shows}
        assert after == before | {"Slow Tram": 0}


async def test_edit_waits_for_the_rest_of_the_list(make_tracker: Make) -> None:
    async with open_app(make_tracker(SAMPLE)) as app:
        main, whole = app.main, app.main.watchlist

        def read_rest() -> None:
            assert app.cursor == "Harbour Nine"
            main.set_reactive(MainScreen.watchlist, whole)

        main.set_reactive(MainScreen.watchlist, whole._replace(is_complete=False))
        main._is_reading = True
        main.set_timer(0.05, read_rest)
        await app.burst("j", "A", *"Velvet", "enter")
        assert app.cursor == "Velvet"


async def test_keys_for_the_editor_are_for_nobody(make_tracker: Make, monkeypatch: pytest.MonkeyPatch) -> None:
    @contextmanager
    def lend(self: object) -> Iterator[None]:
        yield

    monkeypatch.setattr("textual.app.App.suspend", lend)
    monkeypatch.setenv("EDITOR", "true")
    async with open_app(make_tracker(SAMPLE)) as app:
        before = app.file
        await app.burst("E", "d", "enter")
        assert app.file == before
        assert app.screen is app.main
        await app.burst("d", "enter")
        assert app.file != before


async def test_key_does_not_wait_for_ever(make_tracker: Make, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(type_ahead, "PATIENCE", 0.0)
    monkeypatch.setattr(type_ahead.TypeAhead, "_is_quiet", lambda self: False)
    async with open_app(make_tracker(SAMPLE)) as app:
        await app.burst("j", "j", "q")
        assert not app.app.is_running


async def test_simulated_key_comes_before_those_that_wait(make_tracker: Make) -> None:
    async with open_app(make_tracker(SAMPLE)) as app:
        app.app.post_message(Key("j", "j"))
        app.app.post_message(Key("T", "T"))
        app.app.simulate_key("down")
        await app.burst(*"mine", "enter")
        [tagged] = [show.title for show in app.tracker.watchlist.current.shows if "mine" in show.tags]
        assert tagged == app.titles[2]


def test_burst_over_a_terminal(start: Start) -> None:
    app = start()
    app.wait_for(b"Harbour Nine", b"\x1b[?2004h", b"12 shows")
    place = app.type(b"".join(f"AQuay {letter}\r".encode() for letter in "ab"))
    app.wait_for(b"14 shows", b"Quay b added", since=place)
    app.type(b"q")
    assert app.wait() == 0


@pytest.mark.parametrize(
    ("typed", "keys"),
    [
        ("\x1bj", ["escape", "j"]),
        (
            "5\x1bTx\r\x1bA\x1b\x1by" + "z" * 40,
            ["5", "escape", "T", "x", "enter", "escape", "A", "escape", "escape", "y", *"z" * 40],
        ),
        ("\x1bG", ["escape", "G"]),
        ("\x1b\r", ["escape", "enter"]),
        ("\x1b5", ["escape", "5"]),
        ("\x1b\t", ["escape", "tab"]),
        ("\x1b\x1b[B", ["escape", "down"]),
        ("\x1b[Z\x1bf\x1b\x7f", ["shift+tab", "ctrl+right", "ctrl+w"]),
        ("\x1b[27u\x1b[1;3C", ["escape", "alt+right"]),
    ],
)
def test_escape_and_a_key_in_one_read(typed: str, keys: list[str]) -> None:
    parser = KeyParser()
    pressed = [*parser.feed(typed), *parser.feed("")]
    assert [event.key for event in pressed if isinstance(event, Key)] == keys
