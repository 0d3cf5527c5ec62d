"""Merge the texts of one entry: the fields of both sides, the comments of both, the layout of ours."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from typing import Any, NamedTuple

from tracker.store.merge.sequences import merge_comments, merge_order
from tracker.store.merge.values import (
    FieldConflict,
    MergedTable,
    Resolver,
    merge_show,
    merge_tables,
    pair_claims,
    prefer_ours,
)
from tracker.store.toml import parser
from tracker.store.toml.editor import edit_block
from tracker.store.toml.parser import same_data
from tracker.store.toml.scanner import find_comments, split_lines
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


class MergeError(ValueError):
    """The texts cannot be merged so that the result reads back as it should."""


class MergedText(NamedTuple):
    """A merged text, with our value where there is a conflict, unless it was resolved for theirs."""

    text: str
    conflicts: tuple[FieldConflict, ...]


def merge_entry(kind: str, base: str, ours: str, theirs: str, takes_theirs: Resolver = prefer_ours) -> MergedText:
    """Return a block with the changes of both sides; an independent parser has read just the merged data in it.

    Args:
        kind: "show", "person" or "head".
        base: The block before both; "" if there was none.
        ours: The block on one side, whose layout stays.
        theirs: The block on the other side.
        takes_theirs: Whether their value is taken in a conflict.

    Raises:
        MergeError: One of them is not TOML, or no text has the data of both.
    """
    if theirs in (ours, base):
        return MergedText(ours, ())
    if ours == base:
        return MergedText(theirs, ())
    try:
        merged = _merge_data(kind, base, ours, theirs, takes_theirs)
        claims = claim_keys(merged.table[kind][0].get("history", ())) if kind == "show" else []
        for draft in (lambda: _unite_segments(kind, base, ours, theirs, claims, takes_theirs), lambda: ours):
            text = _complete(draft, kind, merged.table)
            if text is not None:
                text = _add_comments(base, ours, theirs, text)
                if same_data(parser.parse_strictly(text), merged.table):
                    return MergedText(text, merged.conflicts)
    except (parser.ParseError, RecursionError, KeyError, IndexError) as error:
        raise MergeError(str(error)) from None
    raise MergeError("the two versions can't be combined")


def _merge_data(kind: str, base: str, ours: str, theirs: str, takes_theirs: Resolver) -> MergedTable:
    """Merge the data of the blocks: the entry by its fields, the owner's own tables by their keys."""
    base_data, our_data, their_data = sides = [parser.parse(text) if text else {} for text in (base, ours, theirs)]
    if kind == "head":
        return merge_tables(base_data, our_data, their_data, takes_theirs=takes_theirs)
    merge = merge_show if kind == "show" else merge_tables
    entry = merge(*(data.pop(kind, [{}])[0] for data in sides), takes_theirs=takes_theirs)
    own = merge_tables(base_data, our_data, their_data, takes_theirs=takes_theirs)
    return MergedTable({kind: [entry.table], **own.table}, (*entry.conflicts, *own.conflicts))


def _complete(draft: Callable[[], str], kind: str, wanted: Mapping[str, Any]) -> str | None:
    """Return a draft edited so that it has the wanted data; None if that fails."""
    try:
        text = draft()
        data = parser.parse(text)
        if kind != "head" and not same_data(data, wanted):
            before, after = data[kind][0], wanted[kind][0]
            keys = (key for key in (*after, *before) if not same_data(before.get(key), after.get(key)))
            text = edit_block(kind, text, {key: after.get(key) for key in keys})
        written = parser.parse_strictly(text)
    except (ValueError, RecursionError, KeyError, IndexError, TypeError):
        # A layout that cannot be cut or edited; the next draft is plainer.
        return None
    return text if same_data(written, wanted) else None


def _unite_segments(kind: str, base: str, ours: str, theirs: str, claims: list[Key], takes_theirs: Resolver) -> str:
    """Return a text with each segment of the side that changed it, and the comments of both; `claims` are in order."""
    base_parts, *sides = (
        {part.key: part for part in segments(kind, text)} if text else {} for text in (base, ours, theirs)
    )
    our_parts, their_parts = (_with_base_keys(parts, base_parts) for parts in sides)

    def merge(key: Key) -> Segment | None:
        return _merge_segment(key, base_parts.get(key), our_parts.get(key), their_parts.get(key), takes_theirs)

    keys = [key for key in merge_order([*base_parts], [*our_parts], [*their_parts]) if key != TAIL]
    ordered = [*_order_segments(with_unique_keys([part for key in keys if (part := merge(key))]), claims)]
    tail = merge(TAIL)
    texts = [part.lead + part.text for part in ordered] + ([tail.text] if tail and tail.text else [])
    newline = "\r\n" if "\r\n" in ours else "\n"
    ended = (text if text.endswith("\n") else text + newline for text in texts[:-1])
    return _drop_repeated_comments("".join([*ended, *texts[-1:]]), _count_comments(ours) | _count_comments(theirs))


def _with_base_keys(parts: dict[Key, Segment], base: dict[Key, Segment]) -> dict[Key, Segment]:
    """Return the segments of a side; a claim that was rewritten gets the key of what it was before."""
    missing = [key for key in base if key[0] == CLAIM and key not in parts]
    changed = [key for key in parts if key[0] == CLAIM and key not in base]
    pairs = pair_claims([parse_claim(base[key]) for key in missing], [parse_claim(parts[key]) for key in changed])
    base_keys = {changed[after]: missing[before] for before, after in pairs.items()}
    return {base_keys.get(key, key): part for key, part in parts.items()}


