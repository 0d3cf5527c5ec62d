from __future__ import annotations

from tests.tui.helpers import SAMPLE, Make, RunningApp, open_app


def mine(app: RunningApp, title: str) -> tuple[str, float | None]:
    [show] = [show for show in app.tracker.watchlist.current.shows if show.title == title]
    return show.watch, show.rating


async def test_watch_state(make_tracker: Make) -> None:
    text = SAMPLE.replace("rating = 9", 'watch = "watching"')
    async with open_app(make_tracker(text)) as app:
        await app.select("Slow Tram")
        await app.press("w", "escape")
        assert app.screen is app.main
        assert app.file == text
        await app.press("w", "up", "enter")
        assert mine(app, "Slow Tram") == ("planned", None)
        for key, state in {"w": "watched", "p": "planned", "n": "watching", "d": "dropped", "-": ""}.items():
            await app.press("w", key)
            assert mine(app, "Slow Tram") == (state, None)
            assert app.cursor == "Slow Tram"


async def test_watch_state_of_marked_shows(make_tracker: Make) -> None:
    async with open_app(make_tracker(SAMPLE)) as app:
        before = app.file
        await app.select("Slow Tram")
        await app.press("space", "space", "w", "w")
        assert [mine(app, title)[0] for title in ("Slow Tram", "Glass Orchard")] == ["watched", "watched"]
        assert (app.toasts, app.counts.endswith("marked")) == (["2 shows: watched"], False)
        await app.press("u")
        assert app.file == before


async def test_rating(make_tracker: Make) -> None:
    async with open_app(make_tracker(SAMPLE)) as app:
        await app.select("Slow Tram")
        await app.press("*", "7", ".", "5", "enter")
        assert mine(app, "Slow Tram") == ("", 7.5)
        assert app.toasts == ["Slow Tram: rated 7.5"]
        await app.press("*", "backspace", "enter")
        assert "rating" not in app.file
        await app.press("u", "u")
        assert mine(app, "Slow Tram") == ("", 9)


async def test_rating_that_is_none(make_tracker: Make) -> None:
    async with open_app(make_tracker(SAMPLE)) as app:
        before = app.file
        await app.press("*", "1", "1", "enter")
        assert app.note("rating") == "Not a rating: “11”. Use a number from 0 to 10."
        await app.press("escape")
        assert app.screen is app.main
        assert app.file == before
        await app.press("*", "1", "enter")
        assert app.screen is app.main
        assert "rating = 1\n" in app.file


async def test_mine_in_the_list(make_tracker: Make) -> None:
    async with open_app(make_tracker(SAMPLE)) as app:
        await app.select("Harbour Nine")
        await app.press("w", "w", "*", "1", "0", "enter")
        rows = "\n".join(" ".join(row.split()) for row in app.rows)
        assert "Harbour Nine ✓10 23 Nov 2026" in rows
        assert "Slow Tram ★ 9 27 Nov 2026" in rows
        assert "✓ watched, 10 of 10" in app.text("#heading")
