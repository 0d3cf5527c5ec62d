"""The answers of each source, without a network; the shapes follow recordings, as far as the program reads them."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime, timedelta
from http import HTTPStatus
from typing import Any, Final, NamedTuple
from zlib import crc32

from tests.fake_sources.shows import STAGES, Channel, FakeShow, Season

Query = Mapping[str, Sequence[str]]
Json = dict[str, Any]


class Record(NamedTuple):
    """What one source knows of a show."""

    show: FakeShow
    changed: int  # seconds since the epoch
    revision: int


class Answer(NamedTuple):
    """An answer before it is sent."""

    status: int
    body: bytes
    headers: Mapping[str, str] = {}

    def encode(self) -> bytes:
        """Return what is sent."""
        length = {} if self.status == 304 else {"content-length": str(len(self.body))}
        lines = [f"HTTP/1.1 {self.status} {HTTPStatus(self.status).phrase}"]
        lines += [f"{name}: {value}" for name, value in {**self.headers, **length}.items()]
        return "\r\n".join([*lines, "", ""]).encode("latin-1") + self.body


LANGUAGES: Final = {"en": "English", "ja": "Japanese", "ko": "Korean", "th": "Thai", "zh": "Chinese", "de": "German"}
Records = Mapping[str, Record]  # all that one source knows, by its ids


def data(value: object, status: int = 200, **headers: str) -> Answer:
    """Return an answer with a value as JSON; underscores in the names of headers become hyphens."""
    named = {"content-type": "application/json; charset=UTF-8", **{k.replace("_", "-"): v for k, v in headers.items()}}
    return Answer(status, json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode(), named)


def _number(name: str) -> int:
    """Return the id of a person or a channel, which follows from the name."""
    return 1 + crc32(name.encode()) % 9_999_999


def _names(show: FakeShow) -> list[str]:
    return [show.title, show.original_title, *(aka.name for aka in show.akas)]


def _matches(show: FakeShow, words: str) -> bool:
    return any(all(word in name.casefold() for word in words.casefold().split()) for name in _names(show))


def _channels(show: FakeShow) -> list[str]:
    return [channel.name for channel in (show.network, show.web) if channel is not None]


# TVmaze


def tvmaze(path: str, query: Query, records: Records, now: float) -> Answer:
    """Return what TVmaze answers."""
    if path == "/search/shows":
        hits = [record for record in records.values() if _matches(record.show, query.get("q", [""])[0])]
        return data([{"score": 9.5 - place, "show": _maze_show(hit)} for place, hit in enumerate(hits[:10])])
    if path == "/updates/shows":
        days = {"day": 1, "week": 7, "month": 30}.get(query.get("since", [""])[0])
        start = now - days * 86400 if days else 0.0
        # PHP writes a map without entries as a list.
        return data({key: record.changed for key, record in records.items() if record.changed >= start} or [])
    if path == "/lookup/shows":
        wanted = {site: values[0] for site, values in query.items() if site in ("imdb", "thetvdb")}
        known = {key: {"imdb": one.show.imdb, "thetvdb": str(one.show.thetvdb)} for key, one in records.items()}
        found = next((key for key, ids in known.items() if ids.items() & wanted.items()), None)
        return data(None, 404) if found is None else data(None, 301, location=f"/shows/{found}")
    match_ = re.fullmatch(r"/shows/(\d+)", path)
    if match_ and (record := records.get(match_[1])) is not None:
        return data(_maze_show(record, query.get("embed[]", ())))
    return data({"name": "Not Found", "message": "", "code": 0, "status": 404}, 404)


def _maze_show(record: Record, embed: Sequence[str] = ()) -> Json:
    show = record.show
    slug = re.sub(r"[^a-z0-9]+", "-", show.title.casefold()).strip("-") or "show"
    body: Json = {
        "id": show.tvmaze, "url": f"https://www.tvmaze.com/shows/{show.tvmaze}/{slug}", "name": show.title,
        "type": "Scripted", "language": LANGUAGES[show.language], "genres": list(show.genres),
        "status": show.word or STAGES[show.stage].tvmaze,
        "premiered": show.day or None, "ended": show.ended or None, "officialSite": show.site or None,
        "network": _maze_channel(show.network), "webChannel": _maze_channel(show.web),
        "externals": {"tvrage": None, "thetvdb": show.thetvdb, "imdb": show.imdb},
        "summary": show.synopsis or None, "updated": record.changed,
    }  # fmt: skip
    return {**body, "_embedded": _maze_embedded(show, embed)} if embed else body


def _maze_channel(channel: Channel | None) -> Json | None:
    if channel is None:
        return None
    return {"name": channel.name, "country": {"code": channel.country} if channel.country else None}


def _maze_embedded(show: FakeShow, wanted: Sequence[str]) -> Json:
    embedded: Json = {
        "cast": [{"person": {"name": actor}, "character": {"name": role}} for actor, role in show.cast],
        "crew": [{"type": job, "person": {"name": name}} for job, name in show.crew],
        "akas": [{"name": aka.name, "country": {"code": aka.country} if aka.country else None} for aka in show.akas],
    }
    embedded["seasons"] = [
        {
            "number": season.number,
            "episodeOrder": season.order,
            "premiereDate": season.premiered or None,
            "endDate": max((day[:10] for day in season.days), default="") or None,
        }
        for season in show.seasons
    ]
    embedded["episodes"] = [
        {
            "season": season.number,
            "number": number,
            "name": f"Episode {number}",
            "type": "regular",
            "airdate": day[:10],
            "airtime": day[11:16],
            "airstamp": day if day[11:] else day and f"{day}T12:00:00+00:00",
        }
        for season in show.seasons
        for number, day in enumerate(season.days, 1)
    ]
    if (episode := show.next_episode) is not None:
        # Without one the key is absent, not null.
        embedded["nextepisode"] = episode._asdict()
    return {name: embedded[name] for name in wanted if name in embedded}


# TMDB

REFUSED: Final = (7, "Invalid API key: You must be granted a valid key.", 401)


def tmdb_error(code: int, message: str, status: int) -> Answer:
    """Return the envelope in which TMDB says that something is wrong."""
    return data({"success": False, "status_code": code, "status_message": message}, status)


def tmdb(path: str, query: Query, records: Records, removed: Mapping[str, int], now: float) -> Answer:
    """Return what TMDB answers to those whom it lets in; `path` begins behind "/3"."""
    page = int(query.get("page", ["1"])[0])
    if path == "/search/multi":
        return _tmdb_search(query.get("query", [""])[0], records, page)
    if match_ := re.fullmatch(r"/(tv|movie)/changes", path):
        return _tmdb_changes(match_[1], query, records, removed, now, page)
    if match_ := re.fullmatch(r"/find/(\w+)", path):
        return _tmdb_find(match_[1], query.get("external_source", [""])[0], records)
    match_ = re.fullmatch(r"/((?:tv|movie)/\d+)(?:/external_ids)?", path)
    if match_ and match_[1] in records:
        show = records[match_[1]].show
        if path.endswith("/external_ids"):
            return data({"id": _tmdb_id(show), **_tmdb_ids(show)})
        parts = _tmdb_parts(show)
        wanted = query.get("append_to_response", [""])[0].split(",")
        today = datetime.fromtimestamp(now, UTC).date().isoformat()
        return data({**_tmdb_work(show, today), **{name: parts[name] for name in wanted if name in parts}})
    return tmdb_error(34, "The resource you requested could not be found.", 404)


def _tmdb_id(show: FakeShow) -> int:
    return int((show.tmdb or "tv/0").rpartition("/")[2])


def _is_tv(show: FakeShow) -> bool:
    return (show.tmdb or "").startswith("tv/")


def _tmdb_summary(show: FakeShow) -> Json:
    title, original = show.title, show.original_title or show.title
    body: Json = {
        "id": _tmdb_id(show),
        "original_language": show.language,
        "overview": re.sub(r"<[^>]*>", "", show.synopsis),
    }
    if _is_tv(show):
        names = {"name": title, "original_name": original, "first_air_date": show.day}
        return {**body, **names, "origin_country": list(show.countries)}
    return {**body, "title": title, "original_title": original, "release_date": show.day}


def _pages(results: Sequence[Json], page: int, size: int) -> Json:
    total = max(1, -(-len(results) // size))
    shown = list(results[(page - 1) * size : page * size])
    return {"page": page, "results": shown, "total_pages": total, "total_results": len(results)}


def _tmdb_search(words: str, records: Records, page: int) -> Answer:
    shows = [record.show for record in records.values() if _matches(record.show, words)]
    hits = [{**_tmdb_summary(show), "media_type": "tv" if _is_tv(show) else "movie"} for show in shows]
    people = sorted({part.actor for record in records.values() for part in record.show.cast})
    hits += [
        {"id": _number(name), "name": name, "original_name": name, "media_type": "person"}
        for name in people
        if words.casefold() in name.casefold()
    ]
    return data(_pages(hits, page, 20))


EPISODE: Final = "tt99000999"
"""The id of an episode at IMDb."""


def _tmdb_find(key: str, source: str, records: Records) -> Answer:
    if source not in ("imdb_id", "tvdb_id", "wikidata_id"):
        return tmdb_error(5, "Invalid parameters: Your request parameters are incorrect.", 400)
    shows = [record.show for record in records.values() if str(_tmdb_ids(record.show).get(source)) == key]
    return data({
        "movie_results": [_tmdb_summary(show) for show in shows if not _is_tv(show)],
        "person_results": [],
        "tv_results": [_tmdb_summary(show) for show in shows if _is_tv(show)],
        "tv_episode_results": [{"id": 7, "show_id": 201, "name": "Pilot"}] if key == EPISODE else [],
        "tv_season_results": [],
    })  # fmt: skip


def _tmdb_changes(
    kind: str, query: Query, records: Records, removed: Mapping[str, int], now: float, page: int
) -> Answer:  # fmt: skip
    today = datetime.fromtimestamp(now, UTC).date()
    end = date.fromisoformat(query["end_date"][0]) if "end_date" in query else today
    start = date.fromisoformat(query["start_date"][0]) if "start_date" in query else end - timedelta(days=1)
    if not timedelta(0) <= end - start <= timedelta(days=14):
        return tmdb_error(20, "Invalid date range: Should be a range no longer than 14 days.", 422)
    # What was deleted is among the changes too.
    stamps = {**{key: record.changed for key, record in records.items()}, **removed}
    rows = [
        {"id": int(key.rpartition("/")[2]), "adult": None if key in removed else False}
        for key, changed in stamps.items()
        if key.startswith(f"{kind}/") and start <= datetime.fromtimestamp(changed, UTC).date() <= end
    ]
    return data(_pages(rows, page, 100))


def _tmdb_work(show: FakeShow, today: str) -> Json:
    stage = STAGES[show.stage]
    body: Json = {
        **_tmdb_summary(show), "genres": [{"name": name} for name in show.genres], "homepage": show.site,
        "origin_country": list(show.countries),
        "production_countries": [{"iso_3166_1": code} for code in show.countries],
    }  # fmt: skip
    if not _is_tv(show):
        return {**body, "imdb_id": show.imdb, "status": show.word or stage.movie}
    episode = show.next_episode
    has_aired = show.stage in ("airing", "undecided", "ended") and show.premiered
    return {
        **body, "status": show.word or stage.tv, "last_air_date": show.ended or None,
        "last_episode_to_air": _tmdb_last_episode(show, today) or ({"air_date": show.premiered} if has_aired else None),
        "seasons": [
            {"season_number": season.number, "air_date": season.premiered or None, "episode_count": len(season.days)}
            for season in show.seasons
        ],
        "created_by": [{"name": name} for job, name in show.crew if job == "Creator"],
        "networks": [{"name": name} for name in _channels(show)],
        "next_episode_to_air": None if episode is None else {
            "name": episode.name, "air_date": episode.airdate, "season_number": episode.season,
            "episode_number": episode.number,
        },
    }  # fmt: skip


def _tmdb_last_episode(show: FakeShow, today: str) -> Json | None:
    shown = [
        (season, number, day[:10])
        for season in show.seasons
        for number, day in enumerate(season.days, 1)
        if day and day[:10] <= today
    ]
    if not shown:
        return None
    season, number, day = shown[-1]
    kind = "finale" if number == season.order else "standard"
    return {"season_number": season.number, "episode_number": number, "air_date": day, "episode_type": kind}


def _tmdb_ids(show: FakeShow) -> Json:
    ids: Json = {"imdb_id": show.imdb, "wikidata_id": show.wikidata}
    return {**ids, "tvdb_id": show.thetvdb} if _is_tv(show) else ids


def _tmdb_parts(show: FakeShow) -> Json:
    crew = [(name, job) for job, name in show.crew if job != "Creator"]
    titles = [{"iso_3166_1": aka.country, "title": aka.name} for aka in show.akas]
    offers: Json = {}
    for country, provider in show.offers:
        offers.setdefault(country, {"flatrate": []})["flatrate"].append({"provider_name": provider})
    parts: Json = {"external_ids": _tmdb_ids(show), "watch/providers": {"results": offers}}
    if _is_tv(show):
        parts["aggregate_credits"] = {
            "cast": [{"name": actor, "roles": [{"character": role}]} for actor, role in show.cast],
            "crew": [{"name": name, "jobs": [{"job": job}]} for name, job in crew],
        }
        return {**parts, "alternative_titles": {"results": titles}}
    parts["credits"] = {
        "cast": [{"name": actor, "character": role} for actor, role in show.cast],
        "crew": [{"name": name, "job": job} for name, job in crew],
    }
    countries: dict[str, list[Json]] = {}
    for release in show.releases:
        row = {"release_date": f"{release.day}T00:00:00.000Z", "type": release.type, "note": release.note}
        countries.setdefault(release.country, []).append(row)
    dates = [{"iso_3166_1": code, "release_dates": rows} for code, rows in countries.items()]
    return {**parts, "alternative_titles": {"titles": titles}, "release_dates": {"results": dates}}


# Wikidata

_COUNTRIES: Final = {"JP": "Q17", "KR": "Q884", "GB": "Q145", "US": "Q30", "CA": "Q16", "DE": "Q183", "FR": "Q142"}
_SERIES: Final = "Q5398426"
_FILM: Final = "Q11424"
_PERSON: Final = "Q5"
_CHANNEL: Final = "Q2001305"
_SEASON: Final = "Q3464665"
_SPOKEN: Final = {"JP": "ja", "KR": "ko", "DE": "de", "FR": "fr"}


def wikidata(path: str, query: Query, records: Records) -> Answer:
    """Return what Wikidata answers."""
    params = {name: values[0] for name, values in query.items() if values}
    if path != "/w/api.php" or params.get("format") != "json":
        return Answer(
            200, b"<!DOCTYPE html><html><body>MediaWiki API help</body></html>", {"content-type": "text/html"}
        )
    if params.get("action") == "wbsearchentities":
        return data(_wiki_search(params, records))
    if params.get("action") == "query":
        return data(_wiki_find(params, records))
    return data(_wiki_entities(params, records))


def wikidata_error(code: str, info: str) -> Json:
    """Return the envelope in which Wikidata says, with status 200, that something is wrong."""
    return {"error": {"code": code, "info": info}, "servedby": "x"}


def item_of(name: str) -> str:
    """Return the id of the item of a person, a channel or a genre."""
    return f"Q98{_number(name):07}"


def season_item(show: FakeShow, number: int) -> str:
    """Return the id of the item of a season."""
    return f"Q{int((show.wikidata or 'Q0')[1:]) + number * 1_000_000}"


def _season_items(records: Records) -> dict[str, tuple[Record, Season]]:
    """Return the seasons that are items of their own, with the records of their shows."""
    return {
        season_item(record.show, season.number): (record, season)
        for record in records.values()
        for season in record.show.seasons
    }


def _other_items(records: Records) -> dict[str, tuple[str, str]]:
    """Return the items that shows point to, with their names and classes."""
    items = {item: (f"Country {code}", "Q6256") for code, item in _COUNTRIES.items()}
    for show in (record.show for record in records.values()):
        people = [*(part.actor for part in show.cast), *(maker.name for maker in show.crew)]
        for names, kind in ((people, _PERSON), (_channels(show), _CHANNEL), (show.genres, "Q201658")):
            items |= {item_of(name): (name, kind) for name in names}
    return items


def _wiki_search(params: Mapping[str, str], records: Records) -> Json:
    words = params.get("search", "").casefold()
    named = [(key, _names(record.show)) for key, record in records.items()]
    named += [(key, [name]) for key, (name, _) in sorted(_other_items(records).items())]
    hits = [
        {"id": key, "label": names[0]} for key, names in named if any(n.casefold().startswith(words) for n in names)
    ]
    return {"search": hits[: int(params.get("limit", "7"))], "success": 1}


def _wiki_find(params: Mapping[str, str], records: Records) -> Json:
    prop, _, value = params.get("srsearch", "").removeprefix("haswbstatement:").partition("=")
    texts = {key: _wiki_texts(record.show) for key, record in records.items()}
    hits = [{"ns": 0, "title": key} for key, of in texts.items() if value and of.get(prop) == value]
    return {"batchcomplete": True, "query": {"search": hits[: int(params.get("srlimit", "10"))]}}


def _wiki_entities(params: Mapping[str, str], records: Records) -> Json:
    ids = [key for key in params.get("ids", "").split("|") if key]
    if len(ids) > 50:
        return wikidata_error("toomanyvalues", 'Too many values supplied for parameter "ids". The limit is 50.')
    if wrong := [key for key in ids if not re.fullmatch(r"Q[1-9]\d*", key)]:
        return wikidata_error("no-such-entity", f'Could not find an entity with the ID "{wrong[0]}".')
    languages = params["languages"].split("|") if "languages" in params else None
    if languages is not None and len(languages) > 50:
        return wikidata_error("toomanyvalues", 'Too many values supplied for parameter "languages". The limit is 50.')
    others = _other_items(records)
    return {"entities": {key: _wiki_entity(key, params, languages, records, others) for key in ids}, "success": 1}


def _wiki_entity(
    key: str,
    params: Mapping[str, str],
    languages: Sequence[str] | None,
    records: Records,
    others: Mapping[str, tuple[str, str]],
) -> Json:
    seasons = _season_items(records)

    def texts(names: Mapping[str, str]) -> Json:
        wanted = {code: name for code, name in names.items() if name and (languages is None or code in languages)}
        return {code: {"language": code, "value": name} for code, name in wanted.items()}

    if key in records:
        show, _, revision = records[key]
        labels = texts({"en": show.title, show.language: show.original_title or show.title})
        year = show.premiered[:4] if show.premiered[:4].isdecimal() else ""
        described = texts({"en": f"{year} {'film' if show.kind == 'film' else 'television series'}".strip()})
        aliases: Json = {}
        for aka in show.akas:
            language = _SPOKEN.get(aka.country, "en")
            if aka.name != show.original_title and (alias := texts({language: aka.name})):
                aliases.setdefault(language, []).append(alias[language])
        claims = _wiki_claims(show)
    elif key in seasons:
        (show, _, revision), season = seasons[key]
        labels, described, aliases = texts({"en": f"{show.title}, season {season.number}"}), {}, {}
        claims = _wiki_season_claims(show, season)
    elif key in others:
        name, kind = others[key]
        # Names of people are the same in all languages, and are kept once.
        revision, labels, described, aliases = 1, texts({"mul" if kind == _PERSON else "en": name}), {}, {}
        claims = {"P31": [_claim(_points_to(kind))]}
    else:
        return {"id": key, "missing": ""}
    # PHP knows no difference between an empty list and an empty map.
    parts: Json = {
        "labels": labels or [], "descriptions": described or [], "aliases": aliases or [], "claims": claims or []
    }  # fmt: skip
    wanted = params.get("props", "info|labels|claims").split("|")
    info = {"title": key, "lastrevid": revision} if "info" in wanted else {}
    return {**info, "type": "item", "id": key, **{name: parts[name] for name in wanted if name in parts}}


def _claim(value: Json | None, qualifiers: Mapping[str, Json] | None = None) -> Json:
    claim: Json = {"mainsnak": _snak(value), "type": "statement", "rank": "normal"}
    if qualifiers:
        claim["qualifiers"] = {prop: [_snak(of)] for prop, of in qualifiers.items()}
    return claim


def _snak(value: Json | None) -> Json:
    return {"snaktype": "somevalue"} if value is None else {"snaktype": "value", "datavalue": value}


def _text(value: str) -> Json:
    return {"value": value, "type": "string"}


def _points_to(item: str) -> Json:
    return {"value": {"entity-type": "item", "numeric-id": int(item[1:]), "id": item}, "type": "wikibase-entityid"}


def _time(text: str) -> Json | None:
    """Return a day, a month or a year; None for what is said to be unknown."""
    if text == "?":
        return None
    # A year is kept with a month and a day that mean nothing, a month with a day zero.
    written, precision = {4: (f"{text}-01-01", 9), 7: (f"{text}-00", 10)}.get(len(text), (text, 11))
    return {"value": {"time": f"+{written}T00:00:00Z", "precision": precision}, "type": "time"}


def _wiki_texts(show: FakeShow) -> dict[str, str]:
    kind, number = (show.tmdb or "/").split("/")
    return {
        "P345": show.imdb or "", "P8600": str(show.tvmaze or ""), "P4835": str(show.thetvdb or ""),
        "P4983" if kind == "tv" else "P4947": number, "P856": show.site,
    }  # fmt: skip


def _wiki_claims(show: FakeShow) -> Json:
    is_film, texts = show.kind == "film", _wiki_texts(show)
    items = {
        "P31": [_FILM if is_film else _SERIES],
        "P495": [_COUNTRIES[code] for code in show.countries if code in _COUNTRIES],
        "P449": map(item_of, _channels(show)),
        "P136": map(item_of, show.genres),
        "P57": [item_of(name) for job, name in show.crew if job == "Director"],
        "P58": [item_of(name) for job, name in show.crew if job == "Writer"],
    }
    claims: Json = {prop: [_claim(_points_to(item)) for item in of] for prop, of in items.items()}
    claims |= {prop: [_claim(_text(value))] for prop, value in texts.items() if value}
    claims["P161"] = [
        _claim(_points_to(item_of(actor)), {"P4633": _text(role)} if role else None) for actor, role in show.cast
    ]
    if show.original_title:
        text = {"text": show.original_title, "language": show.language}
        claims["P1476"] = [_claim({"value": text, "type": "monolingualtext"})]
    if show.releases:
        claims["P577"] = [
            _claim(_time(release.day), {"P291": _points_to(_COUNTRIES[release.country])})
            for release in show.releases
            if release.type > 1
        ]
    elif show.premiered:
        claims["P577" if is_film else "P580"] = [_claim(_time(show.premiered))]
    if show.ended:
        claims["P582"] = [_claim(_time(show.ended))]
    claims["P527"] = [_claim(_points_to(season_item(show, season.number))) for season in show.seasons]
    return {prop: of for prop, of in claims.items() if of}


def _wiki_season_claims(show: FakeShow, season: Season) -> Json:
    series = _claim(_points_to(show.wikidata or ""), {"P1545": _text(str(season.number))})
    claims: Json = {"P31": [_claim(_points_to(_SEASON))], "P179": [series]}
    if season.premiered:
        claims["P580"] = [_claim(_time(season.premiered))]
    if season.order and len(season.days) == season.order and season.days[-1]:
        claims["P582"] = [_claim(_time(season.days[-1][:10]))]
    return claims
