"""The answers of Wikidata: only what is used.

An empty map may come as an empty list. A claim without a datavalue says that there is no value, or none that is known
(https://www.wikidata.org/wiki/Help:ItemStatements).
"""

from __future__ import annotations

from typing import TypeVar

from msgspec import Raw, Struct, field

T = TypeVar("T")


class Error(Struct):
    """Why there is no answer; its status is 200."""

    code: str = ""
    info: str | None = None


class FoundItem(Struct):
    id: str


class FoundPage(Struct):
    title: str = ""  # of an item its id


class PageSearch(Struct):
    """The answer of `list=search`, which searches for statements too."""

    search: list[FoundPage] = []


class Answer(Struct):
    error: Error | None = None
    entities: dict[str, Raw] | list[Raw] | None = None  # by the ids that they were asked for
    search: list[FoundItem] | None = None
    query: PageSearch | None = None


class Text(Struct):
    value: str | None = None


class Value(Struct):
    """An item, a time, or a text in a language."""

    id: str | None = None
    number: int | None = field(default=None, name="numeric-id")  # what old records have instead of `id`
    time: str | None = None
    precision: int | None = None
    text: str | None = None


class Data(Struct):
    """The value of a snak: a string for ids and addresses."""

    value: Value | str


class Snak(Struct):
    datavalue: Data | None = None

    @property
    def item(self) -> str:
        """The id of the item that it names, "" for none."""
        value = self.datavalue.value if self.datavalue is not None else ""
        if isinstance(value, str):
            return ""
        return value.id or (f"Q{value.number}" if value.number is not None else "")

    @property
    def text(self) -> str:
        """Its text, "" for none."""
        value = self.datavalue.value if self.datavalue is not None else ""
        return value if isinstance(value, str) else value.text or ""


class Qualifiers(Struct):
    """What a claim is limited to; no place means everywhere."""

    places: tuple[Snak, ...] = field(default=(), name="P291")
    roles: tuple[Snak, ...] = field(default=(), name="P453")
    role_names: tuple[Snak, ...] = field(default=(), name="P4633")


class ItemStatement(Struct):
    mainsnak: Snak
    rank: str = "normal"
    qualifiers: Qualifiers | list[Raw] | None = None

    @property
    def item(self) -> str:
        return self.mainsnak.item

    @property
    def text(self) -> str:
        return self.mainsnak.text

    @property
    def limits(self) -> Qualifiers:
        return self.qualifiers if isinstance(self.qualifiers, Qualifiers) else Qualifiers()


class ItemStatements(Struct):
    classes: tuple[ItemStatement, ...] = field(default=(), name="P31")
    cast: tuple[ItemStatement, ...] = field(default=(), name="P161")
    countries: tuple[ItemStatement, ...] = field(default=(), name="P495")
    directors: tuple[ItemStatement, ...] = field(default=(), name="P57")
    genres: tuple[ItemStatement, ...] = field(default=(), name="P136")
    imdb: tuple[ItemStatement, ...] = field(default=(), name="P345")
    networks: tuple[ItemStatement, ...] = field(default=(), name="P449")
    original_titles: tuple[ItemStatement, ...] = field(default=(), name="P1476")
    published: tuple[ItemStatement, ...] = field(default=(), name="P577")
    sites: tuple[ItemStatement, ...] = field(default=(), name="P856")
    started: tuple[ItemStatement, ...] = field(default=(), name="P580")
    thetvdb: tuple[ItemStatement, ...] = field(default=(), name="P4835")
    tmdb_movie: tuple[ItemStatement, ...] = field(default=(), name="P4947")
    tmdb_tv: tuple[ItemStatement, ...] = field(default=(), name="P4983")
    tvmaze: tuple[ItemStatement, ...] = field(default=(), name="P8600")
    voices: tuple[ItemStatement, ...] = field(default=(), name="P725")
    writers: tuple[ItemStatement, ...] = field(default=(), name="P58")


class Entity(Struct):
    missing: bool | str | None = None  # present, even if "", where there is no such item
    lastrevid: int | None = None
    labels: dict[str, Text] | list[Raw] | None = None
    descriptions: dict[str, Text] | list[Raw] | None = None
    aliases: dict[str, list[Text]] | list[Raw] | None = None
    claims: ItemStatements | list[Raw] | None = None


def as_map(value: dict[str, T] | list[Raw] | None) -> dict[str, T]:
    """Return a map that may have come as an empty list."""
    return value if isinstance(value, dict) else {}


def best_ranked(claims: tuple[ItemStatement, ...]) -> tuple[ItemStatement, ...]:
    """Return the preferred claims if there are any, else all that are not deprecated."""
    preferred = tuple(claim for claim in claims if claim.rank == "preferred")
    return preferred or tuple(claim for claim in claims if claim.rank != "deprecated")
