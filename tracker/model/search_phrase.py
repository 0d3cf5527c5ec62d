"""Words that are searched for: found whatever spaces and marks are in them, or near, with one typing mistake."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache
from itertools import accumulate
from typing import Final, NamedTuple

from tracker.text import search_form

_UNSPACED: Final = re.compile(
    "[\u0e00-\u0eff\u1000-\u109f\u1100-\u11ff\u1780-\u17ff\u3005-\u30ff\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]"
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


class NearPhrase:
    """A phrase that is also found where one mistake was made in typing it.

    A mistake is a letter too many, too few or another one, or two that changed places (Damerau and Levenshtein's
    distance of 1), or a given name before the family name. Digits are never one. The word has four letters, two
    syllables of Hangul, or three kana or Chinese characters at least.
    """

    def __init__(self, phrase: Phrase) -> None:
        self.words, compact = phrase.words, phrase.compact
        self.has_letters = phrase.has_letters
        self._phrase, self._compact, self._is_free = phrase, compact, _UNSPACED.search(compact) is not None
        self._may_err = _has_enough_letters(compact)
        half = len(compact) // 2
        # One mistake leaves one half as it is, unless the letters beside the middle changed places.
        swapped = compact[: half - 1] + compact[half : half + 1] + compact[half - 1 : half] + compact[half + 1 :]
        self._pieces = (compact[:half], compact[half:], swapped)
        self._least = 0
        """How many letters the word has at least that it is found as."""
        if len(compact) == _FEWEST - 1 and compact.isalpha() and not self._is_free:
            self._may_err, self._least, self._pieces = True, _FEWEST, (compact[:2], compact[1:], compact)
        words = self.words.split() if not any(map(str.isdigit, compact)) else []
        self._turned = [
            Phrase.of(" ".join([*words[at:], *words[:at]])) for at in range(1, min(len(words), _MOST_WORDS))
        ]
        """The words in the order of another language: family names come first, or last."""
        self._lines: dict[str, bool] = {}
        self._ends: dict[str, tuple[tuple[int, bool], ...]] = {}
        """What `_near_ends` has for the letters behind a place, which many lines share."""

    @classmethod
    def of(cls, text: str) -> NearPhrase:
        return cls(Phrase.of(text))

    def is_in(self, text: SearchText) -> bool:
        """Return whether a line has this, with one mistake at most, from the beginning of a word on.

        In scripts that may be written without spaces it is found anywhere.
        """
        if self._may_err and not self._turned and not self._has_piece(text.compact):
            return False
        if self._phrase.is_in(text) or any(turned.is_in(text) for turned in self._turned):
            return True
        if not self._may_err:
            return False
        lines = zip(text.words.split("\n"), text.compact.split("\n"), strict=True)
        return any(self._is_in_line(words, compact) for words, compact in lines if self._has_piece(compact))

    def is_all_of(self, text: str) -> bool:
        """Return whether a text is this and no more, with one mistake at most."""
        compact = line_text(text).compact
        return self._may_err and any(
            end == len(compact) >= self._least for end, _ in _near_ends(self._compact, compact)
        )

    def _has_piece(self, compact: str) -> bool:
        first, second, swapped = self._pieces
        return first in compact or second in compact or swapped in compact

    def _is_in_line(self, words: str, compact: str) -> bool:
        if (known := self._lines.get(words)) is None:
            known = self._lines[words] = self._search_line(words, compact)
        return known

    def _search_line(self, words: str, compact: str) -> bool:
        width, is_short = len(self._compact) + 1, len(self._compact) < _SHORT - self._is_free
        ends = list(accumulate(map(len, words.split(" "))))
        starts = [0, *ends[:-1]]
        for start in range(len(compact)) if self._is_free else starts:
            letters = compact[start : start + width]
            if (near_ends := self._ends.get(letters)) is None:
                near_ends = self._ends[letters] = tuple(_near_ends(self._compact, letters))
            for length, is_right_at_end in near_ends:
                if length < self._least:
                    continue
                if (end := start + length) in ends:
                    return True
                # Of a short word, and of one whose last letter may be the mistake, nothing may be left over.
                if self._is_free:
                    is_enough = not is_short or start in starts
                else:
                    is_enough = not is_short and is_right_at_end and not _parts_number(compact, end)
                if is_enough:
                    return True
        return False


_MOST_WORDS: Final = 4
"""How many words of a phrase are turned."""
_FEWEST: Final = 4
"""How many letters a word has in which a mistake may be."""
_SHORT: Final = 5
"""Words of fewer letters are compared with whole words only, too many begin alike; in unspaced scripts one fewer."""


def _has_enough_letters(compact: str) -> bool:
    letters = [char for char in compact if char.isalpha()]
    syllables = sum("\u1100" <= char <= "\u1112" for char in letters)
    if syllables:
        return syllables + sum(not "\u1100" <= char <= "\u11ff" for char in letters) > 1 and len(letters) >= _FEWEST
    return len(letters) >= (3 if _UNSPACED.search(compact) else _FEWEST)


def _near_ends(typed: str, text: str) -> Iterator[tuple[int, bool]]:
    """Yield how long a beginning of the text is that has one mistake, and whether its end is without."""
    last, at = len(typed) - 1, 0
    while at <= last and at < len(text) and typed[at] == text[at]:
        at += 1
    here, there, rest = typed[at : at + 1], text[at : at + 1], typed[at + 1 :]
    if not here:
        if there and not there.isdigit():  # the last one is missing
            yield at + 1, True
        return
    if not here.isdigit():
        if text.startswith(rest, at):  # one too many
            yield at + len(rest), at < last
        if there and not there.isdigit():
            if text.startswith(rest, at + 1):  # another one
                yield at + 1 + len(rest), at < last
            if rest[:1] == there and text.startswith(here + rest[1:], at + 1):  # two that changed places
                yield at + 1 + len(rest), True
    if there and not there.isdigit() and text.startswith(here + rest, at + 1):  # one too few
        yield at + 2 + len(rest), True


def _parts_number(text: str, at: int) -> bool:
    """Return whether a place is between two digits."""
    return text[at - 1 : at].isdigit() and text[at : at + 1].isdigit()


@lru_cache(maxsize=256)
def _over_spaces(compact: str) -> re.Pattern[str]:
    """Return what finds the letters from the beginning of a word on, whatever spaces are between them."""
    return re.compile("(?:^| )" + " ?".join(map(re.escape, compact)), re.MULTILINE)
