"""Parse a window from what people and files write."""

from __future__ import annotations

import re
from collections.abc import Callable
from contextlib import suppress
from datetime import date, datetime
from functools import lru_cache
from typing import Final

from tracker.errors import BadValue
from tracker.model.window import Precision, Window

EXAMPLES: Final = '2026, 2026-05, 2026-05-14, "May 2026", "2026-Q3", "summer 2026", "late 2026", "TBA"'

_MONTH_NAMES: Final = (
    "january", "february", "march", "april", "may", "june",
    "july", "august", "september", "october", "november", "december",
)  # fmt: skip
_SEASON_CODES: Final = {"spring": 21, "summer": 22, "autumn": 23, "fall": 23, "winter": 24}
_SEASON_MONTHS: Final = {21: (3, 5), 22: (6, 8), 23: (9, 11), 24: (12, 14)}
_ORDINALS: Final = {"first": 1, "second": 2, "third": 3, "fourth": 4, "1st": 1, "2nd": 2, "3rd": 3, "4th": 4}
_THIRDS: Final = {
    "early": 0, "start of": 0, "beginning of": 0,
    "mid": 1, "middle of": 1,
    "late": 2, "end of": 2,
}  # fmt: skip
_TBA: Final = frozenset({
    "tba", "tbd", "tbc", "soon", "coming soon", "unknown", "undated", "unannounced", "no date", "not announced",
    "to be announced", "to be determined", "to be confirmed", "未定", "미정",
})  # fmt: skip
_ABOUT: Final = r"(?:~|≈|(?:c\.|ca\.?|circa|around|about|approximately|roughly)\s+)\s*"

_MONTH_WORDS: Final = "|".join(f"{m[:3]}(?:{m[3:]})?" for m in _MONTH_NAMES) + "|sept"
_MONTH: Final = rf"(?P<month>{_MONTH_WORDS})\.?"
_YEAR: Final = r"(?P<year>\d{4})"
_DAY: Final = r"(?P<day>\d{1,2})(?:st|nd|rd|th)?"
_SEASON: Final = "(?P<season>" + "|".join(_SEASON_CODES) + ")"
_NTH: Final = "(?P<nth>" + "|".join(_ORDINALS) + ")"
_THIRD: Final = "(?P<third>" + "|".join(_THIRDS) + ")"

Fields = dict[str, str]


def parse_window(value: str | int | date) -> Window:
    """Return the window of a date, a year, or words.

    Raises:
        BadValue: The words are no window, or name a day that does not exist.
    """
    match value:
        case datetime():
            return parse_window(value.date())
        case date():
            return Window(value.isoformat(), value, value, Precision.DAY)
        case bool():
            raise BadValue(f"a release date is needed, not a yes or no; write one of {EXAMPLES}.")
        case int() if not 0 < value <= 9999:
            raise BadValue(f"a release date is needed, not a number; write one of {EXAMPLES}.")
        case int():
            return _parse_words(f"{value:04}")
    return _parse_words(value.strip())


def parse_said_date(text: str) -> tuple[date, str]:
    """Return the day by which something was said, and the words if they are not an exact day.

    Raises:
        BadValue: The words are no day, month or year.
    """
    try:
        window = parse_window(text)
    except BadValue:
        window = None
    if window is None or window.latest is None:
        raise BadValue(f"“{text}” is no day on which something was said; write 2026-05-14, or 2026-05 for a month.")
    return (window.latest, "" if window.precision is Precision.DAY else window.text)


@lru_cache(maxsize=4096)
def _parse_words(text: str) -> Window:
    if plain := _plain(text):
        return Window(text, *plain)
    words = " ".join(text.casefold().replace("–", "-").replace("—", "-").split())
    if not words:
        raise BadValue(f"a release is needed; write one of {EXAMPLES}.")
    if words in _TBA:
        return Window(text, None, None, Precision.TBA)
    try:
        window = _interval(words) or _single(words)
    except ValueError as wrong:
        raise BadValue(f"“{text}” is not a day of the calendar: {wrong}.") from None
    if window is None:
        raise BadValue(f"“{text}” is not a release that can be read; write one of {EXAMPLES}.")
    return Window(text, *window)


