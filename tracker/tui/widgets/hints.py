"""A line that names keys; a click on one does the same."""

from __future__ import annotations

from collections.abc import Iterable
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


class HintBar(Static):
    """A line of keys."""

    def __init__(self, hints: Iterable[Hint] = (), *, id: str | None = None) -> None:  # noqa: A002
        super().__init__(markup=False, id=id, classes="hints")
        self._hints = tuple(hints)

    def on_mount(self) -> None:
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
        parts = [
            Content.assemble((hint.key, "bold $footer-key-foreground"), f" {hint.label}  " if hint.label else " ")
            for hint in self._hints
        ]
        self.update(glyphs_of(self).translate_content(Content("").join(parts)), layout=False)

    async def on_click(self, event: events.Click) -> None:
        place = event.get_content_offset(self)
        at = 0
        for hint in self._hints:
            length = Content(f"{hint.key} {hint.label}" if hint.label else hint.key).cell_length
            if place is not None and at <= place.x < at + length:
                event.stop()
                # An action of a view is found where its key is bound.
                nodes = (
                    bound.node for bound in self.screen.active_bindings.values() if bound.binding.action == hint.action
                )
                await self.app.run_action(hint.action, next(nodes, self.screen))
                return
            at += length + (2 if hint.label else 1)
