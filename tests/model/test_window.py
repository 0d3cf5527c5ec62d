from __future__ import annotations

import re
from calendar import monthrange
from datetime import date, timedelta
from random import Random

import pytest
from edtf import parse_edtf
from hypothesis import assume, example, given, settings
from hypothesis import strategies as st

from tests.model.strategies import dated, days, meaning, tba, wide_windows, windows
from tracker.model.history import Effect, compare_windows
from tracker.model.window import Precision, Window, days_until, describe_countdown, order_key, overdue_by
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
    ends = [(w.latest, w.latest - w.earliest, w.approximate) for w in ordered if w and w.latest and w.earliest]
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
        assert countdown == ((window.earliest - today).days, (window.latest - today).days)


OPEN = Window("2027/..", date(2027, 1, 1), None, Precision.RANGE)


def test_order_without_end() -> None:
    texts = [
        "2026-12-31", "~2026-12-31", "2026-12", "2026", "2027-12-31", "2027", "2025/2027", "../2027", "2027/..",
        "2027-05/..", "2028-01", "TBA",
    ]  # fmt: skip
    windows = [*map(parse_window, texts), None]
    shuffled = Random(3).sample(windows, len(windows))
    assert sorted(shuffled, key=order_key) == windows


@pytest.mark.parametrize(
    ("release", "today", "words"),
    [
        # an exact day: to the nearest unit
        ("2026-05-14", "2026-05-14", "today"), ("2026-05-14", "2026-05-13", "tomorrow"),
        ("2026-05-14", "2026-05-12", "in 2 days"), ("2026-05-14", "2026-04-24", "in 20 days"),
        ("2026-05-14", "2026-04-23", "in 3 weeks"), ("2026-05-14", "2026-03-19", "in 8 weeks"),
        ("2026-05-14", "2026-03-14", "in 2 months"), ("2027-03-01", "2026-12-01", "in 3 months"),
        ("2027-02-28", "2026-12-01", "in 3 months"), ("2027-05-14", "2026-12-01", "in 5 months"),
        ("2027-05-31", "2026-12-01", "in 6 months"), ("2028-10-31", "2026-12-01", "in 23 months"),
        ("2028-12-01", "2026-12-01", "in 2 years"), ("2031-07-01", "2026-12-01", "in 5 years"),
        ("~2027-03-01", "2026-12-01", "in about 3 months"), ("~2026-12-02", "2026-12-01", "about tomorrow"),
        # a window that has begun: rounded up
        ("2026-12", "2026-12-01", "within 5 weeks"), ("2026-12", "2026-12-03", "within 4 weeks"),
        ("2026-12", "2026-12-12", "within 19 days"), ("2026-12", "2026-12-30", "by tomorrow"),
        ("2026-12", "2026-12-31", "by tonight"), ("2026", "2026-05-31", "within 7 months"),
        ("2026", "2026-06-01", "within 7 months"), ("2026", "2026-11-06", "within 8 weeks"),
        ("2026", "2026-11-05", "within 8 weeks"), ("2026", "2026-11-04", "within 2 months"),
        ("2026/2028", "2026-02-28", "within 3 years"), ("2026/2028", "2027-02-28", "within 23 months"),
        # a window ahead: from rounded down to rounded up
        ("2026-12-04/2026-12-15", "2026-12-01", "in 3–14 days"),
        ("2026-12-08/2026-12-16", "2026-12-01", "in 1–3 weeks"),
        ("2026-12-02/2026-12-31", "2026-12-01", "within 5 weeks"), ("2027-01", "2026-12-01", "in 1–2 months"),
        ("2027-01", "2026-12-20", "in 1–6 weeks"), ("2027-02", "2026-12-01", "in 2–3 months"),
        ("2027-Q1", "2026-12-01", "in 1–4 months"), ("2027-Q2", "2026-12-01", "in 4–7 months"),
        ("2026-Q3", "2026-04-01", "in 3–6 months"), ("2027", "2026-12-01", "in 1–13 months"),
        ("2028", "2026-12-01", "in 1–3 years"), ("2029/2030", "2026-12-01", "in 2–5 years"),
        ("2027-03", "2027-01-31", "in 1–2 months"), ("2027-03-31", "2027-01-31", "in 8 weeks"),
        # what has passed: rounded down
        ("2026-05-14", "2026-05-15", "yesterday"), ("2026-05-14", "2026-05-19", "5 days ago"),
        ("2026-05-14", "2026-12-03", "6 months ago"), ("2025-08", "2025-09-03", "3 days ago"),
        ("2025-08", "2025-09-30", "4 weeks ago"), ("2024", "2026-12-30", "23 months ago"),
        ("2024", "2026-12-31", "2 years ago"), ("TBA", "2026-05-14", ""),
        # until a day
        ("../2027-05", "2027-05-31", "by tonight"), ("../2027-05", "2027-05-30", "by tomorrow"),
        ("../2027-05", "2027-06-01", "1 day ago"),
    ],
)  # fmt: skip
def test_countdown(release: str, today: str, words: str) -> None:
    assert describe_countdown(parse_window(release), date.fromisoformat(today)) == words


