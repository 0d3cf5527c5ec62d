"""Sentences about conflicts, with both values."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any, Final

from tracker.store.merge.three_way import EntryConflict
from tracker.store.merge.values import ABSENT, FieldConflict
from tracker.text import clean_line

_MAX_CHARS: Final = 60
"""How many characters of a value are shown."""
_CHARS_BEFORE: Final = 20
"""How many of these are before the first that differs."""


def describe_entry_conflict(entry: EntryConflict, names: tuple[str, str]) -> str:
    """Return a sentence about an entry that a person must look at."""
    title = clean_line(entry.title) or "an entry"
    if not entry.fields:
        return f"{title}: {entry.reason}."
    return f"{describe_conflicts(title, entry.fields, names)}."


def describe_conflicts(
    title: str, conflicts: Iterable[FieldConflict], names: tuple[str, str] = ("the file", "the edit")
) -> str:
    """Return the title and the values of both sides, as a clause."""
    parts = []
    for conflict in conflicts:
        ours, theirs = show_difference(conflict.ours, conflict.theirs)
        parts.append(f"“{field_label(conflict)}” is {ours} in {names[0]}, {theirs} in {names[1]}")
    return f"{title}: {'; '.join(parts)}"


def field_label(conflict: FieldConflict) -> str:
    """Return the name of the field in plain words."""
    return clean_line(" ".join(conflict.path).replace("_", " "))


def show_difference(one: Any, other: Any) -> tuple[str, str]:
    """Return two TOML values, each cut to where they differ."""
    first, second = _format_value(one), _format_value(other)
    difference = next((index for index, (a, b) in enumerate(zip(first, second, strict=False)) if a != b), 0)
    start = max(0, difference - _CHARS_BEFORE) if max(len(first), len(second)) > _MAX_CHARS else 0
    return _cut(one, first, start), _cut(other, second, start)


def _cut(value: Any, text: str, start: int) -> str:
    if value is ABSENT or isinstance(value, bool):
        return text
    part = text[start : start + _MAX_CHARS]
    return f"“{'…' if start else ''}{part}{'…' if start + _MAX_CHARS < len(text) else ''}”"


def _format_value(value: Any) -> str:
    if value is ABSENT:
        return "missing"
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, list):
        text = ", ".join(str(item.get("actor", "…")) if isinstance(item, dict) else str(item) for item in value)
    elif isinstance(value, dict) and "on" in value:
        text = " ".join(str(value[key]) for key in ("on", "status", "release", "source") if key in value)
    elif isinstance(value, dict):
        text = ", ".join(f"{key} = {item}" for key, item in value.items())
    else:
        text = value.isoformat() if isinstance(value, date) else str(value)
    return clean_line(text)
