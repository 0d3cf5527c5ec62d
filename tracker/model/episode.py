"""Upcoming episodes."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, tzinfo
from typing import NamedTuple

from tracker.model.window import Precision, Window


class Episode(NamedTuple):
    """An upcoming episode, as a source knows it."""

    season: int | None = None
    number: int | None = None
    title: str = ""
    on: date | None = None  # the day in the country of the network; for a global streamer the day of the release
    at: datetime | None = None  # the moment in UTC, if the source knows one

    @property
    def label(self) -> str:
        """The number as "S1E3" or "E3", "" if unknown."""
        season = f"S{self.season}" if self.season is not None else ""
        return f"{season}E{self.number}" if self.number is not None else season

    def day(self, zone: tzinfo | None = None) -> date | None:
        """Return the local day, by the moment if one is known; `zone` None is the system's."""
        moment = self._moment(zone)
        return moment.date() if moment is not None else self.on

    def time(self, zone: tzinfo | None = None) -> str:
        """Return the local time, "21:00"; "" if the moment is unknown."""
        moment = self._moment(zone)
        return f"{moment:%H:%M}" if moment is not None else ""

    def _moment(self, zone: tzinfo | None) -> datetime | None:
        try:
            return self.at.astimezone(zone) if self.at is not None else None
        except OverflowError:
            # It lies beyond the calendar there.
            return None


def describe_episode(episode: Episode, zone: tzinfo | None = None) -> str:
    """Return "S1E3 “The Harbour”, Fri 28 Nov 2026, 22:00"; `zone` None is the system's."""
    title = f"“{episode.title}”" if episode.title else ""
    day = episode.day(zone)
    span = Window(str(day), day, day, Precision.DAY).span if day is not None else ""
    return ", ".join(filter(None, (" ".join(filter(None, (episode.label, title))), span, episode.time(zone))))


def find_next_episode(
    known: Iterable[tuple[Episode, str]], today: date, zone: tzinfo | None = None
) -> tuple[Episode, str] | None:
    """Return the next of these episodes with its source; of one day, one with a time comes first."""

    def order(item: tuple[Episode, str]) -> tuple[date, bool]:
        return (item[0].day(zone) or date.max, item[0].at is None)

    return min((item for item in known if order(item)[0] >= today), key=order, default=None)
