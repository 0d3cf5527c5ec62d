"""What the commands print: aligned text for people, JSON for programs."""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any, Final, NamedTuple

from tracker.model.show import Show
from tracker.model.status import Status
from tracker.model.window import Window, days_until, describe_countdown
from tracker.reports.grouping import Group
from tracker.text import cells, fit

COLOURS: Final = {
    Status.RUMORED: "90", Status.ANNOUNCED: "36", Status.PRE_PRODUCTION: "36", Status.FILMING: "33",
    Status.POST_PRODUCTION: "33", Status.SCHEDULED: "32", Status.AIRING: "35", Status.RELEASED: "34",
    Status.POSTPONED: "31", Status.HIATUS: "31", Status.CANCELLED: "90",
}  # fmt: skip
"""The SGR codes of statuses."""
_MAX_CELLS: Final = 120
"""How wide a column may become where nothing is cut; one long title would make every line as long."""


class Style:
    """Puts colour on words, or leaves them plain."""

    def __init__(self, colour: bool) -> None:
        self._colour = colour

    def __call__(self, text: str, code: str) -> str:
        """Return `text` with the SGR `code` around it, or as it is."""
        return f"\x1b[{code}m{text}\x1b[0m" if self._colour and code else text


def format_list(groups: Iterable[Group], today: date, pen: Style, width: int | None = None) -> str:
    """Return the list as aligned lines under headings: glyph, title, status, window, countdown, id.

    Args:
        groups: The shows.
        today: The day from which is seen.
        pen: What colours words.
        width: Cells of a terminal, for which long titles are cut; None cuts nothing.
    """
    groups = list(groups)
    rows = [_row(show, today) for group in groups for show in group.shows]
    if not rows:
        return ""
    widths = [min(_MAX_CELLS, max(cells(row.cells[column]) for row in rows)) for column in range(5)]
    if width is not None:
        widths = [min(wide, most) for wide, most in zip(widths, (width, 15, 13, 18, width), strict=True)]
        widths[0] = min(widths[0], max(20, width - sum(widths[1:]) - 12))
    lines, at = [], 0
    for group in groups:
        if group.name:
            lines.append(pen(group.name.upper(), "1"))
        lines += [row.line(widths, pen, cut=width is not None) for row in rows[at : at + len(group.shows)]]
        at += len(group.shows)
    return "\n".join(lines)


class _Row(NamedTuple):
    """A show as the list prints it."""

    glyph: str
    cells: tuple[str, str, str, str, str]
    """Title, status, window, countdown, id."""
    colour: str

    def line(self, widths: list[int], pen: Style, *, cut: bool) -> str:
        """Return the row in columns of these widths; what is longer is cut, or goes over its column."""
        padded = (text + " " * (wide - cells(text)) for text, wide in zip(self.cells, widths, strict=True))
        title, status, window, left, show_id = map(fit, self.cells, widths) if cut else padded
        urgent = "31" if self.cells[3] == "overdue" else ""
        parts = (title, pen(status, self.colour), window, pen(left, urgent), pen(show_id.rstrip(), "90"))
        return f"  {pen(self.glyph, self.colour)} {'  '.join(parts)}"


def _row(show: Show, today: date) -> _Row:
    status = show.status.value if show.status else "–"
    window = show.release.label if show.release else ""
    left = "overdue" if show.is_overdue(today) else format_countdown(show, today)
    colour = COLOURS[show.status] if show.status else ""
    return _Row(status_glyph(show.status), (show.title, status, window, left, show.id), colour)


def status_glyph(status: Status | None) -> str:
    """Return the sign of a status, a space for none."""
    if status is None:
        return " "
    return status.ascii_glyph if os.environ.get("TRACKER_ASCII") else status.glyph


def format_countdown(show: Show, today: date) -> str:
    """Return how long it still is, "" for what is out."""
    return "" if show.status is not None and show.status.is_out else describe_countdown(show.release, today)


def window_json(window: Window | None) -> dict[str, Any] | None:
    """Return the window object of the contract."""
    if window is None:
        return None
    return {
        "text": window.text,
        "edtf": window.edtf,
        "earliest": iso_date(window.earliest),
        "latest": iso_date(window.latest),
        "precision": window.precision.value,
        "approximate": window.approximate,
    }


def summary_json(show: Show, today: date) -> dict[str, Any]:
    """Return a show as `list --json` has it."""
    standing = show.history_state
    days = days_until(show.release, today)
    return {
        "id": show.id,
        "title": show.title,
        "original_title": show.original_title,
        "kind": show.kind,
        "status": show.status.value if show.status else None,
        "overdue": show.is_overdue(today),
        "window": window_json(show.release),
        "countdown": {"min_days": days[0], "max_days": days[1]} if days else None,
        "slips": standing.slips,
        "slipped_days": standing.slipped_days,
        "networks": list(show.networks),
        "countries": list(show.countries),
        "tags": list(show.tags),
        "watch": show.watch or None,
        "rating": show.rating,
        "last_claim": iso_date(max((claim.on for claim in show.history if claim.on), default=None)),
    }


def dump_json(value: list[Mapping[str, Any]] | Mapping[str, Any]) -> str:
    """Return JSON as the commands print it."""
    import json  # only --json pays for it

    return json.dumps(value, ensure_ascii=False, indent=2)


def iso_date(day: date | None) -> str | None:
    """Return a day as JSON has it."""
    return day.isoformat() if day else None
