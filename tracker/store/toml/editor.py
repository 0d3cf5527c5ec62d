"""Change the text of a block in as few places as possible."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final

import tomli_w

from tracker.store.toml import parser
from tracker.store.toml.scanner import find_comments, find_tables, find_value_end
from tracker.store.toml.statements import (
    CLAIM,
    HEADER,
    KEY,
    Key,
    Segment,
    parse_key,
    split_entry,
    split_tail,
    split_trailing,
    statements,
)

Changes = Mapping[str, Any]
"""New TOML values by key; None removes the key."""


def edit_block(kind: str, text: str, changes: Changes, claims: Sequence[Mapping[str, Any]] = ()) -> str:
    """Return the block, which is TOML, with keys changed and claims appended to its history; all other bytes stay.

    Raises:
        ValueError: Its keys cannot be found.
    """
    body, tail = split_tail(text)
    newline = "\r\n" if "\r\n" in text else "\n"
    parts = split_entry(kind, body)
    if changes:
        changed, within = _change_keys(parts, changes, newline)
        body = "".join(part.lead + part.text for part in changed)
        if within:
            body = _change_within(kind, body, within)
    if not claims:
        return body + tail
    keys = [part.key for part in parts]
    ends_beside = keys[-1][0].startswith("[") and not keys[-1][0].startswith("[[")
    if ("history",) in keys or (ends_beside and (CLAIM,) in keys):
        return _insert_claims(kind, body, claims) + tail
    return _append_claims(kind, body, claims, newline) + tail


def edit_claims(kind: str, text: str, claims: Sequence[tuple[int, Changes]]) -> str:
    """Return the block with claims changed, moved and removed; their comments go with them, all else stays.

    What stands above a claim goes with it up to a blank line, and what is directly under it too.

    Args:
        kind: The kind of the block.
        text: The block, which is TOML.
        claims: The claims that stay, in their new order: the place of each before, and its changed keys.

    Raises:
        ValueError: They cannot be found.
    """
    body, tail = split_tail(text)
    newline = "\r\n" if "\r\n" in text else "\n"
    parts = split_entry(kind, body)
    if any(part.key == ("history",) for part in parts):
        if not claims:
            return "".join(part.lead + part.text for part in _change_keys(parts, {"history": None}, newline)[0]) + tail
        return _edit_claims_within(kind, body, claims) + tail
    parts = [*_with_comments_below(parts)]
    slots = [place for place, part in enumerate(parts) if part.key == (CLAIM,)]
    apart = {slot: _split_lead(parts[slot].lead)[0] for slot in slots}
    moved = [
        Segment(
            (CLAIM,), _split_lead(parts[slots[place]].lead)[1], _change_claim(parts[slots[place]], changes, newline)
        )
        for place, changes in claims
    ]
    kept = sorted(slots[place] for place, _ in claims)
    new = dict(zip(kept, moved, strict=True))
    pieces = []
    for place, part in enumerate(parts):
        if part.key != (CLAIM,):
            pieces.append(part.lead + part.text)
        else:
            pieces.append(apart[place] + (new[place].lead + new[place].text if place in new else ""))
    return "".join([*(_with_line_end(piece, newline) for piece in pieces[:-1]), *pieces[-1:]]) + tail


def _with_line_end(text: str, newline: str) -> str:
    """Return the text with an end of its last line."""
    return text if not text or text.endswith("\n") else text + newline


def _with_comments_below(parts: Sequence[Segment]) -> Iterator[Segment]:
    """Yield the pieces of an entry with the comments directly under each as a part of it, not of the next."""
    for part, below in zip(parts, [*parts[1:], None], strict=True):
        lead, text = part.lead, part.text
        if part is not parts[0]:
            lead = lead[len(_comments_below(lead)) :]
        yield part._replace(lead=lead, text=text + _comments_below(below.lead if below is not None else ""))


def _comments_below(lead: str) -> str:
    """Return the beginning of a lead that stands directly under what is above it; "" if no blank line ends it."""
    comments, blank, _ = _cut_lead(lead, last=False)
    return comments if blank else ""


def _split_lead(lead: str) -> tuple[str, str]:
    """Return the comments that stand apart from what is below them, and the others with the blank lines above these."""
    apart, blank, attached = _cut_lead(lead, last=True)
    return (apart, blank + attached) if apart.strip() else ("", lead)


def _cut_lead(lead: str, *, last: bool) -> tuple[str, str, str]:
    """Return a lead in three: what is before the first run of blank lines, or the last, that run, and what follows."""
    runs = [*re.finditer(r"^(?:[ \t]*\r?\n)+", lead, re.MULTILINE)]
    if not runs:
        return ("", "", lead)
    run = runs[-1 if last else 0]
    return lead[: run.start()], run[0], lead[run.end() :]


_CLAIM_KEYS: Final = ("on", "status", "release", "source", "url", "note", "region", "medium")
"""The keys of a claim in their usual order."""


def _change_claim(claim: Segment, changes: Changes, newline: str) -> str:
    """Return the text of a claim with keys changed; a new one comes behind those that usually stand before it."""
    if not changes:
        return claim.text
    parts: list[Segment] = []
    for lead, statement in statements(claim.text):
        if not parts:
            parts.append(Segment(HEADER, lead, statement))
        elif statement.lstrip(" \t").startswith("[") or parts[-1].key == ("[table]",):
            parts.append(Segment(("[table]",), lead, statement))
        else:
            parts.append(Segment(parse_key(statement), lead, statement))
    parts, added, within = _replace_keys(parts, changes, newline)
    if within:
        raise ValueError("a claim is written in an unusual way")
    for key, line in added.items():
        before = _CLAIM_KEYS[: _CLAIM_KEYS.index(key)]
        place = max(place for place, part in enumerate(parts) if not place or part.key[0] in before)
        parts[place] = parts[place]._replace(text=_with_line_end(parts[place].text, newline))
        parts.insert(place + 1, Segment((key,), "", line))
    return "".join(part.lead + part.text for part in parts)


def _edit_claims_within(kind: str, body: str, claims: Sequence[tuple[int, Changes]]) -> str:
    """Change claims of a history that is one value."""
    import tomlrt  # as below

    bom = "\ufeff" if body.startswith("\ufeff") else ""
    document: Any = tomlrt.loads(body.removeprefix("\ufeff"))
    history = document[kind][0]["history"]
    for place, changes in claims:
        for key, value in changes.items():
            if value is None:
                del history[place][key]
            else:
                history[place][key] = value
    kept = [place for place, _ in claims]
    for place in range(len(history) - 1, -1, -1):
        if place not in kept:
            del history[place]
    if kept != sorted(kept):
        ranks = iter([kept.index(place) for place in sorted(kept)])
        history.sort(key=lambda claim: next(ranks))
    return bom + tomlrt.dumps(document)


def format_block(kind: str, table: Mapping[str, Any], newline: str = "\n") -> str:
    """Return the text of a new entry: one key a line, lists of tables and long texts on several."""
    lines = [f"[[{kind}]]"]
    for key, value in table.items():
        if key != "history":
            lines.append(f"{format_key(key)} = {format_value(value)}")
    for claim in table.get("history", ()):
        lines += ["", f"[[{kind}.history]]", *(f"{format_key(k)} = {format_value(v)}" for k, v in claim.items())]
    return newline.join("\n".join(lines).split("\n")) + newline


def format_value(value: Any) -> str:
    """Return a value as TOML: lists of tables with a line each, texts of several lines in triple quotes."""
    match value:
        case str() if "\n" in value:
            escaped = value.replace("\\", "\\\\")
            if '"""' in escaped or escaped.endswith('"'):
                escaped = escaped.replace('"', '\\"')
            return f'"""\n{escaped}"""'
        case Mapping():
            return "{ " + ", ".join(f"{format_key(k)} = {format_value(v)}" for k, v in value.items()) + " }"
        case list() if value and isinstance(value[0], Mapping):
            return "[\n" + "".join(f"  {format_value(item)},\n" for item in value) + "]"
        case list():
            return "[" + ", ".join(format_value(item) for item in value) + "]"
    return tomli_w.dumps({"v": value}).removeprefix("v = ").rstrip("\n")


