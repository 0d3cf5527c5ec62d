"""The day on which a text was published, where it says so: on a line of its own, or before its first sentence."""

from __future__ import annotations

import re
from contextlib import suppress
from datetime import date
from itertools import pairwise
from typing import Final

_MONTHS: Final = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_MONTH: Final = (
    r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?"
    r"|nov(?:ember)?|dec(?:ember)?)\.?"
)
_WEEKDAY: Final = r"(?:(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?\.?,? )?"
_DAY: Final = (
    rf"{_WEEKDAY}(?:(?P<m1>{_MONTH}) (?P<d1>\d{{1,2}})(?:st|nd|rd|th)?,? (?P<y1>\d{{4}})"
    rf"|(?P<d2>\d{{1,2}})(?:st|nd|rd|th)? (?P<m2>{_MONTH}),? (?P<y2>\d{{4}})"
    r"|(?P<y3>\d{4}) ?[-./年년] ?(?P<m3>\d{1,2}) ?[-./月월] ?(?P<d3>\d{1,2})(?!\d)[.日일]?)"
)
_TIME: Final = r"(?:,? (?:at |[-–|·] ?)?\d{1,2}[:.]\d{2}(?::\d{2})?(?: ?[ap]\.?m\.?)?(?: ?\(?[a-z]{2,4}\)?)?)?"
_BETWEEN: Final = r"(?: ?[|·•/–—-]+ ?|, | )"
_BY: Final = r"by (?![^|·•,.\d]{0,40}(?:updated|modified|edited))[^|·•,.\d]{2,40}"
_LINE: Final = re.compile(
    rf"(?:{_BY}{_BETWEEN})?"
    r"(?P<said>(?:(?:first )?(?:published|posted|written)(?: by [^|·•,.\d]{2,40}?)?(?: on| at)?|(?:기사)?(?:입력|등록))"
    r" ?:? ?\[? ?)?"
    rf"(?:\d{{1,2}}:\d{{2}}(?: ?[ap]m)?(?: [a-z]{{3,4}})?{_BETWEEN})?{_DAY}{_TIME}(?: ?\])?"
    rf"(?:{_BETWEEN}{_BY})?",
    re.IGNORECASE,
)
"""A line that is a date, with who wrote it and at what time."""
_START: Final = re.compile(
    rf"(?:[^\W\d][^\d,.;:!?“”]{{1,30}}(?:, [^\W\d][^\d,.;:!?“”]{{1,20}})?, )?{_DAY}"
    r"(?: ?\([^)]{1,40}\))?(?: ?[–—:-]+ | ?/[^/]{1,30}/ ?)(?P<next>.)",
    re.IGNORECASE,
)
"""What stands before the first sentence: "SEOUL, March 3, 2025 (Agency) — "."""
_MADE: Final = (
    r"(?:last |first |originally |recently |newly |also |was |has been )*(?:updated?|modified|edited|revised|corrected|"
    r"correction|amended|reviewed|fact[ -]?check(?:ed)?|verified|accessed|retrieved|archived|captured|posted|"
    r"published|created|written|translated|photographed|uploaded|filed|added|checked|viewed|printed|cached|republished|"
    r"syndicated|submitted|proofread|approved|taken|shot|dated|seen|reported)"
)
_BOOKKEEPING: Final = re.compile(
    rf"(?:(?:(?:this |the )?(?:article|page|story|post|report|entry|text|file photo|photo(?:graph)?|picture|image|"
    rf"screenshot|still)s? )?{_MADE}|(?:what['’]?s |everything )?new (?:on|to) [^|·•,.\d]{{2,30}}?|"
    r"(?:reporting|text|words|story|writing|translation|editing|interview|photos?|pictures?|images?|file photo|"
    r"screenshot)|(?:press|news|media) release|(?:for )?immediate release|statement|"
    r"(?:(?:publication|publishing|published|posting|article|post) )?date(?:line)?(?: (?:published|posted))?|"
    r"time(?:stamp)?|embargo(?:ed)?(?: until)?|(?:print )?(?:edition|issue)|newsletter|archives?|"
    r"(?:most|top) (?:read|viewed|popular|shared|commented|stories|posts|articles|news)|trending|popular)"
    r"(?: by [^|·•,.\d]{2,40}?)?(?: ?[|·•:,/–—-]+ ?| (?:on|at|in|of|for|from|since)(?: the)? ?:? ?| )"
    rf"(?:{_DAY}{_TIME}|(?:{_MONTH} )?\d{{4}})(?:{_BETWEEN}{_BY})?[.)]?",
    re.IGNORECASE,
)
"""A line that says of the page itself, or of a picture, on which day it was made."""
_LABEL: Final = re.compile(
    r"(?:\w+ )?(?:release[ds]?|premieres?|premiered|air(?:s|ed|ing)?|broadcast|opens?|opening|starts?|debuts?|born|"
    r"birthday|until|ends?|finale)(?: (?:date|day|on))?:?",
    re.IGNORECASE,
)
"""A line above a date that says of what it is the day; it is none of publication."""
_WRITER: Final = re.compile(r"(?:(?:words|written|posted|reported) )?by:? [^.!?:;“”\"]{2,80}", re.IGNORECASE)
"""A line that is the name of who wrote the text."""
_FIRST: Final = 6
_LAST: Final = 2
_LONGEST: Final = 120
"""How many characters a line with a date has at the most."""


def published_in(text: str, today: date) -> date | None:
    """Return the day on which a text says that it was published; None where it does not, or where that is not clear.

    Only a whole date counts, and of one like 4/5/2026 nobody knows which is the day. A day that is still to come counts
    for nothing, but where the text was published tomorrow may have begun.
    """
    first, last = (
        [" ".join(line[: 2 * _LONGEST].split()) for line in part.split("\n") if line.strip()]
        for part in (text[:5_000], text[-2_000:])
    )
    for above, line in pairwise(("", *first[:_FIRST])):
        found = _LINE.fullmatch(line) if len(line) <= _LONGEST and not _LABEL.fullmatch(above) else None
        if found is not None and (day := _read(found, today)):
            return day
    for line in last[-_LAST:]:
        found = _LINE.fullmatch(line) if len(line) <= _LONGEST else None
        # Without a word for it, a date at the end may be that of a poster.
        if found is not None and found["said"] and (day := _read(found, today)):
            return day
    for line in first[:_FIRST]:
        found = _START.match(line)
        if found is not None and not found["next"].islower() and (day := _read(found, today)):
            return day
    return None


def is_byline(line: str) -> bool:
    """Return whether a line above the text only says who wrote it, or when."""
    if len(line) > _LONGEST:
        return False
    return bool(_WRITER.fullmatch(line) or _LINE.fullmatch(line) or _BOOKKEEPING.fullmatch(line))


def is_bookkeeping(line: str) -> bool:
    """Return whether a line only says when the page, or a picture on it, was made or changed."""
    return len(line) <= _LONGEST and _BOOKKEEPING.fullmatch(line) is not None


def _read(found: re.Match[str], today: date) -> date | None:
    for number in "123":
        if (month := found[f"m{number}"]) is not None:
            place = int(month) if month.isdecimal() else _MONTHS.index(month[:3].casefold()) + 1
            with suppress(ValueError):
                day = date(int(found[f"y{number}"]), place, int(found[f"d{number}"]))
                return day if (day - today).days <= 1 else None
    return None
