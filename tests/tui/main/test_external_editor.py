from __future__ import annotations

import subprocess
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.tui.helpers import SAMPLE, Make, entry, open_app
from tracker.tui.app import TrackerApp
from tracker.tui.external_editor import editor_command

Editing = Callable[[list[str]], int]


@pytest.fixture
def editor(monkeypatch: pytest.MonkeyPatch) -> Callable[[Editing], list[list[str]]]:
    """Return a function that puts a person's editing in the place of $EDITOR and gives the commands that ran."""
    commands: list[list[str]] = []

    @contextmanager
    def suspend(self: TrackerApp) -> Iterator[None]:
        yield

    def put(editing: Editing) -> list[list[str]]:
        def run(command: list[str], check: bool) -> subprocess.CompletedProcess[bytes]:
            commands.append(command)
            return subprocess.CompletedProcess(command, editing(command))

        monkeypatch.setattr(TrackerApp, "suspend", suspend)
        monkeypatch.setattr(subprocess, "run", run)
        monkeypatch.setenv("EDITOR", "myvim --clean")
        return commands

    return put


Put = Callable[[Editing], list[list[str]]]


async def test_editor_opens_at_the_show(make_tracker: Make, editor: Put) -> None:
    def editing(command: list[str]) -> int:
        path = Path(command[-1])
        path.write_text(path.read_text().replace('title = "Salt Road"', 'title = "Salt Way"'))
        return 0

    commands = editor(editing)
    async with open_app(make_tracker(SAMPLE)) as app:
        line = SAMPLE[: SAMPLE.index('[[show]]\ntitle = "Salt Road"')].count("\n") + 1
        await app.select("Salt Road")
        await app.press("E")
        assert commands == [["myvim", "--clean", f"+{line}", str(app.tracker.path)]]
        assert "Salt Way" in app.titles
        assert app.toasts == ["Salt Way: new title"]


async def test_editor_opens_at_the_damaged_line(make_tracker: Make, editor: Put) -> None:
    commands = editor(lambda command: 0)
    async with open_app(make_tracker('# Mine.\n\n[[show]]\ntitle = "Torn"\nrating = "nine"\n')) as app:
        await app.press("E")
        assert commands[0][2] == "+5"


async def test_editor_that_fails_is_told(make_tracker: Make, editor: Put) -> None:
    def missing(command: list[str]) -> int:
        raise FileNotFoundError(2, "No such file or directory")

    editor(missing)
    async with open_app(make_tracker(SAMPLE)) as app:
        await app.press("E")
        assert "myvim --clean" in app.toasts[0]
        assert "Set $EDITOR" in app.toasts[0]
        editor(lambda command: 3)
        await app.press("E")
        assert "code 3" in app.toasts[-1]
        assert len(app.titles) == 12


async def test_editor_without_suspend_names_the_line(make_tracker: Make) -> None:
    async with open_app(make_tracker(SAMPLE)) as app:
        await app.press("E")
        assert str(app.tracker.path) in app.toasts[0]
        assert "line 4" in app.toasts[0]


async def test_editor_mends_an_unreadable_file(make_tracker: Make, editor: Put) -> None:
    def editing(command: list[str]) -> int:
        Path(command[-1]).write_text(entry("Mended"))
        return 0

    commands = editor(editing)
    tracker = make_tracker("")
    tracker.path.write_bytes(b"\xff")
    async with open_app(tracker) as app:
        await app.press("E")
        assert len(commands) == 1
        assert app.titles == ["Mended"]


@pytest.mark.parametrize(
    ("editor", "command"),
    [
        ("vi", ["vi", "+7", "/a b.toml"]),
        ("/usr/bin/nano -w", ["/usr/bin/nano", "-w", "+7", "/a b.toml"]),
        ("'/my apps/ed' -x", ["/my apps/ed", "-x", "+7", "/a b.toml"]),
        ("code", ["code", "--wait", "--goto", "/a b.toml:7"]),
        ("code -w", ["code", "-w", "--goto", "/a b.toml:7"]),
        ("hx", ["hx", "/a b.toml:7"]),
    ],
)
def test_editor_command(editor: str, command: list[str]) -> None:
    assert editor_command(editor, Path("/a b.toml"), 7) == command


def test_editor_command_is_never_an_option(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    assert editor_command("vi", Path("-c!x"), 1) == ["vi", "+1", str(tmp_path / "-c!x")]
    assert editor_command("hx", Path("+7"), 1) == ["hx", f"{tmp_path / '+7'}:1"]