def remove_entry(kind: str, text: str) -> str:
    """Return what remains of a block without its entry: the owner's own tables, comments behind it."""
    body, tail = split_trailing(text)
    starts = [(at, name) for at, name in find_tables(body) if not at or name == kind or _parses(body[:at])]
    ends = [at for at, _ in starts[1:]] + [len(body)]
    kept = "".join(body[at:end] for (at, name), end in zip(starts, ends, strict=True) if name != kind)
    return kept + (tail if kept or tail.strip() else "")


def format_key(key: str) -> str:
    """Return a key as TOML writes it, in quotes where it needs them."""
    return key if re.fullmatch(r"[A-Za-z0-9_-]+", key) else tomli_w.dumps({key: 0}).removesuffix(" = 0\n")


def _change_keys(parts: list[Segment], changes: Changes, newline: str) -> tuple[list[Segment], dict[str, Any]]:
    """Return an entry with keys changed, and the changes that are left: those of some items of a list or a table."""
    parts, added, within = _replace_keys(parts, changes, newline)
    return _insert_keys(parts, [*added.values()], newline), within


def _replace_keys(
    parts: list[Segment], changes: Changes, newline: str
) -> tuple[list[Segment], dict[str, str], dict[str, Any]]:
    """Return an entry with keys changed that it has, the lines of new keys, and the changes within lists and tables."""
    added: dict[str, str] = {}
    within: dict[str, Any] = {}
    for key, value in changes.items():
        removed = [_is_removed(part, key, value) for part in parts]
        parts = [
            _keep_comments(part, newline) if is_gone else part for part, is_gone in zip(parts, removed, strict=True)
        ]
        places = [place for place, part in enumerate(parts) if _is_about(part, key) and not removed[place]]
        if value is None:
            continue
        if not places:
            added[key] = f"{format_key(key)} = {format_value(value)}".replace("\n", newline) + newline
        elif len(places) > 1 or (text := _replace_value(parts[places[0]], key, value, newline)) is None:
            within[key] = value
        else:
            parts[places[0]] = parts[places[0]]._replace(text=text)
    return parts, added, within


