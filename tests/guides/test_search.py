from __future__ import annotations

from tracker.guides.blocks import Table, block_texts, parse_markdown
from tracker.guides.search import find_in_guides, narrow_section, split_at, split_sections

PAGE = """\
# Page: x

An apple.

## Fruit

A pear.

| fruit | colour |
| --- | --- |
| fig | blue |
| plum | violet |
| lime | green |
"""
FIRST, FRUIT = split_sections(parse_markdown(PAGE))


def texts(section: tuple[object, ...]) -> list[str]:
    return [text for block in section for text in block_texts(block)]  # type: ignore[arg-type]


def test_sections_begin_with_headings() -> None:
    assert [block_texts(section[0]) for section in (FIRST, FRUIT)] == [("Page: x",), ("Fruit",)]


def test_narrowing_keeps_the_rows_that_are_found() -> None:
    assert texts(narrow_section(FRUIT, lambda text: "plum" in text)) == ["Fruit", "fruit colour", "plum violet"]
    assert texts(narrow_section(FRUIT, lambda text: "pear" in text)) == ["Fruit", "A pear."]
    assert narrow_section(FRUIT, lambda text: "Fruit" in text) == FRUIT
    assert narrow_section(FIRST, lambda text: "pear" in text) == ()


def test_split_at_a_row() -> None:
    above, below = split_at(FRUIT, "plum violet")
    assert texts(above) == ["Fruit", "A pear.", "fruit colour", "fig blue"]
    assert isinstance(below[0], Table)
    assert texts(below)[1:] == ["plum violet", "lime green"]
    assert split_at(FRUIT, "An apple.") == (FRUIT, ())


def test_all_guides_are_searched() -> None:
    hits = list(find_in_guides(lambda text: "khal import" in text))
    assert [(hit.topic, "khal import" in hit.text) for hit in hits] == [("calendar", True)]
