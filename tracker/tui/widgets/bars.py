"""Lines of the screen: what is on the list, and which keys do what."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from textual import events
from textual.content import Content
from textual.widgets import Static

from tracker.tui.keys import MAIN
from tracker.tui.theme import signs_of


class Header(Static):
    """Counts on the left, the state of the list on the right."""

    def __init__(self, id: str) -> None:  # noqa: A002
        super().__init__(markup=False, id=id)
        self._left = self._right = Content("")

    def show_words(self, left: Content, right: Content) -> None:
        """Show these on the two sides."""
        self._left, self._right = left, right
        self._fill()

    def on_resize(self) -> None:
        """Keep the right side at the right."""
        self._fill()

    def _fill(self) -> None:
        gap = self.content_size.width - self._left.cell_length - self._right.cell_length
        words = Content.assemble(self._left, " " * max(2, gap), self._right)
        self.update(signs_of(self).drawn(words), layout=False)


class Hint(NamedTuple):
    """A key and what it does; a click on it does the same."""

    key: str
    label: str
    action: str


class Hints(Static):
    """A line of keys."""

    def __init__(self, hints: Iterable[Hint] = (), *, id: str | None = None) -> None:  # noqa: A002
        super().__init__(markup=False, id=id, classes="hints")
        self._hints = tuple(hints)

    def on_mount(self) -> None:
        """Write the line."""
        self._write()

    def show_hints(self, hints: Iterable[Hint]) -> None:
        """Show these keys."""
        self._hints = tuple(hints)
        self._write()

    def _write(self) -> None:
        parts = [Content.assemble((hint.key, "bold $footer-key-foreground"), " ", hint.label) for hint in self._hints]
        self.update(signs_of(self).drawn(Content("  ").join(parts)), layout=False)

    async def on_click(self, event: events.Click) -> None:
        """Do what the key does that stands under the mouse."""
        place = event.get_content_offset(self)
        at = 0
        for hint in self._hints:
            length = Content(f"{hint.key} {hint.label}").cell_length
            if place is not None and at <= place.x < at + length:
                event.stop()
                await self.app.run_action(hint.action, self.screen)
                return
            at += length + 2


_SPARE = ("palette", "claim", "edit", "pane")
"""What is left out where there is not enough room, first things first."""


class KeyLine(Hints):
    """The keys of the main screen that are used most, with the owner's own where there are any."""

    def __init__(self, *, looking_only: bool, id: str) -> None:  # noqa: A002
        super().__init__(id=id)
        self._looking_only = looking_only

    def on_mount(self) -> None:
        """Ask the screen for its keys."""
        self._show_keys()

    def on_resize(self) -> None:
        """Leave out what there is no room for; ? has it all."""
        self._show_keys()

    def _show_keys(self) -> None:
        active = {one.binding.id: one.binding for one in self.screen.active_bindings.values()}
        keys = [
            key for key in MAIN if key.footer and not (self._looking_only and key.group in ("Record", "Edit", "Ask"))
        ]
        hints = {
            key.id: Hint(
                self.app.get_key_display(active[key.id]) if key.id in active else key.shown, key.label, key.action
            )
            for key in keys
        }
        for spare in _SPARE:
            if sum(Content(f"{one.key} {one.label}  ").cell_length for one in hints.values()) > self.size.width:
                hints.pop(spare, None)
        self.show_hints(hints.values())
