"""What an edit of any watchlist must come to, told from the TOML data alone, without the program's own reading."""

from __future__ import annotations

import calendar
import re
from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any, Final

from tests.store.generated_documents import ENDS, STATUSES, WINDOWS, Document

TODAY: Final = date(2030, 1, 1)
"""Later than every claim of a generated document."""
Table = dict[str, Any]


def _day(claim: Table) -> date:
    """Return the last day by which a claim had been made; one without a day is older than all."""
    match claim.get("on"):
        case datetime() as moment:
            return moment.date()
        case date() as day:
            return day
        case int() as year:
            return date(year, 12, 31)
        case str() as text:
            year, month = map(int, text.split("-"))
            return date(year, month, calendar.monthrange(year, month)[1])
    return date.min


def _window(value: object) -> int:
    """Return a number for what a release means."""
    written = value.isoformat() if isinstance(value, date) else str(value)
    return next(number for word, number in WINDOWS.items() if word.strip("\"'") == written)


def _last(claims: Sequence[Table], key: str) -> Any:
    """Return what the newest claim that says something about a key says; of one day the last one counts."""
    said = [claim[key] for claim in sorted(claims, key=_day) if key in claim]
    return said[-1] if said else None


def _unsaid(show: Table) -> list[Table]:
    """Return the claim that is due because somebody edited status or release by hand."""
    claims = show.get("history", [])
    said: Table = {}
    if "status" in show:
        last = _last(claims, "status")
        if last is None or STATUSES[last] != STATUSES[show["status"]]:
            said["status"] = STATUSES[show["status"]]
    if "release" in show:
        last = _last(claims, "release")
        if last is None or _window(last) != _window(show["release"]):
            value = show["release"]
            said["release"] = date(2026, 5, 14) if value == "2026-05-14" else value
            said["release"] = date(2027, 1, 31) if value == "2027-01-31" else said["release"]
            said["release"] = str(value) if isinstance(value, int) else said["release"]
    if not said:
        return []
    return [{"on": max([TODAY, *map(_day, claims)]), **said, "source": "me"}]


def with_fields(show: Table, fields: Mapping[str, Any]) -> Table:
    """Return the show after an edit that gives fields new values; None takes one away."""
    changed = {**show, **fields}
    if said := _unsaid(show):
        changed["history"] = [*show.get("history", []), *said]
    return {key: value for key, value in changed.items() if value is not None}


def with_claim(show: Table, claim: Table) -> Table:
    """Return the show after a claim was recorded that is newer than all others."""
    said = _unsaid(show)
    claims = [*show.get("history", []), *said]
    changed = {**show, "history": [*claims, claim]}
    for key, same in (("status", _same_status), ("release", _same_window)):
        before = show.get(key, _last(claims, key))
        if key in claim and (before is None or not same(before, claim[key])):
            changed[key] = claim[key]
    return changed


def _same_status(one: str, other: str) -> bool:
    return STATUSES.get(one, one) == STATUSES.get(other, other)


def _same_window(one: object, other: object) -> bool:
    return _window(one) == _window(other)


def survives(document: Document, after: str, show: int, keys: frozenset[str]) -> str:
    """Return the first line of the document that does not stand in its order any more, "" if all do."""
    rows = iter(_lines(after))
    for piece in document.pieces:
        if piece.show == show and piece.key in keys:
            continue
        for line in _lines(piece.text):
            # What stood on the last line may get a line end, but nothing else.
            wanted = (line,) if line.endswith("\n") else (line, line + "\n", line + "\r\n")
            if not any(row in wanted for row in rows):
                return line
    return ""


def _lines(text: str) -> list[str]:
    # A BOM is a piece of its own, and no line.
    return re.findall(r"[^\n]*\n|[^\n]+\Z", text.removeprefix("\ufeff"))


def endings(text: str) -> Counter[str]:
    """Return how many lines end in each of the comments that stand behind values."""
    return Counter(end for line in text.split("\n") for end in ENDS if line.rstrip().endswith(end.strip()))
