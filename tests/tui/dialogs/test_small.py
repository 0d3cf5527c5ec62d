from __future__ import annotations

import pytest
from textual.screen import Screen

from tests.tui.helpers import SAMPLE, Make, open_app
from tracker.tui.widgets.hints import HintBar

DIALOGS = ("s", "n", "A", "e", "?", "i", "v", "w", "*", "a", "d", "T", "c", "5", "V")


def is_in_sight(screen: Screen[object], selector: str) -> bool:
    """Return whether a whole widget is seen."""
    geometry = screen.find_widget(screen.query_one(selector))
    return bool(geometry.region.area) and geometry.visible_region == geometry.region


@pytest.mark.parametrize("size", [(40, 12), (20, 5)])
async def test_dialogs_in_a_small_terminal(make_tracker: Make, size: tuple[int, int]) -> None:
    async with open_app(make_tracker(SAMPLE), size) as app:
        for key in DIALOGS:
            await app.press(key)
            assert app.screen is not app.main
            if size == (40, 12):
                assert is_in_sight(app.screen, "HintBar"), key
                words = " ".join(app.seen.split())
                assert all(hint.label in words for hint in app.screen.query_one(HintBar).hints), key
            app.screen.dismiss(None)
            await app.settle()


async def test_form_of_a_small_terminal_scrolls_to_its_fields(make_tracker: Make) -> None:
    async with open_app(make_tracker(SAMPLE), (40, 12)) as app:
        await app.press("s", "tab")
        for name in ("on", "release", "source", "url", "note"):
            assert is_in_sight(app.screen, f"#field-{name} Input"), name
            await app.press("tab")


async def test_views_in_a_tiny_terminal(make_tracker: Make) -> None:
    async with open_app(make_tracker(SAMPLE), (20, 5)) as app:
        for view in ("2", "3", "-", "4", "1"):
            await app.press(view, "down", "tab", "tab", "escape")
        await app.press("z", "enter", "z", "escape", "/")
        assert app.focus == "filter"
