"""The bench: an article, what was read out of it and what its reader made of that, as rows of one list."""

from __future__ import annotations

from typing import NamedTuple

from tracker.model.article import Article
from tracker.model.draft import Draft, Fact
from tracker.model.sheet import Line, Sheet, read_line, sheet_of
from tracker.model.window_parse import read_said
from tracker.text import clean_line
from tracker.tui import clip_words as words
from tracker.tui.theme import Signs
from tracker.tui.widgets.article import Passage
from tracker.tui.widgets.facts import Row


class Bench(NamedTuple):
    """What the clip screen shows; first the shows of a list, then the day, then the facts."""

    article: Article
    read: Draft
    """As the clipper read it."""
    sheet: Sheet
    """As it is worked on."""
    title: str = ""
    """The show of a list for which the article was read; "" where the article says which."""

    @property
    def picks(self) -> tuple[Fact, ...]:
        """The shows of a list, of which one can be picked."""
        return self.read.titles if self.read.is_abstained else ()

    @property
    def day_row(self) -> int:
        """The row of the day from which "next year" is counted."""
        return len(self.picks)

    @property
    def first(self) -> int:
        """The row to begin at."""
        return 0 if self.picks else self.day_row + 1

    @property
    def day(self) -> str:
        """The day as it would be typed."""
        return self.article.published_text or str(self.article.published or "")

    def at(self, row: int) -> int | None:
        """Return the line of the sheet that a row shows; None for other rows."""
        at = row - self.day_row - 1
        return at if 0 <= at < len(self.sheet.lines) else None

    def line(self, row: int) -> Line | None:
        """Return what `at` counts."""
        at = self.at(row)
        return self.sheet.lines[at] if at is not None else None

    def rows(self, signs: Signs, blank: int | None = None) -> list[Row]:
        """Return the rows; one may be left blank, to be written in."""
        rows = [
            *words.title_rows(self.picks),
            Row("published", words.day_words(self.article)),
            *words.fact_rows(self.sheet, signs),
        ]
        if blank is not None:
            rows[blank] = rows[blank]._replace(text=words.BLANK)
        return rows

    def passages(self) -> list[Passage]:
        """Return where the article says what would be taken, each with its row."""
        facts = [(fact, row) for row, fact in enumerate(self.picks)]
        for row, line in enumerate(self.sheet.lines, self.day_row + 1):
            if line.read is not None and line.is_kept:
                facts.append((line.read, row))
        return [Passage(fact.start, fact.end, row) for fact, row in facts if fact.quote]

    def fact(self, row: int) -> Fact | None:
        """Return what the article says in a row, be it dropped or not."""
        line = self.line(row)
        return line.read if line is not None else self.picks[row] if row < len(self.picks) else None

    def typed(self, row: int) -> str:
        """Return what would be typed for a row."""
        line = self.line(row)
        return line.typed if line is not None else self.day

    def meant(self, row: int, text: str) -> str:
        """Return what a text for a row would be understood as; "" where that is the text itself.

        Raises:
            BadValue: The text is none for this row.
        """
        line = self.line(row)
        if line is not None:
            return read_line(line, text)
        return f"counted from {read_said(clean_line(text))[0]}" if text.strip() else "not known"

    def written(self, row: int, text: str) -> Bench:
        """Return the bench with what was typed for a row; another day is only noted, for the article to be read again.

        Raises:
            BadValue: The text is none for this row.
        """
        at = self.at(row)
        if at is not None:
            return self._replace(sheet=self.sheet.written(at, text))
        if text.strip() == self.day:
            return self
        day, said = read_said(clean_line(text)) if text.strip() else (None, "")
        article = self.article._replace(published=day, published_text=said, said="you" if day else "")
        return self._replace(article=article)

    def read_as(self, article: Article, draft: Draft, title: str) -> Bench:
        """Return the bench after another reading; what was done to the draft stays if it is of the same show."""
        sheet = self.sheet.read_again(draft) if title == self.title else sheet_of(draft)
        return Bench(article, draft, sheet, title)
