"""TVmaze: series of all countries, without a key. Data under CC BY-SA 4.0, with a link back (https://www.tvmaze.com/api)."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import UTC, date, datetime, timedelta
from typing import Final

from msgspec import UNSET, Raw, Struct, UnsetType, field

from tracker.errors import AnswerTooLarge, BadResponse, SourceNotFound
from tracker.model.episode import Episode
from tracker.model.season import Season
from tracker.model.source_record import NOTICES, SourceRecord
from tracker.model.status import DATED, STARTED, UNDATED, Status
from tracker.model.window import Precision, Window
from tracker.sources.aliases import OWN_COUNTRY, pick_aliases
from tracker.sources.base import LastSeen, RecordFailure, check_keys, fetch_each
from tracker.sources.decode import (
    MAX_CREW,
    Count,
    Id,
    bare_day_window,
    clean_cast,
    clean_countries,
    clean_country,
    clean_genres,
    clean_ids,
    clean_names,
    clean_url,
    decode,
    line_of,
    parse_day,
)
from tracker.sources.http.client import ApiHost, HttpClient
from tracker.sources.http.rate_limit import RateLimit
from tracker.sources.languages import Language, find_language, home_country, is_written_in
from tracker.sources.plain_text import strip_html
from tracker.sources.running import read_running
from tracker.sources.tvmaze_seasons import TvmazeSeason, read_seasons
from tracker.text import name_form

LABEL: Final = "TVmaze"
ADDRESS: Final = "https://api.tvmaze.com"
RATE_LIMIT: Final = RateLimit(18, 10)  # twenty calls in ten seconds are allowed; see the thread 6233 of their forum
_EMBEDS: Final = ["cast", "crew", "akas", "nextepisode", "seasons", "episodes"]
_LOOKUPS: Final = ("imdb", "thetvdb")  # sites by whose ids shows can be looked up
_KINDS: Final = {"Movie": "film", "TV Movie": "film"}
_WORLDWIDE: Final = frozenset(
    map(name_form, (
        "Netflix", "Prime Video", "Amazon Prime Video", "Amazon", "Disney+", "Apple TV+", "Apple TV", "HBO Max", "Max",
        "Paramount+", "YouTube", "YouTube Premium", "YouTube Red", "Crunchyroll", "Facebook Watch", "Viki", "Viu",
    ))
)  # fmt: skip
"""Streamers that make shows in many countries, whatever country TVmaze gives them; many have none there."""


class _Country(Struct):
    code: str | None = None


class _Channel(Struct):
    name: str | None = None
    country: _Country | None = None


class _Person(Struct):
    name: str | None = None


class _CastMember(Struct, rename={"is_self": "self"}):
    person: _Person | None = None
    character: _Person | None = None
    is_self: bool | None = None


class _CrewMember(Struct):
    type: str | None = None
    person: _Person | None = None


class _Aka(Struct):
    name: str | None = None
    # Null means the show's own country, which must not be taken from a value that can't be read.
    country: Raw = Raw(b"{}")


class _Episode(Struct):
    season: Count | None = None
    number: Count | None = None
    name: str | None = None
    airdate: str | None = None
    airtime: str | None = None
    airstamp: str | None = None


class _Embedded(Struct):
    cast: list[_CastMember] = []
    crew: list[_CrewMember] = []
    akas: list[_Aka] = []
    next: _Episode | None = field(default=None, name="nextepisode")
    seasons: list[TvmazeSeason] = []
    episodes: list[_Episode] = []


class _Externals(Struct):
    thetvdb: int | None = None
    imdb: str | None = None


class _Show(Struct):
    id: Id
    name: str | None = None
    # An episode has id and name too, and neither of these.
    genres: list[str] | UnsetType | None = UNSET
    premiered: str | UnsetType | None = UNSET
    language: str | None = None
    url: str | None = None
    type: str | None = None
    status: str | None = None
    ended: str | None = None
    site: str | None = field(default=None, name="officialSite")
    network: _Channel | None = None
    web: _Channel | None = field(default=None, name="webChannel")
    externals: _Externals | None = None
    summary: str | None = None
    updated: int | None = None
    embedded: _Embedded | None = field(default=None, name="_embedded")


class _SearchHit(Struct):
    show: _Show


def parse_show(body: bytes, today: date, region: str = "") -> SourceRecord:
    """Parse the body of `/shows/{id}`, with the aliases for a region.

    Raises:
        BadResponse: It is about no show, or has no title for it.
    """
    show = decode(body, _Show, LABEL)
    if not _is_show(show):
        raise BadResponse("TVmaze gave an unexpected answer (it is about no show). Try again later.")
    return _to_record(show, today, region).titled()


def parse_search(body: bytes, today: date) -> tuple[SourceRecord, ...]:
    """Parse the body of `/search/shows`, best first."""
    hits = decode(body, list[_SearchHit], LABEL)
    records = (_to_record(hit.show, today, "") for hit in hits if _is_show(hit.show))
    return tuple(record for record in records if record.title)


def _is_show(show: _Show) -> bool:
    return show.genres is not UNSET or show.premiered is not UNSET


def parse_revisions(body: bytes) -> dict[str, str]:
    """Parse the body of `/updates/shows`: revisions by id."""
    if body.strip() == b"[]":
        # PHP writes an empty map as a list.
        return {}
    return {key: str(revision) for key, revision in decode(body, dict[str, int], LABEL).items()}


def _to_record(show: _Show, today: date, region: str) -> SourceRecord:
    premiered = parse_day(show.premiered)
    word = line_of(show.status)
    embedded = show.embedded or _Embedded()
    episodes = [_to_episode(episode) for episode in embedded.episodes]
    next_episode = _to_episode(embedded.next) if embedded.next is not None else None
    known_episodes = episodes if next_episode is None else [*episodes, next_episode]
    seasons = read_seasons(embedded.seasons, episodes, premiered, today, has_ended=word == "Ended")
    ended = parse_day(show.ended)
    release = _premiere_window(premiered, word, known_episodes)
    compatible, status = _read_status(word, premiered, ended, episodes, next_episode, seasons, today)
    if status is Status.SCHEDULED and release is not None and release.precision is not Precision.DAY:
        # To know the year is no schedule.
        compatible, status = (*UNDATED, Status.SCHEDULED), Status.ANNOUNCED
    language = find_language(line_of(show.language))
    countries = _read_countries(show.network, show.web, language)
    home = home_country(language, countries)
    akas = [(aka.name, _country_of(aka)) for aka in embedded.akas]
    title = line_of(show.name)
    original = _original_title(akas, title, language, home)
    title = title or original or next(iter(clean_names(name for name, _ in akas)), "")
    externals = show.externals or _Externals()
    return SourceRecord(
        source="tvmaze",
        key=str(show.id),
        title=title,
        url=clean_url(show.url).replace("http://", "https://"),
        original_title=original if original != title else "",
        aliases=pick_aliases(akas, (title, original), home, region),
        kind=_KINDS.get(show.type or "", "series"),
        raw_status=word,
        compatible_statuses=compatible,
        status=status,
        release=release,
        networks=clean_names(channel.name for channel in (show.network, show.web) if channel is not None),
        countries=countries,
        genres=clean_genres(show.genres or ()),
        directors=_crew_names(embedded.crew, "Director"),
        writers=_crew_names(embedded.crew, "Creator", "Writer"),
        synopsis=strip_html(show.summary),
        cast=clean_cast(
            (part.person.name, [part.character.name] if part.character is not None and not part.is_self else [])
            for part in embedded.cast
            if part.person is not None
        ),
        ids=clean_ids({"imdb": externals.imdb, "thetvdb": externals.thetvdb}),
        homepage=clean_url(show.site),
        next_episode=next_episode,
        revision=str(show.updated or ""),
        seasons=seasons,
        language=language.code,
        ended=ended,
    )


def _premiere_window(premiered: date | None, word: str, episodes: Iterable[Episode]) -> Window | None:
    """Return the window of a premiere: a day, which TVmaze takes from the first episode.

    A show in development without that episode may have it from somebody who only knew the year.
    """
    return bare_day_window(premiered, is_out=word != "In Development", known_days=[episode.on for episode in episodes])


def _read_status(
    word: str,
    premiered: date | None,
    ended: date | None,
    episodes: Sequence[Episode],
    next_episode: Episode | None,
    seasons: Sequence[Season],
    today: date,
) -> tuple[tuple[Status, ...], Status | None]:
    """Return the statuses that agree with TVmaze's word, and the status of a show that has none of these.

    The word may be older than an episode that was shown, which settles that the show began. A next episode with a
    past day was only planned.
    """
    dated = sorted((one for one in episodes if one.on is not None), key=lambda one: one.on or today)
    last = next((one for one in reversed(dated) if one.on is not None and one.on <= today), None)
    ahead = dated if next_episode is None else [next_episode, *dated]
    following = next((one for one in ahead if one.on is not None and one.on > today), None)
    is_out = last is not None or (premiered is not None and premiered <= today)
    if last is None and word == "Running":
        last = _last_of_seasons(seasons, today)
    match word:
        case "In Development" | "Running" | "To Be Determined" if premiered is not None and not is_out:
            return DATED, Status.SCHEDULED
        case "In Development" | "Running" if last is not None and (word == "Running" or dated[0].on != today):
            return read_running(last, following, seasons, today)
        case "Ended" if last is not None and following is not None:
            return read_running(last, following, seasons, today)
        case "In Development":
            # A project that was called off stays here for ever, so no more than a beginning can be read from it.
            return (*UNDATED, *((Status.SCHEDULED, *STARTED) if is_out else ())), Status.ANNOUNCED
        case "Running" if is_out:
            return STARTED, Status.AIRING
        case "To Be Determined" if is_out:
            return STARTED, Status.RELEASED if following is None else Status.AIRING
        case "Ended" if is_out or (ended is not None and ended <= today):
            # TVmaze has no word for a show that was cancelled.
            return (Status.RELEASED, Status.CANCELLED), Status.RELEASED
    return (), None


def _last_of_seasons(seasons: Sequence[Season], today: date) -> Episode | None:
    """Return the last episode of the season that began last, where no episodes are listed."""
    for season in reversed(seasons):
        if season.release is not None and season.release.latest is not None and season.release.latest <= today:
            return Episode(season.number, None, "", season.ended or season.release.latest)
    return None


def _read_countries(network: _Channel | None, web: _Channel | None, language: Language) -> tuple[str, ...]:
    """Return the country of a show: a network's is the show's as a rule, a streamer's is only its home."""
    if network is not None and (countries := _channel_country(network)):
        return countries
    if language.own_country:
        return language.own_country
    if web is None or name_form(line_of(web.name)) in _WORLDWIDE:
        return ()
    return tuple(code for code in _channel_country(web) if code in language.countries)


