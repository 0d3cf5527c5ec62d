"""A bordered pane of texts one below the other."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Sequence
from typing import ClassVar, NamedTuple

from textual import events
from textual.binding import BindingType
from textual.content import Content
from textual.message import Message
from textual.reactive import reactive
from textual.strip import Strip
from textual.visual import Visual

from tracker.tui.bindings import PANE_KEYS
from tracker.tui.content import cut_content
from tracker.tui.theme import Glyphs
from tracker.tui.widgets.line_list import LineList
from tracker.tui.widgets.more_sign import describe_hidden


class PaneItem(NamedTuple):
    """One text of a pane."""

    text: Callable[[int], Content]
    """The text for a pane of so many cells."""
    value: object | None = None
    """What it stands for; None where it is only read."""
    key: Hashable = None
    """What it is found by when the texts are shown anew."""
    is_marked: bool = True
    """Whether it looks otherwise under the cursor."""


def fixed_item(text: Content, value: object | None = None, key: Hashable = None) -> PaneItem:
    """Return an item whose text is the same at each width."""
    return PaneItem(lambda width: text, value, key)


class TextPane(LineList):
    """Texts; those with a value come under the cursor, the others are only read."""

    BINDINGS: ClassVar[list[BindingType]] = [
        *(key.binding for key in PANE_KEYS),
    ]

    cursor: reactive[int | None] = reactive(None, repaint=False)
    """The number of the current item; None where all is only read."""

    class Called(Message):
        """Something is to be done with an item, or one to be added."""

        def __init__(self, pane: TextPane, action: str, value: object | None) -> None:
            super().__init__()
            self.pane = pane
            self.action = action
            """"open" by Enter or by a click, "edit", "remove", or "add"."""
            self.value = value
            """What it is done with."""

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
        self._subtitle = ""
        self._items: tuple[PaneItem, ...] = ()
        self._owner: Hashable = None
        self._wanted: Hashable = None
        self._drawn: dict[tuple[int, bool], list[Strip]] = {}
        self._lines: list[tuple[int, int]] = []

    @property
    def value(self) -> object | None:
        """What the item under the cursor stands for."""
        return self._items[self.cursor].value if self.cursor is not None else None

    @property
    def plain_text(self) -> str:
        """Everything that the pane says, at its width."""
        width = max(1, self.scrollable_content_region.width)
        return "\n".join(item.text(width).plain for item in self._items)

    def show_items(self, items: Sequence[PaneItem], owner: Hashable = None) -> None:
        """Show these texts, from the beginning unless they are of the owner whose texts are shown already.

        Then the cursor stays on its item, or on what is at the place of that now; while another widget has the focus,
        an item that is new at the top takes it.
        """
        before, places_before = self._items, self._places
        self._items = tuple(items)
        places = self._places
        is_same = owner is not None and owner == self._owner
        self._owner = owner
        cursor = places[0] if places else None
        if is_same and self.cursor is not None and places:
            key = before[self.cursor].key if self._wanted is None else self._wanted
            at = min(places_before.index(self.cursor), len(places) - 1)
            found = [place for place in places if items[place].key == key is not None]
            # Of equal ones it is the one that is where the cursor was.
            cursor = min(found or [places[at]], key=lambda place: abs(place - places[at]))
            if found:
                self._wanted = None
            if self.screen.focused is not self and items[places[0]].key not in {item.key for item in before}:
                cursor = places[0]
        elif not is_same:
            self._wanted = None
        self.set_reactive(TextPane.cursor, cursor)
        self.invalidate()
        if is_same:
            self.update_lines()
            self.scroll_to_lines(self.cursor_lines())
        else:
            self.scroll_to(0, 0, animate=False, force=True)
        if self.display:
            self.update_lines()
            self.update_hidden()

    def show_subtitle(self, text: str) -> None:
        """Show this in the lower border, before how much is out of sight."""
        if text != self._subtitle:
            self._subtitle = text
            self.watch_hidden()

    def watch_hidden(self) -> None:
        parts = [part for part in (self._subtitle, describe_hidden(*self.hidden, self._glyphs)) if part]
        self.border_subtitle = Content(self._glyphs.dot.join(parts))

    def go_to(self, key: Hashable) -> None:
        """Put the cursor on the item with this key when the texts are shown the next time, and it is among them."""
        self._wanted = key

    @property
    def _places(self) -> list[int]:
        """The numbers of the items that come under the cursor."""
        return [number for number, item in enumerate(self._items) if item.value is not None]

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
            if is_current and self._items[number].is_marked:
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
        self.scroll_to_lines(self.cursor_lines())

    def cursor_lines(self) -> range:
        # Of an item that is higher than the pane, the beginning is kept in sight.
        return self._item_lines()[: max(1, self.scrollable_content_region.height)] if self.has_focus else range(0)

    def _item_lines(self) -> range:
        lines = [line for line, (number, _) in enumerate(self._lines) if number == self.cursor]
        return range(lines[0], lines[-1] + 1) if lines else range(0)

    def on_click(self, event: events.Click) -> None:
        line = self.line_at(event)
        if line is not None and self._items[number := self._lines[line][0]].value is not None:
            if number == self.cursor and event.chain == 2:
                self.action_call("open")
            self.cursor = number

    def action_move(self, by: int) -> None:
        places, lines = self._places, self._item_lines()
        top, height = self.scroll_target_y, self.scrollable_content_region.height
        is_cut = bool(lines) and (lines.stop > top + height if by > 0 else lines.start < top)
        if self.cursor is None or is_cut:
            super().action_move(by)
            return
        at = places.index(self.cursor) + by
        if 0 <= at < len(places):
            self.cursor = places[at]
        else:
            super().action_move(by)

    def action_page(self, by: int) -> None:
        super().action_page(by)
        top = int(self.scroll_offset.y)
        in_sight = [number for number, _ in self._lines[top : top + self.page_size + 1]]
        places = [number for number in self._places if number in in_sight]
        if places and top == (self.max_scroll_y if by > 0 else 0):
            # Where there is no more to scroll, the cursor goes to the end.
            self.cursor = places[-1] if by > 0 else places[0]
        elif places and self.cursor not in in_sight:
            self.cursor = places[0] if by > 0 else places[-1]

    def action_top(self) -> None:
        self.cursor = next(iter(self._places), None)
        super().action_top()

    def action_bottom(self) -> None:
        self.cursor = next(reversed(self._places), None)
        super().action_bottom()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Leave to the screen what there is no item for, but not that its whole show is removed."""
        return action != "call" or parameters in (("add",), ("remove",)) or self.value is not None

    def action_call(self, action: str) -> None:
        lines, top = self.cursor_lines(), self.scroll_target_y
        if (
            action == "remove"
            and lines
            and not (lines.start < top + self.scrollable_content_region.height and lines.stop > top)
        ):
            # What is out of sight is shown first.
            self.scroll_to_lines(lines)
            return
        self.post_message(self.Called(self, action, self.value))
