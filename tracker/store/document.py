"""Cut the file into blocks: a head, then one block from each `[[show]]` or `[[person]]` to the next.

Blocks are read one by one, so that a mistake in one leaves the others readable, and known text is not read again.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any, Final, NamedTuple

from tracker.model.history import hand_edit_claim
from tracker.model.show import Person, Show
from tracker.store.codec import DecodeError, decode_person, decode_show
from tracker.store.toml import parser
from tracker.store.toml.scanner import mask_strings, unterminated_string
from tracker.text import clean_line

_HEADER: Final = re.compile(
    r"""\[\[ [ \t]* (?: "(?P<double>show|person)" | '(?P<single>show|person)' | (?P<bare>show|person) ) [ \t]* \]\]""",
    re.VERBOSE,
)
_HISTORY: Final = re.compile(r"""\s*\[\[\s*["']?show["']?\s*\.\s*["']?history["']?\s*\]\]""")


CONFLICT_START: Final = "<<<<<<<"
CONFLICT_END: Final = ">>>>>>>"
"""A merge leaves both versions between lines that begin so, with "=======" in the middle."""
_CONFLICT: Final = re.compile(
    rf"^{CONFLICT_START}(?:[ \t][^\n]*)?\r?\n(?=(?:[ \t]*(?:\#[^\n]*)?\r?\n)*(?:[ \t]*\[\[|=======|{CONFLICT_START}))",
    re.MULTILINE,
)
"""Where a conflict of whole entries begins, or an older conflict in one of its versions; markers within an entry are an
error of that entry."""
_MARKER: Final = re.compile(rf"^(?:{CONFLICT_START}|=======|{CONFLICT_END})(?:[ \t][^\n]*)?\r?$", re.MULTILINE)

MAX_EXTENSIONS: Final = 8
"""How many longer pieces are tried for an entry; a string that is never closed would take the whole file."""


class BlockError(NamedTuple):
    """Why a block cannot be read."""

    reason: str
    line: int
    """Within the block, from 1."""
    column: int = 0
    """Of the line, from 1; 0 if the line as a whole is meant."""


class Block(NamedTuple):
    """One piece of the file, and what was read from it."""

    kind: str
    """"head", "show", "person", or "conflict" for what a merge left."""
    text: str
    """Every character from its header to the next one's."""
    value: Show | Person | BlockError | None
    """None for a head without an error."""
    size: int
    """In bytes of UTF-8."""
    has_hand_edit: bool = False
    """Whether status or release differ from what the history says: somebody edited them by hand."""
    has_tracks: bool = False
    """Whether a claim is about one country only."""


def begins_entry(text: str) -> bool:
    """Return whether the text begins with a header of an entry."""
    return _HEADER.match(text.lstrip("\ufeff \t")) is not None


def read_blocks(text: str, known: Mapping[str, Block] | None = None) -> Iterator[Block]:
    """Yield the blocks of a file; their texts joined are `text`.

    Args:
        text: The whole file with its BOM.
        known: Blocks that were read before, by their text.
    """
    known = known or {}
    starts, kinds = _headers(text)
    ends = [*starts[1:], len(text)]
    kinds[0] = "head"
    conflict_ends = _conflict_ends(text)
    at = 0
    while at < len(starts):
        if kinds[at] == "conflict":
            block, count = _read_conflict(text, starts, ends, at, conflict_ends.get(starts[at], -1))
        else:
            block, count = _read_entry(text, starts, ends, kinds[at], at, known)
        if isinstance(block.value, BlockError) and (parts := _cut_at_misspelt_headers(block)):
            yield from parts
        elif block.text or at:
            yield block
        at += count


def _cut_at_misspelt_headers(block: Block) -> list[Block]:
    """Return the readable part of a block and each entry with a misspelt header; nothing without such a header."""
    from tracker.store import diagnosis  # only what cannot be read pays for it

    if block.kind == "conflict" or not (headers := diagnosis.find_misspelt_headers(block.text)):
        return []
    first = block.text[: headers[0][0]]
    blocks = [read_block(block.kind, first)] if first else []
    for (start, kind), (end, _) in zip(headers, [*headers[1:], (len(block.text), "")], strict=True):
        text = block.text[start:end]
        row = text.partition("\n")[0]
        wrong = diagnosis.explain_header(row if start or block.kind != "head" else row.removeprefix("\ufeff"), kind)
        error = BlockError(wrong.reason, wrong.line, wrong.column)
        blocks.append(Block(kind, text, error, len(text.encode("utf-8", errors="surrogatepass"))))
    return blocks


def _headers(text: str) -> tuple[list[int], list[str]]:
    """Return where each line that looks like a header begins, and its kind; the first is the head."""
    starts, kinds = [0], ["head"]
    for found in _HEADER.finditer(text):
        line = text.rfind("\n", 0, found.start()) + 1
        lead = text[line : found.start()]
        if not lead.strip(" \t\ufeff"):
            start = line + (1 if lead.startswith("\ufeff") and line == 0 else 0)
            starts.append(start)
            kinds.append(found["bare"] or found["double"] or found["single"])
    if CONFLICT_START in text and (conflicts := [found.start() for found in _CONFLICT.finditer(text)]):
        both = sorted([*zip(starts[1:], kinds[1:], strict=True), *((start, "conflict") for start in conflicts)])
        starts, kinds = [0, *(start for start, _ in both)], ["head", *(kind for _, kind in both)]
    return starts, kinds


def _read_conflict(text: str, starts: list[int], ends: list[int], at: int, closed: int) -> tuple[Block, int]:
    """Return the block of both versions that a merge left, and how many headers it takes.

    `closed` is where the line is that ends it, -1 for none.
    """
    count = max(1, bisect_right(starts, closed) - at)
    piece = text[starts[at] : ends[at + count - 1]]
    return Block(
        "conflict", piece, BlockError(_describe_conflict(piece), 1), len(piece.encode(errors="surrogatepass"))
    ), count


def _conflict_ends(text: str) -> dict[int, int]:
    """Return where the lines are that close conflicts, by the beginnings of these; what nothing closes is not there."""
    ends: dict[int, int] = {}
    open_starts: list[int] = []
    for marker in _MARKER.finditer(text) if CONFLICT_START in text else ():
        if marker[0].startswith(CONFLICT_START):
            open_starts.append(marker.start())
        elif marker[0].startswith(CONFLICT_END) and open_starts:
            ends[open_starts.pop()] = marker.start()
    return ends


def _describe_conflict(text: str) -> str:
    marked = (line for line in text.split("\n") if line.startswith((CONFLICT_START, CONFLICT_END)))
    names = dict.fromkeys(clean_line(line[len(CONFLICT_START) :]) for line in marked)
    sides = f" ({' and '.join(filter(None, names))})" if any(names) else ""
    marks = f"{CONFLICT_START}, ======= and {CONFLICT_END}"
    return f"a merge left two versions here{sides}; keep one and delete the lines with {marks}."


def _read_entry(
    text: str, starts: list[int], ends: list[int], kind: str, at: int, known: Mapping[str, Block]
) -> tuple[Block, int]:
    """Return the block that begins at header `at`, and how many headers it takes.

    A piece that can be read has no open string, so its end is right. One that cannot may have been cut inside a string
    that has a line like a header; then longer pieces are tried.
    """
    piece = text[starts[at] : ends[at]]
    block = known.get(piece)
    if block is None or block.kind != kind:
        # The head of a file may have been cut at a misspelt header, and be an entry as it is known.
        block = read_block(kind, piece)
    if not isinstance(block.value, BlockError) or parser.is_toml(piece):
        return block, 1
    count = 1
    for _ in range(MAX_EXTENSIONS):
        if at + count >= len(starts):
            break
        end = ends[at + count - 1]
        mark = unterminated_string(text[starts[at] : end])
        if mark and (closed := text.find(mark, end)) >= 0:
            # The entry goes on to the header behind the closing mark.
            count = bisect_right(starts, closed) - at
        elif count > 1 and not mark:
            break
        else:
            # Not a string, but perhaps a list with a line like a header.
            count += 1
        longer = text[starts[at] : ends[at + count - 1]]
        if parser.is_toml(longer):
            merged = known.get(longer) or read_block(kind, longer)
            return merged, count
        if not unterminated_string(longer):
            break
    return block, 1


def read_block(kind: str, text: str) -> Block:
    """Read one block; an error becomes its value."""
    size = len(text.encode("utf-8", errors="surrogatepass"))
    if kind != "head" and text.startswith("\ufeff"):
        # One before the first entry belongs to the head.
        error = BlockError("an invisible character (byte order mark, U+FEFF) here; delete it.", 1, 1)
        return Block(kind, text, error, size)
    try:
        data = parser.parse(text)
    except parser.ParseError as wrong:
        if (conflict := _conflict_error(text)) is not None:
            return Block(kind, text, conflict, size)
        from tracker.store import diagnosis  # only what cannot be read pays for it

        wrong = diagnosis.explain(text, wrong)
        return Block(kind, text, BlockError(wrong.reason, wrong.line, wrong.column), size)
    return decode_block(kind, text, data, size)


def decode_block(kind: str, text: str, data: parser.Data, size: int) -> Block:
    """Return the block of a text of that size, from what a parser read in it; an error becomes its value."""
    markers = _MARKER.finditer(text) if CONFLICT_START in text else ()
    if "<=>" in "".join(marker[0][0] for marker in markers):
        # Both versions are in one string, where TOML allows anything.
        return Block(kind, text, _conflict_error(text), size)
    if kind == "head":
        return Block(kind, text, _find_head_error(text, data), size)
    if len(data) > 1 and any(name != kind and _is_entry_name(name, data[name]) for name in data):
        return Block(kind, text, BlockError("an entry with a different header starts here.", 1), size)
    tables = data[kind]
    if len(tables) != 1:
        reason = f"{len(tables)} entries share one header; give each its own [[{kind}]]."
        return Block(kind, text, BlockError(reason, 1), size)
    try:
        if kind == "person":
            return Block(kind, text, decode_person(tables[0]), size)
        show = decode_show(tables[0])
    except DecodeError as wrong:
        return Block(kind, text, BlockError(wrong.reason, find_line(text, wrong.path)), size)
    edited = hand_edit_claim(show.status, show.release, show.history, date.min) is not None
    has_tracks = ("region" in text or "medium" in text) and any(claim.region or claim.medium for claim in show.history)
    return Block(kind, text, show, size, edited, has_tracks)


def _conflict_error(text: str) -> BlockError | None:
    """Return the error at the first conflict marker."""
    marker = _MARKER.search(text)
    return BlockError(_describe_conflict(text), text.count("\n", 0, marker.start()) + 1) if marker else None


def _is_entry_name(name: str, value: object) -> bool:
    """Return whether a table of this name was meant as an entry; a single table of another may be the owner's own."""
    return name.casefold().rstrip("s") in ("show", "person") and (name in ("show", "person") or isinstance(value, list))


def _find_head_error(text: str, data: Mapping[str, Any]) -> BlockError | None:
    for kind in data:
        if _is_entry_name(kind, data[kind]):
            found = re.search(rf"""^[ \t\ufeff]*+(?:\[[ \t]*+)?["']?{kind}\b""", mask_strings(text), re.MULTILINE)
            line = text.count("\n", 0, found.start()) + 1 if found else 1
            return BlockError(f"“{kind}” is a value or a single table here; write each entry as [[{kind}]].", line)
    return None


def find_line(block: str, path: str) -> int:
    """Return the line within the block, from 1, of the value at `path` ("history[2].status")."""
    lines = mask_strings(block).split("\n")
    first, last = 0, len(lines)
    if found := re.match(r"history\[(\d+)\]\.?", path):
        headers = [n for n, line in enumerate(lines) if _HISTORY.match(line)]
        wanted = int(found[1])
        if wanted < len(headers):
            first, path = headers[wanted], path[found.end() :]
            last = headers[wanted + 1] if wanted + 1 < len(headers) else last
    name, *inner = re.split(r"[.\[]", path, maxsplit=1)
    if name:
        for number, line in enumerate(lines[first:last], first + 1):
            if re.match(rf"""\s*(?:\[+\s*(?:show|person)\s*\.\s*)?["']?{re.escape(name)}["']?\s*[=.\]]""", line):
                return _find_inner_line(lines, number, inner[0]) if inner else number
    return first + 1


def _find_inner_line(lines: list[str], first: int, name: str) -> int:
    """Return the line of a key within the table that begins on a line; that line if the key is not found."""
    for number, line in enumerate(lines[first - 1 :], first):
        if number > first and line.lstrip().startswith("["):
            break
        if re.search(rf"""(?<![\w-]){re.escape(name)}["']?\s*=""", line):
            return number
    return first


def read_data(block: Block) -> dict[str, Any]:
    """Return the data of a readable block, new at each call.

    Raises:
        Unparsable: The block is not TOML.
    """
    return parser.parse(block.text)


def guess_value(block: str, *keys: str) -> str:
    """Return the text that a damaged block seems to have under one of these keys, or ""."""
    for line in block.split("\n"):
        key, _, value = (part.strip() for part in line.partition("="))
        if key in keys and value.startswith(("'", '"')):
            return clean_line(value.lstrip("\"'").partition("#")[0].rstrip().rstrip("\"'"))
    return ""
