"""Dates as news says them, resolved against the day of publication: "next year", "this fall", "on Friday"."""

from __future__ import annotations

import re
from datetime import date, timedelta
from typing import Final, NamedTuple

from tracker.clipper.language.lexicon import MONTHS, WEEKDAYS

_MONTH: Final = (
    r"(?P<month>January|February|March|April|May|June|July|August|September|October|November|December|"
    r"(?:Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec)\b\.?)"
)
_MONTH_NAMES: Final = _MONTH.replace("?P<month>", "?:")
_WHOLE_MONTH: Final = (
    r"(?P<month>January|February|March|April|May|June|July|August|September|October|November|December)"
)
_DAY: Final = r"(?P<day>[0-3]?\d)(?:st|nd|rd|th)?"
_YEAR: Final = r"(?P<year>(?:19|20)\d\d)(?!\d)"
_SEASON: Final = r"(?P<season>[Ss]pring|[Ss]ummer|[Ff]all|[Aa]utumn|[Ww]inter|SPRING|SUMMER|FALL|AUTUMN|WINTER)"
_PART: Final = (
    r"(?:(?P<part>early|mid|late|the (?:start|beginning|end|middle) of|Early|Mid|Late|sometime in|around|"
    r"in or around|the year)[ -](?:in |of )?)?"
)
_HALF: Final = r"(?P<half>first|second|latter|last|1st|2nd|First|Second) half"
_QUARTER: Final = r"(?P<quarter>first|second|third|fourth|final|last|First|Second|Third|Fourth) quarter"
_HOLIDAYS: Final = {
    "valentine's day": (2, 14), "christmas day": (12, 25), "christmas eve": (12, 24), "new year's day": (1, 1),
    "new year's eve": (12, 31), "halloween": (10, 31), "boxing day": (12, 26), "christmas": (12, 25),
}  # fmt: skip
_SEASONS: Final = {"spring": 21, "summer": 22, "fall": 23, "autumn": 23, "winter": 24}
_ORDINALS: Final = {
    "first": 1,
    "1st": 1,
    "second": 2,
    "2nd": 2,
    "latter": 2,
    "last": 2,
    "third": 3,
    "fourth": 4,
    "final": 4,
}

