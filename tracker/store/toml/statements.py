"""An entry's text as a row of units: each key with the comments above and behind it, each claim, each table."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from itertools import groupby
from typing import Any, Final, NamedTuple

from tracker.store.toml import parser
from tracker.store.toml.parser import same_data
from tracker.store.toml.scanner import code_lines, find_long_strings


def split_trailing(kind: str, text: str) -> tuple[str, str]:
    """Return the entry proper, and the blank lines and comments behind it, which belong to nobody.

    A comment directly under the last line of the entry is still the entry's own.
    """
    lines = re.findall(r"[^\n]*\n|[^\n]+\Z", text)
    # What looks like a comment can be a line of a text in triple quotes.
    ends = [len(text) if stop < 0 else stop for _, stop in find_long_strings(text)]
    least = text.count("\n", 0, ends[-1]) + 1 if ends else 0
    first = len(lines)
    while first > least and (not lines[first - 1].strip() or lines[first - 1].lstrip().startswith("#")):
        first -= 1
    while first < len(lines) and lines[first].strip():
        first += 1
    at = sum(map(len, lines[:first]))
    if at == len(text):
        return text, ""
    body = text[:at]
    if "#" not in text[at:]:
        return body, text[at:]
    try:
        if same_data(parser.parse(body.removeprefix("\ufeff")), parser.parse(text.removeprefix("\ufeff"))):
            return body, text[at:]
    except parser.ParseError:
        pass
    return text, ""


Key = tuple[str, ...]
HEADER: Final[Key] = ("#header",)
TAIL: Final[Key] = ("#tail",)
CLAIM: Final = "[[history]]"
"""Where the key of a claim of its own table begins."""
_NAME: Final = r"""(?:"(?:[^"\\]|\\.)*"|'[^']*'|[A-Za-z0-9_-]+)"""
_KEY: Final = re.compile(rf"\s*({_NAME}(?:[ \t]*\.[ \t]*{_NAME})*)[ \t]*=")


class Segment(NamedTuple):
    """A piece of an entry that is kept, exchanged or left out as a whole."""

    key: Key
    """What it says something about; two units of one entry never have the same."""
    lead: str
    """The blank lines and comments above it."""
    text: str
    """Its lines; those of a tail are blank lines and comments only."""


class Statement(NamedTuple):
    """A header or a key with its value, on one line or several."""

    lead: str
    text: str


def segments(kind: str, text: str) -> list[Segment]:
    """Return the units of a block, whose texts joined are `text` again.

    Args:
        kind: "show", "person" or "head".
        text: A block that is TOML.

    Raises:
        ValueError: Its keys could not be made out.
    """
    if all(map(_is_trivia, text.split("\n"))):
        return [Segment(TAIL, "", text)]
    body, tail = split_trailing(kind, text)
    found: list[Segment] = []
    section: Key = ()
    for lead, said in statements(body):
        if said.lstrip(" \t\ufeff").startswith("["):
            before, section = section, HEADER if not found and kind != "head" else _section(kind, said, section)
            if section == before == (CLAIM,) and not said.lstrip().startswith("[["):
                found[-1] = _longer(found[-1], lead + said)
            else:
                found.append(Segment(section, lead, said))
        elif section in ((), HEADER):
            found.append(Segment(_key(said), lead, said))
        elif section[0].startswith("["):
            found[-1] = _longer(found[-1], lead + said)
        else:
            found.append(Segment((*section[1:], *_key(said)), lead, said))
    return [*with_unique_keys(list(_joined(found))), Segment(TAIL, "", tail)]


def with_unique_keys(found: list[Segment]) -> list[Segment]:
    """Return the units with claims keyed by what they say, and numbers behind the keys of twins."""
    keys = _numbers([claim_key(parse_claim(unit)) if unit.key[0] == CLAIM else unit.key for unit in found])
    return [unit._replace(key=key) for unit, key in zip(found, keys, strict=True)]


