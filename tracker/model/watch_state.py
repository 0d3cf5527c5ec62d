"""What the owner does with a show and thinks of it: watch states and ratings, with their signs."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Final

from tracker.errors import BadValue
from tracker.text import clean_line

WATCH_STATES: Final = ("planned", "watching", "watched", "dropped")
WATCH_KEYS: Final[Mapping[str, str]] = {"planned": "p", "watching": "n", "watched": "w", "dropped": "d", "": "-"}
"""The key of each state, "" for none; in plain ASCII it is the sign as well."""
_SIGNS: Final[Mapping[str, str]] = {"planned": "+", "watching": "»", "watched": "✓", "dropped": "✗", "": "★"}


def parse_watch(text: str) -> str:
    """Return the watch state that `text` names, "" for none."""
    word = clean_line(text).casefold()
    if word and word not in WATCH_STATES:
        raise BadValue(f"Not a watch state: “{text}”. Use one of {', '.join(WATCH_STATES)}.")
    return word


def parse_rating(text: str) -> float | None:
    """Return the rating that `text` names, None for none."""
    if not (bare := text.strip().replace(",", ".")):
        return None
    if not re.fullmatch(r"\d{1,2}(\.\d+)?", bare) or float(bare) > 10:
        raise BadValue(f"Not a rating: “{text}”. Use a number from 0 to 10.")
    return int(bare) if "." not in bare else float(bare)


def watch_sign(state: str, *, is_ascii: bool) -> str:
    """Return the sign of a watch state; of none, the sign before a rating."""
    return WATCH_KEYS[state].replace("-", "*") if is_ascii else _SIGNS[state]


def short_rating(rating: float | None, *, is_ascii: bool) -> str:
    """Return a rating in two cells: " 8", "10", "7½"; "7+" for other fractions, and in plain ASCII."""
    if rating is None:
        return "  "
    whole, fraction = divmod(rating, 1)
    if not fraction:
        return f"{whole:>2.0f}"
    return f"{whole:.0f}{'½' if fraction == 0.5 and not is_ascii else '+'}"


def describe_mine(state: str, rating: float | None) -> str:
    """Return "watched, 8 of 10"; "" for nothing."""
    return ", ".join(filter(None, (state, "" if rating is None else f"{rating:g} of 10")))
