"""Calendar events of shows: exact days, and spans that say in words how vague they are."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from enum import Enum
from typing import Final, NamedTuple

from tracker.model.dates import day_label, month_name
from tracker.model.episode import Episode
from tracker.model.formatting import describe_slips
from tracker.model.history import Claim, HistoryState, promises
from tracker.model.show import Show
from tracker.model.status import Status
from tracker.model.window import Precision, Window
from tracker.reports.reminders import ReminderRules, alarm_days

PRECISIONS: Final[Mapping[str, int]] = {"day": 1, "month": 31, "quarter": 92, "half": 184, "year": 366}
"""The most days a window of each precision may have."""
_FIRM: Final = frozenset({Status.SCHEDULED, Status.AIRING, Status.RELEASED})
_ORDINALS: Final = ("first", "second")


class Certainty(Enum):
    """STATUS of an event (RFC 5545, section 3.8.1.11)."""

    TENTATIVE = "TENTATIVE"
    CONFIRMED = "CONFIRMED"
    CANCELLED = "CANCELLED"


class CalendarEvent(NamedTuple):
    """One entry of a calendar file."""

    key: str  # unique and stable
    summary: str
    description: str
    first: date  # local date; for an episode with a moment, that of the moment
    last: date  # inclusive
    certainty: Certainty
    at: datetime | None = None  # the moment in UTC; then the event lasts no whole day
    revision: int = 0  # how many claims may have moved it; never falls while a history grows
    revised: date | None = None  # the day of the newest claim
    categories: tuple[str, ...] = ()
    url: str = ""
    edtf: str = ""  # extended Date/Time Format; "" for an episode
    show_id: str = ""
    alarms: tuple[int, ...] = ()  # how many days before it an alarm goes off, most first


def describe_vague_window(window: Window) -> str:
    """Return a window as calendars show it: "some time in 2027", "some day in August 2026"; "" for an exact day."""
    first = window.earliest
    if first is None:
        return ""
    about = "around " if window.approximate else ""
    year = f"{first.year:04}"
    if first == window.latest:
        return f"around {day_label(first)}" if about else ""
    match window.precision:
        case Precision.MONTH:
            words = month_name(first)
            return f"{about}{words}" if about else f"some day in {words}"
        case Precision.HALF:
            words = f"the {_ORDINALS[window.code - 40]} half of {year}"
        case Precision.RANGE:
            words = window.span
        case _:
            words = window.label.removeprefix("~")
    return f"{about}{words}" if about else f"some time in {words}"


def calendar_events(
    shows: Iterable[Show],
    episodes: Mapping[str, Episode],
    today: date,
    most_days: int | None = None,
    rules: ReminderRules | None = None,
) -> tuple[CalendarEvent, ...]:
    """Return an event for each show with a date and each known upcoming episode.

    Windows of more than `most_days` are skipped, and approximate days if it is 1. With `rules`, the days to come have
    the alarms of their reminders.
    """
    events = []
    for show in shows:
        window = _window_of(show)
        if window is not None and _is_as_exact(window, most_days) and (event := _release_event(show, window, today)):
            events.append(event._replace(alarms=alarm_days(show, rules, today)) if rules is not None else event)
        episode = episodes.get(show.id)
        if episode is not None and (event := _episode_event(show, episode)):
            events.append(event)
    return tuple(events)


def _window_of(show: Show) -> Window | None:
    """Return the window to show; a cancelled show keeps its last one, for calendars that have the event already."""
    if show.status is not Status.CANCELLED or (show.release is not None and not show.release.is_tba):
        return show.release
    windows = (promise.window for promise in reversed(promises(show.history_state)))
    return next((window for window in windows if not window.is_tba), None)


def _is_as_exact(window: Window, most_days: int | None) -> bool:
    if most_days is None or window.earliest is None or window.latest is None:
        return True
    days = (window.latest - window.earliest).days + 1
    return days < most_days or (days == most_days and not (days == 1 and window.approximate))


def _release_event(show: Show, window: Window, today: date) -> CalendarEvent | None:
    if window.earliest is None or window.latest is None:
        return None
    state = show.history_state
    if show.status is Status.CANCELLED:
        certainty = Certainty.CANCELLED
    else:
        is_firm = window.day is not None and show.status in _FIRM
        certainty = Certainty.CONFIRMED if is_firm else Certainty.TENTATIVE
    off_line = show.status.value if show.status in (Status.CANCELLED, Status.POSTPONED, Status.HIATUS) else ""
    is_missed = off_line and state.missed(today) is not None
    late = "missed" if is_missed else "overdue: no report of a release" if show.is_overdue(today) else ""
    remarks = ", ".join(filter(None, (describe_vague_window(window), off_line, late)))
    return CalendarEvent(
        key=show.id,
        summary=f"{show.full_title} ({remarks})" if remarks else show.full_title,
        description="\n".join(_description(show, window, state)),
        first=window.earliest,
        last=window.latest,
        certainty=certainty,
        revision=max(0, sum(bool(claim.status or claim.release) for claim in show.history) - 1),
        revised=max((claim.on for claim in show.history if claim.on is not None), default=None),
        categories=_categories(show),
        url=_url(show, state.window_claim),
        edtf=window.edtf or "",
        show_id=show.id,
    )


def _episode_event(show: Show, episode: Episode) -> CalendarEvent | None:
    if (day := episode.day()) is None:
        return None
    label = episode.label or "next episode"
    title = f" “{episode.title}”" if episode.title else ""
    number = ".".join("" if part is None else str(part) for part in (episode.season, episode.number))
    certainty = Certainty.TENTATIVE if show.is_postponed else Certainty.CONFIRMED
    return CalendarEvent(
        key=f"{show.id}\n{number}",
        summary=f"{show.title} {label}{title}",
        description="\n".join(filter(None, (", ".join(show.networks), show.original_title))),
        first=day,
        last=day,
        certainty=Certainty.CANCELLED if show.status is Status.CANCELLED else certainty,
        at=episode.at,
        categories=_categories(show),
        url=_url(show, None),
        show_id=show.id,
    )


def _description(show: Show, window: Window, state: HistoryState) -> Iterable[str]:
    status = show.status.value if show.status else "no status"
    yield " · ".join(filter(None, (show.original_title, status, ", ".join(show.networks))))
    if (claim := state.window_claim) is not None:
        day = f" ({claim.date_text})" if claim.date_text else ""
        yield f"{window.label}, says {claim.source or 'someone'}{day}"
    if state.slips:
        yield f"{describe_slips(state)}: {' → '.join(promise.window.label for promise in promises(state))}"


def _categories(show: Show) -> tuple[str, ...]:
    return tuple(dict.fromkeys((*show.networks, show.kind, *show.tags)))


def _url(show: Show, claim: Claim | None) -> str:
    """Return the web link of the counting claim, else the newest of the show."""
    links = [claim.url] if claim is not None else []
    links += [url for _, url in show.links_in_order()]
    return next(
        (url for url in links if url.casefold().startswith(("https://", "http://")) and not set(url) & set(' "<>\n')),
        "",
    )
