"""Shows that are on the list already, under one of their names."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from functools import lru_cache
from typing import Final, NamedTuple

from tracker.model.show import Show
from tracker.text import search_form

_BETWEEN: Final = frozenset("PSZC")
"""Unicode categories of characters between words."""
_ASCII_BETWEEN: Final = {code: " " for code in range(128) if not chr(code).isalnum()}


class KnownName(NamedTuple):
    """A name of a show on the list."""

    show: Show
    kind: str
    """What the name is to the show: "title", "original title", "alias" or "id"."""

    @property
    def sentence(self) -> str:
        """A sentence that says which show it is."""
        how = "" if self.kind == "title" else f", by its {self.kind}" if self.kind != "alias" else ", by an alias"
        return f"On the list already{how}: {self.show.title} ({self.show.id})."


def title_form(title: str) -> str:
    """Return a title for comparison: words without the marks between them."""
    form = search_form(title).replace("’", "").replace("'", "")
    if form.isascii():
        words = form.translate(_ASCII_BETWEEN)
    else:
        words = "".join(c if c.isalnum() or unicodedata.category(c)[0] not in _BETWEEN else " " for c in form)
    return " ".join(words.split()) or form


@lru_cache(maxsize=65536)
def name_form(name: str) -> str:
    """Return a name for comparison: without spaces and marks, "the" at its beginning, and "&" for "and"."""
    return title_form(name.replace("&", " and ")).removeprefix("the ").replace(" ", "")


def known_names(shows: Iterable[Show]) -> dict[str, KnownName]:
    """Return all names of shows in the form in which they are compared; of one that several have, the first title."""
    names: dict[str, KnownName] = {}
    others: list[tuple[Show, str, str]] = []
    for show in shows:
        if (form := name_form(show.title)) and form not in names:
            names[form] = KnownName(show, "title")
        if show.original_title:
            others.append((show, "original title", show.original_title))
        others += [(show, "alias", alias) for alias in show.aliases]
        others.append((show, "id", show.id))
    for show, kind, name in others:
        if (form := name_form(name)) and form not in names:
            names[form] = KnownName(show, kind)
    return names


def find_duplicate(names: dict[str, KnownName], *titles: str) -> KnownName | None:
    """Return the show that one of these titles is a name of."""
    return next((known for title in titles if (form := name_form(title)) and (known := names.get(form))), None)
