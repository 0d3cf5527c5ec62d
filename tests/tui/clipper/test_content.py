from __future__ import annotations

from datetime import date

import pytest

from tracker.model.article_draft import Article, Draft, Fact, Mark, MarkKind
from tracker.model.draft_review import DraftReview, ReviewLine
from tracker.model.window_parser import parse_window
from tracker.tui.clipper.content import (
    article_title,
    describe_date,
    describe_evidence,
    describe_mark,
    describe_value,
    keyword_spans,
    make_fact_rows,
    release_wording,
)
from tracker.tui.theme import ASCII, UNICODE


def release(value: str, quote: str) -> Fact:
    return Fact("release", value, quote, 0, 1.0, window=parse_window(value))


@pytest.mark.parametrize(
    ("value", "quote", "words"),
    [
        (
            "2027",
            "The agency added that they go ahead with a goal of showing it sometime next year.",
            "sometime next year",
        ),
        ("2027-05", "It comes to Lumen in May.", "in May"),
        ("2026-12-24", "It premieres on December 24 with three episodes.", "December 24"),
        ("2026-12-24", "It premieres on 24 December.", "24 December"),
        ("2026", "The drama, which is due later this year, is long.", "later this year"),
        ("2026-11-27", "They said this week that it comes on Friday.", "on Friday"),
        ("2027-05-14", "It premieres on May 14, 2027.", ""),
        ("2027-05", "It comes in May 2027.", ""),
        ("2027", "They hope for it soon, " * 20, ""),
        ("2027", "in a year", "in a year"),
        ("TBA", "No date was given.", "No date was given."),
    ],
)
def test_release_wording(value: str, quote: str, words: str) -> None:
    assert release_wording(release(value, quote)) == words


@pytest.mark.parametrize(
    ("value", "quote", "words"),
    [
        ("2027-09", "It was to come in May; it will now premiere in September 2027.", "September 2027"),
        ("2027-05-14", "After 2025 and June 2026 it premieres on May 14, 2027, in May.", "May 14, 2027"),
        ("2027", "They hope to show it in 2027.", "2027"),
        ("2027", "They said on Friday that it comes next year.", "next year"),
        ("2026-12-24", "It premieres on December 24, unlike in 2025.", "December 24"),
        ("TBA", "No date was given in 2026.", ""),
    ],
)
def test_keyword_spans_of_a_release(value: str, quote: str, words: str) -> None:
    assert "".join(quote[start:end] for start, end in keyword_spans(release(value, quote))) == words


def test_keyword_spans_of_a_name_and_role() -> None:
    fact = Fact("cast", "Abel Kuro", "and abel kuro plays (Ren)", 10, 1.0, role="(Ren)")
    assert keyword_spans(fact) == [(14, 23), (30, 35)]


def test_release_wording_of_many_dates_is_fast() -> None:
    assert release_wording(release("2027", "early late next " * 20_000)) == ""


def test_describe_an_edited_fact() -> None:
    read, mine = release("2027", "next year"), Fact("release", "2028", "", 0, 1.0, window=parse_window("2028"))
    assert describe_value(ReviewLine("release", read, read), UNICODE).plain == "2027 (said: “next year”)"
    assert describe_value(ReviewLine("release", read, mine), UNICODE).plain == "2028  edited by you"
    assert "not stated" in describe_value(ReviewLine("release"), UNICODE).plain
    assert describe_evidence(ReviewLine("release", read, mine), with_quote=False) == ("edited by you; read as 2027")
    assert describe_evidence(ReviewLine("release", None, mine), with_quote=True) == "edited by you"
    assert describe_evidence(ReviewLine("release", read, read), with_quote=True) == "“next year”"
    assert describe_evidence(ReviewLine("release", read, read), with_quote=False) == ""


def test_describe_a_status() -> None:
    fact = Fact("status", "filming", "on set", 0, 1.0)
    assert describe_value(ReviewLine("status", fact, fact), UNICODE).plain == "◑ filming"
    assert describe_value(ReviewLine("status", fact, fact), ASCII).plain == "f filming"


def test_describe_mark() -> None:
    def used(kind: MarkKind, value: str) -> str:
        return describe_mark(Mark(0, 1, kind, value, (0, 1)), review)

    said, offered = Fact("cast", "Mina Doe", "", 0, 1.0, "Ann"), Fact("directors", "Ida Roe", "", 0, 0.6)
    review = DraftReview.of(Draft((said,), perhaps=(offered,)))
    assert used(MarkKind.PERSON, "Mina Doe") == "Mina Doe: cast"
    assert used(MarkKind.PERSON, "Ann") == "Ann: role of Mina Doe"
    assert used(MarkKind.PERSON, "Ida Roe") == "Ida Roe: not in the draft; perhaps director"
    assert used(MarkKind.TITLE, "Salt Line") == "Salt Line: not in the draft; looks like a title"


def test_article_title() -> None:
    assert article_title(Article("text")) == "Article"
    assert article_title(Article("text", outlet="Kestrel", published=date(2026, 5, 1))) == "Kestrel, 1 May 2026"
    url = "https://www.kestrel.example/a"
    assert article_title(Article("text", published=date(2026, 5, 31), published_text="2026-05", url=url)) == (
        "kestrel.example, 2026-05"
    )


def test_describe_date() -> None:
    assert (
        describe_date(Article("text", published=date(2026, 5, 1), date_source="the page")).plain
        == "1 May 2026  from the page"
    )
    assert (
        describe_date(Article("text", published=date(2026, 5, 1), date_source="--published")).plain
        == "1 May 2026  from you"
    )
    assert "unknown" in describe_date(Article("text")).plain


def test_empty_row_says_what_it_can_take_and_what_was_taken() -> None:
    offer = Fact("title", "Salt Road", "Salt Road", 0, 0.7)
    review = DraftReview.of(Draft((), perhaps=(offer,)))
    assert make_fact_rows(review, UNICODE)[0].text.plain == "perhaps Salt Road  70 %; Space adds it"
    assert make_fact_rows(review.toggle(0), UNICODE)[0].text.plain == "Salt Road  70 %  taken below"
