from __future__ import annotations

from calendar import monthrange
from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.model.strategies import TODAY, all_days
from tracker.model.dates import MONTHS, days_after, month_end, months_after
from tracker.reports.time_scale import ZOOMS, TimeScale, Zoom

YEAR, QUARTER, MONTH = ZOOMS
zooms = st.sampled_from(ZOOMS)


def scale(zoom: Zoom, start: date, width: int) -> TimeScale:
    return TimeScale(zoom, start.replace(day=1) if zoom.per_month else start, width)


scales = st.builds(scale, zooms, all_days, st.integers(1, 150))
some_scales = st.builds(scale, zooms, st.dates(date(1990, 1, 1), date(2040, 12, 31)), st.integers(1, 90))
"""Far from where the calendar ends."""


def end_of(seen: TimeScale) -> date:
    """Return the last day in sight, whole where a month is cut."""
    if seen.zoom is MONTH:
        return days_after(seen.start, seen.width - 1)
    return month_end(months_after(seen.start, max(0, -(-seen.width // seen.zoom.per_month) - 1)))


@given(scales, all_days)
def test_position_any_day(seen: TimeScale, day: date) -> None:
    if seen.zoom is MONTH:
        assert seen.position(day) == (day - seen.start).days
        assert seen.end_position(day) == (day - seen.start).days + 1
        return
    months = (day.year - seen.start.year) * 12 + day.month - seen.start.month
    length = monthrange(day.year, day.month)[1]
    assert seen.position(day) == pytest.approx(seen.zoom.per_month * (months + (day.day - 1) / length), abs=1e-6)
    if day < date.max:
        assert seen.end_position(day) == pytest.approx(seen.zoom.per_month * (months + day.day / length), abs=1e-6)


@given(scales, all_days, all_days)
def test_position_is_monotonous(seen: TimeScale, one: date, other: date) -> None:
    early, late = sorted((one, other))
    assert seen.position(early) <= seen.position(late)
    assert (seen.position(early) < seen.position(late)) == (early < late)
    assert seen.column(early) <= seen.column(late)
    assert seen.position(early) < seen.end_position(early)
    assert early == late or seen.end_position(early) <= seen.position(late)
    assert seen.column(early) <= seen.position(early) < seen.column(early) + 1


@given(scales)
def test_start_and_end_in_sight(seen: TimeScale) -> None:
    assert seen.column(seen.start) == 0
    assert seen.start <= end_of(seen)
    assert end_of(seen) == date.max or seen.column(days_after(end_of(seen), 1)) >= seen.width


@given(scales, st.integers(-30, 30))
def test_shift(seen: TimeScale, by: int) -> None:
    moved = seen.shift(by)
    assert (moved.zoom, moved.width) == (seen.zoom, seen.width)
    if seen.zoom is MONTH:
        assert moved.start == days_after(seen.start, 7 * by)
    else:
        assert moved.start == months_after(seen.start, by * {"year": 3, "quarter": 1}[seen.zoom.name])
        assert moved.start.day == 1
    if date(40, 1, 1) < moved.start < date(9900, 1, 1):
        assert moved.shift(-by) == seen
        assert (moved.start > seen.start) == (by > 0)


@given(zooms, all_days, st.integers(24, 200))
def test_around(zoom: Zoom, day: date, width: int) -> None:
    seen = TimeScale.around(day, zoom, width)
    assert (seen.zoom, seen.width) == (zoom, width)
    assert zoom is MONTH or seen.start.day == 1
    assert 0 <= seen.column(day) < width
    if zoom is MONTH and day > date(1, 12, 31):
        assert seen.column(day) == width * 9 // 16


@given(scales)
def test_ticks_in_sight(seen: TimeScale) -> None:
    majors, minors = list(seen.major_ticks()), list(seen.minor_ticks())
    for ticks in (majors, minors):
        assert all(0 <= tick.column < seen.width for tick in ticks)
        assert end_of(seen).year == 9999 or all(one.column < other.column for one, other in pairwise(ticks))
        assert all(tick.label for tick in ticks)
    assert majors[0].column == 0


def beginnings(seen: TimeScale, months: int) -> list[tuple[int, date]]:
    first, last = seen.start.toordinal(), end_of(seen).toordinal()
    days = (date.fromordinal(number) for number in range(first, last + 1))
    begun = [day for day in days if day.day == 1 and (day.month - 1) % months == 0]
    return [(seen.column(day), day) for day in begun if seen.column(day) < seen.width]


@given(some_scales)
def test_major_ticks(seen: TimeScale) -> None:
    def name(day: date) -> str:
        if seen.zoom is YEAR:
            return f"{day.year}"
        return (
            f"Q{(day.month - 1) // 3 + 1} {day.year}" if seen.zoom is QUARTER else f"{MONTHS[day.month - 1]} {day.year}"
        )

    begun = [
        (column, name(day)) for column, day in beginnings(seen, {"year": 12, "quarter": 3, "month": 1}[seen.zoom.name])
    ]
    expected = begun if begun and begun[0][0] == 0 else [(0, name(seen.start)), *begun]
    assert list(seen.major_ticks()) == expected


@given(some_scales)
def test_minor_ticks(seen: TimeScale) -> None:
    if seen.zoom is MONTH:
        days = (seen.start + timedelta(number) for number in range(seen.width))
        expected = [(number, str(day.day)) for number, day in enumerate(days) if day.weekday() == 0]
    elif seen.zoom is QUARTER:
        expected = [(column, MONTHS[day.month - 1]) for column, day in beginnings(seen, 1)]
    else:
        expected = [(column, f"Q{(day.month - 1) // 3 + 1}") for column, day in beginnings(seen, 3)]
    assert list(seen.minor_ticks()) == expected


def test_ticks_of_a_year() -> None:
    seen = TimeScale(YEAR, date(2025, 7, 1), 40)
    assert list(seen.major_ticks()) == [(0, "2025"), (12, "2026"), (36, "2027")]
    assert list(seen.minor_ticks()) == [
        (0, "Q3"),
        (6, "Q4"),
        (12, "Q1"),
        (18, "Q2"),
        (24, "Q3"),
        (30, "Q4"),
        (36, "Q1"),
    ]


def test_ticks_of_a_month() -> None:
    seen = TimeScale(MONTH, TODAY, 30)
    assert list(seen.major_ticks()) == [(0, "Apr 2026"), (16, "May 2026")]
    assert list(seen.minor_ticks()) == [(5, "20"), (12, "27"), (19, "4"), (26, "11")]


@pytest.mark.parametrize("zoom", ZOOMS)
@pytest.mark.parametrize("start", [date.min, date(9999, 12, 1), date.max])
def test_ticks_at_calendar_edge(zoom: Zoom, start: date) -> None:
    seen = scale(zoom, start, 100)
    assert len(list(seen.major_ticks())) < 60
    assert len(list(seen.minor_ticks())) < 60
    assert end_of(seen) <= date.max
    assert seen.shift(-1).start >= date.min
    assert seen.shift(1).start <= date.max
