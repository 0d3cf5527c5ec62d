"""Merging whole files: which entry is which on the other side, what stays, what goes, and what needs a person."""

from __future__ import annotations

from collections.abc import Callable, Container, Iterable, Iterator, Sequence
from pathlib import Path
from typing import Final, NamedTuple

from tracker.errors import WatchlistUnwritable
from tracker.model.show import Person, Show
from tracker.store.document import CONFLICT_END, CONFLICT_START, Block, BlockError, guess_value, read_blocks
from tracker.store.files import atomic
from tracker.store.merge.entry import MergedText, MergeError, merge_entry
from tracker.store.merge.sequences import merge_order
from tracker.store.merge.values import FieldConflict
from tracker.store.snapshot import read_snapshot
from tracker.store.toml.statements import split_trailing
from tracker.store.watchlist_file import WatchlistFile, explain_os_error
from tracker.text import search_form

Names = tuple[str, str]
"""What the two sides are called in conflict markers."""
NAMES: Final[Names] = ("ours", "theirs")


ConflictKey = tuple[str, tuple[str, ...]]
"""An entry, as `EntryConflict.entry` names it, and the keys to one of its values; no keys for the whole entry."""


class EntryConflict(NamedTuple):
    """An entry that a person must look at."""

    title: str
    entry: str
    """What tells the entry from all others of the merge."""
    fields: tuple[FieldConflict, ...] = ()
    """The fields that both sides changed; none where the entry as a whole is at stake."""
    reason: str = ""
    """Why, where it is not a clash of fields."""

    @property
    def keys(self) -> tuple[ConflictKey, ...]:
        """All that is to be decided."""
        return tuple((self.entry, clash.path) for clash in self.fields) or ((self.entry, ()),)


class MergedFile(NamedTuple):
    """What came of merging files."""

    text: str
    """The merged file, with conflict markers around each disputed entry."""
    conflicts: tuple[EntryConflict, ...]


class _Side(NamedTuple):
    text: str
    """The block."""
    block: Block
    show_id: str
    """The id that is written in it, "" for what is no readable show or has none."""


def merge_files(
    base: str, ours: str, theirs: str, names: Names = NAMES, *, taken: Container[ConflictKey] | None = None
) -> MergedFile:
    """Return the text with all that both sides changed since `base`.

    Shows are matched by id, then by the ids that services gave them, then by title. Each is merged
    field by field; where both sides changed one field, conflict markers stand around the show, whose
    two versions then differ in such fields only.

    Args:
        base: The file before both; "" where it is not known.
        ours: The file on one side, whose layout stays.
        theirs: The file on the other side.
        names: What the sides are called in conflict markers.
        taken: Where their side counts in what is disputed, while ours does in all the rest; then nothing is marked.
    """
    if theirs in (ours, base):
        return MergedFile(ours, ())
    if ours == base:
        return MergedFile(theirs, ())
    newline = "\r\n" if "\r\n" in ours else "\n"
    sides = [_sides(_with_newlines(text, newline)) for text in (base, ours, theirs)]
    known: list[_Side] = []
    b, o, t = ([*_named(side, known)] for side in (sides[0], sides[1], sides[2]))
    found = [dict(side) for side in (b, o, t)]
    keys = merge_order(*([key for key, _ in side] for side in (b, o, t)))
    pieces, disputes = [], []
    last = {side[-1][0] for side in (o, t)}
    for key in keys:
        text, dispute = _merged(str(key), [side.get(key) for side in found], names, newline, taken)
        if text:
            pieces.append((text, key in last))
        if dispute is not None:
            disputes.append(dispute)
    return MergedFile("".join(_spaced(pieces, newline)), tuple(disputes))


def _with_newlines(text: str, newline: str) -> str:
    """Return the text with the line ends of the other side, unless it mixes both kinds."""
    if newline == "\r\n" and "\r\n" not in text:
        return text.replace("\n", "\r\n")
    if newline == "\n" and text.count("\r\n") == text.count("\n"):
        return text.replace("\r\n", "\n")
    return text


def _sides(text: str) -> list[_Side]:
    """Return the blocks of a file; the head is always one of them."""
    pieces = list(read_blocks(text))
    if not pieces or pieces[0].kind != "head":
        pieces.insert(0, Block("head", "", None, 0))
    return [_Side(one.text, one, one.value.id if isinstance(one.value, Show) else "") for one in pieces]


def _named(sides: list[_Side], known: list[_Side]) -> Iterator[tuple[int, _Side]]:
    """Yield each block with the number under which it, or what it is on the other sides, is known.

    Args:
        sides: The blocks of one file.
        known: What is known by number; what is new here is put behind.
    """
    free = dict(enumerate(known))
    named: dict[int, int] = {}
    for same in _SAME:
        index: dict[object, list[int]] = {}
        for number, side in free.items():
            for mark in same(side):
                index.setdefault(mark, []).append(number)
        pairs = [
            (-_likeness(free[number], side), number, place)
            for place, side in enumerate(sides)
            if place not in named
            for number in {number for mark in same(side) for number in index.get(mark, ())}
            if not (same is _by_title and _are_others(free[number], side))
        ]
        # Of twins those are the same that have most lines in common.
        for _, number, place in sorted(pairs):
            if number in free and place not in named:
                named[place] = number
                del free[number]
    for place, side in enumerate(sides):
        if place not in named:
            named[place] = len(known)
            known.append(side)
        yield named[place], side


def _by_text(side: _Side) -> Iterable[object]:
    yield (side.block.kind, side.text.strip())


