from __future__ import annotations

import json
from datetime import date
from typing import Final

import pytest

from tests.sources.damaged_json import damaged
from tests.sources.wikidata.helpers import Json, answer, claim, day, item, texts, time
from tracker.errors import BadResponse, SourceBusy, SourceNotFound
from tracker.model.show import Credit
from tracker.model.source_record import SourceRecord
from tracker.model.window import Precision, Window
from tracker.sources.wikidata.source import (
    is_busy,
    parse_entities,
    parse_entity,
    parse_labels,
    parse_revisions,
    parse_search,
    parse_work,
    referenced_items,
)

TODAY: Final = date(2026, 11, 23)
KEY: Final = "Q990000101"
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
    entity = {**ENTITY, "claims": {**CLAIMS, **(claims or {})}, **changed}
    return parse_entity(json.dumps(entity).encode(), KEY, TODAY, region, LABELS)


def release(record: SourceRecord) -> str:
    return record.release.text if record.release is not None else ""


def test_record_of_a_series() -> None:
    assert parse() == SourceRecord(
        source="wikidata", key=KEY, title="The Paper Lighthouse", url=f"https://www.wikidata.org/wiki/{KEY}",
        original_title="紙の灯台", aliases=("Paper Light", "종이 등대"), kind="series",
        release=Window("2027-05", date(2027, 5, 1), date(2027, 5, 31), Precision.MONTH), networks=("Streamly",),
        countries=("JP", "KR"), genres=("drama series",), directors=("Ada Finch",), writers=("Mio Kase",),
        cast=(Credit("Ines Quell", "The Keeper"), Credit("Bo Tarn", "Her brother / The Keeper")),
        ids=(("imdb", "tt9990101"), ("thetvdb", "777101"), ("tvmaze", "900101"), ("tmdb", "tv/900201")),
        homepage="https://network.example/paper-lighthouse", revision="2200000001",
    )  # fmt: skip
    assert referenced_items(json.dumps(ENTITY).encode()) == {*LABELS, "Q990000008"}


def test_record_of_a_bare_item() -> None:
    bare = parse_entity(json.dumps({"id": KEY, "labels": [], "claims": []}).encode(), KEY, TODAY, "JP", {})
    assert bare == SourceRecord("wikidata", KEY, "", f"https://www.wikidata.org/wiki/{KEY}", kind="series")
    record = parse(claims={"P161": [{**claim(item(990000005)), "qualifiers": []}], "P449": [claim(None)]}, aliases=[])
    assert record.cast == (Credit("Ines Quell"),)
    assert (record.networks, record.aliases) == ((), ("종이 등대",))


@pytest.mark.parametrize(
    ("text", "precision", "window"),
    [
        ("+2027-05-14T00:00:00Z", 11, ("2027-05-14", "2027-05-14", "2027-05-14", Precision.DAY)),
        ("+2024-02-00T00:00:00Z", 10, ("2024-02", "2024-02-01", "2024-02-29", Precision.MONTH)),
        ("+2027-00-00T00:00:00Z", 9, ("2027", "2027-01-01", "2027-12-31", Precision.YEAR)),
        ("+00000002027-05-14T00:00:00Z", 11, ("2027-05-14", "2027-05-14", "2027-05-14", Precision.DAY)),
        ("+2027-01-01T00:00:00Z", 11, ("2027-01-01", "2027-01-01", "2027-01-01", Precision.DAY)),
        ("+2025-01-01T00:00:00Z", 11, ("2025-01-01", "2025-01-01", "2025-01-01", Precision.DAY)),
        ("+2027-05-14T19:00:00Z", 14, ("2027-05-14", "2027-05-14", "2027-05-14", Precision.DAY)),
        ("+2020-00-00T00:00:00Z", 8, None),
        ("-0044-03-15T00:00:00Z", 11, None),
        ("+12027-05-14T00:00:00Z", 11, None),
        ("+2027-02-30T00:00:00Z", 11, None),
        ("+2027-00-00T00:00:00Z", 10, None),
        ("soon", 11, None),
    ],
)
def test_precision_of_a_time(text: str, precision: int, window: tuple[str, str, str, Precision] | None) -> None:
    found = parse(claims={"P580": [claim(time(text, precision))]}).release
    if window is None:
        assert found is None
    else:
        first, last = (date.fromisoformat(day) for day in window[1:3])
        assert found == Window(window[0], first, last, window[3])


@pytest.mark.parametrize(
    ("published", "region", "text", "shown_region"),
    [
        ([day("2027-06-01"), day("2027-05-14")], "", "2027-05-14", ""),
        ([day("2027"), day("2027-05-14")], "", "2027-05-14", ""),
        ([day("2027-01-20", "normal", 30), day("2027-05-14")], "", "2027-05-14", ""),
        ([day("2027-06-01", "normal", 30), day("2027-05-14", "normal", 17)], "", "2027-05-14", ""),
        ([day("2027-06-01", "normal", 30), day("2027-05-14")], "US", "2027-06-01", "US"),
        ([day("2027-06-01", "normal", 30, 16), day("2027-05-14")], "CA", "2027-06-01", "CA"),
        ([day("2027-05-14"), day("2027-08-01", "preferred")], "", "2027-08-01", ""),
        ([day("2027-05-14", "normal", 30), day("2027-08-01", "preferred")], "US", "2027-05-14", "US"),
        ([day("2027-05-14", "deprecated"), day("2027-08-01")], "", "2027-08-01", ""),
        ([day("2027-05-14", "deprecated", 30), day("2027-08-01")], "US", "2027-08-01", ""),
        ([claim(None), day("2027-08-01")], "", "2027-08-01", ""),
    ],
)
def test_release_of_a_film(published: list[Json], region: str, text: str, shown_region: str) -> None:
    record = parse(region, claims={"P31": FILM, "P580": [], "P577": published})
    assert (release(record), record.region) == (text, shown_region)


