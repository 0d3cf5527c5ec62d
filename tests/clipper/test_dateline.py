from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracker.clipper.dateline import published_in

TODAY = date(2026, 11, 23)
BODY = "Harbour TV said that “Old Ferry” will come out on 14 May 2027, a year after “Last Tram” (May 1, 2026)."


@pytest.mark.parametrize(
    "line",
    [
        "Nov 3 2026", "November 3, 2026", "3 November 2026", "Tuesday, November 3rd, 2026", "Tue 3 Nov. 2026",
        "2026-11-03", "2026.11.03.", "2026년 11월 3일", "2026年11月3日", "November 3, 2026, 9:30 am",
        "November 3, 2026 at 9:30 PM EST", "2026-11-03 09:30", "4:49 pm - 2026/11/03", "Published: November 3, 2026",
        "First published on 3 November 2026", "Posted November 3, 2026 by Ida Roe", "By Mina Doe | November 3, 2026",
        "by Mina Doe, November 3, 2026", "NOVEMBER 3, 2026", "Published 11:11 PM EST Nov 3, 2026",
        "Posted by Ida Roe on November 3, 2026",
        "Published : Nov. 3, 2026 - 09:30:25", "기사입력 :[ 2026-11-03 15:24 ]", "입력 2026.11.03 15:24",
    ],
)  # fmt: skip
def test_line_is_a_date(line: str) -> None:
    assert published_in(f"Old Ferry is dated\n\n{line}\n\n{BODY}", TODAY) == date(2026, 11, 3)


@pytest.mark.parametrize(
    "start",
    [
        "SEOUL, November 3, 2026 (Pier Press) -- ",
        "Seoul, South Korea, 3 Nov 2026 – ",
        "November 3, 2026 — ",
        "BUSAN, Nov. 3, 2026 /Pier Press/ ",
    ],
)
def test_before_first_sentence(start: str) -> None:
    assert published_in(f"Old Ferry is dated\n\n{start}{BODY}", TODAY) == date(2026, 11, 3)


@pytest.mark.parametrize(
    "text",
    [
        BODY, f"4:49 pm - 10/12/2018\n\n{BODY}", f"Nov 31 2026\n\n{BODY}", f"November 2026\n\n{BODY}",
        f"November 3\n\n{BODY}", f"Release date: May 14, 2027\n\n{BODY}", f"Old Ferry – May 14, 2027\n\n{BODY}",
        f"Netflix, May 14, 2027\n\n{BODY}", f"Updated: May 14, 2027\n\n{BODY}",
        f"By Ida Roe Updated May 14, 2027\n\n{BODY}", f"May 14, 2027 | Netflix\n\n{BODY}",
        f"May 14, 2027 – mark that day.\n\n{BODY}", f"“Old Ferry”, May 14, 2027: {BODY}",
        f"May 14, 2027 is the day.\n\n{BODY}", f"{BODY}\n\n" * 6 + "May 14, 2027", "",
        f"Premiere\n\nMay 14, 2027\n\n{BODY}", f"First release date:\n\nMay 14, 2027\n\n{BODY}", "\n\n\n",
    ],
)  # fmt: skip
def test_no_dateline(text: str) -> None:
    assert published_in(text, date(2030, 1, 1)) is None


def test_no_day_to_come() -> None:
    assert published_in("Nov 24 2026", TODAY) == date(2026, 11, 24)
    assert published_in("Nov 25 2026\nNov 3 2026", TODAY) == date(2026, 11, 3)
    assert published_in("Nov 25 2026", TODAY) is None


@given(st.text(st.sampled_from("by Nov 3, 2026年月日:-–|/·.(\n\t“A"), max_size=200))
def test_any_text(text: str) -> None:
    published_in(text, TODAY)


@pytest.mark.parametrize("unit", ["A, ", "May 1, ", "by ", " - ", "May 1, 2026 (", "\n", "1:00 ", "Published ", "A "])
def test_edges_of_long_text(unit: str) -> None:
    assert published_in(unit * 300_000, TODAY) is None
