from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest
from textual.message import Message

from tests.tui.helpers import NOW, SAMPLE, Make, RunningApp, entry, open_app
from tracker.paths import Paths
from tracker.service import Tracker
from tracker.service.file_monitor import RETRIES, FileChanged
from tracker.tui.app import TrackerApp
from tracker.tui.dialogs.choose import ChooseDialog
from tracker.tui.main.file_events import FileWatch

Save = Callable[[Path, str], None]


def in_place(path: Path, text: str) -> None:
    path.write_text(text)


def rename_over(path: Path, text: str) -> None:
    new = path.with_name("new")
    new.write_text(text)
    new.replace(path)


SAVES = pytest.mark.parametrize("save", [in_place, rename_over])


async def look(app: RunningApp) -> None:
    app.main.files.poll_all()
    await app.settle()


@SAVES
async def test_file_change_keeps_cursor_and_marks(make_tracker: Make, tmp_path: Path, save: Save) -> None:
    tracker = make_tracker(SAMPLE)
    if save is in_place:
        link = tmp_path / "elsewhere" / "link.toml"
        link.parent.mkdir()
        link.symlink_to(tracker.path)
        tracker = Tracker(Paths(link), now=lambda: NOW)
    async with open_app(tracker) as app:
        await app.select("Salt Road")
        await app.press("space")
        await app.select("Night Bakery")
        real = tracker.path.resolve()
        save(
            real,
            entry("Velvet", "filming", "2025") + real.read_text().replace('"Slow Tram"', '"Slow Tram"\ntags = ["x"]'),
        )
        await look(app)
        assert "Velvet" in app.titles
        assert app.cursor == "Night Bakery"
        assert app.main.marked == {"salt-road"}
        assert app.toasts == ["Slow Tram: new tags; Velvet added"]


async def test_file_is_polled(make_tracker: Make) -> None:
    seen: list[Message] = []
    app = TrackerApp(make_tracker(SAMPLE), look_every=0.01)
    async with app.run_test(message_hook=seen.append) as pilot:
        await pilot.pause()
        app.tracker.path.write_text(SAMPLE + entry("Velvet", "filming", "2025"))
        while not any(
            isinstance(message, FileWatch.Seen) and isinstance(message.event, FileChanged) for message in seen
        ):
            await pilot.pause()
        await pilot.pause()
        assert app.tracker.watchlist.current.find("velvet") is not None


async def test_hand_edit_is_shown_and_noted(make_tracker: Make) -> None:
    edited = SAMPLE.replace('title = "Salt Road"\nstatus = "filming"', 'title = "Salt Road"\nstatus = "out"')
    async with open_app(make_tracker(SAMPLE)) as app:
        await app.select("Salt Road")
        app.tracker.path.write_text(edited)
        await look(app)
        assert app.toasts == ["Salt Road: released"]
        assert "2026-11-23 ● released me edited by hand, not yet in the history; N adds it" in app.pane("status")
        assert app.file == edited
        await app.press("N")
        assert app.toasts == ["Salt Road: released added to the history"]
        assert 'on = 2026-11-23\nstatus = "released"\nsource = "me"\n' in app.file
        assert "by hand" not in app.pane("status")
        await app.press("u")
        assert app.file == edited


async def test_app_that_is_only_open_writes_nothing(make_tracker: Make) -> None:
    """An editor that saves while one types makes no claims."""
    async with open_app(make_tracker(SAMPLE)) as app:
        path = app.tracker.path
        for release in ("2027", "2027-0", "2027-05", "2027-05-1", "2027-05-14"):
            text = SAMPLE.replace('"Salt Road"\n', f'"Salt Road"\nrelease = "{release}"\n', 1)
            path.write_text(text)
            before = path.stat()
            await look(app)
            after = path.stat()
            assert (app.file, after.st_ino, after.st_ctime_ns) == (text, before.st_ino, before.st_ctime_ns)


async def test_new_title_takes_cursor_and_mark_along(make_tracker: Make) -> None:
    async with open_app(make_tracker(SAMPLE)) as app:
        await app.select("Salt Road")
        await app.press("space")
        await app.select("Salt Road")
        app.tracker.path.write_text(SAMPLE.replace('title = "Salt Road"', 'title = "Salt Way"'))
        await look(app)
        assert app.cursor == "Salt Way"
        assert app.main.marked == {"salt-way"}
        assert app.toasts == ["Salt Way: new title"]


