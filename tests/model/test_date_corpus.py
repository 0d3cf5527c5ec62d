"""Dates as people write them: none is read wrongly, all that can be read are."""

from __future__ import annotations

import pytest

from tests.model.date_corpus import LANGUAGES, Row, Verdict, ask_parser, judge, measure, share_read

# What takes a date back, or makes it another fact.
DENIALS = {
    "chinese": ("不是{}", "原定{}", "{}取消"),
    "english": ("never {}", "originally {}", "delayed from {}", "{} cancelled", "{} episodes"),
    "german": ("nicht mehr {}", "ursprünglich {}", "{} abgesagt"),
    "japanese": ("当初{}", "{}ではない", "{}中止"),
    "korean": ("당초 {}", "{} 아님", "{} 취소"),
    "numbers": ("was {}", "{} cancelled", "{} episodes"),
}


@pytest.mark.parametrize("language", LANGUAGES)
def test_dates_as_people_write_them(language: str) -> None:
    results = measure(language)
    assert [result for result in results if result.verdict is Verdict.WRONG] == []
    assert share_read(results) == 1.0


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_denied_date_is_no_date(language: str) -> None:
    rows = [result.row for result in measure(language) if result.verdict is Verdict.READ]
    denied = [row._replace(text=denial.format(row.text)) for row in rows for denial in DENIALS[language]]
    assert [row for row in denied if ask_parser(row) != "refuse"] == []


@pytest.mark.parametrize(
    ("expected", "answer", "verdict"),
    [
        ("2027-05-14", "2027-05-14", Verdict.READ),
        ("2027-05-14", "2027-05-01/2027-05-31", Verdict.WRONG),
        ("2027-05-14", "refuse", Verdict.MISSED),
        ("2027-05-14", "ask 2027-05-14 2028-05-14", Verdict.MISSED),
        ("2027-05-14 | refuse", "ask 2027-05-14 2028-05-14", Verdict.ASKED),
        ("2027-05-14 | 2028-05-14", "ask 2027-05-14 2028-05-14", Verdict.ASKED),
        ("2027-05-14", "ask 2028-05-14 2029-05-14", Verdict.WRONG),
        ("ask 2027-03-04 2027-04-03", "ask 2027-03-04 2027-04-03", Verdict.ASKED),
        ("ask 2027-03-04 2027-04-03", "2027-03-04", Verdict.WRONG),
        ("refuse", "2027-01-01/2027-12-31", Verdict.WRONG),
        ("refuse", "ask 2027-03-04 2027-04-03", Verdict.WRONG),
    ],
)
def test_judge(expected: str, answer: str, verdict: Verdict) -> None:
    assert judge(Row("a text", None, tuple(expected.split(" | "))), answer) is verdict
