"""The line in which a filter is typed."""

from __future__ import annotations

from textual.widgets import Input


class FilterInput(Input):
    """An input whose up and down keys go on into the list."""

    BINDINGS = [("down", "screen.leave_filter", "to the list")]  # noqa: RUF012 - Textual reads it so

    def __init__(self, id: str) -> None:  # noqa: A002
        super().__init__(
            id=id, placeholder="filter: words, status:filming, is:overdue, net:netflix, -tag:bl", compact=True
        )
