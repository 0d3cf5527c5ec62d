"""What becomes of a paste: cleaned for where it goes."""

from __future__ import annotations

from typing import Final, Protocol, runtime_checkable

from textual.events import Paste
from textual.screen import Screen
from textual.widget import Widget
from textual.widgets import Input

from tracker.text import MAX_PARAGRAPHS, clean, clean_line


@runtime_checkable
class PasteTaker(Protocol):
    """A screen that does more with a paste than to write it where the focus is."""

    def take_paste(self, text: str) -> bool:
        """Take a paste of one line or several; False leaves it to what has the focus."""
        ...


MAX_LINE_PASTE: Final = MAX_PARAGRAPHS
"""How many characters go into an input of one line."""


def prepare_paste(event: Paste, screen: Screen[object], focused: Widget | None) -> str | None:
    """Clean the text of a paste, in the event itself, and join its lines for an input of one line.

    The very same event goes on: it knows whether it was forwarded already.

    Returns:
        What the person is to be told, "" for nothing; None if nothing is left to be given on.
    """
    # Terminals send the ends of lines as the key Enter does.
    event.text = clean(event.text.replace("\r\n", "\n").replace("\r", "\n"))
    if not event.text or (isinstance(screen, PasteTaker) and screen.take_paste(event.text)):
        return None
    if not isinstance(focused, Input):
        return ""
    if "\n" in event.text or "\t" in event.text:
        event.text = clean_line(event.text)
    if len(event.text) <= MAX_LINE_PASTE:
        return ""
    pasted = len(event.text)
    event.text = event.text[:MAX_LINE_PASTE]
    return f"Only the first {MAX_LINE_PASTE:,} of {pasted:,} characters fit in this line."
