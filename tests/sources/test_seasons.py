"""What TVmaze and TMDB say of each season of a show."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import date
from typing import Any

import pytest

from tracker.model.season import Season
from tracker.model.status import Status
from tracker.sources.tmdb.source import parse_tv
from tracker.sources.tvmaze import parse_show

TODAY = date(2026, 11, 23)


def summarize(seasons: tuple[Season, ...]) -> list[tuple[int, str, Status | None]]:
    """Return number, first day and status of seasons."""
    return [(one.number, one.release.text if one.release is not None else "", one.status) for one in seasons]


def maze(rows: Sequence[Any], episodes: Sequence[tuple[int, int | None, str]] = (), premiered: str = "") -> Any:
    """Return TVmaze's seasons; rows are number, first and last day and count, episodes season, number and day."""
    keys = ("number", "premiereDate", "endDate", "episodeOrder")
    body = {
        "id": 1, "name": "Slow Tram", "genres": [], "status": "Running", "premiered": premiered or None,
        "_embedded": {
            "seasons": [dict(zip(keys, row, strict=False)) for row in rows],
            "episodes": [
                {"season": season, "number": number, "airdate": day, "airtime": "", "airstamp": f"{day}T12:00:00+00:00"}
                for season, number, day in episodes
            ],
        },
    }  # fmt: skip
    return parse_show(json.dumps(body).encode(), TODAY)


@pytest.mark.parametrize(
    ("rows", "episodes", "told"),
    [
        # Two seasons that are over, and a third that is only announced.
        (
            [(1, "2024-03-01", "2024-04-01", 2), (2, "2025-03-01", None, 2), (3, None, None, None)],
            [(2, 1, "2025-03-01"), (2, 2, "2025-03-08")],
            [(1, "2024-03-01", "released"), (2, "2025-03-01", "released"), (3, "", "announced")],
        ),
        # The first day of the second is known.
        (
            [(1, "2025-01-01", "2025-03-01", 9), (2, "2027-01-01", None, None)],
            [],
            [(1, "2025-01-01", "released"), (2, "2027-01-01", "scheduled")],
        ),
        # It began; more is counted than is listed.
        ([(2, "2026-11-20", "2026-11-20", 8)], [(2, 1, "2026-11-20")], [(2, "2026-11-20", "airing")]),
        # A season before one that began is over, whatever its count says.
        (
            [(2024, "2024-02-01", "2024-05-01", 20), (2026, "2026-11-01", None, None)],
            [(2024, 1, "2024-02-01"), (2026, 1, "2026-11-01"), (2026, 2, "2026-12-01")],
            [(2024, "2024-02-01", "released"), (2026, "2026-11-01", "airing")],
        ),
        # Episodes of a season that has no row; an episode without a day is one to come.
        ([], [(2, 1, "2026-11-20"), (2, 2, "")], [(2, "2026-11-20", "airing")]),
        # Specials are no season.
        ([(0, "2024-01-01", "2024-01-01", 1)], [(0, None, "2024-01-01")], []),
    ],
)  # fmt: skip
def test_tvmaze_seasons(rows: list[Any], episodes: list[Any], told: list[tuple[int, str, str]]) -> None:
    assert summarize(maze(rows, episodes).seasons) == [(n, day, Status(word)) for n, day, word in told]


def test_tvmaze_first_season_begins_with_the_show() -> None:
    assert summarize(maze([(1, None, None, None)], premiered="2027-03-05").seasons) == [
        (1, "2027-03-05", Status.SCHEDULED)
    ]


def test_tvmaze_episode_has_a_time_only_where_the_network_has_one() -> None:
    episode = maze([(2, "2026-12-04", None, None)], [(2, 1, "2026-12-04")]).seasons[0].next_episode
    assert (episode.on, episode.at) == (date(2026, 12, 4), None)


