from __future__ import annotations

import json
from datetime import date
from typing import Any, Final

import pytest

from tracker.errors import BadResponse
from tracker.model.episode import Episode
from tracker.model.release import Track
from tracker.model.show import Credit
from tracker.model.source_record import SourceRecord
from tracker.model.status import Status
from tracker.model.window import Precision, Window
from tracker.sources.tmdb.source import (
    ChangedIds,
    parse_changes,
    parse_external_ids,
    parse_movie,
    parse_search,
    parse_tv,
)

TODAY: Final = date(2026, 11, 23)
OUT: Final = {Status.AIRING, Status.RELEASED, Status.HIATUS}
DATED: Final = {Status.FILMING, Status.POST_PRODUCTION, Status.SCHEDULED}
MAKING: Final = {Status.PRE_PRODUCTION, Status.FILMING, Status.POST_PRODUCTION, Status.POSTPONED}
PLANNED: Final = {Status.RUMORED, Status.ANNOUNCED, Status.PRE_PRODUCTION, Status.POSTPONED}

TV: Final[dict[str, Any]] = {
    "id": 900201,
    "name": "The Paper Lighthouse",
    "original_name": "紙の灯台",
    "status": "In Production",
    "first_air_date": "2027-03-04",
    "last_air_date": None,
    "created_by": [{"id": 1, "name": "Rui Sala", "gender": 2}],
    "genres": [{"id": 18, "name": "Drama"}, {"id": 10765, "name": "Sci-Fi & Fantasy"}],
    "homepage": "https://network.example/paper-lighthouse",
    "next_episode_to_air": {
        "id": 3, "name": "Episode 1", "air_date": "2027-03-04", "season_number": 1, "episode_number": 1,
    },
    "networks": [{"id": 7, "name": "Harbour One", "origin_country": "JP"}],
    "origin_country": ["JP", "KR"],
    "overview": "A harbour & its ghosts.\r\n\r\nSecond part.",
    "aggregate_credits": {
        "cast": [
            {"name": "Ines Quell", "roles": [{"character": "", "episode_count": 1}, {"character": "The Keeper"}]},
            {"name": "Bo Tarn", "roles": []},
            {"name": "Ines Quell", "roles": [{"character": "Her sister"}]},
        ],
        "crew": [
            {"name": "Ada Finch", "jobs": [{"job": "Producer"}, {"job": "Director"}], "department": "Directing"},
            {"name": "Mio Kase", "jobs": [{"job": "Writer"}], "department": "Writing"},
        ],
    },
    "external_ids": {"imdb_id": "tt9990201", "tvdb_id": 777201, "wikidata_id": "Q99900201", "facebook_id": None},
    "alternative_titles": {"results": [{"title": "종이 등대", "type": ""}, {"title": "The Paper Lighthouse"}]},
    "watch/providers": {
        "results": {
            "JP": {
                "free": [{"provider_name": "Openly"}],
                "flatrate": [{"provider_name": "Streamly", "provider_id": 1}],
                "ads": [{"provider_name": "Adly"}, {"provider_name": "Streamly"}],
                "buy": [{"provider_name": "Shoply"}],
            }
        }
    },
}  # fmt: skip
MOVIE: Final[dict[str, Any]] = {
    "id": 900301,
    "title": "Glass Orchard",
    "original_title": "유리 과수원",
    "status": "Post Production",
    "release_date": "2027-05-14",
    "genres": [{"id": 18, "name": "Drama"}],
    "homepage": "",
    "imdb_id": "tt9990301",
    "origin_country": ["KR"],
    "overview": "",
    "production_countries": [{"iso_3166_1": "KR", "name": "South Korea"}],
    "credits": {
        "cast": [{"name": f"Extra {number}", "character": f"Guest {number}", "order": number} for number in range(30)],
        "crew": [
            {"name": "Ada Finch", "job": "Director", "department": "Directing"},
            {"name": "Mio Kase", "job": "Screenplay", "department": "Writing"},
            {"name": "Rui Sala", "job": "Novel", "department": "Writing"},
        ],
    },
    "external_ids": {"imdb_id": None, "wikidata_id": "Q99900301"},
    "alternative_titles": {"titles": [{"iso_3166_1": "JP", "title": "硝子の果樹園", "type": ""}]},
    "release_dates": {
        "results": [
            {
                "iso_3166_1": "KR",
                "release_dates": [
                    {"note": "A festival", "release_date": "2026-10-02T00:00:00.000Z", "type": 1},
                    {"note": "", "release_date": "2027-06-09T00:00:00.000Z", "type": 3},
                    {"note": "", "release_date": "2027-06-08T00:00:00.000Z", "type": 2},
                    {"note": "", "release_date": "2027-01-20T00:00:00.000Z", "type": 4},
                ],
            },
            {
                "iso_3166_1": "JP",
                "release_dates": [
                    {"release_date": "2027-09-01T00:00:00.000Z", "type": 5},
                    {"release_date": "2027-10-01T00:00:00.000Z", "type": 6},
                    {"release_date": "2027-11-01T00:00:00.000Z", "type": 4},
                ],
            },
            {"iso_3166_1": "US", "release_dates": [{"release_date": "2026-09-01T00:00:00.000Z", "type": 1}]},
        ]
    },
    "watch/providers": {"results": {}},
}


