"""Edits as operations: each says what it changes, and is applied to whatever the file says by then."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from difflib import SequenceMatcher
from typing import Any, NamedTuple, Protocol

from tracker.errors import Conflict, Difference, WatchlistUnwritable
from tracker.model.fields import FIELDS, PAIRS, SETS, has_pair_conflict, merge_names, merge_pairs
from tracker.model.history import Claim, fold_history, hand_edit_claim, mark_region
from tracker.model.show import Show
from tracker.model.window import Window
from tracker.store.codec import encode, encode_claim, encode_show, merge_cast
from tracker.store.document import Block, begins_entry, read_block, read_data
from tracker.store.journal import TextChange
from tracker.store.merge.three_way import ConflictKey, MergedFile, merge_files
from tracker.store.snapshot import Snapshot, read_snapshot, replace_blocks
from tracker.store.toml import parser
from tracker.store.toml.editor import edit_block, format_block, remove_entry
from tracker.store.toml.parser import same_data
from tracker.store.undo import apply_changes
from tracker.text import clean_line, slug

CONTEXT_LENGTH = 300
"""How many characters around a piece are noted, by which its place is found again."""


class EditPlan(NamedTuple):
    """What an operation comes to: the pieces of text that it replaces, and the file after it."""

    changes: tuple[TextChange, ...]
    snapshot: Snapshot


class Operation(Protocol):
    """An edit that can be applied to any state of the file."""

    @property
    def label(self) -> str:
        """A sentence about it in the past, for the journal: "Soul Mate is released"."""
        ...

    def apply(self, contents: Snapshot) -> EditPlan:
        """Return the edit as it is on these contents.

        Raises:
            TrackerError: It cannot be made here: no such show, a damaged entry, a conflict.
        """
        ...


class AddClaims(NamedTuple):
    """Append claims to the histories of shows; status and release follow from the histories."""

    claims: Mapping[str, tuple[Claim, ...]]
    label: str
    today: date
    """The day on which a hand edit that is found on the way counts as said."""
    region: str = ""
    """The owner's country, whose releases count."""

    def apply(self, contents: Snapshot) -> EditPlan:
        """See `Operation`."""
        said = {contents.watchlist.get(show_id).id: claims for show_id, claims in self.claims.items()}
        return _replaced(contents, {i: self._edited(contents.block_of(i), claims) for i, claims in said.items()})

    def _edited(self, block: Block, claims: Sequence[Claim]) -> Block:
        return _edited(block, {}, claims, self.today, self.region)


class RecordHandEdits(NamedTuple):
    """Append to the histories what was said by editing status or release in the file.

    Undo takes the hand edits back too: without that they would be noted again.
    """

    show_ids: Sequence[str]
    label: str
    today: date
    region: str = ""
    """The owner's country, whose releases count."""

    def apply(self, contents: Snapshot) -> EditPlan:
        """See `Operation`."""
        blocks = {
            i: contents.block_of(i)
            for i in self.show_ids
            if i in contents.block_numbers and contents.block_of(i).has_hand_edit
        }
        plan = _replaced(contents, {i: _edited(block, {}, (), self.today, self.region) for i, block in blocks.items()})
        return plan._replace(changes=tuple(map(self._as_before, plan.changes)))

    def _as_before(self, piece: TextChange) -> TextChange:
        """Return the replacement as if its entry had still said what its history says."""
        show = read_block("show", piece.before).value
        if not isinstance(show, Show) or not (
            said := hand_edit_claim(show.status, show.release, show.history, self.today)
        ):
            return piece
        standing = fold_history(mark_region(show.history, self.region))
        changes: dict[str, Any] = {}
        # What was there before the first word of all is not known: then the owner's key stays.
        if said.status is not None and standing.status is not None:
            changes["status"] = encode("status", standing.status)
        if said.release is not None and standing.window is not None:
            changes["release"] = encode("release", standing.window)
        return piece._replace(before=edit_block("show", piece.before, changes))


class FieldChange(NamedTuple):
    """New values for fields of one show."""

    fields: Mapping[str, tuple[Any, Any]]
    """Old and new value of the model, by name: the old one is what the new was meant to replace."""
    claims: tuple[Claim, ...] = ()
    """What is recorded in the same edit."""


