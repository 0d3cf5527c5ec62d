"""New screens match their widgets against the style sheets once, not three times."""

from __future__ import annotations

from typing import Any

from textual.events import ScreenResume
from textual.screen import Screen


def add_size_classes(screen: Screen[Any]) -> None:
    """Add the classes of the breakpoints to a screen that has no widgets yet.

    Textual adds them when the screen has its size, and then styles every widget anew.
    """
    size = screen.app.size
    for length, breakpoints in (
        (size.width, screen.HORIZONTAL_BREAKPOINTS),
        (size.height, screen.VERTICAL_BREAKPOINTS),
    ):
        if reached := [point for point in breakpoints or () if point[0] <= length]:
            screen.add_class(max(reached)[1])


def keep_first_styles(screen: Screen[Any], event: ScreenResume) -> None:
    """Let a screen that comes up for the first time keep the styles that its widgets were just mounted with."""
    if not screen.stack_updates:
        event.refresh_styles = False
