from __future__ import annotations

import pytest

from tests.clipper.drafts import TUESDAY, cast_of, draft_of, release_of
from tracker.clipper.extract import extract
from tracker.model.article_draft import Article, Draft

DRAMAS = (
    "May is full of dramas. Here are some of them.", "1. Old Ferry",
    "Ida Roe stars as a pilot. It premieres on tvN on May 14.", "2. Last Tram",
    "Mina Doe plays a driver. It airs on JTBC from May 3.", "3. Night Bus",
    "Jon Poe drives a bus. It premieres on Netflix on May 20.",
)  # fmt: skip


def picked(title: str, *paragraphs: str) -> Draft:
    """Return the draft of the one show of a list that a person picked."""
    return extract(Article("\n\n".join(paragraphs), published=TUESDAY), title)


# Lists


@pytest.mark.parametrize(
    ("headline", "paragraphs"),
    [
        ("8 K-Dramas To Watch In May", DRAMAS),
        ("Three new dramas you should not miss", DRAMAS),
        ("What to watch in May", DRAMAS),
        (
            "What’s new this week: three dramas",
            ("“Old Ferry” comes on Monday.", "“Last Tram” comes on Tuesday.", "“Night Bus” comes on Friday."),
        ),
        (
            "Netflix Unveils Its 2026 Slate",
            (
                "Netflix announced its line-up. “Old Ferry” stars Ida Roe and will premiere in May.",
                "“Last Tram”, a thriller, follows in June. “Night Bus” comes in the fall.",
            ),
        ),
        ("Everything coming to Netflix in May 2026", ("May 1: Old Ferry\nMay 3: Last Tram\nMay 14: Night Bus",)),
        ("Summer 2026 Anime Guide", ("• Old Ferry\n• Last Tram\n• Night Bus", "All of them premiere in July.")),
        (
            "Most Anticipated Films of 2027",
            ("“Old Ferry” (May 14): a boat. “Last Tram” (June 3): a tram. “Night Bus” (July 1): a bus.",),
        ),
        (
            "tvN shows its line-up for the fall",
            (
                "tvN will air three dramas. “Old Ferry” comes in May.",
                "“Last Tram” is next.",
                "“Night Bus” is the last.",
            ),
        ),
    ],
)
def test_list_of_shows(headline: str, paragraphs: tuple[str, ...]) -> None:
    draft = draft_of(headline, *paragraphs)
    assert "list" in draft.reason
    assert draft.facts == ()
    assert {fact.value for fact in draft.titles} == {"Old Ferry", "Last Tram", "Night Bus"}
    assert all(fact.field == "title" and fact.value in fact.quote for fact in draft.titles)


@pytest.mark.parametrize("title", ["Old Ferry", "Last Tram", "Night Bus"])
def test_pick_from_list(title: str) -> None:
    draft = picked(title, "8 K-Dramas To Watch In May", *DRAMAS)
    assert (draft.reason, draft.title) == ("", title)


def test_pick_unknown() -> None:
    assert picked("The Quay", "8 K-Dramas To Watch In May", *DRAMAS).title == ""


# Other articles that are no news of a show


@pytest.mark.parametrize(
    ("headline", "body"),
    [
        ("“Old Ferry” Episodes 3-4 Recap", "Hana steers the boat into the night. In the third episode they quarrel."),
        ("“Old Ferry” Ep 5 Recap: The boat sinks", "Hana steers the boat into the night, and Min follows her."),
        ("“Old Ferry” Recap", "Hana steers the boat into the night, and Min follows her to the last quay."),
        ("Review: “Old Ferry” Is a Slow Delight", "Ida Roe plays the pilot well in the tvN drama, which is slow."),
        ("“Old Ferry” Ending Explained", "Hana drowns, or does she? Ida Roe plays Hana in the tvN drama."),
        ("First Impressions: Old Ferry", "Two episodes in, the tvN drama “Old Ferry” is slow, and Ida Roe is good."),
        ("“Old Ferry” ratings rise to 12 percent", "The tvN drama “Old Ferry” reached 12 percent on Sunday."),
        ("Box office: “Old Ferry” tops the charts", "The film “Old Ferry” made 2 million dollars on Sunday."),
    ],
)
def test_recap(headline: str, body: str) -> None:
    draft = draft_of(headline, body)
    assert "a recap or a review" in draft.reason
    assert (draft.facts, draft.titles) == ((), ())


