from __future__ import annotations

import pytest

from tracker.clipper.annotated_article import AnnotatedArticle
from tracker.clipper.networks import find_networks
from tracker.clipper.text import read_text


def networks(*sentences: str) -> dict[str, frozenset[str]]:
    annotated = AnnotatedArticle(read_text("\n\n".join(sentences)), title="Old Ferry")
    return {one.value: one.signs for one in find_networks(annotated)}


@pytest.mark.parametrize(
    ("sentence", "sign"),
    [
        ("“Old Ferry” will air on Netflix.", "on: title"),
        ("The series premieres in May on Netflix.", "on: it"),
        ("The new drama was ordered by the streaming service Netflix.", "on: it"),
        ("The book comes out with Netflix.", "on: thing"),
        ("Netflix has ordered “Old Ferry”.", "does"),
        ("Netflix’s new drama “Old Ferry” has a director.", "'s new"),
        ("It is a new Netflix series, “Old Ferry”.", "'s new"),
        ("“Old Ferry”, by the former Netflix writer, has a director.", "formerly"),
        ("The series is on Netflix Korea.", "name"),
    ],
)
def test_sign(sentence: str, sign: str) -> None:
    assert sign in networks(sentence)["Netflix"]


def test_networks_beside_each_other() -> None:
    found = networks(
        "tvN and TVING: the drama “Old Ferry” will air on tvN.", "It is on tvN in May. HBO Max and HBO have none of it."
    )
    assert {"most", "first"} <= found["tvN"]
    assert not {"most", "first"} & (found["HBO"] | found["HBO Max"])


def test_network_of_another_work() -> None:
    found = networks("“Old Ferry” is a drama.", "Meanwhile, Ida Roe’s film “Low Tide” comes to Netflix.")
    assert {"other", "other: on: work"} <= found["Netflix"]
