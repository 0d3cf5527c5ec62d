from __future__ import annotations

from datetime import date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.model.strategies import wide_windows
from tracker.errors import BadValue
from tracker.model.window import Precision, Window
from tracker.model.window_parser import parse_said_date, parse_window

FORMS = [
    ("2026", "2026-01-01", "2026-12-31", Precision.YEAR),
    ("2026-05", "2026-05-01", "2026-05-31", Precision.MONTH),
    ("2024-02", "2024-02-01", "2024-02-29", Precision.MONTH),
    ("2025-02", "2025-02-01", "2025-02-28", Precision.MONTH),
    ("2026-12", "2026-12-01", "2026-12-31", Precision.MONTH),
    ("May 2026", "2026-05-01", "2026-05-31", Precision.MONTH),
    ("may 2026", "2026-05-01", "2026-05-31", Precision.MONTH),
    ("September 2026", "2026-09-01", "2026-09-30", Precision.MONTH),
    ("Sept. 2026", "2026-09-01", "2026-09-30", Precision.MONTH),
    ("2026-05-14", "2026-05-14", "2026-05-14", Precision.DAY),
    ("2024-02-29", "2024-02-29", "2024-02-29", Precision.DAY),
    ("May 14, 2026", "2026-05-14", "2026-05-14", Precision.DAY),
    ("May 14 2026", "2026-05-14", "2026-05-14", Precision.DAY),
    ("14 May 2026", "2026-05-14", "2026-05-14", Precision.DAY),
    ("May 1st, 2026", "2026-05-01", "2026-05-01", Precision.DAY),
    ("2026년 5월 14일", "2026-05-14", "2026-05-14", Precision.DAY),
    ("2026年5月14日", "2026-05-14", "2026-05-14", Precision.DAY),
    ("2026-Q1", "2026-01-01", "2026-03-31", Precision.QUARTER),
    ("2026-Q2", "2026-04-01", "2026-06-30", Precision.QUARTER),
    ("2026-Q3", "2026-07-01", "2026-09-30", Precision.QUARTER),
    ("2026-Q4", "2026-10-01", "2026-12-31", Precision.QUARTER),
    ("Q3 2026", "2026-07-01", "2026-09-30", Precision.QUARTER),
    ("q3 2026", "2026-07-01", "2026-09-30", Precision.QUARTER),
    ("third quarter of 2026", "2026-07-01", "2026-09-30", Precision.QUARTER),
    ("2026-H1", "2026-01-01", "2026-06-30", Precision.HALF),
    ("2026-H2", "2026-07-01", "2026-12-31", Precision.HALF),
    ("H2 2026", "2026-07-01", "2026-12-31", Precision.HALF),
    ("first half of 2026", "2026-01-01", "2026-06-30", Precision.HALF),
    ("second half of 2026", "2026-07-01", "2026-12-31", Precision.HALF),
    ("spring 2026", "2026-03-01", "2026-05-31", Precision.SEASON),
    ("summer 2026", "2026-06-01", "2026-08-31", Precision.SEASON),
    ("autumn 2026", "2026-09-01", "2026-11-30", Precision.SEASON),
    ("Fall 2026", "2026-09-01", "2026-11-30", Precision.SEASON),
    ("winter 2026", "2026-12-01", "2027-02-28", Precision.SEASON),
    ("winter 2027", "2027-12-01", "2028-02-29", Precision.SEASON),
    ("2026-21", "2026-03-01", "2026-05-31", Precision.SEASON),
    ("2026-22", "2026-06-01", "2026-08-31", Precision.SEASON),
    ("2026-23", "2026-09-01", "2026-11-30", Precision.SEASON),
    ("2026-24", "2026-12-01", "2027-02-28", Precision.SEASON),
    ("2026-33", "2026-01-01", "2026-03-31", Precision.QUARTER),
    ("2026-34", "2026-04-01", "2026-06-30", Precision.QUARTER),
    ("2026-35", "2026-07-01", "2026-09-30", Precision.QUARTER),
    ("2026-36", "2026-10-01", "2026-12-31", Precision.QUARTER),
    ("2026-40", "2026-01-01", "2026-06-30", Precision.HALF),
    ("2026-41", "2026-07-01", "2026-12-31", Precision.HALF),
    ("early 2026", "2026-01-01", "2026-04-30", Precision.RANGE),
    ("mid 2026", "2026-05-01", "2026-08-31", Precision.RANGE),
    ("mid-2026", "2026-05-01", "2026-08-31", Precision.RANGE),
    ("late 2026", "2026-09-01", "2026-12-31", Precision.RANGE),
    ("2026-08/2026-10", "2026-08-01", "2026-10-31", Precision.RANGE),
    ("2026/2027", "2026-01-01", "2027-12-31", Precision.RANGE),
    ("May-June 2026", "2026-05-01", "2026-06-30", Precision.RANGE),
    ("2026/5", "2026-05-01", "2026-05-31", Precision.MONTH),
    ("2026-05-14/2026-06", "2026-05-14", "2026-06-30", Precision.RANGE),
    ("summer 2026/winter 2026", "2026-06-01", "2027-02-28", Precision.RANGE),
    ("9999", "9999-01-01", "9999-12-31", Precision.YEAR),
    ("9999-Q4", "9999-10-01", "9999-12-31", Precision.QUARTER),
    ("0001-01-01", "0001-01-01", "0001-01-01", Precision.DAY),
]


