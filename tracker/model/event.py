"""What a calendar is told of a show: days that are known, and spans that say in words how vague they are."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from enum import Enum
from typing import Final, NamedTuple

from tracker.model.days import day_label, month_name
from tracker.model.episode import Episode
from tracker.model.history import Claim, Standing
from tracker.model.labels import slip_words
from tracker.model.promises import promises
from tracker.model.show import Show
from tracker.model.status import Status
from tracker.model.window import Precision, Window

PRECISIONS: Final[Mapping[str, int]] = {"day": 1, "month": 31, "quarter": 92, "half": 184, "year": 366}
"""How many days a window has at most, to be as exact as its name says."""
_FIRM: Final = frozenset({Status.SCHEDULED, Status.AIRING, Status.RELEASED})
_ORDINALS: Final = ("first", "second")


class Certainty(Enum):
    """How sure an event is: the values of STATUS in RFC 5545, section 3.8.1.11."""

    TENTATIVE = "TENTATIVE"
    CONFIRMED = "CONFIRMED"
    CANCELLED = "CANCELLED"


class Event(NamedTuple):
    """One entry of a calendar."""

    key: str
    """What tells it from all others and never changes."""
    summary: str
    description: str
    first: date
    """Its first day, where the clock stands; for an episode with a moment, that of the moment."""
    last: date
    """Its last day, inclusive."""
    certainty: Certainty
    at: datetime | None = None
    """The moment in UTC where one is known; then the days are only its own."""
    revision: int = 0
    """How many times something was said of it that may have moved it; never falls while a history grows."""
    revised: date | None = None
    """When something was said of it last; None where nobody knows."""
    categories: tuple[str, ...] = ()
    url: str = ""
    code: str = ""
    """The window in the Extended Date/Time Format; "" for an episode."""
    show_id: str = ""
    """The show that it belongs to."""


def loose_words(window: Window) -> str:
    """Return a window as a calendar tells it: "some time in 2027", "some day in August 2026"; "" for a very day."""
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


def events(
    shows: Iterable[Show], episodes: Mapping[str, Episode], today: date, most_days: int | None = None
) -> tuple[Event, ...]:
    """Return an event for each show that has a date, and one for each episode that is known to come.

    Args:
        shows: The shows.
        episodes: The next episodes that are known, by the ids of their shows.
        today: The day from which is seen.
        most_days: Leave out windows of more days, and "around" a day where it is 1; None takes all.
    """
    found = []
    for show in shows:
        window = _window_of(show)
        if window is not None and _is_as_exact(window, most_days) and (event := _release(show, window, today)):
            found.append(event)
        episode = episodes.get(show.id)
        if episode is not None and (event := _episode(show, episode)):
            found.append(event)
    return tuple(found)


def _window_of(show: Show) -> Window | None:
    """Return the window of an event: of a cancelled show the last that it had, for whoever still has it."""
    if show.status is not Status.CANCELLED or (show.release is not None and not show.release.is_tba):
        return show.release
    kept = [one.window for one in promises(show.standing) if not one.window.is_tba]
    return kept[-1] if kept else None


def _is_as_exact(window: Window, most_days: int | None) -> bool:
    if most_days is None or window.earliest is None or window.latest is None:
        return True
    days = (window.latest - window.earliest).days + 1
    return days < most_days or (days == most_days and not (days == 1 and window.approximate))


def _release(show: Show, window: Window, today: date) -> Event | None:
    if window.earliest is None or window.latest is None:
        return None
    standing = show.standing
    exact = window.day is not None
    if show.status is Status.CANCELLED:
        certainty = Certainty.CANCELLED
    else:
        certainty = Certainty.CONFIRMED if exact and show.status in _FIRM else Certainty.TENTATIVE
    beside = show.status if show.status in (Status.CANCELLED, Status.POSTPONED, Status.HIATUS) else None
    late = "overdue: nobody says that it is out" if show.is_overdue(today) else ""
    words = ", ".join(filter(None, (loose_words(window), beside.value if beside else "", late)))
    return Event(
        key=show.id,
        summary=f"{show.title} ({words})" if words else show.title,
        description="\n".join(_lines(show, window, standing)),
        first=window.earliest,
        last=window.latest,
        certainty=certainty,
        revision=max(0, sum(_says_something(step.claim) for step in standing.steps) - 1),
        revised=max((claim.on for claim in show.history if claim.on is not None), default=None),
        categories=_categories(show),
        url=_url(show, standing.window_claim),
        code=window.edtf or "",
        show_id=show.id,
    )


def _episode(show: Show, episode: Episode) -> Event | None:
    if (day := episode.day()) is None:
        return None
    label = episode.label or "next episode"
    title = f" “{episode.title}”" if episode.title else ""
    number = ".".join("" if part is None else str(part) for part in (episode.season, episode.number))
    certainty = Certainty.TENTATIVE if show.is_put_off else Certainty.CONFIRMED
    return Event(
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


def _says_something(claim: Claim) -> bool:
    return claim.status is not None or claim.release is not None


def _lines(show: Show, window: Window, standing: Standing) -> Iterable[str]:
    """Yield what is to be known of a release: where it stands, who says when, what was said before."""
    status = show.status.value if show.status else "no status"
    yield " · ".join(filter(None, (show.original_title, status, ", ".join(show.networks))))
    if (claim := standing.window_claim) is not None:
        who = claim.source or "somebody"
        yield f"{window.label}, says {who}{f' ({claim.said})' if claim.said else ''}"
    kept = promises(standing)
    if standing.slips:
        yield f"{slip_words(standing)}: " + " → ".join(one.window.label for one in kept)


def _categories(show: Show) -> tuple[str, ...]:
    return tuple(dict.fromkeys((*show.networks, show.kind, *show.tags)))


def _url(show: Show, claim: Claim | None) -> str:
    """Return the link of the claim that counts, else the newest of the show; "" where none is one of the web."""
    links = [claim.url] if claim is not None else []
    links += [url for _, url in show.links_in_order()]
    return next(
        (url for url in links if url.casefold().startswith(("https://", "http://")) and not set(url) & set(' "<>\n')),
        "",
    )
