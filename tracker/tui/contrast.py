"""Contrast of colours as WCAG 2 measures it, and a filter that keeps what is drawn readable in every theme."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Callable, Iterable, Mapping
from functools import lru_cache, reduce
from typing import Final

from rich.color import Color as RichColor
from rich.segment import Segment
from rich.style import Style
from rich.terminal_theme import TerminalTheme
from textual.color import BLACK, WHITE, Color
from textual.filter import LineFilter

TEXT_CONTRAST: Final = 4.5
"""The least contrast of text: WCAG 2, success criterion 1.4.3, level AA."""
FRAME_CONTRAST: Final = 3.0
"""The least contrast of what shows where the focus is: success criterion 1.4.11."""
_STEPS: Final = 64
"""Into how many steps the way to black or white is cut."""
_IS_DRAWING: Final = re.compile(r"[\s:|~\-\u2500-\u2581\u2584\u2587-\u259f]*+").fullmatch
"""Spaces, frames and shades: some are meant to be faint, and half a cell may be the background of what is beside it."""


def luminance(colour: Color) -> float:
    """Return the relative luminance of a colour as WCAG 2 defines it, from 0 to 1."""
    red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in colour.normalized)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: Color, other: Color) -> float:
    """Return the contrast of two colours as WCAG 2 defines it, from 1 to 21."""
    dark, light = sorted((luminance(one), luminance(other)))
    return (light + 0.05) / (dark + 0.05)


@lru_cache(4096)
def make_readable(front: Color, back: Color, least: float = TEXT_CONTRAST) -> Color:
    """Return a colour that has this contrast to what it is on, nearer to white or black only as far as it has to be.

    It stays lighter or darker than what it is on, where it can: at most 4.5 is to be had on every colour.
    """
    if contrast(front, back) >= least:
        return front
    is_light = luminance(front) > luminance(back)
    if contrast(WHITE if is_light else BLACK, back) < least:
        is_light = not is_light
    end = WHITE if is_light else BLACK

    def is_readable(step: int) -> bool:
        colour = front.blend(end, step / _STEPS)
        return (luminance(colour) > luminance(back)) is is_light and contrast(colour, back) >= least

    return front.blend(end, bisect_left(range(_STEPS), True, key=is_readable) / _STEPS)


def make_visible(variables: Mapping[str, str], names: Iterable[str]) -> dict[str, str]:
    """Return colours of a theme, made so that what is drawn with them is seen on its backgrounds."""
    backs = [Color.parse(variables[name]) for name in ("background", "surface")]
    colours = {name: Color.parse(variables[name]) for name in names}
    return {
        name: reduce(lambda front, back: make_readable(front, back, FRAME_CONTRAST), backs, colour).hex
        for name, colour in colours.items()
        if colour.ansi is None
    }


class ContrastFilter(LineFilter):
    """Gives each piece of text on the screen the contrast that it needs, whichever widget drew it.

    Colours of the terminal itself are taken for those of a palette; plain ones take the place of those that are faint.
    """

    def __init__(self, palette: Callable[[], TerminalTheme]) -> None:
        super().__init__()
        self._palette = palette

    def apply(self, segments: list[Segment], background: Color) -> list[Segment]:
        """Return the segments with readable colours."""
        palette = self._palette()
        return [
            segment
            if segment.style is None or segment.style.color is None or _IS_DRAWING(segment.text)
            else Segment(
                segment.text,
                _readable_style(segment.style, background, palette),
                segment.control,
            )
            for segment in segments
        ]


@lru_cache(4096)
def _readable_style(style: Style, background: Color, palette: TerminalTheme) -> Style:
    front, back = style.color, style.bgcolor or background.rich_color
    if front is None or (front.is_default and back.is_default):
        return style
    seen, seen_back = Color(*front.get_truecolor(palette)), Color(*back.get_truecolor(palette, foreground=False))
    colour = make_readable(seen, seen_back)
    if colour == seen:
        return style
    if front.triplet is not None and back.triplet is not None:
        return style + Style(color=colour.rich_color)
    if back.is_default:
        return style + Style(color=RichColor.default())
    return style + Style(color=RichColor.from_ansi(15 if contrast(WHITE, seen_back) > TEXT_CONTRAST else 0))
