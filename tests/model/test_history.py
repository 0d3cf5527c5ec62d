from __future__ import annotations

from datetime import date, timedelta
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.model.strategies import TODAY, claims, days, meaning, said, statuses, story, windows
from tracker.model.history import ME, Claim, Effect, fold_history, hand_edit_claim, source_name
from tracker.model.status import Status
from tracker.model.window import Window
from tracker.model.window_parser import parse_window

HARBOUR_LIGHTS = (
    said("2024-06-28", "2025", "Kestrel (agency)", Status.FILMING),
    said("2025-02-12", "2025-08", "Lumen"),
    said("2025-03-05", "second half of 2025", "Evening Paper"),
    said("2026-01-27", "2026-05-14", "Lumen", Status.SCHEDULED),
)


def effects(*told: Claim) -> list[Effect]:
    return [step.effect for step in fold_history(told).steps]


def test_fold_story() -> None:
    standing = fold_history(HARBOUR_LIGHTS)
    assert effects(*HARBOUR_LIGHTS) == [Effect.FIRST, Effect.NARROWED, Effect.CONFIRMED, Effect.SLIPPED]
    assert (standing.slips, standing.slipped_days) == (1, 256)
    assert standing.status is Status.SCHEDULED
    assert standing.window == parse_window("2026-05-14")
    assert standing.window_claim == HARBOUR_LIGHTS[3]


def test_fold_steps() -> None:
    steps = fold_history(HARBOUR_LIGHTS).steps
    assert [step.window_before and step.window_before.text for step in steps] == [None, "2025", "2025-08", "2025-08"]
    assert [step.status_before for step in steps] == [None, Status.FILMING, Status.FILMING, Status.FILMING]
    assert [step.has_new_status for step in steps] == [True, False, False, True]


