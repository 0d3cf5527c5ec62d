"""The app in a terminal of its own: how it is ended, stopped and brought back from outside."""

from __future__ import annotations

import fcntl
import os
import pty
import select
import signal
import struct
import sys
import termios
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import pytest

from tests.tui.helpers import SAMPLE

LEFT = (b"\x1b[?1049l", b"\x1b[?1003l", b"\x1b[?25h", b"\x1b[?2004l", b"\x1b[<u")
"""What gives the terminal back: its first screen, mouse, cursor, pastes, keys."""
PATIENCE = 20
"""Seconds until something never comes."""


class Session:
    """A command in a pseudo-terminal, which is the terminal of its session."""

    def __init__(self, command: Sequence[str], ignored: Sequence[signal.Signals] = ()) -> None:
        self.pid, self.terminal = pty.fork()
        if self.pid == 0:  # pragma: no cover - the child
            try:
                for number in ignored:
                    signal.signal(number, signal.SIG_IGN)
                fcntl.ioctl(0, termios.TIOCSWINSZ, struct.pack("HHHH", 30, 100, 0, 0))
                os.execv(command[0], list(command))
            finally:
                os._exit(127)
        self.output = b""
        self.code: int | None = None
        """The exit code, None while it runs."""

    def read(self) -> None:
        """Take what is there, soon."""
        if select.select([self.terminal], [], [], 0.02)[0]:
            try:
                self.output += os.read(self.terminal, 1 << 16)
            except OSError:
                time.sleep(0.01)  # nobody has it open

    def wait_for(self, *wanted: bytes, since: int = 0) -> int:
        """Wait until all this is in the output after a place, and return the place behind it."""
        end = time.monotonic() + PATIENCE
        while not all(text in self.output[since:] for text in wanted):
            assert time.monotonic() < end, f"{wanted} is missing in {self.output[since:][-2000:]!r}"
            self.read()
        return max(self.output.rindex(text) + len(text) for text in wanted)

    def type(self, keys: bytes) -> int:
        """Type, and return the place in the output."""
        os.write(self.terminal, keys)
        return len(self.output)

    def hang_up(self) -> None:
        """Take the terminal away."""
        os.close(self.terminal)
        self.terminal = os.open(os.devnull, os.O_RDWR)

    def wait(self) -> int:
        """Wait until the command ends, and return its exit code."""
        end = time.monotonic() + PATIENCE
        while self.code is None:
            assert time.monotonic() < end, "it never ends"
            self.read()
            self._reap(os.WNOHANG)
        return self.code

    @property
    def is_cooked(self) -> bool:
        """Whether the terminal shows what is typed, as for a shell."""
        return bool(termios.tcgetattr(self.terminal)[3] & termios.ECHO)

    def close(self) -> None:
        """End whatever is left."""
        if self.code is None:
            os.kill(self.pid, signal.SIGKILL)
            self._reap(0)
        os.close(self.terminal)

    def _reap(self, how: int) -> None:
        pid, status = os.waitpid(self.pid, how)
        if pid:
            self.code = os.waitstatus_to_exitcode(status)


Start = Callable[..., Session]


@pytest.fixture
def start(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Start]:
    """Return a function that starts a command, by default the app on the sample; all are ended."""
    sessions: list[Session] = []
    (tmp_path / "list.toml").write_text(SAMPLE)
    for name, value in (("TERM", "xterm-256color"), ("PS1", "ready>"), ("ENV", ""), ("EDITOR", "true")):
        monkeypatch.setenv(name, value)

    def start(*command: str, ignored: Sequence[signal.Signals] = ()) -> Session:
        sessions.append(Session(command or app_command(tmp_path), ignored))
        return sessions[-1]

    yield start
    for session in sessions:
        session.close()


def app_command(folder: Path) -> list[str]:
    return [sys.executable, "-m", "tracker", "--watchlist", str(folder / "list.toml")]


def start_in_shell(start: Start, folder: Path) -> Session:
    """Start a shell with job control, and the app in it."""
    session = start("/bin/sh", "-i")
    session.wait_for(b"ready>")
    session.type(" ".join(app_command(folder)).encode() + b"\n")
    session.wait_for(b"Harbour Nine", b"\x1b[?2004h")
    return session


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGHUP, signal.SIGINT])
def test_signal_ends_the_app(start: Start, number: signal.Signals) -> None:
    app = start()
    place = app.wait_for(b"Harbour Nine")
    os.kill(app.pid, number)
    app.wait_for(*LEFT, since=place)
    assert app.wait() == 128 + number


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


def test_stop_and_fg(start: Start, tmp_path: Path) -> None:
    shell = start_in_shell(start, tmp_path)
    # What was typed before the app had stopped is for nobody.
    shell.wait_for(*LEFT, b"ready>", since=shell.type(b"\x1aqq"))
    (tmp_path / "list.toml").write_text(SAMPLE.replace("Harbour Nine", "Harbour Ten"))
    shell.wait_for(b"typed42", since=shell.type(b"echo typed$((40+2))\n"))
    shell.wait_for(b"\x1b[?1049h", b"12 shows", b"Harbour Ten", b"Slow Tram", since=shell.type(b"fg\n"))
    shell.wait_for(*LEFT, b"ready>", since=shell.type(b"q"))


def test_stop_with_what_started_the_app(start: Start, tmp_path: Path) -> None:
    shell = start("/bin/sh", "-i")
    shell.wait_for(b"ready>")
    command = " ".join(app_command(tmp_path))
    shell.wait_for(b"Harbour Nine", b"\x1b[?2004h", since=shell.type(f"sh -c '{command}; true'\n".encode()))
    shell.wait_for(*LEFT, b"ready>", since=shell.type(b"\x1a"))
    shell.wait_for(b"\x1b[?1049h", b"Harbour Nine", since=shell.type(b"fg\n"))


def test_stop_in_a_form(start: Start, tmp_path: Path) -> None:
    shell = start_in_shell(start, tmp_path)
    shell.wait_for(b"^s", since=shell.type(b"e"))
    shell.wait_for(*LEFT, b"ready>", since=shell.type(b"\x1a"))


def test_stopped_app_is_ended(start: Start, tmp_path: Path) -> None:
    shell = start_in_shell(start, tmp_path)
    shell.wait_for(*LEFT, b"ready>", since=shell.type(b"\x1a"))
    shell.wait_for(b"code143", since=shell.type(b"kill %1; fg; echo code$?\n"))


def test_stop_without_a_shell(start: Start) -> None:
    app = start()
    app.wait_for(b"Harbour Nine", b"\x1b[?2004h")
    app.wait_for(b"no shell", since=app.type(b"\x1a"))
    app.type(b"q")
    assert app.wait() == 0


def test_stop_from_outside(start: Start) -> None:
    app = start()
    place = app.wait_for(b"Harbour Nine", b"\x1b[?2004h")
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
