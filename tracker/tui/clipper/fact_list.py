"""The list of facts: a label, a sign for what is taken, the value in a few lines; one row at a time can be edited."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar, Final, NamedTuple

from textual import events
from textual.binding import Binding, BindingType
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
    heading: str = ""
    """What stands above it; "" for nothing."""


class _Line(NamedTuple):
    row: int
    text: Content
    is_heading: bool = False


class FactList(LineList):
    """Rows with one cursor."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "pick", "pick", show=False),
    ]
    COMPONENT_CLASSES: ClassVar[set[str]] = {"facts--cursor", "facts--cursor-blurred"}
    DEFAULT_CSS = """
    FactList > .facts--cursor {
        background: $block-cursor-background;
        color: $block-cursor-foreground;
        text-style: $block-cursor-text-style;
    }
    FactList > .facts--cursor-blurred {
        background: $block-cursor-blurred-background;
        text-style: $block-cursor-blurred-text-style;
    }
    """

    class CursorMoved(Message):
        """The cursor is on another row."""

    class Picked(Message):
        """A row was picked by Enter or by a second click."""

    class Toggled(Message):
        """The sign of a row was clicked."""

    cursor: reactive[int] = reactive(0, repaint=False, init=False)
    rows: Sequence[FactRow] = ()

    def __init__(self, *, id: str) -> None:  # noqa: A002
        super().__init__(id=id)
        self._lines: list[_Line] = []

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
        return [line.text.plain.rstrip() for line in self._lines]

    def show_rows(self, rows: Sequence[FactRow], cursor: int | None = None) -> None:
        """Show these rows, with the cursor where it was or on this row."""
        self.rows = rows
        self.invalidate()
        self.update_lines()
        self.set_reactive(FactList.cursor, self.validate_cursor(self.cursor if cursor is None else cursor))
        self.scroll_to_lines(self.cursor_lines())

    def make_lines(self, width: int) -> int:
        self._lines = []
        label_before = ""
        for number, row in enumerate(self.rows):
            if row.heading:
                heading = Content.styled(f" {row.heading}", "bold $text-accent")
                self._lines += [_Line(number, text, is_heading=True) for text in (Content(""), heading)]
                label_before = ""
            label = row.label if row.label != label_before else ""
            label_before = row.label
            first, *rest = fold_value(row.text, max(8, width - self.indent))
            lead = Content.assemble(" ", self._marks[row.mark], (f"{label:<{LABEL_WIDTH}}", MUTED))
            self._lines.append(_Line(number, Content.assemble(lead, first)))
            self._lines += [_Line(number, Content.assemble(" " * self.indent, line)) for line in rest]
        return len(self._lines)

    def lines_of(self, row: int) -> range:
        """Return the lines of a row."""
        self.update_lines()
        lines = [at for at, line in enumerate(self._lines) if line.row == row and not line.is_heading]
        return range(lines[0], lines[-1] + 1) if lines else range(0)

    def cursor_lines(self) -> range:
        return self.lines_of(self.cursor)

    def validate_cursor(self, row: int) -> int:
        return max(0, min(row, len(self.rows) - 1))

    def watch_cursor(self) -> None:
        self.scroll_to_lines(self.cursor_lines())
        self.refresh()
        self.post_message(self.CursorMoved())

    def line_key(self, line: int) -> tuple[int, bool, bool]:
        return line, self._has_cursor(line), self.has_focus

    def _has_cursor(self, line: int) -> bool:
        return self._lines[line].row == self.cursor and not self._lines[line].is_heading

    def draw_line(self, line: int, width: int) -> Strip:
        content = self._lines[line].text
        glyphs, style = glyphs_of(self), self.visual_style
        if self._has_cursor(line):
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
        row = self._lines[line].row
        was_here, self.cursor = self.cursor == row, row
        if 1 <= place.x <= len(self._marks[None]) and self.rows[row].mark is not None:
            self.post_message(self.Toggled())
        elif was_here and event.chain == 2:
            self.action_pick()

    def action_move(self, by: int) -> None:
        self.cursor += by

    def action_page(self, by: int) -> None:
        lines = self.cursor_lines()
        line = max(0, min(len(self._lines) - 1, (lines.start if by < 0 else lines.stop - 1) + by * self.page_size))
        if self._lines:
            self.cursor = self._lines[line].row

    def action_top(self) -> None:
        self.cursor = 0

    def action_bottom(self) -> None:
        self.cursor = len(self.rows) - 1

    def action_jump(self, by: int) -> None:
        heads = [row for row, fact in enumerate(self.rows) if fact.heading or not row]
        beyond = [row for row in heads if (row > self.cursor if by > 0 else row < self.cursor)]
        if beyond:
            self.cursor = beyond[0] if by > 0 else beyond[-1]

    def action_pick(self) -> None:
        if self.rows:
            self.post_message(self.Picked())


class RowInput(Input):
    """The input that lies over a row of a list while the row is edited."""

    def __init__(self, facts: FactList, *, id: str) -> None:  # noqa: A002
        super().__init__(compact=True, select_on_focus=False, id=id)
        self._facts = facts
        self.row: int | None = None
        """The row that is edited; None for none."""

    def on_mount(self) -> None:
        self.watch(self._facts, "scroll_y", self.place, init=False)

    def open(self, row: int, text: str) -> None:
        """Begin to edit a row, with this text."""
        self.row = row
        self.value = text
        self.cursor_position = len(text)
        self.add_class("-open")
        self.place()
        self.focus()

    def close(self) -> None:
        """Leave the row."""
        self.row = None
        self.remove_class("-open")
        self._facts.focus()

    def place(self) -> None:
        """Lie over the row, wherever it is now."""
        if self.row is not None:
            facts = self._facts
            self.styles.offset = (facts.indent, facts.lines_of(self.row).start - facts.scroll_offset.y)
            self.styles.width = max(10, facts.scrollable_content_region.width - facts.indent)


def fold_value(text: Content, width: int) -> list[Content]:
    """Return the lines of a value, the last one cut where there are too many."""
    if text.cell_length <= width and "\n" not in text.plain:
        return [text]
    lines = list(text.truncate(_MAX_CELLS).wrap(width))
    if len(lines) > MAX_LINES:
        lines = [*lines[: MAX_LINES - 1], Content.assemble(lines[MAX_LINES - 1].rstrip()[: width - 1], "…")]
    return lines or [Content("")]
