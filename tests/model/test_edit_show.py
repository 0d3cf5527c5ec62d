"""Edits of a show as functions of what the file says of it."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.model.strategies import claims, statuses, windows
from tracker.errors import Conflict, Difference
from tracker.model.fields import edit_show, merge_fields
from tracker.model.history import Claim
from tracker.model.release import Preference
from tracker.model.show import Show
from tracker.model.status import Status
from tracker.model.window import Window
from tracker.model.window_parser import parse_window

TODAY = date(2026, 3, 1)
OLD = Claim(date(2026, 1, 5), status=Status.FILMING, source="Lumen")
FERRY = Show("ferry", "Old Ferry", status=Status.FILMING, tags=("pier",), rating=5, history=(OLD,))
DATED = Claim(TODAY, release=parse_window("2026-05"), source="me")
HAND_EDIT = Claim(TODAY, status=Status.RELEASED, source="me")


def test_record_claim() -> None:
    after = FERRY.record([DATED], TODAY)
    assert after == FERRY._replace(release=DATED.release, history=(OLD, DATED))


def test_record_hand_edit_before_claim() -> None:
    edited = FERRY._replace(status=Status.RELEASED)
    assert edited.record([DATED], TODAY).history == (OLD, HAND_EDIT, DATED)
    assert edited.record((), TODAY) == edited._replace(history=(OLD, HAND_EDIT))
    assert FERRY.record((), TODAY) is FERRY


def test_record_keeps_wording() -> None:
    show = FERRY._replace(release=parse_window("May 2026"), history=(OLD, DATED))
    assert show.record([DATED._replace(source="Lumen")], TODAY).release == parse_window("May 2026")


def test_record_keeps_what_no_claim_says() -> None:
    show = Show("ferry", "Old Ferry", status=Status.FILMING)
    after = show.record([DATED], TODAY)
    assert (after.status, after.history) == (Status.FILMING, (Claim(status=Status.FILMING, source="me"), DATED))


@pytest.mark.parametrize(
    ("status", "release", "claim"),
    [
        (Status.FILMING, None, OLD),
        (None, "2026-05", DATED),
        (None, "May 2026", DATED),
        (Status.FILMING, "2026-05", DATED._replace(status=Status.FILMING)),
        (None, None, OLD),
    ],
)
def test_record_what_the_baseline_says(status: Status | None, release: str | None, claim: Claim) -> None:
    show = Show("ferry", "Old Ferry", status=status, release=parse_window(release) if release else None)
    assert show.record([claim], TODAY).history == (claim,)


@pytest.mark.parametrize("on", ["2020-01-01", "2026-03-01"])
def test_record_of_any_day_counts_after_the_baseline(on: str) -> None:
    show = Show("ferry", "Old Ferry", status=Status.FILMING, release=parse_window("2027"))
    after = show.record([OLD._replace(on=date.fromisoformat(on), status=Status.ANNOUNCED)], TODAY)
    assert (after.status, after.release) == (Status.ANNOUNCED, parse_window("2027"))


@given(st.none() | statuses, st.none() | windows, st.lists(claims, min_size=1, max_size=4))
def test_record_into_a_baseline(status: Status | None, release: Window | None, told: list[Claim]) -> None:
    show = Show("ferry", "Old Ferry", status=status, release=release)
    after = show.record(told, TODAY)
    assert after.history[-len(told) :] == tuple(told)
    # What was known before the first claim is known still, and nobody edited anything by hand.
    assert (after.status is None, after.release is None) == (
        status is None and not any(claim.status for claim in told),
        release is None and not any(claim.release for claim in told),
    )
    assert after.record((), TODAY) is after


@pytest.mark.parametrize(("region", "release"), [("KR", "2026-05"), ("JP", "2027"), ("", "2026-05")])
def test_record_for_region(region: str, release: str) -> None:
    claims = (DATED._replace(region="KR"), Claim(TODAY, release=parse_window("2027"), source="me", region="JP"))
    assert FERRY.record(claims, TODAY, Preference(region)).release == parse_window(release)


@pytest.mark.parametrize(
    ("changes", "values"),
    [
        ({"rating": (5, 8)}, {"rating": 8}),
        ({"rating": (4, 5)}, {"rating": 5}),
        ({"tags": ((), ("ferry",))}, {"tags": ("pier", "ferry")}),
        ({"tags": (("pier",), ())}, {"tags": ()}),
        ({"ids": ({"tmdb": 1}, {"tmdb": 1, "imdb": "tt1"})}, {"ids": {"imdb": "tt1"}}),
        ({"follows": ({}, {"cast": "tvmaze"})}, {"follows": {"cast": "tvmaze"}}),
    ],
)
def test_merge_fields(changes: dict[str, tuple[Any, Any]], values: dict[str, Any]) -> None:
    assert merge_fields(FERRY, changes) == FERRY._replace(**values)


def test_merge_fields_conflict() -> None:
    with pytest.raises(Conflict, match="“rating” of Old Ferry: the file has “5”, you have “9”") as conflict:
        merge_fields(FERRY, {"rating": (4, 9), "notes": ("", "x")})
    assert conflict.value.differences == (Difference("ferry", "rating", "5", "9"),)


def test_edit_show() -> None:
    edited = FERRY._replace(status=Status.RELEASED)
    assert edit_show(edited, {"rating": (5, 5)}, seen_on=TODAY) is edited
    after = edit_show(edited, {"rating": (5, 8)}, [DATED], seen_on=TODAY)
    assert (after.rating, after.history) == (8, (OLD, HAND_EDIT, DATED))
