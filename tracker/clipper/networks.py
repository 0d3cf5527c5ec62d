"""Who shows it."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator
from typing import Final

from tracker.clipper.annotated_article import AnnotatedArticle
from tracker.clipper.candidate import Candidate
from tracker.clipper.events import subject_of
from tracker.clipper.lexicon import KIND
from tracker.clipper.scope import Whose
from tracker.clipper.tagged import TaggedSentence

_ON: Final = re.compile(
    r"\b(?:on|for|at|via|to|by|from|with)(?: the (?:\w+ )?(?:network|streamer|service|platform))?,? $", re.IGNORECASE
)
"""The show is on it, ordered by it, made for it."""
_FORMS: Final = {
    "formerly": r"\b(?:former|formerly|previously|originally|rival|unlike|other|deal with|hits?)\b[^.;]{0,30}N",
    "past": r"\b(?:ran|aired|premiered|debuted|began|started|was|were|had)\b[^.;]{0,60}N",
    "list": r"(?:,|and|&|/) N",
    "'s new": rf"N(?:'s)? (?:[\w-]+ ){{0,5}}?{KIND}\b",
    "'s": r"N's?\b",
    "does": r"N,? (?:has|have|will|is|orders?|picks?|announced|sets|debuts|\w+ed)\b",
    "name": r"N [A-Z][a-z]",  # it may be a part of a name: Max Roe, Fox Street
}
_SIGNS: Final = {name: re.compile(form.replace("N", "\0")) for name, form in _FORMS.items()}


def find_networks(annotated: AnnotatedArticle) -> Iterator[Candidate]:
    """Return who may show it."""
    signs: dict[str, set[str]] = defaultdict(set)
    best: dict[str, tuple[bool, int]] = {}
    counts = Counter[str]()
    for number, tagged in enumerate(annotated.tagged):
        for sign, tag in tagged.tags.items():
            if tag.kind == "network":
                place = tagged.text.index(sign)
                whose = annotated.whose(number, place)
                signs[tag.value] |= signs_at(tagged, place, whose) | ({"lead"} if number < 3 else set())
                counts[tag.value] += 1
                best[tag.value] = max(best.get(tag.value, (False, -number)), (whose is Whose.THIS, -number))
    for name, said in signs.items():
        ranks = {"most": counts[name] == max(counts.values()), "first": name == next(iter(signs))}
        found = said | {sign for sign, is_so in ranks.items() if is_so}
        yield Candidate("networks", name, -best[name][1], frozenset(found))


def signs_at(tagged: TaggedSentence, place: int, whose: Whose) -> set[str]:
    """Return what a sentence says of the network at a place."""
    before, after = tagged.text[max(0, place - 160) : place], tagged.text[place + 1 : place + 160]
    signs = {whose.value} | ({"with show"} if tagged.of_kind("show") else set())
    if on := _ON.search(before):
        said = f"on: {subject_of(before[: on.start()]) or 'nothing'}"
        signs.add(f"other: {said}" if whose is Whose.OTHER else said)
    if whose is Whose.OTHER:
        return signs
    return signs | {name for name, form in _SIGNS.items() if form.search(f"{before}\0{after}")}
