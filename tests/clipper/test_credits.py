from __future__ import annotations

import pytest

from tracker.clipper.annotated_article import AnnotatedArticle
from tracker.clipper.candidate import Candidate
from tracker.clipper.credits import find_credits
from tracker.clipper.names import name_runs
from tracker.clipper.people import find_people
from tracker.clipper.text import read_text

LEAD = "tvN orders the drama “Old Ferry”. “Old Ferry” airs in May."


def candidates(sentence: str) -> list[Candidate]:
    """Return the candidates of an article about a drama, that has this sentence as a paragraph."""
    return list(find_credits(AnnotatedArticle(read_text(f"{LEAD}\n\n{sentence}"))))


def signs(sentence: str, name: str, field: str = "cast") -> set[str]:
    """Return the signs of a person without those of whose clause it is."""
    found = [one.signs for one in candidates(sentence) if one.field == field and one.value == name]
    return {sign.removeprefix("this: ").removeprefix("other: ") for signs in found for sign in signs}


def roles(sentence: str) -> dict[str, str]:
    return {one.of: one.value for one in candidates(sentence) if one.field == "role"}


def people(text: str) -> list[str]:
    article = read_text(text)
    found = find_people(article.sentences, [[] for _ in article.sentences])
    return [one.name for mentions in found.mentions for one in mentions]


# People


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Then Ida Roe met Mina Doe and Ana de Armas.", ["Ida Roe", "Mina Doe", "Ana de Armas"]),
        ("It stars Oscar-nominee Ida Roe in an Ada Doe-starrer.", ["Ida Roe", "Ada Doe"]),
        ("It stars 13-year-old Jyo Naito and TV-actress Ida Roe.", ["Jyo Naito", "Ida Roe"]),
        ("It stars Ida Roe, Ryvo Zhann and Qwil.", ["Ida Roe", "Ryvo Zhann", "Qwil"]),
        ("It stars Ida Roe (“Low Tide”); Ryvo Zhann; and newcomer Xel Qwil.", ["Ida Roe", "Ryvo Zhann", "Xel Qwil"]),
        ("Then Ryvo Zhann will play a nurse.", ["Ryvo Zhann"]),
        ("It was Fumiko Sendou who left.", ["Fumiko Sendou"]),
        ("Golden Club Ida Roe met Ida Roe.", ["Ida Roe", "Ida Roe"]),
        ("It ends well.\n\nIt is long.\n\nRyvo Zhann as Xel Qwil", ["Ryvo Zhann", "Xel Qwil"]),
        ("It was seen in series such as Slow Horns and Crow.", []),
        ("The Old Ferry by Roe Pictures comes to Daily News in Seoul.", []),
    ],
)
def test_people(text: str, expected: list[str]) -> None:
    found = people(text)
    assert [name for name in expected if name not in found] == []
    assert expected or found == []


def test_short_names_are_of_full_ones() -> None:
    article = read_text("It stars Ida Roe and Kim Do-hyun. Then Roe met Do-hyun.")
    found = find_people(article.sentences, [[], []])
    assert {found.full(one.name) for one in found.mentions[1]} == {"Ida Roe", "Kim Do-hyun"}


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("Director Kim Do-hyun and É. Dubois met.", ["Kim Do-hyun", "É. Dubois"]),
        ("Seo In Gol plays Oh Sol.", ["Seo In Gol", "Oh Sol"]),
        ("Then Pakorn “Boy” Chat joins Ida Roe.", ["Pakorn “Boy” Chat", "Ida Roe"]),
        ("On June 3 the actor So Sol met So Ji-gol.", ["So Sol", "So Ji-gol"]),
        ("Mina Doe’s agency and O'Hara Finn met in May, on Friday.", ["Mina Doe", "O'Hara Finn"]),
        ("A Korean drama and a Japanese film met.", []),
    ],
)
def test_name_runs(sentence: str, expected: list[str]) -> None:
    assert [run.text for run in name_runs(sentence)] == expected


# Cast


