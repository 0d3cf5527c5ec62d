from __future__ import annotations

import pytest

from tracker.clipper.about import find_about
from tracker.clipper.annotated_article import AnnotatedArticle
from tracker.clipper.candidate import Candidate
from tracker.clipper.text import read_text

FIRST = "Ida Roe will star in “Old Ferry”, as tvN said."


def candidates(field: str, *sentences: str) -> list[Candidate]:
    annotated = AnnotatedArticle(read_text("\n\n".join((FIRST, *sentences))), title="Old Ferry")
    return [one for one in find_about(annotated) if one.field == field]


def values(field: str, *sentences: str) -> list[str]:
    return [one.value for one in candidates(field, *sentences) if one.confidence > 0.5]


@pytest.mark.parametrize(
    ("sentence", "kind", "signs"),
    [
        ("“Old Ferry” is a new film about a boat.", "film", {"it 1", "it at title", "more", "first"}),
        ("The movie “Old Ferry” opens in theaters in May.", "film", {"it 1", "it at title", "more"}),
        ("“Old Ferry” has eight episodes, and they air in May.", "series", {"it 1", "more"}),
        ("The drama “Old Ferry” will air on Mondays and Tuesdays.", "series", {"it at title", "it 1"}),
        ("“Old Ferry” is a drama film.", "film", {"it at title", "first"}),
    ],
)
def test_kind(sentence: str, kind: str, signs: set[str]) -> None:
    found = {one.value: one.signs for one in candidates("kind", sentence)}
    assert signs <= found[kind]


def test_kind_of_another_work() -> None:
    assert candidates("kind", "She is best known for the film “Last Tram”.") == []


@pytest.mark.parametrize(
    "sentence",
    [
        "“Old Ferry” tells of a pilot who loses his boat to a friend.",
        "The new series follows a pilot who loses his boat to a friend.",
        "Set in Lisbon, “Old Ferry” is about a pilot who loses his boat.",
        "It is set in a harbour where every boat has its own song.",
    ],
)
def test_story(sentence: str) -> None:
    assert values("synopsis", sentence) == [sentence]


def test_story_with_a_label() -> None:
    story = "A pilot loses his boat to a friend, and finds it again."
    assert values("synopsis", f"Synopsis: {story}") == values("synopsis", "Synopsis", story) == [story]


@pytest.mark.parametrize(
    "sentence",
    [
        "“Old Ferry” is set to premiere on tvN in the month of May.",
        "It follows news that the channel has ordered another drama.",
        "The story of the series is about boats, said its director.",
        "“Last Tram” tells of a driver who loses his tram to a friend.",
        "“Old Ferry” tells of a boat.",
    ],
)
def test_no_story(sentence: str) -> None:
    assert values("synopsis", sentence) == []


@pytest.mark.parametrize(
    ("sentence", "lands"),
    [
        ("The Korean drama “Old Ferry” comes in May.", ["South Korea"]),
        ("“Old Ferry” is an upcoming Japanese series.", ["Japan"]),
        ("“Old Ferry” is based on the Japanese drama “Last Tram”.", []),
        ("The Korean actress Ida Roe likes “Old Ferry”.", []),
    ],
)
def test_country(sentence: str, lands: list[str]) -> None:
    assert values("countries", sentence) == lands


@pytest.mark.parametrize(
    ("sentence", "places"),
    [
        ("“Old Ferry” was filmed in Lisbon and Seoul.", ["Lisbon", "Seoul"]),
        ("The series is set in Seoul in May 2027.", ["Seoul"]),
        ("“Last Tram” was filmed in Lisbon.", []),
        ("The series is shot in May 2027 on boats.", []),
    ],
)
def test_location(sentence: str, places: list[str]) -> None:
    assert values("locations", sentence) == places