async def test_lost_file_is_told_once_and_read_again(make_tracker: Make) -> None:
    async with open_app(make_tracker(SAMPLE)) as app:
        path = app.tracker.path
        path.write_bytes(b"\x00")
        for _ in range(RETRIES + 4):
            await look(app)
        assert len(app.toasts) == 1
        assert str(path) in app.toasts[0]
        assert "can't read the file" in app.state
        assert len(app.titles) == 12
        await app.press("right_square_bracket")
        assert "1 edit not saved" in app.state
        path.write_text(SAMPLE)
        await look(app)
        assert "can't read" not in app.state
        await app.press("ctrl+s")
        assert "not saved" not in app.state
        assert app.file != SAMPLE


COPY = "list.sync-conflict-20261123-101500-ABCDEFG.toml"


async def test_conflicted_copy_is_merged_and_undone(make_tracker: Make) -> None:
    async with open_app(make_tracker(SAMPLE)) as app:
        copy = app.tracker.path.with_name(app.tracker.path.name.replace("list", "list").replace(".toml", "") + COPY[4:])
        copy.write_text(SAMPLE.replace('title = "Salt Road"', 'title = "Salt Road"\ntags = ["x"]') + entry("Velvet"))
        await look(app)
        assert "1 conflicted copy (M)" in app.state
        assert copy.name in app.toasts[-1]
        await app.press("M")
        assert "Salt Road: new tags; Velvet added" in app.seen
        await app.press("y")
        assert "Velvet" in app.titles
        assert app.tracker.watchlist.current.get("salt-road").tags == ("x",)
        assert not copy.exists()
        assert "conflicted" not in app.state
        await app.press("u")
        assert app.file == SAMPLE
        assert any(
            version.backup.path.read_text().endswith(entry("Velvet")) for version in app.tracker.backups.list_all()
        )


async def test_copy_asks_for_each_value_in_conflict(make_tracker: Make) -> None:
    text = SAMPLE.replace('title = "Salt Road"', 'title = "Salt Road"\nrating = 3\nwatch = "planned"')
    async with open_app(make_tracker(text)) as app:
        copy = app.tracker.path.with_name(f"{app.tracker.path.stem}{COPY[4:]}")
        copy.write_text(text.replace("rating = 3", "rating = 4").replace('"planned"', '"dropped"'))
        await look(app)
        await app.press("M", "y")
        assert isinstance(app.screen, ChooseDialog)
        await app.press("down", "enter", "enter")
        show = app.tracker.watchlist.current.get("salt-road")
        assert (show.rating, show.watch) == (4, "planned")


async def test_lost_edit_is_told_and_comes_back_by_redo(make_tracker: Make) -> None:
    async with open_app(make_tracker(SAMPLE)) as app:
        await app.select("Salt Road")
        await app.press("right_square_bracket")
        app.tracker.path.write_text("# old\n" + SAMPLE)
        await look(app)
        assert any("undid: Salt Road is post-production" in toast for toast in app.toasts)
        await app.press("ctrl+r")
        assert app.file.startswith("# old\n")
        assert 'status = "post-production"\nsource = "me"\n' in app.file


async def test_edit_that_finds_the_file_ends_its_loss(make_tracker: Make) -> None:
    async with open_app(make_tracker(SAMPLE)) as app:
        app.tracker.path.unlink()
        for _ in range(RETRIES + 2):
            await look(app)
        assert "can't read" in app.state
        app.tracker.path.write_text(SAMPLE)
        # Of a file that was written this very moment the edit would wait for more.
        os.utime(app.tracker.path, (1_700_000_000, 1_700_000_000))
        await app.press("right_square_bracket")
        assert "can't read" not in app.state


async def test_polling_that_fails_is_told_once(make_tracker: Make) -> None:
    tracker = make_tracker(SAMPLE)
    looks = 0

    def look_again() -> None:
        nonlocal looks
        looks += 1
        raise MemoryError("no more")

    tracker.watchlist.reread = look_again  # type: ignore[method-assign]
    async with open_app(tracker, look_every=0.001) as app:
        while looks < 5:
            await app.pilot.pause()
        await app.settle()
        assert [toast for toast in app.toasts if "MemoryError: no more" in toast] == app.toasts


async def test_copy_that_changed_is_asked_about_again(make_tracker: Make) -> None:
    text = SAMPLE.replace('title = "Salt Road"', 'title = "Salt Road"\nrating = 3')
    async with open_app(make_tracker(text)) as app:
        copy = app.tracker.path.with_name(f"{app.tracker.path.stem}{COPY[4:]}")
        copy.write_text(text)
        await look(app)
        await app.press("M")
        app.tracker.path.write_text(text.replace("rating = 3", "rating = 5"))
        await app.press("y")
        assert "more to decide: Salt Road" in app.toasts[-1]
        assert copy.exists()
        await app.press("y", "down", "enter")
        assert app.tracker.watchlist.current.get("salt-road").rating == 3
        assert not copy.exists()
