"""A drawn page: lines of styled text, and what is where on it."""

from __future__ import annotations

from datetime import date
from typing import NamedTuple

from rich.segment import Segment
from textual.geometry import Region

from tracker.reports.month import CalendarEntry

Line = list[Segment]


class HitArea(NamedTuple):
    """What a click on a part of a page means."""

    region: Region
    day: date | None = None
    entry: CalendarEntry | None = None


class Page(NamedTuple):
    """A page as it is shown."""

    lines: list[Line]
    areas: list[HitArea]
    """What can be clicked; later ones lie above earlier ones."""


class Cursor(NamedTuple):
    """Where the person is on a page."""

    day: date
    entry: CalendarEntry | None
    """The show that is chosen; None where there is none."""
    has_focus: bool
    marked: frozenset[str] = frozenset()
    """The ids of the marked shows."""
