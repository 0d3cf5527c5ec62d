"""What the owner's list knows: its titles, wherever an article names them, and who and what belongs to each."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cached_property, lru_cache
from typing import Final

from tracker.clipper.lexicon import ASIAN_SURNAMES, GIVEN_NAMES, NO_NAMES, PLACES, SYLLABLES
from tracker.clipper.titles import title_key
from tracker.model.show import Show
from tracker.text import name_form

_WORDS: Final = re.compile(r"[^\W_]+")
_COMMON: Final = NO_NAMES | SYLLABLES
_NAMES: Final = GIVEN_NAMES | ASIAN_SURNAMES | PLACES


class TitleIndex:
    """Finds titles in a text, whether or not they are in quotation marks.

    The words of a title follow each other, and the first and the last have capitals where the title has. A title of
    one word stands alone inside of a sentence, where only names have capitals, and is no common word
    or name.
    """

    def __init__(self, titles: Iterable[str]) -> None:
        self._by_first: dict[str, dict[tuple[str, ...], tuple[str, str]]] = {}
        self._lengths: dict[str, list[int]] = {}
        for title in titles:
            words = _WORDS.findall(title)
            if words:
                key = tuple(word.casefold() for word in words)
                self._by_first.setdefault(key[0], {}).setdefault(key, (words[0], words[-1]))
        for first, found in self._by_first.items():
            self._lengths[first] = sorted({len(key) for key in found}, reverse=True)

    def find(self, text: str) -> Iterator[tuple[int, int]]:
        """Return where titles are, the longest that fits at each place."""
        words = [(match[0], match.start(), match.end()) for match in _WORDS.finditer(text)]
        folded = [word.casefold() for word, _, _ in words]
        at = 0
        while at < len(words):
            size = next((size for size in self._lengths.get(folded[at], ()) if self._is_at(at, size, words, folded)), 0)
            if size:
                yield words[at][1], words[at + size - 1][2]
            at += size or 1

    def _is_at(self, at: int, size: int, words: Sequence[tuple[str, int, int]], folded: Sequence[str]) -> bool:
        ends = self._by_first[folded[at]].get(tuple(folded[at : at + size]))
        if ends is None or at + size > len(words):
            return False
        for (word, _, _), wanted in zip((words[at], words[at + size - 1]), ends, strict=True):
            if word[0].islower() and not wanted[0].islower():
                return False
        return size > 1 or self._stands_alone(at, words, folded)

    def _stands_alone(self, at: int, words: Sequence[tuple[str, int, int]], folded: Sequence[str]) -> bool:
        word, start, end = words[at]
        if at == 0 or folded[at] in _COMMON or word in _NAMES or len(word) < 2:
            return False
        neighbours = [words[at - 1][0]] if words[at - 1][2] == start - 1 else []
        if at + 1 < len(words) and words[at + 1][1] == end + 1:
            neighbours.append(words[at + 1][0])
        return not any(word[0].isupper() for word in neighbours)


class KnownList:
    """What the owner's list knows of each show that has a certain title.

    Args:
        shows: All shows of the list.
    """

    def __init__(self, shows: Sequence[Show] = ()) -> None:
        self._shows = shows

    @cached_property
    def _by_key(self) -> Mapping[str, list[Show]]:
        found: dict[str, list[Show]] = {}
        for show in self._shows:
            for key in {title_key(title) for title in _titles_of(show)}:
                found.setdefault(key, []).append(show)
        return found

    @cached_property
    def titles(self) -> Mapping[str, str]:
        """By `title_key`: titles, original titles and aliases, with the id of the first show that has it."""
        return {key: shows[0].id for key, shows in self._by_key.items()}

    @cached_property
    def index(self) -> TitleIndex:
        return TitleIndex(title for show in self._shows for title in _titles_of(show))

    def names_of(self, key: str) -> Mapping[str, frozenset[str]]:
        """Return by field, as `name_form`, who makes, plays in and shows what has a title with this `title_key`."""
        names: dict[str, set[str]] = {}
        for show in self._by_key.get(key, ()):
            names.setdefault("cast", set()).update(credit.actor for credit in show.cast)
            names.setdefault("directors", set()).update(show.directors)
            names.setdefault("writers", set()).update(show.writers)
            names.setdefault("networks", set()).update(show.networks)
        return {field: frozenset(map(name_form, found)) for field, found in names.items()}


def _titles_of(show: Show) -> tuple[str, ...]:
    return tuple(title for title in (show.title, show.full_title, show.original_title, *show.aliases) if title)


NO_LIST: Final = KnownList()


class _Same:
    """A list that is only equal to itself, so that what is made of it can be kept for as long as it stays."""

    def __init__(self, shows: Sequence[Show]) -> None:
        self.shows = shows

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Same) and other.shows is self.shows

    def __hash__(self) -> int:
        return id(self.shows)


def known_list(shows: Sequence[Show]) -> KnownList:
    """Return what a list knows; for the same list the same again."""
    return _known_list(_Same(shows)) if shows else NO_LIST


@lru_cache(maxsize=2)
def _known_list(same: _Same) -> KnownList:
    return KnownList(same.shows)
