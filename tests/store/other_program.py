"""Another program that has the watchlist open: a shell that is told what to do, line by line."""

from __future__ import annotations

import subprocess
from pathlib import Path
from types import TracebackType
from typing import Self


class OtherProgram:
    """A shell in a process of its own, for as long as a `with` block lasts; its folder is that of the file."""

    def __init__(self, file: Path) -> None:
        self._shell = subprocess.Popen(
            ["sh"], cwd=file.parent, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, bufsize=1
        )

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self._shell.communicate()

    def do(self, line: str) -> None:
        """Run a line of shell, and wait until it is done."""
        assert self._shell.stdin is not None
        assert self._shell.stdout is not None
        self._shell.stdin.write(f"{line}\necho done\n")
        assert self._shell.stdout.readline() == "done\n"
