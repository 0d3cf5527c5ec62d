"""What may be titles in an article: in quotation marks, or capitalised words beside words that say so."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Collection, Iterable, Iterator, Sequence
from typing import Final, NamedTuple

from tracker.clipper.lexicon import (
    COMMON_NETWORKS,
    KIND,
    MONTHS,
    NETWORK,
    NO_NAMES,
    ORGANISATION,
    PLACES,
    WEEKDAYS,
    any_of,
)
from tracker.clipper.text import ArticleText
from tracker.text import name_form

_QUOTED: Final = re.compile(
    r"[“\"„«](?P<a>[^“”\"„«»\n]{1,80})[”\"“»]|(?<![^\W_])[‘'](?P<b>[^‘\"“”\n]{1,70}?)[’'](?![^\W_])|"
    r"[《「『<](?P<c>(?![a-z/])[^《》「」『』<>\n]{1,60})[》」』>]"
)
_NICKNAME: Final = re.compile(r"[A-Z][\w-]+ [“\"‘'](\w+)[”\"’'](?= [A-Z])")
"""A word in quotation marks between the names of a person: Metawin “Win” Opas-iamkajorn."""
_WORD: Final = r"(?:(?:[A-Z0-9À-ÞĀ-Ž가-힣ぁ-ヿ一-鿿][\w&'.!?*#-]*)(?<![.])|[A-Z]\.)"
_SMALL: Final = r"(?:of|the|and|in|on|a|an|to|for|with|at|from|is|my|by|or|no|de|la|vs\.?|&)"
_RUN: Final = re.compile(rf"{_WORD}(?:(?: {_SMALL}){{0,3}} {_WORD}|: {_WORD}){{0,8}}[!?]?")
"""Capitalised words with small ones between them."""
_KIND_BEFORE: Final = (
    r"upcoming|forthcoming|originals?|live-action|season \w+|series|(?:[kcjt]-?)?dramas?|films?|movies?|shows?|"
    r"thriller|comedy|anime|director|actor|actress|starring|watch|exclusive|titled|called|game|novel|manga|webtoon"
)
_LEADING: Final = re.compile(rf"(?:(?:{_KIND_BEFORE})(?:[:,]| of)? )+", re.IGNORECASE)
"""Words before a title that are no part of it."""
_OPENING: Final = re.compile(
    rf"(?:(?:{_KIND_BEFORE}|in|of|for|on|at|from|with|and|by|when|while|as|after|but|his|her|their|its|to|is|both|since|"
    r"recently|previously|meanwhile|however|what|this|that|so|then|it|i|before|following)[:,]? )+",
    re.IGNORECASE,
)
"""Words that open a sentence before a title."""
_DAY: Final = rf"(?:{'|'.join(name.title() for name in (*MONTHS, *WEEKDAYS))})\b"
_ENDS: Final = re.compile(
    rf" (?:and|or|&) (?=(?:The|A|An|My) )|'s(?= ?(?:[a-z]|$))|'s?$|(?<=[\w!?]) [가-힣ぁ-ヿ一-鿿].*|"
    rf"(?:^|,| (?=\D+ \d)| (?:on|in|at|by|from|for|since|until|to|is))(?: the)? ?(?:{_DAY}|(?<= )\d).*|"
    r"^(?!(?:The|An?|My|Our|Your) )\w[\w.-]*(?: \w[\w.-]*){1,3}'s(?= [A-Z])|^.*-(?:starrer|starring|led|directed) "
)
"""What ends a title inside of a run of capitalised words: another title, what belongs to it, a day, whose it is."""
_SUFFIX: Final = re.compile(
    r",?(?: [-–—]{1,2})?:? \(?(?:season|series) (?:\d{1,2}|one|two|three|four|five|six)\)?$", re.IGNORECASE
)
"""A season behind a title: it is told apart from it."""
_KEEPS: Final = re.compile(r"\b(?:Of|And|With|For|From)$|^[A-Z]\w+ of$")
"""What a title begins with that ends with a name: "Legend of Hua Bu Qi"."""
_NAMED_BEFORE: Final = re.compile(
    rf"\b(?:{KIND}s?|titled|called|(?:adaptation|cast|seasons?|trailer) (?:of|for)|(?:star|role|lead) in),? $"
)
_NAMED_AFTER: Final = re.compile(
    rf"(?:,? (?:an? |the |its |[A-Z]\w+'s )?(?:[a-z-]+ ){{0,3}}{KIND}| (?:will|is set to|to) (?:premiere|air|debut)|"
    r"'s? (?:\w+ )?[Ss]eason)\b"
)
"""Words beside a title that say that it is one."""
_ARTICLE: Final = re.compile(r"(?:the|a|an) (?=\w)", re.IGNORECASE)
_IS_PLAIN: Final = re.compile(rf"{KIND}s?|I['’].*|\d+-?[a-z]\S*(?: (?:{KIND}s?|\d+-?[a-z]\S*)){{0,9}}", re.IGNORECASE)
"""What is no title by its form: "C-dramas", "I'm", "19th"."""
_MOST_WORDS: Final = 11
_MOST: Final = 60
"""How many titles are told apart; a text with more is a list, and its later ones add nothing."""


class TitleMention(NamedTuple):
    """A place where a title may be named."""

    sentence: int  # the number of the sentence
    start: int  # in the sentence, without quotation marks
    end: int
    is_quoted: bool


class Title(NamedTuple):
    """What may be a title, with all of its places."""

    text: str  # as it is written in the article
    mentions: tuple[TitleMention, ...]

    @property
    def is_quoted(self) -> bool:
        return any(mention.is_quoted for mention in self.mentions)


def title_key(text: str) -> str:
    """Return what is the same for titles that differ in case, articles, spaces and marks only."""
    return name_form(_ARTICLE.sub("", text.strip()) or text)


def find_quoted(article: ArticleText) -> list[list[tuple[int, int]]]:
    """Return for each sentence where something in quotation marks can be a title, without the marks."""
    found = []
    for sentence in article.sentences:
        raw = article.text[sentence.start : sentence.end]
        nicknames = {match.span(1) for match in _NICKNAME.finditer(raw)}
        spans = []
        for match in _QUOTED.finditer(raw):
            start, end = match.span(match.lastgroup or 0)
            if (start, end) in nicknames:
                continue
            end = start + len(raw[start:end].rstrip(",. "))
            if suffix := _SUFFIX.search(raw, start, end):
                end = suffix.start()
            if _can_be_title(raw[start:end]):
                spans.append((start, end))
        found.append(spans)
    return found


def _can_be_title(text: str) -> bool:
    words = text.split()
    if not words or len(words) > _MOST_WORDS or text[0] == " ":
        return False
    is_named = text[0].isupper() or text[0].isdigit() or not text.isascii()
    return is_named and (len(words) < 4 or sum(word[0].islower() for word in words) <= len(words) / 2)


def find_titles(
    article: ArticleText,
    quoted: Sequence[Sequence[tuple[int, int]]],
    people: Sequence[Sequence[tuple[int, int]]],
    known: Collection[str],
) -> tuple[Title, ...]:
    """Return what may be titles, in the order of the text.

    Args:
        article: The article.
        quoted: For each sentence, where `find_quoted` found something.
        people: For each sentence, where people are named.
        known: Titles of the owner's list, by `title_key`.
    """
    places: dict[str, list[TitleMention]] = {}
    texts: dict[str, str] = {}
    taken: list[list[tuple[int, int]]] = []
    for number, (sentence, marks, names) in enumerate(zip(article.sentences, quoted, people, strict=True)):
        bare = [] if sentence.is_title_case else list(_unquoted(sentence.text, sorted(marks), sorted(names), known))
        taken.append([*marks, *bare])
        for start, end in sorted(taken[-1]):
            text = article.text[sentence.start + start : sentence.start + end]
            key = title_key(text)
            if len(texts) < _MOST or key in texts:
                texts.setdefault(key, " ".join(text.split()))
                places.setdefault(key, []).append(TitleMention(number, start, end, (start, end) in marks))
    for mention, text in _find_again(article, texts.values(), taken):
        places[title_key(text)].append(mention)
    return tuple(Title(texts[key], tuple(sorted(mentions))) for key, mentions in places.items())


def _unquoted(
    text: str, marks: Sequence[tuple[int, int]], names: Sequence[tuple[int, int]], known: Collection[str]
) -> Iterator[tuple[int, int]]:
    """Yield what may be titles among the capitalised words of a sentence."""
    for match in _RUN.finditer(text):
        for start, end in _cut(text, match.start(), match.end(), marks, names):
            title = text[start:end]
            is_first = start == 0 or text[start - 2 : start] in (". ", '" ')
            is_named = (
                _NAMED_BEFORE.search(text[max(0, start - 30) : start]) is not None
                or _NAMED_AFTER.match(text, end) is not None
                or (title.startswith("The ") and text.endswith("'s ", 0, start))
            )
            if title_key(title) in known or not _is_no_title(title, is_first=is_first, is_named=is_named):
                yield start, end


def _cut(
    text: str, start: int, end: int, marks: Sequence[tuple[int, int]], names: Sequence[tuple[int, int]]
) -> Iterator[tuple[int, int]]:
    """Cut quotations, people, networks, and words that lead to a title out of a run of capitalised words."""
    cuts = _within(marks, start, end)
    for a, b in _within(names, start, end):
        if not (_KEEPS.search(text[start:a].rstrip()) or re.match(r": \w", text[b:end])):
            cuts.append((a, b))
    cuts += [match.span() for match in NETWORK.finditer(text, start, end) if match[0] not in COMMON_NETWORKS]
    cuts += [(a + start, b + start) for a, b in (match.span() for match in _ENDS.finditer(text[start:end]))]
    at = start
    for first, last in [*sorted(cuts), (end, end)]:
        if first - at > 1:
            yield from _trim(text, at, first)
        at = max(at, last)


def _within(spans: Sequence[tuple[int, int]], start: int, end: int) -> list[tuple[int, int]]:
    """Return those of sorted spans that overlap a passage."""
    first, last = bisect_left(spans, (start,)), bisect_left(spans, (end,))
    return [span for span in spans[max(0, first - 1) : last] if span[1] > start]


def _trim(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Yield what is left of a piece without the words around a title."""
    if lead := re.match(rf"(?:'s)?\W*(?:{_SMALL} )*", text[start:end]):
        start += lead.end()
    leading = (_LEADING if start else _OPENING).match(text, start, end)
    if leading and (text[leading.end()].isupper() or text[leading.end()].isdigit()):
        start = leading.end()
    if suffix := _SUFFIX.search(text, start, end):
        end = suffix.start()
    tail = re.search(rf"(?:,? {_SMALL})*(?:'s?)?\W*$", text[start:end])
    if tail and not text.endswith(("!", "?"), start, end):
        end = start + tail.start()
    if end > start:
        yield start, end