def _is_about(part: Segment, key: str) -> bool:
    """Return whether a piece of the entry is a key, a part of its table, or the header or the items of that."""
    return _path(part)[:1] in ((key,), (f"[[{key}]]",))


def _is_removed(part: Segment, key: str, value: Any) -> bool:
    if not _is_about(part, key):
        return False
    return value is None or (isinstance(value, Mapping) and len(_path(part)) > 1 and _path(part)[1] not in value)


def _keep_comments(part: Segment, newline: str) -> Segment:
    return part._replace(text="".join(comment.text + newline for comment in find_comments(part.text)))


def _path(part: Segment) -> Key:
    return part.key[1:] if part.key[0] == "" else part.key


def _replace_value(part: Segment, key: str, value: Any, newline: str) -> str | None:
    """Return the text of a key with another value; None where some items of a list or a table can be changed."""
    found = KEY.match(part.text)
    if part.key != (key,) or found is None:
        return None
    start, end = found.end(), find_value_end(part.text, found.end())
    old = part.text[start:end]
    if (isinstance(value, list) and old[0] == "[") or (isinstance(value, Mapping) and old[0] == "{"):
        return None
    new = format_value(value)
    if old[0] == "'" and old[:3] != "'''" and isinstance(value, str) and value.isprintable() and "'" not in value:
        new = f"'{value}'"
    return part.text[:start] + new.replace("\n", newline) + part.text[end:]


