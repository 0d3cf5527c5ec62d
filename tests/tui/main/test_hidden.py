from __future__ import annotations

from tests.tui.helpers import SAMPLE, WIDE, Make, entry, open_app, reopen

SEEN = (
    SAMPLE
    + entry("Tin Comet", "released", "2026-11-24", top=['watch = "watched"'])
    + entry("Dust Choir", "released", "2026-11-26", top=['watch = "dropped"'])
)


async def test_hidden_shows_in_every_view(make_tracker: Make) -> None:
    async with open_app(make_tracker(SEEN), WIDE) as app:
        for view in "1234":
            await app.press(view, "0")
            assert "Tin Comet" in app.seen
            await app.press("H")
            assert "Tin Comet" not in app.titles
            assert "Tin Comet" not in app.seen
            assert "14 shows · 2 hidden" in app.counts
            await app.press("H")
            assert "Tin Comet" in app.seen
            assert "hidden" not in app.counts


async def test_hidden_shows_stay_hidden_after_a_restart(make_tracker: Make) -> None:
    tracker = make_tracker(SEEN)
    async with open_app(tracker) as app:
        await app.press("v", "H", "q")
    async with open_app(reopen(tracker)) as app:
        assert "2 hidden" in app.counts
        assert "Dust Choir" not in app.titles


async def test_hidden_show_that_is_gone_to_is_shown(make_tracker: Make) -> None:
    async with open_app(make_tracker(SEEN)) as app:
        await app.press("H", "ctrl+p", *"tin com", "enter")
        assert app.cursor == "Tin Comet"
        assert "1 hidden" in app.counts
        await app.press("H", "H")
        assert "Tin Comet" not in app.titles


async def test_hidden_show_comes_back_by_undo(make_tracker: Make) -> None:
    async with open_app(make_tracker(SEEN)) as app:
        await app.press("H")
        await app.select("Salt Road")
        await app.press("w", "w", "H", "H")
        assert "Salt Road" not in app.titles
        await app.press("u")
        assert app.cursor == "Salt Road"
        assert "2 hidden" in app.counts
        await app.filter("salt")
        await app.press("enter", "w", "d", "H", "H")
        assert "All are watched or dropped." in app.seen
        assert "Press H to see them" in app.seen
        await app.press("H")
        assert app.titles == ["Salt Road"]


async def test_hidden_after_the_next_edit(make_tracker: Make) -> None:
    async with open_app(make_tracker(SAMPLE)) as app:
        await app.select("Old Ferry")
        # The rating is for the same show.
        await app.press("H", "w", "w", "*", "8", "enter")
        assert app.cursor == "Old Ferry"
        assert 'watch = "watched"\nrating = 8\n' in app.file
        await app.select("Harbour Nine")
        await app.press("w", "p")
        assert "1 hidden" in app.counts
        assert "Old Ferry" not in app.titles
