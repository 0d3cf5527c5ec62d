"""Nothing that people write as a date is read wrongly, and as much is read as once was."""

from __future__ import annotations

import pytest

from tests.model.date_corpus import LANGUAGES, Row, Verdict, judge, measure, share_read

# What was reached; change it with the parser, and only for the better. A date read wrongly is worse than one refused.
READ = {"chinese": 0.98, "english": 0.99, "german": 0.99, "japanese": 1.0, "korean": 0.97, "numbers": 1.0}
WRONG = {"chinese": 13, "english": 18, "german": 6, "japanese": 8, "korean": 8, "numbers": 7}


@pytest.mark.parametrize("language", LANGUAGES)
def test_dates_as_people_write_them(language: str) -> None:
    results = measure(language)
    wrong = [result for result in results if result.verdict is Verdict.WRONG]
    assert len(wrong) <= WRONG[language], wrong
    assert share_read(results) >= READ[language]


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
