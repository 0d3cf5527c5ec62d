"""The answers of Wikidata: only what is used.

An empty map may come as an empty list. A claim without a datavalue says that there is no value, or none that is known
(https://www.wikidata.org/wiki/Help:ItemStatements). What cannot be read in an item costs that statement or that name.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Final, TypeVar

import msgspec
from msgspec import Raw, Struct, field

from tracker.sources.decode import clean_names, decode, line_of

T = TypeVar("T")
LABEL: Final = "Wikidata"


class Error(Struct):
    """Why there is no answer; its status is 200."""

    code: str = ""
    info: str | None = None


class FoundItem(Struct):
    id: str


class FoundPage(Struct):
    title: str  # of an item its id


class PageSearch(Struct):
    """The answer of `list=search`, which searches for statements too."""

    search: list[Raw] = []


class Answer(Struct):
    error: Error | None = None
    entities: dict[str, Raw] | list[Raw] | None = None  # by the ids that they were asked for
    search: list[Raw] | None = None
    query: PageSearch | None = None


class Text(Struct):
    value: str | None = None


class Value(Struct):
    """An item, a time, or a text in a language."""

    id: str | None = None
    number: int | None = field(default=None, name="numeric-id")  # what old records have instead of `id`
    time: str | None = None
    precision: int | None = None
    before: int | None = None  # how much earlier it may have been, in units of the precision
    after: int | None = None
    calendar: str | None = field(default=None, name="calendarmodel")
    text: str | None = None
    language: str | None = None


class Data(Struct):
    """The value of a snak: a string for ids and addresses."""

    value: Value | str


class Snak(Struct):
    kind: str = field(default="value", name="snaktype")  # "value", "somevalue", "novalue"
    datavalue: Data | None = None

    @property
    def value(self) -> Value:
        """What it says, empty for a string and for nothing."""
        value = self.datavalue.value if self.datavalue is not None else ""
        return Value() if isinstance(value, str) else value

    @property
    def item(self) -> str:
        """The id of the item that it names, "" for none."""
        value = self.value
        return value.id or (f"Q{value.number}" if value.number is not None else "")

    @property
    def text(self) -> str:
        """Its text, "" for none."""
        value = self.datavalue.value if self.datavalue is not None else ""
        return value if isinstance(value, str) else value.text or ""


class Qualifiers(Struct):
    """What a claim is limited to; no place means everywhere."""

    places: tuple[Snak, ...] = field(default=(), name="P291")
    platforms: tuple[Snak, ...] = field(default=(), name="P400")
    formats: tuple[Snak, ...] = field(default=(), name="P437")
    roles: tuple[Snak, ...] = field(default=(), name="P453")
    circumstances: tuple[Snak, ...] = field(default=(), name="P1480")  # "circa", "presumably"
    ordinals: tuple[Snak, ...] = field(default=(), name="P1545")
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

    @property
    def ordinal(self) -> int | None:
        """Its number in a series or a list, None for none."""
        numbers = (int(snak.text) for snak in self.limits.ordinals if re.fullmatch(r"[1-9][0-9]{0,3}", snak.text))
        return next(numbers, None)


class ItemStatements(Struct, frozen=True):
    classes: tuple[ItemStatement, ...] = field(default=(), name="P31")
    cast: tuple[ItemStatement, ...] = field(default=(), name="P161")
    countries: tuple[ItemStatement, ...] = field(default=(), name="P495")
    creators: tuple[ItemStatement, ...] = field(default=(), name="P170")
    directors: tuple[ItemStatement, ...] = field(default=(), name="P57")
    ended: tuple[ItemStatement, ...] = field(default=(), name="P582")
    genres: tuple[ItemStatement, ...] = field(default=(), name="P136")
    imdb: tuple[ItemStatement, ...] = field(default=(), name="P345")
    languages: tuple[ItemStatement, ...] = field(default=(), name="P364")
    networks: tuple[ItemStatement, ...] = field(default=(), name="P449")
    original_titles: tuple[ItemStatement, ...] = field(default=(), name="P1476")
    parents: tuple[ItemStatement, ...] = field(default=(), name="P279")  # of a class
    parts: tuple[ItemStatement, ...] = field(default=(), name="P527")
    published: tuple[ItemStatement, ...] = field(default=(), name="P577")
    series: tuple[ItemStatement, ...] = field(default=(), name="P179")  # that a season is of
    sites: tuple[ItemStatement, ...] = field(default=(), name="P856")
    started: tuple[ItemStatement, ...] = field(default=(), name="P580")
    thetvdb: tuple[ItemStatement, ...] = field(default=(), name="P4835")
    tmdb_movie: tuple[ItemStatement, ...] = field(default=(), name="P4947")
    tmdb_tv: tuple[ItemStatement, ...] = field(default=(), name="P4983")
    tvmaze: tuple[ItemStatement, ...] = field(default=(), name="P8600")
    voices: tuple[ItemStatement, ...] = field(default=(), name="P725")
    writers: tuple[ItemStatement, ...] = field(default=(), name="P58")


class Entity(Struct, frozen=True):
    """An item, with its names cleaned."""

    is_missing: bool = False
    revision: str = ""
    labels: dict[str, str] = {}  # by language
    descriptions: dict[str, str] = {}
    aliases: dict[str, tuple[str, ...]] = {}
    claims: ItemStatements = ItemStatements()


_PROPERTIES: Final = {one.encode_name: one.name for one in msgspec.structs.fields(ItemStatements)}


def read_entity(body: bytes) -> Entity:
    """Decode an item; what in it cannot be read is left out.

    Raises:
        BadResponse: It is no JSON object.
    """
    parts = decode(body, dict[str, Raw], LABEL)
    statements = {
        _PROPERTIES[prop]: tuple(read_list(raw, ItemStatement))
        for prop, raw in _read_map(parts.get("claims")).items()
        if prop in _PROPERTIES
    }
    aliases = {
        language: clean_names(text.value for text in read_list(raw, Text))
        for language, raw in _read_map(parts.get("aliases")).items()
    }
    revision = _read(parts.get("lastrevid"), int)
    return Entity(
        "missing" in parts, str(revision or ""), _read_texts(parts.get("labels")),
        _read_texts(parts.get("descriptions")), aliases, ItemStatements(**statements),
    )  # fmt: skip


def _read(raw: Raw | None, shape: type[T]) -> T | None:
    """Decode a part, None for none and for another form."""
    try:
        return msgspec.json.decode(raw, type=shape) if raw is not None else None
    except msgspec.DecodeError:
        return None


def _read_map(raw: Raw | None) -> dict[str, Raw]:
    return _read(raw, dict[str, Raw]) or {}


def read_list(raw: Raw | list[Raw] | None, shape: type[T]) -> Iterable[T]:
    """Return the parts of a list that have this form."""
    parts = raw if isinstance(raw, list) else _read(raw, list[Raw]) or []
    return (part for part in (_read(one, shape) for one in parts) if part is not None)


def _read_texts(raw: Raw | None) -> dict[str, str]:
    texts = {language: _read(text, Text) for language, text in _read_map(raw).items()}
    return {language: line for language, text in texts.items() if text and (line := line_of(text.value))}


def as_map(value: dict[str, T] | list[Raw] | None) -> dict[str, T]:
    """Return a map that may have come as an empty list."""
    return value if isinstance(value, dict) else {}


def best_ranked(claims: tuple[ItemStatement, ...]) -> tuple[ItemStatement, ...]:
    """Return the preferred claims if there are any, else all that are not deprecated."""
    preferred = tuple(claim for claim in claims if claim.rank == "preferred")
    return preferred or tuple(claim for claim in claims if claim.rank != "deprecated")


def first_id(claims: tuple[ItemStatement, ...], form: re.Pattern[str]) -> str:
    """Return the first text of claims that has a form, "" for none."""
    ids = (line_of(claim.text) for claim in best_ranked(claims))
    return next(filter(form.fullmatch, ids), "")
