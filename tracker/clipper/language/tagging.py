"""Sentences with names, titles, networks and dates as single signs: rules over them read like what they mean.

"Seo Ha will play Min-ji in 'Low Tide'." becomes "Ⓟ will play Ⓟ in Ⓣ.": a rule is a short pattern over such text, and
each sign leads back to what stands there in the article.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from typing import Final, NamedTuple

from tracker.clipper.article.sentences import Sentence
from tracker.clipper.language.dates import DateMention

PERSON: Final = "Ⓟ"


SHOW: Final = "Ⓣ"


OTHER: Final = "Ⓞ"


CHANNEL: Final = "Ⓝ"


DATE: Final = "Ⓓ"


RANK: Final = {SHOW: 0, OTHER: 1, DATE: 2, CHANNEL: 3, PERSON: 4}


_NO_SIGNS: Final = {ord(sign): "○" for sign in RANK}
"""Signs that the article itself has mean nothing."""
_TRADES: Final = (
    r"(?:(?:veteran|rising|rookie|young|fellow|child|K-pop|singer-turned-|idol-turned-|Oscar[ -](?:winner|nominee|"
    r"winning|nominated)|Emmy[ -](?:winner|nominee|winning|nominated)|"
    r"BAFTA[ -](?:winner|nominee|winning|nominated)|award-winning|popular|acclaimed|seasoned|star|top|Hallyu|"
    r"A-list|former|newcomers?|actor-director|singer-actress|singer-actor|model-turned-)\s?)*"
    r"(?:actor|actress|actors|actresses|(?<=the )stars?|(?<=fellow )stars?|(?<=pop )stars?|(?<=ing )star|"
    r"(?<=veteran )stars?|(?<=top )stars?|(?<=ive )star|idol|singer|rapper|model|comedian|newcomers?|veterans?|"
    r"performer|thespian|singer-actor|singer-actress|idol-actor|heartthrobs?|talents?|co-stars?|castmates?|winner|"
    r"nominee|alum|breakout|favou?rites?|A-listers?|"
    r"actor and singer|actress and singer|singer and actor|singer and actress|voice actors?|voice actress(?:es)?)"
)


class Tag(NamedTuple):
    """What a sign stands for."""

    sign: str
    start: int
    """In the article's text."""
    end: int
    value: str
    said: DateMention | None = None
    """For a date."""


class TaggedSentence(NamedTuple):
    """One sentence with signs."""

    sentence: Sentence
    text: str
    """With one sign for each item."""
    items: tuple[Tag, ...]
    """In the order of their signs."""
    places: tuple[int, ...]
    """Where each sign stands in `text`."""
    origins: tuple[tuple[int, int], ...]
    """For pieces of `text`, where they begin there and in the article's text."""

    def item(self, place: int) -> Tag:
        """Return the item whose sign stands at this place of `text`."""
        return self.items[bisect_right(self.places, place) - 1]

    def between(self, start: int, end: int, sign: str = PERSON) -> list[Tag]:
        """Return the items of a kind whose signs stand in a part of `text`."""
        return [
            item
            for place, item in zip(self.places, self.items, strict=True)
            if start <= place < end and item.sign == sign
        ]

    def origin(self, place: int) -> int:
        """Return where in the article's text a place of `text` is."""
        at = bisect_right([one[0] for one in self.origins], place) - 1
        first, there = self.origins[at]
        return there + place - first


_CLOSE: Final = re.compile(r"[\"“”‘’'《》「」『』](?=[ⓉⓄ])|(?<=[ⓉⓄ])[.,!]?[\"”’'》」』](?!s\b)|(?<=[ⓉⓄ])['’](?!s\b)")


def tag_sentence(sentence: Sentence, spans: list[tuple[int, int, str, str, DateMention | None]]) -> TaggedSentence:
    """Return a sentence with signs for spans of it, which are in order and do not overlap."""
    pieces: list[tuple[str, int]] = []
    at = 0
    signs: list[Tag] = []
    for start, end, sign, value, said in spans:
        if start > at:
            pieces.append((sentence.text[at:start].translate(_NO_SIGNS), at))
        pieces.append((sign, start))
        signs.append(Tag(sign, sentence.start + start, sentence.start + end, value, said))
        at = end
    pieces.append((sentence.text[at:].translate(_NO_SIGNS), at))
    return _tidied(sentence, pieces, signs)


_DROPS: Final = (
    # An earlier work in parentheses: (“Count”), (The Assassin, The Rider).
    (
        re.compile(
            r"(?<=Ⓟ) ?\((?!(?:[A-Z][\w.]+ )?Ⓟ\)|[^()]{0,60}(?:played|portrayed|voiced) by|as |plays )[^()]{1,160}\)"
        ),
        "",
    ),
    (re.compile(r"Ⓞ(?:['’]s?)? (?:star|alum|alumna|alumnus|breakout|actor|actress|lead|co-star|standout)s? (?=Ⓟ)"), ""),
    (re.compile(rf"(?:\b(?:the|an?|its|fellow) )?{_TRADES},? (?=Ⓟ)"), ""),
    (
        re.compile(
            r"(?:[ⓅⓄⓃⓉ]|\b[A-Z][\w&+.-]*(?: [A-Z0-9][\w&+.-]*){0,3})['’]s? (?:(?:own|very own|leader|member|"
            r"vocalist|maknae|Ⓟ) )?(?=Ⓟ)"
        ),
        "",
    ),
    (
        re.compile(
            r"(?<=Ⓟ) (?:of|from) (?:the )?(?:(?:boy|girl|K-pop|idol|rock|J-pop|pop)[ -])*(?:(?:band|group|duo|"
            r"trio|unit)s? )?(?:Ⓞ|"
            r"[\"'“‘]?[A-Z0-9][\w&+.!-]*(?: [A-Z0-9][\w&+.!-]*){0,2}['\"”’]?)(?: fame)?(?=[,. ]|$)(?! (?:will be|"
            r"is written))"
        ),
        "",
    ),
)
"""What stands between a name and its verb without being part of the news."""


def _tidied(sentence: Sentence, pieces: list[tuple[str, int]], signs: list[Tag]) -> TaggedSentence:
    """Return the sentence without quotation marks around titles and without asides about people."""
    text = "".join(piece for piece, _ in pieces)
    origin: list[int] = []
    for piece, at in pieces:
        origin += range(sentence.start + at, sentence.start + at + len(piece))
    keep = bytearray(b"\1" * len(text))
    for match in _CLOSE.finditer(text):
        for place in range(match.start(), match.end()):
            if text[place] not in ".,!":
                keep[place] = 0
    text, origin, signs = _without(text, origin, signs, keep)
    for pattern, _ in _DROPS:
        keep = bytearray(b"\1" * len(text))
        for match in pattern.finditer(text):
            keep[match.start() : match.end()] = bytes(match.end() - match.start())
        text, origin, signs = _without(text, origin, signs, keep)
    places = tuple(at for at, char in enumerate(text) if char in RANK)
    return TaggedSentence(sentence, text, tuple(signs), places, tuple(enumerate(origin)))


def _without(text: str, origin: list[int], signs: list[Tag], keep: bytearray) -> tuple[str, list[int], list[Tag]]:
    if all(keep):
        return text, origin, signs
    numbers = iter(range(len(signs)))
    left = [signs[n] for at, char in enumerate(text) if char in RANK for n in (next(numbers),) if keep[at]]
    return (
        "".join(char for at, char in enumerate(text) if keep[at]),
        [one for at, one in enumerate(origin) if keep[at]],
        left,
    )
