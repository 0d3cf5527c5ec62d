"""What the movement keys move: the same keys in each list, pane and page."""

from __future__ import annotations

from typing import Final

from textual.binding import BindingType
from textual.widget import Widget

from tracker.tui.bindings import MOVE_KEYS

MOVE_BINDINGS: Final[list[BindingType]] = [key.binding for key in MOVE_KEYS]
"""The `BINDINGS` of a navigable class: of several base classes the last one's would else be those of Textual."""


class Navigable(Widget):
    """A widget with the movement keys; they scroll, unless a subclass has a cursor to move."""

    @property
    def page_size(self) -> int:
        """How many lines a page is; one of those in sight stays."""
        return max(1, self.scrollable_content_region.height - 1)

    def scroll_to_line(self, line: float) -> None:
        """Scroll at once until a line is the first in sight, if there are enough below."""
        self.scroll_to(y=line, animate=False, immediate=True, force=True)

    def action_move(self, by: int) -> None:
        self.scroll_to_line(self.scroll_target_y + by)

    def action_page(self, by: int) -> None:
        self.scroll_to_line(self.scroll_target_y + by * self.page_size)

    def action_top(self) -> None:
        self.scroll_to_line(0)

    def action_bottom(self) -> None:
        self.scroll_to_line(self.max_scroll_y)

    def action_jump(self, by: int) -> None:
        """Go to the next heading, or the one before; without headings nothing happens."""
