"""What the commands print for people: colours, signs of statuses, and tables."""

from __future__ import annotations

import os
from collections.abc import Sequence
from typing import Final, NamedTuple

from tracker.model.show import Show
from tracker.model.status import Status
from tracker.model.watch_state import short_rating, watch_sign
from tracker.text import cells, fit

COLOURS: Final = {
    Status.RUMORED: "90", Status.ANNOUNCED: "36", Status.PRE_PRODUCTION: "36", Status.FILMING: "33",
    Status.POST_PRODUCTION: "33", Status.SCHEDULED: "32", Status.AIRING: "35", Status.RELEASED: "34",
    Status.POSTPONED: "31", Status.HIATUS: "31", Status.CANCELLED: "90",
}  # fmt: skip
"""SGR codes of statuses."""
WATCH_COLOURS: Final = {"planned": "90", "watching": "35", "watched": "32", "dropped": "90", "": "33"}
"""SGR codes of watch states; without one, of a rating."""
GREY: Final = "90"
RED: Final = "31"
BOLD: Final = "1"
_MAX_CELLS: Final = 120
"""Width of a column without a terminal; one long title must not make every line as long."""
_MAX_TITLE: Final = 40
_GAP: Final = "  "


class Style:
    """Puts colour on text, or leaves it plain."""

    def __init__(self, has_colour: bool) -> None:
        self._has_colour = has_colour

    def __call__(self, text: str, code: str) -> str:
        """Return `text` with the SGR `code` around it."""
        return f"\x1b[{code}m{text}\x1b[0m" if self._has_colour and code else text


TableCell = str | tuple[str, str]
"""Text, or text and the SGR code of its colour."""


class TableRow(NamedTuple):
    """One row of a table."""

    cells: Sequence[TableCell]
    lead: str = ""
    """What comes before the first column, with its colours."""


class Layout(NamedTuple):
    """How a table takes the space of a terminal."""

    lead: int
    """Width of the rows' leads."""
    flexible: int
    """The column that takes the space the others leave."""
    least: int = 0
    """Width that column has, however little is left."""
    limits: Sequence[int] = ()
    """The most that the first columns take."""


def column_widths(rows: Sequence[TableRow], width: int | None, layout: Layout) -> list[int]:
    """Return the widths of the columns of a table in cells; `width` None is a pipe, into which all is printed."""
    widths = [max(cells(_split(row.cells[column])[0]) for row in rows) for column in range(len(rows[0].cells))]
    if width is None:
        return [min(natural, _MAX_CELLS) for natural in widths]
    widths[: len(layout.limits)] = map(min, widths, layout.limits)
    taken = layout.lead + sum(widths) - widths[layout.flexible] + len(_GAP) * (len(widths) - 1)
    widths[layout.flexible] = min(widths[layout.flexible], max(layout.least, width - taken))
    return widths


def format_table(
    groups: Sequence[tuple[str, Sequence[TableRow]]], style: Style, width: int | None, layout: Layout
) -> list[str]:
    """Return rows under headings as lines in aligned columns.

    Args:
        groups: Headings, "" for none, and their rows; at least one row.
        style: Puts colours on the cells.
        width: Cells of the terminal, for which cells are cut; None for a pipe.
        layout: How the columns share the terminal.
    """
    widths = column_widths([row for _, rows in groups for row in rows], width, layout)
    lines = []
    for heading, rows in groups:
        lines += [heading] if heading else []
        lines += [_format_row(row, widths, style, is_cut=width is not None) for row in rows]
    return lines


def _format_row(row: TableRow, widths: Sequence[int], style: Style, *, is_cut: bool) -> str:
    parts = []
    for (text, colour), width in zip(map(_split, row.cells), widths, strict=True):
        parts.append((fit(text, width) if is_cut else text + " " * (width - cells(text)), colour))
    parts[-1] = (parts[-1][0].rstrip(), parts[-1][1])
    return (row.lead + _GAP.join(style(text, colour) for text, colour in parts)).rstrip()


def _split(cell: TableCell) -> tuple[str, str]:
    return (cell, "") if isinstance(cell, str) else cell


def mine_cell(show: Show) -> TableCell:
    """Return watch state and rating in three cells, with the colour of the state; blanks for none."""
    if not show.watch and show.rating is None:
        return ""
    is_ascii = bool(os.environ.get("TRACKER_ASCII"))
    text = watch_sign(show.watch, is_ascii=is_ascii) + short_rating(show.rating, is_ascii=is_ascii)
    return text.rstrip(), WATCH_COLOURS[show.watch]


def status_sign(status: Status | None, style: Style) -> str:
    """Return the sign of a status in its colour, a space for none."""
    if status is None:
        return " "
    return style(status.ascii_glyph if os.environ.get("TRACKER_ASCII") else status.glyph, COLOURS[status])


def title_limit(width: int | None, share: int = 2) -> list[int]:
    """Return the most cells that a title takes of a terminal, as the limits of a table."""
    return [] if width is None else [min(_MAX_TITLE, max(8, width // share))]
