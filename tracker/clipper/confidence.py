"""How sure a fact is: each sign that speaks for it or against it has a weight, measured on labelled articles.

`python -m tests.clipper.calibrate` measures the weights anew; `weights.json` has them by field and sign.
"""

from __future__ import annotations

import json
import math
from collections.abc import Iterable
from functools import cache
from pathlib import Path
from typing import Final

SAID: Final = {
    "title": 0.78, "kind": 0.85, "cast": 0.75, "role": 0.8, "directors": 0.85, "writers": 0.85, "networks": 0.8,
    "release": 0.78, "status": 0.84, "relevance": 0.6, "synopsis": 0.8, "countries": 0.85, "locations": 0.85,
}  # fmt: skip
"""From which confidence on a fact is said and not only offered: where nine in ten were right on pages that nobody who
wrote rules had looked at."""
OFFERED: Final = 0.1
"""From which confidence on a fact is offered."""
ON_THE_LIST: Final = "on the list"
"""The sign of what the owner's list has as well."""
NOT_ENGLISH: Final = "not English"
"""The sign of an article that the rules cannot read."""
BY_HAND: Final = {
    "title": {ON_THE_LIST: 2.5}, "cast": {ON_THE_LIST: 2.0}, "directors": {ON_THE_LIST: 2.0},
    "writers": {ON_THE_LIST: 2.0}, "networks": {ON_THE_LIST: 2.0},
    "relevance": {NOT_ENGLISH: -6.0},
    "synopsis": {
        "labelled": 3.0, "tells": 1.5, "this": 0.5, "unclear": -0.5, "other": -3.0, "says something else": -3.0,
    },
    "countries": {"by title": 3.0},
    "locations": {"this": 2.5, "unclear": 1.0, "other": -2.0, "not listed": -1.5},
}  # fmt: skip
"""Weights that are not measured, as labelled articles come without a list: what the list has already is right some ten
times as often as what else has the same signs, and yet an article may name it only in passing. What is said in
another language is not known at all. And no label tells which sentence is the story, or where a show comes from."""
BIAS: Final = ""
"""The sign that every candidate has."""


@cache
def _weights() -> dict[str, dict[str, float]]:
    text = (Path(__file__).parent / "weights.json").read_text("utf-8")
    weights: dict[str, dict[str, float]] = json.loads(text)
    return {field: weights.get(field, {}) | BY_HAND.get(field, {}) for field in {*weights, *BY_HAND}}


def confidence(field: str, signs: Iterable[str]) -> float:
    """Return how often a candidate for a field with these signs is right, from 0 to 1."""
    weights = _weights().get(field, {})
    total = weights.get(BIAS, 0.0) + sum(weights.get(sign, 0.0) for sign in signs)
    return 1 / (1 + math.exp(-max(-30.0, min(30.0, total))))
