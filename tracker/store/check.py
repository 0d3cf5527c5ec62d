"""Everything that is wrong with a file, with the line on which it stands."""

from __future__ import annotations

from datetime import date
from typing import NamedTuple

from tracker.model.show import Show
from tracker.store import reader
from tracker.store.contents import Contents
from tracker.store.document import line_of


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
