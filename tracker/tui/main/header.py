"""The first and the last line of the main screen: what is on the list, and which keys do what."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Final, NamedTuple

from textual.content import Content
from textual.reactive import var
from textual.widgets import Static

from tracker.tui.bindings import MAIN_KEYS, Key, key_named
from tracker.tui.content import MUTED
from tracker.tui.theme import Glyphs, glyphs_of
from tracker.tui.widgets.hints import Hint, HintBar


class HeaderState(NamedTuple):
    """What the header says: pieces of text with their styles."""

    counts: tuple[tuple[str, str], ...] = ()
    """On the left."""
    state: tuple[tuple[str, str], ...] = ()
    """On the right."""


_Piece = tuple[str, str]
_RANKS: Final = (MUTED, "$text-success", "$text-accent", "$text-error")
"""The styles of what is left out where there is not enough room, first things first; all others come last."""


def fit_pieces(state: HeaderState, width: int, glyphs: Glyphs) -> Content:
    """Return as much of both sides as fits into so many cells; an ellipsis stands for what is left out."""
    left, right = list(state.counts), list(state.state)
    spare: list[_Piece] = []
    while True:
        counts, labels = (
            Content(glyphs.dot).join([Content.styled(*piece) for piece in pieces])
            for pieces in ([*left, (glyphs.ellipsis, MUTED)] if spare else left, right)
        )
        gap = width - counts.cell_length - labels.cell_length
        candidates = [*left[1:], *reversed(right)]
        if gap >= (2 if right else 0) or not candidates:
            return Content.assemble(counts, " " * max(0, gap), labels)
        spare.append(min(candidates, key=lambda piece: _RANKS.index(piece[1]) if piece[1] in _RANKS else len(_RANKS)))
        for pieces in (left, right):
            if spare[-1] in pieces:
                pieces.remove(spare[-1])


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
        self.update(glyphs.translate_content(fit_pieces(self.state, self.content_size.width, glyphs)), layout=False)


_DROP_ORDER: Final = (
    "palette", "month", "agenda", "arrange", "claim", "timeline", "zoom", "refresh", "news", "filter", "watch",
    "undo", "list", "edit", "add", "pane", "status",
)  # fmt: skip
"""What is left out where there is not enough room, first things first; the key for help then stands for it."""
_VIEW_KEYS: Final[Mapping[str, tuple[tuple[str, str], ...]]] = {
    "month": (
        ("list", ""), ("agenda", ""), ("timeline", ""), ("zoom-out", "year"), ("zoom-in", "month"), ("today", ""),
        ("status", ""), ("filter", ""), ("help", ""),
    ),
    "timeline": (
        ("list", ""), ("agenda", ""), ("month", ""), ("zoom-in zoom-out", "zoom"), ("left right", "time"),
        ("scrub-back scrub-on", "rewind"), ("claim-before claim-after", "claims"), ("today", ""), ("arrange", ""),
        ("help", ""),
    ),
}  # fmt: skip
"""The keys that are told in a shape of the list, several of them together, and a label if not their own."""

_PANE_KEYS: Final = (
    ("pane-open", ""), ("pane-edit", ""), ("pane-remove", ""), ("pane-add", ""), ("pane", "next pane"), ("zoom", ""),
    ("clear", "back"), ("undo", ""), ("help", ""),
)  # fmt: skip
"""The keys that are told while a pane has the focus."""

_FILTER_KEYS: Final = (("filter-save", ""), ("clear", "clear"))
"""The keys that are told while a filter is typed."""

_KeyTexts = Mapping[str | None, str]
"""How keys are shown, by the ids of their bindings."""


class KeyBar(HintBar):
    """The keys of the main screen that are used most, with the owner's own where there are any."""

    def __init__(self, *, read_only: bool, id: str) -> None:  # noqa: A002
        super().__init__(id=id)
        self._is_read_only = read_only
        self._view = ""
        self._pane = ""
        self._is_zoomed = False

    def show_pane(self, pane: str) -> None:
        """Show the keys of a pane, or of the "filter"; "" for neither."""
        if pane != self._pane:
            self._pane = pane
            self._show_keys()

    def show_view(self, view: str) -> None:
        """Show the keys of a view of the list."""
        self._view = view
        self._show_keys()

    def show_zoom(self, *, is_zoomed: bool) -> None:
        """Say how to go back from what is zoomed."""
        self._is_zoomed = is_zoomed
        self._show_keys()

    def on_mount(self) -> None:
        self._show_keys()

    def on_resize(self) -> None:
        self._show_keys()

    def _show_keys(self) -> None:
        # As their owner has them; of several keys for one action the first.
        active = reversed([bound.binding for bound in self.screen.active_bindings.values()])
        texts = {binding.id: self.app.get_key_display(binding) for binding in active}
        rows = self._rows
        hints = dict(self._view_hints(rows, texts) if rows is not None else self._default_hints(texts))
        is_short = False
        for spare in self._drop_order(hints):
            shown = (hint for group in hints.values() for hint in group)
            if sum(Content(f"{hint.key} {hint.label}  ").cell_length for hint in shown) > self.size.width:
                is_short = hints.pop(spare, None) is not None or is_short
        if is_short and "help" in hints:
            hints["help"] = tuple(hint._replace(label="more") for hint in hints["help"])
        self.show_hints(hint for group in hints.values() for hint in group)

    @property
    def _rows(self) -> Sequence[tuple[str, str]] | None:
        """The keys of the pane or the view that has them of its own."""
        if self._pane == "filter":
            return _FILTER_KEYS
        return _PANE_KEYS if self._pane else _VIEW_KEYS.get(self._view)

    def _drop_order(self, hints: Iterable[str]) -> list[str]:
        if self._rows is not None:
            return [ids for ids in reversed(list(hints)) if ids != "help"]
        return [key_id for key_id in _DROP_ORDER if not (self._is_zoomed and key_id == "zoom")]

    def _is_usable(self, key: Key) -> bool:
        is_edit = key.group in ("Record", "Edit", "Sources", "Panes") and key.id != "pane-open"
        return not (is_edit and self._is_read_only)

    def _default_hints(self, texts: _KeyTexts) -> Iterator[tuple[str, tuple[Hint, ...]]]:
        for key in MAIN_KEYS:
            is_shown = (
                key.footer if key.id not in ("list", "agenda") else (key.id == "list") is (self._view == "agenda")
            )
            if is_shown and self._is_usable(key):
                label = "back" if key.id == "zoom" and self._is_zoomed else key.label
                yield key.id, (Hint(texts.get(key.id, key.key_text), label, key.action),)

    def _view_hints(self, rows: Iterable[tuple[str, str]], texts: _KeyTexts) -> Iterator[tuple[str, tuple[Hint, ...]]]:
        # Without arrows, the letter that does the same is shown.
        part = -1 if glyphs_of(self).ascii else 0
        for ids, own_label in rows:
            label = "back" if ids == "zoom" and self._is_zoomed else own_label
            keys = [key_named(key_id) for key_id in ids.split()]
            if self._is_usable(keys[0]):
                labels = [""] * (len(keys) - 1) + [label or keys[0].label]
                parts = [texts.get(key.id, key.key_text).split()[part] for key in keys]
                hints = zip(parts, labels, keys, strict=True)
                yield ids, tuple(Hint(text, key_label, key.action) for text, key_label, key in hints)
