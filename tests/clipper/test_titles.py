from __future__ import annotations

import pytest

from tracker.clipper.annotated_article import AnnotatedArticle
from tracker.clipper.text import read_text
from tracker.clipper.titles import title_key


def titles(text: str) -> list[str]:
    return [title.text for title in AnnotatedArticle(read_text(text)).works]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Ida Roe stars in “Low Tide,” a drama for tvN.", ["Low Tide"]),
        ("He will direct Netflix thriller The Salt Road with Ida Roe.", ["The Salt Road"]),
        ("The channel airs The Salt Road on Friday June 12th at 10 PM.", ["The Salt Road"]),
        ("They shot Salt Road in 2025 and on Monday.", ["Salt Road"]),
        ("She joins Max Poe's Silver Quay next.", ["Silver Quay"]),
        ("She joins the drama Baker's Dozen next.", ["Baker's Dozen"]),
        ("He is in the drama Hai Tang Meng 海棠梦 now.", ["Hai Tang Meng"]),
        ("He renewed “Low Tide” and “Silver Quay Season 2” at once.", ["Low Tide", "Silver Quay"]),
        ("She was cast in Legend of Hua Bu Mi, a drama.", ["Legend of Hua Bu Mi"]),
        ("The cast of The Night Boys, a drama about rowers, has met.", ["The Night Boys"]),
        ("They met at The Night Boys concert.", []),
        ("Pakorn “Boy” Chatchawan plays him.", []),
        ("It was the 19th of her 10-part C-dramas.", []),
        ("Ida Roe said “I was so happy to be there.”", []),
    ],
)
def test_titles_that_are_found(text: str, found: list[str]) -> None:
    assert titles(text) == found


def test_title_is_found_again_without_quotation_marks() -> None:
    annotated = AnnotatedArticle(
        read_text("“Quay” Adds Ida Roe\n\nIda Roe will star in “Quay,” a drama. Quay will air in May.")
    )
    assert [(title.text, len(title.mentions)) for title in annotated.works] == [("Quay", 3)]


@pytest.mark.parametrize(
    ("one", "other"), [("The Salt Road", "salt-road"), ("It’s Salt", "Its Salt"), ("소금 길", "소금길"), ("A", "a")]
)
def test_titles_that_are_the_same(one: str, other: str) -> None:
    assert title_key(one) == title_key(other)