def _is_no_title(text: str, *, is_first: bool, is_named: bool) -> bool:
    """Return whether capitalised words are certainly something else: a month, a people, a company."""
    words = text.split()
    low = [re.sub(r"\W+", "", word.casefold()) for word in words]
    are_common = all(word in NO_NAMES or word in MONTHS or word in WEEKDAYS or word.isdigit() for word in low if word)
    if are_common and (is_first or len(words) == 1 or words[0] not in ("The", "A", "An", "My")):
        return True
    return (
        (is_first and len(words) == 1)
        or all(part in PLACES for part in re.split(r",? and |, ", text))
        or (not is_named and ORGANISATION.search(text) is not None)
        or len(words) > _MOST_WORDS
        or len(text) < 2
        or _IS_PLAIN.fullmatch(text) is not None
    )


def _find_again(
    article: ArticleText, titles: Iterable[str], taken: Sequence[Sequence[tuple[int, int]]]
) -> Iterator[tuple[TitleMention, str]]:
    """Yield where titles are again without quotation marks: in headlines, and single words."""
    names = sorted((text for text in titles if len(text) > 1), key=len, reverse=True)
    pattern = re.compile(rf"(?<!\w){any_of(names)}(?!\w)" if names else r"(?!)")
    for number, sentence in enumerate(article.sentences):
        for match in pattern.finditer(article.text[sentence.start : sentence.end]):
            start, end = match.span()
            if not any(first < end and last > start for first, last in taken[number]):
                yield TitleMention(number, start, end, is_quoted=False), match[0]
