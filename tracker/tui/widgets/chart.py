"""How the rows of the timeline are drawn: the title, then windows, earlier promises and claims along the time."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from itertools import groupby
from typing import Final

from rich.segment import Segment
from textual.widget import Widget

from tracker.model.scale import ZOOMS, Scale, Zoom
from tracker.model.show import Show
from tracker.model.status import Status
from tracker.model.timeline import Cell, Ink, grid_of, row_of
from tracker.text import cells, fit
from tracker.tui.format import MUTED, title_of
from tracker.tui.theme import Signs
from tracker.tui.widgets.row import Heading, Item, Look, Painter

_UNICODE: Final = {
    Ink.NOTHING: " ", Ink.GRID: "┊", Ink.LATE: "·", Ink.LINK: "╌", Ink.GHOST_DAY: "◇",
    Ink.MARK: "•", Ink.SLIP: "▸",
    Ink.DAY: "◆", Ink.BEFORE: "‹", Ink.AFTER: "›",
}  # fmt: skip
_ASCII: Final = {
    Ink.NOTHING: " ", Ink.GRID: ":", Ink.LATE: ",", Ink.LINK: "-", Ink.GHOST_DAY: "o",
    Ink.MARK: "'", Ink.SLIP: "!",
    Ink.DAY: "*", Ink.BEFORE: "<", Ink.AFTER: ">",
}  # fmt: skip
_HEIGHTS: Final = (" ▁▂▃▄▅▆", " __==##")
"""The heights of a bar from nothing on, in Unicode and in ASCII."""
_SHADES: Final = (" ░▒▓", " ~%%")
"""Earlier promises: one, and several that say the same days."""
_WORDS: Final = 13
"""Cells of the window's words at the right."""
_STYLES: Final = {
    Ink.GRID: "grid", Ink.LATE: "slip", Ink.LINK: "link", Ink.GHOST: "ghost", Ink.GHOST_DAY: "ghost",
    Ink.MARK: "plain", Ink.SLIP: "slip",
}  # fmt: skip


