"""Shows that are on the list already, under one of their names."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from tracker.model.show import Show
from tracker.text import name_form, search_form


class KnownName(NamedTuple):
    """A name of a show on the list."""

    show: Show
    kind: str
    """What the name is to the show: "title", "original title", "alias" or "id"."""

    @property
    def sentence(self) -> str:
        """A sentence that says which show it is."""
        how = "" if self.kind == "title" else f" by its {self.kind}" if self.kind != "alias" else " under another name"
        return f"Already on your list{how}: {self.show.title} ({self.show.id})."


def title_form(title: str) -> str:
    """Return the form by which a show is offered as the same one: the name without "the" at its beginning.

    What is only offered may be too much: "The Glory" is offered for "Glory", and neither is refused.
    """
    form = search_form(title)
    return name_form(title if not form.startswith("the ") else form.removeprefix("the "))


def known_names(shows: Iterable[Show]) -> dict[str, KnownName]:
    """Return all names of shows in the form in which they are compared; of one that several have, the first title."""
    names: dict[str, KnownName] = {}
    others: list[tuple[Show, str, str]] = []
    for show in shows:
        if (form := title_form(show.title)) and form not in names:
            names[form] = KnownName(show, "title")
        if show.original_title:
            others.append((show, "original title", show.original_title))
        others += [(show, "alias", alias) for alias in show.aliases]
        others.append((show, "id", show.id))
    for show, kind, name in others:
        if (form := title_form(name)) and form not in names:
            names[form] = KnownName(show, kind)
    return names


def find_duplicate(names: dict[str, KnownName], *titles: str) -> KnownName | None:
    """Return the show that one of these titles is a name of."""
    return next((known for title in titles if (form := title_form(title)) and (known := names.get(form))), None)