def _by_id(side: _Side) -> Iterable[object]:
    if side.block.kind == "head":
        yield "head"
    elif isinstance(side.block.value, Person):
        yield ("person", search_form(side.block.value.name))
    elif show_id := side.show_id or (guess_value(side.text, "id") if isinstance(side.block.value, BlockError) else ""):
        yield ("id", show_id)


def _likeness(one: _Side, other: _Side) -> int:
    return len({*one.text.split("\n")} & {*other.text.split("\n")})


def _by_service(side: _Side) -> Iterable[object]:
    if isinstance(side.block.value, Show):
        yield from (("ids", name, str(value)) for name, value in side.block.value.ids.items())


def _by_title(side: _Side) -> Iterable[object]:
    if isinstance(side.block.value, Show):
        yield ("title", search_form(side.block.value.title))
    elif isinstance(side.block.value, BlockError) and (title := guess_value(side.text, "title", "name")):
        yield ("title", search_form(title))


_SAME: Final[Sequence[Callable[[_Side], Iterable[object]]]] = (_by_text, _by_id, _by_service, _by_title)


def _are_others(one: _Side, other: _Side) -> bool:
    """Return whether a service has the two shows under different ids, so that they only share a name."""
    first, second = one.block.value, other.block.value
    if not isinstance(first, Show) or not isinstance(second, Show):
        return False
    shared = [str(first.ids[name]) == str(second.ids[name]) for name in first.ids if name in second.ids]
    return bool(shared) and not any(shared)


def _merged(
    entry: str, three: list[_Side | None], names: Names, newline: str, taken: Container[ConflictKey] | None
) -> tuple[str, EntryConflict | None]:
    """Return the text of one entry, and what is in dispute about it."""
    b, o, t = (side.text if side is not None else None for side in three)
    if o == t or t == b:
        return o or "", None
    if o == b:
        return t or "", None
    some = three[1] or three[2]
    assert some is not None  # noqa: S101 - what is on no side differs from nothing
    dispute = EntryConflict(_title(some), entry)
    mine, other = MergedText(o or "", ()), MergedText(t or "", ())
    if o is None or t is None:
        who = names[0] if o is None else names[1]
        dispute = dispute._replace(reason=f"{who} took it away, the other side changed it")
    else:
        try:
            mine = merge_entry(
                some.block.kind, b or "", o, t, lambda path: taken is not None and (entry, path) in taken
            )
            if not mine.conflicts:
                return mine.text, None
            dispute = dispute._replace(fields=mine.conflicts)
            other = merge_entry(some.block.kind, b or "", t, o) if taken is None else other
        except MergeError:
            dispute = dispute._replace(reason="it cannot be read on both sides, or not as one entry")
    if taken is None:
        return _marked(mine.text, other.text, names, newline), dispute
    return (other.text if (entry, ()) in taken else mine.text or other.text), dispute


def _title(side: _Side) -> str:
    value = side.block.value
    if isinstance(value, Show):
        return value.title
    if isinstance(value, Person):
        return value.name
    return guess_value(side.text, "title", "name") or ("the beginning of the file" if side.block.kind == "head" else "")


def _marked(ours: str, theirs: str, names: Names, newline: str) -> str:
    """Return both versions between conflict markers, and what stands between entries behind them."""
    pieces = [split_trailing("show", text) if text else ("", "") for text in (ours, theirs)]
    tail = pieces[0][1] or pieces[1][1]
    if pieces[0][1].strip() != pieces[1][1].strip():
        # Comments that differ belong to their sides.
        pieces, tail = [(ours, ""), (theirs, "")], ""
    first, second = (_ended(body, newline) for body, _ in pieces)
    bom = "\ufeff" if first.startswith("\ufeff") or second.startswith("\ufeff") else ""
    first, second = (_ended(text.removeprefix("\ufeff"), newline) for text in (first, second))
    opens, parts, closes = (
        f"{mark}{newline}" for mark in (f"{CONFLICT_START} {names[0]}", "=======", f"{CONFLICT_END} {names[1]}")
    )
    return f"{bom}{opens}{first}{parts}{second}{closes}{tail}"


def _ended(text: str, newline: str) -> str:
    return text if text in ("", "\ufeff") or text.endswith("\n") else text + newline


def _spaced(pieces: list[tuple[str, bool]], newline: str) -> Iterator[str]:
    """Yield the pieces; what was the last of its file gets a blank line behind it where an entry follows now.

    Args:
        pieces: Texts, each with whether it was the last of a file.
        newline: How lines end.
    """
    followers = [text for text, _ in pieces[1:]] + [""]
    for (piece, was_last), follower in zip(pieces, followers, strict=False):
        ended = _ended(piece, newline) if follower else piece
        joined = was_last and follower.startswith(("[[", CONFLICT_START)) and not ended.endswith(newline * 2)
        yield ended + newline if joined else ended


def merge_into(base: Path, ours: Path, theirs: Path) -> tuple[EntryConflict, ...]:
    """Write into `ours` what both sides changed since `base`, and return what is in dispute.

    Raises:
        WatchlistUnreadable: One of the files cannot be read.
        WatchlistUnwritable: `ours` cannot be written; it is untouched.
    """
    before, mine, other = (_text(path) for path in (base, ours, theirs))
    merged = merge_files(before, mine, other)
    try:
        atomic.write(ours, merged.text.encode())
    except OSError as error:
        raise WatchlistUnwritable(
            f"{ours} cannot be written: {explain_os_error(error)}. The file is as it was."
        ) from None
    return merged.conflicts


def _text(path: Path) -> str:
    file = WatchlistFile(path)
    text = file.read_text()
    file.check_format(read_snapshot(text.split("[[", 1)[0]))
    return text
