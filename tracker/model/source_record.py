"""What an online source says of one show."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from typing import Final, NamedTuple

from tracker.errors import BadValue
from tracker.model.episode import Episode
from tracker.model.release import Release
from tracker.model.season import Season
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

_FORMS: Final[Mapping[str, re.Pattern[str]]] = {
    **SOURCES,
    "imdb": re.compile(r"tt[0-9]{1,12}"),
    "thetvdb": re.compile(r"[1-9][0-9]{0,9}"),
}
"""The names of ids in files that have a known form; all others are the owner's own."""
_ADDRESSES: Final[Mapping[str, re.Pattern[str]]] = {
    name: re.compile(rf"(?:https?://)?(?:[a-z]{{1,20}}\.)?{form}(?![0-9])", re.IGNORECASE)
    for name, form in {
        "tvmaze": r"tvmaze\.com/shows/([0-9]+)",
        "tmdb": r"themoviedb\.org/((?:tv|movie)/[0-9]+)",
        "wikidata": r"wikidata\.org/(?:wiki|entity)/(Q[0-9]+)",
        "imdb": r"imdb\.com/(?:[a-z]{2}/)?title/(tt[0-9]+)",
        "thetvdb": r"thetvdb\.com/(?:dereferrer/(?:series|movie)/|\?tab=series&id=)([0-9]+)",
    }.items()
}
"""The addresses of the pages that a show has there, with the id."""
_EXAMPLES: Final[Mapping[str, str]] = {
    "tvmaze": "169", "tmdb": "tv/1396 or movie/550", "wikidata": "Q1079", "imdb": "tt0903747", "thetvdb": "81189",
}  # fmt: skip

LABELS: Final[Mapping[str, str]] = {"tvmaze": "TVmaze", "tmdb": "TMDB", "wikidata": "Wikidata"}
"""The sources by the name that people know."""
NOTICES: Final[Mapping[str, str]] = {
    "tvmaze": "Data by TVmaze (https://www.tvmaze.com), CC BY-SA 4.0",
    "tmdb": "This product uses the TMDB API but is not endorsed or certified by TMDB. Where to watch: JustWatch",
    "wikidata": "Data by Wikidata (https://www.wikidata.org), CC0",
}
"""What the terms of the sources ask to be shown with their data."""


_SEASON: Final = re.compile(r"#([1-9][0-9]{0,3})$")
MAX_ALIASES: Final = 10  # the most aliases kept of a source, which may know one for each country


class SourceId(NamedTuple):
    """The id of a show at a source, or of one season of it."""

    source: str  # one of `SOURCES`
    key: str  # as "169", "tv/1396", "Q1079"
    season: int | None = None  # None for the whole show

    def __str__(self) -> str:
        return f"{self.source}:{self.season_key}"

    @property
    def season_key(self) -> str:
        """The key with the season, as "169#2"."""
        return self.key if self.season is None else f"{self.key}#{self.season}"

    @classmethod
    def from_season_key(cls, source: str, season_key: str) -> SourceId:
        """Return the id whose `season_key` this is."""
        key, _, season = season_key.partition("#")
        return cls(source, key, int(season) if season.isdecimal() else None)

    @property
    def show(self) -> SourceId:
        """The id of the whole show."""
        return self._replace(season=None)

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
    season: int | None = None  # the season that it is the record of, see `for_season`; None for the whole show
    seasons: tuple[Season, ...] = ()  # of a whole show, in the order of their numbers
    releases: tuple[Release, ...] = ()  # all dates of a film; `release` is the one that counts here
    language: str = ""  # the language of the original, as a code of two letters
    ended: date | None = None  # the last day

    @property
    def source_id(self) -> SourceId:
        return SourceId(self.source, self.key, self.season)

    def for_season(self, number: int | None) -> SourceRecord:
        """Return the record of one season: dates, status and next episode are that season's, or nobody's."""
        if number is None:
            return self
        season = next((one for one in self.seasons if one.number == number), Season(number))
        return self._replace(
            season=number, seasons=(), raw_status="", compatible_statuses=season.compatible_statuses,
            status=season.status, release=season.release, region="", next_episode=season.next_episode,
            releases=(), ended=season.ended,
        )  # fmt: skip

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
    """Parse "tvmaze:169", "tmdb:tv/1396", "tvmaze:169#2" for its second season, or the address of a show's page.

    Raises:
        BadValue: Unknown source, or no id of it.
    """
    line, season = clean_line(text), None
    if match_ := _SEASON.search(line):
        line, season = line[: match_.start()], int(match_[1])
    source, _, key = line.partition(":")
    source = source.strip().casefold()
    if source not in SOURCES:
        source, key = next((name for name in SOURCES if _ADDRESSES[name].match(line)), ""), line
    if source not in SOURCES:
        raise BadValue(f"Not an id of a source: “{text}”. Try tvmaze:169, tmdb:tv/1396 or wikidata:Q1079.")
    if (source == "tmdb" and "/" not in key) or not (known := read_key(source, key)):
        example = {"tvmaze": "tvmaze:169", "tmdb": "tmdb:tv/1396 or tmdb:movie/550", "wikidata": "wikidata:Q1079"}
        raise BadValue(f"Not a {LABELS[source]} id: “{text}”. Try {example[source]}.")
    return SourceId(source, known, season)


def read_key(name: str, value: str | int, kind: str = "") -> str:
    """Return the key that an id of a file is, or names as the address of a page; "" if it is none.

    Args:
        name: A source, or another name under which files have ids.
        value: The id as the file has it.
        kind: The kind of the show; it tells what a number of TMDB counts.
    """
    form, key = _FORMS.get(name), str(value).strip()
    if form is None:
        return ""
    if name == "tmdb" and key.isdecimal():
        key = f"{'movie' if kind == 'film' else 'tv'}/{key}"
    if not form.fullmatch(key) and (address := _ADDRESSES[name].match(key)):
        key = address[1]
    return key if form.fullmatch(key) else ""


def source_ids(show: Show) -> tuple[SourceId, ...]:
    """Return the source ids of a show, with its season; malformed ones are skipped."""
    keys = ((source, show.ids[source]) for source in SOURCES if source in show.ids)
    return tuple(
        SourceId(source, key, show.season) for source, value in keys if (key := read_key(source, value, show.kind))
    )


def find_bad_ids(show: Show) -> dict[str, str]:
    """Return the ids of a show that are none, by their name in the file, each with the reason."""
    return {
        name: f"not an id of {_label(name)}{_describe_other(str(value))}; try {_EXAMPLES[name]}"
        for name, value in show.ids.items()
        if name in _FORMS and not read_key(name, value, show.kind)
    }


def _describe_other(value: str) -> str:
    other = next((name for name in _FORMS if not value.isdecimal() and read_key(name, value)), "")
    return f" but one of {_label(other)}" if other else ""


def source_label(name: str) -> str:
    """Return a source by the name that people know: "TVmaze" for "tvmaze"; who else says something, as it is."""
    return LABELS.get(name, name)


def _label(name: str) -> str:
    return LABELS.get(name) or {"imdb": "IMDb", "thetvdb": "TheTVDB"}[name]
