"""What a file says as a whole: its blocks, and the watchlist that they make together."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import islice
from typing import NamedTuple

from tracker.model.show import Person, Show
from tracker.model.watchlist import DamagedEntry, Watchlist
from tracker.store.document import Block, BlockError, find_line, guess_value, read_blocks
from tracker.store.toml import parser
from tracker.text import slug

FIRST_BLOCKS = 60
"""How many blocks are read before a first, incomplete list is handed out: more than any screen holds."""
FIRST_CHARACTERS = 200_000
"""How much of a long text they are looked for in; a shorter text is read at once."""


class Snapshot(NamedTuple):
    """One state of the file."""

    data: bytes
    """The file as it is on the disk."""
    blocks: tuple[Block, ...]
    """The same, cut and read."""
    watchlist: Watchlist
    block_numbers: dict[str, int]
    """For each show's id the place of its block, in the order of the file."""
    hand_edited: tuple[str, ...] = ()
    """The shows whose status or release was edited by hand, so that no claim says it."""
    has_region: bool = False
    """Whether a claim of any show is about one country only."""

    @property
    def text(self) -> str:
        """The whole text; put together at each call."""
        return "".join(block.text for block in self.blocks)

    def block_of(self, show_id: str) -> Block:
        """Return the block of the show with that id, which must be on the list."""
        return self.blocks[self.block_numbers[show_id]]

    def text_of(self, show_id: str) -> str:
        """Return the text of a show's entry, "" for an unknown one."""
        place = self.block_numbers.get(show_id)
        return "" if place is None else self.blocks[place].text

    def offset(self, place: int) -> int:
        """Return at which byte the block at `place` begins."""
        return sum(block.size for block in self.blocks[:place])

    def line(self, place: int) -> int:
        """Return the line of the file, from 1, on which the block at `place` begins."""
        return self.data.count(b"\n", 0, self.offset(place)) + 1


def read_format(contents: Snapshot) -> int:
    """Return the number of the format that the file says it has; 1 where it says nothing."""
    for block in contents.blocks[:1]:
        if block.kind == "head" and not isinstance(block.value, BlockError):
            number = parser.parse(block.text.removeprefix("\ufeff")).get("format", 1)
            return number if isinstance(number, int) else 1
    return 1


def read_snapshot(text: str, before: Snapshot | None = None, data: bytes | None = None) -> Snapshot:
    """Read the text of a file; blocks that `before` has are taken from there.

    Args:
        text: The file.
        before: An earlier state of it.
        data: The same as `text` in bytes, where they are at hand.
    """
    pieces = _recut(text, before.blocks) if before else None
    if pieces is None:
        known = {block.text: block for block in before.blocks} if before else None
        pieces = tuple(read_blocks(text, known))
    return make_snapshot(text.encode() if data is None else data, pieces)


def _recut(text: str, old: tuple[Block, ...]) -> tuple[Block, ...] | None:
    """Return the blocks of a text by cutting only what lies between the first and the last change.

    None where that is not certain to give what cutting all would give: around anything that cannot be
    read, since an open string takes in what follows.
    """
    at = first = 0
    while first < len(old) and text.startswith(old[first].text, at) and not isinstance(old[first].value, BlockError):
        at += len(old[first].text)
        first += 1
    if first:
        # What was put behind this entry, without a header of its own, is now a part of it.
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
    """Read a long text and give an incomplete list first, then the whole one.

    Args:
        text: The file.
        data: The same in bytes.
    """
    first: tuple[Block, ...] = ()
    if len(text) > FIRST_CHARACTERS:
        # The last block of the beginning is cut, so it is not shown.
        first = tuple(islice(read_blocks(text[:FIRST_CHARACTERS]), FIRST_BLOCKS))[:-1]
    if first:
        part = make_snapshot(data, first)
        yield part._replace(watchlist=part.watchlist._replace(is_complete=False))
    yield make_snapshot(data, tuple(read_blocks(text, {block.text: block for block in first})))


def make_snapshot(data: bytes, pieces: Sequence[Block]) -> Snapshot:
    """Make one list of the blocks: ids are given where none is written, and must be unique where one is."""
    shows: list[Show] = []
    people: list[Person] = []
    faults: list[tuple[int, BlockError]] = []
    edited: list[str] = []
    places: dict[str, int] = {}
    written = _written_ids(pieces)
    for place, block in enumerate(pieces):
        match block.value:
            case Show() as show:
                if not show.id:
                    show = show._replace(id=_free_id(slug(show.title), written, places))
                elif show.id in places:
                    faults.append((place, _duplicate(pieces, places[show.id], block, show.id)))
                    continue
                places[show.id] = place
                shows.append(show)
                if block.has_hand_edit:
                    edited.append(show.id)
            case Person() as person:
                people.append(person)
            case BlockError() as fault:
                faults.append((place, fault))
    damages = _damages(pieces, faults)
    watchlist = Watchlist(tuple(shows), tuple(people), damages)
    return Snapshot(data, tuple(pieces), watchlist, places, tuple(edited), any(block.has_region for block in pieces))


def replace_blocks(contents: Snapshot, new: Mapping[int, Block]) -> Snapshot:
    """Return the contents with the blocks at some places exchanged; no other is read again."""
    pieces = list(contents.blocks)
    for place, block in new.items():
        pieces[place] = block
    if len(new) > 1:
        return make_snapshot("".join(block.text for block in pieces).encode(), pieces)
    [(place, block)] = new.items()
    at, old = contents.offset(place), contents.blocks[place]
    data = b"".join((contents.data[:at], block.text.encode(), contents.data[at + old.size :]))
    before, after = old.value, block.value
    alone = not (contents.watchlist.damaged or contents.hand_edited or block.has_hand_edit or block.has_region)
    if alone and isinstance(before, Show) and isinstance(after, Show) and before.id == after.id != "":
        # The commonest edit, of one entry that keeps its id, leaves the rest of the list as it is.
        shows = list(contents.watchlist.shows)
        shows[list(contents.block_numbers.values()).index(place)] = after
        watchlist = contents.watchlist._replace(shows=tuple(shows))
        return contents._replace(data=data, blocks=tuple(pieces), watchlist=watchlist)
    return make_snapshot(data, pieces)


def _written_ids(pieces: Iterable[Block]) -> set[str]:
    return {block.value.id for block in pieces if isinstance(block.value, Show)}


def _free_id(wanted: str, written: set[str], places: dict[str, int]) -> str:
    found, number = wanted, 2
    while found in written or found in places:
        found, number = f"{wanted}-{number}", number + 1
    return found


def _duplicate(pieces: Sequence[Block], first: int, block: Block, show_id: str) -> BlockError:
    line = sum(piece.text.count("\n") for piece in pieces[:first]) + 1
    reason = f"the id “{show_id}” is taken by the entry on line {line}; give this one another."
    return BlockError(reason, find_line(block.text, "id"))


def _damages(pieces: Sequence[Block], faults: Iterable[tuple[int, BlockError]]) -> tuple[DamagedEntry, ...]:
    found, line, passed = [], 1, 0
    for place, fault in faults:
        line += sum(piece.text.count("\n") for piece in pieces[passed:place])
        passed = place
        text = pieces[place].text
        title = guess_value(text, "title", "name")
        show_id = guess_value(text, "id") or (slug(title) if title else "")
        found.append(DamagedEntry(line + fault.line - 1, fault.reason, title, text, line, show_id))
    return tuple(found)
