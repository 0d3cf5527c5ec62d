from __future__ import annotations

import json
from datetime import date
from typing import Any, Final

import pytest

from tests.sources.damaged_json import damaged
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


def claim(value: object, rank: str = "normal", **qualifiers: list[object]) -> dict[str, Any]:
    made: dict[str, Any] = {"mainsnak": snak(value), "type": "statement", "rank": rank, "references": [{"snaks": {}}]}
    if qualifiers:
        made["qualifiers"] = {name: [snak(one) for one in values] for name, values in qualifiers.items()}
    return made


def snak(value: object) -> dict[str, Any]:
    if value is None:
        return {"snaktype": "somevalue", "property": "P1", "datatype": "time"}
    return {"snaktype": "value", "property": "P1", "datavalue": {"value": value, "type": "x"}, "datatype": "x"}


def item(number: int) -> dict[str, Any]:
    return {"entity-type": "item", "numeric-id": number, "id": f"Q{number}"}


def time(text: str, precision: int) -> dict[str, Any]:
    return {
        "time": text, "timezone": 0, "before": 0, "after": 0, "precision": precision,
        "calendarmodel": "http://www.wikidata.org/entity/Q1985727",
    }  # fmt: skip


def texts(**languages: str) -> dict[str, Any]:
    return {language: {"language": language, "value": text} for language, text in languages.items()}


