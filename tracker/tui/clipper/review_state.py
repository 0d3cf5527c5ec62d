"""The rows of the review: an article, what was read out of it, and what the user made of that."""

from __future__ import annotations

from datetime import date
from typing import NamedTuple

from tracker.model.article_draft import Article, Draft, Fact
from tracker.model.draft_review import DraftReview, ReviewLine
from tracker.model.window_parser import parse_said_date
from tracker.text import clean_line
from tracker.tui.clipper import content
from tracker.tui.clipper.article_view import Passage
from tracker.tui.clipper.fact_list import FactRow
from tracker.tui.theme import Glyphs


class ReviewState(NamedTuple):
    """What the clip screen shows; first the shows of a list, then the day, then the facts."""

    article: Article
    draft: Draft
    """As the clipper read it."""
    review: DraftReview
    """As it is worked on."""
    title: str = ""
    """The show of a list for which the article was read; "" where the article says which."""

    @property
    def listed_titles(self) -> tuple[Fact, ...]:
        """The shows of a list, of which one can be picked."""
        return self.draft.titles if self.draft.is_abstained else ()

    @property
    def date_row(self) -> int:
        """The row of the day from which "next year" is counted."""
        return len(self.listed_titles)

    @property
    def first_row(self) -> int:
        """The row to begin at."""
        return 0 if self.listed_titles else self.date_row + 1

    @property
    def date_text(self) -> str:
        """The day as it would be typed."""
        return self.article.published_text or str(self.article.published or "")

    def line_index(self, row: int) -> int | None:
        """Return the index of the review line in a row; None for other rows."""
        index = row - self.date_row - 1
        return index if 0 <= index < len(self.review.lines) else None

    def line_at(self, row: int) -> ReviewLine | None:
        """Return the review line in a row; None for other rows."""
        index = self.line_index(row)
        return self.review.lines[index] if index is not None else None

    def rows(self, glyphs: Glyphs, blank: int | None = None) -> list[FactRow]:
        """Return the rows, one of them blank for being edited."""
        rows = [
            *content.make_title_rows(self.listed_titles),
            FactRow("published", content.describe_date(self.article)),
            *content.make_fact_rows(self.review, glyphs),
        ]
        if blank is not None:
            rows[blank] = rows[blank]._replace(text=content.BLANK)
        return rows

    def passages(self) -> list[Passage]:
        """Return where the article says what would be taken, each with its row."""
        facts = [(fact, row) for row, fact in enumerate(self.listed_titles)]
        for row, line in enumerate(self.review.lines, self.date_row + 1):
            if line.original is not None and line.is_kept:
                facts.append((line.original, row))
        return [Passage(fact.start, fact.end, row) for fact, row in facts if fact.quote]

    def fact_at(self, row: int) -> Fact | None:
        """Return what the article says in a row, dropped or not."""
        line = self.line_at(row)
        return line.original if line is not None else self.listed_titles[row] if row < len(self.listed_titles) else None

    def input_text(self, row: int) -> str:
        """Return a row as one would type it."""
        line = self.line_at(row)
        return line.text if line is not None else self.date_text

    def interpret(self, row: int, text: str, today: date) -> str:
        """Return how a text for a row would be understood, "" if as it is.

        Raises:
            BadValue: The row cannot take the text.
        """
        line = self.line_at(row)
        if line is not None:
            return line.preview(text, self.article.published)
        return f"dates count from {parse_said_date(clean_line(text), today)[0]}" if text.strip() else "unknown"

    def with_text(self, row: int, text: str, today: date) -> ReviewState:
        """Return the state with what was typed for a row; for another day, the article has to be read again.

        Raises:
            BadValue: The row cannot take the text.
        """
        if (index := self.line_index(row)) is not None:
            return self._replace(review=self.review.with_text(index, text, self.article.published))
        if text.strip() == self.date_text:
            return self
        day, day_text = parse_said_date(clean_line(text), today) if text.strip() else (None, "")
        article = self.article._replace(published=day, published_text=day_text, date_source="you" if day else "")
        return self._replace(article=article)

    def with_reading(self, article: Article, draft: Draft, title: str) -> ReviewState:
        """Return the state after another reading; changes to the draft stay if it is of the same show."""
        review = self.review.with_draft(draft) if title == self.title else DraftReview.of(draft)
        return ReviewState(article, draft, review, title)
