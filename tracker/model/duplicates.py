"""Shows that are on the list already, under one of their names."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from typing import Final, NamedTuple

from tracker.model.show import Show
from tracker.text import search_form

_BETWEEN: Final = frozenset("PSZC")
"""Unicode categories of characters between words."""


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
    form = search_form(title.replace("’", "").replace("'", ""))
    if form.isascii() and form.replace(" ", "").isalnum():
        return " ".join(form.split())
    words = "".join(" " if unicodedata.category(char)[0] in _BETWEEN else char for char in form)
    return " ".join(words.split()) or form


def name_form(name: str) -> str:
    """Return a name for comparison: without spaces and marks, "the" at its beginning, and "&" for "and"."""
    return title_form(name.replace("&", " and ")).removeprefix("the ").replace(" ", "")


def known_names(shows: Iterable[Show]) -> dict[str, KnownName]:
    """Return all names of shows in the form in which they are compared; of one that several have, the first title."""
    names: dict[str, KnownName] = {}
    for show in shows:
        for kind, texts in (
            ("title", (show.title,)),
            ("original title", (show.original_title,)),
            ("alias", show.aliases),
            ("id", (show.id,)),
        ):
            for text in texts:
                form = name_form(text)
                if form and (form not in names or (kind == "title" and names[form].kind != "title")):
                    names[form] = KnownName(show, kind)
    return names


def find_duplicate(names: dict[str, KnownName], *titles: str) -> KnownName | None:
    """Return the show that one of these titles is a name of."""
    return next((known for title in titles if (form := name_form(title)) and (known := names.get(form))), None)