class SetFields(NamedTuple):
    """Give fields of shows new values."""

    changes: Mapping[str, FieldChange]
    label: str
    today: date
    """The day on which a hand edit that is found on the way counts as said."""
    region: str = ""
    """The owner's country, whose releases count."""

    def apply(self, contents: Snapshot) -> EditPlan:
        """See `Operation`."""
        changed = {}
        clashing: list[Difference] = []
        for show_id, change in self.changes.items():
            show = contents.watchlist.get(show_id)
            wanted: dict[str, Any] = {}
            for name, (old, new) in change.fields.items():
                now = getattr(show, name)
                if name in SETS:
                    wanted[name] = merge_names(old, now, new)
                    continue
                if name == "follows" or (name in PAIRS and not has_pair_conflict(old, now, new)):
                    wanted[name] = merge_pairs(old, now, new)
                    continue
                wanted[name] = new
                if now not in (old, new):
                    write = FIELDS[name].write
                    clashing.append(Difference(show_id, name, write(now), write(new)))
            fields = {name: new for name, new in wanted.items() if getattr(show, name) != new}
            if fields or change.claims:
                block = contents.block_of(show_id)
                if "title" in fields and isinstance(block.value, Show) and not block.value.id:
                    # The id came from the old title; whoever knows the show by it should find it still.
                    fields = {"id": show_id} | fields
                changed[show_id] = _edited(block, fields, change.claims, self.today, self.region)
        if clashing:
            raise Conflict(_clash_words(contents, clashing), clashing)
        return _replaced(contents, changed)


class AddShow(NamedTuple):
    """Put a new show at the end of the file, under its id or one made from its title, if need be with a number."""

    show: Show
    label: str

    def apply(self, contents: Snapshot) -> EditPlan:
        """See `Operation`."""
        for damage in contents.watchlist.damaged:
            if contents.blocks[0].kind == "head" and damage.line <= contents.blocks[0].text.count("\n") + 1:
                raise WatchlistUnwritable(f"line {damage.line} of the file must be mended first: {damage.reason}")
        taken = {*contents.block_numbers, *(damage.show_id for damage in contents.watchlist.damaged)}
        wanted, number = self.show.id or slug(self.show.title), 2
        show_id = wanted
        while show_id in taken:
            show_id, number = f"{wanted}-{number}", number + 1
        table = encode_show(self.show._replace(id=show_id))
        newline = "\r\n" if b"\r\n" in contents.data else "\n"
        text = format_block("show", table, newline)
        _check(text, {"show": [table]})
        end = contents.text
        gap = "" if not end or end.endswith(newline * 2) else newline if end.endswith("\n") else newline * 2
        piece = TextChange("", text, lead=end[-CONTEXT_LENGTH:], gap=gap, line=end.count("\n") + 1)
        return EditPlan((piece,), read_snapshot(end + gap + text, contents))


class RemoveShows(NamedTuple):
    """Take shows out of the file; comments between entries and tables of the owner's own stay."""

    show_ids: tuple[str, ...]
    label: str

    def apply(self, contents: Snapshot) -> EditPlan:
        """See `Operation`."""
        pieces, text = [], contents.text
        places = (contents.block_numbers[contents.watchlist.get(show_id).id] for show_id in self.show_ids)
        for place in sorted(places, reverse=True):
            before = contents.blocks[place].text
            after = remove_entry("show", before)
            at = sum(len(block.text) for block in contents.blocks[:place])
            end = at + len(before)
            lead, follow = text[max(0, at - CONTEXT_LENGTH) : at], text[end : end + CONTEXT_LENGTH]
            pieces.append(TextChange(before, after, lead, follow, line=contents.line(place)))
            text = text[:at] + after + text[end:]
        return EditPlan(tuple(pieces), read_snapshot(text, contents))


def _clash_words(contents: Snapshot, clashing: Sequence[Difference]) -> str:
    told = "; ".join(
        f"“{one.field}” of {contents.watchlist.get(one.show_id).title}: "
        f"the file has “{one.in_file}”, you have “{one.wanted}”"
        for one in clashing
    )
    return f"changed meanwhile: {told}. Nothing was written."


def _edited(block: Block, fields: Mapping[str, Any], claims: Sequence[Claim], today: date, region: str) -> Block:
    """Return the block with new fields and claims, after an independent parser has found just these in it.

    Args:
        block: An entry that can be read.
        fields: New values of the model by name, but not status and release: these follow from the history.
        claims: What is appended to the history, behind a hand edit that was not noted yet.
        today: The day on which such a hand edit counts as said.
        region: The owner's country, whose releases count.
    """
    show = block.value
    assert isinstance(show, Show)  # noqa: S101 - only readable entries have a place
    if block.has_hand_edit and (said := hand_edit_claim(show.status, show.release, show.history, today)):
        claims = (said, *claims)
    intended = _all_data(block)
    table = intended[block.kind][0]
    changes = {name: encode(name, value) for name, value in fields.items()}
    if "cast" in fields:
        changes["cast"] = merge_cast(table.get("cast"), fields["cast"])
    if claims:
        standing = fold_history(mark_region((*show.history, *claims), region))
        for name, value in (("status", standing.status), ("release", standing.window)):
            if value is not None and not _means_same(value, getattr(show, name)):
                changes[name] = encode(name, value)
    for key, value in changes.items():
        if value is None:
            table.pop(key, None)
        else:
            table[key] = value
    tables = [encode_claim(claim) for claim in claims]
    if tables:
        table["history"] = [*table.get("history", []), *tables]
    try:
        text = edit_block(block.kind, block.text, changes, tables)
    except (ValueError, RecursionError) as error:
        raise WatchlistUnwritable(f"{show.title} cannot be edited here ({error}); E opens the file.") from None
    _check(text, intended)
    return read_block(block.kind, text)


