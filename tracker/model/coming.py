"""The next known episode of each show."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date

from tracker.model.episode import Episode, soonest
from tracker.model.observation import Reference, references
from tracker.model.show import Show


def coming(shows: Iterable[Show], known: Mapping[Reference, Episode], today: date) -> dict[str, Episode]:
    """Return the next known episode of each show, by show id."""
    found = {}
    for show in shows if known else ():
        said = [(known[one], one.source) for one in references(show) if one in known] if show.ids else []
        if (next_one := soonest(said, today)) is not None:
            found[show.id] = next_one[0]
    return found
