"""The article: its text in lines of the pane's width, the words that say something of the show marked in it."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate, pairwise
from typing import ClassVar, Final, NamedTuple

from rich.segment import Segment
from rich.style import Style
from textual import events
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.geometry import Region
from textual.message import Message
from textual.strip import Strip

from tracker.text import cells
from tracker.tui.theme import glyphs_of
from tracker.tui.widgets.line_list import LineList
from tracker.tui.widgets.theme_styles import ThemeStyles

MAX_WIDTH: Final = 92
"""Cells of the longest line; longer ones are hard to read."""
_QUOTE: Final = Style(underline=True)
_BLANKS: Final = str.maketrans("\t\n", "  ")
_MAX_CHARS_PER_CELL: Final = 4
"""How many characters a cell has at most."""
_LINES_ABOVE: Final = 3
"""How many lines are left above a passage that is scrolled into sight."""


class Passage(NamedTuple):
    """A piece of the text that says something, and the number of what it says."""

    start: int
    end: int
    number: int


def wrap_lines(text: str, width: int) -> list[tuple[int, int]]:
    """Return where each line of a text begins and ends, broken between words where that can be.

    Linear in the length of the text, whatever is in it.
    """
    lines: list[tuple[int, int]] = []
    start = 0
    for paragraph in text.split("\n"):
        end = start + len(paragraph)
        _wrap(text, start, end, width, lines)
        start = end + 1
    return lines


def _wrap(text: str, at: int, end: int, width: int, lines: list[tuple[int, int]]) -> None:
    is_plain = text[at:end].isascii()
    if at == end:
        lines.append((at, end))
    while at < end:
        stop = min(end, at + width) if is_plain else _reach(text, at, end, width)
        if stop < end and text[stop] != " " and (space := text.rfind(" ", at, stop)) > at:
            stop = space
        lines.append((at, stop))
        at = stop
        while at < end and text[at] == " ":
            at += 1


def _reach(text: str, at: int, end: int, width: int) -> int:
    """Return where a line ends that begins at `at` and takes no more than `width` cells."""
    used = 0
    # Marks that take no cell could else pile up without end.
    end = min(end, at + _MAX_CHARS_PER_CELL * width)
    for place in range(at, end):
        used += cells(text[place])
        if used > width:
            return max(place, at + 1)
    return end


class ArticleView(LineList):
    """Shows a text with passages marked in it, of which one is selected; a click selects another."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("space", "page(1)", "page down", show=False),
    ]

    @dataclass
    class PassageClicked(Message):
        """A passage was clicked."""

        number: int

    def __init__(self, *, id: str) -> None:  # noqa: A002
        super().__init__(id=id)
        self._styles_of_theme = ThemeStyles(self)
        self._text = ""
        self._bold_end = 0
        self._passages: list[Passage] = []
        self._ends: list[int] = []
        """The furthest end of all passages up to each, so that a search can stop."""
        self._selected: Passage | None = None
        self._keywords: Sequence[tuple[int, int]] = ()
        self._lines: list[tuple[int, int]] = []

    def show_text(self, text: str, headline: str = "") -> None:
        """Show a text from its beginning; a headline at its head is bold."""
        self._text = text
        self._bold_end = len(headline) if headline and text.startswith(headline) else 0
        self.invalidate()
        self.scroll_to(0, 0, animate=False, force=True)

    def show_passages(self, passages: Sequence[Passage]) -> None:
        """Mark these passages."""
        self._passages = sorted(passages)
        self._ends = list(accumulate((passage.end for passage in self._passages), max))
        self.redraw()

    def select_passage(self, passage: Passage | None, keywords: Sequence[tuple[int, int]] = ()) -> None:
        """Select a passage and bring it into sight.

        Args:
            passage: The passage; None for none.
            keywords: Where in it the words are that count; none for all of it.
        """
        if passage != self._selected:
            self._selected = passage
            self._keywords = keywords
            self.redraw()
            self._show_selected()

    def make_lines(self, width: int) -> int:
        self._lines = wrap_lines(self._text, max(1, min(MAX_WIDTH, width - 1)))
        return len(self._lines)

    def _line_of(self, place: int) -> int:
        return max(0, bisect_right(self._lines, (place, len(self._text) + 1)) - 1)

    def _show_selected(self) -> None:
        if self._selected is None or not self.size.height:
            return
        self.update_lines()
        first = self._line_of(self._selected.start)
        last = self._line_of(max(self._selected.start, self._selected.end - 1))
        height, top = self.scrollable_content_region.height, self.scroll_offset.y
        if first < top or last >= top + height:
            above = _LINES_ABOVE if height > 3 * _LINES_ABOVE else 0
            region = Region(0, max(0, first - above), 1, height)
            self.scroll_to_region(region, animate=False, force=True)

    def on_resize(self) -> None:
        self._show_selected()

    def notify_style_update(self) -> None:
        self._styles_of_theme.clear()
        super().notify_style_update()

    def draw_line(self, line: int, width: int) -> Strip:
        base, glyphs = self._styles_of_theme.base, glyphs_of(self)
        start, end = self._lines[line]
        passages = self._passages_in(start, end)
        if self._selected is not None and self._selected.start < end and self._selected.end > start:
            passages.append(self._selected)
        segments = []
        for piece_start, piece_end in self._cut(start, end, passages):
            text = glyphs.translate(self._text[piece_start:piece_end].translate(_BLANKS))
            segments.append(Segment(text, self._style(piece_start, piece_end, passages)))
        return Strip(Segment.apply_style(segments, base)).adjust_cell_length(width, base)

    def _passages_in(self, start: int, end: int) -> list[Passage]:
        """Return the passages that reach into a piece of the text."""
        passages = []
        index = bisect_left(self._passages, (end, 0, 0)) - 1
        while index >= 0 and self._ends[index] > start:
            if self._passages[index].end > start:
                passages.append(self._passages[index])
            index -= 1
        return passages

    def _cut(self, start: int, end: int, passages: list[Passage]) -> list[tuple[int, int]]:
        """Return a line in pieces of one style each."""
        edges = [edge for span in (*passages, *self._keywords) for edge in span[:2]]
        cuts = sorted({start, end, *(cut for cut in (*edges, self._bold_end) if start < cut < end)})
        return list(pairwise(cuts)) or [(start, end)]

    def _style(self, start: int, end: int, passages: list[Passage]) -> Style:
        style = Style(bold=True) if end <= self._bold_end else Style()
        passages = [passage for passage in passages if passage.start < end and passage.end > start]
        if self._selected is not None and self._selected in passages:
            is_keyword = not self._keywords or any(first <= start and end <= last for first, last in self._keywords)
            return style + self._styles_of_theme["cursor" if is_keyword else "day"] + _QUOTE
        return style + _QUOTE if passages else style

    def on_click(self, event: events.Click) -> None:
        line, point = self.line_at(event), event.get_content_offset(self)
        if line is None or point is None:
            return
        place, end = self._lines[line]
        start = place
        while place < end and Content(self._text[start : place + 1]).cell_length <= point.x:
            place += 1
        if place >= end:
            return
        passages = self._passages_in(place, place + 1)
        passages.sort(key=lambda passage: (passage.end - passage.start, passage.number))
        if passages:
            # Further clicks on words of several facts go from one to the next.
            numbers = [passage.number for passage in passages]
            selected = self._selected.number if self._selected is not None else -1
            following = numbers.index(selected) + 1 if selected in numbers else 0
            self.post_message(self.PassageClicked(numbers[following % len(numbers)]))
