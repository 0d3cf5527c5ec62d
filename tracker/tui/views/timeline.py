"""The axis above the timeline: years, quarters, months or weeks, and where the day is."""

from __future__ import annotations

from collections.abc import Iterable

from textual.content import Content
from textual.widgets import Static

from tracker.model.dates import day_label, day_name
from tracker.reports.time_scale import Tick
from tracker.text import fit
from tracker.tui.content import MUTED
from tracker.tui.theme import glyphs_of
from tracker.tui.views.timeline_painter import TimelinePainter, label_width


class Axis(Static):
    """Two lines: the units that are named in full, and their parts."""

    DEFAULT_CSS = """
    Axis { height: 2; background: $panel; }
    """

    def __init__(self, id: str) -> None:  # noqa: A002
        super().__init__(markup=False, id=id)

    def show_scale(self, painter: TimelinePainter, width: int) -> None:
        """Show what stands where above rows of so many cells."""
        scale, wide = painter.scale(width), label_width(width)
        glyphs = glyphs_of(self)
        day = f"as of {day_label(painter.day)}" if painter.is_past else day_name(painter.day)
        style = "bold $text-warning" if painter.is_past else MUTED
        now = scale.column(painter.day)
        parts = _format_ticks(scale.minor_ticks(), scale.width)
        lines = [
            Content.assemble(
                (fit(f" by {scale.zoom.name}", wide - 1) + " ", MUTED),
                (_format_ticks(scale.major_ticks(), scale.width), "bold $text-accent"),
            ),
            Content.assemble(
                (fit(f" {day}", wide - 1, glyphs.ellipsis) + " ", style), *_mark_day(parts, now, glyphs.now)
            ),
        ]
        self.update(glyphs.translate_content(Content("\n").join(lines)), layout=False)


def _format_ticks(ticks: Iterable[Tick], width: int) -> str:
    """Return the words of an axis at their places, each whole or not at all."""
    line, known = "", list(ticks)
    if len(known) > 1 and known[1].column <= len(known[0].label):
        # What begins left of the edge makes room for what begins here.
        known = known[1:]
    for tick in known:
        if len(line) > tick.column and line:
            continue
        placed = line.ljust(tick.column) + tick.label
        if len(placed) > width:
            break
        line = f"{placed} "
    return line[:width].ljust(width)


def _mark_day(line: str, at: int, sign: str) -> list[tuple[str, str]]:
    """Return a line with the sign of the day in its place."""
    if not 0 <= at < len(line):
        return [(line, MUTED)]
    return [(line[:at], MUTED), (sign, "bold $text-accent"), (line[at + 1 :], MUTED)]
