"""How the rows of the timeline are drawn: the title, then windows, earlier promises and claims along the time."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from itertools import groupby
from typing import Final

from rich.segment import Segment
from textual.widget import Widget

from tracker.model.show import Show
from tracker.model.status import Status
from tracker.reports.time_scale import ZOOMS, TimeScale, Zoom
from tracker.reports.timeline import Cell, CellKind, grid_cells, timeline_row
from tracker.text import cells, fit
from tracker.tui.content import MUTED, display_title
from tracker.tui.theme import Glyphs
from tracker.tui.views.arrangement import Item
from tracker.tui.views.list_painter import Heading, ListPainter, RowState

_UNICODE: Final = {
    CellKind.NOTHING: " ", CellKind.GRID: "┊", CellKind.LATE: "·", CellKind.LINK: "╌", CellKind.GHOST_DAY: "◇",
    CellKind.MARK: "•", CellKind.SLIP: "▸",
    CellKind.DAY: "◆", CellKind.BEFORE: "‹", CellKind.AFTER: "›",
}  # fmt: skip
_ASCII: Final = {
    CellKind.NOTHING: " ", CellKind.GRID: ":", CellKind.LATE: ",", CellKind.LINK: "-", CellKind.GHOST_DAY: "o",
    CellKind.MARK: "'", CellKind.SLIP: "!",
    CellKind.DAY: "*", CellKind.BEFORE: "<", CellKind.AFTER: ">",
}  # fmt: skip
_HEIGHTS: Final = (" ▁▂▃▄▅▆", " __==##")
"""The heights of a bar from nothing on, in Unicode and in ASCII."""
_SHADES: Final = (" ░▒▓", " ~%%")
"""Earlier promises: one, and several that say the same days."""
_WINDOW_WIDTH: Final = 13
"""Cells of the window's words at the right."""
_STYLES: Final = {
    CellKind.GRID: "grid",
    CellKind.LATE: "slip",
    CellKind.LINK: "link",
    CellKind.GHOST: "ghost",
    CellKind.GHOST_DAY: "ghost",
    CellKind.MARK: "plain",
    CellKind.SLIP: "slip",
}


