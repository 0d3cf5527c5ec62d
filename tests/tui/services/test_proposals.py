from __future__ import annotations

import pytest

from tests.tui.helpers import HOSTILE, NARROW, WIDE, Opened, shown
from tests.tui.online import LINKED, Home, ask, choose, drawn_outside, entry_of
from tests.world import World
from tests.world.shows import Part
from tracker.tui.screens.proposals import Proposals

THEIRS = "Paper Lanterns tells of a lamp maker and a diver, who keep one promise."
MINE = "A lamp maker and a diver keep one promise."


def fields(app: Opened) -> list[str]:
    """Return the names of the fields that are open."""
    return [option.split("  ")[0].strip() for option in app.options("#proposals")]


def is_open(app: Opened) -> bool:
    return isinstance(app.screen, Proposals)


async def propose(app: Opened, title: str, field: str) -> None:
    """Ask about a show, and stand on the proposal for a field."""
    await app.stand_on(title)
    await ask(app, "r")
    await app.press("p")
    await choose(app, field)


async def test_mine_theirs_and_since_when_are_shown(home: Home, world: World) -> None:
    async with home.open() as app:
        await app.stand_on("Paper Lanterns")
        await ask(app, "r")
        home.later(days=5)
        world.change("tvmaze", 101, synopsis="<p>They part.</p>")
        await ask(app, "r")
        await app.press("p")
        await choose(app, "synopsis")
        line = next(option for option in app.options("#proposals") if "synopsis" in option)
        assert "tvmaze" in line
        assert "2026-11-28" in line
        assert app.text("#mine") == f"mine\n{MINE}"
        assert app.text("#theirs") == "theirs\nThey part."
        assert "2026-11-23" in next(option for option in app.options("#proposals") if "directors" in option)


async def test_nothing_is_taken_without_a_yes(home: Home) -> None:
    async with home.open() as app:
        before = app.file
        await propose(app, "Paper Lanterns", "synopsis")
        await app.press("escape")
        assert app.screen is app.main
        assert app.file == before
        assert "proposals" in app.pane("status")


async def test_taking_theirs_writes_this_field_alone_and_u_takes_it_back(home: Home, world: World) -> None:
    async with home.open() as app:
        before = app.file
        await propose(app, "Paper Lanterns", "synopsis")
        many = len(fields(app))
        await app.press("enter")
        assert app.file == before.replace(MINE, THEIRS)
        assert "synopsis" not in fields(app)
        assert len(fields(app)) == many - 1
        await app.press("escape", "u")
        assert app.file == before
        await app.press("p")
        assert "synopsis" in fields(app)


async def test_what_was_taken_once_is_mine_and_the_next_word_is_proposed_again(home: Home, world: World) -> None:
    async with home.open() as app:
        await propose(app, "Paper Lanterns", "synopsis")
        await app.press("enter", "escape")
        world.change("tvmaze", 101, synopsis="<p>They part.</p>")
        await ask(app, "r")
        assert THEIRS in app.file
        assert "They part." not in app.file
        await app.press("p")
        assert "synopsis" in fields(app)


async def test_keeping_mine_is_remembered_also_after_a_restart(home: Home, world: World) -> None:
    async with home.open() as app:
        before = app.file
        await propose(app, "Paper Lanterns", "synopsis")
        await app.press("k")
        assert app.file == before
        assert "synopsis" not in fields(app)
        await app.press("escape", "p")
        assert "synopsis" not in fields(app)
    async with home.open(None) as app:
        await ask(app, "r")
        await app.press("p")
        assert fields(app)
        assert "synopsis" not in fields(app)
        await app.press("escape")
        world.change("tvmaze", 101, synopsis="<p>They part.</p>")
        await ask(app, "r")
        await app.press("p")
        # That is another word, to which nobody said no.
        assert "synopsis" in fields(app)
        assert app.file == before


async def test_a_field_that_follows_from_now_on_takes_the_next_word(home: Home, world: World) -> None:
    async with home.open() as app:
        before = app.file
        await propose(app, "Paper Lanterns", "synopsis")
        await app.press("f")
        assert THEIRS in app.file
        assert 'follows = { synopsis = "tvmaze" }' in entry_of(app, "Paper Lanterns")
        await app.press("escape")
        world.change("tvmaze", 101, synopsis="<p>They part.</p>")
        await ask(app, "r")
        assert 'synopsis = "They part."' in app.file
        await app.press("u", "u")
        assert app.file == before


async def test_following_and_its_value_go_away_with_one_u(home: Home) -> None:
    async with home.open() as app:
        before = app.file
        await propose(app, "Paper Lanterns", "directors")
        await app.press("f", "escape")
        assert 'directors = ["Ito Haruna"]' in app.file
        await app.press("u")
        assert app.file == before


async def test_a_date_that_is_taken_is_a_claim_with_source_and_url(home: Home, world: World) -> None:
    world.change("tvmaze", 102, premiered="2027-02-10")
    async with home.open() as app:
        before = app.file
        await propose(app, "Harbour Nine", "release")
        assert app.file == before
        assert "23 Nov 2026" in app.text("#mine") or "2026-11-23" in app.text("#mine")
        await app.press("enter", "escape")
        entry = entry_of(app, "Harbour Nine")
        assert "release = 2027-02-10" in entry
        claim = entry[entry.rindex("[[show.history]]") :]
        assert "on = 2026-11-23" in claim
        assert "release = 2027-02-10" in claim
        assert 'source = "tvmaze"' in claim
        assert 'url = "https://www.tvmaze.com/shows/102/harbour-nine"' in claim
        assert "follows" not in entry
        assert "10 Feb 2027 · in 3 months" in app.pane("status")
        await app.press("u")
        assert app.file == before


