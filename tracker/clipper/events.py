"""What happens in a clause, and to what: the show comes out, a book was published, the platform starts."""

from __future__ import annotations

import re
from itertools import pairwise
from typing import Final, NamedTuple

from tracker.clipper.lexicon import KIND
from tracker.clipper.tagged import N, O, P, T, TaggedSentence, W

_PICTURES: Final = (
    r"(?:trailers?|teasers?|posters?|stills?|clips?|images?|photos?|visuals?|PVs?|videos?|footage|statement)"
)
THINGS: Final = (
    rf"(?:{_PICTURES}|books?|novels?|volumes?|manga|comics?|webtoons?|albums?|singles?|songs?|soundtrack|OST|tickets?|"
    r"(?:press )?conference|ceremony|events?|festival|awards?|concert|tour|game|fan ?meeting|interview|documentary|"
    r"platform|streamer|service|channel|network|app|studio|company|exhibition|podcast|magazine|report|article|page|website|site|issue|newsletter|blog)"
)
"""What comes out, or is put off, and is no show."""
FILMING: Final = (
    r"(?:filming|shooting|(?<!post-)(?<!pre-)production|(?:principal )?photography|cameras|(?:the|film) shoot)"
)
_FILM: Final = (
    r"(?:film(?:ing|ed)|(?:to|will) film|shoot(?:s|ing)?|shot|reshoots|production(?!s| compan| house)|"
    r"(?:principal )?photography|cameras?|script[- ]?readings?|table[- ]?reads?|pre-?production|post-?production|"
    r"wrap(?:s|ped)?|rehears\w+|auditions?)"
)
_EVENTS: Final = re.compile(
    r"(?P<say>\b(?:announc\w+|reported(?:ly)?|reports?|confirm\w*|reveal\w*|said|says|told|stat(?:ed|ement)|posted|"
    r"shared|unveil\w*|according|took to|wrote|tweeted|attend\w*|interview\w*|"
    rf"releas\w+ (?:(?:a|the|its|an|new|two|first|official|main|more|some) ){{1,3}}(?:[\w-]+ ){{0,3}}?{_PICTURES})\b)|"
    r"(?P<move>\b(?:mov(?:es?|ed|ing) (?:up|back|from|to|forward)|push(?:ed|es|ing)?(?: back)?|delay\w*|postpon\w*|"
    r"shift(?:ed|s)?|bump(?:ed|s)?|put off|reschedul\w*)\b)|"
    rf"(?P<film>\b(?:(?:start|begin|commence|kick|wrap)\w*(?: off| up)? (?:\w+ )?)?{_FILM}\b)|"
    r"(?P<end>\b(?:end(?:s|ed)|conclu(?:des?|ded|sion)|finale|finish\w*|final episode)\b)|"
    r"(?P<life>\b(?:born|died|death|married|wed|enlist\w*|discharged|founded|published|written|won|nominated|"
    r"joined|signed|graduat\w+|licens\w+|set in|takes place|set (?:during|against|between)|starred|appeared|renewed|"
    r"ordered|picked up|made (?:his|her|their))\b)|"
    r"(?P<out>\b(?:premier(?:e|es|ed|ing)|air(?:s|ed|ing)?|debut(?:s|ed|ing)?|"
    r"(?<!big |new )(?<!many )(?<!other )(?<!upcoming )releas(?:e|es|ed|ing)|"
    r"launch(?:es|ed|ing)?|arriv(?:e|es|ed|ing|al)|drop(?:s|ped|ping)?|land(?:s|ed|ing)?|"
    r"com(?:es?|ing) (?:out|to|soon|this|next|later|in|on)|broadcast\w*|on air|"
    rf"(?:hit|reach)(?:s|es|ed|ting|ing)? (?:the )?(?:\w+ )?(?:theat\w+|cinemas|screens?|air\w*|{N})|"
    r"stream(?:s|ed|ing)?(?! (?:sites?|platforms?|services?|giants?|rights))|bow(?:s|ed|ing)?|open(?:s|ed|ing)?|"
    r"roll(?:s|ing)? out|(?:greet|meet)\w* (?:viewers|audiences)|theat(?:er|re)s|cinemas|available|"
    r"return(?:s|ing)?|back (?:on|for|in)|start(?:s|ing)?|kick(?:s|ing)? off|screen(?:s|ed|ing)|shown|runs?|"
    rf"(?:first|pilot) episode|due|slated for|takes? over|"
    r"expected (?:in|on|by|this|next))(?!\w))",
    re.IGNORECASE,
)
"""What happens: the first alternative that fits at a place."""
_STARTS: Final = re.compile(r"start|kick|due|slated|roll|run|return", re.IGNORECASE)
"""What filming does as well as a show."""
_SOURCE: Final = r"(?:novels?|manga|webtoon|books?|comics?|games?|memoir|stor(?:y|ies))\b"
_OF_SOURCE: Final = rf"(?: {KIND})*(?: of [^,;]{{1,160}}?\b{_SOURCE})?"
_SUBJECT: Final = re.compile(
    r"(?P<it>\b(?:produc\w+|order\w*|greenl\w+|announc\w+|develop\w*|making|into) (?:an? |the )(?:[\w'-]+ ){0,4}?"
    rf"{KIND}\b{_OF_SOURCE}|\b(?:the|this|its|untitled|new|upcoming|forthcoming) "
    rf"(?:(?!next|other|previous|last|debut|[\w-]+'s )[\w'-]+ ){{0,4}}?(?:{KIND}|season)\b{_OF_SOURCE}|"
    r"\b(?:the|its) (?:premiere|launch|debut|broadcast)\b|\bit\b|\bseason \w+|\b(?:episodes|season)\b)|"
    rf"(?P<thing>\b{THINGS}\b(?: (?:for|of|to|from|on|about) (?:(?:the|its) )?(?:[\w'-]+ ){{0,3}}?(?:{W}|{KIND}\b))?)|"
    rf"(?P<another>(?:(?:\b(?:his|her|their|my|our)|(?<!{N})'s|s')(?: own)? (?:[\w'-]+ ){{0,2}}?(?:next|other|previous|"
    r"last|latest|first|debut|hit|earlier|second|third|new|upcoming|recent)|\b(?:another|both|these|several|many|other|no|any|"
    rf"every|each|(?<!is )(?<!as )an?)) (?:[\w'-]+ ){{0,4}}?(?:{KIND}|script|work|role)s?\b|"
    r"\b(?:[\w-]*dramas|films|movies|shows|thrillers|comedies|originals|titles|projects)\b)|"
    rf"(?P<title>{T})|(?P<work>{O})|(?P<network>{N})|(?P<person>{P}|\b(?:he|she|they)\b)",
    re.IGNORECASE,
)
"""What it happens to: the show by its title or another word, a thing, a work that has no name here, …"""
OBJECT: Final = re.compile(
    rf" (?:(?:the|its|his|her|new) )?(?:[\w'-]+ ){{0,4}}?(?:(?P<title>{T})|(?P<it>the (?:[\w'-]+ ){{0,3}}?{KIND}\b))"
)
"""What somebody premieres, films or puts off."""
_BEFORE: Final = 300
"""How many characters before a verb its subject is looked for."""
_ASIDES: Final = re.compile(
    r",? (?:(?:also )?(?:starring|featuring|based (?:up)?on|(?:directed|written|created|penned|inspired) by|"
    r"adapted from|from|with|by|about|after|following|alongside|opposite|including|like|than|as|on)) "
    rf"(?:[\w'’.-]+ ){{0,5}}?(?:[{O[1:-1]}{P[1:-1]}{N[1:-1]}]|{_SOURCE})"
    rf"(?:(?:,| and|, and| &) [{O[1:-1]}{P[1:-1]}])*,?|\([^()]{{0,80}}\)|, an? [^,;]{{3,80}},|"
    r" (?:on|from) which [^,;]{0,30}? (?:based|adapted|made)\b|"
    rf" (?:on|in|at|via|for|to|with) (?:(?:the|its|their|an?) )?(?:[\w'-]+ ){{0,2}}{THINGS}\b"
)
"""What stands between a subject and its verb."""
_CUTS: Final = re.compile(
    r"; | [—–-] |(?<=[a-z])[.!?…]\"? |: |, (?:while|whereas|but|as|when|so)\b|"
    r",? and (?=(?:he|she|they|it|the|that|its)\b)"
)
_AHEAD: Final = re.compile(
    r"\b(?:will|won't|to be|to|set|slated|scheduled|due|expected|confirmed|planned|plans|eyeing|aim\w*|upcoming|'ll|"
    r"shall|going|ready|gearing)(?: \w+){0,4} $",
    re.IGNORECASE,
)
ORIGINALLY: Final = re.compile(
    r"\b(?:originally|initial(?:ly)?|previously|first (?:planned|set|slated)|"
    r"(?:was|were|had been) (?:\w+ )?(?:to|due|set|slated|scheduled|supposed|planned|expected)|"
    r"supposed to|instead of|rather than|should have|would have|had been)\b",
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
        for match in _EVENTS.finditer(text, start, end):
            before = text[max(start, match.start() - _BEFORE) : match.start()]
            opens = len(before.split()) < 4  # "Set to air in April, the drama …"
            subject = subject_of(before) or (_subject_after(text[match.end() : end]) if opens else "")
            if subject not in ("title", "it", "another", "work") and (shown := OBJECT.match(text, match.end(), end)):
                subject = shown.lastgroup or ""
            is_of_filming = events and events[-1].kind == "film" and events[-1].clause[0] == start
            kind = "film" if is_of_filming and _STARTS.match(match[0]) else match.lastgroup or ""
            events.append(Event(kind, *match.span(), (start, end), subject, mode_of(before, match[0])))
    return tuple(events)


def subject_of(before: str) -> str:
    """Return what the subject before a verb is, as `Event.subject`: the last that is no aside; "" for none."""
    kind = ""
    for match in _SUBJECT.finditer(_ASIDES.sub(" ", before)):
        found = match.lastgroup or ""
        if found not in ("person", "network") or kind not in ("title", "it", "work", "another", "thing"):
            kind = found
    return kind


def _subject_after(after: str) -> str:
    """Return what comes out where the clause begins with its verb."""
    match = _SUBJECT.search(after)
    return (match.lastgroup or "") if match else ""


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
