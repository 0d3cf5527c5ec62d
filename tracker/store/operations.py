"""Edits as operations: each says what it changes, and is applied to whatever the file says by then."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from difflib import SequenceMatcher
from typing import Any, NamedTuple, Protocol

from tracker.errors import Conflict, WatchlistUnwritable
from tracker.model.fields import SETS, merge_names
from tracker.model.item_edit import EditedShow
from tracker.model.show import Person, Show
from tracker.store.codec import encode_person, encode_show
from tracker.store.document import Block, begins_entry
from tracker.store.journal import TextChange
from tracker.store.merge.three_way import ConflictKey, MergedFile, merge_files
from tracker.store.show_writer import verify_text, write_person, write_show
from tracker.store.snapshot import Snapshot, read_snapshot, replace_blocks
from tracker.store.toml.editor import format_block, remove_entry
from tracker.store.undo import apply_changes
from tracker.text import clean_line, search_form, slug

CONTEXT_LENGTH = 300
"""Characters around a change that are stored, to find its place again."""


class EditPlan(NamedTuple):
    """The changes of text that make an edit, and the file after them."""

    changes: tuple[TextChange, ...]
    snapshot: Snapshot


class Operation(Protocol):
    """An edit that can be applied to any state of the file."""

    @property
    def label(self) -> str:
        """A sentence about it in the past, for the journal: "Soul Mate is released"."""
        ...

    def apply(self, snapshot: Snapshot) -> EditPlan:
        """Plan the edit of this state of the file.

        Raises:
            TrackerError: It cannot be made here: no such show, a damaged entry, a conflict.
        """
        ...


class UpdateShows(NamedTuple):
    """Change shows, each by a function of what the file says of it by then."""

    updates: Mapping[str, Callable[[Show], Show]]
    label: str

    def apply(self, snapshot: Snapshot) -> EditPlan:
        blocks, conflicts = {}, []
        for show_id, update in self.updates.items():
            show = snapshot.watchlist.get(show_id)
            try:
                after = update(show)
            except Conflict as conflict:
                conflicts.append(conflict)
                continue
            if after != show:
                blocks[show.id] = write_show(snapshot.block_of(show.id), after)
        if conflicts:
            differences = [difference for conflict in conflicts for difference in conflict.differences]
            sentence = f"Changed in the file: {'; '.join(map(str, conflicts))}. Nothing was written."
            raise Conflict(sentence, differences)
        return _plan_blocks(snapshot, blocks)


class EditShow(NamedTuple):
    """Change a show, by a function of what the file says of it by then, which says where its claims were."""

    show_id: str
    edit: Callable[[Show], EditedShow]
    label: str

    def apply(self, snapshot: Snapshot) -> EditPlan:
        show = snapshot.watchlist.get(self.show_id)
        after, claims, cast = self.edit(show)
        if after == show:
            return EditPlan((), snapshot)
        return _plan_blocks(snapshot, {show.id: write_show(snapshot.block_of(show.id), after, claims, cast)})


class AddShows(NamedTuple):
    """Put new shows at the end of the file, under their ids or those made from their titles, numbered if taken."""

    shows: Sequence[Show]
    label: str

    def apply(self, snapshot: Snapshot) -> EditPlan:
        used_ids = {*snapshot.block_numbers, *(damaged.show_id for damaged in snapshot.watchlist.damaged)}
        tables = []
        for show in self.shows:
            base_id = show_id = show.id or slug(show.title)
            number = 2
            while show_id in used_ids:
                show_id, number = f"{base_id}-{number}", number + 1
            used_ids.add(show_id)
            tables.append(encode_show(show._replace(id=show_id)))
        return _plan_addition(snapshot, "show", tables)


class RemoveShows(NamedTuple):
    """Take shows out of the file; comments between entries and the owner's own tables stay."""

    show_ids: tuple[str, ...]
    label: str

    def apply(self, snapshot: Snapshot) -> EditPlan:
        return _plan_removal(snapshot, [snapshot.block_numbers[snapshot.watchlist.get(i).id] for i in self.show_ids])


