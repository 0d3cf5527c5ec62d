"""Which of the titles in an article is that of the show it is about."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import Final, NamedTuple

from tracker.clipper.confidence import ON_THE_LIST, confidence
from tracker.clipper.lexicon import KIND
from tracker.clipper.tagged import D, N, O, P, TaggedSentence
from tracker.clipper.text import ArticleText
from tracker.clipper.titles import Title, title_key
from tracker.text import search_form

_MAKERS: Final = r"(?:stars?|alum|actors?|actress|creator|director|writer|producer|maker|team|people)s?"
_BEFORE: Final = {
    "new kind": rf"(?:\b(?:upcoming|new|forthcoming|next|anticipated)|{N}(?:'s)?) (?:[^\s,.;]+ ){{0,5}}?{KIND}s?"
    r"(?:,? (?:titled|called))?[,:]? $",
    "titled": rf"\b(?:titled|entitled|renamed|title is|{KIND},? (?:called|named))[,:]? $",
    "for": r"\b(?:(?:cast (?:of|for|in)|join(?:s|ed|ing)?|boards?)\b[^.;,()]{0,40}|"
    r"(?:star|starring|stars|appear|return|cast|roles?|parts?|offers?|talks|play\w*|lead\w*) (?:in|for|on|to)\b"
    r"(?: (?!with\b)[^\s.;,()]+){0,6}|(?:trailer|teaser|posters?|stills?|look|premiere|date|reading|filming|"
    r"production|shoot\w*|finale|renew\w*|cancel\w*|release\w*|debut|adaptation|season \w+|episodes?)\b"
    r"[^.;,()]{0,24}) $",
    "against": rf"(?:\b(?:known for|credits?|(?:starred|appeared|seen|worked|debuted) (?:in|on)|such as|including|like|"
    rf"fame|success of|hits?|{_MAKERS} (?:of|behind)|from the {_MAKERS}|fans of)\b[^.;()]{{0,40}}|\b(?:latest|after|"
    r"since|following|replac\w+|previous(?:ly)?|recent(?:ly)?|former|last|earlier)\b[^.;,()]{0,30}|\([^()]*|"
    rf"{P}(?:,| and|, and)|\b(?:actors?|actress|director|DI|by|as|named|according to)) ?$",
    "source": r"\b(?:based on|novels?|webtoon|manga|book|remake of|version of|sequel to|stor(?:y|ies)|"
    r"spin-?off (?:of|from)|prequel to|inspired by|song|album|play|comics?|game)\b[^.;()]{0,40} $",
    "list": rf"{O}(?:,| and|, and) $",
}
_AFTER: Final = {
    "for": rf"(?:,?\)? (?:an? |the |its )?(?:(?!(?:in|on|of|for|at|to|and|the) )[^\s,.;]+ ){{0,4}}?{KIND}|"
    r",? (?:will (?!play|star\b|take|lead|direct)|is (?:set|slated|scheduled|expected|being|over|back|in)|"
    r"to (?:premiere|air|debut|release|begin)|has (?:been|wrapped|begun|added|set)|premieres?|airs|debuts?|stars|"
    r"begins|hits|returns|adds|casts|sets|gets|unveils|releases|comes)|"
    r",?'?s? (?:[^\s,.;]+ )?(?:season|S\d))\b",
    "tells": r",? (?:follows|tells|cent\w+|explores|features|focuses|is (?:an?|the|based|about)|about (?:an?|the))\b",
    "against": rf"(?:,? (?:who|said|says|told|tells|play(?:s|ed|ing)|portrays?|will (?:play|star|take|lead|direct)|"
    rf"joins|reported|wrote|directed|shared|and {P})|'s (?:character|role|agency)| \((?:{P}|played)|"
    rf"(?:'s)? {_MAKERS}\b|'s (?:\w+ )?{P}| ?\({D}| {O})",
    "list": rf"(?:,| and|, and) {O}",
}
_FOR: Final = frozenset(("<new kind", "<titled", "<for", ">for", ">tells"))
"""Signs of a place that names the show."""
_AGAINST: Final = frozenset(("<against", ">against"))
"""Signs of a place that names another work, or no work."""
_ALONE: Final = frozenset(("<new kind", "<titled", "<list", ">list", ">tells", "lead"))
"""Signs that count by themselves."""
_BEFORE_SIGNS: Final = {f"<{name}": re.compile(form, re.IGNORECASE) for name, form in _BEFORE.items()}
_AFTER_SIGNS: Final = {f">{name}": re.compile(form, re.IGNORECASE) for name, form in _AFTER.items()}
_ALIAS: Final = re.compile(rf"({O}),? ?\((?:(?:\w+ ){{0,3}}\w+:? )?({O})[,)]")
_WINDOW: Final = 90
"""How many characters around a title are looked at."""


class RankedTitle(NamedTuple):
    """A title and how likely it is that of the show."""

    title: Title
    confidence: float  # that it is the show's, from 0 to 1
    signs: frozenset[str]
    aliases: frozenset[str] = frozenset()
    """The `title_key` of other titles of the same show: what stands in parentheses behind a title."""


def rank_titles(
    article: ArticleText, titles: Sequence[Title], tagged: Sequence[TaggedSentence], known: Collection[str]
) -> tuple[RankedTitle, ...]:
    """Return what the show may be called, the likeliest first.

    Args:
        article: The article.
        titles: What may be titles.
        tagged: Its sentences, in which all titles are works.
        known: The titles of the owner's list, by `title_key`.
    """
    first_names = _aliases(tagged)
    places: dict[str, list[frozenset[str]]] = {}
    counts = Counter[str]()
    for title in titles:
        key = title_key(title.text)
        counts[first_names.get(key, key)] += len(title.mentions)
    for number, sentence in enumerate(tagged):
        for sign, tag in sentence.tags.items():
            if tag.kind == "work":
                key = title_key(tag.value)
                found = _signs_at(sentence, sentence.text.index(sign), number)
                places.setdefault(first_names.get(key, key), []).append(found)
    fors = {key: sum(bool(one & _FOR) and not one & _AGAINST for one in signs) for key, signs in places.items()}
    are_quoted = any(title.is_quoted for title in titles)
    headline = f" {search_form(article.headline)} "
    ranked = []
    for title in titles:
        own = title_key(title.text)
        key = first_names.get(own, own)
        here = places.get(key, [])
        signs = {*_signs_of(title, are_quoted=are_quoted), *frozenset().union(*here) & _ALONE}
        signs |= {f"{how} times" for how in _compare(counts, key)} | {f"{how} for" for how in _compare(fors, key)}
        if counts[key] > 1:
            signs.add("2 times")
        if here and here[0] & _AGAINST:
            signs.add("first against")
        if f" {search_form(title.text)} " in headline:
            signs.add("in headline")
        if own in known and (title.is_quoted or " " in title.text):
            signs.add(ON_THE_LIST)
        aliases = frozenset({key, *(other for other, first in first_names.items() if first == key)} - {own})
        ranked.append(RankedTitle(title, confidence("title", signs), frozenset(signs), aliases))
    ranked.sort(key=lambda one: (-one.confidence, one.title.mentions[0]))
    return tuple(ranked)


def _aliases(tagged: Sequence[TaggedSentence]) -> dict[str, str]:
    """Return by `title_key` what stands in parentheses behind another title, with that title's."""
    found: dict[str, str] = {}
    for sentence in tagged:
        for match in _ALIAS.finditer(sentence.text):
            first, other = (title_key(sentence.tags[sign].value) for sign in match.groups())
            if first != other:
                found.setdefault(other, found.get(first, first))
    return {other: first for other, first in found.items() if first not in found}


def _compare(counts: Mapping[str, int], key: str) -> Iterator[str]:
    """Return how a title's count compares with that of the others."""
    count = counts.get(key, 0)
    most = max((other for name, other in counts.items() if name != key), default=0)
    if count > most:
        yield "most"
    elif count * 2 < most:
        yield "few"


def _signs_at(sentence: TaggedSentence, place: int, number: int) -> frozenset[str]:
    before, after = sentence.text[max(0, place - _WINDOW) : place], sentence.text[place + 1 : place + 1 + _WINDOW]
    signs = {name for name, form in _BEFORE_SIGNS.items() if form.search(before)}
    signs |= {name for name, form in _AFTER_SIGNS.items() if form.match(after)}
    if "<source" in signs:
        signs -= {"<new kind", "<titled", "<for"}
    if number < 2:
        signs.add("lead")
    return frozenset(signs)


def _signs_of(title: Title, *, are_quoted: bool) -> Iterator[str]:
    if title.is_quoted:
        yield "quoted"
    else:
        if are_quoted:
            yield "bare beside quoted"
        if " " not in title.text:
            yield "bare word"