@pytest.mark.parametrize(
    ("text", "window", "effect"),
    [
        # the same source and the owner may widen, another source may not
        ("2025-02-12 2025-08; 2025-03-05 2025-H2", "2025-H2", "widened"),
        ("2025-02-12 2025-08; 2025-03-05 2025-H2 @lumen", "2025-H2", "widened"),
        ("2025-02-12 2025-08; 2025-03-05 2025-H2 @Lumen via Evening Paper", "2025-H2", "widened"),
        ("2025-02-12 2025-08; 2025-03-05 2025-H2 @Lumen (press release)", "2025-H2", "widened"),
        ("2025-02-12 2025-08; 2025-03-05 2025-H2 @me", "2025-H2", "widened"),
        ("2025-02-12 2025-08; 2025-03-05 2025-H2 @Evening Paper", "2025-08", "confirmed"),
        ("2025-02-12 2025-08; 2025-03-05 2025-H2 @Evening Paper via Lumen", "2025-08", "confirmed"),
        ("2025-02-12 2025-08; 2025-03-05 2025-H2 @Evening Paper, citing Lumen", "2025-08", "confirmed"),
        ("2025-02-12 2025-08; 2025-03-05 2025-08 @Paper; 2025-04-01 2025 @Paper", "2025-08", "confirmed"),
        # anybody may narrow or move
        ("2025-02-12 2025; 2025-03-05 2025-08", "2025-08", "narrowed"),
        ("2025-02-12 2025; 2025-03-05 2025-08 @Evening Paper", "2025-08", "narrowed"),
        ("2025-02-12 2025; 2025-03-05 2026 @Evening Paper", "2026", "slipped"),
        ("2025-02-12 2025; 2025-03-05 2024 @Evening Paper", "2024", "brought forward"),
        ("2025-02-12 2025; 2025-03-05 2024 @me", "2024", "brought forward"),
        ("2025-02-12 2025; 2025-03-05 2026 @me", "2026", "slipped"),
        ("2025-02-12 2025 @me; 2025-03-05 2026 @me", "2026", "slipped"),
        # but what was the owner's own, or a rumour, is corrected, and so is what is out
        ("2025-02-12 2025 @me; 2025-03-05 2026", "2026", "corrected"),
        ("? filming 2025 @me; 2025-03-05 2026", "2026", "corrected"),
        ("2025-02-12 2025 @me; 2025-03-05 postponed TBA", "TBA", "corrected"),
        ("2025-02-12 2025 @me; 2025-03-05 postponed TBA; 2025-04-01 2026", "2026", "corrected"),
        ("2025-02-12 rumored 2025 @Paper; 2025-03-05 announced 2026", "2026", "corrected"),
        ("2025-02-12 2025; 2025-03-05 rumored 2026 @Paper", "2026", "corrected"),
        ("2025-02-12 2025-05; 2025-05-20 airing; 2025-07-01 2025-06", "2025-06", "corrected"),
        # the date of what comes after it was out is a new one
        ("2025-02-12 2025-05; 2025-05-20 airing; 2025-07-01 scheduled 2026-06", "2026-06", "first"),
        ("2025-02-12 2025-05; 2025-05-20 airing; 2025-06-01 hiatus; 2025-07-01 2026-06", "2026-06", "first"),
        ("2025-02-12 2025-05; 2025-05-20 released; 2025-06-01 filming 2026; 2025-07-01 2027", "2027", "slipped"),
        # the owner may be the first to say what others say then
        ("2025-02-12 2025-05; 2025-03-01 2025-08 @me; 2025-04-01 2025-09", "2025-09", "slipped"),
        ("2025-02-12 2025-05; 2025-03-01 2025-08 @me; 2025-04-01 2025-08", "2025-08", "confirmed"),
        ("2025-02-12 2025-05; 2025-05-20 airing; 2025-06-01 filming 2026 @me; 2025-07-01 2027", "2027", "corrected"),
        # the same source and the owner may withdraw; whoever puts the show off does so too
        ("2025-02-12 2025-08; 2025-07-01 TBA", "TBA", "withdrawn"),
        ("2025-02-12 2025-08; 2025-07-01 TBA @me", "TBA", "withdrawn"),
        ("2025-02-12 2025-08; 2025-07-01 TBA @Evening Paper", "2025-08", "confirmed"),
        ("2025-02-12 2025-08; 2025-07-01 postponed TBA", "TBA", "withdrawn"),
        ("2025-02-12 2025-08; 2025-07-01 postponed TBA @Evening Paper", "TBA", "withdrawn"),
        # after a withdrawal any date counts, compared with the last promise
        ("2025-02-12 2025-08; 2025-07-01 TBA; 2026-01-27 2026-05-14", "2026-05-14", "slipped"),
        ("2025-02-12 2025-08; 2025-03-01 TBA; 2025-04-01 2025 @Evening Paper", "2025", "widened"),
        ("2025-02-12 2025-08; 2025-03-01 TBA; 2025-04-01 2025-08 @Evening Paper", "2025-08", "first"),
        ("2025-02-12 2025-08; 2025-03-01 TBA; 2025-04-01 2025-08-20 @me", "2025-08-20", "narrowed"),
        ("2025-02-12 2025-08; 2025-03-01 TBA; 2025-04-01 2025-07", "2025-07", "brought forward"),
        ("2025-02-12 TBA; 2025-03-05 2026", "2026", "first"),
        # a note, the order of the file within a day, undated claims
        ("2025-02-12 2025-08; 2025-03-01", "2025-08", "none"),
        ("2025-02-12 2026; 2025-02-12 2027", "2027", "slipped"),
        ("2025-02-12 filming 2026; ? announced 2030", "2026", "brought forward"),
    ],
)  # fmt: skip
def test_fold(text: str, window: str, effect: str) -> None:
    state = fold_history(story(text))
    assert (state.window, state.steps[-1].effect.value) == (parse_window(window), effect)


def test_slips_add_up() -> None:
    state = fold_history(story("2025-01 2025-05-10; 2025-02 2025-05-20; 2025-03 2025-05-15; 2025-04 2025-05-18"))
    assert [step.days for step in state.steps] == [0, 10, -5, 3]
    assert (state.slips, state.slipped_days) == (2, 13)


def test_slips_of_the_owner_count_once() -> None:
    state = fold_history(story("2025-02-12 2025-08; 2025-03-01 2025-10 @me; 2025-04-01 2025-10; 2025-05-01 2025-11"))
    assert [(step.effect.value, step.days) for step in state.steps] == [
        ("first", 0), ("slipped", 61), ("confirmed", 0), ("slipped", 30),
    ]  # fmt: skip


def test_effect_is_on_the_last_date() -> None:
    state = fold_history(story("2025-02-12 2025-08; 2025-07-01 TBA; 2026-01-27 2026-05-14"))
    assert [step.compared_with and step.compared_with.text for step in state.steps] == [None, "2025-08", "2025-08"]


