"""The dates of a film: one for each country and each way in which it comes out."""

from __future__ import annotations

from typing import Final, NamedTuple

from tracker.errors import BadValue
from tracker.model.window import Window
from tracker.text import clean_line

MEDIA: Final = ("cinema", "digital", "tv", "disc", "premiere")
"""The ways in which a film comes out, in the order in which they count where the owner prefers none."""


class Release(NamedTuple):
    """One date of a film, as a source knows it."""

    window: Window
    region: str = ""  # the country as a two-letter code, "" for all
    medium: str = ""  # one of `MEDIA`, "" if not said
    note: str = ""


def parse_medium(text: str) -> str:
    """Return the medium that `text` names, "" for none.

    Raises:
        BadValue: There is no such medium.
    """
    word = clean_line(text).casefold()
    if word and word not in MEDIA:
        raise BadValue(f"Not a medium: “{text}”. Use one of {', '.join(MEDIA)}.")
    return word
