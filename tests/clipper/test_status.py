from __future__ import annotations

from datetime import date

import pytest

from tracker.clipper.annotated_article import AnnotatedArticle
from tracker.clipper.status import find_statuses, says_status
from tracker.clipper.text import read_text
from tracker.model.status import Status


def statuses(*sentences: str) -> dict[str, frozenset[str]]:
    lead = "“Old Ferry” is a drama series about a captain."
    article = AnnotatedArticle(read_text("\n\n".join((lead, *sentences))), date(2026, 3, 10), title="Old Ferry")
    return {one.value: one.signs for one in find_statuses(article)}


def strongest(*sentences: str) -> str:
    return next((value for value, signs in statuses(*sentences).items() if "strongest" in signs), "")


@pytest.mark.parametrize(
    ("sentence", "status"),
    [
        ("“Old Ferry” has been cancelled after one season.", "cancelled"),
        ("tvN cancels “Old Ferry”.", "cancelled"),
        ("“Old Ferry” will not go forward at tvN.", "cancelled"),
        ("tvN pushed “Old Ferry” to 2027.", "postponed"),
        ("The premiere of “Old Ferry” has been postponed.", "postponed"),
        ("The series has been put on hold.", "postponed"),
        ("“Old Ferry” will premiere on May 14.", "scheduled"),
        ("The series is slated to air in the second half of 2026.", "scheduled"),
        ("“Old Ferry” is now streaming on Netflix.", "airing"),
        ("Filming for “Old Ferry” has wrapped.", "post-production"),
        ("The series has finished filming in Busan.", "post-production"),
        ("The drama, starring Ida Roe, is in post-production.", "post-production"),
        ("“Old Ferry” is currently filming in Busan.", "filming"),
        ("The production on the series is underway.", "filming"),
        ("Filming of the show has also reportedly begun.", "filming"),
        ("Filming on the series is expected to wrap in May.", "filming"),
        ("Ida Roe starts filming Old Ferry", "filming"),
        ("Ida Roe starts filming the series in May.", "pre-production"),
        ("Production is set to begin in May.", "pre-production"),
        ("The series will start filming later this year.", "pre-production"),
        ("The cast met for the first script reading of the series.", "pre-production"),
        ("Ida Roe is in talks to lead the series.", "rumored"),
        ("Ida Roe has received an offer for the series.", "rumored"),
        ("Ida Roe has been cast as the captain of the series.", "announced"),
        ("Netflix has ordered “Old Ferry”.", "announced"),
    ],
)
def test_cue(sentence: str, status: str) -> None:
    assert strongest(sentence) == status


@pytest.mark.parametrize(
    "sentence",
    [
        "Details of the story are under wraps.",
        "The series has not been cancelled.",
        "“Old Ferry” was to premiere on May 14.",
        "The press conference of the series has been cancelled for the press event.",
        "It has ten episodes.",
        "The press event for “Old Ferry” was postponed.",
        "Her military discharge was delayed.",
        "Filming of the series is not expected to begin this year.",
        "“Old Ferry” premieres today.",
        "“Old Ferry” premieres on March 9.",
        "Her next film opens on May 14.",
    ],
)
def test_nothing_understood(sentence: str) -> None:
    assert strongest(sentence) == ""


@pytest.mark.parametrize(
    ("sentences", "status"),
    [
        (("Ida Roe will star in “Old Ferry”.", "Filming of the series begins in May."), "pre-production"),
        (("Filming of the series began in January.", "Ida Roe will star in “Old Ferry”."), "filming"),
        (("Filming for the series has wrapped.", "“Old Ferry” premieres on May 14."), "scheduled"),
        (("“Old Ferry” premieres on May 14.", "The series has been postponed."), "postponed"),
        (("Ida Roe is in talks for “Old Ferry”.", "Mina Doe has been cast in “Old Ferry”."), "rumored"),
    ],
)
def test_what_outranks_what(sentences: tuple[str, ...], status: str) -> None:
    assert strongest(*sentences) == status


def test_filming_that_is_not_understood_is_no_announcement() -> None:
    found = statuses("Ida Roe will star in “Old Ferry”.", "The series films like a play, and shooting felt long.")
    assert "outranked" in found["announced"]


def test_another_work_says_nothing() -> None:
    found = statuses("Meanwhile, Ida Roe is currently filming “Low Tide”.")
    assert "sure" not in found["filming"]


def test_status_words_and_their_denial() -> None:
    assert says_status("It has wrapped filming", Status.POST_PRODUCTION) is not None
    assert says_status("It isn’t delayed", Status.POSTPONED) is None
    assert says_status("It isn’t cheap; it is delayed", Status.POSTPONED) == 22
    assert says_status("It is not moving forward", Status.CANCELLED) is not None
    assert says_status("It is blue", Status.FILMING) is None
    assert says_status("The series is on hold", Status.HIATUS) is not None
    assert says_status("It premiered in May", Status.RELEASED) is not None
