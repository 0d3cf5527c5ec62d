from __future__ import annotations

from calendar import Calendar, monthrange
from collections.abc import Iterator
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.model.strategies import all_days
from tracker.model.dates import (
    WEEK_STARTS,
    day_label,
    day_name,
    days_after,
    first_weekday,
    locale_country,
    month_end,
    month_name,
    month_start,
    month_weeks,
    months_after,
    week_end,
    week_start,
)

YEARS = (1900, *range(2000, 2028), 2100)
"""Within 28 years each of the fourteen kinds of a year is met: with a leap day and without, from each weekday on."""
MONTHS = [date(year, month, 1) for year in YEARS for month in range(1, 13)]
WEEKDAYS = range(7)
first_weekdays = st.integers(0, 6)


@pytest.mark.parametrize("first", WEEKDAYS)
def test_month_weeks_of_every_year(first: int) -> None:
    library = Calendar(first)
    for month in MONTHS:
        weeks = [list(week) for week in month_weeks(month, first)]
        assert weeks == library.monthdatescalendar(month.year, month.month), month


def test_month_ends_of_every_year() -> None:
    for first in MONTHS:
        last = first.replace(day=monthrange(first.year, first.month)[1])
        for day in (first, first.replace(day=13), first.replace(day=28), last):
            assert (month_start(day), month_end(day)) == (first, last), day


@pytest.mark.parametrize("first", WEEKDAYS)
def test_week_start_and_end(first: int) -> None:
    for month in MONTHS:
        for week in Calendar(first).monthdatescalendar(month.year, month.month):
            for day in (week[0], week[3], week[6]):
                assert (week_start(day, first), week_end(day, first)) == (week[0], week[6]), day


@given(all_days, st.integers(-200, 200))
def test_months_after_and_back(day: date, months: int) -> None:
    there = months_after(day, months)
    assert there.day == 1
    if date.min < there < date(9999, 12, 1):
        assert months_after(there, -months) == month_start(day)
        assert (there.year - day.year) * 12 + there.month - day.month == months


@given(all_days, first_weekdays)
def test_week_has_seven_days(day: date, first: int) -> None:
    start, end = week_start(day, first), week_end(day, first)
    assert start <= day <= end
    assert start.weekday() == first or start == date.min
    assert end.weekday() == (first - 1) % 7 or end == date.max
    assert (end - start).days == 6 or date.min == start or date.max == end
    assert (end - start).days <= 6


@given(all_days, first_weekdays)
def test_month_weeks_columns(day: date, first: int) -> None:
    weeks = month_weeks(day, first)
    assert all(len(week) == 7 for week in weeks)
    for week in weeks:
        assert any(one and (one.year, one.month) == (day.year, day.month) for one in week)
        assert all(one is None or one.weekday() == (first + column) % 7 for column, one in enumerate(week))
    seen = [one for week in weeks for one in week if one is not None]
    assert [one for one in seen if one.month == day.month] == list(days_between(month_start(day), month_end(day)))
    assert seen == list(days_between(seen[0], seen[-1]))


def days_between(first: date, last: date) -> Iterator[date]:
    return map(date.fromordinal, range(first.toordinal(), last.toordinal() + 1))


@pytest.mark.parametrize("first", WEEKDAYS)
@pytest.mark.parametrize(("year", "month"), [(1, 1), (9999, 12)])
def test_month_weeks_at_calendar_edge(year: int, month: int, first: int) -> None:
    numbers = [[one and one.day for one in week] for week in month_weeks(date(year, month, 15), first)]
    # The grid of the library has no days beside the month either, with 0 in their places.
    inside = [[number or None for number in week] for week in Calendar(first).monthdayscalendar(year, month)]
    edge = 0 if year == 1 else -1
    assert numbers[edge] == inside[edge]
    assert len(numbers) == len(inside)


def test_calendar_ends() -> None:
    assert (days_after(date.min, -1), days_after(date.max, 1)) == (date.min, date.max)
    assert (days_after(date.max, -(10**9)), days_after(date.min, 10**9)) == (date.min, date.max)
    assert (days_after(date.max, -1), days_after(date.min, 1)) == (date(9999, 12, 30), date(1, 1, 2))
    assert (months_after(date.min, -1), months_after(date.max, 1)) == (date.min, date(9999, 12, 1))
    assert (months_after(date.max, -119_987), months_after(date.min, 119_987)) == (date.min, date(9999, 12, 1))
    assert (month_start(date.min), month_end(date.min)) == (date.min, date(1, 1, 31))
    assert (month_start(date.max), month_end(date.max)) == (date(9999, 12, 1), date.max)
    assert week_start(date.min, 6) == date.min
    assert week_end(date.max, 6) == date.max


@given(all_days, st.integers(-400, 400))
def test_days_after(day: date, days: int) -> None:
    try:
        expected = day + timedelta(days)
    except OverflowError:
        expected = date.min if days < 0 else date.max
    assert days_after(day, days) == expected


@pytest.mark.parametrize(
    ("locale", "country"),
    [
        ("en_US.UTF-8", "US"), ("en_GB.UTF-8", "GB"), ("de_AT", "AT"), ("ja_JP.eucJP", "JP"), ("ca_ES@valencia", "ES"),
        ("sr_RS.UTF-8@latin", "RS"), ("zh_Hant_TW.UTF-8", "TW"), ("fil_PH", "PH"),
        ("C", ""), ("C.UTF-8", ""), ("POSIX", ""), ("", ""), ("en", ""), ("de.UTF-8", ""), ("eo@euro", ""),
        ("es_419", ""), ("en_USA", ""),
    ],
)  # fmt: skip
def test_locale_country(locale: str, country: str) -> None:
    assert locale_country(locale) == country


@pytest.mark.parametrize(
    ("country", "day"),
    [
        ("US", "sunday"), ("us", "sunday"), ("JP", "sunday"), ("KR", "sunday"), ("CA", "sunday"), ("BR", "sunday"),
        ("TW", "sunday"), ("PT", "sunday"), ("DE", "monday"), ("GB", "monday"), ("FR", "monday"), ("CN", "monday"),
        ("AU", "monday"), ("AE", "monday"), ("EG", "saturday"), ("IR", "saturday"), ("MV", "friday"), ("", "monday"),
        ("ZZ", "monday"), ("US UM", "monday"), ("U", "monday"),
    ],
)  # fmt: skip
def test_first_weekday(country: str, day: str) -> None:
    assert first_weekday(country) == WEEK_STARTS[day]


def test_names_as_in_strftime() -> None:
    for number in range(366):
        day = date(2028, 1, 1) + timedelta(number)
        assert day_name(day) == f"{day:%a} {day.day} {day:%b} 2028"
        assert day_label(day) == f"{day.day} {day:%b} 2028"
        assert month_name(day) == f"{day:%B} 2028"


def test_names_of_early_years() -> None:
    assert (day_name(date.min), month_name(date.min)) == ("Mon 1 Jan 0001", "January 0001")
