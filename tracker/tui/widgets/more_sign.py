"""Signs of what scrolls: how much of it is out of sight."""

from __future__ import annotations

from typing import Any

from textual.containers import VerticalScroll
from textual.content import Content
from textual.screen import Screen
from textual.widget import Widget
from textual.widgets import OptionList

from tracker.tui.theme import Glyphs, glyphs_of


def describe_hidden(above: int, below: int, glyphs: Glyphs) -> str:
    """Return how many lines are out of sight above and below; "" for none."""
    parts = [f"↑ {above:,}"] if above else []
    parts += [f"↓ {below:,}"] if below else []
    return glyphs.translate("  ".join(parts) + " more") if parts else ""


def describe_scroll(part: Widget) -> str:
    """Return how many lines of a scrolling widget are out of sight."""
    if not part.display:
        return ""
    above = part.scroll_offset.y
    below = part.virtual_size.height - part.scrollable_content_region.height - above
    return describe_hidden(above, max(0, below), glyphs_of(part))


class BoxSign:
    """Says in the lower border of a box how much of what scrolls in it is out of sight.

    Where the box gets smaller, what has the focus stays in sight.
    """

    def __init__(self, screen: Screen[Any], box: Widget) -> None:
        self._screen = screen
        self._box = box
        self._text = ""
        self._size = box.size
        self._parts = [part for part in (box, *box.query(Widget)) if isinstance(part, VerticalScroll | OptionList)]
        for part in self._parts:
            screen.watch(part, "scroll_y", self._update, init=False)
        screen.screen_layout_refresh_signal.subscribe(screen, self._follow_layout)

    def _follow_layout(self, _screen: Screen[Any]) -> None:
        if self._size != self._box.size:
            self._size = self._box.size
            if (focused := self._screen.focused) is not None:
                focused.scroll_visible(animate=False)
        self._update()

    def _update(self) -> None:
        text = glyphs_of(self._box).dot.join(filter(None, map(describe_scroll, self._parts)))
        if text != self._text:
            self._text = text
            self._box.border_subtitle = Content(text)
