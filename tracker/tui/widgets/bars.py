"""The first and the last line of the main screen: what is on the list, and which keys do what."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Final

from textual.content import Content
from textual.widgets import Static

from tracker.tui.keys import MAIN, Key
from tracker.tui.theme import signs_of
from tracker.tui.widgets.hints import Hint, Hints


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
        self._fill()

    def _fill(self) -> None:
        gap = self.content_size.width - self._left.cell_length - self._right.cell_length
        words = Content.assemble(self._left, " " * max(2, gap), self._right)
        self.update(signs_of(self).drawn(words), layout=False)


_SPARE: Final = ("palette", "month", "agenda", "claim", "pane", "timeline", "edit", "filter")
"""What is left out where there is not enough room, first things first."""
_OF_SHAPES: Final[Mapping[str, tuple[tuple[str, str], ...]]] = {
    "month": (
        ("list", ""), ("agenda", ""), ("timeline", ""), ("zoom-out", "year"), ("zoom-in", "month"), ("today", ""),
        ("status", ""), ("filter", ""), ("help", ""),
    ),
    "timeline": (
        ("list", ""), ("agenda", ""), ("month", ""), ("zoom-in zoom-out", "zoom"), ("earlier later", "time"),
        ("scrub-back scrub-on", "believed"), ("claim-before claim-after", "claims"), ("today", ""), ("group", ""),
        ("help", ""),
    ),
}  # fmt: skip
"""The keys that are told in a shape of the list, several of them together, and a label if not their own."""


class KeyLine(Hints):
    """The keys of the main screen that are used most, with the owner's own where there are any."""

    def __init__(self, *, looking_only: bool, id: str) -> None:  # noqa: A002
        super().__init__(id=id)
        self._looking_only = looking_only
        self._shape = ""

    def show_shape(self, shape: str) -> None:
        """Show the keys of a shape of the list."""
        self._shape = shape
        self._show_keys()

    def on_mount(self) -> None:
        self._show_keys()

    def on_resize(self) -> None:
        self._show_keys()

    def _show_keys(self) -> None:
        hints = dict(self._of_shape() if self._shape in _OF_SHAPES else self._usual())
        for spare in _SPARE:
            told = (hint for group in hints.values() for hint in group)
            if sum(Content(f"{one.key} {one.label}  ").cell_length for one in told) > self.size.width:
                hints.pop(spare, None)
        self.show_hints(hint for group in hints.values() for hint in group)

    def _usual(self) -> Iterator[tuple[str, tuple[Hint, ...]]]:
        for key in MAIN:
            if self._looking_only and key.group in ("Record", "Edit", "Ask"):
                continue
            if key.footer if key.id not in ("list", "agenda") else (key.id == "list") is (self._shape == "agenda"):
                yield key.id, (Hint(self._shown(key), key.label, key.action),)

    def _of_shape(self) -> Iterator[tuple[str, tuple[Hint, ...]]]:
        known = {key.id: key for key in MAIN}
        for names, label in _OF_SHAPES[self._shape]:
            keys = [known[name] for name in names.split()]
            if not (self._looking_only and keys[0].group in ("Record", "Edit", "Ask")):
                # Without arrows, a key is told by the letter that does the same.
                letter = -1 if signs_of(self).ascii else 0
                labels = [""] * (len(keys) - 1) + [label or keys[0].label]
                yield (
                    names,
                    tuple(
                        Hint(self._shown(key).split()[letter], word, key.action)
                        for key, word in zip(keys, labels, strict=True)
                    ),
                )

    def _shown(self, key: Key) -> str:
        """Return a key as its owner has it."""
        bindings = (one.binding for one in self.screen.active_bindings.values())
        binding = next((binding for binding in bindings if binding.id == key.id), None)
        return self.app.get_key_display(binding) if binding is not None else key.shown
