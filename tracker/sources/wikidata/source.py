"""Wikidata: works of all countries, with dates that may be months or years. Data under CC0.

The parse functions raise SourceBusy where Wikidata wants to be asked later, and BadResponse where it says that the
question is wrong, or something else than expected.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import suppress
from datetime import date, datetime
from typing import Final

from tracker.errors import BadResponse, BadValue, SourceBusy, SourceError, SourceNotFound
from tracker.model.source_record import NOTICES, SOURCES, SourceRecord
from tracker.sources.base import LastSeen, RecordFailure, is_fatal
from tracker.sources.decode import clean_cast, clean_ids, clean_names, clean_url, decode, line_of
from tracker.sources.http.client import ApiHost, HttpClient
from tracker.sources.http.rate_limit import RateLimit
from tracker.sources.wikidata.dates import release_window
from tracker.sources.wikidata.items import COUNTRIES, FILMS, PARTS, SERIES, country_items
from tracker.sources.wikidata.records import Answer, Entity, ItemStatement, ItemStatements, Text, as_map, best_ranked

LABEL: Final = "Wikidata"
ADDRESS: Final = "https://www.wikidata.org"
RATE_LIMIT: Final = RateLimit(20, 10)
_PATH: Final = "/w/api.php"
_COMMON_PARAMS: Final = {"format": "json", "formatversion": "2"}
_POLITE_PARAMS: Final = {"maxlag": "5"}
"""Where nobody waits, writers go first while the servers lag behind (https://www.mediawiki.org/wiki/Manual:Maxlag_parameter)."""
_MAX_IDS: Final = 50  # how many items one request may name
_MAX_CAST: Final = 20
_MAX_ALIASES: Final = 15
_MAX_ITEM: Final = 2**31 - 1
"""Wikidata takes an item beyond this for a mistake, and then says nothing about the others either."""
_LANGUAGES: Final = ("en", "mul", "ja", "ko", "zh", "th")
_MISSING_ENTITY: Final = b'{"missing": ""}'
_ID_PROPERTIES: Final = {
    ("imdb", ""): "P345", ("thetvdb", ""): "P4835", ("tvmaze", ""): "P8600", ("tmdb", "tv"): "P4983",
    ("tmdb", "movie"): "P4947",
}  # fmt: skip
"""The properties that hold ids of other sites."""
_NUMBER: Final = re.compile(r"[1-9]\d{0,9}")
_IMDB_TITLE: Final = re.compile(r"tt\w{1,20}")  # people have ids there too, which begin with "nm"
_BUSY_CODES: Final = frozenset({"maxlag", "ratelimited"})


def is_busy(body: bytes) -> bool:
    """Return whether an answer, with status 200, says that Wikidata wants to be asked later."""
    try:
        error = decode(body, Answer, LABEL).error
    except BadResponse:
        return False
    return error is not None and error.code in _BUSY_CODES


def parse_search(body: bytes) -> tuple[str, ...]:
    """Parse the body of `wbsearchentities`: ids of items, best first."""
    hits = _decode_answer(body).search
    if hits is None:
        raise BadResponse("Wikidata gave an unexpected answer to a search.")
    return tuple(dict.fromkeys(hit.id for hit in hits if SOURCES["wikidata"].fullmatch(hit.id)))


def parse_found_pages(body: bytes) -> tuple[str, ...]:
    """Parse the body of `list=search`: ids of items."""
    query = _decode_answer(body).query
    if query is None:
        raise BadResponse("Wikidata gave an unexpected answer to a search.")
    return tuple(page.title for page in query.search if SOURCES["wikidata"].fullmatch(page.title))


def parse_entities(body: bytes) -> dict[str, bytes]:
    """Parse the body of `wbgetentities`: the JSON of each item, by the id that it was asked for."""
    entities = _decode_answer(body).entities
    if entities is None:
        raise BadResponse("Wikidata gave an unexpected answer for an item.")
    return {key: bytes(raw) for key, raw in as_map(entities).items()}


def parse_revisions(body: bytes) -> dict[str, str]:
    """Parse the last revisions of items; "" for one that is missing."""
    return {key: str(_decode_entity(entity).lastrevid or "") for key, entity in parse_entities(body).items()}


def parse_labels(body: bytes) -> dict[str, str]:
    """Parse the names of items; those without one are left out."""
    labels = {key: _label(_decode_entity(entity)) for key, entity in parse_entities(body).items()}
    return {key: label for key, label in labels.items() if label}


def referenced_items(entity: bytes) -> frozenset[str]:
    """Return the ids of the items whose names are part of what an item says."""
    claims = _claims_of(_decode_entity(entity))
    named = (claims.networks, claims.genres, claims.directors, claims.writers)
    items = {claim.item for statements in named for claim in best_ranked(statements)}
    for claim in _cast_claims(claims):
        items |= {claim.item, *(role.item for role in claim.limits.roles)}
    return frozenset(items - {""})


def parse_work(entity: bytes, key: str, today: date, region: str = "") -> SourceRecord | None:
    """Parse an item without the names of the items it refers to; None if it is no series or film."""
    item = _decode_entity(entity)
    is_work = item.missing is None and _is_work(_claims_of(item))
    return _to_record(item, key, today, region, {}) if is_work else None


def parse_entity(entity: bytes, key: str, today: date, region: str, labels: Mapping[str, str]) -> SourceRecord:
    """Parse an item.

    Args:
        entity: Its JSON.
        key: The id that it was asked for.
        today: Today's date.
        region: The user's country, "" for none.
        labels: The names of the items it refers to.

    Raises:
        SourceNotFound: There is no such item.
    """
    item = _decode_entity(entity)
    if item.missing is not None:
        raise SourceNotFound(f"Wikidata has no item {key}.")
    return _to_record(item, key, today, region, labels)


def _decode_answer(body: bytes) -> Answer:
    answer = decode(body, Answer, LABEL)
    if answer.error is None:
        return answer
    if answer.error.code in _BUSY_CODES:
        raise SourceBusy("Wikidata is busy right now. Try again later.")
    why = line_of(answer.error.info) or line_of(answer.error.code) or "it gave no reason"
    raise BadResponse(f"Wikidata refused the request: {why.rstrip('.')}.")


def _decode_entity(body: bytes) -> Entity:
    return decode(body, Entity, LABEL)


def _claims_of(entity: Entity) -> ItemStatements:
    return entity.claims if isinstance(entity.claims, ItemStatements) else ItemStatements()


def _to_record(entity: Entity, key: str, today: date, region: str, labels: Mapping[str, str]) -> SourceRecord:
    claims = _claims_of(entity)
    originals = clean_names(claim.text for claim in best_ranked(claims.original_titles))
    title = _label(entity) or (originals[0] if originals else "")
    original = next((name for name in originals if name != title), "")
    is_film = _is_film(claims)
    release, is_regional = release_window(claims, today, country_items(region), is_film=is_film)

    def names_of(statements: tuple[ItemStatement, ...]) -> tuple[str, ...]:
        return clean_names(labels.get(claim.item) for claim in best_ranked(statements))

    return SourceRecord(
        source="wikidata",
        key=key,
        title=title,
        url=f"https://www.wikidata.org/wiki/{key}",
        original_title=original,
        aliases=tuple(name for name in _alias_names(entity) if name not in (title, original))[:_MAX_ALIASES],
        kind="film" if is_film else "series",
        release=release,
        region=region if is_regional else "",
        networks=names_of(claims.networks),
        countries=clean_names(COUNTRIES.get(claim.item) for claim in best_ranked(claims.countries)),
        genres=tuple(name.casefold() for name in names_of(claims.genres)),
        directors=names_of(claims.directors),
        writers=names_of(claims.writers),
        synopsis=_preferred_text(as_map(entity.descriptions)),
        cast=clean_cast((labels.get(claim.item), _roles(claim, labels)) for claim in _cast_claims(claims)),
        ids=_external_ids(claims, is_film=is_film),
        homepage=next(filter(None, (clean_url(claim.text) for claim in best_ranked(claims.sites))), ""),
        revision=str(entity.lastrevid or ""),
    )


def _preferred_text(texts: Mapping[str, Text]) -> str:
    """Return the text in the first of `_LANGUAGES` that there is, or in any language."""
    wanted = [texts[language] for language in _LANGUAGES if language in texts]
    return next(iter(clean_names(text.value for text in (*wanted, *texts.values()))), "")


def _label(entity: Entity) -> str:
    return _preferred_text(as_map(entity.labels))


def _alias_names(entity: Entity) -> tuple[str, ...]:
    aliases = (text for texts in as_map(entity.aliases).values() for text in texts)
    return clean_names(text.value for text in (*aliases, *as_map(entity.labels).values()))


def _is_film(claims: ItemStatements) -> bool:
    classes = {claim.item for claim in best_ranked(claims.classes)}
    if classes & (FILMS | SERIES):
        return bool(classes & FILMS)
    # There are many more classes than are known here.
    return bool(claims.tmdb_movie) and not (claims.tmdb_tv or claims.tvmaze or claims.networks)


def _is_work(claims: ItemStatements) -> bool:
    classes = {claim.item for claim in best_ranked(claims.classes)}
    signs = (claims.tvmaze, claims.tmdb_tv, claims.tmdb_movie, claims.thetvdb, claims.networks, claims.cast)
    if classes & PARTS:
        return False
    return bool(classes & (FILMS | SERIES)) or any(signs) or bool(_first_id(claims.imdb, _IMDB_TITLE))


def _first_id(statements: tuple[ItemStatement, ...], form: re.Pattern[str]) -> str:
    ids = (line_of(claim.text) for claim in best_ranked(statements))
    return next(filter(form.fullmatch, ids), "")


def _external_ids(claims: ItemStatements, *, is_film: bool) -> tuple[tuple[str, str], ...]:
    series, film = _first_id(claims.tmdb_tv, _NUMBER), _first_id(claims.tmdb_movie, _NUMBER)
    tmdb = (series and f"tv/{series}", film and f"movie/{film}")
    return clean_ids(
        {
            "imdb": _first_id(claims.imdb, _IMDB_TITLE),
            "thetvdb": _first_id(claims.thetvdb, _NUMBER),
            "tvmaze": _first_id(claims.tvmaze, _NUMBER),
            "tmdb": tmdb[is_film] or tmdb[not is_film],
        }
    )


def _roles(claim: ItemStatement, labels: Mapping[str, str]) -> Iterator[str | None]:
    yield from (name.text for name in claim.limits.role_names)
    yield from (labels.get(role.item) for role in claim.limits.roles)


def _cast_claims(claims: ItemStatements) -> tuple[ItemStatement, ...]:
    return (*best_ranked(claims.cast), *best_ranked(claims.voices))[:_MAX_CAST]


class Wikidata:
    """Wikidata as a source."""

    name = "wikidata"
    label = LABEL
    notice = NOTICES["wikidata"]

    def __init__(self, client: HttpClient, now: Callable[[], datetime], region: str = "", at: str = "") -> None:
        self._client = client
        self._now = now
        self._region = region.strip().upper()
        self._host = ApiHost(LABEL, at or ADDRESS, RATE_LIMIT)

    def search(self, words: str) -> tuple[SourceRecord, ...]:
        """See `Source`: one request for items by name, and one for what they are."""
        params = {"search": words, "language": "en", "uselang": "en", "type": "item", "limit": "10"}
        return self._fetch_works(parse_search(self._query("wbsearchentities", params)))

    def look_up(self, site: str, key: str) -> tuple[SourceRecord, ...]:
        """See `Source`: one request for the item with such a statement, and one for what it is."""
        kind, _, number = key.rpartition("/")
        if (prop := _ID_PROPERTIES.get((site, kind))) is None:
            return ()
        # https://www.mediawiki.org/wiki/Help:Extension:WikibaseCirrusSearch#haswbstatement
        params = {"list": "search", "srsearch": f"haswbstatement:{prop}={number}", "srlimit": "5", "srprop": ""}
        return self._fetch_works(parse_found_pages(self._query("query", params)))

    def _fetch_works(self, keys: Sequence[str]) -> tuple[SourceRecord, ...]:
        """Return what those of the items are that are series or films."""
        if not keys:
            return ()
        props = "info|labels|aliases|descriptions|claims"
        entities = parse_entities(self._get_entities(keys, props, _LANGUAGES))
        works, failure = [], None
        for key in keys:
            try:
                work = parse_work(entities.get(key, _MISSING_ENTITY), key, self._now().date(), self._region)
            except BadResponse as error:
                failure = error
            else:
                works += [work] if work is not None else []
        if failure is not None and not works:
            raise failure
        return tuple(works)

    def changed_since(self, known: Mapping[str, LastSeen]) -> frozenset[str]:
        """See `Source`: one request for the revisions of fifty."""
        seen = [key for key, before in known.items() if before.revision]
        unchanged: set[str] = set()
        for keys in _chunks(seen, _MAX_IDS):
            revisions = parse_revisions(self._get_entities(keys, "info"))
            unchanged |= {key for key in keys if revisions.get(key) == known[key].revision}
        return frozenset(known.keys() - unchanged)

    def fetch(self, keys: Sequence[str]) -> Iterator[SourceRecord | RecordFailure]:
        """See `Source`: one request for fifty, and one for the names of fifty that they refer to."""
        for key in keys:
            if not SOURCES[self.name].fullmatch(key):
                raise BadValue(f"“{key}” is not a Wikidata id.")
        for key in keys:
            if int(key[1:]) > _MAX_ITEM:
                yield RecordFailure(key, SourceNotFound(f"Wikidata has no item {key}."))
        labels: dict[str, str] = {}
        for batch in self._fetch_batches([key for key in dict.fromkeys(keys) if int(key[1:]) <= _MAX_ITEM]):
            try:
                self._add_labels(batch, labels)
            except SourceError as error:
                if is_fatal(error):
                    raise
                # Without the names it would look as if the people and networks had gone.
                yield from (RecordFailure(key, error) for key in batch)
                continue
            for key, entity in batch.items():
                yield self._parse(key, entity, labels)

    def _fetch_batches(self, keys: Sequence[str]) -> Iterator[dict[str, bytes | SourceError]]:
        """Yield what each request brings, by key; what an answer leaves out is asked for again."""
        waiting, size = list(keys), _MAX_IDS
        while waiting:
            asked = waiting[:size]
            batch: dict[str, bytes | SourceError]
            try:
                batch = _split_entities(self._get_entities(asked, "info|labels|aliases|claims", _LANGUAGES), asked)
            except BadResponse as error:
                if len(asked) > 1:
                    # Fifty famous ones may be more than anybody sends or takes.
                    size = len(asked) // 4 or 1
                    continue
                batch = {asked[0]: error}
            except SourceError as error:
                if is_fatal(error):
                    raise
                batch = dict.fromkeys(asked, error)
            yield batch
            waiting = [key for key in waiting if key not in batch]

    def _add_labels(self, batch: Mapping[str, bytes | SourceError], labels: dict[str, str]) -> None:
        """Add the names of all items that a batch refers to, each asked for once."""
        needed: set[str] = set()
        for entity in batch.values():
            # What cannot be read fails in `_parse`.
            with suppress(BadResponse):
                needed |= referenced_items(entity) if isinstance(entity, bytes) else set()
        for keys in _chunks(sorted(needed - labels.keys()), _MAX_IDS):
            new_labels = parse_labels(self._get_entities(keys, "labels", _LANGUAGES[:2]))
            labels.update({key: new_labels.get(key, "") for key in keys})

    def _parse(self, key: str, entity: bytes | SourceError, labels: Mapping[str, str]) -> SourceRecord | RecordFailure:
        if isinstance(entity, SourceError):
            return RecordFailure(key, entity)
        try:
            return parse_entity(entity, key, self._now().date(), self._region, labels)
        except (SourceNotFound, BadResponse) as error:
            return RecordFailure(key, error)

    def _get_entities(self, keys: Sequence[str], props: str, languages: Sequence[str] = ()) -> bytes:
        params = {"ids": "|".join(keys), "props": props, "languages": "|".join(languages)}
        return self._query("wbgetentities", {name: value for name, value in params.items() if value})

    def _query(self, action: str, params: Mapping[str, str]) -> bytes:
        common = {**_COMMON_PARAMS, **(_POLITE_PARAMS if self._client.options.in_background else {})}
        return self._client.get(self._host, _PATH, {"action": action, **params, **common}, is_busy=is_busy)


def _split_entities(body: bytes, keys: Sequence[str]) -> dict[str, bytes | SourceError]:
    """Return what an answer has of the items asked for; Wikidata cuts it where it would be too large."""
    try:
        entities = parse_entities(body)
    except (SourceBusy, BadResponse) as error:
        return dict.fromkeys(keys, error)
    found: dict[str, bytes | SourceError] = {key: entities[key] for key in keys if key in entities}
    return found or dict.fromkeys(keys, BadResponse("Wikidata sent other items than those requested."))


def _chunks(keys: Sequence[str], size: int) -> Iterator[Sequence[str]]:
    return (keys[start : start + size] for start in range(0, len(keys), size))
