"""Merge whole files: match the entries of both sides, merge each, and find what needs a person."""

from __future__ import annotations

from collections.abc import Callable, Container, Iterable, Iterator, Sequence
from typing import Final, NamedTuple

from tracker.model.show import Person, Show
from tracker.store.document import CONFLICT_END, CONFLICT_START, Block, BlockError, guess_value, read_blocks
from tracker.store.merge.entry import MergedText, MergeError, merge_entry
from tracker.store.merge.sequences import merge_order
from tracker.store.merge.values import FieldConflict
from tracker.store.toml.statements import split_trailing
from tracker.text import search_form

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

    Shows are matched by id, then by ids of sources, then by title, and merged field by field. Where both sides changed
    one field, conflict markers stand around the show, whose two versions then differ in such fields only.

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
    known: list[Block] = []
    sides = [_number_blocks(_read_side(with_newlines(text, newline)), known) for text in (base, ours, theirs)]
    numbers = merge_order(*map(list, sides))
    last = {next(reversed(side)) for side in sides[1:]}
    texts: list[tuple[str, bool]] = []
    conflicts: list[EntryConflict] = []
    for number in numbers:
        text, conflict = _merge_block(str(number), [side.get(number) for side in sides], names, newline, take_theirs)
        if text:
            texts.append((text, number in last))
        if conflict is not None:
            conflicts.append(conflict)
    return MergedFile("".join(_with_blank_lines(texts, newline)), tuple(conflicts))


def with_newlines(text: str, newline: str) -> str:
    """Return the text with such line ends, unless it mixes both kinds."""
    if newline == "\r\n" and "\r\n" not in text:
        return text.replace("\n", "\r\n")
    if newline == "\n" and text.count("\r\n") == text.count("\n"):
        return text.replace("\r\n", "\n")
    return text


def with_line_end(text: str, newline: str) -> str:
    """Return the text with an end of its last line; a BOM alone is no line."""
    return text if text in ("", "\ufeff") or text.endswith("\n") else text + newline


def _read_side(text: str) -> list[Block]:
    """Return the blocks of a file; there is always a head."""
    blocks = list(read_blocks(text))
    return blocks if blocks and blocks[0].kind == "head" else [Block("head", "", None, 0), *blocks]


def _number_blocks(blocks: list[Block], known: list[Block]) -> dict[int, Block]:
    """Return the blocks by the number of the same entry in `known`; new entries are appended to that."""
    unmatched = dict(enumerate(known))
    numbers: dict[int, int] = {}
    for marks_of in _MATCHERS:
        by_mark: dict[object, list[int]] = {}
        for number, block in unmatched.items():
            for mark in marks_of(block):
                by_mark.setdefault(mark, []).append(number)
        pairs = [
            (-_count_common_lines(unmatched[number], block), number, index)
            for index, block in enumerate(blocks)
            if index not in numbers
            for number in {number for mark in marks_of(block) for number in by_mark.get(mark, ())}
            if not (marks_of is _by_title and _have_other_source_ids(unmatched[number], block))
        ]
        # Of twins those match that have most lines in common.
        for _, number, index in sorted(pairs):
            if number in unmatched and index not in numbers:
                numbers[index] = number
                del unmatched[number]
    for index, block in enumerate(blocks):
        if index not in numbers:
            numbers[index] = len(known)
            known.append(block)
    return {numbers[index]: block for index, block in enumerate(blocks)}


def _by_text(block: Block) -> Iterable[object]:
    yield (block.kind, block.text.strip())


def _by_id(block: Block) -> Iterable[object]:
    if block.kind == "head":
        yield "head"
    elif isinstance(block.value, Person):
        yield ("person", search_form(block.value.name))
    elif show_id := block.value.id if isinstance(block.value, Show) else guess_value(block.text, "id"):
        yield ("id", show_id)


def _by_source_id(block: Block) -> Iterable[object]:
    if isinstance(block.value, Show):
        yield from (("ids", name, str(value)) for name, value in block.value.ids.items())


def _by_title(block: Block) -> Iterable[object]:
    if isinstance(block.value, Show):
        yield ("title", search_form(block.value.title))
    elif isinstance(block.value, BlockError) and (title := guess_value(block.text, "title", "name")):
        yield ("title", search_form(title))


_MATCHERS: Final[Sequence[Callable[[Block], Iterable[object]]]] = (_by_text, _by_id, _by_source_id, _by_title)


def _count_common_lines(one: Block, other: Block) -> int:
    return len({*one.text.split("\n")} & {*other.text.split("\n")})


def _have_other_source_ids(one: Block, other: Block) -> bool:
    """Return whether sources have the two shows under different ids, so that they only share a title."""
    first, second = one.value, other.value
    if not isinstance(first, Show) or not isinstance(second, Show):
        return False
    same = [str(first.ids[name]) == str(second.ids[name]) for name in first.ids if name in second.ids]
    return bool(same) and not any(same)


def _merge_block(
    entry: str, blocks: list[Block | None], names: Names, newline: str, take_theirs: Container[ConflictKey] | None
) -> tuple[str, EntryConflict | None]:
    """Return the merged text of one entry, and its conflict."""
    base, ours, theirs = (block.text if block is not None else None for block in blocks)
    if ours == theirs or theirs == base:
        return ours or "", None
    if ours == base:
        return theirs or "", None
    block = blocks[1] or blocks[2]
    assert block is not None  # noqa: S101 - otherwise both sides are the same
    conflict = EntryConflict(_title(block), entry)
    mine, other = MergedText(ours or "", ()), MergedText(theirs or "", ())
    if ours is None or theirs is None:
        who = names[0] if ours is None else names[1]
        conflict = conflict._replace(reason=f"{who} took it away, the other side changed it")
    else:
        try:
            mine = merge_entry(block.kind, base or "", ours, theirs, lambda path: (entry, path) in (take_theirs or ()))
            if not mine.conflicts:
                return mine.text, None
            conflict = conflict._replace(fields=mine.conflicts)
            other = merge_entry(block.kind, base or "", theirs, ours) if take_theirs is None else other
        except MergeError:
            conflict = conflict._replace(reason="it cannot be read on both sides, or not as one entry")
    if take_theirs is None:
        return _mark_conflict(mine.text, other.text, names, newline), conflict
    return (other.text if (entry, ()) in take_theirs else mine.text or other.text), conflict


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
    first, second = (with_line_end(body, newline) for body, _ in parts)
    bom = "\ufeff" if first.startswith("\ufeff") or second.startswith("\ufeff") else ""
    first, second = (with_line_end(text.removeprefix("\ufeff"), newline) for text in (first, second))
    start, middle, end = (
        f"{mark}{newline}" for mark in (f"{CONFLICT_START} {names[0]}", "=======", f"{CONFLICT_END} {names[1]}")
    )
    return f"{bom}{start}{first}{middle}{second}{end}{tail}"


def _with_blank_lines(texts: list[tuple[str, bool]], newline: str) -> Iterator[str]:
    """Yield the texts; the last one of a file gets a blank line behind it where an entry follows now.

    Args:
        texts: Each with whether it was the last one of a file.
        newline: How lines end.
    """
    followers = [text for text, _ in texts[1:]] + [""]
    for (text, was_last), follower in zip(texts, followers, strict=False):
        ended = with_line_end(text, newline) if follower else text
        joined = was_last and follower.startswith(("[[", CONFLICT_START)) and not ended.endswith(newline * 2)
        yield ended + newline if joined else ended
