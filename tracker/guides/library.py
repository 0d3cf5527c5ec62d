"""The guides that there are, and their texts."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path
from typing import Final, NamedTuple

from tracker.guides.blocks import Block, parse_markdown

TOPICS: Final = (
    "start", "history", "dates", "filters", "time", "sources", "clip", "calendar", "file", "sync", "keys", "settings",
    "commands",
)  # fmt: skip
"""The topics, in the order in which they are listed."""
_FOLDER: Final = Path(__file__).parent


class GuideTitle(NamedTuple):
    """What a list of guides shows of one."""

    topic: str
    summary: str
    """What it is about, in a few words."""


def guide_path(topic: str) -> Path:
    """Return the Markdown file of a topic."""
    return _FOLDER / f"{topic}.md"


def guide_text(topic: str) -> str:
    """Return the Markdown of a guide."""
    return guide_path(topic).read_text(encoding="utf-8")


def guide_titles() -> Iterator[GuideTitle]:
    """Yield the topics with their summaries: the first line of a guide is `# Topic: summary`."""
    for topic in TOPICS:
        with guide_path(topic).open(encoding="utf-8") as lines:
            yield GuideTitle(topic, next(lines).partition(": ")[2].strip())


@lru_cache(maxsize=len(TOPICS))
def guide_blocks(topic: str) -> tuple[Block, ...]:
    """Return a guide as data; the first block is its title."""
    return parse_markdown(guide_text(topic))
