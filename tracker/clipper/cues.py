"""What stands before and behind people and tells what they do: "directed by P", "starring P and P", "P joins …"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from tracker.clipper.tagged import O, P, T, W

WHO: Final = (
    rf"(?:(?:{O}(?:'s?)?|[Tt]he|fellow|also|both|(?:newcomer|veteran|actor|singer|idol|rapper|comedian|member)s?|"
    r"actress(?:es)?|star|alum|leader|\w+-(?:nominee|winner|winning|nominated|old)|Oscar|Emmy|winner|nominee)"
    r"(?: |(?<=')))"
)
"""What is said of people before their names."""
_BEING: Final = (
    r"(?:,? (?:who|has|have|is|are|was|were|will|would|may|to|set|also|been|be|both|as|on board|attached|tapped|"
    r"in (?:\w+ )?talks|going|the|reportedly|serves?|serving|executive|produc\w+|showrun\w+|direct\w+|writers?,?|"
    r"series|and)){0,9}"
)
"""What stands between a name and what its bearer does."""
_NO_NAME: Final = rf"[^.;{P[1:-1]}]"
_CUES: Final = {
    "<acts": (
        r"cast|casts|casting|ensemble|line-?up|starring|(?:co-)?stars?|feature[sd]?|featuring|led|headlined|introducing|"
        r"adds?|taps?|tapped|sets?|eyes|lands?|actors?|actress(?:es)?|idols?|singers?|newcomers?|members?|"
        r"(?:played|portrayed|voiced) by"
    ),
    "<with": r"alongside|opposite|with|join\w*|against|pair\w*",
    "<makes": (
        r"direct\w*|helm\w*|filmmakers?|PD|written|co-written|penned|writers?|script\w*|screen(?:play|writers?)|creat\w+|"
        r"developed|showrun\w*|(?:co-)?produc\w+|by(?= $)"
    ),
    "<is another": (
        r"novel\w*|books?|authors?|webtoon|manga|comics?|songs?|music|based on|said|says|told|tells|according|"
        r"photo\w*|image|credit|interview|president|CEO|head|chief|manager|executive|founder|designer|composer|editor"
    ),
    "<past": (
        r"starred(?! by)|worked|(?:previous|original|earlier|first|last) (?:season|series|film|movie|version)s?|"
        r"season (?:1|one)"
    ),
    "<other": O,
    ">acts": (
        r"(?:co-)?(?:stars?|starring)|leads?|leading|headlin\w+|features?|appear\w*|join\w*|come aboard|on board|"
        r"plays?|playing|portray\w*|voic(?:e|es|ing)|repris\w+|takes? on|transform\w*|"
        r"cast|tapped|offer\w*|confirmed|considering|selected|talks|characters?|role|part|casting"
    ),
    ">makes": (
        r"(?:co-)?direct(?:s|ed|ing|or)?|helm\w*|(?:co-)?writ(?:es|e|ing|ten|ers?)|wrote|pen(?:s|ned)?|adapt\w*|script\w*|"
        r"screen(?:play|writer)|showrun\w*|creat\w+|(?:co-)?produc\w+"
    ),
    ">leaves": (
        r"exit(?:s|ed|ing)?|leaves|leaving|depart\w*|drop\w* out|step\w* down|turn\w* down|declin\w*|no longer|"
        r"not return|died|passed away"
    ),
}
"""What is looked for around a list of people, from the person or full stop before it to the next."""
_MADE_BY: Final = (
    rf"(?: (?:and (?:co-)?[\w-]+|the \w+|of (?:{T}|the)|for|it|the|is|are|by|from|will be|credited to|{W})){{0,8}}"
    rf":? ?{WHO}{{0,3}}$"
)
"""What stands between the word for what somebody makes and the name behind it: "directed and written by the"."""
_MAKERS: Final = {
    "directors": (
        r"(?<!art )(?<!casting )(?<!sound )(?<!music )(?<!executive )\b(?:(?:co-)?direct(?:ed|ors?|ing|s)|helmed|"
        r"helmer|filmmakers?|PD|direction of|directorial debut (?:of|for))",
        rf"(?:direct(?:s|ing|ed(?! by))?\b(?! (?:and )?(?:exec|produc))|helm(?:s|ed(?! by)|ing)?\b|at the helm|"
        rf"director\b(?! ?{P}))|[^.;{P[1:-1]}]{{0,50}} (?:behind the camera|directorial debut)",
    ),
    "writers": (
        r"\b(?:(?:co-)?(?:written|penned|scripted)|script(?:writer)?s?|screenplay|(?:screen)?writers?|adapted|"
        r"(?:co-)?creat(?:ed|ors?)|showrunners?|(?:wrote|written)(?: \w+){0,4} with)",
        r"(?:writ(?:e|es|ing|ers?)|wrote|pen(?:s|ned(?! by)|ning)?|scripts?|adapt(?:s|ed(?! by)|ing)|screenwriter|"
        r"showrunn\w+|creat(?:ors?|ed(?! by)))\b"
        r"(?! in (?:19|20)| (?:\w+ ){0,3}(?:novel|book|manga|webtoon|songs?|music))",
    ),
}
"""For who directs and who writes: what stands before them, and behind them."""
FIELDS: Final = tuple(_MAKERS)
_SAID: Final = re.compile(r"\b(?:by|to|is|are|with)\b|:")
_SOURCE: Final = re.compile(rf"\b(?:novels?|books?|webtoon|manga|comics?|play)\b(?:(?! and )[^.;,{P[1:-1]}]){{0,40}}$")
_EDGE: Final = re.compile(rf"[.;]|{P}")
_WINDOW: Final = 110
_CUE_FORMS: Final = {name: re.compile(rf"(?<![\w'])(?:{form})(?!\w)", re.IGNORECASE) for name, form in _CUES.items()}
_MAKER_FORMS: Final = {
    field: (
        re.compile(rf"{before}{_MADE_BY}", re.IGNORECASE),
        re.compile(rf"(?:,{_NO_NAME}{{3,80}},)?{_BEING}[ -](?:co-)?{behind}"),
    )
    for field, (before, behind) in _MAKERS.items()
}


def find_cues(text: str, start: int, end: int) -> Iterator[str]:
    """Return what is said of a list of people in a text with signs: before it ("<acts") and behind (">acts")."""
    first = max(0, start - _WINDOW)
    edge = _EDGE.search(text, end, end + _WINDOW)
    parts = {
        "<": text[max([first, *(edge.end() for edge in _EDGE.finditer(text, first, start))]) : start],
        ">": text[end : edge.end() if edge else end + _WINDOW],
    }
    yield from (name for name, form in _CUE_FORMS.items() if form.search(parts[name[0]]))
    yield from [">ends"] if not parts[">"].strip(" .,;\"'") else []


def find_making(text: str, start: int, end: int, count: int) -> Iterator[str]:
    """Return what says that a list of so many people directs or writes: "directors by", "writers called"."""
    for field, (before, behind) in _MAKER_FORMS.items():
        by = before.search(text, max(0, start - _WINDOW), start)
        if by and not _SOURCE.search(text, max(0, by.start() - 60), by.start()):
            yield f"{field} by" if _SAID.search(by[0]) else f"{field} called"
        if count < 4 and behind.match(text, end):
            yield f"{field} after"
