"""The work of reading grows with the text and no faster, up to the limit, and not at all behind it.

Counted are the lines of Python that run (a loop counts at each turn) and the characters that regular expressions are
handed. That proves that no loop over sentences, names, titles or dates has another one inside of it, and that the whole
text is not searched once for each of them. It does not prove that a single pattern goes through its string only once:
Python cannot count the steps of a pattern. There it helps that sentences have a greatest length, which is tested too.
"""

from __future__ import annotations

from datetime import date

import pytest

from tests.clipper.work import Work, work_of
from tracker.clipper.article.sentences import LONGEST, MOST, passage_of
from tracker.model.article_draft import Article

SIZES = (800, 1_600, 3_200)
HEAD = "tvN orders “Old Ferry”\n\n"
PUBLISHED = date(2026, 3, 10)
UNITS = [
    "(", "X", "“Old Ferry” ", "Hana (Ida Roe), ", "May 14, 2026. ", "Ida Roe, ", "A, ", "and ", "directed by Ida Roe, ",
    "tvN ", "It is. ", "\n", "1. Old Ferry\n\n", "Q: who?\n\n", "Related: it\n",
]  # fmt: skip
"""What is repeated until a text is as long as wanted."""


def article(unit: str, size: int) -> Article:
    """Return an article of this many characters."""
    return Article(HEAD + (unit * (size // len(unit) + 1))[: size - len(HEAD)], published=PUBLISHED)


def works(unit: str, *sizes: int) -> list[Work]:
    """Return what it takes to read articles of these sizes."""
    return [work_of(article(unit, size))[0] for size in sizes]


@pytest.mark.parametrize("unit", UNITS, ids=repr)
def test_four_times_the_text(unit: str) -> None:
    assert SIZES[-1] < MOST
    small, middle, large = works(unit, *SIZES)
    assert small.lines > 100
    assert small.lines <= middle.lines <= large.lines <= 4.5 * small.lines
    assert small.characters <= middle.characters <= large.characters <= 4.5 * small.characters


@pytest.mark.parametrize("unit", ["(", "and ", "\n"], ids=repr)
def test_behind_the_limit(unit: str) -> None:
    at_limit, behind = works(unit, MOST, 1_000_000)
    assert behind == at_limit


@pytest.mark.parametrize("unit", UNITS, ids=repr)
def test_longest_sentence(unit: str) -> None:
    sentences = passage_of(article(unit, MOST).text).sentences
    assert max(len(one.text) for one in sentences) <= LONGEST
