"""A line that names keys; a click on one does the same."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from textual import events
from textual.content import Content
from textual.widgets import Static

from tracker.tui.theme import glyphs_of


class Hint(NamedTuple):
    """A key and what it does; a click on it does the same. One without a label shares that of the next."""

    key: str
    label: str
    action: str


def join_keys(hints: Iterable[Hint]) -> Iterator[tuple[str, str]]:
    """Yield the keys of each label, and the label."""
    keys: list[str] = []
    for hint in hints:
        keys.append(hint.key)
        if hint.label:
            yield " ".join(keys), hint.label
            keys = []


class PlacedHint(NamedTuple):
    """Where a hint is."""

    x: int
    y: int
    width: int
    """Its cells, without the gap after it."""
    hint: Hint


def place_hints(hints: Iterable[Hint], width: int) -> list[PlacedHint]:
    """Return hints side by side, in as many lines of so many cells as they need."""
    placed: list[PlacedHint] = []
    x = y = 0
    for hint in hints:
        cells = Content(f"{hint.key} {hint.label}" if hint.label else hint.key).cell_length
        if x and x + cells > width:
            x, y = 0, y + 1
        placed.append(PlacedHint(x, y, cells, hint))
        x += cells + (2 if hint.label else 1)
    return placed


class HintBar(Static):
    """Keys side by side, in a line or more."""

    def __init__(self, hints: Iterable[Hint] = (), *, id: str | None = None) -> None:  # noqa: A002
        super().__init__(markup=False, id=id, classes="hints")
        self._hints = tuple(hints)
        self._placed: list[PlacedHint] = []

    def on_mount(self) -> None:
        self._show_hints()

    def on_resize(self) -> None:
        self._show_hints()

    @property
    def hints(self) -> tuple[Hint, ...]:
        """The keys that it names."""
        return self._hints

    def show_hints(self, hints: Iterable[Hint]) -> None:
        """Show these keys."""
        self._hints = tuple(hints)
        self._show_hints()

    def _show_hints(self) -> None:
        line_count = self._line_count
        self._placed = place_hints(self._hints, self.content_size.width or self.app.size.width)
        parts: list[Content | str | tuple[str, str]] = []
        x = y = 0
        for place in self._placed:
            gap = "\n" * (place.y - y) or " " * (place.x - x)
            parts += [gap, (place.hint.key, "bold $footer-key-foreground")]
            parts += [f" {place.hint.label}"] if place.hint.label else []
            x, y = place.x + place.width, place.y
        words = glyphs_of(self).translate_content(Content.assemble(*parts))
        self.update(words, layout=self._line_count != line_count)

    @property
    def _line_count(self) -> int:
        return self._placed[-1].y + 1 if self._placed else 0

    async def on_click(self, event: events.Click) -> None:
        place = event.get_content_offset(self)
        for x, y, width, hint in self._placed:
            if place is not None and place.y == y and x <= place.x < x + width:
                event.stop()
                # An action of a view is found where its key is bound.
                nodes = (
                    bound.node for bound in self.screen.active_bindings.values() if bound.binding.action == hint.action
                )
                await self.app.run_action(hint.action, next(nodes, self.screen))
                return
