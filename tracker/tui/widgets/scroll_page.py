"""A page to read that is longer than its box."""

from __future__ import annotations

from typing import ClassVar

from textual.binding import BindingType
from textual.containers import VerticalScroll

from tracker.tui.widgets.navigable import MOVE_BINDINGS, Navigable


class ScrollPage(VerticalScroll, Navigable):
    """Sections one below the other, each of them a widget that begins with its heading."""

    BINDINGS: ClassVar[list[BindingType]] = MOVE_BINDINGS

    def action_jump(self, by: int) -> None:
        tops = [section.virtual_region.y for section in self.children if section.display]
        beyond = [top for top in tops if (top > self.scroll_y if by > 0 else top < self.scroll_y)]
        if beyond:
            self.scroll_to_line(beyond[0] if by > 0 else beyond[-1])
