"""Compare a field of a source record with the show's."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, Final

from tracker.model.show import Credit, Show
from tracker.text import search_form

_NAMES: Final = frozenset({"networks", "countries", "genres", "directors", "writers"})


def is_same(show: Show, name: str, theirs: Any) -> bool:
    """Return whether a value adds nothing to the show's, ignoring case, accents and order."""
    mine = getattr(show, name)
    if name == "cast":
        return _says(mine, theirs)
    if name in ("title", "original_title"):
        return bool(mine) and search_form(theirs) in forms((show.title, show.original_title, *show.aliases))
    if name == "aliases":
        return forms(theirs) <= forms((show.title, show.original_title, *mine))
    if name in _NAMES:
        return forms(theirs) <= forms(mine)
    return bool(" ".join(mine.split()) == " ".join(theirs.split()))


def forms(names: Iterable[str]) -> set[str]:
    """Return the search forms of the names that are not empty."""
    return {search_form(name) for name in names if name}


def _says(mine: Iterable[Credit], theirs: Iterable[Credit]) -> bool:
    roles: dict[str, set[str]] = {}
    for credit in mine:
        roles.setdefault(search_form(credit.actor), set()).add(search_form(credit.role))
    return all(
        (known := roles.get(search_form(one.actor))) is not None and (not one.role or search_form(one.role) in known)
        for one in theirs
    )
