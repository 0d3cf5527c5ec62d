from __future__ import annotations

import json
from datetime import date
from typing import Final

import pytest

from tests.sources.damaged_json import damaged
from tests.sources.wikidata.helpers import (
    KEY,
    TODAY,
    Json,
    answer,
    claim,
    day,
    entity,
    item,
    kind_of,
    record_of,
    texts,
    time,
)
from tracker.errors import BadResponse, SourceBusy, SourceNotFound
from tracker.model.release import NO_PREFERENCE, Preference
from tracker.model.show import Credit
from tracker.model.source_record import SourceRecord
from tracker.model.window import Precision, Window
from tracker.sources.wikidata.records import Entity, read_entity
from tracker.sources.wikidata.source import (
    is_busy,
    parse_classes,
    parse_entities,
    parse_found_pages,
    parse_labels,
    parse_revisions,
    parse_search,
)
from tracker.sources.wikidata.work import Surroundings, make_record, named_items

LABELS: Final = {
    "Q990000001": "Streamly", "Q990000002": "Drama Series", "Q990000003": "Ada Finch", "Q990000004": "Mio Kase",
    "Q990000005": "Ines Quell", "Q990000006": "Bo Tarn", "Q990000007": "The Keeper",
}  # fmt: skip
FILM: Final = [claim(item(11424))]
CLAIMS: Final[Json] = {
    "P31": [claim(item(5398426))],
    "P1476": [claim({"text": "紙の灯台", "language": "ja"})],
    "P580": [claim(time("+2027-05-00T00:00:00Z", 10))],
    "P449": [claim(item(990000001))],
    "P495": [claim(item(17)), claim(item(884)), claim(item(999999999))],
    "P136": [claim(item(990000002))],
    "P57": [claim(item(990000003))],
    "P58": [claim(item(990000004))],
    "P161": [
        claim(item(990000005), P453=[item(990000007)]),
        claim(item(990000006), P4633=["Her brother"], P453=[item(990000007)]),
        claim(item(990000008)),
        claim(None),
    ],
    "P345": [claim("tt9990101")],
    "P4835": [claim("777101")],
    "P8600": [claim("900101")],
    "P4983": [claim("900201")],
    "P856": [claim("https://network.example/paper-lighthouse")],
    "P1113": [claim({"amount": "+8", "unit": "1"})],
}
ENTITY: Final[Json] = {
    "lastrevid": 2200000001,
    "type": "item",
    "id": KEY,
    "labels": texts(ja="紙の灯台", en="The Paper Lighthouse", ko="종이 등대"),
    "aliases": {"en": [{"language": "en", "value": "Paper Light"}, {"language": "en", "value": "紙の灯台"}]},
    "claims": CLAIMS,
}


def parse(region: str = "", claims: Json | None = None, **changed: object) -> SourceRecord:
    return record_of({**ENTITY, "claims": {**CLAIMS, **(claims or {})}, **changed}, region, labels=LABELS)


def test_record_of_a_series() -> None:
    assert parse() == SourceRecord(
        source="wikidata", key=KEY, title="The Paper Lighthouse", url=f"https://www.wikidata.org/wiki/{KEY}",
        original_title="紙の灯台", aliases=("종이 등대", "Paper Light"), kind="series",
        release=Window("2027-05", date(2027, 5, 1), date(2027, 5, 31), Precision.MONTH), networks=("Streamly",),
        countries=("JP", "KR"), genres=("drama series",), directors=("Ada Finch",), writers=("Mio Kase",),
        cast=(Credit("Ines Quell", "The Keeper"), Credit("Bo Tarn", "Her brother")),
        ids=(("imdb", "tt9990101"), ("thetvdb", "777101"), ("tvmaze", "900101"), ("tmdb", "tv/900201")),
        homepage="https://network.example/paper-lighthouse", revision="2200000001", language="ja",
    )  # fmt: skip
    assert named_items(entity(ENTITY)) == {*LABELS, "Q990000008"}


def test_record_of_a_bare_item() -> None:
    series = {"P31": [claim(item(5398426))]}
    bare = record_of({"id": KEY, "labels": texts(en="Fanal"), "claims": series}, "JP")
    assert bare == SourceRecord("wikidata", KEY, "Fanal", f"https://www.wikidata.org/wiki/{KEY}", kind="series")
    with pytest.raises(BadResponse, match=r"^wikidata:Q990000101 has no title at Wikidata"):
        record_of({"labels": [], "claims": series})
    record = parse(claims={"P161": [{**claim(item(990000005)), "qualifiers": []}], "P449": [claim(None)]}, aliases=[])
    assert record.cast == (Credit("Ines Quell"),)
    assert (record.networks, record.aliases) == ((), ("종이 등대",))


def test_people_of_a_series() -> None:
    people = [claim(item(990000010 + number)) for number in range(30)]
    labels = {f"Q9900000{10 + number}": f"Maker {number}" for number in range(30)}
    many = {"P57": people, "P58": people[4:], "P170": people[:1], "P161": [*people[:1], *reversed(people)]}
    series = record_of({**ENTITY, "claims": {**CLAIMS, **many}}, labels=labels)
    assert series.directors == ("Maker 0", "Maker 1", "Maker 2", "Maker 3")
    assert series.writers == ("Maker 0", "Maker 4", "Maker 5", "Maker 6")
    assert len(series.cast) == 20
    film = record_of({**ENTITY, "claims": {**CLAIMS, **many, "P31": FILM}}, labels=labels)
    assert (len(film.directors), len(film.writers)) == (30, 26)


def test_cast_in_its_order() -> None:
    cast = [claim(item(990000005), P1545=["2"]), claim(item(990000006)), claim(item(990000003), P1545=["1"])]
    assert [credit.actor for credit in parse(claims={"P161": cast}).cast] == ["Ada Finch", "Ines Quell", "Bo Tarn"]


