from __future__ import annotations

from datetime import date

import pytest

from tests.fake_sources import FakeSources
from tests.fake_sources.shows import Episode
from tests.tui.helpers import SAMPLE, WIDE, RunningApp
from tests.tui.online import LINKED, Home, ask, in_zone, linked, voices
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


@pytest.mark.parametrize(
    ("zone", "when"),
    [
        ("America/New_York", "Fri 27 Nov 2026, 08:30"),
        ("Pacific/Kiritimati", "Sat 28 Nov 2026, 03:30"),
    ],
)
async def test_next_episode_in_local_time(home: Home, monkeypatch: pytest.MonkeyPatch, zone: str, when: str) -> None:
    with in_zone(monkeypatch, zone):
        async with home.open(ALL_THREE) as app:
            assert f"S1E9 “Slag”, {when} " in await told(app, "Copper Moon")


@pytest.mark.parametrize("zone", ["Pacific/Kiritimati", "Pacific/Pago_Pago"])
async def test_next_episode_of_a_date_only(home: Home, monkeypatch: pytest.MonkeyPatch, zone: str) -> None:
    with in_zone(monkeypatch, zone):
        async with home.open(ALL_THREE) as app:
            said = await told(app, "Glass Orchard")
            assert "S1E1 “Seeds”, Mon 30 Nov 2026 " in said
            assert ":00" not in said


async def test_next_episode_after_midnight(
    home: Home, fake_sources: FakeSources, monkeypatch: pytest.MonkeyPatch
) -> None:
    # On the paper it is the evening before.
    late = Episode(1, 9, "Slag", "2026-11-27", "00:30", "2026-11-27T15:30:00+00:00")
    fake_sources.change("tvmaze", 110, next_episode=late)
    with in_zone(monkeypatch, "Asia/Tokyo"):
        async with home.open(ALL_THREE) as app:
            assert "Sat 28 Nov 2026, 00:30" in await told(app, "Copper Moon")


@pytest.mark.parametrize(("region", "place"), [("DE", "Farlight"), ("JP", "Lumen Now")])
async def test_where_to_watch_in_the_region(home: Home, region: str, place: str) -> None:
    home.set("tvmaze", "tmdb", region=region)
    async with home.open(ALL_THREE) as app:
        await app.select("Paper Lanterns")
        await ask(app, "r")
        line = next(line for line in app.main.query_one("#status", TextPane).plain_text.splitlines() if "watch" in line)
        assert place in line
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
        assert sorted(rows) == ["Kuro agency", "Lumen", "me", "tmdb", "tvmaze", "wikidata"]
        for who, words in {
            "tvmaze": ("14 May 2026", "In Development", "2026-11-23"),
            "tmdb": ("14 May 2026", "2026-11-23"),
            "wikidata": ("14 May 2026", "2026-11-23"),
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
        assert "disagrees" in rows["tvmaze"]
        assert "agrees" in rows["tmdb"]
        assert "vaguer" in rows["wikidata"]
        assert "older" in rows["Kuro agency"]


@pytest.mark.parametrize("size", [(100, 30), (200, 50)], ids=["100x30", "200x50"])
async def test_source_rows_are_not_broken(home: Home, fake_sources: FakeSources, size: tuple[int, int]) -> None:
    home.set("tvmaze", "tmdb", "wikidata")
    fake_sources.change("tvmaze", 101, premiered="2027-03-05", stage="undecided")
    fake_sources.change("wikidata", "Q990000101", premiered="2026")
    async with home.open(ALL_THREE, size) as app:
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
        pages = {piece.text(200).plain: piece.value for piece in synopsis(app)._items if piece.value}
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
        await app.press("tab", "enter")
        assert opened == ["https://www.tvmaze.com/shows/101/paper-lanterns"]
