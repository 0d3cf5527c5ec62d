"""TMDB: films and series, asked with the owner's own token; free for non-commercial use, with its notice shown."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import UTC, date, datetime, timedelta
from typing import Final, NamedTuple

from tracker.errors import BadValue, Busy, Denied, SourceError, Unknown, Unreadable
from tracker.model.episode import Episode
from tracker.model.observation import NOTICES, SERVICES, Observation
from tracker.model.show import Credit
from tracker.sources import tmdb_records as records
from tracker.sources.base import Failure, Known, address, day_of, decode, ends_all, names, window_of
from tracker.sources.client import Client, Service
from tracker.sources.markup import text_of
from tracker.sources.pacing import Pace
from tracker.sources.tmdb_words import AHEAD, movie_standing, tv_standing
from tracker.text import clean, clean_line

LABEL: Final = "TMDB"
ADDRESS: Final = "https://api.themoviedb.org/3"
PACE: Final = Pace(30, 10)
_PARTS: Final = {
    "tv": "aggregate_credits,external_ids,alternative_titles,watch/providers",
    "movie": "credits,external_ids,alternative_titles,release_dates,watch/providers",
}
_MOST_CAST: Final = 20
_MOST_ALIASES: Final = 15
_HITS_WITH_IDS: Final = 5
_FEW: Final = 20
"""So many shows are asked for at once: what changed would hardly take fewer requests."""
_FEED_REACHES: Final = timedelta(days=13)
"""A day less than what one question may span."""
_RELEASE_TYPES: Final = ((2, 3), (4,), (6,), (5,))
"""Cinemas, then digital, then television, then discs. Premieres (1) are not for everybody."""
_MARKUP: Final = re.compile(r"</?[a-zA-Z][^<>]*>|&#?\w+;")
_WHERE: Final = "https://www.themoviedb.org/settings/api"
_WANTED: Final = f"TMDB answers nobody without a token; get one at {_WHERE}, and set it."
_REFUSED: Final = f"TMDB does not accept the token; compare it with yours at {_WHERE}, and set it again."


class Changes(NamedTuple):
    """A page of what was changed."""

    ids: frozenset[str]
    pages: int
    """How many pages there are."""


def parse_tv(body: bytes, today: date, region: str = "") -> Observation:
    """Return what the body of `/tv/{id}` says, with the providers of a region.

    Raises:
        Unreadable: It is no such body.
    """
    tv = decode(body, records.Tv, LABEL)
    word = clean_line(tv.status or "")
    first, last = day_of(tv.first_air_date), day_of(tv.last_air_date)
    # The first day may be missing where the last one is known (recorded).
    has_aired = first <= today if first is not None else last is not None and last <= today
    release = window_of(first, is_out=has_aired and word not in AHEAD)
    last_episode = day_of(tv.last_episode_to_air.air_date) if tv.last_episode_to_air is not None else None
    is_seen = last_episode is not None and last_episode <= today
    standing = tv_standing(word, release, today, has_aired=has_aired, is_seen=is_seen)
    title = clean_line(tv.name) or clean_line(tv.original_name or "")
    cast, crew = _people(tv.aggregate_credits or tv.credits)
    return Observation(
        source="tmdb",
        key=f"tv/{tv.id}",
        title=title,
        url=f"https://www.themoviedb.org/tv/{tv.id}",
        original_title=_original(tv.original_name, title),
        aliases=_aliases(tv.alternative_titles, title),
        kind="series",
        word=word,
        covers=standing.covers,
        status=standing.status,
        release=release,
        networks=names(network.name for network in tv.networks or ()),
        countries=names(tv.origin_country or ()),
        genres=_genres(tv.genres),
        directors=_makers(crew, "Director"),
        # Asian series as a rule have nobody as their creator, and writers among the crew.
        writers=names(one.name for one in tv.created_by or ()) or _makers(crew, "Screenplay", "Writer"),
        synopsis=_prose(tv.overview),
        cast=cast,
        ids=_ids(tv.external_ids),
        site=address(tv.homepage),
        next_episode=_next(tv.next_episode_to_air),
        providers=_offered(tv.providers, region),
    )


def parse_movie(body: bytes, today: date, region: str = "") -> Observation:
    """Return what the body of `/movie/{id}` says, with the release and the providers of a region.

    Raises:
        Unreadable: It is no such body.
    """
    movie = decode(body, records.Movie, LABEL)
    word = clean_line(movie.status or "")
    day = _day_in(movie.release_dates, region)
    release = window_of(day or day_of(movie.release_date), is_out=word == "Released")
    standing = movie_standing(word, release, today, is_regional=day is not None)
    title = clean_line(movie.title) or clean_line(movie.original_title or "")
    cast, crew = _people(movie.credits)
    return Observation(
        source="tmdb",
        key=f"movie/{movie.id}",
        title=title,
        url=f"https://www.themoviedb.org/movie/{movie.id}",
        original_title=_original(movie.original_title, title),
        aliases=_aliases(movie.alternative_titles, title),
        kind="film",
        word=word,
        covers=standing.covers,
        status=standing.status,
        release=release,
        region=region if day is not None else "",
        countries=names(movie.origin_country or [one.iso_3166_1 or "" for one in movie.production_countries or ()]),
        genres=_genres(movie.genres),
        directors=_makers(crew, "Director"),
        writers=_makers(crew, "Screenplay", "Writer"),
        synopsis=_prose(movie.overview),
        cast=cast,
        ids=_ids(movie.external_ids, movie.imdb_id),
        site=address(movie.homepage),
        providers=_offered(movie.providers, region),
    )


def parse_search(body: bytes, today: date) -> tuple[Observation, ...]:
    """Return the series and films that the body of a search names, best first.

    Raises:
        Unreadable: It is no such body.
    """
    return _hits(decode(body, records.Hits, LABEL).results, today)


def parse_external_ids(body: bytes) -> tuple[tuple[str, str], ...]:
    """Return the ids elsewhere that the body of `/tv/{id}/external_ids` or `/movie/{id}/external_ids` names.

    Raises:
        Unreadable: It is no such body.
    """
    return _ids(decode(body, records.IdsOf, LABEL))


def parse_changes(body: bytes) -> Changes:
    """Return what a page of `/tv/changes` or `/movie/changes` says.

    Raises:
        Unreadable: It is no such body.
    """
    page = decode(body, records.Changes, LABEL)
    return Changes(frozenset(str(one.id) for one in page.results if one.id is not None), page.total_pages)


def _hits(hits: Iterable[records.Hit], today: date) -> tuple[Observation, ...]:
    found = (_hit(hit, today) for hit in hits)
    return tuple(one for one in found if one is not None)


def _hit(hit: records.Hit, today: date) -> Observation | None:
    """Return what was found, None for a person, a collection, or something without a title."""
    kind = hit.media_type
    if kind is None:
        is_tv = hit.first_air_date is not None or hit.origin_country is not None
        kind = "movie" if hit.title is not None else "tv" if is_tv else ""
    title = clean_line(hit.title or hit.name or hit.original_title or hit.original_name or "")
    if kind not in _PARTS or not title:
        return None
    day = day_of(hit.first_air_date if kind == "tv" else hit.release_date)
    return Observation(
        source="tmdb",
        key=f"{kind}/{hit.id}",
        title=title,
        url=f"https://www.themoviedb.org/{kind}/{hit.id}",
        original_title=_original(hit.original_title or hit.original_name, title),
        kind="series" if kind == "tv" else "film",
        release=window_of(day, is_out=day is not None and day <= today),
        countries=names(hit.origin_country or ()),
        synopsis=_prose(hit.overview),
    )


def _day_in(countries: records.Countries | None, region: str) -> date | None:
    """Return the first day on which everybody in a region can see a film, None where none is known."""
    if countries is None or not region:
        return None
    rows = [
        (row.type, day)
        for country in countries.results or ()
        if country.iso_3166_1 == region
        for row in country.release_dates or ()
        if (day := day_of(row.release_date)) is not None
    ]
    for types in _RELEASE_TYPES:
        if days := [day for kind, day in rows if kind in types]:
            return min(days)
    return None


def _original(original: str | None, title: str) -> str:
    cleaned = clean_line(original or "")
    return cleaned if cleaned != title else ""


def _prose(text: str | None) -> str:
    """Return an overview, which is plain text with paragraphs, but for what somebody copied from a web page."""
    return text_of(text) if _MARKUP.search(text or "") else clean(text or "").strip()


def _aliases(titles: records.Titles | None, title: str) -> tuple[str, ...]:
    if titles is None:
        return ()
    found = names(one.title for one in (*(titles.results or ()), *(titles.titles or ())))
    return tuple(name for name in found if name != title)[:_MOST_ALIASES]


def _genres(genres: Iterable[records.Named]) -> tuple[str, ...]:
    return tuple(name.casefold() for name in names(genre.name for genre in genres))


def _people(credits_: records.Credits | None) -> tuple[tuple[Credit, ...], Sequence[records.Member]]:
    """Return the cast, and the crew as it came."""
    if credits_ is None:
        return (), ()
    found: dict[str, Credit] = {}
    for member in credits_.cast or ():
        name = clean_line(member.name or "")
        if name and name not in found:
            roles = names([member.character, *(role.character for role in member.roles or ())])
            found[name] = Credit(name, roles[0] if roles else "")
    return tuple(found.values())[:_MOST_CAST], credits_.crew or ()


def _makers(crew: Iterable[records.Member], *jobs: str) -> tuple[str, ...]:
    return names(one.name for one in crew if {one.job, *(other.job for other in one.jobs or ())} & set(jobs))


def _ids(ids: records.Ids | None, imdb: str | None = None) -> tuple[tuple[str, str], ...]:
    found = ids or records.Ids()
    tvdb = str(found.tvdb_id) if found.tvdb_id else ""
    all_ids = {"imdb": found.imdb_id or imdb or "", "thetvdb": tvdb, "wikidata": found.wikidata_id or ""}
    return tuple((name, cleaned) for name, value in all_ids.items() if (cleaned := clean_line(value)))


def _next(episode: records.Episode | None) -> Episode | None:
    if episode is None:
        return None
    title = clean_line(episode.name or "")
    return Episode(episode.season_number, episode.episode_number, title, day_of(episode.air_date))


def _offered(providers: records.Providers | None, region: str) -> tuple[str, ...]:
    offers = (providers.results or {}).get(region) if providers is not None else None
    if offers is None:
        return ()
    return names(one.provider_name for kind in (offers.flatrate, offers.ads, offers.free) for one in kind or ())


class Tmdb:
    """TMDB as a source."""

    name = "tmdb"
    label = LABEL
    notice = NOTICES["tmdb"]

    def __init__(
        self,
        client: Client,
        now: Callable[[], datetime],
        token: str | Callable[[], str],
        region: str = "",
        at: str = "",
    ) -> None:
        self._client = client
        self._now = now
        self._given = token
        self._token: str | None = None
        self._region = region.strip().upper()
        self._service = Service(LABEL, at or ADDRESS, PACE)

    def search(self, words: str) -> tuple[Observation, ...]:
        """See `Source`; the first five come with their ids elsewhere, so that they can be told from others."""
        body = self._get("/search/multi", {"query": words, "include_adult": "false"})
        hits = parse_search(body, self._now().date())
        return (*(self._with_ids(hit) for hit in hits[:_HITS_WITH_IDS]), *hits[_HITS_WITH_IDS:])

    def moved(self, known: Mapping[str, Known]) -> frozenset[str]:
        """See `Source`: a few pages of what was changed since the oldest was asked for, where that pays."""
        if len(known) <= _FEW:
            return frozenset(known)
        now = self._now().astimezone(UTC)
        asked = {key: before.asked for key, before in known.items() if before.asked is not None}
        recent = {key: at for key, at in asked.items() if timedelta(0) <= now - at <= _FEED_REACHES}
        moved = set(known.keys() - recent.keys())
        for kind in _PARTS:
            if keys := {key for key in recent if key.startswith(f"{kind}/")}:
                since = min(recent[key] for key in keys).astimezone(UTC).date()
                moved |= self._changed(kind, keys, since, now.date() + timedelta(days=1))
        return frozenset(moved)

    def observe(self, keys: Sequence[str]) -> Iterator[Observation | Failure]:
        """See `Source`: one request a show."""
        for key in keys:
            if not SERVICES[self.name].fullmatch(key):
                raise BadValue(f"“{key}” is no id of TMDB.")
            kind = key.partition("/")[0]
            parse = parse_tv if kind == "tv" else parse_movie
            try:
                body = self._get(f"/{key}", {"append_to_response": _PARTS[kind], "language": "en-US"})
                yield parse(body, self._now().date(), self._region)
            except Unknown:
                yield Failure(key, Unknown(f"TMDB has no show {key}."))
            except SourceError as error:
                if ends_all(error):
                    raise
                yield Failure(key, error)

    def _with_ids(self, hit: Observation) -> Observation:
        try:
            return hit._replace(ids=parse_external_ids(self._get(f"/{hit.key}/external_ids")))
        except (Busy, Unknown, Unreadable):
            return hit

    def _changed(self, kind: str, keys: set[str], since: date, until: date) -> set[str]:
        """Return which of these shows were changed; all of them where it takes fewer requests to ask for each."""
        changed: frozenset[str] = frozenset()
        page, pages = 1, 1
        while page <= pages:
            span = {"start_date": since.isoformat(), "end_date": until.isoformat(), "page": str(page)}
            try:
                found = parse_changes(self._get(f"/{kind}/changes", span))
            except Unreadable:
                # A span that TMDB does not like says nothing about the shows.
                return keys
            if found.pages > len(keys):
                return keys
            changed, page, pages = changed | found.ids, page + 1, found.pages
        return {key for key in keys if key.partition("/")[2] in changed}

    def _get(self, path: str, params: Mapping[str, str] | None = None) -> bytes:
        secret, headers = {}, {}
        if self._token is None:
            # Asked for only here: it may be a command that wants a password.
            self._token = (self._given if isinstance(self._given, str) else self._given()).strip()
        token = self._token
        if not token:
            raise Denied(_WANTED)
        if re.fullmatch(r"[0-9a-fA-F]{32}", token):
            secret = {"api_key": token}
        elif re.fullmatch(r"[\x21-\x7e]+", token):
            headers = {"Authorization": f"Bearer {token}"}
        else:
            raise Denied(_REFUSED)
        try:
            return self._client.get(self._service, path, dict(params or {}), secret=secret, headers=headers)
        except Denied as error:
            # A certificate that does not hold is another matter.
            if error.status == 401:
                raise Denied(_REFUSED) from None
            raise
