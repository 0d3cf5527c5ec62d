"""What the parts of the main screen may do with it; tests put a plain object in its place."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any, Protocol

from textual.notifications import SeverityLevel

from tracker.model.diff import WatchlistDiff
from tracker.service import Outcome
from tracker.tui.background import Node

if TYPE_CHECKING:
    from tracker.tui.dialogs.choose import Question


class Host(Node, Protocol):
    """The main screen, for the parts that it is made of."""

    def notify(
        self,
        message: str,
        *,
        title: str = "",
        severity: SeverityLevel = "information",
        timeout: float | None = None,
        markup: bool = True,
    ) -> None:
        """Show a message for some seconds."""

    def clear_notifications(self) -> None:
        """Take away the messages of before: the last one counts."""

    def set_timer(self, delay: float, callback: Callable[[], Any]) -> object:
        """Call a function in so many seconds."""

    def show_watchlist(self, keep: str = "") -> None:
        """Show the list as it was read last, with the cursor on the show `keep`, by default where it is."""

    def show_file_change(self, diff: WatchlistDiff, *, is_same: bool) -> None:
        """Show the list as the file has it now, if it is not the same; cursor and marks follow shows to new ids."""

    def show_edit(self, outcome: Outcome) -> None:
        """Show the list after an edit, with the cursor on what was edited."""

    def show_source_states(self) -> None:
        """Show what depends on what sources said."""

    def update_details(self) -> None:
        """Show in panes or caption what is known of the selected show now."""

    def update_header(self) -> None:
        """Show in the header what is known now."""

    def tell_reminders(self) -> None:
        """Tell of releases that are near, if the owner wants to be told."""

    def notify_terminal(self, title: str, text: str) -> None:
        """Show a notice of the terminal itself, where it has any."""

    def ask_each(self, questions: Sequence[Question], on_answers: Callable[[list[int]], None]) -> None:
        """Ask one question after another, and call `on_answers` with the number of the side that was taken in each."""

    def confirm(self, question: Sequence[str | tuple[str, str]], hint: str, on_yes: Callable[[], None]) -> None:
        """Ask whether something is to be done; the question is in pieces with their styles."""