_FORMS: Final = (
    rf"(?<![\d-]){_YEAR} ?(?:or|to|-|–|/) ?(?P<year_b>20\d\d)(?![\d-])",
    rf"{_DAY} (?:of )?{_MONTH},? {_YEAR}",
    rf"{_MONTH} {_DAY}(?: ?(?:and|or|to|through|&|–|-) ?[0-3]?\d(?:st|nd|rd|th)?)?(?:,? | of ){_YEAR}",
    rf"(?:between |from )?{_MONTH} ?(?:or|/|and|–|-|to|through) ?(?P<month_b>{_MONTH_NAMES}),? {_YEAR}",
    rf"{_SEASON} ?(?:or|/|and|–|-|to) ?(?P<season_b>[Ss]pring|[Ss]ummer|[Ff]all|[Aa]utumn|[Ww]inter)(?: of)? {_YEAR}",
    rf"{_YEAR}[-./](?P<number>0?[1-9]|1[0-2])[-./](?P<day>[0-3]?\d)(?!\d)",
    rf"(?<![\d./])(?P<day>[0-3]?\d)\.(?P<number>0?[1-9]|1[0-2])\.{_YEAR}",
    rf"(?<![\d./])(?P<day>1[3-9]|2\d|3[01])/(?P<number>0?[1-9]|1[0-2])/{_YEAR}",
    rf"{_PART}{_MONTH}(?:,| of)? {_YEAR}",
    rf"(?:the )?{_HALF} of (?:{_YEAR}|(?P<this>this year|the year)|(?P<next>next year))",
    rf"(?:the )?{_QUARTER} of (?:{_YEAR}|(?P<this>this year|the year)|(?P<next>next year))",
    rf"(?:in|for|by|during) (?:the |its )?{_QUARTER}(?! of)",
    rf"{_MONTH}(?: {_DAY}|,)?(?: of)? (?P<next>next) year\b",
    rf"\b[QqＱ](?P<quarter>[1-4])(?: of)?,? {_YEAR}",
    rf"{_YEAR} [Qq](?P<quarter>[1-4])\b",
    rf"\b[Hh](?P<half>[12]),? {_YEAR}",
    rf"{_YEAR} [Hh](?P<half>[12])\b",
    r"\b[Qq](?P<quarter>[1-4])\b",
    rf"(?:the )?{_HALF}(?=\s*(?:[.,;:)\"”]|$)| on | and | at )",
    rf"{_PART}{_SEASON}(?: of|,)? {_YEAR}",
    rf"{_YEAR}(?:['’]s)? {_SEASON}",
    rf"{_PART}(?:(?P<next>next)|(?P<this>this|this coming|the coming|this upcoming)|(?P<last>last)) {_SEASON}",
    rf"(?:in|for|by|until|of|to|from|a) (?:the )?(?:early |late )?{_SEASON}\b(?! of)",
    rf"{_SEASON}(?= (?:premiere|release|debut|launch|season|line-?up|schedule|broadcast|start|slot|bow|airing))",
    r"(?P<past>earlier this year)",
    rf"(?:{_PART}|(?P<later>later |sometime |sometimes |some time |the end of |by the end of ))(?:(?P<next>next|"
    rf"the following|the coming)|(?P<this>this)|(?P<last>last)) year\b",
    r"later in the year|before the (?:year is (?:out|over)|end of the year)|"
    r"by (?:the end of the year|year[’']?s?[ -]end)|the end of the year",
    r"(?P<relative>(?:later |early |late )?(?:next|this|last) month)\b",
    rf"(?P<holiday>(?:Valentine|New Year)[’']s (?:Day|Eve)|Christmas (?:Day|Eve)|Christmas|Halloween|"
    rf"Boxing Day)(?:,? {_YEAR})?",
    rf"{_MONTH} {_DAY}\b(?!\d|:|,\d)(?! ?(?:million|billion|percent|episodes?))",
    rf"\b{_DAY} (?:of )?{_MONTH}(?!\w)",
    rf"(?<![\d/])(?P<number>0?[1-9]|1[0-2])/(?P<day>[0-3]?\d)/{_YEAR}",
    rf"{_PART}{_WHOLE_MONTH}(?![\w-]| [A-Z][a-z])",
    r"(?:(?P<relative_day>next|this|this coming|last|past|on|coming|until|from|starting)) (?P<weekday>Monday|"
    r"Tuesday|Wednesday|Thursday|Friday|Saturday|Sunday)\b",
    r"(?P<word>today|tomorrow|tonight|yesterday|Today|Tomorrow|Tonight)\b",
    rf"{_PART}(?:(?<=[Mm]id-)|(?<![\d$£€₩.,#-])){_YEAR}(?!['’]?s\b|[-–]\w|\.\d|,\d|\s(?:Olympics|World))(?:(?: or |"
    rf"[-–/](?=20)){_YEAR.replace('<year>', '<year_b>')})?",
)
_NO_DAY: Final = -1
"""30 February is no day, and no February either."""
_COMPILED: Final = tuple(re.compile(form) for form in _FORMS)
_MAY: Final = re.compile(
    r"(?:in|of|since|until|by|on|for|from|this|next|last|early|late|mid|till|through|and|or|to)[ -]$", re.IGNORECASE
)


_HINT: Final = re.compile(
    r"\d|(?:year|month|half|quarter|[Ss]pring|[Ss]ummer|[Ff]all|[Aa]utumn|[Ww]inter|SPRING|SUMMER|FALL|AUTUMN|"
    r"WINTER|oday|omorrow|onight|esterday|"
    r"Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec|[Dd]ay|Eve|Halloween|Christmas)"
)
"""Without any of these there is no date."""


class DateMention(NamedTuple):
    """One date in a sentence."""

    start: int
    end: int
    window: str
    """In the form of the file: 2026-05-14, 2026-05, 2026-Q3, 2026-H1, 2026-23 …; "" where the year cannot be known."""
    is_past: bool = False
    """Whether the words themselves look back: "last year", "yesterday"."""
    grain: int = 0
    """How exactly it is said: 3 a day, 2 a month, 1 a part of the year, 0 a year."""


