"""Wikidata: works of all countries, with dates that may be months or years. Data under CC0.

The parse functions raise SourceBusy where Wikidata wants to be asked later, and BadResponse where it says that the
question is wrong, or something else than expected.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import datetime
from typing import Final

from tracker.errors import BadResponse, SourceBusy, SourceError, SourceNotFound
from tracker.model.release import NO_PREFERENCE, Preference
from tracker.model.source_record import NOTICES, SOURCES, SourceRecord
from tracker.sources.base import LastSeen, RecordFailure, check_keys, is_fatal
from tracker.sources.decode import decode, line_of
from tracker.sources.http.client import ApiHost, HttpClient
from tracker.sources.http.rate_limit import RateLimit
from tracker.sources.wikidata.classes import ItemClass, ItemKind, find_kind
from tracker.sources.wikidata.names import ASKED_LANGUAGES, NAME_LANGUAGES, description_of, label_of
from tracker.sources.wikidata.records import (
    LABEL,
    Answer,
    Entity,
    FoundItem,
    FoundPage,
    as_map,
    best_ranked,
    read_entity,
    read_list,
)
from tracker.sources.wikidata.work import NOTHING_AROUND, Surroundings, make_record, named_items, part_items

ADDRESS: Final = "https://www.wikidata.org"
RATE_LIMIT: Final = RateLimit(20, 10)
_PATH: Final = "/w/api.php"
_COMMON_PARAMS: Final = {"format": "json", "formatversion": "2"}
_POLITE_PARAMS: Final = {"maxlag": "5"}
"""Where nobody waits, writers go first while the servers lag behind (https://www.mediawiki.org/wiki/Manual:Maxlag_parameter)."""
_MAX_IDS: Final = 50  # how many items one request may name
_MAX_ITEM: Final = 2**31 - 1
"""Wikidata takes an item beyond this for a mistake, and then says nothing about the others either."""
_PROPS: Final = "info|labels|aliases|claims"
_MISSING: Final = Entity(is_missing=True)
_ID_PROPERTIES: Final = {
    ("imdb", ""): "P345", ("thetvdb", ""): "P4835", ("tvmaze", ""): "P8600", ("tmdb", "tv"): "P4983",
    ("tmdb", "movie"): "P4947",
}  # fmt: skip
"""The properties that hold ids of other sites."""
_BUSY_CODES: Final = frozenset({"maxlag", "ratelimited"})

Items = dict[str, Entity | SourceError]
"""Items by the ids that they were asked for, or why there is none."""


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
        raise BadResponse("Wikidata gave an unexpected answer to a search. Try again later.")
    return tuple(dict.fromkeys(hit.id for hit in read_list(hits, FoundItem) if SOURCES["wikidata"].fullmatch(hit.id)))


def parse_found_pages(body: bytes) -> tuple[str, ...]:
    """Parse the body of `list=search`: ids of items."""
    query = _decode_answer(body).query
    if query is None:
        raise BadResponse("Wikidata gave an unexpected answer to a search. Try again later.")
    pages = read_list(query.search, FoundPage)
    return tuple(page.title for page in pages if SOURCES["wikidata"].fullmatch(page.title))


def parse_entities(body: bytes) -> Items:
    """Parse the body of `wbgetentities`: items by the ids that they were asked for."""
    entities = _decode_answer(body).entities
    if entities is None:
        raise BadResponse("Wikidata gave an unexpected answer for an item. Try again later.")
    items: Items = {}
    for key, raw in as_map(entities).items():
        try:
            items[key] = read_entity(bytes(raw))
        except BadResponse as error:
            items[key] = error
    return items


def parse_revisions(body: bytes) -> dict[str, str]:
    """Parse the last revisions of items; "" for one that is missing."""
    return {key: item.revision for key, item in _read_items(body).items()}


def parse_labels(body: bytes) -> dict[str, str]:
    """Parse the names of items; those without one are left out."""
    labels = {key: label_of(item) for key, item in _read_items(body).items()}
    return {key: label for key, label in labels.items() if label}


def parse_classes(body: bytes) -> dict[str, ItemClass]:
    """Parse classes, with what they are subclasses of."""
    return {
        key: ItemClass(label_of(item), tuple(claim.item for claim in best_ranked(item.claims.parents) if claim.item))
        for key, item in _read_items(body).items()
    }


def _read_items(body: bytes) -> dict[str, Entity]:
    """Parse items; those that cannot be read are left out."""
    return {key: item for key, item in parse_entities(body).items() if isinstance(item, Entity)}


def _decode_answer(body: bytes) -> Answer:
    answer = decode(body, Answer, LABEL)
    if answer.error is None:
        return answer
    if answer.error.code in _BUSY_CODES:
        raise SourceBusy("Wikidata is busy right now. Try again later.")
    why = line_of(answer.error.info) or line_of(answer.error.code) or "it gave no reason"
    raise BadResponse(f"Wikidata refused the request: {why.rstrip('.')}.")


class Wikidata:
    """Wikidata as a source."""

    name = "wikidata"
    label = LABEL
    notice = NOTICES["wikidata"]

    def __init__(
        self,
        client: HttpClient,
        now: Callable[[], datetime],
        preference: Preference = NO_PREFERENCE,
        at: str = "",
    ) -> None:
        self._client = client
        self._now = now
        self._preference = preference
        self._host = ApiHost(LABEL, at or ADDRESS, RATE_LIMIT)
        self._classes: dict[str, ItemClass] = {}  # those that were looked up

    def search(self, words: str) -> tuple[SourceRecord, ...]:
        """See `Source`: one request for items by name, and one for what they are; two more for classes unknown here."""
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
        """Return what those of the items are that are shows; a season is found by its show."""
        if not keys:
            return ()
        found = parse_entities(self._get_entities(keys, f"{_PROPS}|descriptions", ASKED_LANGUAGES))
        failures = [item for item in found.values() if isinstance(item, SourceError)]
        items = {key: item for key in keys if isinstance(item := found.get(key, _MISSING), Entity)}
        kinds = self._find_kinds({key: item for key, item in items.items() if _may_be_show(item)})
        works = []
        for key, kind in kinds.items():
            if kind.kind and not kind.is_season:
                record = self._parse(key, items[key], kind, Surroundings())
                if isinstance(record, SourceRecord):
                    works.append(record._replace(synopsis=description_of(items[key])))
                else:
                    failures.append(record.error)
        if failures and not works:
            raise failures[0]
        return tuple(works)

    def changed_since(self, known: Mapping[str, LastSeen]) -> frozenset[str]:
        """See `Source`: one request for the revisions of fifty items, those of seasons among them."""
        seen = {key: _split_revision(key, before.revision) for key, before in known.items() if before.revision}
        items = tuple(dict.fromkeys(item for revisions in seen.values() for item in revisions))
        current: dict[str, str] = {}
        for keys in _chunks(items, _MAX_IDS):
            current |= parse_revisions(self._get_entities(keys, "info"))
        unchanged = {key for key, before in seen.items() if all(current.get(one) == old for one, old in before.items())}
        return frozenset(known.keys() - unchanged)

    def fetch(self, keys: Sequence[str]) -> Iterator[SourceRecord | RecordFailure]:
        """See `Source`: one request for fifty, and one for each fifty of names and seasons that they refer to."""
        check_keys(self.name, keys)
        for key in keys:
            if int(key[1:]) > _MAX_ITEM:
                yield self._parse(key, _MISSING, ItemKind(), NOTHING_AROUND)
        labels: dict[str, str] = {}
        for batch in self._fetch_batches([key for key in dict.fromkeys(keys) if int(key[1:]) <= _MAX_ITEM]):
            try:
                items = {key: item for key, item in batch.items() if isinstance(item, Entity) and not item.is_missing}
                kinds = self._find_kinds(items)
                shows = [item for key, item in items.items() if kinds[key].kind]
                parts = self._fetch_parts([item for key, item in items.items() if kinds[key].has_seasons])
                self._add_labels(shows, labels)
            except SourceError as error:
                if is_fatal(error):
                    raise
                # Without the names it would look as if the people and networks had gone.
                yield from (RecordFailure(key, error) for key in batch)
                continue
            for key, item in batch.items():
                kind = kinds.get(key, ItemKind())
                own = part_items(item) if isinstance(item, Entity) and kind.has_seasons else ()
                around = Surroundings(labels, {part: parts[part] for part in own if part in parts})
                yield self._parse(key, item, kind, around)

    def _fetch_batches(self, keys: Sequence[str]) -> Iterator[Items]:
        """Yield what each request brings, by key; what an answer leaves out is asked for again."""
        waiting, size = list(keys), _MAX_IDS
        while waiting:
            asked = waiting[:size]
            batch: Items
            try:
                batch = _split_entities(self._get_entities(asked, _PROPS, ASKED_LANGUAGES), asked)
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

    def _find_kinds(self, items: Mapping[str, Entity]) -> dict[str, ItemKind]:
        """Return what items are; superclasses are asked for where their own classes do not tell."""
        kinds: dict[str, ItemKind] = {}
        while len(kinds) < len(items):
            unknown: set[str] = set()
            for key, item in items.items():
                kind = find_kind(item.claims, self._classes)
                if isinstance(kind, ItemKind):
                    kinds[key] = kind
                else:
                    unknown |= kind
            for classes in _chunks(sorted(unknown), _MAX_IDS):
                found = parse_classes(self._get_entities(classes, "labels|claims", NAME_LANGUAGES))
                self._classes |= {item: found.get(item, ItemClass("", ())) for item in classes}
        return {key: kinds[key] for key in items}

    def _fetch_parts(self, shows: Sequence[Entity]) -> dict[str, Entity]:
        """Return the items that may be seasons of shows."""
        needed = dict.fromkeys(part for show in shows for part in part_items(show))
        parts: dict[str, Entity] = {}
        for keys in _chunks(tuple(needed), _MAX_IDS):
            parts |= _read_items(self._get_entities(keys, "info|labels|claims", NAME_LANGUAGES))
        return parts

    def _add_labels(self, shows: Sequence[Entity], labels: dict[str, str]) -> None:
        """Add the names of all items that shows refer to, each asked for once."""
        needed = {item for show in shows for item in named_items(show)}
        for keys in _chunks(sorted(needed - labels.keys()), _MAX_IDS):
            new_labels = parse_labels(self._get_entities(keys, "labels", NAME_LANGUAGES))
            labels.update({key: new_labels.get(key, "") for key in keys})

    def _parse(
        self, key: str, item: Entity | SourceError, kind: ItemKind, around: Surroundings
    ) -> SourceRecord | RecordFailure:
        if isinstance(item, SourceError):
            return RecordFailure(key, item)
        try:
            return make_record(item, key, kind, self._now().date(), self._preference, around)
        except (SourceNotFound, BadResponse) as error:
            return RecordFailure(key, error)

    def _get_entities(self, keys: Sequence[str], props: str, languages: Sequence[str] = ()) -> bytes:
        params = {"ids": "|".join(keys), "props": props, "languages": "|".join(languages)}
        return self._query("wbgetentities", {name: value for name, value in params.items() if value})

    def _query(self, action: str, params: Mapping[str, str]) -> bytes:
        common = {**_COMMON_PARAMS, **(_POLITE_PARAMS if self._client.options.in_background else {})}
        return self._client.get(self._host, _PATH, {"action": action, **params, **common}, is_busy=is_busy)


def _split_entities(body: bytes, keys: Sequence[str]) -> Items:
    """Return what an answer has of the items asked for; Wikidata cuts it where it would be too large."""
    try:
        entities = parse_entities(body)
    except (SourceBusy, BadResponse) as error:
        return dict.fromkeys(keys, error)
    found: Items = {key: entities[key] for key in keys if key in entities}
    return found or dict.fromkeys(keys, BadResponse("Wikidata sent other items than those requested."))


def _chunks(keys: Sequence[str], size: int) -> Iterator[Sequence[str]]:
    return (keys[start : start + size] for start in range(0, len(keys), size))


def _split_revision(key: str, revision: str) -> dict[str, str]:
    """Return the revision of each item that a record was made of: "2200000001 Q12:33" has two."""
    own, *others = revision.split()
    return {key: own, **dict(one.split(":", 1) for one in others if ":" in one)}


def _may_be_show(item: Entity) -> bool:
    """Return whether a hit of a search is worth a look at classes that are unknown here."""
    claims = item.claims
    hints = (claims.networks, claims.imdb, claims.cast, claims.directors, claims.writers, claims.languages)
    return not item.is_missing and (any(hints) or isinstance(find_kind(claims, {}), ItemKind))
