"""What each source last said about a show."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, datetime, timedelta
from typing import Final, NamedTuple

from tracker.model.episode import Episode, find_next_episode
from tracker.model.provenance import FOLLOWABLE
from tracker.model.show import Show
from tracker.model.source_record import SourceId, SourceRecord, source_ids

REVERT_WITHIN: Final = timedelta(days=3)
"""A source that reverts a change within this time makes no second piece of news."""
CLAIMED: Final = ("status", "release")
"""What a source says that becomes claims."""


class SourceState(NamedTuple):
    """The last record of a source about a show."""

    record: SourceRecord
    checked_at: datetime  # when the source was last asked, in UTC
    since: tuple[tuple[str, date], ...] = ()  # since when it has said this, by field, "status" and "release" included
    previous: SourceRecord | None = None  # the record before the last change of status or release
    changed_at: datetime | None = None  # when that was
    is_removed: bool = False  # whether the source no longer has the show
    was_reverted: bool = False  # whether the last change was a return to `previous`
    fetched_at: datetime | None = None  # when the record itself was read, not only checked for changes

    @classmethod
    def first(cls, record: SourceRecord, at: datetime, today: date) -> SourceState:
        since = tuple((name, today) for name in (*CLAIMED, *FOLLOWABLE) if said_value(record, name))
        return cls(record, at, since, fetched_at=at)

    @property
    def source_id(self) -> SourceId:
        return self.record.source_id

    def since_when(self, field: str) -> date | None:
        return dict(self.since).get(field)


def next_episode(states: Iterable[SourceState], today: date) -> tuple[Episode, str] | None:
    """Return the next episode and its source; one with a time comes before one without."""
    records = (state.record for state in states)
    return find_next_episode(((episode, one.source) for one in records if (episode := one.next_episode)), today)


def next_episodes(shows: Iterable[Show], known: Mapping[SourceId, Episode], today: date) -> dict[str, Episode]:
    """Return the next known episode of each show, by show id; that of a season which is an entry is that entry's."""
    episodes = {}
    shows = tuple(shows) if known else ()
    entries = {source_id for show in shows if show.season is not None for source_id in source_ids(show)}
    for show in shows:
        candidates = [
            (episode, source_id.source)
            for source_id in (source_ids(show) if show.ids else ())
            if (episode := known.get(source_id)) is not None
            and (source_id.season is not None or source_id._replace(season=episode.season) not in entries)
        ]
        if (following := find_next_episode(candidates, today)) is not None:
            episodes[show.id] = following[0]
    return episodes


def said_value(record: SourceRecord, name: str) -> object:
    """Return what a record says of a field, to compare; of a status with the source's own word."""
    if name == "status":
        return (record.raw_status, record.status)
    if name == "release":
        return record.release.key[:3] if record.release is not None else None
    return getattr(record, name)


def differs(before: SourceRecord, after: SourceRecord, name: str) -> bool:
    """Return whether two records say something else of a field."""
    return said_value(before, name) != said_value(after, name)
