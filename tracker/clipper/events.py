"""What happens in a clause, and to what: the show comes out, a book was published, the platform starts."""

from __future__ import annotations

import re
from itertools import pairwise
from typing import Final, NamedTuple

from tracker.clipper.lexicon import KIND
from tracker.clipper.tagged import N, O, P, T, TaggedSentence, W

_PICTURES: Final = r"(?:trailers?|teasers?|posters?|stills?|clips?|images?|photos?|visuals?|videos?|footage|statement)"
_SOURCE: Final = r"(?:novels?|manga|webtoons?|books?|comics?|games?|memoir|stor(?:y|ies))"
THINGS: Final = (
    rf"(?:{_PICTURES}|{_SOURCE}|volumes?|albums?|singles?|songs?|soundtrack|tickets?|(?:press )?conference|ceremony|"
    r"events?|festival|awards?|concert|tour|interview|documentary|platform|streamer|service|channel|network|app|studio|"
    r"company|exhibition|podcast|magazine|report|article|page|website|site|issue|newsletter|blog)"
)
"""What comes out, or is put off, and is no show."""
FILMING: Final = (
    r"(?:filming|shooting|(?<!post-)(?<!pre-)production|(?:principal )?photography|cameras|(?:the|film) shoot)"
)
_FILM: Final = (
    r"(?:film(?:ing|ed)|(?:to|will) film|shoot(?:s|ing)?|shot|production(?!s| compan| house)|photography|cameras?|"
    r"(?:script|table)[- ]?read(?:ing)?s?|(?:pre|post)-?production|wrap(?:s|ped)?|rehears\w+|auditions?)"
)
OUT: Final = (
    r"premier(?:e|es|ed|ing)|air(?:s|ed|ing)?|debut(?:s|ed|ing)?|(?<!new |big )releas(?:e|es|ed|ing)|"
    r"launch(?:es|ed|ing)?|arriv(?:e|es|ed|ing|al)|drop(?:s|ped|ping)?|land(?:s|ed|ing)?|broadcast\w*|"
    rf"com(?:es?|ing) (?:out|to|soon|this|next|later|in|on)|(?:hit|reach)\w* (?:the )?(?:\w+ )?(?:screens?|{N})|"
    r"stream(?:s|ed|ing)?(?! (?:sites?|platforms?|services?|giants?|rights))|bow(?:s|ed)?|open(?:s|ed|ing)?|"
    r"theat(?:er|re)s|cinemas|available|return(?:s|ing)?|back (?:on|for|in)|start(?:s|ing)?|kicks off|"
    r"screen(?:s|ed|ing)|shown|runs?|(?:first|pilot) episode|due|slated for|expected (?:in|on|by|this|next)"
)
_EVENTS: Final = {
    "say": r"announc\w+|report(?:s|ed|edly)?|confirm\w*|reveal\w*|said|says|told|stat(?:ed|ement)|posted|shared|"
    rf"unveil\w*|according|took to|wrote|attend\w*|interview\w*|releas\w+ (?:[\w-]+ ){{1,4}}?{_PICTURES}",
    "move": r"mov(?:es?|ed|ing) (?:up|back|from|to)|push\w*|delay\w*|postpon\w*|shift(?:ed|s)?|put off|reschedul\w*",
    "film": _FILM,
    "life": r"born|died|death|married|published|written|won|joined|signed|set in|starred|appeared|renewed|ordered",
    "out": OUT,
}
"""What happens; of two at a place the first."""
_EVENT: Final = re.compile(
    "|".join(rf"(?P<{kind}>\b(?:{words})(?!\w))" for kind, words in _EVENTS.items()), re.IGNORECASE
)
_STARTS: Final = re.compile(r"start|kick|due|slated|run|return", re.IGNORECASE)
"""What filming does as well as a show."""
_OF_SOURCE: Final = rf"(?: {KIND})*(?: of [^,;]{{1,160}}?\b{_SOURCE}\b)?"
_SUBJECTS: Final = {
    "it": rf"\b(?:(?:produc\w+|order\w*|greenl\w+|announc\w+|develop\w*|into) an?|the|this|its|untitled|new|upcoming) "
    rf"(?:(?!next|other|previous|last|debut|[\w-]+'s )[\w'-]+ ){{0,4}}?(?:{KIND}|season)\b{_OF_SOURCE}|"
    r"\b(?:it|episodes|season|its (?:premiere|debut))\b",
    "thing": rf"\b{THINGS}\b(?: (?:for|of|to|from|on|about) (?:(?:the|its) )?(?:[\w'-]+ ){{0,3}}?(?:{W}|{KIND}\b))?",
    "another": rf"(?:(?:\b(?:his|her|their|my|our)|(?<!{N})'s|s') (?:[\w'-]+ ){{0,3}}?(?:next|other|previous|last|"
    r"latest|first|debut|hit|second|new|upcoming|recent)|\b(?:another|both|these|several|many|other|no|any|every|each|"
    rf"(?<!is )(?<!as )an?)) (?:[\w'-]+ ){{0,4}}?(?:{KIND}|script|work|role)s?\b|"
    r"\b(?:[\w-]*dramas|films|movies|shows|thrillers|comedies|originals|titles|projects)\b",
    "title": T, "work": O, "network": N, "person": rf"{P}|\b(?:he|she|they)\b",
}  # fmt: skip
"""What it happens to: the show by its title or another word, a thing, a work that has no name here, …"""
_SUBJECT: Final = re.compile("|".join(rf"(?P<{kind}>{form})" for kind, form in _SUBJECTS.items()), re.IGNORECASE)
OBJECT: Final = re.compile(
    rf" (?:(?:the|its|his|her|new) )?(?:[\w'-]+ ){{0,4}}?(?:(?P<title>{T})|(?P<it>the (?:[\w'-]+ ){{0,3}}?{KIND}\b))"
)
"""What somebody premieres, films or puts off."""
_BEFORE: Final = 300
"""How many characters before a verb its subject is looked for."""
_NAME: Final = f"[{O[1:-1]}{P[1:-1]}{N[1:-1]}]"
_ASIDES: Final = re.compile(
    r",? (?:starring|featuring|based on|(?:directed|written|created|penned|inspired) by|from|with|by|about|after|"
    rf"following|alongside|opposite|including|like|than|as|on) (?:[\w'’.-]+ ){{0,5}}?(?:{_NAME}|{_SOURCE}\b)"
    rf"(?:(?:,| and|, and| &) {_NAME})*,?|\([^()]{{0,80}}\)|, an? [^,;]{{3,80}},|"
    r" (?:on|from) which [^,;]{0,30}? (?:based|adapted|made)\b|"
    rf" (?:on|in|at|via|for|to|with) (?:(?:the|its|their|an?) )?(?:[\w'-]+ ){{0,2}}{THINGS}\b"
)
"""What stands between a subject and its verb."""
_CUTS: Final = re.compile(
    r"; | [—–-] |(?<=[a-z])[.!?…]\"? |: |, (?:while|whereas|but|as|when|so)\b|"
    r",? and (?=(?:he|she|they|it|the|that|its)\b)"
)
_AHEAD: Final = re.compile(
    r"\b(?:will|won't|to|set|slated|scheduled|due|expected|confirmed|planned|plans|aim\w*|upcoming|'ll|going|ready)"
    r"(?: \w+){0,4} $",
    re.IGNORECASE,
)
ORIGINALLY: Final = re.compile(
    r"\b(?:originally|initial(?:ly)?|previously|(?:was|were|had been) (?:\w+ )?(?:to|due|set|slated|scheduled|supposed|"
    r"planned|expected)|supposed to|instead of|rather than|(?:should|would) have|had been)\b",
    re.IGNORECASE,
)
_NOT: Final = re.compile(
    r"\b(?:not|never|no|yet to|without|until|before|unless|if|whether)\b[^,;]{0,25}$|"
    r"n't\b[^,;]{0,15}$|n't the only\b[^,;]{0,40}$"
)
_PAST: Final = re.compile(r"ed$|^(?:shown|shot|came|began)$")


