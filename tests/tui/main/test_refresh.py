from __future__ import annotations

import asyncio
import threading
from datetime import date

from tests.fake_sources import FakeSources
from tests.fake_sources.faults import half_json, silent
from tests.fake_sources.shows import FakeShow
from tests.tui.helpers import SAMPLE, WIDE, RunningApp
from tests.tui.online import Gate, Home, ask, entry_of, heard, linked, until
from tracker.tui.dialogs.search import SearchDialog

TWICE = linked(
    SAMPLE,
    harbour_nine='tvmaze = 102, tmdb = "tv/202"', slow_tram='tvmaze = 103, tmdb = "tv/203"',
)  # fmt: skip
"""The sample, of which two shows are tied to two services."""


def asked(fake_sources: FakeSources, service: str = "tvmaze") -> list[str]:
    """Return which records a service was asked for since this was called last."""
    paths = [one.path for one in fake_sources.requests if one.service == service and one.path.count("/") == 2]
    fake_sources.requests.clear()
    return [path for path in paths if path.startswith(("/shows/", "/tv/", "/movie/"))]


def rows_of(app: RunningApp, title: str) -> str:
    return next(row for row in app.rows if title in row)


async def test_refresh_asks_about_the_current_show_and_again_past_the_cache(
    home: Home, fake_sources: FakeSources
) -> None:
    async with home.open() as app:
        await app.select("Slow Tram")
        await ask(app, "r")
        assert asked(fake_sources) == ["/shows/103"]
        fake_sources.max_age["tvmaze"] = 3600
        await ask(app, "r")
        await app.select("Harbour Nine")
        await ask(app, "r")
        await app.select("Slow Tram")
        fake_sources.requests.clear()
        await ask(app, "r")
        assert asked(fake_sources) == []
        await ask(app, "r")
        assert asked(fake_sources) == ["/shows/103"]


async def test_refresh_asks_about_marked_shows(home: Home, fake_sources: FakeSources) -> None:
    async with home.open() as app:
        await app.select("Harbour Nine")
        await app.press("space", "space")
        await app.select("Paper Lanterns")
        await ask(app, "r")
        assert asked(fake_sources) == ["/shows/102", "/shows/103"]


async def test_refresh_of_an_unlinked_show_searches(home: Home, fake_sources: FakeSources) -> None:
    async with home.open() as app:
        await app.select("Salt Road")
        await ask(app, "r")
        assert isinstance(app.screen, SearchDialog)
        assert "Salt Road isn't linked to a source" in app.seen
        assert [one.query["q"] for one in fake_sources.requests] == [["Salt Road"]]
        assert any("Salt Road" in option for option in app.options("#found"))


async def test_refresh_of_several_unlinked_shows(home: Home, fake_sources: FakeSources) -> None:
    async with home.open(SAMPLE) as app:
        await app.press("space", "space")
        await ask(app, "r")
        assert app.screen is app.main
        assert "None of these" in app.toasts[-1]
        assert fake_sources.requests == []


async def test_refresh_shows_what_is_new(home: Home, fake_sources: FakeSources) -> None:
    async with home.open() as app:
        await ask(app, "R")
        before = app.file
        home.later(days=1)
        fake_sources.change("tvmaze", 103, premiered="2027-01-15")
        await ask(app, "R")
        assert rows_of(app, "Slow Tram").endswith("15 Jan 2027")
        assert app.cursor == "Paper Lanterns"
        assert "1 unread" in app.counts
        assert "1 news" in app.toasts[-1]
        entry = entry_of(app, "Slow Tram")
        assert "release = 2027-01-15" in entry
        assert 'source = "tvmaze"\nurl = "https://www.tvmaze.com/shows/103/slow-tram"' in entry
        assert "rating = 9" in entry
        start, end = (before.index(f'[[show]]\ntitle = "{title}"') for title in ("Slow Tram", "Glass Orchard"))
        assert app.file == before[:start] + entry + before[end:]


async def test_refresh_all_asks_about_what_is_due(home: Home, fake_sources: FakeSources) -> None:
    async with home.open() as app:
        await ask(app, "R")
        assert asked(fake_sources) == ["/shows/101", "/shows/102", "/shows/103", "/shows/110"]
        await ask(app, "R")
        assert fake_sources.requests == []
        assert "R again" in app.toasts[-1]
        fake_sources.change("tvmaze", 110, synopsis="<p>Anew.</p>")
        await ask(app, "R")
        assert asked(fake_sources) == ["/shows/110"]


async def test_refresh_progress_and_stop(home: Home, fake_sources: FakeSources) -> None:
    gate = Gate()
    async with home.open(size=WIDE) as app:
        await ask(app, "R")
        home.later(days=4)
        for number in (102, 103, 110):
            fake_sources.change("tvmaze", number, premiered="2027-03-05")
        fake_sources.fail("tvmaze", gate, path="/shows/103")
        asked(fake_sources)
        await app.press("R")
        await gate.asked()
        await until(app, lambda: "Harbour Nine" in app.state)
        assert "refreshing 2 of 4 (esc stops): Harbour Nine" in app.state
        assert "esc" in app.state
        await app.press("escape")
        gate.let()
        await heard(app)
        # Of all but 101 a day has passed, so that the feed of changes would save no request.
        assert asked(fake_sources) == ["/shows/101", "/shows/102", "/shows/103"]
        assert "Stopped" in app.toasts[-1]
        assert app.state == ""
        assert rows_of(app, "Harbour Nine").endswith("5 Mar 2027")
        assert "release = 2027-03-05" in entry_of(app, "Harbour Nine")
        assert "1 unread" in app.counts
        assert "2027-03-05" not in entry_of(app, "Copper Moon")


