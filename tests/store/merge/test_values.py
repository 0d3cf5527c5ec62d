from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracker.model.history import Claim, fold_history
from tracker.model.show import Show
from tracker.model.status import Status
from tracker.model.window import Window
from tracker.model.window_parser import parse_window
from tracker.store.codec import decode_show, encode_show
from tracker.store.merge.values import ABSENT, merge_show, merge_tables
from tracker.store.toml.parser import same_data

D1, D2, D3 = date(2026, 1, 5), date(2026, 2, 1), date(2026, 3, 1)


def merged(base: dict[str, Any], ours: dict[str, Any], theirs: dict[str, Any]) -> dict[str, Any]:
    result = merge_show(base, ours, theirs)
    assert result.conflicts == ()
    return result.table


@pytest.mark.parametrize("value", [4, "x", True, [1, 2], {"a": 1}, D1, float("nan")])
def test_merge_value_of_one_side(value: object) -> None:
    base, changed = {"title": "A", "own": 3}, {"title": "A", "own": value}
    assert str(merged(base, changed, base)) == str(changed)
    assert str(merged(base, base, changed)) == str(changed)
    assert str(merged(base, changed, changed)) == str(changed)


def test_merge_keys() -> None:
    assert merged({"a": 1, "b": 2}, {"b": 2, "c": 3}, {"a": 1, "b": 2, "d": 4}) == {"b": 2, "c": 3, "d": 4}


@pytest.mark.parametrize(
    ("base", "ours", "theirs"),
    [
        ({"rating": 3}, {"rating": 4}, {"rating": 5}),
        ({}, {"rating": 4}, {"rating": 5}),
        ({"rating": 3}, {}, {"rating": 5}),
    ],
)
def test_merge_value_conflict(base: dict[str, Any], ours: dict[str, Any], theirs: dict[str, Any]) -> None:
    result = merge_tables(base, ours, theirs)
    assert result.table == ours
    [clash] = result.conflicts
    assert (clash.path, clash.ours, clash.theirs) == (("rating",), ours.get("rating", ABSENT), 5)


def test_merge_name_lists() -> None:
    base = {"tags": ["a", "b"]}
    assert merged(base, {"tags": ["b", "c", "a"]}, {"tags": ["b", "d"]}) == {"tags": ["b", "c", "d"]}


def test_merge_own_lists() -> None:
    assert merge_tables({"own": [1]}, {"own": [1, 2]}, {"own": [1, 3]}).conflicts


def test_merge_tables() -> None:
    ours = {"ids": {"tvmaze": 1, "imdb": "tt1"}}
    assert merged({"ids": {"tvmaze": 1}}, ours, {"ids": {"tvmaze": 2}}) == {"ids": {"tvmaze": 2, "imdb": "tt1"}}
    [clash] = merge_tables({}, {"ids": {"tvmaze": 1}}, {"ids": {"tvmaze": 2}}).conflicts
    assert clash.path == ("ids", "tvmaze")


def test_merge_cast() -> None:
    ann, jo, mo = {"actor": "Ann"}, {"actor": "Jo"}, {"actor": "Mo"}
    ours = {"cast": [ann | {"role": "X", "own": 1}, jo]}
    theirs = {"cast": [ann | {"about": "y"}, jo, mo]}
    assert merged({"cast": [ann, jo]}, ours, theirs) == {"cast": [ann | {"role": "X", "own": 1, "about": "y"}, jo, mo]}
    assert merged({"cast": [ann, jo]}, {"cast": [jo]}, theirs | {"cast": [ann, jo, mo]}) == {"cast": [jo, mo]}


def test_merge_notes() -> None:
    assert merged({"notes": "a\n"}, {"notes": "a\nb\n"}, {"notes": "a\nc\n"}) == {"notes": "a\nb\nc\n"}
    assert merge_tables({"synopsis": "a"}, {"synopsis": "b"}, {"synopsis": "c"}).conflicts


def claim(on: date, source: str = "me", **said: Any) -> dict[str, Any]:
    return {"on": on, "source": source, **said}


BASE = {"title": "A", "status": "announced", "history": [claim(D1, status="announced")]}


def test_merge_histories() -> None:
    ours = BASE | {
        "status": "scheduled",
        "release": "2027",
        "history": [*BASE["history"], claim(D3, status="scheduled", release="2027")],
    }
    theirs = BASE | {"status": "wrapped", "history": [*BASE["history"], claim(D2, "Post", status="wrapped")]}
    expected = [
        claim(D1, status="announced"),
        claim(D2, "Post", status="wrapped"),
        claim(D3, status="scheduled", release="2027"),
    ]
    for one, other in ((ours, theirs), (theirs, ours)):
        table = merged(BASE, one, other)
        assert table["history"] == expected
        assert (table["status"], table["release"]) == ("scheduled", "2027")