def label_width(width: int) -> int:
    """Return the cells of the titles on a row of so many cells."""
    return max(16, min(40, width // 4))


def words_width(width: int) -> int:
    """Return the cells of the window's words on a row of so many cells; 0 where there is no room for them."""
    return _WORDS + 1 if width >= 90 else 0


def chart_width(width: int) -> int:
    """Return the cells that the time has on a row of so many cells."""
    return max(1, width - label_width(width) - words_width(width))


class ChartPainter(Painter):
    """Draws shows along the time.

    Args:
        widget: In which they are drawn.
        signs: The characters of statuses and marks.
        today: The day from which is seen.
    """

    def __init__(self, widget: Widget, signs: Signs, today: date) -> None:
        super().__init__(widget, signs)
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
        self._grid_of: Scale | None = None
        self._chars: Mapping[Ink, str] = _ASCII if signs.ascii else _UNICODE
        self._heights, self._shades = _HEIGHTS[signs.ascii], _SHADES[signs.ascii]

    @staticmethod
    def legend(signs: Signs) -> tuple[tuple[str, str, str], ...]:
        """Return sign, style and meaning of what the rows are made of."""
        chars, heights = (_ASCII if signs.ascii else _UNICODE), _HEIGHTS[signs.ascii]
        ghost = _SHADES[signs.ascii][1]
        return (
            (chars[Ink.DAY], "$text-success", "day"),
            (heights[1] + heights[3] + heights[-1] * 2 + heights[3] + heights[1], "$text-success", "window"),
            (f"{ghost * 2} {chars[Ink.GHOST_DAY]}", MUTED, "earlier promise"),
            (f"{chars[Ink.LINK] * 2} {chars[Ink.SLIP]}", "$text-error", "slip"),
            (chars[Ink.MARK], "", "claim"),
            (signs.line, "$text-accent", "today"),
        )

    def scale(self, width: int) -> Scale:
        """Return what stands where on a row of so many cells."""
        return Scale.around(self._middle, self.zoom, chart_width(width)).moved(self._steps)

    def centre(self, day: date) -> None:
        """Have a day in the middle, whatever the width."""
        self._middle, self._steps = day, 0

    def slide(self, steps: int) -> None:
        """See so many steps later."""
        self._steps += steps

    def known(self, show: Show) -> Show | None:
        """Return the show as it was known on the day as which it is seen; None where nothing was."""
        if not self.is_past:
            return show
        if show.history and not any(claim.on is None or claim.on <= self.day for claim in show.history):
            return None
        return show.as_of(self.day)

    def _item(self, item: Item, look: Look, focused: bool) -> list[Segment]:
        if not isinstance(item, Show):
            return super()._item(item, look, focused)
        label, chart = self._row(item, look)
        if not look.here:
            return [*label, *chart]
        # The chart keeps its colours on the line of the cursor.
        over, under = self.palette["cursor" if focused else "cursor-blurred"], self.palette["cursor-blurred"]
        return [
            *(Segment(text, (style or self.base) + over) for text, style, _ in label),
            *(Segment(text, under + style if style else under) for text, style, _ in chart),
        ]

    def _heading(self, heading: Heading, width: int) -> list[Segment]:
        wide = label_width(width)
        count = f" {heading.size:,}"
        words = f"now {heading.name}" if self.is_past and self.groups_move else heading.name
        words = self._signs.plain(words.upper())
        name = fit(words, min(wide - len(count), cells(words)), self._signs.ellipsis)
        rest = " " * max(0, wide - cells(name) - len(count))
        scale = self.scale(width)
        return [
            Segment(name, self.palette["heading"]),
            Segment(count + rest, self.palette["muted"]),
            *self._drawn(self._grid_for(scale), None, scale),
        ]

    def _row(self, show: Show, look: Look) -> tuple[list[Segment], list[Segment]]:
        """Return the label of a show, and what stands behind it."""
        known, scale = self.known(show), self.scale(look.width)
        title = fit(title_of(show, look.native), label_width(look.width) - 5, self._signs.ellipsis)
        status = known.status if known is not None else None
        muted = self.palette["muted"]
        label = [
            Segment(self._signs.cursor if look.here else " "),
            Segment(self._signs.mark if look.marked else " ", self.palette["mark"]),
            Segment(f"{self._signs.status(status)} ", self.palette[status.value] if status else muted),
            Segment(f"{self._signs.plain(title)} ", muted if known is None else None),
        ]
        if known is None:
            return label, self._drawn(self._grid_for(scale), None, scale)
        late = self.day if known.is_overdue(self.day) else None
        row = row_of(known.standing, known.release, scale, self._grid_for(scale), late)
        return label, [*self._drawn(row, status, scale), *self._words(known, look.width)]

    def _words(self, show: Show, width: int) -> list[Segment]:
        if not words_width(width):
            return []
        words = fit(show.release.label if show.release else "", _WORDS, self._signs.ellipsis)
        style = self.palette["error" if show.is_overdue(self.day) else "muted"]
        return [Segment(f" {self._signs.plain(words)}", style)]

    def _grid_for(self, scale: Scale) -> list[Cell]:
        if self._grid_of != scale:
            self._grid, self._grid_of = grid_of(scale), scale
        return self._grid

    def _drawn(self, row: list[Cell], status: Status | None, scale: Scale) -> list[Segment]:
        """Return a row of cells as styled text."""
        now = scale.column(self.day)
        drawn = [self._cell(cell, status, is_now=at == now) for at, cell in enumerate(row)]
        return [
            Segment("".join(char for char, _ in run), self.palette[name])
            for name, run in groupby(drawn, key=lambda one: one[1])
        ]

    def _cell(self, cell: Cell, status: Status | None, *, is_now: bool) -> tuple[str, str]:
        """Return the character of a cell and the name of its style."""
        if is_now and cell.ink in (Ink.NOTHING, Ink.GRID, Ink.LATE, Ink.LINK):
            return (self._signs.line, "now")
        if cell.ink is Ink.NOTHING:
            return (" ", "plain")
        if cell.ink in (Ink.BAR, Ink.GHOST):
            char = (self._heights if cell.ink is Ink.BAR else self._shades)[cell.level]
        else:
            char = self._chars[cell.ink]
        # The line of the day goes on through what is drawn over it.
        through = is_now and cell.ink in (Ink.BAR, Ink.GHOST)
        return (char, "plain" if through else _STYLES.get(cell.ink) or (status.value if status else "plain"))
