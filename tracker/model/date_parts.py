"""Parts of a date as it is said, and the days that they come to."""

from __future__ import annotations

from datetime import date
from typing import Final, NamedTuple

from tracker.errors import BadValue
from tracker.model.date_tokens import NotADate
from tracker.model.dates import full_month, month_end
from tracker.model.window import Precision

_SEASON_MONTHS: Final = {21: (3, 5), 22: (6, 8), 23: (9, 11), 24: (12, 14)}


class Days(NamedTuple):
    """The days of a window, without its words; either end may be open."""

    first: date | None
    last: date | None
    precision: Precision
    code: int = 0


class DateParts:
    """What is said of one end of a window; it is filled token by token."""

    year: int | None = None
    month: int | None = None
    day: int | None = None
    quarter: int | None = None
    half: int | None = None
    half_month: int | None = None
    season: int | None = None
    months: tuple[int, int] | None = None
    part: int | None = None
    weekday: int | None = None
    number: int | None = None
    """A number whose unit comes from the other end of the range: 14 in "14–16 May"."""
    days: Days | None = None
    """Days that need nothing else, as those of a week."""
    has_unit: bool = False
    """Whether the month was a number with its unit, as 5月."""
    has_day_last: bool = False
    """Whether the day stands behind the month, as in "May 14"."""
    is_day_first: bool = False
    """Whether the month is in a language in which the day stands before it, as "14. Mai"."""
    is_part_of_year: bool = False
    """Whether "early", "mid" or "late" can be of nothing but a year, as 年末."""
    is_half_of_year: bool = False
    """Whether the half can be of nothing but a year, as 上半年."""
    is_winter_vague: bool = False
    """Whether it is a winter that may begin or end with its year."""
    is_year_relative: bool = False
    """Whether the year is said as "next year", which is that in which a winter begins."""
    needs_year: bool = False
    """Whether the words mean something else without a year, as "the last quarter"."""
    is_year_short: bool = False
    """Whether the year is written with two digits, which by themselves may be a number of years."""

    def with_values(self, **values: object) -> DateParts:
        """Return a copy with other values."""
        copy = DateParts()
        vars(copy).update(vars(self), **values)
        return copy

    @property
    def has_unit_of_year(self) -> bool:
        """Whether it says more than a year."""
        return self.part is not None or self.has_more_than_part

    @property
    def has_more_than_part(self) -> bool:
        """Whether it says more than a year and "early", "mid" or "late"."""
        units = (self.month, self.day, self.quarter, self.half, self.season, self.months)
        return any(unit is not None for unit in units)


def begin_of(said: DateParts) -> tuple[int, int]:
    """Return the month in which something of a year begins, and its day or part."""
    if said.month is not None:
        return (said.month, said.day or 10 * (said.part or 0))
    if said.season is not None:
        return (_SEASON_MONTHS[said.season][0], said.part or 0)
    if said.months is not None:
        return (said.months[0], 0)
    if said.quarter is not None:
        return (3 * said.quarter - 2, 0)
    if said.half is not None:
        return (6 * said.half - 5, 0)
    return (4 * (said.part or 0) + 1, 0)


def first_and_last(said: DateParts) -> tuple[date, date]:
    """Return the first and the last day of one end that has its year."""
    days = days_of(said)
    if days.first is None or days.last is None:
        raise NotADate
    return days.first, days.last


def days_of(said: DateParts) -> Days:
    """Return the days of one end that has its year.

    Raises:
        BadValue: There is no such day, month, quarter or half.
    """
    year = said.year
    if year is None or said.number is not None:
        raise NotADate
    if not 0 < year <= 9999:
        raise BadValue("years go from 1 to 9999.")
    names = [name for name in ("month", "quarter", "half", "season", "months") if getattr(said, name) is not None]
    if said.is_part_of_year and names:
        raise NotADate
    match names:
        case []:
            return _year_days(said, year)
        case ["month", "half"] if said.is_half_of_year:
            raise NotADate
        case ["month"] | ["month", "half"]:
            return _month_days(said, year)
        case [name] if said.day is None and said.half_month is None:
            return _part_days(said, name, year)
    raise NotADate


def _year_days(said: DateParts, year: int) -> Days:
    if said.day is not None or said.half_month is not None:
        raise NotADate
    if said.is_year_short and said.part is None:
        raise NotADate
    if said.part is not None:
        return Days(*months_of_year(year, 4 * said.part + 1, 4 * said.part + 4), Precision.RANGE)
    return Days(*months_of_year(year, 1, 12), Precision.YEAR)


def _month_days(said: DateParts, year: int) -> Days:
    month = said.month or 0
    if not 1 <= month <= 12:
        raise BadValue(f"there is no month {month}.")
    length = month_end(date(year, month, 1)).day
    half = said.half if said.half is not None else said.half_month
    if said.day is not None:
        if said.part is not None or half is not None:
            raise NotADate
        if not 1 <= said.day <= length:
            raise BadValue(_wrong_day(year, month, said.day))
        day = date(year, month, said.day)
        return Days(day, day, Precision.DAY)
    if half is not None:
        if said.part is not None or half not in (1, 2):
            raise NotADate
        ends = (1, 15) if half == 1 else (16, length)
    elif said.part is not None:
        ends = ((1, 10), (11, 20), (21, length))[said.part]
    else:
        return Days(date(year, month, 1), date(year, month, length), Precision.MONTH)
    return Days(date(year, month, ends[0]), date(year, month, ends[1]), Precision.RANGE)


def _wrong_day(year: int, month: int, day: int) -> str:
    if day == 0:
        return "there is no day 0."
    if month != 2:
        return f"{full_month(month)} has {month_end(date(year, month, 1)).day} days."
    return f"February {year:04} has 28 days." if day == 29 else "February has at most 29 days."


def _part_days(said: DateParts, name: str, year: int) -> Days:
    if name == "months" and said.months is not None:
        if said.part is not None:
            raise NotADate
        return Days(*months_of_year(year, *said.months), Precision.RANGE)
    if name == "season":
        code = said.season or 0
        precision, (first, last) = Precision.SEASON, _SEASON_MONTHS[code]
    else:
        number = getattr(said, name)
        count = {"quarter": 4, "half": 2}[name]
        if not 1 <= number <= count:
            raise BadValue(f"there is no {name} {number}.")
        size = 12 // count
        precision, code = Precision(name), number + {"quarter": 32, "half": 39}[name]
        first, last = size * (number - 1) + 1, size * number
    if said.part is None:
        return Days(*months_of_year(year, first, last), precision, code)
    size = (last - first + 1) // 3
    start = first + size * said.part
    return Days(*months_of_year(year, start, start + size - 1), Precision.MONTH if size == 1 else Precision.RANGE)


def months_of_year(year: int, first: int, last: int) -> tuple[date, date]:
    """Return the days from the first of a month to the end of another; months beyond 12 are of the next year."""
    if not 0 < year <= 9999 or (year == 9999 and last > 12):
        raise BadValue("years go from 1 to 9999.")
    start = date(year + (first - 1) // 12, (first - 1) % 12 + 1, 1)
    return start, month_end(date(year + (last - 1) // 12, (last - 1) % 12 + 1, 1))