def test_merge_history_newest_first() -> None:
    newest_first = BASE | {"history": [claim(D3, note="c"), claim(D1, status="announced")]}
    theirs = newest_first | {"history": [*newest_first["history"], claim(D2, note="b")]}
    ours = newest_first | {"rating": 3, "history": [claim(D3, note="d"), *newest_first["history"]]}
    assert [c["on"] for c in merged(newest_first, ours, theirs)["history"]] == [D3, D3, D2, D1]


def test_merge_same_claim() -> None:
    both = BASE | {"history": [*BASE["history"], claim(D2, note="x")]}
    assert merged(BASE, both, both | {"rating": 3})["history"] == both["history"]


def test_merge_removed_claim() -> None:
    ours = BASE | {"history": [*BASE["history"], claim(D2, note="x")]}
    assert merged(BASE, ours, {"title": "A", "status": "announced"})["history"] == [claim(D2, note="x")]


def test_merge_claim_changed_by_both() -> None:
    ours = BASE | {"history": [claim(D1, status="announced", note="n")]}
    theirs = BASE | {"history": [claim(D1, status="announced", url="u")]}
    assert merged(BASE, ours, theirs)["history"] == [claim(D1, status="announced", note="n", url="u")]


PLAIN = [claim(D1, status="announced"), claim(D2, "Post", release="2027", note="n")]
LONG = BASE | {"history": PLAIN}
DATED = [claim(D1, status="announced"), claim(D3, "Post", release="2027", note="n")]
EARLY = claim(date(2026, 1, 1), "Post", release="2027", note="n")


@pytest.mark.parametrize("history", [DATED, [EARLY, claim(D1, status="announced")]])
def test_merge_claim_with_another_day(history: list[dict[str, Any]]) -> None:
    dated = LONG | {"history": history}
    assert merged(LONG, dated, LONG | {"rating": 3})["history"] == history
    assert merged(LONG, LONG | {"rating": 3}, dated)["history"] == history
    assert merged(LONG, dated, dated | {"rating": 3})["history"] == history


def test_merge_day_of_one_and_link_of_the_other() -> None:
    dated = LONG | {"history": DATED}
    linked = LONG | {"history": [PLAIN[0], PLAIN[1] | {"url": "u"}]}
    for one, other in ((dated, linked), (linked, dated)):
        assert merged(LONG, one, other)["history"] == [DATED[0], DATED[1] | {"url": "u"}]


def test_merge_claim_removed_beside_a_changed_one() -> None:
    first, second = claim(D1, status="filming", url="u"), claim(D1, note="x", url="v")
    our_first, their_second = first | {"region": "JP"}, second | {"note": "y"}
    base, ours, theirs = [first, second], [our_first, second], [their_second]
    result = merge_show(BASE | {"history": base}, BASE | {"history": ours}, BASE | {"history": theirs})
    assert [conflict.ours for conflict in result.conflicts] == [our_first]
    assert result.table["history"] == [our_first, their_second]


def test_merge_claim_rewritten_by_both() -> None:
    ours = BASE | {"history": [claim(D1, status="announced", note="n")]}
    theirs = BASE | {"history": [claim(D1, status="announced", note="m")]}
    assert len(merged(BASE, ours, theirs)["history"]) == 2


def test_merge_claim_removed_and_rewritten() -> None:
    rewritten = BASE | {"history": [claim(D1, status="announced", note="n")]}
    gone = {"title": "A", "status": "announced"}
    assert [c.path for c in merge_show(BASE, rewritten, gone).conflicts] == [("history",)]
    assert [c.path for c in merge_show(BASE, gone, rewritten).conflicts] == [("history",)]


def test_merge_hand_edits_conflict() -> None:
    ours, theirs = BASE | {"status": "airing"}, BASE | {"status": "released"}
    assert [c.path for c in merge_show(BASE, ours, theirs).conflicts] == [("status",)]


BASELINE = {"title": "A", "status": "announced", "release": "2026"}
KEPT = {"source": "me", "status": "announced", "release": "2026"}


def test_merge_first_claims_of_both_sides() -> None:
    first, second = claim(D1, "Post", status="filming"), claim(D2, "Post", status="scheduled", release="2027")
    ours = BASELINE | {"status": "filming", "history": [KEPT, first]}
    theirs = BASELINE | {"status": "scheduled", "release": "2027", "history": [KEPT, second]}
    for base in (BASELINE, {}):
        table = merged(base, ours, theirs)
        assert table == theirs | {"history": [KEPT, first, second]}
        assert merged(base, BASELINE | {"rating": 3}, ours) == ours | {"rating": 3}


@pytest.mark.parametrize("base", [BASELINE, BASELINE | {"history": [KEPT]}])
def test_merge_hand_edit_and_claim(base: dict[str, Any]) -> None:
    by_hand = base | {"status": "filming"}
    noted = BASELINE | {"release": "2027", "history": [KEPT, claim(D1, release="2027")]}
    for one, other in ((by_hand, noted), (noted, by_hand)):
        assert merged(base, one, other) == noted | {"status": "filming"}
    claimed = BASELINE | {"status": "scheduled", "history": [KEPT, claim(D1, status="scheduled")]}
    assert [c.path for c in merge_show(base, by_hand, claimed).conflicts] == [("status",)]


