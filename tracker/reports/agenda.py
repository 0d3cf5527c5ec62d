"""What comes when: one line of time, exact days and vaguer windows by their last day, and below a divider the past."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, tzinfo
from typing import Final

from tracker.model.dates import MONDAY, day_name, month_end, month_name, month_start, week_end, week_start
from tracker.model.episode import Episode
from tracker.model.show import Show
from tracker.model.status import Status
from tracker.model.window import Precision, Window, describe_countdown, order_key
from tracker.reports.grouping import Group, sort_key

_OVERDUE, _AHEAD, _POSTPONED, _TBA, _NO_DATE, _DIVIDER, _ON_AIR, _PAST, _OUT, _CANCELLED = range(10)
"""The parts of the agenda; everything after the divider is in the past."""
_DAY: Final = 0  # the order of an exact day among the windows that end with it
TODAY_MARK: Final = " · today"
Section = tuple[int, int, int, str]  # part of the agenda, last day, order among those of that day, heading


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
            return (_CANCELLED, 0, 0, "Cancelled")
        if show.is_out:
            if window is not None and window.day == self.today:
                return self._day(self.today)
            if (day := self._episode_day(show)) is not None:
                return self._day(day)
            if status is Status.AIRING:
                return (_ON_AIR, 0, 0, "On air")
            return _past(window)
        if window is None or window.is_tba:
            return (_NO_DATE, 0, 0, "No date") if window is None else (_TBA, 0, 0, "TBA")
        if show.is_overdue(self.today):
            return (_OVERDUE, 0, 0, "Overdue")
        if show.is_postponed:
            # Its date is not taken back, but nobody counts on it.
            return (_POSTPONED, 0, 0, "Postponed or on hiatus")
        return self._day(window.day) if window.day is not None else self._vague(window)

    def groups(self, shows: Iterable[Show], sort: str) -> tuple[Group, ...]:
        """Divide the shows into sections, with a divider before the past; each is ordered by `sort`."""
        sections: dict[Section, list[Show]] = {}
        for show in sorted(shows, key=sort_key(sort)):
            sections.setdefault(self.section_of(show), []).append(show)
        for (part, _, order, _), members in sections.items():
            if part == _AHEAD and order == _DAY:
                members.sort(key=self._time_of)
            elif part == _PAST and sort == "release":
                members.sort(key=_newest_first)
        groups = {section: Group(section[-1], tuple(members)) for section, members in sections.items()}
        if any(section[0] > _DIVIDER for section in sections):
            groups[_DIVIDER, 0, 0, ""] = Group(f"Before today, {day_name(self.today)}", (), is_divider=True)
        return tuple(groups[section] for section in sorted(groups))

    def is_ahead(self, show: Show, last: date | None = None) -> bool:
        """Return whether a show or its known episode is upcoming or overdue; with `last`, by that day."""
        part, latest, order, _ = self.section_of(show)
        if part == _OVERDUE or part >= _DIVIDER or last is None:
            return part < _DIVIDER
        if part != _AHEAD:
            return False
        first = date.fromordinal(latest) if order == _DAY else show.release and show.release.earliest
        return first is None or first <= last

    def day_of(self, show: Show) -> date | None:
        """Return the day a show is listed under, None for a vaguer section."""
        part, latest, order, _ = self.section_of(show)
        return date.fromordinal(latest) if part == _AHEAD and order == _DAY else None

    def episode_text(self, show: Show) -> str:
        """Return the episode for which a show is listed under its day ("S1E5 21:00"), else ""."""
        episode = self._episodes.get(show.id)
        day = episode.day(self._zone) if episode is not None else None
        if episode is None or day is None or day != self.day_of(show):
            return ""
        return " ".join(filter(None, (episode.label, episode.time(self._zone)))) or "next episode"

    def note(self, show: Show) -> str:
        """Return the note beside a show listed under a day; "" elsewhere."""
        if self.day_of(show) is None:
            return ""
        return self.episode_text(show) or describe_countdown(show.release, self.today)

    def _time_of(self, show: Show) -> tuple[str, bool]:
        """Return the hour at which a show is listed under its day; without one, a release comes before an episode."""
        episode = self._episodes.get(show.id)
        is_episode = episode is not None and bool(self.episode_text(show))
        return (episode.time(self._zone) if episode is not None and is_episode else "", is_episode)

    def _episode_day(self, show: Show) -> date | None:
        episode = self._episodes.get(show.id)
        day = episode.day(self._zone) if episode is not None else None
        return day if day is not None and day >= self.today else None

    def _day(self, day: date) -> Section:
        return (_AHEAD, day.toordinal(), _DAY, f"{day_name(day)}{TODAY_MARK if day == self.today else ''}")

    def _vague(self, window: Window) -> Section:
        """Return the section of what comes on an unknown day; at the same last day the narrower window comes first."""
        _, latest, width, _, _ = order_key(window)
        if window.latest is None:
            # It stays behind what ends with this year, however long ago it began.
            latest = max(latest, date(self.today.year, 12, 31).toordinal())
        first = window.earliest
        if first is None:
            name = window.span
        elif first == window.latest:
            name = f"Around {day_name(first)}"
        elif window.latest is None:
            begin = day_name(first) if first.day > 1 else month_name(first) if first.month > 1 else f"{first.year:04}"
            name = f"{begin} or later"
        elif (first, window.latest) == (week_start(first, self._first), week_end(first, self._first)):
            name = f"Week of {day_name(first)}"
        elif (first, window.latest) == (month_start(first), month_end(first)):
            name = month_name(first)
        else:
            name = _period_name(window)
        return (_AHEAD, latest, _DAY + 1 + width, name)


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
        return (_OUT, 0, 0, "Out, day unknown")
    first, last = window.earliest, window.latest
    if (first.year, first.month) == (last.year, last.month):
        return (_PAST, -month_end(last).toordinal(), 1, month_name(last))
    return (_PAST, -last.toordinal(), 0, _period_name(window))
