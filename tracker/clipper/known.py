"""What the owner's list knows: its titles, wherever an article names them, and who and what belongs to each."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cached_property
from typing import Final

from tracker.clipper.titles import title_key
from tracker.model.show import Show
from tracker.model.sightings import SightingIndex
from tracker.text import name_form


class KnownList:
    """What the owner's list knows of each show that has a certain title.

    Args:
        shows: All shows of the list.
    """

    def __init__(self, shows: Sequence[Show] = ()) -> None:
        self.shows = shows

    @cached_property
    def titles(self) -> Mapping[str, list[Show]]:
        """By `title_key`: titles, original titles and aliases, with the shows that have them."""
        found: dict[str, list[Show]] = {}
        for show in self.shows:
            titles = (show.title, show.full_title, show.original_title, *show.aliases)
            for key in {title_key(title) for title in titles if title}:
                found.setdefault(key, []).append(show)
        return found

    @cached_property
    def index(self) -> SightingIndex:
        return SightingIndex(self.shows)

    def names_of(self, key: str) -> Mapping[str, frozenset[str]]:
        """Return by field, as `name_form`, who makes, plays in and shows what has a title with this `title_key`."""
        shows = self.titles.get(key, ())
        names = {
            "cast": {credit.actor for show in shows for credit in show.cast},
            "directors": {name for show in shows for name in show.directors},
            "writers": {name for show in shows for name in show.writers},
            "networks": {name for show in shows for name in show.networks},
        }
        return {field: frozenset(map(name_form, found)) for field, found in names.items()}


NO_LIST: Final = KnownList()
