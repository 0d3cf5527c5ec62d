from __future__ import annotations

from datetime import date, timedelta

import pytest
from edtf import parse_edtf
from hypothesis import assume, example, given, settings
from hypothesis import strategies as st

from tests.model.strategies import dated, days, meaning, tba, wide_windows, windows
from tracker.model.history import Effect, compare_windows
from tracker.model.window import Window, days_until, describe_countdown, order_key
from tracker.model.window_parser import parse_window

MIRROR = {
    Effect.CONFIRMED: Effect.CONFIRMED,
    Effect.NARROWED: Effect.WIDENED,
    Effect.WIDENED: Effect.NARROWED,
    Effect.SLIPPED: Effect.FORWARD,
    Effect.FORWARD: Effect.SLIPPED,
    Effect.WITHDRAWN: Effect.FIRST,
    Effect.FIRST: Effect.WITHDRAWN,
}


@given(st.lists(windows | st.none(), max_size=8))
def test_order(found: list[Window | None]) -> None:
    ordered = sorted(found, key=order_key)
    ends = [(w.latest, w.earliest) for w in ordered if w and w.latest and w.earliest]
    assert ends == sorted(ends)
    kinds = [2 if w is None else int(w.is_tba) for w in ordered]
    assert kinds == sorted(kinds)


@given(windows, windows)
def test_order_key_is_total(one: Window, other: Window) -> None:
    assume(not one.is_tba)
    assert (order_key(one) == order_key(other)) == (one == other)


@given(windows, windows)
def test_contains_both_ways(one: Window, other: Window) -> None:
    assert (one.contains(other) and other.contains(one)) == (meaning(one) == meaning(other))


@given(st.lists(days, min_size=6, max_size=6).map(sorted), windows)
def test_contains_is_transitive(ends: list[date], other: Window) -> None:
    outer, middle, inner = (parse_window(f"{ends[n]}/{ends[-1 - n]}") for n in range(3))
    assert outer.contains(middle) and middle.contains(inner) and outer.contains(inner)  # noqa: PT018 - one statement
    assert not other.contains(outer) or other.contains(inner)


@given(dated, days)
def test_contains_day(window: Window, day: date) -> None:
    assert window.contains(parse_window(day)) == window.overlaps(day, day)


@given(tba, windows)
def test_contains_tba(unknown: Window, window: Window) -> None:
    assert unknown.contains(window)
    assert window.contains(unknown) == window.is_tba


@given(windows, windows)
def test_compare_backwards(one: Window, other: Window) -> None:
    effect, moved = compare_windows(one, other)
    assert compare_windows(other, one) == (MIRROR[effect], -moved)


@given(dated, dated)
def test_compare_any(before: Window, after: Window) -> None:
    effect, moved = compare_windows(before, after)
    assert before.latest
    assert after.latest
    assert (effect is Effect.CONFIRMED) == (meaning(before) == meaning(after))
    assert (effect is Effect.NARROWED) == (before.contains(after) and not after.contains(before))
    assert (effect is Effect.WIDENED) == (after.contains(before) and not before.contains(after))
    if effect in (Effect.SLIPPED, Effect.FORWARD):
        assert moved == (after.latest - before.latest).days
        assert (effect is Effect.SLIPPED) == (moved > 0)


@pytest.mark.parametrize(
    ("before", "after", "effect", "moved"),
    [
        ("2025", "2025-08", Effect.NARROWED, 0), ("2025-08", "2025", Effect.WIDENED, 0),
        ("2025-08", "2026-05-14", Effect.SLIPPED, 256), ("2026-05-14", "2026-05-01", Effect.FORWARD, -13),
        ("2025-07", "2025-07/2025-09", Effect.WIDENED, 0),
        ("2025-06/2025-08", "2025-07/2025-09", Effect.SLIPPED, 30),
        ("2025-Q3", "2025-07/2025-09", Effect.CONFIRMED, 0), ("TBA", "2025", Effect.FIRST, 0),
        ("2025", "TBA", Effect.WITHDRAWN, 0), ("TBA", "tbd", Effect.CONFIRMED, 0),
    ],
)  # fmt: skip
def test_compare(before: str, after: str, effect: Effect, moved: int) -> None:
    assert compare_windows(parse_window(before), parse_window(after)) == (effect, moved)