CLAIMS: Final[dict[str, Any]] = {
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
ENTITY: Final[dict[str, Any]] = {
    "pageid": 1,
    "ns": 0,
    "title": KEY,
    "lastrevid": 2200000001,
    "modified": "2026-11-20T00:00:00Z",
    "type": "item",
    "id": KEY,
    "labels": texts(ja="紙の灯台", en="The Paper Lighthouse", ko="종이 등대"),
    "aliases": {"en": [{"language": "en", "value": "Paper Light"}, {"language": "en", "value": "紙の灯台"}]},
    "claims": CLAIMS,
}


def read(region: str = "", claims: dict[str, Any] | None = None, **changed: object) -> SourceRecord:
    entity = {**ENTITY, "claims": {**CLAIMS, **(claims or {})}, **changed}
    return parse_entity(json.dumps(entity).encode(), KEY, TODAY, region, LABELS)


def answer(**entities: object) -> bytes:
    return json.dumps({"entities": entities, "success": 1}).encode()


def test_an_item_is_told_with_all_that_it_has() -> None:
    said = read()
    assert (said.source, said.key, said.url) == ("wikidata", KEY, f"https://www.wikidata.org/wiki/{KEY}")
    assert (said.title, said.original_title, said.aliases) == (
        "The Paper Lighthouse",
        "紙の灯台",
        ("Paper Light", "종이 등대"),
    )
    assert said.kind == "series"
    assert (said.raw_status, said.compatible_statuses, said.status) == ("", (), None)
    assert said.release == Window("2027-05", date(2027, 5, 1), date(2027, 5, 31), Precision.MONTH)
    assert said.networks == ("Streamly",)
    assert said.countries == ("JP", "KR")
    assert said.genres == ("drama series",)
    assert (said.directors, said.writers) == (("Ada Finch",), ("Mio Kase",))
    assert said.cast == (Credit("Ines Quell", "The Keeper"), Credit("Bo Tarn", "Her brother"))
    assert said.ids == (("imdb", "tt9990101"), ("thetvdb", "777101"), ("tvmaze", "900101"), ("tmdb", "tv/900201"))
    assert said.homepage == "https://network.example/paper-lighthouse"
    assert said.revision == "2200000001"
    assert (said.synopsis, said.region, said.next_episode, said.providers) == ("", "", None, ())


def test_the_items_whose_names_are_needed_are_those_that_are_shown() -> None:
    assert referenced_items(json.dumps(ENTITY).encode()) == {*LABELS, "Q990000008"}


@pytest.mark.parametrize(
    ("text", "precision", "window"),
    [
        ("+2027-05-14T00:00:00Z", 11, ("2027-05-14", "2027-05-14", "2027-05-14", Precision.DAY)),
        ("+2024-02-00T00:00:00Z", 10, ("2024-02", "2024-02-01", "2024-02-29", Precision.MONTH)),
        ("+2027-12-01T00:00:00Z", 10, ("2027-12", "2027-12-01", "2027-12-31", Precision.MONTH)),
        ("+2027-00-00T00:00:00Z", 9, ("2027", "2027-01-01", "2027-12-31", Precision.YEAR)),
        ("+1931-01-01T00:00:00Z", 9, ("1931", "1931-01-01", "1931-12-31", Precision.YEAR)),
        ("+00000002027-05-14T00:00:00Z", 11, ("2027-05-14", "2027-05-14", "2027-05-14", Precision.DAY)),
        ("+2027-01-01T00:00:00Z", 11, ("2027", "2027-01-01", "2027-12-31", Precision.YEAR)),
        ("+2025-01-01T00:00:00Z", 11, ("2025-01-01", "2025-01-01", "2025-01-01", Precision.DAY)),
        ("+2027-05-14T19:00:00Z", 14, ("2027-05-14", "2027-05-14", "2027-05-14", Precision.DAY)),
        ("+2020-00-00T00:00:00Z", 8, None),
        ("+2000-00-00T00:00:00Z", 7, None),
        ("-0044-03-15T00:00:00Z", 11, None),
        ("+12027-05-14T00:00:00Z", 11, None),
        ("+2027-02-30T00:00:00Z", 11, None),
        ("+2027-05-00T00:00:00Z", 11, None),
        ("+2027-00-00T00:00:00Z", 10, None),
        ("soon", 11, None),
        ("", 11, None),
    ],
)
def test_a_time_is_as_precise_as_it_says(
    text: str, precision: int, window: tuple[str, str, str, Precision] | None
) -> None:
    release = read(claims={"P580": [claim(time(text, precision))]}).release
    if window is None:
        assert release is None
    else:
        first, last = (date.fromisoformat(day) for day in window[1:3])
        assert release == Window(window[0], first, last, window[3])


def day(text: str, rank: str = "normal", *places: int) -> dict[str, Any]:
    precision = {4: 9, 7: 10, 10: 11}[len(text)]
    qualifiers: dict[str, list[object]] = {"P291": [item(place) for place in places]} if places else {}
    return claim(time(f"+{text + '-00-00'[len(text) - 4 :]}T00:00:00Z", precision), rank, **qualifiers)


@pytest.mark.parametrize(
    ("published", "region", "told"),
    [
        ([day("2027-06-01"), day("2027-05-14")], "", ("2027-05-14", "")),
        ([day("2027"), day("2027-05-14")], "", ("2027-05-14", "")),
        ([day("2027-01-20", "normal", 30), day("2027-05-14")], "", ("2027-05-14", "")),
        ([day("2027-06-01", "normal", 30), day("2027-05-14", "normal", 17)], "", ("2027-05-14", "")),
        ([day("2027-06-01", "normal", 30), day("2027-05-14")], "US", ("2027-06-01", "US")),
        ([day("2027-06-01", "normal", 30, 16), day("2027-05-14")], "CA", ("2027-06-01", "CA")),
        ([day("2027-06-01", "normal", 30), day("2027-05-14")], "KR", ("2027-05-14", "")),
        ([day("2027-05-14"), day("2027-08-01", "preferred")], "", ("2027-08-01", "")),
        ([day("2027-05-14", "normal", 30), day("2027-08-01", "preferred")], "US", ("2027-05-14", "US")),
        ([day("2027-05-14", "deprecated"), day("2027-08-01")], "", ("2027-08-01", "")),
        ([day("2027-05-14", "deprecated", 30), day("2027-08-01")], "US", ("2027-08-01", "")),
        ([claim(None), day("2027-08-01")], "", ("2027-08-01", "")),
        ([claim(None)], "", ("", "")),
    ],
)
def test_of_several_dates_the_one_for_the_region_counts_else_the_best_and_earliest(
    published: list[object], region: str, told: tuple[str, str]
) -> None:
    said = read(region, claims={"P31": [claim(item(11424))], "P580": [], "P577": published})
    assert (said.release.text if said.release is not None else "", said.region) == told


def test_a_series_starts_and_a_film_is_published() -> None:
    both = {"P580": [day("2027-05-14")], "P577": [day("2027-03-01")]}
    started, film = read(claims=both), read(claims={**both, "P31": [claim(item(11424))]})
    assert started.release is not None
    assert started.release.text == "2027-05-14"
    assert film.release is not None
    assert film.release.text == "2027-03-01"
    closer = read(claims={"P580": [day("2027")], "P577": [day("2027-05-14")]})
    assert closer.release is not None
    assert closer.release.text == "2027-05-14"


@pytest.mark.parametrize(
    ("claims", "kind", "tmdb"),
    [
        ({"P31": [claim(item(5398426))], "P4983": [claim("5")], "P4947": [claim("6")]}, "series", "tv/5"),
        ({"P31": [claim(item(11424))], "P4983": [claim("5")], "P4947": [claim("6")]}, "film", "movie/6"),
        ({"P31": [claim(item(20650540))], "P4983": [], "P4947": [claim("6")]}, "film", "movie/6"),
        ({"P31": [claim({"numeric-id": 506240})], "P4983": [], "P4947": [claim("6")]}, "film", "movie/6"),
        ({"P31": [claim(None)], "P4983": [], "P4947": [claim("6")], "P449": [], "P8600": []}, "film", "movie/6"),
        ({"P31": [], "P4983": [], "P4947": []}, "series", None),
        ({"P31": [], "P4983": [claim("five")], "P4947": [claim("0")]}, "series", None),
    ],
)
def test_a_film_is_known_by_its_class_and_has_another_id_at_tmdb(
    claims: dict[str, Any], kind: str, tmdb: str | None
) -> None:
    said = read(claims=claims)
    assert (said.kind, dict(said.ids).get("tmdb")) == (kind, tmdb)


@pytest.mark.parametrize(
    ("labels", "title"),
    [
        (texts(mul="Papierleuchtturm"), "Papierleuchtturm"),
        (texts(ko="종이 등대", mul="Papierleuchtturm"), "Papierleuchtturm"),
        (texts(ko="종이 등대"), "종이 등대"),
        (texts(fr="Le Phare"), "Le Phare"),
        (texts(en="", ja="紙"), "紙"),
        ({}, "紙の灯台"),
        ([], "紙の灯台"),
        (None, "紙の灯台"),
    ],
)
def test_the_title_is_in_the_first_language_that_there_is(labels: object, title: str) -> None:
    said = read(labels=labels)
    assert said.title == title
    assert said.original_title == ("紙の灯台" if title != "紙の灯台" else "")


def test_empty_maps_may_come_as_lists_and_values_may_be_missing() -> None:
    bare = parse_entity(json.dumps({"id": KEY, "labels": [], "claims": []}).encode(), KEY, TODAY, "JP", {})
    assert bare == SourceRecord("wikidata", KEY, "", f"https://www.wikidata.org/wiki/{KEY}", kind="series")
    said = read(claims={"P161": [{**claim(item(990000005)), "qualifiers": []}], "P449": [claim(None)]}, aliases=[])
    assert said.cast == (Credit("Ines Quell"),)
    assert (said.networks, said.aliases) == ((), ("종이 등대",))


def test_what_is_preferred_comes_alone_and_what_is_deprecated_never() -> None:
    said = read(claims={"P449": [claim(item(990000003)), claim(item(990000001), "preferred")]})
    assert said.networks == ("Streamly",)
    assert read(claims={"P57": [claim(item(990000003), "deprecated")]}).directors == ()


def test_text_is_cleaned() -> None:
    said = read(labels=texts(en=" Paper\u202e\nLight\x1b[31m"), claims={"P856": [claim("javascript:x")]})
    assert (said.title, said.homepage) == ("Paper Light[31m", "")


def test_a_missing_item_is_unknown() -> None:
    for missing in ("", True):
        body = parse_entities(answer(Q990000109={"id": "Q990000109", "missing": missing}))["Q990000109"]
        with pytest.raises(SourceNotFound, match=r"^Wikidata has no item Q990000109\.$"):
            parse_entity(body, "Q990000109", TODAY, "", {})
        assert parse_work(body, "Q990000109", TODAY) is None


def test_a_merged_item_goes_by_the_id_that_it_was_asked_for() -> None:
    merged = {**ENTITY, "redirects": {"from": "Q990000102", "to": KEY}}
    body = parse_entities(answer(Q990000102=merged))["Q990000102"]
    assert parse_entity(body, "Q990000102", TODAY, "", {}).key == "Q990000102"


@pytest.mark.parametrize(
    ("claims", "is_work"),
    [
        ({"P31": [claim(item(5398426))]}, True),
        ({"P31": [claim(item(24862))]}, True),
        ({"P8600": [claim("1")]}, True),
        ({"P4983": [claim("1")]}, True),
        ({"P4947": [claim("1")]}, True),
        ({"P4835": [claim("1")]}, True),
        ({"P449": [claim(item(990000001))]}, True),
        ({"P161": [claim(item(990000005))]}, True),
        ({"P345": [claim("tt9990101")]}, True),
        ({"P345": [claim("nm9990101")], "P31": [claim(item(5))]}, False),
        ({"P31": [claim(item(3464665))], "P449": [claim(item(990000001))], "P161": [claim(item(990000005))]}, False),
        ({}, False),
        ([], False),
    ],
)
def test_a_search_keeps_series_and_films(claims: object, is_work: bool) -> None:
    entity = {**ENTITY, "claims": claims, "descriptions": texts(en="an invented series")}
    said = parse_work(json.dumps(entity).encode(), KEY, TODAY)
    assert (said is not None) == is_work
    assert said is None or said.synopsis == "an invented series"


def test_a_search_names_items_in_their_order() -> None:
    hits = [{"id": "Q990000102", "label": "x"}, {"id": KEY}, {"id": "Q990000102"}, {"id": "L5"}]
    assert parse_search(json.dumps({"search": hits, "success": 1}).encode()) == ("Q990000102", KEY)
    assert parse_search(b'{"searchinfo": {"search": "x"}, "search": [], "success": 1}') == ()


def test_revisions_and_names_are_read_by_item() -> None:
    gone = {"id": "Q990000109", "missing": ""}
    body = answer(**{KEY: ENTITY, "Q990000109": gone, "Q990000005": {"labels": texts(mul="Ines Quell")}})
    assert parse_revisions(body) == {KEY: "2200000001", "Q990000109": "", "Q990000005": ""}
    assert parse_labels(body) == {KEY: "The Paper Lighthouse", "Q990000005": "Ines Quell"}
    assert parse_labels(b'{"entities": [], "success": 1}') == {}


@pytest.mark.parametrize("code", ["maxlag", "ratelimited"])
def test_a_busy_service_says_so_with_status_200(code: str) -> None:
    body = json.dumps({"error": {"code": code, "info": "Waiting for all: 3.45 seconds lagged.", "lag": 3.45}}).encode()
    assert is_busy(body)
    for parse in (parse_entities, parse_search):
        with pytest.raises(SourceBusy, match="Wikidata is busy"):
            parse(body)


def test_another_answer_is_not_busy() -> None:
    wrong = b'{"error": {"code": "no-such-entity", "info": "Could not\\u001b find such an entity (Invalid id: Q0)."}}'
    for body in (wrong, answer(**{KEY: ENTITY}), b"", b"null", b"<html>", b"[1]"):
        assert not is_busy(body)
    with pytest.raises(BadResponse, match=r"question: Could not find such an entity \(Invalid id: Q0\)\.$"):
        parse_entities(wrong)


@pytest.mark.parametrize("body", [b"", b"null", b"[]", b"<html>", b'{"success": 1}', b'{"entities": 5}', b'{"cut": "o'])
def test_another_body_is_refused(body: bytes) -> None:
    for parse in (parse_entities, parse_search, parse_revisions, parse_labels):
        with pytest.raises(BadResponse, match=r"^Wikidata "):
            parse(body)


def test_one_wrong_item_is_not_in_the_way_of_the_others() -> None:
    wrong = {**ENTITY, "claims": {"P580": [claim({"time": 5})]}}
    entities = parse_entities(answer(**{KEY: wrong, "Q990000102": ENTITY}))
    with pytest.raises(BadResponse, match=r"at `\$\.claims"):
        parse_entity(entities[KEY], KEY, TODAY, "", {})
    assert parse_entity(entities["Q990000102"], "Q990000102", TODAY, "", {}).title == "The Paper Lighthouse"


def test_whatever_is_missing_or_null_there_is_an_observation_or_a_refusal() -> None:
    read_ones = 0
    for body in damaged({**ENTITY, "claims": {**CLAIMS, "P577": [day("2027-05-14", "normal", 17)]}}):
        try:
            said = parse_entity(body, KEY, TODAY, "JP", LABELS)
            assert parse_work(body, KEY, TODAY, "JP") is None or referenced_items(body) is not None
        except (SourceNotFound, BadResponse):
            continue
        read_ones += 1
        assert "\x1b" not in "".join([said.title, said.original_title, said.synopsis, said.homepage, *said.aliases])
    assert read_ones > 100
