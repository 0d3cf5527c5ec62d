from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracker.clipper.dates import DateMention, dates_in
from tracker.model.window_parser import parse_window

TUESDAY = date(2026, 3, 10)
"""The day on which the sentences of these tests are published."""


def edtf(said: DateMention) -> str:
    """Return what a date means; "" where its year cannot be known."""
    return (parse_window(said.window).edtf or "") if said.window else ""


def meanings(sentence: str, published: date | None = TUESDAY) -> list[str]:
    return [edtf(said) for said in dates_in(sentence, published)]


# A year is said


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("on May 14, 2026", "2026-05-14"), ("on May 14th, 2026", "2026-05-14"),
        ("on Thursday, May 14, 2026", "2026-05-14"), ("on 14 May 2026", "2026-05-14"),
        ("on the 14th of May 2026", "2026-05-14"), ("on Sept. 3, 2026", "2026-09-03"),
        ("on 2026-05-14", "2026-05-14"), ("on 2026.05.14", "2026-05-14"), ("on 2026/5/14", "2026-05-14"),
        ("on 5/14/2026", "2026-05-14"), ("on Christmas Day 2027", "2027-12-25"),
        ("on New Year’s Day, 2027", "2027-01-01"), ("in May 2026", "2026-05"), ("in May, 2026", "2026-05"),
        ("in September of 2026", "2026-09"), ("in Sept. 2026", "2026-09"), ("in early May 2026", "2026-05"),
        ("in late December 2027", "2027-12"), ("in the third quarter of 2026", "2026-35"),
        ("in the final quarter of 2026", "2026-36"), ("in Q3 2026", "2026-35"), ("in Q4 of 2026", "2026-36"),
        ("in the first half of 2026", "2026-40"),
        ("in the latter half of 2026", "2026-41"), ("in H2 2026", "2026-41"), ("in spring 2027", "2027-21"),
        ("in Summer 2026", "2026-22"), ("in the fall of 2026", "2026-23"), ("in autumn 2026", "2026-23"),
        ("in winter 2026", "2026-24"), ("in 2027", "2027"), ("in mid-2027", "2027"),
        ("in 2026 or 2027", "2026/2027"), ("in May or June 2027", "2027-05/2027-06"),
        ("in March/April 2027", "2027-03/2027-04"), ("between August and October 2027", "2027-08/2027-10"),
        ("in spring or summer 2027", "2027-03/2027-08"), ("sometime in 2027", "2027"),
    ],
)  # fmt: skip
def test_with_year(words: str, expected: str) -> None:
    for published in (TUESDAY, None, date(2031, 12, 31)):
        assert meanings(f"“Old Ferry” comes out {words}.", published) == [expected]


def test_position() -> None:
    sentence = "“Old Ferry” was due on 14 May 2026, and comes in the summer of 2027 or never."
    assert [sentence[one.start : one.end] for one in dates_in(sentence, TUESDAY)] == ["14 May 2026", "summer of 2027"]


def test_all_in_order() -> None:
    assert meanings("Moved from May 14, 2026 to Q3 2026, it ends in January 2027.") == [
        "2026-05-14", "2026-35", "2027-01",
    ]  # fmt: skip


# A year is to be counted

COUNTED = [
    ("next year", "2027"), ("sometime next year", "2027"), ("at the end of next year", "2027"),
    ("later this year", "2026"), ("this year", "2026"), ("by the end of the year", "2026"),
    ("next month", "2026-04"), ("later this month", "2026-03"), ("in the first half of next year", "2027-40"),
    ("in the second half of this year", "2026-41"), ("in the second half of the year", "2026-41"),
    ("in the fourth quarter of next year", "2027-36"), ("this summer", "2026-22"), ("this fall", "2026-23"),
    ("this coming autumn", "2026-23"), ("next spring", "2027-21"), ("on Friday", "2026-03-13"),
    ("this Friday", "2026-03-13"), ("tomorrow", "2026-03-11"), ("tonight", "2026-03-10"),
    ("on December 24", "2026-12-24"), ("on 24 December", "2026-12-24"), ("on Dec. 24", "2026-12-24"),
    ("on Thursday, May 14", "2026-05-14"), ("on Christmas Eve", "2026-12-24"), ("on Christmas Day", "2026-12-25"),
    ("on Halloween", "2026-10-31"), ("on New Year’s Eve", "2026-12-31"), ("in November", "2026-11"),
    ("in late November", "2026-11"), ("in January", "2027-01"), ("on May 14 this year", "2026-05-14"),
    ("in December this year", "2026-12"), ("in January of next year", "2027-01"),
]  # fmt: skip