def bare_movie(**changed: Any) -> SourceRecord:
    return movie(release_dates=None, **changed)


EPISODE: Final = {"season_number": 1, "episode_number": 1, "name": "One"}


def tv(region: str = "", **changed: object) -> SourceRecord:
    return parse_tv(json.dumps({**TV, **changed}).encode(), TODAY, region)


def movie(region: str = "", **changed: object) -> SourceRecord:
    return parse_movie(json.dumps({**MOVIE, **changed}).encode(), TODAY, region)


def test_record_of_a_series() -> None:
    record = tv("JP")
    assert record == SourceRecord(
        source="tmdb", key="tv/900201", title="The Paper Lighthouse", url="https://www.themoviedb.org/tv/900201",
        original_title="紙の灯台", aliases=("종이 등대",), kind="series", raw_status="In Production",
        compatible_statuses=record.compatible_statuses, status=Status.SCHEDULED,
        release=Window("2027-03-04", date(2027, 3, 4), date(2027, 3, 4), Precision.DAY), networks=("Harbour One",),
        countries=("JP", "KR"), genres=("drama", "sci-fi & fantasy"), directors=("Ada Finch",),
        writers=("Rui Sala", "Mio Kase"), synopsis="A harbour & its ghosts.\n\nSecond part.",
        cast=(Credit("Ines Quell", "The Keeper / Her sister"), Credit("Bo Tarn")),
        ids=(("imdb", "tt9990201"), ("thetvdb", "777201"), ("wikidata", "Q99900201")),
        homepage="https://network.example/paper-lighthouse",
        next_episode=Episode(1, 1, "Episode 1", date(2027, 3, 4), None), providers=("Streamly", "Adly", "Openly"),
    )  # fmt: skip


def test_record_of_a_film() -> None:
    record = movie()
    assert record._replace(cast=()) == SourceRecord(
        source="tmdb", key="movie/900301", title="Glass Orchard", url="https://www.themoviedb.org/movie/900301",
        original_title="유리 과수원", aliases=("硝子の果樹園",), kind="film", raw_status="Post Production",
        compatible_statuses=record.compatible_statuses, status=Status.SCHEDULED,
        release=Window("2027-06-08", date(2027, 6, 8), date(2027, 6, 8), Precision.DAY), region="KR", medium="cinema",
        releases=record.releases, countries=("KR",), genres=("drama",), directors=("Ada Finch",), writers=("Mio Kase",),
        ids=(("imdb", "tt9990301"), ("wikidata", "Q99900301")),
    )  # fmt: skip
    assert record.cast[0] == Credit("Extra 0", "Guest 0")
    assert len(record.cast) == 20
    assert movie(origin_country=None).countries == ("KR",)
    # Where nobody says, the language does if it has one country.
    assert movie(origin_country=[], production_countries=[], original_language="ja").countries == ("JP",)
    assert movie(origin_country=[], production_countries=[], original_language="fr").countries == ()


def test_credits_in_another_form() -> None:
    crew = [{"name": "Mio Kase", "job": "Writer"}, {"name": "Ada Finch", "job": "Director"}]
    credits_ = {"cast": [{"name": "Ines Quell", "character": "The Keeper"}], "crew": crew}
    record = tv(aggregate_credits=None, credits=credits_, created_by=[])
    assert record.cast == (Credit("Ines Quell", "The Keeper"),)
    assert (record.directors, record.writers) == (("Ada Finch",), ("Mio Kase",))


