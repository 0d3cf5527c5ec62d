from __future__ import annotations

import re

import pytest

from tests.tui.helpers import HOSTILE, NARROW, SAMPLE, Opened, shown
from tests.tui.online import LINKED, Gate, Home, ask, choose, drawn_outside, entry_of, find, heard, is_finding, linked
from tests.world import World
from tests.world.faults import Fault, closed, half_json, status
from tests.world.shows import FARLIGHT, KESTREL, Aka, Show
from tracker.tui.screens.edit import AddForm

CONTROLS = re.compile(r"[\x00-\x1f\x7f-\x9f\u200b\u202a-\u202e\u2066-\u2069]")


def shelf() -> tuple[Show, ...]:
    """Return shows with titles that have broken terminal programs; all are found as "hostile"."""
    return tuple(
        Show(title=title, tvmaze=500 + n, akas=(Aka("Hostile"),), network=KESTREL, premiered="2027-02-03")
        for n, title in enumerate(HOSTILE)
    )


def found(app: Opened) -> list[str]:
    return app.options("#found")


async def find_here(app: Opened, title: str) -> None:
    """Search for another title in the search that is open."""
    await app.put("Input", title)
    await ask(app, "enter")


def state(app: Opened) -> str:
    return app.text("#find-state")


async def test_nobody_is_asked_while_a_title_is_typed(home: Home, world: World) -> None:
    async with home.open() as app:
        await app.press("a", *"salt")
        assert world.requests == []
        await ask(app, "enter")
        assert [request.query["q"] for request in world.requests] == [["salt"]]
        assert found(app)


async def test_nothing_is_picked_by_itself_be_there_only_one(home: Home, world: World) -> None:
    async with home.open() as app:
        before = app.file
        await find(app, "Salt Road")
        assert len(found(app)) == 1
        assert is_finding(app)
        assert app.file == before
        assert world.count("tvmaze", "/shows/*") == 0


async def test_shows_of_one_name_can_be_told_apart(home: Home) -> None:
    home.set("tvmaze", "tmdb", "wikidata")
    async with home.open(size=NARROW) as app:
        await find(app, "paper lanterns")
        mine, other = found(app)
        for word in ("2026", "Lumen", "JP", "In Development", "かみのあかり", "tvmaze", "tmdb", "wikidata"):
            assert word in mine, word
        for word in ("2019", "Northgate", "CA", "Ended", "tvmaze", "tmdb", "wikidata"):
            assert word in other, word
        for word in ("2026", "かみのあかり", "In Development", "2019", "Northgate", "Ended", "tvmaze, tmdb, wikidata"):
            assert word in app.seen, word


async def test_enter_adds_the_one_that_is_stood_on_with_what_the_service_knows(home: Home) -> None:
    async with home.open() as app:
        before = app.file
        await find(app, "paper lanterns")
        await choose(app, "Northgate")
        await ask(app, "enter")
        assert app.screen is app.main
        assert app.file.startswith(before)
        show = app.tracker.watchlist.shows[-1]
        assert app.shows.item == show
        assert (show.title, show.networks, show.countries) == ("Paper Lanterns", ("Northgate",), ("CA",))
        assert show.synopsis == "Two detectives and a fireworks factory."
        assert [(credit.actor, credit.role) for credit in show.cast] == [("Dora Quill", "Detective Marsh")]
        assert show.ids["tvmaze"] == 113
        assert show.ids["imdb"] == "tt99000113"
        assert {show.follows[name] for name in ("networks", "countries", "synopsis", "cast")} == {"tvmaze"}
        [claim] = show.history
        assert claim.source == "tvmaze"
        assert claim.url == "https://www.tvmaze.com/shows/113/paper-lanterns"
        assert claim.status is not None
        assert claim.status.value == "released"
        assert claim.release is not None
        assert claim.release.label == "3 Feb 2019"
        assert str(claim.on) == "2026-11-23"


async def test_what_was_added_goes_away_with_u(home: Home) -> None:
    async with home.open() as app:
        before = app.file
        await find(app, "Glass Orchard")
        await ask(app, "enter")
        assert app.file != before
        await app.press("u")
        assert app.file == before


