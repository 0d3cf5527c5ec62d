from __future__ import annotations

from datetime import date, timedelta
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.model.strategies import TODAY, claims, days, meaning, said, statuses, windows
from tracker.model.history import ME, Claim, Effect, authority, fold, unclaimed
from tracker.model.status import Status
from tracker.model.window import Window
from tracker.model.window_parse import parse_window

HARBOUR_LIGHTS = (
    said("2024-06-28", "2025", "Kestrel (agency)", Status.FILMING),
    said("2025-02-12", "2025-08", "Lumen"),
    said("2025-03-05", "second half of 2025", "Evening Paper"),
    said("2026-01-27", "2026-05-14", "Lumen", Status.SCHEDULED),
)


def effects(*told: Claim) -> list[Effect]:
    return [step.effect for step in fold(told).steps]


def test_a_long_story_comes_to_one_slip() -> None:
    standing = fold(HARBOUR_LIGHTS)
    assert effects(*HARBOUR_LIGHTS) == [Effect.FIRST, Effect.NARROWED, Effect.CONFIRMED, Effect.SLIPPED]
    assert (standing.slips, standing.slipped_days) == (1, 256)
    assert standing.status is Status.SCHEDULED
    assert standing.window == parse_window("2026-05-14")
    assert standing.window_claim == HARBOUR_LIGHTS[3]


def test_every_step_keeps_what_counted_before_it() -> None:
    steps = fold(HARBOUR_LIGHTS).steps
    assert [step.window_before and step.window_before.text for step in steps] == [None, "2025", "2025-08", "2025-08"]
    assert [step.status_before for step in steps] == [None, Status.FILMING, Status.FILMING, Status.FILMING]
    assert [step.moved_status for step in steps] == [True, False, False, True]


def test_a_vaguer_word_from_somebody_else_only_confirms() -> None:
    standing = fold(HARBOUR_LIGHTS[:3])
    assert standing.window == parse_window("2025-08")
    assert standing.window_claim == HARBOUR_LIGHTS[1]


@pytest.mark.parametrize("source", ["Lumen", "lumen", "Lumen via Evening Paper", "Lumen (press release)", ME])
def test_the_same_source_and_the_owner_may_widen(source: str) -> None:
    standing = fold([said("2025-02-12", "2025-08", "Lumen"), said("2025-03-05", "2025-H2", source)])
    assert standing.window == parse_window("2025-H2")
    assert standing.steps[-1].effect is Effect.WIDENED


@pytest.mark.parametrize("source", ["Evening Paper", "Evening Paper via Lumen", "Evening Paper, citing Lumen"])
def test_another_source_may_not_widen(source: str) -> None:
    standing = fold([said("2025-02-12", "2025-08", "Lumen"), said("2025-03-05", "2025-H2", source)])
    assert standing.window == parse_window("2025-08")


def test_a_source_that_confirmed_may_not_widen_what_another_holds() -> None:
    standing = fold(
        [
            said("2025-02-12", "2025-08", "Lumen"),
            said("2025-03-05", "2025-08", "Evening Paper"),
            said("2025-04-01", "2025", "Evening Paper"),
        ]
    )
    assert standing.window == parse_window("2025-08")


@pytest.mark.parametrize("source", ["Lumen", "Evening Paper", ME])
def test_whoever_narrows_or_moves_the_window_is_heard(source: str) -> None:
    assert effects(said("2025-02-12", "2025"), said("2025-03-05", "2025-08", source))[-1] is Effect.NARROWED
    assert effects(said("2025-02-12", "2025"), said("2025-03-05", "2026", source))[-1] is Effect.SLIPPED
    assert effects(said("2025-02-12", "2025"), said("2025-03-05", "2024", source))[-1] is Effect.FORWARD


@pytest.mark.parametrize("source", ["Lumen", ME])
def test_who_promised_a_date_and_the_owner_may_withdraw_it(source: str) -> None:
    standing = fold([said("2025-02-12", "2025-08", "Lumen"), said("2025-07-01", "TBA", source)])
    assert standing.window == parse_window("TBA")
    assert standing.steps[-1].effect is Effect.WITHDRAWN


