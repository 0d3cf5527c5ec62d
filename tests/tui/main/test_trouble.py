from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from tests.tui.helpers import NARROW, NOW, SAMPLE, Make, RunningApp, entry, open_app
from tracker.paths import Paths
from tracker.service import Tracker
from tracker.store.watchlist_file import WatchlistFile
from tracker.tui.dialogs.load_error import LoadErrorScreen

TORN = '# Mine.\n[[show]]\ntitle = "Torn [/]"\nnetworks = ["Lumen\n\n'


def words(app: RunningApp) -> str:
    """Return what is seen without frames and line breaks."""
    return " ".join(app.seen.replace("│", " ").split())


async def test_empty_list_says_what_to_do(make_tracker: Make) -> None:
    for text in ("", "format = 1\n", "# only words\n"):
        async with open_app(make_tracker(text), NARROW) as app:
            assert app.rows == ["  No shows yet.", "  Press a to add a show.", "  Press E to edit the file."]
            if text:
                continue
            await app.press(*"snedTw*oytgS", "space", "u", "tab", "tab", "enter", "escape")
            assert app.screen is app.main


async def test_damaged_entry_is_shown_with_its_line_and_refuses_edits(make_tracker: Make) -> None:
    async with open_app(make_tracker(TORN + entry("Whole", "filming", "2027"))) as app:
        assert app.titles == ["Torn [/]", "Whole"]
        assert app.rows[0] == "CAN'T BE READ (1)"
        assert "line 4" in app.rows[1]
        assert "1 unreadable" in app.counts
        pane = app.pane("synopsis")
        assert f"{app.tracker.path}:4" in pane
        assert 'networks = ["Lumen' in pane
        assert "Press E to fix it" in pane
        assert app.is_seen("#synopsis")
        assert not app.is_seen("#status")
        before = app.file
        for key in ("s", "n", "e", "d", "T", "w", "*", "right_square_bracket"):
            await app.press(key)
            assert app.screen is app.main
            assert "Press E to open it" in app.toasts[-1]
        assert app.file == before
        app.app.clear_notifications()
        await app.press("down", "s", "enter")
        assert app.file.startswith(TORN)
        assert app.toasts == ["Whole is post-production"]


@pytest.mark.parametrize(
    ("data", "reason"),
    [(b'format = 1\n[[show]]\ntitle = "caf\xe9"\n', ":3:13: this is not UTF-8"), (None, "There is no watchlist at")],
)
async def test_unreadable_file_says_why_and_is_tried_again(tmp_path: Path, data: bytes | None, reason: str) -> None:
    path = tmp_path / "[b] list.toml"
    if data is not None:
        path.write_bytes(data)
    async with open_app(Tracker(Paths(path), now=lambda: NOW), NARROW) as app:
        assert isinstance(app.screen, LoadErrorScreen)
        seen = words(app)
        assert "[b]" in seen
        assert reason in seen
        assert "Press r to try again" in seen
        assert "q to quit." in seen
        await app.press("question_mark")
        assert app.screen.query_one("#help")
        await app.press("question_mark", "r")
        assert isinstance(app.screen, LoadErrorScreen)
        path.write_text(entry("Mended"))
        await app.press("r")
        assert app.titles == ["Mended"]


async def test_missing_file_is_made_with_n(tmp_path: Path) -> None:
    path = tmp_path / "deep" / "list.toml"
    async with open_app(Tracker(Paths(path), now=lambda: NOW)) as app:
        assert "n to start an empty list there" in words(app)
        await app.press("n")
        assert app.titles == []
        assert "format = 1" in path.read_text()


async def test_missing_file_is_not_made_as_of_a_day(tmp_path: Path) -> None:
    path = tmp_path / "list.toml"
    async with open_app(Tracker(Paths(path), as_of=date(2025, 9, 1), now=lambda: NOW)) as app:
        assert "n makes" not in words(app)
        await app.press("n")
        assert isinstance(app.screen, LoadErrorScreen)
        assert not path.exists()


async def test_unreadable_file_is_not_overwritten_with_n(tmp_path: Path) -> None:
    path = tmp_path / "list.toml"
    path.write_bytes(b"\xff")
    async with open_app(Tracker(Paths(path), now=lambda: NOW)) as app:
        await app.press("n")
        assert isinstance(app.screen, LoadErrorScreen)
        assert path.read_bytes() == b"\xff"


def locked_up(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(WatchlistFile, "why_unwritable", property(lambda self: "it is read-only (chmod u+w)."))


async def test_read_only_file_has_edits_saved_later(make_tracker: Make, monkeypatch: pytest.MonkeyPatch) -> None:
    async with open_app(make_tracker(SAMPLE)) as app:
        before = app.file
        with monkeypatch.context() as patch:
            locked_up(patch)
            app.main.files.poll_all()
            await app.settle()
            assert "read-only" in app.state
            await app.press("right_square_bracket")
            assert "chmod" in app.toasts[-1]
            assert "1 edit not saved (^s)" in app.state
            await app.press("ctrl+s", "right_square_bracket")
            assert "2 edits not saved (^s)" in app.state
            assert app.file == before
        app.main.files.poll_all()
        await app.settle()
        assert "Press Ctrl+S to save 2 edits" in app.toasts[-1]
        await app.press("ctrl+s")
        assert "not saved" not in app.state
        assert app.file.count('source = "me"') == before.count('source = "me"') + 2


@pytest.mark.parametrize("is_locked", [False, True])
async def test_end_from_outside_saves_what_waits(
    make_tracker: Make, monkeypatch: pytest.MonkeyPatch, is_locked: bool
) -> None:
    async with open_app(make_tracker(SAMPLE)) as app:
        before = app.file.count('source = "me"')
        with monkeypatch.context() as patch:
            locked_up(patch)
            await app.press("right_square_bracket")
            if is_locked:
                app.app.end(143)
        if not is_locked:
            app.app.end(143)
        assert app.file.count('source = "me"') == before + (not is_locked)
        assert app.tracker.app_state.load()["theme"] == app.app.theme
    assert app.app.return_value == 143


async def test_hand_edit_is_shown_at_the_start(make_tracker: Make) -> None:
    text = entry("[Amber]", "filming").replace('"filming"', '"released"', 1)
    async with open_app(make_tracker(text)) as app:
        assert (app.toasts, app.file) == ([], text)
        assert "edited by hand" in app.pane("status")


async def test_first_start_says_where_the_list_is(make_tracker: Make) -> None:
    async with open_app(make_tracker(SAMPLE, "[b].toml"), first_start=True) as app:
        assert app.toasts == [str(app.tracker.path)]
        assert "[b].toml" in app.seen


async def test_wrong_settings_are_told(make_tracker: Make) -> None:
    tracker = make_tracker(SAMPLE)
    tracker.paths.settings.parent.mkdir(parents=True)
    tracker.paths.settings.write_text('[keys]\nfly = "f"\n')
    async with open_app(tracker) as app:
        assert "fly" in app.toasts[0]
        assert app.cursor == "Paper Lanterns"
