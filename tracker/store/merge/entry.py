"""Merging the texts of one entry: the fields of both sides, the comments of both, the layout of ours."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from typing import Any, NamedTuple

from tracker.store.merge.sequences import merge_comments, merge_order
from tracker.store.merge.values import (
    FieldConflict,
    MergedTable,
    Resolver,
    find_successor,
    merge_show,
    merge_tables,
    prefer_ours,
)
from tracker.store.toml import parser
from tracker.store.toml.editor import edit_block
from tracker.store.toml.parser import same_data
from tracker.store.toml.scanner import find_comments
from tracker.store.toml.statements import (
    CLAIM,
    HEADER,
    TAIL,
    Key,
    Segment,
    claim_keys,
    inner_segments,
    parse_claim,
    segments,
    split_trailing,
    with_unique_keys,
)

_Draft = Callable[[str, str, str, str, Mapping[str, Any], Resolver], str]


class MergeError(ValueError):
    """The texts could not be made one in a way that reads back as it should."""


class MergedText(NamedTuple):
    """What came of merging texts."""

    text: str
    """With our value where there is a clash, unless theirs was to be taken."""
    conflicts: tuple[FieldConflict, ...]


def merge_entry(kind: str, base: str, ours: str, theirs: str, take: Resolver = prefer_ours) -> MergedText:
    """Return a block with the changes that both sides made to it.

    An independent parser has read just the merged data in the text.

    Args:
        kind: "show", "person" or "head".
        base: The block before both, "" where there was none.
        ours: The block on one side; its layout stays.
        theirs: The block on the other.
        take: Whether their value is to be taken where there is a clash.

    Raises:
        Unmergeable: One of them is not TOML, or no text says what both say.
    """
    if theirs in (ours, base):
        return MergedText(ours, ())
    if ours == base:
        return MergedText(theirs, ())
    try:
        merged = _merged_data(kind, base, ours, theirs, take)
        for draft in (_united, _ours):
            text = _draft(draft, kind, base, ours, theirs, merged.table, take)
            if text is not None:
                text = _with_comments(kind, base, ours, theirs, text)
                if same_data(parser.parse_strictly(text.removeprefix("\ufeff")), merged.table):
                    return MergedText(text, merged.conflicts)
    except (parser.ParseError, RecursionError, KeyError, IndexError) as wrong:
        raise MergeError(str(wrong)) from None
    raise MergeError("no text says what both say")


def _data(text: str) -> dict[str, Any]:
    return parser.parse(text.removeprefix("\ufeff"))


def _merged_data(kind: str, base: str, ours: str, theirs: str, take: Resolver) -> MergedTable:
    """Merge all that the blocks say: the entry by its fields, the owner's own tables by their keys."""
    b, o, t = (_data(side) if side else {} for side in (base, ours, theirs))
    if kind == "head":
        return merge_tables(b, o, t, take=take)
    entries = (side.pop(kind, [{}])[0] for side in (b, o, t))
    entry = merge_show(*entries, take=take) if kind == "show" else merge_tables(*entries, take=take)
    own = merge_tables(b, o, t, take=take)
    return MergedTable({kind: [entry.table], **own.table}, (*entry.conflicts, *own.conflicts))


def _draft(
    draft: _Draft, kind: str, base: str, ours: str, theirs: str, wanted: Mapping[str, Any], take: Resolver
) -> str | None:
    """Return a text that says what is wanted, made from a draft and by edits; None if it does not come to that."""
    try:
        text = draft(kind, base, ours, theirs, wanted, take)
        said = _data(text)
        if kind != "head" and not same_data(said, wanted):
            text = edit_block(kind, text, _changes(said[kind][0], wanted[kind][0]))
        read = parser.parse_strictly(text.removeprefix("\ufeff"))
    except (ValueError, RecursionError, KeyError, IndexError, TypeError):
        # A layout that the cutting or the editing does not master; the next draft is plainer.
        return None
    return text if same_data(read, wanted) else None


def _changes(said: Mapping[str, Any], wanted: Mapping[str, Any]) -> dict[str, Any]:
    return {key: wanted.get(key) for key in (*wanted, *said) if not same_data(said.get(key), wanted.get(key))}


def _united(kind: str, base: str, ours: str, theirs: str, wanted: Mapping[str, Any], take: Resolver) -> str:
    """Return a text that has each unit as that side wrote it which changed it, and the comments of both."""
    b, o, t = ({unit.key: unit for unit in segments(kind, side)} if side else {} for side in (base, ours, theirs))
    o, t = _with_base_keys(o, b), _with_base_keys(t, b)
    keys = [key for key in merge_order(list(b), list(o), list(t)) if key != TAIL]
    chosen = [unit for key in keys if (unit := _unit(key, b.get(key), o.get(key), t.get(key), take))]
    tail = _unit(TAIL, b.get(TAIL), o.get(TAIL), t.get(TAIL), take)
    claims = claim_keys(wanted[kind][0].get("history", ())) if kind == "show" else []
    in_place = [*_in_place(with_unique_keys(chosen), claims)]
    left = Counter(comment.text for comment in find_comments(ours)) | Counter(
        comment.text for comment in find_comments(theirs)
    )
    left.subtract(comment.text for unit in in_place for comment in find_comments(unit.text))
    pieces = [_lead(unit.lead, left) + unit.text for unit in in_place]
    newline = "\r\n" if "\r\n" in ours else "\n"
    ended = (piece if piece.endswith("\n") else piece + newline for piece in pieces[:-1])
    text = "".join([*ended, *pieces[-1:]])
    rest = tail.text if tail else ""
    return text + (newline if rest and text and not text.endswith("\n") else "") + rest


