"""Capitalised words in a sentence: runs of them are what names and titles are made of."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final, NamedTuple

from tracker.clipper.lexicon import NO_NAMES, PARTICLES, SYLLABLES

_TRADE: Final = (
    r"[-‑](?:nominee|nominated|winner|winning|actress|actor|star|starrer|starring|led|directed|director|turned|"
    r"created|written|old|based|born|member|produced)\b"
)
"""What a hyphen adds to a name and is no part of it: "Oscar-nominee Ida Roe", "an Ida Roe-starrer"."""
_TOKEN: Final = re.compile(
    rf"(?:[^\W\d_]\.){{1,4}}(?=[\s,;:)'’]|$)|"
    rf"[^\W_]+(?:(?!{_TRADE})[-‑&][^\W_]+|\.(?![A-Z][a-z])[^\W_]+|['’](?!s\b|s$)[^\W_]+)*\+?"
)
_NICKNAME: Final = re.compile(r" [\"“'‘]([^\W_]{1,20})[\"”'’] (?=[A-Z])")
"""What stands inside of a name: Pakorn “Boy” Chatchawan."""
_IS_SUM: Final = re.compile(r"[^\W_]{4,}(?:-[^\W_]{4,})+")
"""Several words in one: "Friday-Saturday"."""
_OPENERS: Final = re.compile(r"all|an|by|do|he|if|in|my|no|on|over|she|so|to|under|we|yes|you")
"""What more often begins a sentence than a name."""


class NameRun(NamedTuple):
    """Capitalised words that follow each other."""

    text: str
    start: int
    end: int
    words: tuple[str, ...]
    is_first: bool = False
    """Whether the sentence begins with it."""


@lru_cache(maxsize=512)
def name_runs(text: str) -> tuple[NameRun, ...]:
    """Return the runs of words in a text that can be names of people: what is no name ends a run.

    "Director Kim Do-hyun and Ana de Armas" has "Kim Do-hyun" and "Ana de Armas".
    """
    runs: list[list[re.Match[str]]] = [[]]
    words = list(_TOKEN.finditer(text))
    nicknames = {place: n for match in _NICKNAME.finditer(text) for n, place in ((1, match.start(1)), (2, match.end()))}
    """Where a nickname starts, behind one word, and where the name goes on, behind two."""
    for number, word in enumerate(words):
        before = runs[-1][-1] if runs[-1] else None
        gap = text[before.end() : word.start()] if before else ""
        is_near = gap == " " or (gap == ". " and before is not None and len(before[0]) <= 2)
        is_near |= nicknames.get(word.start()) == len(runs[-1])
        is_name = _is_name(words, number, is_inside=is_near)
        if is_near and (is_name or word[0] in PARTICLES):
            runs[-1].append(word)
        else:
            runs.append([word] if is_name else [])
    return tuple(_run(text, run, words[0]) for run in runs if run)


def _run(text: str, found: list[re.Match[str]], first: re.Match[str]) -> NameRun:
    while found[-1][0] in PARTICLES:
        found.pop()
    start, end = found[0].start(), found[-1].end()
    return NameRun(text[start:end], start, end, tuple(word[0] for word in found), found[0] is first)


def _is_name(words: list[re.Match[str]], at: int, *, is_inside: bool) -> bool:
    """Return whether a word can be part of a name: common words that are syllables of names only beside other parts."""
    word = words[at][0]
    low = word.casefold()
    if not word[0].isupper():
        return False
    if low in SYLLABLES:
        after = words[at + 1] if at + 1 < len(words) else None
        return is_inside or (
            after is not None
            and after.start() == words[at].end() + 1
            and after[0][0].isupper()
            and after[0].casefold() not in NO_NAMES - SYLLABLES
            and (at > 0 or not _OPENERS.fullmatch(low) or "-" in after[0])
        )
    is_sum = _IS_SUM.fullmatch(low) is not None and all(part in NO_NAMES for part in low.split("-"))
    return low not in NO_NAMES and not is_sum
