"""TMDB: films and series, asked with the user's own token; free for non-commercial use, with its notice shown."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import UTC, date, datetime, timedelta
from typing import Final, NamedTuple

from msgspec import UNSET, structs

from tracker.errors import BadResponse, SourceBusy, SourceDenied, SourceNotFound
from tracker.model.episode import Episode
from tracker.model.release import NO_PREFERENCE, Preference, pick_track
from tracker.model.show import Credit
from tracker.model.source_record import NOTICES, SourceRecord
from tracker.model.window import Precision, Window
from tracker.sources.aliases import pick_aliases
from tracker.sources.base import LastSeen, RecordFailure, check_keys, fetch_each
from tracker.sources.decode import (
    MAX_CREW,
    bare_day_window,
    clean_cast,
    clean_countries,
    clean_country,
    clean_genres,
    clean_ids,
    clean_names,
    clean_url,
    day_window,
    decode,
    line_of,
    parse_day,
)
from tracker.sources.http.client import ApiHost, HttpClient
from tracker.sources.http.rate_limit import RateLimit
from tracker.sources.languages import find_language, home_country
from tracker.sources.plain_text import strip_html
from tracker.sources.running import read_running
from tracker.sources.tmdb import records
from tracker.sources.tmdb.releases import read_releases
from tracker.sources.tmdb.seasons import read_seasons, to_episode
from tracker.sources.tmdb.statuses import ENDED, UNRELEASED, StatusInfo, movie_status, tv_status
from tracker.text import MAX_PARAGRAPHS, clean, name_form, shorten

LABEL: Final = "TMDB"
ADDRESS: Final = "https://api.themoviedb.org/3"
RATE_LIMIT: Final = RateLimit(30, 10)
_PARTS: Final = {
    "tv": "aggregate_credits,external_ids,alternative_titles,watch/providers",
    "movie": "credits,external_ids,alternative_titles,release_dates,watch/providers",
}
_LOOKUPS: Final = {"imdb": "imdb_id", "thetvdb": "tvdb_id", "wikidata": "wikidata_id"}
"""The sites by whose ids shows can be looked up, and what TMDB calls these ids."""
_KINDS: Final = {"tv": "series", "movie": "film"}
_DIRECTING: Final = frozenset({"Director", "Series Director", "Co-Director"})
_WRITING: Final = frozenset({"Screenplay", "Writer", "Head Writer", "Series Composition", "Teleplay"})
"""The jobs of directors and writers; animation has its own words."""
_OF_A_PART: Final = re.compile(r"\b(?:season|part|arc|cour|volume|episode|movie|special|ova)s?\b|\bs\d", re.IGNORECASE)
"""Types of alternative titles that are not of the whole show; people write them as they like."""
_LAST: Final = 10**9
_HITS_WITH_IDS: Final = 5
_FEED_PAYS_ABOVE: Final = 20  # for so few shows the feed of changes would hardly take fewer requests
_FEED_SPAN: Final = timedelta(days=13)  # a day less than one request may span
_MARKUP: Final = re.compile(r"</?[a-zA-Z][^<>]*>|&#?\w+;")
_SETTINGS_PAGE: Final = "https://www.themoviedb.org/settings/api"
_TOKEN_MISSING: Final = f"TMDB needs a token. Get one at {_SETTINGS_PAGE} and set it."
_TOKEN_REJECTED: Final = f"TMDB rejected the token. Compare it with yours at {_SETTINGS_PAGE} and set it again."


class ChangedIds(NamedTuple):
    """A page of the feed of changes."""

    ids: frozenset[str]
    pages: int  # how many pages there are


def parse_tv(body: bytes, today: date, region: str = "") -> SourceRecord:
    """Parse the body of `/tv/{id}`, with the providers of a region."""
    tv = decode(body, records.Tv, LABEL)
    if tv.genres is UNSET and tv.first_air_date is UNSET:
        raise BadResponse("TMDB gave an unexpected answer (it is about no series). Try again later.")
    word = line_of(tv.status)
    first, last = parse_day(tv.first_air_date), parse_day(tv.last_air_date)
    # The first day may be missing where the last one is known (recorded).
    has_aired = first <= today if first is not None else last is not None and last <= today
    last_episode, next_episode = to_episode(tv.last_episode_to_air), to_episode(tv.next_episode_to_air)
    is_seen = last_episode is not None and last_episode.on is not None and last_episode.on <= today
    is_out = is_seen or (has_aired and word not in UNRELEASED)
    seasons = read_seasons(tv, today)
    release = _first_window(
        first, [one for one in (last_episode, next_episode) if one is not None], is_out=is_out
    ) or next((season.release for season in seasons if season.number == 1), None)
    record = _to_record("tv", tv, tv.name, tv.original_name, tv.aggregate_credits or tv.credits, region)
    # Asian series as a rule have nobody as their creator, and writers among the crew.
    creators = clean_names(person.name for person in tv.created_by or ())
    is_ahead = next_episode is not None and next_episode.on is not None and next_episode.on > today
    is_running = word in UNRELEASED or word in ("Returning Series", "") or (word == "Ended" and is_ahead)
    if is_seen and last_episode is not None and is_running:
        # A word for what is to come is an old one where an episode was shown, and one for the end a bit early.
        info = StatusInfo(*read_running(last_episode, next_episode, seasons, today))
    else:
        info = tv_status(word, release, today, has_aired=has_aired or is_seen)
    return record._replace(
        compatible_statuses=info.compatible_statuses,
        status=info.status,
        release=release,
        networks=clean_names(network.name for network in tv.networks or ()),
        writers=clean_names((*creators, *record.writers))[:MAX_CREW],
        next_episode=next_episode,
        seasons=seasons,
        ended=last if word in ENDED else None,
    )


def parse_movie(body: bytes, today: date, region: str = "", media: tuple[str, ...] = ()) -> SourceRecord:
    """Parse the body of `/movie/{id}`, with the providers of a region, and the date that counts there.

    Args:
        body: The body.
        today: Today's date.
        region: The owner's country, "" for none.
        media: The ways of coming out that count for the owner, best first.
    """
    movie = decode(body, records.Movie, LABEL)
    if movie.genres is UNSET and movie.release_date is UNSET:
        raise BadResponse("TMDB gave an unexpected answer (it is about no film). Try again later.")
    word = line_of(movie.status)
    record = _to_record("movie", movie, movie.title, movie.original_title, movie.credits, region, movie.imdb_id)
    releases = read_releases(movie, is_out=word == "Released")
    track = pick_track([release.track for release in releases], Preference(region, media), record.countries)
    counting = next((release for release in releases if track.covers(release.track)), None)
    is_here = bool(track.region) and track.region in (region, *record.countries)
    is_premiere = track.medium == "premiere" and "premiere" not in media
    info = movie_status(word, counting and counting.window, today, is_here=is_here, is_premiere=is_premiere)
    return record._replace(
        compatible_statuses=info.compatible_statuses,
        status=info.status,
        release=counting and counting.window,
        region=counting.region if counting is not None else "",
        medium=counting.medium if counting is not None else "",
        releases=releases,
    )


def parse_search(body: bytes, today: date) -> tuple[SourceRecord, ...]:
    """Parse the body of a search: its series and films, best first."""
    hits = (_hit_record(hit, today) for hit in decode(body, records.Hits, LABEL).results)
    return tuple(hit for hit in hits if hit is not None)


def parse_found(body: bytes, today: date) -> tuple[SourceRecord, ...]:
    """Parse the body of `/find/{id}`: the series and films with an id of another site.

    Raises:
        SourceNotFound: It is the id of something else; says of what.
    """
    found = decode(body, records.FoundWorks, LABEL)
    hits = [structs.replace(hit, media_type="tv") for hit in found.tv_results or ()]
    hits += [structs.replace(hit, media_type="movie") for hit in found.movie_results or ()]
    works = [record for hit in hits if (record := _hit_record(hit, today)) is not None]
    if not works and found.tv_episode_results:
        number = found.tv_episode_results[0].show_id
        whose = f" of tmdb:tv/{number}" if number is not None else ""
        raise SourceNotFound(f"At TMDB that is the id of an episode{whose}. Give the address of its show.")
    if not works and found.person_results:
        raise SourceNotFound("At TMDB that is the id of a person. Give the address of a show.")
    return tuple(works)


def parse_external_ids(body: bytes) -> tuple[tuple[str, str], ...]:
    """Parse the body of `/tv/{id}/external_ids` or `/movie/{id}/external_ids`."""
    return _external_ids(decode(body, records.IdsOf, LABEL))


def parse_changes(body: bytes) -> ChangedIds:
    """Parse a page of `/tv/changes` or `/movie/changes`."""
    page = decode(body, records.ChangesPage, LABEL)
    return ChangedIds(frozenset(str(change.id) for change in page.results if change.id is not None), page.total_pages)


def _to_record(
    kind: str,
    work: records.Work,
    name: str | None,
    original_name: str | None,
    parts: records.Credits | None,
    region: str,
    imdb: str | None = None,
) -> SourceRecord:
    """Return what series and films have in common.

    Raises:
        BadResponse: There is no title.
    """
    title = line_of(name) or line_of(original_name)
    original = _original_title(original_name, title)
    titles = work.alternative_titles or records.Titles()
    titles_of_all = (*(titles.results or ()), *(titles.titles or ()))
    others = [other for other in titles_of_all if not _OF_A_PART.search(line_of(other.type))]
    language = find_language(line_of(work.original_language))
    made_in = [country.iso_3166_1 for country in work.production_countries or ()]
    countries = clean_countries(work.origin_country or ()) or clean_countries(made_in) or language.own_country
    people = parts or records.Credits()
    crew = people.crew or ()
    record = SourceRecord(
        source="tmdb",
        key=f"{kind}/{work.id}",
        title=title,
        url=f"https://www.themoviedb.org/{kind}/{work.id}",
        original_title=original,
        aliases=pick_aliases(
            [(other.title, clean_country(other.iso_3166_1)) for other in others],
            (title, original), home_country(language, countries), region,
        ),
        kind=_KINDS[kind],
        raw_status=line_of(work.status),
        countries=countries,
        genres=clean_genres(genre.name for genre in work.genres or ()),
        directors=_crew_names(crew, _DIRECTING),
        writers=_crew_names(crew, _WRITING),
        synopsis=_clean_overview(work.overview),
        cast=_read_cast(people.cast or ()),
        ids=_external_ids(work.external_ids or records.Ids(), imdb),
        homepage=clean_url(work.homepage),
        providers=_provider_names(work.providers, region),
        language=language.code,
    )  # fmt: skip
    return record.titled()


def _first_window(first: date | None, episodes: Sequence[Episode], *, is_out: bool) -> Window | None:
    """Return the window of a series from its first day; the day of the first episode is better than a bare one."""
    window = bare_day_window(first, is_out=is_out, known_days=[episode.on for episode in episodes])
    premiere = next((episode.on for episode in episodes if (episode.season, episode.number) == (1, 1)), None)
    is_vague = window is None or window.precision is Precision.YEAR
    return day_window(premiere) if is_vague and premiere is not None else window


def _hit_record(hit: records.TitleHit, today: date) -> SourceRecord | None:
    """Return a search result, None for a person, a collection, or something without a title."""
    kind = hit.media_type
    if kind is None:
        is_tv = hit.first_air_date is not None or hit.origin_country is not None
        kind = "movie" if hit.title is not None else "tv" if is_tv else ""
    title = line_of(hit.title or hit.name or hit.original_title or hit.original_name)
    if kind not in _KINDS or not title:
        return None
    day = parse_day(hit.first_air_date if kind == "tv" else hit.release_date)
    return SourceRecord(
        source="tmdb",
        key=f"{kind}/{hit.id}",
        title=title,
        url=f"https://www.themoviedb.org/{kind}/{hit.id}",
        original_title=_original_title(hit.original_title or hit.original_name, title),
        kind=_KINDS[kind],
        release=bare_day_window(day, is_out=day is not None and day <= today),
        countries=clean_countries(hit.origin_country or ()),
        language=find_language(line_of(hit.original_language)).code,
        synopsis=_clean_overview(hit.overview),
    )


def _original_title(original: str | None, title: str) -> str:
    cleaned = line_of(original)
    return cleaned if name_form(cleaned) != name_form(title) else ""


def _clean_overview(text: str | None) -> str:
    """Return an overview, which is plain text unless somebody copied it from a web page."""
    text = shorten(text or "", MAX_PARAGRAPHS)
    return strip_html(text) if _MARKUP.search(text) else clean(text).strip()


def _read_cast(members: Iterable[records.Member]) -> tuple[Credit, ...]:
    """Return the cast, in TMDB's order."""
    ordered = sorted(members, key=lambda member: member.order if member.order is not None else _LAST)
    return clean_cast((member.name, [member.character, *_role_names(member.roles or ())]) for member in ordered)


