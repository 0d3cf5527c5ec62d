"""When it comes out: the date that a clause ties to the show's coming out."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import Final, NamedTuple

from tracker.clipper.annotated_article import AnnotatedArticle
from tracker.clipper.candidate import Candidate
from tracker.clipper.confidence import SAID
from tracker.clipper.events import ORIGINALLY, Event, find_events, governing
from tracker.clipper.scope import Whose
from tracker.clipper.tagged import TaggedSentence, W
from tracker.errors import BadValue
from tracker.model.window import Window
from tracker.model.window_parser import parse_window

_ATTRIBUTE: Final = re.compile(
    r"(?:['’]s)? (?:(?!(?:on|in|at|to|and|with|for|from|by|after|premiere|release|debut|launch)\b)[\w-]+ ){0,3}?"
    rf"(?:novel|book|film|movie|drama|series|hit|comedy|episode|thriller|finale|season|festival|awards?|{W})|\)",
    re.IGNORECASE,
)
"""Behind the date of another thing: the 2024 film, May's festival."""
_PREMIERE: Final = re.compile(r"(?:'s)? (?:\w+ )?(?:premiere|release|debut|launch|bow|opening|broadcast|start)\b")
_NEAR: Final = 30
"""How many characters behind a verb its own date begins."""
_FIRST: Final = 12
"""How many characters there are before a date that opens its clause: "On May 14, the series premieres"."""
_MOVED_TO: Final = re.compile(r"\b(?:to|until|till)(?: (?:the|now|early|late))? $")
"""Between "postponed" and the date on which it comes out instead."""
_NO_LONGER: Final = frozenset({"past", "is past", "is originally", "is not"})


def window_of(text: str) -> Window | None:
    """Return the window of a date as the article says it; None for one whose year is not known."""
    try:
        return parse_window(text) if text else None
    except BadValue:
        return None


class DatePlace(NamedTuple):
    """A date in a sentence with signs."""

    value: str  # its window; "" where its year is not known
    number: int  # of the sentence
    place: int
    signs: frozenset[str]


@lru_cache(maxsize=1)
def read_dates(annotated: AnnotatedArticle) -> tuple[DatePlace, ...]:
    """Return all dates with what is said of them."""
    return tuple(_read_dates(annotated))


def _read_dates(annotated: AnnotatedArticle) -> Iterator[DatePlace]:
    ranked = annotated.ranked_titles
    is_sure = bool(annotated.wanted or (ranked and ranked[0].confidence >= SAID["title"]))
    for number, tagged in enumerate(annotated.tagged):
        events = find_events(tagged) if tagged.of_kind("date") else ()
        for sign, tag in tagged.tags.items():
            if tag.date is None:
                continue
            place = tagged.text.index(sign)
            whose = annotated.whose(number, place)
            signs = signs_at(tagged, place, events) | {whose.value}
            if whose is Whose.OTHER and "of title" not in signs:
                signs -= {"of it", "out", "out right before"} if "of work" in signs and is_sure else {"of it"}
            window, published = window_of(tag.value), annotated.published
            is_over = window and window.latest and published and window.latest <= published
            signs.add("past" if tag.date.is_past or is_over else "soon")
            yield DatePlace(tag.value, number, place, frozenset(signs))


def is_coming(signs: frozenset[str]) -> bool:
    """Return whether a date is one on which something, likely the show, is still to come out."""
    return "out" in signs and not _NO_LONGER & signs


def find_releases(annotated: AnnotatedArticle) -> Iterator[Candidate]:
    """Return when it may come out, in the form of the file: of a date that stands in several places, the best."""
    best: dict[str, DatePlace] = {}
    for one in read_dates(annotated):
        if window_of(one.value) and (one.value not in best or _rank(one) > _rank(best[one.value])):
            best[one.value] = one
    coming = [value for value, one in best.items() if is_coming(one.signs)]
    for value, one in best.items():
        yield Candidate("release", value, one.number, one.signs | ({"only one"} if coming == [value] else set()))


def _rank(one: DatePlace) -> tuple[bool, bool, bool, int]:
    return "out" in one.signs, bool({"of title", "of it"} & one.signs), "other" not in one.signs, -one.number


def signs_at(tagged: TaggedSentence, place: int, events: tuple[Event, ...]) -> set[str]:
    """Return what a sentence says of the date at a place: what happens then, and to what."""
    before, after = governing(events, place)
    rest = tagged.text[place + 1 : place + 100]
    signs = {"attribute"} if _ATTRIBUTE.match(rest) else set()
    event = before or after
    if before is not None:
        gap = tagged.text[before.end : place]
        signs.add(before.kind)
        if ORIGINALLY.search(gap):  # "its release date was to be 31 July"
            event = before._replace(mode="originally")
        if before.kind == "move" and _MOVED_TO.search(gap):
            event = before._replace(mode="ahead")
            signs |= {"out", "out right before"}
        if before.kind == "out" and len(gap) < _NEAR:
            signs.add("out right before")
    elif after is not None and after.kind == "out" and place - after.clause[0] < _FIRST:
        signs.add("out")
    if event is not None and event.kind == "out" and event.subject in ("another", "thing", "network", "person"):
        return signs - {"out", "out right before"}
    if _PREMIERE.match(rest):
        return signs | {"out", "out right before"}
    if event is not None and event.kind in ("out", "move"):
        signs |= {f"of {event.subject or 'nothing'}", f"is {event.mode or 'now'}"}
    return signs
