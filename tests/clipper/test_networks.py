from __future__ import annotations

import pytest

from tests.clipper.drafts import draft_of


def networks(*paragraphs: str, headline: str = "Ida Roe to lead “Old Ferry”") -> set[str]:
    """Return who shows the drama of an article."""
    draft = draft_of(headline, "Ida Roe will star in the drama “Old Ferry”.", *paragraphs)
    assert draft.title == "Old Ferry"
    return set(draft.names("networks"))


@pytest.mark.parametrize(
    "sentence",
    [
        "“Old Ferry” will premiere on Netflix in May.",
        "“Old Ferry” will stream exclusively on Netflix.",
        "“Old Ferry” is a Netflix series about a pilot.",
        "Netflix has ordered “Old Ferry”.",
        "Netflix announced on Monday that it will make “Old Ferry”.",
        "The Netflix original “Old Ferry” tells of a pilot.",
        "Netflix’s “Old Ferry” tells of a pilot.",
        "It will be released on Netflix.",
        "The series comes to Netflix in May.",
        "It was ordered by Netflix.",
        "It has been picked up by Netflix.",
        "Netflix will carry it in all the world.",
    ],
)
def test_network(sentence: str) -> None:
    assert networks(sentence) == {"Netflix"}


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("“Old Ferry” will air on tvN and stream on TVING.", {"tvN", "TVING"}),
        ("“Old Ferry” will air on tvN and Netflix.", {"tvN", "Netflix"}),
        ("“Old Ferry” will air on tvN and on Netflix.", {"tvN", "Netflix"}),
        ("“Old Ferry” will premiere on Prime Video.", {"Prime Video"}),
        ("“Old Ferry” will premiere on Disney+.", {"Disney+"}),
        ("“Old Ferry” will premiere on Apple TV+.", {"Apple TV+"}),
        ("“Old Ferry” will air on BBC One.", {"BBC One"}),
        ("“Old Ferry” will air on Channel 4.", {"Channel 4"}),
        ("“Old Ferry” will air on TV Tokyo.", {"TV Tokyo"}),
        ("“Old Ferry” will air on KBS2 in May.", {"KBS2"}),
        ("JTBC’s “Old Ferry” tells of a pilot.", {"JTBC"}),
        ("“Old Ferry” is made for HBO Max.", {"HBO Max"}),
    ],
)
def test_network_names(sentence: str, expected: set[str]) -> None:
    assert networks(sentence) == expected


@pytest.mark.parametrize(
    "sentence",
    [
        "Roe is known for the Netflix series “Last Tram”.",
        "Roe was last seen in Netflix’s “Last Tram”.",
        "She rose to fame with “Last Tram”, which aired on Netflix.",
        "Meanwhile, “Last Tram” will premiere on Netflix in June.",
        "Director Jon Poe made “Last Tram” for Netflix.",
        "Jon Poe, a former head of Netflix, said that it was late.",
    ],
)
def test_network_of_other_works(sentence: str) -> None:
    assert networks("“Old Ferry” will air on tvN in May.", sentence) == {"tvN"}


@pytest.mark.parametrize(
    "sentence",
    [
        "It is not known who will show it.",
        "It has no network yet.",
        "The sky is grey and the stars now show a fox to the max.",
        "It is binge material for a lifetime, and makes history.",
    ],
)
def test_common_words(sentence: str) -> None:
    assert networks(sentence) == set()


def test_counted_once() -> None:
    draft = draft_of(
        "Netflix orders “Old Ferry”",
        "Netflix has ordered the drama “Old Ferry”. It will stream on Netflix. Netflix announced it on Monday.",
    )
    assert draft.names("networks") == ("Netflix",)
