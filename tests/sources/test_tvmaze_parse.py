from __future__ import annotations

import json
from datetime import UTC, date, datetime
from typing import Any, Final

import pytest

from tests.sources.damaged_json import damaged
from tracker.errors import BadResponse
from tracker.model.episode import Episode
from tracker.model.show import Credit
from tracker.model.source_record import SourceRecord
from tracker.model.status import Status
from tracker.model.window import Precision, Window
from tracker.sources.tvmaze import parse_revisions, parse_search, parse_show

TODAY: Final = date(2026, 11, 23)

AIRED: Final[dict[str, Any]] = {
    "id": 900101,
    "url": "http://www.tvmaze.com/shows/900101/the-paper-lighthouse",
    "name": "The Paper Lighthouse",
    "type": "Scripted",
    "language": "English",
    "genres": ["Drama", "Science-Fiction"],
    "status": "Running",
    "runtime": 45,
    "premiered": "2025-03-04",
    "officialSite": "https://network.example/paper-lighthouse",
    "schedule": {"time": "21:00", "days": ["Tuesday"]},
    "rating": {"average": 7.1},
    "weight": 80,
    "network": {"id": 1, "name": "Harbour One", "country": {"name": "Canada", "code": "CA", "timezone": "x"}},
    "webChannel": None,
    "externals": {"tvrage": None, "thetvdb": 777001, "imdb": "tt9990001"},
    "image": None,
    "summary": "<p><b>The Paper Lighthouse</b> keeps a harbour &amp; its ghosts.</p><p>Second part.</p>",
    "updated": 1780000000,
    "_links": {"self": {"href": "https://api.tvmaze.com/shows/900101"}},
}
ANNOUNCED: Final[dict[str, Any]] = {
    **AIRED,
    "id": 900102,
    "name": "Glass Orchard",
    "status": "In Development",
    "premiered": None,
    "officialSite": None,
    "schedule": {"time": "", "days": []},
    "network": None,
    "webChannel": {"id": 9, "name": "Streamly", "country": None},
    "externals": {"tvrage": None, "thetvdb": None, "imdb": None},
    "summary": None,
}
EMBEDDED: Final[dict[str, Any]] = {
    "cast": [
        {"person": {"id": 1, "name": "Ines  Quell\u202e"}, "character": {"id": 2, "name": "The Keeper"}},
        {"person": {"id": 1, "name": "Ines Quell"}, "character": {"id": 3, "name": "Her sister"}},
        {"person": {"id": 4, "name": "Bo Tarn"}, "character": None},
    ],
    "crew": [
        {"type": "Director", "person": {"name": "Ada Finch"}},
        {"type": "Creator", "person": {"name": "Rui Sala"}},
        {"type": "Gaffer", "person": {"name": "Nobody Asked"}},
    ],
    "akas": [
        {"name": "The Lighthouse of Paper", "country": None},
        {"name": "紙の灯台", "country": {"name": "Japan", "code": "JP", "timezone": "Asia/Tokyo"}},
        {"name": "The Paper Lighthouse", "country": None},
    ],
    "nextepisode": {
        "id": 5, "season": 2, "number": 3, "name": "Fog", "airdate": "2026-12-01", "airtime": "21:00",
        "airstamp": "2026-12-02T02:00:00+00:00",
    },
}  # fmt: skip


def read(**changed: object) -> SourceRecord:
    return parse_show(json.dumps({**AIRED, **changed}).encode(), TODAY)


def test_a_show_that_airs_is_told_with_all_that_it_has() -> None:
    said = read(_embedded=EMBEDDED)
    assert said.key == "900101"
    assert said.title == "The Paper Lighthouse"
    assert said.url == "https://www.tvmaze.com/shows/900101/the-paper-lighthouse"
    assert said.original_title == "紙の灯台"
    assert said.aliases == ("The Lighthouse of Paper", "紙の灯台")
    assert said.release == Window("2025-03-04", date(2025, 3, 4), date(2025, 3, 4), Precision.DAY)
    assert (said.raw_status, said.status) == ("Running", Status.AIRING)
    assert said.networks == ("Harbour One",)
    assert said.countries == ("CA",)
    assert said.genres == ("drama", "science-fiction")
    assert said.directors == ("Ada Finch",)
    assert said.writers == ("Rui Sala",)
    assert said.cast == (Credit("Ines Quell", "The Keeper"), Credit("Bo Tarn"))
    assert said.synopsis == "The Paper Lighthouse keeps a harbour & its ghosts.\n\nSecond part."
    assert said.ids == (("imdb", "tt9990001"), ("thetvdb", "777001"))
    assert said.next_episode == Episode(2, 3, "Fog", date(2026, 12, 1), datetime(2026, 12, 2, 2, 0, tzinfo=UTC))
    assert said.revision == "1780000000"


