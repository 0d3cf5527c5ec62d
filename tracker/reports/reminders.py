"""Reminders that are due: what the owner is told today, and each once."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, datetime, tzinfo
from typing import Any, Final, NamedTuple

from tracker.model.dates import day_name, days_after, month_end
from tracker.model.episode import Episode
from tracker.model.news import NewsItem
from tracker.model.reminder import days_before
from tracker.model.show import Show
from tracker.model.status import Status
from tracker.model.window import Precision, Window, describe_countdown, order_key
from tracker.text import name_form

SOURCE: Final = "reminder"
"""The source of such news."""
START: Final = "start"
"""The rule of a reminder that a date vaguer than a day has begun: it stands for all rules of days before."""
CATCH_UP: Final = 31
"""For how many days a reminder is still told that nobody was there for."""
_FIRM: Final = frozenset({Status.SCHEDULED, None})
"""With these statuses a date is settled; with others it is only expected."""
_MAX_NETWORKS: Final = 3


class ReminderRules(NamedTuple):
    """When the owner is told; a show's own rules win over those of its tags, and these over the ones for all."""

    for_all: tuple[str, ...] = ()
    by_tag: Mapping[str, tuple[str, ...]] = {}

    def of(self, show: Show) -> tuple[str, ...]:
        """Return the rules for a show; those of several tags are united."""
        if show.remind is not None:
            return show.remind
        by_tag = {name_form(tag): rules for tag, rules in self.by_tag.items()}
        tags = [tag for tag in map(name_form, show.tags) if tag in by_tag]
        return tuple(dict.fromkeys(rule for tag in tags for rule in by_tag[tag])) if tags else self.for_all


DateKey = tuple[str, str]  # the id of a show, and one of its dates: other words for the same days are the same


class Reminder(NamedTuple):
    """One thing to tell."""

    show: Show
    rule: str  # a rule of `model.reminder`, or `START`
    text: str  # what there is to say, to be read behind the title
    window: Window
    is_loud: bool = False  # whether it is about today, or late

    @property
    def sentence(self) -> str:
        return f"{self.show.full_title} {self.text}"

    def to_news(self, at: datetime) -> NewsItem:
        """Return the reminder as an item of news that was found at a moment."""
        claim = self.show.history_state.window_claim
        url = claim.url if claim is not None else ""
        grade = "loud" if self.is_loud else "normal"
        return NewsItem(at, grade, self.show.id, self.show.full_title, self.text, SOURCE, url=url)

    def as_json(self, at: datetime) -> dict[str, Any]:
        return self.to_news(at).as_json() | {"rule": self.rule, "release": self.window.edtf}


class DueReminders(NamedTuple):
    """What to tell now, and what to keep of it."""

    reminders: tuple[Reminder, ...]
    told: Mapping[DateKey, date]  # the last day of each of these dates that a reminder was for


def find_due_reminders(
    shows: Iterable[Show],
    rules: ReminderRules,
    today: date,
    told: Mapping[DateKey, date],
    episodes: Mapping[str, Episode] | None = None,
    zone: tzinfo | None = None,
) -> DueReminders:
    """Return what the owner is told today: the nearest reminder of each date, those of the next dates first.

    A date vaguer than a day has two: for its first day, if any rule is for days before, and for the day after its end.

    Args:
        shows: The list as known today.
        rules: When the owner is told.
        today: The day.
        told: What was told before: the last day of each date that a reminder was for.
        episodes: The next known episodes by show id: the first one of a later season is a date too.
        zone: The time zone of the days of episodes, None for the system's.
    """
    shows = tuple(shows)
    seasons = {(*pair, show.season) for show in shows if show.season is not None for pair in show.ids.items()}
    reminders: list[Reminder] = []
    changes: dict[DateKey, date] = {}
    for show in shows:
        if not (show_rules := rules.of(show)):
            continue
        episode = (episodes or {}).get(show.id)
        window, season = _release(show), None
        if window is None and episode is not None:
            window, season = _premiere(show, episode, today, zone), episode.season
            if seasons.intersection((*pair, season) for pair in show.ids.items()):
                continue  # that season is an entry of its own
        if window is None:
            continue
        key = (show.id, _date_key(window, season))
        nearest = _nearest_reminder(window, show_rules, today, told.get(key, date.min))
        if nearest is not None and (text := _describe(show, window, season, today)):
            changes[key] = nearest[0]
            is_loud = window.latest is not None and (window.latest < today or window.day == today)
            reminders.append(Reminder(show, nearest[1], text, window, is_loud))
    reminders.sort(key=lambda reminder: (order_key(reminder.window), name_form(reminder.show.full_title)))
    return DueReminders(tuple(reminders), changes)


