"""How the lines of the list are drawn."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import NamedTuple

from rich.segment import Segment
from rich.style import Style
from textual.strip import Strip
from textual.widget import Widget

from tracker.model.show import Show
from tracker.model.status import Status
from tracker.model.watchlist import Damage
from tracker.model.window import countdown_words
from tracker.text import cells, fit
from tracker.tui.format import title_of
from tracker.tui.theme import Signs
from tracker.tui.widgets.palette import Palette

Item = Show | Damage


class Heading(NamedTuple):
    """The line above a group."""

    name: str
    size: int
    """How many items stand under it."""
    is_line: bool = False
    """Whether it is drawn as a line across, with nothing of its own below."""


class Look(NamedTuple):
    """How an item is to be drawn."""

    width: int
    here: bool
    """Whether the cursor stands on it."""
    marked: bool
    native: bool
    """Whether titles are in their own script."""
    today: date


class Painter:
    """Turns headings and items into styled text, with the colours of the widget's theme."""

    def __init__(self, widget: Widget, signs: Signs) -> None:
        self.notes: Mapping[str, str] = {}
        """What stands in the place of the window, by the ids of the shows."""
        self.palette = Palette(widget)
        """The styles."""
        self._signs = signs

    @property
    def base(self) -> Style:
        """The style of plain text."""
        return self.palette.base

    def forget_styles(self) -> None:
        """Ask the theme again."""
        self.palette.forget()

    def note(self, text: str, line: int, width: int) -> Strip:
        """Return a line of the text that stands in an empty list."""
        lines = ["", *text.splitlines()]
        words = self._signs.plain(lines[line]) if line < len(lines) else ""
        return Strip([Segment(fit(f"  {words}", width), self.base + self.palette["muted"])], width)

    def line(self, line: Heading | Item, look: Look, *, focused: bool) -> list[Segment]:
        """Return a line of the list."""
        return self._heading(line, look.width) if isinstance(line, Heading) else self._item(line, look, focused)

    def _heading(self, heading: Heading, width: int) -> list[Segment]:
        if heading.is_line:
            words = self._signs.plain(heading.name)
            name = fit(f" {words} ", min(width - 4, cells(words) + 2), self._signs.ellipsis)
            rail = self._signs.rail
            return [
                Segment(rail * 2, self.palette["muted"]),
                Segment(name, self.palette["heading"]),
                Segment(rail * max(0, width - 2 - cells(name)), self.palette["muted"]),
            ]
        count = f" {heading.size:,}"
        name = self._signs.plain(heading.name.upper())
        name = fit(name, min(width - len(count), cells(name)), self._signs.ellipsis)
        return [Segment(name, self.palette["heading"]), Segment(count, self.palette["muted"])]

    def _item(self, item: Item, look: Look, focused: bool) -> list[Segment]:
        segments = self._damage(item, look) if isinstance(item, Damage) else self._show(item, look)
        if self._signs.ascii:
            segments = [Segment(self._signs.plain(text), style) for text, style, _ in segments]
        if not look.here:
            return segments
        over = self.palette["cursor" if focused else "cursor-blurred"]
        return [Segment(text, (style or self.base) + over) for text, style, _ in segments]

    def _damage(self, damage: Damage, look: Look) -> list[Segment]:
        lead = self._signs.cursor if look.here else " "
        text = f"{lead} {self._signs.damage} line {damage.line}: {damage.title or damage.reason}"
        return [Segment(fit(text, look.width, self._signs.ellipsis), self.palette["error"])]

    def _show(self, show: Show, look: Look) -> list[Segment]:
        title, window, status, left = self._columns(show, look)
        colour = self.palette[show.status.value if show.status else "muted"]
        urgency = self.palette["error" if show.is_overdue(look.today) else "muted"]
        return [
            Segment(self._signs.cursor if look.here else " "),
            Segment(self._signs.mark if look.marked else " ", self.palette["mark"]),
            Segment(f"{self._signs.status(show.status)} ", colour),
            Segment(f"{title} "),
            *([Segment(f"{status} ", colour)] if status else []),
            Segment(window, urgency),
            *([Segment(f" {left}", urgency)] if left else []),
        ]

    def _columns(self, show: Show, look: Look) -> tuple[str, str, str, str]:
        """Return title, window, and where there is room the status word and the countdown."""
        more, width = self._signs.ellipsis, look.width
        window = fit(self.notes.get(show.id) or (show.release.label if show.release else ""), 13, more)
        status = fit(show.status.value if show.status else "", 15) if width >= 62 else ""
        left = fit(self._left(show, look.today), 18, more) if width >= 78 else ""
        used = 4 + 1 + 13 + (16 if status else 0) + (19 if left else 0)
        return fit(title_of(show, look.native), max(4, width - used), more), window, status, left

    def _left(self, show: Show, today: date) -> str:
        """Return how long it still is, where that is not said already and makes sense."""
        if show.is_overdue(today):
            return "overdue"
        is_over = show.status is not None and (show.status.is_out or show.status is Status.CANCELLED)
        return "" if is_over or self.notes.get(show.id) else countdown_words(show.release, today)
