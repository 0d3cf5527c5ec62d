"""How the lines of the list are drawn."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Final, NamedTuple

from rich.segment import Segment
from rich.style import Style
from textual.strip import Strip
from textual.widget import Widget

from tracker.model.formatting import describe_late, describe_wait
from tracker.model.show import Show
from tracker.model.watch_state import short_rating, watch_sign
from tracker.model.watchlist import DamagedEntry
from tracker.text import cells, fit
from tracker.tui.content import display_title
from tracker.tui.theme import Glyphs
from tracker.tui.views.arrangement import Item
from tracker.tui.widgets.theme_styles import ThemeStyles

MINE_FROM: Final = 12
"""Cells of a title from which on a watch state and a rating take some of them."""


class Heading(NamedTuple):
    """The line above a group."""

    name: str
    size: int
    """How many items are below it."""
    is_divider: bool = False
    """Whether it is drawn as a line across, with nothing of its own below."""


class RowState(NamedTuple):
    """How an item is to be drawn."""

    width: int
    is_current: bool
    """Whether the cursor is on it."""
    is_marked: bool
    native: bool
    """Whether titles are shown in their own script."""
    today: date


class ListPainter:
    """Turns headings and items into styled text, with the colours of the widget's theme."""

    def __init__(self, widget: Widget, glyphs: Glyphs) -> None:
        self.notes: Mapping[str, str] = {}
        """What is shown in place of the window, by show id."""
        self.styles = ThemeStyles(widget)
        """The styles."""
        self._glyphs = glyphs

    @property
    def base(self) -> Style:
        """The style of plain text."""
        return self.styles.base

    def clear_styles(self) -> None:
        """Take the colours of another theme."""
        self.styles.clear()

    def draw_empty_line(self, text: str, line: int, width: int) -> Strip:
        """Return a line of the text in an empty list."""
        lines = ["", *text.splitlines()]
        words = self._glyphs.translate(lines[line]) if line < len(lines) else ""
        return Strip([Segment(fit(f"  {words}", width), self.base + self.styles["muted"])], width)

    def draw_line(self, line: Heading | Item, look: RowState, *, focused: bool) -> list[Segment]:
        """Return a line of the list."""
        return (
            self._draw_heading(line, look.width) if isinstance(line, Heading) else self._draw_item(line, look, focused)
        )

    def _draw_heading(self, heading: Heading, width: int) -> list[Segment]:
        if heading.is_divider:
            words = self._glyphs.translate(heading.name)
            name = fit(f" {words} ", min(width - 4, cells(words) + 2), self._glyphs.ellipsis)
            rail = self._glyphs.rail
            return [
                Segment(rail * 2, self.styles["muted"]),
                Segment(name, self.styles["heading"]),
                Segment(rail * max(0, width - 2 - cells(name)), self.styles["muted"]),
            ]
        count = f" ({heading.size:,})"
        name = self._glyphs.translate(heading.name.upper())
        name = fit(name, min(width - len(count), cells(name)), self._glyphs.ellipsis)
        return [Segment(name, self.styles["heading"]), Segment(count, self.styles["muted"])]

    def _draw_item(self, item: Item, look: RowState, focused: bool) -> list[Segment]:
        segments = self._draw_damaged(item, look) if isinstance(item, DamagedEntry) else self._draw_show(item, look)
        if self._glyphs.ascii:
            segments = [Segment(self._glyphs.translate(text), style) for text, style, _ in segments]
        if not look.is_current:
            return segments
        over = self.styles["cursor" if focused else "cursor-blurred"]
        return [Segment(text, (style or self.base) + over) for text, style, _ in segments]

    def _draw_damaged(self, damage: DamagedEntry, look: RowState) -> list[Segment]:
        lead = self._glyphs.cursor if look.is_current else " "
        text = f"{lead} {self._glyphs.damage} line {damage.line}: {damage.title or damage.reason}"
        return [Segment(fit(text, look.width, self._glyphs.ellipsis), self.styles["error"])]

    def _draw_show(self, show: Show, look: RowState) -> list[Segment]:
        title, window, status, left = self._columns(show, look)
        mine = self._mine(show) if cells(title) >= MINE_FROM else []
        if mine:
            title = fit(title.rstrip(), cells(title) - 4, self._glyphs.ellipsis)
        colour = self.styles[show.status.value if show.status else "muted"]
        urgency = self.styles["error" if show.is_overdue(look.today) else "muted"]
        return [
            Segment(self._glyphs.cursor if look.is_current else " "),
            Segment(self._glyphs.mark if look.is_marked else " ", self.styles["mark"]),
            Segment(f"{self._glyphs.status(show.status)} ", colour),
            Segment(f"{title} ", self.styles["muted"] if show.is_finished else None),
            *mine,
            *([Segment(f"{status} ", colour)] if status else []),
            Segment(window, urgency),
            *([Segment(f" {left}", urgency)] if left else []),
        ]

    def _mine(self, show: Show) -> list[Segment]:
        """Return watch state and rating in four cells, nothing for none: a title without them has the room."""
        if not show.watch and show.rating is None:
            return []
        sign = watch_sign(show.watch, is_ascii=self._glyphs.ascii)
        rating = short_rating(show.rating, is_ascii=self._glyphs.ascii)
        return [Segment(sign, self.styles[show.watch or "rating"]), Segment(f"{rating} ", self.styles["rating"])]

    def _columns(self, show: Show, look: RowState) -> tuple[str, str, str, str]:
        """Return title, window, and where there is room the status word and the countdown."""
        more, width = self._glyphs.ellipsis, look.width
        window = fit(self.notes.get(show.id) or (show.release.label if show.release else ""), 13, more)
        status = fit(show.status.value if show.status else "", 15) if width >= 62 else ""
        left = fit(self._countdown(show, look.today), 18, more) if width >= 78 else ""
        used = 4 + 1 + 13 + (16 if status else 0) + (19 if left else 0)
        return fit(display_title(show, look.native), max(4, width - used), more), window, status, left

    def _countdown(self, show: Show, today: date) -> str:
        """Return how long it still is, where that is not said already and makes sense."""
        return describe_late(show, today) or ("" if self.notes.get(show.id) else describe_wait(show, today))