class EditPerson(NamedTuple):
    """Change the card of a person, which was seen as `seen`; None adds one, or removes it as `person`."""

    seen: Person | None
    person: Person | None
    label: str

    def apply(self, snapshot: Snapshot) -> EditPlan:
        """Raise `Conflict` if there is a card of the name already, or if its value was changed meanwhile."""
        if self.seen is None:
            return self._add(snapshot)
        number = self._find(snapshot)
        block = snapshot.blocks[number]
        if self.person is None:
            if block.value != self.seen:
                raise Conflict(f"The card of {self.seen.name} has changed in the file. Look at it again.")
            return _plan_removal(snapshot, [number])
        return _plan_numbers(snapshot, {number: write_person(block, self._merge(block.value))})

    def _add(self, snapshot: Snapshot) -> EditPlan:
        if self.person is None:
            return EditPlan((), snapshot)
        name = search_form(self.person.name)
        if any(search_form(known.name) == name for known in snapshot.watchlist.people):
            raise Conflict(f"{self.person.name} has a card now. Look at it again.")
        return _plan_addition(snapshot, "person", [encode_person(self.person)])

    def _find(self, snapshot: Snapshot) -> int:
        cards = [(number, block.value) for number, block in enumerate(snapshot.blocks) if block.kind == "person"]
        same = [number for number, person in cards if person == self.seen]
        name = search_form(self.seen.name) if self.seen is not None else ""
        same = same or [n for n, person in cards if isinstance(person, Person) and search_form(person.name) == name]
        if not same:
            raise Conflict("The card was removed or renamed in the file.")
        return same[0]

    def _merge(self, now: object) -> Person:
        """Return the card as the file has it, with what was changed here."""
        assert isinstance(now, Person)  # noqa: S101 - see `_find`
        values: dict[str, Any] = {}
        for name in Person._fields:
            old, new, known = (getattr(person, name) for person in (self.seen or now, self.person or now, now))
            if new == old:
                continue
            if name in SETS:
                values[name] = merge_names(old, known, new)
            elif known in (old, new):
                values[name] = new
            else:
                raise Conflict(f"“{name.replace('_', ' ')}” of {now.name} has changed in the file.")
        return now._replace(**values)


def _plan_addition(snapshot: Snapshot, kind: str, tables: Sequence[Mapping[str, Any]]) -> EditPlan:
    """Plan to put new entries of a kind at the end of the file."""
    head = snapshot.blocks[0] if snapshot.blocks else None
    for damaged in snapshot.watchlist.damaged:
        if head and head.kind == "head" and damaged.line <= head.text.count("\n") + 1:
            raise WatchlistUnwritable(f"Fix line {damaged.line} of the file first: {damaged.reason}")
    newline = "\r\n" if b"\r\n" in snapshot.data else "\n"
    text = newline.join(format_block(kind, table, newline) for table in tables)
    verify_text(text, {kind: tables})
    file_text = snapshot.text
    gap = "" if not file_text or file_text.endswith(newline * 2) else newline * (2 - file_text.endswith("\n"))
    lead, line = file_text[-CONTEXT_LENGTH:], file_text.count("\n") + 1
    is_run = len(tables) > 1
    change = TextChange("", text, lead=lead + gap if is_run else lead, gap=gap, line=line, loose=is_run)
    return EditPlan((change,), read_snapshot(file_text + gap + text, snapshot))


def _plan_removal(snapshot: Snapshot, numbers: Sequence[int]) -> EditPlan:
    """Plan to take the entries of blocks out of the file."""
    changes, text = [], snapshot.text
    for number in sorted(numbers, reverse=True):
        before = snapshot.blocks[number].text
        after = remove_entry(snapshot.blocks[number].kind, before)
        start = sum(len(block.text) for block in snapshot.blocks[:number])
        end = start + len(before)
        lead, follow = text[max(0, start - CONTEXT_LENGTH) : start], text[end : end + CONTEXT_LENGTH]
        changes.append(TextChange(before, after, lead, follow, line=snapshot.line(number)))
        text = text[:start] + after + text[end:]
    return EditPlan(tuple(changes), read_snapshot(text, snapshot))


class ReplaceText(NamedTuple):
    """Give the file another text."""

    text: str
    label: str

    def apply(self, snapshot: Snapshot) -> EditPlan:
        return plan_rewrite(snapshot, self.text)


