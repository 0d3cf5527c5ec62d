"""Cut the text of an entry into segments: each key with its comments, each claim, each table."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from itertools import groupby
from typing import Any, Final, NamedTuple

from tracker.store.toml import parser
from tracker.store.toml.scanner import code_lines, find_long_strings, split_lines

Key = tuple[str, ...]
HEADER: Final[Key] = ("#header",)
TAIL: Final[Key] = ("#tail",)
CLAIM: Final = "[[history]]"
"""The first part of the key of a claim that is a table."""
_NAME: Final = r"""(?:"(?:[^"\\]|\\.)*"|'[^']*'|[A-Za-z0-9_-]+)"""
_NEXT_NAME: Final = re.compile(rf"[ \t.]*+({_NAME})")
_PATH: Final = rf"({_NAME}(?:[ \t]*\.[ \t]*{_NAME})*)"
KEY: Final = re.compile(rf"\s*{_PATH}[ \t]*=[ \t]*")
"""A key and the sign behind it; the group is the key."""
_TABLE: Final = re.compile(rf"[ \t\ufeff]*\[\[?[ \t]*{_PATH}[ \t]*\]")


class Segment(NamedTuple):
    """A piece of an entry that is kept, replaced or left out as a whole."""

    key: Key
    """What it is about; unique in its entry."""
    lead: str
    """The blank lines and comments above it."""
    text: str
    """Its lines; those of a tail are blank lines and comments only."""


class Statement(NamedTuple):
    """A header, or a key with its value, on one line or several."""

    lead: str
    text: str


def split_trailing(text: str) -> tuple[str, str]:
    """Return the entry proper, and the blank lines and comments behind it, which are not part of it.

    A comment directly under the last line of the entry is still the entry's own.
    """
    body, tail = split_tail(text)
    if "#" not in tail:
        return body, tail
    try:
        return (body, tail) if parser.same_data(parser.parse(body), parser.parse(text)) else (text, "")
    except parser.ParseError:
        return text, ""


def split_tail(text: str) -> tuple[str, str]:
    """Return what `split_trailing` does of a text that is TOML for certain."""
    lines = split_lines(text)
    # What looks like a comment can be a line of a text in triple quotes.
    ends = [len(text) if stop < 0 else stop for _, stop in find_long_strings(text)]
    least = text.count("\n", 0, ends[-1]) + 1 if ends else 0
    first = len(lines)
    while first > least and (not lines[first - 1].strip() or lines[first - 1].lstrip().startswith("#")):
        first -= 1
    while first < len(lines) and lines[first].strip():
        first += 1
    at = sum(map(len, lines[:first]))
    return text[:at], text[at:]


def segments(kind: str, text: str) -> list[Segment]:
    """Return the segments of a block that is TOML; their texts joined are `text`.

    Raises:
        ValueError: Its keys cannot be found.
    """
    if all(map(_is_trivia, text.split("\n"))):
        return [Segment(TAIL, "", text)]
    body, tail = split_trailing(text)
    return [*with_unique_keys(list(_join_tables(split_entry(kind, body)))), Segment(TAIL, "", tail)]


def split_entry(kind: str, body: str) -> list[Segment]:
    """Return the pieces of an entry without a tail: its header, each key, each claim, each header of another table.

    The key of a header is ("", table), that of another list of tables ("[[table]]",), that of a table beside the entry
    ("[table]",); keys in tables of the entry are paths.

    Raises:
        ValueError: Its keys cannot be found.
    """
    parts: list[Segment] = []
    section: Key = ()
    for lead, statement in statements(body):
        if statement.lstrip(" \t\ufeff").startswith("["):
            before, section = section, HEADER if not parts and kind != "head" else _section(kind, statement, section)
            if section == before == (CLAIM,) and not statement.lstrip().startswith("[["):
                parts[-1] = _extend(parts[-1], lead + statement)
            else:
                parts.append(Segment(section, lead, statement))
        elif section in ((), HEADER):
            parts.append(Segment(parse_key(statement), lead, statement))
        elif section[0].startswith("["):
            parts[-1] = _extend(parts[-1], lead + statement)
        else:
            parts.append(Segment((*section[1:], *parse_key(statement)), lead, statement))
    return parts


def with_unique_keys(parts: list[Segment]) -> list[Segment]:
    """Return the segments with claims keyed by what they say, and a number behind each repeated key."""
    keys = _number_repeated([claim_key(parse_claim(part)) if part.key[0] == CLAIM else part.key for part in parts])
    return [part._replace(key=key) for part, key in zip(parts, keys, strict=True)]