@pytest.mark.parametrize(
    ("today", "words"),
    [("2026-12-01", "in 4+ weeks"), ("2026-12-29", "in 3+ days"), ("2025-12-01", "in 13+ months"),
     ("2027-01-01", "any time"), ("2030-01-01", "any time")],
)  # fmt: skip
def test_countdown_without_end(today: str, words: str) -> None:
    assert describe_countdown(OPEN, date.fromisoformat(today)) == words


@pytest.mark.parametrize(
    ("latest", "today", "words"),
    [
        ("2026-11-30", "2026-12-01", "1 day"), ("2026-11-11", "2026-12-01", "20 days"),
        ("2026-11-10", "2026-12-01", "3 weeks"), ("2026-11-03", "2026-12-01", "4 weeks"),
        ("2026-09-30", "2026-12-01", "8 weeks"), ("2026-09-29", "2026-12-01", "2 months"),
        ("2026-05-11", "2026-12-01", "6 months"), ("2026-05-01", "2026-12-01", "7 months"),
        ("2026-01-31", "2026-02-28", "4 weeks"), ("2025-12-31", "2026-02-28", "8 weeks"),
        ("2025-12-31", "2026-06-30", "6 months"), ("2024-12-02", "2026-12-01", "23 months"),
        ("2024-02-29", "2026-02-28", "2 years"), ("2023-12-02", "2026-12-01", "2 years"),
    ],
)  # fmt: skip
def test_overdue_by(latest: str, today: str, words: str) -> None:
    assert overdue_by(parse_window(latest), date.fromisoformat(today)) == words


_SHORTEST = {"day": 1, "week": 7, "month": 28, "year": 365}


def _least_days(words: str) -> list[float]:
    """Return the fewest days that each amount in these words can be."""
    numbers, unit = re.findall(r"\d+", words), words.split()[-2 if words.endswith("ago") else -1].rstrip("s")
    return [int(number) * _SHORTEST[unit] for number in numbers]


def _reaches(today: date, amount: str, day: date) -> bool:
    """Return whether so much time after today, by the calendar, is that day or later."""
    number, unit = amount.split()
    unit = unit.rstrip("s")
    if unit in ("day", "week"):
        return today.toordinal() + int(number) * _SHORTEST[unit] >= day.toordinal()
    month = today.year * 12 + today.month - 1 + int(number) * (12 if unit == "year" else 1)
    end = (month // 12, month % 12 + 1)
    last = monthrange(*end)[1] if end[0] <= 9999 else 31
    return (*end, min(today.day, last)) >= (day.year, day.month, day.day)


@given(dated, days)
@example(parse_window("May 2026"), date(2026, 4, 29))
@example(parse_window("2026"), date(2024, 2, 29))
@example(parse_window("2028-02"), date(2027, 12, 31))
def test_countdown_is_never_false(window: Window, today: date) -> None:
    first, last = window.earliest, window.latest
    assert first
    assert last
    words = describe_countdown(window, today)
    if match := re.fullmatch(r"in (\d+)–(\d+) (\w+)", words):
        assert _reaches(today, f"{match[2]} {match[3]}", last)
        assert not _reaches(today, f"{match[1]} {match[3]}", first) or _reaches_just(today, match[1], match[3], first)
        assert int(match[1]) > 0
    elif match := re.fullmatch(r"within (\d+ \w+)", words):
        assert _reaches(today, match[1], last)
    elif match := re.fullmatch(r"(\d+ \w+) ago", words):
        number, unit = match[1].split()
        assert not _reaches(last, match[1], today) or _reaches_just(last, number, unit, today)
    elif first == last and last > today:
        assert re.fullmatch(r"(in )?(about )?(tomorrow|\d+ \w+)", words)
    else:
        assert words in ("today", "about today", "yesterday", "by tonight", "by tomorrow")


def _reaches_just(today: date, number: str, unit: str, day: date) -> bool:
    """Return whether so much time after today is that day and no later."""
    return not _reaches(today, f"{number} {unit}", day + timedelta(days=1))


@given(days, st.integers(0, 900), st.integers(0, 900), st.sampled_from(["/{}", "{}", "~{}"]))
@example(date(2024, 2, 29), 365, 366, "{}")
def test_countdown_grows_with_time(today: date, one: int, other: int, shape: str) -> None:
    """More days are never told as less time, neither ahead nor past."""
    ahead, past = (
        [
            _least_days(words)[-1]
            for days in sorted((one, other))
            if re.search(r"\d", words := describe_countdown(_in_days(today, way * days, shape), today))
        ]
        for way in (1, -1)
    )
    assert ahead == sorted(ahead)
    assert past == sorted(past)


def _in_days(today: date, days: int, shape: str) -> Window:
    day = today + timedelta(days=days)
    return parse_window(shape.format(day) if shape[0] != "/" else f"{min(day, today)}/{day}")


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
        ("~2026", "~2026", "about Jan–Dec 2026"),
        ("~14 May 2026", "~14 May 2026", "about Thu 14 May 2026"),
        ("2026-2028", "2026–2028", "2026–2028"),
        ("2026-05-14/2026-05-20", "14–20 May 2026", "14–20 May 2026"),
        ("2026-05-14/2026-06-02", "14 May–2 Jun 2026", "14 May–2 Jun 2026"),
        ("TBA", "TBA", "no date announced"),
    ],
)
def test_label_and_span(text: str, label: str, span: str) -> None:
    window = parse_window(text)
    assert (window.label, window.meant_days) == (label, span)
