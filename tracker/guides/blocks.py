"""A guide as data: headings, paragraphs, code and tables, parsed from Markdown."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Final, Literal, NamedTuple

if TYPE_CHECKING:
    from markdown_it.token import Token

SpanStyle = Literal["", "strong", "code", "link"]
Spans = tuple["Span", ...]


class Span(NamedTuple):
    """A run of text in one style."""

    text: str
    style: SpanStyle = ""
    target: str = ""
    """Where a link leads: an address, or the file of a guide."""


class GuideHeading(NamedTuple):
    """A heading; `level` 1 is the title of the guide."""

    level: int
    spans: Spans


class Paragraph(NamedTuple):
    """A paragraph, or an item of a list."""

    spans: Spans
    bullet: str = ""
    """What is before the first line of an item: "•", or "1."."""
    depth: int = 0
    """How many lists it is in: 0 outside of lists."""


class Code(NamedTuple):
    """Lines to be copied as they are."""

    lines: tuple[str, ...]
    language: str = ""


class Table(NamedTuple):
    """Rows below a head; each has as many cells."""

    head: tuple[Spans, ...]
    rows: tuple[tuple[Spans, ...], ...]


Block = GuideHeading | Paragraph | Code | Table

_STYLES: Final[dict[str, SpanStyle]] = {"strong_open": "strong", "em_open": "strong", "link_open": "link"}


def parse_markdown(text: str) -> tuple[Block, ...]:
    """Return the blocks of a guide; pictures and comments are left out, which only a page on the web shows."""
    from markdown_it import MarkdownIt  # 0.1 s, which only a guide on a terminal pays

    tokens = MarkdownIt("commonmark").enable("table").parse(text)
    return tuple(_blocks(tokens))


def plain_text(spans: Sequence[Span]) -> str:
    """Return spans without their styles."""
    return "".join(span.text for span in spans)


def block_texts(block: Block) -> tuple[str, ...]:
    """Return what a search looks through: a text for each row of a table, else one."""
    match block:
        case Table(head, rows):
            return tuple(" ".join(map(plain_text, row)) for row in (head, *rows))
        case Code(lines):
            return ("\n".join(lines),)
        case _:
            return (plain_text(block.spans),)


def _blocks(tokens: Sequence[Token]) -> Iterator[Block]:
    bullets: list[str] = []
    bullet = ""
    stream = iter(tokens)
    for token in stream:
        match token.type:
            case "heading_open":
                yield GuideHeading(int(token.tag[1]), _spans(next(stream)))
            case "fence" | "code_block":
                yield Code(tuple(token.content.rstrip("\n").split("\n")), token.info)
            case "bullet_list_open" | "ordered_list_open":
                bullets.append("•" if token.type.startswith("bullet") else "1.")
            case "bullet_list_close" | "ordered_list_close":
                bullets.pop()
            case "list_item_open":
                bullet = f"{token.info}." if token.info else bullets[-1]
            case "paragraph_open":
                if spans := _spans(next(stream)):
                    yield Paragraph(spans, bullet, len(bullets))
                bullet = ""
            case "table_open":
                yield _table(stream)


def _table(stream: Iterator[Token]) -> Table:
    rows: list[list[Spans]] = []
    while (token := next(stream)).type != "table_close":
        if token.type == "tr_open":
            rows.append([])
        elif token.type in ("th_open", "td_open"):
            rows[-1].append(_spans(next(stream)))
    head, *others = map(tuple, rows)
    return Table(head, tuple(others))


def _spans(inline: Token) -> Spans:
    open_spans = [Span("")]
    spans: list[Span] = []
    for token in inline.children or ():
        now = open_spans[-1]
        if token.type in _STYLES:
            open_spans.append(Span("", _STYLES[token.type], str(token.attrs.get("href", ""))))
        elif token.type.endswith("_close"):
            open_spans.pop()
        elif token.type == "code_inline":
            spans.append(Span(token.content, "code"))
        elif text := " " if token.type in ("softbreak", "hardbreak") else token.content if token.type == "text" else "":
            # The parser makes several texts of one that has signs in it.
            if spans and spans[-1][1:] == now[1:]:
                text = spans.pop().text + text
            spans.append(now._replace(text=text))
    return tuple(spans)
