"""The menu that says how the list is looked at: its groups, its order, and what is shown."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, ClassVar, Final, NamedTuple

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.content import Content

from tracker.tui.dialogs.form import ListDialog
from tracker.tui.view_state import ViewState
from tracker.tui.widgets.hints import Hint


class Row(NamedTuple):
    """A heading, or a choice."""

    label: str
    letter: str = ""
    """The key of a choice."""
    field: str = ""
    """What it changes of the view."""
    value: str = ""
    """The new value of the field; "" switches it on or off."""


ROWS: Final = (
    Row("Group by"),
    Row("release", "r", "grouping", "release"),
    Row("status", "s", "grouping", "status"),
    Row("network", "n", "grouping", "network"),
    Row("country", "c", "grouping", "country"),
    Row("person", "p", "grouping", "person"),
    Row("nothing", "-", "grouping", "none"),
    Row("Sort by"),
    Row("release", "R", "sort", "release"),
    Row("title", "T", "sort", "title"),
    Row("status", "S", "sort", "status"),
    Row("newest claim", "N", "sort", "claim"),
    Row("rating", "*", "sort", "rating"),
    Row("Show"),
    Row("native titles", "t", "native"),
    Row("watched and dropped", "H", "shows_seen"),
)
"""The menu: groups have small letters, orders capital ones."""


class ArrangeDialog(ListDialog[None, Row]):
    """Changes the view with each choice: a letter or Enter chooses and closes, space chooses and stays.

    Args:
        view: How the list is looked at now.
        on_change: Called with the changed view.
    """

    BOX_CLASSES = "-menu"
    HINTS = (
        Hint("enter", "choose", "screen.pick"),
        Hint("space", "try", "screen.choose_and_stay"),
        Hint("esc", "back", "screen.cancel"),
    )
    BINDINGS: ClassVar[list[BindingType]] = [
        *(Binding(row.letter, f"choose({row.letter!r})", row.label, show=False) for row in ROWS if row.letter),
        Binding("space", "choose_and_stay", "choose, and stay", show=False),
        Binding("v", "cancel", "back", show=False),
    ]

    def __init__(self, view: ViewState, on_change: Callable[[ViewState], None]) -> None:
        super().__init__("Arrange")
        self.values = ROWS
        self._view = view
        self._on_change = on_change

    def compose_box(self) -> ComposeResult:
        yield self.make_list(id="arrange")

    def on_mount(self) -> None:
        self.option_list.highlighted = next(at for at, row in enumerate(ROWS) if self._is_on(row))
        self.option_list.focus()

    def _is_on(self, row: Row) -> bool:
        now = getattr(self._view, row.field, None)
        return now == row.value if row.value else now is True

    def is_heading(self, value: Row) -> bool:
        return not value.letter

    def describe(self, value: Row) -> Content:
        if not value.letter:
            return Content.styled(value.label, "bold $text-accent")
        sign = self.glyphs.done if self._is_on(value) else " "
        return Content.assemble("  ", (value.letter, "bold $footer-key-foreground"), f"  {sign} {value.label}")

    def pick(self, value: Row) -> None:
        self._choose(value)
        self.dismiss(None)

    def action_choose(self, letter: str) -> None:
        self.pick(next(row for row in ROWS if row.letter == letter))

    def action_choose_and_stay(self) -> None:
        if (row := self.current) is not None:
            self._choose(row)
            self.show_values(ROWS, ROWS.index(row))

    def _choose(self, row: Row) -> None:
        change: dict[str, Any] = {row.field: row.value or not getattr(self._view, row.field)}
        self._view = self._view._replace(**change)
        self._on_change(self._view)
