"""What list and panes share: lines that scroll, whose number can change without a new layout."""

from __future__ import annotations

from textual.geometry import Size
from textual.scroll_view import ScrollView
from textual.widget import Widget


class LineList(ScrollView, can_focus=True):
    """A column of lines with a scroll bar that is always there.

    Textual lays the whole screen out anew when a virtual size changes, since bars may come and go.
    Here they do not, which saves 10 ms at each step of the cursor.
    """

    def set_line_count(self, count: int) -> None:
        """Take note that there are so many lines."""
        size = Size(self.scrollable_content_region.width, count)
        if size == self.virtual_size:
            return
        self.set_reactive(Widget.virtual_size, size)
        bar = self.vertical_scrollbar
        bar.window_virtual_size = count
        bar.window_size = self.scrollable_content_region.height
