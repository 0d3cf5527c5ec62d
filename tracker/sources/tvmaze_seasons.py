"""The seasons in TVmaze's answer about a show, as their own episodes and dates tell of them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from msgspec import Struct

from tracker.model.episode import Episode
from tracker.model.season import Season, describe_season
from tracker.sources.decode import Count, day_window, parse_day


class TvmazeSeason(Struct, rename="camel"):
    """A season in the embedded list; some shows number them by year."""

    number: Count | None = None
    premiere_date: str | None = None
    end_date: str | None = None  # of the last episode that is listed
    episode_order: Count | None = None  # how many episodes it will have


def read_seasons(
    rows: Sequence[TvmazeSeason],
    episodes: Sequence[Episode],
    premiered: date | None,
    today: date,
    *,
    has_ended: bool = False,
) -> tuple[Season, ...]:
    """Return the seasons, in the order of their numbers, without specials.

    Args:
        rows: The embedded seasons.
        episodes: The embedded episodes.
        premiered: The first day of the show, and so of its first season.
        today: Today's date.
        has_ended: Whether nothing comes after the last episode.
    """
    by_number: dict[int, list[Episode]] = {}
    for episode in episodes:
        by_number.setdefault(episode.season or 0, []).append(episode)
    row_of = {row.number: row for row in rows if row.number is not None}
    numbers = sorted(number for number in {*row_of, *by_number} if number > 0)
    first_days = {}
    for number in numbers:
        row = row_of.get(number, TvmazeSeason())
        days = [episode.on for episode in by_number.get(number, ()) if episode.on is not None]
        day = parse_day(row.premiere_date) or min(days, default=None)
        first_days[number] = day or (premiered if number == numbers[0] else None)
    last_begun = max((number for number, day in first_days.items() if day is not None and day <= today), default=0)
    seasons = []
    for number in numbers:
        row, own_episodes = row_of.get(number, TvmazeSeason()), by_number.get(number, [])
        is_complete: bool | None = None
        if number < last_begun or (has_ended and number == last_begun):
            is_complete = True
        elif any(episode.on is None for episode in own_episodes):
            is_complete = False
        elif row.episode_order:
            is_complete = len(own_episodes) >= row.episode_order if own_episodes else None
        seasons.append(
            describe_season(
                number, today, release=day_window(first_days[number]), episodes=own_episodes,
                ended=parse_day(row.end_date), is_complete=is_complete,
            )
        )  # fmt: skip
    return tuple(seasons)
