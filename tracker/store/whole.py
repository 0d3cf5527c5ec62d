"""Edits of the file as a whole: an earlier version comes back, or a copy is merged in."""

from __future__ import annotations

from collections.abc import Mapping
from difflib import SequenceMatcher
from typing import NamedTuple

from tracker.errors import Conflict
from tracker.store.contents import Contents, read_contents
from tracker.store.document import begins_entry
from tracker.store.journal import Replacement
from tracker.store.merge.files import MergedFile, Place, merge_files
from tracker.store.operations import AROUND, Plan
from tracker.text import clean_line


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
    answers: Mapping[Place, bool] = {}
    """Where both have something else: whether the copy's is taken."""

    def apply(self, contents: Contents) -> Plan:
        """See `Operation`.

        Raises:
            Conflict: There is something else to decide than there are answers to.
        """
        merged = self.merged(contents)
        if open_ := [one for one in merged.disputes if not set(one.places) <= self.answers.keys()]:
            titles = ", ".join(clean_line(one.title) for one in open_)
            raise Conflict(f"the file was changed meanwhile, and there is more to decide now: {titles}.")
        return rewritten(contents, merged.text)

    def merged(self, contents: Contents) -> MergedFile:
        """Return the file with the copy merged in, and what both have in another way."""
        taken = {place for place, is_taken in self.answers.items() if is_taken}
        return merge_files("", contents.text, self.copy, taken=taken)


def rewritten(contents: Contents, text: str) -> Plan:
    """Return the plan that gives the file this text, as one replacement for each row of entries that differ."""
    after = read_contents(text, contents)
    if contents.text == text:
        return Plan((), contents)
    old, new = ([block.text for block in side.blocks] for side in (contents, after))
    pieces: list[Replacement] = []
    for tag, a, b, c, d in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if tag == "equal":
            continue
        line = sum(text.count("\n") for text in old[:a]) + 1
        pairs = [*zip(old[a:b], new[c:d], strict=False)]
        if b - a == d - c and all(begins_entry(one) and begins_entry(other) for one, other in pairs):
            pieces += [Replacement(one, other, line=line) for one, other in pairs]
        else:
            lead, follow = "".join(new[:c])[-AROUND:], "".join(old[b:])[:AROUND]
            pieces.append(Replacement("".join(old[a:b]), "".join(new[c:d]), lead, follow, line, loose=True))
    return Plan(tuple(pieces), after)
