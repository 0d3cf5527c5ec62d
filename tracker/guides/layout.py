"""A guide as lines of so many cells, for a terminal and for a page of the app."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Final, Literal, NamedTuple

from tracker.guides.blocks import Block, Code, GuideHeading, Paragraph, Span, Spans, Table, plain_text
from tracker.text import cells

LineStyle = Literal["", "strong", "code", "link", "heading"]
_GAP: Final = 2
"""The cells between two columns."""
_LEAST: Final = 14
"""The fewest cells of a column that is wrapped; with less room, the cells of a row are one below the other."""


class LineSpan(NamedTuple):
    """A run of text of a line."""

    text: str
    style: LineStyle = ""
    target: str = ""
    """Where a link leads."""


Line = tuple[LineSpan, ...]


def lay_out(blocks: Iterable[Block], width: int, indent: int = 2) -> list[Line]:
    """Return the lines of blocks.

    Args:
        blocks: What is laid out.
        width: The most cells of a line.
        indent: The cells before everything but headings.
    """
    lines: list[Line] = []
    before: Block | None = None
    for block in blocks:
        if before is not None and _has_gap(before, block):
            lines.append(())
        lines += _lines(block, width, indent)
        before = block
    return lines


def line_text(line: Line) -> str:
    """Return a line without styles."""
    return "".join(span.text for span in line)


def _has_gap(before: Block, block: Block) -> bool:
    if isinstance(before, GuideHeading):
        return before.level == 1
    are_items = isinstance(before, Paragraph) and isinstance(block, Paragraph) and before.depth and block.bullet
    return not are_items


def _lines(block: Block, width: int, indent: int) -> Iterator[Line]:
    match block:
        case GuideHeading(_, spans):
            yield from ((LineSpan(line_text(line), "heading"),) for line in _wrap(spans, width))
        case Code(texts):
            for text in texts:
                yield from _hang((Span(text, "code"),), width, " " * (indent + 2), indent + 4)
        case Table():
            yield from _table(block, width, indent)
        case Paragraph(spans, bullet, depth):
            start = indent + 2 * max(0, depth - 1)
            lead = " " * start + f"{bullet} " if bullet else " " * (start + 2 * bool(depth))
            yield from _hang(spans, width, lead, cells(lead))


def _hang(spans: Spans, width: int, lead: str, later: int) -> Iterator[Line]:
    """Yield the lines of a text with `lead` before the first and so many blanks before the others."""
    for number, line in enumerate(_wrap(spans, max(1, width - max(later, cells(lead))))):
        before = " " * later if number else lead
        yield (LineSpan(before), *line) if line and before else line


def _table(table: Table, width: int, indent: int) -> Iterator[Line]:
    widths = _column_widths(table, width - indent)
    if widths:
        head = tuple(tuple(Span(span.text, "strong") for span in cell) for cell in table.head)
        for row in (head, *table.rows):
            yield from _side_by_side(row, widths, indent)
        return
    # Of columns one below the other a head would say nothing.
    for first, *others in table.rows:
        yield from _hang(first, width, " " * indent, indent)
        for cell in others:
            yield from _hang(cell, width, " " * (indent + 2), indent + 2)


def _column_widths(table: Table, room: int) -> list[int]:
    """Return the cells of the columns; none where they do not fit side by side."""
    rows = (table.head, *table.rows)
    widths = [max(cells(plain_text(row[column])) for row in rows) for column in range(len(table.head))]
    room -= _GAP * (len(widths) - 1)
    # The widest column gives way first.
    while sum(widths) > room:
        widest = max(range(len(widths)), key=widths.__getitem__)
        second = max((width for column, width in enumerate(widths) if column != widest), default=0)
        widths[widest] = max(min(widths[widest] - 1, second), widths[widest] - (sum(widths) - room))
        if widths[widest] < _LEAST:
            return []
    return widths


def _side_by_side(row: Sequence[Spans], widths: Sequence[int], indent: int) -> Iterator[Line]:
    columns = [_wrap(cell, width) for cell, width in zip(row, widths, strict=True)]
    for number in range(max(map(len, columns))):
        spans = [LineSpan(" " * indent)] if indent else []
        gap = 0
        for column, width in zip(columns, widths, strict=True):
            line = column[number] if number < len(column) else ()
            spans += [LineSpan(" " * gap), *line] if line else []
            # Blanks at the end of a line are of no use.
            gap = (gap if not line else 0) + width - cells(line_text(line)) + _GAP
        yield tuple(span for span in spans if span.text)


def _wrap(spans: Spans, width: int) -> list[Line]:
    """Break a text into lines, between words where it can be."""
    text = plain_text(spans)
    lines = [_cut(spans, start, end) for start, end in _breaks(text, max(1, width))]
    return lines or [()]


def _breaks(text: str, width: int) -> Iterator[tuple[int, int]]:
    start = 0
    while start < len(text):
        end, used = start, 0
        while end < len(text) and (used := used + cells(text[end])) <= width:
            end += 1
        if end < len(text) and text[end] != " " and (space := text.rfind(" ", start + 1, end)) > 0:
            # What is indented is not broken before its first word.
            end = space if text[start:space].strip() else end
        end = max(end, start + 1)
        yield start, start + len(text[start:end].rstrip())
        start = end
        while start < len(text) and text[start] == " ":
            start += 1


def _cut(spans: Spans, start: int, end: int) -> Line:
    parts: list[LineSpan] = []
    at = 0
    for text, style, target in spans:
        part = text[max(0, start - at) : max(0, end - at)]
        if part:
            parts.append(LineSpan(part, style, target))
        at += len(text)
    return tuple(parts)
