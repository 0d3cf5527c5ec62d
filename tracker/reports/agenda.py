"""What comes when: exact days first, then vaguer windows, and what has been below a divider."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, tzinfo
from typing import Final

from tracker.model.dates import MONDAY, day_name, month_end, month_name, month_start, week_end, week_start
from tracker.model.episode import Episode
from tracker.model.show import Show
from tracker.model.status import Status
from tracker.model.window import Precision, Window, describe_countdown
from tracker.reports.grouping import Group, sort_key

_WIDTHS: Final = (7, 31, 92, 184, 366)  # the most days in a week, month, quarter, half and year
_WEEK, _MONTH = 0, 1
_OVERDUE, _DAYS, _VAGUE, _POSTPONED, _TBA, _NO_DATE, _DIVIDER, _ON_AIR, _PAST, _OUT, _CANCELLED = (
    0,
    1,
    2,
    *range(9, 17),
)
"""The order of the sections; everything after the line is in the past."""
TODAY_MARK: Final = " · today"
Section = tuple[int, int, str]  # part of the agenda, order within it, heading


class Agenda:
    """Assign each show to a section of the agenda, as seen from one day.

    `episodes` has the next known episodes by show id, `first` is the first day of the week.
    """

    def __init__(
        self, today: date, episodes: Mapping[str, Episode], first: int = MONDAY, zone: tzinfo | None = None
    ) -> None:
        self.today = today
        self._episodes = episodes
        self._first = first
        self._zone = zone

    def section_of(self, show: Show) -> Section:
        window, status = show.release, show.status
        if status is Status.CANCELLED:
            return (_CANCELLED, 0, "Cancelled")
        if show.is_out:
            if window is not None and window.day == self.today:
                return self._day(self.today)
            if (day := self._episode_day(show)) is not None:
                return self._day(day)
            if status is Status.AIRING:
                return (_ON_AIR, 0, "On air")
            return _past(window)
        if window is None or window.earliest is None or window.latest is None:
            return (_NO_DATE, 0, "No date") if window is None else (_TBA, 0, "TBA")
        if window.latest < self.today:
            return (_OVERDUE, 0, "Overdue")
        if show.is_postponed:
            # Its date is not taken back, but nobody counts on it.
            return (_POSTPONED, 0, "Postponed, or on hiatus")
        if window.day is not None:
            return self._day(window.day)
        return self._vague(window, window.earliest, window.latest)

    def groups(self, shows: Iterable[Show], sort: str) -> tuple[Group, ...]:
        """Divide the shows into sections, with a divider before the past; each is ordered by `sort`."""
        sections: dict[Section, list[Show]] = {}
        for show in sorted(shows, key=sort_key(sort)):
            sections.setdefault(self.section_of(show), []).append(show)
        for (part, _, _), members in sections.items():
            if part == _DAYS:
                members.sort(key=self._time_of)
            elif part == _PAST and sort == "release":
                members.sort(key=_newest_first)
        groups = {section: Group(section[2], tuple(members)) for section, members in sections.items()}
        if any(part > _DIVIDER for part, _, _ in sections):
            groups[_DIVIDER, 0, ""] = Group(f"Before today, {day_name(self.today)}", (), is_divider=True)
        return tuple(groups[section] for section in sorted(groups))

    def is_ahead(self, show: Show, last: date | None = None) -> bool:
        """Return whether a show or its known episode is upcoming or overdue; with `last`, by that day."""
        part, order, _ = self.section_of(show)
        if part == _OVERDUE or part >= _DIVIDER or last is None:
            return part < _DIVIDER
        if part == _DAYS:
            return order <= last.toordinal()
        return part < _POSTPONED and show.release is not None and show.release.overlaps(self.today, last)

    def day_of(self, show: Show) -> date | None:
        """Return the day a show is listed under, None for a vaguer section."""
        part, order, _ = self.section_of(show)
        return date.fromordinal(order) if part == _DAYS else None

    def episode_text(self, show: Show) -> str:
        """Return the episode for which a show is listed under its day ("S1E5 21:00"), else ""."""
        episode = self._episodes.get(show.id)
        day = episode.day(self._zone) if episode is not None else None
        if episode is None or day is None or day != self.day_of(show):
            return ""
        return " ".join(filter(None, (episode.label, episode.time(self._zone)))) or "next episode"

    def note(self, show: Show) -> str:
        """Return the note beside a show listed under a day; "" elsewhere."""
        if self.section_of(show)[0] != _DAYS:
            return ""
        return self.episode_text(show) or describe_countdown(show.release, self.today)

    def _time_of(self, show: Show) -> str:
        episode = self._episodes.get(show.id)
        return episode.time(self._zone) if episode is not None and self.episode_text(show) else ""

    def _episode_day(self, show: Show) -> date | None:
        episode = self._episodes.get(show.id)
        day = episode.day(self._zone) if episode is not None else None
        return day if day is not None and day >= self.today else None

    def _day(self, day: date) -> Section:
        return (_DAYS, day.toordinal(), f"{day_name(day)}{TODAY_MARK if day == self.today else ''}")

    def _vague(self, window: Window, first: date, last: date) -> Section:
        days = (last - first).days + 1
        part = next((number for number, most in enumerate(_WIDTHS) if days <= most), len(_WIDTHS))
        if part == _WEEK and last <= week_end(first, self._first):
            first, last = week_start(first, self._first), week_end(first, self._first)
            name = f"Week of {day_name(first)}"
        elif part == _MONTH and (first.year, first.month) == (last.year, last.month):
            first, last, name = month_start(first), month_end(first), month_name(first)
        else:
            name = _period_name(window)
        return (_VAGUE + part, last.toordinal() * 512 - min((last - first).days, 511), name)


def _newest_first(show: Show) -> int:
    return -show.release.latest.toordinal() if show.release is not None and show.release.latest is not None else 0


def _period_name(window: Window) -> str:
    first = window.earliest
    year = f"{first.year:04}" if first is not None else ""
    match window.precision:
        case Precision.QUARTER:
            return f"{('First', 'Second', 'Third', 'Fourth')[window.code - 33]} quarter of {year}"
        case Precision.HALF:
            return f"{('First', 'Second')[window.code - 40]} half of {year}"
        case Precision.YEAR:
            return year
        case Precision.SEASON:
            return window.label.removeprefix("~").capitalize()
    return window.span


def _past(window: Window | None) -> Section:
    """Return the month, year or other period of a past release, newest first."""
    if window is None or window.earliest is None or window.latest is None:
        return (_OUT, 0, "Out, nobody said when")
    first, last = window.earliest, window.latest
    if (first.year, first.month) == (last.year, last.month):
        return (_PAST, -2 * month_end(last).toordinal(), month_name(last))
    return (_PAST, -2 * last.toordinal() - 1, _period_name(window))
