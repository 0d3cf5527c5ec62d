"""The line below the header that names the saved views; a click on one applies it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from textual import events
from textual.content import Content
from textual.message import Message
from textual.widgets import Static

from tracker.reports.saved_view import SavedView
from tracker.text import fit
from tracker.tui.content import MUTED
from tracker.tui.main.saved_views import MAX_LABEL
from tracker.tui.theme import Glyphs, glyphs_of

ALL = "all"
"""What stands for the list without a saved view."""


def place_views(labels: Sequence[str], current: int, width: int, glyphs: Glyphs) -> tuple[list[tuple[int, str]], bool]:
    """Return the labels that fit side by side, with their numbers, and whether some are left out.

    The current one is always there, and those after it are left out first.
    """

    def needed(numbers: Sequence[int], spare: bool) -> int:
        gap = len(glyphs.dot)
        cells = sum(Content(labels[number]).cell_length + gap for number in numbers) - gap
        return cells + (gap + len(glyphs.ellipsis) if spare else 0)

    shown = list(range(len(labels)))
    while len(shown) > 1 and needed(shown, len(shown) < len(labels)) > width:
        shown.remove(next(number for number in reversed(shown) if number != current))
    return [(number, labels[number]) for number in shown], len(shown) < len(labels)


class ViewBar(Static):
    """All shows, and the saved views with the numbers of their shows; the one that is on has a sign and is bold."""

    class Picked(Message):
        """A saved view was clicked."""

        def __init__(self, name: str | None) -> None:
            super().__init__()
            self.name = name
            """"" for all shows, None for those that did not fit."""

    def __init__(self, id: str) -> None:  # noqa: A002
        super().__init__(markup=False, id=id)
        self._views: tuple[SavedView, ...] = ()
        self._current: str | None = ""
        self._counts: Mapping[str, int | None] = {}
        self._places: list[tuple[int, int, str | None]] = []

    def show_views(self, views: tuple[SavedView, ...], current: str | None, counts: Mapping[str, int | None]) -> None:
        """Show these views.

        Args:
            views: The saved views.
            current: The name of the one that is on, "" for all shows, None for another filter.
            counts: How many shows each has, by name; None where its filter cannot be read.
        """
        state = (views, current, counts)
        if state != (self._views, self._current, self._counts):
            self._views, self._current, self._counts = state
            self._update_text()

    def on_resize(self) -> None:
        self._update_text()

    def _label(self, view: SavedView, glyphs: Glyphs) -> str:
        label = fit(view.label, MAX_LABEL, glyphs.ellipsis).rstrip()
        if view.name not in self._counts:
            return label
        count = self._counts[view.name]
        return f"{label} {glyphs.damage if count is None else f'{count:,}'}"

    def _update_text(self) -> None:
        glyphs = glyphs_of(self)
        names = ["", *(view.name for view in self._views)]
        current = names.index(self._current) if self._current in names else -1
        labels = [ALL, *(self._label(view, glyphs) for view in self._views)]
        if current >= 0:
            labels[current] = f"{glyphs.done} {labels[current]}"
        shown, has_more = place_views(labels, current, self.content_size.width, glyphs)
        parts: list[Content | tuple[str, str]] = []
        self._places, at = [], 0
        pieces: list[tuple[str | None, str, str]] = [
            (names[number], label, "bold underline $text-accent" if number == current else "")
            for number, label in shown
        ]
        for name, label, style in [*pieces, *([(None, glyphs.ellipsis, MUTED)] if has_more else [])]:
            if parts:
                parts.append((glyphs.dot, MUTED))
                at += len(glyphs.dot)
            parts.append((label, style))
            end = at + Content(label).cell_length
            self._places.append((at, end, name))
            at = end
        self.update(glyphs.translate_content(Content.assemble(*parts)), layout=False)

    def on_click(self, event: events.Click) -> None:
        place = event.get_content_offset(self)
        for start, end, name in self._places:
            if place is not None and start <= place.x < end:
                event.stop()
                self.post_message(self.Picked(name))
                return
