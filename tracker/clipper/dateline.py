"""The day on which a text was published, where it says so: on a line of its own, or before its first sentence."""

from __future__ import annotations

import re
from contextlib import suppress
from datetime import date
from itertools import pairwise
from typing import Final

_MONTHS: Final = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_MONTH: Final = r"(?:jan|feb|mar|apr|may|june?|july?|aug|sept?|oct|nov|dec)(?:r?uary|ch|il|ust|ober|t?ember)?\.?"
_DAY: Final = (
    rf"(?:(?:(?:mon|tue|wed|thu|fri|sat|sun)[a-z]{{0,6}}\.?,? )?(?:\b(?P<m1>{_MONTH}) (?P<d1>\d\d?)(?:st|nd|rd|th)?,? "
    rf"(?P<y1>\d{{4}})|(?<!\d)(?P<d2>\d\d?)(?:st|nd|rd|th)? (?P<m2>{_MONTH}),? (?P<y2>\d{{4}}))(?!\d)|"
    r"(?<!\d)(?P<y3>\d{4}) ?[-./年년]? ?(?P<m3>\d\d?) ?[-./月월]? ?(?P<d3>\d\d?)(?!\d)[.日일]?)"
)
_A_DAY: Final = re.compile(_DAY, re.IGNORECASE)
_ANY_DAY: Final = re.compile(rf"{_DAY}|(?:{_MONTH} )?\b\d{{4}}\b", re.IGNORECASE)
_BY: Final = r"\bby [^|·•,.\d]{2,40}"
_AROUND: Final = re.compile(
    rf"(?:\d\d?[:.]\d\d(?::\d\d)?(?: ?[ap]\.?m\b\.?)?(?: ?\(?[a-z]{{2,4}}\b\)?)?|{_BY}|"
    r"\b(?:at|first|on|posted|published|written)\b|기사|등록|입력|\W)*+",
    re.IGNORECASE,
)
"""What stands around a day on a line that is a date: who wrote the text, and at what time."""
_CHANGED: Final = re.compile(r"\b(?:updated|modified|edited)\b", re.IGNORECASE)
_START: Final = re.compile(
    rf"(?:[^\W\d][^\d.;:!?“”]{{1,50}}, )?{_DAY}(?: ?\([^)]{{1,40}}\))?(?: ?[–—:-]+ | ?/[^/]{{1,30}}/ ?)(?P<next>.)",
    re.IGNORECASE,
)
"""What stands before the first sentence: "SEOUL, March 3, 2025 (Agency) — "."""
_MADE: Final = (
    r"(?:accessed|added|amended|archived?|captured|checked|corrected|created|edited|issue|modified|newsletter|photo|"
    r"picture|posted|published|retrieved|reviewed|revised|statement|taken|translat\w+|updated?|uploaded|verified|written|"
    r"(?:press|news|media|immediate) release|(?:most|top) \w+)"
)
_IS_MADE: Final = re.compile(rf"\b{_MADE}\b", re.IGNORECASE)
_BOOKKEEPING: Final = re.compile(
    rf"(?:\b(?:{_MADE}|article|at|date|file|first|for|in|image|last|of|on|originally|page|post|report|"
    rf"stor(?:y|ies)|text|the|this|was)\b|{_BY}|\W)*+",
    re.IGNORECASE,
)
"""What stands around a day on a line that says when the page itself, or a picture on it, was made."""
_LABEL: Final = re.compile(
    r"(?:\w+ )?(?:release|premiere|air|broadcast|open|start|debut|b[io]r|until|end|final)\w*(?: (?:date|day|on))?:?",
    re.IGNORECASE,
)
"""A line above a date that says of what it is the day; it is none of publication."""
_WRITER: Final = re.compile(r"(?:(?:words|written|posted|reported) )?by:? [^.!?:;“”\"]{2,80}", re.IGNORECASE)
"""A line that is the name of who wrote the text."""
_OLDEST: Final = 1990  # no page is older; what says so was never set
_FIRST: Final = 6  # lines that are looked at
_LONGEST: Final = 120  # characters of a line with a date


def read_day(text: str, today: date) -> date | None:
    """Return the whole day that a moment names first, not one that is still to come; None where it names none."""
    return _read(_A_DAY.search(text[:_LONGEST]), today)


def published_in(text: str, today: date) -> date | None:
    """Return the day on which a text says that it was published; None where it does not, or where that is not clear.

    Only a whole date counts, and of one like 4/5/2026 nobody knows which is the day. A day that is still to come counts
    for nothing, but where the text was published tomorrow may have begun.
    """
    first = [" ".join(line[: 2 * _LONGEST].split()) for line in text[:5_000].split("\n") if line.strip()][:_FIRST]
    lines = [line for above, line in pairwise(("", *first)) if not _LABEL.fullmatch(above)]
    found = [_A_DAY.search(line) for line in lines if _is_around(_AROUND, line) and not _CHANGED.search(line)]
    found += [start for start in map(_START.match, first) if start is not None and not start["next"].islower()]
    return next((day for one in found if (day := _read(one, today)) is not None), None)


def is_byline(line: str) -> bool:
    """Return whether a line above the text only says who wrote it, or when."""
    is_writer = len(line) <= _LONGEST and _WRITER.fullmatch(line) is not None
    return is_writer or is_bookkeeping(line) or _is_around(_AROUND, line)


def is_bookkeeping(line: str) -> bool:
    """Return whether a line only says when the page, or a picture on it, was made or changed."""
    return _is_around(_BOOKKEEPING, line) and _IS_MADE.search(line) is not None


def _is_around(words: re.Pattern[str], line: str) -> bool:
    """Return whether a line is a day, and such words around it."""
    rest = _ANY_DAY.sub("|", line, count=1) if len(line) <= _LONGEST else line
    return rest != line and words.fullmatch(rest) is not None


def _read(found: re.Match[str] | None, today: date) -> date | None:
    for number in "123":
        if found is not None and (month := found[f"m{number}"]) is not None:
            place = int(month) if month.isdecimal() else _MONTHS.index(month[:3].casefold()) + 1
            with suppress(ValueError):
                day = date(int(found[f"y{number}"]), place, int(found[f"d{number}"]))
                return day if day.year >= _OLDEST and (day - today).days <= 1 else None
    return None
