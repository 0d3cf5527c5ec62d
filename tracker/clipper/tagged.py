"""Sentences with names, titles, networks and dates as single signs, so that a rule is a short pattern over them.

"Seo Ha plays Min-ji in 'Low Tide'." becomes "P plays P in T.", where each sign is a character of its own that leads
back to what is in the article. `P`, `T`, `O`, `N` and `D` are the patterns for the signs.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Final, NamedTuple

from tracker.clipper.dates import DateMention
from tracker.clipper.text import Sentence

_FIRST: Final = {"person": 0xE000, "show": 0xE100, "work": 0xE200, "network": 0xE300, "date": 0xE400}
P: Final = "[\ue000-\ue0ff]"
"""A person."""
T: Final = "[\ue100-\ue1ff]"
"""The show."""
O: Final = "[\ue200-\ue2ff]"  # noqa: E741 - as the others
"""Another work."""
N: Final = "[\ue300-\ue3ff]"
"""A network."""
D: Final = "[\ue400-\ue4ff]"
"""A date."""
W: Final = "[\ue100-\ue2ff]"
"""A work: the show or another."""
_RANK: Final = {"show": 0, "person": 1, "date": 2, "network": 3, "work": 4}
_QUOTES: Final = re.compile(rf"[\"'\[<《「『]({W}[,.]?)[\"'\]>》」』]")
MOST_TAGS: Final = 60
"""What names more is a list and no sentence."""


class Tag(NamedTuple):
    """What a sign stands for."""

    kind: str  # person, show, work, network, date
    start: int  # in the article's text, in characters
    end: int
    value: str  # a full name, a title, a network as written, a window
    date: DateMention | None = None
    is_quoted: bool = False  # whether it is a title in quotation marks


class TaggedSentence(NamedTuple):
    """A sentence with signs."""

    sentence: Sentence
    text: str  # with signs
    tags: dict[str, Tag]  # by sign, in the order of the sentence

    def of_kind(self, kind: str) -> list[Tag]:
        return [tag for tag in self.tags.values() if tag.kind == kind]

    def place_of(self, offset: int) -> int:
        """Return where in the text with signs a place of the article is."""
        at, place = self.sentence.start, 0
        for sign, tag in self.tags.items():
            if offset < tag.start:
                break
            at, place = tag.end + tag.is_quoted, self.text.index(sign) + 1
            if offset < tag.end:
                return place - 1
        return min(place + max(0, offset - at), len(self.text) - 1)


def tag_sentence(sentence: Sentence, found: Iterable[Tag]) -> TaggedSentence:
    """Return a sentence with signs for what was found in it; of what overlaps, the surer and longer."""
    used = bytearray(len(sentence.text) + 1)
    kept: list[Tag] = []
    for tag in sorted(
        found, key=lambda tag: (not tag.is_quoted, tag.kind != "show", tag.start - tag.end, _RANK[tag.kind])
    ):
        start, end = tag.start - sentence.start, tag.end - sentence.start
        if not any(used[start:end]):
            used[start:end] = b"\1" * (end - start)
            kept.append(tag)
    kept = sorted(kept, key=lambda tag: tag.start) if len(kept) <= MOST_TAGS else []
    pieces: list[str] = []
    tags: dict[str, Tag] = {}
    at = 0
    for number, tag in enumerate(kept):
        sign = chr(_FIRST[tag.kind] + number)
        tags[sign] = tag
        pieces += [sentence.text[at : tag.start - sentence.start], sign]
        at = tag.end - sentence.start
    pieces.append(sentence.text[at:])
    return TaggedSentence(sentence, _QUOTES.sub(r"\1", "".join(pieces)), tags)
