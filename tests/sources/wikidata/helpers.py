"""Parts of Wikidata's JSON."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import date
from typing import Any, Final

from tracker.model.release import Preference
from tracker.model.source_record import SourceRecord
from tracker.sources.wikidata.classes import ItemClass, ItemKind, find_kind
from tracker.sources.wikidata.records import Entity, read_entity
from tracker.sources.wikidata.work import Surroundings, make_record

Json = dict[str, Any]
TODAY: Final = date(2026, 11, 23)
KEY: Final = "Q990000101"


def entity(body: Json) -> Entity:
    return read_entity(json.dumps(body).encode())


def kind_of(item: Entity, classes: Mapping[str, ItemClass] | None = None) -> ItemKind:
    """Return what an item is; classes that are looked up and not in `classes` say nothing."""
    known = dict(classes or {})
    while isinstance(kind := find_kind(item.claims, known), frozenset):
        known |= {one: known.get(one, ItemClass("", ())) for one in kind}
    return kind


def record_of(
    body: Json,
    region: str = "",
    *,
    media: tuple[str, ...] = (),
    labels: Mapping[str, str] | None = None,
    parts: Mapping[str, Json] | None = None,
    classes: Mapping[str, ItemClass] | None = None,
) -> SourceRecord:
    item, around = (
        entity({"labels": texts(en="Fanal"), **body}),
        {key: entity(part) for key, part in (parts or {}).items()},
    )
    return make_record(
        item, KEY, kind_of(item, classes), TODAY, Preference(region, media), Surroundings(labels or {}, around)
    )


def claim(value: object, rank: str = "normal", **qualifiers: list[object]) -> Json:
    body: Json = {"mainsnak": snak(value), "type": "statement", "rank": rank}
    if qualifiers:
        body["qualifiers"] = {prop: [snak(value) for value in values] for prop, values in qualifiers.items()}
    return body


def snak(value: object) -> Json:
    """Return a snak with a value; None is a value that nobody knows, and ... says that there is none."""
    if value is ...:
        return {"snaktype": "novalue"}
    return {"snaktype": "somevalue"} if value is None else {"snaktype": "value", "datavalue": {"value": value}}


def item(number: int) -> Json:
    return {"entity-type": "item", "numeric-id": number, "id": f"Q{number}"}


def time(text: str, precision: int, **more: object) -> Json:
    return {"time": text, "timezone": 0, "before": 0, "after": 0, "precision": precision, **more}


def day(text: str, rank: str = "normal", *places: int, **more: list[object]) -> Json:
    """Return the claim of a day, a month or a year in some places, with more qualifiers."""
    precision = {4: 9, 7: 10, 10: 11}[len(text)]
    qualifiers: dict[str, list[object]] = {"P291": [item(place) for place in places], **more} if places else more
    return claim(time(f"+{text + '-00-00'[len(text) - 4 :]}T00:00:00Z", precision), rank, **qualifiers)


def texts(**languages: str) -> Json:
    return {language: {"language": language, "value": text} for language, text in languages.items()}


def answer(**entities: object) -> bytes:
    return json.dumps({"entities": entities, "success": 1}).encode()
