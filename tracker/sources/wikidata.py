"""Wikidata: works of all countries, with dates that may be months or years. Data under CC0."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from datetime import date, datetime
from typing import Final

from tracker.errors import BadValue, Busy, SourceError, Unknown, Unreadable
from tracker.model.observation import NOTICES, SERVICES, Observation
from tracker.model.show import Credit
from tracker.sources.base import Failure, Known, address, decode, ends_all, names
from tracker.sources.client import Client, Service
from tracker.sources.pacing import Pace
from tracker.sources.wikidata_dates import release_of
from tracker.sources.wikidata_items import COUNTRIES, FILMS, PARTS, SERIES, places_in
from tracker.sources.wikidata_records import (
    Answer,
    Claim,
    Claims,
    Entity,
    Text,
    best,
    item_of,
    map_of,
    role_names_of,
    roles_of,
    text_in,
)
from tracker.text import clean_line

LABEL: Final = "Wikidata"
ADDRESS: Final = "https://www.wikidata.org"
PACE: Final = Pace(20, 10)
_PATH: Final = "/w/api.php"
_ALWAYS: Final = {"format": "json", "formatversion": "2", "maxlag": "5"}
_MOST_IDS: Final = 50
"""So many items may be asked for at once."""
_MOST_CAST: Final = 20
_MOST_ALIASES: Final = 15
_LAST_ITEM: Final = 2**31 - 1
"""An item beyond this is a mistake for Wikidata, which then says nothing about the others either."""
_LANGUAGES: Final = ("en", "mul", "ja", "ko", "zh", "th")
_NOTHING: Final = b'{"missing": ""}'
_BUSY: Final = frozenset({"maxlag", "ratelimited"})


def is_busy(body: bytes) -> bool:
    """Return whether an answer says that Wikidata wants to be asked later; its status is 200 all the same."""
    try:
        error = decode(body, Answer, LABEL).error
    except Unreadable:
        return False
    return error is not None and error.code in _BUSY


def parse_found(body: bytes) -> tuple[str, ...]:
    """Return the items that the body of `wbsearchentities` names, best first.

    Raises:
        Busy: Wikidata wants to be asked later.
        Unreadable: It is no such body, or says that the question is wrong.
    """
    found = _answer(body).search
    if found is None:
        raise Unreadable("Wikidata answered a search with something else.")
    return tuple(dict.fromkeys(hit.id for hit in found if SERVICES["wikidata"].fullmatch(hit.id)))


def parse_entities(body: bytes) -> dict[str, bytes]:
    """Return the items in the body of `wbgetentities`, each for itself, by the ids that they were asked for.

    Raises:
        Busy: Wikidata wants to be asked later.
        Unreadable: It is no such body, or says that the question is wrong.
    """
    found = _answer(body).entities
    if found is None:
        raise Unreadable("Wikidata answered the question for an item with something else.")
    return {key: bytes(raw) for key, raw in map_of(found).items()}


def parse_stamps(body: bytes) -> dict[str, str]:
    """Return the last revisions of items, from the body of `wbgetentities`; "" for one that is missing.

    Raises:
        Busy: Wikidata wants to be asked later.
        Unreadable: It is no such body, or says that the question is wrong.
    """
    return {key: str(_entity(one).lastrevid or "") for key, one in parse_entities(body).items()}


def parse_labels(body: bytes) -> dict[str, str]:
    """Return the names of items, from the body of `wbgetentities`; items without one are left out.

    Raises:
        Busy: Wikidata wants to be asked later.
        Unreadable: It is no such body, or says that the question is wrong.
    """
    found = {key: _label(_entity(one)) for key, one in parse_entities(body).items()}
    return {key: name for key, name in found.items() if name}


def referred(entity: bytes) -> frozenset[str]:
    """Return the items whose names are needed to tell what an item says.

    Raises:
        Unreadable: It is no item.
    """
    claims = _claims(_entity(entity))
    plain = (claims.networks, claims.genres, claims.directors, claims.writers)
    found = {item_of(claim.mainsnak) for several in plain for claim in best(several)}
    for claim in _parts(claims):
        found |= {item_of(claim.mainsnak), *roles_of(claim)}
    return frozenset(found - {""})


def parse_work(entity: bytes, key: str, today: date, region: str = "") -> Observation | None:
    """Return what an item says by itself, None where it is no series or film.

    Raises:
        Unreadable: It is no item.
    """
    one = _entity(entity)
    return _observed(one, key, today, region, {}) if one.missing is None and _is_work(_claims(one)) else None


def parse_entity(entity: bytes, key: str, today: date, region: str, labels: Mapping[str, str]) -> Observation:
    """Return what an item says, with the names of the items that it refers to.

    Raises:
        Unknown: There is no such item.
        Unreadable: It is no item.
    """
    one = _entity(entity)
    if one.missing is not None:
        raise Unknown(f"Wikidata has no item {key}.")
    return _observed(one, key, today, region, labels)


def _answer(body: bytes) -> Answer:
    answer = decode(body, Answer, LABEL)
    if answer.error is None:
        return answer
    if answer.error.code in _BUSY:
        raise Busy("Wikidata is busy at the moment; ask again later.")
    why = clean_line(answer.error.info or "") or clean_line(answer.error.code) or "without a reason"
    raise Unreadable(f"Wikidata did not answer the question: {why.rstrip('.')}.")


def _entity(body: bytes) -> Entity:
    return decode(body, Entity, LABEL)


def _claims(entity: Entity) -> Claims:
    return entity.claims if isinstance(entity.claims, Claims) else Claims()


def _observed(entity: Entity, key: str, today: date, region: str, labels: Mapping[str, str]) -> Observation:
    claims = _claims(entity)
    title = _label(entity)
    originals = names(text_in(claim.mainsnak) for claim in best(claims.original_titles))
    title = title or (originals[0] if originals else "")
    original = next((name for name in originals if name != title), "")
    is_film = _is_film(claims)
    release, is_regional = release_of(claims, today, places_in(region), is_film=is_film)
    sites = (address(text_in(claim.mainsnak)) for claim in best(claims.sites))

    def called(several: Iterable[Claim]) -> tuple[str, ...]:
        return names(labels.get(item_of(claim.mainsnak)) for claim in several)

    return Observation(
        source="wikidata",
        key=key,
        title=title,
        url=f"https://www.wikidata.org/wiki/{key}",
        original_title=original,
        aliases=tuple(name for name in _other_names(entity) if name not in (title, original))[:_MOST_ALIASES],
        kind="film" if is_film else "series",
        release=release,
        region=region if is_regional else "",
        networks=called(best(claims.networks)),
        countries=names(COUNTRIES.get(item_of(claim.mainsnak)) for claim in best(claims.countries)),
        genres=tuple(name.casefold() for name in called(best(claims.genres))),
        directors=called(best(claims.directors)),
        writers=called(best(claims.writers)),
        synopsis=_in_words(map_of(entity.descriptions)),
        cast=_cast(claims, labels),
        ids=_ids(claims, is_film=is_film),
        site=next((site for site in sites if site), ""),
        stamp=str(entity.lastrevid or ""),
    )


def _in_words(texts: Mapping[str, Text]) -> str:
    """Return the text in the first language that is known, or in any."""
    wanted = [texts[language] for language in _LANGUAGES if language in texts]
    return next(iter(names(text.value for text in (*wanted, *texts.values()))), "")


def _label(entity: Entity) -> str:
    return _in_words(map_of(entity.labels))


def _other_names(entity: Entity) -> tuple[str, ...]:
    also = (text for several in map_of(entity.aliases).values() for text in several)
    return names(text.value for text in (*also, *map_of(entity.labels).values()))


def _is_film(claims: Claims) -> bool:
    classes = {item_of(claim.mainsnak) for claim in best(claims.classes)}
    if classes & (FILMS | SERIES):
        return bool(classes & FILMS)
    # There are many more classes than are known here.
    return bool(claims.tmdb_movie) and not (claims.tmdb_tv or claims.tvmaze or claims.networks)


def _is_work(claims: Claims) -> bool:
    classes = {item_of(claim.mainsnak) for claim in best(claims.classes)}
    telling = (claims.tvmaze, claims.tmdb_tv, claims.tmdb_movie, claims.thetvdb, claims.networks, claims.cast)
    if classes & PARTS:
        return False
    return bool(classes & (FILMS | SERIES)) or any(telling) or bool(_imdb(claims))


def _imdb(claims: Claims) -> str:
    # People have an id there too, which begins with "nm".
    found = (clean_line(text_in(claim.mainsnak)) for claim in best(claims.imdb))
    return next((one for one in found if one.startswith("tt")), "")


def _ids(claims: Claims, *, is_film: bool) -> tuple[tuple[str, str], ...]:
    def only(several: tuple[Claim, ...], before: str = "") -> list[str]:
        numbers = (clean_line(text_in(claim.mainsnak)) for claim in best(several))
        return [f"{before}{one}" for one in numbers if re.fullmatch(r"[1-9]\d{0,9}", one)]

    tmdb = [only(claims.tmdb_tv, "tv/"), only(claims.tmdb_movie, "movie/")]
    all_ids = {
        "imdb": [_imdb(claims)],
        "thetvdb": only(claims.thetvdb),
        "tvmaze": only(claims.tvmaze),
        "tmdb": [*tmdb[1], *tmdb[0]] if is_film else [*tmdb[0], *tmdb[1]],
    }
    return tuple((name, found[0]) for name, found in all_ids.items() if found and found[0])


def _parts(claims: Claims) -> tuple[Claim, ...]:
    return (*best(claims.cast), *best(claims.voices))[:_MOST_CAST]


def _cast(claims: Claims, labels: Mapping[str, str]) -> tuple[Credit, ...]:
    found: dict[str, Credit] = {}
    for claim in _parts(claims):
        name = labels.get(item_of(claim.mainsnak), "")
        if name and name not in found:
            roles = names([*role_names_of(claim), *(labels.get(one) for one in roles_of(claim))])
            found[name] = Credit(name, roles[0] if roles else "")
    return tuple(found.values())


class Wikidata:
    """Wikidata as a source."""

    name = "wikidata"
    label = LABEL
    notice = NOTICES["wikidata"]

    def __init__(self, client: Client, now: Callable[[], datetime], region: str = "", at: str = "") -> None:
        self._client = client
        self._now = now
        self._region = region.strip().upper()
        self._service = Service(LABEL, at or ADDRESS, PACE)

    def search(self, words: str) -> tuple[Observation, ...]:
        """See `Source`: one request for items by their names, and one for what they are."""
        asked = {"search": words, "language": "en", "uselang": "en", "type": "item", "limit": "10"}
        keys = parse_found(self._ask("wbsearchentities", asked))
        if not keys:
            return ()
        props = "info|labels|aliases|descriptions|claims"
        entities = parse_entities(self._items(keys, props, _LANGUAGES))
        found, wrong = [], None
        for key in keys:
            try:
                found.append(parse_work(entities.get(key, _NOTHING), key, self._now().date(), self._region))
            except Unreadable as error:
                wrong = error
        works = tuple(one for one in found if one is not None)
        if wrong is not None and not works:
            raise wrong
        return works

    def moved(self, known: Mapping[str, Known]) -> frozenset[str]:
        """See `Source`: one request for the revisions of fifty."""
        old = [key for key, before in known.items() if before.stamp]
        same: set[str] = set()
        for keys in _slices(old, _MOST_IDS):
            stamps = parse_stamps(self._items(keys, "info"))
            same |= {key for key in keys if stamps.get(key) == known[key].stamp}
        return frozenset(known.keys() - same)

    def observe(self, keys: Sequence[str]) -> Iterator[Observation | Failure]:
        """See `Source`: one request for fifty, and one for the names of fifty that they refer to."""
        for key in keys:
            if not SERVICES[self.name].fullmatch(key):
                raise BadValue(f"“{key}” is no id of Wikidata.")
        for key in (one for one in keys if int(one[1:]) > _LAST_ITEM):
            yield Failure(key, Unknown(f"Wikidata has no item {key}."))
        labels: dict[str, str] = {}
        for found in self._batches([key for key in dict.fromkeys(keys) if int(key[1:]) <= _LAST_ITEM]):
            try:
                self._learn(found, labels)
            except SourceError as error:
                if ends_all(error):
                    raise
                # Without the names it would look as if the people and networks had gone.
                yield from (Failure(key, error) for key in found)
                continue
            for key, one in found.items():
                yield self._read(key, one, labels)

    def _batches(self, keys: Sequence[str]) -> Iterator[dict[str, bytes | SourceError]]:
        """Ask for items, and give what came for some of them at once."""
        waiting, size = list(keys), _MOST_IDS
        while waiting:
            batch = waiting[:size]
            found: dict[str, bytes | SourceError]
            try:
                found = _opened(self._items(batch, "info|labels|aliases|claims", _LANGUAGES), batch)
            except Unreadable as error:
                if len(batch) > 1:
                    # Fifty famous ones may be more than anybody sends or takes.
                    size = len(batch) // 4 or 1
                    continue
                found = {batch[0]: error}
            except SourceError as error:
                if ends_all(error):
                    raise
                found = dict.fromkeys(batch, error)
            yield found
            waiting = [key for key in waiting if key not in found]

    def _learn(self, found: Mapping[str, bytes | SourceError], labels: dict[str, str]) -> None:
        """Add the names of all items that these refer to, each asked for once."""
        needed: set[str] = set()
        for one in found.values():
            # What cannot be read is told where it is read as a whole.
            with suppress(Unreadable):
                needed |= referred(one) if isinstance(one, bytes) else set()
        for keys in _slices(sorted(needed - labels.keys()), _MOST_IDS):
            named = parse_labels(self._items(keys, "labels", _LANGUAGES[:2]))
            labels.update({key: named.get(key, "") for key in keys})

    def _read(self, key: str, found: bytes | SourceError, labels: Mapping[str, str]) -> Observation | Failure:
        if isinstance(found, SourceError):
            return Failure(key, found)
        try:
            return parse_entity(found, key, self._now().date(), self._region, labels)
        except (Unknown, Unreadable) as error:
            return Failure(key, error)

    def _items(self, keys: Sequence[str], props: str, languages: Sequence[str] = ()) -> bytes:
        asked = {"ids": "|".join(keys), "props": props}
        return self._ask("wbgetentities", {**asked, "languages": "|".join(languages)} if languages else asked)

    def _ask(self, action: str, asked: Mapping[str, str]) -> bytes:
        return self._client.get(self._service, _PATH, {"action": action, **asked, **_ALWAYS}, is_busy=is_busy)


def _opened(body: bytes, keys: Sequence[str]) -> dict[str, bytes | SourceError]:
    """Return what an answer has of the items that were asked for; it is cut where it would be too large."""
    try:
        entities = parse_entities(body)
    except (Busy, Unreadable) as error:
        return dict.fromkeys(keys, error)
    found: dict[str, bytes | SourceError] = {key: entities[key] for key in keys if key in entities}
    return found or dict.fromkeys(keys, Unreadable("Wikidata answered with other items than it was asked for."))


def _slices(keys: Sequence[str], size: int) -> Iterator[Sequence[str]]:
    return (keys[start : start + size] for start in range(0, len(keys), size))
