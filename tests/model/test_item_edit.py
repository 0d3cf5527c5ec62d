from __future__ import annotations

from datetime import date

import pytest

from tracker.errors import Conflict
from tracker.model.history import Claim
from tracker.model.item_edit import edit_claim, find_again
from tracker.model.show import Show
from tracker.model.status import Status
from tracker.model.window_parser import parse_window

TODAY = date(2026, 11, 23)
FIRST = Claim(date(2024, 6, 28), status=Status.FILMING, release=parse_window("2025"), source="an agency")
SECOND = Claim(date(2025, 2, 12), release=parse_window("2025-08"), source="Lumen")
THIRD = Claim(date(2026, 1, 27), status=Status.SCHEDULED, release=parse_window("2026-05-14"), source="Lumen")
KITE = Show("paper-kite", "Paper Kite").with_claims(FIRST, SECOND, THIRD)


def edited(show: Show, index: int, claim: Claim | None, seen: Show | None = None) -> Show:
    return edit_claim(show, seen or show, index, claim, seen_on=TODAY).show


def test_status_and_release_follow() -> None:
    show = edited(KITE, 2, THIRD._replace(release=parse_window("2026-06"), status=Status.POSTPONED))
    assert show.status is Status.POSTPONED
    assert show.release == parse_window("2026-06")
    show = edited(KITE, 2, None)
    assert (show.status, show.release) == (Status.FILMING, SECOND.release)
    show = edited(show, 0, FIRST._replace(status=None))
    assert show.status is None


def test_wording_stays() -> None:
    show = KITE._replace(release=parse_window("14 May 2026"))
    assert edited(show, 0, FIRST._replace(note="n")).release == show.release


@pytest.mark.parametrize(
    ("index", "day", "order"),
    [
        (2, date(2026, 1, 26), (0, 1, 2)),
        (2, date(2025, 1, 1), (0, 2, 1)),
        (0, date(2025, 2, 12), (0, 1, 2)),
        (0, date(2026, 3, 1), (1, 2, 0)),
        (1, None, (1, 0, 2)),
    ],
)
@pytest.mark.parametrize("newest_first", [False, True])
def test_order_follows_the_day(index: int, day: date | None, order: tuple[int, ...], newest_first: bool) -> None:
    show, wanted = KITE, order
    if newest_first:
        show, index = KITE._replace(history=KITE.history[::-1]), 2 - index
        wanted = tuple(2 - place for place in order[::-1])
    result = edit_claim(show, show, index, show.history[index]._replace(on=day), seen_on=TODAY)
    assert result.claims == wanted
    assert [claim.on for claim in result.show.history] == [
        day if place == index else show.history[place].on for place in wanted
    ]


def test_no_order_moves_one_only() -> None:
    show = KITE._replace(history=(THIRD, FIRST, SECOND))
    result = edit_claim(show, show, 0, THIRD._replace(on=date(2026, 2, 1)), seen_on=TODAY)
    assert result.claims == (1, 2, 0)


def test_last_claim_leaves_a_baseline() -> None:
    show = Show("kite", "Kite").with_claims(FIRST)
    after = edited(show, 0, None)
    assert (after.history, after.status, after.release) == ((), FIRST.status, FIRST.release)
    after = edited(after, 0, None)
    assert (after.status, after.release) == (None, None)


def test_baseline_edited() -> None:
    show = Show("kite", "Kite", status=Status.FILMING)
    base = show.claims[0]
    after = edited(show, 0, base._replace(status=Status.AIRING))
    assert (after.history, after.status) == ((), Status.AIRING)
    dated = base._replace(on=TODAY, url="https://lumen.example/1")
    after = edited(show, 0, dated)
    assert (after.history, after.status) == ((dated,), Status.FILMING)
    with pytest.raises(Conflict):
        edited(show._replace(status=Status.CANCELLED), 0, dated, seen=show)


def test_hand_edit_is_noted_with_it() -> None:
    show = KITE._replace(status=Status.RELEASED)
    after = edited(show, 0, FIRST._replace(note="n"))
    assert after.status is Status.RELEASED
    assert after.history[-1] == Claim(TODAY, status=Status.RELEASED, source="me")
    after = edited(show, 2, None)
    assert (after.status, after.release, len(after.history)) == (Status.RELEASED, SECOND.release, 3)


def test_hand_edit_that_the_claim_says_now() -> None:
    show = KITE._replace(release=parse_window("2026-05-15"))
    after = edited(show, 2, THIRD._replace(release=parse_window("2026-05-15")))
    assert len(after.history) == 3
    assert after.release == parse_window("2026-05-15")


def test_hand_edit_stays_the_newest() -> None:
    show = KITE._replace(status=Status.RELEASED)
    after = edited(show, 1, SECOND._replace(on=date(2027, 1, 1), status=Status.AIRING))
    assert after.status is Status.RELEASED


def test_hand_edit_edited_and_taken_back() -> None:
    show = KITE._replace(status=Status.RELEASED)
    by_hand = Claim(TODAY, status=Status.RELEASED, source="me", is_hand_edit=True)
    seen = show._replace(history=(*KITE.history, by_hand))
    mine = by_hand._replace(url="https://lumen.example/out", is_hand_edit=False)
    after = edited(show, 3, mine, seen)
    assert (after.history, after.status) == ((*KITE.history, mine), Status.RELEASED)
    assert edited(show, 3, None, seen) == KITE
    with pytest.raises(Conflict):
        edited(KITE, 3, mine, seen)


def test_claim_that_moved_meanwhile() -> None:
    after = edited(KITE._replace(history=(SECOND, THIRD)), 2, None, seen=KITE)
    assert after.history == (SECOND,)


@pytest.mark.parametrize("history", [(FIRST, SECOND), (FIRST, SECOND, THIRD._replace(note="more")), ()])
def test_claim_that_changed_meanwhile(history: tuple[Claim, ...]) -> None:
    with pytest.raises(Conflict):
        edited(KITE._replace(history=history), 2, None, seen=KITE)


def test_find_again_among_equal_ones() -> None:
    assert find_again("xaa", "aa", 1, "it") == 2
    with pytest.raises(Conflict):
        find_again("a", "aa", 1, "it")
