"""Dates as news says them, resolved against the day of publication: "next year", "this fall", "on Friday"."""

from __future__ import annotations

import re
from datetime import date, timedelta
from typing import Final, NamedTuple

from tracker.clipper.lexicon import MONTHS, WEEKDAYS

_FULL: Final = r"(?:January|February|March|April|May|June|July|August|September|October|November|December)"
_ANY_MONTH: Final = rf"(?:{_FULL}|(?:Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec)\b\.?)"
_MONTH: Final = rf"(?P<month>{_ANY_MONTH})"
_TH: Final = r"(?:st|nd|rd|th)?"
_DAY: Final = rf"(?P<day>[0-3]?\d){_TH}"
_NUMBER: Final = r"(?P<number>0?[1-9]|1[0-2])"
_YEAR: Final = r"(?P<year>(?:19|20)\d\d)(?!\d)"
_ANY_SEASON: Final = r"(?i:spring|summer|fall|autumn|winter)"
_SEASON: Final = rf"(?P<season>{_ANY_SEASON})"
_PART: Final = (
    r"(?:(?P<part>[Ee]arly|[Mm]id|[Ll]ate|the (?:start|beginning|end|middle) of|sometime in|around)[ -](?:in |of )?)?"
)
_OF_YEAR: Final = rf"(?:(?: of|,)? {_YEAR}|(?: of)? (?:later )?(?P<when>next|this|last|the) year\b)"
_OR: Final = r" ?(?:or|/|and|–|-) ?"
_WEEKDAY: Final = r"(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day"

_FORMS: Final = (
    rf"(?<![\d-]){_YEAR} ?(?:or|to|-|–|/) ?(?P<year_b>20\d\d)(?![\d-])",
    rf"{_DAY} (?:of )?{_MONTH}{_OF_YEAR}",
    rf"{_MONTH} {_DAY}(?: ?(?:and|or|to|through|&|–|-) ?[0-3]?\d{_TH})?{_OF_YEAR}",
    rf"(?:between )?{_MONTH}{_OR}(?P<month_b>{_ANY_MONTH}),? {_YEAR}",
    rf"{_SEASON}{_OR}(?P<season_b>{_ANY_SEASON})(?: of)? {_YEAR}",
    rf"{_YEAR}[-./]{_NUMBER}[-./](?P<day>[0-3]?\d)(?!\d)",
    rf"(?<![\d./])(?P<day>[0-3]?\d)\.{_NUMBER}\.{_YEAR}",
    rf"(?<![\d/]){_NUMBER}/(?P<day>[0-3]?\d)/{_YEAR}",
    rf"{_PART}{_MONTH}{_OF_YEAR}",
    r"(?:the )?(?:(?P<half>[Ff]irst|[Ss]econd|latter) half|"
    rf"(?P<quarter>[Ff]irst|[Ss]econd|[Tt]hird|[Ff]ourth|final) quarter){_OF_YEAR}",
    rf"(?:[QqＱ](?P<quarter>[1-4])|[Hh](?P<half>[12])){_OF_YEAR}",
    rf"{_PART}{_SEASON}(?: of|,)? {_YEAR}",
    rf"{_PART}(?:(?P<when>next|this coming|the coming|this|last)|(?:in|for|by|until|of|to|from|a)(?: the)?"
    rf"(?: early| late)?) {_SEASON}\b(?! of)",
    rf"(?:{_PART}|later |sometimes? |some time |(?:by )?the end of )"
    r"(?P<when>earlier this|next|the following|the coming|this|last) year\b",
    r"(?:later in|(?:by |before )?the end of) the year\b",
    r"(?:later |early |late )?(?P<when>next|this|last) (?P<unit>month)\b",
    rf"(?P<holiday>(?:Valentine|New Year)[’']s (?:Day|Eve)|Christmas(?: Day| Eve)?|Halloween)(?:,? {_YEAR})?",
    rf"{_MONTH} {_DAY}\b(?!\d|:|,\d)(?! ?(?:million|billion|percent|episodes?))",
    rf"{_DAY} (?:of )?{_MONTH}(?!\w)",
    rf"{_PART}(?P<month>{_FULL})(?![\w-]| [A-Z][a-z])",
    r"(?:(?P<when>next|this coming|this|last|past|on|coming|until|from|starting) |(?<=[a-z]s ))"
    rf"(?P<weekday>{_WEEKDAY})\b(?!-|,? (?:\(|(?:and|to|through|&) )?(?:{_ANY_MONTH}|{_WEEKDAY}|\d))",
    r"(?P<word>[Tt]oday|[Tt]omorrow|[Tt]onight|yesterday)\b(?! \()",
    rf"{_PART}(?:(?<=[Mm]id-)|(?<![\d$£€₩.,#-])){_YEAR}(?!['’]?s\b|[-–]\w|\.\d|,\d|\s(?:Olympics|World))",
)
"""Where two forms read the same words, the earlier counts."""
_COMPILED: Final = tuple(re.compile(rf"\b(?:{form})") for form in _FORMS)
_HINT: Final = re.compile(
    r"\d|year|month|half|quarter|(?i:spring|summer|fall|autumn|winter)|oday|omorrow|onight|esterday|"
    r"Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec|[Dd]ay|Eve|Halloween|Christmas"
)
"""Without any of these there is no date."""
_HOLIDAYS: Final = {
    "valentine's day": (2, 14), "christmas day": (12, 25), "christmas eve": (12, 24), "new year's day": (1, 1),
    "new year's eve": (12, 31), "halloween": (10, 31), "christmas": (12, 25),
}  # fmt: skip
_SEASONS: Final = {"spring": 21, "summer": 22, "fall": 23, "autumn": 23, "winter": 24}
_ORDINALS: Final = {"first": 1, "second": 2, "latter": 2, "third": 3, "fourth": 4, "final": 4}
_IN: Final = re.compile(
    r"(?:in|of|since|until|by|on|for|from|this|next|last|early|late|mid|till|through|and|or|to)[ -]$", re.IGNORECASE
)
"""Behind these words "May" and "March" are months."""
_BEFORE_NOW: Final = re.compile(
    r"\blast\b.{0,7}$|\b(?:started|began|begun|wrapped|finished|ended|completed|concluded|took place|aired|premiered|"
    r"debuted|announced|since|released|came out)\b[^,;.]{0,25}$"
)
"""Words behind which a month is the last of its name, not the next."""


