"""TVmaze: series of all countries, without a key. Data under CC BY-SA 4.0, with a link back (https://www.tvmaze.com/api)."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import UTC, date, datetime, timedelta
from typing import Final

from msgspec import Struct, field

from tracker.errors import BadValue, SourceNotFound
from tracker.model.episode import Episode
from tracker.model.source_record import NOTICES, SOURCES, SourceRecord
from tracker.model.status import Status
from tracker.model.window import Window
from tracker.sources.base import LastSeen, RecordFailure, fetch_each
from tracker.sources.decode import (
    bare_day_window,
    clean_cast,
    clean_ids,
    clean_names,
    clean_url,
    decode,
    line_of,
    parse_day,
)
from tracker.sources.http.client import ApiHost, HttpClient
from tracker.sources.http.rate_limit import RateLimit
from tracker.sources.plain_text import strip_html
from tracker.sources.tvmaze_seasons import SeasonRow, read_seasons

LABEL: Final = "TVmaze"
ADDRESS: Final = "https://api.tvmaze.com"
RATE_LIMIT: Final = RateLimit(18, 10)  # twenty calls in ten seconds are allowed; see the thread 6233 of their forum
_EMBEDS: Final = ["cast", "crew", "akas", "nextepisode", "seasons", "episodes"]
_UNDATED: Final = (
    Status.RUMORED, Status.ANNOUNCED, Status.PRE_PRODUCTION, Status.FILMING, Status.POST_PRODUCTION, Status.POSTPONED,
)  # fmt: skip
_DATED: Final = (Status.FILMING, Status.POST_PRODUCTION, Status.SCHEDULED)
_STARTED: Final = (Status.AIRING, Status.RELEASED, Status.HIATUS)
_LOOKUPS: Final = ("imdb", "thetvdb")  # sites by whose ids shows can be looked up
_KINDS: Final = {"Movie": "film", "TV Movie": "film"}


class _Country(Struct):
    code: str | None = None


class _Channel(Struct):
    name: str | None = None
    country: _Country | None = None


class _Person(Struct):
    name: str | None = None


class _CastMember(Struct):
    person: _Person | None = None
    character: _Person | None = None


class _CrewMember(Struct):
    type: str | None = None
    person: _Person | None = None


class _Aka(Struct):
    name: str | None = None
    country: _Country | None = None


class _Episode(Struct):
    season: int | None = None
    number: int | None = None
    name: str | None = None
    airdate: str | None = None
    airtime: str | None = None
    airstamp: str | None = None


class _Embedded(Struct):
    cast: list[_CastMember] = []
    crew: list[_CrewMember] = []
    akas: list[_Aka] = []
    next: _Episode | None = field(default=None, name="nextepisode")
    seasons: list[SeasonRow] = []
    episodes: list[_Episode] = []


class _Externals(Struct):
    thetvdb: int | None = None
    imdb: str | None = None


class _Show(Struct):
    id: int
    name: str
    genres: list[str]  # what an episode, which has id and name too, never has
    url: str | None = None
    type: str | None = None
    status: str | None = None
    premiered: str | None = None
    site: str | None = field(default=None, name="officialSite")
    network: _Channel | None = None
    web: _Channel | None = field(default=None, name="webChannel")
    externals: _Externals | None = None
    summary: str | None = None
    updated: int | None = None
    embedded: _Embedded | None = field(default=None, name="_embedded")


class _SearchHit(Struct):
    show: _Show


def parse_show(body: bytes, today: date) -> SourceRecord:
    """Parse the body of `/shows/{id}`."""
    return _to_record(decode(body, _Show, LABEL), today)


def parse_search(body: bytes, today: date) -> tuple[SourceRecord, ...]:
    """Parse the body of `/search/shows`, best first."""
    return tuple(_to_record(hit.show, today) for hit in decode(body, list[_SearchHit], LABEL))


def parse_revisions(body: bytes) -> dict[str, str]:
    """Parse the body of `/updates/shows`: revisions by id."""
    if body.strip() == b"[]":
        # PHP writes an empty map as a list.
        return {}
    return {key: str(revision) for key, revision in decode(body, dict[str, int], LABEL).items()}


def _to_record(show: _Show, today: date) -> SourceRecord:
    title = line_of(show.name)
    premiered = parse_day(show.premiered)
    word = line_of(show.status)
    compatible, status = _read_status(word, premiered, today)
    embedded = show.embedded or _Embedded()
    episodes = [_to_episode(episode) for episode in embedded.episodes]
    next_episode = _to_episode(embedded.next) if embedded.next is not None else None
    channels = [channel for channel in (show.network, show.web) if channel is not None]
    externals = show.externals or _Externals()
    return SourceRecord(
        source="tvmaze",
        key=str(show.id),
        title=title,
        url=clean_url(show.url).replace("http://", "https://"),
        original_title=_original_title(embedded.akas, title),
        aliases=tuple(name for name in clean_names(aka.name for aka in embedded.akas) if name != title),
        kind=_KINDS.get(show.type or "", "series"),
        raw_status=word,
        compatible_statuses=compatible,
        status=status,
        release=_premiere_window(premiered, word, episodes if next_episode is None else [*episodes, next_episode]),
        networks=clean_names(channel.name for channel in channels),
        countries=clean_names(channel.country.code for channel in channels if channel.country is not None),
        genres=tuple(genre.casefold() for genre in clean_names(show.genres)),
        directors=_crew_names(embedded.crew, "Director"),
        writers=_crew_names(embedded.crew, "Writer", "Creator"),
        synopsis=strip_html(show.summary),
        cast=clean_cast(
            (part.person.name, [part.character.name if part.character is not None else ""])
            for part in embedded.cast
            if part.person is not None
        ),
        ids=clean_ids({"imdb": externals.imdb, "thetvdb": externals.thetvdb}),
        homepage=clean_url(show.site),
        next_episode=next_episode,
        revision=str(show.updated or ""),
        seasons=read_seasons(embedded.seasons, episodes, premiered, today),
    )


def _premiere_window(premiered: date | None, word: str, episodes: Iterable[Episode]) -> Window | None:
    """Return the window of a premiere: a day, which TVmaze takes from the first episode.

    A show in development without that episode may have it from somebody who only knew the year.
    """
    return bare_day_window(premiered, is_out=word != "In Development", known_days=[episode.on for episode in episodes])


def _read_status(word: str, premiered: date | None, today: date) -> tuple[tuple[Status, ...], Status | None]:
    """Return the statuses that agree with TVmaze's word, and the status of a show that has none of these."""
    is_out = premiered is not None and premiered <= today
    match word:
        case "In Development" | "Running" | "To Be Determined" if premiered is not None and not is_out:
            return _DATED, Status.SCHEDULED
        case "In Development":
            # A project that was called off stays here for ever, so no more than a beginning can be read from it.
            return _UNDATED, Status.ANNOUNCED
        case "Running" if is_out:
            return _STARTED, Status.AIRING
        case "To Be Determined" if is_out:
            return _STARTED, Status.RELEASED
        case "Ended" if is_out:
            # TVmaze has no word for a show that was cancelled.
            return (Status.RELEASED, Status.CANCELLED), Status.RELEASED
    return (), None


