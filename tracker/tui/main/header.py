"""The first and the last line of the main screen: what is on the list, and which keys do what."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Final, NamedTuple

from textual.content import Content
from textual.reactive import var
from textual.widgets import Static

from tracker.tui.bindings import MAIN_KEYS, Key
from tracker.tui.theme import glyphs_of
from tracker.tui.widgets.hints import Hint, HintBar


class HeaderState(NamedTuple):
    """What the header says: pieces of text with their styles."""

    counts: tuple[tuple[str, str], ...] = ()
    """On the left."""
    state: tuple[tuple[str, str], ...] = ()
    """On the right."""


class Header(Static):
    """Counts on the left, the state of the list on the right."""

    state: var[HeaderState] = var(HeaderState(), init=False)

    def __init__(self, id: str) -> None:  # noqa: A002
        super().__init__(markup=False, id=id)

    def watch_state(self) -> None:
        self._update_text()

    def on_resize(self) -> None:
        self._update_text()

    def _update_text(self) -> None:
        glyphs = glyphs_of(self)
        left, right = (Content(glyphs.dot).join([Content.styled(*piece) for piece in pieces]) for pieces in self.state)
        gap = self.content_size.width - left.cell_length - right.cell_length
        words = Content.assemble(left, " " * max(2, gap), right)
        self.update(glyphs.translate_content(words), layout=False)


_DROP_ORDER: Final = ("palette", "month", "agenda", "claim", "pane", "timeline", "edit", "filter")
"""What is left out where there is not enough room, first things first."""
_VIEW_KEYS: Final[Mapping[str, tuple[tuple[str, str], ...]]] = {
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


class KeyBar(HintBar):
    """The keys of the main screen that are used most, with the owner's own where there are any."""

    def __init__(self, *, looking_only: bool, id: str) -> None:  # noqa: A002
        super().__init__(id=id)
        self._is_read_only = looking_only
        self._view = ""

    def show_view(self, shape: str) -> None:
        """Show the keys of a shape of the list."""
        self._view = shape
        self._show_keys()

    def on_mount(self) -> None:
        self._show_keys()

    def on_resize(self) -> None:
        self._show_keys()

    def _show_keys(self) -> None:
        hints = dict(self._view_hints() if self._view in _VIEW_KEYS else self._default_hints())
        for spare in _DROP_ORDER:
            told = (hint for group in hints.values() for hint in group)
            if sum(Content(f"{one.key} {one.label}  ").cell_length for one in told) > self.size.width:
                hints.pop(spare, None)
        self.show_hints(hint for group in hints.values() for hint in group)

    def _default_hints(self) -> Iterator[tuple[str, tuple[Hint, ...]]]:
        for key in MAIN_KEYS:
            if self._is_read_only and key.group in ("Record", "Edit", "Ask"):
                continue
            if key.footer if key.id not in ("list", "agenda") else (key.id == "list") is (self._view == "agenda"):
                yield key.id, (Hint(self._key_text(key), key.label, key.action),)

    def _view_hints(self) -> Iterator[tuple[str, tuple[Hint, ...]]]:
        known = {key.id: key for key in MAIN_KEYS}
        for names, label in _VIEW_KEYS[self._view]:
            keys = [known[name] for name in names.split()]
            if not (self._is_read_only and keys[0].group in ("Record", "Edit", "Ask")):
                # Without arrows, a key is told by the letter that does the same.
                letter = -1 if glyphs_of(self).ascii else 0
                labels = [""] * (len(keys) - 1) + [label or keys[0].label]
                yield (
                    names,
                    tuple(
                        Hint(self._key_text(key).split()[letter], word, key.action)
                        for key, word in zip(keys, labels, strict=True)
                    ),
                )

    def _key_text(self, key: Key) -> str:
        """Return a key as its owner has it."""
        bindings = (one.binding for one in self.screen.active_bindings.values())
        binding = next((binding for binding in bindings if binding.id == key.id), None)
        return self.app.get_key_display(binding) if binding is not None else key.key_text
