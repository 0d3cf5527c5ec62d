"""The article: its text in lines of the pane's width, with its names, titles and dates marked."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Hashable, Sequence
from dataclasses import dataclass
from itertools import accumulate, pairwise
from typing import ClassVar, Final, NamedTuple

from rich.segment import Segment
from rich.style import Style
from textual import events
from textual.binding import BindingType
from textual.content import Content
from textual.geometry import Region
from textual.message import Message
from textual.strip import Strip

from tracker.model.article_draft import Mark
from tracker.model.draft_review import mark_key
from tracker.text import cells
from tracker.tui.bindings import CLIP_MARK_KEYS
from tracker.tui.theme import glyphs_of
from tracker.tui.widgets.line_list import LineList
from tracker.tui.widgets.theme_styles import ThemeStyles

MAX_WIDTH: Final = 92
"""Cells of the longest line; longer ones are hard to read."""
_MARK: Final = Style(underline=True)
_FACT: Final = Style(underline=True, bold=True)
_CURSOR: Final = Style(reverse=True)
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
    """Shows a text with its marks, one of them current, and selects a passage.

    A click goes to a mark, and to what the passage around it says.
    """

    BINDINGS: ClassVar[list[BindingType]] = [key.binding for key in CLIP_MARK_KEYS]

    @dataclass
    class PassageClicked(Message):
        """A passage was clicked."""

        number: int

    class MarkMoved(Message):
        """Another mark is the current one."""

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
        self._marks: Sequence[Mark] = ()
        self._fact_keys: frozenset[Hashable] = frozenset()
        self._mark: Mark | None = None
        self._lines: list[tuple[int, int]] = []
        self._wrapped_for = 0
        """The width for which the lines were made; 0 for none."""

    def show_text(self, text: str, headline: str = "") -> None:
        """Show a text from its beginning; a headline at its head is bold."""
        self._text = text
        self._wrapped_for = 0
        self._bold_end = len(headline) if headline and text.startswith(headline) else 0
        self.invalidate()
        self.scroll_to(0, 0, animate=False, force=True)

    @property
    def mark(self) -> Mark | None:
        """The mark that is the current one."""
        return self._mark

    def show_marks(self, marks: Sequence[Mark], fact_keys: frozenset[Hashable]) -> None:
        """Mark these words; those of a key in `fact_keys` are facts."""
        self._marks, self._fact_keys = marks, fact_keys
        if self._mark not in marks:
            self._mark = None
        self.redraw()

    def show_passages(self, passages: Sequence[Passage]) -> None:
        """Let these passages be clicked."""
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

    def cursor_lines(self) -> range:
        if self._mark is None or not self.has_focus:
            return range(0)
        return range(self._line_of(self._mark.start), self._line_of(self._mark.end - 1) + 1)

    def watch_has_focus(self, has_focus: bool) -> None:
        super().watch_has_focus(has_focus)
        self.redraw()

    def action_step(self, by: int) -> None:
        """Go to the next mark, or the one before; where the current one is out of sight, to one in sight."""
        if not self._marks:
            return
        top, height = self.scroll_offset.y, self.scrollable_content_region.height
        bottom = min(len(self._lines), top + height) - 1
        if self._mark is not None and top <= self._line_of(self._mark.start) <= bottom:
            at = self._marks.index(self._mark) + by
        else:
            edge = self._lines[top][0] if by > 0 else self._lines[bottom][1]
            at = bisect_left(self._marks, edge, key=lambda mark: mark.start) - (by < 0)
        self._go_to_mark(self._marks[max(0, min(at, len(self._marks) - 1))])

    def _go_to_mark(self, mark: Mark) -> None:
        self._mark = mark
        self.redraw()
        self._show_place(mark.start, mark.end)
        self.post_message(self.MarkMoved())

    def _mark_at(self, place: int) -> Mark | None:
        at = bisect_right(self._marks, place, key=lambda mark: mark.start) - 1
        return self._marks[at] if at >= 0 and place < self._marks[at].end else None

    def make_lines(self, width: int) -> int:
        # A change of the theme or the focus breaks no line anew, which takes long for long articles.
        if self._wrapped_for != (width := max(1, min(MAX_WIDTH, width - 1))):
            self._wrapped_for = width
            self._lines = wrap_lines(self._text, width)
        return len(self._lines)

    def _line_of(self, place: int) -> int:
        return max(0, bisect_right(self._lines, (place, len(self._text) + 1)) - 1)

    def _show_selected(self) -> None:
        if self._selected is not None:
            self._show_place(self._selected.start, self._selected.end)

    def _show_place(self, start: int, end: int) -> None:
        """Bring a piece of the text into sight."""
        if not self.size.height:
            return
        self.update_lines()
        first, last = self._line_of(start), self._line_of(max(start, end - 1))
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
        marks = self._marks_in(start, end)
        segments = []
        for piece_start, piece_end in self._cut(start, end, marks):
            text = glyphs.translate(self._text[piece_start:piece_end].translate(_BLANKS))
            mark = next((mark for mark in marks if mark.start <= piece_start < mark.end), None)
            segments.append(Segment(text, self._style(piece_start, piece_end, mark)))
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

    def _marks_in(self, start: int, end: int) -> Sequence[Mark]:
        """Return the marks that reach into a piece of the text."""
        first = bisect_right(self._marks, start, key=lambda mark: mark.end)
        return self._marks[first : bisect_left(self._marks, end, key=lambda mark: mark.start)]

    @property
    def _quote(self) -> tuple[int, int] | None:
        """Where the tinted sentence is: of the current mark, while marks are moved among, else of the selected row."""
        if self.has_focus and self._mark is not None:
            return self._mark.sentence
        return (self._selected.start, self._selected.end) if self._selected is not None else None

    def _cut(self, start: int, end: int, marks: Sequence[Mark]) -> list[tuple[int, int]]:
        """Return a line in pieces of one style each."""
        spans = [(mark.start, mark.end) for mark in marks] + [*self._keywords]
        if (quote := self._quote) is not None:
            spans.append(quote)
        edges = [edge for span in spans for edge in span]
        cuts = sorted({start, end, *(cut for cut in (*edges, self._bold_end) if start < cut < end)})
        return list(pairwise(cuts)) or [(start, end)]

    def _style(self, start: int, end: int, mark: Mark | None) -> Style:
        styles = self._styles_of_theme
        style = Style(bold=True) if end <= self._bold_end else Style()
        if mark is not None:
            style += styles[mark.kind.value] + (_FACT if mark_key(mark) in self._fact_keys else _MARK)
        if (quote := self._quote) is not None and quote[0] <= start < quote[1]:
            is_keyword = not self._keywords or any(first <= start and end <= last for first, last in self._keywords)
            # Where the marks are moved among, the keywords would look like the current one.
            style += styles["cursor" if is_keyword and not self.has_focus else "day"]
        if mark is not None and mark == self._mark and self.has_focus:
            style += _CURSOR
        return style

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
        if (mark := self._mark_at(place)) is not None:
            self._go_to_mark(mark)
        passages = self._passages_in(place, place + 1)
        passages.sort(key=lambda passage: (passage.end - passage.start, passage.number))
        if passages:
            # Further clicks on words of several facts go from one to the next.
            numbers = [passage.number for passage in passages]
            selected = self._selected.number if self._selected is not None else -1
            following = numbers.index(selected) + 1 if selected in numbers else 0
            self.post_message(self.PassageClicked(numbers[following % len(numbers)]))