def test_series_is_on_air_once_an_episode_was_shown() -> None:
    episode = {"season_number": 1, "episode_number": 1, "name": "One", "air_date": "2026-11-20"}
    record = tv(status="Returning Series", first_air_date="2026-11-20", last_episode_to_air=episode)
    assert (record.status, set(record.compatible_statuses)) == (Status.AIRING, OUT - {Status.RELEASED})
    record = tv(
        status="Returning Series", first_air_date="2026-11-20", last_episode_to_air={**episode, "air_date": "2027"}
    )
    assert record.status is None


@pytest.mark.parametrize(
    ("word", "first", "last", "status", "covers"),
    [
        ("Planned", "2027-03-04", None, Status.SCHEDULED, DATED),
        ("In Production", None, None, Status.FILMING, MAKING),
        ("In Production", "2027-12-31", None, Status.FILMING, MAKING | {Status.SCHEDULED}),
        ("In Production", "2026-11-23", None, Status.FILMING, MAKING | {Status.AIRING, Status.RELEASED}),
        ("Pilot", "2027-03-04", None, Status.SCHEDULED, DATED),
        ("Returning Series", "2027-03-04", None, Status.SCHEDULED, DATED),
        ("Returning Series", "2026-11-23", None, None, {Status.SCHEDULED, Status.POSTPONED, *OUT}),
        ("Returning Series", "", None, None, set()),
        ("Ended", "2020-01-01", "2021-02-03", Status.RELEASED, {Status.RELEASED, Status.CANCELLED}),
        ("Ended", "", "2021-02-03", Status.RELEASED, {Status.RELEASED, Status.CANCELLED}),
        ("Canceled", "", None, Status.CANCELLED, {Status.CANCELLED}),
        ("Canceled", "2020-02-03", None, Status.CANCELLED, {Status.CANCELLED, Status.RELEASED}),
        ("Hibernating", "2020-02-03", None, None, set()),
        (None, "2020-02-03", None, None, set()),
    ],
)
def test_status_of_a_series_by_word_and_days(
    word: str | None, first: str | None, last: str | None, status: Status | None, covers: set[Status]
) -> None:
    record = tv(status=word, first_air_date=first, last_air_date=last, next_episode_to_air=None)
    assert (record.raw_status, record.status, set(record.compatible_statuses)) == (word or "", status, covers)


@pytest.mark.parametrize(
    ("word", "day", "region", "status", "covers"),
    [
        ("Rumored", "", "", Status.RUMORED, {Status.RUMORED, Status.ANNOUNCED, Status.POSTPONED}),
        ("Planned", "2027-05-14", "", Status.ANNOUNCED, PLANNED | {Status.SCHEDULED}),
        ("Planned", "2027-05-14", "KR", Status.SCHEDULED, DATED),
        ("In Production", "", "", Status.FILMING, MAKING),
        ("In Production", "2027-05-14", "KR", Status.SCHEDULED, DATED),
        ("In Production", "2025-05-14", "", Status.FILMING, MAKING | {Status.RELEASED}),
        (
            "Post Production", "", "",
            Status.POST_PRODUCTION, {Status.POST_PRODUCTION, Status.SCHEDULED, Status.POSTPONED},
        ),
        ("Post Production", "2027-05-14", "", Status.SCHEDULED, DATED),
        (
            "Post Production", "2027-12-31", "",
            Status.POST_PRODUCTION, {Status.POST_PRODUCTION, Status.SCHEDULED, Status.POSTPONED},
        ),
        ("Released", "2025-05-14", "", Status.RELEASED, {Status.RELEASED}),
        ("Released", "2025-05-14", "KR", Status.SCHEDULED, {Status.SCHEDULED, Status.RELEASED}),
        ("Canceled", "", "", Status.CANCELLED, {Status.CANCELLED}),
        ("Hibernating", "2025-05-14", "", None, set()),
    ],
)  # fmt: skip
def test_status_of_a_film_by_word_and_day(
    word: str, day: str, region: str, status: Status | None, covers: set[Status]
) -> None:
    record = movie(region, status=word, release_date=day, **({} if region else {"release_dates": None}))
    assert (record.raw_status, record.status, set(record.compatible_statuses)) == (word, status, covers)


