"""How the program reads an article itself, to check what a language model says of it."""

from __future__ import annotations

from collections.abc import Iterator

from tracker.clipper.annotated_article import AnnotatedArticle
from tracker.clipper.dates import dates_in
from tracker.clipper.reader import Checks, DatePassage
from tracker.clipper.release import window_of
from tracker.clipper.status import says_status
from tracker.clipper.text import read_text
from tracker.model.article_draft import Article


def make_checks(article: Article, title: str = "") -> Checks:
    """Return the checks of an article, read for the show of a title; "" lets the article say which."""
    annotated = AnnotatedArticle(read_text(article.text, article.headline), article.published, title)

    def read_dates(passage: str) -> Iterator[DatePassage]:
        for said in dates_in(passage, article.published):
            window = window_of(said.window) if not said.is_past else None
            if window is None:
                continue
            if article.published is None or window.latest is None or window.latest >= article.published:
                yield DatePassage(said.start, said.end, window)

    return Checks(lambda at: annotated.whose_at(at).value, lambda passage: tuple(read_dates(passage)), says_status)
