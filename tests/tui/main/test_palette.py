from __future__ import annotations

from textual.command import CommandList, CommandPalette

from tests.tui.helpers import SAMPLE, Make, RunningApp, open_app
from tracker.model.status import Status
from tracker.tui.dialogs.guide import GuideDialog


async def search(app: RunningApp, text: str) -> list[str]:
    """Open the palette, type, and return what it offers."""
    await app.press("ctrl+p")
    await app.pilot.press(*text)
    await app.pilot.pause()
    return [str(option.prompt) for option in app.screen.query_one(CommandList).options]


async def test_palette_goes_to_a_show(make_tracker: Make) -> None:
    async with open_app(make_tracker(SAMPLE)) as app:
        assert "Salt Road" in (await search(app, "salt"))[0]
        await app.pilot.press("enter")
        await app.settle()
        assert app.cursor == "Salt Road"
        assert app.focus == "shows"


async def test_palette_finds_what_the_filter_hides(make_tracker: Make) -> None:
    async with open_app(make_tracker(SAMPLE)) as app:
        await app.filter("tram")
        await app.press("enter")
        await search(app, "빵집")
        await app.pilot.press("enter")
        await app.settle()
        assert app.cursor == "Night Bakery"


async def test_palette_runs_an_action(make_tracker: Make) -> None:
    async with open_app(make_tracker(SAMPLE)) as app:
        await app.select("Salt Road")
        assert "Move to the next status" in (await search(app, "next status"))[0]
        await app.pilot.press("enter")
        await app.settle()
        assert app.tracker.watchlist.current.get("salt-road").status is Status.POST_PRODUCTION


async def test_palette_lists_actions_with_keys(make_tracker: Make) -> None:
    async with open_app(make_tracker(SAMPLE)) as app:
        offered = "\n".join(await search(app, ""))
        for words in ("Add a show", "Record a status", "Undo the last edit", "Show all keys", "key ?", "Theme"):
            assert words in offered


async def test_palette_opens_a_guide(make_tracker: Make) -> None:
    async with open_app(make_tracker(SAMPLE)) as app:
        assert "Help: dates" in (await search(app, "help dates"))[0]
        await app.pilot.press("enter")
        await app.settle()
        assert isinstance(app.screen, GuideDialog)


async def test_palette_changes_the_theme(make_tracker: Make) -> None:
    async with open_app(make_tracker(SAMPLE)) as app:
        await search(app, "theme")
        await app.pilot.press("enter")
        await app.pilot.pause()
        assert isinstance(app.screen, CommandPalette)
        await app.pilot.press(*"nord")
        await app.pilot.press("enter")
        await app.settle()
        assert app.app.theme == "nord"
        assert "▸" in app.seen