class Event(NamedTuple):
    """Something that happens in a sentence with signs."""

    kind: str  # out, film, say, move, end, life
    start: int
    end: int
    clause: tuple[int, int]  # where the clause begins and ends in which it happens
    subject: str  # title, it (the show by another word), another (work without a name), work, thing, network, person
    mode: str  # as `mode_of`


def find_events(tagged: TaggedSentence) -> tuple[Event, ...]:
    """Return what happens in a sentence, in its order."""
    text = tagged.text
    events: list[Event] = []
    for start, end in pairwise([0, *(match.end() for match in _CUTS.finditer(text)), len(text)]):
        for match in _EVENT.finditer(text, start, end):
            before = text[max(start, match.start() - _BEFORE) : match.start()]
            subject = subject_of(before)
            if not subject and len(before.split()) < 4:  # "Set to air in April, the drama …"
                subject = _kind(_SUBJECT.search(text, match.end(), end))
            if subject not in ("title", "it", "another", "work"):
                subject = _kind(OBJECT.match(text, match.end(), end)) or subject
            is_of_filming = events and events[-1].kind == "film" and events[-1].clause[0] == start
            kind = "film" if is_of_filming and _STARTS.match(match[0]) else _kind(match)
            events.append(Event(kind, *match.span(), (start, end), subject, mode_of(before, match[0])))
    return tuple(events)


def _kind(match: re.Match[str] | None) -> str:
    return (match.lastgroup or "") if match else ""


def subject_of(before: str) -> str:
    """Return what the subject before a verb is, as `Event.subject`: the last that is no aside; "" for none."""
    kind = ""
    for match in _SUBJECT.finditer(_ASIDES.sub(" ", before)):
        found = _kind(match)
        if found not in ("person", "network") or kind not in ("title", "it", "work", "another", "thing"):
            kind = found
    return kind


def mode_of(before: str, verb: str) -> str:
    """Return whether something does "not" happen, was "originally" to, is "ahead", or "past"; "" for the rest."""
    if _NOT.search(before):
        return "not"
    if ORIGINALLY.search(before[-60:].rpartition(", ")[2]):
        return "originally"
    if _AHEAD.search(before):
        return "ahead"
    return "past" if _PAST.search(verb) else ""


def governing(events: tuple[Event, ...], place: int) -> tuple[Event | None, Event | None]:
    """Return the nearest event before a place, and after it, in the same clause."""
    here = [event for event in events if event.clause[0] <= place < event.clause[1]]
    before = [event for event in here if event.end <= place]
    after = [event for event in here if event.start > place]
    return (before[-1] if before else None), (after[0] if after else None)
