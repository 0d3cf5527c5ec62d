from __future__ import annotations

from datetime import date

import pytest

from tests.fake_sources import FakeSources
from tests.tui.helpers import SAMPLE, USUAL, WIDE, RunningApp
from tests.tui.online import LINKED, Home, ask, in_zone, linked, voices
from tracker.tui.details.pane_values import NoticeItem
from tracker.tui.widgets.text_pane import TextPane

ALL_THREE = linked(
    SAMPLE,
    paper_lanterns='tvmaze = 101, tmdb = "tv/201", wikidata = "Q990000101"', glass_orchard="tvmaze = 104",
    copper_moon="tvmaze = 110", night_bakery='tmdb = "movie/205"',
)  # fmt: skip
"""The sample, of which one show is tied to all services."""
NOTICES = {
    "TVmaze": "https://www.tvmaze.com/shows/101/paper-lanterns",
    "TMDB": "https://www.themoviedb.org/tv/201",
    "Wikidata": "https://www.wikidata.org/wiki/Q990000101",
}


async def told(app: RunningApp, title: str) -> str:
    """Ask about a show, and return what its status pane says."""
    await app.select(title)
    await ask(app, "r")
    return app.pane("status")


def synopsis(app: RunningApp) -> TextPane:
    return app.main.query_one("#synopsis", TextPane)


async def test_next_episode_in_local_time(home: Home, monkeypatch: pytest.MonkeyPatch) -> None:
    with in_zone(monkeypatch, "Pacific/Kiritimati"):
        async with home.open(ALL_THREE) as app:
            assert "S1E9 “Slag”, Sat 28 Nov 2026, 03:30 " in await told(app, "Copper Moon")


async def test_where_to_watch_in_the_region(home: Home) -> None:
    home.set("tvmaze", "tmdb", region="DE")
    async with home.open(ALL_THREE) as app:
        await app.select("Paper Lanterns")
        await ask(app, "r")
        line = next(line for line in app.main.query_one("#status", TextPane).plain_text.splitlines() if "watch" in line)
        assert "Farlight" in line
        assert "Lumen Now" not in line
        assert "JustWatch" in line


async def test_sources_have_one_row_each(home: Home) -> None:
    home.set("tvmaze", "tmdb", "wikidata")
    async with home.open(ALL_THREE, (140, 50)) as app:
        await app.select("Paper Lanterns")
        await ask(app, "r")
        await app.press("n")
        await app.set_text("#field-release Input", "2027")
        await app.press("ctrl+s")
        rows = voices(app)
        assert sorted(rows) == ["Kuro agency", "Lumen", "TMDB", "TVmaze", "Wikidata", "me"]
        for who, words in {
            "TVmaze": ("14 May 2026", "In Development", "2026-11-23"),
            "TMDB": ("14 May 2026", "2026-11-23"),
            "Wikidata": ("14 May 2026", "2026-11-23"),
            "Lumen": ("14 May 2026", "2026-01-27"),
            "Kuro agency": ("2025", "filming", "2024-06-28"),
            "me": ("2027", "2026-11-23"),
        }.items():
            for word in words:
                assert word in rows[who], (who, word)
        assert [who for who, words in rows.items() if words.endswith("(this one)")] == ["me"]


async def test_sources_say_why_they_count(home: Home, fake_sources: FakeSources) -> None:
    home.set("tvmaze", "tmdb", "wikidata")
    fake_sources.change("tvmaze", 101, premiered="2027-03-05")
    fake_sources.change("wikidata", "Q990000101", premiered="2026")
    async with home.open(ALL_THREE, (140, 50)) as app:
        await app.select("Paper Lanterns")
        await ask(app, "r")
        rows = voices(app)
        assert [who for who, words in rows.items() if words.endswith("(this one)")] == ["Lumen"]
        assert "counts" in rows["Lumen"]
        assert "disagrees" in rows["TVmaze"]
        assert "agrees" in rows["TMDB"]
        assert "vaguer" in rows["Wikidata"]
        assert "older" in rows["Kuro agency"]


async def test_source_rows_are_not_broken(home: Home, fake_sources: FakeSources) -> None:
    home.set("tvmaze", "tmdb", "wikidata")
    fake_sources.change("tvmaze", 101, premiered="2027-03-05", stage="undecided")
    fake_sources.change("wikidata", "Q990000101", premiered="2026")
    async with home.open(ALL_THREE, USUAL) as app:
        await app.select("Paper Lanterns")
        await ask(app, "r")
        pane = app.main.query_one("#status", TextPane)
        width = pane.scrollable_content_region.width
        rows = [line for line in pane.plain_text.splitlines() if line[2:].partition("   ")[0] in voices(app)]
        rows = [line for line in rows if line[2:].strip() not in voices(app)]
        assert len(rows) == 5
        for line in rows:
            assert len(line) <= width, line


async def test_sources_are_credited_with_their_pages(home: Home) -> None:
    home.set("tvmaze", "tmdb", "wikidata")
    async with home.open(ALL_THREE, WIDE) as app:
        assert "TVmaze" not in app.pane("synopsis")
        await app.select("Paper Lanterns")
        await ask(app, "r")
        said = app.pane("synopsis")
        assert "CC BY-SA" in said
        assert "This product uses the TMDB API but is not endorsed or certified by TMDB." in said
        values = {piece.text(200).plain: piece.value for piece in synopsis(app)._items}
        pages = {text: value.url for text, value in values.items() if isinstance(value, NoticeItem)}
        assert len(pages) == 3
        for name, page in NOTICES.items():
            assert any(name in text and value == page for text, value in pages.items()), name
        await app.select("Copper Moon")
        await ask(app, "r")
        assert "TVmaze" in app.pane("synopsis")
        assert "TMDB" not in app.pane("synopsis")
        await app.select("Salt Road")
        assert "TVmaze" not in app.pane("synopsis")


async def test_sources_after_a_restart(home: Home, fake_sources: FakeSources) -> None:
    async with home.open(ALL_THREE, WIDE) as app:
        await told(app, "Copper Moon")
    fake_sources.requests.clear()
    async with home.open(None, WIDE) as app:
        await app.select("Copper Moon")
        assert "“Slag”" in app.pane("status")
        assert "Running" in app.pane("status")
        assert "TVmaze" in app.pane("synopsis")
    assert fake_sources.requests == []


async def test_sources_in_the_past(home: Home) -> None:
    home.set("tvmaze", "tmdb", region="JP")
    async with home.open(ALL_THREE, WIDE) as app:
        assert "JustWatch" in await told(app, "Paper Lanterns")
        assert "proposals" in app.pane("status")
    async with home.open(None, WIDE, as_of=date(2026, 2, 1)) as app:
        await app.select("Paper Lanterns")
        said = app.pane("status")
        for word in ("JustWatch", "next ", "tvmaze", "tmdb", "proposal"):
            assert word not in said, word
        assert "14 May 2026" in said
        for word in ("TVmaze", "TMDB"):
            assert word not in app.pane("synopsis"), word
        assert "news" not in app.counts


async def test_source_page_is_opened(home: Home, monkeypatch: pytest.MonkeyPatch) -> None:
    async with home.open(LINKED, WIDE) as app:
        opened = []
        monkeypatch.setattr(app.app, "open_url", lambda url, **_: opened.append(url))
        await ask(app, "r")
        await app.press("tab", "down", "down", "enter")
        assert opened == ["https://www.tvmaze.com/shows/101/paper-lanterns"]
