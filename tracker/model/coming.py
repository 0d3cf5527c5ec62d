"""The episodes that services know to come, each beside the show of the list that it belongs to."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date

from tracker.model.episode import Episode, soonest
from tracker.model.observation import Reference, references
from tracker.model.show import Show


def coming(shows: Iterable[Show], known: Mapping[Reference, Episode], today: date) -> dict[str, Episode]:
    """Return the episode that comes next of each show of which a service knows one, by the show's id."""
    found = {}
    for show in shows if known else ():
        said = [(known[one], one.source) for one in references(show) if one in known] if show.ids else []
        if (next_one := soonest(said, today)) is not None:
            found[show.id] = next_one[0]
    return found
