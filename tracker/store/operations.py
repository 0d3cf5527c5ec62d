"""Edits as operations: each says what it changes, and is applied to whatever the file says by then."""

from __future__ import annotations

from collections.abc import Mapping
from copy import deepcopy
from typing import Any, NamedTuple, Protocol

from tracker.errors import Conflict, UnknownShow, WatchlistDamaged, WatchlistUnwritable
from tracker.model.fields import FIELDS
from tracker.model.history import Claim, fold
from tracker.model.show import Show
from tracker.store import reader
from tracker.store.codec import encode, encode_claim, encode_show
from tracker.store.contents import Contents, read_contents, with_blocks
from tracker.store.document import Block, data_of, read_block
from tracker.store.edit import edit_block, new_block, split_tail
from tracker.store.journal import Replacement


class Plan(NamedTuple):
    """What an operation comes to: the pieces of text it replaces, in the order of the file."""

    replacements: tuple[Replacement, ...]
    contents: Contents
    """The file after it."""


class Operation(Protocol):
    """An edit that can be applied to any state of the file."""

    @property
    def label(self) -> str:
        """A sentence about it in the past, for the journal: "Soul Mate is released"."""
        ...

    def apply(self, contents: Contents) -> Plan:
        """Return the edit as it is on these contents.

        Raises:
            TrackerError: It cannot be made here: no such show, a damaged entry, a conflict.
        """
        ...


class Record(NamedTuple):
    """Append a claim to the history of each show; status and release follow from the history."""

    claims: Mapping[str, tuple[Claim, ...]]
    label: str
    by_hand: bool = False
    """Whether the claims put down what a hand edit of status or release said; undo then takes that back too."""

    def apply(self, contents: Contents) -> Plan:
        """See `Operation`."""
        changed = {show_id: self._block(contents, show_id, claims) for show_id, claims in self.claims.items()}
        plan = _replaced(contents, changed)
        return plan._replace(replacements=tuple(map(_before_hand, plan.replacements))) if self.by_hand else plan

    def _block(self, contents: Contents, show_id: str, claims: tuple[Claim, ...]) -> Block:
        show = _show(contents, show_id)
        standing = fold((*show.history, *claims))
        changes = {}
        for name, value in (("status", standing.status), ("release", standing.window)):
            if value is not None and not _same(value, getattr(show, name)):
                changes[name] = encode(name, value)
        return _edited(contents.block_of(show_id), changes, [encode_claim(claim) for claim in claims])


class SetFields(NamedTuple):
    """Give fields of a show new values; each comes with the value that it was meant to replace."""

    show_id: str
    fields: Mapping[str, tuple[Any, Any]]
    """Old and new value of the model, by name."""
    label: str

    def apply(self, contents: Contents) -> Plan:
        """See `Operation`."""
        show = _show(contents, self.show_id)
        for name, (old, new) in self.fields.items():
            now = getattr(show, name)
            if now != old and now != new:
                write = FIELDS[name].write
                raise Conflict(
                    f"“{name}” of {show.title} was changed meanwhile: the file has “{write(now)}”, "
                    f"you have “{write(new)}”. Nothing was written; look at it and say again."
                )
        changes = {name: encode(name, new) for name, (_, new) in self.fields.items() if getattr(show, name) != new}
        block = contents.block_of(self.show_id)
        return _replaced(contents, {self.show_id: _edited(block, changes, [])} if changes else {})


class Add(NamedTuple):
    """Put a new show at the end of the file."""

    show: Show
    label: str

    def apply(self, contents: Contents) -> Plan:
        """See `Operation`."""
        newline = "\r\n" if b"\r\n" in contents.data else "\n"
        text = new_block("show", encode_show(self.show), newline)
        _check(text, encode_show(self.show))
        end = contents.text
        gap = "" if not end or end.endswith(newline * 2) else newline if end.endswith("\n") else newline * 2
        piece = Replacement("", gap + text, lead=end[-200:], line=end.count("\n") + 1)
        return Plan((piece,), read_contents(end + piece.after, contents))


class Remove(NamedTuple):
    """Take shows out of the file; comments between entries stay."""

    show_ids: tuple[str, ...]
    label: str

    def apply(self, contents: Contents) -> Plan:
        """See `Operation`."""
        pieces, text = [], contents.text
        for place in sorted((_place(contents, show_id) for show_id in self.show_ids), reverse=True):
            block = contents.blocks[place].text
            body, tail = split_tail("show", block)
            if not tail.strip():
                body = block
            at = sum(len(piece.text) for piece in contents.blocks[:place])
            lead, follow = text[max(0, at - 200) : at], text[at + len(body) : at + len(body) + 200]
            pieces.append(Replacement(body, "", lead, follow, contents.line(place)))
            text = text[:at] + text[at + len(body) :]
        return Plan(tuple(pieces), read_contents(text, contents))


