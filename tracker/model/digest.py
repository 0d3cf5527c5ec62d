"""The digest of a day: what is out, what comes within a week, what was missed, what changed; a line a show."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Final, NamedTuple

from tracker.model.days import MONTHS, WEEKDAYS, days_after
from tracker.model.episode import Episode
from tracker.model.history import Effect
from tracker.model.labels import effect_words
from tracker.model.show import Show
from tracker.model.status import Status
from tracker.model.window import countdown_words

KINDS: Final = ("today", "overdue", "week", "changed")
"""What a line may be about, what matters most first."""
DAYS: Final = 7
"""How many days "this week" goes ahead, and "newly" and "changed" go back, today among them."""


class Line(NamedTuple):
    """A show of which there is something to tell."""

    show: Show
    kinds: tuple[str, ...]
    """Some of `KINDS`, in their order."""
    text: str
    """What there is to tell."""


def digest(shows: Iterable[Show], today: date, episodes: Mapping[str, Episode]) -> tuple[Line, ...]:
    """Return what there is to tell on a day, what matters most first, then by date.

    Args:
        shows: The list, as it was known on that day.
        today: The day.
        episodes: The next episodes that are known, by the ids of their shows.
    """
    since, until = days_after(today, 1 - DAYS), days_after(today, DAYS - 1)
    found: list[tuple[int, date, Line]] = []
    for show in shows:
        told = dict(
            filter(None, (_when(show, episodes.get(show.id), today, since, until), _change(show, since, today)))
        )
        if told:
            kinds = tuple(kind for kind in KINDS if kind in told)
            line = Line(show, kinds, "; ".join(told[kind] for kind in kinds))
            found.append((KINDS.index(kinds[0]), _day(show, episodes.get(show.id), today), line))
    return tuple(line for _, _, line in sorted(found, key=lambda one: one[:2]))


def _day(show: Show, episode: Episode | None, today: date) -> date:
    window = show.release
    days = [window.latest] if window is not None else []
    days += [episode.day()] if episode is not None else []
    ahead = [day for day in days if day is not None and day >= today]
    return min(ahead, default=date.max)


def _when(show: Show, episode: Episode | None, today: date, since: date, until: date) -> tuple[str, str] | None:
    """Return what is to be told of a show's date or next episode."""
    status, window = show.status, show.release
    if status is Status.CANCELLED:
        return None
    latest = window.latest if window is not None else None
    is_day = window is not None and window.earliest == window.latest
    is_out = status is not None and status.is_out
    if latest == today and is_day:
        return ("today", "is out today" if is_out else "comes out today")
    if episode is not None and (day := episode.day()) is not None and today <= day <= until:
        label = " ".join(filter(None, (episode.label or "next episode", episode.time())))
        return ("today", f"{label} today") if day == today else ("week", f"{label} {_weekday(day)}")
    if latest is None or window is None or is_out:
        return None
    if today <= latest <= until:
        return ("week", _weekday(latest) if is_day else f"{window.label}, {countdown_words(window, today)}")
    if since <= latest < today:
        return ("overdue", f"{window.label} has passed; nobody says that it is out")
    return None


def _change(show: Show, since: date, today: date) -> tuple[str, str] | None:
    """Return what was said in these days that changed something."""
    if not any(claim.on is not None and since <= claim.on <= today for claim in show.history):
        return None
    words = []
    for step in show.standing.steps:
        if step.claim.on is None or not since <= step.claim.on <= today:
            continue
        if step.moved_status and step.claim.status is not None:
            words.append(step.claim.status.value)
        if step.claim.release is not None and step.effect not in (Effect.NONE, Effect.CONFIRMED):
            words.append(" ".join(filter(None, (step.claim.release.label, _bracketed(effect_words(step))))))
    return ("changed", ", ".join(dict.fromkeys(words))) if words else None


def _bracketed(words: str) -> str:
    return f"({words})" if words else ""


def _weekday(day: date) -> str:
    return f"{WEEKDAYS[day.weekday()]} {day.day} {MONTHS[day.month - 1]}"
