"""A bordered pane of texts one below the other."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import ClassVar, NamedTuple

from textual import events
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.message import Message
from textual.reactive import reactive
from textual.strip import Strip
from textual.visual import Visual

from tracker.tui.content import cut_content
from tracker.tui.theme import Glyphs
from tracker.tui.widgets.line_list import LineList


class PaneItem(NamedTuple):
    """One text of a pane."""

    text: Callable[[int], Content]
    """The text for a pane of so many cells."""
    value: str | None = None
    """What choosing it gives; None where it cannot be chosen."""


def fixed_item(text: Content, value: str | None = None) -> PaneItem:
    """Return an item whose text is the same at each width."""
    return PaneItem(lambda width: text, value)


class TextPane(LineList):
    """Texts; those with a value can be chosen, the others are only read."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("enter", "choose", "choose", show=False),
    ]

    cursor: reactive[int | None] = reactive(None, repaint=False)
    """The number of the current item; None where none can be chosen."""

    class Chosen(Message):
        """An item was chosen by Enter or by a click."""

        def __init__(self, pane: TextPane, value: str) -> None:
            super().__init__()
            self.pane = pane
            self.value = value

        @property
        def control(self) -> TextPane:
            return self.pane

    COMPONENT_CLASSES: ClassVar[set[str]] = {"pane--cursor"}
    DEFAULT_CSS = """
    TextPane > .pane--cursor {
        background: $block-cursor-blurred-background;
        text-style: $block-cursor-blurred-text-style;
    }
    """

    def __init__(self, title: str, glyphs: Glyphs, id: str) -> None:  # noqa: A002
        super().__init__(id=id)
        self.border_title = Content(title)
        self._glyphs = glyphs
        self._items: tuple[PaneItem, ...] = ()
        self._drawn: dict[tuple[int, bool], list[Strip]] = {}
        self._lines: list[tuple[int, int]] = []

    @property
    def value(self) -> str | None:
        """What choosing now would give."""
        return self._items[self.cursor].value if self.cursor is not None else None

    @property
    def _places(self) -> list[int]:
        """The numbers of the items that can be chosen."""
        return [number for number, item in enumerate(self._items) if item.value is not None]

    @property
    def plain_text(self) -> str:
        """Everything that the pane says, at its width."""
        width = max(1, self.scrollable_content_region.width)
        return "\n".join(item.text(width).plain for item in self._items)

    def show_items(self, items: Sequence[PaneItem]) -> None:
        """Show these texts from the beginning, with the cursor on the first that can be chosen."""
        self._items = tuple(items)
        self.set_reactive(TextPane.cursor, next((n for n, item in enumerate(items) if item.value is not None), None))
        self.invalidate()
        self.scroll_to(0, 0, animate=False, force=True)

    def make_lines(self, width: int) -> int:
        self._drawn.clear()
        self._lines = [
            (number, part)
            for number in range(len(self._items))
            for part in range(len(self._draw_item(number, width, is_current=False)))
        ]
        return len(self._lines)

    def _draw_item(self, number: int, width: int, *, is_current: bool) -> list[Strip]:
        key = (number, is_current)
        if key not in self._drawn:
            style = self.visual_style
            if is_current:
                style += self.get_visual_style("pane--cursor", partial=True)
            text = self._glyphs.translate_content(cut_content(self._items[number].text(width)))
            self._drawn[key] = Visual.to_strips(self, text, width, None, style, pad=True)
        return self._drawn[key]

    def line_key(self, line: int) -> tuple[int, bool]:
        return line, self.has_focus and self._lines[line][0] == self.cursor

    def draw_line(self, line: int, width: int) -> Strip:
        number, part = self._lines[line]
        return self._draw_item(number, width, is_current=self.line_key(line)[1])[part]

    def watch_has_focus(self, has_focus: bool) -> None:
        super().watch_has_focus(has_focus)
        self.refresh()

    def watch_cursor(self) -> None:
        self.update_lines()
        self.refresh()
        lines = [line for line, (number, _) in enumerate(self._lines) if number == self.cursor]
        self.scroll_to_lines(range(lines[0], lines[-1] + 1) if lines else range(0))

    def on_click(self, event: events.Click) -> None:
        line = self.line_at(event)
        if line is not None and self._items[number := self._lines[line][0]].value is not None:
            if number == self.cursor and event.chain == 2:
                self.action_choose()
            self.cursor = number

    def action_move(self, by: int) -> None:
        places = self._places
        if self.cursor is None or not places:
            super().action_move(by)
            return
        at = places.index(self.cursor) + by
        if 0 <= at < len(places):
            self.cursor = places[at]
        elif by < 0:
            super().action_top()

    def action_page(self, by: int) -> None:
        super().action_page(by)
        top = int(self.scroll_offset.y)
        in_sight = [number for number, _ in self._lines[top : top + self.page_size + 1]]
        places = [number for number in self._places if number in in_sight]
        if self.cursor not in in_sight and places:
            self.cursor = places[0] if by > 0 else places[-1]

    def action_top(self) -> None:
        self.cursor = next(iter(self._places), None)
        super().action_top()

    def action_bottom(self) -> None:
        self.cursor = next(reversed(self._places), None)
        super().action_bottom()

    def action_choose(self) -> None:
        if self.value is not None:
            self.post_message(self.Chosen(self, self.value))
