from __future__ import annotations

import json
import os
import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any, Final
from urllib.parse import urlsplit

import pytest

from tests.sources.recordings import TODAY, Outcome, Recording, main, outcome_of, outcomes
from tracker.model.source_record import SOURCES, SourceRecord
from tracker.model.window import Precision

FOLDER: Final = os.environ.get("TRACKER_RECORDINGS", "")
needs_recordings = pytest.mark.skipif(not FOLDER, reason="TRACKER_RECORDINGS names no folder of recorded answers")

SHOW: Final = {"id": 900101, "name": "The Paper Lighthouse", "genres": [], "status": "Running"}
TV: Final = {"id": 900201, "name": "The Paper Lighthouse", "genres": [], "first_air_date": "2027-03-04"}
ITEM: Final = {"id": "Q990000101", "labels": {"en": {"value": "The Paper Lighthouse"}}, "claims": {}}
INVENTED: Final = [
    ("https://api.tvmaze.com/shows/900101", 200, SHOW, "fine", "tvmaze:900101 “The Paper Lighthouse” series"),
    ("https://api.tvmaze.com/lookup/shows?imdb=tt9990001", 200, SHOW, "fine", "tvmaze.parse_show: tvmaze:900101"),
    ("https://api.tvmaze.com/search/shows?q=x", 200, [{"score": 1, "show": SHOW}], "fine", "tvmaze:900101"),
    ("https://api.tvmaze.com/updates/shows", 200, {"1": 2}, "fine", "1 stamps"),
    ("https://api.tvmaze.com/shows/1/episodes", 200, [{"id": 1, "name": "Fog"}], "fine", "BadResponse: TVmaze"),
    ("https://api.tvmaze.com/shows/1", 404, None, "fine", "SourceNotFound: TVmaze does not know that (404)."),
    ("https://api.tvmaze.com/shows/1", 429, None, "fine", "SourceBusy: TVmaze"),
    ("https://api.tvmaze.com/shows/1", 200, {"id": 1, "name": "No genres"}, "FAILED", "BadResponse: TVmaze"),
    ("https://api.themoviedb.org/3/tv/900201?language=en-US", 200, TV, "fine", "2027-03-04"),
    ("https://api.themoviedb.org/3/tv/900201/credits", 200, {"cast": [{"name": "Bo"}]}, "fine", "1 cast"),
    ("https://api.themoviedb.org/3/tv/900201/external_ids", 200, {"id": 1, "imdb_id": "tt1"}, "fine", "imdb=tt1"),
    ("https://api.themoviedb.org/3/tv/changes", 200, {"results": [{"id": 1}], "total_pages": 2}, "fine", "page 1 of 2"),
    (
        "https://api.themoviedb.org/3/find/x",
        200,
        {"tv_results": [TV], "movie_results": []},
        "fine",
        "BadResponse: TMDB",
    ),
    ("https://api.themoviedb.org/3/search/multi", 200, {"results": []}, "fine", "nothing found"),
    (
        "https://api.themoviedb.org/3/tv/1",
        401,
        {"status_code": 7},
        "fine",
        "SourceDenied: TMDB refuses to answer (401).",
    ),
    ("https://api.themoviedb.org/3/tv/1", 200, {"id": 1}, "FAILED", "missing required field"),
    ("", 200, TV, "fine", "tmdb:tv/900201"),
    ("", 200, {"results": [{"iso_3166_1": "US", "release_dates": []}]}, "fine", "as release_dates"),
    (
        "https://www.wikidata.org/wiki/Special:EntityData/Q1.json",
        200,
        {"entities": {"Q1": ITEM}},
        "fine",
        "wikidata:Q1",
    ),
    ("https://www.wikidata.org/w/api.php", 200, {"error": {"code": "maxlag"}}, "fine", "SourceBusy: Wikidata"),
    (
        "https://www.wikidata.org/w/api.php",
        200,
        {"entities": {"Q1": {"missing": ""}}},
        "fine",
        "SourceNotFound: Wikidata",
    ),
    ("https://www.wikidata.org/w/api.php", 200, {"search": [{"id": "Q1"}]}, "fine", "parse_found: Q1"),
    ("https://www.wikidata.org/w/api.php", 200, {"entities": {"Q1": {"labels": 5}}}, "FAILED", "BadResponse: Wikidata"),
]


@pytest.mark.parametrize(("url", "status", "data", "verdict", "told"), INVENTED, ids=lambda value: str(value)[:60])
def test_each_answer_is_read_by_the_parser_for_its_address(
    url: str, status: int, data: object, verdict: str, told: str
) -> None:
    outcome = outcome_of(Recording("tmdb/x.json", url, status, json.dumps(data).encode()))
    assert outcome.line.split()[0] == verdict
    assert told in outcome.line


