"""Screens that end with a result, once."""

from __future__ import annotations

from typing import TypeVar

from textual.await_complete import AwaitComplete
from textual.events import ScreenResume
from textual.screen import Screen

from tracker.tui.first_styles import keep_first_styles

ResultT = TypeVar("ResultT")


class ResultScreen(Screen[ResultT | None]):
    """A screen that ends once, and takes nothing more from then on.

    Textual pops whichever screen is on top each time that a screen is dismissed, and hands on to a screen that has gone
    what was typed before.
    """

    is_over = False
    """Whether it has ended; what would edit the list asks for it first."""
    _late_result: ResultT | None = None
    _is_waiting = False
    """Whether it has ended below another screen, and goes when it is on top again."""

    def dismiss(self, result: ResultT | None = None) -> AwaitComplete:
        """End with this result, as soon as the screen is on top; the first call counts."""
        if self.is_over:
            return AwaitComplete()
        self.is_over = True
        if not self.is_active:
            self._is_waiting, self._late_result = True, result
            return AwaitComplete()
        return super().dismiss(result)

    def on_screen_resume(self, event: ScreenResume) -> None:
        keep_first_styles(self, event)
        if self._is_waiting:
            self._is_waiting = False
            super().dismiss(self._late_result)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Let no key do anything when the screen has ended."""
        return not self.is_over and super().check_action(action, parameters)