def tmdb(rows: Sequence[tuple[int, str | None, int]], last: Any = None, following: Any = None, **more: object) -> Any:
    """Return TMDB's seasons; rows are number, first day and count, episodes season, number, day and type."""
    keys = ("season_number", "air_date", "episode_count")
    episode_keys = ("season_number", "episode_number", "air_date", "episode_type")
    body = {
        "id": 1, "name": "Slow Tram", "genres": [], "status": "Returning Series",
        "seasons": [dict(zip(keys, row, strict=True)) for row in rows],
        "last_episode_to_air": dict(zip(episode_keys, last, strict=False)) if last else None,
        "next_episode_to_air": dict(zip(episode_keys, following, strict=False)) if following else None,
        **more,
    }  # fmt: skip
    return parse_tv(json.dumps(body).encode(), TODAY)


SHOWN = (1, "2025-03-01", 8)
FINALE = (1, 8, "2025-04-01", "finale")


@pytest.mark.parametrize(
    ("rows", "last", "following", "told"),
    [
        ([SHOWN, (2, None, 0)], FINALE, None, [(1, "2025-03-01", "released"), (2, "", "announced")]),
        ([SHOWN, (2, "2027-03-01", 8)], FINALE, None, [(1, "2025-03-01", "released"), (2, "2027-03-01", "scheduled")]),
        # A bare first of January is a year, unless the first episode is of that day.
        ([SHOWN, (2, "2027-01-01", 0)], FINALE, None, [(1, "2025-03-01", "released"), (2, "2027", "announced")]),
        (
            [SHOWN, (2, "2027-01-01", 1)], FINALE, (2, 1, "2027-01-01"),
            [(1, "2025-03-01", "released"), (2, "2027-01-01", "scheduled")],
        ),
        (
            [SHOWN, (2, "2026-11-16", 2)], (2, 1, "2026-11-16"), (2, 2, "2026-11-30"),
            [(1, "2025-03-01", "released"), (2, "2026-11-16", "airing")],
        ),
        ([(2, "2026-11-16", 2)], (2, 2, "2026-11-20", "finale"), None, [(2, "2026-11-16", "released")]),
        ([(2, "2026-11-16", 8)], (2, 2, "2026-11-20", "standard"), None, [(2, "2026-11-16", "airing")]),
        # A day that passed proves nothing as long as no episode was shown.
        ([SHOWN, (2, "2026-11-01", 8)], FINALE, None, [(1, "2025-03-01", "released"), (2, "2026-11-01", None)]),
        # A new record has a season 1 and nothing else.
        ([(1, None, 1)], None, None, [(1, "", None)]),
        # All at once, and around midnight; the first two are only the first two.
        ([(2, "2026-11-19", 8)], (2, 8, "2026-11-20", "standard"), None, [(2, "2026-11-19", "released")]),
        ([(2, "2026-11-20", 2)], (2, 2, "2026-11-20", "standard"), None, [(2, "2026-11-20", "airing")]),
        # The last episode is not the first one.
        ([(2, None, 8)], (2, 3, "2026-11-20", "standard"), None, [(2, "", "airing")]),
        ([(2, None, 8)], (2, 1, "2026-11-20", "standard"), None, [(2, "2026-11-20", "airing")]),
        # A season before the last one is over, with or without a day.
        (
            [(1, None, 8), (2, "2026-11-01", 8)], (2, 1, "2026-11-01", "standard"), None,
            [(1, "", "released"), (2, "2026-11-01", "airing")],
        ),
        ([(0, "2024-01-01", 3)], None, None, []),
    ],
)  # fmt: skip
def test_tmdb_seasons(
    rows: list[tuple[int, str | None, int]], last: Any, following: Any, told: list[tuple[int, str, str | None]]
) -> None:
    expected = [(number, day, Status(word) if word is not None else None) for number, day, word in told]
    assert summarize(tmdb(rows, last, following).seasons) == expected


def test_tmdb_ended_has_no_more_to_come() -> None:
    rows: list[tuple[int, str | None, int]] = [(1, None, 4), (2, "2026-11-01", 8), (3, None, 1)]
    assert summarize(tmdb(rows, (2, 3, "2026-11-20"), status="Ended").seasons) == [
        (1, "", Status.RELEASED), (2, "2026-11-01", Status.RELEASED),
    ]  # fmt: skip


