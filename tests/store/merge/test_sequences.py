from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracker.store.merge.sequences import merge_comments, merge_hunks, merge_lines, merge_order

THINGS = st.lists(st.integers(0, 9), unique=True)
LINES = st.lists(st.sampled_from("abcd"), max_size=6)


@pytest.mark.parametrize(
    ("base", "ours", "theirs", "expected"),
    [
        ("abc", "abc", "abc", "abc"),
        ("abc", "abxc", "abc", "abxc"),
        ("abc", "abc", "xabc", "xabc"),
        ("abc", "abcx", "abcy", "abcxy"),
        ("abc", "abc", "cba", "cba"),
        ("abc", "cba", "abc", "cba"),
        ("abc", "cba", "abcx", "cxba"),
        ("", "ab", "cd", "abcd"),
        ("ab", "", "abc", "abc"),
    ],
)
def test_merge_order_of_one_side(base: str, ours: str, theirs: str, expected: str) -> None:
    assert "".join(merge_order(base, ours, theirs)) == expected


@given(THINGS, THINGS, THINGS)
def test_merge_order_has_everything_once(base: list[int], ours: list[int], theirs: list[int]) -> None:
    merged = merge_order(base, ours, theirs)
    assert sorted(merged) == sorted({*ours, *theirs})


@pytest.mark.parametrize(
    ("base", "ours", "theirs", "expected"),
    [
        ("abc", "aXbc", "abcY", "aXbcY"),
        ("abc", "Xbc", "abY", "XbY"),
        ("abc", "Xbc", "Ybc", None),
        ("abc", "Xbc", "Xbc", "Xbc"),
        ("abc", "bc", "ab", "b"),
        ("abc", "abcX", "abcY", None),
        ("abc", "X", "aYc", None),
    ],
)
def test_merge_lines(base: str, ours: str, theirs: str, expected: str | None) -> None:
    assert merge_lines(base, ours, theirs, both=False) == (None if expected is None else list(expected))


def test_merge_lines_at_one_place() -> None:
    assert merge_lines("abc", "abcX", "abcY", both=True) == list("abcXY")


@given(LINES, LINES)
def test_merge_lines_of_one_side(base: list[str], changed: list[str]) -> None:
    assert merge_lines(base, changed, base, both=False) == changed
    assert merge_lines(base, base, changed, both=False) == changed
    assert merge_lines(base, changed, changed, both=False) == changed


@given(LINES, LINES)
def test_merge_comments(ours: list[str], theirs: list[str]) -> None:
    united = merge_comments(["base"], ["base", *ours], [*theirs, "base"])
    assert {*ours, *theirs, "base"} == set(united)


def test_merge_hunks() -> None:
    base, ours, theirs = list("abcdefg"), list("abXdefgY"), list("acdeZgT")
    hunks = [("".join(hunk.ours), "".join(hunk.theirs)) for hunk in merge_hunks(base, ours, theirs)]
    assert "".join(ours for ours, _ in hunks) == "abXdeZgY"
    assert [hunk for hunk in hunks if hunk[0] != hunk[1]] == [("bX", "c"), ("Y", "T")]
    assert [hunk for hunk in merge_hunks([], "abcdefgh", "abcdXfgh") if hunk.ours != hunk.theirs] == [("efgh", "Xfgh")]
