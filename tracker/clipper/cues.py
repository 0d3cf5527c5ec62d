"""What stands before and behind people and tells what they do: "directed by P", "starring P and P", "P joins …"."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Final

from tracker.clipper.lexicon import KIND
from tracker.clipper.tagged import O, P, T, W

BEING: Final = (
    r"(?:,? (?:who|has|have|had|is|are|was|were|will|would|may|might|could|to|set|also|been|be|both|next|just|"
    r"recently|officially|reportedly|positively|confirmed|in (?:early |final |advanced )?(?:talks|negotiations)|"
    r"on board|onboard|attached|tapped|poised|slated|going|about|as|returning|together|currently|latest|the)){0,8}"
)
"""What stands between a name and what its bearer does."""
WHO: Final = (
    rf"(?:(?:{O}(?:'s?)?|[Tt]he|fellow|also|both|newcomers?|veterans?|actors?|actress(?:es)?|star|alum|singers?|idols?|"
    r"rappers?|models?|comedians?|rookies?|likes of|[\w-]+-(?:nominee|winner|winning|nominated|old)|Oscar|Emmy|winner|"
    r"nominee|leader|members?)(?: |(?<=')))"
)
"""What is said of people before their names."""
_WORK: Final = r"(?:season|series|film|movie|drama|version)"
_BEFORE: Final = {
    "starring": r"starring|stars|star|co-stars?|features?|featuring|headlined|led|fronted|toplin\w+|introducing|boasts",
    "past": (
        rf"starred(?! by)|worked|(?:previous|original|earlier|prior) {_WORK}s?|season (?:1|one) was|"
        rf"(?:first|last) {_WORK}\b[^.;]{{0,40}}\b(?:starred|stars|was|were|won)"
    ),
    "cast": r"cast|casts|casting|ensemble|line-?up",
    "cast line": r"^\W*(?:[\w -]{0,20} )?(?:cast|starring|stars|actors?)(?: list)?\W+$",
    "with": r"alongside|opposite|with|joined by|joining|joins?|against|pair\w*",
    "adds": (
        r"adds?|added|taps?|tapped|sets?|enlist\w*|lands?|landed|eyes?|eyed|nabs?|hires?|books?|signs?|brings?|"
        r"recruit\w*"
    ),
    "actor": r"actors?|actress(?:es)?|idols?|singers?|comedians?|newcomers?|members?|rapper|nominee|winner|veteran",
    "is played by": (
        r"(?:played|portrayed|voiced|performed|essayed) by|(?:role|part|lead|character)s? (?:goes to|is|are)|offered to"
    ),
    "character": (
        r"roles? of|parts? of|named|called|characters?|plays?|playing|portray\w*|follows|story of|between|family|lives?"
    ),
    "director": r"(?<!-)direct(?:ed|or|ors|ing|s)?|co-direct\w+|helm\w*|filmmakers?|PD|lensed",
    "other director": (
        rf"(?:sound|art|assistant|music\w*|casting|executive|creative|program\w*|photography|{O}(?:'s)?) director|"
        rf"director of {O}"
    ),
    "producer": r"produc\w+|exec|execs|EPs?|backed|financ\w+|distribut\w+|banner|EP'd",
    "writer": (
        r"written|co-written|penned|scripted|script|scriptwriter|screenplay|writers?|screenwriters?|scribes?|teleplay|"
        r"adapted"
    ),
    "creator": r"creat(?:ed|or|ors|es)|developed|showrunners?|showrun",
    "source": (
        r"novels?|books?|authors?|webtoon|manga|memoir|comics?|articles?|novelist|podcast|journalist|songs?|music|"
        r"theme|based on|inspired"
    ),
    "says": r"said|says|told|tells|according|reports?|photo\w*|image|credit|via|interview|courtesy",
    "boss": (
        r"president|CEO|head|chief|chairman|vice|VP|agent|manager|executive|founder|designer|composer|"
        r"cinematographer|editor|officer"
    ),
    "by": r"by(?= $)",
    "in": r"(?:in|of|from|on|for|at|the)(?= $)",
    "begins": r"^\W*$",
    "show": T,
    "other": O,
}
"""What is looked for before a list of people, back to the person or full stop before it."""
_AFTER: Final = {
    "stars": (
        r"(?:co-?)?(?:stars?|starring|leads?|leading|headlin\w+|toplin\w+|front\w*|feature[sd]?|appear\w*|acting|"
        r"starrer|led)"
    ),
    "joins": r"join\w*|boards?|come aboard|on board|comes? on|sign(?:s|ed)|round\w* out|complete",
    "plays": (
        r"plays?|playing|portray\w*|voic(?:e|es|ing)|essay\w*|repris\w+|takes? on|taking on|step\w* into|"
        r"transform\w*|embod\w+"
    ),
    "is cast": (
        r"cast|tapped|eyed|offer\w*|confirmed|considering|reviewing|attached|chosen|selected|approached|roped|talks|"
        r"negotiations|accept\w*"
    ),
    "role": r"characters?|role|part|casting",
    "says": (
        r"said|says|told|tells|explained|added|teased|revealed|shared|noted|commented|expressed|admitted|posted|stated"
    ),
    "directs": r"(?:co-?)?direct(?:s|ed|ing)?|director|helm\w*|megaphone",
    "writes": (
        r"(?:co-?)?writ(?:es|e|ing|ten|er|ers)|wrote|pen|pens|penned|penning|script\w*|adapt\w*|screenplay|"
        r"screenwriter|showrun\w*|creat\w+"
    ),
    "produces": r"(?:co-|exec\w* |executive[ -])?produc\w+|EPs?",
    "leaves": (
        r"exit(?:s|ed|ing)?|leaves|leaving|left (?=the)|depart(?:s|ed|ing)|drop\w* out|step\w* down|turn\w* down|"
        r"declin\w*|reject\w*|no longer|not return|died|passed away|withdr\w+|pulled out|denied"
    ),
    "'s": r"^'s?(?= )",
    "a work": rf"^ (?:[\w-]+ )?{KIND}(?!\w)",
    "in show": rf"(?:in|for|on|of) (?:the )?(?:[\w'-]+ ){{0,6}}?{T}",
    "in other": rf"(?:in|for|on|of|behind) (?:the )?(?:[\w'-]+ ){{0,6}}?{O}",
    "in kind": rf"(?:in|for|on) (?:the|a|an|its|their|this|upcoming|new) (?:[\w'-]+ ){{0,5}}?{KIND}",
    "ends": r"^[.\W]*$",
}
"""What is looked for behind a list of people, up to the next person or full stop."""
_LINK: Final = (
    r"(?: (?:and (?:co-)?[\w-]+|the \w+|of \S+|for|it|the|is|are|by|from|will be|to be|credited to|"
    rf"{W})){{0,8}}:? ?{WHO}{{0,3}}$"
)
_SERVES: Final = (
    rf"(?:,[^,.;{P[1:-1]}]{{3,80}},)?{BEING}(?: (?:serves?|serving|as|executive|produc\w+|showrun\w+|direct\w+|"
    r"writers?,?|lead|head|series|and)){0,5}[ -](?:co-)?"
)
_MADE_BY: Final = {
    "directors": (
        r"(?<!art )(?<!casting )(?<!sound )(?<!music )(?<!executive )(?<!assistant )(?<!photography )"
        rf"\b(?:(?:co-)?direct(?:ed|ors?|ing|s)|helmed|helmer|filmmakers?|PD|lensed){_LINK}"
    ),
    "writers": (
        r"\b(?:(?:co-)?(?:written|penned|scripted)|script(?:writer)?s?|screenplay|writers?|screenwriters?|scribes?|"
        rf"teleplay|adapted|(?:co-)?creat(?:ed|ors?)|showrunners?){_LINK}|"
        rf"\b(?:wrote|written|penned|co-wrote)(?: \w+){{0,4}} with {WHO}{{0,3}}$"
    ),
}
"""What stands before those who make a show."""
_MAKES: Final = {
    "directors": (
        rf"{_SERVES}(?:direct(?:s|ing|ed(?! by))?\b(?! (?:and )?(?:exec|produc))|helm(?:s|ed(?! by)|ing)?\b|"
        rf"at the helm|director\b(?! ?{P}))|[^.;{P[1:-1]}]{{0,50}} (?:behind the camera|megaphone|directorial debut)"
    ),
    "writers": (
        rf"{_SERVES}(?:writ(?:e|es|ing|ers?)|wrote|pen(?:s|ned(?! by)|ning)?|scripts?|adapt(?:s|ed(?! by)|ing)|"
        r"screenwriter|showrunn\w+|creat(?:ors?|ed(?! by)))\b"
        r"(?! in (?:19|20)| (?:the |his |her )?(?:\w+ ){0,2}(?:novel|book|manga|webtoon|songs?|music|designs))"
    ),
}
"""What stands behind them."""
FIELDS: Final = tuple(_MAKES)
_SAID: Final = re.compile(r"\b(?:by|to|is|are|with)\b|:")
_SOURCE: Final = re.compile(rf"\b(?:novels?|books?|webtoon|manga|comics?|play)\b[^.;,{P[1:-1]}]{{0,40}}$")
_EDGE: Final = re.compile(rf"[.;]|{P}")
_WINDOW: Final = 110

_ACTING: Final = frozenset({
    "<starring", "<cast", "<cast line", "<with", "<adds", "<actor", "<is played by", ">stars", ">joins", ">plays",
    ">is cast", ">role",
})  # fmt: skip
_MAKING: Final = frozenset({
    "<director", "<producer", "<writer", "<creator", "<source", "<says", "<boss", "<by", ">directs", ">writes",
    ">produces",
})  # fmt: skip


def kind_of_list(cues: set[str], count: int) -> str:
    """Return what a list of so many people seems to be, as one sign: "long list: acts", "one: acts and makes"."""
    size = "long list" if count > 3 else "list" if count > 1 else "one"
    does = [verb for verb, own in (("acts", _ACTING), ("makes", _MAKING)) if cues & own]
    return f"{size}: {' and '.join(does) or 'plain'}"


def _compiled(table: Mapping[str, str]) -> dict[str, re.Pattern[str]]:
    """Return patterns that match whole words only."""
    whole = {name: form if form[0] in "^[" else rf"(?<![\w'])(?:{form})(?!\w)" for name, form in table.items()}
    return {name: re.compile(form, re.IGNORECASE) for name, form in whole.items()}


_BEFORE_CUES: Final = _compiled(_BEFORE)
_AFTER_CUES: Final = _compiled(_AFTER)
_MADE_BY_CUES: Final = {name: re.compile(form, re.IGNORECASE) for name, form in _MADE_BY.items()}
_MAKES_CUES: Final = {name: re.compile(form) for name, form in _MAKES.items()}


def find_cues(text: str, start: int, end: int) -> Iterator[str]:
    """Return what is said of a list of people in a text with signs: before it ("<cast") and behind (">joins")."""
    first = max(0, start - _WINDOW)
    edges = [edge.end() for edge in _EDGE.finditer(text, first, start)]
    before = text[edges[-1] if edges else first : start]
    before = before if edges or not first else f"…{before}"
    yield from (f"<{name}" for name, form in _BEFORE_CUES.items() if form.search(before))
    edge = _EDGE.search(text, end, end + _WINDOW)
    after = text[end : edge.end() if edge else end + _WINDOW]
    yield from (f">{name}" for name, form in _AFTER_CUES.items() if form.search(after))


def find_making(text: str, start: int, end: int, count: int) -> Iterator[str]:
    """Return what says that a list of so many people directs or writes: "directors by", "writers called"."""
    for field in FIELDS:
        by = _MADE_BY_CUES[field].search(text, max(0, start - _WINDOW), start)
        if by and not _SOURCE.search(text, max(0, by.start() - 60), by.start()):
            yield f"{field} by" if _SAID.search(by[0]) else f"{field} called"
        if count < 4 and _MAKES_CUES[field].match(text, end):
            yield f"{field} after"
