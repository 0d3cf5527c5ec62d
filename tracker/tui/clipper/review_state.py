"""The rows of the review: an article, what was read out of it, and what the user made of that."""

from __future__ import annotations

from datetime import date
from typing import NamedTuple

from tracker.model.article_draft import Article, Draft, Fact
from tracker.model.draft_review import DraftReview, ReviewLine
from tracker.model.links import parse_link
from tracker.model.window_parser import parse_said_date
from tracker.text import clean_line
from tracker.tui.clipper import content
from tracker.tui.clipper.article_view import Passage
from tracker.tui.clipper.content import ARTICLE_FIELDS
from tracker.tui.clipper.fact_list import FactRow
from tracker.tui.theme import Glyphs


class ReviewState(NamedTuple):
    """What the clip screen shows: the shows of a list, then the article's day, source and link, then the facts."""

    article: Article
    draft: Draft
    """As the clipper read it."""
    review: DraftReview
    """As it is worked on."""
    title: str = ""
    """The show of a list for which the article was read; "" where the article says which."""

    @property
    def listed_titles(self) -> tuple[Fact, ...]:
        """The shows of a list; one can be picked."""
        return self.draft.titles if self.draft.is_abstained else ()

    @property
    def article_row(self) -> int:
        """The first row of `ARTICLE_FIELDS`."""
        return len(self.listed_titles)

    @property
    def fact_row(self) -> int:
        """The row of the first line of the review."""
        return self.article_row + len(ARTICLE_FIELDS)

    @property
    def first_row(self) -> int:
        """The row to begin at."""
        return 0 if self.listed_titles else self.fact_row

    @property
    def date_text(self) -> str:
        """The day as it would be typed."""
        return self.article.published_text or str(self.article.published or "")

    def article_field(self, row: int) -> str:
        """Return which of `ARTICLE_FIELDS` is in a row; "" for other rows."""
        index = row - self.article_row
        return ARTICLE_FIELDS[index] if 0 <= index < len(ARTICLE_FIELDS) else ""

    def line_index(self, row: int) -> int | None:
        """Return the index of the review line in a row; None for other rows."""
        index = row - self.fact_row
        return index if 0 <= index < len(self.review.lines) else None

    def line_at(self, row: int) -> ReviewLine | None:
        """Return the review line in a row; None for other rows."""
        index = self.line_index(row)
        return self.review.lines[index] if index is not None else None

    def rows(self, glyphs: Glyphs, blank: int | None = None) -> list[FactRow]:
        """Return the rows, one of them blank for being edited."""
        rows = [
            *content.make_title_rows(self.listed_titles),
            *content.make_article_rows(self.article),
            *content.make_fact_rows(self.review, glyphs),
        ]
        if blank is not None:
            rows[blank] = rows[blank]._replace(text=content.BLANK)
        return rows

    def passages(self) -> list[Passage]:
        """Return where the article says what would be taken, each with its row."""
        facts = [(fact, row) for row, fact in enumerate(self.listed_titles)]
        for row, line in enumerate(self.review.lines, self.fact_row):
            if line.is_included and line.evidence is not None:
                facts.append((line.evidence, row))
        return [Passage(fact.start, fact.end, row) for fact, row in facts if fact.quote]

    def fact_at(self, row: int) -> Fact | None:
        """Return what the article says in a row, taken or not."""
        line = self.line_at(row)
        return line.evidence if line is not None else self.listed_titles[row] if row < self.article_row else None

    def input_text(self, row: int) -> str:
        """Return a row as one would type it."""
        line = self.line_at(row)
        texts = dict(zip(ARTICLE_FIELDS, (self.date_text, self.article.outlet, self.article.url), strict=True))
        return line.text if line is not None else texts[self.article_field(row)]

    def interpret(self, row: int, text: str, today: date) -> str:
        """Return how a text for a row would be understood, "" if as it is.

        Raises:
            BadValue: The row cannot take the text.
        """
        line = self.line_at(row)
        if line is not None:
            return line.preview(text, self.article.published)
        if self.article_field(row) == "published":
            return f"dates count from {parse_said_date(clean_line(text), today)[0]}" if text.strip() else "unknown"
        self.with_text(row, text, today)
        return ""

    def with_text(self, row: int, text: str, today: date) -> ReviewState:
        """Return the state with what was typed for a row; for another day, the article has to be read again.

        Raises:
            BadValue: The row cannot take the text.
        """
        if (index := self.line_index(row)) is not None:
            return self._replace(review=self.review.with_text(index, text, self.article.published))
        match self.article_field(row):
            case "source":
                article = self.article._replace(outlet=clean_line(text))
            case "link":
                article = self.article._replace(url=parse_link(text))
            case _ if text.strip() == self.date_text:
                article = self.article
            case _:
                day, words = parse_said_date(clean_line(text), today) if text.strip() else (None, "")
                source = "you" if day else ""
                article = self.article._replace(published=day, published_text=words, date_source=source)
        return self._replace(article=article)

    def with_reading(self, article: Article, draft: Draft, title: str) -> ReviewState:
        """Return the state after the article was read as of another day or for another show.

        Source and link stay as they are, and so do changes to the draft if it is of the same show.
        """
        review = self.review.with_draft(draft) if title == self.title else DraftReview.of(draft)
        mine = self.article
        return ReviewState(article._replace(outlet=mine.outlet, url=mine.url), draft, review, title)
