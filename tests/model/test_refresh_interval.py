from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.model.strategies import statuses, windows
from tracker.model.episode import Episode
from tracker.model.refresh_interval import refresh_interval
from tracker.model.show import Show
from tracker.model.source_record import SourceRecord
from tracker.model.status import Status
from tracker.model.window import Window
from tracker.model.window_parser import parse_window

TODAY = date(2026, 4, 15)
NEAR, DATED, OPEN, OUT, OFF = (timedelta(hours=hours) for hours in (12, 3 * 24, 7 * 24, 30 * 24, 90 * 24))


def wait(release: str = "", status: Status | None = None, episode: int | None = None) -> timedelta:
    """Return how long a show is left alone; `episode` is in how many days its next one comes."""
    said = None
    if episode is not None:
        said = SourceRecord("tvmaze", "7", "A", next_episode=Episode(1, 2, on=TODAY + timedelta(days=episode)))
    return refresh_interval(
        Show("a", "A", status=status, release=parse_window(release) if release else None), said, TODAY
    )


@pytest.mark.parametrize("status", [None, Status.FILMING, Status.SCHEDULED, Status.POSTPONED])
@pytest.mark.parametrize(
    ("days", "expected"),
    [(-300, DATED), (-15, DATED), (-14, NEAR), (-1, NEAR), (0, NEAR), (1, NEAR), (14, NEAR), (15, DATED), (900, DATED)],
)
def test_interval_near_day(days: int, expected: timedelta, status: Status | None) -> None:
    assert wait((TODAY + timedelta(days=days)).isoformat(), status) == expected


@pytest.mark.parametrize("release", ["2026-12", "2027", "2026-Q4", "summer 2027"])
def test_interval_vague_date(release: str) -> None:
    assert wait(release, Status.FILMING) == DATED


@pytest.mark.parametrize("release", ["", "TBA"])
@pytest.mark.parametrize("status", [None, Status.ANNOUNCED, Status.FILMING, Status.POSTPONED])
def test_interval_without_date(release: str, status: Status | None) -> None:
    assert wait(release, status) == OPEN


@pytest.mark.parametrize("release", ["", "TBA", "2026-04-14", "2026-04-15", "2019"])
@pytest.mark.parametrize(("status", "expected"), [(Status.AIRING, OPEN), (Status.RELEASED, OUT)])
def test_interval_released(release: str, status: Status, expected: timedelta) -> None:
    assert wait(release, status) == expected


@pytest.mark.parametrize("release", ["", "TBA", "2026-04-15", "2027"])
@pytest.mark.parametrize("episode", [None, 1])
def test_interval_cancelled(release: str, episode: int | None) -> None:
    assert wait(release, Status.CANCELLED, episode) == OFF


@pytest.mark.parametrize(("episode", "is_near"), [(-200, False), (-1, True), (0, True), (14, True), (15, False)])
@pytest.mark.parametrize(("status", "otherwise"), [(Status.AIRING, OPEN), (Status.RELEASED, OUT)])
def test_interval_next_episode(status: Status, otherwise: timedelta, episode: int, is_near: bool) -> None:
    assert wait("2026-01-01", status, episode) == (NEAR if is_near else otherwise)


@given(st.none() | statuses, st.none() | windows)
def test_interval_is_one_of_five(status: Status | None, release: Window | None) -> None:
    assert refresh_interval(Show("a", "A", status=status, release=release), None, TODAY) in (
        NEAR,
        DATED,
        OPEN,
        OUT,
        OFF,
    )