@pytest.mark.parametrize(("text", "earliest", "latest", "precision"), FORMS)
def test_forms(text: str, earliest: str, latest: str, precision: Precision) -> None:
    window = parse_window(text)
    assert (window.earliest, window.latest) == (date.fromisoformat(earliest), date.fromisoformat(latest))
    assert window.precision is precision
    assert not window.approximate
    assert window.text == text


@pytest.mark.parametrize("text", ["TBA", "tba", "TBD", "to be announced", "coming soon", "미정", "未定"])
def test_tba(text: str) -> None:
    assert parse_window(text) == Window(text, None, None, Precision.TBA)


@pytest.mark.parametrize(
    ("about", "exact"),
    [
        ("~2026", "2026"), ("2026~", "2026"), ("c. 2026", "2026"), ("about May 2026", "2026-05"),
        ("around summer 2026", "summer 2026"), ("~2026-08/2026-10", "2026-08/2026-10"),
        ("2026-08/~2026-10", "2026-08/2026-10"),
    ],
)  # fmt: skip
def test_approximate(about: str, exact: str) -> None:
    assert parse_window(about).key == parse_window(exact)._replace(approximate=True).key


def test_date_value() -> None:
    assert parse_window(date(2026, 5, 14)) == parse_window("2026-05-14")


def test_time_value() -> None:
    assert parse_window(datetime(2026, 5, 14, 12)) == parse_window("2026-05-14")  # noqa: DTZ001


@pytest.mark.parametrize(
    ("text", "day", "words"),
    [("2026-05-14", "2026-05-14", ""), ("14 May 2026", "2026-05-14", ""), ("2026-05", "2026-05-31", "2026-05")],
)
def test_parse_said_date(text: str, day: str, words: str) -> None:
    assert parse_said_date(text) == (date.fromisoformat(day), words)


@pytest.mark.parametrize("text", ["", "someday", "TBA"])
def test_parse_said_date_bad(text: str) -> None:
    with pytest.raises(BadValue, match="no day on which something was said"):
        parse_said_date(text)


def test_year_value() -> None:
    assert parse_window(2026) == parse_window("2026")


def test_space_is_stripped() -> None:
    assert parse_window("  2026-Q3\n").text == "2026-Q3"


@pytest.mark.parametrize(
    "text",
    [
        "2026-02-30", "2025-02-29", "2026-13", "2026-99", "2026-00", "2026-05-00", "2026-13-01", "0000",
        "February 30, 2026", "31 April 2026", "2026-10/2026-08", "winter 9999", "9999-24",
    ],
)  # fmt: skip
def test_no_day_of_the_calendar(text: str) -> None:
    with pytest.raises(BadValue, match=rf"“{text}” is not a day of the calendar: .+\.$"):
        parse_window(text)


@pytest.mark.parametrize("text", ["someday", "2026-Q5", "2026-H3", "26", "20260514", "next year", "May", "~"])
def test_unknown_words(text: str) -> None:
    with pytest.raises(BadValue, match=rf"“{text}” is not a release that can be read; write one of 2026, .+\.$"):
        parse_window(text)


@pytest.mark.parametrize("text", ["", "  ", "\n"])
def test_no_words(text: str) -> None:
    with pytest.raises(BadValue, match="a release is needed; write one of"):
        parse_window(text)


@pytest.mark.parametrize("number", [True, -1, 0, 20260514])
def test_bad_number(number: int) -> None:
    with pytest.raises(BadValue):
        parse_window(number)


@given(wide_windows)
def test_text_round_trip(window: Window) -> None:
    assert parse_window(window.text) == window


@given(wide_windows)
def test_edtf_round_trip(window: Window) -> None:
    if window.edtf is None:
        return
    again = parse_window(window.edtf)
    assert (again.earliest, again.latest, again.approximate) == (window.earliest, window.latest, window.approximate)
    # EDTF has no approximate quarter: its months are written, which are a range.
    assert again.precision is window.precision or (window.approximate and window.code)


_PIECES = st.sampled_from(
    ["2026", "9999", "0000", "05", "31", "May", "winter", "Q3", "H2", "early", "second", "half", "of", "to", "between",
     "and", "from", "/", "-", "..", "~", "?", ",", " ", "년", "月", "日"]
)  # fmt: skip


@given(st.text() | st.lists(_PIECES).map("".join) | st.lists(_PIECES).map(" ".join))
def test_any_text(text: str) -> None:
    try:
        window = parse_window(text)
    except BadValue:
        return
    assert parse_window(window.text) == window


@given(st.integers())
def test_any_number(number: int) -> None:
    try:
        window = parse_window(number)
    except BadValue:
        return
    assert window.earliest == date(number, 1, 1)