@pytest.mark.parametrize("said", [{"release": "2027"}, {"status": "released"}])
def test_merge_first_claim_taken_back(said: dict[str, str]) -> None:
    base = BASELINE | {"status": "scheduled", "history": [KEPT, claim(D1, status="scheduled")]}
    ours = base | said | {"history": [*base["history"], claim(D2, **said)]}
    expected = BASELINE | said | {"history": [KEPT, claim(D2, **said)]}
    assert merged(base, ours, BASELINE) == merged(base, BASELINE, ours) == expected


def test_merge_hand_edit_that_one_side_noted() -> None:
    base = BASE | {"status": "filming"}
    new = [claim(D2, status="filming"), claim(D3, status="scheduled")]
    noted = BASE | {"status": "scheduled", "history": [*BASE["history"], *new]}
    assert merged(base, base | {"rating": 3}, noted) == noted | {"rating": 3}
    assert merged(base, base | {"rating": 3}, base | {"tags": ["x"]})["status"] == "filming"


def test_merge_hand_edit_that_both_sides_noted() -> None:
    base = BASE | {"status": "airing"}
    note, later = claim(D2, status="airing"), claim(D3, status="airing")
    ours = base | {"history": [*BASE["history"], note]}
    theirs = base | {"status": "released", "history": [*BASE["history"], later, claim(D3, "Post", status="released")]}
    for one, other in ((ours, theirs), (theirs, ours)):
        assert merged(base, one, other) == theirs | {"history": [*BASE["history"], note, theirs["history"][-1]]}
    assert len(merged(BASE, ours, theirs)["history"]) == 4


def test_merge_new_ids() -> None:
    assert merged({"title": "A"}, {"title": "A", "id": "a"}, {"title": "A", "id": "a-2"})["id"] == "a"


STATUSES = st.sampled_from([Status.ANNOUNCED, Status.FILMING, Status.SCHEDULED, Status.RELEASED])
RELEASES = st.sampled_from(["2026", "2026-05", "2026-05-14", "2027", "TBA"]).map(parse_window)
CLAIMS = st.tuples(
    st.dates(date(2026, 1, 1), date(2026, 12, 31)),
    st.none() | STATUSES,
    st.none() | RELEASES,
    st.sampled_from(["", "n"]),
).map(lambda said: Claim(said[0], status=said[1], release=said[2], source="me", note=said[3]))
HANDS = st.tuples(st.just("status"), STATUSES | st.none()) | st.tuples(st.just("release"), RELEASES | st.none())
EDITS = st.lists(st.tuples(st.just("claim"), CLAIMS) | HANDS, max_size=3)
SHOWS = st.tuples(st.none() | STATUSES, st.none() | RELEASES).map(
    lambda said: Show("kite", "Paper Kite", status=said[0], release=said[1])
)


def edited(show: Show, edits: Sequence[tuple[str, Any]]) -> Show:
    """Return the show after claims were recorded, and values written by hand."""
    for name, value in edits:
        show = show.record((value,), D3) if name == "claim" else show._replace(**{name: value})
    return show


def key(value: object) -> object:
    return value.key if isinstance(value, Window) else value


@given(SHOWS, EDITS, EDITS, EDITS)
def test_merge_shows_loses_nothing(show: Show, before: Any, mine: Any, other: Any) -> None:
    base = edited(show, before)
    sides = [edited(base, edits) for edits in (mine, other)]
    tables = [encode_show(side) for side in (base, *sides)]
    table, conflicts = merge_show(*tables)
    merged = decode_show(table)
    for side in sides:
        # All claims are there, and none more often than on a side.
        assert [claim for claim in side.history if claim not in base.history and claim not in merged.history] == []
    most = Counter(sides[0].history) | Counter(sides[1].history)
    assert Counter(merged.history) <= most
    disputed = {conflict.path[0] for conflict in conflicts}
    for name, said in (("status", "status"), ("release", "window")):
        result, before, *values = (key(getattr(show, name)) for show in (merged, *map(decode_show, tables)))
        for value, side in zip(values, sides, strict=True):
            is_by_hand = not side.history or value != key(getattr(fold_history(side.history), said))
            if is_by_hand and value not in (None, before):
                assert result == value or name in disputed
        assert result in (key(getattr(merged.history_state, said)), *values)
    flipped, also_disputed = merge_show(tables[0], tables[2], tables[1])
    assert {conflict.path[0] for conflict in also_disputed} == disputed
    assert Counter(decode_show(flipped).history) == Counter(merged.history)
    days = [claim.on for claim in merged.history]
    if not disputed and len(days) == len(set(days)):
        assert same_data({**flipped, "history": []}, {**table, "history": []})
    for one in tables:
        assert same_data(merge_show(tables[0], one, tables[0]).table, one)
        assert same_data(merge_show(tables[0], one, one).table, one)
        assert same_data(merge_show(tables[0], tables[0], one).table, one)
