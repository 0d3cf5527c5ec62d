"""Colours are moved until they can be read, and not farther."""

from __future__ import annotations

import math
from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.segment import Segment
from rich.style import Style
from textual._ansi_theme import MONOKAI
from textual.color import Color, rgb_to_lab
from textual.theme import BUILTIN_THEMES, Theme

from tracker.tui.contrast import (
    FRAME_CONTRAST,
    TEXT_CONTRAST,
    ContrastFilter,
    contrast,
    make_readable,
    make_visible,
)
from tracker.tui.theme import STATUS_COLOURS
from tracker.tui.widgets.theme_styles import resolve_colour

THEMES = [theme for theme in BUILTIN_THEMES.values() if not theme.ansi]
colours = st.builds(Color, *[st.integers(0, 255)] * 3)


def variables_of(theme: Theme) -> dict[str, str]:
    return {**theme.to_color_system().generate(), **theme.variables}


@pytest.mark.parametrize(
    ("one", "other", "ratio"),
    [("#000", "#fff", 21), ("#fff", "#767676", 4.54), ("#ff0000", "#fff", 4.0), ("#777", "#777", 1)],
)
def test_contrast_of_wcag(one: str, other: str, ratio: float) -> None:
    assert contrast(Color.parse(one), Color.parse(other)) == pytest.approx(ratio, abs=0.005)


@given(colours, colours, st.sampled_from([TEXT_CONTRAST, FRAME_CONTRAST]))
def test_every_colour_can_be_made_readable(front: Color, back: Color, least: float) -> None:
    readable = make_readable(front, back, least)
    assert contrast(readable, back) >= least
    assert make_readable(readable, back, least) == readable
    if contrast(front, back) >= least:
        assert readable == front


def apart(one: Color, other: Color) -> float:
    """Return how far two colours are apart to the eye; from 2.3 on it sees a difference."""
    return math.dist(rgb_to_lab(one), rgb_to_lab(other))


@pytest.mark.parametrize("theme", THEMES, ids=lambda theme: theme.name)
def test_statuses_stay_apart(theme: Theme) -> None:
    variables = variables_of(theme)
    background = Color.parse(variables["background"])
    for name in ("background", "surface", "block-cursor-blurred-background"):
        back = resolve_colour(variables[name], background)
        plain = {key: resolve_colour(variables[key], back) for key in STATUS_COLOURS.values()}
        readable = {key: make_readable(colour, back) for key, colour in plain.items()}
        for one, other in combinations(plain, 2):
            assert apart(readable[one], readable[other]) > 4 or apart(plain[one], plain[other]) < 4, (one, other)


@pytest.mark.parametrize("theme", THEMES, ids=lambda theme: theme.name)
def test_frame_of_the_focus_is_visible(theme: Theme) -> None:
    variables = variables_of(theme)
    visible = make_visible(variables, ("accent", "border"))
    for name in ("accent", "border"):
        for back in ("background", "surface"):
            assert contrast(Color.parse(visible[name]), Color.parse(variables[back])) >= FRAME_CONTRAST


@pytest.mark.parametrize(
    ("text", "style", "wanted"),
    [
        ("words", "#333333 on #222222", "readable"),
        ("◆", "#333333 on #222222", "readable"),
        ("words", "#333333", "readable"),
        ("words", "#eeeeee on #222222", "as it is"),
        ("  ", "#333333 on #222222", "as it is"),
        ("╭──╮", "#333333 on #222222", "as it is"),
        ("words", "default on default", "as it is"),
        ("words", "black on default", "default on default"),
        ("words", "green on default", "as it is"),
        ("words", "bright_green on green", "color(0) on green"),
        ("words", "red on black", "color(15) on black"),
        ("words", "default on white", "color(0) on white"),
    ],
)
def test_filter_of_the_screen(text: str, style: str, wanted: str) -> None:
    before = Segment(text, Style.parse(style))
    [after] = ContrastFilter(lambda: MONOKAI).apply([before], Color.parse("#222222"))
    assert after.text == text
    assert after.style is not None
    if wanted == "readable":
        assert after.style.color is not None
        assert contrast(Color.from_rich_color(after.style.color), Color.parse("#222222")) >= TEXT_CONTRAST
    else:
        assert after.style == Style.parse(style if wanted == "as it is" else wanted)
