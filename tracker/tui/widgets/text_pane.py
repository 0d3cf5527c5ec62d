"""A bordered pane that shows pieces of text one below the other, drawn line by line without any layout."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import ClassVar, NamedTuple

from textual import events
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.geometry import Region
from textual.message import Message
from textual.reactive import reactive
from textual.strip import Strip
from textual.style import Style
from textual.visual import Visual

from tracker.tui.theme import Glyphs
from tracker.tui.widgets.line_list import LineList


class PaneItem(NamedTuple):
    """One text of a pane."""

    text: Callable[[int], Content]
    """The text for a pane of so many cells."""
    value: str | None = None
    """What choosing it gives; None where it cannot be chosen."""


def fixed_item(text: Content, value: str | None = None) -> PaneItem:
    """Return a piece whose text is the same at each width."""
    return PaneItem(lambda width: text, value)


class TextPane(LineList):
    """Pieces of text; those with a value can be stood on and chosen, the others are only read."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("up,k", "move(-1)", "up", show=False),
        Binding("down,j", "move(1)", "down", show=False),
        Binding("pageup", "page_up", "page up", show=False),
        Binding("pagedown", "page_down", "page down", show=False),
        Binding("home", "scroll_home", "top", show=False),
        Binding("end", "scroll_end", "bottom", show=False),
        Binding("enter", "choose", "choose", show=False),
    ]

    cursor: reactive[int | None] = reactive(None, repaint=False)
    """The piece that is stood on; None where none can be chosen."""

    class Chosen(Message):
        """A piece was chosen by Enter or by a click."""

        def __init__(self, pane: TextPane, value: str) -> None:
            super().__init__()
            self.pane = pane
            self.value = value

        @property
        def control(self) -> TextPane:
            return self.pane

    def __init__(self, title: str, glyphs: Glyphs, id: str) -> None:  # noqa: A002
        super().__init__(id=id)
        self.border_title = Content(title)
        self._glyphs = glyphs
        self._items: tuple[PaneItem, ...] = ()
        self._strips: list[tuple[int, Strip]] = []
        self._drawn_at = -1
        self._drawn_with: Style | None = None

    @property
    def value(self) -> str | None:
        """What choosing now would give."""
        return self._items[self.cursor].value if self.cursor is not None else None

    @property
    def plain_text(self) -> str:
        """Everything that the pane says, at its width."""
        width = max(1, self.scrollable_content_region.width)
        return "\n".join(piece.text(width).plain for piece in self._items)

    def show_items(self, pieces: Sequence[PaneItem]) -> None:
        """Show these texts from the beginning, with the cursor on the first that can be chosen."""
        self._items = tuple(pieces)
        first = next((n for n, piece in enumerate(pieces) if piece.value is not None), None)
        self.set_reactive(TextPane.cursor, first)
        self._invalidate()
        self.scroll_to(0, 0, animate=False, force=True)

    def _invalidate(self) -> None:
        self._drawn_at = -1
        self.refresh()

    def notify_style_update(self) -> None:
        self._drawn_at = -1
        super().notify_style_update()

    def on_resize(self) -> None:
        self._draw()

    def watch_has_focus(self, has_focus: bool) -> None:
        super().watch_has_focus(has_focus)
        self._invalidate()

    def _draw(self) -> None:
        """Make the lines of all pieces, if width or style changed since."""
        width, style = self.scrollable_content_region.width, self.visual_style
        if width <= 0 or (width, style) == (self._drawn_at, self._drawn_with):
            return
        self._drawn_at, self._drawn_with = width, style
        here = style + self.get_visual_style("pane--cursor", partial=True) if self.has_focus else style
        self._strips = [
            (number, strip)
            for number, piece in enumerate(self._items)
            for strip in Visual.to_strips(
                self,
                self._glyphs.translate_content(piece.text(width)),
                width,
                None,
                here if number == self.cursor else style,
                pad=True,
            )
        ]
        self.set_line_count(len(self._strips))

    COMPONENT_CLASSES: ClassVar[set[str]] = {"pane--cursor"}
    DEFAULT_CSS = """
    TextPane > .pane--cursor { background: $block-cursor-blurred-background; }
    """

    def render_lines(self, crop: Region) -> list[Strip]:
        self._draw()
        return super().render_lines(crop)

    def render_line(self, y: int) -> Strip:
        line = y + self.scroll_offset.y
        width = self.scrollable_content_region.width
        if line >= len(self._strips):
            return Strip.blank(width, self.rich_style)
        return self._strips[line][1]

    def watch_cursor(self) -> None:
        self._invalidate()
        self._draw()
        lines = [at for at, (number, _) in enumerate(self._strips) if number == self.cursor]
        if lines:
            self.scroll_to_region(Region(0, lines[0], 1, len(lines)), animate=False, force=True)

    def on_click(self, event: events.Click) -> None:
        place = event.get_content_offset(self)
        line = (place.y if place is not None else -1) + self.scroll_offset.y
        if 0 <= line < len(self._strips):
            number = self._strips[line][0]
            if self._items[number].value is not None:
                if number == self.cursor and event.chain == 2:
                    self.action_choose()
                self.cursor = number

    def action_move(self, by: int) -> None:
        places = [n for n, piece in enumerate(self._items) if piece.value is not None]
        if self.cursor is None or not places:
            self.scroll_relative(y=by, animate=False)
            return
        at = places.index(self.cursor) + by
        if 0 <= at < len(places):
            self.cursor = places[at]
        elif by < 0:
            self.scroll_home(animate=False)

    def action_choose(self) -> None:
        if self.value is not None:
            self.post_message(self.Chosen(self, self.value))