def test_season_of_one_day_is_complete() -> None:
    rows = [SHOWN, (2, "2026-11-20", 8)]
    assert summarize(tmdb(rows, (2, 8, "2026-11-20", "standard")).seasons)[1][2] is Status.RELEASED
    episodes = [(2, number, "2026-11-20") for number in range(1, 5)]
    assert summarize(maze([], episodes).seasons) == [(2, "2026-11-20", Status.RELEASED)]
    assert summarize(maze([], episodes[:2]).seasons) == [(2, "2026-11-20", Status.AIRING)]


def test_tmdb_cancelled_is_the_season_that_nobody_saw() -> None:
    seasons = tmdb([SHOWN, (2, "2027-03-01", 8)], FINALE, status="Canceled").seasons
    assert summarize(seasons) == [(1, "2025-03-01", Status.RELEASED), (2, "", Status.CANCELLED)]


def test_tmdb_ended_has_no_season_to_come() -> None:
    rows = [SHOWN, (2, "2026-11-10", 6), (3, None, 0)]
    last = (2, 6, "2026-11-20", "standard")
    record = tmdb(rows, last, last, status="Ended")
    assert summarize(record.seasons) == [(1, "2025-03-01", Status.RELEASED), (2, "2026-11-10", Status.RELEASED)]
    revived = tmdb([SHOWN, (2, "2027-03-01", 6)], FINALE, status="Ended")
    assert summarize(revived.seasons)[1] == (2, "2027-03-01", Status.SCHEDULED)


def test_tmdb_first_season_dates_a_show_without_a_day() -> None:
    assert tmdb([SHOWN], FINALE, first_air_date=None, status="Ended").release.text == "2025-03-01"


@pytest.mark.parametrize(
    ("rows", "told"),
    [
        ([(1, "2025-03-01", "2025-04-01", 8), (2, None, None, None)], "released"),
        ([(1, "2025-03-01", "2025-04-01", 8), (2, "2027-03-01", None, None)], "released"),
        ([(1, "2025-03-01", "2025-04-01", 8), (2, "2026-11-01", "2026-12-20", None)], "airing"),
    ],
)
def test_tvmaze_running_without_episodes_is_what_its_last_season_is(rows: list[Any], told: str) -> None:
    assert maze(rows, premiered="2025-03-01").status is Status(told)


@pytest.mark.parametrize(("last", "is_airing"), [("2026-11-20", True), ("2026-10-01", True), ("2026-09-01", False)])
def test_series_without_an_episode_for_long_is_not_on_air(last: str, is_airing: bool) -> None:
    record = tmdb([(1, "2026-03-01", 8)], (1, 8, last, "standard"))
    assert (Status.AIRING in record.compatible_statuses) is is_airing
    following = tmdb([(1, "2026-03-01", 8), (2, "2027-03-01", 8)], (1, 8, last, "standard"), (2, 1, "2027-03-01"))
    assert Status.AIRING in following.compatible_statuses


@pytest.mark.parametrize(("days", "told"), [(("2026-11-22", "2026-11-23"), "airing"), (("2026-11-23",), "announced")])
def test_tvmaze_in_development_has_begun_the_day_after(days: tuple[str, ...], told: str) -> None:
    episodes = [{"season": 1, "number": number, "airdate": day} for number, day in enumerate((*days, "2026-11-30"), 1)]
    body = {
        "id": 1, "name": "Slow Tram", "genres": [], "status": "In Development", "premiered": days[0],
        "_embedded": {"episodes": episodes},
    }  # fmt: skip
    assert parse_show(json.dumps(body).encode(), TODAY).status is Status(told)


def test_season_of_a_record_is_its_own() -> None:
    record = tmdb([SHOWN, (2, "2027-03-01", 8)], FINALE).for_season(2)
    assert (record.release.text, record.status, record.raw_status) == ("2027-03-01", Status.SCHEDULED, "")


def test_season_that_a_source_does_not_know_is_empty() -> None:
    record = tmdb([SHOWN], FINALE).for_season(3)
    assert (record.release, record.status, record.compatible_statuses, record.next_episode) == (None, None, (), None)
