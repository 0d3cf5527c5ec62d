"""One state of the file: its blocks, and the watchlist that they make."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import islice
from operator import attrgetter
from typing import NamedTuple

from tracker.model.show import Person, Show
from tracker.model.watchlist import DamagedEntry, Watchlist
from tracker.store.document import Block, BlockError, find_line, guess_value, read_blocks
from tracker.store.toml import parser
from tracker.text import slug

FIRST_BLOCKS = 60
"""How many blocks a first, incomplete list has: more than any screen shows."""
FIRST_CHARACTERS = 200_000
"""How much of a long text is cut for them; a shorter text is read at once."""


class Snapshot(NamedTuple):
    """One state of the file."""

    data: bytes
    """The bytes of the file."""
    blocks: tuple[Block, ...]
    watchlist: Watchlist
    block_numbers: dict[str, int]
    """The index of each show's block by the show's id, in the order of the file."""
    hand_edited: tuple[str, ...] = ()
    """Ids of the shows whose status or release was hand_edited by hand, so that no claim says it."""
    has_tracks: bool = False
    """Whether a claim is about one country only."""

    @property
    def text(self) -> str:
        """The whole text; joined at each call."""
        return "".join(block.text for block in self.blocks)

    def block_of(self, show_id: str) -> Block:
        return self.blocks[self.block_numbers[show_id]]

    def text_of(self, show_id: str) -> str:
        """Return the text of a show's entry, "" for an unknown one."""
        number = self.block_numbers.get(show_id)
        return "" if number is None else self.blocks[number].text

    def offset(self, number: int) -> int:
        """Return at which byte the block at `number` begins."""
        return _size(self.blocks[:number])

    def line(self, number: int) -> int:
        """Return the line of the file, from 1, on which the block at `number` begins."""
        return self.data.count(b"\n", 0, self.offset(number)) + 1


def read_format(snapshot: Snapshot) -> int:
    """Return the number of the file's format; 1 if it names none."""
    for block in snapshot.blocks[:1]:
        if block.kind == "head" and not isinstance(block.value, BlockError):
            number = parser.parse(block.text).get("format", 1)
            return number if isinstance(number, int) else 1
    return 1


def read_snapshot(text: str, before: Snapshot | None = None, data: bytes | None = None) -> Snapshot:
    """Read the text of a file.

    Args:
        text: The file.
        before: An earlier state, whose blocks are not read again.
        data: The bytes of `text`, if they are at hand.
    """
    blocks = _recut(text, before.blocks) if before else None
    if blocks is None:
        known = {block.text: block for block in before.blocks} if before else None
        blocks = tuple(read_blocks(text, known))
    return make_snapshot(text.encode() if data is None else data, blocks)


def _recut(text: str, old: tuple[Block, ...]) -> tuple[Block, ...] | None:
    """Return the blocks of a text by cutting only what is between the first and the last change.

    None if the result may differ from cutting all: around anything that cannot be read, since an open string takes in
    what follows.
    """
    at = first = 0
    while first < len(old) and text.startswith(old[first].text, at) and not isinstance(old[first].value, BlockError):
        at += len(old[first].text)
        first += 1
    if first:
        # Text that was put behind this entry without a header is now a part of it.
        first -= 1
        at -= len(old[first].text)
    end, last = len(text), len(old)
    while (
        last > first and text.endswith(old[last - 1].text, at, end) and isinstance(old[last - 1].value, Show | Person)
    ):
        end -= len(old[last - 1].text)
        last -= 1
    if end > at and last < len(old) and text[end - 1] != "\n":
        return None
    middle = tuple(read_blocks(text[at:end], {block.text: block for block in old[first:last]}))
    if any(isinstance(block.value, BlockError) for block in middle) or (at and middle and middle[0].kind == "head"):
        return None
    return (*old[:first], *middle, *old[last:])


def read_snapshot_in_parts(text: str, data: bytes) -> Iterator[Snapshot]:
    """Yield the snapshot of a file, and before it an incomplete one of a long file."""
    first: tuple[Block, ...] = ()
    if len(text) > FIRST_CHARACTERS:
        # The last block of the beginning is cut, so it is not shown.
        first = tuple(islice(read_blocks(text[:FIRST_CHARACTERS]), FIRST_BLOCKS))[:-1]
    if first:
        part = make_snapshot(data, first)
        yield part._replace(watchlist=part.watchlist._replace(is_complete=False))
    yield make_snapshot(data, tuple(read_blocks(text, {block.text: block for block in first})))


def make_snapshot(data: bytes, blocks: Sequence[Block]) -> Snapshot:
    """Make a watchlist of blocks; shows without a written id get one, and a repeated id is an error."""
    shows: list[Show] = []
    people: list[Person] = []
    errors: list[tuple[int, BlockError]] = []
    hand_edited: list[str] = []
    numbers: dict[str, int] = {}
    written = {block.value.id for block in blocks if isinstance(block.value, Show)}
    for number, block in enumerate(blocks):
        match block.value:
            case Show() as show:
                if not show.id:
                    show = show._replace(id=_free_id(slug(show.title), written, numbers))
                elif show.id in numbers:
                    errors.append((number, _duplicate(blocks, numbers[show.id], block, show.id)))
                    continue
                numbers[show.id] = number
                shows.append(show)
                if block.has_hand_edit:
                    hand_edited.append(show.id)
            case Person() as person:
                people.append(person)
            case BlockError() as error:
                errors.append((number, error))
    watchlist = Watchlist(tuple(shows), tuple(people), _damaged_entries(blocks, errors))
    has_tracks = any(map(attrgetter("has_tracks"), blocks))
    return Snapshot(data, tuple(blocks), watchlist, numbers, tuple(hand_edited), has_tracks)