def _before_hand(piece: Replacement) -> Replacement:
    """Return the replacement as if its entry had still said what its history says."""
    block = read_block("show", piece.before)
    if not isinstance(block.value, Show):
        return piece
    standing = fold(block.value.history)
    table = data_of(block)
    folded = {"status": encode("status", standing.status), "release": encode("release", standing.window)}
    changes = {name: value for name, value in folded.items() if name in table and table[name] != value}
    return piece._replace(before=edit_block("show", piece.before, changes))


def _show(contents: Contents, show_id: str) -> Show:
    if (show := contents.watchlist.find(show_id)) is None:
        for damage in contents.watchlist.damages:
            if show_id and damage.show_id == show_id:
                raise WatchlistDamaged(f"“{show_id}” cannot be read (line {damage.line}): {damage.reason}")
        contents.watchlist.get(show_id)
        raise UnknownShow(show_id)
    return show


def _place(contents: Contents, show_id: str) -> int:
    _show(contents, show_id)
    return contents.places[show_id]


def _same(new: object, old: object) -> bool:
    return getattr(new, "meaning", new) == getattr(old, "meaning", old)


def _edited(block: Block, changes: Mapping[str, Any], claims: list[dict[str, Any]]) -> Block:
    """Return the block with the changes, after an independent parser has found just these in it."""
    intended = deepcopy(data_of(block))
    for key, value in changes.items():
        if value is None:
            intended.pop(key, None)
        else:
            intended[key] = value
    if claims:
        intended["history"] = [*intended.get("history", []), *claims]
    text = edit_block(block.kind, block.text, changes, claims)
    _check(text, intended)
    return read_block(block.kind, text)


def _check(text: str, intended: Mapping[str, Any]) -> None:
    try:
        written = reader.parse_strictly(text.removeprefix("\ufeff"))["show"]
    except reader.Unparsable as wrong:
        raise WatchlistUnwritable(f"this edit would not read back ({wrong.reason}); nothing was written.") from None
    if written != [intended]:
        raise WatchlistUnwritable("this edit would change more than it should; nothing was written.")


def _replaced(contents: Contents, changed: Mapping[str, Block]) -> Plan:
    """Return the plan that puts changed blocks in the places of the old ones."""
    if not changed:
        return Plan((), contents)
    new = {contents.places[show_id]: block for show_id, block in changed.items()}
    pieces, line, at, passed = [], 1, 0, 0
    for place in sorted(new):
        start = at + sum(block.size for block in contents.blocks[passed:place])
        line += contents.data.count(b"\n", at, start)
        at, passed = start, place
        pieces.append(Replacement(contents.blocks[place].text, new[place].text, line=line))
    return Plan(tuple(pieces), with_blocks(contents, new))


def replaced_text(text: str, pieces: tuple[Replacement, ...]) -> str | None:
    """Return the text with each piece's `before` exchanged for its `after`, or None where one is not found."""
    for piece in pieces:
        at = _find(text, piece)
        if at is None:
            return None
        text = text[:at] + piece.after + text[at + len(piece.before) :]
    return text


def inverse(pieces: tuple[Replacement, ...]) -> tuple[Replacement, ...]:
    """Return the replacements that undo these."""
    return tuple(piece._replace(before=piece.after, after=piece.before) for piece in reversed(pieces))


def _find(text: str, piece: Replacement) -> int | None:
    """Return where the piece stands: at its exact text, or between the text that was around it."""
    if not piece.before:
        for anchor in (piece.lead + piece.follow, piece.lead):
            if anchor and text.count(anchor) == 1:
                return text.index(anchor) + len(piece.lead)
        if piece.follow and text.count(piece.follow) == 1:
            return text.index(piece.follow)
        return len(text) if not text or text.endswith("\n") else None
    places = []
    at = text.find(piece.before)
    while at >= 0:
        if at == 0 or text[at - 1] == "\n" or not piece.before.startswith("[["):
            places.append(at)
        at = text.find(piece.before, at + 1)
    return min(places, key=lambda at: abs(text.count("\n", 0, at) + 1 - piece.line), default=None)
