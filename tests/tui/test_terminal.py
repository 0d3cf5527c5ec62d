"""The app in a terminal of its own: how it is ended, stopped and brought back from outside."""

from __future__ import annotations

import os
import signal
from pathlib import Path

import pytest

from tests.tui.helpers import SAMPLE
from tests.tui.session import Session, Start, app_command

LEFT = (b"\x1b[?1049l", b"\x1b[?1003l", b"\x1b[?25h", b"\x1b[?2004l", b"\x1b[<u")
"""What gives the terminal back: its first screen, mouse, cursor, pastes, keys."""


def start_in_shell(start: Start, folder: Path) -> Session:
    """Start a shell with job control, and the app in it."""
    session = start("/bin/sh", "-i")
    session.wait_for(b"ready>")
    session.type(" ".join(app_command(folder)).encode() + b"\n")
    session.wait_for(b"Harbour Nine", b"\x1b[?2004h")
    return session


def test_signal_ends_the_app(start: Start) -> None:
    app = start()
    place = app.wait_for(b"Harbour Nine")
    os.kill(app.pid, signal.SIGINT)
    app.wait_for(*LEFT, since=place)
    assert app.wait() == 128 + signal.SIGINT


@pytest.mark.parametrize("ignored", [(), (signal.SIGHUP,)], ids=["", "nohup"])
def test_terminal_that_is_gone_ends_the_app(start: Start, ignored: tuple[signal.Signals, ...]) -> None:
    app = start(ignored=ignored)
    app.wait_for(b"Harbour Nine", b"\x1b[?2004h")
    for number in ignored:
        # It is ignored still: the app answers.
        os.kill(app.pid, number)
        app.wait_for(b"filming", since=app.type(b"s"))
    app.hang_up()
    assert app.wait() == 128 + signal.SIGHUP


def test_stop_fg_and_kill(start: Start, tmp_path: Path) -> None:
    shell = start_in_shell(start, tmp_path)
    # What was typed before the app had stopped is for nobody.
    shell.wait_for(*LEFT, b"ready>", since=shell.type(b"\x1aqq"))
    (tmp_path / "list.toml").write_text(SAMPLE.replace("Harbour Nine", "Harbour Ten"))
    shell.wait_for(b"typed42", since=shell.type(b"echo typed$((40+2))\n"))
    shell.wait_for(b"\x1b[?1049h", b"12 shows", b"Harbour Ten", b"Slow Tram", since=shell.type(b"fg\n"))
    # In a form it stops as well, and what has stopped can be ended.
    shell.wait_for(b"^s", since=shell.type(b"e"))
    shell.wait_for(*LEFT, b"ready>", since=shell.type(b"\x1a"))
    shell.wait_for(b"code143", since=shell.type(b"kill %1; fg; echo code$?\n"))


def test_stop_with_what_started_the_app(start: Start, tmp_path: Path) -> None:
    shell = start("/bin/sh", "-i")
    shell.wait_for(b"ready>")
    command = " ".join(app_command(tmp_path))
    shell.wait_for(b"Harbour Nine", b"\x1b[?2004h", since=shell.type(f"sh -c '{command}; true'\n".encode()))
    shell.wait_for(*LEFT, b"ready>", since=shell.type(b"\x1a"))
    shell.wait_for(b"\x1b[?1049h", b"Harbour Nine", since=shell.type(b"fg\n"))


def test_stop_without_a_shell_and_from_outside(start: Start) -> None:
    app = start()
    app.wait_for(b"Harbour Nine", b"\x1b[?2004h")
    place = app.wait_for(b"no shell", since=app.type(b"\x1a"))
    os.kill(app.pid, signal.SIGSTOP)
    os.kill(app.pid, signal.SIGCONT)
    app.wait_for(b"\x1b[?1049h", b"Harbour Nine", b"\x1b[?2004h", since=place)
    place = app.type(b"q")
    app.wait_for(*LEFT, since=place)
    assert app.is_cooked
    assert app.wait() == 0


def test_signals_wait_for_the_editor(start: Start, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    script = tmp_path / "editor"
    script.write_text(f'#!/bin/sh\ntrap "" INT\nkill -INT $PPID\nkill -TERM $PPID\necho done > "{tmp_path}/done"\n')
    script.chmod(0o755)
    monkeypatch.setenv("EDITOR", str(script))
    app = start()
    app.wait_for(b"Harbour Nine", b"\x1b[?2004h")
    app.type(b"E")
    assert app.wait() == 128 + signal.SIGTERM
    assert (tmp_path / "done").exists()
