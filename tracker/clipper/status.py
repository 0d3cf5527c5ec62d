"""How far the show is: what is said of filming, of the order, of its coming out; nothing understood, nothing said."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice
from typing import Final, NamedTuple

from tracker.clipper.annotated_article import AnnotatedArticle
from tracker.clipper.candidate import Candidate
from tracker.clipper.events import FILMING, OBJECT, THINGS, mode_of, subject_of
from tracker.clipper.release import is_coming, is_title_sure, read_dates
from tracker.clipper.scope import Whose
from tracker.clipper.tagged import O, T, TaggedSentence
from tracker.model.status import Status


def _compiled(forms: dict[str, str]) -> dict[str, re.Pattern[str]]:
    return {name: re.compile(form) for name, form in forms.items()}


_BEGIN: Final = (
    r"(?:start(?:s|ed|ing)?|beg(?:ins?|an|un|inning)|kick(?:s|ed|ing)? off|commenc(?:es?|ed|ing)|"
    r"(?:go|goes|went|gone) into|enter(?:s|ed)?)"
)
_DONE: Final = r"(?:wrap(?:s|ped)?|finish(?:es|ed)?|complet(?:es|ed)|conclud(?:es|ed)|ended)"
_CUES: Final = _compiled({
    "cancelled": r"(?:cancel(?:led|ed|s|lation|ling|ing)|scrapped|axe[ds]|pull(?:s|ed) the plug|pass(?:es|ed) on|"
    r"not (?:be )?moving forward|(?:will not|won't) (?:return|renew|continue|go (?:on|ahead|forward)|happen)\w*)",
    "put off": r"(?:postpon\w+|delay(?:ed|s)|push(?:ed|es)? (?:\S+ )?(?:back|to|from)|put (?:off|on hold)|on hold|"
    r"halt(?:ed|s)|suspend(?:ed|s)|shut down|moved (?:back|from|to a later)|rescheduled)\b",
    "out": r"(?:(?:now|currently|already) (?:airing|streaming|showing|available|playing|out|in theat\w+)|"
    r"new episodes? (?:airs?|drops?|streams?|arrives?|every)|airs (?:every|on \w+days|\w+days))\b",
    "wrapped": rf"(?:{_DONE}(?: up)?(?: \w+){{0,2}} {FILMING}|{FILMING}[^,;.]{{0,50}}? {_DONE}|"
    r"post-?production|(?:it's a|series|season|picture) wrap|(?:has|have) (?:\w+ly |already |just )?wrapped)\b",
    "filming": r"(?:(?:currently|now|is|are|been|already|was|were|still) (?:\w+ )?(?:filming|shooting|"
    rf"in production|being (?:filmed|shot))|{FILMING}[^,;.]{{0,50}}? (?:under ?way|in progress|rolling|ongoing|"
    rf"taking place|{_BEGIN})|{_BEGIN}(?: (?!of )[\w-]+){{0,2}} {FILMING}|roll(?:s|ed|ing)? cameras|in production|"
    r"first day (?:of|on) (?:set|filming)|(?:on|to) (?:the )?floors|film (?:shoot|crews?)|"
    r"(?:to|will|would) (?:film|shoot)(?= ))",
    "prepared": r"(?:script[- ]?reading|table[- ]?read|pre-?production)\b",
    "in talks": r"(?:in (?:\w+ )?(?:talks|negotiations|discussions)|considering|reviewing|rumou?r\w*|eyed|"
    r"circling|received (?:an |the )?(?:\w+ )?offer|been offered|positively)\b",
    "cast": r"(?:(?:join|round|head|board)(?:s|ed|ing)?(?: [\w'-]+){0,3} (?:cast|ensemble|series|drama|film)|"
    r"been cast|cast (?:as|in|for|opposite|alongside)|(?:will|to) (?:star|lead|headline|play|portray)|tapped|"
    r"attached|signed on|confirm(?:s|ed) (?:to|as|for)|comes? aboard|boards|casts)\b",
    "ordered": r"(?:order(?:s|ed)|greenl\w+|green-?lit|commission(?:s|ed)|pick(?:s|ed) up|renew(?:s|ed|al)|"
    r"announc(?:es|ed)|in development|develop(?:ed|ing)|in the works|adapt\w+|acquired)\b",
})  # fmt: skip
"""Patterns for small letters; where the word begins is looked at afterwards, which is five times as fast."""
_OF_FILMING: Final = re.compile(r"film|shoot|shot|production|photography|camera|wrap|floors")
_STATUS: Final = {
    "cancelled": Status.CANCELLED,
    "put off": Status.POSTPONED,
    "coming": Status.SCHEDULED,
    "out": Status.AIRING,
    "wrapped": Status.POST_PRODUCTION,
    "filming": Status.FILMING,
    "to film": Status.PRE_PRODUCTION,
    "prepared": Status.PRE_PRODUCTION,
    "in talks": Status.RUMORED,
    "cast": Status.ANNOUNCED,
    "ordered": Status.ANNOUNCED,
}
"""What each cue says, the strongest first: who has a day does not count as casting any more."""
_BEGUN: Final = re.compile(
    r"(?:start|enter|kick|commenc|roll)ed\b|began|begun|under|rolling|ongoing|progress|currently|now|already"
)
_BEGINS: Final = re.compile(r"\b(?:starts?|begins?|kicks? off|goes into|to|will|would)\b", re.IGNORECASE)
_EVENT: Final = re.compile(rf" (?:[\w'-]+ ){{0,3}}?{THINGS}\b", re.IGNORECASE)
"""What is cancelled or put off and is no show."""
_OF_ANOTHER: Final = re.compile(rf"[^.;{T[1:-1]}]{{0,50}}{O}")
"""What is filmed, or who is cast, where it is another work."""
_UNREAD: Final = re.compile(
    r"\b(?:film(?:ing|ed)|shoot(?:s|ing)?|wrap(?:s|ped)?|production (?:on|of|for|is|was|has|will))\b", re.IGNORECASE
)
"""Words of filming; a sentence with them that no cue has understood leaves it open how far the show is."""
_MOST: Final = 3


class Cue(NamedTuple):
    """A place that says how far something is."""

    name: str
    number: int  # of the sentence
    signs: frozenset[str]
    is_sure: bool  # of the show, in plain words


def find_statuses(annotated: AnnotatedArticle) -> Iterator[Candidate]:
    """Return how far the show may be."""
    best: dict[Status, list[Cue]] = {}
    for cue in [*_cues(annotated), *_coming(annotated)]:
        best.setdefault(_STATUS[cue.name], []).append(cue)
    order = list(dict.fromkeys(_STATUS.values()))
    sure = [status for status in order if any(cue.is_sure for cue in best.get(status, ()))]
    understood = {
        cue.number for cues in best.values() for cue in cues if cue.name not in ("cast", "ordered", "in talks")
    }
    is_unread = _is_filming_unread(annotated, understood)
    for status, cues in best.items():
        top = max(cues, key=lambda cue: (cue.is_sure, "lead" in cue.signs, -cue.number))
        signs = {f"is {status.value}", *top.signs, *(cue.name for cue in cues)}
        if top.is_sure:
            signs |= {"sure", f"sure of {status.value}"}
        if sum(cue.is_sure for cue in cues) > 1:
            signs.add("twice")
        stronger = [one for one in sure if order.index(one) < order.index(status)]
        signs |= {f"{one.value} is sure" for one in stronger}
        if stronger or (is_unread and status in (Status.ANNOUNCED, Status.RUMORED)):
            signs.add("outranked")
        elif any(order.index(one) < order.index(status) for one in best):
            signs.add("perhaps outranked")
        elif top.is_sure:
            signs.add("strongest")
        yield Candidate("status", status.value, top.number, frozenset(signs))


def _is_filming_unread(annotated: AnnotatedArticle, understood: set[int]) -> bool:
    return any(
        annotated.whose(number, match.start()) is Whose.THIS
        for number, tagged in enumerate(annotated.tagged)
        if number not in understood and (match := _UNREAD.search(tagged.text))
    )


def _cues(annotated: AnnotatedArticle) -> Iterator[Cue]:
    is_sure = is_title_sure(annotated)
    for number, tagged in enumerate(annotated.tagged):
        low = tagged.text.lower()
        low = low if len(low) == len(tagged.text) else tagged.text  # "İ" is two letters in small
        is_of_filming = _OF_FILMING.search(low)
        for name, form in _CUES.items():
            if name in ("wrapped", "filming") and not is_of_filming:
                continue
            for match in islice(form.finditer(low), _MOST):
                start = match.start()
                before = tagged.text[max(0, start - 120) : start]
                if before[-1:].isalnum() or (name in ("cancelled", "put off") and _EVENT.match(low, match.end())):
                    continue
                inner = match[0].rpartition(" ")[0] + " " if name in ("wrapped", "filming") else ""
                mode = mode_of(before + inner, "")
                said = _what_is_said(name, match[0], mode, is_heading=tagged.sentence.is_heading)
                if said:
                    is_other = is_sure and _OF_ANOTHER.match(tagged.text, match.end())
                    subject = "another" if is_other else subject_of(before)
                    if subject not in ("title", "it") and (shown := OBJECT.match(tagged.text, match.end())):
                        subject = shown.lastgroup or ""
                    if name not in ("cancelled", "put off") or subject in ("title", "it", "work"):
                        yield _cue(said, number, tagged, annotated.whose(number, start), subject)


def _what_is_said(name: str, words: str, mode: str, *, is_heading: bool) -> str:
    """Return what a cue comes to: filming that is ahead is "to film", a wrap ahead "filming"; "" for nothing.

    "Ida Roe starts filming" is ahead in a sentence, and has happened in a headline.
    """
    if mode in ("not", "originally"):
        return ""
    if name == "wrapped" and mode == "ahead":
        return "filming"
    begins = not is_heading and _BEGINS.search(words)
    is_ahead = name == "filming" and not _BEGUN.search(words) and (mode == "ahead" or begins)
    return "to film" if is_ahead else name


def _cue(name: str, number: int, tagged: TaggedSentence, whose: Whose, subject: str) -> Cue:
    is_show = subject in ("title", "it") or bool(tagged.of_kind("show"))
    signs = {whose.value, "with show" if is_show else "without show"}
    if subject == "another":
        signs.add("of another")
    if number < 3:
        signs.add("lead")
    if tagged.sentence.is_heading and number < 2:
        signs.add("headline")
    is_sure = subject != "another" and (whose is Whose.THIS or (whose is Whose.UNCLEAR and number < 3))
    if name == "ordered":
        is_sure &= is_show
    elif name in ("cancelled", "put off"):
        is_sure &= subject in ("title", "it")
    return Cue(name, number, frozenset(signs), is_sure)


def _coming(annotated: AnnotatedArticle) -> Iterator[Cue]:
    """Return the dates on which the show is to come out, whose year need not be known."""
    for one in read_dates(annotated):
        if is_coming(one.signs) and "today" not in one.signs:
            tagged = annotated.tagged[one.number]
            subject = "it" if {"of title", "of it"} & one.signs else ""
            cue = _cue("coming", one.number, tagged, annotated.whose(one.number, one.place), subject)
            is_sure = subject == "it" and bool({"out right before", "time", "is ahead"} & one.signs)
            yield cue._replace(is_sure=is_sure, signs=cue.signs | ({"ahead"} if "is ahead" in one.signs else set()))
