"""When it comes out: the date that a clause ties to the show's coming out."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from datetime import date
from functools import lru_cache
from typing import Final, NamedTuple

from tracker.clipper.annotated_article import AnnotatedArticle
from tracker.clipper.candidate import Candidate
from tracker.clipper.confidence import SAID
from tracker.clipper.dates import DateMention
from tracker.clipper.events import ORIGINALLY, Event, find_events, governing
from tracker.clipper.scope import Whose
from tracker.clipper.tagged import D, N, TaggedSentence, W
from tracker.errors import BadValue
from tracker.model.window import Window
from tracker.model.window_parser import parse_window

_NAMES_ONLY: Final = re.compile(
    rf"^(?:[^\w.;]|{D}|{N}|{W}|\b(?:on|in|at|from|this|to|by|for|and|or|the|a|via|its|it|worldwide|globally|exclusively|"
    r"only|sometime|some|time|starting|early|late|mid|during|theat\w+|cinemas|screens|date|is|set|of|first|next|coming|"
    r"\w+day|\w+ly)\b){0,24}$"
)
"""Between a verb and its own date."""
_SMALL: Final = r"(?:on|in|at|to|and|with|for|from|by|right|after|following|premiere|release|debut|launch)"
_NEXT: Final = {
    "attribute": rf"^(?:['’]s)? (?:(?!{_SMALL}\b)[\w-]+ ){{0,3}}?(?:novel|book|film|movie|drama|series|hit|comedy|"
    rf"episode|thriller|version|finale|season|festival|awards?|album|manga|memoir|documentary|{W})|^\)",
    "time": r"^(?: at|,| from)? \(?(?:\d{1,2}(?::\d\d|\.\d\d)? ?(?:[ap]\.?m|KST|ET|EST|PT)|\d{1,2}:\d\d|primetime|"
    r"midnight)",
}
_FIRST: Final = re.compile(r"^\W*(?:(?:on|in|this|from|and|then|starting|\w+day,?) )*$", re.IGNORECASE)
"""Before a date that opens its clause: "On May 14, the series premieres"."""
_PREMIERE: Final = re.compile(r"(?:'s)? (?:\w+ )?(?:premiere|release|debut|launch|bow|opening|broadcast|start)\b")
_NEXT_SIGNS: Final = {name: re.compile(form, re.IGNORECASE) for name, form in _NEXT.items()}
_OTHERS: Final = ("another", "thing", "network", "person")
"""What a date of the show does not belong to."""
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
    is_sure = is_title_sure(annotated)
    for number, tagged in enumerate(annotated.tagged):
        dates = tagged.of_kind("date")
        events = find_events(tagged) if dates else ()
        for sign, tag in tagged.tags.items():
            if tag.date is None:
                continue
            place = tagged.text.index(sign)
            whose = annotated.whose(number, place)
            signs = signs_at(tagged, place, events) | _signs_of_date(tag.date, annotated.published) | {whose.value}
            if whose is Whose.OTHER and "of work" in signs and is_sure:
                signs = {sign for sign in signs if "out" not in sign} | {"another comes out"}
            if whose is Whose.OTHER and not {"of title", "of nothing"} & signs:
                signs = {f"other's: {sign}" if sign.startswith("of ") else sign for sign in signs}
            yield DatePlace(tag.value, number, place, frozenset(signs))


def is_title_sure(annotated: AnnotatedArticle) -> bool:
    """Return whether a work by another title is surely not the show."""
    return bool(annotated.ranked_titles) and annotated.ranked_titles[0].confidence >= SAID["title"]


def is_coming(signs: frozenset[str]) -> bool:
    """Return whether a date is one on which something, likely the show, is still to come out."""
    return "out" in signs and not _NO_LONGER & signs


def find_releases(annotated: AnnotatedArticle) -> Iterator[Candidate]:
    """Return when it may come out, in the form of the file: of a date that stands in several places, the best."""
    best: dict[str, DatePlace] = {}
    outs = Counter[str]()
    for one in read_dates(annotated):
        if window_of(one.value) is None:
            continue
        outs[one.value] += "out" in one.signs
        if one.value not in best or _rank(one) > _rank(best[one.value]):
            best[one.value] = one
    coming = [value for value, one in best.items() if is_coming(one.signs)]
    for value, one in best.items():
        signs = set(one.signs)
        if "out" in signs:
            signs.add("only one" if coming == [value] else "one of several" if coming else "none")
            signs |= {"twice"} if outs[value] > 1 else set()
        yield Candidate("release", value, one.number, frozenset(signs))


def _rank(one: DatePlace) -> tuple[bool, bool, bool, int]:
    return "out" in one.signs, bool({"of title", "of it"} & one.signs), "other" not in one.signs, -one.number


def signs_at(tagged: TaggedSentence, place: int, events: tuple[Event, ...]) -> set[str]:
    """Return what a sentence says of the date at a place: what happens then, and to what."""
    before, after = governing(events, place)
    rest = tagged.text[place + 1 : place + 100]
    signs = {name for name, form in _NEXT_SIGNS.items() if form.search(rest)}
    event = before
    if before is not None:
        gap = tagged.text[before.end : place]
        signs.add(before.kind)
        if ORIGINALLY.search(gap):  # "its release date was to be 31 July"
            event = before._replace(mode="originally")
        if _NAMES_ONLY.match(gap):
            signs.add(f"{before.kind} right before")
    elif after is not None:
        event = after
        signs.add(f"then {after.kind}")
        if after.kind == "out" and _FIRST.search(tagged.text[after.clause[0] : place]):
            signs.add("out")
    else:
        signs.add("nothing happens")
    if event is not None and event.kind == "out" and event.subject in _OTHERS:
        return {sign for sign in signs if "out" not in sign} | {"another comes out"}
    if _PREMIERE.match(rest):
        return signs | {"out", "out right before"}
    if event is not None and event.kind in ("out", "move"):
        signs.add(f"of {event.subject or 'nothing'}")
        signs.add(f"is {event.mode}" if event.mode else "is now")
    return signs


def _signs_of_date(said: DateMention, published: date | None) -> set[str]:
    window = window_of(said.window)
    signs = {("year", "part of a year", "month", "day")[said.grain]}
    if said.is_past:
        signs.add("past")
    if window is None or window.latest is None or window.earliest is None:
        return signs
    if published is None:
        signs.add("no day of the page")
        return signs
    ahead = (window.latest - published).days
    signs.add("past" if ahead < 0 else "today" if ahead == 0 else "soon" if ahead < 1100 else "too far")
    return signs
