from __future__ import annotations

from collections.abc import Iterable
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.model.strategies import claims, meaning
from tracker.model.history import Claim, Effect, fold_history, hand_edit_claim, mark_region, windows_by_region
from tracker.model.show import Show
from tracker.model.status import Status
from tracker.model.watchlist import Watchlist
from tracker.model.window_parser import parse_window

TODAY = date(2026, 4, 15)


def said(on: str, release: str = "", region: str = "", source: str = "Lumen", status: Status | None = None) -> Claim:
    window = parse_window(release) if release else None
    return Claim(date.fromisoformat(on), "", status, window, source, region=region)


WORLD = said("2026-01-01", "2026")
JAPAN = said("2026-02-01", "2026-10-02", "JP", "Kestrel")
KOREA = said("2026-03-01", "2026-11-20", "KR", "The Evening Paper")


def counting(told: Iterable[Claim], region: str) -> str:
    window = fold_history(mark_region(tuple(told), region)).window
    return window.text if window is not None else ""


@pytest.mark.parametrize(
    ("told", "region", "release"),
    [
        ([WORLD, JAPAN, KOREA], "JP", "2026-10-02"),
        ([WORLD, JAPAN, KOREA], "KR", "2026-11-20"),
        ([WORLD, KOREA, JAPAN], "KR", "2026-11-20"),
        ([WORLD, JAPAN, KOREA], "DE", "2026"),
        ([WORLD, JAPAN, KOREA], "", "2026-11-20"),
        ([JAPAN, said("2026-03-01", "2027", source="me"), KOREA], "JP", "2027"),
        ([JAPAN], "JP", "2026-10-02"),
        ([JAPAN], "DE", "2026-10-02"),
        ([JAPAN, KOREA], "DE", "2026-11-20"),
        ([JAPAN, Claim(date(2026, 2, 2), status=Status.SCHEDULED)], "DE", "2026-10-02"),
        ([JAPAN, Claim(date(2026, 2, 2), note="a note of nowhere", region="DE")], "DE", "2026-10-02"),
        ([WORLD, Claim(date(2026, 2, 2), note="of here", region="DE")], "DE", "2026"),
        ([], "JP", ""),
    ],
)
def test_region_window(told: list[Claim], region: str, release: str) -> None:
    assert counting(told, region) == release


def test_other_region_is_no_slip() -> None:
    standing = fold_history(mark_region((WORLD, JAPAN, KOREA), "JP"))
    assert [step.effect for step in standing.steps] == [Effect.FIRST, Effect.NARROWED, Effect.NONE]
    assert standing.slips == 0
    assert fold_history((WORLD, JAPAN, KOREA)).slips == 1


def test_other_region_status_counts() -> None:
    out = said("2026-03-02", "2026-03-01", "KR", status=Status.RELEASED)
    standing = fold_history(mark_region((WORLD, JAPAN, out), "JP"))
    assert (standing.status, standing.window) == (Status.RELEASED, JAPAN.release)


regional = st.builds(
    lambda claim, region: claim._replace(region=region), claims, st.sampled_from(["", "JP", "KR", "US"])
)
histories = st.lists(regional, max_size=6).map(tuple)
countries = st.sampled_from(["", "JP", "KR", "DE"])


@given(histories, countries)
def test_mark_region_only_marks(told: tuple[Claim, ...], region: str) -> None:
    seen = mark_region(told, region)
    assert tuple(claim._replace(is_other_region=False) for claim in seen) == told
    assert all(claim.region not in ("", region) for claim in seen if claim.is_other_region)
    assert mark_region(seen, region) == seen
    assert mark_region(told, "") == told


@given(histories, countries)
def test_window_of_any_region(told: tuple[Claim, ...], region: str) -> None:
    given_one = [claim for claim in told if claim.release is not None]
    window = fold_history(mark_region(told, region)).window
    assert (window is None) is not bool(given_one)
    here = {meaning(claim.release) for claim in given_one if claim.region in ("", region)}
    if here and region:
        assert meaning(window) in here


def named_in(told: Iterable[Claim]) -> list[str]:
    """Return the countries of which a history tells a date, and "" for an owner who names none."""
    return ["", *dict.fromkeys(claim.region for claim in told if claim.region and claim.release is not None)]


@given(histories)
def test_hand_edit_none_in_named_region(told: tuple[Claim, ...]) -> None:
    for region in named_in(told):
        standing = fold_history(mark_region(told, region))
        assert hand_edit_claim(standing.status, standing.window, told, TODAY) is None
        assert standing.window in windows_by_region(told)


@given(histories)
def test_for_region_of_any_file(told: tuple[Claim, ...]) -> None:
    for region in named_in(told)[1:]:
        expected = fold_history(mark_region(told, region)).window
        for window in windows_by_region(told):
            show = Show("a", "A", history=told, status=fold_history(told).status, release=window).for_region(region)
            assert meaning(show.release) == meaning(expected)
            assert meaning(show.history_state.window) == meaning(expected)


def test_hand_edit_has_no_region() -> None:
    show = Show("a", "A", history=(WORLD, JAPAN, KOREA), release=parse_window("2027-01"))
    assert show.for_region("JP").release == parse_window("2027-01")
    claim = hand_edit_claim(show.status, show.release, show.history, TODAY)
    assert claim is not None
    assert claim.release == parse_window("2027-01")
    assert counting((*show.history, claim), "JP") == "2027-01"


def test_list_without_regions() -> None:
    plain = Show("a", "A", history=(WORLD,), release=WORLD.release)
    assert Watchlist((plain,)).for_region("JP").shows[0] is plain
    assert Watchlist((plain,)).for_region("") == Watchlist((plain,))


def test_with_claims_of_region() -> None:
    show = Show("a", "A").with_claims(WORLD, JAPAN, KOREA).for_region("JP")
    later = said("2026-04-01", "2026-10-09", "JP", "Kestrel")
    after = show.with_claims(later)
    assert (after.release, after.history_state.slipped_days) == (later.release, 7)
