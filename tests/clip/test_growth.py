"""The work of reading grows with the text and no faster, up to the limit, and not at all behind it.

Counted are the lines of Python that run (a loop counts at each turn) and the characters that regular expressions are
handed. That proves that no loop over sentences, names, titles or dates has another one inside of it, and that the whole
text is not searched once for each of them. It does not prove that a single pattern goes through its string only once:
Python cannot count the steps of a pattern. There it helps that sentences have a greatest length, which is tested too.
"""

from __future__ import annotations

from datetime import date

import pytest

from tests.clip.work import Work, work_of
from tracker.clip.passage import LONGEST, MOST, passage_of
from tracker.clip.reader import read
from tracker.model.article import Article

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
def test_four_times_the_text_is_hardly_more_than_four_times_the_work(unit: str) -> None:
    assert SIZES[-1] < MOST
    small, middle, large = works(unit, *SIZES)
    assert small.lines > 100
    assert small.lines <= middle.lines <= large.lines <= 4.5 * small.lines
    assert small.characters <= middle.characters <= large.characters <= 4.5 * small.characters


@pytest.mark.parametrize("unit", ["(", "and ", "\n"], ids=repr)
def test_behind_the_limit_nothing_is_done(unit: str) -> None:
    at_limit, behind = works(unit, MOST, 1_000_000)
    assert behind == at_limit


def test_what_stands_behind_the_limit_is_not_read() -> None:
    said = "Ida Roe will star in tvN’s drama “Old Ferry”."
    late = "“Old Ferry” will premiere on May 14, 2026. Jon Poe directs it."
    padding = "The sea is wide. " * (MOST // 17)
    draft = read(Article(f"{HEAD}{said}\n\n{padding}\n\n{late}", published=PUBLISHED))
    assert (draft.title, draft.release, draft.names("directors")) == ("Old Ferry", None, ())
    draft = read(Article(f"{HEAD}{said}\n\n{padding[:1_000]}\n\n{late}", published=PUBLISHED))
    assert draft.release is not None
    assert draft.names("directors") == ("Jon Poe",)


@pytest.mark.parametrize("unit", UNITS, ids=repr)
def test_no_sentence_is_longer_than_the_longest(unit: str) -> None:
    sentences = passage_of(article(unit, MOST).text).sentences
    assert max(len(one.text) for one in sentences) <= LONGEST
