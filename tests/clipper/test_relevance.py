from __future__ import annotations

import pytest

from tracker.clipper.annotated_article import AnnotatedArticle
from tracker.clipper.confidence import NOT_ENGLISH
from tracker.clipper.relevance import find_relevance, listed_titles, reason
from tracker.clipper.text import read_text

NEWS = (
    "Ida Roe will star in the new drama “Old Ferry”, which tvN has ordered.",
    "Filming of “Old Ferry” has begun, and it will premiere in May 2027.",
)
GERMAN = ("Die Serie kommt im Mai und hat viele Schauspieler, sagt der Sender.",) * 4


def annotated(headline: str, *lines: str) -> AnnotatedArticle:
    return AnnotatedArticle(read_text("\n\n".join((headline, *lines)), headline))


@pytest.mark.parametrize(
    ("headline", "lines", "said"),
    [
        ("8 dramas to watch in May", ("Here they are.",), "list"),
        ("Summer anime guide", ("Here it is.",), "list"),
        ("What is new", ("1. Old Ferry", "A boat.", "2. Last Tram", "A tram.", "3. Night Bus", "A bus."), "list"),
        (
            "tvN plans",
            ("The new drama “Old Ferry”.", "The new film “Last Tram”.", "The new drama “Night Bus”."),
            "list",
        ),
        ("“Old Ferry” review", ("I watched all of it.",), "review"),
        (
            "Old Ferry",
            ("I liked the acting in this episode.", "The plot holes and the pacing are less good."),
            "review",
        ),
        ("The end of “Old Ferry” explained", ("It is this.",), "explains"),
        ("Ida Roe", ("Q: What drew you to it?", "A: The boat.", "Q: Do you like it?", "A: I do."), "interview"),
        ("“Old Ferry” tops the box office", ("It made $40 million.",), "takings"),
        ("Ida Roe is dead", ("The actress died in May.", "Her funeral is today."), "person"),
        ("“Old Ferry” on Blu-ray", ("The edition costs 20 dollars.",), "product"),
        ("Ida Roe lacht", GERMAN, "not in English"),
        ("Boats", ("Boats have sails, and the wind moves them.",), "no news"),
        ("", (), "no news"),
    ],
)
def test_reason(headline: str, lines: tuple[str, ...], said: str) -> None:
    assert said in reason(annotated(headline, *lines))


@pytest.mark.parametrize(
    ("headline", "lines", "signs"),
    [
        ("Ida Roe joins “Old Ferry”", NEWS, {"2 kinds of news", "in lead", "news in 0.4"}),
        ("Three dramas to watch", NEWS, {"2 kinds of news", "another kind 2"}),
        ("“Wedding Review” will premiere in May 2027", NEWS, {"2 kinds of news"}),
        ("Boats", ("Boats have sails, and the wind moves them.",), set()),
        ("Boote", GERMAN, {NOT_ENGLISH}),
    ],
)
def test_signs(headline: str, lines: tuple[str, ...], signs: set[str]) -> None:
    found = find_relevance(annotated(headline, *lines)).signs
    assert signs <= found
    assert {one for one in found if one.startswith(("another", "not"))} <= signs | {"another kind 1"}


def test_titles_of_a_list() -> None:
    read = annotated(
        "Dramas to watch", "1. “Old Ferry”", "A boat, after “Far Isle”.", "2. Last Tram: a tram", "3. Night Bus (JTBC)"
    )
    facts = listed_titles(read)
    assert [fact.value for fact in facts] == ["Old Ferry", "Last Tram", "Night Bus"]
    assert [read.article.text[fact.start : fact.end] for fact in facts] == [fact.quote for fact in facts]


def test_titles_of_a_list_without_numbers() -> None:
    read = annotated("Dramas to watch", "The new drama “Old Ferry” is about a boat.", "“Last Tram” will air on JTBC.")
    assert {fact.value for fact in listed_titles(read)} == {"Old Ferry", "Last Tram"}
