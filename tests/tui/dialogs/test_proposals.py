from __future__ import annotations

from textual.widgets import OptionList

from tests.fake_sources import FakeSources
from tests.fake_sources.shows import Channel, Part
from tests.tui.helpers import HOSTILE, NARROW, WIDE, RunningApp, printable
from tests.tui.online import LINKED, Home, ask, choose, entry_of

QUAY = Channel("Quay", "JP", "Asia/Tokyo")
VANE = Part("Jo Vane", "The ferryman")


def fields(app: RunningApp) -> list[str]:
    """Return the names of the fields that are open."""
    return [option.split("  ")[0].strip() for option in app.options("#proposals")]


async def propose(app: RunningApp, title: str, field: str) -> None:
    """Ask about a show, and stand on the proposal for a field."""
    await app.select(title)
    await ask(app, "r")
    await app.press("p")
    await choose(app, field)


async def test_proposals_show_both_values(home: Home, fake_sources: FakeSources) -> None:
    fake_sources.change("tvmaze", 101, cast=(VANE,))
    async with home.open() as app:
        before = app.file
        await app.select("Paper Lanterns")
        await ask(app, "r")
        home.later(days=5)
        fake_sources.change("tvmaze", 101, network=QUAY)
        await ask(app, "r")
        await app.press("p")
        await choose(app, "networks")
        line = next(option for option in app.options("#proposals") if "networks" in option)
        assert "TVmaze" in line
        assert "2026-11-28" in line
        assert app.text("#mine") == "mine\nLumen"
        assert app.text("#theirs") == "theirs\nQuay"
        assert "2026-11-23" in next(option for option in app.options("#proposals") if "cast" in option)
        await app.press("escape")
        assert app.screen is app.main
        assert app.file == before
        assert "proposals" in app.pane("status")


async def test_proposals_take_theirs_and_follow(home: Home, fake_sources: FakeSources) -> None:
    fake_sources.change("tvmaze", 101, network=QUAY)
    async with home.open() as app:
        before = entry_of(app, "Paper Lanterns")
        await propose(app, "Paper Lanterns", "networks")
        await app.press("enter")
        assert entry_of(app, "Paper Lanterns") == before.replace("Lumen", "Quay", 1).replace('networks = "me", ', "")
        assert "networks" not in fields(app)
        await app.press("escape", "u")
        assert entry_of(app, "Paper Lanterns") == before
        await app.press("p")
        assert "networks" in fields(app)
        await choose(app, "networks")
        await app.press("f")
        assert 'networks = ["Quay"]' in entry_of(app, "Paper Lanterns")
        assert 'networks = "tvmaze"' in entry_of(app, "Paper Lanterns")
        await app.press("escape", "u")
        assert entry_of(app, "Paper Lanterns") == before


async def test_proposals_keep_mine(home: Home, fake_sources: FakeSources) -> None:
    fake_sources.change("tvmaze", 101, network=QUAY, cast=(VANE,))
    async with home.open() as app:
        before = app.file
        await propose(app, "Paper Lanterns", "cast")
        proposals = app.screen.query_one(OptionList)
        cursor = proposals.highlighted
        assert cursor
        await app.press("n")
        assert app.file == before
        assert "cast" not in fields(app)
        assert proposals.highlighted == min(cursor, proposals.option_count - 1)
        await app.press("escape")
        await ask(app, "r")
        await app.press("p")
        assert "cast" not in fields(app)


async def test_proposals_of_a_date_cannot_follow(home: Home, fake_sources: FakeSources) -> None:
    fake_sources.change("tvmaze", 102, premiered="2027-02-10")
    async with home.open() as app:
        before = app.file
        await propose(app, "Harbour Nine", "release")
        await app.press("f")
        assert app.file == before
        assert "can't be followed" in app.toasts[-1]
        await app.press("enter", "escape")
        assert "release = 2027-02-10" in entry_of(app, "Harbour Nine")
        assert "10 Feb 2027 · in 3 months" in app.pane("status")


async def test_proposals_of_two_sources(home: Home, fake_sources: FakeSources) -> None:
    home.set("tvmaze", "tmdb")
    fake_sources.change("tvmaze", 101, premiered="2027-02-10", network=QUAY)
    fake_sources.change("tmdb", "tv/201", premiered="2027-03-10", network=Channel("QUAY Japan", "JP"))
    async with home.open(LINKED.replace("{ tvmaze = 101 }", '{ tvmaze = 101, tmdb = "tv/201" }')) as app:
        await propose(app, "Paper Lanterns", "networks")
        lines = [option for option in app.options("#proposals") if "release" in option]
        assert ["TVmaze" in lines[0], "TMDB" in lines[1]] == [True, True]
        # Both say the same of the network.
        assert fields(app).count("networks") == 1
        await app.press("escape")
        await app.select("Salt Road")
        await app.press("p")
        assert app.toasts[-1].endswith("There are some for Paper Lanterns.")
        await propose(app, "Paper Lanterns", "networks")
        await app.press("n")
        assert "networks" not in fields(app)


async def test_proposals_close_after_the_last(home: Home, fake_sources: FakeSources) -> None:
    fake_sources.change("tvmaze", 103, network=QUAY)
    async with home.open() as app:
        await propose(app, "Slow Tram", "networks")
        await app.press(*["n"] * len(fields(app)))
        assert app.screen is app.main
        assert "proposal" not in app.pane("status")
        await app.press("p")
        assert app.screen is app.main
        assert app.toasts[-1] == "No proposals for this show"
        await app.select("Salt Road")
        await app.press("p")
        assert app.screen is app.main
        assert "L" in app.toasts[-1]


async def test_proposals_of_a_changed_field_are_refused(home: Home, fake_sources: FakeSources) -> None:
    fake_sources.change("tvmaze", 101, title="Lanterns of Paper")
    title = 'title = "Paper Lanterns"'
    async with home.open() as app:
        await propose(app, "Paper Lanterns", "title")
        edited = app.file.replace(title, 'title = "My Lanterns"')
        home.write(edited)
        await app.press("enter")
        assert app.file == edited
        assert app.toasts


async def test_proposals_of_hostile_values(home: Home, fake_sources: FakeSources) -> None:
    title = "[Oshi no Ko] Foo [/] bar [@click=app.quit]x \x1b]52;c;eA==\x07 \u202egpj"
    fake_sources.change("tvmaze", 103, title=title, cast=(Part(title, title),))
    async with home.open(size=WIDE) as app:
        for field in ("cast", "title"):
            await propose(app, "Slow Tram", field)
            assert "[Oshi no Ko] Foo [/] bar [@click=app.quit]x" in app.seen
            assert "\x1b" not in app.seen
            assert "\u202e" not in app.seen
            await app.press("enter", "escape", "escape")
        assert "\x1b" not in app.file
        assert printable(HOSTILE[0]) in app.pane("cast")


async def test_proposals_fit_a_narrow_terminal(home: Home, fake_sources: FakeSources) -> None:
    long = " ".join(f"word{n}" for n in range(66))
    fake_sources.change("tvmaze", 103, cast=(Part("Jo Vane", f"{long} end"),))
    async with home.open(size=NARROW) as app:
        await propose(app, "Slow Tram", "cast")
        for hint in ("apply theirs", "keep mine", "follow source", "back"):
            assert hint in app.seen, hint
        assert "word0" in app.seen
        await app.press(*["right"] * 9)
        assert "end" in app.seen
        await app.press(*["left"] * 9)
        assert "word0" in app.seen
