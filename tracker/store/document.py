"""The file as a document of blocks: a head, then one block from each `[[show]]` or `[[person]]` to the next.

Blocks are cut and read one by one, so that a mistake in one leaves the others readable, and a block
whose text was read before is never read again.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any, Final, NamedTuple

from tracker.model.history import unclaimed
from tracker.model.show import Person, Show
from tracker.store import reader
from tracker.store.codec import Undecodable, decode_person, decode_show

_HEADER: Final = re.compile(
    r"""\[\[ [ \t]* (?: "(?P<double>show|person)" | '(?P<single>show|person)' | (?P<bare>show|person) ) [ \t]* \]\]""",
    re.VERBOSE,
)
_TRIPLE: Final = re.compile(r'"""|\'\'\'')
_MOST_MERGED: Final = 16
"""How many lines that look like headers one multi-line string may hold before it counts as unclosed."""


class Fault(NamedTuple):
    """Why a block cannot be read."""

    reason: str
    line: int
    """Within the block, from 1."""


class Block(NamedTuple):
    """One piece of the file and what it says."""

    kind: str
    """"head", "show" or "person"."""
    text: str
    """Every character from its header to the next one's."""
    value: Show | Person | Fault | None
    """None for a head that is in order."""
    size: int
    """The bytes of the text in UTF-8."""
    edited: bool = False
    """Whether status or release say something else than the history: somebody edited them by hand."""


def blocks(text: str, known: Mapping[str, Block] | None = None) -> Iterator[Block]:
    """Cut the text of a file into blocks and read them; joined, their texts are `text` again.

    Args:
        text: The whole file, a BOM included.
        known: Blocks that were read before, by their text.
    """
    known = known or {}
    starts, kinds = _headers(text)
    ends = [*starts[1:], len(text)]
    kinds[0] = "head"
    at = 0
    while at < len(starts):
        block, taken = _block_at(text, starts, ends, kinds[at], at, known)
        if block.text or at:
            yield block
        at += taken


def _headers(text: str) -> tuple[list[int], list[str]]:
    """Return where each line that looks like a header begins, and its kind; the head is the first."""
    starts, kinds = [0], ["head"]
    for found in _HEADER.finditer(text):
        line = text.rfind("\n", 0, found.start()) + 1
        lead = text[line : found.start()]
        if not lead.strip(" \t\ufeff"):
            start = line + (1 if lead.startswith("\ufeff") else 0)
            starts.append(start)
            kinds.append(found["bare"] or found["double"] or found["single"])
    return starts, kinds


def _block_at(
    text: str, starts: list[int], ends: list[int], kind: str, at: int, known: Mapping[str, Block]
) -> tuple[Block, int]:
    """Return the block that begins at header `at`, and how many headers it takes.

    A piece that reads well has no open string, so its end is a true one. One that does not may have
    been cut inside of a string that holds a line like a header; then longer pieces are tried.
    """
    piece = text[starts[at] : ends[at]]
    block = known.get(piece) or read_block(kind, piece)
    if not isinstance(block.value, Fault) or not _TRIPLE.search(piece):
        return block, 1
    for more in range(1, min(_MOST_MERGED, len(starts) - at)):
        longer = text[starts[at] : ends[at + more]]
        merged = known.get(longer) or read_block(kind, longer)
        if not isinstance(merged.value, Fault):
            return merged, more + 1
    return block, 1


def read_block(kind: str, text: str) -> Block:
    """Read one block; whatever is wrong with it is its value."""
    size = len(text.encode("utf-8", errors="surrogatepass"))
    try:
        data = reader.parse(text.removeprefix("\ufeff"))
        if kind == "head":
            return Block(kind, text, _head_fault(data), size)
        tables = data[kind]
        if len(tables) != 1:
            return Block(
                kind, text, Fault(f"one block holds {len(tables)} entries; give each its own [[{kind}]].", 1), size
            )
        if kind == "person":
            return Block(kind, text, decode_person(tables[0]), size)
        show = decode_show(tables[0])
        edited = unclaimed(show.status, show.release, show.history, date.min) is not None
        return Block(kind, text, show, size, edited)
    except reader.Unparsable as wrong:
        return Block(kind, text, Fault(wrong.reason, wrong.line), size)
    except Undecodable as wrong:
        return Block(kind, text, Fault(wrong.reason, line_of(text, wrong.path)), size)


def _head_fault(data: Mapping[str, Any]) -> Fault | None:
    for kind in ("show", "person"):
        if kind in data:
            return Fault(f"“{kind}” stands here as a value or a single table; write each entry as [[{kind}]].", 1)
    return None


def line_of(block: str, path: str) -> int:
    """Return the line within the block on which the value of `path` ("history[2].status") stands."""
    key, _, rest = path.partition(".")
    name, _, index = key.partition("[")
    lines = block.splitlines()
    start = 0
    if name == "history" and index:
        wanted = int(index.rstrip("]"))
        headers = [i for i, line in enumerate(lines) if re.match(r"\s*\[\[\s*show\s*\.\s*history\s*\]\]", line)]
        if wanted < len(headers):
            start, name = headers[wanted], rest
    for number, line in enumerate(lines[start:], start + 1):
        if re.match(rf"""\s*["']?{re.escape(name)}["']?\s*[=.]""", line):
            return number
    return start + 1


def data_of(block: Block) -> dict[str, Any]:
    """Return the table of a readable block as the independent parser reads it.

    Raises:
        Unparsable: The block is not TOML.
    """
    table: dict[str, Any] = reader.parse_strictly(block.text.removeprefix("\ufeff"))[block.kind][0]
    return table


def title_in(text: str) -> str:
    """Return the title that a damaged block seems to have, or ""."""
    found = re.search(r"""^\s*(?:title|name)\s*=\s*["']+(.*?)["']*\s*$""", text, re.MULTILINE)
    return found[1] if found else ""
