"""Searching the guides."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import NamedTuple

from tracker.guides.blocks import Block, GuideHeading, Table, block_texts
from tracker.guides.library import TOPICS, guide_blocks

Section = tuple[Block, ...]
"""A heading, and the blocks below it."""


class GuideHit(NamedTuple):
    """A place in a guide."""

    topic: str
    text: str
    """The text of the block, or of the row of a table."""


def find_in_guides(is_found: Callable[[str], bool]) -> Iterator[GuideHit]:
    """Yield the places of all guides whose text is found."""
    for topic in TOPICS:
        for block in guide_blocks(topic):
            yield from (GuideHit(topic, text) for text in block_texts(block) if is_found(text))


def split_sections(blocks: Iterable[Block]) -> tuple[Section, ...]:
    """Return the sections of a guide, the first of them with its title."""
    sections: list[list[Block]] = []
    for block in blocks:
        if isinstance(block, GuideHeading) or not sections:
            sections.append([])
        sections[-1].append(block)
    return tuple(map(tuple, sections))


def narrow_section(section: Section, is_found: Callable[[str], bool]) -> Section:
    """Return what of a section is found, below its heading; all where the heading is found, () for nothing."""
    heading, *blocks = section
    if any(map(is_found, block_texts(heading))):
        return section
    found = tuple(narrowed for block in blocks if (narrowed := _narrow_block(block, is_found)) is not None)
    return (heading, *found) if found else ()


def _narrow_block(block: Block, is_found: Callable[[str], bool]) -> Block | None:
    texts = block_texts(block)
    if isinstance(block, Table) and not is_found(texts[0]):
        rows = tuple(row for row, text in zip(block.rows, texts[1:], strict=True) if is_found(text))
        return block._replace(rows=rows) if rows else None
    return block if any(map(is_found, texts)) else None


def split_at(section: Section, text: str) -> tuple[Section, Section]:
    """Return what of a section is above the place with this text, and the rest; all is above where it is not there."""
    for number, block in enumerate(section):
        texts = block_texts(block)
        if text in texts:
            row = texts.index(text)
            if isinstance(block, Table) and row > 1:
                above = block._replace(rows=block.rows[: row - 1])
                return (*section[:number], above), (block._replace(rows=block.rows[row - 1 :]), *section[number + 1 :])
            return section[:number], section[number:]
    return section, ()