async def test_each_field_follows_the_service_that_it_came_from(home: Home, world: World) -> None:
    home.set("tvmaze", "tmdb")
    world.change("tvmaze", 101, crew=())
    async with home.open(SAMPLE) as app:
        await find(app, "かみのあかり")
        await ask(app, "enter")
        show = app.tracker.watchlist.shows[-1]
        assert show.directors == ("Ito Haruna",)
        assert show.follows["directors"] == "tmdb"
        assert show.follows["synopsis"] == "tvmaze"
        assert (show.ids["tvmaze"], show.ids["tmdb"]) == (101, "tv/201")


async def test_one_that_is_on_the_list_says_so_and_is_only_gone_to(home: Home, world: World) -> None:
    async with home.open() as app:
        await app.filter("quiet")
        await app.press("enter")
        before = app.file
        await find(app, "Copper Moon")
        assert "on the list already: Copper Moon" in app.seen
        await ask(app, "enter")
        assert app.screen is app.main
        assert app.cursor == "Copper Moon"
        assert app.file == before
        assert world.count("tvmaze", "/shows/*") == 0
        assert "on the list already" in app.toasts[-1]


async def test_a_namesake_of_one_on_the_list_does_not_pass_for_it(home: Home) -> None:
    async with home.open() as app:
        await find(app, "Paper Lanterns")
        mine, other = found(app)
        assert "on the list already" in mine
        assert "on the list already" not in other


async def test_a_show_under_a_filter_is_seen_when_it_was_added(home: Home) -> None:
    async with home.open() as app:
        await app.filter("copper")
        await app.press("enter")
        await find(app, "Ninth Tide")
        await ask(app, "enter")
        assert app.cursor == "Ninth Tide"
        assert any(row.startswith("▸") and "Ninth Tide" in row for row in app.rows)


@pytest.mark.parametrize("fault", [closed, half_json], ids=["no answer", "half an answer"])
async def test_a_service_that_is_down_is_one_line_and_the_show_is_written_by_hand(
    home: Home, world: World, fault: Fault
) -> None:
    world.fail("tvmaze", fault)
    async with home.open() as app:
        before = app.file
        await find(app, "Velvet Quay")
        assert is_finding(app)
        assert "TVmaze" in state(app)
        assert "\n" not in state(app)
        assert "^n" in state(app)
        assert app.toasts == []
        assert app.file == before
        await app.press("ctrl+n")
        assert isinstance(app.screen, AddForm)
        assert app.screen.field("title").text == "Velvet Quay"
        await app.press("enter")
        assert app.cursor == "Velvet Quay"
        assert 'title = "Velvet Quay"' in app.file


async def test_without_a_network_the_show_is_written_by_hand(home: Home) -> None:
    home.set("tvmaze", where={"tvmaze": "http://127.0.0.1:9"})
    async with home.open() as app:
        await find(app, "Velvet Quay")
        assert state(app).startswith("TVmaze cannot be reached")
        await app.press("ctrl+n", "enter")
        assert app.cursor == "Velvet Quay"


async def test_one_service_that_is_down_does_not_hide_what_another_found(home: Home, world: World) -> None:
    home.set("tvmaze", "tmdb")
    world.fail("tvmaze", closed)
    async with home.open() as app:
        await find(app, "Salt Road")
        [only] = found(app)
        assert "tmdb" in only
        assert "TVmaze" in state(app)


async def test_a_title_that_nobody_knows_is_said_and_can_be_written_by_hand(home: Home) -> None:
    async with home.open() as app:
        await find(app, "Zebra Crossing")
        assert "Nothing found" in state(app)
        assert found(app) == []
        await app.press("ctrl+n")
        assert isinstance(app.screen, AddForm)
        assert app.screen.field("title").text == "Zebra Crossing"


async def test_writing_by_hand_takes_the_title_as_it_is_typed_then(home: Home) -> None:
    async with home.open() as app:
        await find(app, "Salt Road")
        await app.press("escape")
        await app.put("Input", "Salt Road Two")
        await app.press("ctrl+n")
        assert isinstance(app.screen, AddForm)
        assert app.screen.field("title").text == "Salt Road Two"


