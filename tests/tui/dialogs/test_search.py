from __future__ import annotations

import asyncio
import re

import pytest

from tests.fake_sources import FakeSources
from tests.fake_sources.faults import half_json, silent, status, too_many
from tests.fake_sources.shows import FARLIGHT, KESTREL, Aka, FakeShow
from tests.tui.helpers import HOSTILE, NARROW, SAMPLE, RunningApp, printable
from tests.tui.online import LINKED, Gate, Home, ask, choose, find, heard, is_finding, linked
from tracker.tui.dialogs.search import SearchDialog
from tracker.tui.dialogs.show_form import AddShowForm

CONTROLS = re.compile(r"[\x00-\x1f\x7f-\x9f\u200b\u202a-\u202e\u2066-\u2069]")


def found(app: RunningApp) -> list[str]:
    return app.options("#found")


def state(app: RunningApp) -> str:
    return app.text("#find-state")


async def search(app: RunningApp, title: str) -> None:
    """Search for another title in the dialog that is open."""
    await app.set_text("Input", title)
    await ask(app, "enter")


async def test_search_asks_on_enter_and_picks_nothing(home: Home, fake_sources: FakeSources) -> None:
    async with home.open() as app:
        before = app.file
        await app.press("a", *"salt road")
        assert fake_sources.requests == []
        await ask(app, "enter")
        assert [request.query["q"] for request in fake_sources.requests] == [["salt road"]]
        assert len(found(app)) == 1
        assert is_finding(app)
        assert app.file == before
        assert fake_sources.count("tvmaze", "/shows/*") == 0


async def test_search_of_what_was_pasted(home: Home, fake_sources: FakeSources) -> None:
    async with home.open() as app:
        await find(app, "https://m.imdb.com/title/tt99000113/?ref_=x")
        [only] = found(app)
        assert "Northgate" in only
        await app.press("escape")
        await search(app, "https://www.imdb.com/name/nm0000001/")
        assert "the address of a person at IMDb" in state(app)
        await app.press("ctrl+n")
        assert isinstance(app.screen, AddShowForm)
        assert app.screen.field("title").text == ""
        await app.press("escape", "a")
        await search(app, "nm0000001")
        assert app.screen.query_one("#find-state").has_class("-wrong")
        fake_sources.fail("tvmaze", too_many(8), times=1)
        await search(app, "tvmaze:106")
        assert found(app)[0].startswith("Salt Road")
        await ask(app, "enter")
        assert app.cursor == "Salt Road"


async def test_search_tells_namesakes_apart(home: Home) -> None:
    home.set("tvmaze", "tmdb", "wikidata")
    async with home.open(size=NARROW) as app:
        await find(app, "paper lanterns")
        mine, other = found(app)
        for word in ("2026", "Lumen", "JP", "In Development", "かみのあかり", "already on your list"):
            assert word in mine, word
        for word in ("2019", "Northgate", "CA", "Ended", "TVmaze, TMDB, Wikidata"):
            assert word in other, word
            assert word in app.seen, word
        assert "already on your list" not in other


async def test_search_adds_what_enter_picks(home: Home) -> None:
    async with home.open() as app:
        before = app.file
        await app.filter("copper")
        await app.press("enter")
        await find(app, "paper lanterns")
        await choose(app, "Northgate")
        await ask(app, "enter")
        assert app.screen is app.main
        assert any(row.startswith("▸") and "Paper Lanterns" in row for row in app.rows)
        assert app.file.startswith(before)
        show = app.tracker.watchlist.current.shows[-1]
        assert app.shows.selected == show
        assert (show.title, show.networks, show.ids["tvmaze"]) == ("Paper Lanterns", ("Northgate",), 113)
        await app.press("u")
        assert app.file == before


async def test_search_asks_whether_it_is_a_season(home: Home) -> None:
    async with home.open() as app:
        before = app.file
        await find(app, "Singing Well, season 2")
        await ask(app, "enter")
        assert app.options(".form-choice") == ["Season 2: its dates are that season's", "The whole show"]
        await app.press("escape")
        assert is_finding(app)
        assert app.file == before
        await ask(app, "enter", "enter")
        show = app.tracker.watchlist.current.shows[-1]
        assert (show.title, show.season, app.cursor) == ("Singing Well", 2, "Singing Well")