def _original_title(akas: Sequence[_Aka], title: str) -> str:
    """Return the first name in another script, as a rule the title at home."""
    if not title.isascii():
        return ""
    return next(
        (name for name in clean_names(aka.name for aka in akas) if not any(c.isascii() and c.isalpha() for c in name)),
        "",
    )


def _crew_names(crew: Iterable[_CrewMember], *types: str) -> tuple[str, ...]:
    return clean_names(member.person.name for member in crew if member.type in types and member.person is not None)


def _to_episode(episode: _Episode) -> Episode:
    at = None
    # Without a time of day the stamp's noon is made up, for a global streamer as a rule.
    if episode.airtime and episode.airstamp:
        try:
            at = datetime.fromisoformat(episode.airstamp).astimezone(UTC)
        except (ValueError, OverflowError):
            at = None
    return Episode(episode.season, episode.number, line_of(episode.name), parse_day(episode.airdate), at)


class Tvmaze:
    """TVmaze as a source."""

    name = "tvmaze"
    label = LABEL
    notice = NOTICES["tvmaze"]

    def __init__(self, client: HttpClient, now: Callable[[], datetime], at: str = "") -> None:
        self._client = client
        self._now = now
        self._host = ApiHost(LABEL, at or ADDRESS, RATE_LIMIT)

    def search(self, words: str) -> tuple[SourceRecord, ...]:
        """See `Source`; TVmaze returns ten at most."""
        return parse_search(self._client.get(self._host, "/search/shows", {"q": words}), self._now().date())

    def look_up(self, site: str, key: str) -> tuple[SourceRecord, ...]:
        """See `Source`: one request, which is answered by a redirect to the show."""
        if site not in _LOOKUPS:
            return ()
        try:
            body = self._client.get(self._host, "/lookup/shows", {site: key})
        except SourceNotFound:
            return ()
        return () if body.strip() == b"null" else (parse_show(body, self._now().date()),)

    def changed_since(self, known: Mapping[str, LastSeen]) -> frozenset[str]:
        """See `Source`: one request, for all revisions since the oldest was asked for."""
        new = frozenset(key for key, before in known.items() if not before.revision or before.checked_at is None)
        old = known.keys() - new
        if len(old) <= 1:
            return frozenset(known)
        age = self._now().astimezone(UTC) - min(at for key in old if (at := known[key].checked_at) is not None)
        # A day more than needed: their feed and their pages are cached apart.
        spans = (("day", timedelta(hours=23)), ("week", timedelta(days=6)), ("month", timedelta(days=27)))
        since = next(({"since": period} for period, span in spans if age < span), {})
        revisions = parse_revisions(self._client.get(self._host, "/updates/shows", since))
        # A show that is missing in the feed of all times is gone; one of the last weeks says nothing about it.
        is_complete = not since
        return new | {
            key for key in old if revisions.get(key, "" if is_complete else known[key].revision) != known[key].revision
        }

    def fetch(self, keys: Sequence[str]) -> Iterator[SourceRecord | RecordFailure]:
        """See `Source`: one request a show."""
        for key in keys:
            if not SOURCES[self.name].fullmatch(key):
                raise BadValue(f"“{key}” is not a TVmaze id.")
        return fetch_each(LABEL, keys, self._fetch_show)

    def _fetch_show(self, key: str) -> SourceRecord:
        body = self._client.get(self._host, f"/shows/{key}", {"embed[]": _EMBEDS})
        return parse_show(body, self._now().date())
