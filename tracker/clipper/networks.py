"""Who shows it."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator
from typing import Final

from tracker.clipper.annotated_article import AnnotatedArticle
from tracker.clipper.candidate import Candidate
from tracker.clipper.events import subject_of
from tracker.clipper.lexicon import COMMON_NETWORKS, KIND
from tracker.clipper.scope import Whose
from tracker.clipper.tagged import O, T, TaggedSentence

_ON: Final = re.compile(
    r"\b(?:on|for|at|via|to|by|from|with)"
    r"(?: the (?:\w+ )?(?:network|streamer|service|platform|channel|broadcaster))?,? $",
    re.IGNORECASE,
)
"""The show is on it, ordered by it, made for it."""
_BEFORE: Final = {
    "formerly": r"\b(?:former|formerly|previously|ex-|originally|rival|unlike|other|also on|deal with|"
    r"success of|hits?)\b[^.;]{0,30}$",
    "past": r"\b(?:ran|aired|premiered|debuted|began|started|was|were|had)\b[^.;]{0,60}$",
    "in parentheses": r"\([^()]*$",
    "new": r"\b(?:new|upcoming|latest|forthcoming) $",
    "list": r"(?:,|and|&|/) $",
}
_AFTER: Final = {
    "'s new": r"^(?:'s)? (?:new|upcoming|forthcoming|latest|next|original|first|anticipated|limited|period|"
    rf"romance|[\w-]+)? ?(?:[\w-]+ ){{0,4}}?{KIND}\b",
    "'s": r"^'s?\b",
    "'s other": rf"^(?:'s)? (?:[\w'-]+ ){{0,5}}?{O}",
    "does": r"^,? (?:has|have|will|is|orders?|ordered|picks?|picked|announced|renewed|cancel+ed|greenlit|confirmed|"
    r"released?|unveiled|revealed|sets?|drops|debuts|lands|shared|dropped)\b",
}
_BEFORE_SIGNS: Final = {f"<{name}": re.compile(form, re.IGNORECASE) for name, form in _BEFORE.items()}
_AFTER_SIGNS: Final = {f">{name}": re.compile(form, re.IGNORECASE) for name, form in _AFTER.items()}
_NAME: Final = re.compile(r" [A-Z][a-z]")
"""It may be a part of a name: Max Roe, Fox Street."""
_WINDOW: Final = 160


def find_networks(annotated: AnnotatedArticle) -> Iterator[Candidate]:
    """Return who may show it."""
    signs: dict[str, set[str]] = defaultdict(set)
    best: dict[str, tuple[bool, int]] = {}
    counts = Counter[str]()
    for number, tagged in enumerate(annotated.tagged):
        for sign, tag in tagged.tags.items():
            if tag.kind != "network":
                continue
            place = tagged.text.index(sign)
            whose = annotated.whose(number, place)
            signs[tag.value] |= signs_at(tagged, place, whose) | ({"lead"} if number < 3 else set())
            counts[tag.value] += 1
            best[tag.value] = max(best.get(tag.value, (False, -number)), (whose is Whose.THIS, -number))
    most = max(counts.values(), default=0)
    for name, found in signs.items():
        if "this" not in found and "unclear" not in found:
            found.add("only other")
        found |= {f"{count} times" for count in (2, 3) if counts[name] >= count}
        if counts[name] == most:
            found.add("most")
        if len(signs) == 1:
            found.add("only one")
        if name == next(iter(signs)):
            found.add("first")
        if name in COMMON_NETWORKS:
            found.add("common word")
        if any(name != other and name in other for other in signs):
            found.add("part of another")
        yield Candidate("networks", name, -best[name][1], frozenset(found))


def signs_at(tagged: TaggedSentence, place: int, whose: Whose) -> set[str]:
    """Return what a sentence says of the network at a place."""
    before, after = tagged.text[max(0, place - _WINDOW) : place], tagged.text[place + 1 : place + 1 + _WINDOW]
    signs = {name for name, form in _BEFORE_SIGNS.items() if form.search(before)}
    signs |= {name for name, form in _AFTER_SIGNS.items() if form.search(after)}
    if _NAME.match(after):
        signs.add(">name")
    if on := _ON.search(before):
        signs.add(f"on: {subject_of(before[: on.start()]) or 'nothing'}")
    if whose is Whose.OTHER:
        signs = {f"other: {sign}" for sign in signs}
    if re.search(T, tagged.text):
        signs.add("with show")
    return signs | {whose.value}
