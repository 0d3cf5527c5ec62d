"""Which of the works that an article names it is about."""

from __future__ import annotations

import re
from functools import lru_cache
from itertools import pairwise
from typing import TYPE_CHECKING, Final

from tracker.clip.lexicon import NO_NAMES
from tracker.clip.mentions import is_plain
from tracker.clip.passage import Passage
from tracker.clip.titles import Title, key
from tracker.clip.words import tokens

if TYPE_CHECKING:
    from tracker.clip.reading import Reading

LEAST: Final = 4.0
"""The score below which a name without quotation marks is not taken for the title."""
LEAST_NAMED: Final = 3.0
LEAST_QUOTED: Final = 4.0
_UNTITLED: Final = re.compile(
    r"\b(?:(?:as[ -])?yet[ -](?:to[ -]be[ -](?:titled|named)|un(?:titled|named))|(?:does|do) not have a title|"
    r"has no title|without a title|no title (?:has|yet)|title (?:is|has) (?:yet|not)|(?:still |currently |"
    r"so far )?untitled(?! Ⓣ)|yet to be (?:titled|named))\b",
    re.IGNORECASE,
)


def chosen(reading: Reading) -> str:
    """Return the show that the article is about; "" where nothing is sure enough."""
    titles = reading.titles
    head = key(reading.passage.headline)
    quoted = [one for one in titles if one.is_quoted and one.score >= LEAST_QUOTED]
    loose = [
        one
        for one in titles
        if not one.is_quoted and one.score >= (LEAST_NAMED if _is_named(one) or key(one.text) in head else LEAST)
    ]
    best = quoted[0] if quoted else None
    loose = [one for one in loose if " " in one.text or not _is_surname(reading, one.text)]
    if loose and (best is None or loose[0].score > best.score + (6 if best.score > 8 else 1)):
        best = _fullest([*loose, *(one for one in titles if not one.is_quoted and 2 <= one.score < LEAST)])
    if best is None or ((key(best.text) not in head or not best.is_quoted) and _is_untitled(reading)):
        return ""
    return best.text


def _is_surname(reading: Reading, word: str) -> bool:
    """Return whether a word also stands behind another name, as surnames do."""
    return word in _surnames(reading.passage)


@lru_cache(maxsize=8)
def _surnames(passage: Passage) -> frozenset[str]:
    return frozenset(
        last.text
        for one in passage.news
        if not one.is_heading or is_plain(one.text)
        for first, last in pairwise(tokens(one.text))
        if first.is_capital and first.text.casefold() not in NO_NAMES and one.text[first.end : last.start] == " "
    )


def _is_named(title: Title) -> bool:
    """Return whether it is called a work, or begins with an article inside of a sentence: no name of a person does."""
    return any(one.is_named for one in title.mentions) or title.text.split()[0] in ("The", "A", "An", "My")


def _is_untitled(reading: Reading) -> bool:
    return any(_UNTITLED.search(one.text) for one in reading.passage.news[:8])


def _fullest(titles: list[Title]) -> Title:
    """Return the likeliest, or a longer form of which it is mostly a part."""
    best = titles[0]
    for one in sorted(titles[1:], key=lambda one: len(one.text)):
        if re.fullmatch(rf"(?:[A-Z]\w+ ){{1,2}}?[A-Z]\w+['’]s? {re.escape(best.text)}", one.text):
            continue  # whose novel it is made of
        if f" {key(best.text)} " not in f" {key(one.text)} ":
            continue
        longer = [(mention.start, mention.start + len(mention.text)) for mention in one.mentions]
        alone = sum(not any(first <= mention.start < last for first, last in longer) for mention in best.mentions)
        if alone <= 0.34 * len(best.mentions):
            best = one
    return best
