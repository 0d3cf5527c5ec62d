from __future__ import annotations

import pytest

from tracker.clipper.annotated_article import AnnotatedArticle
from tracker.clipper.scope import Whose
from tracker.clipper.text import read_text

START = "Ida Roe will star in “Low Tide,” a new drama. "


def whose(text: str, word: str) -> Whose:
    annotated = AnnotatedArticle(read_text(text), title="Low Tide")
    return annotated.whose_at(text.index(word))


@pytest.mark.parametrize(
    ("text", "word", "expected"),
    [
        (START, "Ida", Whose.THIS),
        (START + "The series is written by Jon Poe.", "Jon", Whose.THIS),
        (START + "Jon Poe was last seen in “Quay” with Mina Doe.", "Mina", Whose.OTHER),
        (START + "Jon Poe, who played in “Quay,” will direct.", "Quay", Whose.OTHER),
        (START + "Jon Poe, who played in “Quay,” will direct.", "will direct", Whose.THIS),
        (START + "Jon Poe, known for “Quay,” is set to direct.", "to direct", Whose.THIS),
        (START + "It is from the makers of “Quay.”", "makers", Whose.THIS),
        (START + "Meanwhile, Mina Doe boards “Quay.” Lou Lim writes.", "Lou", Whose.OTHER),
        (START + "“Quay” will air too.\n\nLou Lim is here.", "Lou", Whose.UNCLEAR),
    ],
)
def test_whose_it_is(text: str, word: str, expected: Whose) -> None:
    assert whose(text, word) is expected
