"""Saved views: a query with a name, and how the list is arranged for it."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Iterable, Mapping
from typing import Any, Final, NamedTuple

from tracker.reports.grouping import GROUPINGS, SORTS
from tracker.text import clean_line, search_form

VIEWS: Final = ("list", "agenda", "month", "timeline")
"""The views of the list."""
SIGN: Final = "@"
"""What stands before the name of a saved view."""
MAX_NAME: Final = 40
"""How many characters a name may have."""


class SavedView(NamedTuple):
    """A query with a name, and what it changes of the arrangement; "" and None leave that as it is."""

    name: str
    query: str = ""
    view: str = ""
    """One of `VIEWS`."""
    group: str = ""
    """One of `GROUPINGS`."""
    sort: str = ""
    """One of `SORTS`."""
    native: bool | None = None
    """Whether titles are shown in their own script."""
    seen: bool | None = None
    """Whether shows are shown that the owner has watched or dropped."""
    key: str = ""
    """The key that applies it in the app."""

    @property
    def label(self) -> str:
        """The name as it is written in a query."""
        return SIGN + self.name

    @property
    def values(self) -> dict[str, Any]:
        """What the settings say of it, without its name."""
        return {field: value for field, value in self._asdict().items() if field != "name" and value not in ("", None)}


def is_view_name(name: str) -> bool:
    """Return whether a saved view may be called this: letters and digits of any script, "-" and "_"."""
    if not 0 < len(name) <= MAX_NAME or name[0] == "-":
        return False
    # The vowel signs of many scripts are marks.
    return all(char in "-_" or unicodedata.category(char)[0] in "LMN" for char in name)


def is_same_name(name: str, other: str) -> bool:
    """Return whether two names are one, written in another case or another width."""
    return search_form(name) == search_form(other)


def find_view(views: Iterable[SavedView], name: str) -> SavedView | None:
    """Return the saved view with that name, or None."""
    form = search_form(name)
    return next((view for view in views if search_form(view.name) == form), None)


def parse_saved_views(data: object) -> tuple[tuple[SavedView, ...], list[str]]:
    """Return the saved views of the setting `views`, and what is wrong with it, as sentences.

    A view without what is wrong with it counts; one with a name that is none does not.
    """
    if not isinstance(data, dict):
        return (), ['“views” must have lines like korea = "country:KR".']
    views: list[SavedView] = []
    errors: list[str] = []
    for name, value in data.items():
        shown = f"“views.{name}”"
        name = unicodedata.normalize("NFC", name)  # noqa: PLW2901 - as it is typed
        if not is_view_name(name):
            errors.append(f"{shown}: use letters, digits, - and _ for a name, up to {MAX_NAME} characters.")
        elif (other := find_view(views, name)) is not None:
            errors.append(f"{shown} and “views.{other.name}” are the same name.")
        elif isinstance(value, str):
            views.append(SavedView(name, clean_line(value)))
        elif isinstance(value, dict):
            fields, wrong = _read_fields(value)
            errors += [f"“views.{name}.{field}” {hint}" for field, hint in wrong]
            key = fields.get("key")
            if key and (taken := next((view for view in views if view.key == key), None)) is not None:
                errors.append(f"“views.{name}.key”: {key} is the key of {taken.label}.")
                del fields["key"]
            views.append(SavedView(name, **fields))
        else:
            errors.append(f'{shown} must be a filter in quotes, or a table like {{ query = "country:KR" }}.')
    return tuple(views), errors


def _read_fields(table: Mapping[str, object]) -> tuple[dict[str, Any], list[tuple[str, str]]]:
    """Return the fields of a view, and the names of those that are wrong, with what they must be."""
    fields: dict[str, Any] = {}
    wrong = [(name, f"is unknown. Use {', '.join(_FIELDS)}.") for name in table if name not in _FIELDS]
    for name, (is_right, hint) in _FIELDS.items():
        if name in table and is_right(value := table[name]):
            fields[name] = clean_line(value) if isinstance(value, str) else value
        elif name in table:
            wrong.append((name, hint))
    return fields, wrong


def _is_one_of(words: Iterable[str]) -> tuple[Callable[[object], bool], str]:
    words = tuple(words)
    return (lambda value: value in words), f"must be one of {', '.join(words)}."


def _is_text(value: object) -> bool:
    return isinstance(value, str)


def _is_flag(value: object) -> bool:
    return isinstance(value, bool)


_FIELDS: Final[Mapping[str, tuple[Callable[[object], bool], str]]] = {
    "query": (_is_text, 'must be a filter in quotes, e.g. query = "country:KR".'),
    "view": _is_one_of(VIEWS),
    "group": _is_one_of(GROUPINGS),
    "sort": _is_one_of(SORTS),
    "native": (_is_flag, "must be true or false."),
    "seen": (_is_flag, "must be true or false."),
    "key": (_is_text, 'must be a key in quotes, e.g. key = "f2".'),
}
"""The fields of a view: whether a value is right, and what it must be."""
