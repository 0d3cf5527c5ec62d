"""The line in which words are typed that a list or a page is searched for."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from textual.binding import Binding, BindingType
from textual.widgets import Input

from tracker.model.search_phrase import Phrase, line_text


def has_words(text: str, words: Sequence[str]) -> bool:
    """Return whether a text has all of the words, however they are spelled: see `search_form`."""
    searched = line_text(text)
    return all(Phrase.of(word).is_in(searched) for word in words)


class LineSearch(Input):
    """Takes no room until it is opened; its dialog shows what has the words."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("enter,down", "screen.leave_search", "to the lines", show=False)]
    DEFAULT_CSS = """
    LineSearch { display: none; }
    LineSearch.-open { display: block; }
    """

    def __init__(self) -> None:
        super().__init__(placeholder="search for words", compact=True, classes="form-input")

    @property
    def words(self) -> list[str]:
        """What is searched for."""
        return self.value.split()

    @property
    def is_open(self) -> bool:
        """Whether it is seen."""
        return self.has_class("-open")

    def open(self) -> None:
        """Take the keys."""
        self.add_class("-open")
        self.focus()

    def close(self) -> None:
        """Search for nothing any more."""
        self.remove_class("-open")
        self.value = ""
