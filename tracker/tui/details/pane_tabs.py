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

    def on_resize(self) -> None:
        self._update_text()

    def _labels(self) -> list[str]:
        """Return what each tab says; where they do not fit side by side, the others than the open one say nothing."""
        labels = [
            tab.label(self._glyphs).upper() if tab.name == self._open else tab.label(self._glyphs) for tab in self._tabs
        ]
        if sum(len(label) + 2 for label in labels) - 2 <= self.content_size.width:
            return labels
        return [
            f"{label} ({number} of {len(labels)})" if tab.name == self._open else ""
            for number, (tab, label) in enumerate(zip(self._tabs, labels, strict=True), 1)
        ]

    def _update_text(self) -> None:
        words = []
        for tab, label in zip(self._tabs, self._labels(), strict=True):
            style = "bold underline $text-accent" if tab.name == self._open else MUTED if tab.is_empty else ""
            words += [Content.styled(label, style)] if label else []
        self.update(Content("  ").join(words), layout=False)

    def on_click(self, event: events.Click) -> None:
        place, start = event.get_content_offset(self), 0
        for tab, label in zip(self._tabs, self._labels(), strict=True):
            end = start + len(label)
            if place is not None and start <= place.x < end:
                event.stop()
                self.post_message(self.Clicked(tab.name))
            start = end + 2 if label else start
