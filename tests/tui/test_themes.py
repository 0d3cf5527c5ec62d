"""Every theme of Textual can be used and read."""

from __future__ import annotations

import pytest
from textual.theme import BUILTIN_THEMES

from tests.tui.helpers import SAMPLE, USUAL, Make, open_app


@pytest.mark.parametrize("theme", [name for name, theme in BUILTIN_THEMES.items() if theme.ansi])
async def test_theme_of_terminal_colours(make_tracker: Make, theme: str) -> None:
    async with open_app(make_tracker(SAMPLE), USUAL) as app:
        app.app.theme = theme
        for key in ("4", "3", "1"):
            await app.press(key)
            assert app.app.is_running
            assert "Paper Lanterns" in app.seen
