"""What is told of clashes: both values, so that nobody needs to look for the other one."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any, Final

from tracker.store.merge.three_way import EntryConflict
from tracker.store.merge.values import ABSENT, FieldConflict
from tracker.text import clean_line

_MOST: Final = 60
"""How many characters of a value are told."""
_BEFORE: Final = 20
"""How many of them stand before the first that differs."""


def describe_entry_conflict(dispute: EntryConflict, names: tuple[str, str]) -> str:
    """Return a sentence about an entry that a person must look at."""
    title = clean_line(dispute.title) or "an entry"
    if not dispute.fields:
        return f"{title}: {dispute.reason}."
    return f"{describe_conflicts(title, dispute.fields, names)}."


def describe_conflicts(
    title: str, clashes: Iterable[FieldConflict], names: tuple[str, str] = ("the file", "the edit")
) -> str:
    """Return what both sides have, for the middle of a sentence."""
    told = []
    for clash in clashes:
        ours, theirs = show_difference(clash.ours, clash.theirs)
        told.append(f"“{field_label(clash)}” is {ours} in {names[0]}, {theirs} in {names[1]}")
    return f"{title}: {'; '.join(told)}"


def field_label(clash: FieldConflict) -> str:
    """Return the name of what clashes as a person says it."""
    return clean_line(" ".join(clash.path).replace("_", " "))


def show_difference(one: Any, other: Any) -> tuple[str, str]:
    """Return two TOML values in a few words each, which show where they differ."""
    first, second = _said(one), _said(other)
    same = next((at for at, (a, b) in enumerate(zip(first, second, strict=False)) if a != b), 0)
    start = max(0, same - _BEFORE) if max(len(first), len(second)) > _MOST else 0
    return _cut(one, first, start), _cut(other, second, start)


def _cut(value: Any, text: str, start: int) -> str:
    if value is ABSENT or isinstance(value, bool):
        return text
    part = text[start : start + _MOST]
    return f"“{'…' if start else ''}{part}{'…' if start + _MOST < len(text) else ''}”"


def _said(value: Any) -> str:
    if value is ABSENT:
        return "not there"
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
