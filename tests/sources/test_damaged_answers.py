"""Answers of each kind in which one value is odd: it costs what it says, and nothing else."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from datetime import date
from typing import Any, Final

import pytest

from tests.fake_sources import bodies
from tests.fake_sources.bodies import Record
from tests.fake_sources.shows import (
    FARLIGHT,
    LUMEN,
    Aka,
    Episode,
    FakeShow,
    Maker,
    Offer,
    Part,
    Release,
    Season,
)
from tests.sources.damaged_json import Damage, Path, damages
from tests.sources.wikidata.helpers import kind_of
from tracker.errors import BadResponse, SourceError
from tracker.model.release import Preference
from tracker.model.source_record import SourceRecord
from tracker.sources import tvmaze
from tracker.sources.tmdb import source as tmdb
from tracker.sources.wikidata.records import read_entity
from tracker.sources.wikidata.work import Surroundings, make_record

TODAY: Final = date(2026, 11, 23)
NOW: Final = 1_795_000_000.0
WORK: Final = "Q990000901"
_PROPS: Final = "info|labels|descriptions|aliases|claims"
_ABOUT: Final[dict[str, Any]] = {
    "title": "Paper Weather", "imdb": "tt99000901", "thetvdb": 990901, "original_title": "かみのてんき",
    "language": "ja", "countries": ("JP",), "genres": ("Drama", "Mystery"), "synopsis": "<p>Rain of paper.</p>",
    "akas": (Aka("かみのてんき", "JP"), Aka("Kami no Tenki"), Aka("종이 날씨", "KR"), Aka("Paper Forecast", "US")),
    "cast": (Part("Han Seorin", "Mio"), Part("Abel Kuro", "The printer"), Part("Ada Finch", "Rain")),
    "crew": (Maker("Director", "Mo Jiwoo"), Maker("Creator", "Rui Sala"), Maker("Writer", "Mio Kase")),
    "site": "https://lumen.example/paper-weather", "offers": (Offer("JP", "Farlight"), Offer("KR", "Farlight")),
}  # fmt: skip
SERIES: Final = FakeShow(
    **_ABOUT, tvmaze=901, tmdb="tv/901", wikidata=WORK, stage="airing", premiered="2026-10-02",
    network=LUMEN, web=FARLIGHT,
    seasons=(
        Season(1, ("2026-10-02", "2026-11-20", "2026-11-27T12:00:00+00:00"), order=3),
        Season(2, first="2027-10-01"),
    ),
    next_episode=Episode(1, 3, "Ink", "2026-11-27", "21:00", "2026-11-27T12:00:00+00:00"),
)  # fmt: skip
FILM: Final = FakeShow(
    **_ABOUT, tmdb="movie/902", kind="film", stage="post-production", premiered="2027-05-14",
    releases=(Release("JP", "2027-05-14"), Release("KR", "2027-06-09"), Release("JP", "2027-08-01", 4)),
)  # fmt: skip

_DATES: Final = (
    "release", "status", "compatible_statuses", "seasons", "next_episode", "region", "medium", "releases", "ended",
)  # fmt: skip
_NAMES: Final = ("title", "original_title", "aliases")
_CREW: Final = ("directors", "writers")
_PLACE: Final = ("countries", "language", "original_title", "aliases")
_TVMAZE: Final[Mapping[str, tuple[str, ...]]] = {
    "id": ("key",), "url": ("url",), "name": _NAMES, "type": ("kind",), "language": _PLACE, "genres": ("genres",),
    "status": ("raw_status", *_DATES), "premiered": _DATES, "ended": _DATES, "officialSite": ("homepage",),
    "network": ("networks", *_PLACE), "webChannel": ("networks", *_PLACE), "externals": ("ids",),
    "summary": ("synopsis",), "updated": ("revision",), "_embedded/cast": ("cast",), "_embedded/crew": _CREW,
    "_embedded/akas": _NAMES, "_embedded/nextepisode": _DATES, "_embedded/seasons": _DATES,
    "_embedded/episodes": _DATES,
}  # fmt: skip
_TMDB: Final[Mapping[str, tuple[str, ...]]] = {
    "id": ("key", "url"), "name": _NAMES, "title": _NAMES, "original_name": _NAMES, "original_title": _NAMES,
    "original_language": _PLACE, "origin_country": _PLACE, "production_countries": _PLACE, "genres": ("genres",),
    "overview": ("synopsis",), "homepage": ("homepage",), "status": ("raw_status", *_DATES), "first_air_date": _DATES,
    "last_air_date": _DATES, "last_episode_to_air": _DATES, "next_episode_to_air": _DATES, "seasons": _DATES,
    "release_date": _DATES, "release_dates": _DATES, "networks": ("networks",), "created_by": ("writers",),
    "aggregate_credits/cast": ("cast",), "aggregate_credits/crew": _CREW,
    "credits/cast": ("cast",), "credits/crew": _CREW, "imdb_id": ("ids",),
    "external_ids": ("ids",), "alternative_titles": ("aliases",), "watch/providers": ("providers",),
}  # fmt: skip
_WIKIDATA: Final[Mapping[str, tuple[str, ...]]] = {
    "lastrevid": ("revision",), "labels": _NAMES, "aliases": ("aliases",), "descriptions": ("synopsis",), "title": (),
    "type": (), "id": (), "claims/P31": ("kind", *_DATES), "claims/P495": ("countries", "aliases", *_DATES),
    "claims/P449": ("networks",), "claims/P136": ("genres",), "claims/P57": ("directors",),
    "claims/P58": ("writers",), "claims/P161": ("cast",), "claims/P1476": (*_NAMES, "language"),
    "claims/P856": ("homepage",), "claims/P577": _DATES, "claims/P580": _DATES, "claims/P582": _DATES,
    "claims/P527": _DATES,
    **{f"claims/{name}": ("ids", "url") for name in ("P345", "P4835", "P8600", "P4983", "P4947")},
}  # fmt: skip
"""The fields that each part of an answer tells; no other may change with it."""
_LISTS: Final = ("aliases", "networks", "countries", "genres", "directors", "writers", "cast", "ids", "providers")

Parse = Callable[[bytes], SourceRecord]


def records(show: FakeShow, key: str) -> dict[str, Record]:
    return {key: Record(show, 1_794_000_000, 7)}


def tvmaze_show() -> Any:
    query = {"embed[]": ["cast", "crew", "akas", "nextepisode", "seasons", "episodes"]}
    return json.loads(bodies.tvmaze("/shows/901", query, records(SERIES, "901"), NOW).body)


def tmdb_work(show: FakeShow) -> Any:
    parts = "aggregate_credits,credits,external_ids,alternative_titles,release_dates,watch/providers"
    key = show.tmdb or ""
    return json.loads(bodies.tmdb(f"/{key}", {"append_to_response": [parts]}, records(show, key), {}, NOW).body)


def wikidata_item() -> Any:
    query = {"action": ["wbgetentities"], "format": ["json"], "ids": [WORK], "props": [_PROPS]}
    return json.loads(bodies.wikidata("/w/api.php", query, records(SERIES, WORK)).body)["entities"][WORK]


def parse_item(body: bytes) -> SourceRecord:
    item = read_entity(body)
    names = ("Lumen", "Farlight", *SERIES.genres, *(part.actor for part in SERIES.cast), "Mo Jiwoo", "Mio Kase")
    labels = {bodies.item_of(name): name for name in names}
    return make_record(item, WORK, kind_of(item), TODAY, Preference("KR"), Surroundings(labels, {}))


KINDS: Final[dict[str, tuple[Parse, Any, Mapping[str, tuple[str, ...]]]]] = {
    "tvmaze show": (lambda body: tvmaze.parse_show(body, TODAY, "KR"), tvmaze_show(), _TVMAZE),
    "tmdb series": (lambda body: tmdb.parse_tv(body, TODAY, "JP"), tmdb_work(SERIES), _TMDB),
    "wikidata item": (parse_item, wikidata_item(), _WIKIDATA),
    "tmdb film": (lambda body: tmdb.parse_movie(body, TODAY, "JP"), tmdb_work(FILM), _TMDB),
}


def told_by(path: Path, fields: Mapping[str, tuple[str, ...]]) -> set[str]:
    """Return the fields that the value at a path tells."""
    place = "/".join(map(str, path))
    return {
        name
        for part, names in fields.items()
        if f"{place}/".startswith(f"{part}/") or part.startswith(f"{place}/")
        for name in names
    }


def assert_clean(record: SourceRecord) -> None:
    texts = repr(record._replace(synopsis=record.synopsis.replace("\n", "")))
    assert "\\x1b" not in texts
    assert "\\ud" not in texts


@pytest.mark.parametrize("kind", KINDS)
def test_odd_value_costs_what_it_says(kind: str) -> None:
    parse, data, fields = KINDS[kind]
    whole = parse(json.dumps(data).encode())
    assert (len(whole.cast), len(whole.aliases), len(whole.genres)) == (3, 3, 2)
    for damage in damages(data, share=3):
        try:
            record = parse(damage.body)
        except BadResponse:
            # The id, and what tells that it is a show.
            assert damage.path in (("id",), ("claims",)) or damage.path[:2] == ("claims", "P31"), damage[:2]
            continue
        changed = [name for name in record._fields if getattr(record, name) != getattr(whole, name)]
        assert set(changed) <= told_by(damage.path, fields), damage[:2]
        assert_clean(record)
        if damage.is_in_list:
            # What stands beside it in a list is there as before.
            assert all(len(set(getattr(whole, name)) - set(getattr(record, name))) <= 1 for name in _LISTS), damage[:2]


def hits() -> Iterator[tuple[str, Callable[[bytes], tuple[SourceRecord, ...]], Any]]:
    """Yield lists of shows: the name, the parser, and an answer with two of them."""
    show = tvmaze_show()
    show.pop("_embedded")
    yield "tvmaze search", lambda body: tvmaze.parse_search(body, TODAY), [{"show": show}, {"show": {**show, "id": 2}}]
    search = json.loads(bodies.tmdb("/search/multi", {"query": ["paper"]}, _works(), {}, NOW).body)
    yield "tmdb search", lambda body: tmdb.parse_search(body, TODAY), search
    query = {"external_source": ["imdb_id"]}
    found = json.loads(bodies.tmdb(f"/find/{SERIES.imdb}", query, _works(), {}, NOW).body)
    yield "tmdb find", lambda body: tmdb.parse_found(body, TODAY), found


def _works() -> dict[str, Record]:
    return {**records(SERIES, "tv/901"), **records(FILM, "movie/902")}


@pytest.mark.parametrize(("parse", "data"), [pytest.param(parse, data, id=name) for name, parse, data in hits()])
def test_odd_value_costs_its_hit(parse: Callable[[bytes], tuple[SourceRecord, ...]], data: Any) -> None:
    whole = parse(json.dumps(data).encode())
    assert len(whole) == 2
    for damage in damages(data):
        try:
            found = parse(damage.body)
        except SourceError:
            assert not damage.is_in_list, damage
            continue
        assert not damage.is_in_list or len(set(whole) - set(found)) <= 1, damage
        for record in found:
            assert_clean(record)


@pytest.mark.parametrize(
    ("parse", "data"),
    [
        (tvmaze.parse_revisions, {"901": 1_794_000_000, "902": 5, "903": 7}),
        (tmdb.parse_external_ids, {"id": 901, "imdb_id": "tt99000901", "tvdb_id": 990901, "wikidata_id": "Q990000901"}),
    ],
)
def test_odd_value_costs_its_id(parse: Callable[[bytes], Any], data: dict[str, object]) -> None:
    whole = dict(parse(json.dumps(data).encode()))
    for damage in damages(data):
        if damage.path != ("id",):
            assert len(whole.items() - dict(parse(damage.body)).items()) <= 1, damage


def test_odd_value_on_a_page_of_changes() -> None:
    data = {"results": [{"id": 901, "adult": False}, {"id": 902, "adult": None}], "page": 1, "total_pages": 3}
    whole = tmdb.parse_changes(json.dumps(data).encode())
    for damage in damages(data):
        try:
            page = tmdb.parse_changes(damage.body)
        except BadResponse:
            # Then all shows are read, as if all had changed.
            assert not damage.is_in_list, damage
            continue
        assert damage.path == ("total_pages",) or page.pages == 3
        assert len(whole.ids - page.ids) <= 1 or damage.path == ("results",), damage


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        ({"genres": {"1": "Drama", "4": "Mystery"}}, ("drama", "mystery")),
        ({"genres": []}, ()),
        ({"genres": {}}, ()),
        ({"genres": "Drama"}, ()),
        ({"genres": ["Drama", None, 5, ["Mystery"]]}, ("drama", "5")),
    ],
)
def test_lists_as_php_writes_them(change: dict[str, object], expected: tuple[str, ...]) -> None:
    body = json.dumps({**tvmaze_show(), **change}).encode()
    assert tvmaze.parse_show(body, TODAY).genres == expected


@pytest.mark.parametrize(
    ("old", "new", "title"),
    [
        (b'"id": 901', b'"id": "901"', "Paper Weather"),
        (b'"name": "Paper Weather"', b'"name": 24', "24"),
        (b'"name": "Paper Weather"', b'"name": "Paper Weather", "name": "Paper Rain"', "Paper Rain"),
        (b'"name": "Paper Weather"', b'"name": "Paper \\ud83d Weather"', "Paper Weather"),
        # What is no UTF-8 can't be read, and half a title is none.
        (b'"name": "Paper Weather"', b'"name": "Paper W\xe4ther"', "かみのてんき"),
        (b"Rain of paper", b"Rain of p\xe4per", "Paper Weather"),
        (b'{"id": 901', b'\xef\xbb\xbf{"id": 901', "Paper Weather"),
        (b'{"id": 901', b'{"x": ' + b"9" * 5000 + b', "id": 901', "Paper Weather"),
    ],
)
def test_json_that_is_not_quite_right(old: bytes, new: bytes, title: str) -> None:
    body = json.dumps(tvmaze_show()).encode()
    record = tvmaze.parse_show(body.replace(old, new), TODAY)
    assert (record.key, record.title, len(record.cast)) == ("901", title, 3)


def test_nested_too_deeply() -> None:
    with pytest.raises(BadResponse, match="can't be read"):
        tvmaze.parse_show(b'{"id": 1, "genres": ' + b"[" * 100_000, TODAY)


def test_damage_tells_where_it_is() -> None:
    [first, *_] = damages({"a": [1]})
    assert first == Damage(("a",), "gone", b"{}")
