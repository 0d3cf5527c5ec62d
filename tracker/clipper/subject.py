"""Which show a sentence is about: dates, names and verbs belong to the work that their clause names."""

from __future__ import annotations

import re
from functools import lru_cache
from itertools import pairwise
from typing import Final

from tracker.clipper.annotated_article import AnnotatedArticle
from tracker.clipper.article.sentences import ArticleText
from tracker.clipper.language.lexicon import NO_NAMES, OTHER_WORK
from tracker.clipper.language.names import tokens
from tracker.clipper.language.tagging import TaggedSentence
from tracker.clipper.titles.mentions import is_plain
from tracker.clipper.titles.ranking import Title, key

_OTHER_LEADS: Final = re.compile(
    r"^(?:(?:Meanwhile|Elsewhere|Also|In other news|Separately|Earlier|Previously|Last year|Before that|As for|"
    r"Next|Then)[, ]+)?(?:(?:his|her|their|the|its|another|hit|The|His|Her|A|Another|previous|last|recent|drama|"
    r"series|film|movie|Ⓝ['’]s?) ){0,4}"
    r"Ⓞ(?:,? (?:and|&) Ⓞ)*(?:,| (?:is|was|will|has|had|premiere|air|debut|follow|star|end|wrap|arrive|tell|comes|"
    r"came|ran|hit|and)|['’]s)"
)
_PAST_CREDIT: Final = re.compile(
    r"(?:known for|fame|credits include|filmography|most noted|breakout (?:role|hit)|previously (?:starred|"
    r"appeared|worked|directed|wrote|played)|has (?:starred|appeared) in|(?:was|were) last seen|rose to|"
    r"made (?:his|her|their) debut|best remembered|"
    r"gained (?:fame|recognition|popularity)|won (?:the|an?|his|her|best)|is remembered|last project|recent works|"
    r"past works|also (?:starred|appeared) in|made a name)",
    re.IGNORECASE,
)


_AHEAD: Final = re.compile(
    r"\b(?:will|plays|joins|joined|cast as|to star|to play|is set|are set|stars as|playing|the role of|portrays|"
    r"helm|script|screenplay|directs|[Dd]irector|PD|[Ww]riter|writes|written|[Dd]irecting|[Ww]riting|takes on|"
    r"tapped|camera|directed|megaphone|appears|stars|leads|joins|makes|takes|steps into|confirmed|(?:is|are|"
    r"be) (?:played|portrayed|voiced))\b",
    re.IGNORECASE,
)


def about(reading: AnnotatedArticle) -> tuple[bool, ...]:
    """Return for each sentence of the reading whether it is about the show."""
    found = []
    paragraph, other = -1, False
    for coded in reading.coded:
        if coded.sentence.paragraph != paragraph:
            paragraph, other = coded.sentence.paragraph, False
        if "Ⓣ" in coded.text:
            other = False
        elif _OTHER_LEADS.match(coded.text):
            other = True
        found.append(not other and ("Ⓣ" in coded.text or not OTHER_WORK.search(coded.text)))
    return tuple(found)


def looks_back(coded: TaggedSentence) -> bool:
    """Return whether a sentence tells what people did before."""
    return _looks_back(coded.text)


@lru_cache(maxsize=512)
def _looks_back(text: str) -> bool:
    return "Ⓣ" not in text and bool(_PAST_CREDIT.search(text)) and not _AHEAD.search(text)


def belongs_elsewhere(text: str, start: int, end: int) -> bool:
    """Return whether what stands from `start` to `end` in a coded sentence is said of another work."""
    after = text[end : end + 80]
    before = text[max(0, start - 60) : start]
    if (
        re.match(r"[^ⓉⓅ.;,]{0,40}(?:Ⓟ[^ⓉⓅ.;,]{0,12})?\b(?:in|of|on|for|from|with)\b[^ⓉⓅ.;,]{0,30}Ⓞ", after)
        and "Ⓣ" not in before
    ):
        return True
    return bool(re.search(r"Ⓞ[^ⓉⓅ.;]{0,40}$", before)) and bool(
        re.search(r"(?:Ⓞ,? (?:which|that|who|also)|Ⓞ['’]s?|Ⓞ \()[^Ⓣ.;)]{0,30}$", before)
    )


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


def choose_main_title(reading: AnnotatedArticle) -> str:
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


def _is_surname(reading: AnnotatedArticle, word: str) -> bool:
    """Return whether a word also stands behind another name, as surnames do."""
    return word in _surnames(reading.passage)


@lru_cache(maxsize=8)
def _surnames(passage: ArticleText) -> frozenset[str]:
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


def _is_untitled(reading: AnnotatedArticle) -> bool:
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