def statements(text: str) -> Iterator[Statement]:
    """Cut TOML text into its statements; comments behind the last one belong to it."""
    spans = list(find_long_strings(text))
    starts = [start for start, _ in spans]
    lead = statement = ""
    at = depth = 0
    ended: list[Statement] = []
    for line, bare in zip(re.findall(r"[^\n]*\n|[^\n]+\Z", text), code_lines(text), strict=False):
        at += len(line)
        if not statement and not bare.strip() and _is_trivia(line):
            lead += line
            continue
        statement += line
        depth += sum(map(bare.count, "[{")) - sum(map(bare.count, "]}"))
        span = bisect_right(starts, at - 1) - 1
        in_string = span >= 0 and (spans[span][1] < 0 or at < spans[span][1])
        if depth <= 0 and not in_string:
            if ended:
                yield ended.pop()
            ended.append(Statement(lead, statement))
            lead = statement = ""
    rest = lead + statement
    if ended:
        yield ended[0]._replace(text=ended[0].text + rest)
    elif rest:
        yield Statement("", rest)


def _is_trivia(line: str) -> bool:
    bare = line.strip(" \t\r\n\ufeff")
    return not bare or bare.startswith("#")


def _key(text: str) -> Key:
    found = _KEY.match(text.removeprefix("\ufeff"))
    if not found:
        raise ValueError("a line is no key")
    return tuple(_path(parser.parse(f"{found[1]} = 0")))


def _path(data: Any) -> Iterator[str]:
    while data:
        if isinstance(data, list):
            data = data[0]
            continue
        if not isinstance(data, dict):
            return
        [(key, data)] = data.items()
        yield key


def _longer(unit: Segment, more: str) -> Segment:
    return unit._replace(text=unit.text + more)


def _section(kind: str, header: str, before: Key) -> Key:
    """Return the key of the unit that a table's header begins, or goes on with."""
    path = tuple(_path(parser.parse(header.removeprefix("\ufeff"))))
    if path[0] != kind or kind == "head":
        return (f"[{path[0]}]",)
    if path[1] == "history":
        return (CLAIM,)
    if header.lstrip(" \t").startswith("[[") or before == (f"[[{path[1]}]]",):
        return (f"[[{path[1]}]]",)
    # The keys of a plain table are units of their own, as if they were dotted ones.
    return ("", *path[1:])


def _joined(found: list[Segment]) -> Iterator[Segment]:
    """Join what belongs to one list of tables, but for claims, each of which stands for itself."""
    for key, group in groupby(found, lambda unit: unit.key):
        same = list(group)
        if len(same) > 1 and key[0].startswith("[") and key != (CLAIM,):
            text = same[0].text + "".join(unit.lead + unit.text for unit in same[1:])
            yield same[0]._replace(text=text)
        else:
            yield from same


def parse_claim(unit: Segment) -> dict[str, Any]:
    """Return what the unit of a claim says."""
    [claim] = parser.parse("[[show]]\n" + unit.text)["show"][0]["history"]
    return dict(claim)


def inner_segments(text: str) -> list[Segment]:
    """Return the statements of a unit that is a whole table, or several of one list, as units of their own."""
    found, header = [], 0
    for lead, said in statements(text):
        is_header = said.lstrip(" \t").startswith("[")
        header += is_header
        found.append(Segment((str(header),) if is_header else (str(header), *_key(said)), lead, said))
    return found


def claim_keys(claims: Iterable[Mapping[str, Any]]) -> list[Key]:
    """Return the keys of units for claims: what says the same has the same key, but for a number behind twins."""
    return _numbers([*map(claim_key, claims)])


def claim_key(claim: Mapping[str, Any]) -> Key:
    """Return the key of a claim's unit, without a number."""
    return (CLAIM, repr(sorted(claim.items())))


def _numbers(keys: list[Key]) -> list[Key]:
    """Return the keys with a number behind each that stood there before."""
    seen: Counter[Key] = Counter()
    result = []
    for key in keys:
        seen[key] += 1
        result.append((*key, f"#{seen[key]}") if seen[key] > 1 else key)
    return result
