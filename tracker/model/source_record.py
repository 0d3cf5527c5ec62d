"""What an online source says of one show."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from contextlib import suppress
from datetime import date
from typing import Final, NamedTuple

from tracker.errors import BadResponse, BadValue
from tracker.model.episode import Episode
from tracker.model.genres import fold_genres
from tracker.model.history import SOURCE_NAMES, Claim
from tracker.model.release import Release, Track
from tracker.model.season import Season, find_season
from tracker.model.show import Credit, Show
from tracker.model.show_reference import KEYS, SITES, find_reference, parse_reference
from tracker.model.status import Status
from tracker.model.window import Window
from tracker.text import name_form

SOURCES: Final[Mapping[str, re.Pattern[str]]] = {name: KEYS[name] for name in SOURCE_NAMES}
"""The online sources by their name in files, with the form of their ids."""

_EXAMPLES: Final[Mapping[str, str]] = {
    "tvmaze": "169", "tmdb": "tv/1396 or movie/550", "wikidata": "Q1079", "imdb": "tt0903747", "thetvdb": "81189",
}  # fmt: skip

LABELS: Final[Mapping[str, str]] = {name: SITES[name] for name in SOURCES}
"""The sources by the name that people know."""
NOTICES: Final[Mapping[str, str]] = {
    "tvmaze": "Data by TVmaze (https://www.tvmaze.com), CC BY-SA 4.0",
    "tmdb": "This product uses the TMDB API but is not endorsed or certified by TMDB. Where to watch: JustWatch",
    "wikidata": "Data by Wikidata (https://www.wikidata.org), CC0",
}
"""What the terms of the sources ask to be shown with their data."""


MAX_ALIASES: Final = 8  # the most aliases kept of a source, which may know one for each country


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
    medium: str = ""  # the way of coming out that the release is about, one of `release.MEDIA`, "" if not said

    @property
    def source_id(self) -> SourceId:
        return SourceId(self.source, self.key, self.season)

    @property
    def track(self) -> Track:
        """What its release is about."""
        return Track(self.region, self.medium)

    @property
    def dates(self) -> tuple[Release, ...]:
        """The dates that become claims: those of the country that counts here, the one that counts first."""
        if self.release is None:
            return ()
        first = Release(self.release, self.region, self.medium)
        here = [one for one in self.releases if one.region == self.region]
        first = next((one for one in here if one.track == self.track), first)
        return (first, *(one for one in here if one.track != first.track))

    def claim(self, release: Release, on: date | None = None) -> Claim:
        """Return the claim that one of its dates makes."""
        return Claim(
            on, release=release.window, source=self.source, url=self.url, note=release.note, region=release.region,
            medium=release.medium,
        )  # fmt: skip

    def for_season(self, number: int | None) -> SourceRecord:
        """Return the record of one season: dates, status and next episode are that season's, or nobody's."""
        if number is None or self.season == number:
            return self
        season = next((one for one in self.seasons if one.number == number), None)
        if season is None and find_season((self.title, self.original_title)) == number:
            # The record is of nothing but this season.
            return self._replace(season=number)
        season = season or Season(number)
        return self._replace(
            season=number, seasons=(), raw_status="", compatible_statuses=season.compatible_statuses,
            status=season.status, release=season.release, region="", medium="", next_episode=season.next_episode,
            releases=(), ended=season.ended,
        )  # fmt: skip

    @property
    def all_ids(self) -> dict[str, str]:
        return {**dict(self.ids), self.source: self.key}

    def titled(self) -> SourceRecord:
        """Return the record with one of its names as its title.

        Raises:
            BadResponse: It has no name, and without any it is nobody's.
        """
        if title := self.title or self.original_title:
            return self._replace(title=title)
        raise BadResponse(f"{self.source_id} has no title at {source_label(self.source)}, so it can't be used.")

    def normalized(self) -> SourceRecord:
        """Return the record with distinct aliases, at most `MAX_ALIASES`, and its genres in the common vocabulary."""
        aliases = distinct_names(self.aliases, (self.title, self.original_title))[:MAX_ALIASES]
        return self._replace(aliases=aliases, genres=fold_genres(self.genres))

    @property
    def year(self) -> int | None:
        return self.release.earliest.year if self.release is not None and self.release.earliest else None


def distinct_names(names: Iterable[str], own: Iterable[str] = ()) -> tuple[str, ...]:
    """Return names, each once in the form in which names are compared, and none that is one of `own`."""
    known = {name_form(name) for name in own} | {""}
    distinct: dict[str, str] = {}
    for name in names:
        if (form := name_form(name)) not in known:
            distinct.setdefault(form, name)
    return tuple(distinct.values())


def parse_source_id(text: str) -> SourceId:
    """Parse "tvmaze:169", "tmdb:tv/1396", "tvmaze:169#2" for its second season, or the address of a show's page.

    Raises:
        BadValue: Unknown source, or no id of it.
    """
    reference = parse_reference(text)
    if reference.site not in SOURCES:
        raise BadValue(f"{SITES[reference.site]} is not a source. Try tvmaze:169, tmdb:tv/1396 or wikidata:Q1079.")
    return SourceId(reference.site, reference.key, reference.season)


def read_key(name: str, value: str | int, kind: str = "") -> str:
    """Return the key that an id of a file is, or names as the address of a page; "" if it is none.

    Args:
        name: A source, or another name under which files have ids.
        value: The id as the file has it.
        kind: The kind of the show; it tells what a number of TMDB counts.
    """
    form, key = KEYS.get(name), str(value).strip()
    if form is None:
        return ""
    if name == "tmdb" and key.isdecimal():
        key = f"{'movie' if kind == 'film' else 'tv'}/{key}"
    if form.fullmatch(key):
        return key
    with suppress(BadValue):
        if "/" in key and (reference := find_reference(key)) is not None and reference.site == name:
            return reference.key
    return ""


def source_ids(show: Show) -> tuple[SourceId, ...]:
    """Return the source ids of a show, with its season; malformed ones are skipped."""
    keys = ((source, show.ids[source]) for source in SOURCES if source in show.ids)
    return tuple(
        SourceId(source, key, show.season) for source, value in keys if (key := read_key(source, value, show.kind))
    )


def is_linked(show: Show, record: SourceRecord) -> bool:
    """Return whether an entry is linked to a record's show, or to a season of it."""
    return record.source_id.show in (source_id.show for source_id in source_ids(show))


def find_bad_ids(show: Show) -> dict[str, str]:
    """Return the ids of a show that are none, by their name in the file, each with the reason."""
    return {
        name: f"not an id of {SITES[name]}{_describe_other(str(value))}; try {_EXAMPLES[name]}"
        for name, value in show.ids.items()
        if name in KEYS and not read_key(name, value, show.kind)
    }


def _describe_other(value: str) -> str:
    other = next((name for name in KEYS if not value.isdecimal() and read_key(name, value)), "")
    return f" but one of {SITES[other]}" if other else ""


def source_label(name: str) -> str:
    """Return a source by the name that people know: "TVmaze" for "tvmaze"; who else says something, as it is."""
    return LABELS.get(name, name)
