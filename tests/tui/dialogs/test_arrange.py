from __future__ import annotations

import pytest

from tests.tui.helpers import NARROW, SAMPLE, Make, open_app
from tracker.reports.grouping import GROUPINGS, SORTS
from tracker.tui.dialogs.arrange import ROWS


def test_arrange_offers_every_grouping_and_order() -> None:
    assert [row.value for row in ROWS if row.field == "grouping"] == list(GROUPINGS)
    assert [row.value for row in ROWS if row.field == "sort"] == list(SORTS)
    letters = [row.letter for row in ROWS if row.letter]
    assert len(set(letters)) == len(letters)
    assert not set(letters) & set("jkgGqv{}/?")


async def test_arrange_by_letter_and_by_cursor(make_tracker: Make) -> None:
    async with open_app(make_tracker(SAMPLE)) as app:
        await app.press("v", "n")
        assert (app.state, app.screen) == ("by network", app.main)
        await app.press("v", "}", "j", "enter")
        assert (app.state, app.screen) == ("by network · sorted by title", app.main)


async def test_arrange_stays_open_with_space(make_tracker: Make) -> None:
    async with open_app(make_tracker(SAMPLE)) as app:
        await app.press("v", "j", "space", "G", "k", "space")
        assert app.screen.query("#arrange")
        assert app.main.view.grouping == "status"
        assert app.main.view.native
        await app.press("space", "v")
        assert not app.screen.query("#arrange")
        assert not app.main.view.native


@pytest.mark.parametrize("size", [NARROW, (40, 12)])
async def test_arrange_fits(make_tracker: Make, size: tuple[int, int]) -> None:
    async with open_app(make_tracker(SAMPLE), size) as app:
        await app.press("v")
        for words in ("Arrange", "r  ● release", "enter choose", "esc back"):
            assert words in app.seen
        await app.press("G")
        assert "H  ● watched and dropped" in app.seen
        await app.click_text("watched and dropped")
        assert not app.main.view.shows_seen
