"""Picking the status that a sentence of an article tells."""

from __future__ import annotations

from textual.app import ComposeResult
from textual.content import Content
from textual.widgets import Static

from tracker.model.status import Status
from tracker.tui.content import describe_status
from tracker.tui.dialogs.form import ListDialog
from tracker.tui.widgets.hints import Hint

MAX_CHARS = 240
"""How much of the sentence is shown."""


class ClipStatusDialog(ListDialog[Status, Status]):
    """Asks which status a sentence tells; ends with it."""

    BOX_CLASSES = "-small -choice"
    HINTS = (Hint("↑↓ enter", "choose", "screen.pick"), Hint("esc", "cancel", "screen.cancel"))

    def __init__(self, sentence: str, status: Status | None) -> None:
        super().__init__("Status")
        self.values = tuple(Status)
        self._sentence = sentence if len(sentence) <= MAX_CHARS else f"{sentence[:MAX_CHARS]}…"
        self._status = status

    def compose_box(self) -> ComposeResult:
        yield Static(self.glyphs.translate(f"“{self._sentence}”"), markup=False, classes="form-keys")
        yield self.make_list(classes="form-choice")

    def describe(self, value: Status) -> Content:
        return describe_status(value, self.glyphs)

    def on_mount(self) -> None:
        self.option_list.highlighted = self.values.index(self._status) if self._status is not None else 0
        self.option_list.focus()

    def pick(self, value: Status) -> None:
        self.dismiss(value)