Parsed = tuple[date, date, Precision, bool, int]


def _plain(text: str) -> Parsed | None:
    """Parse the usual forms of files (2026, 2026-05, 2026-05-14, 2026-Q3) without regular expressions, for speed."""
    year, mark, rest = text[:4], text[4:5], text[5:]
    if not (text.isascii() and year.isdecimal() and year > "0000"):
        return None
    if len(text) == 4:
        return (*_months(int(year), 1, 12), Precision.YEAR, False, 0)
    if mark != "-" or len(text) not in (7, 10):
        return None
    if rest in ("Q1", "Q2", "Q3", "Q4"):
        first, last, precision, code = _build_code({"year": year, "code": str(32 + int(rest[1]))})
        return (first, last, precision, False, code)
    if len(rest) == 2 and "01" <= rest <= "12" and rest.isdecimal():
        return (*_months(int(year), int(rest), int(rest)), Precision.MONTH, False, 0)
    if len(rest) == 5 and (rest[:2] + rest[3:]).isdecimal():
        with suppress(ValueError):
            day = date.fromisoformat(text)
            return (day, day, Precision.DAY, False, 0)
    return None


def _single(words: str) -> Parsed | None:
    """Parse one point or period, with its approximation mark."""
    bare = words if words[0].isdigit() else re.sub(f"^{_ABOUT}", "", words)
    about = bare != words
    if bare.endswith(("~", "?")):
        bare, about = bare.rstrip("~?").rstrip(), True
    for pattern, build in _FORMS:
        if match := re.fullmatch(pattern, bare, re.ASCII):
            first, last, precision, code = build({k.rstrip("_"): v for k, v in match.groupdict().items() if v})
            return (first, last, precision, about, code)
    return None


def _interval(words: str) -> Parsed | None:
    """Parse "A/B", "A to B", "between A and B" and "May-June 2026"."""
    if match := re.fullmatch(rf"{_MONTH} ?(?:-|to) ?(?P<last>{_MONTH_WORDS})\.? {_YEAR}", words):
        left, right = f"{match['month']} {match['year']}", f"{match['last']} {match['year']}"
    elif match := (
        re.fullmatch(r"(?:between )(.+?) and (.+)", words)
        or re.fullmatch(r"(?:from )?(.+?)(?:\.\.| to | - )(.+)", words)
        or re.fullmatch(r"([^/]+)/([^/]+)", words)
    ):
        left, right = match[1].strip(), match[2].strip()
        if re.fullmatch(r"\d{4}", left) and re.fullmatch(r"0?[1-9]|1[0-2]", right):
            return _single(f"{left}-{right:0>2}")
    else:
        return None
    start, stop = _single(left), _single(right)
    if start is None or stop is None:
        return None
    if stop[1] < start[0]:
        raise ValueError("its end is before its beginning")
    return (start[0], stop[1], Precision.RANGE, start[3] or stop[3], 0)


Built = tuple[date, date, Precision, int]