def test_an_announced_streaming_original_has_no_date_and_may_stand_anywhere_before_one() -> None:
    said = parse_show(json.dumps(ANNOUNCED).encode(), TODAY)
    assert said.release is None
    assert said.status is Status.ANNOUNCED
    assert Status.FILMING in said.compatible_statuses
    assert Status.SCHEDULED not in said.compatible_statuses
    assert said.networks == ("Streamly",)
    assert (said.countries, said.ids, said.homepage, said.synopsis, said.cast) == ((), (), "", "", ())


@pytest.mark.parametrize(
    ("word", "premiered", "status"),
    [
        ("In Development", None, Status.ANNOUNCED),
        ("In Development", "", Status.ANNOUNCED),
        ("In Development", "2027-02-03", Status.SCHEDULED),
        ("Running", "2027-02-03", Status.SCHEDULED),
        ("To Be Determined", "2027-02-03", Status.SCHEDULED),
        ("Running", "2026-11-23", Status.AIRING),
        ("To Be Determined", "2025-02-03", Status.RELEASED),
        ("Ended", "2025-02-03", Status.RELEASED),
        ("Running", None, None),
        ("Ended", None, None),
        ("In Hibernation", "2025-02-03", None),
        (None, "2025-02-03", None),
    ],
)
def test_a_word_comes_to_a_status_by_the_date_beside_it(
    word: str | None, premiered: str | None, status: Status | None
) -> None:
    said = read(status=word, premiered=premiered)
    assert said.status is status
    assert said.raw_status == (word or "")
    assert (status in said.compatible_statuses) if status else said.compatible_statuses == ()


def test_the_last_day_of_a_year_is_a_year_until_the_show_is_out() -> None:
    ahead, past = read(premiered="2027-12-31").release, read(premiered="2025-12-31").release
    assert ahead is not None
    assert past is not None
    assert (ahead.text, ahead.precision) == ("2027", Precision.YEAR)
    assert (past.text, past.precision) == ("2025-12-31", Precision.DAY)


def test_a_time_is_believed_only_where_a_time_of_day_is_given() -> None:
    episode = {**EMBEDDED["nextepisode"], "airtime": "", "airstamp": "2026-12-01T12:00:00+00:00"}
    said = read(_embedded={"nextepisode": episode}).next_episode
    assert said is not None
    assert (said.on, said.at) == (date(2026, 12, 1), None)
    undated = read(_embedded={"nextepisode": {**episode, "airdate": "", "airstamp": None}}).next_episode
    assert undated is not None
    assert undated.on is None


def test_a_search_keeps_the_order_and_may_find_nothing() -> None:
    body = json.dumps([{"score": 9.5, "show": ANNOUNCED}, {"score": 0.1, "show": AIRED}]).encode()
    assert [one.key for one in parse_search(body, TODAY)] == ["900102", "900101"]
    assert parse_search(b"[]", TODAY) == ()


def test_updates_are_stamps_by_id_also_where_there_are_none() -> None:
    assert parse_revisions(b'{"900101": 1780000000, "900102": 5}') == {"900101": "1780000000", "900102": "5"}
    assert parse_revisions(b"{}") == {}
    assert parse_revisions(b"[]") == {}


@pytest.mark.parametrize(
    ("body", "sentence"),
    [
        (b"", "with nothing"),
        (b"null", r"another form .*null"),
        (b"<!DOCTYPE html><html>", "with a web page"),
        (b'{"id": 1, "name": "cut o', "cut short"),
        (b'{"name": "Not Found", "message": "", "code": 0, "status": 404}', "another form"),
        (b'{"id": 5, "name": "Fog", "season": 2}', "missing required field `genres`"),
        (b'{"id": "5", "name": "Fog", "genres": []}', r"at `\$\.id`"),
        (b'{"id": 5, "name": "\xff", "genres": []}', "cannot be read"),
    ],
)
def test_another_body_is_refused_with_what_is_wrong(body: bytes, sentence: str) -> None:
    with pytest.raises(BadResponse, match=f"^TVmaze .*{sentence}"):
        parse_show(body, TODAY)


def test_whatever_is_missing_or_null_there_is_an_observation_or_a_refusal() -> None:
    read_ones = 0
    for body in damaged({**AIRED, "_embedded": EMBEDDED}):
        try:
            said = parse_show(body, TODAY)
        except BadResponse:
            continue
        read_ones += 1
        assert "\x1b" not in "".join(
            [said.title, said.raw_status, said.synopsis, said.homepage, *said.genres, *said.networks]
        )
    assert read_ones > 100
