"""Parts of Wikidata's JSON."""

from __future__ import annotations

import json
from typing import Any

Json = dict[str, Any]


def claim(value: object, rank: str = "normal", **qualifiers: list[object]) -> Json:
    body: Json = {"mainsnak": snak(value), "type": "statement", "rank": rank}
    if qualifiers:
        body["qualifiers"] = {prop: [snak(value) for value in values] for prop, values in qualifiers.items()}
    return body


def snak(value: object) -> Json:
    """Return a snak with a value; None is a value that nobody knows."""
    return {"snaktype": "somevalue"} if value is None else {"snaktype": "value", "datavalue": {"value": value}}


def item(number: int) -> Json:
    return {"entity-type": "item", "numeric-id": number, "id": f"Q{number}"}


def time(text: str, precision: int) -> Json:
    return {"time": text, "timezone": 0, "before": 0, "after": 0, "precision": precision}


def day(text: str, rank: str = "normal", *places: int) -> Json:
    """Return the claim of a day, a month or a year in some places."""
    precision = {4: 9, 7: 10, 10: 11}[len(text)]
    qualifiers: dict[str, list[object]] = {"P291": [item(place) for place in places]} if places else {}
    return claim(time(f"+{text + '-00-00'[len(text) - 4 :]}T00:00:00Z", precision), rank, **qualifiers)


def texts(**languages: str) -> Json:
    return {language: {"language": language, "value": text} for language, text in languages.items()}


def answer(**entities: object) -> bytes:
    return json.dumps({"entities": entities, "success": 1}).encode()