class RevertChange(NamedTuple):
    """Give an entry its text from before a change; what was written into it since stays."""

    before: str
    """The entry's text before the change."""
    after: str
    """Its text after it."""
    label: str
    lead: str = ""
    """The text just before a removed entry, to find its place again."""
    follow: str = ""
    """The text just behind it."""
    then: Operation | None = None
    """Another operation of the same edit."""

    def apply(self, snapshot: Snapshot) -> EditPlan:
        """Raise `Conflict` if the same was changed since."""
        reverted = apply_changes(snapshot, (TextChange(self.after, self.before, self.lead, self.follow),))
        if not isinstance(reverted, Snapshot):
            raise Conflict(f"Can't undo this: {reverted}. The file is unchanged.")
        if reverted.data == snapshot.data and self.before != self.after:
            raise Conflict("Can't undo this: it is part of the history now.")
        after = self.then.apply(reverted).snapshot if self.then is not None else reverted
        return plan_rewrite(snapshot, after.text)


class MergeCopy(NamedTuple):
    """Bring into the file what a copy of it has; their common ancestor is not known."""

    copy: str
    """The text of the copy."""
    label: str
    answers: Mapping[ConflictKey, bool] = {}
    """For each conflict, whether the copy's value is taken."""

    def apply(self, snapshot: Snapshot) -> EditPlan:
        """Raise `Conflict` if there are conflicts without an answer."""
        merged = self.merge(snapshot)
        if unanswered := [entry for entry in merged.conflicts if not set(entry.keys) <= self.answers.keys()]:
            titles = ", ".join(clean_line(entry.title) for entry in unanswered)
            raise Conflict(f"The file has changed, and there is more to decide: {titles}.")
        return plan_rewrite(snapshot, merged.text)

    def merge(self, snapshot: Snapshot) -> MergedFile:
        """Return the file with the copy merged in, and the conflicts."""
        take_theirs = {key for key, is_taken in self.answers.items() if is_taken}
        return merge_files("", snapshot.text, self.copy, ("the file", "the copy"), take_theirs=take_theirs)


def _plan_blocks(snapshot: Snapshot, blocks: Mapping[str, Block]) -> EditPlan:
    """Plan the replacement of the blocks of shows, by their ids."""
    return _plan_numbers(snapshot, {snapshot.block_numbers[show_id]: block for show_id, block in blocks.items()})


def _plan_numbers(snapshot: Snapshot, new: Mapping[int, Block]) -> EditPlan:
    """Plan the replacement of blocks, by their numbers."""
    new = {number: block for number, block in new.items() if block.text != snapshot.blocks[number].text}
    if not new:
        return EditPlan((), snapshot)
    changes, line, offset, last = [], 1, 0, 0
    # Only entries without an id can be equal; no other needs its line, which takes long to count.
    may_be_equal = any(isinstance(block.value, Show) and not block.value.id for block in new.values())
    for number in sorted(new):
        if may_be_equal:
            start = offset + sum(block.size for block in snapshot.blocks[last:number])
            line += snapshot.data.count(b"\n", offset, start)
            offset, last = start, number
        changes.append(TextChange(snapshot.blocks[number].text, new[number].text, line=line))
    return EditPlan(tuple(changes), replace_blocks(snapshot, new))


def plan_rewrite(snapshot: Snapshot, text: str) -> EditPlan:
    """Plan to give the file this text, with one change for each run of entries that differ."""
    if snapshot.text == text:
        return EditPlan((), snapshot)
    after = read_snapshot(text, snapshot)
    old, new = ([block.text for block in side.blocks] for side in (snapshot, after))
    changes: list[TextChange] = []
    for tag, a, b, c, d in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if tag == "equal":
            continue
        line = sum(text.count("\n") for text in old[:a]) + 1
        pairs = [*zip(old[a:b], new[c:d], strict=False)]
        if b - a == d - c and all(begins_entry(one) and begins_entry(other) for one, other in pairs):
            changes += [TextChange(one, other, line=line) for one, other in pairs]
        else:
            lead, follow = "".join(new[:c])[-CONTEXT_LENGTH:], "".join(old[b:])[:CONTEXT_LENGTH]
            changes.append(TextChange("".join(old[a:b]), "".join(new[c:d]), lead, follow, line, loose=True))
    return EditPlan(tuple(changes), after)
