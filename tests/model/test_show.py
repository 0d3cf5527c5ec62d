from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.model.strategies import claims, days, said, statuses, windows
from tracker.errors import BadValue
from tracker.model.history import Claim
from tracker.model.show import Show, parse_kind
from tracker.model.status import Status
from tracker.model.window import Window
from tracker.model.window_parser import parse_window

HARBOUR_LIGHTS = Show(
    "harbour-lights",
    "Harbour Lights",
    status=Status.SCHEDULED,
    release=parse_window("2026-05-14"),
    history=(
        said("2024-06-28", "2025", "Kestrel (agency)", Status.FILMING),
        said("2025-02-12", "2025-08", "Lumen"),
        said("2026-01-27", "2026-05-14", "Lumen", Status.SCHEDULED),
    ),
)


@pytest.mark.parametrize(
    ("day", "status", "release"),
    [
        ("2024-06-27", None, None), ("2024-06-28", Status.FILMING, "2025"), ("2024-07-01", Status.FILMING, "2025"),
        ("2025-02-11", Status.FILMING, "2025"), ("2025-03-01", Status.FILMING, "2025-08"),
        ("2026-01-26", Status.FILMING, "2025-08"), ("2026-02-01", Status.SCHEDULED, "2026-05-14"),
    ],
)  # fmt: skip
def test_as_of(day: str, status: Status | None, release: str | None) -> None:
    then = HARBOUR_LIGHTS.as_of(date.fromisoformat(day))
    assert then.status is status
    assert then.release == (parse_window(release) if release else None)


@given(st.lists(claims, max_size=5).map(tuple), days, days)
def test_as_of_twice(history: tuple[Claim, ...], early: date, late: date) -> None:
    early, late = sorted((early, late))
    show = Show("a", "A", history=history)
    assert show.as_of(late).as_of(early) == show.as_of(early)


@given(st.lists(claims, max_size=5).map(tuple), days)
def test_as_of_folds_history(history: tuple[Claim, ...], day: date) -> None:
    then = Show("a", "A", status=Status.RUMORED, history=history).as_of(day)
    assert (then.status, then.release) == (then.history_state.status, then.history_state.window)
    assert all(claim.on is None or claim.on <= day for claim in then.history)
    assert not then.history or any(claim.on is not None for claim in then.history)


@given(windows, statuses | st.none(), st.integers(-3, 3))
def test_is_overdue_any_show(release: Window, status: Status | None, offset: int) -> None:
    today = (release.latest or date(2026, 1, 1)) + timedelta(days=offset)
    settled = status in (Status.AIRING, Status.RELEASED, Status.CANCELLED)
    expected = release.latest is not None and offset > 0 and not settled
    assert Show("a", "A", status=status, release=release).is_overdue(today) is expected


def test_links_in_order() -> None:
    show = Show(
        "a",
        "A",
        links={"first look": "https://look.example"},
        history=(
            Claim(date(2024, 1, 1), source="Kestrel", url="https://kestrel.example"),
            Claim(date(2025, 1, 1), url="https://lumen.example"),
            Claim(date(2026, 1, 1), source="Kestrel", url="https://kestrel.example"),
            Claim(date(2026, 2, 1), source="no address"),
        ),
    )
    assert show.links_in_order() == [
        ("Kestrel", "https://kestrel.example"),
        ("claim", "https://lumen.example"),
        ("first look", "https://look.example"),
    ]


@pytest.mark.parametrize(
    ("word", "kind"),
    [
        ("Series", "series"), ("Film", "film"), ("special", "special"), ("movie", "film"), ("drama", "series"),
        ("", "series"),
    ],
)  # fmt: skip
def test_parse_kind(word: str, kind: str) -> None:
    assert parse_kind(word) == kind


def test_parse_kind_unknown() -> None:
    with pytest.raises(BadValue, match=r"Not a kind: “opera”\. Use one of series, film, special"):
        parse_kind("opera")