@given(windows | st.none(), days)
def test_days_until(window: Window | None, today: date) -> None:
    countdown = days_until(window, today)
    if window is None or window.earliest is None or window.latest is None:
        assert countdown is None
    else:
        assert countdown is not None
        least, most = countdown
        assert today + timedelta(days=least) == window.earliest
        assert today + timedelta(days=most) == window.latest


@pytest.mark.parametrize(
    ("release", "today", "words"),
    [
        ("2026-05-14", "2026-05-14", "today"), ("2026-05-14", "2026-05-13", "tomorrow"),
        ("2026-05-14", "2026-05-15", "yesterday"), ("2026-05-14", "2026-05-02", "in 12 days"),
        ("2026-05-14", "2026-05-19", "5 days ago"), ("2026-Q3", "2026-04-01", "in 3–6 months"),
        ("2026-05", "2026-05-12", "within 19 days"), ("2026-05", "2026-05-31", "today at the latest"),
        ("2025-08", "2025-09-03", "3 days past"), ("TBA", "2026-05-14", ""),
    ],
)  # fmt: skip
def test_countdown(release: str, today: str, words: str) -> None:
    assert describe_countdown(parse_window(release), date.fromisoformat(today)) == words


@given(dated, st.integers(1, 1000))
@example(parse_window("May 2026"), 2)
def test_countdown_never_from_zero(window: Window, ahead: int) -> None:
    assert window.earliest
    assert not describe_countdown(window, window.earliest - timedelta(days=ahead)).startswith("in 0")


@given(wide_windows)
def test_ends(window: Window) -> None:
    if window.earliest is None or window.latest is None:
        assert (window.earliest, window.latest, window.edtf) == (None, None, None)
        assert window.is_tba
    else:
        assert window.earliest <= window.latest
        assert not window.is_tba


@pytest.mark.parametrize(
    ("text", "edtf"),
    [
        ("May 14, 2026", "2026-05-14"), ("May 2026", "2026-05"), ("2026", "2026"), ("~2026", "2026~"),
        ("Q3 2026", "2026-35"), ("H2 2026", "2026-41"), ("fall 2026", "2026-23"),
        ("2026-08/2026-10", "2026-08/2026-10"), ("late 2026", "2026-09/2026-12"),
        ("2026-05-14/2026-06", "2026-05-14/2026-06-30"),
    ],
)  # fmt: skip
def test_edtf(text: str, edtf: str) -> None:
    assert parse_window(text).edtf == edtf


@settings(max_examples=50)
@given(wide_windows)
def test_edtf_package_agrees(window: Window) -> None:
    assume(window.edtf is not None)
    understood = parse_edtf(window.edtf)
    # The package ends a winter with its year; here winter 2026 is December 2026 to February 2027.
    if window.code != 24:
        assert (understood.lower_strict()[:3], understood.upper_strict()[:3]) == _ends(window)


@pytest.mark.parametrize("text", ["~summer 2026", "about Q3 2026", "c. second half of 2026"])
def test_edtf_approximate_part(text: str) -> None:
    window = parse_window(text)
    understood = parse_edtf(window.edtf)
    assert (understood.lower_strict()[:3], understood.upper_strict()[:3]) == _ends(window)


def _ends(window: Window) -> tuple[tuple[int, int, int], tuple[int, int, int]]:
    assert window.earliest
    assert window.latest
    return (_ymd(window.earliest), _ymd(window.latest))


def _ymd(day: date) -> tuple[int, int, int]:
    return (day.year, day.month, day.day)


@pytest.mark.parametrize(
    ("text", "label", "span"),
    [
        ("2026-05-14", "14 May 2026", "Thu 14 May 2026"),
        ("2026-08", "Aug 2026", "Aug 2026"),
        ("2026-Q3", "Q3 2026", "Jul–Sep 2026"),
        ("2026-H2", "H2 2026", "Jul–Dec 2026"),
        ("winter 2026", "winter 2026", "Dec 2026–Feb 2027"),
        ("2026", "2026", "Jan–Dec 2026"),
        ("~2026", "~2026", "Jan–Dec 2026"),
        ("2026-05-14/2026-05-20", "14–20 May 2026", "14–20 May 2026"),
        ("2026-05-14/2026-06-02", "14 May–2 Jun 2026", "14 May–2 Jun 2026"),
        ("TBA", "TBA", "no date announced"),
    ],
)
def test_label_and_span(text: str, label: str, span: str) -> None:
    window = parse_window(text)
    assert (window.label, window.span) == (label, span)
