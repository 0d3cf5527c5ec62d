"""Find everything that is wrong with a file, with its lines."""

from __future__ import annotations

import re
from datetime import date
from difflib import get_close_matches
from typing import Any, Final, NamedTuple

from tracker.model.history import ME
from tracker.model.links import find_link_fault
from tracker.model.show import Person, Show
from tracker.model.source_record import find_bad_ids
from tracker.store.codec import DecodeError, decode_person, decode_show
from tracker.store.document import Block, BlockError, find_line, guess_value, read_data
from tracker.store.snapshot import Snapshot
from tracker.store.toml import parser
from tracker.store.toml.scanner import find_tables

_KEYS = Show._fields
"""The keys of a show; all others are the owner's own, unless they look like a typing error."""

MAX_PROBLEMS: Final = 100
"""How many problems of one entry are reported."""


class Problem(NamedTuple):
    """One thing to correct."""

    line: int
    """Line of the file, from 1."""
    reason: str
    column: int = 0
    """Of that line, from 1; 0 if the line as a whole is meant."""


def find_problems(contents: Snapshot, today: date) -> tuple[Problem, ...]:
    """Return what is wrong with the entries and the file as a whole, in the order of lines."""
    found = {
        Problem(damage.line, _with_title(damage.title, damage.reason), damage.column)
        for damage in contents.watchlist.damaged
    }
    line = 1
    for block in contents.blocks:
        for path, reason in _entry_problems(block, today):
            title = block.value.title if isinstance(block.value, Show) else guess_value(block.text, "title", "name")
            found.add(Problem(line + find_line(block.text, path) - 1, _with_title(title, reason)))
        for at, name in () if isinstance(block.value, BlockError) else find_tables(block.text):
            if name not in ("show", "person") and name.casefold().rstrip("s") in ("show", "person", "people"):
                where = line + block.text.count("\n", 0, at)
                found.add(Problem(where, f"[[{name}]] is unknown; write [[show]] or [[person]]."))
        line += block.text.count("\n")
    if not contents.watchlist.damaged:
        # Tables of the owner's own may stand twice, which no entry alone can show.
        try:
            parser.parse_strictly(contents.text)
        except parser.ParseError as wrong:
            found.add(Problem(wrong.line, wrong.reason, wrong.column))
    return tuple(sorted(found))


def _entry_problems(block: Block, today: date) -> list[tuple[str, str]]:
    """Return path and reason of everything that is wrong with one entry that is TOML."""
    if block.kind == "head" or not parser.is_toml(block.text):
        return []
    entries = read_data(block).get(block.kind)
    if not isinstance(entries, list) or len(entries) != 1:
        return []
    found: list[tuple[str, str]] = []
    value = _read_past_errors(block.kind, entries[0], found)
    if isinstance(value, Show):
        # A value that was removed would be reported as missing.
        found += [] if found else _find_doubts(value, today)
        for key in entries[0]:
            if key not in _KEYS and (near := get_close_matches(key, _KEYS, n=1, cutoff=0.85)):
                found.append((key, f"“{key}” is unknown; did you mean {near[0]}?"))
    return found


def _read_past_errors(kind: str, table: dict[str, Any], found: list[tuple[str, str]]) -> Show | Person | None:
    """Read an entry past its errors: each is noted and removed, until the rest can be read."""
    while len(found) < MAX_PROBLEMS:
        try:
            return decode_show(table) if kind == "show" else decode_person(table)
        except DecodeError as wrong:
            found.append((wrong.path, wrong.reason))
            if not _remove_value(table, wrong.path, "title" if kind == "show" else "name"):
                return None
    return None


def _remove_value(table: dict[str, Any], path: str, name: str) -> bool:
    """Remove the value at `path`, or give the entry a missing name; return whether it was there."""
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


def _find_doubts(show: Show, today: date) -> list[tuple[str, str]]:
    doubts = [(f"ids.{name}", f"“{show.ids[name]}” is {reason}.") for name, reason in find_bad_ids(show).items()]
    links = [(f"links.{name}", url) for name, url in show.links.items()]
    links += [(f"history[{number}].url", claim.url) for number, claim in enumerate(show.history) if claim.url]
    doubts += [(path, fault) for path, url in links if (fault := find_link_fault(url))]
    for number, claim in enumerate(show.history):
        if claim.on is None:
            if claim.source != ME:
                reason = "a claim has no day; add on = 2026-05-14, the day it was said."
                doubts.append((f"history[{number}].on", reason))
        elif claim.on > today and not claim.on_text:
            doubts.append((f"history[{number}].on", f"a claim is dated {claim.on}, which is in the future."))
        if claim.status is None and claim.release is None and not claim.note:
            doubts.append((f"history[{number}].on", "a claim says nothing; give it a status, a release or a note."))
    return doubts


def _with_title(title: str, reason: str) -> str:
    return f"{title}: {reason}" if title else reason