def test_a_report_says_how_many_failed(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for number, (_, _, data, *_) in enumerate(INVENTED):
        (tmp_path / f"{number}.json").write_text(json.dumps(data), encoding="utf-8")
    (tmp_path / "INDEX.json").write_text(
        json.dumps(
            [{"file": f"{n}.json", "url": url, "status": status} for n, (url, status, *_) in enumerate(INVENTED)]
        )
    )
    assert main([str(tmp_path)]) == 1
    lines = capsys.readouterr().out.splitlines()
    assert len(lines) == len(INVENTED) + 1
    assert lines[-1] == f"{len(INVENTED)} recordings, 3 failed"


def test_a_redirect_leads_on() -> None:
    outcome = outcome_of(Recording("x", "https://api.tvmaze.com/lookup/shows?imdb=x", 301, b"null", "/shows/900101"))
    assert outcome.line.endswith("client: leads on to /shows/900101")


# What really was recorded


def read() -> Iterator[tuple[Outcome, Any]]:
    """Give what became of each recording, with what Python's own reader makes of its body."""
    for outcome in outcomes(Path(FOLDER)):
        try:
            data = json.loads(outcome.recording.body)
        except ValueError:
            data = None
        yield outcome, data


@needs_recordings
def test_no_recording_fails() -> None:
    assert [outcome.line for outcome, _ in read() if outcome.error] == []


@needs_recordings
def test_every_observation_has_what_every_show_has() -> None:
    found = [(outcome.recording.file, one) for outcome, _ in read() for one in outcome.observations]
    assert found
    for file, one in found:
        assert one.title or one.source == "wikidata", file
        assert SOURCES[one.source].fullmatch(one.key), file
        assert f"/{one.key}" in one.url, file
        assert one.kind in ("series", "film"), file
        assert one.status is None or one.status in one.compatible_statuses, file
        assert one.release is None or (one.release.earliest and one.release.latest), file
        for text in (
            one.title,
            one.original_title,
            one.raw_status,
            one.homepage,
            *one.aliases,
            *one.networks,
            *one.genres,
        ):
            assert text == text.strip(), file
            assert not re.search(r"[\x00-\x1f\x7f\u202a-\u202e]", text), file


def day_is_told(one: SourceRecord, day: str | None) -> bool:
    if not day:
        return one.release is None
    if one.release is None:
        return False
    is_edge = day[4:] in ("-01-01", "-12-31")
    return one.release.text == day or (
        is_edge and one.release.precision is Precision.YEAR and one.release.text == day[:4]
    )


def tvmaze_shows(data: Any) -> list[dict[str, Any]]:
    return [row["show"] for row in data] if isinstance(data, list) else [data]


@needs_recordings
def test_tvmaze_is_told_as_it_was_recorded() -> None:
    for outcome, data in read():
        if not outcome.reader.startswith("tvmaze.parse_s") or not outcome.observations:
            continue
        for one, show in zip(outcome.observations, tvmaze_shows(data), strict=True):
            assert (one.key, one.title) == (str(show["id"]), show["name"].strip())
            assert day_is_told(one, show.get("premiered"))
            assert one.raw_status == show["status"]
            assert one.revision == str(show["updated"])
            is_out = bool(show.get("premiered")) and date.fromisoformat(show["premiered"]) <= TODAY
            assert is_out or one.status is None or not one.status.is_out
            channels = [show[name]["name"] for name in ("network", "webChannel") if show.get(name)]
            assert list(one.networks) == list(dict.fromkeys(channels))
            assert dict(one.ids).get("imdb") == show["externals"].get("imdb")


def days_in(data: Any, region: str) -> list[str]:
    countries = [country for country in data["release_dates"]["results"] if country["iso_3166_1"] == region]
    return [row["release_date"][:10] for country in countries for row in country["release_dates"] if row["type"] != 1]


@needs_recordings
def test_tmdb_is_told_as_it_was_recorded() -> None:
    for outcome, data in read():
        kind = outcome.reader.removeprefix("tmdb.parse_")
        if kind not in ("tv", "movie") or not outcome.observations:
            continue
        (one,) = outcome.observations
        assert one.key == f"{kind}/{data['id']}"
        assert one.title == data["name" if kind == "tv" else "title"].strip()
        assert one.raw_status == data["status"]
        assert (one.status is not None) or one.release is None or one.release.precision is Precision.YEAR
        if one.region:
            assert any(day_is_told(one, day) for day in days_in(data, one.region))
        else:
            assert day_is_told(one, data["first_air_date" if kind == "tv" else "release_date"])
        cast = (data.get("aggregate_credits") or data.get("credits") or {}).get("cast", [])
        assert [credit.actor for credit in one.cast] == list(dict.fromkeys(member["name"] for member in cast))[:20]
        assert list(one.genres) == [genre["name"].casefold() for genre in data["genres"]]


@needs_recordings
def test_a_search_of_tmdb_is_told_as_it_was_recorded() -> None:
    for outcome, data in read():
        if outcome.reader != "tmdb.parse_search" or not outcome.observations:
            continue
        path = urlsplit(outcome.recording.url).path
        kinds = [hit.get("media_type") or ("movie" if path.endswith("/movie") else "tv") for hit in data["results"]]
        shows = [(kind, hit) for kind, hit in zip(kinds, data["results"], strict=True) if kind in ("tv", "movie")]
        assert [one.key for one in outcome.observations] == [f"{kind}/{hit['id']}" for kind, hit in shows]
        for one, (kind, hit) in zip(outcome.observations, shows, strict=True):
            assert day_is_told(one, hit.get("first_air_date" if kind == "tv" else "release_date"))


@needs_recordings
def test_wikidata_is_told_as_it_was_recorded() -> None:
    for outcome, data in read():
        if outcome.reader != "wikidata.parse_entity":
            continue
        for one in outcome.observations:
            entity = data["entities"][one.key]
            labels = entity.get("labels") or {}
            assert not labels or one.title in [label["value"].strip() for label in labels.values()]
            assert (one.compatible_statuses, one.status) == ((), None)
            assert one.revision == str(entity.get("lastrevid", ""))
            claims = entity.get("claims") or {}
            started = claims.get("P580", [])
            if len(started) == 1 and "datavalue" in started[0]["mainsnak"] and "P577" not in claims:
                assert one.release is not None
                assert one.release.text.startswith(started[0]["mainsnak"]["datavalue"]["value"]["time"][1:5])
