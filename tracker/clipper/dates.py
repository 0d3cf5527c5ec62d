"""Dates as news says them, resolved against the day of publication: "next year", "this fall", "on Friday"."""

from __future__ import annotations

import re
from datetime import date, timedelta
from typing import Final, NamedTuple

from tracker.clipper.lexicon import MONTHS, WEEKDAYS

_FULL: Final = r"January|February|March|April|May|June|July|August|September|October|November|December"
_ANY_MONTH: Final = rf"(?:{_FULL}|(?:Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec)\b\.?)"
_MONTH: Final = rf"(?P<month>{_ANY_MONTH})"
_TH: Final = r"(?:st|nd|rd|th)?"
_DAY: Final = rf"(?P<day>[0-3]?\d){_TH}"
_NUMBER: Final = r"(?P<number>0?[1-9]|1[0-2])"
_YEAR: Final = r"(?P<year>(?:19|20)\d\d)(?!\d)"
_ANY_SEASON: Final = r"(?i:spring|summer|fall|autumn|winter)"
_SEASON: Final = rf"(?P<season>{_ANY_SEASON})"
_PART: Final = (
    r"(?:(?P<part>[Ee]arly|[Mm]id|[Ll]ate|the (?:start|beginning|end|middle) of|sometime in|around|in or around|"
    r"the year)[ -](?:in |of )?)?"
)
_HALF: Final = r"(?P<half>[Ff]irst|[Ss]econd|latter|last|1st|2nd) half"
_QUARTER: Final = r"(?P<quarter>[Ff]irst|[Ss]econd|[Tt]hird|[Ff]ourth|final|last) quarter"
_SHORT: Final = r"(?:[QqＱ](?P<quarter>[1-4])|[Hh](?P<half>[12]))"
_OF_YEAR: Final = rf" of (?:{_YEAR}|(?P<when>this|the|next) year)"
_OR: Final = r" ?(?:or|/|and|–|-|to|through) ?"