async def test_esc_goes_back_to_the_title_and_then_out(home: Home) -> None:
    async with home.open() as app:
        before = app.file
        await find(app, "Salt Road")
        await app.press("escape")
        assert is_finding(app)
        assert app.app.focused is app.screen.query_one("Input")
        await app.press("escape")
        assert app.screen is app.main
        assert app.file == before


async def test_another_title_can_be_searched_for_at_once(home: Home) -> None:
    async with home.open() as app:
        await find(app, "Salt Road")
        await app.press("escape")
        await app.put("Input", "Ninth Tide")
        await ask(app, "enter")
        [only] = found(app)
        assert only.startswith("Ninth Tide")


async def test_a_record_that_cannot_be_had_is_said_and_can_be_tried_again(home: Home, world: World) -> None:
    world.fail("tvmaze", status(500), path="/shows/106")
    async with home.open() as app:
        before = app.file
        await find(app, "Salt Road")
        await ask(app, "enter")
        assert is_finding(app)
        assert "TVmaze" in state(app)
        assert app.file == before
        world.heal()
        await ask(app, "enter")
        assert app.screen is app.main
        assert app.cursor == "Salt Road"


async def test_hostile_titles_are_text_among_the_found_and_when_added(home: Home, world: World) -> None:
    world.add(*shelf())
    async with home.open(LINKED, (140, 50)) as app:
        for title in ("Foo [/] bar", "Beep \x1b]52;c;eA==\x07 over"):
            await find(app, "hostile")
            assert len(found(app)) == len(HOSTILE)
            assert not CONTROLS.search("".join(app.screen_lines))
            for each in HOSTILE:
                assert shown(each)[:30] in app.seen
            await choose(app, shown(title))
            await ask(app, "enter")
            assert app.cursor == shown(title)
            assert app.toasts[-1] == f"{shown(title)} added"
        assert not CONTROLS.search(app.file.replace("\n", ""))


async def test_a_hostile_title_is_text_in_the_question_which_it_is(home: Home) -> None:
    async with home.open('[[show]]\ntitle = "[Oshi no Ko] [/] [@click=app.quit]x"\n') as app:
        await ask(app, "L")
        assert "Which of them is [Oshi no Ko] [/] [@click=app.quit]x?" in app.seen


async def test_o_opens_the_page_of_the_one_that_is_stood_on(home: Home, monkeypatch: pytest.MonkeyPatch) -> None:
    async with home.open() as app:
        opened: list[str] = []
        monkeypatch.setattr(app.app, "open_url", lambda url, **_: opened.append(url))
        await app.press("a", "o")
        assert opened == []
        await find_here(app, "paper lanterns")
        await choose(app, "Northgate")
        await app.press("o")
        assert opened == ["https://www.tvmaze.com/shows/113/paper-lanterns"]


async def test_the_search_can_be_left_while_a_service_is_silent(home: Home, world: World) -> None:
    gate = Gate()
    world.fail("tvmaze", gate)
    async with home.open() as app:
        await app.press("a", *"salt", "enter")
        await gate.asked()
        await app.press("x")
        assert app.screen.query_one("Input").value == "saltx"  # type: ignore[attr-defined]
        await app.press("escape")
        assert app.screen is app.main
        await app.press("down")
        assert app.cursor == "Harbour Nine"


async def test_a_show_is_added_by_hand_as_before_and_nobody_is_asked(home: Home, world: World) -> None:
    async with home.open() as app:
        await app.press("A", *"Velvet", "enter")
        assert app.cursor == "Velvet"
        assert world.requests == []


async def test_with_no_service_enabled_it_is_said_and_written_by_hand(home: Home) -> None:
    home.set()
    async with home.open() as app:
        await app.press("a", *"Velvet")
        assert "No service is enabled" in state(app)
        await app.press("ctrl+n", "enter")
        assert app.cursor == "Velvet"


async def test_the_search_is_there_for_a_list_without_a_show(home: Home) -> None:
    async with home.open("format = 1\n") as app:
        await find(app, "Salt Road")
        await ask(app, "enter")
        assert app.titles == ["Salt Road"]


