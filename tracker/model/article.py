"""An article as it comes to the clipper: its text, and what its page says of itself."""

from __future__ import annotations

from datetime import date
from typing import NamedTuple


class Article(NamedTuple):
    """The text of one page, cleaned; every quote of a draft is a substring of `text`."""

    text: str
    """Paragraphs with empty lines between; the headline, where the page names one, is the first of them."""
    headline: str = ""
    """The headline as the page names it; "" where it is not told apart from the text."""
    published: date | None = None
    """The day from which "next year" is counted; a month or year stands for its last day. None for not known."""
    published_text: str = ""
    """How the day was given where it was no exact day ("2025-04"), see `Claim.on_text`."""
    url: str = ""
    outlet: str = ""
    """Who published it, as the page says; else the host of its address; "" for not known."""
    said: str = ""
    """Where `published` comes from, for the screen: "--published", "the page", "the text"; "" for not known."""
