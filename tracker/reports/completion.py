"""How a text that is being typed may go on: with names that the list has already."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from itertools import chain
from typing import Final

from tracker.model.countries import NAMES, country_code, country_name
from tracker.model.show import KINDS, Show
from tracker.model.status import Status
from tracker.model.watch_state import WATCH_STATES
from tracker.reports.query import IS_PROPERTIES
from tracker.reports.saved_view import SIGN, SavedView
from tracker.text import name_form, search_form

_QUERY_NAMES: Final = {
    "tag": "tags", "net": "networks", "network": "networks", "country": "countries", "genre": "genres",
    "location": "locations", "cast": "people", "actor": "people", "director": "people", "writer": "people",
    "source": "source", "status": "status", "is": "is", "kind": "kind", "watch": "watch",
}  # fmt: skip
"""Whose names stand behind a field of a filter."""
_WORDS: Final = {
    "status": tuple(status.value for status in Status), "is": tuple(IS_PROPERTIES), "kind": KINDS,
    "watch": WATCH_STATES,
}  # fmt: skip


class ListNames:
    """The names that shows have in their fields, those that are used most often first."""

    def __init__(self, shows: Sequence[Show]) -> None:
        self.shows = shows
        self._names: dict[str, tuple[str, ...]] = {}

    def of(self, field: str) -> tuple[str, ...]:
        """Return the names of a field: a list of shows, "countries", "people", "source", or a field of a filter."""
        if field not in self._names:
            names = Counter(filter(None, self._all(field)))
            self._names[field] = tuple(sorted(names, key=lambda name: (-names[name], search_form(name))))
        return self._names[field]

    def _all(self, field: str) -> Iterable[str]:
        match field:
            case "countries":
                return (country_name(country_code(name)) for show in self.shows for name in show.countries)
            case "people" | "directors" | "writers" | "cast":
                return chain.from_iterable(show.people for show in self.shows)
            case "source":
                return (claim.source for show in self.shows for claim in show.history)
            case "networks" | "genres" | "locations" | "tags":
                return chain.from_iterable(getattr(show, field) for show in self.shows)
        return ()

    def complete(self, field: str, text: str) -> str:
        """Return the text of a field with its last name completed, "" where none fits.

        Countries are completed from the table of all countries too.
        """
        if field == "cast" and any(sign in text.rpartition("\n")[2] for sign in "=→(:"):
            return ""
        others = NAMES.values() if field == "countries" else ()
        return complete_list(text, chain(self.of(field), others))

    def complete_query(self, text: str, views: Iterable[SavedView] = ()) -> str:
        """Return a filter with its last value or the name of a saved view completed, "" where none fits."""
        start = _last_outside_quotes(text, " ")
        if text[start:].removeprefix("-").startswith(SIGN):
            start += max(text[start:].find(SIGN), text[start:].rfind(",")) + 1
            name = text[start:].removeprefix(SIGN)
            fitting = _find_fitting(name, (view.name for view in views))
            return text[: len(text) - len(name)] + fitting if fitting else ""
        name, colon, value = text[start:].partition(":")
        source = _QUERY_NAMES.get(name.removeprefix("-").casefold(), "") if colon else ""
        part = value[_last_outside_quotes(value, ",") :]
        bare = part.removeprefix('"')
        if not bare or '"' in bare or not source:
            return ""
        fitting = _find_fitting(bare, _WORDS.get(source) or self.of(source))
        if not fitting or '"' in fitting:
            return ""
        head = text[: len(text) - len(bare)]
        if bare != part:
            return f'{head}{fitting}"'
        # What was typed stays where it is, so the quote begins at the first blank.
        at = next((n for n, char in enumerate(fitting) if char in " ,"), None)
        if at is None:
            return head + fitting
        return f'{head}{fitting[:at]}"{fitting[at:]}"' if at >= len(bare) else ""


def complete_list(text: str, names: Iterable[str]) -> str:
    """Return a text of names with commas between, the last of them completed, "" where none fits."""
    start = max(_last_outside_quotes(text, ","), _last_outside_quotes(text, "\n"))
    part = text[start:].lstrip()
    if not part or '"' in part:
        return ""
    used = {name_form(name.strip(' ,"')) for name in text[:start].replace("\n", ",").split(",")}
    fitting = _find_fitting(part, (name for name in names if name_form(name) not in used and "," not in name))
    return text[: len(text) - len(part)] + fitting if fitting else ""


def _find_fitting(part: str, names: Iterable[str]) -> str:
    """Return the first name that begins with what was typed and goes on."""
    form = search_form(part)
    if form and part[-1] in " -":
        form += " "  # that is where the word ends
    return next(
        (
            name
            for name in names
            if len(name) > len(part) and (search_form(name).startswith(form) or name_form(name).startswith(form))
        ),
        "",
    )


def _last_outside_quotes(text: str, sign: str) -> int:
    """Return where the text behind the last of these signs begins that is not between quotes."""
    place, is_quoted = 0, False
    for at, char in enumerate(text):
        if char == '"':
            is_quoted = not is_quoted
        elif char == sign and not is_quoted:
            place = at + 1
    return place