def _count_comments(text: str) -> Counter[str]:
    return Counter(comment.text for comment in find_comments(text))


def _drop_repeated_comments(text: str, most: Counter[str]) -> str:
    """Return the text without lines of comments that stand in it more often than so."""
    surplus = _count_comments(text) - most
    lines = split_lines(text)
    for comment in reversed(find_comments(text) if surplus else []):
        if surplus[comment.text] > 0 and lines[comment.line].strip() == comment.text:
            surplus[comment.text] -= 1
            del lines[comment.line]
    return "".join(lines)


def _merge_segment(
    key: Key, base: Segment | None, ours: Segment | None, theirs: Segment | None, takes_theirs: Resolver
) -> Segment | None:
    """Return the segment of the side that changed it; ours if both did, with the comments of both."""
    if ours == theirs or theirs == base:
        return ours
    if ours == base:
        return theirs
    if ours is None or theirs is None:
        # One side removed what the other changed: it stays, and the data decide if that is right.
        return ours or theirs
    base_text, base_lead = (base.text, base.lead) if base else ("", "")
    lead = _merge_comment_lines(base_lead, ours.lead, theirs.lead)
    if key == TAIL:
        return Segment(key, "", _merge_comment_lines(base_text, ours.text, theirs.text))
    if base is not None and ours.text == base.text:
        return Segment(key, lead, theirs.text)
    if key != HEADER and ours.text.lstrip(" \t").startswith("["):
        # The owner's own tables, and claims, are merged key by key as the entry is.
        table = key[0].strip("[]")
        text = _merge_inner(base_text, ours.text, theirs.text, lambda path: takes_theirs((table, *path[1:])))
        return Segment(key, lead, text)
    text, other = (theirs.text, ours.text) if takes_theirs(key) else (ours.text, theirs.text)
    known = {comment.text for side in (base_text, text) for comment in find_comments(side)}
    newline = "\r\n" if text.endswith("\r\n") else "\n"
    lead += "".join(comment.text + newline for comment in find_comments(other) if comment.text not in known)
    return Segment(key, lead, text)


def _merge_inner(base: str, ours: str, theirs: str, takes_theirs: Resolver) -> str:
    """Merge the texts of one table, key by key."""
    base_parts, our_parts, their_parts = (
        {part.key: part for part in inner_segments(text)} for text in (base, ours, theirs)
    )
    parts = (
        _merge_segment(key, base_parts.get(key), our_parts.get(key), their_parts.get(key), takes_theirs)
        for key in merge_order([*base_parts], [*our_parts], [*their_parts])
    )
    newline = "\r\n" if "\r\n" in ours else "\n"
    return "".join(part.lead + part.text.rstrip("\r\n") + newline for part in parts if part)


def _add_comments(base: str, ours: str, theirs: str, text: str) -> str:
    """Add each missing comment that no side removed, near to where it was."""
    b, o, t = map(_count_comments, (base, ours, theirs))
    missing = Counter({name: min(o[name] + t[name] - b[name], max(o[name], t[name])) for name in o | t})
    missing.subtract(_count_comments(text))
    newline = "\r\n" if "\r\n" in text else "\n"
    for side in (ours, theirs):
        lines = side.split("\n")
        for comment in find_comments(side):
            if missing[comment.text] > 0:
                missing[comment.text] -= 1
                text = _insert_comment(text, comment.text + newline, lines[comment.line + 1 :])
    return text


def _insert_comment(text: str, line: str, followers: list[str]) -> str:
    """Insert a comment above the first line of the text that followed it, or behind the entry."""
    data = parser.parse(text)
    for follower in followers:
        at = text.find(f"\n{follower}\n") + 1
        if follower.strip() and at:
            inserted = text[:at] + line + text[at:]
            # In a long text the comment would be a part of it.
            if parser.is_toml(inserted) and same_data(parser.parse(inserted), data):
                return inserted
    body, tail = split_trailing(text)
    return body + ("" if not body or body.endswith("\n") else line[len(line.rstrip("\r\n")) :]) + line + tail


def _merge_comment_lines(base: str, ours: str, theirs: str) -> str:
    return "".join(merge_comments(*map(split_lines, (base, ours, theirs))))


def _order_segments(chosen: list[Segment], claims: list[Key]) -> Iterator[Segment]:
    """Yield keys of the entry before its tables, as TOML wants it, and claims in the order of the history."""
    tables = [part for part in chosen if part.text.lstrip(" \t\ufeff").startswith("[") and part.key != HEADER]
    plain = {part.key[1:] for part in tables if part.key[0] == ""}
    keys = [part for part in chosen if part not in tables]
    yield from (part for part in keys if part.key[:-1] not in plain)
    known = sorted((part for part in tables if part.key in claims), key=lambda part: claims.index(part.key))
    in_order = iter(known)
    for part in tables:
        if part.key[0] != CLAIM:
            yield part
        elif part.key in claims:
            yield next(in_order)
        if part.key[0] == "":
            yield from (key for key in keys if key.key[:-1] == part.key[1:])
