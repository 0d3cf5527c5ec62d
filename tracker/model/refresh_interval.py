"""How often a source is asked about a show: more often the nearer its release."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Final

from tracker.model.show import Show
from tracker.model.source_record import SourceRecord
from tracker.model.status import Status
from tracker.model.window import Precision

NEAR_DAYS: Final = 14
_NEAR: Final = timedelta(hours=12)
_DATED: Final = timedelta(days=3)
_OPEN: Final = timedelta(days=7)
_OUT: Final = timedelta(days=30)
_OFF: Final = timedelta(days=90)
RECHECK_CHANGED: Final = _NEAR  # for a source that changed its status or date lately and may take that back
REFETCH_AFTER: Final = timedelta(days=60)
"""How long a record is trusted when nothing says that it changed; removed records never change."""
SEARCH_AGAIN_AFTER: Final = timedelta(days=30)  # when to search again for a show that no source knew


def refresh_interval(show: Show, record: SourceRecord | None, today: date) -> timedelta:
    """Return how long a source need not be asked again about a show with this last record."""
    if show.status is Status.CANCELLED:
        return _OFF
    episode = record.next_episode.on if record is not None and record.next_episode is not None else None
    if episode is not None and abs((episode - today).days) <= NEAR_DAYS:
        return _NEAR
    if show.is_out:
        # Of what is on air, the end or the next episodes are news.
        return _OPEN if show.status is Status.AIRING else _OUT
    if show.release is None or show.release.latest is None:
        return _OPEN
    is_day = show.release.precision is Precision.DAY
    return _NEAR if is_day and abs((show.release.latest - today).days) <= NEAR_DAYS else _DATED
