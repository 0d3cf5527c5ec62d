"""Genres in one vocabulary, whatever word a source has for them."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache
from typing import Final

from tracker.text import clean_line, search_form

_GENRES: Final = {
    "action": "action", "adventure": "adventure", "adult": "adult", "animated": "animation", "animation": "animation",
    "anime": "anime", "biographical": "biography", "biography": "biography", "biopic": "biography",
    "boys love": "BL", "bl": "BL", "girls love": "GL", "gl": "GL", "children": "children", "childrens": "children",
    "kids": "children", "comedy": "comedy", "comedic": "comedy", "coming of age": "coming of age",
    "costume": "history", "crime": "crime", "cooking": "food", "detective": "crime", "diy": "DIY",
    "documentary": "documentary", "docudrama": "documentary drama", "drama": "drama", "dramatic": "drama",
    "dramedy": "comedy drama", "dystopian": "dystopia", "espionage": "espionage", "spy": "espionage",
    "family": "family", "fantasy": "fantasy", "food": "food", "game show": "game show", "historical": "history",
    "history": "history", "period": "history", "horror": "horror", "legal": "legal", "lgbt": "LGBT",
    "lgbt related": "LGBT", "lgbtq": "LGBT", "lgbtq related": "LGBT", "martial arts": "martial arts",
    "medical": "medical", "melodrama": "melodrama", "music": "music", "musical": "musical", "mystery": "mystery",
    "nature": "nature", "news": "news", "police": "crime", "procedural": "procedural", "political": "politics",
    "politics": "politics", "psychological": "psychological", "reality": "reality", "romance": "romance",
    "romantic": "romance", "romcom": "romance comedy", "satire": "satire", "satirical": "satire",
    "school": "school", "sci fi": "science fiction", "scifi": "science fiction", "science fiction": "science fiction",
    "sf": "science fiction", "sitcom": "sitcom", "situation comedy": "sitcom", "slice of life": "slice of life",
    "soap": "soap opera", "soap opera": "soap opera", "sport": "sports", "sports": "sports", "superhero": "superhero",
    "supernatural": "supernatural", "survival": "survival", "suspense": "thriller", "talk": "talk show",
    "talk show": "talk show", "teen": "teen", "teenage": "teen", "thriller": "thriller", "travel": "travel",
    "true crime": "true crime", "variety": "variety", "variety show": "variety", "war": "war", "western": "western",
}  # fmt: skip
"""The words of TVmaze, TMDB and Wikidata, in their search form, and the genres that they mean."""
_SEVERAL: Final = frozenset({"comedy drama", "documentary drama", "romance comedy"})
"""Meanings that are two genres."""
_NO_GENRE: Final = frozenset({"tv movie", "television film", "film", "television series", "drama series"})
_FORM: Final = re.compile(
    r"\b(?:(?:limited |web |tv |television |mini)?(?:series|serial|program(?:me)?|film|show|movie)|television|tv|"
    r"(?<!science )fiction|genre|and|themed|anime and manga)\b"
)
"""What says in which form a genre is told, or only joins two."""
_MOST_WORDS: Final = 3  # of one genre


def fold_genres(words: Iterable[str]) -> tuple[str, ...]:
    """Return the genres that words of sources mean, each once: "romantic comedy" is romance and comedy.

    A word that is not known stays as it is, cleaned. Use it for what sources say only: the owner's words are theirs.
    """
    return tuple(dict.fromkeys(genre for word in words for genre in _fold_word(word)))


@lru_cache(maxsize=1024)
def _fold_word(word: str) -> tuple[str, ...]:
    word = clean_line(word)
    form = search_form(word)
    if form in _NO_GENRE:
        return ()
    found = _find_genres(form.split()) or _find_genres(_FORM.sub(" ", form).split())
    return tuple(dict.fromkeys(found)) if found else tuple(filter(None, (word,)))


def _find_genres(words: list[str]) -> list[str]:
    """Return the genres of words if all of them are known, the longest match first; else none."""
    if not words:
        return []
    for length in range(min(_MOST_WORDS, len(words)), 0, -1):
        genre = _GENRES.get(" ".join(words[:length]))
        rest = _find_genres(words[length:])
        if genre is not None and (rest or len(words) == length):
            return [*(genre.split() if genre in _SEVERAL else [genre]), *rest]
    return []
