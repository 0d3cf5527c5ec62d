"""A month or a year of the calendar: shows on their days, and those without an exact day."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, tzinfo
from typing import NamedTuple

from tracker.model.dates import MONDAY, Week, month_end, month_start, month_weeks, months_after
from tracker.model.episode import Episode
from tracker.model.show import Show
from tracker.model.status import Status
from tracker.model.window import Precision, Window, order_key


class CalendarEntry(NamedTuple):
    """A show on a page of the calendar."""

    show: Show
    day: date | None = None  # none if the day is not known
    episode: Episode | None = None  # none for the release itself


class Month(NamedTuple):
    """One month of the calendar."""

    first: date  # the first day of the month
    weeks: tuple[Week, ...]  # whole weeks, so days of the adjacent months are included
    days: Mapping[date, tuple[CalendarEntry, ...]]  # entries by day of these weeks; days without any are left out
    undated: tuple[CalendarEntry, ...]  # comes in this month, on an unknown day
    possible: tuple[CalendarEntry, ...]  # may come in this month, or in another

    @property
    def entries(self) -> tuple[CalendarEntry, ...]:
        """All entries of the month itself: by day, then undated, then possible ones."""
        in_month = (day for day in sorted(self.days) if (day.year, day.month) == (self.first.year, self.first.month))
        return (*(entry for day in in_month for entry in self.days[day]), *self.undated, *self.possible)


class Year(NamedTuple):
    """One year of the calendar."""

    number: int
    days: Mapping[date, tuple[CalendarEntry, ...]]  # entries by day; days without any are left out
    vague: tuple[tuple[int, int], ...]
    """For each month, how many shows come on an unknown day of it, and how many may come in it."""

    @property
    def entries(self) -> tuple[CalendarEntry, ...]:
        return tuple(entry for day in sorted(self.days) for entry in self.days[day])


def entries_by_day(
    shows: Iterable[Show], episodes: Mapping[str, Episode], first: date, last: date, zone: tzinfo | None = None
) -> dict[date, tuple[CalendarEntry, ...]]:
    """Return the entries of each day from `first` to `last`: without an hour first, then by hour.

    Cancelled and postponed shows are skipped; `episodes` has the next known episodes by show id.
    """
    found: list[CalendarEntry] = []
    for show in shows:
        if show.status is Status.CANCELLED or show.is_postponed:
            continue
        window, episode = show.release, episodes.get(show.id)
        release_day = window.day if window is not None else None
        day = episode.day(zone) if episode is not None else None
        if release_day is not None and first <= release_day <= last:
            found.append(CalendarEntry(show, release_day, episode if day == release_day else None))
        if episode is not None and day is not None and day != release_day and first <= day <= last:
            found.append(CalendarEntry(show, day, episode))
    # Of what has no hour, releases come before episodes.
    found.sort(key=lambda entry: (entry.episode.time(zone), True) if entry.episode is not None else ("", False))
    by_day: dict[date, list[CalendarEntry]] = {}
    for entry in found:
        if entry.day is not None:
            by_day.setdefault(entry.day, []).append(entry)
    return {day: tuple(entries) for day, entries in by_day.items()}


def build_month(
    shows: Iterable[Show],
    episodes: Mapping[str, Episode],
    day: date,
    first: int = MONDAY,
    zone: tzinfo | None = None,
    today: date = date.min,
) -> Month:
    """Return the month of a day, as seen from `today`; `first` is the first day of the week.

    Shows of a day keep their order.
    """
    shows, start, end = tuple(shows), month_start(day), month_end(day)
    weeks = month_weeks(day, first)
    month = Window("", start, end, Precision.MONTH)
    visible_days = [day for week in weeks for day in week if day is not None]
    by_day = entries_by_day(shows, episodes, visible_days[0], visible_days[-1], zone)
    undated: list[CalendarEntry] = []
    possible: list[CalendarEntry] = []
    for show in sorted(filter(_has_no_day, shows), key=lambda show: order_key(show.release)):
        if show.release is not None and _may_come(show.release, start, end, today):
            (undated if month.contains(show.release) else possible).append(CalendarEntry(show))
    return Month(start, weeks, by_day, tuple(undated), tuple(possible))


def _has_no_day(show: Show) -> bool:
    window = show.release
    if window is None or window.day is not None:
        return False
    return not (show.is_out or show.status is Status.CANCELLED or show.is_postponed)


def _may_come(window: Window, first: date, last: date, today: date) -> bool:
    """Return whether a show may come from `first` to `last`: of a window that has begun, what is over is no longer."""
    if window.latest is None or window.latest >= today:
        first = max(first, today)
    return first <= last and window.overlaps(first, last)


def build_year(
    shows: Iterable[Show],
    episodes: Mapping[str, Episode],
    number: int,
    zone: tzinfo | None = None,
    today: date = date.min,
) -> Year:
    """Return the calendar of a year, as seen from `today`."""
    shows, first, last = tuple(shows), date(number, 1, 1), date(number, 12, 31)
    undated, possible = [0] * 12, [0] * 12
    starts = [months_after(first, month) for month in range(12)]
    months = [Window("", start, month_end(start), Precision.MONTH) for start in starts]
    for show in filter(_has_no_day, shows):
        if (window := show.release) is None or not _may_come(window, first, last, today):
            continue
        for place, month in enumerate(months):
            if _may_come(window, starts[place], month.latest or last, today):
                (undated if month.contains(window) else possible)[place] += 1
    return Year(number, entries_by_day(shows, episodes, first, last, zone), tuple(zip(undated, possible, strict=True)))