_FORMS: Final = (
    rf"(?<![\d-]){_YEAR} ?(?:or|to|-|–|/) ?(?P<year_b>20\d\d)(?![\d-])",
    rf"{_DAY} (?:of )?{_MONTH},? {_YEAR}",
    rf"{_MONTH} {_DAY}(?: ?(?:and|or|to|through|&|–|-) ?[0-3]?\d{_TH})?(?:,? | of ){_YEAR}",
    rf"(?:between |from )?{_MONTH}{_OR}(?P<month_b>{_ANY_MONTH}),? {_YEAR}",
    rf"{_SEASON}{_OR}(?P<season_b>{_ANY_SEASON})(?: of)? {_YEAR}",
    rf"{_YEAR}[-./]{_NUMBER}[-./](?P<day>[0-3]?\d)(?!\d)",
    rf"(?<![\d./])(?P<day>[0-3]?\d)\.{_NUMBER}\.{_YEAR}",
    rf"(?<![\d./])(?P<day>1[3-9]|2\d|3[01])/{_NUMBER}/{_YEAR}",
    rf"{_PART}{_MONTH}(?:,| of)? {_YEAR}",
    rf"(?:the )?{_HALF}{_OF_YEAR}",
    rf"(?:the )?{_QUARTER}{_OF_YEAR}",
    rf"(?:in|for|by|during) (?:the |its )?{_QUARTER}(?! of)",
    rf"{_MONTH}(?: {_DAY}|,)?(?: of)? (?:later )?(?P<when>next|this|last) year\b",
    rf"\b{_SHORT}(?: of)?,? {_YEAR}",
    rf"{_YEAR} {_SHORT}\b",
    r"\b[Qq](?P<quarter>[1-4])\b",
    rf"(?:the )?{_HALF}(?=\s*(?:[.,;:)\"”]|$)| on | and | at )",
    rf"{_PART}{_SEASON}(?: of|,)? {_YEAR}",
    rf"{_YEAR}(?:['’]s)? {_SEASON}",
    rf"{_PART}(?P<when>next|this coming|the coming|this upcoming|this|last) {_SEASON}",
    rf"(?:in|for|by|until|of|to|from|a) (?:the )?(?:early |late )?{_SEASON}\b(?! of)",
    rf"{_SEASON}(?= (?:premiere|release|debut|launch|season|line-?up|schedule|broadcast|start|slot|bow|airing))",
    rf"(?:{_PART}|later |sometimes? |some time |(?:by )?the end of )"
    r"(?P<when>earlier this|next|the following|the coming|this|last) year\b",
    r"later in the year|before the (?:year is (?:out|over)|end of the year)|"
    r"by (?:the end of the year|year[’']?s?[ -]end)|the end of the year",
    r"(?:later |early |late )?(?P<when>next|this|last) (?P<unit>month)\b",
    r"(?P<holiday>(?:Valentine|New Year)[’']s (?:Day|Eve)|Christmas(?: Day| Eve)?|Halloween|Boxing Day)"
    rf"(?:,? {_YEAR})?",
    rf"{_MONTH} {_DAY}\b(?!\d|:|,\d)(?! ?(?:million|billion|percent|episodes?))",
    rf"\b{_DAY} (?:of )?{_MONTH}(?!\w)",
    rf"(?<![\d/]){_NUMBER}/(?P<day>[0-3]?\d)/{_YEAR}",
    rf"{_PART}(?P<month>{_FULL})(?![\w-]| [A-Z][a-z])",
    r"(?P<when>next|this coming|this|last|past|on|coming|until|from|starting) "
    r"(?P<weekday>(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day)\b",
    r"(?<=[a-z]s )(?P<weekday>(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day)\b(?!,? (?:[A-Z&]|and|to|through)|-)",
    r"\b(?P<word>[Tt]oday|[Tt]omorrow|[Tt]onight|yesterday)\b",
    rf"{_PART}(?:(?<=[Mm]id-)|(?<![\d$£€₩.,#-])){_YEAR}(?!['’]?s\b|[-–]\w|\.\d|,\d|\s(?:Olympics|World))"
    r"(?:(?: or |[-–/](?=20))(?P<year_b>(?:19|20)\d\d)(?!\d))?",
)
"""Where two forms read the same words, the earlier counts."""
_COMPILED: Final = tuple(re.compile(form) for form in _FORMS)
_HINT: Final = re.compile(
    r"\d|year|month|half|quarter|(?i:spring|summer|fall|autumn|winter)|oday|omorrow|onight|esterday|"
    r"Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec|[Dd]ay|Eve|Halloween|Christmas"
)
"""Without any of these there is no date."""
_HOLIDAYS: Final = {
    "valentine's day": (2, 14), "christmas day": (12, 25), "christmas eve": (12, 24), "new year's day": (1, 1),
    "new year's eve": (12, 31), "halloween": (10, 31), "boxing day": (12, 26), "christmas": (12, 25),
}  # fmt: skip
_SEASONS: Final = {"spring": 21, "summer": 22, "fall": 23, "autumn": 23, "winter": 24}
_ORDINALS: Final = {
    "first": 1, "1st": 1, "second": 2, "2nd": 2, "latter": 2, "last": 2, "third": 3, "fourth": 4, "final": 4,
}  # fmt: skip
_MOVED: Final = re.compile(r"\b(?:push|delay|mov(?:e|ing)|postpon|shift|slip|bump|reschedul)(?:\w*)\b[^.;]{0,40}$")
"""From May to June is no window of two months where something moves."""
_IN: Final = re.compile(
    r"(?:in|of|since|until|by|on|for|from|this|next|last|early|late|mid|till|through|and|or|to)[ -]$", re.IGNORECASE
)
"""Behind these words "May" and "March" are months."""
_BEFORE_NOW: Final = re.compile(
    r"\blast\b.{0,7}$|\b(?:started|began|begun|wrapped|finished|ended|completed|concluded|kicked off|took place|aired|"
    r"premiered|debuted|announced|since|back in|released|came out)\b[^,;.]{0,25}$"
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
    grain: int = 0
    """How exactly it is said: 3 a day, 2 a month, 1 a part of the year, 0 a year."""


def dates_in(text: str, published: date | None) -> list[DateMention]:
    """Return the dates in a sentence in their order; what no calendar has is none."""
    if not _HINT.search(text):
        return []
    found: list[DateMention] = []
    taken = bytearray(len(text) + 1)
    for form in _COMPILED:
        for match in form.finditer(text):
            start, end = match.span()
            if any(taken[start:end]) or (start and text[start - 1].isalnum() and text[start].isalnum()):
                continue
            got = {name: value.casefold().replace("’", "'") for name, value in match.groupdict().items() if value}
            try:
                meant = _meaning(got, published, text[max(0, start - 60) : start], text[end : end + 1])
            except (ValueError, OverflowError):  # 30 February is no day, and no February either
                meant = "", -1
            if meant is None:
                continue
            taken[start:end] = b"\1" * (end - start)
            is_past = got.get("when", got.get("word", "")).startswith(("last", "past", "earlier", "yesterday"))
            if meant[1] >= 0:
                found.append(DateMention(start, end, meant[0], is_past, meant[1]))
    found.sort()
    # "on Sunday 1 March" is one day, said twice.
    return [
        said
        for number, said in enumerate(found)
        if said.grain != 3 or number + 1 == len(found) or found[number + 1].start - said.end > 2
    ]


def _meaning(got: dict[str, str], published: date | None, before: str, after: str) -> tuple[str, int] | None:
    """Return the window and the grain of a date; None for what is no date.

    Raises:
        ValueError: The calendar has no such day.
        OverflowError: It has no such year.
    """
    year = int(got["year"]) if "year" in got else None
    if year is not None and "year_b" in got:
        return f"{year}/{got['year_b']}", 0
    for name, numbers in (("month", MONTHS), ("season", _SEASONS)):
        if year is not None and f"{name}_b" in got:
            first, last = (numbers[got[key].rstrip(".")] for key in (name, f"{name}_b"))
            is_move = name == "month" and _MOVED.search(before)
            return None if is_move else (f"{year - (first > last)}-{first:02}/{year}-{last:02}", 1)
    if {"month", "number", "holiday"} & got.keys():
        return _in_month(got, year, published, before, after)
    grain = (
        3
        if {"weekday", "word"} & got.keys()
        else 2
        if "unit" in got
        else int(bool({"quarter", "half", "season"} & got.keys()))
    )
    if year is None and published is None:
        return "", grain
    if published is not None and grain == 3:
        return _near(got, published).isoformat(), 3
    when = got.get("when", "")
    shift = (when in ("next", "the following", "the coming")) - when.startswith("last")
    if published is not None and "unit" in got:
        number = published.year * 12 + published.month - 1 + shift
        return f"{number // 12}-{number % 12 + 1:02}", 2
    if "season" in got:
        return _season(got["season"], when, year, published), 1
    is_bare = year is None and not when  # "in the third quarter" is the next that is not over
    if year is None and published is not None:
        year = published.year + shift
    for name, letter, months in (("quarter", "Q", 3), ("half", "H", 6)):
        if year is not None and name in got:
            number = _number_of(got[name], name)
            is_over = is_bare and published is not None and number * months < published.month
            return f"{year + is_over}-{letter}{number}", 1
    return f"{year:04}", 0


def _number_of(name: str, unit: str) -> int:
    if name.isdigit():
        return int(name)
    return 4 if unit == "quarter" and name == "last" else _ORDINALS[name]


def _in_month(
    got: dict[str, str], year: int | None, published: date | None, before: str, after: str
) -> tuple[str, int] | None:
    """Return a month or a day of it; without a year the one that is near."""
    if year is None and "when" in got and published is not None:
        year = published.year + (got["when"] == "next") - (got["when"] == "last")
    if "holiday" in got:
        month, day = _HOLIDAYS[got["holiday"]]
    else:
        month = MONTHS[got["month"].rstrip(".")] if "month" in got else int(got["number"])
        day = int(got.get("day", 0))
    if day or "day" in got:
        if year is None and published is not None:
            ahead = (date(published.year, month, day) - published).days
            year = published.year + (ahead < -60) - (ahead > 300)
        if not 1 <= day <= 31:
            return None
        return (date(year, month, day).isoformat() if year else ""), 3
    is_bare = year is None and "part" not in got and got.get("month") in ("may", "mar", "jan", "march")
    if is_bare and not _IN.search(before) and (got["month"] != "march" or after not in (".", ",")):
        return None
    if year is None and published is not None and "when" not in got:
        is_back = _BEFORE_NOW.search(before[-40:].casefold())
        year = published.year - (month >= published.month) if is_back else published.year + (month < published.month)
    return (f"{year}-{month:02}" if year else ""), 2


def _near(got: dict[str, str], published: date) -> date:
    """Return the day that "tomorrow" or "next Friday" means."""
    if "word" in got:
        return published + timedelta(days={"yesterday": -1, "tomorrow": 1}.get(got["word"], 0))
    ahead = (WEEKDAYS.index(got["weekday"]) - published.weekday()) % 7
    if got.get("when") in ("last", "past"):
        ahead -= 7
    elif got.get("when") == "next" and ahead == 0:
        ahead = 7
    return published + timedelta(days=ahead)


def _season(name: str, when: str, year: int | None, published: date | None) -> str:
    """Return a season; without a year the one that is not over."""
    last_month = {"spring": 5, "summer": 8, "winter": 14}.get(name, 11)
    if year is None and published is not None:
        year = published.year
        if when == "last":
            year -= published.month <= last_month
        else:
            year += published.month > last_month - 3 * (when == "next")
    return f"{'autumn' if name == 'fall' else name} {year}"
