from __future__ import annotations

import pytest

from tests.clipper.drafts import draft_of
from tracker.clipper.titles.mentions import looks_like_title
from tracker.clipper.titles.ranking import key

ON_NETFLIX = "will premiere on Netflix on May 14, 2026."


def in_marks(before: str, after: str) -> str:
    """Return the title of an article that marks it so, and does so in its sentence alone."""
    return draft_of("Netflix announces a new drama", f"{before}Old Ferry{after} {ON_NETFLIX}").title


# Marks


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("“", "”"), ('"', '"'), ("‘", "’"), ("'", "'"), ("The drama “", "”"), ("“", ",” a drama about a pilot,"),
        ('"', '," a drama about a pilot,'), ("Netflix’s “", "”"), ("《", "》"), ("「", "」"), ("『", "』"),
    ],
)  # fmt: skip
def test_marked(before: str, after: str) -> None:
    assert in_marks(before, after) == "Old Ferry"


@pytest.mark.parametrize(
    "title",
    [
        "The Baker’s Son", "Love, Actually Late", "Who Are You, Ida?", "Old Ferry: The Return", "Old Ferry 2",
        "1987 Quay Street", "A Boat in the Middle of the Sea", "Ferry", "Doctor Doe", "Mr. Ferry",
        "My Father the Pilot", "Run!", "낡은 배",
    ],
)  # fmt: skip
@pytest.mark.parametrize("marks", ["“{}”", "‘{}’"])
def test_forms(title: str, marks: str) -> None:
    marked = marks.format(title)
    draft = draft_of(f"Netflix orders {marked}", f"Netflix has ordered {marked}, a drama. {marked} stars Ida Roe.")
    assert draft.title == title


def test_apostrophe() -> None:
    draft = draft_of("Netflix orders 'The Baker's Son'", "Netflix has ordered 'The Baker's Son', a drama about a boy.")
    assert draft.title == "The Baker's Son"


def test_square_brackets() -> None:
    draft = draft_of(
        "[Ferry no Ko] Gets Live-Action Series", "Prime Video has ordered a series of [Ferry no Ko]. It stars Ida Roe."
    )
    assert draft.title == "Ferry no Ko"


# No marks


@pytest.mark.parametrize(
    ("headline", "sentence"),
    [
        ("Netflix Orders The Long Quay Starring Ida Roe", "Netflix has ordered The Long Quay, a thriller series."),
        ("Ida Roe to Star in Drama The Long Quay", "Ida Roe will star in the drama The Long Quay, tvN announced."),
        ("The Long Quay Sets Premiere Date", "The Long Quay will premiere on May 14, 2026 on Netflix."),
        ("The Long Quay: Ida Roe Joins", "Ida Roe has joined the cast of The Long Quay, the upcoming Netflix series."),
    ],
)
def test_unmarked(headline: str, sentence: str) -> None:
    draft = draft_of(headline, f"{sentence} The Long Quay tells of a pilot.")
    assert draft.title == "The Long Quay"


@pytest.mark.parametrize(
    "title",
    ["“Old Ferry” (낡은 배)", "“Old Ferry” (“낡은 배”)", "“Old Ferry” (literal title)", "“Old Ferry” (working title)"],
)
def test_parentheses(title: str) -> None:
    assert draft_of(f"Ida Roe to lead {title}", f"tvN’s drama {title} will star Ida Roe.").title == "Old Ferry"


def test_headline_in_capitals() -> None:
    draft = draft_of(
        "NETFLIX ORDERS OLD FERRY", "Netflix has ordered the thriller Old Ferry. Old Ferry comes out in 2027."
    )
    assert (draft.title, draft.names("networks")) == ("Old Ferry", ("Netflix",))
    draft = draft_of("NETFLIX ORDERS “OLD FERRY”", "Netflix has ordered the thriller “Old Ferry”. It stars Ida Roe.")
    assert draft.title == "Old Ferry"


def test_person_in_headline() -> None:
    draft = draft_of(
        "Ida Roe joins untitled drama",
        "Ida Roe, known for “Last Tram”, will star in an untitled tvN drama. It will premiere in 2027.",
    )
    assert (draft.title, [one.actor for one in draft.cast]) == ("", ["Ida Roe"])


# Other works, and words that nobody calls a work


@pytest.mark.parametrize(
    "sentence",
    [
        "Ida Roe (“Last Tram”) will lead tvN’s new drama “Old Ferry”.",
        "Ida Roe, known for “Last Tram”, will lead tvN’s new drama “Old Ferry”.",
        "Ida Roe of “Last Tram” fame leads the drama “Old Ferry”. She was last seen in the hit “Night Bus”.",
        "“Old Ferry” is based on the novel “A Boat at Dawn” by Mina Doe. tvN will air “Old Ferry” in May.",
        "tvN’s “Old Ferry” will premiere on May 14, after “Last Tram”, which ends on May 8.",
        "From the makers of “Last Tram” comes “Old Ferry”, a drama that will premiere on tvN on May 14.",
        "Director Jon Poe, who made “Last Tram” and “Night Bus”, will direct the drama “Old Ferry” for tvN.",
        "“Last Tram” won four awards last year. Its writer now pens “Old Ferry”, a new drama that tvN ordered.",
    ],
)
def test_other_works(sentence: str) -> None:
    assert draft_of("tvN tells of “Old Ferry”", sentence).title == "Old Ferry"
    assert draft_of("tvN tells of a new drama", sentence).title == "Old Ferry"


@pytest.mark.parametrize(
    "speech",
    [
        "“We Waited So Long,” said Roe. “This Is Wonderful.”",
        "She wrote: “Thank You All”.",
        "The tagline reads “No Way Back”.",
        "“I have never been on a boat before,” Roe said, “and it shows.”",
    ],
)
def test_speech(speech: str) -> None:
    draft = draft_of("Ida Roe joins a drama", f"Ida Roe will star in the tvN drama “Old Ferry”. {speech}")
    assert draft.title == "Old Ferry"


@pytest.mark.parametrize(
    "sentence",
    [
        "An untitled drama by Jon Poe, who directed “Last Tram”, will premiere on tvN in 2027.",
        "The drama does not have a title yet. Jon Poe (“Last Tram”) will direct it for tvN, which airs it in 2027.",
    ],
)
def test_untitled(sentence: str) -> None:
    assert draft_of("tvN orders a drama", sentence).title == ""


def test_position() -> None:
    draft = draft_of("tvN orders “Old Ferry”", "It was late. tvN has ordered the drama “Old Ferry”. It stars Ida Roe.")
    title = draft.fact("title")
    assert title is not None
    assert "Old Ferry" in title.quote


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("Old Ferry", True), ("A Boat in the Middle of the Sea", True), ("1987", True), ("낡은 배", True),
        ("we waited for it", False), ("We waited so long for it", False), ("", False), ("!?", False),
        ("Wait " * 20, False),
    ],
)  # fmt: skip
def test_title_case(words: str, expected: bool) -> None:
    assert looks_like_title(words) is expected


@pytest.mark.parametrize(
    ("one", "other"), [("Old Ferry", "OLD FERRY"), ("The Baker’s Son", "The Baker's Son"), ("Who? Me!", "who me")]
)
def test_key(one: str, other: str) -> None:
    assert key(one) == key(other) != key("Last Tram")