async def test_link_asks_whether_it_is_a_season(home: Home) -> None:
    async with home.open('[[show]]\ntitle = "Singing Well"\noriginal_title = "노래하는 우물 시즌 3"\n') as app:
        await ask(app, "L", "enter")
        assert "season 3" in app.seen
        assert "ids" not in app.file
        await ask(app, "enter")
        assert app.tracker.watchlist.current.shows[0].season == 3
        await app.press("u")
        assert "season" not in app.file


async def test_search_goes_to_a_show_on_the_list(home: Home, fake_sources: FakeSources) -> None:
    async with home.open() as app:
        await app.filter("quiet")
        await app.press("enter")
        before = app.file
        await find(app, "Copper Moon")
        assert "already on your list: Copper Moon" in app.seen
        await ask(app, "enter")
        assert app.screen is app.main
        assert app.cursor == "Copper Moon"
        assert app.file == before
        assert fake_sources.count("tvmaze", "/shows/*") == 0
        assert "already on your list" in app.toasts[-1]


async def test_search_of_a_failing_source(home: Home, fake_sources: FakeSources) -> None:
    home.set("tvmaze", where={"tvmaze": "http://127.0.0.1:9"})
    async with home.open() as app:
        await find(app, "Velvet Quay")
        assert state(app).startswith("Can't reach TVmaze")
        assert not app.screen.query_one("#find-state").has_class("-wrong")
    home.set("tvmaze")
    fake_sources.fail("tvmaze", half_json)
    async with home.open() as app:
        before = app.file
        await find(app, "Velvet Quay")
        assert app.screen.query_one("#find-state").has_class("-wrong")
        assert is_finding(app)
        assert "TVmaze" in state(app)
        assert "\n" not in state(app)
        assert "Ctrl+N" in state(app)
        assert app.toasts == []
        assert app.file == before
        await app.press("ctrl+n")
        assert isinstance(app.screen, AddShowForm)
        assert app.screen.field("title").text == "Velvet Quay"
        await app.press("enter")
        assert app.cursor == "Velvet Quay"


async def test_search_without_results(home: Home) -> None:
    async with home.open() as app:
        await find(app, "Zebra Crossing")
        assert "Nothing found" in state(app)
        assert found(app) == []
        await app.set_text("Input", "Zebra Crossing Two")
        await app.press("ctrl+n")
        assert isinstance(app.screen, AddShowForm)
        assert app.screen.field("title").text == "Zebra Crossing Two"


async def test_search_without_sources(home: Home) -> None:
    home.set()
    async with home.open() as app:
        await app.press("a", *"Velvet")
        assert "No source is enabled" in state(app)
        await app.press("ctrl+n", "enter")
        assert app.cursor == "Velvet"


async def test_search_esc_goes_to_the_input_then_out(home: Home, monkeypatch: pytest.MonkeyPatch) -> None:
    async with home.open() as app:
        opened: list[str] = []
        monkeypatch.setattr(app.app, "open_url", lambda url, **_: opened.append(url))
        before = app.file
        await find(app, "Salt Road")
        await app.press("o", "escape", "o")
        assert opened == ["https://www.tvmaze.com/shows/106/salt-road"]
        assert app.app.focused is app.screen.query_one("Input")
        await search(app, "Ninth Tide")
        [only] = found(app)
        assert only.startswith("Ninth Tide")
        await app.press("escape", "escape")
        assert app.screen is app.main
        assert app.file == before


async def test_search_add_can_be_tried_again(home: Home, fake_sources: FakeSources) -> None:
    fake_sources.fail("tvmaze", status(500), path="/shows/106")
    async with home.open() as app:
        before = app.file
        await find(app, "Salt Road")
        await ask(app, "enter")
        assert is_finding(app)
        assert "TVmaze" in state(app)
        assert app.file == before
        fake_sources.clear_faults()
        await ask(app, "enter")
        assert app.screen is app.main
        assert app.cursor == "Salt Road"


async def test_search_left_while_a_source_is_asked(home: Home, fake_sources: FakeSources) -> None:
    gate = Gate()
    fake_sources.fail("tvmaze", gate)
    async with home.open() as app:
        before = app.file
        await app.press("a", *"salt", "enter")
        await gate.asked()
        await app.press("x", "escape")
        assert app.screen is app.main
        await app.press("down")
        assert app.cursor == "Harbour Nine"
        gate.let()
        await heard(app)
        assert app.screen is app.main
        assert app.toasts == []
        assert app.file == before


