"""Seasons: the one that a title names, and the status that its dates come to."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracker.errors import BadValue
from tracker.model.episode import Episode
from tracker.model.season import describe_season, find_season, parse_season, split_season
from tracker.model.status import Status
from tracker.model.window_parser import parse_window

TODAY = date(2026, 11, 23)


@pytest.mark.parametrize(
    "text",
    [
        "Slow Tram, season 2", "Slow Tram Season Two", "Slow Tram (Season 2)", "Slow Tram – Season II",
        "Slow Tram 2nd season", "Slow Tram: the second season", "Slow Tram S2", "Slow Tram s02", "Slow Tram 2기",
        "Slow Tram 제2기", "Slow Tram 시즌 2", "Slow Tram 시즌2",
        "Slow Tram 第2期", "Slow Tram 第二期", "Slow Tram 第2季",
        "Slow Tram シーズン2", "Slow Tram シーズン２", "Slow Tram【第2期】", "Slow Tram 2期", "Slow Tram Staffel 2",
        "Slow Tram, 2. Staffel", "Slow Tram – zweite Staffel",
    ],
)  # fmt: skip
def test_split_season(text: str) -> None:
    assert split_season(text) == ("Slow Tram", 2)


@pytest.mark.parametrize(
    "text",
    [
        "Se7en", "Apollo 13", "2 Broke Girls", "1Q84", "School 2020", "Signal 2", "무빙2", "Dune: Part Two", "Rocky II",
        "Henry V", "Class2", "BS2", "The Four Seasons", "Season of the Witch", "Season 2", "The Second Season", "S2",
        "Game Show season 2024", "2024기", "Final Season", "season 2 of Slow Tram", "Season 0", "Slow Tram season 0",
    ],
)  # fmt: skip
def test_split_season_none(text: str) -> None:
    assert split_season(text) == (text, None)


def test_find_season_of_one_title() -> None:
    assert find_season(["The Second Tram", "두번째 전차", "Tram season 2"]) == 2


def test_find_season_contradictory() -> None:
    assert find_season(["Tram season 2", "Tram season 3"]) is None


@given(st.text(), st.integers(1, 99))
def test_split_season_keeps_the_rest(title: str, number: int) -> None:
    name, season = split_season(f"{title} 2, season {number}")
    assert season == number
    assert name.endswith("2")


def test_parse_season_refuses_specials() -> None:
    with pytest.raises(BadValue, match="Not a season: “0”"):
        parse_season("0")


def days(*offsets: int | None) -> list[Episode]:
    """Return episodes on days from today, None for one without a day."""
    return [Episode(2, n, on=None if d is None else TODAY + timedelta(d)) for n, d in enumerate(offsets, 1)]


@pytest.mark.parametrize(
    ("release", "episodes", "ended", "is_complete", "status"),
    [
        (None, [], None, None, Status.ANNOUNCED),
        (None, days(None, None), None, None, Status.ANNOUNCED),
        ("2027-03-05", [], None, None, Status.SCHEDULED),
        ("2027-03", [], None, None, Status.ANNOUNCED),
        (None, days(4, None), None, False, Status.SCHEDULED),
        ("2026", [], None, None, None),
        (None, days(0), None, None, Status.AIRING),
        (None, days(0, 0), None, True, Status.RELEASED),
        (None, days(-7, 0, 7), None, True, Status.AIRING),
        (None, days(-14, -7, None), None, False, Status.AIRING),
        (None, days(-14, -7), None, None, Status.AIRING),
        (None, days(-22, -15), None, None, Status.RELEASED),
        (None, days(-14, -7), None, True, Status.RELEASED),
        (None, days(-90, -60), None, False, Status.AIRING),
        (None, days(-290, -260), None, False, Status.RELEASED),
        ("2026-01-01", [], date(2026, 3, 1), None, Status.RELEASED),
        ("2026-11-01", [], date(2026, 12, 1), None, Status.AIRING),
        (None, [], date(2026, 3, 1), None, Status.RELEASED),
        ("2026-11-01", [], None, None, Status.AIRING),
        # What began that long ago is out, also where nobody wrote down its end.
        ("2020-11-01", [], None, None, Status.RELEASED),
    ],
)  # fmt: skip
def test_describe_season(
    release: str | None, episodes: list[Episode], ended: date | None, is_complete: bool | None, status: Status | None
) -> None:
    window = parse_window(release) if release else None
    season = describe_season(2, TODAY, release=window, episodes=episodes, ended=ended, is_complete=is_complete)
    assert season.status is status
    assert status is None or status in season.compatible_statuses


def test_describe_season_placeholder_says_nothing() -> None:
    season = describe_season(1, TODAY, is_listed=False)
    assert (season.status, season.compatible_statuses) == (None, ())


def test_describe_season_unseen_day_proves_nothing() -> None:
    season = describe_season(2, TODAY, release=parse_window("2026-11-01"), is_seen=False)
    assert season.status is None
    assert Status.SCHEDULED in season.compatible_statuses


def test_describe_season_next_episode_and_first_day() -> None:
    season = describe_season(2, TODAY, episodes=days(-7, None, 14, 7))
    assert season.next_episode == days(-7, None, 14, 7)[3]
    assert season.release is not None
    assert season.release.earliest == TODAY - timedelta(7)
