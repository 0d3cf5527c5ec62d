"""Calendar arithmetic, and the names of days and months."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from typing import Final

MONTHS: Final = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
WEEKDAYS: Final = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
_NAMES: Final = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip
_WEEKDAY_NAMES: Final = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
MONDAY: Final = 0  # as `date.weekday` counts
Week = tuple[date | None, ...]  # seven days; None before year 1 and after 9999

_FIRST: Final = {
    4: "MV",
    5: "AF BH DJ DZ EG IQ IR JO KW LY OM QA SD SY",
    6: (
        "AG AO AS BD BR BS BT BW BZ CA CO CV DM DO ET GQ GT GU GW HK HN ID IL IN JM JP KE KH KR LA MH MM MO MT MX MZ "
        "NI NP PA PE PH PK PR PT PY SA SG ST SV TH TL TT TW UM US VE VI WS YE ZA ZW"
    ),
}
"""Countries where the week does not begin on Monday: Unicode CLDR, supplemental/weekData, firstDay."""


WEEK_STARTS: Final[Mapping[str, int]] = {"monday": 0, "friday": 4, "saturday": 5, "sunday": 6}


def locale_country(locale: str) -> str:
    """Return the country of a POSIX locale such as "en_US.UTF-8", "" if it has none."""
    match = re.match(r"[A-Za-z]{2,3}(?:_[A-Z][a-z]{3})?_([A-Z]{2})(?![A-Za-z])", locale)
    return match[1] if match is not None else ""


def first_weekday(country: str) -> int:
    """Return the first day of the week in a country, 0 for Monday."""
    return next((day for day, countries in _FIRST.items() if country.upper() in countries.split()), MONDAY)


def month_name(day: date) -> str:
    """Return "December 2026"."""
    return f"{_NAMES[day.month - 1]} {day.year:04}"


def full_month(number: int) -> str:
    """Return "December"."""
    return _NAMES[number - 1]


def full_weekday(day: date) -> str:
    """Return "Thursday"."""
    return _WEEKDAY_NAMES[day.weekday()]


def day_label(day: date) -> str:
    """Return "14 May 2026"."""
    return f"{day.day} {MONTHS[day.month - 1]} {day.year:04}"


def day_name(day: date) -> str:
    """Return "Thu 14 May 2026"."""
    return f"{WEEKDAYS[day.weekday()]} {day_label(day)}"


def days_after(day: date, days: int) -> date:
    """Return the day that many days later, at most the first or last of the calendar."""
    return date.fromordinal(max(1, min(day.toordinal() + days, date.max.toordinal())))


def month_start(day: date) -> date:
    """Return the first day of the month."""
    return day.replace(day=1)


def month_end(day: date) -> date:
    """Return the last day of the month."""
    following = days_after(day.replace(day=28), 4)
    return days_after(following, -following.day) if following.month != day.month else date.max


def months_after(day: date, months: int) -> date:
    """Return the first of the month that many months later, within the calendar."""
    number = max(12, min(day.year * 12 + day.month - 1 + months, 9999 * 12 + 11))
    return date(number // 12, number % 12 + 1, 1)


def week_start(day: date, first: int = MONDAY) -> date:
    """Return the first day of the week."""
    return days_after(day, -((day.weekday() - first) % 7))


def week_end(day: date, first: int = MONDAY) -> date:
    """Return the last day of the week."""
    return days_after(day, 6 - (day.weekday() - first) % 7)


def month_weeks(month: date, first: int = MONDAY) -> tuple[Week, ...]:
    """Return the whole weeks of a month, with days of its neighbours."""
    start = month_start(month).toordinal()
    begin = start - (month_start(month).weekday() - first) % 7
    count = -(-(month_end(month).toordinal() + 1 - begin) // 7)
    return tuple(tuple(_day(begin + 7 * row + column) for column in range(7)) for row in range(count))


def _day(ordinal: int) -> date | None:
    return date.fromordinal(ordinal) if 1 <= ordinal <= date.max.toordinal() else None
