from __future__ import annotations

import asyncio

import pytest

from tests.tui.helpers import NARROW, SAMPLE, USUAL, WIDE
from tests.tui.online import (
    LINKED,
    Gate,
    Home,
    ask,
    drawn_outside,
    entry_of,
    find,
    linked,
    until,
    voices,
)
from tests.tui.services.test_inbox import hear_news, news, note, titles
from tests.world import World
from tests.world.faults import silent
from tests.world.shows import KESTREL, Show
from tracker.tui.screens.find import Find
from tracker.tui.terminal import notice


async def test_show_added_after_its_date_still_hears_its_service(home: Home, world: World) -> None:
    world.add(Show(title="Late Harbour", tvmaze=800, premiered="2026-11-20", stage="announced"))
    async with home.open() as app:
        await find(app, "Late Harbour")
        await ask(app, "enter")
        home.later(days=2)
        world.change("tvmaze", 800, stage="airing", premiered="2026-11-21")
        await ask(app, "r")
        assert 'status = "airing"' in entry_of(app, "Late Harbour")
        assert "2026-11-21" in entry_of(app, "Late Harbour")


async def test_news_of_a_refresh_that_never_ended_is_kept(home: Home, world: World) -> None:
    gate = Gate()
    async with home.open() as app:
        await ask(app, "R")
        home.later(days=4)
        for n in (102, 103):
            world.change("tvmaze", n, premiered="2027-03-05")
        world.fail("tvmaze", gate, path="/shows/103")
        await app.press("R")
        await gate.asked()
        await until(app, lambda: bool(app.tracker.desk.witness.news()))
        # What would be left of it if the machine died now:
        assert [one.title for one in app.tracker.desk.witness.news()] == ["Harbour Nine"]


async def test_the_line_of_a_notice_opens_its_page(home: Home, monkeypatch: pytest.MonkeyPatch) -> None:
    async with home.open(LINKED, WIDE) as app:
        opened = []
        monkeypatch.setattr(app.app, "open_url", lambda url, **_: opened.append(url))
        await ask(app, "r")
        await app.press("tab", "enter")
        assert opened == ["https://www.tvmaze.com/shows/101/paper-lanterns"]


async def test_the_reason_fits_the_rows(home: Home, world: World) -> None:
    world.change("tvmaze", 101, premiered="2027-03-05")
    async with home.open(LINKED, WIDE) as app:
        await ask(app, "r")
        rows = voices(app)
        assert "counts" in rows["Lumen"]
        assert "2026-01-27" in rows["Lumen"]
        assert "2026-11-23" in rows["tvmaze"]  # newer
        assert "the newest word counts" not in app.pane("status")


@pytest.mark.parametrize("size", [NARROW, USUAL])
async def test_keys_of_the_search_are_in_sight_with_ten_results(
    home: Home, world: World, size: tuple[int, int]
) -> None:
    for n in range(10):
        world.add(Show(title=f"Harbour Lights {n}", tvmaze=900 + n, network=KESTREL))
    async with home.open(LINKED, size) as app:
        await find(app, "Harbour")
        assert "write it yourself" in app.seen


async def test_rows_are_whole_at_80_columns(home: Home, world: World) -> None:
    world.change("tvmaze", 101, premiered="2027-03-05")
    async with home.open(LINKED, NARROW) as app:
        await ask(app, "r")
        app.app.clear_notifications()
        await app.settle()
        assert any("tvmaze" in line and "disagrees" in line for line in app.screen_lines)


async def test_progress_is_whole_at_80_columns(home: Home, world: World) -> None:
    gate = Gate()
    world.fail("tvmaze", gate, path="/shows/103")
    async with home.open(size=NARROW) as app:
        await app.press("space", "space", "space", "R")
        await gate.asked()
        await until(app, lambda: "asking, 2" in app.text("#header"))
        assert "esc stops" in app.screen_lines[0]


async def test_the_inbox_is_ascii_alone(home: Home, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TRACKER_ASCII", "1")
    async with home.open(linked('[[show]]\ntitle = "Slow Tram"\n', slow_tram="tvmaze = 103")) as app:
        await ask(app, "r")
        await app.press("i")
        assert news(app)
        assert drawn_outside(app.screen_lines) == set()


async def test_what_the_note_says_after_u_is_true(home: Home) -> None:
    async with home.open() as app:
        await hear_news(app, home)
        told = app.file
        await app.press("i", "u")
        assert "u in the list brings it again" in note(app)
        await app.press("escape", "u")
        assert app.file == told, app.toasts


async def test_an_offer_that_waits_is_there_once(home: Home) -> None:
    async with home.open(SAMPLE) as app:
        await ask(app, "R")
        home.later(days=40)
        await ask(app, "R")
        await app.press("i")
        assert titles(app).count("Harbour Nine") == 1


async def test_esc_stops_a_request_that_hangs(home: Home, world: World) -> None:
    world.fail("tvmaze", silent, path="/shows/*")
    async with home.open() as app:
        await app.press("R")
        world.wait_for("tvmaze")
        thread = app.main.at_work
        assert thread is not None
        await app.press("escape")
        await asyncio.to_thread(thread.join, 3)
        assert not thread.is_alive()


async def test_a_search_works_after_one_was_left_that_hangs(home: Home, world: World) -> None:
    world.fail("tvmaze", silent, times=1)
    async with home.open() as app:
        await app.press("a", *"salt", "enter")
        world.wait_for("tvmaze")
        await app.press("escape", "a", *"salt", "enter")
        assert isinstance(app.screen, Find)
        thread = app.screen.at_work
        assert thread is not None
        await asyncio.to_thread(thread.join, 3)
        assert not thread.is_alive()


def test_a_multiplexer_in_a_terminal_is_not_that_terminal() -> None:
    assert notice({"TERM": "screen-256color", "VTE_VERSION": "7600", "TMUX": "/tmp/x"}, "a", "b") == ""
    assert notice({"TERM": "screen-256color", "TERM_PROGRAM": "iTerm.app", "STY": "1.x"}, "a", "b") == ""


async def test_offline_is_one_quiet_line_with_three_services(home: Home) -> None:
    dead = {"tvmaze": "http://127.0.0.1:9", "tmdb": "http://127.0.0.1:9/3", "wikidata": "http://127.0.0.1:9"}
    home.set("tvmaze", "tmdb", "wikidata", where=dead)
    async with home.open(
        LINKED.replace("tvmaze = 101", 'tvmaze = 101, tmdb = "tv/201", wikidata = "Q990000101"')
    ) as app:
        await ask(app, "r")
        [toast] = app.toasts
        assert ".;" not in toast
        assert "0 asked; nothing new" not in toast
        assert len(toast) < 100, toast


@pytest.mark.parametrize("time", range(2))
async def test_a_bare_date_of_another_machine_is_news_once(home: Home, time: int) -> None:
    """A race: the look at the file and the note of the hand edit go on in two threads."""
    async with home.open() as app:
        written = app.file
    home.write(written.replace("release = 2026-11-30", "release = 2027-02-01", 1))
    async with home.open(None) as app:
        assert "1 news" in app.counts
        await app.press("i")
        assert titles(app) == ["Glass Orchard"]


@pytest.mark.parametrize("time", range(2))
async def test_a_bare_date_of_another_machine_is_counted_while_the_app_is_open(home: Home, time: int) -> None:
    async with home.open() as app:
        home.write(app.file.replace("release = 2026-11-30", "release = 2027-02-01", 1))
        app.main.look_around()
        await app.settle()
        assert "1 news" in app.counts
        await app.press("i")
        assert titles(app) == ["Glass Orchard"]
