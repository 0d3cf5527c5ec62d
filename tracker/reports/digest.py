"""The digest of a day, one line a show: out today, due within a week, missed, changed."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, tzinfo
from typing import Final, NamedTuple

from tracker.model.dates import MONTHS, WEEKDAYS, days_after
from tracker.model.episode import Episode
from tracker.model.formatting import describe_claimed_window, describe_missed
from tracker.model.history import Effect
from tracker.model.show import Show
from tracker.model.status import Status
from tracker.model.window import describe_countdown, order_key

KINDS: Final = ("today", "overdue", "week", "changed")  # what a line is about, most important first
DAYS: Final = 7
"""How many days "this week" looks ahead and "changed" looks back, today included; also how long overdue is new."""
_FIRM: Final = frozenset({Status.SCHEDULED, None})
"""With these statuses a date is settled; with others it is only reported."""


class DigestLine(NamedTuple):
    """What there is to say about one show."""

    show: Show
    kinds: tuple[str, ...]  # some of `KINDS`, in their order
    text: str


def digest(
    shows: Iterable[Show], today: date, episodes: Mapping[str, Episode], zone: tzinfo | None = None
) -> tuple[DigestLine, ...]:
    """Return the lines of a day, most important first, then by date: of one day by hour, then the vaguer windows.

    `shows` is the list as known on that day, `episodes` has the next known episodes by show id.
    """
    since, until = days_after(today, 1 - DAYS), days_after(today, DAYS - 1)
    lines: list[tuple[int, _Order, DigestLine]] = []
    for show in shows:
        release, episode = _release(show, today, until), _episode(show, episodes.get(show.id), today, until, zone)
        mentions = [*_join(release, episode), *_change(show, since, today)]
        if mentions:
            mentions.sort(key=lambda mention: (KINDS.index(mention.kind), mention.order))
            kinds = tuple(dict.fromkeys(mention.kind for mention in mentions))
            line = DigestLine(show, kinds, "; ".join(mention.text for mention in mentions))
            lines.append((KINDS.index(kinds[0]), mentions[0].order, line))
    return tuple(line for _, _, line in sorted(lines, key=lambda entry: entry[:2]))


_Order = tuple[date, int, str]  # last day, number of days before it that are possible too, hour or ""


class _Mention(NamedTuple):
    kind: str
    order: _Order
    text: str


def _join(release: _Mention | None, episode: _Mention | None) -> list[_Mention]:
    """Return both, combined if the episode is the release."""
    if release is not None and episode is not None and release.order[:2] == episode.order[:2]:
        return [episode._replace(kind=release.kind, text=f"{release.text}: {episode.text.removesuffix(' today')}")]
    return [mention for mention in (release, episode) if mention is not None]


def _release(show: Show, today: date, until: date) -> _Mention | None:
    status, window = show.status, show.release
    since = days_after(today, -DAYS)
    if window is None or window.latest is None or not since <= window.latest <= until or status is Status.CANCELLED:
        return None
    latest = window.latest
    order = (latest, 0 if window.day is not None else order_key(window)[2] + 1, "")
    if show.is_out:
        return _Mention("today", order, "is out today") if window.day == today else None
    if show.is_overdue(today):
        missed = describe_missed(show.history_state, today)
        return _Mention("overdue", order, missed or f"{window.label} has passed, no report of a release")
    if latest < today:
        return None
    if show.is_postponed:
        return None
    if window.day is None and window.earliest == latest:
        return _Mention("week", order, f"around {_weekday(latest)}")
    if window.day is None:
        return _Mention("week", order, f"{window.label}, {describe_countdown(window, today)}")
    if latest == today:
        return _Mention("today", order, "comes out today" if status in _FIRM else "expected today")
    return _Mention("week", order, _weekday(latest))


def _episode(show: Show, episode: Episode | None, today: date, until: date, zone: tzinfo | None) -> _Mention | None:
    day = episode.day(zone) if episode is not None and show.status is not Status.CANCELLED else None
    if episode is None or day is None or not today <= day <= until:
        return None
    hour = episode.time(zone)
    label = " ".join(filter(None, (episode.label or "next episode", hour)))
    if day == today:
        return _Mention("today", (day, 0, hour), f"{label} today")
    return _Mention("week", (day, 0, hour), f"{label} {_weekday(day)}")


def _change(show: Show, since: date, today: date) -> list[_Mention]:
    """Return what claims of these days changed of what was known before.

    What an entry began with is no change, however new it is: neither its baseline nor the claims of its first day.
    """
    if not any(claim.on is not None and since <= claim.on <= today for claim in show.history):
        return []
    changes = []
    steps = show.history_state.steps
    first_day = next((step.claim.on for step in steps if step.claim.status or step.claim.release), None)
    for step in steps:
        if step.claim.on is None or step.claim.on == first_day or not since <= step.claim.on <= today:
            continue
        if step.has_new_status and step.claim.status is not None:
            changes.append(step.claim.status.value)
        if step.claim.release is not None and step.effect not in (Effect.NONE, Effect.CONFIRMED):
            changes.append(describe_claimed_window(step))
    if not changes:
        return []
    _, latest, width, _, _ = order_key(show.release)
    order = (date.fromordinal(latest), width, "") if latest >= today.toordinal() else (date.max, 0, "")
    # What was said twice is mentioned where it was said last.
    return [_Mention("changed", order, ", ".join([*dict.fromkeys(reversed(changes))][::-1]))]


def _weekday(day: date) -> str:
    return f"{WEEKDAYS[day.weekday()]} {day.day} {MONTHS[day.month - 1]}"
