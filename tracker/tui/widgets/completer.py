"""Completion of what is typed: the rest of a known name, or one of several meanings, which the right arrow takes."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from textual.suggester import Suggester
from textual.widgets import Input

Complete = Callable[[str], str]
"""Returns a text with its last name completed, "" where none fits."""


class Completer(Suggester):
    """Completes the text of an `Input`."""

    def __init__(self, complete: Complete) -> None:
        super().__init__(use_cache=False, case_sensitive=True)
        self._complete = complete

    async def get_suggestion(self, value: str) -> str | None:
        return self._complete(value) or None


class ChoiceInput(Input):
    """An input in which the right arrow, behind the text, replaces it with something it can mean, then the next."""

    choices: Sequence[str] = ()

    def action_cursor_right(self, select: bool = False) -> None:
        if select or not self.choices or self.cursor_position < len(self.value):
            super().action_cursor_right(select)
            return
        place = self.choices.index(self.value) + 1 if self.value in self.choices else 0
        self.value = self.choices[place % len(self.choices)]
        self.cursor_position = len(self.value)

    def validate_value(self, value: str) -> str:
        if value not in self.choices:
            self.choices = ()
        return value
