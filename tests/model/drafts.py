"""Invented articles, and a reader that knows them by heart."""

from __future__ import annotations

from typing import Final

from tracker.model.article_draft import Article, Draft, Fact, Mark, MarkKind
from tracker.model.window_parser import parse_window

TEXT: Final = """\
Lumen moves its lamp drama

Paper Lanterns has finished filming, the producers of the Lumen series said on Friday.

They now hope to show it next spring, a year later than was hoped.

Han Seorin plays Mio and Abel Kuro plays Ren; Ines Valdor is the Diver. Tove Arran directs.

A lamp maker and a diver keep one promise over ten years.
"""
"""What is pasted."""
LIST: Final = """\
Five shows to wait for

Paper Lanterns is a lamp drama.

Tin Harbour begins filming in May.
"""


def fact(text: str, field: str, value: str, quote: str, confidence: float = 0.9, role: str = "") -> Fact:
    """Return a fact with its place in a text."""
    window = parse_window(value) if field == "release" else None
    return Fact(field, value, quote, text.index(quote), confidence, role, window)


def read(article: Article, title: str = "", _known: object = None) -> Draft:
    """Return what the invented articles say; "next spring" only where the day is known."""
    text = article.text
    if "Five shows" in text and not title:
        names = ("Paper Lanterns", "Tin Harbour")
        return Draft(reason="it names several shows.", titles=tuple(fact(text, "title", name, name) for name in names))
    if title == "Tin Harbour":
        return Draft((fact(text, "title", title, title), fact(text, "status", "pre-production", "begins filming")))
    if "finished filming" not in text:
        return Draft(reason="it is no news of a show.")
    release = []
    if article.published is not None:
        release = [
            fact(text, "release", f"spring {article.published.year + 1}", "They now hope to show it next spring")
        ]
    return Draft(
        (
            fact(text, "title", "Paper Lanterns", "Paper Lanterns"),
            fact(text, "kind", "series", "the Lumen series"),
            fact(text, "status", "post-production", "Paper Lanterns has finished filming"),
            *release,
            fact(text, "networks", "Lumen", "the Lumen series"),
            fact(text, "cast", "Han Seorin", "Han Seorin plays Mio", role="Mio"),
            fact(text, "cast", "Abel Kuro", "Abel Kuro plays Ren", 0.8, role="Ren"),
            fact(text, "cast", "Ines Valdor", "Ines Valdor is the Diver", 0.95, role="the Diver"),
            fact(text, "directors", "Tove Arran", "Tove Arran directs"),
        )
    )


MARKED: Final = {
    "Lumen": MarkKind.NETWORK,
    "Paper Lanterns": MarkKind.TITLE,
    **dict.fromkeys(("Friday", "Han Seorin", "Mio", "Abel Kuro", "Ren", "Ines Valdor"), MarkKind.PERSON),
    **dict.fromkeys(("next spring", "a year later"), MarkKind.DATE),
}
"""What the invented article names; "Friday" is taken for a person."""
DATES: Final = {"next spring": "spring 2027", "a year later": "2028"}
"""What its dates mean."""


def mark(text: str, words: str, kind: MarkKind = MarkKind.PERSON) -> Mark:
    """Return the mark of the first of these words in a text; its sentence is the paragraph."""
    start = text.index(words)
    first, last = text.rfind("\n", 0, start) + 1, text.index("\n", start)
    value = DATES.get(words, words)
    window = parse_window(value) if kind is MarkKind.DATE else None
    return Mark(start, start + len(words), kind, value, (first, last), window)


def read_more(article: Article, title: str = "", _known: object = None) -> Draft:
    """Return what the invented articles say, what they offer, and their marks."""
    draft, text = read(article, title), article.text
    if "finished filming" not in text:
        return draft
    perhaps = (
        fact(text, "release", "2027-06", "a year later than was hoped", 0.35),
        fact(text, "cast", "Ida Roe", "A lamp maker and a diver keep one promise over ten years.", 0.6, role="Ann"),
        fact(text, "writers", "Mira Sol", "the producers of the Lumen series", 0.4)._replace(by="llama3"),
    )
    titles = (fact(text, "title", "Paper Lanterns", "Paper Lanterns"), fact(text, "title", "Lamp", "lamp", 0.25))
    marks = sorted(mark(text, words, kind) for words, kind in MARKED.items())
    return draft._replace(perhaps=perhaps, titles=titles, marks=tuple(marks))