def _with_base_keys(side: dict[Key, Segment], base: dict[Key, Segment]) -> dict[Key, Segment]:
    """Return the units of a side in which a claim that was rewritten has the key of what it was before."""
    gone = [unit for key, unit in base.items() if key[0] == CLAIM and key not in side]
    keys: dict[Key, Key] = {}
    for key, unit in side.items() if gone else ():
        if (
            key[0] == CLAIM
            and key not in base
            and (was := find_successor(parse_claim(unit), [*map(parse_claim, gone)]))
        ):
            before = next(one for one in gone if parse_claim(one) == was)
            gone.remove(before)
            keys[key] = before.key
    return {keys.get(key, key): unit for key, unit in side.items()}


def _lead(lead: str, left: Counter[str]) -> str:
    """Return the lines above a unit without comments that came with another one already: both put a key below them."""
    kept = []
    for line in re.findall(r"[^\n]*\n|[^\n]+\Z", lead):
        if comment := line.strip():
            left[comment] -= 1
        if not comment or left[comment] >= 0:
            kept.append(line)
    return "".join(kept)


def _ours(kind: str, base: str, ours: str, theirs: str, wanted: Mapping[str, Any], take: Resolver) -> str:
    return ours


def _unit(
    key: Key, base: Segment | None, ours: Segment | None, theirs: Segment | None, take: Resolver
) -> Segment | None:
    """Return the unit as the side has it that changed it; ours where both did, with the comments of both."""
    if ours == theirs or theirs == base:
        return ours
    if ours == base:
        return theirs
    if ours is None or theirs is None:
        # One side took away what the other changed: then it stays, and the data say if that is right.
        return ours or theirs
    lead = _lines(base.lead if base else "", ours.lead, theirs.lead)
    if key == TAIL:
        return Segment(key, "", _lines(base.text if base else "", ours.text, theirs.text))
    if base is not None and ours.text == base.text:
        return Segment(key, lead, theirs.text)
    if key != HEADER and ours.text.lstrip(" \t").startswith("["):
        # The tables of the owner, and claims, are merged key by key as the entry is.
        table = key[0].strip("[]")
        text = _inner(base.text if base else "", ours.text, theirs.text, lambda path: take((table, *path[1:])))
        return Segment(key, lead, text)
    text, other = (theirs.text, ours.text) if take(key) else (ours.text, theirs.text)
    known = {comment.text for side in (base.text if base else "", text) for comment in find_comments(side)}
    newline = "\r\n" if text.endswith("\r\n") else "\n"
    lead += "".join(comment.text + newline for comment in find_comments(other) if comment.text not in known)
    return Segment(key, lead, text)


def _inner(base: str, ours: str, theirs: str, take: Resolver) -> str:
    b, o, t = ({unit.key: unit for unit in inner_segments(side)} for side in (base, ours, theirs))
    keys = merge_order(list(b), list(o), list(t))
    chosen = (_unit(key, b.get(key), o.get(key), t.get(key), take) for key in keys)
    newline = "\r\n" if "\r\n" in ours else "\n"
    return "".join(unit.lead + unit.text.rstrip("\r\n") + newline for unit in chosen if unit)


def _with_comments(kind: str, base: str, ours: str, theirs: str, text: str) -> str:
    """Return the text with each comment that no side took away and that is not in it yet, near to where it stood."""
    b, o, t = (Counter(comment.text for comment in find_comments(side)) for side in (base, ours, theirs))
    missing = Counter({said: min(o[said] + t[said] - b[said], max(o[said], t[said])) for said in o | t})
    missing.subtract(comment.text for comment in find_comments(text))
    newline = "\r\n" if "\r\n" in text else "\n"
    for side in (ours, theirs):
        lines = side.split("\n")
        for comment in find_comments(side):
            if missing[comment.text] > 0:
                missing[comment.text] -= 1
                text = _with_comment(kind, text, comment.text + newline, lines[comment.line + 1 :])
    return text


def _with_comment(kind: str, text: str, line: str, followers: list[str]) -> str:
    """Return the text with a comment above the first line there that followed it, else behind the entry."""
    said = _data(text)
    for follower in followers:
        at = text.find(f"\n{follower}\n") + 1
        if follower.strip() and at:
            put = text[:at] + line + text[at:]
            # Where the line is a part of a long text, the comment would be one too.
            if parser.is_toml(put.removeprefix("\ufeff")) and same_data(_data(put), said):
                return put
    body, tail = split_trailing(kind, text)
    return body + ("" if not body or body.endswith("\n") else line[len(line.rstrip("\r\n")) :]) + line + tail


def _lines(base: str, ours: str, theirs: str) -> str:
    sides = (re.findall(r"[^\n]*\n|[^\n]+\Z", side) for side in (base, ours, theirs))
    return "".join(merge_comments(*sides))


def _in_place(chosen: list[Segment], claims: list[Key]) -> Iterator[Segment]:
    """Yield keys of the entry before its tables, where they must stand, and claims in the order of the history."""
    tables = [unit for unit in chosen if unit.text.lstrip(" \t\ufeff").startswith("[") and unit.key != HEADER]
    plain = {unit.key[1:] for unit in tables if unit.key[0] == ""}
    keys = [unit for unit in chosen if unit not in tables]
    yield from (unit for unit in keys if unit.key[:-1] not in plain)
    known = sorted((unit for unit in tables if unit.key in claims), key=lambda unit: claims.index(unit.key))
    in_order = iter(known)
    for unit in tables:
        if unit.key[0] != CLAIM:
            yield unit
        elif unit.key in claims:
            yield next(in_order)
        if unit.key[0] == "":
            yield from (key for key in keys if key.key[:-1] == unit.key[1:])
