from __future__ import annotations

from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracker.guides.blocks import Code, Paragraph, Span, Table, block_texts, parse_markdown
from tracker.guides.layout import lay_out, line_text
from tracker.guides.library import TOPICS, guide_blocks
from tracker.text import cells


def drawn(markdown: str, width: int, indent: int = 0) -> list[str]:
    return [line_text(line) for line in lay_out(parse_markdown(markdown), width, indent)]


@pytest.mark.parametrize("width", [30, 40, 80, 100])
@pytest.mark.parametrize("topic", TOPICS)
def test_lines_fit_and_keep_every_letter(topic: str, width: int) -> None:
    blocks = guide_blocks(topic)
    lines = [line_text(line) for line in lay_out(blocks, width)]
    assert [line for line in lines if cells(line) > width or line != line.rstrip()] == []
    drawn_letters = Counter("".join(lines))
    # Where its columns are one below the other, a table has no head.
    texts = [text for block in blocks for text in block_texts(block)[isinstance(block, Table) :]]
    lost = Counter("".join(texts)) - drawn_letters
    assert {letter for letter in lost if not letter.isspace()} == set()


def test_styles_of_a_line() -> None:
    [line] = lay_out(parse_markdown("Press `a` for **all** of [dates](dates.md)."), 80, indent=0)
    styles = [(span.text, span.style) for span in line if span.style]
    assert styles == [("a", "code"), ("all", "strong"), ("dates", "link")]


def test_items_hang_below_their_first_word() -> None:
    assert drawn("* one two three\n* four", 9) == ["• one two", "  three", "• four"]
    assert drawn("1. one\n2. two", 9) == ["1. one", "2. two"]


def test_code_keeps_its_blanks_and_breaks_only_where_it_must() -> None:
    assert drawn("    a  b\n      c", 20) == ["  a  b", "    c"]
    assert drawn("    tracker list is:overdue", 20) == ["  tracker list", "    is:overdue"]


def test_columns_of_a_table() -> None:
    table = "| key | does |\n| --- | --- |\n| `a` | adds a show |\n"
    assert drawn(table, 40) == ["key  does", "a    adds a show"]
    assert drawn(table.replace("adds a show", "adds a show to your list"), 22) == [
        "key  does", "a    adds a show to", "     your list",
    ]  # fmt: skip


def test_cells_of_a_narrow_table_are_one_below_the_other() -> None:
    table = "| a command | what it does |\n| --- | --- |\n| `tracker list` | prints the list |\n"
    assert drawn(table, 24) == ["tracker list", "  prints the list"]


def test_pictures_and_comments_are_left_out() -> None:
    assert drawn("<!-- x -->\n\n![a picture](a.svg)\n\ntext\n", 20) == ["text"]


@given(st.text(alphabet=" ab가é", max_size=60), st.integers(1, 12))
def test_wrapping_loses_nothing(text: str, width: int) -> None:
    text = " ".join(text.split())
    lines = [line_text(line) for line in lay_out([Paragraph((Span(text),))], width, indent=0)]
    assert "".join(lines).replace(" ", "") == text.replace(" ", "")
    assert [line for line in lines if cells(line) > max(2, width)] == []


def test_parsing_knows_what_guides_are_made_of() -> None:
    blocks = parse_markdown("# T: x\n\n```toml\na = 1\n\nb = 2\n```\n\n| a |\n| --- |\n| b |\n")
    assert blocks[1] == Code(("a = 1", "", "b = 2"), "toml")
    assert isinstance(blocks[2], Table)