def replace_blocks(snapshot: Snapshot, new: Mapping[int, Block]) -> Snapshot:
    """Return the snapshot with some blocks replaced, by their index; no other is read again if all can be read.

    Where shows keep their ids, as in nearly all edits, the rest of the list is left alone.
    """
    blocks = list(snapshot.blocks)
    for number, block in new.items():
        blocks[number] = block
    if snapshot.watchlist.damaged or any(isinstance(block.value, BlockError) for block in new.values()):
        # A string that is open in one block may end in another one.
        return read_snapshot("".join(block.text for block in blocks), snapshot)
    data, shows = _replace_bytes(snapshot, new), _replace_shows(snapshot, new)
    if shows is None:
        return make_snapshot(data, blocks)
    hand_edited: tuple[str, ...] = ()
    if snapshot.hand_edited or any(block.has_hand_edit for block in new.values()):
        hand_edited = tuple(show_id for show_id, place in snapshot.block_numbers.items() if blocks[place].has_hand_edit)
    return snapshot._replace(
        data=data,
        blocks=tuple(blocks),
        watchlist=snapshot.watchlist.update_shows(shows),
        hand_edited=hand_edited,
        has_tracks=any(map(attrgetter("has_tracks"), blocks)),
    )


def _replace_bytes(snapshot: Snapshot, new: Mapping[int, Block]) -> bytes:
    """Return the bytes of the file with some blocks replaced, which copies the others once."""
    old = memoryview(snapshot.data)
    pieces: list[bytes | memoryview] = []
    at = start = last = 0
    for number in sorted(new):
        start += _size(snapshot.blocks[last:number])
        pieces += [old[at:start], new[number].text.encode()]
        at, last = start + snapshot.blocks[number].size, number
    return b"".join([*pieces, old[at:]])


def _replace_shows(snapshot: Snapshot, new: Mapping[int, Block]) -> tuple[Show, ...] | None:
    """Return the shows of the file with some blocks replaced; None if one is no show, or may get another id."""
    shows = list(snapshot.watchlist.shows)
    numbers = list(snapshot.block_numbers.values())
    for number, block in new.items():
        before, after = snapshot.blocks[number].value, block.value
        if not isinstance(before, Show) or not isinstance(after, Show) or before.id != after.id:
            return None
        if not after.id and before.title != after.title:
            return None
        place = bisect_left(numbers, number)
        shows[place] = after._replace(id=shows[place].id)
    return tuple(shows)


def find_difference(before: Snapshot, after: Snapshot) -> tuple[int, int, int]:
    """Return the byte from which two states of a file differ, and how many bytes each has until they are alike."""
    old, new = before.blocks, after.blocks
    head = _count_same(old, new)
    tail = _count_same(old[head:][::-1], new[head:][::-1])
    start, rest = before.offset(head), _size(old[len(old) - tail :])
    return start, len(before.data) - start - rest, len(after.data) - start - rest


def _count_same(one: tuple[Block, ...], other: tuple[Block, ...]) -> int:
    """Return with how many equal blocks both begin; to compare runs of the same blocks takes no time."""
    low, high = 0, min(len(one), len(other))
    while low < high:
        middle = (low + high + 1) // 2
        if one[low:middle] == other[low:middle]:
            low = middle
        else:
            high = middle - 1
    return low


def _size(blocks: Iterable[Block]) -> int:
    return sum(map(attrgetter("size"), blocks))


def _free_id(base_id: str, written: set[str], numbers: dict[str, int]) -> str:
    show_id, number = base_id, 2
    while show_id in written or show_id in numbers:
        show_id, number = f"{base_id}-{number}", number + 1
    return show_id


def _duplicate(blocks: Sequence[Block], first: int, block: Block, show_id: str) -> BlockError:
    line = sum(block.text.count("\n") for block in blocks[:first]) + 1
    reason = f"the id “{show_id}” is already used on line {line}; give this entry another one."
    return BlockError(reason, find_line(block.text, "id"))


def _damaged_entries(blocks: Sequence[Block], errors: Iterable[tuple[int, BlockError]]) -> tuple[DamagedEntry, ...]:
    entries, line, last = [], 1, 0
    for number, error in errors:
        line += sum(block.text.count("\n") for block in blocks[last:number])
        last = number
        text = blocks[number].text
        title = guess_value(text, "title", "name")
        show_id = guess_value(text, "id") or (slug(title) if title else "")
        entries.append(DamagedEntry(line + error.line - 1, error.reason, title, text, line, show_id, error.column))
    return tuple(entries)
