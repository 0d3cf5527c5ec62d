from __future__ import annotations

from tests.tui.helpers import SAMPLE, Make, open_app
from tracker.model.show import Show
from tracker.model.status import Status


async def test_mark_goes_to_the_next(make_tracker: Make) -> None:
    async with open_app(make_tracker(SAMPLE)) as app:
        await app.press("space", "space")
        assert [row[1] for row in app.rows if "Paper" in row or "Harbour" in row or "Slow" in row] == ["•", "•", " "]
        assert app.cursor == "Slow Tram"
        assert "2 marked" in app.counts
        await app.press("up", "space")
        assert app.main.marked == {"paper-lanterns"}
        await app.press("escape")
        assert not app.main.marked
        assert "marked" not in app.counts


async def test_marked_shows_get_one_status(make_tracker: Make) -> None:
    async with open_app(make_tracker(SAMPLE)) as app:
        before = app.file
        await app.press("space", "space", "end", "s")
        assert "2 shows" in app.seen
        await app.press("end", "up", "enter", "enter")
        statuses = {show.title: show.status for show in app.tracker.watchlist.current.shows}
        assert statuses["Paper Lanterns"] is statuses["Harbour Nine"] is Status.HIATUS
        assert statuses["Blue Hour Hotel"] is Status.CANCELLED
        assert not app.main.marked
        await app.press("u")
        assert app.file == before


async def test_edit_of_marked_shows_leaves_the_cursor(make_tracker: Make) -> None:
    async with open_app(make_tracker(SAMPLE)) as app:
        await app.press("space", "space")
        here = app.main.selected
        await app.press("w", "w")
        assert isinstance(here, Show)
        assert isinstance(app.main.selected, Show)
        assert app.main.selected.id == here.id not in {"paper-lanterns", "harbour-nine"}
        await app.press("*", "8", "enter")
        assert [show.id for show in app.tracker.watchlist.current.shows if show.rating == 8] == [here.id]


async def test_marked_shows_are_tagged_and_removed_together(make_tracker: Make) -> None:
    async with open_app(make_tracker(SAMPLE)) as app:
        before = app.file
        await app.press("space", "space", "T", *"soon", "enter", "u")
        assert app.file == before
        await app.press("escape", "g", "space", "space", "d")
        assert "Remove 2 marked shows?" in app.seen
        await app.press("enter")
        assert app.titles[0] == "Slow Tram"
        assert len(app.titles) == 10
        await app.press("u")
        assert app.file == before
        assert len(app.titles) == 12


async def test_marks_stay_under_another_filter(make_tracker: Make) -> None:
    async with open_app(make_tracker(SAMPLE)) as app:
        await app.filter("tide")
        await app.press("enter", "space")
        await app.filter("tram")
        await app.press("enter", "space", "escape")
        assert app.main.marked == {"ninth-tide", "slow-tram"}