@pytest.mark.parametrize(
    ("region", "media", "countries", "told"),
    [
        ("KR", (), ["KR"], "2027-06-08 cinema in KR"),  # limited, before the wide one, and never the festival
        ("KR", ("digital",), ["KR"], "2027-01-20 digital in KR"),
        ("KR", ("premiere",), ["KR"], "2026-10-02 premiere in KR"),
        ("JP", (), ["KR"], "2027-11-01 digital in JP"),  # digital before television before discs
        ("JP", ("disc", "tv"), ["KR"], "2027-09-01 disc in JP"),
        ("US", (), ["KR"], "2027-06-08 cinema in KR"),  # at home, for it has a premiere only
        ("DE", (), ["FR", "JP"], "2027-11-01 digital in JP"),
        ("DE", (), ["FR"], "2027-06-08 cinema in KR"),  # where it comes out first
        ("", (), ["KR"], "2027-06-08 cinema in KR"),
    ],
)
def test_release_that_counts(region: str, media: tuple[str, ...], countries: list[str], told: str) -> None:
    body = json.dumps({**MOVIE, "origin_country": countries}).encode()
    record = parse_movie(body, TODAY, region, media)
    assert record.release is not None
    assert f"{record.release.text} {Track(record.region, record.medium).label}" == told
    # The settings pick one of the dates, and change none.
    assert record.releases == movie().releases
    assert record.dates[0].track == (record.region, record.medium)
    assert {date_.region for date_ in record.dates} == {record.region}


def test_releases_of_a_film() -> None:
    assert [(one.window.text, one.track.label, one.note) for one in movie().releases] == [
        ("2026-09-01", "premiere in US", ""),
        ("2026-10-02", "premiere in KR", "A festival"),
        ("2027-01-20", "digital in KR", ""),
        ("2027-06-08", "cinema in KR", "limited"),
        ("2027-09-01", "disc in JP", ""),
        ("2027-10-01", "tv in JP", ""),
        ("2027-11-01", "digital in JP", ""),
    ]
    row = {"release_date": "2027-01-01T00:00:00.000Z", "type": 3, "note": "x" * 300}
    odd = [{"release_date": "2027-02-02", "type": 9}, {"type": 3}, {"release_date": "soon", "type": 4}]
    results = [{"iso_3166_1": "ws", "release_dates": [row, *odd]}, {"iso_3166_1": "??", "release_dates": [row]}]
    record = movie(release_date="2027-01-01", release_dates={"results": results})
    # A day that a country has is a day, also the first of a year.
    assert [(one.window.text, one.track.label, len(one.note)) for one in record.releases] == [
        ("2027-01-01", "cinema in WS", 40)
    ]
    assert (record.region, record.medium) == ("WS", "cinema")


def test_primary_date_is_nobodys() -> None:
    record = movie("KR", release_dates={"results": []})
    assert record.release is not None
    assert (record.release.text, record.region, record.medium) == ("2027-05-14", "", "")
    assert [(one.window.text, one.note) for one in record.dates] == [("2027-05-14", "first date in any country")]


@pytest.mark.parametrize(
    ("days", "region", "media", "status"),
    [
        ({"KR": {3: "2026-01-05"}, "DE": {3: "2027-02-11"}}, "DE", (), Status.SCHEDULED),
        ({"KR": {3: "2026-01-05"}, "DE": {3: "2027-02-11"}}, "KR", (), Status.RELEASED),
        ({"KR": {3: "2026-01-05", 4: "2027-02-11"}}, "KR", (), Status.RELEASED),
        ({"KR": {3: "2026-01-05", 4: "2027-02-11"}}, "KR", ("digital",), Status.SCHEDULED),
        ({"KR": {1: "2026-01-05"}}, "KR", (), None),  # a festival is no release
        ({"KR": {1: "2026-01-05"}}, "KR", ("premiere",), Status.RELEASED),
        ({"US": {3: "2027-02-11"}}, "DE", (), Status.RELEASED),  # TMDB may know of one that it does not list
    ],
)
def test_status_of_the_release_that_counts(
    days: dict[str, dict[int, str]], region: str, media: tuple[str, ...], status: Status | None
) -> None:
    results = [
        {"iso_3166_1": code, "release_dates": [{"type": kind, "release_date": day} for kind, day in rows.items()]}
        for code, rows in days.items()
    ]
    body = json.dumps({**MOVIE, "status": "Released", "release_dates": {"results": results}}).encode()
    assert parse_movie(body, TODAY, region, media).status is status


