"""TMDB's words for statuses, and the statuses that agree with them."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Final, NamedTuple

from tracker.model.status import DATED, STARTED, Status
from tracker.model.window import Precision, Window

_PLANNED: Final = (Status.RUMORED, Status.ANNOUNCED, Status.PRE_PRODUCTION, Status.POSTPONED)
_IN_PRODUCTION: Final = (Status.PRE_PRODUCTION, Status.FILMING, Status.POST_PRODUCTION, Status.POSTPONED)


class StatusInfo(NamedTuple):
    """What a word of TMDB means."""

    compatible_statuses: tuple[Status, ...] = ()
    """The statuses that agree with it; empty if the word is unknown or says too little."""
    status: Status | None = None  # the status of a show that has none of these


UNRELEASED: Final[Mapping[str, StatusInfo]] = {
    "Rumored": StatusInfo((Status.RUMORED, Status.ANNOUNCED, Status.POSTPONED), Status.RUMORED),
    "Planned": StatusInfo(_PLANNED, Status.ANNOUNCED),
    "Pilot": StatusInfo(_IN_PRODUCTION, Status.FILMING),
    "In Production": StatusInfo(_IN_PRODUCTION, Status.FILMING),
    # TMDB has no later word before the release, so a date that only others know does not contradict this one.
    "Post Production": StatusInfo(
        (Status.POST_PRODUCTION, Status.SCHEDULED, Status.POSTPONED), Status.POST_PRODUCTION
    ),
}  # fmt: skip
"""The words for shows that are not out."""
CANCELLED: Final = frozenset({"Canceled", "Cancelled"})
ENDED: Final = CANCELLED | {"Ended"}
"""The words for series that have no further episodes."""


def tv_status(word: str, release: Window | None, today: date, *, has_aired: bool) -> StatusInfo:
    """Return what a word means for a series without an episode known to be shown, or for one that has ended.

    Args:
        word: TMDB's word.
        release: The first day.
        today: Today's date.
        has_aired: The first day is past.
    """
    if (word in UNRELEASED or word == "Returning Series") and _is_future_day(release, today):
        return StatusInfo(DATED, Status.SCHEDULED)
    if word in UNRELEASED:
        return _widen_by_date(UNRELEASED[word], release, today, (Status.AIRING, Status.RELEASED))
    match word:
        case "Returning Series" if has_aired:
            # A new record has this word from the beginning, so a day that passed proves nothing.
            return StatusInfo((Status.SCHEDULED, *STARTED, Status.POSTPONED))
        case "Ended" if has_aired:
            return StatusInfo((Status.RELEASED, Status.CANCELLED), Status.RELEASED)
        case "Canceled" | "Cancelled" if has_aired:
            return StatusInfo((Status.CANCELLED, Status.RELEASED), Status.CANCELLED)
        case "Canceled" | "Cancelled":
            return StatusInfo((Status.CANCELLED,), Status.CANCELLED)
    return StatusInfo()


def movie_status(
    word: str, release: Window | None, today: date, *, is_here: bool, is_premiere: bool = False
) -> StatusInfo:
    """Return what a word means for a film.

    Args:
        word: TMDB's word, which is about the first release of all.
        release: The date that counts for the owner.
        today: Today's date.
        is_here: Whether that is one of the owner's country, or of the film's.
        is_premiere: Whether that is a premiere for want of another date, which is no release for everybody.
    """
    is_ahead = _is_future_day(release, today)
    if word in UNRELEASED and is_ahead and (is_here or word == "Post Production"):
        return StatusInfo(DATED, Status.SCHEDULED)
    if word in UNRELEASED:
        return _widen_by_date(UNRELEASED[word], release, today, (Status.RELEASED,))
    match word:
        case "Released" if is_premiere:
            return StatusInfo((Status.POST_PRODUCTION, Status.SCHEDULED, Status.RELEASED))
        case "Released" if is_ahead and is_here:
            # It is out elsewhere or in another way, and to come in the one that counts.
            return StatusInfo((Status.SCHEDULED, Status.RELEASED), Status.SCHEDULED)
        case "Released":
            return StatusInfo((Status.RELEASED,), Status.RELEASED)
        case "Canceled" | "Cancelled":
            return StatusInfo((Status.CANCELLED,), Status.CANCELLED)
    return StatusInfo()


def _widen_by_date(info: StatusInfo, release: Window | None, today: date, out: tuple[Status, ...]) -> StatusInfo:
    """Add the statuses that agree with a date that does not settle the status."""
    if release is None or release.latest is None:
        return info
    # After its last day the word may only be old, so it takes nothing back from who knows that the show is out.
    further = out if release.latest <= today else (Status.SCHEDULED,)
    statuses = sorted({*info.compatible_statuses, *further}, key=lambda status: status.rank)
    return info._replace(compatible_statuses=tuple(statuses))


def _is_future_day(release: Window | None, today: date) -> bool:
    if release is None or release.latest is None:
        return False
    return release.precision is Precision.DAY and release.latest > today
