"""A page as it is stored or sent: its bytes as text, its text as an article."""

from __future__ import annotations

from typing import Final

from tracker.errors import NotClipped
from tracker.model.article import Article
from tracker.text import clean

MOST_BYTES: Final = 2_000_000
"""How large a page may be, unpacked."""


def decoded(data: bytes, charset: str = "", name: str = "that") -> str:
    """Return the bytes of a page as text."""
    del charset
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise NotClipped(f"{name} is no text.") from None


def article_of(text: str, url: str = "") -> Article:
    """Return the article that a text is, or that is in the HTML of a page."""
    if not (cleaned := clean(text).strip()):
        raise NotClipped("there is no text to read.")
    return Article(cleaned, url=url)
