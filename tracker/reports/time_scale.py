"""The time scale of the timeline: which day is in which cell, at three zooms."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Final, NamedTuple

from tracker.model.dates import MONTHS, days_after, month_end, months_after, week_start


class Zoom(NamedTuple):
    """How much time a cell stands for."""

    name: str
    per_month: int  # cells for a month; 0 if each day has a cell
    major: int  # months between the ticks of the first axis line
    step: int  # months to move by at a key; 0 for a week


ZOOMS: Final = (Zoom("year", 2, 12, 3), Zoom("quarter", 8, 3, 1), Zoom("month", 0, 1, 0))  # from far to near


class Tick(NamedTuple):
    """A label on the axis."""

    column: int
    label: str


class TimeScale(NamedTuple):
    """A stretch of time on a row of cells."""

    zoom: Zoom
    start: date  # first day of the first cell; the first of a month if cells are parts of months
    width: int

    @classmethod
    def around(cls, day: date, zoom: Zoom, width: int) -> TimeScale:
        """Return a scale with a day a little right of its middle: promises lie before it."""
        before = width * 9 // 16
        if not zoom.per_month:
            return cls(zoom, days_after(day, -before), width)
        months = day.year * 12 + day.month - 1 + (day.day - 1) / month_end(day).day
        start = round((months - before / zoom.per_month) / zoom.step) * zoom.step
        return cls(zoom, months_after(date.min, start - 12), width)

    def position(self, day: date) -> float:
        """Return where a day begins, in cells from the left edge; may be negative."""
        if not self.zoom.per_month:
            return float(day.toordinal() - self.start.toordinal())
        months = (day.year - self.start.year) * 12 + day.month - self.start.month
        part = (day.day - 1) / month_end(day).day
        return (months + part) * self.zoom.per_month

    def end_position(self, day: date) -> float:
        return self.position(day + timedelta(days=1)) if day < date.max else self.position(day) + 1

    def column(self, day: date) -> int:
        """Return the cell in which a day begins; may be out of sight."""
        return int(self.position(day) // 1)

    def shift(self, by: int) -> TimeScale:
        if self.zoom.step:
            return self._replace(start=months_after(self.start, by * self.zoom.step))
        return self._replace(start=days_after(self.start, 7 * by))

    def major_ticks(self) -> Iterator[Tick]:
        """Yield the years, quarters or months in sight; the first may begin left of the edge."""
        for column, day in self._units(self.zoom.major):
            name = _unit_name(day, self.zoom.major)
            yield Tick(max(0, column), name if self.zoom.major == 12 else f"{name} {day.year:04}")

    def minor_ticks(self) -> Iterator[Tick]:
        """Yield the quarters, months or weeks that begin in sight."""
        months = {12: 3, 3: 1}.get(self.zoom.major, 0)
        for column, day in self._units(months):
            if column >= 0:
                yield Tick(column, _unit_name(day, months))

    def _units(self, months: int) -> Iterator[tuple[int, date]]:
        """Yield column and first day of the units of so many months, or weeks, that are in sight."""
        start = self.start
        day = date(start.year, (start.month - 1) // months * months + 1, 1) if months else week_start(start)
        while (column := self.column(day)) < self.width:
            yield column, day
            following = months_after(day, months) if months else days_after(day, 7)
            if following <= day:
                return
            day = following


def _unit_name(day: date, months: int) -> str:
    match months:
        case 12:
            return f"{day.year:04}"
        case 3:
            return f"Q{(day.month + 2) // 3}"
        case 1:
            return MONTHS[day.month - 1]
    return str(day.day)
