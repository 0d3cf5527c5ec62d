"""The first and the last line of the screen: what is on the list, and which keys do what."""

from __future__ import annotations

from collections.abc import Sequence

from textual.content import Content
from textual.widgets import Static

from tracker.tui.keys import MAIN


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
        self.update(Content.assemble(self._left, " " * max(2, gap), self._right), layout=False)


class KeyLine(Static):
    """The keys that are used most; a click does what the key does."""

    def __init__(self, id: str) -> None:  # noqa: A002
        super().__init__(id=id)

    def on_mount(self) -> None:
        """Write the line, with the owner's own keys where there are any."""
        self.update(Content("  ").join(self._parts()), layout=False)

    def _parts(self) -> Sequence[Content]:
        active = {one.binding.id: one.binding for one in self.screen.active_bindings.values()}
        parts = []
        for key in MAIN:
            if key.footer and key.id in active:
                shown = self.app.get_key_display(active[key.id])
                action = key.action if "." in key.action else f"screen.{key.action}"
                # Key and label are the program's own words; nothing from outside is in this markup.
                parts.append(
                    Content.from_markup(
                        f"[bold $footer-key-foreground]$k[/] [@click={action}]$l[/]", k=shown, l=key.label
                    )
                )
        return parts