@pytest.mark.parametrize(
    ("headline", "paragraphs"),
    [
        (
            "Interview: Ida Roe on “Old Ferry” and the sea",
            ("Q: How was it?", "A: It was cold.", "Q: Did you swim?", "A: I did.", "Q: What is next?", "A: Who knows."),
        ),
        (
            "Ida Roe and the sea",
            ("Q. How was “Old Ferry”?", "A. Cold.", "Q. Did you swim?", "A. I did.", "Q. And now?", "A. Who knows."),
        ),
        (
            "Ida Roe talks about playing a pilot in “Old Ferry”",
            ("Ida Roe sat down with us to talk about the drama that ended last week. “I was cold,” she said.",),
        ),
    ],
)
def test_interview(headline: str, paragraphs: tuple[str, ...]) -> None:
    assert "interview" in draft_of(headline, *paragraphs).reason


@pytest.mark.parametrize(
    ("headline", "body"),
    [
        ("Ida Roe Gets Married", "Ida Roe, who starred in “Old Ferry”, married her friend on Monday in Busan."),
        ("Jon Poe to enlist in the army", "The actor will enlist on May 3, 2026. He starred in “Old Ferry” last year."),
        ("Poll: Who should play Hana in “Old Ferry”?", "Tell us who should play Hana: Ida Roe or Mina Doe?"),
        ("The weather is fine today", "The sun shines on the sea and on the boats, and nobody works."),
        ("The sea", "It is wide."),
        ("Ok", ""),
    ],
)
def test_other_subject(headline: str, body: str) -> None:
    draft = draft_of(headline, body)
    assert draft.is_abstained
    assert draft.facts == ()


def test_reason() -> None:
    for headline in ("“Old Ferry” Recap", "Ida Roe Gets Married", "Poll: Who should play Hana?"):
        reason = draft_of(headline, "Hana steers the boat into the night, and Min follows her to the last quay.").reason
        assert reason.endswith(".")
        assert "\n" not in reason


# What only looks so


@pytest.mark.parametrize(
    ("headline", "body"),
    [
        ("Three reasons to watch “Old Ferry”", "tvN’s drama “Old Ferry” stars Ida Roe and premieres on May 14, 2026."),
        (
            "10 years after “Last Tram”, Ida Roe returns with “Old Ferry”",
            "Ida Roe will star in tvN’s drama “Old Ferry”, which premieres on May 14, 2026.",
        ),
        (
            "tvN’s upcoming wedding drama “Old Ferry” adds Ida Roe",
            "Ida Roe will star in tvN’s drama “Old Ferry”, which premieres on May 14, 2026.",
        ),
        (
            "New military drama “Old Ferry” announced",
            "tvN announced “Old Ferry”, a military drama starring Ida Roe, which will premiere on May 14, 2026.",
        ),
        (
            "“Old Ferry” asks who she is",
            "tvN’s drama “Old Ferry” stars Ida Roe. Why did she leave? It premieres on May 14, 2026.",
        ),
        (
            "tvN dates “Old Ferry”",
            "“Old Ferry” will premiere on May 14, 2026. It stars Ida Roe of “Last Tram”, “Night Bus” and “Quay”.",
        ),
    ],
)
def test_news(headline: str, body: str) -> None:
    draft = draft_of(headline, body)
    assert (draft.reason, draft.title, release_of(draft)) == ("", "Old Ferry", "2026-05-14")
    assert "Ida Roe" in cast_of(draft)
