"""An article: the text of a page and its metadata."""

from __future__ import annotations

from datetime import date
from typing import NamedTuple


class Article(NamedTuple):
    """The text and metadata of one page, cleaned; every quote of a draft is a substring of `text`."""

    text: str
    """Paragraphs separated by empty lines; the headline, if the page names one, comes first."""
    headline: str = ""
    """As the page names it; "" if it is not told apart from the text."""
    published: date | None = None
    """The day from which "next year" counts; a month or year stands for its last day."""
    published_text: str = ""
    """The day as given where it is not exact ("2025-04"), see `Claim.on_text`."""
    url: str = ""
    outlet: str = ""
    """The publisher as the page says, else the host of the address."""
    said: str = ""
    """Where `published` comes from: "--published", "the page", "the text" or ""."""
