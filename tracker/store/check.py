"""Everything that is wrong with a file, with the line on which it stands."""

from __future__ import annotations

from datetime import date
from difflib import get_close_matches
from typing import NamedTuple

from tracker.model.show import Show
from tracker.store import reader
from tracker.store.contents import Contents
from tracker.store.document import data_of, line_of
from tracker.store.scan import tables

_KEYS = Show._fields
"""What the program reads of a show; all other keys are the owner's own, unless they look like a slip."""


class Problem(NamedTuple):
    """One thing to mend."""

    line: int
    """Line of the file, from 1."""
    reason: str


def problems(contents: Contents, today: date) -> tuple[Problem, ...]:
    """Return what is wrong with each entry, and with the file as a whole, first lines first."""
    found = {Problem(damage.line, _titled(damage.title, damage.reason)) for damage in contents.watchlist.damages}
    for place, block in enumerate(contents.blocks):
        if isinstance(block.value, Show):
            for path, reason in _doubts(block.value, today):
                line = contents.line(place) + line_of(block.text, path) - 1
                found.add(Problem(line, _titled(block.value.title, reason)))
            for key in data_of(block)["show"][0]:
                if key not in _KEYS and (near := get_close_matches(key, _KEYS, n=1, cutoff=0.85)):
                    line = contents.line(place) + line_of(block.text, key) - 1
                    found.add(Problem(line, _titled(block.value.title, f"“{key}” is nothing; is {near[0]} meant?")))
        for at, name in tables(block.text):
            if name not in ("show", "person") and name.casefold().rstrip("s") in ("show", "person", "people"):
                line = contents.line(place) + block.text.count("\n", 0, at)
                found.add(Problem(line, f"[[{name}]] is nothing; write [[show]] or [[person]]."))
    if not contents.watchlist.damages:
        # Tables of the owner's own may stand twice, which no entry alone can show.
        try:
            reader.parse_strictly(contents.text.removeprefix("\ufeff"))
        except reader.Unparsable as wrong:
            found.add(Problem(wrong.line, wrong.reason))
    return tuple(sorted(found))


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