@pytest.mark.parametrize(("words", "expected"), COUNTED)
def test_counted_from_publication(words: str, expected: str) -> None:
    assert meanings(f"“Old Ferry” comes out {words}.") == [expected]


@pytest.mark.parametrize("words", [words for words, _ in COUNTED])
def test_without_publication(words: str) -> None:
    assert meanings(f"“Old Ferry” comes out {words}.", None) == [""]


@pytest.mark.parametrize(
    ("words", "published", "expected"),
    [
        ("in January", date(2026, 12, 30), "2027-01"),
        ("on January 5", date(2026, 12, 20), "2027-01-05"),
        ("next month", date(2026, 12, 20), "2027-01"),
        ("next year", date(2026, 1, 1), "2027"),
        ("on Friday", date(2026, 12, 31), "2027-01-01"),
        ("on Thursday", date(2026, 12, 31), "2026-12-31"),
        ("tomorrow", date(2028, 2, 28), "2028-02-29"),
        ("in the first quarter of next year", date(2026, 12, 20), "2027-33"),
        ("this winter", date(2026, 11, 1), "2026-24"),
        ("next spring", date(2026, 11, 1), "2027-21"),
        ("on March 5", date(2026, 3, 10), "2026-03-05"),
    ],
)
def test_over_the_year_end(words: str, published: date, expected: str) -> None:
    assert meanings(f"“Old Ferry” comes out {words}.", published) == [expected]


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("last year", "2025"), ("last month", "2026-02"), ("last summer", "2025-22"), ("last Friday", "2026-03-06"),
        ("yesterday", "2026-03-09"), ("in July last year", "2025-07"),
    ],
)  # fmt: skip
def test_looks_back(words: str, expected: str) -> None:
    (said,) = dates_in(f"“Old Ferry” came out {words}.", TUESDAY)
    assert (edtf(said), said.is_past) == (expected, True)


@pytest.mark.parametrize("words", [words for words, _ in COUNTED])
def test_looks_ahead(words: str) -> None:
    assert not any(said.is_past for said in dates_in(f"“Old Ferry” comes out {words}.", TUESDAY))


def test_weekday_behind_a_verb() -> None:
    assert meanings("“Old Ferry” premieres Friday at 9 p.m.") == ["2026-03-13"]
    assert meanings("It airs Mondays, and opens Monday and Tuesday.") == []


# No date


@pytest.mark.parametrize(
    "sentence",
    [
        "The book has 1,000 pages.",
        "The tale has 2,027 pages.",
        "It may be late.",
        "You may see it in cinemas.",
        "May Kim will play the cook.",
        "May told us so.",
        "April Song, June Moon, August Lee and Summer Park will star.",
        "They march to the sea.",
        "The first 24 hours are the hardest.",
        "It cost 2 million won, or $2027 a day.",
        "It is made for Channel 4.",
        "It is told in episode 12 of season 2.",
        "It has 10 episodes of 60 minutes each.",
        "It is set in the 1990s.",
        "7ORDER and 2PM sing in it.",
        "A second half of the season was ordered.",
        "She is 24 years old.",
        "It reached 12.5 percent of 3,400 households.",
        "They fall in love where the spring of a clock broke.",
        "The 2024 Olympics were near.",
        "At 8:30 p.m. she takes a train.",
        "The year 3000 is far.",
        "Sunday in the Park is a film.",
        "She teaches at a Sunday school.",
        "Cast: Ida Roe, Mina Doe",
        "",
        "옛날 집은 곧 온다",
    ],
)
def test_no_date(sentence: str) -> None:
    assert meanings(sentence) == []
    assert meanings(sentence, None) == []


@pytest.mark.parametrize(
    "sentence", ["It aired on February 30, 2026.", "It aired on 31 June 2026.", "It aired on 2026-13-45."]
)
def test_no_day_of_the_calendar(sentence: str) -> None:
    assert not any(len(meaning) > len("2026-07") for meaning in meanings(sentence))


# Anything

PIECES = st.lists(
    st.sampled_from([
        "May", " ", "14", "31", ", ", "2026", "-", "/", ".", "Q", "H2", "half of ", "the second ", "next ", "last ",
        "this ", "year", "month", "Friday", "on ", "summer", "early ", "or ", "’s Day", "Christmas", "Feb", "29", "٣",
    ]),
    max_size=25,
).map("".join)  # fmt: skip


@given(PIECES, st.none() | st.dates(date(1900, 1, 1), date(2100, 12, 31)))
def test_any_text(text: str, published: date | None) -> None:
    at = 0
    for said in dates_in(text, published):
        assert at <= said.start < said.end <= len(text)
        at = said.end
        if said.window:
            parse_window(said.window)
