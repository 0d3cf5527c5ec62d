"""What an online source says of one show."""

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

SOURCES: Final[Mapping[str, re.Pattern[str]]] = {
    "tvmaze": re.compile(r"[1-9][0-9]{0,9}"),
    "tmdb": re.compile(r"(?:tv|movie)/[1-9][0-9]{0,9}"),
    "wikidata": re.compile(r"Q[1-9][0-9]{0,11}"),
}
"""The online sources by their name in files, with the form of their ids."""

LABELS: Final[Mapping[str, str]] = {"tvmaze": "TVmaze", "tmdb": "TMDB", "wikidata": "Wikidata"}
"""The sources by the name that people know."""
NOTICES: Final[Mapping[str, str]] = {
    "tvmaze": "Data by TVmaze (https://www.tvmaze.com), CC BY-SA 4.0",
    "tmdb": "This product uses the TMDB API but is not endorsed or certified by TMDB. Where to watch: JustWatch",
    "wikidata": "Data by Wikidata (https://www.wikidata.org), CC0",
}
"""What the terms of the sources ask to be shown with their data."""


MAX_ALIASES: Final = 10  # the most aliases kept of a source, which may know one for each country


class SourceId(NamedTuple):
    """The id of a show at a source."""

    source: str  # one of `SOURCES`
    key: str  # as "169", "tv/1396", "Q1079"

    def __str__(self) -> str:
        return f"{self.source}:{self.key}"

    @property
    def file_value(self) -> str | int:
        """The key as the file has it: a number where it is one."""
        return int(self.key) if self.key.isdecimal() else self.key


class SourceRecord(NamedTuple):
    """What a source says of one show; empty fields are not said.

    All text is cleaned. Search results have fewer fields.
    """

    source: str
    key: str
    title: str
    url: str = ""  # the page for people, which the terms of the sources ask to link to
    original_title: str = ""
    aliases: tuple[str, ...] = ()
    kind: str = ""
    raw_status: str = ""  # the status in the source's own word
    compatible_statuses: tuple[Status, ...] = ()
    """The statuses that agree with `raw_status`; empty if the word is unknown here."""
    status: Status | None = None  # the status of a show that has none of these; None if the word says too little
    release: Window | None = None  # none if the source gives no date, which is not TBA
    region: str = ""  # the country that the release is about, "" for all
    networks: tuple[str, ...] = ()
    countries: tuple[str, ...] = ()
    genres: tuple[str, ...] = ()
    directors: tuple[str, ...] = ()
    writers: tuple[str, ...] = ()
    synopsis: str = ""
    cast: tuple[Credit, ...] = ()
    ids: tuple[tuple[str, str], ...] = ()  # ids elsewhere, by name: imdb, thetvdb, tmdb, tvmaze, wikidata
    homepage: str = ""
    next_episode: Episode | None = None
    providers: tuple[str, ...] = ()  # where it can be watched in the owner's region
    revision: str = ""  # changes whenever the source changes the record

    @property
    def source_id(self) -> SourceId:
        return SourceId(self.source, self.key)

    @property
    def all_ids(self) -> dict[str, str]:
        return {**dict(self.ids), self.source: self.key}

    def normalized(self) -> SourceRecord:
        """Return the record with its aliases cut to distinct ones, at most `MAX_ALIASES`."""
        own = {self.title, self.original_title}
        return self._replace(aliases=tuple(name for name in self.aliases if name not in own)[:MAX_ALIASES])

    @property
    def year(self) -> int | None:
        return self.release.earliest.year if self.release is not None and self.release.earliest else None


def parse_source_id(text: str) -> SourceId:
    """Parse "tvmaze:169" or "tmdb:tv/1396".

    Raises:
        BadValue: Unknown source, or no id of it.
    """
    source, _, key = clean_line(text).partition(":")
    source, key = source.strip().casefold(), key.strip()
    if source not in SOURCES:
        raise BadValue(f"“{text}” names no service; write tvmaze:169, tmdb:tv/1396 or wikidata:Q1079.")
    if not SOURCES[source].fullmatch(key):
        example = {"tvmaze": "tvmaze:169", "tmdb": "tmdb:tv/1396 or tmdb:movie/550", "wikidata": "wikidata:Q1079"}
        raise BadValue(f"“{text}” is no id of {source}; one looks like {example[source]}.")
    return SourceId(source, key)


def source_ids(show: Show) -> tuple[SourceId, ...]:
    """Return the source ids of a show; malformed ones are skipped."""
    ids = []
    for source, form in SOURCES.items():
        key = str(show.ids.get(source, "")).strip()
        if source == "tmdb" and key.isdecimal():
            key = f"{'movie' if show.kind == 'film' else 'tv'}/{key}"
        if form.fullmatch(key):
            ids.append(SourceId(source, key))
    return tuple(ids)
