from __future__ import annotations

import pytest

from tracker.clipper.annotated_article import AnnotatedArticle
from tracker.clipper.events import Event, find_events, governing
from tracker.clipper.tagged import TaggedSentence
from tracker.clipper.text import read_text


def tagged(sentence: str) -> TaggedSentence:
    return AnnotatedArticle(
        read_text(f"The drama series “Old Ferry” is about a captain.\n\n{sentence}"), title="Old Ferry"
    ).tagged[1]


def events(sentence: str) -> tuple[Event, ...]:
    return find_events(tagged(sentence))


@pytest.mark.parametrize(
    ("sentence", "kind", "subject", "mode"),
    [
        ("“Old Ferry” premieres soon.", "out", "title", ""),
        ("The series will stream soon.", "out", "it", "ahead"),
        ("The drama, starring Ida Roe and Mina Doe, airs soon.", "out", "it", ""),
        ("“Old Ferry”, a drama about a boat, airs soon.", "out", "title", ""),
        ("“Old Ferry” was to air soon.", "out", "title", "originally"),
        ("It won’t air soon.", "out", "it", "not"),
        ("It aired.", "out", "it", "past"),
        ("Netflix launches the series soon.", "out", "it", ""),
        ("Netflix launches soon.", "out", "network", ""),
        ("The trailer of “Old Ferry” drops soon.", "out", "thing", ""),
        ("Her next film opens soon.", "out", "another", ""),
        ("Ida Roe returns soon.", "out", "person", ""),
        ("Set to air soon, the drama has a director.", "out", "it", "ahead"),
        ("The production of the series starts soon.", "film", "it", ""),
        ("Netflix will postpone “Old Ferry”.", "move", "title", "ahead"),
        ("The series shared a teaser.", "say", "it", "past"),
    ],
)
def test_event(sentence: str, kind: str, subject: str, mode: str) -> None:
    found = events(sentence)[-1]
    assert (found.kind, found.subject, found.mode) == (kind, subject, mode)


def test_what_governs_a_place() -> None:
    sentence = tagged("The series began filming in Busan and will air here; the novel was published there.")
    found = find_events(sentence)
    before, after = governing(found, sentence.text.index("here"))
    assert (before.kind if before else "", after) == ("out", None)
    before, after = governing(found, sentence.text.index("there"))
    assert (before.kind if before else "", after) == ("life", None)
    before, after = governing(found, 0)
    assert (before, after.kind if after else "") == (None, "film")


def test_nothing_happens() -> None:
    assert events("The captain has a dog.") == ()
