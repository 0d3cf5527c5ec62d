"""What a file says as a whole: its blocks, and the watchlist that they make together."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from typing import NamedTuple

from tracker.model.show import Person, Show
from tracker.model.watchlist import Damage, Watchlist
from tracker.store.document import Block, Fault, blocks, title_in
from tracker.text import clean_line, slug

FIRST_BLOCKS = 250
"""How many blocks are read before a first, incomplete list is handed out: more than any screen holds."""


class Contents(NamedTuple):
    """One state of the file."""

    text: str
    blocks: tuple[Block, ...]
    watchlist: Watchlist
    places: dict[str, int]
    """For each show's id the place of its block."""

    def block_of(self, show_id: str) -> Block:
        """Return the block of the show with that id, which must be on the list."""
        return self.blocks[self.places[show_id]]

    def offset(self, place: int) -> int:
        """Return where in the text the block at `place` begins."""
        return sum(len(block.text) for block in self.blocks[:place])

    def line(self, place: int) -> int:
        """Return the line of the file, from 1, on which the block at `place` begins."""
        return sum(block.text.count("\n") for block in self.blocks[:place]) + 1


def read_contents(text: str, before: Contents | None = None) -> Contents:
    """Read the text of a file; blocks that `before` has are taken from there."""
    known = {block.text: block for block in before.blocks} if before else None
    return assemble(text, tuple(blocks(text, known)))


def read_in_parts(text: str) -> Iterator[Contents]:
    """Read a long text and give an incomplete list first, then the whole one."""
    stream = blocks(text)
    first = tuple(islice(stream, FIRST_BLOCKS))
    rest = first if len(first) < FIRST_BLOCKS else None
    if rest is None:
        part = assemble(text, first)
        yield part._replace(watchlist=part.watchlist._replace(complete=False))
        rest = (*first, *stream)
    yield assemble(text, rest)


def assemble(text: str, pieces: Sequence[Block]) -> Contents:
    """Make one list of the blocks: ids are given where none is written, and must be unique where one is."""
    shows: list[Show] = []
    people: list[Person] = []
    faults: list[tuple[int, Fault]] = []
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
            case Person() as person:
                people.append(person)
            case Fault() as fault:
                faults.append((place, fault))
    damages = tuple(_damage(pieces, place, fault) for place, fault in faults)
    return Contents(text, tuple(pieces), Watchlist(tuple(shows), tuple(people), damages), places)


def _written_ids(pieces: Iterable[Block]) -> set[str]:
    return {block.value.id for block in pieces if isinstance(block.value, Show)}


def _free_id(wanted: str, written: set[str], places: dict[str, int]) -> str:
    found, number = wanted, 2
    while found in written or found in places:
        found, number = f"{wanted}-{number}", number + 1
    return found


def _duplicate(pieces: Sequence[Block], first: int, block: Block, show_id: str) -> Fault:
    line = sum(piece.text.count("\n") for piece in pieces[:first]) + 1
    here = next((n for n, row in enumerate(block.text.splitlines(), 1) if row.lstrip().startswith("id")), 1)
    return Fault(f"the id “{show_id}” is taken by the entry on line {line}; give this one another.", here)


def _damage(pieces: Sequence[Block], place: int, fault: Fault) -> Damage:
    start = sum(piece.text.count("\n") for piece in pieces[:place]) + 1
    text = pieces[place].text
    title = clean_line(title_in(text))
    return Damage(start + fault.line - 1, fault.reason, title, text, start, slug(title) if title else "")