def _role_names(roles: Iterable[records.Part]) -> list[str | None]:
    """Return whom somebody plays, the most episodes first."""
    return [role.character for role in sorted(roles, key=lambda role: -(role.episode_count or 0))]


def _crew_names(crew: Iterable[records.Member], jobs: frozenset[str]) -> tuple[str, ...]:
    """Return the names of a few people with one of these jobs, those of the most episodes first."""
    episodes: dict[str, int] = {}
    for member in crew:
        parts = [part for part in (member, *(member.jobs or ())) if part.job in jobs]
        if parts and (name := line_of(member.name)):
            count = sum(part.episode_count or 0 for part in parts) or member.total_episode_count or 0
            episodes[name] = episodes.get(name, 0) + count
    return tuple(sorted(episodes, key=lambda name: -episodes[name]))[:MAX_CREW]


def _external_ids(ids: records.Ids, imdb: str | None = None) -> tuple[tuple[str, str], ...]:
    return clean_ids({"imdb": ids.imdb_id or imdb, "thetvdb": ids.tvdb_id, "wikidata": ids.wikidata_id})


def _provider_names(providers: records.Providers | None, region: str) -> tuple[str, ...]:
    offers = (providers.results or {}).get(region) if providers is not None else None
    if offers is None:
        return ()
    return clean_names(
        offer.provider_name for kind in (offers.flatrate, offers.ads, offers.free) for offer in kind or ()
    )


