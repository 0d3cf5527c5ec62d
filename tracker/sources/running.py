"""The status of a series that has begun: its last and its next episode tell it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Final

from tracker.model.episode import Episode
from tracker.model.season import BREAK, Season
from tracker.model.status import STARTED, Status

_SILENCE: Final = timedelta(days=60)
"""After how long without an episode, and without one to come, a series is not on air."""


def read_running(
    last: Episode, following: Episode | None, seasons: Sequence[Season], today: date
) -> tuple[tuple[Status, ...], Status]:
    """Return the statuses that agree with what was seen of a series, and the status of one that has none of these.

    Args:
        last: The last episode that was shown, with its day.
        following: The next episode, None if none is known.
        seasons: The seasons, in the order of their numbers.
        today: Today's date.
    """
    if following is not None and following.season == last.season:
        return (Status.AIRING, Status.HIATUS), Status.AIRING
    season = next((season for season in seasons if season.number == last.season), None)
    if season is None or season.status is None:
        is_over = last.on is not None and today - last.on > BREAK
        return STARTED, Status.RELEASED if is_over else Status.AIRING
    if season.status is not Status.RELEASED:
        return STARTED, Status.AIRING
    is_complete = season.compatible_statuses == (Status.RELEASED,)
    is_silent = last.on is not None and today - last.on > _SILENCE
    if (is_complete or is_silent) and following is None and season.number == seasons[-1].number:
        # Sources may take weeks to say that a series has ended.
        return (Status.RELEASED, Status.HIATUS), Status.RELEASED
    return STARTED, Status.RELEASED
