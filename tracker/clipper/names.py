"""Capitalised words in a sentence: runs of them are what names and titles are made of."""

from __future__ import annotations

import re
from functools import lru_cache
from itertools import pairwise
from typing import Final, NamedTuple

from tracker.clipper.lexicon import NO_NAMES, PARTICLES, SYLLABLES

_TRADE: Final = (
    r"[-‑](?:nominee|nominated|winner|winning|actress|actor|star|starrer|starring|led|fronted|directed|director|turned|"
    r"created|written|penned|helmed|scripted|old|based|born|centered|member|produced|era)\b"
)
"""What a hyphen adds to a name and is no part of it: "Oscar-nominee Ida Roe", "an Ida Roe-starrer"."""
TOKEN: Final = re.compile(
    rf"(?:[^\W\d_]\.){{1,4}}(?=[\s,;:)'’]|$)|"
    rf"[^\W_]+(?:(?!{_TRADE})[-‑&/][^\W_]+|\.(?![A-Z][a-z])[^\W_]+|['’](?!s\b|s$)[^\W_]+)*\+?"
)
_GLUE: Final = re.compile(
    r"(?<=[^\W\dA-Z_]{2})(?<!\bMac)(?<!\bFitz)(?=[A-ZÀ-ÞŌ][^\W_]{1,20}(?:-[^\W_]{1,20})? [A-ZÀ-ÞŌ])"
)
"""Where a list without blanks runs two full names together: "Ida RoeMina Doe", but not "Seo InGuk"."""
_OPENS: Final = (' "', " “", " '", " ‘")
_SHUTS: Final = ('" ', "” ", "' ", "’ ")
_NICKNAME: Final = re.compile(r"[\"”'’] [A-Z]")
"""What stands behind a nickname inside of a name: Pakorn “Boy” Chatchawan."""


class Token(NamedTuple):
    """One word."""

    text: str
    start: int
    end: int

    @property
    def is_capital(self) -> bool:
        """Whether it is written with a capital letter, or is a number with letters ("7ORDER")."""
        return self.text[0].isupper() or (self.text[0].isdigit() and any(char.isupper() for char in self.text))


class NameRun(NamedTuple):
    """Capitalised words that follow each other."""

    text: str
    start: int
    end: int
    words: tuple[str, ...]
    is_first: bool = False
    """Whether the sentence begins with it."""


def tokens(text: str) -> list[Token]:
    """Return the words of a text."""
    found = []
    seams = [match.start() for match in _GLUE.finditer(text)]
    for match in TOKEN.finditer(text):
        cuts = [at for at in seams if match.start() < at < match.end()] if seams else []
        ends = [match.start(), *cuts, match.end()]
        found += [Token(text[start:end], start, end) for start, end in pairwise(ends)]
    return found


@lru_cache(maxsize=512)
def name_runs(text: str) -> tuple[NameRun, ...]:
    """Return the runs of words in a text that can be names of people: what is no name ends a run.

    "Director Kim Do-hyun and Ana de Armas" has "Kim Do-hyun" and "Ana de Armas".
    """
    runs: list[NameRun] = []
    current: list[Token] = []
    words = tokens(text)

    def close() -> None:
        while current and current[-1].text in PARTICLES:
            current.pop()
        if current:
            first, last = current[0], current[-1]
            runs.append(
                NameRun(
                    text[first.start : last.end],
                    first.start,
                    last.end,
                    tuple(t.text for t in current),
                    first is words[0],
                )
            )
        current.clear()

    for number, token in enumerate(words):
        gap = text[current[-1].end : token.start] if current else ""
        is_name = token.is_capital and (
            not _is_no_name(token.text) or _is_syllable(text, words, number, is_inside=bool(current) and gap == " ")
        )
        if (len(current) == 1 and is_name and gap in _OPENS and _NICKNAME.match(text, token.end)) or (
            len(current) == 2 and gap in _SHUTS and text[current[0].end : current[1].start] in _OPENS
        ):
            gap = " "
        if current and gap != " " and not (gap == ". " and len(current[-1].text) <= 2):
            close()
        if is_name or (current and token.text in PARTICLES):
            current.append(token)
        else:
            close()
    close()
    return tuple(runs)


def _is_no_name(word: str) -> bool:
    """Return whether it is a common word, or several in one: "Friday-Saturday"."""
    low = word.casefold()
    parts = low.split("-")
    return low in NO_NAMES or (len(parts) > 1 and all(part in NO_NAMES and len(part) > 3 for part in parts))


def _is_syllable(text: str, words: list[Token], at: int, *, is_inside: bool) -> bool:
    """Return whether a common word is part of a name here: inside of a sentence only names are capitalised."""
    token = words[at]
    if token.text.casefold() not in SYLLABLES:
        return False
    if is_inside:
        return True
    if at + 1 >= len(words):
        return False
    after = words[at + 1]
    if text[token.end : after.start] != " " or not after.is_capital or after.text.casefold() in NO_NAMES - SYLLABLES:
        return False
    return (
        (at > 0 and text[token.start - 2] not in ".:!?“\"'")
        or token.text
        in (
            "Oh",
            "Ok",
            "Go",
            "Jun",
            "May",
            "June",
            "April",
            "Will",
            "Art",
            "King",
            "Young",
            "Ah",
            "He",
            "Tang",
            "Ming",
            "Christian",
        )
        or "-" in after.text
    )
