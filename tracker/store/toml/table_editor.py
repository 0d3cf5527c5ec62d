"""Change the values of one table of a document, such as a table of the settings; all other bytes stay."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from tracker.store.toml.editor import format_key
from tracker.store.toml.statements import Key, find_names, statements


def set_value(text: str, table: str, key: str, value: object) -> str:
    """Return the document, which is TOML, with another value in a table that it may lack.

    Args:
        text: The document.
        table: The name of the table, at the top of the document.
        key: The key within.
        value: A mapping changes a table that is there already, key by key; None takes a value away.

    Raises:
        ValueError: What is there is no table.
    """
    import tomlrt  # which most runs do without

    bom, text = _split_bom(text)
    document: Any = tomlrt.loads(text)
    if table not in document:
        newline = "\r\n" if "\r\n" in text else "\n"
        gap = newline if text and not text.endswith("\n") else ""
        gap += newline if text.strip() else ""
        document = tomlrt.loads(f"{text}{gap}[{table}]{newline}")
    values = document[table]
    if not isinstance(values, Mapping):
        raise ValueError(f"“{table}” is not a table")  # noqa: TRY004 - of the file, not of the program
    _set(values, key, value, tomlrt.Table.inline)
    return bom + tomlrt.dumps(document)


def _set(values: Any, key: str, value: object, make_table: Any) -> None:
    if value is None:
        values.pop(key, None)
    elif not isinstance(value, Mapping):
        if values.get(key) != value:
            values[key] = value
    elif isinstance(values.get(key), Mapping):
        for name, item in value.items():
            _set(values[key], name, item, make_table)
    else:
        values[key] = make_table({name: item for name, item in value.items() if item is not None})


def rename_key(text: str, table: str, key: str, new_key: str) -> str:
    """Return the document, which is TOML, with another name for a key of a table, at the same place.

    A key in a table that is written in one line keeps its name: then the text is returned as it is.
    """
    bom, text = _split_bom(text)
    pieces = [bom]
    section: Key = ()
    for lead, statement in statements(text):
        names, spans = find_names(statement)
        is_header = statement.lstrip(" \t").startswith("[")
        section = names if is_header else section
        whole = names if is_header else (*section, *names)
        at = 1 if is_header else 1 - len(section)
        if whole[:2] == (table, key) and at >= 0:
            start, end = spans[at]
            statement = statement[:start] + format_key(new_key) + statement[end:]  # noqa: PLW2901 - the new one
        pieces.append(lead + statement)
    return "".join(pieces)


def _split_bom(text: str) -> tuple[str, str]:
    return ("\ufeff", text[1:]) if text.startswith("\ufeff") else ("", text)
