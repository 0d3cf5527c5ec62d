"""How the program reads an article itself, to check what a language model says of it."""

from __future__ import annotations

from collections.abc import Iterator

from tracker.clipper.language.dates import dates_in
from tracker.clipper.reader import Checks, DatePassage, find_status_words
from tracker.errors import BadValue
from tracker.model.article_draft import Article
from tracker.model.window_parser import parse_window


def make_checks(article: Article, title: str = "") -> Checks:
    """Return the checks of an article, read for the show of a title; "" lets the article say which."""
    del title

    def read_dates(passage: str) -> Iterator[DatePassage]:
        for said in dates_in(passage, article.published):
            try:
                window = parse_window(said.window) if said.window and not said.is_past else None
            except BadValue:
                continue
            is_past = window is None or (
                article.published is not None and window.latest is not None and window.latest < article.published
            )
            if window is not None and not is_past:
                yield DatePassage(said.start, said.end, window)

    return Checks(lambda at: "unclear", lambda passage: tuple(read_dates(passage)), find_status_words)