async def test_refresh_with_a_failing_record(home: Home, fake_sources: FakeSources) -> None:
    async with home.open() as app:
        await ask(app, "R")
        home.later(days=4)
        for number in (102, 103, 110):
            fake_sources.change("tvmaze", number, premiered="2027-03-05")
        fake_sources.fail("tvmaze", half_json, path="/shows/102")
        asked(fake_sources)
        await ask(app, "R")
        assert asked(fake_sources)[-2:] == ["/shows/103", "/shows/110"]
        assert rows_of(app, "Slow Tram").endswith("5 Mar 2027")
        assert rows_of(app, "Harbour Nine").endswith("23 Nov 2026")
        assert "Harbour Nine" in app.toasts[-1]


async def test_refresh_offline_is_one_quiet_line(home: Home) -> None:
    home.set("tvmaze", where={"tvmaze": "http://127.0.0.1:9"})
    async with home.open() as app:
        before, rows, counts = app.file, app.rows, app.counts
        for key in ("r", "R"):
            await ask(app, key)
            [note] = app.app._notifications
            assert "Can't reach TVmaze" in note.message
            assert "\n" not in note.message
            assert note.severity == "information"
            assert (app.file, app.rows, app.counts, app.state) == (before, rows, counts, "")


async def test_screen_answers_during_a_refresh(home: Home, fake_sources: FakeSources) -> None:
    gate = Gate()
    fake_sources.fail("tvmaze", gate, path="/shows/*")
    async with home.open() as app:
        await app.press("R")
        await gate.asked()
        await app.press("down", "down")
        assert app.cursor == "Slow Tram"
        await app.press("right_square_bracket")
        assert 'status = "airing"' in entry_of(app, "Slow Tram")
        await app.filter("copper")
        assert app.titles == ["Copper Moon"]
        await app.press("enter", "q")
        assert not app.app.is_running


async def test_refresh_runs_once_at_a_time(home: Home, fake_sources: FakeSources) -> None:
    gate = Gate()
    fake_sources.fail("tvmaze", gate, path="/shows/*")
    async with home.open() as app:
        await app.press("R")
        await gate.asked()
        await app.press("R", "r")
        assert "already running" in app.toasts[-1]
        gate.let()
        await heard(app)
        assert asked(fake_sources) == ["/shows/101", "/shows/102", "/shows/103", "/shows/110"]


async def test_the_past_cannot_be_refreshed(home: Home, fake_sources: FakeSources) -> None:
    async with home.open(as_of=date(2026, 2, 1)) as app:
        before = app.file
        for key in ("r", "R", "p", "i", "a", "L"):
            app.app.clear_notifications()
            await ask(app, key)
            assert app.screen is app.main, key
            [toast] = app.toasts
            assert "past" in toast, key
        assert fake_sources.requests == []
        assert app.file == before


async def test_opening_the_app_asks_nobody(home: Home, fake_sources: FakeSources) -> None:
    home.set("tvmaze", "tmdb", "wikidata")
    async with home.open(TWICE) as app:
        await app.press("down", "up", "tab", "tab", "escape", "i", "escape", "p", "escape", "a", "escape", "q")
        assert not app.app.is_running
    assert fake_sources.requests == []
    assert sum(map(fake_sources.connections, ("tvmaze", "tmdb", "wikidata"))) == 0
    assert not home.trackers[0].paths.cache.exists()


async def test_refresh_progress_of_hostile_titles(home: Home, fake_sources: FakeSources) -> None:
    gate = Gate()
    fake_sources.add(FakeShow(title="[Oshi no Ko] [/]", tvmaze=700), FakeShow(title="Last", tvmaze=701))
    fake_sources.fail("tvmaze", gate, path="/shows/701")
    text = linked('[[show]]\ntitle = "[Oshi no Ko] [/]"\n[[show]]\ntitle = "Last"\n', last="tvmaze = 701")
    text = text.replace('[/]"\n', '[/]"\nids = { tvmaze = 700 }\n')
    async with home.open(text) as app:
        await app.press("R")
        await gate.asked()
        await until(app, lambda: "[Oshi no Ko] [/]" in app.state)
        gate.let()
        await heard(app)
        fake_sources.remove("tvmaze", 700)
        await app.select("[Oshi no Ko] [/]")
        await ask(app, "r")
        assert "1 news" in app.toasts[-1]


async def test_refresh_that_dies_keeps_what_it_heard(home: Home, fake_sources: FakeSources) -> None:
    gate = Gate()
    async with home.open() as app:
        await ask(app, "R")
        home.later(days=4)
        for number in (102, 103):
            fake_sources.change("tvmaze", number, premiered="2027-03-05")
        fake_sources.fail("tvmaze", gate, path="/shows/103")
        await app.press("R")
        await gate.asked()
        await until(app, lambda: bool(app.tracker.inbox.items()))
        assert [one.title for one in app.tracker.inbox.items()] == ["Harbour Nine"]
        await until(app, lambda: rows_of(app, "Harbour Nine").endswith("5 Mar 2027"))


async def test_refresh_that_hangs_is_stopped_by_esc(home: Home, fake_sources: FakeSources) -> None:
    fake_sources.fail("tvmaze", silent, path="/shows/*")
    async with home.open() as app:
        await app.press("R")
        fake_sources.wait_for_requests("tvmaze")
        [thread] = [thread for thread in threading.enumerate() if thread.name == "asking"]
        await app.press("escape")
        await asyncio.to_thread(thread.join, 3)
        assert not thread.is_alive()
