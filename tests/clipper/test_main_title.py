from __future__ import annotations

import pytest

from tracker.clipper.annotated_article import AnnotatedArticle
from tracker.clipper.main_title import RankedTitle
from tracker.clipper.text import read_text


def ranked(text: str) -> dict[str, RankedTitle]:
    return {one.title.text: one for one in AnnotatedArticle(read_text(text)).ranked_titles}


@pytest.mark.parametrize(
    ("text", "signs"),
    [
        ("Ida Roe will star in the new drama “Low Tide.”", {"<new kind", "most for", "quoted"}),
        ("Netflix's thriller Low Tide is on its way.", {"<new kind", "most for"}),
        ("The project, titled “Low Tide,” has a director.", {"<titled", "most for"}),
        ("She has a role in “Low Tide.”", {"most for"}),
        ("“Low Tide” follows a pilot.", {">tells", "most for"}),
        ("“Low Tide” will premiere on tvN.", {"most for"}),
        ("“Low Tide” star Ida Roe is here.", {"first against"}),
        ("Ida Roe, known for “Low Tide,” is here.", {"first against"}),
        ("She was in “Low Tide” (2016).", {"first against"}),
    ],
)
def test_signs_of_a_place(text: str, signs: set[str]) -> None:
    assert signs <= ranked(text)["Low Tide"].signs


def test_titles_are_compared() -> None:
    found = ranked(
        "Ida Roe will star in “Low Tide.” The cast of “Low Tide” meets.\n\nShe was in “Quay” and “Reed.” Bare Feet ran."
    )
    assert {"most for", "most times", "2 times"} <= found["Low Tide"].signs
    assert {">list", "few for"} <= found["Quay"].signs
    assert {"<list", "few for"} <= found["Reed"].signs
    assert "bare beside quoted" in found["Bare Feet"].signs


def test_title_in_parentheses_is_another_name() -> None:
    found = ranked("“Tidvatten” (“Low Tide”) will premiere in May. “Low Tide” follows a pilot.")
    assert found["Tidvatten"].aliases == {"lowtide"}
    assert {">tells", "2 times"} <= found["Low Tide"].signs
    assert {">tells", "2 times"} <= found["Tidvatten"].signs


def test_title_in_the_headline_of_the_page() -> None:
    annotated = AnnotatedArticle(read_text("Ida Roe will star in “Low Tide,” a drama.", "Ida Roe boards Low Tide"))
    assert "in headline" in annotated.ranked_titles[0].signs
