"""The axis above the timeline: years, quarters, months or weeks, and where the day is."""

from __future__ import annotations

from collections.abc import Iterable

from textual.content import Content
from textual.widgets import Static

from tracker.model.days import day_label, day_name
from tracker.model.scale import Tick
from tracker.text import fit
from tracker.tui.format import MUTED
from tracker.tui.theme import signs_of
from tracker.tui.widgets.chart import ChartPainter, label_width


class Axis(Static):
    """Two lines: the units that are named in full, and their parts."""

    DEFAULT_CSS = """
    Axis { height: 2; background: $panel; }
    """

    def __init__(self, id: str) -> None:  # noqa: A002
        super().__init__(markup=False, id=id)

    def show_scale(self, painter: ChartPainter, width: int) -> None:
        """Show what stands where above rows of so many cells."""
        scale, wide = painter.scale(width), label_width(width)
        signs = signs_of(self)
        day = f"as of {day_label(painter.day)}" if painter.is_past else day_name(painter.day)
        style = "bold $text-warning" if painter.is_past else MUTED
        now = scale.column(painter.day)
        parts = _line(scale.minors(), scale.width)
        lines = [
            Content.assemble(
                (fit(f" by {scale.zoom.name}", wide - 1) + " ", MUTED),
                (_line(scale.majors(), scale.width), "bold $text-accent"),
            ),
            Content.assemble((fit(f" {day}", wide - 1, signs.ellipsis) + " ", style), *_marked(parts, now, signs.now)),
        ]
        self.update(signs.drawn(Content("\n").join(lines)), layout=False)


def _line(ticks: Iterable[Tick], width: int) -> str:
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


def _marked(line: str, at: int, sign: str) -> list[tuple[str, str]]:
    """Return a line with the sign of the day in its place."""
    if not 0 <= at < len(line):
        return [(line, MUTED)]
    return [(line[:at], MUTED), (sign, "bold $text-accent"), (line[at + 1 :], MUTED)]
