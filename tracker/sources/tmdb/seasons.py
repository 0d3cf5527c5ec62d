"""The seasons in TMDB's answer about a series, as their dates and episodes tell of them."""

from __future__ import annotations

from datetime import date

from tracker.model.episode import Episode
from tracker.model.season import Season, describe_season, is_put_out_at_once
from tracker.model.status import Status
from tracker.sources.decode import bare_day_window, line_of, parse_day
from tracker.sources.tmdb import records
from tracker.sources.tmdb.statuses import CANCELLED, ENDED


def read_seasons(tv: records.Tv, today: date) -> tuple[Season, ...]:
    """Return the seasons of a series, in the order of their numbers, without specials."""
    last, following = to_episode(tv.last_episode_to_air), to_episode(tv.next_episode_to_air)
    if last is not None and (last.on is None or last.on > today):
        last = None
    last_season = (last.season or 0) if last is not None else 0
    rows = {row.season_number: row for row in tv.seasons or () if row.season_number}
    word = line_of(tv.status)
    if last_season and word in ENDED:
        # What has no day was never made; a day shows that the show is back, unless that was called off.
        rows = {
            number: row
            for number, row in rows.items()
            if number <= last_season or (word == "Ended" and parse_day(row.air_date) is not None)
        }
    seasons = [_read_season(number, rows[number], tv, last, following, today) for number in sorted(rows) if number > 0]
    if word in CANCELLED and last_season:
        # The word is about what was to come, so it is true of the season that nobody has seen.
        cancelled = Season(last_season + 1, status=Status.CANCELLED, compatible_statuses=(Status.CANCELLED,))
        seasons.append(cancelled)
    return tuple(seasons)


def _read_season(
    number: int, row: records.SeasonRow, tv: records.Tv, last: Episode | None, following: Episode | None, today: date
) -> Season:
    day = parse_day(row.air_date) or (parse_day(tv.first_air_date) if number == 1 else None)
    episodes = [episode for episode in (last, following) if episode is not None and episode.season == number]
    last_season = (last.season or 0) if last is not None else 0
    is_seen = last_season >= number
    is_complete: bool | None = None
    if last_season > number:
        is_complete = True
    elif last is not None and last_season == number:
        is_complete = _is_complete(row, tv, last, following, day)
    return describe_season(
        number, today, release=bare_day_window(day, is_out=is_seen, known_days=[episode.on for episode in episodes]),
        episodes=episodes, is_complete=is_complete,
        # A new record has a season 1 before anybody said anything.
        is_listed=number > 1, is_seen=is_seen,
    )  # fmt: skip


def _is_complete(
    row: records.SeasonRow, tv: records.Tv, last: Episode, following: Episode | None, first_day: date | None
) -> bool | None:
    """Return whether the season of the last episode is complete; None if that is not known."""
    if following is not None and following.season == last.season and following != last:
        return False
    if line_of(tv.status) in ENDED:
        return True
    if tv.last_episode_to_air is not None and tv.last_episode_to_air.episode_type == "finale":
        return True
    if last.number is None or last.number < (row.episode_count or 0):
        return False
    days = [day for day in (first_day, last.on) if day is not None]
    return True if is_put_out_at_once(last.number, days) else None


def to_episode(episode: records.EpisodeRow | None) -> Episode | None:
    """Return the last or next episode as an episode."""
    if episode is None:
        return None
    return Episode(episode.season_number, episode.episode_number, line_of(episode.name), parse_day(episode.air_date))
