from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracker.clipper.language.names import is_person, name_runs, tokens


def people(sentence: str) -> list[str]:
    return [run.text for run in name_runs(sentence) if is_person(run.words)]


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("Ida Roe met Mina Doe.", ["Ida Roe", "Mina Doe"]),
        ("Director Kim Do-hyun and Ana de Armas-Poe met.", ["Kim Do-hyun", "Ana de Armas-Poe"]),
        ("Actress Ida Roe and actor Mina Doe met.", ["Ida Roe", "Mina Doe"]),
        ("Park Do Young, Lee Ha-hyuk and IVO will star.", ["Park Do Young", "Lee Ha-hyuk", "IVO"]),
        ("Seo In Gol plays Oh Sol.", ["Seo In Gol", "Oh Sol"]),
        ("It stars J.K. Doe and Robert Roe Jr.", ["J.K. Doe", "Robert Roe Jr"]),
        ("Then So Ji-ha left.", ["So Ji-ha"]),
        ("Then Pakorn “Boy” Chat joins Ida Roe.", ["Pakorn “Boy” Chat", "Ida Roe"]),
        ("With Ida van der Berg and Luis del Toro-Poe it is full.", ["Ida van der Berg", "Luis del Toro-Poe"]),
        ("She met É. Dubois and Žofia Řehoř.", ["É. Dubois", "Žofia Řehoř"]),
        ("Then Ida Roe-Doe, 24, met O'Hara Finn.", ["Ida Roe-Doe", "O'Hara Finn"]),
        ("Mina Doe’s agency and Mina Doe's friend met.", ["Mina Doe", "Mina Doe"]),
    ],
)
def test_name_runs(sentence: str, expected: list[str]) -> None:
    assert people(sentence) == expected


@pytest.mark.parametrize(
    "sentence",
    [
        "It comes in May, on Friday or in December.", "It was shot in Seoul, Tokyo and Berlin.",
        "A Korean drama and a Japanese film met.", "then there was nothing", "배우 김도현이 나온다.",
        "The 1987 drama had 12 episodes.", "",
    ],
)  # fmt: skip
def test_no_people(sentence: str) -> None:
    assert people(sentence) == []


PIECES = st.lists(
    st.sampled_from([
        "Ida", "Roe", " ", " ", "de ", "van ", ". ", ", ", "’s ", "'", "“", "”", "-", "J.K.", "May", "Oh", "So ",
        "Will", "the ", "배", "É", "ﬁ", "2PM", "ǅ", "\n", "Seoul", "Inc",
    ]),
    max_size=30,
).map("".join)  # fmt: skip


@given(PIECES)
def test_any_text(text: str) -> None:
    at = 0
    for run in name_runs(text):
        assert text[run.start : run.end] == run.text != ""
        assert at <= run.start
        assert run.words
        at = run.end
    for token in tokens(text):
        assert text[token.start : token.end] == token.text