@pytest.mark.parametrize("day", ["2027-01-01", "2027-12-31"])
def test_first_and_last_day_of_a_year(day: str) -> None:
    year = Window("2027", date(2027, 1, 1), date(2027, 12, 31), Precision.YEAR)
    assert tv(first_air_date=day, next_episode_to_air=None).release == bare_movie(release_date=day).release == year
    # A title that is still being made is not out, whatever day it is.
    assert (
        tv(first_air_date="2026-01-01", next_episode_to_air=None).release
        == bare_movie(release_date="2026-01-01").release
    )
    past = date(2025, 12, 31)
    day_itself = Window("2025-12-31", past, past, Precision.DAY)
    assert tv(first_air_date="2025-12-31", status="Ended").release == day_itself
    assert bare_movie(release_date="2025-12-31", status="Released").release == day_itself


@pytest.mark.parametrize(
    ("first", "changed", "release"),
    [
        ("2027-01-01", {"next_episode_to_air": EPISODE | {"air_date": "2027-01-01"}}, "2027-01-01"),
        ("2027-01-01", {"next_episode_to_air": EPISODE | {"air_date": "2027-01-04"}}, "2027-01-04"),
        ("2027-12-31", {"next_episode_to_air": EPISODE | {"air_date": "2027-03-04"}}, "2027-03-04"),
        ("", {"next_episode_to_air": EPISODE | {"air_date": "2027-03-04"}}, "2027-03-04"),
        ("2027-03-01", {"next_episode_to_air": EPISODE | {"air_date": "2027-03-04"}}, "2027-03-01"),
        ("2027-01-01", {"next_episode_to_air": EPISODE | {"air_date": None}}, "2027"),
        ("2027-01-01", {"next_episode_to_air": EPISODE | {"episode_number": 2, "air_date": "2027-02-02"}}, "2027"),
        # A first season has its day from the series.
        ("2027-01-01", {"seasons": [{"season_number": 1, "air_date": "2027-01-01"}]}, "2027"),
        (
            "2019-01-01",
            {"status": "Planned", "last_episode_to_air": EPISODE | {"air_date": "2019-05-12"}},
            "2019-01-01",
        ),
    ],
)
def test_first_day_of_a_year_that_an_episode_names(first: str, changed: dict[str, Any], release: str) -> None:
    record = tv(first_air_date=first, **{"next_episode_to_air": None, **changed})
    assert record.release is not None
    assert record.release.text == release


@pytest.mark.parametrize("day", ["", None, "soon", "0000-00-00", "2027-02-30"])
def test_day_that_is_none(day: str | None) -> None:
    assert tv(first_air_date=day, next_episode_to_air=None).release is None
    assert bare_movie(release_date=day).release is None


def test_absent_null_and_empty_mean_the_same() -> None:
    needed = {"id", "genres", "name", "title"}
    for parse, work in ((parse_tv, TV), (parse_movie, MOVIE)):
        bare = {key: value for key, value in work.items() if key in needed}
        nulls = {key: value if key in needed else None for key, value in work.items()}
        empty = {key: "" if isinstance(value, str) and key not in needed else nulls[key] for key, value in work.items()}
        records = [parse(json.dumps(body).encode(), TODAY, "JP") for body in (bare, nulls, empty)]
        assert records[0] == records[1] == records[2]
        assert (records[0].release, records[0].compatible_statuses, records[0].cast) == (None, (), ())


def test_text_is_cleaned() -> None:
    record = tv(name="Paper\u202e Light\x1b[31m\nhouse", overview=" One\x07 & two\r\n<3 ", status="In\u2028 Flux")
    assert (record.title, record.synopsis, record.raw_status) == ("Paper Light[31m house", "One & two\n<3", "In Flux")
    assert tv(name="", original_name=" 紙の灯台 ").title == "紙の灯台"
    assert tv(overview="Salt &amp; <i>sugar</i>").synopsis == "Salt & sugar"
    assert tv(homepage="javascript:alert(1)").homepage == ""


def hit(**fields: object) -> dict[str, Any]:
    return {"adult": False, "id": 900201, "overview": "", "genre_ids": [18], "popularity": 0.1, **fields}


