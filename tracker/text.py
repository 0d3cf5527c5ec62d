"""Text as the program handles it: cleaned at the border, folded to be searched and compared, measured in cells."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from itertools import accumulate
from typing import Final

_KEEP: Final = frozenset("\n\t\u200d")
"""Newline and tab shape a paragraph; the zero-width joiner holds an emoji together."""
_DROPPED: Final = frozenset({"Cc", "Cf", "Cs", "Co"})
_ACCENTS: Final = range(0x300, 0x370)
"""Combining marks of Latin, Greek and Cyrillic; the voicing marks of kana are elsewhere and stay."""
_KATAKANA_TO_HIRAGANA: Final = {code: code - 0x60 for code in range(0x30A1, 0x30F7)}
_KANA: Final = range(0x3041, 0x3100)
_VARIATION_SELECTORS: Final = range(0xFE00, 0xFE10)
_APOSTROPHES: Final = frozenset("'`´‘’‚‛′‵ʹʻʼʽˈ՚׳ꞌ")
"""Apostrophes, single quotes and primes: one and the same to whoever types them."""
_FOLDED: Final = {
    **dict.fromkeys(_APOSTROPHES, ""),
    "&": " and ", "+": " plus ", "×": " x ", "✕": " x ", "✖": " x ", "⨯": " x ",
    "™": "", "℠": "", "ㆍ": " ", "ᆞ": " ", "゛": "\u3099", "゜": "\u309a",
    "ヶ": "け", "ゖ": "け", "ヵ": "か", "ゕ": "か", "○": "〇", "◯": "〇",
    "æ": "ae", "œ": "oe", "ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "ı": "i",
}  # fmt: skip
"""What stands for a character where Unicode does not say it; the third letter of Hangul is used as a dot."""
_TYPED: Final = {
    **{ord(char): "'" for char in _APOSTROPHES}, **dict.fromkeys(map(ord, "“”„‟″«»"), '"'),
    **dict.fromkeys((*range(0x2010, 0x2016), 0x2212), "-"), **{0xFF01 + n: 0x21 + n for n in range(94)},
    0x2026: "...", **dict.fromkeys((0xAD, *range(0x200B, 0x2010), 0x2060, 0xFEFF), None),
}  # fmt: skip
"""What keyboards type for marks that are printed, and for letters of full width."""
_MEANT: Final = frozenset("#%@$€£¥₩")
"""Signs that tell one title from another; all others only stand between words."""
_VOICED: Final = re.compile("[\u3041-\u3096][\u3099\u309a]")
_SPACE_BESIDE_LETTER: Final = re.compile(r"(?<!\d) | (?!\d)")
MAX_LINE: Final = 500
"""How many characters a title, a name or another line from outside may have."""
MAX_PARAGRAPHS: Final = 20_000
"""How many characters a text of several paragraphs from outside may have."""


def clean(text: str) -> str:
    """Remove control, bidirectional and private characters; newlines and tabs stay."""
    if text.isprintable() or text.replace("\n", "").isprintable():
        return text
    text = text.replace("\r\n", "\n").replace("\u2028", "\n").replace("\u2029", "\n")
    return "".join(c for c in text if c in _KEEP or not _is_dropped(c))


def _is_dropped(char: str) -> bool:
    # An unassigned character may be an emoji that is newer than this Python; a noncharacter never is one.
    nonchar = 0xFDD0 <= ord(char) <= 0xFDEF or ord(char) & 0xFFFE == 0xFFFE
    return nonchar or unicodedata.category(char) in _DROPPED


def clean_line(text: str) -> str:
    """Return `text` cleaned, on one line, stripped; runs of blanks become one space."""
    if text.isprintable():
        return " ".join(text.split()) if "  " in text else text.strip()
    return " ".join(clean(text).split())


def shorten(text: str, most: int = MAX_LINE) -> str:
    """Return `text` as it is, or its beginning with an ellipsis where it has more than `most` characters."""
    return text if len(text) <= most else text[: most - 1].rstrip() + "…"


class _Folds(dict[int, str]):
    """What each character becomes in the search form, worked out when it is first met; for `str.translate`."""

    def __missing__(self, code: int) -> str:
        self[code] = folded = _fold(chr(code))
        return folded


def _fold(char: str) -> str:
    if (folded := _FOLDED.get(char)) is not None:
        return folded
    code, category = ord(char), unicodedata.category(char)
    if code in _ACCENTS or code in _VARIATION_SELECTORS or category in ("Cf", "Cs", "Co"):
        return ""
    plain = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", char.casefold()).casefold())
    plain = plain.translate(_KATAKANA_TO_HIRAGANA)
    if plain != char:
        plain = "".join(map(_fold, plain))
        # Only where it is one sign is a voiced kana told from the one that is not.
        return unicodedata.normalize("NFC", plain) if code in _KANA else plain
    return char if category[0] in "LNM" or char in _MEANT else " "


_FOLDS: Final = _Folds()


@lru_cache(maxsize=65536)
def search_form(text: str) -> str:
    """Return the form in which texts are searched and sorted: lower-case words with one space between.

    Accents, widths, the kind of kana, and marks that keyboards do not type make no difference: apostrophes and
    zero-width characters go, other marks part words, "&" is "and", "+" is "plus", "×" is "x". Hangul is in its
    letters, so that a syllable is found while it is typed. Numbers and their order stay as they are.
    A text of marks alone stays what it is.
    """
    if text.isascii():
        form = text.casefold()
        if form.replace(" ", "").isalnum() and "  " not in form:
            return form.strip()
        return " ".join(text.translate(_FOLDS).split()) or "".join(text.split())
    text = unicodedata.normalize("NFC", text)
    folded = text.translate(_FOLDS)
    if _VOICED.search(folded):
        folded = _VOICED.sub(lambda pair: unicodedata.normalize("NFC", pair[0]), folded)
    return " ".join(folded.split()) or "".join(clean(text).split())


@lru_cache(maxsize=65536)
def name_form(name: str) -> str:
    """Return the form in which titles and names are compared: the search form without spaces.

    "Spider-Man", "Spiderman" and "Spider Man" are one. Two numbers never become one: "10 1" is not "101".
    """
    words = search_form(name)
    return _SPACE_BESIDE_LETTER.sub("", words) if " " in words else words


def is_same_person(one: str, other: str) -> bool:
    """Return whether two spellings may name one person: one may only split the words of the other further.

    "Bo-gum" is "Bogum" and "Bo Gum"; "Min-a" is "Mina", as "Mi-na" is, but never "Mi-na".
    """
    if name_form(one) != name_form(other):
        return False
    ends, other_ends = _word_ends(one), _word_ends(other)
    return ends <= other_ends or other_ends <= ends


def _word_ends(name: str) -> set[int]:
    """Return after how many letters the words of a name end."""
    return set(accumulate(map(len, search_form(name).split())))


def keyboard_form(text: str) -> str:
    """Return a text with the marks that keyboards type, for programs that know no others; all letters stay."""
    return " ".join(unicodedata.normalize("NFC", text).translate(_TYPED).split())


def slug(title: str) -> str:
    """Return the id made from a title: words joined by hyphens; letters of all scripts stay."""
    decomposed = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", title.casefold()).casefold())
    plain = unicodedata.normalize("NFC", "".join(c for c in decomposed if ord(c) not in _ACCENTS))
    # Vowel signs and the like stay with their letters: many scripts have no words without them.
    spaced = "".join("" if c in _APOSTROPHES else c if unicodedata.category(c)[0] in "LNM" else " " for c in plain)
    return "-".join(spaced.split())[:60].rstrip("-") or "show"


@lru_cache(maxsize=4096)
def _char_cells(char: str) -> int:
    if unicodedata.category(char) in ("Mn", "Me", "Cf"):
        return 0
    # Conjoining vowels and finals of Hangul draw inside of the cell pair of their initial.
    if 0x1160 <= ord(char) <= 0x11FF:
        return 0
    return 2 if unicodedata.east_asian_width(char) in "WF" else 1


def cells(text: str) -> int:
    """Return the width of `text` in terminal cells."""
    if text.isascii():
        return len(text)
    return sum(map(_char_cells, text))


_MAX_CHARS_PER_CELL: Final = 20


def fit(text: str, width: int, ellipsis: str = "…") -> str:
    """Return `text` in exactly `width` cells, cut with an ellipsis or padded."""
    # Some marks take no cell, but never so many that the rest of a text could be seen behind them.
    text = text[: _MAX_CHARS_PER_CELL * (width + 1)]
    room = width - cells(text)
    if room >= 0:
        return text + " " * room
    if width <= 0:
        return ""
    if cells(ellipsis) > width:
        ellipsis = ""
    fitting, used = [], cells(ellipsis)
    for char in text:
        used += _char_cells(char)
        if used > width:
            used -= _char_cells(char)
            break
        fitting.append(char)
    return "".join(fitting) + ellipsis + " " * (width - used)


def wrap(text: str, width: int, most: int, ellipsis: str = "…") -> list[str]:
    """Wrap `text` to at most `most` lines of exactly `width` cells, preferably between words, cut with an ellipsis."""
    lines: list[str] = []
    rest = text
    while cells(rest) > width and len(lines) < most - 1:
        end = used = 0
        for char in rest:
            used += _char_cells(char)
            if used > width:
                break
            end += 1
        space = rest.rfind(" ", 0, end + 1)
        end = space if space > 0 else max(1, end)
        lines.append(fit(rest[:end], width, ellipsis))
        rest = rest[end:].lstrip()
    return [*lines, fit(rest, width, ellipsis)]