def label_width(width: int) -> int:
    """Return the cells of the titles on a row of so many cells."""
    return max(16, min(40, width // 4))


def window_width(width: int) -> int:
    """Return the cells of the window's words on a row of so many cells; 0 where there is no room for them."""
    return _WINDOW_WIDTH + 1 if width >= 90 else 0


def chart_width(width: int) -> int:
    """Return the cells that the time has on a row of so many cells."""
    return max(1, width - label_width(width) - window_width(width))


class TimelinePainter(ListPainter):
    """Draws shows along the time."""

    def __init__(self, widget: Widget, glyphs: Glyphs, today: date) -> None:
        super().__init__(widget, glyphs)
        self.zoom: Zoom = ZOOMS[0]
        """How much time a cell is."""
        self._middle, self._steps = today, 0
        self.day = today
        """The day as which everything is seen."""
        self.is_past = False
        """Whether that is another day than today, so that only what had been claimed by then is known."""
        self.groups_move = False
        """Whether a show's heading changes with time: then it is told as today's while another day is seen."""
        self._grid: list[Cell] = []
        self._grid_of: TimeScale | None = None
        self._chars: Mapping[CellKind, str] = _ASCII if glyphs.ascii else _UNICODE
        self._heights, self._shades = _HEIGHTS[glyphs.ascii], _SHADES[glyphs.ascii]

    @staticmethod
    def legend(glyphs: Glyphs) -> tuple[tuple[str, str, str], ...]:
        """Return sign, style and meaning of what the rows are made of."""
        chars, heights = (_ASCII if glyphs.ascii else _UNICODE), _HEIGHTS[glyphs.ascii]
        ghost = _SHADES[glyphs.ascii][1]
        return (
            (chars[CellKind.DAY], "$text-success", "day"),
            (heights[1] + heights[3] + heights[-1] * 2 + heights[3] + heights[1], "$text-success", "vague date"),
            (f"{ghost * 2} {chars[CellKind.GHOST_DAY]}", MUTED, "earlier date"),
            (f"{chars[CellKind.LINK] * 2} {chars[CellKind.SLIP]}", "$text-error", "slip"),
            (chars[CellKind.MARK], "", "claim"),
            (glyphs.line, "$text-accent", "today"),
        )

    def scale(self, width: int) -> TimeScale:
        """Return what stands where on a row of so many cells."""
        return TimeScale.around(self._middle, self.zoom, chart_width(width)).shift(self._steps)

    def centre(self, day: date) -> None:
        """Have a day in the middle, whatever the width."""
        self._middle, self._steps = day, 0

    def slide(self, steps: int) -> None:
        """See so many steps later."""
        self._steps += steps

    def as_of_day(self, show: Show) -> Show | None:
        """Return the show as it was known on the day as which it is seen; None where nothing was."""
        if not self.is_past:
            return show
        if show.history and not any(claim.on is None or claim.on <= self.day for claim in show.history):
            return None
        return show.as_of(self.day)

    def _draw_item(self, item: Item, look: RowState, focused: bool) -> list[Segment]:
        if not isinstance(item, Show):
            return super()._draw_item(item, look, focused)
        label, chart = self._draw_row(item, look)
        if not look.is_current:
            return [*label, *chart]
        # The chart keeps its colours on the line of the cursor.
        over, under = self.styles["cursor" if focused else "cursor-blurred"], self.styles["cursor-blurred"]
        return [
            *(Segment(text, (style or self.base) + over) for text, style, _ in label),
            *(Segment(text, under + style if style else under) for text, style, _ in chart),
        ]

    def _draw_heading(self, heading: Heading, width: int) -> list[Segment]:
        wide = label_width(width)
        count = f" ({heading.size:,})"
        words = f"today: {heading.name}" if self.is_past and self.groups_move else heading.name
        words = self._glyphs.translate(words.upper())
        name = fit(words, min(wide - len(count), cells(words)), self._glyphs.ellipsis)
        rest = " " * max(0, wide - cells(name) - len(count))
        scale = self.scale(width)
        return [
            Segment(name, self.styles["heading"]),
            Segment(count + rest, self.styles["muted"]),
            *self._draw_cells(self._grid_for(scale), None, scale),
        ]

    def _draw_row(self, show: Show, look: RowState) -> tuple[list[Segment], list[Segment]]:
        """Return the label of a show, and what stands behind it."""
        known, scale = self.as_of_day(show), self.scale(look.width)
        title = fit(display_title(show, look.native), label_width(look.width) - 5, self._glyphs.ellipsis)
        status = known.status if known is not None else None
        muted = self.styles["muted"]
        label = [
            Segment(self._glyphs.cursor if look.is_current else " "),
            Segment(self._glyphs.mark if look.is_marked else " ", self.styles["mark"]),
            Segment(f"{self._glyphs.status(status)} ", self.styles[status.value] if status else muted),
            Segment(f"{self._glyphs.translate(title)} ", muted if known is None else None),
        ]
        if known is None:
            return label, self._draw_cells(self._grid_for(scale), None, scale)
        late = self.day if known.is_overdue(self.day) else None
        row = timeline_row(known.history_state, known.release, scale, self._grid_for(scale), late)
        return label, [*self._draw_cells(row, status, scale), *self._draw_window(known, look.width)]

    def _draw_window(self, show: Show, width: int) -> list[Segment]:
        if not window_width(width):
            return []
        words = fit(show.release.label if show.release else "", _WINDOW_WIDTH, self._glyphs.ellipsis)
        style = self.styles["error" if show.is_overdue(self.day) else "muted"]
        return [Segment(f" {self._glyphs.translate(words)}", style)]

    def _grid_for(self, scale: TimeScale) -> list[Cell]:
        if self._grid_of != scale:
            self._grid, self._grid_of = grid_cells(scale), scale
        return self._grid

    def _draw_cells(self, row: list[Cell], status: Status | None, scale: TimeScale) -> list[Segment]:
        """Return a row of cells as styled text."""
        now = scale.column(self.day)
        drawn = [self._draw_cell(cell, status, is_now=at == now) for at, cell in enumerate(row)]
        return [
            Segment("".join(char for char, _ in run), self.styles[name])
            for name, run in groupby(drawn, key=lambda one: one[1])
        ]

    def _draw_cell(self, cell: Cell, status: Status | None, *, is_now: bool) -> tuple[str, str]:
        """Return the character of a cell and the name of its style."""
        if is_now and cell.kind in (CellKind.NOTHING, CellKind.GRID, CellKind.LATE, CellKind.LINK):
            return (self._glyphs.line, "now")
        if cell.kind is CellKind.NOTHING:
            return (" ", "plain")
        if cell.kind in (CellKind.BAR, CellKind.GHOST):
            char = (self._heights if cell.kind is CellKind.BAR else self._shades)[cell.level]
        else:
            char = self._chars[cell.kind]
        # The line of the day goes on through what is drawn over it.
        through = is_now and cell.kind in (CellKind.BAR, CellKind.GHOST)
        return (char, "plain" if through else _STYLES.get(cell.kind) or (status.value if status else "plain"))