def test_search_finds_series_and_films_only() -> None:
    hits = [
        hit(media_type="person", name="Ines Quell", known_for=[]),
        hit(media_type="tv", name="Paper", original_name="紙", first_air_date="", origin_country=["JP"]),
        hit(media_type="collection", title="Paper Collection"),
        hit(media_type="movie", id=900301, title="Paper", original_title="Paper", release_date="2027-12-31"),
        hit(media_type="tv", id=900202, name="", original_name=""),
        hit(media_type="movie", id=900302, title="Undated"),
    ]
    body = {"page": 1, "results": hits, "total_pages": 1, "total_results": len(hits)}
    records = parse_search(json.dumps(body).encode(), TODAY)
    assert [(record.key, record.kind, record.title) for record in records] == [
        ("tv/900201", "series", "Paper"), ("movie/900301", "film", "Paper"), ("movie/900302", "film", "Undated"),
    ]  # fmt: skip
    assert (records[0].original_title, records[0].release, records[0].countries) == ("紙", None, ("JP",))
    assert (records[1].original_title, records[1].year) == ("", 2027)
    assert records[1].release is not None
    assert records[1].release.precision is Precision.YEAR
    assert parse_search(b'{"page": 1, "results": [], "total_pages": 1, "total_results": 0}', TODAY) == ()


def test_kind_of_a_hit_without_media_type() -> None:
    hits = [hit(name="Paper", first_air_date=""), hit(title="Paper"), hit(name="Ines Quell")]
    records = parse_search(json.dumps({"results": hits}).encode(), TODAY)
    assert [record.key for record in records] == ["tv/900201", "movie/900201"]


def test_external_ids() -> None:
    body = {"id": 900201, "imdb_id": "", "tvdb_id": 777201, "wikidata_id": None, "tvrage_id": 5}
    assert parse_external_ids(json.dumps(body).encode()) == (("thetvdb", "777201"),)
    assert parse_external_ids(b'{"id": 900201}') == ()


def test_page_of_changes() -> None:
    rows = [{"id": 900201, "adult": False}, {"id": 900202, "adult": None}, {"id": None}]
    body = {"results": rows, "page": 1, "total_pages": 3, "total_results": 201}
    assert parse_changes(json.dumps(body).encode()) == ChangedIds(frozenset({"900201", "900202"}), 3)


@pytest.mark.parametrize(
    "body",
    [
        b"null",
        b"<html><title>Maintenance</title></html>",
        b'{"success": false, "status_code": 34, "status_message": "The resource could not be records."}',
        b'{"_id": "x", "air_date": null, "episodes": [], "name": "Season 1", "id": 8, "season_number": 1}',
    ],
)
def test_body_of_another_form(body: bytes) -> None:
    for parse in (parse_tv, parse_movie, parse_search):
        with pytest.raises(BadResponse, match=r"^TMDB "):
            parse(body, TODAY)
    with pytest.raises(BadResponse, match=r"^TMDB "):
        parse_changes(body)


def test_aliases_by_country() -> None:
    codes = ("AZ", "BG", "CN", "DE", "FR", "HK", "JP", "KR", "RU", "TH", "TW", "US", "US")
    titles = [{"iso_3166_1": code, "title": f"{code} {n}", "type": ""} for n, code in enumerate(codes)]
    record = tv("DE", original_language="ko", alternative_titles={"results": titles})
    assert record.aliases == ("KR 7", "DE 3", "JP 6", "CN 2", "TW 10", "HK 5", "TH 9", "US 11")
    assert record.language == "ko"


def test_aliases_are_told_apart_as_titles_are() -> None:
    titles = ["The paper lighthouse", "紙の灯台！", "Light-House", "Lighthouse", "LIGHTHOUSE"]
    record = tv(alternative_titles={"results": [{"iso_3166_1": "US", "title": title} for title in titles]})
    assert record.aliases == ("Light-House",)
    seasons = [
        ("Paper Rain", "Season 2"),
        ("Paper Snow", "S3"),
        ("Paper Light 2nd Season", ""),
        ("Sparticus", "romanized"),
    ]
    titles_of_seasons = [{"iso_3166_1": "JP", "title": title, "type": type_} for title, type_ in seasons]
    assert tv(alternative_titles={"results": titles_of_seasons}).aliases == ("Sparticus",)
    assert tv(name="Paper Light", original_name="PAPER  light").original_title == ""


@pytest.mark.parametrize(
    ("origin", "made_in", "language", "countries"),
    [
        (["GB", "US"], ["US"], "en", ("GB", "US")),
        (["XX", "uk"], [], "en", ("GB",)),
        ([], ["KR"], "en", ("KR",)),
        ([], [], "ja", ("JP",)),
        ([], [], "en", ()),
    ],
)
def test_countries(origin: list[str], made_in: list[str], language: str, countries: tuple[str, ...]) -> None:
    made = [{"iso_3166_1": code} for code in made_in]
    record = tv(origin_country=origin, production_countries=made, original_language=language)
    assert record.countries == countries


