"""The dates of a film as lines of the status pane: by medium and country, with who says them."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import partial
from typing import Final

from textual.content import Content

from tracker.model.formatting import plural
from tracker.model.release_dates import ReleaseDate, ReleaseDates, join_agreeing
from tracker.text import fit
from tracker.tui.content import MUTED
from tracker.tui.theme import Glyphs

_LEAST_NOTE: Final = 8
"""How many cells a note needs, to be worth its place."""
LineMaker = Callable[[int], Content]
"""A line for a pane of so many cells."""


def describe_near_dates(dates: ReleaseDates, glyphs: Glyphs) -> Iterator[LineMaker]:
    """Give the lines above the history: the dates of the country that counts, of the film's own, and the first."""
    if not dates.near:
        return
    where = f"{plural(dates.countries_elsewhere, 'more country', 'more countries')} below the history"
    heading = Content.assemble(("Release dates", "bold"), (f"  {where}" if dates.elsewhere else "", MUTED))
    yield lambda width: heading
    yield from (partial(_describe_date, one, glyphs) for one in join_agreeing(dates.near))
    yield lambda width: Content("")


def describe_dates_elsewhere(dates: ReleaseDates, glyphs: Glyphs) -> Iterator[LineMaker]:
    """Give the lines below the history: the dates of all other countries."""
    if not dates.elsewhere:
        return
    yield lambda width: Content("")
    yield lambda width: Content.styled("Release dates in other countries", "bold")
    yield from (partial(_describe_date, one, glyphs) for one in join_agreeing(dates.elsewhere))


def _describe_date(one: ReleaseDate, glyphs: Glyphs, width: int) -> Content:
    """Return one row: the country, the way of coming out, the window, who says so, and a note."""
    release = one.release
    row = Content.assemble(
        ((glyphs.cursor if one.counts else " ") + " ", "$text-success"),
        (f"{fit(release.region or 'all', 4)}{fit(release.medium, 10)}", ""),
        (fit(release.window.label, 13), "bold" if one.counts else ""),
        (one.source, MUTED),
    )
    room = width - row.cell_length - 2
    note = f"  {fit(release.note, room).rstrip()}" if release.note and room >= _LEAST_NOTE else ""
    return Content.assemble(row, (note, MUTED)).truncate(width, ellipsis=True)
