from __future__ import annotations

from datetime import date
from typing import Final

import pytest

from tests.sources.wikidata.helpers import Json, claim, day, item, record_of, texts, time
from tracker.model.release import Release
from tracker.model.source_record import SourceRecord
from tracker.model.status import Status
from tracker.model.window import Precision, Window
from tracker.model.window_parser import parse_window

FILM: Final[Json] = {"P31": [claim(item(11424))], "P495": [claim(item(17))]}
SERIES: Final[Json] = {"P31": [claim(item(5398426))], "P495": [claim(item(17))]}
GREGORIAN: Final = "http://www.wikidata.org/entity/Q1985727"
JULIAN: Final = "http://www.wikidata.org/entity/Q1985786"


def film(published: list[Json], region: str = "") -> SourceRecord:
    return record_of({"claims": {**FILM, "P577": published}}, region)


def series(claims: Json, region: str = "") -> SourceRecord:
    return record_of({"claims": {**SERIES, **claims}}, region)


def release(record: SourceRecord) -> str:
    return record.release.text if record.release is not None else ""


@pytest.mark.parametrize(
    ("text", "precision", "window"),
    [
        ("+2027-05-14T00:00:00Z", 11, ("2027-05-14", "2027-05-14", "2027-05-14", Precision.DAY)),
        ("+2024-02-00T00:00:00Z", 10, ("2024-02", "2024-02-01", "2024-02-29", Precision.MONTH)),
        ("+2027-00-00T00:00:00Z", 9, ("2027", "2027-01-01", "2027-12-31", Precision.YEAR)),
        ("+00000002027-05-14T00:00:00Z", 11, ("2027-05-14", "2027-05-14", "2027-05-14", Precision.DAY)),
        ("+2027-01-01T00:00:00Z", 11, ("2027-01-01", "2027-01-01", "2027-01-01", Precision.DAY)),
        ("+2027-12-31T00:00:00Z", 11, ("2027-12-31", "2027-12-31", "2027-12-31", Precision.DAY)),
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
    found = series({"P580": [claim(time(text, precision))]}).release
    if window is None:
        assert found is None
    else:
        first, last = (date.fromisoformat(day) for day in window[1:3])
        assert found == Window(window[0], first, last, window[3])


@pytest.mark.parametrize(
    ("start", "text"),
    [
        (claim(time("+2027-05-14T00:00:00Z", 11, calendarmodel=GREGORIAN)), "2027-05-14"),
        (claim(time("+2027-05-14T00:00:00Z", 11, calendarmodel=JULIAN)), ""),
        (claim(time("+2027-05-00T00:00:00Z", 10, after=1)), "~2027-05"),
        (claim(time("+2027-00-00T00:00:00Z", 9, before=1)), "~2027"),
        (day("2027-05-14", P1480=[item(5727902)]), "~2027-05-14"),
        (claim(...), ""),
        (claim(None), ""),
    ],
)
def test_how_sure_a_time_is(start: Json, text: str) -> None:
    record = series({"P580": [start]})
    assert release(record) == text
    # The text is what people type.
    assert not text or record.release == parse_window(text)


@pytest.mark.parametrize(
    ("published", "region", "text", "shown_region"),
    [
        ([day("2027-06-01"), day("2027-05-14")], "", "2027-05-14", ""),
        ([day("2027"), day("2027-05-14")], "", "2027-05-14", ""),
        ([day("2027-01-20", "normal", 30), day("2027-05-14")], "", "2027-05-14", ""),
        ([day("2027-06-01", "normal", 30), day("2027-05-14", "normal", 17)], "", "2027-05-14", "JP"),
        ([day("2027-05-14", "normal", 30), day("2027-06-01", "normal", 17)], "", "2027-06-01", "JP"),
        ([day("2027-05-14", "normal", 30), day("2027-06-01", "normal", 17)], "KR", "2027-06-01", "JP"),
        ([day("2027-06-01", "normal", 30), day("2027-05-14", "normal", 142)], "", "2027-05-14", "FR"),
        ([day("2027-06-01", "normal", 30), day("2027-05-14")], "US", "2027-06-01", "US"),
        ([day("2027-06-01", "normal", 30, 16), day("2027-05-14")], "CA", "2027-06-01", "CA"),
        ([day("2027-05-14"), day("2027-08-01", "preferred")], "", "2027-08-01", ""),
        ([day("2027-05-14", "normal", 30), day("2027-08-01", "preferred")], "US", "2027-05-14", "US"),
        ([day("2027-05-14", "deprecated"), day("2027-08-01")], "", "2027-08-01", ""),
        ([day("2027-05-14", "deprecated", 30), day("2027-08-01")], "US", "2027-08-01", ""),
        ([claim(None), day("2027-08-01")], "", "2027-08-01", ""),
        # Worldwide is everywhere; a festival or a city is nowhere, unless there is nothing else.
        ([day("2027-05-14", "normal", 13780930), day("2027-06-01", "normal", 30)], "", "2027-05-14", ""),
        ([day("2027-05-14", "normal", 990000401), day("2027-06-01", "normal", 30)], "", "2027-06-01", "US"),
        ([day("2027-05-14", "normal", 990000401)], "", "2027-05-14", ""),
    ],
)
def test_release_of_a_film(published: list[Json], region: str, text: str, shown_region: str) -> None:
    record = film(published, region)
    assert (release(record), record.region) == (text, shown_region)


def test_all_releases_of_a_film() -> None:
    record = film(
        [
            day("2027-08-01", "normal", 30, P437=[item(723685)]), day("2027-06-01", "normal", 30, 16),
            day("2027-07", "normal", 183), day("2027", "normal", 183), day("2027-05-14", "preferred"),
            day("2027-09-01", "normal", 17, P400=[item(47770)]),
            day("2027-04-01", "normal", 990000401), day("2027-03-01", "deprecated"),
            claim(None), day("2027-06-01", "normal", 30),
        ]
    )  # fmt: skip
    assert record.releases == tuple(
        Release(parse_window(text), region, medium)
        for text, region, medium in [
            ("2027-05-14", "", ""), ("2027-06-01", "CA", ""), ("2027-06-01", "US", ""), ("2027-07", "DE", ""),
            ("2027-08-01", "US", "digital"), ("2027-09-01", "JP", "disc"),
        ]
    )  # fmt: skip
    assert series({"P577": [day("2027-05-14")]}).releases == ()


@pytest.mark.parametrize(
    ("media", "text", "medium"),
    [((), "2027-06-01", ""), (("digital", "cinema"), "2027-08-01", "digital"), (("disc",), "2027-06-01", "")],
)
def test_medium_that_counts(media: tuple[str, ...], text: str, medium: str) -> None:
    published = [day("2027-08-01", "normal", 30, P437=[item(723685)]), day("2027-06-01", "normal", 30)]
    record = record_of({"claims": {**FILM, "P577": published}}, "US", media=media)
    assert (release(record), record.region, record.medium) == (text, "US", medium)


def test_release_of_a_series_is_its_start() -> None:
    both = {"P580": [day("2027-05-14")], "P577": [day("2027-03-01")]}
    assert release(series(both)) == "2027-05-14"
    assert release(record_of({"claims": {**FILM, **both}})) == "2027-03-01"
    assert release(series({"P580": [day("2027")], "P577": [day("2027-05-14")]})) == "2027-05-14"
    assert release(series({"P580": [day("2027")], "P577": [day("2027-05-14", "normal", 17)]})) == "2027-05-14"
    assert release(series({"P580": [day("2027")], "P577": [day("2027-05-14", "normal", 30)]}, "US")) == "2027-05-14"
    assert release(series({"P577": [day("2027-05-14")]})) == "2027-05-14"


STARTED: Final = (Status.AIRING, Status.RELEASED, Status.HIATUS, Status.CANCELLED)
OVER: Final = (Status.RELEASED, Status.CANCELLED)


@pytest.mark.parametrize(
    ("claims", "words", "status", "compatible", "ended"),
    [
        (
            {"P580": [day("2010-09-23")], "P582": [day("2011-02-17")]},
            "began 23 Sep 2010, ended 17 Feb 2011", Status.RELEASED, OVER, "2011-02-17",
        ),
        ({"P580": [day("2010")], "P582": [day("2011-02")]}, "began 2010, ended Feb 2011", Status.RELEASED, OVER, ""),
        ({"P582": [day("2011")]}, "ended 2011", Status.RELEASED, OVER, ""),
        ({"P577": [day("2010")], "P582": [day("2011")]}, "began 2010, ended 2011", Status.RELEASED, OVER, ""),
        # Without a last day what began long ago is out; a start of the last months may have been missed.
        ({"P580": [day("2010-09-23")]}, "began 23 Sep 2010", Status.RELEASED, STARTED, ""),
        ({"P577": [day("2024")]}, "began 2024", Status.RELEASED, STARTED, ""),
        ({"P580": [day("2026-05-14")]}, "", None, (), ""),
        ({"P580": [day("2026-11-14")], "P582": [day("2026-11-20")]}, "", None, (), "2026-11-20"),
        (
            {"P580": [day("2026-10-14")], "P582": [day("2026-11-20")]},
            "began 14 Oct 2026, ended 20 Nov 2026", Status.RELEASED, OVER, "2026-11-20",
        ),
        ({"P580": [day("2026-05")]}, "", None, (), ""),
        ({"P580": [day("2025")]}, "", None, (), ""),
        ({"P580": [day("2027-05-14")]}, "", None, (), ""),
        ({"P580": [day("2026")]}, "", None, (), ""),
        ({"P580": [claim(None)]}, "", None, (), ""),
        # It goes on until a day, or nobody knows of an end, or it came back.
        (
            {"P580": [day("2026-05-14")], "P582": [day("2026-12-18")]},
            "began 14 May 2026", Status.AIRING, STARTED, "2026-12-18",
        ),
        ({"P580": [day("2010-09-23")], "P582": [claim(...)]}, "began 23 Sep 2010", Status.AIRING, STARTED, ""),
        ({"P580": [day("2010-09-23")], "P582": [claim(None)]}, "began 23 Sep 2010", Status.RELEASED, STARTED, ""),
        ({"P580": [day("2001"), day("2026-02-01")], "P582": [day("2009")]}, "", None, (), ""),
        ({"P580": [day("2001"), day("2025-02-01")], "P582": [day("2009")]}, "began 2001", Status.RELEASED, STARTED, ""),
        (
            {"P580": [day("2001"), day("2017")], "P582": [day("2009"), day("2020-05-01")]},
            "began 2001, ended 1 May 2020", Status.RELEASED, OVER, "2020-05-01",
        ),
    ],
)  # fmt: skip
def test_how_far_a_series_is(
    claims: Json, words: str, status: Status | None, compatible: tuple[Status, ...], ended: str
) -> None:
    record = series(claims)
    assert (record.raw_status, record.status, record.compatible_statuses) == (words, status, compatible)
    assert record.ended == (date.fromisoformat(ended) if ended else None)


@pytest.mark.parametrize(
    ("published", "words"),
    [
        ([day("2019-05-14")], "released 14 May 2019"), ([day("2019")], "released 2019"), ([day("2025")], ""),
        ([day("2026-10-20")], "released 20 Oct 2026"), ([day("2026-11-20")], ""), ([day("2027-05-14")], ""),
        # What is out elsewhere is not out here.
        ([day("2019-05-14", "normal", 30), day("2027-05-14", "normal", 17)], ""), ([], ""),
    ],
)  # fmt: skip
def test_whether_a_film_is_out(published: list[Json], words: str) -> None:
    record = film(published)
    project = record_of({"claims": {"P31": [claim(item(18011172))], "P577": published}})
    assert (project.kind, project.raw_status, project.status) == ("film", "", None)
    expected = (Status.RELEASED, (Status.RELEASED,)) if words else (None, ())
    assert (record.raw_status, record.status, record.compatible_statuses) == (words, *expected)


def season(number: str, start: str = "", end: str = "", *, series: int = 990000101, of: int = 3464665) -> Json:
    claims: Json = {"P31": [claim(item(of))], "P179": [claim(item(series), P1545=[number])]}
    claims |= {"P580": [day(start)]} if start else {}
    claims |= {"P582": [day(end)]} if end else {}
    return {
        "lastrevid": 30 + int(number),
        "labels": texts(en=f"Lighthouse, {'season' if of == 3464665 else 'episode'} {number}"),
        "claims": claims,
    }


def test_seasons_of_a_series() -> None:
    parts = {
        "Q990000502": season("2", "2027-02-01"), "Q990000501": season("1", "2025-03-01", "2025-05-01"),
        "Q990000503": season("5", of=21191270),
        "Q990000504": season("4", series=990000109),
        "Q990000505": {"labels": texts(en="Lighthouse, season 3"), "claims": {"P31": [claim(item(3464665))]}},
        "Q990000506": season("9", "2025-01-01", series=990000109),
    }  # fmt: skip
    has_parts = {"P527": [claim(item(int(key[1:]))) for key in parts]}
    record = record_of({"lastrevid": 7, "claims": {**SERIES, **has_parts}}, parts=parts)
    found = [(one.number, one.release and one.release.text, one.status) for one in record.seasons]
    assert found[:2] == [(1, "2025-03-01", Status.RELEASED), (2, "2027-02-01", Status.SCHEDULED)]
    assert [number for number, *_ in found] == [1, 2, 3]
    assert record.seasons[0].ended == date(2025, 5, 1)
    second = record.for_season(2)
    assert (release(second), second.status, second.season) == ("2027-02-01", Status.SCHEDULED, 2)
    assert record.revision == "7 Q990000501:31 Q990000502:32 Q990000503:35 Q990000504:34 Q990000506:39"


def test_item_of_a_season() -> None:
    labels = {"Q990000101": "Lighthouse"}
    record = record_of(season("2", "2025-03-01", "2025-05-01"), labels=labels)
    assert (record.title, record.aliases, record.kind, record.season) == (
        "Lighthouse", (), "series", 2,
    )  # fmt: skip
    assert (release(record), record.status, record.ended) == ("2025-03-01", Status.RELEASED, date(2025, 5, 1))
    assert record.for_season(2) == record
    assert [one.number for one in record.seasons] == [2]
    assert record_of(season("3")).title == "Lighthouse"
    # The name of a season in its own language is no title of the show.
    german = season("2")
    german["labels"] = texts(en="Lighthouse, season 2", de="Leuchtturm, Staffel 2")
    german["claims"]["P364"] = [claim(item(188))]
    own = record_of(german, labels=labels)
    assert (own.title, own.original_title) == ("Lighthouse", "Leuchtturm")
    assert own.aliases == ()
    named = {**season("2"), "labels": texts(en="The Keeper Returns")}
    assert record_of(named, labels=labels).aliases == ("The Keeper Returns",)
    # A day that may have been missed says of a season no more than of a show.
    assert record_of(season("3", "2026-11-10")).status is None