def _nearest_reminder(window: Window, rules: Iterable[str], today: date, last: date) -> tuple[date, str] | None:
    """Return the last reminder of a date that is due, after the last day that was told: its day and its rule.

    So a machine that was off for some days tells one of what it missed.
    """
    days = (_reminder_day(window, rule) for rule in rules)
    first = days_after(today, -CATCH_UP)
    return max((item for item in days if first <= item[0] <= today and last < item[0]), default=None)


def alarm_days(show: Show, rules: ReminderRules, today: date) -> tuple[int, ...]:
    """Return how many days before its release the owner is told of a show, most first; none without an exact day."""
    window = _release(show)
    if window is None or window.day is None or window.day < today:
        return ()
    days = {days for rule in rules.of(show) if (days := days_before(rule)) is not None}
    return tuple(sorted(days, reverse=True))


def _release(show: Show) -> Window | None:
    """Return the release to remind of; None for what is out, put off, cancelled, or done with."""
    window = show.release
    if window is None or window.earliest is None or window.latest is None:
        return None
    if show.is_finished or show.is_out or show.status is Status.CANCELLED:
        return None
    if show.status in (Status.POSTPONED, Status.HIATUS):
        # Without a dated claim it is not known which came first, the date or the delay.
        is_undated = all(claim.on is None for claim in show.claims)
        return None if is_undated or show.is_postponed else window
    return window


def _premiere(show: Show, episode: Episode, today: date, zone: tzinfo | None) -> Window | None:
    """Return the day, not yet past, on which a later season of a show that is out begins."""
    day = episode.day(zone)
    if day is None or day < today or episode.number != 1 or (episode.season or 0) < 2 or not show.is_out:
        return None
    if show.is_finished or show.season is not None or (show.release is not None and show.release.day == day):
        return None
    return Window(day.isoformat(), day, day, Precision.DAY)


def _date_key(window: Window, season: int | None) -> str:
    days = f"{window.earliest}/{window.latest}{'~' if window.approximate else ''}"
    return days if season is None else f"season {season} {days}"


def _reminder_day(window: Window, rule: str) -> tuple[date, str]:
    """Return the day that a rule is for, and the rule: `START` where a date vaguer than a day begins."""
    earliest, latest, days = window.earliest or date.min, window.latest or date.max, days_before(rule)
    if days is None:
        return days_after(latest, 1), rule
    return (earliest, START) if window.day is None else (days_after(latest, -days), rule)


def _describe(show: Show, window: Window, season: int | None, today: date) -> str:
    """Return what there is to say of a release today; "" for nothing."""
    networks = f" ({', '.join(show.networks[:_MAX_NETWORKS])})" if show.networks else ""
    if season is not None:
        return f"begins season {season} {_countdown(window, today)}{networks}"
    if window.latest is not None and window.latest < today:
        return f"was due {_when(window)}{networks}, and no one said it is out" if show.is_overdue(today) else ""
    if window.day is not None:
        return f"{'comes out' if show.status in _FIRM else 'is expected'} {_countdown(window, today)}{networks}"
    return f"is expected {_now(window)}{networks}"


def _countdown(window: Window, today: date) -> str:
    """Return "tomorrow, Thu 14 May 2026" or "in 7 days, on Thu 14 May 2026"."""
    words = describe_countdown(window, today)
    return f"{words}, {'on ' if words.startswith('in ') else ''}{window.span}"


def _now(window: Window) -> str:
    """Return a date vaguer than a day that has begun: "this month, May 2026", "in summer 2026"."""
    unit = {Precision.MONTH: "this month", Precision.YEAR: "this year"}.get(window.precision)
    return f"{unit}, {window.label}" if unit is not None and not window.approximate else _when(window)


def _when(window: Window) -> str:
    """Return "on Thu 14 May 2026", "in May 2026", "around May 2026"."""
    first, last = window.earliest, window.latest
    if window.approximate:
        return f"around {window.label.removeprefix('~')}"
    if first is None or last is None or window.precision is not Precision.RANGE:
        return f"on {day_name(last)}" if window.day is not None and last is not None else f"in {window.label}"
    return f"{'in' if first.day == 1 and last == month_end(last) else 'on'} {window.span}"
