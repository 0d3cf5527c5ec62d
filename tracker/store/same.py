"""Whether two pieces of TOML data say the same."""

from __future__ import annotations

import math
from collections.abc import Mapping


def equal(one: object, two: object) -> bool:
    """Return whether both say the same; a number that is none ("nan") equals itself here, and true is not 1."""
    if isinstance(one, Mapping) and isinstance(two, Mapping):
        return one.keys() == two.keys() and all(equal(one[key], two[key]) for key in one)
    if isinstance(one, list) and isinstance(two, list):
        return len(one) == len(two) and all(map(equal, one, two))
    if isinstance(one, float) and isinstance(two, float) and math.isnan(one):
        return math.isnan(two)
    return one == two and isinstance(one, bool) is isinstance(two, bool)