@pytest.mark.parametrize(
    ("sentence", "name", "expected"),
    [
        ("“Old Ferry” stars Ida Roe and Ada Doe.", "Ada Doe", {"<acts", "list"}),
        ("Ida Roe and Ada Doe have joined the cast of “Old Ferry”.", "Ida Roe", {">acts", "list"}),
        ("The cast includes Ida Roe (“Low Tide”), Ada Doe, Mina Doe and Jo Roe.", "Jo Roe", {"<acts", "long list"}),
        ("Ida Roe stars with Ada Doe.", "Ada Doe", {"<with", ">ends"}),
        ("Ida Roe exits the series.", "Ida Roe", {">leaves"}),
        ("Its previous season starred Ida Roe.", "Ida Roe", {"<past"}),
        ("Ida Roe plays a nurse named Ann Poe.", "Ann Poe", {"character", "character here"}),
        ("Ida Roe and Ada Doe are attached as producers.", "Ada Doe", {">makes", "list"}),
        ("It is based on the novel by Ida Roe.", "Ida Roe", {"<is another", "<makes"}),
    ],
)
def test_signs_of_cast(sentence: str, name: str, expected: set[str]) -> None:
    assert expected <= signs(sentence, name)


def test_what_is_said_of_one_is_not_said_of_the_next() -> None:
    found = signs("The drama is directed by Jon Poe and stars Ida Roe.", "Ida Roe")
    assert "<acts" in found
    assert "<makes" not in found


# Who makes it


@pytest.mark.parametrize(
    ("sentence", "field", "sign"),
    [
        ("It is directed by Jon Poe.", "directors", "directors by"),
        ("Director: Jon Poe", "directors", "directors by"),
        ("Director Jon Poe met the press.", "directors", "directors called"),
        ("Jon Poe will direct the drama.", "directors", "directors after"),
        ("Jon Poe, at the helm, makes his directorial debut.", "directors", "directors after"),
        ("It is written and directed by Jon Poe.", "directors", "directors by"),
        ("It is written and directed by Jon Poe.", "writers", "writers by"),
        ("Jon Poe will serve as showrunner and writer.", "writers", "writers after"),
        ("Ada Doe wrote the script with Jon Poe.", "writers", "writers by"),
    ],
)
def test_makes_the_show(sentence: str, field: str, sign: str) -> None:
    assert sign in signs(sentence, "Jon Poe", field)


@pytest.mark.parametrize(
    "sentence",
    [
        "Jon Poe stars in the drama.",
        "Jon Poe, directed by Ada Doe, stars.",
        "Art director Jon Poe builds a ship.",
        "The novel is written by Jon Poe.",
        "It stars Jon Poe as a director of ships.",
    ],
)
def test_makes_no_show(sentence: str) -> None:
    found = {one.field for one in candidates(sentence) if one.value == "Jon Poe"}
    assert found & {"directors", "writers"} == set()


# Roles


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("It stars Ida Roe as Ann and Ada Doe as the former officer Bo Poe.", {"Ida Roe": "Ann", "Ada Doe": "Bo Poe"}),
        ("Ida Roe will play Ann, a nurse.", {"Ida Roe": "Ann"}),
        ("Ida Roe will play a nurse of Seoul named Ann Poe who leaves.", {"Ida Roe": "Ann Poe"}),
        ("Ida Roe takes on the role of Ann Poe.", {"Ida Roe": "Ann Poe"}),
        ("The nurse Ann Poe is played by Ida Roe.", {"Ida Roe": "Ann Poe"}),
        ("It follows Annelin (Ida Roe) and Bodo (Ada Doe).", {"Ida Roe": "Annelin", "Ada Doe": "Bodo"}),
        ("The cast: Ida Roe (captain Annelin), Ada Doe (nurse Bodo).", {"Ida Roe": "Annelin", "Ada Doe": "Bodo"}),
        ("Ida Roe and Ada Doe will play Ann Poe and Bo Lim.", {"Ida Roe": "Ann Poe", "Ada Doe": "Bo Lim"}),
        ("Ann Poe and Bo Lim are played by Ida Roe and Ada Doe.", {"Ida Roe": "Ann Poe", "Ada Doe": "Bo Lim"}),
        ("Ida Roe stars as well.", {}),
        ("Ida Roe (“Low Tide”) and Ada Doe (“High Tide”) star.", {}),
        ("Ida Roe serves as Executive Producer.", {}),
    ],
)
def test_roles(sentence: str, expected: dict[str, str]) -> None:
    assert roles(sentence) == expected
