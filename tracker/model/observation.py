"""What a service says about a show at one time."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Final, NamedTuple

from tracker.errors import BadValue
from tracker.model.episode import Episode
from tracker.model.show import Credit, Show
from tracker.model.status import Status
from tracker.model.window import Window
from tracker.text import clean_line

SERVICES: Final[Mapping[str, re.Pattern[str]]] = {
    "tvmaze": re.compile(r"[1-9][0-9]{0,9}"),
    "tmdb": re.compile(r"(?:tv|movie)/[1-9][0-9]{0,9}"),
    "wikidata": re.compile(r"Q[1-9][0-9]{0,11}"),
}
"""The services by the name that they have in files, and the form of their ids."""

LABELS: Final[Mapping[str, str]] = {"tvmaze": "TVmaze", "tmdb": "TMDB", "wikidata": "Wikidata"}
"""The services by the name that people know."""
NOTICES: Final[Mapping[str, str]] = {
    "tvmaze": "Data by TVmaze (https://www.tvmaze.com), CC BY-SA 4.0",
    "tmdb": "This product uses the TMDB API but is not endorsed or certified by TMDB. Where to watch: JustWatch",
    "wikidata": "Data by Wikidata (https://www.wikidata.org), CC0",
}
"""What the terms of the services ask to be said where their data is shown."""


MOST_ALIASES: Final = 10
"""How many other titles are taken from a service, which may know one for each country."""


class Reference(NamedTuple):
    """A show at a service."""

    source: str
    """One of `SERVICES`."""
    key: str
    """Its id there: "169", "tv/1396", "Q1079"."""

    def __str__(self) -> str:
        return f"{self.source}:{self.key}"


class Observation(NamedTuple):
    """What a service says about one show; what it does not say is empty.

    All text is cleaned. A search gives the same with less in it.
    """

    source: str
    key: str
    title: str
    url: str = ""
    """The page for people, which the terms of the services ask to link to."""
    original_title: str = ""
    aliases: tuple[str, ...] = ()
    kind: str = ""
    word: str = ""
    """Where it stands, in the service's own word."""
    covers: tuple[Status, ...] = ()
    """The statuses that agree with the service; none where its word is not known here."""
    status: Status | None = None
    """What the show is where none of these is known of it; None where the word says too little."""
    release: Window | None = None
    """None where the service gives no date, which is not the same as TBA."""
    region: str = ""
    """The country that the release is about, "" for all."""
    networks: tuple[str, ...] = ()
    countries: tuple[str, ...] = ()
    genres: tuple[str, ...] = ()
    directors: tuple[str, ...] = ()
    writers: tuple[str, ...] = ()
    synopsis: str = ""
    cast: tuple[Credit, ...] = ()
    ids: tuple[tuple[str, str], ...] = ()
    """Its ids at other services, by name: imdb, thetvdb, tmdb, tvmaze, wikidata."""
    site: str = ""
    """The official page."""
    next_episode: Episode | None = None
    providers: tuple[str, ...] = ()
    """Where it can be watched in the owner's region."""
    stamp: str = ""
    """What the service changes whenever it changes the record."""

    @property
    def reference(self) -> Reference:
        """The show at the service."""
        return Reference(self.source, self.key)

    @property
    def all_ids(self) -> dict[str, str]:
        """Its ids everywhere, the service's own among them."""
        return {**dict(self.ids), self.source: self.key}

    def tidied(self) -> Observation:
        """Return the same without other titles that are none, and no more of them than are of use."""
        own = {self.title, self.original_title}
        return self._replace(aliases=tuple(name for name in self.aliases if name not in own)[:MOST_ALIASES])

    @property
    def year(self) -> int | None:
        """The year of the release."""
        return self.release.earliest.year if self.release is not None and self.release.earliest else None


def read_reference(text: str) -> Reference:
    """Return the show that a text such as "tvmaze:169" or "tmdb:tv/1396" names.

    Raises:
        BadValue: It names none.
    """
    source, _, key = clean_line(text).partition(":")
    source, key = source.strip().casefold(), key.strip()
    if source not in SERVICES:
        raise BadValue(f"“{text}” names no service; write tvmaze:169, tmdb:tv/1396 or wikidata:Q1079.")
    if not SERVICES[source].fullmatch(key):
        example = {"tvmaze": "tvmaze:169", "tmdb": "tmdb:tv/1396 or tmdb:movie/550", "wikidata": "wikidata:Q1079"}
        raise BadValue(f"“{text}” is no id of {source}; one looks like {example[source]}.")
    return Reference(source, key)


def references(show: Show) -> tuple[Reference, ...]:
    """Return where the show is known, as its `ids` say; ids of a wrong form are passed over."""
    found = []
    for source, form in SERVICES.items():
        key = str(show.ids.get(source, "")).strip()
        if source == "tmdb" and key.isdecimal():
            key = f"{'movie' if show.kind == 'film' else 'tv'}/{key}"
        if form.fullmatch(key):
            found.append(Reference(source, key))
    return tuple(found)


def id_value(reference: Reference) -> str | int:
    """Return the id as the file keeps it."""
    return int(reference.key) if reference.key.isdecimal() else reference.key
