"""Shown when the watchlist cannot be read at all: why, and what to do."""

from __future__ import annotations

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.widgets import Footer, Static

from tracker.errors import TrackerError
from tracker.service import Tracker
from tracker.tui import external_editor
from tracker.tui.bindings import key_named
from tracker.tui.dialogs.form import FORM_SHEET
from tracker.tui.dialogs.result_screen import ResultScreen
from tracker.tui.theme import glyphs_of
from tracker.tui.widgets.more_sign import BoxSign
from tracker.tui.widgets.scroll_page import ScrollPage


class LoadErrorScreen(ResultScreen[bool]):
    """Ends with True when the list is to be read again."""

    CSS_PATH = FORM_SHEET
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("r", "retry", "try again"),
        Binding("E", "open_editor", "open in $EDITOR"),
        Binding("n", "new", "new empty list"),
        Binding("q,escape", "app.quit", "quit"),
        key_named("help").binding,
    ]

    def __init__(self, tracker: Tracker, reason: str) -> None:
        super().__init__()
        self._tracker = tracker
        self._reason = reason

    def compose(self) -> ComposeResult:
        with ScrollPage(classes="trouble"):
            yield Static(glyphs_of(self).translate_content(self._message()), markup=False)
        yield Footer(show_command_palette=False)

    def on_mount(self) -> None:
        BoxSign(self, self.query_one(".trouble"))

    def _message(self) -> Content:
        return Content.assemble(
            ("Can't read the watchlist\n\n", "bold $text-error"),
            self._reason,
            "\n\nPress r to try again, ",
            "E to open the file in your editor, " if self._tracker.path.is_file() else "",
            "n to start an empty list there, " if self._may_begin else "",
            "or q to quit.",
        )

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        if action == "open_editor":
            return self._tracker.path.is_file()
        if action == "new":
            return self._may_begin
        return super().check_action(action, parameters)

    @property
    def _may_begin(self) -> bool:
        return self._tracker.as_of is None and not self._tracker.path.exists()

    def action_retry(self) -> None:
        self.dismiss(True)

    def action_open_editor(self) -> None:
        if problem := external_editor.open_in_editor(self.app, self._tracker.path, 1):
            self.notify(problem, severity="error")
        self.dismiss(True)

    def action_new(self) -> None:
        try:
            self._tracker.new_list.make_empty()
        except TrackerError as error:
            self.notify(str(error), severity="error")
            return
        self.dismiss(True)
