"""An episode that is to come, as a service knows it."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, tzinfo
from typing import NamedTuple

from tracker.model.window import Precision, Window


class Episode(NamedTuple):
    """An episode that is to come."""

    season: int | None = None
    number: int | None = None
    title: str = ""
    on: date | None = None
    """The day in the country of the network; for a global streamer the day of the release."""
    at: datetime | None = None
    """The moment in UTC; None where the service does not really know one."""

    @property
    def label(self) -> str:
        """Season and number: "S1E3", "E3"; "" where neither is known."""
        season = f"S{self.season}" if self.season is not None else ""
        return f"{season}E{self.number}" if self.number is not None else season

    def day(self, zone: tzinfo | None = None) -> date | None:
        """Return its day where the clock stands, by its moment if one is known.

        Args:
            zone: Where the clock stands; None for this machine's.
        """
        moment = self._moment(zone)
        return moment.date() if moment is not None else self.on

    def time(self, zone: tzinfo | None = None) -> str:
        """Return its time of day where the clock stands, "21:00"; "" where the moment is not known."""
        moment = self._moment(zone)
        return f"{moment:%H:%M}" if moment is not None else ""

    def _moment(self, zone: tzinfo | None) -> datetime | None:
        try:
            return self.at.astimezone(zone) if self.at is not None else None
        except OverflowError:
            # It lies beyond the calendar there.
            return None


def episode_words(episode: Episode, zone: tzinfo | None = None) -> str:
    """Return an episode to come: "S1E3 “The Harbour”, Fri 28 Nov 2026, 22:00".

    Args:
        episode: The episode.
        zone: Where the clock stands; None for this machine's.
    """
    title = f"“{episode.title}”" if episode.title else ""
    day = episode.day(zone)
    span = Window(str(day), day, day, Precision.DAY).span if day is not None else ""
    return ", ".join(filter(None, (" ".join(filter(None, (episode.label, title))), span, episode.time(zone))))


def soonest(
    known: Iterable[tuple[Episode, str]], today: date, zone: tzinfo | None = None
) -> tuple[Episode, str] | None:
    """Return the episode that comes next, and who says so: one with a time of day before one without.

    Args:
        known: Episodes, and who says so.
        today: The day where the clock stands.
        zone: Where that is; None for this machine's.
    """
    days = [(one[0].day(zone) or date.max, one) for one in known]
    coming = [(day, one[0].at is None, one) for day, one in days if day >= today]
    return min(coming, key=lambda found: found[:2])[2] if coming else None
