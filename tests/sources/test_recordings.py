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

MAZE: Final = "https://api.tvmaze.com"
TMDB: Final = "https://api.themoviedb.org/3"
WIKI: Final = "https://www.wikidata.org/w/api.php"
SHOW: Final = {"id": 900101, "name": "The Paper Lighthouse", "genres": [], "status": "Running"}
TV: Final = {"id": 900201, "name": "The Paper Lighthouse", "genres": [], "first_air_date": "2027-03-04"}
ITEM: Final = {
    "labels": {"en": {"value": "Fog"}}, "claims": {"P8600": [{"mainsnak": {"datavalue": {"value": "7"}}}]}
}  # fmt: skip
INVENTED: Final = [
    (f"{MAZE}/shows/900101", 200, SHOW, "fine", "tvmaze:900101 “The Paper Lighthouse” series"),
    (f"{MAZE}/search/shows?q=x", 200, [{"score": 1, "show": SHOW}], "fine", "tvmaze:900101"),
    (f"{MAZE}/updates/shows", 200, {"1": 2}, "fine", "1 revisions"),
    (f"{MAZE}/shows/1/episodes", 200, [{"id": 1, "name": "Fog"}], "fine", "BadResponse: TVmaze"),
    (f"{MAZE}/shows/1", 404, None, "fine", "SourceNotFound: TVmaze doesn't have that (404)."),
    (f"{MAZE}/shows/1", 429, None, "fine", "SourceBusy: TVmaze"),
    (f"{MAZE}/shows/1", 200, {"id": 1, "name": "No genres"}, "FAILED", "BadResponse: TVmaze"),
    (f"{TMDB}/tv/900201?language=en-US", 200, TV, "fine", "2027-03-04"),
    (f"{TMDB}/tv/900201/credits", 200, {"cast": [{"name": "Bo"}]}, "fine", "1 cast"),
    (f"{TMDB}/tv/900201/external_ids", 200, {"id": 1, "imdb_id": "tt1"}, "fine", "imdb=tt1"),
    (f"{TMDB}/tv/changes", 200, {"results": [{"id": 1}], "total_pages": 2}, "fine", "page 1 of 2"),
    (f"{TMDB}/search/multi", 200, {"results": []}, "fine", "nothing found"),
    ("", 200, TV, "fine", "tmdb:tv/900201"),
    ("", 200, {"results": [{"iso_3166_1": "US", "release_dates": []}]}, "fine", "as release_dates"),
    (WIKI, 200, {"entities": {"Q1": ITEM}}, "fine", "wikidata:Q1"),
    (WIKI, 200, {"entities": {"Q1": {"id": "Q1", "claims": {}}}}, "fine", "does not say what Q1 is"),
    (WIKI, 200, {"entities": {"Q1": {"missing": ""}}}, "fine", "SourceNotFound: Wikidata"),
    (WIKI, 200, {"search": [{"id": "Q1"}]}, "fine", "parse_search: Q1"),
    (WIKI, 200, {"entities": {"Q1": 5}}, "FAILED", "BadResponse: Wikidata"),
]


@pytest.mark.parametrize(("url", "status", "data", "verdict", "text"), INVENTED, ids=range(len(INVENTED)))
def test_parser_for_an_address(url: str, status: int, data: object, verdict: str, text: str) -> None:
    outcome = outcome_of(Recording("tmdb/x.json", url, status, json.dumps(data).encode()))
    assert outcome.line.split()[0] == verdict
    assert text in outcome.line


def test_redirect_leads_on() -> None:
    outcome = outcome_of(Recording("x", f"{MAZE}/lookup/shows?imdb=x", 301, b"null", "/shows/900101"))
    assert outcome.line.endswith("client: leads on to /shows/900101")


