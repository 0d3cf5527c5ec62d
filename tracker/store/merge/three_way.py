"""Merge whole files: match the entries of both sides, merge each, and find what needs a person."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Container, Iterable, Iterator, Mapping, Sequence
from typing import Final, NamedTuple

from tracker.model.show import Person, Show
from tracker.store.document import CONFLICT_END, CONFLICT_START, Block, BlockError, guess_value, read_block, read_blocks
from tracker.store.merge.entry import MergeError, merge_entry
from tracker.store.merge.sequences import Hunk, merge_hunks, merge_order
from tracker.store.merge.values import FieldConflict
from tracker.store.snapshot import read_snapshot
from tracker.store.toml.scanner import split_lines
from tracker.store.toml.statements import split_trailing
from tracker.text import search_form, slug

Names = tuple[str, str]
"""The names of the two sides in conflict markers."""
NAMES: Final[Names] = ("ours", "theirs")
ConflictKey = tuple[str, tuple[str, ...]]
"""An entry, as `EntryConflict.entry` names it, and the keys to one of its values; no keys for the whole entry."""


class EntryConflict(NamedTuple):
    """An entry that a person must look at."""

    title: str
    entry: str
    """Identifies the entry in the merge."""
    fields: tuple[FieldConflict, ...] = ()
    """The fields that both sides changed; none if the entry as a whole is concerned."""
    reason: str = ""
    """Why, if it is not a conflict of fields."""

    @property
    def keys(self) -> tuple[ConflictKey, ...]:
        """All that is to be decided."""
        return tuple((self.entry, conflict.path) for conflict in self.fields) or ((self.entry, ()),)


class MergedFile(NamedTuple):
    """A merged file, with conflict markers around each entry in conflict."""

    text: str
    conflicts: tuple[EntryConflict, ...]


def merge_files(
    base: str, ours: str, theirs: str, names: Names = NAMES, *, take_theirs: Container[ConflictKey] | None = None
) -> MergedFile:
    """Return the text with all that both sides changed since `base`.

    Shows are matched by id, by ids of sources, by title and by the id that a title makes, in this order, and merged
    field by field. Where both sides changed one field, conflict markers are put around the show, whose two versions
    then differ in such fields only. Two shows of one id that `base` does not have are a conflict as a whole.

    Args:
        base: The file before both; "" if it is not known.
        ours: The file on one side, whose layout stays.
        theirs: The file on the other side.
        names: The names of the sides in conflict markers.
        take_theirs: The conflicts that are resolved for their side; all others are for ours, and nothing is marked.
    """
    if theirs in (ours, base):
        return MergedFile(ours, ())
    if ours == base:
        return MergedFile(theirs, ())
    newline = "\r\n" if "\r\n" in ours else "\n"
    known: list[_Entry] = []
    sides = [_number_entries(_read_side(_with_newlines(text, newline)), known) for text in (base, ours, theirs)]
    entries = {
        number: _merge_entry(str(number), [side.get(number) for side in sides], names, take_theirs or ())
        for number in merge_order(*map(list, sides))
    }
    for number, conflict in [*_find_id_conflicts(entries, sides[1:])]:
        mine, other = (side[number].block.text if number in side else "" for side in sides[1:])
        entries[number] = _MergedEntry(mine, other, conflict)
    last = {next(reversed(side)) for side in sides[1:]}
    texts: list[tuple[str, bool]] = []
    for number, entry in entries.items():
        if entry.conflict is None:
            text = entry.ours
        elif take_theirs is None:
            text = _mark_conflict(entry.ours, entry.theirs, names, newline)
        else:
            text = entry.theirs if (str(number), ()) in take_theirs else entry.ours or entry.theirs
        if text:
            texts.append((text, number in last))
    conflicts = tuple(entry.conflict for entry in entries.values() if entry.conflict)
    pieces = [*_with_blank_lines(texts, newline)]
    if conflicts or _are_cut_so(pieces, sides[1:]):
        return MergedFile("".join(pieces), conflicts)
    if take_theirs is None:
        blocks = ([entry.block.text for entry in side.values()] for side in sides[1:])
        return _mark_hunks(merge_hunks([], *blocks, long_run=1), names, newline)
    whole = EntryConflict("the file", "file", reason="entries that can't be read run together in the merge")
    return MergedFile(theirs if whole.keys[0] in take_theirs else ours, (whole,))


def merge_line_by_line(base: str, ours: str, theirs: str, names: Names = NAMES) -> MergedFile:
    """Return the lines with the changes of both sides, with conflict markers where both changed the same.

    Args:
        base: The text before both; if it is "", there are markers wherever the sides differ.
        ours: The text on one side, whose line ends stay.
        theirs: The text on the other side.
        names: The names of the sides in conflict markers.
    """
    newline = "\r\n" if "\r\n" in ours else "\n"
    sides = (split_lines(_with_line_end(_with_newlines(text, newline), newline)) for text in (base, ours, theirs))
    base_lines, our_lines, their_lines = sides
    return _mark_hunks(merge_hunks(base_lines, our_lines, their_lines), names, newline)


def _mark_hunks(hunks: Iterable[Hunk], names: Names, newline: str) -> MergedFile:
    texts: list[str] = []
    conflicts: list[EntryConflict] = []
    line = 1
    for ours, theirs in hunks:
        new = [*ours] if ours == theirs else _mark_lines(ours, theirs, names, newline)
        if ours != theirs:
            place, reason = f"line {line}", f"{names[0]} and {names[1]} differ from here on"
            conflicts.append(EntryConflict(place, place, reason=reason))
        line += sum(text.count("\n") for text in new)
        texts += new
    return MergedFile("".join(texts), tuple(conflicts))


def _with_newlines(text: str, newline: str) -> str:
    """Return the text with such line ends, unless it mixes both kinds."""
    if newline == "\r\n" and "\r\n" not in text:
        return text.replace("\n", "\r\n")
    if newline == "\n" and text.count("\r\n") == text.count("\n"):
        return text.replace("\r\n", "\n")
    return text


def _with_line_end(text: str, newline: str) -> str:
    return text if text in ("", "\ufeff") or text.endswith("\n") else text + newline


class _Entry(NamedTuple):
    """A block of one side."""

    block: Block
    show_id: str
    """The id by which this side knows the show, perhaps made from its title; "" for anything else."""


def _read_side(text: str) -> list[_Entry]:
    """Return the entries of a file; there is always a head."""
    snapshot = read_snapshot(text)
    ids = {number: show_id for show_id, number in snapshot.block_numbers.items()}
    entries = [_Entry(block, ids.get(number, "")) for number, block in enumerate(snapshot.blocks)]
    has_head = bool(entries) and entries[0].block.kind == "head"
    return entries if has_head else [_Entry(Block("head", "", None, 0), ""), *entries]


def _number_entries(entries: list[_Entry], known: list[_Entry]) -> dict[int, _Entry]:
    """Return the entries by the number of the same one in `known`; new ones are appended to that."""
    unmatched = dict(enumerate(known))
    numbers: dict[int, int] = {}
    for marks_of in _MATCHERS:
        by_mark: dict[object, list[int]] = {}
        for number, entry in unmatched.items():
            for mark in marks_of(entry):
                by_mark.setdefault(mark, []).append(number)
        pairs = [
            (-_count_common_lines(unmatched[number], entry), number, index)
            for index, entry in enumerate(entries)
            if index not in numbers
            for number in {number for mark in marks_of(entry) for number in by_mark.get(mark, ())}
            if not (marks_of is _by_title and _have_other_source_ids(unmatched[number], entry))
        ]
        # Of twins those match that have most lines in common.
        for _, number, index in sorted(pairs):
            if number in unmatched and index not in numbers:
                numbers[index] = number
                del unmatched[number]
    for index, entry in enumerate(entries):
        if index not in numbers:
            numbers[index] = len(known)
            known.append(entry)
    return {numbers[index]: entry for index, entry in enumerate(entries)}


def _by_text(entry: _Entry) -> Iterable[object]:
    yield (entry.block.kind, entry.block.text.strip())


def _by_written_id(entry: _Entry) -> Iterable[object]:
    block = entry.block
    if block.kind == "head":
        yield "head"
    elif isinstance(block.value, Person):
        yield ("person", search_form(block.value.name))
    elif show_id := _id_of_show(block) or guess_value(block.text, "id"):
        yield ("id", show_id)


def _id_of_show(block: Block) -> str:
    """Return the id that is written in a show that can be read."""
    return block.value.id if isinstance(block.value, Show) else ""


def _by_source_id(entry: _Entry) -> Iterable[object]:
    if isinstance(show := entry.block.value, Show):
        yield from (("ids", name, str(value), show.season) for name, value in show.ids.items())


def _by_title(entry: _Entry) -> Iterable[object]:
    if isinstance(entry.block.value, Show):
        yield ("title", search_form(entry.block.value.title))
    elif isinstance(entry.block.value, BlockError) and (title := guess_value(entry.block.text, "title", "name")):
        yield ("title", search_form(title))


def _by_made_id(entry: _Entry) -> Iterable[object]:
    if entry.show_id:
        yield ("id", entry.show_id)


_MATCHERS: Final[Sequence[Callable[[_Entry], Iterable[object]]]] = (
    _by_text,
    _by_written_id,
    _by_source_id,
    _by_title,
    _by_made_id,
)


def _count_common_lines(one: _Entry, other: _Entry) -> int:
    return len({*one.block.text.split("\n")} & {*other.block.text.split("\n")})


def _have_other_source_ids(one: _Entry, other: _Entry) -> bool:
    """Return whether sources have the two shows under different ids, or as two seasons: they only share a title."""
    first, second = one.block.value, other.block.value
    if not isinstance(first, Show) or not isinstance(second, Show):
        return False
    if first.season is not None and second.season is not None and first.season != second.season:
        return True
    same = [str(first.ids[name]) == str(second.ids[name]) for name in first.ids if name in second.ids]
    return bool(same) and not any(same)


def _are_different_shows(one: _Entry, other: _Entry) -> bool:
    """Return whether two entries with one id, which nobody has seen before, are two shows."""
    first, second = one.block.value, other.block.value
    if not isinstance(first, Show) or not isinstance(second, Show):
        return False
    if _have_other_source_ids(one, other):
        return True
    return slug(first.title) != slug(second.title) and {*_by_source_id(one)}.isdisjoint(_by_source_id(other))


class _MergedEntry(NamedTuple):
    """A merged text, with our values where there is a conflict, and with theirs."""

    ours: str
    theirs: str
    conflict: EntryConflict | None = None


def _merge_entry(
    key: str, versions: Sequence[_Entry | None], names: Names, take_theirs: Container[ConflictKey]
) -> _MergedEntry:
    """Merge the versions of one entry: before both, ours and theirs."""
    base, ours, theirs = versions
    before, mine, other = (entry.block.text if entry else "" for entry in versions)
    if other in (mine, before):
        return _MergedEntry(mine, mine)
    if mine == before:
        return _MergedEntry(other, other)
    if ours is None or theirs is None:
        present = ours or theirs
        title = _title(present.block) if present else ""
        reason = f"{names[0] if ours is None else names[1]} removed it, the other side changed it"
        return _MergedEntry(mine, other, EntryConflict(title, key, reason=reason))
    conflict = EntryConflict(_title(ours.block), key)
    if base is None and _are_different_shows(ours, theirs):
        reason = f"{names[1]} has “{_title(theirs.block)}” with the same id, {ours.show_id}"
        return _MergedEntry(mine, other, conflict._replace(reason=reason))
    try:
        merged = merge_entry(ours.block.kind, before, mine, other, lambda path: (key, path) in take_theirs)
        if not merged.conflicts:
            return _MergedEntry(merged.text, merged.text)
        flipped = merge_entry(ours.block.kind, before, other, mine)
        return _MergedEntry(merged.text, flipped.text, conflict._replace(fields=merged.conflicts))
    except MergeError:
        reason = "it can't be read on both sides, or not as one entry"
        return _MergedEntry(mine, other, conflict._replace(reason=reason))


def _find_id_conflicts(
    entries: Mapping[int, _MergedEntry], sides: Sequence[Mapping[int, _Entry]]
) -> Iterator[tuple[int, EntryConflict]]:
    """Yield the numbers of shows whose id the other side gave to another show."""
    used = [Counter(_id_of_show(entry.block) for entry in side.values()) for side in sides]
    owners: dict[str, str] = {}
    for number, entry in entries.items():
        blocks = [side[number].block for side in sides if number in side]
        if entry.conflict or not entry.ours or blocks[0].kind != "show":
            continue
        block = next((block for block in blocks if block.text == entry.ours), None) or read_block("show", entry.ours)
        show_id = _id_of_show(block)
        # An id that one file has twice is wrong already, and told of by itself.
        if not show_id or any(ids[show_id] > 1 for ids in used):
            continue
        if show_id in owners:
            reason = f"“{owners[show_id]}” now has the same id, {show_id}"
            yield number, EntryConflict(_title(block), str(number), reason=reason)
        owners.setdefault(show_id, _title(block))


def _title(block: Block) -> str:
    if isinstance(block.value, Show):
        return block.value.title
    if isinstance(block.value, Person):
        return block.value.name
    return guess_value(block.text, "title", "name") or ("the beginning of the file" if block.kind == "head" else "")


def _mark_conflict(ours: str, theirs: str, names: Names, newline: str) -> str:
    """Return both versions between conflict markers, and what is between entries behind them."""
    parts = [split_trailing(text) if text else ("", "") for text in (ours, theirs)]
    tail = parts[0][1] or parts[1][1]
    if parts[0][1].strip() != parts[1][1].strip():
        # Comments that differ belong to their sides.
        parts, tail = [(ours, ""), (theirs, "")], ""
    first, second = (_with_line_end(body, newline) for body, _ in parts)
    bom = "\ufeff" if first.startswith("\ufeff") or second.startswith("\ufeff") else ""
    first, second = (_with_line_end(text.removeprefix("\ufeff"), newline) for text in (first, second))
    return "".join([bom, *_mark_lines([first], [second], names, newline), tail])


def _mark_lines(ours: Sequence[str], theirs: Sequence[str], names: Names, newline: str) -> list[str]:
    start, end = f"{CONFLICT_START} {names[0]}{newline}", f"{CONFLICT_END} {names[1]}{newline}"
    first, second = (_with_line_end("".join(lines), newline) for lines in (ours, theirs))
    return [start, first, f"======={newline}", second, end]


def _are_cut_so(pieces: Sequence[str], sides: Sequence[Mapping[int, _Entry]]) -> bool:
    """Return whether a reader finds these entries in the merged text.

    Where some cannot be read, a string or a conflict that was left open in one may take in what follows now.
    """
    blocks = [entry.block for side in sides for entry in side.values()]
    if not any(isinstance(block.value, BlockError) for block in blocks):
        return True
    cut = read_blocks("".join(pieces), {block.text: block for block in blocks})
    return [block.text for block in cut] == pieces


def _with_blank_lines(texts: list[tuple[str, bool]], newline: str) -> Iterator[str]:
    """Yield the texts; the last one of a file gets a blank line behind it where an entry follows now.

    Args:
        texts: Each with whether it was the last one of a file.
        newline: How lines end.
    """
    followers = [text for text, _ in texts[1:]] + [""]
    for (text, was_last), follower in zip(texts, followers, strict=False):
        ended = _with_line_end(text, newline) if follower else text
        joined = was_last and follower.startswith(("[[", CONFLICT_START)) and not ended.endswith(newline * 2)
        yield ended + newline if joined else ended
