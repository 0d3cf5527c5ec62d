"""Words that are searched for: found whatever spaces and marks are in them, or near, with one typing mistake."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache
from typing import Final, NamedTuple

from tracker.text import search_form

_UNSPACED: Final = re.compile(
    "[\u0e00-\u0eff\u1000-\u11ff\u1780-\u17ff\u3005-\u30ff\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]"
)
"""Scripts that part no words, or as their writers like: Thai to Khmer, Hangul, kana, Chinese characters."""


class SearchText(NamedTuple):
    """Texts that are searched, one on each line, with spaces and without."""

    words: str
    compact: str

    @classmethod
    def of(cls, texts: Iterable[str]) -> SearchText:
        words = "\n".join(map(search_form, texts))
        return cls(words, words.replace(" ", ""))


@lru_cache(maxsize=65536)
def line_text(text: str) -> SearchText:
    """Return one line as it is searched."""
    return SearchText.of((text,))


class Phrase(NamedTuple):
    """What is searched for, in search form."""

    words: str
    compact: str

    @classmethod
    def of(cls, text: str) -> Phrase:
        words = search_form(text)
        return cls(words, words.replace(" ", ""))

    @property
    def has_letters(self) -> bool:
        """Whether it is more than marks."""
        return any(map(str.isalnum, self.words))

    def is_in(self, text: SearchText) -> bool:
        """Return whether a line has this, whatever spaces are in it.

        Over the end of a word it is found from the beginning of one only, so that "tof" is not in "art of"; in scripts
        that may be written without spaces it is found anywhere.
        """
        if self.compact not in text.compact:
            return False
        if self.words in text.words or _UNSPACED.search(self.compact):
            return True
        return _over_spaces(self.compact).search(text.words) is not None


@lru_cache(maxsize=256)
def _over_spaces(compact: str) -> re.Pattern[str]:
    """Return what finds the letters from the beginning of a word on, whatever spaces are between them."""
    return re.compile("(?:^| )" + " ?".join(map(re.escape, compact)), re.MULTILINE)
