"""Window: a release date as an interval of days, with the precision it was given in."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date
from enum import Enum
from math import ceil, floor
from typing import Final, NamedTuple

from tracker.model.dates import MONTHS, day_label, day_name, days_after, month_end

_SEASONS: Final = {21: "spring", 22: "summer", 23: "autumn", 24: "winter"}
_UNITS: Final = (("day", 20), ("week", 8), ("month", 23), ("year", 10_000))
"""Units of time with the most that people say of each."""
_SIZES: Final = {"day": 1, "week": 7, "month": 365.25 / 12, "year": 365.25}
_RANGE_UNITS: Final = (("day", 14), *_UNITS[1:])


class Precision(Enum):
    """How exactly a release is given."""

    DAY = "day"
    MONTH = "month"
    QUARTER = "quarter"
    SEASON = "season"
    HALF = "half"
    YEAR = "year"
    RANGE = "range"
    TBA = "tba"


class Window(NamedTuple):
    """A release as it was given; both ends inclusive.

    An end that nobody gave is None: both of TBA, the last of "2027 or later", the first of "by 2027".
    """

    text: str  # the words as typed, kept in the file
    earliest: date | None
    latest: date | None
    precision: Precision
    approximate: bool = False  # given with "around", "c." or "~"
    code: int = 0  # EDTF sub-year code (21-24 seasons, 33-36 quarters, 40-41 halves), else 0
    words: str = ""  # the words as typed where they count from the day they were said; `text` is what they come to

    @property
    def is_tba(self) -> bool:
        return self.precision is Precision.TBA

    @property
    def is_open(self) -> bool:
        """Whether one end is not given: "2027 or later", "by 2027"."""
        return (self.earliest is None) is not (self.latest is None)

    @property
    def resolved(self) -> Window:
        """The window without the words that count from the day they were said: `text` says the same on every day."""
        return self._replace(words="") if self.words else self

    @property
    def day(self) -> date | None:
        """The exact day, None for anything vaguer."""
        return self.latest if self.earliest == self.latest and not self.approximate else None

    @property
    def key(self) -> tuple[date | None, date | None, Precision, bool]:
        """Equal for all spellings of a window, as "2026-Q3" and "Q3 2026"."""
        return (self.earliest, self.latest, self.precision, self.approximate)

    @property
    def edtf(self) -> str | None:
        """The window in Extended Date/Time Format (ISO 8601-2); None for TBA.

        Codes for seasons, quarters and halves: https://www.loc.gov/standards/datetime/ level 2.
        """
        first, last = self.earliest, self.latest
        mark = "~" if self.approximate else ""
        if first is None or last is None:
            if first is not None:
                return f"{_first_text(first)}{mark}/.."
            return f"../{_last_text(last)}{mark}" if last is not None else None
        match self.precision:
            case Precision.DAY:
                return f"{first.isoformat()}{mark}"
            case Precision.MONTH:
                return f"{first.isoformat()[:7]}{mark}"
            case Precision.YEAR:
                return f"{first.year:04}{mark}"
            case Precision.RANGE:
                return f"{_range_end(first, last, first)}{mark}/{_range_end(first, last, last)}{mark}"
            case _:
                if mark:
                    # No mark may stand behind a code of a part of the year; behind months it may.
                    return f"{first.isoformat()[:7]}~/{last.isoformat()[:7]}~"
                return f"{first.year:04}-{self.code}"

    @property
    def label(self) -> str:
        """The short form: "14 May 2026", "Aug 2026", "Q4 2026", "TBA"."""
        first, last = self.earliest, self.latest
        if first is None or last is None:
            return f"{'~' if self.approximate else ''}{self.span}" if self.is_open else "TBA"
        match self.precision:
            case Precision.DAY:
                words = day_label(first)
            case Precision.MONTH:
                words = f"{MONTHS[first.month - 1]} {first.year:04}"
            case Precision.QUARTER:
                words = f"Q{self.code - 32} {first.year:04}"
            case Precision.HALF:
                words = f"H{self.code - 39} {first.year:04}"
            case Precision.SEASON:
                words = f"{_SEASONS[self.code]} {first.year:04}"
            case Precision.YEAR:
                words = f"{first.year:04}"
            case _:
                words = self.span
        return f"~{words}" if self.approximate else words

    @property
    def span(self) -> str:
        """The days: "Thu 14 May 2026", "Jul–Sep 2026", "Dec 2026–Feb 2027", "2026–2028"."""
        first, last = self.earliest, self.latest
        if first is None or last is None:
            if first is not None:
                return f"{_short(_first_text(first))} or later"
            return f"{_short(_last_text(last))} or earlier" if last is not None else "no date announced"
        if first == last:
            return day_name(first)
        whole = first.day == 1 and last == month_end(last)
        left, right = _end(first, whole), _end(last, whole)
        if first.year == last.year:
            if first.month == last.month:
                return right if whole else f"{first.day}–{right}"
            left = left.rsplit(" ", 1)[0]
        elif whole and (first.month, last.month) == (1, 12):
            return f"{first.year:04}–{last.year:04}"
        return f"{left}–{right}"

    @property
    def meant_days(self) -> str:
        """The days as they were meant: "about Thu 14 May 2026"."""
        return f"about {self.span}" if self.approximate else self.span

    def has_same_days(self, other: Window) -> bool:
        return (self.earliest, self.latest) == (other.earliest, other.latest)

    def contains(self, other: Window) -> bool:
        """Return whether every day of `other` is in this window; TBA contains all days."""
        if self.is_tba:
            return True
        if other.is_tba:
            return False
        begins = self.earliest is None or (other.earliest is not None and self.earliest <= other.earliest)
        return begins and (self.latest is None or (other.latest is not None and other.latest <= self.latest))

    def overlaps(self, first: date, last: date) -> bool:
        """Return whether a day from `first` to `last` is in this window; TBA overlaps nothing."""
        if self.is_tba:
            return False
        return (self.earliest is None or self.earliest <= last) and (self.latest is None or first <= self.latest)


def order_key(window: Window | None) -> tuple[int, int, int, bool, str]:
    """Sort key: by the last day, of one day the narrower first; TBA and then None last.

    A window without an end comes after all others of the year in which it begins.
    """
    first, last = (window.earliest, window.latest) if window is not None else (None, None)
    if window is None or (begin := first or last) is None:
        return (2 if window is None else 1, 0, 0, False, "")
    end = last or date(begin.year, 12, 31)
    # "By 2027" may be any day until then, "2027 or later" any from then on.
    width = (end - (first or date.min)).days if last else date.max.toordinal() + begin.toordinal()
    return (0, end.toordinal(), width, window.approximate, window.text)


def window_text(window: Window) -> str:
    """Return the shortest text for the days of a window that is read as the same: "2026-Q4", "~2027", "2027/.."."""
    mark = "~" if window.approximate else ""
    match window.precision:
        case Precision.TBA:
            return "TBA"
        case Precision.SEASON:
            return window.label
        case Precision.QUARTER | Precision.HALF if window.earliest is not None:
            letter, number = ("Q", window.code - 32) if window.code < 40 else ("H", window.code - 39)
            return f"{mark}{window.earliest.year:04}-{letter}{number}"
    return window.edtf or "TBA"


def days_until(window: Window | None, today: date) -> tuple[int | None, int | None] | None:
    """Return the fewest and most days to the release, negative in the past; None for an open end."""
    if window is None or window.is_tba:
        return None
    least = (window.earliest - today).days if window.earliest is not None else None
    return (least, (window.latest - today).days if window.latest is not None else None)


def describe_countdown(window: Window | None, today: date) -> str:
    """Return "in 12 days", "in 2–6 months", "within 5 weeks", "5 days ago".

    No range is narrower than the window and nothing that has passed is told as longer ago than it is; an exact day
    ahead is told to the nearest unit.
    """
    if window is None or window.is_tba:
        return ""
    first, last = window.earliest or today, window.latest
    if last is None:
        count, unit = _count(today, max(first, today), floor)
        return f"in {count}+ {_noun(count, unit)}" if first > today else "any time"
    if last < today:
        return "yesterday" if first == last == days_after(today, -1) else f"{time_between(last, today)} ago"
    if window.earliest == last:
        return _one_day(today, last, "about " if window.approximate else "")
    if first > today:
        most, unit = _count(today, last, ceil, _RANGE_UNITS)
        if least := floor(_measure(today, first, unit)):
            return f"in {least}–{most} {unit}s"
    if last == today:
        return "by tonight"
    most, unit = _count(today, last, ceil)
    return f"within {_plural(most, unit)}" if last > days_after(today, 1) else "by tomorrow"


def overdue_by(window: Window, today: date) -> str:
    """Return how long ago the last day was, never more than it is: "6 months"."""
    return time_between(window.latest, today) if window.latest is not None else ""


def describe_days(days: int) -> str:
    """Return a number of days to the nearest unit: "8 months"."""
    counts = ((_nearest(days / _SIZES[unit]), unit, most) for unit, most in _UNITS)
    return next(_plural(count, unit) for count, unit, most in counts if count <= most)


def _one_day(today: date, day: date, about: str) -> str:
    if day <= days_after(today, 1):
        return f"{about}today" if day == today else f"{about}tomorrow"
    return f"in {about}{_plural(*_count(today, day, _nearest))}"


def time_between(first: date, last: date) -> str:
    """Return the time between two days, never more than it is: "6 months"."""
    return _plural(*_count(first, last, floor))


def _nearest(amount: float) -> int:
    return floor(amount + 0.5)


def _count(
    first: date, last: date, rounded: Callable[[float], int], units: Iterable[tuple[str, int]] = _UNITS
) -> tuple[int, str]:
    """Return the time between two days in the first unit that has not too many of it, and that unit."""
    counts = ((rounded(_measure(first, last, unit)), unit, most) for unit, most in units)
    return next(((count, unit) for count, unit, most in counts if count <= most))


def _measure(first: date, last: date, unit: str) -> float:
    """Return the time between two days; months and years are those of the calendar."""
    days = (last - first).days
    if unit == "day":
        return days
    if unit == "week":
        return days / 7
    months = (last.year - first.year) * 12 + last.month - first.month
    # From 31 January on, a month ends with the last day of February.
    rest = last.day - min(first.day, month_end(last).day)
    if rest < 0:
        months -= 1
        rest = (last - _same_day(first, last.replace(day=1))).days
    parts = months + rest / 32
    return parts if unit == "month" else parts / 12


def _same_day(day: date, month: date) -> date:
    """Return the day of the month before `month` that has the same number, at most its last."""
    before = days_after(month, -1)
    return before.replace(day=min(day.day, before.day))


def _plural(count: int, noun: str) -> str:
    return f"{count} {_noun(count, noun)}"


def _noun(count: int, noun: str) -> str:
    return noun if count == 1 else f"{noun}s"


def _end(day: date, whole_months: bool) -> str:
    month = f"{MONTHS[day.month - 1]} {day.year:04}"
    return month if whole_months else f"{day.day} {month}"


def _first_text(day: date) -> str:
    """Return a day, or the month or year that begins with it."""
    if day.day != 1:
        return day.isoformat()
    return f"{day.year:04}" if day.month == 1 else day.isoformat()[:7]


def _last_text(day: date) -> str:
    """Return a day, or the month or year that ends with it."""
    if day != month_end(day):
        return day.isoformat()
    return f"{day.year:04}" if day.month == 12 else day.isoformat()[:7]


def _short(text: str) -> str:
    """Return a year, month or day in the words of a label."""
    if len(text) == 4:
        return text
    month = f"{MONTHS[int(text[5:7]) - 1]} {text[:4]}"
    return month if len(text) == 7 else day_label(date.fromisoformat(text))


def _range_end(first: date, last: date, end: date) -> str:
    if first.day != 1 or last != month_end(last):
        return end.isoformat()
    if first.month == 1 and last.month == 12:
        return f"{end.year:04}"
    return end.isoformat()[:7]
