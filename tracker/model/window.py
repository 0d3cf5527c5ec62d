"""Window: a release date as an interval of days, with the precision it was given in."""

from __future__ import annotations

from datetime import date
from enum import Enum
from typing import Final, NamedTuple

from tracker.model.dates import MONTHS, day_label, day_name, month_end

_SEASONS: Final = {21: "spring", 22: "summer", 23: "autumn", 24: "winter"}


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
    """A release as it was given; both ends inclusive."""

    text: str  # the words as typed, kept in the file
    earliest: date | None  # none only for TBA
    latest: date | None  # none only for TBA
    precision: Precision
    approximate: bool = False  # given with "around", "c." or "~"
    code: int = 0  # EDTF sub-year code (21-24 seasons, 33-36 quarters, 40-41 halves), else 0

    @property
    def is_tba(self) -> bool:
        return self.precision is Precision.TBA

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
        if first is None or last is None:
            return None
        mark = "~" if self.approximate else ""
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
            return "TBA"
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
        """The days: "Thu 14 May 2026", "Jul–Sep 2026", "Dec 2026–Feb 2027"."""
        first, last = self.earliest, self.latest
        if first is None or last is None:
            return "no date announced"
        if first == last:
            return day_name(first)
        whole = first.day == 1 and last == month_end(last)
        left, right = _end(first, whole), _end(last, whole)
        if first.year == last.year:
            if first.month == last.month:
                return right if whole else f"{first.day}–{right}"
            left = left.rsplit(" ", 1)[0]
        return f"{left}–{right}"

    def has_same_days(self, other: Window) -> bool:
        return (self.earliest, self.latest) == (other.earliest, other.latest)

    def contains(self, other: Window) -> bool:
        """Return whether every day of `other` is in this window; TBA contains all days."""
        if self.earliest is None or self.latest is None:
            return True
        if other.earliest is None or other.latest is None:
            return False
        return self.earliest <= other.earliest and other.latest <= self.latest

    def overlaps(self, first: date, last: date) -> bool:
        """Return whether a day from `first` to `last` is in this window; TBA overlaps nothing."""
        if self.earliest is None or self.latest is None:
            return False
        return self.earliest <= last and first <= self.latest


def order_key(window: Window | None) -> tuple[int, date, date, str]:
    """Sort key: by latest, then earliest; TBA and then None last."""
    if window is None:
        return (2, date.min, date.min, "")
    if window.earliest is None or window.latest is None:
        return (1, date.min, date.min, "")
    return (0, window.latest, window.earliest, window.text)


def days_until(window: Window | None, today: date) -> tuple[int, int] | None:
    """Return the fewest and most days to the release, negative in the past."""
    if window is None or window.earliest is None or window.latest is None:
        return None
    return ((window.earliest - today).days, (window.latest - today).days)


def describe_countdown(window: Window | None, today: date) -> str:
    """Return "in 12 days", "in 3–6 months", "within 5 days", "5 days ago"."""
    days = days_until(window, today)
    if days is None or window is None or window.latest is None:
        return ""
    least, most = days
    if least == most:
        return _one_day(least)
    if most < 0:
        return f"{_amount(-most)} past"
    if least <= 0:
        return f"within {_amount(most)}" if most else "today at the latest"
    unit, size = _unit(most)
    low, high = round(least / size), round(most / size)
    if low == 0:
        return f"within {_amount(most)}"
    return f"in {low}–{high} {unit}s" if low != high else f"in about {_plural(high, unit)}"


def overdue_by(window: Window, today: date) -> str:
    """Return how long ago the last day was: "6 months"."""
    return _amount((today - window.latest).days) if window.latest is not None else ""


def _one_day(days: int) -> str:
    match days:
        case 0:
            return "today"
        case 1:
            return "tomorrow"
        case -1:
            return "yesterday"
    return f"in {_amount(days)}" if days > 0 else f"{_amount(-days)} ago"


def _unit(days: int) -> tuple[str, float]:
    if days <= 21:
        return ("day", 1)
    if days <= 70:
        return ("week", 7)
    return ("month", 365.25 / 12) if days <= 730 else ("year", 365.25)


def _amount(days: int) -> str:
    unit, size = _unit(days)
    return _plural(round(days / size), unit)


def _plural(count: int, noun: str) -> str:
    return f"{count} {noun}" if count == 1 else f"{count} {noun}s"


def _end(day: date, whole_months: bool) -> str:
    month = f"{MONTHS[day.month - 1]} {day.year:04}"
    return month if whole_months else f"{day.day} {month}"


def _range_end(first: date, last: date, end: date) -> str:
    if first.day != 1 or last != month_end(last):
        return end.isoformat()
    if first.month == 1 and last.month == 12:
        return f"{end.year:04}"
    return end.isoformat()[:7]