class Tmdb:
    """TMDB as a source."""

    name = "tmdb"
    label = LABEL
    notice = NOTICES["tmdb"]

    def __init__(
        self,
        client: HttpClient,
        now: Callable[[], datetime],
        token: str | Callable[[], str],
        preference: Preference = NO_PREFERENCE,
        at: str = "",
    ) -> None:
        self._client = client
        self._now = now
        self._token_source = token
        self._token: str | None = None
        self._preference = preference
        self._host = ApiHost(LABEL, at or ADDRESS, RATE_LIMIT)

    def search(self, words: str) -> tuple[SourceRecord, ...]:
        """See `Source`; the first five come with their ids elsewhere, by which they can be told from others."""
        body = self._get("/search/multi", {"query": words, "include_adult": "false"})
        hits = parse_search(body, self._now().date())
        return (*(self._with_ids(hit) for hit in hits[:_HITS_WITH_IDS]), *hits[_HITS_WITH_IDS:])

    def look_up(self, site: str, key: str) -> tuple[SourceRecord, ...]:
        """See `Source`: one request."""
        if site not in _LOOKUPS:
            return ()
        try:
            body = self._get(f"/find/{key}", {"external_source": _LOOKUPS[site]})
        except SourceNotFound:
            return ()
        return parse_found(body, self._now().date())

    def changed_since(self, known: Mapping[str, LastSeen]) -> frozenset[str]:
        """See `Source`: the feed of changes since the oldest was asked for, where that takes fewer requests."""
        if len(known) <= _FEED_PAYS_ABOVE:
            return frozenset(known)
        now = self._now().astimezone(UTC)
        checked = {key: before.checked_at for key, before in known.items() if before.checked_at is not None}
        recent = {key: at for key, at in checked.items() if timedelta(0) <= now - at <= _FEED_SPAN}
        changed = set(known.keys() - recent.keys())
        for kind in _PARTS:
            if keys := {key for key in recent if key.startswith(f"{kind}/")}:
                since = min(recent[key] for key in keys).astimezone(UTC).date()
                changed |= self._changed_keys(kind, keys, since, now.date() + timedelta(days=1))
        return frozenset(changed)

    def fetch(self, keys: Sequence[str]) -> Iterator[SourceRecord | RecordFailure]:
        """See `Source`: one request a show."""
        check_keys(self.name, keys)
        return fetch_each(LABEL, keys, self._fetch_show)

    def _fetch_show(self, key: str) -> SourceRecord:
        kind = key.partition("/")[0]
        body = self._get(f"/{key}", {"append_to_response": _PARTS[kind], "language": "en-US"})
        today = self._now().date()
        if kind == "tv":
            return parse_tv(body, today, self._preference.region)
        return parse_movie(body, today, *self._preference)

    def _with_ids(self, hit: SourceRecord) -> SourceRecord:
        try:
            return hit._replace(ids=parse_external_ids(self._get(f"/{hit.key}/external_ids")))
        except (SourceBusy, SourceNotFound, BadResponse):
            return hit

    def _changed_keys(self, kind: str, keys: set[str], since: date, until: date) -> set[str]:
        """Return which of these shows were changed; all of them if the feed has more pages than that."""
        changed: frozenset[str] = frozenset()
        page, pages = 1, 1
        while page <= pages:
            span = {"start_date": since.isoformat(), "end_date": until.isoformat(), "page": str(page)}
            try:
                feed = parse_changes(self._get(f"/{kind}/changes", span))
            except BadResponse:
                # TMDB does not like the span, which says nothing about the shows.
                return keys
            if feed.pages > len(keys):
                return keys
            changed, page, pages = changed | feed.ids, page + 1, feed.pages
        return {key for key in keys if key.partition("/")[2] in changed}

    def _get(self, path: str, params: Mapping[str, str] | None = None) -> bytes:
        secret, headers = {}, {}
        if self._token is None:
            # Asked for only here: it may be a command that wants a password.
            self._token = (self._token_source if isinstance(self._token_source, str) else self._token_source()).strip()
        token = self._token
        if not token:
            raise SourceDenied(_TOKEN_MISSING)
        if re.fullmatch(r"[0-9a-fA-F]{32}", token):
            secret = {"api_key": token}
        elif re.fullmatch(r"[\x21-\x7e]+", token):
            headers = {"Authorization": f"Bearer {token}"}
        else:
            raise SourceDenied(_TOKEN_REJECTED)
        try:
            return self._client.get(self._host, path, dict(params or {}), secret=secret, headers=headers)
        except SourceDenied as error:
            # A certificate that does not hold is another matter.
            if error.status == 401:
                raise SourceDenied(_TOKEN_REJECTED) from None
            raise