def _channel_country(channel: _Channel) -> tuple[str, ...]:
    return clean_countries([channel.country.code]) if channel.country is not None else ()


def _country_of(aka: _Aka) -> str:
    """Return the code of an alias's country; `OWN_COUNTRY` for none, which means the show's own (https://www.tvmaze.com/api)."""
    country = bytes(aka.country)
    if country == b"null":
        return OWN_COUNTRY
    try:
        code = decode(country, _Country, LABEL).code
    except BadResponse:
        return ""
    return clean_country(code)


def _original_title(akas: Iterable[tuple[str | None, str]], title: str, language: Language, home: str) -> str:
    """Return the title in the show's own language, "" where that is its title already, or is not known.

    An alias is one if it is of the show's own country and has the letters of its language. Where that has Latin
    letters, only an alias without a country is taken, and none of a show in English.
    """
    if language.code == "en" or is_written_in(title, language):
        return ""
    own = [
        (line_of(name), country)
        for name, country in akas
        if (country == OWN_COUNTRY or (home and country == home)) and name_form(line_of(name)) != name_form(title)
    ]
    if language.scripts:
        own.sort(key=lambda aka: aka[1] != OWN_COUNTRY)
        return next((name for name, _ in own if is_written_in(name, language)), "")
    is_told = language.code or title.isascii()
    unnamed = (
        name for name, country in own if is_told and country == OWN_COUNTRY and (language.code or _is_foreign(name))
    )
    return next(unnamed, "")


def _is_foreign(name: str) -> bool:
    return bool(name) and not any(char.isascii() and char.isalpha() for char in name)


def _crew_names(crew: Sequence[_CrewMember], *types: str) -> tuple[str, ...]:
    """Return the names of a few people, those of the first type first."""
    names = (member.person.name for type_ in types for member in crew if member.type == type_ and member.person)
    return clean_names(names)[:MAX_CREW]


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

    def __init__(self, client: HttpClient, now: Callable[[], datetime], region: str = "", at: str = "") -> None:
        self._client = client
        self._now = now
        self._region = region
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
        return () if body.strip() == b"null" else (parse_show(body, self._now().date(), self._region),)

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
        check_keys(self.name, keys)
        return fetch_each(LABEL, keys, self._fetch_show)

    def _fetch_show(self, key: str) -> SourceRecord:
        path = f"/shows/{key}"
        try:
            body = self._client.get(self._host, path, {"embed[]": _EMBEDS})
        except AnswerTooLarge:
            # A daily soap of sixty years; its seasons say enough.
            body = self._client.get(self._host, path, {"embed[]": [part for part in _EMBEDS if part != "episodes"]})
        return parse_show(body, self._now().date(), self._region)
