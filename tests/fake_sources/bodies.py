"""How each service writes what it knows: from records to answers, without a network.

The shapes follow recordings of real answers; see `tracker.sources` for what is read of them.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, date, datetime, timedelta
from typing import Any, Final, NamedTuple
from zlib import crc32

from tests.fake_sources.shows import STAGES, Channel, FakeShow

Query = Mapping[str, Sequence[str]]
Json = dict[str, Any]


class Record(NamedTuple):
    """What one service knows of a show."""

    show: FakeShow
    changed: int
    """Seconds since the epoch."""
    revision: int


class Answer(NamedTuple):
    """An answer before it is sent."""

    status: int
    body: bytes
    headers: Mapping[str, str] = {}


Records = Mapping[str, Record]
"""All that one service knows, by its ids."""


def data(value: object, status: int = 200, **headers: str) -> Answer:
    """Return an answer with a value as JSON; underscores in the names of headers become hyphens."""
    said = {"content-type": "application/json; charset=UTF-8", **{k.replace("_", "-"): v for k, v in headers.items()}}
    return Answer(status, json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode(), said)


def _number(name: str) -> int:
    """Return the id of a person or a channel, which follows from the name."""
    return 1 + crc32(name.encode()) % 9_999_999


def _slug(title: str) -> str:
    return re.sub(r"[^a-z0-9]+", "-", title.casefold()).strip("-") or "show"


def _is_named(show: FakeShow, words: str) -> bool:
    names = [show.title, show.original_title, *(aka.name for aka in show.akas)]
    return any(all(word in name.casefold() for word in words.casefold().split()) for name in names)


def _year(show: FakeShow) -> str:
    return show.premiered[:4] if show.premiered[:4].isdecimal() else ""


# TVmaze

_EMBEDS: Final = ("cast", "crew", "akas", "nextepisode", "previousepisode", "seasons", "episodes")
_SINCE: Final = {"day": 1, "week": 7, "month": 30}


def tvmaze(path: str, query: Query, shelf: Records, now: float) -> Answer:
    """Return what TVmaze answers."""
    if path == "/search/shows":
        found = [record for record in shelf.values() if _is_named(record.show, query.get("q", [""])[0])]
        return data([{"score": 9.5 - place, "show": _maze_show(one)} for place, one in enumerate(found[:10])])
    if path == "/updates/shows":
        days = _SINCE.get(query.get("since", [""])[0])
        start = now - days * 86400 if days else 0.0
        # PHP writes a map without entries as a list.
        return data({key: record.changed for key, record in shelf.items() if record.changed >= start} or [])
    if found_id := re.fullmatch(r"/shows/(\d+)", path):
        wanted = [*query.get("embed[]", ()), *query.get("embed", ())]
        if any(name not in _EMBEDS for name in wanted):
            return data(_envelope("Bad Request", "Invalid embed type", 400), 400)
        if (record := shelf.get(found_id[1])) is not None:
            return data(_maze_show(record, wanted))
    return data(_envelope("Not Found", "", 404), 404)


def _envelope(name: str, message: str, status: int) -> Json:
    return {"name": name, "message": message, "code": 0, "status": status}


def _maze_show(record: Record, embed: Sequence[str] = ()) -> Json:
    show = record.show
    page = f"https://www.tvmaze.com/shows/{show.tvmaze}/{_slug(show.title)}"
    links: Json = {"self": {"href": f"https://api.tvmaze.com/shows/{show.tvmaze}"}}
    if show.next_episode is not None:
        links["nextepisode"] = {"href": "https://api.tvmaze.com/episodes/9", "name": show.next_episode.name}
    day = show.day
    body: Json = {
        "id": show.tvmaze, "url": page, "name": show.title, "type": "Scripted",
        "language": {"ja": "Japanese", "ko": "Korean"}.get(show.language, "English"), "genres": list(show.genres),
        "status": show.word or STAGES[show.stage].tvmaze, "runtime": None, "averageRuntime": 48 if day else None,
        "premiered": day or None, "ended": show.ended or None, "officialSite": show.site or None,
        "schedule": {"time": show.next_episode.airtime if show.next_episode else "", "days": []},
        "rating": {"average": None}, "weight": 50, "network": _maze_channel(show.network),
        "webChannel": _maze_channel(show.web), "dvdCountry": None,
        "externals": {"tvrage": None, "thetvdb": show.thetvdb, "imdb": show.imdb}, "image": None,
        "summary": show.synopsis or None, "updated": record.changed, "_links": links,
    }  # fmt: skip
    if embed:
        body["_embedded"] = _maze_embedded(show, embed)
    return body


def _maze_channel(channel: Channel | None) -> Json | None:
    if channel is None:
        return None
    country = {"name": channel.country, "code": channel.country, "timezone": channel.timezone}
    return {
        "id": _number(channel.name), "name": channel.name, "country": country if channel.country else None,
        "officialSite": None,
    }  # fmt: skip


def _maze_person(name: str) -> Json:
    return {
        "id": _number(name), "url": f"https://www.tvmaze.com/people/{_number(name)}", "name": name, "country": None,
        "birthday": None, "deathday": None, "gender": None, "image": None, "updated": 1,
    }  # fmt: skip


def _maze_embedded(show: FakeShow, wanted: Sequence[str]) -> Json:
    episode = show.next_episode
    embedded: Json = {
        "cast": [
            {"person": _maze_person(actor), "character": _maze_person(role), "self": False, "voice": False}
            for actor, role in show.cast
        ],
        "crew": [{"type": job, "person": _maze_person(name)} for job, name in show.crew],
        "akas": [
            {"name": aka.name, "country": {"name": aka.country, "code": aka.country} if aka.country else None}
            for aka in show.akas
        ],
        "seasons": [], "episodes": [],
    }  # fmt: skip
    if episode is not None:
        embedded["nextepisode"] = {
            "id": 9, "name": episode.name, "season": episode.season, "number": episode.number, "type": "regular",
            "airdate": episode.airdate, "airtime": episode.airtime, "airstamp": episode.airstamp, "runtime": None,
            "rating": {"average": None}, "image": None, "summary": None,
        }  # fmt: skip
    # What resolves to nothing is absent, not null.
    return {name: embedded[name] for name in wanted if name in embedded}


# TMDB

_PAGE: Final = 20
_FEED_PAGE: Final = 100
_NOT_FOUND: Final = (34, "The resource you requested could not be found.", 404)
REFUSED: Final = (7, "Invalid API key: You must be granted a valid key.", 401)


def tmdb_error(code: int, message: str, status: int) -> Answer:
    """Return the envelope in which TMDB says that something is wrong."""
    return data({"success": False, "status_code": code, "status_message": message}, status)


def tmdb(path: str, query: Query, shelf: Records, gone: Mapping[str, int], now: float) -> Answer:
    """Return what TMDB answers to those whom it lets in; `path` begins behind "/3"."""
    try:
        page = int(query.get("page", ["1"])[0])
    except ValueError:
        page = 0
    if not 1 <= page <= 500:
        message = "Invalid page: Pages start at 1 and max at 500. They are expected to be an integer."
        return tmdb_error(22, message, 400)
    if path == "/search/multi":
        return _tmdb_search(query.get("query", [""])[0], shelf, page)
    if found := re.fullmatch(r"/(tv|movie)/changes", path):
        return _tmdb_changes(found[1], query, shelf, gone, now, page)
    if (found := re.fullmatch(r"/((?:tv|movie)/\d+)(?:/external_ids)?", path)) and found[1] in shelf:
        show = shelf[found[1]].show
        if path.endswith("/external_ids"):
            return data({"id": _tmdb_id(show), **_tmdb_ids(show)})
        parts = _tmdb_parts(show)
        wanted = query.get("append_to_response", [""])[0].split(",")
        return data({**_tmdb_work(show), **{name: parts[name] for name in wanted if name in parts}})
    return tmdb_error(*_NOT_FOUND)


def _tmdb_id(show: FakeShow) -> int:
    return int((show.tmdb or "tv/0").rpartition("/")[2])


def _last_episode(show: FakeShow) -> dict[str, Any] | None:
    """Return the episode that TMDB says was shown last; there is one of what is, or was, on air."""
    if show.stage not in ("airing", "undecided", "ended") or not show.premiered:
        return None
    return {"id": 8, "name": "", "air_date": show.premiered, "season_number": 1, "episode_number": 1}


def _is_tv(show: FakeShow) -> bool:
    return (show.tmdb or "").startswith("tv/")


def _plain(html: str) -> str:
    return re.sub(r"<[^>]*>", "", html)


def _tmdb_names(show: FakeShow) -> Json:
    names = {"name": show.title, "original_name": show.original_title or show.title}
    if _is_tv(show):
        return {**names, "first_air_date": show.day, "origin_country": list(show.countries)}
    return {"title": names["name"], "original_title": names["original_name"], "release_date": show.day}


def _tmdb_hit(show: FakeShow) -> Json:
    return {
        "adult": False, "backdrop_path": None, "id": _tmdb_id(show), **_tmdb_names(show),
        "overview": _plain(show.synopsis), "poster_path": None, "media_type": "tv" if _is_tv(show) else "movie",
        "original_language": show.language, "genre_ids": [18], "popularity": 1.5, "softcore": False,
        "vote_average": 0.0, "vote_count": 0,
    }  # fmt: skip


def _pages(results: Sequence[Json], page: int, size: int) -> Json:
    total = max(1, -(-len(results) // size))
    shown = list(results[(page - 1) * size : page * size])
    return {"page": page, "results": shown, "total_pages": total, "total_results": len(results)}


def _tmdb_search(words: str, shelf: Records, page: int) -> Answer:
    people = sorted({part.actor for record in shelf.values() for part in record.show.cast})
    hits = [_tmdb_hit(record.show) for record in shelf.values() if words and _is_named(record.show, words)]
    # People of that name are found too.
    hits += [
        {"id": _number(name), "name": name, "original_name": name, "media_type": "person", "known_for": []}
        for name in people
        if words and words.casefold() in name.casefold()
    ]
    return data(_pages(hits, page, _PAGE))


def _tmdb_changes(
    kind: str, query: Query, shelf: Records, gone: Mapping[str, int], now: float, page: int
) -> Answer:  # fmt: skip
    today = datetime.fromtimestamp(now, UTC).date()
    try:
        end = date.fromisoformat(query["end_date"][0]) if "end_date" in query else today
        start = date.fromisoformat(query["start_date"][0]) if "start_date" in query else end - timedelta(days=1)
    except ValueError:
        start, end = date.min, today
    if not timedelta(0) <= end - start <= timedelta(days=14):
        return tmdb_error(20, "Invalid date range: Should be a range no longer than 14 days.", 422)
    stamps = {key: record.changed for key, record in shelf.items()}
    rows = [
        # What was deleted is among the changes too.
        {"id": int(key.rpartition("/")[2]), "adult": None if key in gone else False}
        for key, changed in {**stamps, **gone}.items()
        if key.startswith(f"{kind}/") and start <= datetime.fromtimestamp(changed, UTC).date() <= end
    ]
    return data(_pages(rows, page, _FEED_PAGE))


def _tmdb_work(show: FakeShow) -> Json:
    stage = STAGES[show.stage]
    body: Json = {
        "adult": False, "backdrop_path": None, "id": _tmdb_id(show), **_tmdb_names(show),
        "genres": [{"id": _number(name), "name": name} for name in show.genres], "homepage": show.site,
        "origin_country": list(show.countries), "original_language": show.language,
        "overview": _plain(show.synopsis), "popularity": 1.5, "poster_path": None, "production_companies": [],
        "production_countries": [{"iso_3166_1": code, "name": code} for code in show.countries],
        "softcore": False, "spoken_languages": [], "tagline": "", "vote_average": 0.0, "vote_count": 0,
    }  # fmt: skip
    if not _is_tv(show):
        more = {"imdb_id": show.imdb, "runtime": 0, "video": False, "budget": 0, "belongs_to_collection": None}
        return {**body, **more, "status": show.word or stage.movie}
    channels = [one for one in (show.network, show.web) if one is not None]
    episode = show.next_episode
    return {
        **body, "status": show.word or stage.tv, "in_production": show.stage not in ("ended", "cancelled"),
        "last_air_date": show.ended or None, "last_episode_to_air": _last_episode(show), "type": "Scripted",
        "created_by": [{"id": _number(name), "name": name} for job, name in show.crew if job == "Creator"],
        "networks": [
            {"id": _number(one.name), "logo_path": None, "name": one.name, "origin_country": one.country}
            for one in channels
        ],
        "next_episode_to_air": None if episode is None else {
            "id": 9, "name": episode.name, "air_date": episode.airdate, "season_number": episode.season,
            "episode_number": episode.number, "show_id": _tmdb_id(show), "runtime": None,
        },
        "number_of_episodes": 1, "number_of_seasons": 1,
        # It is there before anything is known of it.
        "seasons": [{"air_date": show.day or None, "episode_count": 1, "id": 1, "name": "Season 1",
                     "overview": "", "poster_path": None, "season_number": 1, "vote_average": 0.0}],
    }  # fmt: skip


def _tmdb_ids(show: FakeShow) -> Json:
    ids: Json = {"imdb_id": show.imdb, "wikidata_id": show.wikidata, "facebook_id": None, "instagram_id": None}
    return {**ids, "tvdb_id": show.thetvdb, "tvrage_id": None} if _is_tv(show) else ids


def _tmdb_parts(show: FakeShow) -> Json:
    cast = [(_tmdb_person(actor), role) for actor, role in show.cast]
    crew = [(_tmdb_person(name), job) for job, name in show.crew if job != "Creator"]
    titles = [{"iso_3166_1": aka.country, "title": aka.name, "type": ""} for aka in show.akas]
    parts: Json = {
        "external_ids": _tmdb_ids(show),
        "credits": {
            "cast": [{**who, "character": role, "order": place} for place, (who, role) in enumerate(cast)],
            "crew": [{**who, "department": "Crew", "job": job} for who, job in crew],
        },
        "watch/providers": {"results": _tmdb_offers(show)},
    }
    if not _is_tv(show):
        rows = {code: [one for one in show.releases if one.country == code] for code, *_ in show.releases}
        dates = [
            {"iso_3166_1": code, "release_dates": [
                {"certification": "", "descriptors": [], "iso_639_1": "", "note": one.note,
                 "release_date": f"{one.day}T00:00:00.000Z", "type": one.type} for one in found
            ]} for code, found in rows.items()
        ]  # fmt: skip
        return {**parts, "alternative_titles": {"titles": titles}, "release_dates": {"results": dates}}
    parts["aggregate_credits"] = {
        "cast": [{**who, "roles": [{"character": role, "episode_count": 1}], "order": 0} for who, role in cast],
        "crew": [{**who, "jobs": [{"job": job, "episode_count": 1}], "department": "Crew"} for who, job in crew],
    }
    return {**parts, "alternative_titles": {"results": titles}}


def _tmdb_person(name: str) -> Json:
    return {"adult": False, "gender": 0, "id": _number(name), "name": name, "original_name": name, "popularity": 0.1}


def _tmdb_offers(show: FakeShow) -> Json:
    found: Json = {}
    for place, (country, provider) in enumerate(show.offers):
        entry = found.setdefault(country, {"link": None, "flatrate": []})
        entry["flatrate"].append(
            {"provider_id": _number(provider), "provider_name": provider, "display_priority": place, "logo_path": None}
        )
    return found


# Wikidata

_MOST_IDS: Final = 50
_COUNTRIES: Final = {"JP": "Q17", "KR": "Q884", "GB": "Q145", "US": "Q30", "CA": "Q16", "DE": "Q183", "FR": "Q142"}
_CODES: Final = {item: code for code, item in _COUNTRIES.items()}
_SERIES: Final = "Q5398426"
_FILM: Final = "Q11424"
_PERSON: Final = "Q5"


def wikidata(path: str, query: Query, shelf: Records) -> Answer:
    """Return what Wikidata answers."""
    asked = {name: values[0] for name, values in query.items() if values}
    if path != "/w/api.php" or asked.get("format") != "json":
        # Its own form for people.
        return Answer(
            200, b"<!DOCTYPE html><html><body>MediaWiki API help</body></html>", {"content-type": "text/html"}
        )
    match asked.get("action"):
        case "wbsearchentities":
            return data(_wiki_search(asked, shelf))
        case "wbgetentities":
            return data(_wiki_entities(asked, shelf))
    return data(wikidata_error("badvalue", 'Unrecognized value for parameter "action".'))


def wikidata_error(code: str, info: str) -> Json:
    """Return the envelope in which Wikidata says, with status 200, that something is wrong."""
    return {"error": {"code": code, "info": info, "docref": "See https://www.wikidata.org/w/api.php"}, "servedby": "x"}


def _item(name: str) -> str:
    return f"Q992{_number(name):07}"


def _others(shelf: Records) -> dict[str, tuple[str, str]]:
    """Return the items that shows point to, with their names and what they are."""
    found: dict[str, tuple[str, str]] = {}
    for record in shelf.values():
        show = record.show
        people = [*(part.actor for part in show.cast), *(maker.name for maker in show.crew)]
        channels = [one.name for one in (show.network, show.web) if one is not None]
        named = {**dict.fromkeys(people, _PERSON), **dict.fromkeys(channels, "Q15416"),
                 **dict.fromkeys(show.genres, "Q201658")}  # fmt: skip
        found |= {_item(name): (name, kind) for name, kind in named.items()}
    return found | {item: (f"Country {code}", "Q6256") for item, code in _CODES.items()}


def _wiki_search(asked: Mapping[str, str], shelf: Records) -> Json:
    words = asked.get("search", "").casefold()
    hits: list[Json] = []
    for key, record in shelf.items():
        show = record.show
        names = [show.title, show.original_title, *(aka.name for aka in show.akas)]
        found = next((name for name in names if name.casefold().startswith(words)), None) if words else None
        if found is not None:
            hits.append(_wiki_hit(key, show.title, _wiki_description(show), found))
    for key, (name, _) in sorted(_others(shelf).items()):
        if words and name.casefold().startswith(words):
            hits.append(_wiki_hit(key, name, "", name))
    most, start = int(asked.get("limit", "7")), int(asked.get("continue", "0"))
    body: Json = {"searchinfo": {"search": asked.get("search", "")}, "search": hits[start : start + most]}
    if len(hits) > start + most:
        body["search-continue"] = start + most
    return {**body, "success": 1}


def _wiki_hit(key: str, label: str, description: str, found: str) -> Json:
    hit: Json = {
        "id": key, "title": key, "pageid": 1, "concepturi": f"http://www.wikidata.org/entity/{key}",
        "repository": "wikidata", "url": f"//www.wikidata.org/wiki/{key}", "label": label,
        "display": {"label": {"value": label, "language": "en"}},
        "match": {"type": "label" if found == label else "alias", "language": "en", "text": found},
    }  # fmt: skip
    if description:
        hit["description"] = description
    return hit


def _wiki_description(show: FakeShow) -> str:
    return f"{_year(show)} {'film' if show.kind == 'film' else 'television series'}".strip()


def _wiki_entities(asked: Mapping[str, str], shelf: Records) -> Json:
    ids = [one for one in asked.get("ids", "").split("|") if one]
    if len(ids) > _MOST_IDS:
        return wikidata_error("toomanyvalues", 'Too many values supplied for parameter "ids". The limit is 50.')
    if wrong := [one for one in ids if not re.fullmatch(r"Q[1-9]\d*", one)]:
        return wikidata_error("no-such-entity", f'Could not find an entity with the ID "{wrong[0]}".')
    props = asked.get("props", "info|sitelinks|aliases|labels|descriptions|claims").split("|")
    languages = asked["languages"].split("|") if "languages" in asked else None
    others = _others(shelf)
    entities: Json = {}
    for key in ids:
        if key in shelf:
            entities[key] = _wiki_entity(shelf[key], props, languages)
        elif key in others:
            name, kind = others[key]
            claims = {"P31": [_claim("P31", _points_to(kind))]}
            if key in _CODES:
                claims["P297"] = [_claim("P297", _text(_CODES[key]))]
            # Names of people are the same in all languages, and are kept once.
            labels = {"mul" if kind == _PERSON else "en": name}
            entities[key] = _wiki_item(key, 1, 1, props, _spoken(labels, languages), {}, {}, claims)
        else:
            entities[key] = {"id": key, "missing": ""}
    return {"entities": entities, "success": 1}


def _spoken(names: Mapping[str, str], languages: Sequence[str] | None) -> Json:
    return {
        language: {"language": language, "value": name}
        for language, name in names.items()
        if name and (languages is None or language in languages)
    }


def _wiki_entity(record: Record, props: Sequence[str], languages: Sequence[str] | None) -> Json:
    show = record.show
    labels = _spoken({"en": show.title, show.language: show.original_title or show.title}, languages)
    aliases = {
        "en": [{"language": "en", "value": aka.name} for aka in show.akas if aka.name != show.original_title]
    }  # fmt: skip
    aliases = aliases if aliases["en"] and (languages is None or "en" in languages) else {}
    said = _spoken({"en": _wiki_description(show)}, languages)
    key = show.wikidata or "Q0"
    return _wiki_item(key, record.revision, record.changed, props, labels, said, aliases, _wiki_claims(show))


def _wiki_item(
    key: str, revision: int, changed: int, props: Sequence[str], labels: Json, said: Json, aliases: Json, claims: Json
) -> Json:
    modified = datetime.fromtimestamp(changed, UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    info: Json = {"pageid": 1, "ns": 0, "title": key, "lastrevid": revision, "modified": modified}
    # PHP knows no difference between an empty list and an empty map.
    parts: Json = {
        "labels": labels or [], "descriptions": said or [], "aliases": aliases or [], "claims": claims or [],
        "sitelinks": [],
    }  # fmt: skip
    wanted = {name: parts[name] for name in props if name in parts}
    return {**(info if "info" in props else {}), "type": "item", "id": key, **wanted}


def _claim(prop: str, value: Json | None, qualifiers: Mapping[str, Json] | None = None) -> Json:
    claim: Json = {"mainsnak": _snak(prop, value), "type": "statement", "id": f"{prop}$1", "rank": "normal"}
    if qualifiers:
        claim["qualifiers"] = {name: [_snak(name, said)] for name, said in qualifiers.items()}
        claim["qualifiers-order"] = list(qualifiers)
    return claim


def _snak(prop: str, value: Json | None) -> Json:
    if value is None:
        return {"snaktype": "somevalue", "property": prop, "hash": "0", "datatype": "time"}
    kinds = {"wikibase-entityid": "wikibase-item", "monolingualtext": "monolingualtext", "time": "time"}
    kind = kinds.get(value["type"], "string")
    return {"snaktype": "value", "property": prop, "hash": "0", "datavalue": value, "datatype": kind}


def _text(value: str) -> Json:
    return {"value": value, "type": "string"}


def _points_to(item: str) -> Json:
    value = {"entity-type": "item", "numeric-id": int(item[1:]), "id": item}
    return {"value": value, "type": "wikibase-entityid"}


def _time(text: str) -> Json | None:
    """Return a day, a month or a year; None for what is said to be unknown."""
    if text == "?":
        return None
    # A year is kept with a month and a day that mean nothing, a month with a day zero.
    written, precision = {4: (f"{text}-01-01", 9), 7: (f"{text}-00", 10)}.get(len(text), (text, 11))
    value = {
        "time": f"+{written}T00:00:00Z", "timezone": 0, "before": 0, "after": 0, "precision": precision,
        "calendarmodel": "http://www.wikidata.org/entity/Q1985727",
    }  # fmt: skip
    return {"value": value, "type": "time"}


def _wiki_claims(show: FakeShow) -> Json:
    is_film = show.kind == "film"
    kind, number = (show.tmdb or "/").split("/")
    texts = {
        "P345": show.imdb or "", "P8600": str(show.tvmaze or ""), "P4835": str(show.thetvdb or ""),
        "P4983" if kind == "tv" else "P4947": number, "P856": show.site,
    }  # fmt: skip
    channels = [one.name for one in (show.network, show.web) if one is not None]
    items: list[tuple[str, Iterable[str]]] = [
        ("P31", [_FILM if is_film else _SERIES]),
        ("P495", [_COUNTRIES[code] for code in show.countries if code in _COUNTRIES]),
        ("P449", map(_item, channels)),
        ("P136", map(_item, show.genres)),
        ("P57", [_item(name) for job, name in show.crew if job == "Director"]),
        ("P58", [_item(name) for job, name in show.crew if job == "Writer"]),
        ("P170", [_item(name) for job, name in show.crew if job == "Creator"]),
    ]
    claims: Json = {prop: [_claim(prop, _points_to(item)) for item in found] for prop, found in items}
    claims |= {prop: [_claim(prop, _text(value))] for prop, value in texts.items() if value}
    claims["P161"] = [
        _claim("P161", _points_to(_item(actor)), {"P4633": _text(role)} if role else None) for actor, role in show.cast
    ]
    if show.original_title:
        value = {"text": show.original_title, "language": show.language}
        claims["P1476"] = [_claim("P1476", {"value": value, "type": "monolingualtext"})]
    if show.releases:
        claims["P577"] = [
            _claim("P577", _time(one.day), {"P291": _points_to(_COUNTRIES[one.country])})
            for one in show.releases
            if one.type > 1
        ]
    elif show.premiered:
        prop = "P577" if is_film else "P580"
        claims[prop] = [_claim(prop, _time(show.premiered))]
    if show.ended:
        claims["P582"] = [_claim("P582", _time(show.ended))]
    return {prop: found for prop, found in claims.items() if found}