def _months(year: int, first: int, last: int) -> tuple[date, date]:
    if (year, last) == (9999, 12):
        return date(year, first, 1), date.max
    after = date(year + last // 12, last % 12 + 1, 1)
    return date(year, first, 1), date.fromordinal(after.toordinal() - 1)


def _month_number(fields: Fields) -> int:
    name = fields["month"]
    if name.isdigit():
        return int(name)
    return next(i for i, full in enumerate(_MONTH_NAMES, 1) if full.startswith(name[:3]))


def _build_day(fields: Fields) -> Built:
    day = date(int(fields["year"]), _month_number(fields), int(fields["day"]))
    return (day, day, Precision.DAY, 0)


def _build_month(fields: Fields) -> Built:
    number = _month_number(fields)
    if not 1 <= number <= 12:
        raise ValueError("month must be in 1..12")
    return (*_months(int(fields["year"]), number, number), Precision.MONTH, 0)


def _build_year(fields: Fields) -> Built:
    return (*_months(int(fields["year"]), 1, 12), Precision.YEAR, 0)


def _build_code(fields: Fields) -> Built:
    year, code = int(fields["year"]), int(fields["code"])
    if code in _SEASON_MONTHS:
        return (*_months(year, *_SEASON_MONTHS[code]), Precision.SEASON, code)
    if code in (40, 41):
        return (*_months(year, 6 * code - 239, 6 * code - 234), Precision.HALF, code)
    return (*_months(year, 3 * code - 98, 3 * code - 96), Precision.QUARTER, code)


def _build_season(fields: Fields) -> Built:
    return _build_code({**fields, "code": str(_SEASON_CODES[fields["season"]])})


def _part(offset: int) -> Callable[[Fields], Built]:
    def build(fields: Fields) -> Built:
        nth = fields["nth"]
        number = _ORDINALS[nth] if nth in _ORDINALS else int(nth)
        return _build_code({**fields, "code": str(offset + number)})

    return build


def _build_early_mid_late(fields: Fields) -> Built:
    third, year = _THIRDS[fields["third"]], int(fields["year"])
    if "month" not in fields:
        return (*_months(year, 4 * third + 1, 4 * third + 4), Precision.RANGE, 0)
    first, last = _months(year, number := _month_number(fields), number)
    ends = [(1, 10), (11, 20), (21, last.day)][third]
    return (first.replace(day=ends[0]), first.replace(day=ends[1]), Precision.RANGE, 0)


# Patterns are compiled when they are first tried (`re` keeps them): a file of plain dates needs three.
_FORMS: Final[tuple[tuple[str, Callable[[Fields], Built]], ...]] = (
    (_YEAR, _build_year),
    (rf"{_YEAR}-(?P<code>2[1-4]|3[3-6]|4[01])", _build_code),
    (rf"{_YEAR}-(?P<month>\d\d)", _build_month),
    (rf"{_YEAR}([-/.])(?P<month>\d\d?)\2(?P<day>\d\d?)", _build_day),
    (rf"{_YEAR}[- ]?q(?P<nth>[1-4])|q(?P<nth_>[1-4])[ /-]?(?P<year_>\d{{4}})", _part(32)),
    (rf"{_YEAR}[- ]?h(?P<nth>[12])|h(?P<nth_>[12])[ /-]?(?P<year_>\d{{4}})", _part(39)),
    (rf"(?:the )?{_NTH} quarter(?: of)? {_YEAR}", _part(32)),
    (rf"(?:the )?(?P<nth>first|second|1st|2nd) half(?: of)? {_YEAR}", _part(39)),
    (rf"{_SEASON}(?: of|,)? {_YEAR}|(?P<year_>\d{{4}})[- ](?P<season_>{'|'.join(_SEASON_CODES)})", _build_season),
    (rf"{_MONTH},?(?: of)? {_YEAR}|(?P<year_>\d{{4}}) (?P<month_>{_MONTH_WORDS})\.?", _build_month),
    (rf"{_MONTH} {_DAY},? {_YEAR}", _build_day),
    (rf"{_DAY} (?:of )?{_MONTH},? {_YEAR}", _build_day),
    (rf"(?:the )?{_THIRD}[- ](?:{_MONTH} )?{_YEAR}", _build_early_mid_late),
    (rf"{_YEAR} ?[年년]", _build_year),
    (rf"{_YEAR} ?[年년] ?(?P<month>\d\d?) ?[月월]", _build_month),
    (rf"{_YEAR} ?[年년] ?(?P<month>\d\d?) ?[月월] ?(?P<day>\d\d?) ?[日일]", _build_day),
)
