"""List and panes: side by side, or one of them alone."""

from __future__ import annotations

from textual.containers import Horizontal
from textual.reactive import var


class Body(Horizontal):
    """What is between the first and the last line of the main screen.

    Where there is no room for both, or one was zoomed, that one is seen that has the keys.
    """

    is_zoomed: var[bool] = var(False, init=False, toggle_class="-zoomed")
    """Whether one is seen alone because its owner wants it so."""
    is_in_panes: var[bool] = var(False, init=False, toggle_class="-in-panes")
    """Whether a pane had the keys last, and not the list."""
    has_no_panes: var[bool] = var(False, init=False, toggle_class="-no-panes")
    """Whether the view of the list has no panes beside it."""
