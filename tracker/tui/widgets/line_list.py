"""Lines that scroll, drawn one by one: the base of list, panes, facts and article."""

from __future__ import annotations

from collections.abc import Hashable
from typing import Any, ClassVar, Final

from textual import events
from textual.binding import BindingType
from textual.geometry import Region, Size
from textual.reactive import var
from textual.screen import Screen
from textual.scroll_view import ScrollView
from textual.strip import Strip
from textual.widget import Widget

from tracker.tui.widgets.navigable import MOVE_BINDINGS, Navigable

MAX_STRIPS: Final = 2_000
"""How many drawn lines are kept."""


class LineList(ScrollView, Navigable, can_focus=True):
    """Lines under a scroll bar that is always there.

    A subclass makes its lines for a width (`make_lines`), draws one (`draw_line`), and says on which lines its
    cursor is (`cursor_lines`). A drawn line is kept by its `line_key`, until `invalidate`.

    Textual lays the whole screen out anew when a virtual size changes, since bars may come and go.
    Here they do not, which saves 10 ms at each step of the cursor.
    """

    BINDINGS: ClassVar[list[BindingType]] = MOVE_BINDINGS

    hidden: var[tuple[int, int]] = var((0, 0), init=False)
    """How much is out of sight above and below."""

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002
        super().__init__(id=id)
        self._seen_size = Size()
        self._made_for = -1
        self._line_count = 0
        self._strips: dict[Hashable, Strip] = {}

    def make_lines(self, width: int) -> int:
        """Break what is shown into lines of so many cells, and return how many they are."""
        raise NotImplementedError

    def draw_line(self, line: int, width: int) -> Strip:
        """Return a line as it is now."""
        raise NotImplementedError

    def draw_below(self, y: int, width: int) -> Strip:
        """Return a line of the screen that is below the last line."""
        if None not in self._strips:
            # Asking for the style takes longer than drawing with it.
            self._strips[None] = Strip.blank(width, self.rich_style)
        return self._strips[None]

    def line_key(self, line: int) -> Hashable:
        """Return all that the look of a line depends on, beside width and theme."""
        return line

    def cursor_lines(self) -> range:
        """Return the lines that are kept in sight, and drawn anew when the focus comes or goes."""
        return range(0)

    def count_in_lines(self, lines: range) -> int:
        """Return how much is in these lines, to be told where they are out of sight."""
        return len(lines)

    def invalidate(self) -> None:
        """Make and draw all lines anew, now that something else is shown."""
        self._made_for = -1
        self._strips.clear()
        self.refresh()

    def redraw(self) -> None:
        """Draw all lines anew, though they are broken as before."""
        self._strips.clear()
        self.refresh()

    def count_lines(self, width: int) -> int:
        """Return how many lines there are at a width that the widget is about to have."""
        self.update_lines(width)
        return self._line_count

    def update_lines(self, width: int | None = None) -> int:
        """Make the lines if they were not made for this width, by default that of the widget, and return the width."""
        width = self.scrollable_content_region.width if width is None else width
        if width > 0 and width != self._made_for:
            self._made_for = width
            self._strips.clear()
            self._line_count = self.make_lines(width)
            self.set_reactive(Widget.virtual_size, Size(width, self._line_count))
            self._update_bar()
        return width

    def _update_bar(self) -> None:
        bar = self.vertical_scrollbar
        bar.window_virtual_size = self._line_count
        bar.window_size = self.scrollable_content_region.height

    def scroll_to_lines(self, lines: range) -> None:
        """Bring these lines into sight."""
        if lines and self.size.height:
            self.scroll_to_region(Region(0, lines.start, 1, len(lines)), animate=False, force=True)

    def line_at(self, event: events.Click) -> int | None:
        """Return the line under the mouse."""
        place = event.get_content_offset(self)
        line = -1 if place is None else place.y + self.scroll_offset.y
        return line if 0 <= line < self._line_count else None

    def on_mount(self) -> None:
        self.screen.screen_layout_refresh_signal.subscribe(self, self._check_size)

    def _check_size(self, _screen: Screen[Any]) -> None:
        # Where a size is asked for between a change and the next layout, Textual sends no event of it.
        if self.size != self._seen_size:
            self.follow_size()

    def on_resize(self) -> None:
        self.follow_size()

    def follow_size(self) -> None:
        """Fit what is shown into the size that the widget has now."""
        self._seen_size = self.size
        self.update_lines()
        self._update_bar()
        self.scroll_to_lines(self.cursor_lines())
        self.update_hidden()

    def watch_scroll_y(self, before: float, after: float) -> None:
        super().watch_scroll_y(before, after)
        self.update_hidden()

    def update_hidden(self) -> None:
        """Find out how much is out of sight."""
        if height := self.scrollable_content_region.height:
            top = self.scroll_offset.y
            below = range(top + height, max(top + height, self._line_count))
            self.hidden = (self.count_in_lines(range(top)), self.count_in_lines(below))

    def watch_has_focus(self, has_focus: bool) -> None:
        super().watch_has_focus(has_focus)
        for line in self.cursor_lines():
            self.refresh_line(line)

    def notify_style_update(self) -> None:
        self._made_for = -1
        self._strips.clear()
        super().notify_style_update()

    def render_line(self, y: int) -> Strip:
        width, line = self.update_lines(), y + self.scroll_offset.y
        if line >= self._line_count:
            return self.draw_below(y, width)
        key = self.line_key(line)
        if key not in self._strips:
            if len(self._strips) > MAX_STRIPS:
                self._strips.clear()
            self._strips[key] = self.draw_line(line, width)
        return self._strips[key]
