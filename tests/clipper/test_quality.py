"""How well articles are read does not fall: both halves of the labelled articles in this package.

The rules were written with one half in sight; the other was read only to measure. `python -m tests.clipper.quality`
prints the figures. The floors lie a little below them, so that a change of wording in one article may cost something.
"""

from __future__ import annotations

import pytest

from tests.clipper.quality import HERE, measure

FLOORS = {
    "seen": {
        "title": (0.96, 0.95), "cast": (0.87, 0.85), "role": (0.93, 0.69), "director": (0.93, 0.88),
        "writer": (0.93, 0.85), "network": (0.92, 0.90), "release": (0.90, 0.88),
    },
    "unseen": {
        "title": (0.91, 0.89), "cast": (0.87, 0.87), "role": (0.90, 0.72), "director": (0.87, 0.74),
        "writer": (0.86, 0.70), "network": (0.80, 0.85), "release": (0.80, 0.72),
    },
}  # fmt: skip
"""Precision and recall of each fact."""
OTHERS = {"seen": (0.90, 0.93), "unseen": (0.76, 0.60)}
"""How many articles get the right status, and on how many that are no news the reader abstains."""


@pytest.mark.parametrize("half", FLOORS)
def test_quality(half: str) -> None:
    """Each quote is a substring of its article, and no figure is below its floor."""
    scores = measure([HERE / half])
    assert scores.broken == 0
    low = [
        f"{name}: {tally.precision:.1%} {tally.recall:.1%}"
        for name, tally in scores.tallies.items()
        if tally.precision < FLOORS[half][name][0] or tally.recall < FLOORS[half][name][1]
    ]
    status, abstains = OTHERS[half]
    assert not low
    assert scores.status.recall >= status
    assert scores.abstains.recall >= abstains