async def test_search_after_one_that_hangs(home: Home, fake_sources: FakeSources) -> None:
    fake_sources.fail("tvmaze", silent, times=1)
    async with home.open() as app:
        await app.press("a", *"salt", "enter")
        fake_sources.wait_for_requests("tvmaze")
        assert isinstance(app.screen, SearchDialog)
        thread = app.screen.thread
        assert thread is not None
        await app.press("escape", "a", *"salt", "enter")
        await asyncio.to_thread(thread.join, 3)
        assert not thread.is_alive()
        await heard(app)
        assert found(app), state(app)


async def test_search_of_hostile_titles(home: Home, fake_sources: FakeSources) -> None:
    shows = enumerate(HOSTILE)
    fake_sources.add(
        *(FakeShow(title=title, tvmaze=500 + n, akas=(Aka("Hostile"),), network=KESTREL) for n, title in shows)
    )
    async with home.open(LINKED, (140, 50)) as app:
        for title in ("Foo [/] bar", "Beep \x1b]52;c;eA==\x07 over"):
            await find(app, "hostile")
            assert len(found(app)) == len(HOSTILE)
            assert not CONTROLS.search("".join(app.screen_lines))
            for each in HOSTILE:
                assert printable(each)[:30] in app.seen
            await choose(app, printable(title))
            await ask(app, "enter")
            assert app.cursor == printable(title)
            assert app.toasts[-1] == f"{printable(title)} added"
            await ask(app, "L")
            assert f"Which one is {printable(title)}?" in app.seen
            await app.press("escape", "escape")
        assert not CONTROLS.search(app.file.replace("\n", ""))


async def test_search_fits_a_narrow_terminal(home: Home, fake_sources: FakeSources) -> None:
    fake_sources.add(
        FakeShow(
            title="The Long Way to the Harbour of Nine Thousand Lanterns", tvmaze=600, tmdb="tv/600",
            imdb="tt99000600", original_title="아홉 번째 항구의 등불과 그 밖의 이야기들", language="ko",
            network=KESTREL, web=FARLIGHT, countries=("KR",), premiered="2027-02-03", stage="undecided",
        ),
        *(FakeShow(title=f"Harbour Lights {n}", tvmaze=900 + n, network=KESTREL) for n in range(10)),
    )  # fmt: skip
    home.set("tvmaze", "tmdb")
    async with home.open(LINKED, NARROW) as app:
        await find(app, "Harbour")
        assert "add by hand" in app.seen
        await app.press("escape")
        await search(app, "The Long Way")
        words = " ".join(" ".join(line.strip(" │▕▏") for line in app.screen_lines).split())
        for word in (
            "Nine Thousand Lanterns",
            "등불과",
            "2027",
            "Kestrel",
            "KR",
            "series",
            "To Be Determined",
            "TVmaze",
        ):
            assert word in words, word
        for hint in ("enter", "add by hand", "o open page", "esc"):
            assert hint in words, hint


async def test_link_fills_what_is_empty(home: Home, fake_sources: FakeSources) -> None:
    async with home.open(SAMPLE) as app:
        before = app.file
        await ask(app, "L")
        assert is_finding(app)
        assert fake_sources.count("tvmaze", "/search/shows") == 1
        assert len(found(app)) == 2
        assert app.file == before
        assert "^n" not in app.seen
        await choose(app, "Lumen")
        await ask(app, "enter")
        assert app.cursor == "Paper Lanterns"
        show = app.tracker.watchlist.current.get("paper-lanterns")
        assert show.ids["tvmaze"] == 101
        assert show.synopsis == "A lamp maker and a diver keep one promise."
        assert show.directors == ("Ito Haruna",)
        await app.press("u")
        assert app.file == before


async def test_link_refuses_a_record_of_another_show(home: Home) -> None:
    async with home.open(linked(SAMPLE, harbour_nine="tvmaze = 101")) as app:
        before = app.file
        await ask(app, "L")
        await choose(app, "Lumen")
        assert "already on your list: Harbour Nine" in app.seen
        await ask(app, "enter")
        assert app.file == before
        assert "already on your list" in state(app)
