from __future__ import annotations

from datetime import date

import pytest

from tests.clipper.drafts import draft_of
from tracker.model.status import Status

SHOW = "tvN’s drama “Old Ferry”"
BARE = "the drama “Old Ferry”"


def status(
    *paragraphs: str, headline: str = "Ida Roe and “Old Ferry”", published: date | None = date(2026, 3, 10)
) -> str:
    """Return the status that an article tells, "" for none."""
    draft = draft_of(headline, *paragraphs, published=published)
    assert not draft.is_abstained
    return draft.status.value if draft.status is not None else ""


@pytest.mark.parametrize(
    "sentence",
    [
        f"Ida Roe will star in {SHOW}.",
        f"tvN has ordered {BARE}, in which Ida Roe stars.",
        f"tvN announced {BARE}, starring Ida Roe.",
        f"{SHOW} premiered on May 14, 2024 and has been renewed. Season 2 will premiere in 2027.",
        f"{SHOW} has been greenlit. Ida Roe stars.",
        f"Ida Roe is in talks to star in {SHOW}.",
        f"Ida Roe is considering an offer to lead {SHOW}.",
        f"Ida Roe will star in {SHOW}, which will premiere in 2027.",
        f"Ida Roe will star in {SHOW}. It is not known when filming begins.",
    ],
)
def test_announced(sentence: str) -> None:
    assert status(sentence) == Status.ANNOUNCED.value


@pytest.mark.parametrize(
    "sentence",
    [
        f"Ida Roe will star in {SHOW}. Filming begins in May.",
        f"Ida Roe will star in {SHOW}, which is set to begin filming in May 2026.",
        f"Ida Roe will star in {SHOW}. It will start shooting next month in Busan.",
        f"Ida Roe will star in {SHOW}. Production is expected to start in the second half of the year.",
        f"{SHOW}, starring Ida Roe, is in pre-production.",
        f"Ida Roe and the cast of {SHOW} met for the first script reading.",
    ],
)
def test_pre_production(sentence: str) -> None:
    assert status(sentence) == Status.PRE_PRODUCTION.value


@pytest.mark.parametrize(
    "sentence",
    [
        f"{SHOW}, starring Ida Roe, is currently filming.",
        f"{SHOW}, starring Ida Roe, began filming in January 2026.",
        f"{SHOW}, starring Ida Roe, is in the middle of production and aims for next year.",
        f"Filming of {SHOW}, starring Ida Roe, is under way in Busan.",
        f"Ida Roe stars in {SHOW}. Production has begun.",
        f"Ida Roe stars in {SHOW}. Cameras are rolling in Busan.",
        f"Ida Roe stars in {SHOW}. Principal photography started last week.",
        f"Ida Roe stars in {SHOW}, which is in production.",
    ],
)
def test_filming(sentence: str) -> None:
    assert status(sentence) == Status.FILMING.value


@pytest.mark.parametrize(
    "sentence",
    [
        f"{SHOW}, starring Ida Roe, has wrapped filming.",
        f"{SHOW}, starring Ida Roe, wrapped in February.",
        f"Ida Roe stars in {SHOW}. It began filming in May 2025 and wrapped in January 2026.",
        f"Ida Roe stars in {SHOW}. Filming has finished.",
        f"Ida Roe stars in {SHOW}, which is in post-production.",
        f"Ida Roe stars in {SHOW}. The cast completed filming last month, and the drama will premiere next year.",
    ],
)
def test_post_production(sentence: str) -> None:
    assert status(sentence) == Status.POST_PRODUCTION.value


@pytest.mark.parametrize(
    "sentence",
    [
        f"{SHOW}, starring Ida Roe, will premiere on May 14, 2026.",
        f"{SHOW}, starring Ida Roe, will premiere on May 14, 2026. It wrapped filming in January.",
        f"{SHOW}, starring Ida Roe, will premiere on Friday.",
        f"{SHOW}, starring Ida Roe, has been delayed to September 3, 2026.",
        f"{SHOW}, starring Ida Roe, has been moved to September 3, 2026 from November 5, 2026.",
    ],
)
def test_scheduled(sentence: str) -> None:
    assert status(sentence) == Status.SCHEDULED.value


@pytest.mark.parametrize(
    "sentence",
    [
        f"{SHOW}, starring Ida Roe, has been postponed indefinitely.",
        f"{SHOW}, starring Ida Roe, has been put on hold.",
        f"tvN has postponed {BARE}. It was originally scheduled for May 14, 2026.",
        f"{SHOW}, starring Ida Roe, was supposed to premiere on May 14, 2026 but has been delayed.",
    ],
)
def test_postponed(sentence: str) -> None:
    assert status(sentence, headline="tvN postpones “Old Ferry”") == Status.POSTPONED.value


@pytest.mark.parametrize(
    "sentence",
    [
        f"{SHOW}, starring Ida Roe, has been cancelled.",
        f"tvN has scrapped {BARE}, starring Ida Roe.",
        f"tvN has pulled the plug on {BARE}, starring Ida Roe.",
        f"{SHOW}, starring Ida Roe, will not be moving forward.",
        f"{SHOW} was canceled. Ida Roe was to star. It had been due on May 14, 2025.",
    ],
)
def test_cancelled(sentence: str) -> None:
    assert status(sentence, headline="“Old Ferry” is off") == Status.CANCELLED.value


@pytest.mark.parametrize(
    "sentence",
    [
        "“Old Ferry” is reportedly in the works. tvN has not confirmed the rumor. Ida Roe might star.",
        "Rumor has it that a drama called “Old Ferry” is in the works with Ida Roe. tvN declined to comment.",
    ],
)
def test_rumored(sentence: str) -> None:
    assert status(sentence, headline="“Old Ferry” rumored") == Status.RUMORED.value


@pytest.mark.parametrize(
    "sentence",
    [
        f"{SHOW}, starring Ida Roe, is now airing.",
        f"{SHOW}, starring Ida Roe, premiered on March 2, 2026.",
        f"{SHOW}, starring Ida Roe, is now streaming on Netflix.",
    ],
)
def test_out(sentence: str) -> None:
    draft = draft_of("“Old Ferry” is here", sentence)
    assert draft.status is not None
    assert draft.status.is_out


# What another work or person does, and what does not happen


@pytest.mark.parametrize(
    "sentence",
    [
        "“Last Tram” has been cancelled.",
        "Roe is known for “Last Tram”, which was cancelled in 2024.",
        "“Last Tram” has been postponed indefinitely.",
        "“Last Tram” is currently filming.",
        "Roe has wrapped filming on “Last Tram”.",
        "“Last Tram” is now airing.",
        "“Last Tram” premiered in May 2024.",
        "It replaces “Last Tram”, which is now airing.",
        "Filming has not begun.",
    ],
)
def test_other_works(sentence: str) -> None:
    assert status(f"Ida Roe will star in {SHOW}.", sentence) == Status.ANNOUNCED.value


def test_quote() -> None:
    draft = draft_of("tvN tells of “Old Ferry”", f"{SHOW} stars Ida Roe. It is currently filming in Busan. It is long.")
    fact = draft.fact("status")
    assert fact is not None
    assert (fact.value, fact.quote) == ("filming", "It is currently filming in Busan.")
