"""How far the show is: what is said of filming, of the order, of its coming out; nothing understood, nothing said."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from itertools import islice
from typing import Final, NamedTuple

from tracker.clipper.annotated_article import AnnotatedArticle
from tracker.clipper.candidate import Candidate
from tracker.clipper.events import FILMING, OBJECT, OUT, THINGS, mode_of, subject_of
from tracker.clipper.release import is_coming, read_dates
from tracker.clipper.scope import Whose
from tracker.clipper.tagged import O, T, TaggedSentence
from tracker.model.status import Status

_BEGIN: Final = r"(?:start(?:s|ed|ing)?|beg(?:ins?|an|un)|kick(?:s|ed)? off|commenc(?:es?|ed)|goes into|enter(?:s|ed))"
_DONE: Final = r"(?:wrap(?:s|ped)?|finish(?:es|ed)?|complet(?:es|ed)|conclud(?:es|ed)|ended)"
_ROLE: Final = r"(?:star|lead|headline|play|portray)"
_FORMS: Final = {
    "cancelled": r"(?:cancel(?:l?ed|s|lation|l?ing)|scrapped|axed|not moving\b|"
    r"(?:will not|won't) (?:return|go|be renewed)\b)",
    "put off": r"(?:postpon\w+|delay(?:ed|s)|push(?:ed|es)? (?:\S+ )?(?:back|to|from)|put (?:off|on hold)|on hold|"
    r"halt(?:ed|s)|suspended|moved (?:back|from|to a later)|rescheduled)\b",
    "coming": rf"(?:{OUT})\b",
    "out": r"(?:(?:now|currently|already) (?:airing|streaming|showing|available|out)|airs (?:every|(?:on )?\w+days))\b",
    "wrapped": rf"(?:{_DONE}(?: up)?(?: \w+){{0,2}} {FILMING}|{FILMING}[^,;.]{{0,50}}? {_DONE}|post-?production|"
    r"it's a wrap|(?:has|have) (?:\w+ly |already |just )?wrapped)\b",
    "filming": rf"(?:(?:currently|now|is|are|been|already|was|were|still) (?:\w+ )?(?:filming|shooting|being filmed)|"
    rf"{FILMING}[^,;.]{{0,50}}? (?:under ?way|in progress|rolling|ongoing|{_BEGIN})|"
    rf"{_BEGIN}(?: (?!of )[\w-]+){{0,2}} {FILMING}|in production|on (?:the )?floors|(?:to|will) (?:film|shoot)(?= )|"
    r"film (?:shoot|crews?)\b)",
    "to film": r"(?:script[- ]?reading|table[- ]?read|pre-?production)\b",
    "in talks": r"(?:in (?:\w+ )?(?:talks|negotiations|discussions)|considering|reviewing|rumou?r\w*|"
    r"received (?:an |the )?(?:\w+ )?offer|been offered|positively)\b",
    "cast": rf"(?:(?:join|head|board)(?:s|ed|ing)?(?: [\w'-]+){{0,3}} (?:cast|ensemble|series|drama|film)|been cast|"
    rf"cast (?:as|in|for)|(?:will|to) {_ROLE}|tapped|attached|signed on|confirm(?:s|ed) (?:to|as|for)|casts)\b",
    "ordered": r"(?:order(?:s|ed)|greenl\w+|green-?lit|commission(?:s|ed)|pick(?:s|ed) up|renew(?:s|ed|al)|"
    r"announc(?:es|ed)|in development|develop(?:ed|ing)|in the works|adapt\w+|acquired)\b",
}
"""Patterns for small letters; where the word begins is looked at afterwards, which is five times as fast."""
_CUES: Final = {name: re.compile(form) for name, form in _FORMS.items() if name != "coming"}
_STATUS: Final = {
    "cancelled": Status.CANCELLED, "put off": Status.POSTPONED, "coming": Status.SCHEDULED, "out": Status.AIRING,
    "wrapped": Status.POST_PRODUCTION, "filming": Status.FILMING, "to film": Status.PRE_PRODUCTION,
    "in talks": Status.RUMORED, "cast": Status.ANNOUNCED, "ordered": Status.ANNOUNCED,
}  # fmt: skip
"""What each cue says, the strongest first: who has a day does not count as casting any more."""
_ORDER: Final = list(dict.fromkeys(_STATUS.values()))
_ALIKE: Final = {Status.HIATUS: Status.POSTPONED, Status.AIRING: Status.SCHEDULED, Status.RELEASED: Status.SCHEDULED}
"""Statuses that are said in the words of another."""
_OF_FILMING: Final = re.compile(r"film|shoot|production|photography|camera|wrap|floors")
_OTHER_CUES: Final = {name: form for name, form in _CUES.items() if name not in ("wrapped", "filming")}
_BEGINS: Final = re.compile(r"\b(?:starts?|begins?|kicks? off|goes into|to|will|would)\b")
_EVENT: Final = re.compile(rf" (?:[\w'-]+ ){{0,3}}?{THINGS}\b")
"""What is cancelled or put off and is no show."""
_OF_ANOTHER: Final = re.compile(rf"[^.;{T[1:-1]}]{{0,50}}{O}")
"""What is filmed, or who is cast, where it is another work."""
_UNREAD: Final = re.compile(
    r"\b(?:film(?:ing|ed)|shoot(?:s|ing)?|wrap(?:s|ped)?|production (?:on|of|for|is|was|has))\b"
)
"""Words of filming; a sentence with them that no cue has understood leaves it open how far the show is."""
_EARLY: Final = frozenset({Status.ANNOUNCED, Status.RUMORED})
_OFF: Final = ("cancelled", "put off")
_MOST: Final = 3
_BEFORE: Final = 120


class Cue(NamedTuple):
    """A place that says how far something is."""

    name: str
    number: int  # of the sentence
    is_sure: bool  # of the show, in plain words
    signs: frozenset[str]


def find_statuses(annotated: AnnotatedArticle) -> Iterator[Candidate]:
    """Return how far the show may be."""
    best: dict[Status, list[Cue]] = {}
    for cue in (*_cues(annotated), *_coming(annotated)):
        best.setdefault(_STATUS[cue.name], []).append(cue)
    found = [status for status in _ORDER if status in best]
    stronger: list[Status] = []
    is_unread = _is_filming_unread(annotated, best)
    for status in found:
        top = max(best[status], key=lambda cue: (cue.is_sure, -cue.number))
        signs = {*top.signs, *(f"{one.value} is sure" for one in stronger)}
        signs |= {cue.name for cue in best[status]} & {"cast"}
        if stronger or (is_unread and status in _EARLY):
            signs.add("outranked")
        elif top.is_sure and status is found[0]:
            signs.add("strongest")
        if top.is_sure:
            stronger.append(status)
        yield Candidate("status", status.value, top.number, frozenset(signs))


def _is_filming_unread(annotated: AnnotatedArticle, cues: Mapping[Status, Iterable[Cue]]) -> bool:
    """Return whether a sentence tells of filming in words that no cue has understood."""
    understood = {cue.number for status in cues.keys() - _EARLY for cue in cues[status]}
    return any(
        number not in understood
        and (match := _UNREAD.search(tagged.text))
        and annotated.whose(number, match.start()) is Whose.THIS
        for number, tagged in enumerate(annotated.tagged)
    )


def says_status(passage: str, status: Status) -> int | None:
    """Return where a passage says a status, in words that its clause does not deny; None for nowhere."""
    low = _small(passage).replace("’", "'")
    wanted = {status, _ALIKE.get(status, status)}
    for form in (status.value, *(form for name, form in _FORMS.items() if _STATUS[name] in wanted)):
        for match in islice(re.finditer(form, low), _MOST):
            before = low[: match.start()]
            if not before[-1:].isalnum() and mode_of(before, "") != "not":
                return match.start()
    return None


def _small(text: str) -> str:
    """Return a text in small letters, each in its place."""
    return low if len(low := text.lower()) == len(text) else text  # "İ" is two letters in small


def _cues(annotated: AnnotatedArticle) -> Iterator[Cue]:
    for number, tagged in enumerate(annotated.tagged):
        low = _small(tagged.text)
        cues = _CUES.items() if _OF_FILMING.search(low) else _OTHER_CUES.items()
        for name, form in cues:
            for match in islice(form.finditer(low), _MOST):
                start, end = match.span()
                before = tagged.text[max(0, start - _BEFORE) : start]
                if before[-1:].isalnum() or (name in _OFF and _EVENT.match(low, end)):
                    continue
                said = _what_is_said(name, match[0], before, is_heading=tagged.sentence.is_heading)
                subject = "another" if _OF_ANOTHER.match(tagged.text, end) else subject_of(before)
                if subject not in ("title", "it") and (shown := OBJECT.match(tagged.text, end)):
                    subject = shown.lastgroup or ""
                if said:
                    yield _cue(said, number, tagged, annotated.whose(number, start), subject)


def _what_is_said(name: str, words: str, before: str, *, is_heading: bool) -> str:
    """Return what a cue comes to: filming that is ahead is "to film", a wrap ahead "filming"; "" for nothing.

    "Ida Roe starts filming" is ahead in a sentence, and has happened in a headline.
    """
    mode = mode_of(f"{before}{words.rpartition(' ')[0]} " if name in ("wrapped", "filming") else before, "")
    if mode in ("not", "originally"):
        return ""
    if name == "wrapped":
        return "filming" if mode == "ahead" else name
    is_ahead = mode == "ahead" or (not is_heading and _BEGINS.search(words))
    return "to film" if name == "filming" and is_ahead else name


def _cue(name: str, number: int, tagged: TaggedSentence, whose: Whose, subject: str) -> Cue:
    is_sure = subject != "another" and (whose is Whose.THIS or (whose is Whose.UNCLEAR and number < 3))
    is_sure &= name not in _OFF or subject in ("title", "it")
    signs = {
        "this": whose is Whose.THIS,
        "headline": number < 2 and tagged.sentence.is_heading,
    }  # fmt: skip
    return Cue(name, number, is_sure, frozenset(sign for sign, is_so in signs.items() if is_so))


def _coming(annotated: AnnotatedArticle) -> Iterator[Cue]:
    """Return the dates on which the show is to come out, whose year need not be known."""
    for one in read_dates(annotated):
        if is_coming(one.signs):
            is_of_show = bool({"of title", "of it"} & one.signs)
            whose = annotated.whose(one.number, one.place)
            is_sure = is_of_show and bool({"out right before", "is ahead"} & one.signs)
            yield _cue("coming", one.number, annotated.tagged[one.number], whose, "")._replace(is_sure=is_sure)