def _insert_keys(parts: list[Segment], lines: Sequence[str], newline: str) -> list[Segment]:
    """Insert new keys behind the last key of the entry, before its tables."""
    if not lines:
        return parts
    place = next((place for place, part in enumerate(parts) if place and _is_table(part)), len(parts))
    above = parts[place].lead if place < len(parts) else ""
    keys, tail = split_tail("".join(part.lead + part.text for part in parts[:place]) + above)
    if not keys.endswith("\n"):
        keys += newline
    entry = Segment(HEADER, "", keys + "".join(lines) + tail)
    return [entry, *(part._replace(lead="") for part in parts[place : place + 1]), *parts[place + 1 :]]


def _is_table(part: Segment) -> bool:
    return part.text.lstrip(" \t").startswith("[")


def _change_within(kind: str, body: str, changes: Changes) -> str:
    """Change items of lists and of tables; the others keep their layout and their comments."""
    import tomlrt  # which most edits do without

    bom = "\ufeff" if body.startswith("\ufeff") else ""
    document: Any = tomlrt.loads(body.removeprefix("\ufeff"))
    table = document[kind][0]
    for key, value in changes.items():
        old = table.get(key)
        if isinstance(value, list) and isinstance(old, list):
            _sync_list(old, value)
        elif isinstance(value, Mapping) and isinstance(old, Mapping):
            _sync_table(old, value)
        else:
            raise ValueError(f"{key} is written in an unusual way")  # noqa: TRY004 - of the file, not of the program
    return bom + tomlrt.dumps(document)


def _sync_table(table: Any, wanted: Mapping[str, Any]) -> None:
    for name in [name for name in table if name not in wanted]:
        del table[name]
    for name, item in wanted.items():
        if name not in table or table[name] != item:
            table[name] = item


def _parses(text: str) -> bool:
    try:
        return "show" in parser.parse(text) or "person" in parser.parse(text)
    except parser.ParseError:
        return False


def _sync_list(array: Any, wanted: list[Any]) -> None:
    """Change only the items that differ; the others keep their comments."""
    have = [dict(item) if isinstance(item, Mapping) else item for item in array]
    same_head = 0
    while same_head < min(len(have), len(wanted)) and have[same_head] == wanted[same_head]:
        same_head += 1
    same_tail = 0
    room = min(len(have), len(wanted)) - same_head
    while same_tail < room and have[-1 - same_tail] == wanted[-1 - same_tail]:
        same_tail += 1
    new = wanted[same_head : len(wanted) - same_tail]
    if len(have) == len(wanted) and (len(new) == 1 or all(map(_is_alike, have[same_head:], new))):
        for place, item in enumerate(new, same_head):
            if isinstance(item, Mapping) and isinstance(have[place], Mapping):
                _sync_table(array[place], item)
            else:
                array[place] = item
        return
    for place in range(len(have) - same_tail - 1, same_head - 1, -1):
        del array[place]
    for place, item in enumerate(new, same_head):
        array.insert(place, item)


def _is_alike(before: Any, after: Any) -> bool:
    """Return whether an item can be changed into another in its place: tables that have a value in common."""
    return isinstance(before, Mapping) and isinstance(after, Mapping) and any(before.get(k) == after[k] for k in after)


def _append_claims(kind: str, body: str, claims: Sequence[Mapping[str, Any]], newline: str) -> str:
    """Append claims as tables, below all else."""
    lines: list[str] = []
    for claim in claims:
        values = (f"{format_key(name)} = {format_value(value)}" for name, value in claim.items())
        lines += ["", f"[[{kind}.history]]", *values]
    body = body if body.endswith("\n") else body + newline
    return body + "".join(f"{line}\n" for line in lines).replace("\n", newline)


def _insert_claims(kind: str, body: str, claims: Sequence[Mapping[str, Any]]) -> str:
    """Append claims to a history that is one value, or that has a table beside the entry behind it."""
    import tomlrt  # as above

    bom = "\ufeff" if body.startswith("\ufeff") else ""
    document: Any = tomlrt.loads(body.removeprefix("\ufeff"))
    for claim in claims:
        document[kind][0]["history"].append(dict(claim))
    return bom + tomlrt.dumps(document)
