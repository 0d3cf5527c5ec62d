"""Whether two values of a field say the same, in another spelling, order or everyday name."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import lru_cache
from typing import Any, Final

from tracker.model.countries import find_country, is_ambiguous
from tracker.model.genres import fold_genres
from tracker.model.season import with_bare_titles
from tracker.model.show import Credit, Show
from tracker.text import is_same_person, name_form, search_form

_NETWORK_WORDS: Final = frozenset({"channel", "network", "television", "tv", "originals", "studios"})
_NETWORKS: Final = {
    "amazon": "primevideo", "amazonprime": "primevideo", "amazonprimevideo": "primevideo", "appletvplus": "apple",
    "disneyplushotstar": "disneyplus", "hbogo": "hbo", "hbomax": "max", "hbonow": "hbo", "jiohotstar": "disneyplus",
    "paramountpluswithshowtime": "paramountplus", "ntv": "nippon", "nippontv": "nippon", "cx": "fuji", "tx": "tvtokyo",
    "ex": "tvasahi",
}  # fmt: skip
"""Names of networks in their form, and the one that stands for all of them."""
_IN_OWN_WORDS: Final = frozenset({"synopsis", "genres", "aliases"})


def same_value(show: Show, name: str, theirs: Any) -> bool:
    """Return whether a value adds nothing to the show's.

    Case, accents, marks, spaces and order make no difference, nor do the known names of a network and of a genre, and
    the order of a person's names. Of a cast only the people count: a role in other words is no news.
    """
    mine = getattr(show, name)
    if name in ("title", "original_title"):
        titles = with_bare_titles(show.title, show.original_title, *show.aliases)
        return bool(mine) and _bare_title(theirs) in {_bare_title(title) for title in titles if title}
    if name == "aliases":
        return name_forms(theirs) <= name_forms(with_bare_titles(show.title, show.original_title, *mine))
    if name in _NEW_ITEMS:
        return not new_items(name, mine, theirs)
    return bool(mine.split() == theirs.split()) or search_form(mine) == search_form(theirs)


def new_items(name: str, mine: Sequence[Any], theirs: Sequence[Any]) -> tuple[Any, ...]:
    """Return the items of a source's list that mine does not have in any spelling: networks, people, countries."""
    return _NEW_ITEMS[name](mine, theirs)


def same_words(name: str, one: Any, other: Any) -> bool:
    """Return whether two values of a field are the same words; genres may be from before they had one vocabulary."""
    return bool(fold_genres(one) == fold_genres(other) if name == "genres" else one == other)


def value_key(name: str, value: Any) -> str:
    """Return a form of a value that stays the same while only its wording changes.

    Lists have their items on lines of their own, sorted. What a source tells in its own words, as a synopsis, is "".
    """
    if name in _IN_OWN_WORDS:
        return ""
    if name == "release":
        return str(value.edtf or value.text)
    if name == "status":
        return str(value.value)
    if name in ("title", "original_title"):
        return _bare_title(value)
    keys = {"networks": network_form, "countries": name_form}
    items = (credit.actor for credit in value) if name == "cast" else value
    return "\n".join(sorted(map(keys.get(name, _person_key), items)))


def _new_names(form: Callable[[str], str]) -> Callable[[Sequence[str], Sequence[str]], tuple[str, ...]]:
    def find(mine: Sequence[str], theirs: Sequence[str]) -> tuple[str, ...]:
        known = {form(name) for name in mine}
        return tuple(name for name in theirs if form(name) not in known)

    return find


def new_people(mine: Sequence[str], theirs: Sequence[str]) -> tuple[str, ...]:
    """Return the people who are not among mine, in whatever order their names are written."""
    known: dict[str, list[str]] = {}
    for name in mine:
        known.setdefault(_person_key(name), []).append(name)
    return tuple(
        name for name in theirs if not any(_is_same_person(name, one) for one in known.get(_person_key(name), ()))
    )


def _new_credits(mine: Sequence[Credit], theirs: Sequence[Credit]) -> tuple[Credit, ...]:
    new = set(new_people([credit.actor for credit in mine], [credit.actor for credit in theirs]))
    return tuple(credit for credit in theirs if credit.actor in new)


def _new_genres(mine: Sequence[str], theirs: Sequence[str]) -> tuple[str, ...]:
    known = name_forms(fold_genres(mine))
    return tuple(genre for genre in fold_genres(theirs) if name_form(genre) not in known)


@lru_cache(maxsize=4096)
def _person_key(name: str) -> str:
    """Return the same text for all orders of a person's names; a few others have it too."""
    form = name_form(name)
    return min((form[at:] + form[:at] for at in range(len(form))), default="")


def _is_same_person(one: str, other: str) -> bool:
    """Return whether two names are those of one person, family name first or last: "Park Seo-joon", "Seojoon Park"."""
    words = search_form(one).split()
    return any(is_same_person(" ".join(words[at:] + words[:at]), other) for at in range(len(words)))


@lru_cache(maxsize=4096)
def network_form(name: str) -> str:
    """Return the form in which networks are compared: "TV TOKYO" and "TV Tokyo", "Netflix" and "Netflix Japan" are one.

    A country at the end, a remark in brackets, and words that all networks have make no difference.
    """
    form = search_form(re.split(r"[(（\[]", name, maxsplit=1)[0] or name)
    words = form.removeprefix("the ").split()
    for most in (2, 1):
        if len(words) > most and _is_country(" ".join(words[-most:])):
            words = words[:-most]
    while len(words) > 1 and words[-1] in _NETWORK_WORDS:
        words = words[:-1]
    bare = name_form(" ".join(words))
    return _NETWORKS.get(bare, bare)


def _is_country(words: str) -> bool:
    """Return whether words name a country; a code of two letters is more often a part of the name: "Tokyo MX"."""
    return words in ("jp", "kr", "uk", "us") or (len(words) > 2 and (is_ambiguous(words) or bool(find_country(words))))


@lru_cache(maxsize=4096)
def _bare_title(title: str) -> str:
    """Return the form of a title without the year or country that tells it from namesakes: "Glory (2023)"."""
    return name_form(re.sub(r"\((?:\d{4}|[A-Z]{2})\)$", "", title) or title)


def name_forms(names: Iterable[str]) -> set[str]:
    """Return the forms in which the names are compared that are not empty."""
    return {name_form(name) for name in names if name}


_NEW_ITEMS: Final[Mapping[str, Callable[[Any, Any], tuple[Any, ...]]]] = {
    "networks": _new_names(network_form), "countries": _new_names(name_form), "genres": _new_genres,
    "directors": new_people, "writers": new_people, "cast": _new_credits,
}  # fmt: skip
