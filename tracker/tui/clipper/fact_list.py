"""The list of facts: a label, a sign for what is taken, the value in a few lines; drawn line by line."""

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
from tracker.tui.theme import Glyphs
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
    """One line of the list."""

    label: str
    text: Content
    mark: bool | None = None
    """Whether it is taken; None for what cannot be taken."""


class FactList(LineList):
    """Rows with one cursor."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("up,k", "move(-1)", "up", show=False),
        Binding("down,j", "move(1)", "down", show=False),
        Binding("pageup", "move(-10)", "page up", show=False),
        Binding("pagedown", "move(10)", "page down", show=False),
        Binding("home", "move(-1000000)", "top", show=False),
        Binding("end,G", "move(1000000)", "bottom", show=False),
        Binding("enter", "choose", "choose", show=False),
    ]

    cursor: reactive[int] = reactive(0, repaint=False, init=False)
    """The row that is stood on."""

    class CursorMoved(Message):
        """Another row is stood on."""

    class Chosen(Message):
        """A row was chosen by Enter or by a second click."""

    class Toggled(Message):
        """The sign of a row was clicked."""

    def __init__(self, glyphs: Glyphs, id: str) -> None:  # noqa: A002
        super().__init__(id=id)
        self._glyphs = glyphs
        self._rows: tuple[FactRow, ...] = ()
        self._lines: list[tuple[int, Content]] = []

    @property
    def indent(self) -> int:
        """Where values begin, in cells."""
        return 1 + self._mark_width + LABEL_WIDTH

    @property
    def _mark_width(self) -> int:
        return len(_MARKS[self._glyphs.ascii][None])

    @property
    def plain(self) -> list[str]:
        """All lines as they are read."""
        self.update_lines()
        return [line.plain.rstrip() for _, line in self._lines]

    def show_rows(self, rows: Sequence[FactRow], cursor: int | None = None) -> None:
        """Show these rows, with the cursor where it is or as told."""
        self._rows = tuple(rows)
        self.invalidate()
        self.update_lines()
        at = self.cursor if cursor is None else cursor
        self.set_reactive(FactList.cursor, max(0, min(at, len(rows) - 1)))
        self.scroll_to_lines(self.cursor_lines())

    def first_line(self, row: int) -> int:
        """Return the first line of a row."""
        self.update_lines()
        return next((at for at, (number, _) in enumerate(self._lines) if number == row), 0)

    def make_lines(self, width: int) -> int:
        self._lines = []
        before = ""
        for number, row in enumerate(self._rows):
            label = row.label if row.label != before else ""
            before = row.label
            lines = self._fold(row.text, max(8, width - self.indent))
            mark = _MARKS[self._glyphs.ascii][row.mark]
            lead = Content.assemble(mark, (f"{label:<{LABEL_WIDTH}}", MUTED))
            self._lines.append((number, Content.assemble(" ", lead, lines[0])))
            rest = " " * self.indent
            self._lines += [(number, Content.assemble(rest, line)) for line in lines[1:]]
        return len(self._lines)

    def _fold(self, text: Content, width: int) -> list[Content]:
        if text.cell_length <= width and "\n" not in text.plain:
            return [text]
        lines = list(text.truncate(_MAX_CELLS).wrap(width))
        if len(lines) > MAX_LINES:
            lines = [*lines[: MAX_LINES - 1], Content.assemble(lines[MAX_LINES - 1].rstrip()[: width - 1], "…")]
        return lines or [Content("")]

    def cursor_lines(self) -> range:
        lines = [line for line, (number, _) in enumerate(self._lines) if number == self.cursor]
        return range(lines[0], lines[-1] + 1) if lines else range(0)

    def validate_cursor(self, row: int) -> int:
        return max(0, min(row, len(self._rows) - 1))

    def watch_cursor(self) -> None:
        self.scroll_to_lines(self.cursor_lines())
        self.refresh()
        self.post_message(self.CursorMoved())

    COMPONENT_CLASSES: ClassVar[set[str]] = {"facts--cursor", "facts--cursor-blurred"}
    DEFAULT_CSS = """
    FactList > .facts--cursor { background: $block-cursor-background; color: $block-cursor-foreground; }
    FactList > .facts--cursor-blurred { background: $block-cursor-blurred-background; }
    """

    def line_key(self, line: int) -> tuple[int, bool, bool]:
        return line, self._lines[line][0] == self.cursor, self.has_focus

    def draw_line(self, line: int, width: int) -> Strip:
        number, content = self._lines[line]
        first = line == self.first_line(number)
        style = self.visual_style
        if number == self.cursor:
            name = "facts--cursor" if self.has_focus else "facts--cursor-blurred"
            style = self.get_visual_style(name)
            # Colours of parts would be hard to read on that of the cursor.
            rest = Content(content.plain[1:]) if self.has_focus else content[1:]
            content = Content.assemble(self._glyphs.cursor if first else " ", rest)
        strips = Visual.to_strips(self, self._glyphs.translate_content(content), width, 1, style, pad=True)
        return strips[0].adjust_cell_length(width, style.rich_style)

    def on_click(self, event: events.Click) -> None:
        line, place = self.line_at(event), event.get_content_offset(self)
        if line is None or place is None:
            return
        number = self._lines[line][0]
        was_here, self.cursor = self.cursor == number, number
        if 1 <= place.x <= self._mark_width and self._rows[number].mark is not None:
            self.post_message(self.Toggled())
        elif was_here and event.chain == 2:
            self.action_choose()

    def action_move(self, by: int) -> None:
        """Move the cursor by so many rows."""
        self.cursor = max(0, min(len(self._rows) - 1, self.cursor + by))

    def action_choose(self) -> None:
        """Choose the row under the cursor."""
        if self._rows:
            self.post_message(self.Chosen())


class FactEditor(Container):
    """Facts, of which one can be written at a time."""

    DEFAULT_CSS = """
    FactEditor {
        layers: base edit;
        FactList { height: 1fr; layer: base; }
        Input { layer: edit; position: absolute; display: none; height: 1; }
        Input.-open { display: block; }
    }
    """

    class TextChanged(Message):
        """What is written became another."""

        def __init__(self, text: str) -> None:
            super().__init__()
            self.text = text

    def __init__(self, glyphs: Glyphs, id: str) -> None:  # noqa: A002
        super().__init__(id=id)
        self._glyphs = glyphs
        self.row: int | None = None
        """The row that is written; None for none."""

    def compose(self) -> ComposeResult:
        """Make list and input."""
        yield FactList(self._glyphs, id="facts")
        yield Input(compact=True, select_on_focus=False, id="clip-edit")

    def on_mount(self) -> None:
        """Keep the input over its row."""
        self.watch(self.facts, "scroll_y", self._place, init=False)

    @property
    def facts(self) -> FactList:
        """The list."""
        return self.query_one(FactList)

    @property
    def text(self) -> str:
        """What is written."""
        return self.query_one(Input).value

    def edit(self, row: int, text: str) -> None:
        """Begin to write a row, with this text."""
        self.row = row
        line = self.query_one(Input)
        line.value = text
        line.cursor_position = len(text)
        line.add_class("-open")
        self._place()
        line.focus()

    def refocus(self) -> None:
        """Go back to what is written."""
        self.query_one(Input).focus()

    def close(self) -> None:
        """Write no more."""
        self.row = None
        self.query_one(Input).remove_class("-open")
        self.facts.focus()

    def on_resize(self) -> None:
        """Keep the input over its row."""
        self.call_after_refresh(self._place)

    def _place(self) -> None:
        if self.row is not None:
            facts, line = self.facts, self.query_one(Input)
            line.styles.offset = (facts.indent, facts.first_line(self.row) - facts.scroll_offset.y)
            line.styles.width = max(10, facts.scrollable_content_region.width - facts.indent)

    @on(Input.Changed)
    def _tell(self, event: Input.Changed) -> None:
        event.stop()
        if self.row is not None:
            self.post_message(self.TextChanged(event.value))
