"""Completion of what is typed: the rest of a known name in faint letters, which the right arrow takes."""

from __future__ import annotations

from collections.abc import Callable

from textual.suggester import Suggester

Complete = Callable[[str], str]
"""Returns a text with its last name completed, "" where none fits."""


class Completer(Suggester):
    """Completes the text of an `Input`."""

    def __init__(self, complete: Complete) -> None:
        super().__init__(use_cache=False, case_sensitive=True)
        self._complete = complete

    async def get_suggestion(self, value: str) -> str | None:
        return self._complete(value) or None