def test_makers_with_the_most_episodes_come_first() -> None:
    def maker(name: str, total: int, **jobs: int | None) -> dict[str, object]:
        parts = [{"job": job.replace("_", " "), "episode_count": count} for job, count in jobs.items()]
        return {"name": name, "jobs": parts, "total_episode_count": total}

    crew = [
        maker("One", 1, Director=1), maker("Two", 40, Director=2, Producer=38), maker("Three", 3, Director=None),
        maker("Four", 4, Series_Director=4), maker("Five", 5, Director=5), maker("Six", 6, Producer=6),
        maker("Mio Kase", 2, Writer=2), maker("Ines Quell", 9, Series_Composition=9), maker("Rui Sala", 1, Writer=1),
    ]  # fmt: skip
    record = tv(aggregate_credits={"cast": [], "crew": crew})
    assert record.directors == ("Five", "Four", "Three", "Two")
    assert record.writers == ("Rui Sala", "Ines Quell", "Mio Kase")


def test_cast_says_whom_each_plays() -> None:
    cast = [
        {"name": "Last", "character": "Guest (uncredited)", "order": 7},
        {"name": "Nobody", "character": "x"},
        {"name": "Ines Quell", "character": "The Keeper (voice)", "order": 0},
        {"name": "Bo Tarn", "character": "Self - Host", "order": 1},
        {"name": "Mio Kase", "character": "Herself", "order": 2},
        {"name": "Ada Finch", "character": "Selfridge", "order": 3},
        {"name": "Ines Quell", "character": "Her sister", "order": 5},
    ]
    assert movie(credits={"cast": cast}).cast == (
        Credit("Ines Quell", "The Keeper / Her sister"), Credit("Bo Tarn", "Host"), Credit("Mio Kase"),
        Credit("Ada Finch", "Selfridge"), Credit("Last", "Guest"), Credit("Nobody", "x"),
    )  # fmt: skip
    roles = [{"character": f"Role {n}", "episode_count": n} for n in range(5)]
    series = tv(aggregate_credits={"cast": [{"name": "Ines Quell", "roles": roles}]})
    assert series.cast == (Credit("Ines Quell", "Role 4 / Role 3 / Role 2"),)


@pytest.mark.parametrize(
    ("word", "day", "finale", "coming", "status"),
    [
        ("Planned", "2019-05-12", False, False, Status.RELEASED),
        ("In Production", "2026-11-20", False, False, Status.AIRING),
        ("Rumored", "2026-10-20", True, True, Status.AIRING),
        ("Returning Series", "2026-11-20", True, False, Status.RELEASED),
        ("Returning Series", "2021-11-20", False, False, Status.RELEASED),
        ("Returning Series", "2026-11-20", False, True, Status.AIRING),
        ("", "2019-05-12", False, False, Status.RELEASED),
        ("Ended", "2026-11-20", False, True, Status.AIRING),
    ],
)
def test_word_is_older_than_what_was_shown(word: str, day: str, finale: bool, coming: bool, status: Status) -> None:
    last = {**EPISODE, "air_date": day, "episode_type": "finale" if finale else "standard"}
    following = {**EPISODE, "episode_number": 2, "air_date": "2026-12-01"} if coming else None
    record = tv(
        status=word, first_air_date=day, last_air_date=day, last_episode_to_air=last, next_episode_to_air=following,
        seasons=[{"season_number": 1, "air_date": day}],
    )  # fmt: skip
    assert record.status is status
    assert status in record.compatible_statuses
    assert Status.ANNOUNCED not in record.compatible_statuses


def test_first_season_has_the_first_day() -> None:
    seasons = [{"season_number": 1, "air_date": "2023-06-21"}, {"season_number": 2, "air_date": None}]
    release = tv(status="Ended", first_air_date="", next_episode_to_air=None, seasons=seasons).release
    assert release is not None
    assert release.text == "2023-06-21"


def test_work_without_a_title() -> None:
    with pytest.raises(BadResponse, match=r"^tmdb:tv/900201 has no title at TMDB"):
        tv(name="", original_name=None)
    with pytest.raises(BadResponse, match=r"^tmdb:movie/900301 has no title at TMDB"):
        movie(title=None, original_title=" ")