def statements(text: str) -> Iterator[Statement]:
    """Cut TOML text into its statements; comments behind the last one belong to it."""
    spans = list(find_long_strings(text))
    starts = [start for start, _ in spans]
    lead = statement = ""
    at = depth = 0
    finished: list[Statement] = []
    for line, code in zip(split_lines(text), code_lines(text), strict=False):
        at += len(line)
        if not statement and not code.strip() and _is_trivia(line):
            lead += line
            continue
        statement += line
        depth += sum(map(code.count, "[{")) - sum(map(code.count, "]}"))
        span = bisect_right(starts, at - 1) - 1
        in_string = span >= 0 and (spans[span][1] < 0 or at < spans[span][1])
        if depth <= 0 and not in_string:
            if finished:
                yield finished.pop()
            finished.append(Statement(lead, statement))
            lead = statement = ""
    rest = lead + statement
    if finished:
        yield finished[0]._replace(text=finished[0].text + rest)
    elif rest:
        yield Statement("", rest)


def inner_segments(text: str) -> list[Segment]:
    """Return the statements of a segment that is a whole table, or several of one list, as segments."""
    parts, header = [], 0
    for lead, statement in statements(text):
        is_header = statement.lstrip(" \t").startswith("[")
        header += is_header
        key = (str(header),) if is_header else (str(header), *parse_key(statement))
        parts.append(Segment(key, lead, statement))
    return parts


def parse_claim(segment: Segment) -> dict[str, Any]:
    """Return the data of a claim's segment."""
    [claim] = parser.parse("[[show]]\n" + segment.text)["show"][0]["history"]
    return dict(claim)


def claim_keys(claims: Iterable[Mapping[str, Any]]) -> list[Key]:
    """Return the keys of the claims' segments."""
    return _number_repeated([*map(claim_key, claims)])


def claim_key(claim: Mapping[str, Any]) -> Key:
    """Return the key of a claim's segment, without a number."""
    return (CLAIM, repr(sorted(claim.items())))


def _is_trivia(line: str) -> bool:
    code = line.strip(" \t\r\n\ufeff")
    return not code or code.startswith("#")


def parse_key(text: str) -> Key:
    """Return the key of a statement.

    Raises:
        ValueError: It has none.
    """
    if not (found := KEY.match(text.removeprefix("\ufeff"))):
        raise ValueError("a line is not a key")
    return _parse_path(found[1])


def find_names(statement: str) -> tuple[Key, list[tuple[int, int]]]:
    """Return the path of a header or of a key, and where in the statement each of its names begins and ends.

    Raises:
        ValueError: It has none.
    """
    if not (found := _TABLE.match(statement) or KEY.match(statement)):
        raise ValueError("a line is neither a key nor a header")
    spans: list[tuple[int, int]] = []
    rest, at = found[1], found.start(1)
    while name := _NEXT_NAME.match(rest):
        spans.append((at + name.start(1), at + name.end(1)))
        rest, at = rest[name.end() :], at + name.end()
    return _parse_path(found[1]), spans


def _parse_path(name: str) -> Key:
    if '"' in name or "'" in name:
        return tuple(_path(parser.parse(f"{name} = 0")))
    return tuple(part.strip(" \t") for part in name.split("."))


def _path(data: Any) -> Iterator[str]:
    while data:
        if isinstance(data, list):
            data = data[0]
            continue
        if not isinstance(data, dict):
            return
        [(key, data)] = data.items()
        yield key


def _section(kind: str, header: str, before: Key) -> Key:
    """Return the key of the segment that a table's header begins or continues."""
    if not (found := _TABLE.match(header)):
        raise ValueError("a line is not a header")
    path = _parse_path(found[1])
    if path[0] != kind or kind == "head":
        return (f"[{path[0]}]",)
    if path[1] == "history":
        return (CLAIM,)
    if header.lstrip(" \t").startswith("[[") or before == (f"[[{path[1]}]]",):
        return (f"[[{path[1]}]]",)
    # The keys of a plain table are segments, as if they were dotted ones.
    return ("", *path[1:])


def _extend(segment: Segment, text: str) -> Segment:
    return segment._replace(text=segment.text + text)


def _join_tables(parts: list[Segment]) -> Iterator[Segment]:
    """Join the tables of one list, but not claims."""
    for key, group in groupby(parts, lambda part: part.key):
        first, *others = group
        if key[0].startswith("[") and key != (CLAIM,):
            yield _extend(first, "".join(part.lead + part.text for part in others))
        else:
            yield first
            yield from others


def _number_repeated(keys: list[Key]) -> list[Key]:
    counts: Counter[Key] = Counter()
    numbered = []
    for key in keys:
        counts[key] += 1
        numbered.append((*key, f"#{counts[key]}") if counts[key] > 1 else key)
    return numbered
