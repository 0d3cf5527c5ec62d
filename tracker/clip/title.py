"""Which of the works that an article names it is about."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from tracker.clip.titles import Title, key

if TYPE_CHECKING:
    from tracker.clip.coded import Reading

LEAST: Final = 5.0
"""The score below which nothing is taken for the title."""


def chosen(reading: Reading) -> str:
    """Return the show that the article is about; "" where nothing is sure enough."""
    titles = reading.titles
    quoted = [one for one in titles if one.is_quoted and one.score >= LEAST]
    loose = [one for one in titles if not one.is_quoted and one.score >= LEAST]
    best = quoted[0] if quoted else None
    if loose and (best is None or loose[0].score > best.score + 6):
        best = _fullest(loose)
    return best.text if best else ""


def _fullest(titles: list[Title]) -> Title:
    """Return the likeliest, or a longer form of it that is about as likely."""
    best = titles[0]
    for one in titles[1:]:
        inside = f" {key(best.text)} " in f" {key(one.text)} "
        if inside and len(one.mentions) >= 0.6 * len(best.mentions) and one.score > 0.7 * best.score:
            best = one
    return best
