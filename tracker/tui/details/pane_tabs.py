"""The line that names the panes where one of them is seen at a time."""

from __future__ import annotations

from typing import NamedTuple

from textual import events
from textual.content import Content
from textual.message import Message
from textual.widgets import Static

from tracker.tui.content import MUTED
from tracker.tui.theme import Glyphs


class PaneTab(NamedTuple):
    """A pane as its tab tells it."""

    name: str
    item_count: int | None
    """How many things it has; None where they are not counted."""
    is_empty: bool

    def label(self, glyphs: Glyphs) -> str:
        """Return its name, and how much is in it."""
        more = glyphs.rail if self.is_empty else "" if self.item_count is None else f"{self.item_count:,}"
        return f"{self.name} {more}".rstrip()


class PaneTabs(Static):
    """Names of panes side by side, the open one in capitals; a click opens one."""

    class Clicked(Message):
        """A tab was clicked."""

        def __init__(self, name: str) -> None:
            super().__init__()
            self.name = name

    def __init__(self, glyphs: Glyphs, open_name: str, id: str) -> None:  # noqa: A002
        super().__init__(markup=False, id=id)
        self._glyphs = glyphs
        self._tabs: tuple[PaneTab, ...] = ()
        self._open = open_name

    def show_tabs(self, tabs: tuple[PaneTab, ...]) -> None:
        """Show these tabs."""
        if tabs != self._tabs:
            self._tabs = tabs
            self._update_text()

    def show_open(self, name: str) -> None:
        """Mark the tab of this pane as the open one."""
        if name != self._open:
            self._open = name
            self._update_text()

    def _update_text(self) -> None:
        words = []
        for tab in self._tabs:
            label = tab.label(self._glyphs)
            is_open = tab.name == self._open
            style = "bold underline $text-accent" if is_open else MUTED if tab.is_empty else ""
            words.append(Content.styled(label.upper() if is_open else label, style))
        self.update(Content("  ").join(words), layout=False)

    def on_click(self, event: events.Click) -> None:
        place, start = event.get_content_offset(self), 0
        for tab in self._tabs:
            end = start + len(tab.label(self._glyphs))
            if place is not None and start <= place.x < end:
                event.stop()
                self.post_message(self.Clicked(tab.name))
            start = end + 2
