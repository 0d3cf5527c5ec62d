"""One line of the table, and the command that most of them measure."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import NamedTuple


class Result(NamedTuple):
    """One promise and what became of it."""

    what: str
    measured: float
    bound: float
    unit: str
    detail: str

    @property
    def kept(self) -> bool:
        """Whether the figure is within its bound."""
        return self.measured <= self.bound


def app_command(path: Path, python: str = sys.executable) -> list[str]:
    """Return the command that opens the app on a list, as it is installed for that Python."""
    return [python, "-P", "-m", "tracker", "--watchlist", str(path)]