def test_another_source_that_knows_no_date_withdraws_nothing() -> None:
    standing = fold([said("2025-02-12", "2025-08", "Lumen"), said("2025-07-01", "TBA", "Evening Paper")])
    assert standing.window == parse_window("2025-08")


@pytest.mark.parametrize("source", ["Lumen", "Evening Paper", ME])
def test_a_show_that_is_put_off_without_a_date_loses_its_date_whoever_says_it(source: str) -> None:
    standing = fold([said("2025-02-12", "2025-08", "Lumen"), said("2025-07-01", "TBA", source, Status.POSTPONED)])
    assert standing.window == parse_window("TBA")
    assert standing.status is Status.POSTPONED


def test_a_date_after_a_withdrawal_is_held_against_the_last_promise() -> None:
    standing = fold([said("2025-02-12", "2025-08"), said("2025-07-01", "TBA"), said("2026-01-27", "2026-05-14")])
    assert standing.steps[-1].effect is Effect.SLIPPED
    assert (standing.slips, standing.slipped_days) == (1, 256)


@pytest.mark.parametrize("release", ["2025", "2025-08", "2025-08-20", "2026", "2025-07"])
@pytest.mark.parametrize("source", ["Lumen", "Evening Paper", ME])
def test_any_date_after_a_withdrawal_counts(release: str, source: str) -> None:
    standing = fold([said("2025-02-12", "2025-08"), said("2025-03-01", "TBA"), said("2025-04-01", release, source)])
    assert standing.window == parse_window(release)


def test_a_date_after_tba_is_the_first_one() -> None:
    assert effects(said("2025-02-12", "TBA"), said("2025-03-05", "2026")) == [Effect.FIRST, Effect.FIRST]


def test_slips_add_up_and_dates_brought_forward_do_not_take_them_back() -> None:
    standing = fold(
        [
            said("2025-01-01", "2025-05-10"),
            said("2025-02-01", "2025-05-20"),
            said("2025-03-01", "2025-05-15"),
            said("2025-04-01", "2025-05-18"),
        ]
    )
    assert [step.days for step in standing.steps] == [0, 10, -5, 3]
    assert (standing.slips, standing.slipped_days) == (2, 13)


def test_a_bare_note_changes_nothing() -> None:
    note = Claim(date(2025, 3, 1), note="a second unit was seen in the harbour", source="Evening Paper")
    before, after = fold(HARBOUR_LIGHTS[:2]), fold([*HARBOUR_LIGHTS[:2], note])
    assert (after.status, after.window) == (before.status, before.window)
    assert after.steps[-1].effect is Effect.NONE


def test_nothing_claimed_is_nothing_known() -> None:
    standing = fold([])
    assert (standing.status, standing.window, standing.steps, standing.window_claim) == (None, None, (), None)


def test_claims_of_one_day_count_in_the_order_of_the_file() -> None:
    assert fold([said("2025-02-12", "2026"), said("2025-02-12", "2027")]).window == parse_window("2027")


def test_an_undated_claim_comes_before_all_dated_ones() -> None:
    undated = Claim(status=Status.RUMORED, release=parse_window("2030"))
    standing = fold([said("2025-02-12", "2026", status=Status.FILMING), undated])
    assert (standing.status, standing.window) == (Status.FILMING, parse_window("2026"))


@given(st.lists(claims, max_size=6, unique_by=lambda claim: claim.on), st.randoms(use_true_random=False))
def test_claims_of_different_days_may_stand_in_any_order(told: list[Claim], chance: Random) -> None:
    shuffled = chance.sample(told, len(told))
    assert fold(shuffled) == fold(told)


@given(st.lists(claims, max_size=6))
def test_reading_a_history_again_in_its_order_changes_nothing(told: list[Claim]) -> None:
    standing = fold(told)
    assert fold(step.claim for step in standing.steps) == standing


@given(st.lists(claims, max_size=6))
def test_the_window_that_counts_is_one_that_was_said(told: list[Claim]) -> None:
    standing = fold(told)
    assert (standing.window is None) == all(claim.release is None for claim in told)
    assert standing.window == (standing.window_claim.release if standing.window_claim else None)