async def test_a_date_cannot_follow_and_that_is_said(home: Home, world: World) -> None:
    world.change("tvmaze", 102, premiered="2027-02-10")
    async with home.open() as app:
        before = app.file
        await propose(app, "Harbour Nine", "release")
        await app.press("f")
        assert app.file == before
        assert "claims" in app.toasts[-1]
        assert "release" in fields(app)


async def test_a_cast_that_is_taken_keeps_what_one_wrote_about_it(home: Home, world: World) -> None:
    world.change("tvmaze", 101, cast=(Part("Han Seorin", "Mio"), Part("Abel Kuro", "Ren"), Part("Bae Iseul", "Yun")))
    async with home.open() as app:
        await propose(app, "Paper Lanterns", "cast")
        await app.press("enter")
        show = app.tracker.watchlist.get("paper-lanterns")
        assert [credit.actor for credit in show.cast] == ["Han Seorin", "Abel Kuro", "Bae Iseul"]
        assert show.cast[0].about == "a lamp maker"


async def test_a_title_that_is_taken_leaves_the_show_the_one_that_it_was(home: Home, world: World) -> None:
    world.change("tvmaze", 102, title="Harbour Ten")
    async with home.open() as app:
        await propose(app, "Harbour Nine", "title")
        await app.press("enter")
        assert is_open(app)
        await app.press("escape")
        assert app.cursor == "Harbour Ten"
        show = app.shows.item
        assert show is not None
        assert app.tracker.watchlist.get("harbour-nine") == show
        await app.press("u")
        assert app.cursor == "Harbour Nine"


async def test_what_two_services_say_alike_is_asked_once(home: Home) -> None:
    home.set("tvmaze", "tmdb")
    async with home.open(LINKED.replace("{ tvmaze = 101 }", '{ tvmaze = 101, tmdb = "tv/201" }')) as app:
        await propose(app, "Paper Lanterns", "directors")
        assert fields(app).count("directors") == 1
        await app.press("k")
        assert "directors" not in fields(app)


async def test_what_two_services_say_otherwise_is_asked_for_each(home: Home, world: World) -> None:
    home.set("tvmaze", "tmdb")
    world.change("tmdb", "tv/201", synopsis="A diver remembers.")
    async with home.open(LINKED.replace("{ tvmaze = 101 }", '{ tvmaze = 101, tmdb = "tv/201" }')) as app:
        await propose(app, "Paper Lanterns", "synopsis")
        lines = [option for option in app.options("#proposals") if "synopsis" in option]
        assert ["tvmaze" in lines[0], "tmdb" in lines[1]] == [True, True]


async def test_the_box_closes_with_the_last_answer(home: Home) -> None:
    async with home.open() as app:
        await propose(app, "Slow Tram", "genres")
        await app.press(*["k"] * len(fields(app)))
        assert app.screen is app.main
        assert "proposal" not in app.pane("status")
        await app.press("p")
        assert app.screen is app.main
        assert "says otherwise" in app.toasts[-1]


async def test_a_show_that_no_service_knows_has_none_and_it_is_said(home: Home) -> None:
    async with home.open() as app:
        await app.stand_on("Salt Road")
        await app.press("p")
        assert app.screen is app.main
        assert "L" in app.toasts[-1]


async def test_what_was_written_meanwhile_is_not_written_over(home: Home) -> None:
    async with home.open() as app:
        await propose(app, "Paper Lanterns", "synopsis")
        edited = app.file.replace(MINE, "My own, newer words.")
        home.write(edited)
        await app.press("enter")
        assert app.file == edited
        assert app.toasts


async def test_hostile_values_are_shown_as_they_are(home: Home, world: World) -> None:
    title = "[Oshi no Ko] Foo [/] bar [@click=app.quit]x \x1b]52;c;eA==\x07 \u202egpj"
    world.change("tvmaze", 103, synopsis=f"<p>{title}</p>", cast=(Part(title, title),))
    async with home.open(size=WIDE) as app:
        for field in ("synopsis", "cast"):
            await propose(app, "Slow Tram", field)
            assert "[Oshi no Ko] Foo [/] bar [@click=app.quit]x" in app.seen
            assert "\x1b" not in app.seen
            assert "\u202e" not in app.seen
            await app.press("enter", "escape", "escape")
        assert "\x1b" not in app.file
        assert shown(HOSTILE[0]) in app.pane("cast")


@pytest.mark.parametrize("size", [NARROW, (200, 50)], ids=["80x24", "200x50"])
async def test_a_long_value_of_theirs_can_be_read_to_its_end_with_the_keys_in_sight(
    home: Home, world: World, size: tuple[int, int]
) -> None:
    long = " ".join(f"word{n}" for n in range(60))
    world.change("tvmaze", 103, synopsis=f"<p>{long} end</p>")
    async with home.open(size=size) as app:
        await propose(app, "Slow Tram", "synopsis")
        for hint in ("take theirs", "keep mine", "follow from now on", "back"):
            assert hint in app.seen, hint
        assert "word0" in app.seen
        values = app.screen.query_one("#values")
        values.scroll_end(animate=False, immediate=True)
        await app.settle()
        assert "end" in app.seen


async def test_proposals_are_drawn_with_ascii_alone(home: Home, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TRACKER_ASCII", "1")
    async with home.open('[[show]]\ntitle = "Slow Tram"\nids = { tvmaze = 103 }\nsynopsis = "Mine"\n', NARROW) as app:
        await propose(app, "Slow Tram", "synopsis")
        assert is_open(app)
        assert drawn_outside(app.screen_lines) == set()