def _all_data(block: Block) -> dict[str, Any]:
    try:
        return read_data(block)
    except (parser.ParseError, RecursionError) as wrong:
        raise WatchlistUnwritable(f"this entry cannot be edited here ({wrong}); E opens the file.") from None


def _means_same(new: object, old: object) -> bool:
    return _key(new) == _key(old)


def _key(value: object) -> object:
    return value.key if isinstance(value, Window) else value


def _check(text: str, intended: Mapping[str, Any]) -> None:
    try:
        written = parser.parse_strictly(text.removeprefix("\ufeff"))
    except parser.ParseError as wrong:
        raise WatchlistUnwritable(f"this edit would not read back ({wrong.reason}); nothing was written.") from None
    if not same_data(written, intended):
        raise WatchlistUnwritable("this edit would change more than it should; nothing was written.")


def _replaced(contents: Snapshot, changed: Mapping[str, Block]) -> EditPlan:
    """Return the plan that puts changed blocks in the places of the old ones."""
    places = ((contents.block_numbers[show_id], block) for show_id, block in changed.items())
    new = {place: block for place, block in places if block.text != contents.blocks[place].text}
    if not new:
        return EditPlan((), contents)
    pieces, line, at, passed = [], 1, 0, 0
    for place in sorted(new):
        start = at + sum(block.size for block in contents.blocks[passed:place])
        line += contents.data.count(b"\n", at, start)
        at, passed = start, place
        pieces.append(TextChange(contents.blocks[place].text, new[place].text, line=line))
    return EditPlan(tuple(pieces), replace_blocks(contents, new))


class RevertChange(NamedTuple):
    """Give an entry back what it was before a change; what was written into it since stays."""

    before: str
    """The entry's text before the change."""
    after: str
    """Its text after it."""
    label: str
    lead: str = ""
    """The text directly before an entry that was taken away, by which its place is found again."""
    follow: str = ""
    """The text directly behind it."""
    then: Operation | None = None
    """What is done in the same edit."""

    def apply(self, contents: Snapshot) -> EditPlan:
        """See `Operation`.

        Raises:
            Conflict: Just that was changed since.
        """
        back = apply_changes(contents, (TextChange(self.after, self.before, self.lead, self.follow),))
        if not isinstance(back, Snapshot):
            raise Conflict(f"“{self.label}” cannot be done: {back}. The file is as it was.")
        after = self.then.apply(back).snapshot if self.then is not None else back
        return plan_rewrite(contents, after.text)


class ReplaceText(NamedTuple):
    """Give the file another text."""

    text: str
    label: str

    def apply(self, contents: Snapshot) -> EditPlan:
        """See `Operation`."""
        return plan_rewrite(contents, self.text)


class MergeCopy(NamedTuple):
    """Bring into the file what a copy of it has, whose common ancestor is not known."""

    copy: str
    """The text of the copy."""
    label: str
    answers: Mapping[ConflictKey, bool] = {}
    """Where both have something else: whether the copy's is taken."""

    def apply(self, contents: Snapshot) -> EditPlan:
        """See `Operation`.

        Raises:
            Conflict: There is something else to decide than there are answers to.
        """
        merged = self.merged(contents)
        if open_ := [one for one in merged.conflicts if not set(one.keys) <= self.answers.keys()]:
            titles = ", ".join(clean_line(one.title) for one in open_)
            raise Conflict(f"the file was changed meanwhile, and there is more to decide now: {titles}.")
        return plan_rewrite(contents, merged.text)

    def merged(self, contents: Snapshot) -> MergedFile:
        """Return the file with the copy merged in, and what both have in another way."""
        taken = {place for place, is_taken in self.answers.items() if is_taken}
        return merge_files("", contents.text, self.copy, taken=taken)


def plan_rewrite(contents: Snapshot, text: str) -> EditPlan:
    """Return the plan that gives the file this text, as one replacement for each row of entries that differ."""
    after = read_snapshot(text, contents)
    if contents.text == text:
        return EditPlan((), contents)
    old, new = ([block.text for block in side.blocks] for side in (contents, after))
    pieces: list[TextChange] = []
    for tag, a, b, c, d in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if tag == "equal":
            continue
        line = sum(text.count("\n") for text in old[:a]) + 1
        pairs = [*zip(old[a:b], new[c:d], strict=False)]
        if b - a == d - c and all(begins_entry(one) and begins_entry(other) for one, other in pairs):
            pieces += [TextChange(one, other, line=line) for one, other in pairs]
        else:
            lead, follow = "".join(new[:c])[-CONTEXT_LENGTH:], "".join(old[b:])[:CONTEXT_LENGTH]
            pieces.append(TextChange("".join(old[a:b]), "".join(new[c:d]), lead, follow, line, loose=True))
    return EditPlan(tuple(pieces), after)
