from __future__ import annotations

import json
import re

import pytest
from textual.command import CommandPalette
from textual.events import Paste
from textual.widgets import Static

from tests.tui.helpers import HOSTILE, WIDE, Make, RunningApp, entry, open_app, printable
from tracker.tui.content import MAX_LINES
from tracker.tui.widgets.text_pane import TextPane

CONTROLS = re.compile(r"[\x00-\x1f\x7f-\x9f\u200b\u202a-\u202e\u2066-\u2069]")


def everything(text: str) -> str:
    """Return a show that has this text in every place that is shown."""
    quoted = json.dumps(text, ensure_ascii=False)
    top = [f"{key} = {quoted}" for key in ("original_title", "synopsis", "notes")]
    top += [
        f"{key} = [{quoted}]" for key in ("aliases", "networks", "countries", "genres", "directors", "writers", "tags")
    ]
    top += [f"cast = [{{ actor = {quoted}, role = {quoted}, about = {quoted} }}]", f"links = {{ {quoted} = {quoted} }}"]
    return entry(text, "filming", "2027", top=top, claim=f"note = {quoted}\nurl = {quoted}").replace('"Lumen"', quoted)


def card(text: str) -> str:
    quoted = json.dumps(text, ensure_ascii=False)
    lists = f"aliases = [{quoted}]\nknown_for = [{quoted}]\n"
    return f"[[person]]\nname = {quoted}\nabout = {quoted}\nagency = {quoted}\n{lists}"


def check(app: RunningApp, title: str) -> None:
    """Assert that the title is shown as text, and that nothing reaches the terminal but text."""
    strips = app.screen._compositor.render_strips()
    for strip in strips:
        assert not CONTROLS.search(strip.text)
        for segment in strip:
            assert segment.style is None or "quit" not in segment.style.meta.get("@click", "")
    joined = "".join("".join(strip.text for strip in strips).split())
    assert "".join(printable(title).split())[:20] in joined


@pytest.mark.parametrize("title", [" ".join(HOSTILE[:3]), " ".join(HOSTILE[3:6]), " ".join(HOSTILE[6:])])
async def test_hostile_text_everywhere(make_tracker: Make, title: str) -> None:
    text = "\n".join((everything(title), entry("Plain"), card(title)))
    async with open_app(make_tracker(text), (140, 50)) as app:
        assert app.titles[0] == printable(title)
        check(app, title)
        await app.press("tab", "tab", "enter")
        assert app.screen is not app.main
        check(app, title)
        await app.press("escape", "escape")
        for key in ("s", "e", "d", "T", "w", "*"):
            await app.press(key)
            assert app.screen is not app.main
            check(app, title)
            await app.press("escape")
        for key in ("v", "t", "v", "n", "y", "right_square_bracket", "u", "o"):
            await app.press(key)
            check(app, title)
        await app.filter(printable(title))
        assert app.titles
        check(app, title)
        assert app.app.is_running


async def test_hostile_titles_in_toasts(make_tracker: Make) -> None:
    async with open_app(make_tracker("".join(map(entry, HOSTILE)))) as app:
        for title in app.titles:
            await app.select(title)
            await app.press("right_square_bracket")
            assert app.toasts == [f"{title} is announced"]
            check(app, f"{title} is announced")


async def test_hostile_titles_in_the_palette(make_tracker: Make) -> None:
    async with open_app(make_tracker("".join(f"{everything(title)}\n" for title in HOSTILE)), WIDE) as app:
        for typed, title in {
            "oshi": "[Oshi no Ko]",
            "foo": "Foo [/] bar",
            "click": "[@click=app.quit]x",
            "accent": "[$accent]x",
        }.items():
            await app.press("ctrl+p")
            await app.pilot.press(*typed)
            await app.pilot.pause()
            assert isinstance(app.screen, CommandPalette)
            check(app, title)
            await app.press("escape")
            await app.settle()


async def test_hostile_title_is_not_clickable(make_tracker: Make) -> None:
    async with open_app(make_tracker(everything("[@click=app.quit]x"))) as app:
        for place in ("#heading", "#synopsis", "#cast", "#status"):
            await app.pilot.click(place, offset=(3, 1))
            await app.settle()
            if app.screen is not app.main:
                await app.press("escape")
        assert app.app.is_running


async def test_hostile_damaged_entry(make_tracker: Make) -> None:
    torn = ('title = "Beep \x1b]52;c;eA==\x07"', 'title = "\u202eGate"\nstatus = \x9b31m', 'title = "[/]"\nkind = 3')
    text = "\n".join(f"[[show]]\n{lines}\n" for lines in torn)
    async with open_app(make_tracker(text)) as app:
        assert len(app.titles) == 3
        for _ in range(3):
            assert not CONTROLS.search("".join(app.screen_lines))
            assert "can't be read" in app.pane("synopsis")
            await app.press("down")


async def test_hostile_filter(make_tracker: Make) -> None:
    async with open_app(make_tracker(entry("Plain"))) as app:
        for query in ("[/]", "[@click=app.quit]", "status:[/x]"):
            await app.filter(query)
            assert query in app.seen


async def test_hostile_paste(make_tracker: Make) -> None:
    async with open_app(make_tracker(entry("Plain"))) as app:
        for key in ("slash", "a", "e", "s", "n", "T"):
            await app.press(key)
            for title in ("Beep \x1b]52;c;eA==\x07 over", "Gate \u202egpj.exe"):
                app.app.post_message(Paste(title))
                await app.settle()
                assert not CONTROLS.search("".join(app.screen_lines)), key
            await app.press("escape")


async def test_lengths_in_the_app(make_tracker: Make) -> None:
    lines = json.dumps("x" + "\n" * 300_000 + "y")
    text = entry("Long", "filming", "2027", top=[f"synopsis = {lines}", f"notes = {lines}"])
    async with open_app(make_tracker(text + entry("한" * 100_000)), WIDE) as app:
        assert max(pane.virtual_size.height for pane in app.screen.query(TextPane)) < 2 * MAX_LINES
        await app.press("down", "up", "e")
        notes = [str(note.content) for note in app.screen.query("EditShowForm Static").results(Static)]
        assert [note for note in notes if "too long to edit here" in note]
        await app.set_text("#field-tags Input", "mine")
        await app.press("ctrl+s")
        assert app.tracker.watchlist.current.get("long").tags == ("mine",)
        assert f"synopsis = {lines}" in app.file
