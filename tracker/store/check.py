"""Everything that is wrong with a file, with the line on which it stands."""

from __future__ import annotations

import re
from datetime import date
from difflib import get_close_matches
from typing import Any, Final, NamedTuple

from tracker.model.show import Person, Show
from tracker.store.codec import DecodeError, decode_person, decode_show
from tracker.store.document import Block, find_line, guess_value, read_data
from tracker.store.snapshot import Snapshot
from tracker.store.toml import parser
from tracker.store.toml.scanner import find_tables

_KEYS = Show._fields
"""What the program reads of a show; all other keys are the owner's own, unless they look like a slip."""


MAX_PROBLEMS: Final = 100
"""How many mistakes of one entry are told."""


class Problem(NamedTuple):
    """One thing to mend."""

    line: int
    """Line of the file, from 1."""
    reason: str


def find_problems(contents: Snapshot, today: date) -> tuple[Problem, ...]:
    """Return what is wrong with each entry, and with the file as a whole, first lines first."""
    found = {Problem(damage.line, _titled(damage.title, damage.reason)) for damage in contents.watchlist.damaged}
    line = 1
    for block in contents.blocks:
        for path, reason in _in_entry(block, today):
            title = block.value.title if isinstance(block.value, Show) else guess_value(block.text, "title", "name")
            found.add(Problem(line + find_line(block.text, path) - 1, _titled(title, reason)))
        for at, name in find_tables(block.text):
            if name not in ("show", "person") and name.casefold().rstrip("s") in ("show", "person", "people"):
                where = line + block.text.count("\n", 0, at)
                found.add(Problem(where, f"[[{name}]] is nothing; write [[show]] or [[person]]."))
        line += block.text.count("\n")
    if not contents.watchlist.damaged:
        # Tables of the owner's own may stand twice, which no entry alone can show.
        try:
            parser.parse_strictly(contents.text.removeprefix("\ufeff"))
        except parser.ParseError as wrong:
            found.add(Problem(wrong.line, wrong.reason))
    return tuple(sorted(found))


def _in_entry(block: Block, today: date) -> list[tuple[str, str]]:
    """Return the path and the reason of everything that is wrong with one entry that is TOML."""
    if block.kind == "head" or not parser.is_toml(block.text):
        return []
    entries = read_data(block)[block.kind]
    if len(entries) != 1:
        return []
    found: list[tuple[str, str]] = []
    value = _read_on(block.kind, entries[0], found)
    if isinstance(value, Show):
        # What was taken out would be missed here once more.
        found += [] if found else _doubts(value, today)
        for key in entries[0]:
            if key not in _KEYS and (near := get_close_matches(key, _KEYS, n=1, cutoff=0.85)):
                found.append((key, f"“{key}” is nothing; is {near[0]} meant?"))
    return found


def _read_on(kind: str, table: dict[str, Any], found: list[tuple[str, str]]) -> Show | Person | None:
    """Read an entry past its mistakes: each is noted and taken out, until the rest can be read."""
    while len(found) < MAX_PROBLEMS:
        try:
            return decode_show(table) if kind == "show" else decode_person(table)
        except DecodeError as wrong:
            found.append((wrong.path, wrong.reason))
            if not _take_out(table, wrong.path, "title" if kind == "show" else "name"):
                return None
    return None


def _take_out(table: dict[str, Any], path: str, name: str) -> bool:
    """Take the value at `path` out, or give the entry a name where that is missing; return whether it was there."""
    if path in ("", name):
        table[name] = "nameless"
        return True
    *way, last = re.findall(r"[^.\[\]]+", path)
    place: Any = table
    try:
        for step in way:
            place = place[int(step)] if isinstance(place, list) else place[step]
        del place[int(last) if isinstance(place, list) else last]
    except (KeyError, IndexError, TypeError, ValueError):
        return False
    return True


def _doubts(show: Show, today: date) -> list[tuple[str, str]]:
    doubts = []
    for number, claim in enumerate(show.history):
        if claim.on is None:
            doubts.append((f"history[{number}].on", "a claim without a day; add on = 2026-05-14, the day it was said."))
        elif claim.on > today and not claim.on_text:
            doubts.append((f"history[{number}].on", f"a claim of {claim.on}, which is still to come."))
        if claim.status is None and claim.release is None and not claim.note:
            doubts.append(
                (f"history[{number}].on", "a claim that says nothing; give it a status, a release or a note.")
            )
    return doubts


def _titled(title: str, reason: str) -> str:
    return f"{title}: {reason}" if title else reason
