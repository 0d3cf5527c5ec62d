"""Short articles about invented shows, read."""

from __future__ import annotations

from datetime import date
from typing import Final

from tracker.clipper.extract import extract
from tracker.model.article_draft import Article, Draft

TUESDAY: Final = date(2026, 3, 10)
"""The day on which these articles are published, where they do not say another."""


def draft_of(headline: str, *paragraphs: str, published: date | None = TUESDAY) -> Draft:
    """Return the draft of an article, after a look at what each of its facts promises."""
    text = "\n\n".join((headline, *paragraphs))
    draft = extract(Article(text, headline, published))
    for fact in (*draft.facts, *draft.titles):
        assert fact.quote == text[fact.start : fact.end] != ""
    return draft


def cast_of(draft: Draft) -> dict[str, str]:
    """Return who plays, and whom."""
    return {credit.actor: credit.role for credit in draft.cast}


def release_of(draft: Draft) -> str | None:
    """Return the release in EDTF; None for none that is told."""
    return draft.release.edtf if draft.release is not None else None
