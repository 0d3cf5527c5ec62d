"""The list of facts: a label, a sign for what is taken, the value in a few lines; one row at a time can be edited."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar, Final, NamedTuple

from textual import events, on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Container
from textual.content import Content
from textual.message import Message
from textual.reactive import reactive
from textual.strip import Strip
from textual.visual import Visual
from textual.widgets import Input

from tracker.tui.content import MUTED
from tracker.tui.theme import glyphs_of
from tracker.tui.widgets.line_list import LineList

LABEL_WIDTH: Final = 11
"""Cells of a label."""
MAX_LINES: Final = 3
"""How many lines a value takes at most; the rest is cut."""
_MAX_CELLS: Final = 600
"""What is longer is cut before its lines are broken."""
_MARKS: Final = {False: {True: "☑ ", False: "☐ ", None: "  "}, True: {True: "[x] ", False: "[ ] ", None: "    "}}
"""The signs of what is taken, what is dropped, and what is neither; in Unicode and in ASCII."""


class FactRow(NamedTuple):
    """One row of the list."""

    label: str
    text: Content
    mark: bool | None = None
    """Whether it is taken; None for what cannot be taken."""


class FactList(Container):
    """Rows with one cursor; over the row that is edited lies an input."""

    DEFAULT_CSS = """
    FactList {
        layers: base edit;
        FactLines { height: 1fr; layer: base; }
        Input { layer: edit; position: absolute; display: none; height: 1; }
        Input.-open { display: block; }
    }
    """

    class CursorMoved(Message):
        """The cursor is on another row."""

    class Picked(Message):
        """A row was picked by Enter or by a second click."""

    class Toggled(Message):
        """The sign of a row was clicked."""

    class TextChanged(Message):
        """The text of the edited row changed."""

        def __init__(self, text: str) -> None:
            super().__init__()
            self.text = text

    edited_row: int | None = None
    """The row under the input; None while none is edited."""

    def compose(self) -> ComposeResult:
        yield FactLines(id="facts")
        yield Input(compact=True, select_on_focus=False, id="clip-edit")

    def on_mount(self) -> None:
        self.watch(self._lines, "scroll_y", self._place_input, init=False)

    @property
    def _lines(self) -> FactLines:
        return self.query_one(FactLines)

    @property
    def _input(self) -> Input:
        return self.query_one(Input)

    @property
    def cursor(self) -> int:
        """The row with the cursor."""
        return self._lines.cursor

    @cursor.setter
    def cursor(self, row: int) -> None:
        self._lines.cursor = row

    @property
    def rows(self) -> Sequence[FactRow]:
        """All rows."""
        return self._lines.rows

    @property
    def plain_lines(self) -> list[str]:
        """All lines as they are read."""
        return self._lines.plain_lines

    @property
    def text(self) -> str:
        """The text of the edited row."""
        return self._input.value

    def focus_list(self) -> None:
        """Give the focus to the rows."""
        self._lines.focus()

    def show_rows(self, rows: Sequence[FactRow], cursor: int | None = None) -> None:
        """Show these rows, with the cursor where it was or on this row."""
        self._lines.show_rows(rows, cursor)

    def edit(self, row: int, text: str) -> None:
        """Begin to edit a row, with this text."""
        self.edited_row = row
        self._input.value = text
        self._input.cursor_position = len(text)
        self._input.add_class("-open")
        self._place_input()
        self._input.focus()

    def focus_input(self) -> None:
        """Give the focus to the row that is edited."""
        self._input.focus()

    def end_edit(self) -> None:
        """Take the input away."""
        self.edited_row = None
        self._input.remove_class("-open")
        self.focus_list()

    def on_resize(self) -> None:
        self.call_after_refresh(self._place_input)

    def _place_input(self) -> None:
        if self.edited_row is not None:
            lines, styles = self._lines, self._input.styles
            styles.offset = (lines.indent, lines.lines_of(self.edited_row).start - lines.scroll_offset.y)
            styles.width = max(10, lines.scrollable_content_region.width - lines.indent)

    @on(Input.Changed)
    def _post_text(self, event: Input.Changed) -> None:
        event.stop()
        if self.edited_row is not None:
            self.post_message(self.TextChanged(event.value))


class FactLines(LineList):
    """The rows of a fact list, drawn line by line."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("up,k", "move(-1)", "up", show=False),
        Binding("down,j", "move(1)", "down", show=False),
        Binding("pageup", "move(-10)", "page up", show=False),
        Binding("pagedown", "move(10)", "page down", show=False),
        Binding("home", "move(-1000000)", "top", show=False),
        Binding("end,G", "move(1000000)", "bottom", show=False),
        Binding("enter", "pick", "pick", show=False),
    ]
    COMPONENT_CLASSES: ClassVar[set[str]] = {"facts--cursor", "facts--cursor-blurred"}
    DEFAULT_CSS = """
    FactLines > .facts--cursor { background: $block-cursor-background; color: $block-cursor-foreground; }
    FactLines > .facts--cursor-blurred { background: $block-cursor-blurred-background; }
    """

    cursor: reactive[int] = reactive(0, repaint=False, init=False)
    rows: Sequence[FactRow] = ()

    def __init__(self, *, id: str) -> None:  # noqa: A002
        super().__init__(id=id)
        self._lines: list[tuple[int, Content]] = []
        """The number of its row, and the text, of each line."""

    @property
    def _marks(self) -> dict[bool | None, str]:
        return _MARKS[glyphs_of(self).ascii]

    @property
    def indent(self) -> int:
        """Cells before the values."""
        return 1 + len(self._marks[None]) + LABEL_WIDTH

    @property
    def plain_lines(self) -> list[str]:
        """All lines as they are read."""
        self.update_lines()
        return [line.plain.rstrip() for _, line in self._lines]

    def show_rows(self, rows: Sequence[FactRow], cursor: int | None = None) -> None:
        """Show these rows, with the cursor where it was or on this row."""
        self.rows = rows
        self.invalidate()
        self.update_lines()
        self.set_reactive(FactLines.cursor, self.validate_cursor(self.cursor if cursor is None else cursor))
        self.scroll_to_lines(self.cursor_lines())

    def make_lines(self, width: int) -> int:
        self._lines = []
        label_before = ""
        for number, row in enumerate(self.rows):
            label = row.label if row.label != label_before else ""
            label_before = row.label
            first, *rest = _fold(row.text, max(8, width - self.indent))
            lead = Content.assemble(" ", self._marks[row.mark], (f"{label:<{LABEL_WIDTH}}", MUTED))
            self._lines.append((number, Content.assemble(lead, first)))
            self._lines += [(number, Content.assemble(" " * self.indent, line)) for line in rest]
        return len(self._lines)

    def lines_of(self, row: int) -> range:
        """Return the lines of a row."""
        self.update_lines()
        lines = [line for line, (number, _) in enumerate(self._lines) if number == row]
        return range(lines[0], lines[-1] + 1) if lines else range(0)

    def cursor_lines(self) -> range:
        return self.lines_of(self.cursor)

    def validate_cursor(self, row: int) -> int:
        return max(0, min(row, len(self.rows) - 1))

    def watch_cursor(self) -> None:
        self.scroll_to_lines(self.cursor_lines())
        self.refresh()
        self.post_message(FactList.CursorMoved())

    def line_key(self, line: int) -> tuple[int, bool, bool]:
        return line, self._lines[line][0] == self.cursor, self.has_focus

    def draw_line(self, line: int, width: int) -> Strip:
        number, content = self._lines[line]
        glyphs, style = glyphs_of(self), self.visual_style
        if number == self.cursor:
            style = self.get_visual_style("facts--cursor" if self.has_focus else "facts--cursor-blurred")
            # Colours of parts would be hard to read on that of the cursor.
            rest = Content(content.plain[1:]) if self.has_focus else content[1:]
            content = Content.assemble(glyphs.cursor if line == self.cursor_lines().start else " ", rest)
        strips = Visual.to_strips(self, glyphs.translate_content(content), width, 1, style, pad=True)
        return strips[0].adjust_cell_length(width, style.rich_style)

    def on_click(self, event: events.Click) -> None:
        line, place = self.line_at(event), event.get_content_offset(self)
        if line is None or place is None:
            return
        row = self._lines[line][0]
        was_here, self.cursor = self.cursor == row, row
        if 1 <= place.x <= len(self._marks[None]) and self.rows[row].mark is not None:
            self.post_message(FactList.Toggled())
        elif was_here and event.chain == 2:
            self.action_pick()

    def action_move(self, by: int) -> None:
        self.cursor += by

    def action_pick(self) -> None:
        if self.rows:
            self.post_message(FactList.Picked())


def _fold(text: Content, width: int) -> list[Content]:
    """Return the lines of a value, the last one cut where there are too many."""
    if text.cell_length <= width and "\n" not in text.plain:
        return [text]
    lines = list(text.truncate(_MAX_CELLS).wrap(width))
    if len(lines) > MAX_LINES:
        lines = [*lines[: MAX_LINES - 1], Content.assemble(lines[MAX_LINES - 1].rstrip()[: width - 1], "…")]
    return lines or [Content("")]