def test_release_of_a_series_is_its_start() -> None:
    both = {"P580": [day("2027-05-14")], "P577": [day("2027-03-01")]}
    assert release(parse(claims=both)) == "2027-05-14"
    assert release(parse(claims={**both, "P31": FILM})) == "2027-03-01"
    assert release(parse(claims={"P580": [day("2027")], "P577": [day("2027-05-14")]})) == "2027-05-14"


@pytest.mark.parametrize(
    ("claims", "kind", "tmdb"),
    [
        ({"P4983": [claim("5")], "P4947": [claim("6")]}, "series", "tv/5"),
        ({"P31": FILM, "P4983": [claim("5")], "P4947": [claim("6")]}, "film", "movie/6"),
        ({"P31": [claim(item(20650540))], "P4983": [], "P4947": [claim("6")]}, "film", "movie/6"),
        ({"P31": [claim({"numeric-id": 506240})], "P4983": [], "P4947": [claim("6")]}, "film", "movie/6"),
        ({"P31": [claim(None)], "P4983": [], "P4947": [claim("6")], "P449": [], "P8600": []}, "film", "movie/6"),
        ({"P31": [], "P4983": [], "P4947": []}, "series", None),
        ({"P31": [], "P4983": [claim("five")], "P4947": [claim("0")]}, "series", None),
    ],
)
def test_kind_and_id_at_tmdb(claims: Json, kind: str, tmdb: str | None) -> None:
    record = parse(claims=claims)
    assert (record.kind, dict(record.ids).get("tmdb")) == (kind, tmdb)


@pytest.mark.parametrize(
    ("labels", "title"),
    [
        (texts(ko="종이 등대", mul="Papierleuchtturm"), "Papierleuchtturm"),
        (texts(ko="종이 등대"), "종이 등대"),
        (texts(fr="Le Phare"), "Le Phare"),
        (texts(en="", ja="紙"), "紙"),
        (texts(en=" Paper\u202e\nLight\x1b[31m"), "Paper Light[31m"),
        ([], "紙の灯台"),
        (None, "紙の灯台"),
    ],
)
def test_title_in_the_first_language(labels: object, title: str) -> None:
    record = parse(labels=labels, claims={"P856": [claim("javascript:x")]})
    assert record.title == title
    assert record.original_title == ("紙の灯台" if title != "紙の灯台" else "")
    assert record.homepage == ""


def test_rank_of_claims() -> None:
    record = parse(claims={"P449": [claim(item(990000003)), claim(item(990000001), "preferred")]})
    assert record.networks == ("Streamly",)
    assert parse(claims={"P57": [claim(item(990000003), "deprecated")]}).directors == ()


@pytest.mark.parametrize("missing", ["", True])
def test_missing_item(missing: object) -> None:
    body = parse_entities(answer(Q990000109={"id": "Q990000109", "missing": missing}))["Q990000109"]
    with pytest.raises(SourceNotFound, match=r"^Wikidata has no item Q990000109\.$"):
        parse_entity(body, "Q990000109", TODAY, "", {})
    assert parse_work(body, "Q990000109", TODAY) is None


def test_merged_item_keeps_the_id_that_was_asked_for() -> None:
    body = parse_entities(answer(Q990000102={**ENTITY, "redirects": {"from": "Q990000102", "to": KEY}}))["Q990000102"]
    assert parse_entity(body, "Q990000102", TODAY, "", {}).key == "Q990000102"


@pytest.mark.parametrize(
    ("claims", "is_work"),
    [
        ({"P31": [claim(item(5398426))]}, True),
        ({"P31": [claim(item(24862))]}, True),
        ({"P8600": [claim("1")]}, True),
        ({"P4983": [claim("1")]}, True),
        ({"P449": [claim(item(990000001))]}, True),
        ({"P161": [claim(item(990000005))]}, True),
        ({"P345": [claim("tt9990101")]}, True),
        ({"P345": [claim("nm9990101")], "P31": [claim(item(5))]}, False),
        ({"P31": [claim(item(3464665))], "P449": [claim(item(990000001))], "P161": [claim(item(990000005))]}, False),
        ([], False),
    ],
)
def test_search_keeps_series_and_films(claims: object, is_work: bool) -> None:
    entity = {**ENTITY, "claims": claims, "descriptions": texts(en="an invented series")}
    record = parse_work(json.dumps(entity).encode(), KEY, TODAY)
    assert (record is not None) == is_work
    assert record is None or record.synopsis == "an invented series"


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


def test_wrong_value_leaves_the_others() -> None:
    wrong = {**ENTITY, "claims": {**ENTITY["claims"], "P577": [claim({"time": 5})]}}
    right = {**ENTITY, "claims": {**ENTITY["claims"], "P577": []}}
    entities = parse_entities(answer(**{KEY: wrong, "Q990000102": right}))
    records = [parse_entity(entity, KEY, TODAY, "", LABELS) for entity in entities.values()]
    assert records[0] == records[1]


def test_damaged_body() -> None:
    parsed = 0
    for body in damaged({**ENTITY, "claims": {**CLAIMS, "P577": [day("2027-05-14", "normal", 17)]}}):
        try:
            record = parse_entity(body, KEY, TODAY, "JP", LABELS)
            assert parse_work(body, KEY, TODAY, "JP") is None or referenced_items(body) is not None
        except (SourceNotFound, BadResponse):
            continue
        parsed += 1
        assert "\x1b" not in f"{record.title}{record.original_title}{record.synopsis}{record.homepage}{record.aliases}"
    assert parsed > 100
