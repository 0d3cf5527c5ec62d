"""The app in a terminal of its own, driven by keys."""

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
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

PATIENCE = 20
"""Seconds until something never comes."""


class Session:
    """A command in a pseudo-terminal, which is the terminal of its session."""

    def __init__(
        self,
        command: Sequence[str],
        ignored: Sequence[signal.Signals] = (),
        environment: Mapping[str, str] | None = None,
    ) -> None:
        self.pid, self.terminal = pty.fork()
        if self.pid == 0:  # pragma: no cover - the child
            try:
                for number in ignored:
                    signal.signal(number, signal.SIG_IGN)
                fcntl.ioctl(0, termios.TIOCSWINSZ, struct.pack("HHHH", 30, 100, 0, 0))
                os.execve(command[0], list(command), dict(os.environ if environment is None else environment))
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
        place = len(self.output)
        while keys:
            # What is written is taken meanwhile: a command whose output nobody takes reads no more.
            readable, writable, _ = select.select([self.terminal], [self.terminal], [], 0.1)
            if readable:
                self.read()
            if writable:
                keys = keys[os.write(self.terminal, keys[:512]) :]
        return place

    def resize(self, rows: int, columns: int) -> None:
        """Give the terminal another size."""
        fcntl.ioctl(self.terminal, termios.TIOCSWINSZ, struct.pack("HHHH", rows, columns, 0, 0))

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
            self.poll()
        return self.code

    def poll(self) -> int | None:
        """Return the exit code, None while the command runs."""
        if self.code is None:
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
"""The fixture `start`: starts a command in a terminal, by default the app on the sample."""


def app_command(folder: Path) -> list[str]:
    """Return the command that opens the list of a folder."""
    return [sys.executable, "-m", "tracker", "--watchlist", str(folder / "list.toml")]
