"""A main screen that only writes down what its parts ask of it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from textual.events import Callback
from textual.message import Message

from tracker.model.diff import WatchlistDiff
from tracker.service import Outcome
from tracker.tui.dialogs.choose import Question


class FakeHost:
    """Answers questions with `answers`, and says yes."""

    is_running = True

    def __init__(self, *answers: int) -> None:
        self.answers = list(answers)
        self.messages: list[str] = []
        self.calls: list[str] = []
        self.questions: list[Question] = []
        self.posted: list[Message] = []
        self.edits: list[Outcome] = []

    def notify(self, message: str, **options: Any) -> None:
        del options
        self.messages.append(message)

    def clear_notifications(self) -> None:
        self.messages.clear()

    def set_timer(self, delay: float, callback: Callable[[], Any]) -> object:
        del delay
        return callback()

    def post_message(self, message: Message, /) -> bool:
        self.posted.append(message)
        return True

    def run_posted(self) -> None:
        """Do what threads left to do."""
        while self.posted:
            message = self.posted.pop(0)
            assert isinstance(message, Callback)
            message.callback()

    def show_watchlist(self, keep: str = "") -> None:
        self.calls.append(f"show_watchlist {keep}".strip())

    def show_file_change(self, diff: WatchlistDiff, *, is_same: bool) -> None:
        del diff
        self.calls.append("same file" if is_same else "other file")

    def show_edit(self, outcome: Outcome) -> None:
        self.edits.append(outcome)

    def show_source_states(self) -> None:
        self.calls.append("show_source_states")

    def update_details(self) -> None:
        self.calls.append("update_details")

    def update_header(self) -> None:
        self.calls.append("update_header")

    def tell_reminders(self) -> None:
        self.calls.append("tell_reminders")

    def notify_terminal(self, title: str, text: str) -> None:
        self.calls.append(f"terminal: {title}: {text}")

    def ask_each(self, questions: Sequence[Question], on_answers: Callable[[list[int]], None]) -> None:
        self.questions += questions
        on_answers(self.answers)

    def confirm(self, question: Sequence[str | tuple[str, str]], hint: str, on_yes: Callable[[], None]) -> None:
        del question
        self.messages.append(hint)
        on_yes()
