"""Every theme of Textual can be read, in colours and without."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import cycle

import pytest
from rich.cells import cell_len
from rich.color import Color as RichColor
from rich.style import Style
from textual.color import Color
from textual.geometry import Region
from textual.theme import BUILTIN_THEMES

from tests.tui.helpers import SAMPLE, USUAL, Make, RunningApp, open_app
from tracker.model.status import Status
from tracker.tui.contrast import TEXT_CONTRAST, contrast

SIGNS = "".join(status.glyph for status in Status) + "▸✓→"
SAYS_SOMETHING = re.compile(rf"[^\W_]|[{SIGNS}]")
MARKUP = re.compile(r"\[/?(?:b|i|u|bold|dim|reverse|[@$#][^\]]*)?\]")
"""What Textual's markup looks like where it is shown and not read."""
PLACES = (
    "4", "3", "2", "5", "s", "s tab", "n", "e", "a", "i", "question_mark", "question_mark enter", "slash",
    "ctrl+p", "ctrl+c", "tab tab", "v", "w", "asterisk", "z", "space", "tab tab enter",
)  # fmt: skip
"""The keys that lead to all kinds of widgets: views, forms, lists of options, inputs, palette, message, pane."""


def colours(app: RunningApp, style: Style) -> tuple[Color, Color]:
    """Return what a terminal makes of a style."""
    palette = app.app.ansi_theme
    front = Color(*(style.color or RichColor.default()).get_truecolor(palette))
    back = Color(*(style.bgcolor or RichColor.default()).get_truecolor(palette, foreground=False))
    return front, back  # "dim" is left to the terminal


def faint(app: RunningApp) -> Iterator[tuple[str, float]]:
    """Yield the texts on top of the screen that are hard to read, with their contrast."""
    box = app.screen.query(".form-box")
    region = box.first().region if box else app.screen.region
    for y, strip in enumerate(app.screen._compositor.render_strips()):
        x = 0
        for text, style, _ in strip:
            if SAYS_SOMETHING.search(text) and region.contains_region(Region(x, y, 1, 1)):
                ratio = contrast(*colours(app, style or Style()))
                if ratio < TEXT_CONTRAST:
                    yield text.strip(), round(ratio, 2)
            x += cell_len(text)


async def test_every_theme_is_readable(make_tracker: Make) -> None:
    async with open_app(make_tracker(SAMPLE), USUAL) as app:
        found: dict[tuple[str, str], list[object]] = {}
        for theme, keys in zip(BUILTIN_THEMES, cycle(PLACES), strict=False):
            app.app.theme = theme
            await app.press(*keys.split())
            if texts := [*faint(app), *MARKUP.findall(app.seen)]:
                found[theme, keys] = texts
            await app.press("escape", "escape", "escape", "1")
        assert found == {}


def style_of(app: RunningApp, words: str) -> Style:
    """Return how these words are drawn where they are seen first."""
    for strip in app.screen._compositor.render_strips():
        if words in strip.text:
            segments = strip.crop(cell_len(strip.text[: strip.text.index(words)]))._segments
            return (segments[0].style or Style()).clear_meta_and_links()
    raise AssertionError(words)


@pytest.mark.parametrize(("theme", "in_ascii"), [("textual-light", ""), ("ansi-dark", "1")])
async def test_focus_without_colours(
    make_tracker: Make, monkeypatch: pytest.MonkeyPatch, theme: str, in_ascii: str
) -> None:
    monkeypatch.setenv("NO_COLOR", "1")
    monkeypatch.setenv("TRACKER_ASCII", in_ascii)
    async with open_app(make_tracker(SAMPLE), USUAL) as app:
        app.app.theme = theme
        await app.settle()
        row, pane = style_of(app, "14 May 2026"), style_of(app, "Cast")
        assert row != style_of(app, "23 Nov 2026")
        await app.press("tab", "tab")
        left_row, focused_pane = style_of(app, "14 May 2026"), style_of(app, "Cast")
        assert left_row != row
        assert focused_pane != pane
        assert style_of(app, "Han Seorin") != style_of(app, "Abel Kuro")
        await app.press("escape", "s", "tab")
        assert style_of(app, "airing") != style_of(app, "released")
        for style in (row, left_row, pane, focused_pane):
            for colour in (style.color, style.bgcolor):
                assert colour is None or colour.is_default or len(set(colour.get_truecolor())) == 1