class DateMention(NamedTuple):
    """One date in a sentence."""

    start: int
    end: int
    window: str
    """In the form of the file: 2026-05-14, 2026-05, 2026-Q3, 2026-H1, fall 2026; "" where the year cannot be known."""
    is_past: bool = False
    """Whether the words themselves look back: "last year", "yesterday"."""


def dates_in(text: str, published: date | None) -> list[DateMention]:
    """Return the dates in a sentence in their order; what no calendar has is none."""
    if not _HINT.search(text):
        return []
    found: list[DateMention] = []
    taken = bytearray(len(text))
    for form in _COMPILED:
        for match in form.finditer(text):
            start, end = match.span()
            if any(taken[start:end]):
                continue
            taken[start:end] = b"\1" * (end - start)
            got = {name: value.casefold().replace("’", "'") for name, value in match.groupdict().items() if value}
            try:
                window = _window(got, published, text[max(0, start - 60) : start])
            except (ValueError, OverflowError):  # of "30 February" not even the month is sure
                window = None
            if window is not None:
                is_past = got.get("when", got.get("word", "")).startswith(("last", "past", "earlier", "yesterday"))
                found.append(DateMention(start, end, window, is_past))
    return sorted(found)


def _window(got: dict[str, str], published: date | None, before: str) -> str | None:
    """Return the window of a date; "" where its year cannot be known, None for what is no date.

    Raises:
        ValueError: The calendar has no such day.
        OverflowError: It has no such year.
    """
    year = int(got["year"]) if "year" in got else None
    if year is not None and "year_b" in got:
        return f"{year}/{got['year_b']}"
    for name, numbers in (("month", MONTHS), ("season", _SEASONS)):
        if year is not None and f"{name}_b" in got:
            first, last = (numbers[got[key].rstrip(".")] for key in (name, f"{name}_b"))
            return f"{year - (first > last)}-{first:02}/{year}-{last:02}"
    when = got.get("when", "")
    shift = (when in ("next", "the following", "the coming")) - when.startswith("last")
    if year is None and when and published is not None and "season" not in got:
        year = published.year + shift
    if {"month", "number", "holiday"} & got.keys():
        return _in_month(got, year, published, before)
    if year is None and published is None:
        return ""
    if published is not None and {"word", "weekday", "unit"} & got.keys():
        return _near(got, when, shift, published)
    if "season" in got:
        return _season(got["season"], when, year, published)
    if year is None and published is not None:
        year = published.year
    for name, letter in (("quarter", "Q"), ("half", "H")):
        if name in got:
            return f"{year}-{letter}{_ORDINALS.get(got[name]) or int(got[name])}"
    return f"{year:04}"


def _in_month(got: dict[str, str], year: int | None, published: date | None, before: str) -> str | None:
    """Return a month or a day of it; without a year the one that is near."""
    if "holiday" in got:
        month, day = _HOLIDAYS[got["holiday"]]
    else:
        month = MONTHS[got["month"].rstrip(".")] if "month" in got else int(got["number"])
        day = int(got.get("day", 0))
    if day or "day" in got:
        if year is None and published is not None:
            ahead = (date(published.year, month, day) - published).days
            year = published.year + (ahead < -60) - (ahead > 300)
        said = date(year or 2000, month, day)
        return said.isoformat() if year else ""
    is_bare = year is None and "part" not in got and got.get("month") in ("may", "march")
    if is_bare and not _IN.search(before):
        return None
    if year is None and published is not None:
        is_back = _BEFORE_NOW.search(before[-40:].casefold())
        year = published.year - (month >= published.month) if is_back else published.year + (month < published.month)
    return f"{year}-{month:02}" if year else ""


def _near(got: dict[str, str], when: str, shift: int, published: date) -> str:
    """Return what "tomorrow", "next Friday" or "last month" means."""
    if "unit" in got:
        number = published.year * 12 + published.month - 1 + shift
        return f"{number // 12}-{number % 12 + 1:02}"
    ahead = {"yesterday": -1, "tomorrow": 1}.get(got.get("word", ""), 0)
    if "weekday" in got:
        ahead = (WEEKDAYS.index(got["weekday"]) - published.weekday()) % 7
        ahead += 7 * ((when == "next" and not ahead) - (when in ("last", "past")))
    return (published + timedelta(days=ahead)).isoformat()


def _season(name: str, when: str, year: int | None, published: date | None) -> str:
    """Return a season; without a year the one that is not over."""
    last_month = {"spring": 5, "summer": 8, "winter": 14}.get(name, 11)
    if year is None and published is not None:
        is_over = published.month > last_month - 3 * (when == "next")
        year = published.year + (is_over - 1 if when == "last" else is_over)
    return f"{'autumn' if name == 'fall' else name} {year}"
