"""The list of facts with an input over the row that is written anew."""

from __future__ import annotations

from textual import on
from textual.app import ComposeResult
from textual.containers import Container
from textual.message import Message
from textual.widgets import Input

from tracker.tui.theme import Signs
from tracker.tui.widgets.facts import FactList


class FactsBox(Container):
    """Facts, of which one can be written at a time."""

    DEFAULT_CSS = """
    FactsBox {
        layers: base edit;
        FactList { height: 1fr; layer: base; }
        Input { layer: edit; position: absolute; display: none; height: 1; }
        Input.-open { display: block; }
    }
    """

    class Typed(Message):
        """What is written became another."""

        def __init__(self, text: str) -> None:
            super().__init__()
            self.text = text

    def __init__(self, signs: Signs, id: str) -> None:  # noqa: A002
        super().__init__(id=id)
        self._signs = signs
        self.row: int | None = None
        """The row that is written; None for none."""

    def compose(self) -> ComposeResult:
        """Make list and input."""
        yield FactList(self._signs, id="facts")
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

    def write(self, row: int, text: str) -> None:
        """Begin to write a row, with this text."""
        self.row = row
        line = self.query_one(Input)
        line.value = text
        line.cursor_position = len(text)
        line.add_class("-open")
        self._place()
        line.focus()

    def again(self) -> None:
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
            line.styles.offset = (facts.indent, facts.line_of(self.row) - facts.scroll_offset.y)
            line.styles.width = max(10, facts.scrollable_content_region.width - facts.indent)

    @on(Input.Changed)
    def _tell(self, event: Input.Changed) -> None:
        event.stop()
        if self.row is not None:
            self.post_message(self.Typed(event.value))