@pytest.mark.parametrize("size", [NARROW, (200, 50)], ids=["80x24", "200x50"])
async def test_whatever_tells_a_show_is_on_the_screen_at_each_size(
    home: Home, world: World, size: tuple[int, int]
) -> None:
    world.add(
        Show(
            title="The Long Way to the Harbour of Nine Thousand Lanterns", tvmaze=600, tmdb="tv/600",
            imdb="tt99000600", original_title="아홉 번째 항구의 등불과 그 밖의 이야기들", language="ko",
            network=KESTREL, web=FARLIGHT, countries=("KR",), premiered="2027-02-03", stage="undecided",
        )
    )  # fmt: skip
    home.set("tvmaze", "tmdb")
    async with home.open(LINKED, size) as app:
        await find(app, "The Long Way")
        words = " ".join(" ".join(line.strip(" │▕▏") for line in app.screen_lines).split())
        for word in ("Nine Thousand Lanterns", "2027", "Kestrel", "KR", "series", "To Be Determined", "tvmaze"):
            assert word in words, word
        assert "등불과" in words
        for hint in ("enter", "write it yourself", "o page", "esc"):
            assert hint in words, hint


async def test_the_search_is_drawn_with_ascii_alone(home: Home, world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TRACKER_ASCII", "1")
    async with home.open('[[show]]\ntitle = "Plain"\n', NARROW) as app:
        await app.press("a")
        drawn = [*app.screen_lines]
        await find_here(app, "Salt Road")
        assert "Salt Road" in app.seen
        drawn += app.screen_lines
        world.fail("tvmaze", closed)
        await find_here(app, "Ninth Tide")
        assert "TVmaze" in app.seen
        drawn += app.screen_lines
        assert drawn_outside(drawn) == set()


async def test_a_link_fills_what_is_empty_and_leaves_what_was_written(home: Home, world: World) -> None:
    async with home.open(SAMPLE) as app:
        before = app.file
        await ask(app, "L")
        assert is_finding(app)
        assert world.count("tvmaze", "/search/shows") == 1
        assert len(found(app)) == 2
        assert app.file == before
        assert "^n" not in app.seen
        await choose(app, "Lumen")
        await ask(app, "enter")
        assert app.cursor == "Paper Lanterns"
        show = app.tracker.watchlist.get("paper-lanterns")
        assert show.ids["tvmaze"] == 101
        assert show.synopsis == "A lamp maker and a diver keep one promise."
        assert show.cast[0].about == "a lamp maker"
        assert show.tags == ("must-see",)
        assert show.release is not None
        assert show.release.label == "14 May 2026"
        assert len(show.history) == 3
        assert show.directors == ("Ito Haruna",)
        assert show.follows["directors"] == "tvmaze"
        assert {"synopsis", "cast", "networks", "original_title"}.isdisjoint(show.follows)
        assert 'title = "Paper Lanterns"  # the one that moves' in app.file
        await app.press("u")
        assert app.file == before


async def test_a_first_word_that_contradicts_is_no_claim(home: Home, world: World) -> None:
    world.change("tvmaze", 102, premiered="2027-06-01")
    async with home.open(SAMPLE) as app:
        await app.stand_on("Harbour Nine")
        await ask(app, "L")
        await ask(app, "enter")
        entry = entry_of(app, "Harbour Nine")
        assert "tvmaze = 102" in entry
        assert "release = 2026-11-23" in entry
        assert "2027" not in entry


async def test_one_record_is_not_tied_to_two_shows(home: Home) -> None:
    text = linked(SAMPLE, harbour_nine="tvmaze = 101")
    async with home.open(text) as app:
        before = app.file
        await ask(app, "L")
        await choose(app, "Lumen")
        assert "on the list already: Harbour Nine" in app.seen
        await ask(app, "enter")
        assert app.file == before
        assert "on the list already" in state(app)


async def test_esc_leaves_the_question_which_it_is(home: Home) -> None:
    async with home.open(SAMPLE) as app:
        before = app.file
        await ask(app, "L")
        await app.press("escape", "escape")
        assert app.screen is app.main
        assert app.file == before


async def test_nothing_is_done_with_an_answer_that_comes_after_the_search_was_left(home: Home, world: World) -> None:
    gate = Gate()
    world.fail("tvmaze", gate)
    async with home.open() as app:
        before = app.file
        await app.press("a", *"salt", "enter")
        await gate.asked()
        await app.press("escape")
        gate.let()
        await heard(app)
        assert app.screen is app.main
        assert app.toasts == []
        assert app.file == before