def dates_in(text: str, published: date | None) -> list[DateMention]:
    """Return the dates in a sentence in their order; where two read the same words, the longer counts."""
    if not _HINT.search(text):
        return []
    found: list[DateMention] = []
    taken = bytearray(len(text) + 1)
    for form in _COMPILED:
        for match in form.finditer(text):
            start, end = match.span()
            if any(taken[start:end]) or (start and text[start - 1].isalnum() and text[start].isalnum()):
                continue
            said = _read(match, published, text)
            if said is not None and said.grain == _NO_DAY:
                taken[start:end] = b"\1" * (end - start)
            elif said is not None:
                taken[start:end] = b"\1" * (end - start)
                found.append(said)
    found.sort()
    # "on Sunday 1 March" is one day, said twice.
    return [
        said
        for number, said in enumerate(found)
        if said.grain != 3 or number + 1 == len(found) or found[number + 1].start - said.end > 2
    ]


def _read(match: re.Match[str], published: date | None, text: str) -> DateMention | None:
    got = {name: value for name, value in match.groupdict().items() if value}
    if "month_b" in got and _MOVED.search(text[: match.start()]):
        return None
    if {"month_b", "season_b", "year_b"} & got.keys():
        return _span(match.start(), match.end(), got)
    year = int(got["year"]) if "year" in got else None
    words = match[0].casefold().replace("’", "'")
    start, end = match.span()
    if "month" in got or "number" in got:
        return _read_month(start, end, got, year, published, text)
    if "holiday" in got:
        month, day = _HOLIDAYS[got["holiday"].casefold().replace("’", "'")]
        return _day(start, end, year, month, day, published, text)
    if "weekday" in got:
        return _weekday(start, end, got, published)
    if "word" in got:
        return _day_from(start, end, words, published)
    if "relative" in got:
        return _month_from(start, end, words, published)
    if year is None and published is not None:
        year = published.year + ("next" in got) - ("last" in got)
    is_past = ("last" in got or "past" in got) and "half" not in got and "quarter" not in got
    if "quarter" in got or "half" in got:
        return _part(start, end, got, year, published)
    if "season" in got:
        return _season(start, end, got, year, published)
    return DateMention(start, end, f"{year:04}" if year else "", is_past, 0)


def _read_month(
    start: int, end: int, got: dict[str, str], year: int | None, published: date | None, text: str
) -> DateMention | None:
    """Return the month, or the day of it."""
    if year is None and "next" in got:
        if published is None:
            return DateMention(start, end, "", grain=2)
        year = published.year + 1
    month = MONTHS[got["month"].rstrip(".").casefold()] if "month" in got else int(got["number"])
    if "day" in got:
        return _day(start, end, year, month, int(got["day"]), published, text)
    if year is None and "part" not in got and _is_no_month(got.get("month", ""), text, start, end):
        return None
    year = year or _year_of_month(month, published, text, start)
    return DateMention(start, end, f"{year}-{month:02}" if year else "", grain=2)


def _day_from(start: int, end: int, word: str, published: date | None) -> DateMention:
    """Return the day that "today" or "tomorrow" means."""
    shift = timedelta(days={"yesterday": -1, "tomorrow": 1}.get(word, 0))
    try:
        window = (published + shift).isoformat() if published else ""
    except OverflowError:
        window = ""
    return DateMention(start, end, window, word == "yesterday", 3)


def _part(start: int, end: int, got: dict[str, str], year: int | None, published: date | None) -> DateMention:
    """Return a quarter or a half; without a year the next that is not over."""
    name = got.get("quarter") or got["half"]
    number = int(name) if name.isdigit() else _ORDINALS[name.casefold()]
    number = 4 if "quarter" in got and name.casefold() == "last" else number
    if year is not None and not {"year", "next", "this"} & got.keys() and published is not None:
        year += number * (3 if "quarter" in got else 6) < published.month
    letter = "Q" if "quarter" in got else "H"
    return DateMention(start, end, f"{year}-{letter}{number}" if year else "", grain=1)


