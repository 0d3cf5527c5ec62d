from __future__ import annotations

import pytest

from tests.sources.wikidata.helpers import Json, claim, entity, item, kind_of, record_of, texts
from tracker.errors import BadResponse
from tracker.model.countries import NAMES
from tracker.sources.wikidata.classes import FILMS, OTHERS, SEASONS, SERIES, SPECIALS, ItemClass, find_kind
from tracker.sources.wikidata.items import COUNTRIES

MAZE, TMDB_TV, TMDB_MOVIE = {"P8600": [claim("1")]}, {"P4983": [claim("5")]}, {"P4947": [claim("6")]}
NETWORK, CAST = {"P449": [claim(item(990000001))]}, {"P161": [claim(item(990000005))]}
DATED = {"P577": [claim({"time": "+2027-05-14T00:00:00Z", "precision": 11})]}
CLASSES = {
    "Q990000301": ItemClass("sea serial", ("Q990000302",)),
    "Q990000302": ItemClass("serial", ("Q990000303", "Q5398426")),
    "Q990000304": ItemClass("song reel", ("Q482994", "Q11424")),
    "Q990000305": ItemClass("opera house", ("Q990000303",)),
    "Q990000303": ItemClass("thing", ()),
    "Q990000306": ItemClass("Old Thing", ()),
}  # fmt: skip


def classes(*numbers: int) -> Json:
    return {"P31": [claim(item(number)) for number in numbers]}


@pytest.mark.parametrize(
    ("claims", "kind"),
    [
        (classes(5398426), "series"), (classes(24862), "film"), (classes(1261214), "special"),
        (classes(3464665), "season"), (classes(63952888, 21198342), "series"), (classes(11424, 7725634), "film"),
        (classes(3464665, 5398426), "series"), (classes(20650540, 1107), "film"), (classes(21191270, 506240), "film"),
        ({**classes(3464665, 5398426), "P179": [claim(item(990000102), P1545=["2"])]}, "season"),
        ({**classes(1107), **TMDB_MOVIE}, "film"), ({**classes(1107), **TMDB_TV}, "series"),
        ({"P31": [claim({"numeric-id": 506240})]}, "film"),
        # Without a class that is known here: ids that only shows have, then superclasses, then weaker signs.
        (MAZE, "series"), (TMDB_TV, "series"), (TMDB_MOVIE, "film"), ({**TMDB_MOVIE, **TMDB_TV}, "series"),
        ({**classes(990000399), "P4835": [claim("7")]}, "series"),
        (NETWORK, "series"), ({"P345": [claim("tt9990101")]}, "series"),
        (classes(990000301), "series"), (classes(990000302), "series"), ({**classes(990000304), **NETWORK}, ""),
        ({**classes(990000305), **NETWORK}, "series"),
        # A class of something else is stronger than all signs, and cast and dates are none.
        (classes(5), ""), ({**classes(5), "P345": [claim("nm9990101")]}, ""), ({"P345": [claim("nm9990101")]}, ""),
        ({**classes(7889), **CAST, **DATED, "P345": [claim("tt9990101")]}, ""),
        ({**classes(196600), **MAZE, **TMDB_TV}, ""), ({**classes(21191270), **NETWORK, **CAST}, ""),
        ({**CAST, **DATED}, ""), (DATED, ""), ({"P31": [claim(None)]}, ""), ({}, ""),
        ({"P31": [claim(item(11424), "deprecated"), claim(item(5))]}, ""),
    ],
)  # fmt: skip
def test_kind_of_an_item(claims: Json, kind: str) -> None:
    found = kind_of(entity({"claims": claims}), CLASSES)
    assert ("season" if found.is_season else found.kind) == kind


@pytest.mark.parametrize(
    ("claims", "kind", "tmdb"),
    [
        ({**classes(5398426), **TMDB_TV, **TMDB_MOVIE}, "series", "tv/5"),
        ({**classes(11424), **TMDB_TV, **TMDB_MOVIE}, "film", "movie/6"),
        ({**classes(1261214), **TMDB_MOVIE}, "special", "movie/6"),
        ({**classes(5398426), "P4983": [claim("five")], "P4947": [claim("0")]}, "series", None),
    ],
)
def test_kind_and_id_at_tmdb(claims: Json, kind: str, tmdb: str | None) -> None:
    record = record_of({"claims": claims})
    assert (record.kind, dict(record.ids).get("tmdb")) == (kind, tmdb)


@pytest.mark.parametrize(
    ("body", "sentence"),
    [
        ({"claims": classes(5)}, "Q990000101 is a person, not a show."),
        ({"claims": classes(641066)}, "Q990000101 is a band, not a show."),
        ({"claims": classes(7725634)}, "Q990000101 is a book, not a show."),
        ({"claims": classes(21191270)}, "Q990000101 is an episode, not a show."),
        ({"claims": classes(990000305)}, "Q990000101 is an opera house, not a show."),
        ({"claims": classes(990000306)}, "Q990000101 is “Old Thing”, not a show."),
        (
            {"claims": classes(990000399), "descriptions": texts(de="Ort\x1b[2J\nin Nirgendwo")},
            "Q990000101 is “Ort[2J in Nirgendwo”, not a show.",
        ),
        ({"claims": []}, "Wikidata does not say what Q990000101 is, so it can't be read as a show."),
        (
            {"claims": classes(3464665)},
            "Q990000101 is a season, but Wikidata does not say which one. Link the show instead.",
        ),
    ],
)
def test_refusal_says_what_it_is(body: Json, sentence: str) -> None:
    with pytest.raises(BadResponse) as refusal:
        record_of(body, classes=CLASSES)
    assert str(refusal.value) == sentence


def test_superclasses_are_wanted_in_two_steps() -> None:
    claims = entity({"claims": classes(990000301)}).claims
    assert find_kind(claims, {}) == frozenset({"Q990000301"})
    assert find_kind(claims, {"Q990000301": CLASSES["Q990000301"]}) == frozenset({"Q990000302"})
    unknown = {item: ItemClass("", (f"{item}0",)) for item in ("Q990000301", "Q9900003010", "Q99000030100")}
    kind = find_kind(claims, unknown)
    assert not isinstance(kind, frozenset)
    assert kind.kind == ""


def test_tables_of_items_do_not_overlap() -> None:
    tables = (FILMS, SERIES, SPECIALS, SEASONS, OTHERS.keys())
    assert sum(map(len, tables)) == len(frozenset().union(*tables))
    assert set(COUNTRIES.values()) == set(NAMES)