@given(st.lists(claims, max_size=6), windows, statuses)
def test_the_owner_always_has_the_last_word(told: list[Claim], release: Window, status: Status) -> None:
    standing = fold([*told, Claim(date(2030, 1, 1), "", status, release, ME)])
    assert standing.status is status
    assert meaning(standing.window) == meaning(release)


@given(st.lists(claims, max_size=6), claims)
def test_a_later_claim_leaves_the_past_as_it_was(told: list[Claim], late: Claim) -> None:
    late = late._replace(on=date(2030, 1, 1))
    assert fold([*told, late]).steps[:-1] == fold(told).steps


def test_a_status_typed_by_hand_is_a_claim_of_today() -> None:
    claim = unclaimed(Status.RELEASED, parse_window("2026-05-14"), HARBOUR_LIGHTS, TODAY)
    assert claim == Claim(TODAY, status=Status.RELEASED, source=ME)


def test_a_release_typed_by_hand_is_a_claim_of_today() -> None:
    claim = unclaimed(Status.SCHEDULED, parse_window("June 2026"), HARBOUR_LIGHTS, TODAY)
    assert claim == Claim(TODAY, release=parse_window("June 2026"), source=ME)


@pytest.mark.parametrize("release", ["2026-05-14", "May 14, 2026", "14 May 2026"])
def test_another_spelling_of_what_is_known_is_no_claim(release: str) -> None:
    assert unclaimed(Status.SCHEDULED, parse_window(release), HARBOUR_LIGHTS, TODAY) is None


def test_a_key_that_is_not_there_claims_nothing() -> None:
    assert unclaimed(None, None, HARBOUR_LIGHTS, TODAY) is None
    assert unclaimed(None, None, (), TODAY) is None


def test_an_entry_without_a_history_gets_its_first_claim() -> None:
    claim = unclaimed(Status.ANNOUNCED, parse_window("TBA"), (), TODAY)
    assert claim == Claim(TODAY, status=Status.ANNOUNCED, release=parse_window("TBA"), source=ME)


def test_an_edit_by_hand_counts_after_claims_of_the_future() -> None:
    ahead = said("2026-12-01", "2027")
    claim = unclaimed(None, parse_window("2028"), (ahead,), TODAY)
    assert claim is not None
    assert fold([ahead, claim]).window == parse_window("2028")


@given(st.none() | statuses, st.none() | windows, st.lists(claims, max_size=5).map(tuple), days)
def test_an_adopted_edit_is_what_the_history_says(
    status: Status | None, release: Window | None, told: tuple[Claim, ...], today: date
) -> None:
    claim = unclaimed(status, release, told, today)
    if claim is None:
        return
    assert claim.source == ME
    assert claim.on is not None
    assert claim.on >= today
    adopted = (*told, claim)
    standing = fold(adopted)
    assert status is None or standing.status is status
    assert release is None or meaning(standing.window) == meaning(release)
    assert unclaimed(status, release, adopted, today + timedelta(days=1)) is None


@given(st.lists(claims, max_size=5).map(tuple), days)
def test_what_the_history_says_is_no_edit(told: tuple[Claim, ...], today: date) -> None:
    standing = fold(told)
    assert unclaimed(standing.status, standing.window, told, today) is None


@pytest.mark.parametrize(
    ("source", "speaker"),
    [
        ("Lumen", "lumen"),
        ("Kestrel (agency)", "kestrel"),
        ("Lumen via Evening Paper", "lumen"),
        ("Evening Paper, citing Lumen", "evening paper"),
        ("Viaduct Pictures", "viaduct pictures"),
    ],
)
def test_the_one_who_speaks_comes_first_in_a_source(source: str, speaker: str) -> None:
    assert authority(source) == speaker


def test_a_claim_keeps_how_its_day_was_written() -> None:
    assert Claim(date(2025, 4, 30), "2025-04").said == "2025-04"
    assert Claim(date(2025, 4, 30)).said == "2025-04-30"
    assert Claim().said == ""