def test_report_counts_failures(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    index = [{"file": f"{n}.json", "url": url, "status": status} for n, (url, status, *_) in enumerate(INVENTED)]
    (tmp_path / "INDEX.json").write_text(json.dumps(index))
    for number, (_, _, data, *_) in enumerate(INVENTED):
        (tmp_path / f"{number}.json").write_text(json.dumps(data), encoding="utf-8")
    assert main([str(tmp_path)]) == 1
    lines = capsys.readouterr().out.splitlines()
    assert len(lines) == len(INVENTED) + 2
    assert re.fullmatch(r"\d{3} damaged bodies read, \d+ refused, 0 crashes", lines[-2])
    assert lines[-1] == f"{len(INVENTED)} recordings, 2 failed"


# What really was recorded


def recorded(prefix: str = "") -> Iterator[tuple[Outcome, Any]]:
    """Yield the outcomes of parsers with this name, with what Python's own JSON parser makes of the bodies."""
    for outcome in outcomes(Path(FOLDER)):
        try:
            data = json.loads(outcome.recording.body)
        except ValueError:
            data = None
        if outcome.parser.startswith(prefix) and (outcome.records or not prefix):
            yield outcome, data


def is_same_day(record: SourceRecord, day: str | None) -> bool:
    if not day or record.release is None:
        return not day and record.release is None
    is_year = day[4:] in ("-01-01", "-12-31") and record.release.precision is Precision.YEAR
    return record.release.text == (day[:4] if is_year else day)


@needs_recordings
def test_recordings_are_parsed() -> None:
    assert [outcome.line for outcome, _ in recorded() if outcome.error] == []
    found = [(outcome.recording.file, record) for outcome, _ in recorded() for record in outcome.records]
    assert found
    for file, record in found:
        assert record.title or record.source == "wikidata", file
        assert SOURCES[record.source].fullmatch(record.key), file
        assert f"/{record.key}" in record.url, file
        assert record.kind in ("series", "film", "special"), file
        assert record.status is None or record.status in record.compatible_statuses, file
        assert record.release is None or (record.release.earliest and record.release.latest), file
        names = (*record.aliases, *record.networks, *record.genres)
        for text in (record.title, record.original_title, record.raw_status, record.homepage, *names):
            assert text == text.strip(), file
            assert not re.search(r"[\x00-\x1f\x7f\u202a-\u202e]", text), file


@needs_recordings
def test_recordings_of_tvmaze() -> None:
    for outcome, data in recorded("tvmaze.parse_s"):
        shows = [row["show"] for row in data] if isinstance(data, list) else [data]
        for record, show in zip(outcome.records, shows, strict=True):
            assert (record.key, record.title) == (str(show["id"]), show["name"].strip())
            assert is_same_day(record, show.get("premiered"))
            assert (record.raw_status, record.revision) == (show["status"], str(show["updated"]))
            is_out = bool(show.get("premiered")) and date.fromisoformat(show["premiered"]) <= TODAY
            assert is_out or record.status is None or not record.status.is_out
            channels = [show[name]["name"] for name in ("network", "webChannel") if show.get(name)]
            assert list(record.networks) == list(dict.fromkeys(channels))
            assert dict(record.ids).get("imdb") == show["externals"].get("imdb")


@needs_recordings
def test_recordings_of_tmdb() -> None:
    for outcome, data in recorded("tmdb.parse_"):
        kind = outcome.parser.removeprefix("tmdb.parse_")
        if kind not in ("tv", "movie"):
            continue
        (record,) = outcome.records
        assert record.key == f"{kind}/{data['id']}"
        assert record.title == data["name" if kind == "tv" else "title"].strip()
        assert record.raw_status == data["status"]
        assert record.status or record.release is None or record.release.precision is Precision.YEAR
        if record.region:
            countries = [one for one in data["release_dates"]["results"] if one["iso_3166_1"] == record.region]
            days = [row["release_date"][:10] for country in countries for row in country["release_dates"]]
            assert any(is_same_day(record, day) for day in days)
        else:
            # Where the first day is missing, it is that of the first season.
            first = next((row["air_date"] for row in data.get("seasons", ()) if row["season_number"] == 1), None)
            assert is_same_day(record, data["first_air_date" if kind == "tv" else "release_date"] or first)
        cast = (data.get("aggregate_credits") or data.get("credits") or {}).get("cast", [])
        assert [credit.actor for credit in record.cast] == list(dict.fromkeys(member["name"] for member in cast))[:20]
        assert list(record.genres) == [genre["name"].casefold() for genre in data["genres"]]


@needs_recordings
def test_recorded_searches_of_tmdb() -> None:
    for outcome, data in recorded("tmdb.parse_search"):
        kind = "movie" if urlsplit(outcome.recording.url).path.endswith("/movie") else "tv"
        hits = [(hit.get("media_type") or kind, hit) for hit in data["results"]]
        shows = [(kind, hit) for kind, hit in hits if kind in ("tv", "movie")]
        assert [record.key for record in outcome.records] == [f"{kind}/{hit['id']}" for kind, hit in shows]
        for record, (kind, hit) in zip(outcome.records, shows, strict=True):
            assert is_same_day(record, hit.get("first_air_date" if kind == "tv" else "release_date"))


@needs_recordings
def test_recordings_of_wikidata() -> None:
    for outcome, data in recorded("wikidata.parse_entity"):
        for record in outcome.records:
            entity = data["entities"][record.key]
            labels = entity.get("labels") or {}
            assert not labels or record.title in [label["value"].strip() for label in labels.values()]
            assert (record.status is None) is not bool(record.raw_status)
            assert record.revision == str(entity.get("lastrevid", ""))
            claims = entity.get("claims") or {}
            started = claims.get("P580", [])
            if len(started) == 1 and "datavalue" in started[0]["mainsnak"] and "P577" not in claims:
                year = started[0]["mainsnak"]["datavalue"]["value"]["time"][1:5]
                assert record.release is not None
                assert record.release.text.startswith(year)
