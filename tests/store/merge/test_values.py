from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from tracker.store.merge.values import ABSENT, merge_show, merge_tables

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


def test_merge_new_ids() -> None:
    assert merged({"title": "A"}, {"title": "A", "id": "a"}, {"title": "A", "id": "a-2"})["id"] == "a"
