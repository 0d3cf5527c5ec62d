"""A program in a terminal of its own, timed from the outside by what it paints."""

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
from collections.abc import Mapping
from types import TracebackType
from typing import Self


class Terminal:
    """Runs a command in a pseudo-terminal of 120 by 40 cells.

    Args:
        command: Program and arguments.
        environment: The whole environment of the program.
    """

    def __init__(self, command: list[str], environment: Mapping[str, str]) -> None:
        self.started = time.monotonic()
        """When the process was made, in seconds of the monotonic clock."""
        self.pid, self._handle = pty.fork()
        if self.pid == 0:  # pragma: no cover - the child
            try:
                os.execvpe(command[0], command, dict(environment))
            finally:
                os._exit(127)
        # self.pid is the program's process.
        fcntl.ioctl(self._handle, termios.TIOCSWINSZ, struct.pack("HHHH", 40, 120, 0, 0))
        self.output = b""
        """Everything that was painted so far."""

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        os.kill(self.pid, signal.SIGKILL)
        os.waitpid(self.pid, 0)
        os.close(self._handle)

    def wait_for(self, wanted: bytes, since: int = 0, seconds: float = 60) -> float:
        """Read until `wanted` stands in the output after place `since`; return the moment."""
        until = time.monotonic() + seconds
        while wanted not in self.output[since:]:
            if not select.select([self._handle], [], [], max(0.0, until - time.monotonic()))[0]:
                sys.stderr.write(self.output[-2000:].decode(errors="replace"))
                raise TimeoutError(f"{wanted!r} was never painted")
            self.output += os.read(self._handle, 1 << 16)
        return time.monotonic()

    def quiet(self, seconds: float = 0.15) -> None:
        """Read until nothing is painted for a while."""
        while select.select([self._handle], [], [], seconds)[0]:
            self.output += os.read(self._handle, 1 << 16)

    def press(self, key: bytes) -> tuple[float, int]:
        """Send a key; return the moment and the place in the output."""
        place = len(self.output)
        now = time.monotonic()
        os.write(self._handle, key)
        return now, place
