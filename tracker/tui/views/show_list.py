"""The list: shows under headings, drawn line by line, so that ten thousand cost what ten do."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from itertools import accumulate, pairwise

from rich.segment import Segment
from textual import events
from textual.reactive import reactive
from textual.strip import Strip
from textual.widget import Widget

from tracker.tui.theme import UNICODE, Glyphs
from tracker.tui.views.arrangement import Arrangement, Item, ShowActivated, ShowSelected, item_key
from tracker.tui.views.list_painter import Heading, ListPainter, RowState
from tracker.tui.widgets.line_list import LineList


class ShowList(LineList):
    """Headings and items with one cursor and any number of marks."""

    cursor: reactive[int] = reactive(0, repaint=False)
    """The line of the cursor; a heading only while there is no item."""

    def __init__(self, today: date, glyphs: Glyphs = UNICODE, id: str | None = None) -> None:  # noqa: A002
        super().__init__(id=id)
        self.today = today
        """The day from which countdowns are counted."""
        self._empty_text = ""
        self._lines: list[Heading | Item] = []
        self._line_of: dict[str, int] = {}
        self._items_before = [0]
        """How many items are above each line, and above the end."""
        self._native = False
        self._marked: frozenset[str] = frozenset()
        self.painter = ListPainter(self, glyphs)
        """What draws the lines."""

    @property
    def items(self) -> list[Item]:
        """The items in their order, without headings."""
        return [line for line in self._lines if not isinstance(line, Heading)]

    @property
    def selected(self) -> Item | None:
        """The item under the cursor."""
        if 0 <= self.cursor < len(self._lines):
            line = self._lines[self.cursor]
            return None if isinstance(line, Heading) else line
        return None

    @property
    def marked(self) -> frozenset[str]:
        """The ids of the marked shows."""
        return self._marked

    def show(self, arrangement: Arrangement, keep: str = "") -> None:
        """Show the list anew, with the cursor on the item of the key `keep`, by default on its own or near it."""
        wanted = keep or (item_key(self.selected) if self.selected else "")
        near = self.cursor
        self.today, self._native = arrangement.today, arrangement.native
        self._marked, self._empty_text = arrangement.marked, arrangement.empty_text
        self.painter.notes = arrangement.notes
        self._lines = []
        if arrangement.damaged:
            self._lines += [Heading("Can't be read", len(arrangement.damaged)), *arrangement.damaged]
        for group in arrangement.groups:
            if group.name:
                self._lines.append(Heading(group.name, len(group.shows), group.is_divider))
            self._lines += group.shows
        self._items_before = list(accumulate((not isinstance(line, Heading) for line in self._lines), initial=0))
        # A show under several headings is found under the first.
        places = reversed([(item_key(n), at) for at, n in enumerate(self._lines) if not isinstance(n, Heading)])
        self._line_of = dict(places)
        self.invalidate()
        self.update_lines()
        if not self._is_at(near, wanted):
            near = self._line_of.get(wanted, self._nearest(near))
        self.set_reactive(ShowList.cursor, near)
        self.scroll_to_lines(self.cursor_lines())
        self.update_hidden()
        self.post_message(ShowSelected(self.selected))

    def _is_at(self, line: int, key: str | None) -> bool:
        item = self._lines[line] if 0 <= line < len(self._lines) else None
        return item is not None and not isinstance(item, Heading) and item_key(item) == key

    @property
    def is_at_top(self) -> bool:
        """Whether the cursor is on the first item."""
        return self.cursor == self._nearest(0)

    def go_to(self, key: str) -> bool:
        """Put the cursor on the item of this key, and return whether it is in the list."""
        if key not in self._line_of:
            return False
        self.cursor = self._line_of[key]
        return True

    def copy_position(self, other: ShowList) -> None:
        """Have cursor and scroll position of another list of the same items."""
        self.set_reactive(ShowList.cursor, other.cursor)
        self.set_reactive(Widget.scroll_y, other.scroll_y)
        self.set_reactive(Widget.scroll_target_y, other.scroll_y)

    def set_marks(self, show_ids: Iterable[str]) -> None:
        """Mark just the shows of these ids."""
        self._marked = frozenset(show_ids)
        self.refresh()

    def _nearest(self, line: int, direction: int = 1) -> int:
        """Return the nearest line with an item, first looking in `direction`."""
        line = max(0, min(line, len(self._lines) - 1))
        for way in (direction, -direction):
            at = line
            while 0 <= at < len(self._lines):
                if not isinstance(self._lines[at], Heading):
                    return at
                at += way
        return 0

    def validate_cursor(self, line: int) -> int:
        return self._nearest(line, 1 if line >= self.cursor else -1)

    def watch_cursor(self, before: int, after: int) -> None:
        for line in (before, after):
            self.refresh_line(line)
        self.scroll_to_lines(self.cursor_lines())
        self.post_message(ShowSelected(self.selected))

    def count_in_lines(self, lines: range) -> int:
        """Return how many items are in these lines."""
        end = len(self._lines)
        return self._items_before[min(lines.stop, end)] - self._items_before[min(lines.start, end)]

    def make_lines(self, width: int) -> int:
        return len(self._lines)

    def cursor_lines(self) -> range:
        """Return the line of the cursor; the heading of the first item of a group is kept in sight with it."""
        if not self._lines:
            return range(0)
        above = 1 if self.cursor and isinstance(self._lines[self.cursor - 1], Heading) else 0
        return range(self.cursor - above, self.cursor + 1)

    def notify_style_update(self) -> None:
        self.painter.clear_styles()
        super().notify_style_update()

    def _row_state(self, line: int) -> RowState:
        entry = self._lines[line]
        is_marked = not isinstance(entry, Heading) and item_key(entry) in self._marked
        return RowState(self._made_for, line == self.cursor, is_marked, self._native, self.today)

    def line_key(self, line: int) -> tuple[int, RowState, bool]:
        state = self._row_state(line)
        return line, state, state.is_current and self.has_focus

    def draw_line(self, line: int, width: int) -> Strip:
        base = self.painter.base
        segments = self.painter.draw_line(self._lines[line], self._row_state(line), focused=self.has_focus)
        return Strip(Segment.apply_style(segments, base)).adjust_cell_length(width, base)

    def draw_below(self, y: int, width: int) -> Strip:
        if not self._lines:
            return self.painter.draw_empty_line(self._empty_text, y, width)
        return Strip.blank(width, self.painter.base)

    def on_click(self, event: events.Click) -> None:
        line = self.line_at(event)
        if line is not None and not isinstance(self._lines[line], Heading):
            if line == self.cursor and event.chain == 2:
                self.action_select()
            self.cursor = line

    def action_select(self) -> None:
        if self.selected is not None:
            self.post_message(ShowActivated(self.selected))

    def action_move(self, by: int) -> None:
        target = self.cursor + by
        while 0 <= target < len(self._lines) and isinstance(self._lines[target], Heading):
            target += by
        if 0 <= target < len(self._lines):
            self.cursor = target

    def action_page(self, by: int) -> None:
        self.cursor = max(0, min(len(self._lines) - 1, self.cursor + by * self.page_size))

    def action_top(self) -> None:
        self.cursor = 0

    def action_bottom(self) -> None:
        self.cursor = len(self._lines) - 1

    def action_jump(self, by: int) -> None:
        starts = [
            at
            for at, (above, line) in enumerate(pairwise(self._lines), 1)
            if isinstance(above, Heading) and not isinstance(line, Heading)
        ]
        beyond = [at for at in starts if (at > self.cursor if by > 0 else at < self.cursor)]
        if beyond:
            self.cursor = beyond[0] if by > 0 else beyond[-1]
