"""The work of reading grows with the text and no faster, up to the limit, and not at all behind it.

Counted are the lines of Python that run; a loop counts at each turn. That proves that no loop over sentences, names,
titles or dates has another one inside of it. Patterns go through sentences, whose length has a limit.
"""

from __future__ import annotations

import re
import sys
from datetime import date
from types import FrameType
from typing import Any

import pytest

from tracker.clipper.article.sentences import LONGEST, MOST, passage_of
from tracker.clipper.extract import extract
from tracker.model.article_draft import Article

SIZES = (800, 1_600, 3_200)
UNITS = [
    "(", "X", "“Old Ferry” ", "Hana (Ida Roe), ", "May 14, 2026. ", "Ida Roe, ", "A, ", "and ", "directed by Ida Roe, ",
    "tvN ", "It is. ", "\n", "1. Old Ferry\n\n", "Q: who?\n\n", "Related: it\n",
]  # fmt: skip
"""What is repeated until a text is as long as wanted."""


def article(unit: str, size: int) -> Article:
    """Return an article of this many characters."""
    head = "tvN orders “Old Ferry”\n\n"
    return Article(head + (unit * (size // len(unit) + 1))[: size - len(head)], published=date(2026, 3, 10))


def lines_run(unit: str, size: int) -> int:
    """Return how many lines of the clipper run for an article, without what it remembers of others."""
    re.purge()
    for name, module in sys.modules.items():
        for value in vars(module).values() if name.startswith("tracker.clipper.") else ():
            if callable(clear := getattr(value, "cache_clear", None)):
                clear()
    lines = 0

    def trace_line(frame: FrameType, event: str, arg: object) -> Any:
        nonlocal lines
        lines += event == "line"
        return trace_line

    def trace_call(frame: FrameType, event: str, arg: object) -> Any:
        return trace_line if frame.f_globals.get("__name__", "").startswith("tracker.clipper") else None

    before = sys.gettrace()
    sys.settrace(trace_call)
    try:
        extract(article(unit, size))
    finally:
        sys.settrace(before)
    return lines


@pytest.mark.parametrize("unit", UNITS, ids=repr)
def test_four_times_the_text(unit: str) -> None:
    assert SIZES[-1] < MOST
    small, middle, large = (lines_run(unit, size) for size in SIZES)
    assert 100 < small <= middle <= large <= 4.5 * small


@pytest.mark.parametrize("unit", ["(", "and ", "\n"], ids=repr)
def test_behind_the_limit(unit: str) -> None:
    assert lines_run(unit, 1_000_000) == lines_run(unit, MOST)


@pytest.mark.parametrize("unit", UNITS, ids=repr)
def test_longest_sentence(unit: str) -> None:
    sentences = passage_of(article(unit, MOST).text).sentences
    assert max(len(sentence.text) for sentence in sentences) <= LONGEST