def test_rank_of_claims() -> None:
    record = parse(claims={"P449": [claim(item(990000003)), claim(item(990000001), "preferred")]})
    assert record.networks == ("Streamly",)
    assert parse(claims={"P57": [claim(item(990000003), "deprecated")]}).directors == ()


@pytest.mark.parametrize("missing", ["", True])
def test_missing_item(missing: object) -> None:
    found = parse_entities(answer(Q990000109={"id": "Q990000109", "missing": missing}))["Q990000109"]
    assert isinstance(found, Entity)
    with pytest.raises(SourceNotFound, match=r"^Wikidata has no item Q990000109\. Check the id"):
        make_record(found, "Q990000109", kind_of(found), TODAY, NO_PREFERENCE)


def test_merged_item_keeps_the_id_that_was_asked_for() -> None:
    found = parse_entities(answer(Q990000102={**ENTITY, "redirects": {"from": "Q990000102", "to": KEY}}))["Q990000102"]
    assert isinstance(found, Entity)
    assert make_record(found, "Q990000102", kind_of(found), TODAY, NO_PREFERENCE).key == "Q990000102"


def test_search_revisions_and_labels() -> None:
    hits = [{"id": "Q990000102", "label": "x"}, {"id": KEY}, {"id": "Q990000102"}, {"id": "L5"}]
    assert parse_search(json.dumps({"search": hits, "success": 1}).encode()) == ("Q990000102", KEY)
    assert parse_search(b'{"searchinfo": {"search": "x"}, "search": [], "success": 1}') == ()
    gone = {"id": "Q990000109", "missing": ""}
    body = answer(**{KEY: ENTITY, "Q990000109": gone, "Q990000005": {"labels": texts(mul="Ines Quell")}})
    assert parse_revisions(body) == {KEY: "2200000001", "Q990000109": "", "Q990000005": ""}
    assert parse_labels(body) == {KEY: "The Paper Lighthouse", "Q990000005": "Ines Quell"}
    assert parse_labels(b'{"entities": [], "success": 1}') == {}


@pytest.mark.parametrize("code", ["maxlag", "ratelimited"])
def test_busy_with_status_200(code: str) -> None:
    body = json.dumps({"error": {"code": code, "info": "Waiting for all: 3.45 seconds lagged."}}).encode()
    assert is_busy(body)
    for parse in (parse_entities, parse_search):
        with pytest.raises(SourceBusy, match="Wikidata is busy"):
            parse(body)


def test_error_is_not_busy() -> None:
    wrong = b'{"error": {"code": "no-such-entity", "info": "Could not\\u001b find such an entity (Invalid id: Q0)."}}'
    for body in (wrong, answer(**{KEY: ENTITY}), b"", b"null", b"<html>", b"[1]"):
        assert not is_busy(body)
    with pytest.raises(BadResponse, match=r"request: Could not find such an entity \(Invalid id: Q0\)\.$"):
        parse_entities(wrong)


@pytest.mark.parametrize("body", [b"", b"null", b"[]", b"<html>", b'{"success": 1}', b'{"entities": 5}', b'{"cut": "o'])
def test_body_of_another_form(body: bytes) -> None:
    for parse in (parse_entities, parse_search, parse_revisions, parse_labels):
        with pytest.raises(BadResponse, match=r"^Wikidata "):
            parse(body)


def test_what_cannot_be_read_costs_no_more_than_itself() -> None:
    wrong = {
        "P580": [claim({"time": 5}), day("2027-05-14")], "P449": "x", "P57": [5, claim(item(990000003))],
        "P161": [claim(item(990000005), P453=[{"id": 7}]), claim(item(990000006))],
    }  # fmt: skip
    labels = {"en": 5, "ja": {"value": "紙の灯台"}}
    record = parse(claims=wrong, labels=labels, aliases={"en": [5, {"value": "Paper Light"}]}, lastrevid="x")
    assert (record.title, record.aliases, record.revision) == ("紙の灯台", ("Paper Light",), "")
    assert (record.directors, record.networks, record.cast) == (("Ada Finch",), (), (Credit("Bo Tarn"),))
    assert record.release is not None
    items = parse_entities(answer(**{KEY: 5, "Q990000102": ENTITY}))
    assert isinstance(items[KEY], BadResponse)
    assert isinstance(items["Q990000102"], Entity)
    assert parse_labels(answer(**{KEY: 5, "Q990000102": ENTITY})) == {"Q990000102": "The Paper Lighthouse"}
    assert parse_search(json.dumps({"search": [5, {"id": KEY}, {"id": None}]}).encode()) == (KEY,)
    assert parse_found_pages(json.dumps({"query": {"search": [5, {"title": KEY}]}}).encode()) == (KEY,)


def test_superclasses() -> None:
    body = answer(Q1={"labels": texts(en="soap opera"), "claims": {"P279": [claim(item(5398426)), claim(None)]}}, Q2=5)
    assert parse_classes(body) == {"Q1": ("soap opera", ("Q5398426",))}


def test_damaged_body() -> None:
    parsed = 0
    for body in damaged({**ENTITY, "claims": {**CLAIMS, "P577": [day("2027-05-14", "normal", 17)]}}, share=3):
        try:
            found = read_entity(body)
            record = make_record(
                found, KEY, kind_of(found), TODAY, Preference("JP"), Surroundings(LABELS, {"Q1": found})
            )
        except (SourceNotFound, BadResponse):
            continue
        parsed += 1
        assert "\x1b" not in f"{record.title}{record.original_title}{record.homepage}{record.aliases}{record.seasons}"
    assert parsed > 100
