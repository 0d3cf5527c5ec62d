"""Change the text of a block in as few places as possible; the one user of `tomlrt`."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

import tomli_w
import tomlrt

from tracker.store.toml import parser
from tracker.store.toml.parser import same_data
from tracker.store.toml.scanner import find_comments, find_tables
from tracker.store.toml.statements import segments, split_trailing

Changes = Mapping[str, Any]
"""New TOML values by key; None removes the key."""


def edit_block(kind: str, text: str, changes: Changes, claims: Sequence[Mapping[str, Any]] = ()) -> str:
    """Return the block with keys changed and claims appended to its history; all other bytes stay.

    Raises:
        Unparsable: The block is not TOML.
    """
    body, tail = split_trailing(text)
    newline = "\r\n" if "\r\n" in text else "\n"
    if changes:
        body = _remove_tables(kind, body, changes, newline)
        body = _set_values(kind, body, changes, newline)
    for claim in claims:
        body = _append_claim(body, claim, newline)
    return body + tail


def format_block(kind: str, table: Mapping[str, Any], newline: str = "\n") -> str:
    """Return the text of a new entry: one key a line, lists of tables and long texts on several."""
    lines = [f"[[{kind}]]"]
    for key, value in table.items():
        if key != "history":
            lines.append(f"{_key(key)} = {format_value(value)}")
    for claim in table.get("history", ()):
        lines += ["", f"[[{kind}.history]]", *(f"{_key(k)} = {format_value(v)}" for k, v in claim.items())]
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
            return "{ " + ", ".join(f"{_key(k)} = {format_value(v)}" for k, v in value.items()) + " }"
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


def _key(key: str) -> str:
    return key if re.fullmatch(r"[A-Za-z0-9_-]+", key) else tomli_w.dumps({key: 0}).removesuffix(" = 0\n")


def _remove_tables(kind: str, body: str, changes: Changes, newline: str) -> str:
    """Remove tables, and keys of tables; the comments around them stay."""
    table = parser.parse(body)[kind][0]
    for key, value in changes.items():
        have = table.get(key)
        if not isinstance(have, Mapping):
            continue
        if value is None:
            body = _remove_key(kind, body, (key,), newline)
        elif isinstance(value, Mapping):
            for name in have:
                if name not in value:
                    body = _remove_key(kind, body, (key, name), newline)
    return body


def _remove_key(kind: str, body: str, path: tuple[str, ...], newline: str) -> str:
    """Remove the statements about a key; one within an inline table is no statement."""
    pieces = []
    for segment in segments(kind, body):
        about = segment.key[1:] if segment.key[0] == "" else segment.key
        if about[: len(path)] == path:
            pieces += [segment.lead, *(comment.text + newline for comment in find_comments(segment.text))]
        else:
            pieces += [segment.lead, segment.text]
    return "".join(pieces)


def _set_values(kind: str, body: str, changes: Changes, newline: str) -> str:
    bom = "\ufeff" if body.startswith("\ufeff") else ""
    document = tomlrt.loads(body.removeprefix("\ufeff"))
    table: Any = document[kind][0]
    slots: dict[str, str] = {}
    added: list[str] = []
    for key, value in changes.items():
        if key in table:
            _assign(table, key, value, slots, _is_literal(body, key))
        elif value is not None:
            added.append(f"{_key(key)} = {format_value(value)}")
    text = tomlrt.dumps(document)
    for slot, written in slots.items():
        if written:
            text = text.replace(f'"{slot}"', written.replace("\n", newline), 1)
        else:
            text = re.sub(rf'^[^\n]*"{slot}"[ \t]*(?:(#[^\n]*\n)|\r?\n|\Z)', r"\1", text, count=1, flags=re.MULTILINE)
    return bom + _insert_keys(kind, text, added, newline)


def _insert_keys(kind: str, body: str, lines: Sequence[str], newline: str) -> str:
    """Insert new keys behind the last key of the entry, before its tables."""
    if not lines:
        return body
    end = next((at for at, _ in find_tables(body)[1:] if _parses(body[:at])), len(body))
    keys, tail = split_trailing(body[:end])
    if not keys.endswith("\n"):
        keys += newline
    return keys + "".join(f"{line}\n" for line in lines).replace("\n", newline) + tail + body[end:]


def _parses(text: str) -> bool:
    try:
        return "show" in parser.parse(text) or "person" in parser.parse(text)
    except parser.ParseError:
        return False


def _is_literal(body: str, key: str) -> bool:
    """Return whether the value of a key is in single quotes."""
    return re.search(rf"^[ \t]*{re.escape(key)}[ \t]*=[ \t]*'(?!'')", body, re.MULTILINE) is not None


def _assign(table: Any, key: str, value: Any, slots: dict[str, str], literal: bool) -> None:
    if value is None and isinstance(table[key], Mapping):
        del table[key]
    elif isinstance(value, list) and isinstance(table[key], list):
        _sync_list(table[key], value)
    elif isinstance(value, Mapping) and isinstance(table[key], Mapping):
        for name in [name for name in table[key] if name not in value]:
            del table[key][name]
        for name, item in value.items():
            if name not in table[key] or table[key][name] != item:
                table[key][name] = item
    else:
        # A placeholder, so that the value can be laid out by `format_value`. The comments above and behind a key that
        # is removed stay where they are.
        slot = f"\u2063{len(slots)}\u2063"
        table[key] = slot
        plain = literal and isinstance(value, str) and value.isprintable() and "'" not in value
        slots[slot] = "" if value is None else f"'{value}'" if plain else format_value(value)


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
    for place in range(len(have) - same_tail - 1, same_head - 1, -1):
        del array[place]
    for place, item in enumerate(wanted[same_head : len(wanted) - same_tail], same_head):
        array.insert(place, item)


def _append_claim(body: str, claim: Mapping[str, Any], newline: str) -> str:
    """Append a claim below all else if that reads right, otherwise inside the history."""
    data = parser.parse(body)
    history = data["show"][0].get("history")
    if history is None or find_tables(body)[-1][1] == "show":
        text = "\n".join(["", "[[show.history]]", *(f"{_key(k)} = {format_value(v)}" for k, v in claim.items()), ""])
        ended = body if body.endswith("\n") else body + newline
        appended = ended + text.replace("\n", newline)
        if _reads_as_appended(appended, data, claim):
            return appended
    document: Any = tomlrt.loads(body.removeprefix("\ufeff"))
    document["show"][0]["history"].append(dict(claim))
    return ("\ufeff" if body.startswith("\ufeff") else "") + tomlrt.dumps(document)


def _reads_as_appended(text: str, before: dict[str, Any], claim: Mapping[str, Any]) -> bool:
    try:
        after = parser.parse(text)
    except parser.ParseError:
        return False
    show = after["show"][0]
    history = show.pop("history", [])
    old = dict(before["show"][0])
    return same_data(history, [*old.pop("history", []), dict(claim)])
