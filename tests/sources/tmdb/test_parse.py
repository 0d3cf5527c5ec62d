from __future__ import annotations

import json
from datetime import date
from typing import Any, Final

import pytest

from tests.sources.damaged_json import damaged
from tracker.errors import BadResponse
from tracker.model.episode import Episode
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
OUT = (Status.AIRING, Status.RELEASED, Status.HIATUS)
DATED: Final = {Status.FILMING, Status.POST_PRODUCTION, Status.SCHEDULED}
MAKING: Final = {Status.PRE_PRODUCTION, Status.FILMING, Status.POST_PRODUCTION, Status.POSTPONED}
PLANNED: Final = {Status.RUMORED, Status.ANNOUNCED, Status.PRE_PRODUCTION, Status.POSTPONED}

TV: Final[dict[str, Any]] = {
    "adult": False,
    "backdrop_path": None,
    "created_by": [{"id": 1, "credit_id": "x", "name": "Rui Sala", "original_name": "Rui Sala", "gender": 2}],
    "first_air_date": "2027-03-04",
    "genres": [{"id": 18, "name": "Drama"}, {"id": 10765, "name": "Sci-Fi & Fantasy"}],
    "homepage": "https://network.example/paper-lighthouse",
    "id": 900201,
    "in_production": True,
    "last_air_date": None,
    "name": "The Paper Lighthouse",
    "next_episode_to_air": {
        "id": 3, "name": "Episode 1", "air_date": "2027-03-04", "season_number": 1, "episode_number": 1,
    },
    "networks": [{"id": 7, "name": "Harbour One", "logo_path": None, "origin_country": "JP"}],
    "origin_country": ["JP", "KR"],
    "original_language": "ja",
    "original_name": "紙の灯台",
    "overview": "A harbour & its ghosts.\r\n\r\nSecond part.",
    "seasons": [{"air_date": None, "episode_count": 1, "id": 8, "name": "Season 1", "season_number": 1}],
    "status": "In Production",
    "type": "Scripted",
    "softcore": False,
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
    "alternative_titles": {
        "results": [
            {"iso_3166_1": "KR", "title": "종이 등대", "type": ""},
            {"iso_3166_1": "US", "title": "The Paper Lighthouse", "type": ""},
        ]
    },
    "watch/providers": {
        "results": {
            "JP": {
                "link": None,
                "free": [{"provider_name": "Openly"}],
                "flatrate": [{"provider_name": "Streamly", "provider_id": 1}],
                "ads": [{"provider_name": "Adly"}, {"provider_name": "Streamly"}],
                "buy": [{"provider_name": "Shoply"}],
            }
        }
    },
}  # fmt: skip
MOVIE: Final[dict[str, Any]] = {
    "adult": False,
    "belongs_to_collection": None,
    "budget": 0,
    "genres": [{"id": 18, "name": "Drama"}],
    "homepage": "",
    "id": 900301,
    "imdb_id": "tt9990301",
    "origin_country": ["KR"],
    "original_language": "ko",
    "original_title": "유리 과수원",
    "overview": "",
    "production_countries": [{"iso_3166_1": "KR", "name": "South Korea"}],
    "release_date": "2027-05-14",
    "status": "Post Production",
    "title": "Glass Orchard",
    "video": False,
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
                    {"certification": "", "note": "A festival", "release_date": "2026-10-02T00:00:00.000Z", "type": 1},
                    {"certification": "", "note": "", "release_date": "2027-06-09T00:00:00.000Z", "type": 3},
                    {"certification": "", "note": "", "release_date": "2027-06-08T00:00:00.000Z", "type": 2},
                    {"certification": "", "note": "", "release_date": "2027-01-20T00:00:00.000Z", "type": 4},
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


def tv(region: str = "", **changed: object) -> SourceRecord:
    return parse_tv(json.dumps({**TV, **changed}).encode(), TODAY, region)


def movie(region: str = "", **changed: object) -> SourceRecord:
    return parse_movie(json.dumps({**MOVIE, **changed}).encode(), TODAY, region)


def test_a_series_to_come_is_told_with_all_that_it_has() -> None:
    said = tv("JP")
    assert (said.source, said.key, said.kind) == ("tmdb", "tv/900201", "series")
    assert said.url == "https://www.themoviedb.org/tv/900201"
    assert (said.title, said.original_title, said.aliases) == ("The Paper Lighthouse", "紙の灯台", ("종이 등대",))
    assert said.release == Window("2027-03-04", date(2027, 3, 4), date(2027, 3, 4), Precision.DAY)
    assert (said.raw_status, said.status, set(said.compatible_statuses)) == ("In Production", Status.SCHEDULED, DATED)
    assert (said.networks, said.countries) == (("Harbour One",), ("JP", "KR"))
    assert said.genres == ("drama", "sci-fi & fantasy")
    assert (said.directors, said.writers) == (("Ada Finch",), ("Rui Sala",))
    assert said.synopsis == "A harbour & its ghosts.\n\nSecond part."
    assert said.cast == (Credit("Ines Quell", "The Keeper"), Credit("Bo Tarn"))
    assert said.ids == (("imdb", "tt9990201"), ("thetvdb", "777201"), ("wikidata", "Q99900201"))
    assert said.homepage == "https://network.example/paper-lighthouse"
    assert said.next_episode == Episode(1, 1, "Episode 1", date(2027, 3, 4), None)
    assert said.providers == ("Streamly", "Adly", "Openly")
    assert (said.region, said.revision) == ("", "")


def test_a_film_to_come_is_told_with_all_that_it_has() -> None:
    said = movie()
    assert (said.key, said.kind, said.url) == ("movie/900301", "film", "https://www.themoviedb.org/movie/900301")
    assert (said.title, said.original_title, said.aliases) == ("Glass Orchard", "유리 과수원", ("硝子の果樹園",))
    assert (said.status, set(said.compatible_statuses), said.region) == (Status.SCHEDULED, DATED, "")
    assert said.countries == ("KR",)
    assert (said.directors, said.writers) == (("Ada Finch",), ("Mio Kase",))
    assert said.cast[0] == Credit("Extra 0", "Guest 0")
    assert len(said.cast) == 20
    assert said.ids == (("imdb", "tt9990301"), ("wikidata", "Q99900301"))
    assert (said.homepage, said.synopsis, said.networks, said.providers) == ("", "", (), ())


def test_the_cast_may_come_in_another_form_and_writers_from_the_crew() -> None:
    crew = [{"name": "Mio Kase", "job": "Writer"}, {"name": "Ada Finch", "job": "Director"}]
    credits_ = {"cast": [{"name": "Ines Quell", "character": "The Keeper"}], "crew": crew}
    said = tv(aggregate_credits=None, credits=credits_, created_by=[])
    assert said.cast == (Credit("Ines Quell", "The Keeper"),)
    assert (said.directors, said.writers) == (("Ada Finch",), ("Mio Kase",))


def test_a_series_is_on_air_when_an_episode_was_shown_and_not_when_its_day_passed() -> None:
    episode = {"season_number": 1, "episode_number": 1, "name": "One", "air_date": "2026-11-20"}
    said = tv(status="Returning Series", first_air_date="2026-11-20", last_episode_to_air=episode)
    assert (said.status, set(said.compatible_statuses)) == (Status.AIRING, set(OUT))
    said = tv(
        status="Returning Series", first_air_date="2026-11-20", last_episode_to_air={**episode, "air_date": "2027"}
    )
    assert said.status is None


@pytest.mark.parametrize(
    ("word", "first", "last", "status", "covers"),
    [
        ("Planned", "", None, Status.ANNOUNCED, PLANNED),
        ("Planned", "2027-03-04", None, Status.SCHEDULED, DATED),
        ("In Production", None, None, Status.FILMING, MAKING),
        ("In Production", "2027-12-31", None, Status.FILMING, MAKING | {Status.SCHEDULED}),
        ("In Production", "2026-11-22", None, Status.FILMING, MAKING | {Status.AIRING, Status.RELEASED}),
        ("Pilot", "", None, Status.FILMING, MAKING),
        ("Pilot", "2027-03-04", None, Status.SCHEDULED, DATED),
        ("Returning Series", "2027-03-04", None, Status.SCHEDULED, DATED),
        ("Returning Series", "2026-11-23", None, None, {Status.SCHEDULED, Status.POSTPONED, *OUT}),
        ("Returning Series", "", None, None, set()),
        ("Returning Series", "2027-01-01", None, None, set()),
        ("Ended", "2020-01-01", "2021-02-03", Status.RELEASED, {Status.RELEASED, Status.CANCELLED}),
        ("Ended", "", "2021-02-03", Status.RELEASED, {Status.RELEASED, Status.CANCELLED}),
        ("Ended", "", None, None, set()),
        ("Canceled", "", None, Status.CANCELLED, {Status.CANCELLED}),
        ("Canceled", "2027-03-04", None, Status.CANCELLED, {Status.CANCELLED}),
        ("Canceled", "2020-02-03", None, Status.CANCELLED, {Status.CANCELLED, Status.RELEASED}),
        ("Hibernating", "2020-02-03", None, None, set()),
        ("", "2020-02-03", None, None, set()),
        (None, "2020-02-03", None, None, set()),
    ],
)
def test_a_word_for_a_series_comes_to_a_status_by_the_days_beside_it(
    word: str | None, first: str | None, last: str | None, status: Status | None, covers: set[Status]
) -> None:
    said = tv(status=word, first_air_date=first, last_air_date=last)
    assert (said.raw_status, said.status, set(said.compatible_statuses)) == (word or "", status, covers)


@pytest.mark.parametrize(
    ("word", "day", "region", "status", "covers"),
    [
        ("Rumored", "", "", Status.RUMORED, {Status.RUMORED, Status.ANNOUNCED, Status.POSTPONED}),
        ("Planned", "", "", Status.ANNOUNCED, PLANNED),
        ("Planned", "2027-05-14", "", Status.ANNOUNCED, PLANNED | {Status.SCHEDULED}),
        ("Planned", "2027-05-14", "KR", Status.SCHEDULED, DATED),
        ("In Production", "", "", Status.FILMING, MAKING),
        ("In Production", "2027-05-14", "", Status.FILMING, MAKING | {Status.SCHEDULED}),
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
        ("Released", "", "", Status.RELEASED, {Status.RELEASED}),
        ("Released", "2025-05-14", "KR", Status.SCHEDULED, {Status.SCHEDULED, Status.RELEASED}),
        ("Canceled", "", "", Status.CANCELLED, {Status.CANCELLED}),
        ("Hibernating", "2025-05-14", "", None, set()),
    ],
)  # fmt: skip
def test_a_word_for_a_film_comes_to_a_status_by_the_day_beside_it(
    word: str, day: str, region: str, status: Status | None, covers: set[Status]
) -> None:
    said = movie(region, status=word, release_date=day)
    assert (said.raw_status, said.status, set(said.compatible_statuses)) == (word, status, covers)


@pytest.mark.parametrize(
    ("region", "day", "told"),
    [
        ("KR", "2027-06-08", "KR"),  # limited, before the wide one, and never the festival
        ("JP", "2027-11-01", "JP"),  # digital before television before discs
        ("US", "2027-05-14", ""),  # a premiere only
        ("DE", "2027-05-14", ""),
        ("", "2027-05-14", ""),
    ],
)
def test_a_film_comes_out_when_everybody_in_the_region_can_see_it(region: str, day: str, told: str) -> None:
    said = movie(region)
    assert said.release is not None
    assert (said.release.text, said.region) == (day, told)


@pytest.mark.parametrize("day", ["2027-01-01", "2027-12-31"])
def test_the_first_and_the_last_day_of_a_year_are_a_year_until_the_title_is_out(day: str) -> None:
    year = Window("2027", date(2027, 1, 1), date(2027, 12, 31), Precision.YEAR)
    assert tv(first_air_date=day).release == movie(release_date=day).release == year
    # A title that is still being made is not out, whatever day it is.
    assert tv(first_air_date="2026-01-01").release == movie(release_date="2026-01-01").release
    past = date(2025, 12, 31)
    day_itself = Window("2025-12-31", past, past, Precision.DAY)
    assert tv(first_air_date="2025-12-31", status="Ended").release == day_itself
    assert movie(release_date="2025-12-31", status="Released").release == day_itself


@pytest.mark.parametrize("nothing", ["", None, "soon", "0000-00-00", "2027-02-30"])
def test_what_is_no_day_is_no_date(nothing: str | None) -> None:
    assert tv(first_air_date=nothing).release is None
    assert movie(release_date=nothing).release is None


def test_absent_null_and_empty_mean_the_same() -> None:
    needed = {"id", "genres", "name", "title"}
    for parse, work in ((parse_tv, TV), (parse_movie, MOVIE)):
        bare = {key: value for key, value in work.items() if key in needed}
        nulls = {key: value if key in needed else None for key, value in work.items()}
        empty = {key: "" if isinstance(value, str) and key not in needed else nulls[key] for key, value in work.items()}
        said = [parse(json.dumps(one).encode(), TODAY, "JP") for one in (bare, nulls, empty)]
        assert said[0] == said[1] == said[2]
        assert (said[0].release, said[0].compatible_statuses, said[0].status, said[0].cast) == (None, (), None, ())


def test_a_film_without_a_country_of_origin_has_those_that_made_it() -> None:
    assert movie(origin_country=None).countries == ("KR",)


def test_text_is_cleaned() -> None:
    said = tv(name="Paper\u202e Light\x1b[31m\nhouse", overview=" One\x07 & two\r\n<3 ", status="In\u2028 Flux")
    assert (said.title, said.synopsis, said.raw_status) == ("Paper Light[31m house", "One & two\n<3", "In Flux")
    assert tv(name="", original_name=" 紙の灯台 ").title == "紙の灯台"
    assert tv(overview="Salt &amp; <i>sugar</i>").synopsis == "Salt & sugar"
    assert tv(homepage="javascript:alert(1)").homepage == ""


def hit(**fields: object) -> dict[str, Any]:
    return {"adult": False, "id": 900201, "overview": "", "genre_ids": [18], "popularity": 0.1, **fields}


def test_a_search_finds_series_and_films_and_leaves_out_the_rest() -> None:
    hits = [
        hit(media_type="person", name="Ines Quell", known_for=[]),
        hit(media_type="tv", name="Paper", original_name="紙", first_air_date="", origin_country=["JP"]),
        hit(media_type="collection", title="Paper Collection"),
        hit(media_type="movie", id=900301, title="Paper", original_title="Paper", release_date="2027-12-31"),
        hit(media_type="tv", id=900202, name="", original_name=""),
        hit(media_type="movie", id=900302, title="Undated"),
    ]
    body = {"page": 1, "results": hits, "total_pages": 1, "total_results": len(hits)}
    found = parse_search(json.dumps(body).encode(), TODAY)
    assert [(one.key, one.kind, one.title) for one in found] == [
        ("tv/900201", "series", "Paper"), ("movie/900301", "film", "Paper"), ("movie/900302", "film", "Undated"),
    ]  # fmt: skip
    assert (found[0].original_title, found[0].release, found[0].countries) == ("紙", None, ("JP",))
    assert (found[1].original_title, found[1].year) == ("", 2027)
    assert found[1].release is not None
    assert found[1].release.precision is Precision.YEAR
    assert parse_search(b'{"page": 1, "results": [], "total_pages": 1, "total_results": 0}', TODAY) == ()


def test_the_kind_of_a_hit_is_seen_where_it_is_not_said() -> None:
    hits = [hit(name="Paper", first_air_date=""), hit(title="Paper"), hit(name="Ines Quell")]
    found = parse_search(json.dumps({"results": hits}).encode(), TODAY)
    assert [one.key for one in found] == ["tv/900201", "movie/900201"]


def test_ids_elsewhere_are_those_that_are_there() -> None:
    body = {"id": 900201, "imdb_id": "", "tvdb_id": 777201, "wikidata_id": None, "tvrage_id": 5}
    assert parse_external_ids(json.dumps(body).encode()) == (("thetvdb", "777201"),)
    assert parse_external_ids(b'{"id": 900201}') == ()


def test_changes_are_ids_and_the_number_of_pages() -> None:
    rows = [{"id": 900201, "adult": False}, {"id": 900202, "adult": None}, {"id": None}]
    body = {"results": rows, "page": 1, "total_pages": 3, "total_results": 201}
    assert parse_changes(json.dumps(body).encode()) == ChangedIds(frozenset({"900201", "900202"}), 3)


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"null",
        b"[]",
        b"<html><title>Maintenance</title></html>",
        b'{"success": false, "status_code": 34, "status_message": "The resource could not be found."}',
        b'{"_id": "x", "air_date": null, "episodes": [], "name": "Season 1", "id": 8, "season_number": 1}',
        b'{"id": 900201, "cast": [], "crew": []}',
        b'{"changes": [{"key": "overview", "items": []}]}',
    ],
)
def test_another_body_is_refused(body: bytes) -> None:
    parsers = (parse_tv, parse_movie, parse_search)
    for parse in parsers:
        with pytest.raises(BadResponse, match=r"^TMDB "):
            parse(body, TODAY)
    with pytest.raises(BadResponse, match=r"^TMDB "):
        parse_changes(body)


def test_a_wrong_value_is_named_with_its_place() -> None:
    with pytest.raises(BadResponse, match=r"Expected `str \| null`, got `int` - at `\$\.networks\[0\]\.name`"):
        tv(networks=[{"name": 5}])


@pytest.mark.parametrize(("parse", "work"), [(parse_tv, TV), (parse_movie, MOVIE)])
def test_whatever_is_missing_or_null_there_is_an_observation_or_a_refusal(parse: Any, work: dict[str, Any]) -> None:
    short = {**work, "credits": {"cast": [{"name": "Ines Quell", "character": "x"}], "crew": []}}
    read_ones = 0
    for body in damaged(short):
        try:
            said = parse(body, TODAY, "JP")
        except BadResponse:
            continue
        read_ones += 1
        assert "\x1b" not in "".join(
            [said.title, said.raw_status, said.synopsis, said.homepage, *said.genres, *said.networks]
        )
    assert read_ones > 100