@given(st.lists(claims, max_size=6))
def test_others_correct_what_only_the_owner_said(told: list[Claim]) -> None:
    own = [claim._replace(source=ME, on=None) for claim in told]
    late = Claim(date(2030, 1, 1), release=parse_window("2035"), source="Lumen")
    assert fold_history([*own, late]).steps[-1].effect is not Effect.SLIPPED


@given(st.lists(claims, max_size=6, unique_by=lambda claim: claim.on), st.randoms(use_true_random=False))
def test_fold_any_order(told: list[Claim], chance: Random) -> None:
    shuffled = chance.sample(told, len(told))
    assert fold_history(shuffled) == fold_history(told)


@given(st.lists(claims, max_size=6))
def test_fold_twice(told: list[Claim]) -> None:
    standing = fold_history(told)
    assert fold_history(step.claim for step in standing.steps) == standing


@given(st.lists(claims, max_size=6))
def test_window_is_a_claimed_one(told: list[Claim]) -> None:
    standing = fold_history(told)
    assert (standing.window is None) == all(claim.release is None for claim in told)
    assert standing.window == (standing.window_claim.release if standing.window_claim else None)


@given(st.lists(claims, max_size=6), windows, statuses)
def test_owner_has_last_word(told: list[Claim], release: Window, status: Status) -> None:
    standing = fold_history([*told, Claim(date(2030, 1, 1), "", status, release, ME)])
    assert standing.status is status
    assert meaning(standing.window) == meaning(release)


@given(st.lists(claims, max_size=6), claims)
def test_later_claim_keeps_steps(told: list[Claim], late: Claim) -> None:
    late = late._replace(on=date(2030, 1, 1))
    assert fold_history([*told, late]).steps[:-1] == fold_history(told).steps


def test_hand_edit_status() -> None:
    claim = hand_edit_claim(Status.RELEASED, parse_window("2026-05-14"), HARBOUR_LIGHTS, TODAY)
    assert claim == Claim(TODAY, status=Status.RELEASED, source=ME)


@pytest.mark.parametrize("release", ["2026-05-14", "May 14, 2026", "14 May 2026"])
def test_hand_edit_other_spelling(release: str) -> None:
    assert hand_edit_claim(Status.SCHEDULED, parse_window(release), HARBOUR_LIGHTS, TODAY) is None


def test_hand_edit_absent_key() -> None:
    assert hand_edit_claim(None, None, HARBOUR_LIGHTS, TODAY) is None
    assert hand_edit_claim(None, None, (), TODAY) is None


@given(st.none() | statuses, st.none() | windows, st.lists(claims, max_size=5).map(tuple), days)
def test_hand_edit_recorded(
    status: Status | None, release: Window | None, told: tuple[Claim, ...], today: date
) -> None:
    claim = hand_edit_claim(status, release, told, today)
    if claim is None:
        return
    assert claim.source == ME
    assert claim.on is not None
    assert claim.on >= today
    adopted = (*told, claim)
    standing = fold_history(adopted)
    assert status is None or standing.status is status
    assert release is None or meaning(standing.window) == meaning(release)
    assert hand_edit_claim(status, release, adopted, today + timedelta(days=1)) is None


@given(st.lists(claims, max_size=5).map(tuple), days)
def test_hand_edit_none(told: tuple[Claim, ...], today: date) -> None:
    standing = fold_history(told)
    assert hand_edit_claim(standing.status, standing.window, told, today) is None


@pytest.mark.parametrize(
    ("source", "speaker"),
    [
        ("Lumen", "lumen"), ("Kestrel (agency)", "kestrel"), ("Lumen via Evening Paper", "lumen"),
        ("Evening Paper, citing Lumen", "eveningpaper"), ("Viaduct Pictures", "viaductpictures"),
        ("O’Hara Pictures", "oharapictures"), ("O'Hara-Pictures", "oharapictures"), ("tvN", "tvn"), ("TV N", "tvn"),
    ],
)  # fmt: skip
def test_source_name(source: str, speaker: str) -> None:
    assert source_name(source) == speaker


def test_date_text() -> None:
    assert Claim(date(2025, 4, 30), "2025-04").date_text == "2025-04"
    assert Claim(date(2025, 4, 30)).date_text == "2025-04-30"
    assert Claim().date_text == ""
