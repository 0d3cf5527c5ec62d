"""What is told of clashes: both values, so that nobody needs to look for the other one."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from tracker.store.merge.files import Dispute
from tracker.store.merge.values import ABSENT, Clash
from tracker.text import clean_line

_MOST: int = 60


def dispute_words(dispute: Dispute, names: tuple[str, str]) -> str:
    """Return a sentence about an entry that a person must look at."""
    title = dispute.title or "an entry"
    if not dispute.clashes:
        return f"{title}: {dispute.reason}."
    return f"{clash_words(title, dispute.clashes, names)}."


def clash_words(title: str, clashes: Iterable[Clash], names: tuple[str, str] = ("the file", "the edit")) -> str:
    """Return what both sides have, for the middle of a sentence."""
    first, second = names
    told = (
        f"“{field_words(clash)}” is {said(clash.ours)} in {first}, {said(clash.theirs)} in {second}"
        for clash in clashes
    )
    return f"{title}: {'; '.join(told)}"


def field_words(clash: Clash) -> str:
    """Return the name of what clashes as a person says it."""
    return " ".join(clash.path).replace("_", " ")


def said(value: Any) -> str:
    """Return a TOML value in a few words."""
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
    text = clean_line(text)
    return f"“{text if len(text) <= _MOST else text[: _MOST - 1] + '…'}”"
