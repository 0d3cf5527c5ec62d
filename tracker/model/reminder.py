"""Reminders: when the owner wants to be told of a release."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Final

from tracker.errors import BadValue
from tracker.text import clean_line

OVERDUE: Final = "overdue"
"""The rule for the day after a date that was missed."""
NEVER: Final = "never"
"""What people type for an empty list of rules."""
MAX_DAYS: Final = 366
_WORDS: Final = {"today": "0d", "tomorrow": "1d"}
_BEFORE: Final = re.compile(r"(\d{1,3})\s*(d|days?|w|weeks?)(?:\s+before)?")


def parse_rule(text: str) -> str:
    """Return a rule in its short form: "7d" and "2w" before the day, "0d" on it, "overdue" after it.

    Raises:
        BadValue: It is none, or more than a year before.
    """
    word = clean_line(text).casefold()
    word = _WORDS.get(word, word)
    if word == OVERDUE:
        return word
    match = _BEFORE.fullmatch(word) if word.isascii() else None
    rule = f"{int(match[1])}{match[2][0]}" if match is not None else ""
    if not rule or (days_before(rule) or 0) > MAX_DAYS:
        raise BadValue(f"Not a reminder: “{text}”. Use 7d, 2w, 0d for the day itself, or overdue.")
    return rule


def parse_rules(text: str) -> tuple[str, ...] | None:
    """Return the rules of a text with commas; None for an empty text, () for "never".

    Raises:
        BadValue: One of them is no rule.
    """
    line = clean_line(text)
    if not line:
        return None
    if line.casefold() == NEVER:
        return ()
    return tuple(dict.fromkeys(parse_rule(part) for part in line.split(",") if part.strip()))


def write_rules(rules: Iterable[str] | None) -> str:
    """Return rules as text that `parse_rules` reads: "7d, 1d", "never", "" for none of its own."""
    return "" if rules is None else ", ".join(rules) or NEVER


def days_before(rule: str) -> int | None:
    """Return how many days before the release a rule is for, None for `OVERDUE`."""
    return None if rule == OVERDUE else int(rule[:-1]) * (7 if rule.endswith("w") else 1)
