from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.model.strategies import claims, said
from tests.model.test_history import HARBOUR_LIGHTS
from tracker.model.formatting import describe_promise
from tracker.model.history import Claim, Effect, Promise, fold_history, mark_tracks, promises
from tracker.model.release import Preference
from tracker.model.window_parser import parse_window


def told(*claims: Claim) -> list[tuple[str, str]]:
    return [(promise.window.text, describe_promise(promise)) for promise in promises(fold_history(claims))]


def test_story() -> None:
    kept = promises(fold_history(HARBOUR_LIGHTS))
    assert [(promise.window.text, promise.effect, promise.days) for promise in kept] == [
        ("2025", Effect.FIRST, 0),
        ("2025-08", Effect.NARROWED, 0),
        ("2026-05-14", Effect.SLIPPED, 256),
    ]
    assert [promise.claim for promise in kept] == [HARBOUR_LIGHTS[0], HARBOUR_LIGHTS[1], HARBOUR_LIGHTS[3]]
    assert [describe_promise(promise) for promise in kept] == ["", "narrowed", "+256 days"]


def test_withdrawn() -> None:
    story = (said("2025-01-01", "2025-08"), said("2025-07-01", "TBA"), said("2026-01-27", "2026-05-14"))
    assert told(*story) == [("2025-08", ""), ("TBA", "withdrawn"), ("2026-05-14", "+256 days")]


def test_other_region() -> None:
    here = said("2025-01-01", "2025-08")._replace(region="JP")
    there = said("2025-02-01", "2025-12")._replace(region="KR")
    assert [
        promise.claim.region for promise in promises(fold_history(mark_tracks((here, there), Preference("JP"))))
    ] == ["JP"]


@pytest.mark.parametrize(
    ("effect", "days", "words"),
    [
        (Effect.FIRST, 0, ""), (Effect.SLIPPED, 92, "+92 days"), (Effect.SLIPPED, 1, "+1 day"),
        (Effect.FORWARD, -1, "-1 day"), (Effect.FORWARD, -30, "-30 days"), (Effect.NARROWED, 0, "narrowed"),
        (Effect.WIDENED, 0, "widened"), (Effect.WITHDRAWN, 0, "withdrawn"),
    ],
)  # fmt: skip
def test_words(effect: Effect, days: int, words: str) -> None:
    assert describe_promise(Promise(parse_window("2026"), Claim(date(2025, 1, 1)), effect, days)) == words


@given(st.lists(claims, max_size=6))
def test_last_counts_today(history: list[Claim]) -> None:
    standing = fold_history(history)
    kept = promises(standing)
    assert (kept[-1].window if kept else None) == standing.window
    assert (kept[-1].claim if kept else None) == standing.window_claim
    days = [promise.claim.on or date.min for promise in kept]
    assert days == sorted(days)
    assert not kept or kept[0].effect is Effect.FIRST
    assert all(promise.window == promise.claim.release for promise in kept)
    assert sum(promise.effect is Effect.SLIPPED for promise in kept) == standing.slips
    assert sum(promise.days for promise in kept if promise.effect is Effect.SLIPPED) == standing.slipped_days
    steps = {id(step.claim) for step in standing.steps if step.effect not in (Effect.NONE, Effect.CONFIRMED)}
    assert {id(promise.claim) for promise in kept} == steps


@given(st.lists(claims, max_size=6))
def test_counts_until_the_next(history: list[Claim]) -> None:
    standing = fold_history(history)
    for before, after in zip(promises(standing), promises(standing)[1:], strict=False):
        place = next(n for n, step in enumerate(standing.steps) if step.claim is after.claim)
        assert standing.steps[place].window_before == before.window
