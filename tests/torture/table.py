"""Rows of the table that the torture prints, and what a section of it is."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Final, NamedTuple

COLUMNS: Final = ("tried", "refused", "again", "lost", "wrong")
HEAD: Final = f"{'':<44}" + "".join(f"{name:>10}" for name in COLUMNS)
_MOST_SHOWN: Final = 12


class Options(NamedTuple):
    """What was asked for on the command line."""

    everything: bool = False
    """Whether nothing is left out, whatever it takes."""
    on: Path | None = None
    """The folder in which files are written; None for memory."""


class Row(NamedTuple):
    """What came of many trials of one kind."""

    what: str
    tried: int = 0
    refused: int = 0
    """How many edits were refused with a reason, which is no loss."""
    again: int = 0
    """How many were made again, as a loop of a shell would, until they were taken."""
    lost: int = 0
    """How often the text of the watchlist was not as promised."""
    complaints: tuple[str, ...] = ()
    """All that was not as promised, each as a line."""
    skipped: str = ""
    """Why there could be no trials here."""

    def line(self) -> str:
        """Return the row as it is printed, with the first complaints below it."""
        if self.skipped:
            return f"{self.what:<44}  {self.skipped}"
        numbers = (self.tried, self.refused, self.again, self.lost, len(self.complaints))
        more = len(self.complaints) - _MOST_SHOWN
        lines = [f"{self.what:<44}" + "".join(f"{number:>10,}" for number in numbers)]
        lines += [f"    {complaint}" for complaint in self.complaints[:_MOST_SHOWN]]
        lines += [f"    … and {more:,} more"] if more > 0 else []
        return "\n".join(lines)


def total(what: str, rows: Iterable[Row]) -> Row:
    """Return the sum of rows as one."""
    rows = [*rows]
    return Row(
        what, sum(row.tried for row in rows), sum(row.refused for row in rows), sum(row.again for row in rows),
        sum(row.lost for row in rows), tuple(line for row in rows for line in row.complaints),
        "; ".join(sorted({row.skipped for row in rows if row.skipped})) if all(row.skipped for row in rows) else "",
    )  # fmt: skip


Section = Callable[[Options], Iterator[Row]]
"""One kind of torture: it yields its rows as they are done."""