_MOVED: Final = re.compile(r"\b(?:push|delay|mov|postpon|shift|slip|bump|reschedul)\w*\b[^.;]{0,40}$")


def _span(start: int, end: int, got: dict[str, str]) -> DateMention:
    """Return the window of a pair: "May or June 2027", "2026-2027"; the first part takes the year of the second."""
    year = int(got["year"])
    if "year_b" in got:
        return DateMention(start, end, f"{year}/{got['year_b']}", grain=0)
    if "month_b" in got:
        first, last = (MONTHS[got[name].rstrip(".").casefold()] for name in ("month", "month_b"))
        return DateMention(start, end, f"{year - (first > last)}-{first:02}/{year}-{last:02}", grain=1)
    first, last = (_SEASONS[got[name].casefold()] for name in ("season", "season_b"))
    return DateMention(start, end, f"{year - (first > last)}-{first}/{year}-{last}", grain=1)


def _is_no_month(name: str, text: str, start: int, end: int) -> bool:
    """Return whether "May" or "March" is a verb or a name here."""
    if name not in ("May", "Mar", "Jan", "March") or _MAY.search(text[max(0, start - 8) : start]):
        return False
    return name != "March" or text[end : end + 1] not in (".", ",")


def _day(
    start: int, end: int, year: int | None, month: int, day: int, published: date | None, text: str
) -> DateMention | None:
    if not 1 <= day <= 31:
        return None
    if year is None and published is not None:
        year = published.year
        try:
            there = date(year, month, day)
        except ValueError:
            return None
        if (published - there).days > 60:
            year += 1
        elif (there - published).days > 300:
            year -= 1
    if year is None:
        return DateMention(start, end, "", grain=3)
    try:
        return DateMention(start, end, date(year, month, day).isoformat(), grain=3)
    except ValueError:
        return DateMention(start, end, "", grain=_NO_DAY)


_BEFORE_NOW: Final = re.compile(
    r"\b(?:started|began|begun|wrapped|finished|ended|completed|concluded|kicked off|took place|aired|premiered|"
    r"debuted|announced|"
    r"since|back in|released|came out)\b[^,;.]{0,25}$"
)
"""Words behind which a month is the last of its name, not the next."""


def _year_of_month(month: int, published: date | None, text: str, start: int) -> int | None:
    if published is None:
        return None
    before = text[max(0, start - 40) : start].casefold()
    if "last" in before[-12:] or _BEFORE_NOW.search(before):
        return published.year - (month >= published.month)
    return published.year + (month < published.month)


def _weekday(start: int, end: int, got: dict[str, str], published: date | None) -> DateMention:
    if published is None:
        return DateMention(start, end, "", got["relative_day"] in ("last", "past"), 3)
    ahead = (WEEKDAYS.index(got["weekday"].casefold()) - published.weekday()) % 7
    if got["relative_day"] in ("last", "past"):
        return DateMention(start, end, (published - timedelta(days=(7 - ahead) % 7 or 7)).isoformat(), True, 3)
    if got["relative_day"] == "next" and ahead == 0:
        ahead = 7
    return DateMention(start, end, (published + timedelta(days=ahead)).isoformat(), grain=3)


def _month_from(start: int, end: int, words: str, published: date | None) -> DateMention:
    if published is None:
        return DateMention(start, end, "", "last" in words, 2)
    number = published.year * 12 + published.month - 1 + ("next" in words) - ("last" in words)
    return DateMention(start, end, f"{number // 12}-{number % 12 + 1:02}", "last" in words, 2)


def _season(start: int, end: int, got: dict[str, str], year: int | None, published: date | None) -> DateMention:
    code = _SEASONS[got["season"].casefold()]
    if "year" not in got and published is not None:
        year = published.year
        last_month = {21: 5, 22: 8, 23: 11, 24: 14}[code]
        if "last" in got:
            year -= published.month <= last_month
        elif published.month > last_month or ("next" in got and published.month > last_month - 3):
            year += 1
    name = {21: "spring", 22: "summer", 23: "autumn", 24: "winter"}[code]
    return DateMention(start, end, f"{name} {year}" if year else "", "last" in got, 1)
