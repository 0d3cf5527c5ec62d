"""Edits of the file as a whole: an earlier version comes back, or a copy is merged in."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping
from typing import Any, NamedTuple

from tracker.errors import WatchlistUnwritable
from tracker.store.contents import Contents, read_contents, with_blocks
from tracker.store.document import data_of, read_block
from tracker.store.edit import edit_block
from tracker.store.journal import Replacement
from tracker.store.merge.files import Dispute, MergedFile, merge_files
from tracker.store.merge.values import ABSENT, Clash
from tracker.store.operations import AROUND, Plan

Place = tuple[str, tuple[str, ...]]
"""A show's id, and the keys that lead to one of its values."""


class PutBack(NamedTuple):
    """Give the file another text."""

    text: str
    label: str

    def apply(self, contents: Contents) -> Plan:
        """See `Operation`."""
        return rewritten(contents, self.text)


class MergeCopy(NamedTuple):
    """Bring into the file what a copy of it has, whose common ancestor is not known."""

    copy: str
    """The text of the copy."""
    label: str
    taken: Collection[Place] = ()
    """Where both have something else, what is taken from the copy; the rest stays as the file has it."""

    def apply(self, contents: Contents) -> Plan:
        """See `Operation`."""
        merged = self.merged(contents)
        after = read_contents(merged.text, contents)
        wanted: dict[str, list[Clash]] = {}
        for dispute in merged.disputes:
            chosen = [clash for clash in dispute.clashes if (dispute.show_id, clash.path) in self.taken]
            if chosen and dispute.show_id in after.places:
                wanted[dispute.show_id] = chosen
        for show_id, clashes in wanted.items():
            after = _with_theirs(after, show_id, clashes)
        return rewritten(contents, after.text)

    def merged(self, contents: Contents) -> MergedFile:
        """Return the file with the copy merged in, and what both have in another way."""
        return merge_files("", contents.text, self.copy, prefer_ours=True)

    def disputes(self, contents: Contents) -> tuple[Dispute, ...]:
        """Return what a person is to decide."""
        return self.merged(contents).disputes


def _with_theirs(contents: Contents, show_id: str, clashes: Collection[Clash]) -> Contents:
    place = contents.places[show_id]
    block = contents.blocks[place]
    table = data_of(block)[block.kind][0]
    changes: dict[str, Any] = {}
    for clash in clashes:
        top = clash.path[0]
        changes[top] = _put(changes.get(top, table.get(top)), clash.path[1:], clash.theirs)
    try:
        text = edit_block(block.kind, block.text, changes)
    except (ValueError, RecursionError) as error:
        raise WatchlistUnwritable(f"this entry cannot be edited here ({error}); E opens the file.") from None
    return with_blocks(contents, {place: read_block(block.kind, text)})


def _put(value: Any, path: tuple[str, ...], new: Any) -> Any:
    """Return the value with another one at `path` within it."""
    if not path:
        return None if new is ABSENT else new
    if isinstance(value, list):
        # A credit of the cast, told apart by the actor.
        at = next((at for at, item in enumerate(value) if _actor(item) == path[0]), len(value))
        inner = _put(value[at] if at < len(value) else None, path[1:], new)
        return [*value[:at], *([] if inner is None else [inner]), *value[at + 1 :]]
    table = dict(value or {})
    inner = _put(table.get(path[0]), path[1:], new)
    if inner is None:
        table.pop(path[0], None)
    else:
        table[path[0]] = inner
    return table


def _actor(credit: object) -> str:
    return str(credit.get("actor", "")) if isinstance(credit, Mapping) else str(credit)


def rewritten(contents: Contents, text: str) -> Plan:
    """Return the plan that gives the file this text, as one replacement of all that differs."""
    before = contents.text
    if before == text:
        return Plan((), contents)
    start, end = _common(before, text)
    piece = Replacement(
        before[start : len(before) - end], text[start : len(text) - end],
        lead=before[max(0, start - AROUND) : start], follow=before[len(before) - end :][:AROUND],
        line=before.count("\n", 0, start) + 1, loose=True,
    )  # fmt: skip
    return Plan((piece,), read_contents(text, contents))


def _common(one: str, other: str) -> tuple[int, int]:
    """Return how many characters both begin with, and how many both end with, in whole lines."""
    first, second = (re.findall(r"[^\n]*\n|[^\n]+\Z", text) for text in (one, other))
    most = min(len(first), len(second))
    head = next((n for n in range(most) if first[n] != second[n]), most)
    tail = next((n for n in range(most - head) if first[-1 - n] != second[-1 - n]), most - head)
    return sum(map(len, first[:head])), sum(map(len, first[len(first) - tail :]))
