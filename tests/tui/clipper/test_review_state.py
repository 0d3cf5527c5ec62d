from __future__ import annotations

from datetime import date

import pytest

from tests.model import drafts
from tests.model.drafts import LIST, TEXT
from tracker.errors import BadValue
from tracker.model.article_draft import Article
from tracker.model.draft_review import DraftReview
from tracker.tui.clipper.content import PERHAPS, describe_count
from tracker.tui.clipper.review_state import ReviewState
from tracker.tui.theme import UNICODE

TODAY = date(2026, 12, 1)


def state_of(text: str, title: str = "", published: date | None = date(2026, 11, 20)) -> ReviewState:
    article = Article(text, published=published)
    draft = drafts.read(article, title)
    return ReviewState(article, draft, DraftReview.of(draft), title)


def row_of(state: ReviewState, words: str) -> int:
    return next(n for n, row in enumerate(state.rows(UNICODE)) if words in f"{row.label} {row.text.plain}")


def test_rows_begin_with_the_day() -> None:
    state = state_of(TEXT)
    assert (state.article_row, state.fact_row, state.first_row) == (0, 3, 3)
    rows = state.rows(UNICODE, blank=3)
    assert [(row.label, row.mark) for row in rows[:3]] == [("published", None), ("source", None), ("link", None)]
    assert (rows[3].label, rows[3].text.plain) == ("title", "")
    assert state.fact_at(0) is None
    assert state.line_index(len(rows)) is None


def test_rows_of_a_list_begin_with_its_titles() -> None:
    state = state_of(LIST)
    assert [fact.value for fact in state.listed_titles] == ["Paper Lanterns", "Tin Harbour"]
    assert (state.article_row, state.first_row) == (2, 0)
    fact = state.fact_at(1)
    assert fact is not None
    assert fact.value == "Tin Harbour"
    assert state.line_at(1) is None


def test_passages_are_of_kept_facts() -> None:
    state = state_of(TEXT)
    row, index = row_of(state, "release"), state.line_index(row_of(state, "release"))
    assert index is not None
    assert row in [passage.number for passage in state.passages()]
    dropped = state._replace(review=state.review.toggle(index))
    assert row not in [passage.number for passage in dropped.passages()]
    assert dropped.rows(UNICODE)[row].mark is False
    assert describe_count(dropped.review) == "8 of 9 kept"
    assert describe_count(state.review) == ""


def test_text_of_a_fact_is_edited() -> None:
    state = state_of(TEXT)
    row = row_of(state, "Ines Valdor")
    assert state.input_text(row) == "Ines Valdor = the Diver"
    edited = state.with_text(row, "Ines Valdor = the Pilot", TODAY)
    assert edited.rows(UNICODE)[row].text.plain == "Ines Valdor  as the Pilot  edited by you"
    assert edited.article == state.article


def test_text_of_the_day_changes_the_article() -> None:
    state = state_of(TEXT)
    assert state.input_text(0) == "2026-11-20"
    assert state.with_text(0, "2026-11-20", TODAY) == state
    other = state.with_text(0, "2026-02", TODAY)
    assert (other.article.published_text, other.article.date_source) == ("2026-02", "you")
    assert other.review == state.review
    assert state.with_text(0, " ", TODAY).article.published is None
    with pytest.raises(BadValue, match="Not a date"):
        state.with_text(0, "someday", TODAY)


def test_interpret_says_what_a_text_means() -> None:
    state = state_of(TEXT)
    assert state.interpret(0, "2027-02-03", TODAY) == "dates count from 2027-02-03"
    assert state.interpret(0, "", TODAY) == "unknown"
    assert state.interpret(row_of(state, "release"), "2027-Q3", TODAY) == "Jul–Sep 2027"


def test_interpret_counts_from_the_article() -> None:
    state = state_of(TEXT, published=date(2024, 6, 28))
    row = row_of(state, "release")
    assert state.interpret(row, "next year", TODAY) == "Jan–Dec 2025"
    fact = state.with_text(row, "next year", TODAY).review.draft.fact("release")
    assert fact is not None
    assert fact.value == "2025"
    assert state.interpret(0, "yesterday", TODAY) == "dates count from 2026-11-30"


def test_reading_again_keeps_changes_of_the_same_show() -> None:
    state = state_of(TEXT)
    row, index = row_of(state, "Ren"), state.line_index(row_of(state, "Ren"))
    assert index is not None
    dropped = state._replace(review=state.review.toggle(index))
    assert dropped.with_reading(state.article, state.draft, "").rows(UNICODE)[row].mark is False
    assert dropped.with_reading(state.article, state.draft, "Other").rows(UNICODE)[row].mark is True


def test_source_and_link_are_typed() -> None:
    state = state_of(TEXT)
    said, link = state.rows(UNICODE)[1:3]
    assert "unknown; press Enter" in said.text.plain
    assert "no link" in link.text.plain
    linked = state.with_text(2, "https://kestrel.example/lamp", TODAY)
    assert linked.rows(UNICODE)[1].text.plain == "kestrel.example  from the link"
    named = linked.with_text(1, " Kestrel  News ", TODAY)
    assert (named.article.outlet, named.article.url) == ("Kestrel News", "https://kestrel.example/lamp")
    assert (named.input_text(1), named.input_text(2)) == ("Kestrel News", "https://kestrel.example/lamp")
    assert named.with_text(2, "", TODAY).article.url == ""
    assert state.interpret(1, "Kestrel", TODAY) == ""
    with pytest.raises(BadValue, match="Not a link"):
        state.interpret(2, "kestrel", TODAY)
    other_day = named.article._replace(outlet="", url="", published=date(2026, 2, 1))
    again = named.with_reading(other_day, named.draft, "").article
    assert (again.outlet, again.published) == ("Kestrel News", date(2026, 2, 1))


def test_offered_rows_have_a_heading_and_a_confidence() -> None:
    article = Article(TEXT, published=date(2026, 11, 20))
    draft = drafts.read_more(article)
    state = ReviewState(article, draft, DraftReview.of(draft))
    offered = state.rows(UNICODE)[-4:]
    assert [(row.heading, row.label, row.text.plain, row.mark) for row in offered] == [
        (PERHAPS, "cast", "Ida Roe  as Ann  60 %", False),
        ("", "writer", "Mira Sol  40 %, by llama3", False),
        ("", "release", "Jun 2027 (said: “a year later than was hoped”)  35 %", False),
        ("", "title", "Lamp  25 %", False),
    ]
