from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from typing import Final

import pytest

from tests.sources.damaged_json import damaged
from tests.sources.fake_http import Answers, FakeHttpClient, FakeRequest
from tracker.errors import (
    BadResponse,
    BadValue,
    Cancelled,
    SourceBusy,
    SourceDenied,
    SourceError,
    SourceNotFound,
    SourceOffline,
)
from tracker.model.release import Preference
from tracker.sources.base import LastSeen, RecordFailure
from tracker.sources.tmdb.source import Tmdb

NOW: Final = datetime(2026, 11, 23, 12, 0)  # noqa: DTZ001 - the program's clock is local time
V4: Final = "eyJhbGciOiJub25lIn0.eyJpbnZlbnRlZCI6dHJ1ZX0.signature-of-nobody"
V3: Final = "0123456789abcdef0123456789abcdef"


def make_source(
    answers: Mapping[str, bytes | SourceError] | Answers, token: str = V4
) -> tuple[Tmdb, list[FakeRequest]]:
    """Return a source, and the list of the requests that it makes."""
    client = FakeHttpClient(answers)
    return Tmdb(client, lambda: NOW, token, Preference("JP")), client.requests


def tv(number: int) -> bytes:
    return json.dumps({"id": number, "name": f"Show {number}", "genres": []}).encode()


def test_show_is_fetched_with_all_parts_at_once() -> None:
    tmdb, requests = make_source({"/tv/900201": tv(900201), "/movie/5": b'{"id": 5, "title": "Film", "genres": []}'})
    assert [result.key for result in tmdb.fetch(["tv/900201", "movie/5"])] == ["tv/900201", "movie/5"]
    assert requests[0].params == {
        "append_to_response": "aggregate_credits,external_ids,alternative_titles,watch/providers", "language": "en-US",
    }  # fmt: skip
    assert requests[1].params["append_to_response"] == (
        "credits,external_ids,alternative_titles,release_dates,watch/providers"
    )


@pytest.mark.parametrize(
    ("token", "secret", "headers"),
    [
        (V4, {}, {"Authorization": f"Bearer {V4}"}),
        (f" {V4}\n", {}, {"Authorization": f"Bearer {V4}"}),
        (V3, {"api_key": V3}, {}),
    ],
)
def test_token_is_sent_as_a_secret(token: str, secret: dict[str, str], headers: dict[str, str]) -> None:
    tmdb, requests = make_source({"/tv/1": tv(1)}, token)
    list(tmdb.fetch(["tv/1"]))
    assert (requests[0].secret, requests[0].headers) == (secret, headers)
    assert token.strip() not in str(requests[0].params)


@pytest.mark.parametrize(
    ("token", "sentence"), [("", "needs a token"), ("to ken", "rejected the token"), ("ÿ", "rejected the token")]
)
def test_token_that_is_none_is_not_sent(token: str, sentence: str) -> None:
    tmdb, requests = make_source({}, token)
    with pytest.raises(SourceDenied, match=sentence):
        tmdb.search("paper")
    assert not requests


def test_token_that_is_refused() -> None:
    tmdb, _ = make_source({"/tv/1": SourceDenied("TMDB refused the request (401).", 401)})
    with pytest.raises(SourceDenied, match="TMDB rejected the token") as caught:
        list(tmdb.fetch(["tv/1"]))
    assert V4 not in str(caught.value)
    tmdb, _ = make_source({"/tv/1": SourceDenied("The certificate of TMDB is not valid.")})
    with pytest.raises(SourceDenied, match="certificate"):
        list(tmdb.fetch(["tv/1"]))


def test_fetch_goes_on_after_a_failure() -> None:
    refused = SourceDenied("TMDB refused the request (403).", 403)
    tmdb, _ = make_source(
        {"/tv/1": tv(1), "/tv/3": b"<html>", "/tv/4": SourceBusy("busy."), "/tv/5": refused, "/tv/6": tv(6)}
    )
    results = list(tmdb.fetch([f"tv/{number}" for number in range(1, 7)]))
    failures = [result for result in results if isinstance(result, RecordFailure)]
    assert [(failure.key, type(failure.error)) for failure in failures] == [
        ("tv/2", SourceNotFound), ("tv/3", BadResponse), ("tv/4", SourceBusy), ("tv/5", SourceDenied),
    ]  # fmt: skip
    assert str(failures[0].error) == "TMDB has no show tv/2. Check the id, or search for the title."
    assert [results[0].key, results[-1].key] == ["tv/1", "tv/6"]


@pytest.mark.parametrize("error", [Cancelled("stopped."), SourceOffline("offline."), SourceDenied("denied.")])
def test_fetch_ends_when_nothing_can_be_had(error: SourceError) -> None:
    tmdb, requests = make_source({"/tv/1": error})
    with pytest.raises(type(error)):
        list(tmdb.fetch(["tv/1", "tv/2"]))
    assert len(requests) == 1


@pytest.mark.parametrize("key", ["1396", "tv/0", "tv/1/../2", "person/5", "tv/x", ""])
def test_fetch_of_no_id(key: str) -> None:
    tmdb, requests = make_source({})
    with pytest.raises(BadValue, match="is not a TMDB id"):
        list(tmdb.fetch([key]))
    assert not requests


def test_first_hits_come_with_external_ids() -> None:
    hits = [{"id": number, "media_type": "tv", "name": f"Show {number}"} for number in range(1, 8)]
    answers: dict[str, bytes | SourceError] = {
        "/search/multi": json.dumps({"results": hits}).encode(),
        "/tv/1/external_ids": b'{"id": 1, "imdb_id": "tt9990001"}',
        "/tv/2/external_ids": SourceBusy("busy."),
        "/tv/3/external_ids": b"null",
    }
    tmdb, requests = make_source(answers)
    records = tmdb.search("paper")
    assert [record.key for record in records] == [f"tv/{number}" for number in range(1, 8)]
    assert [record.ids for record in records[:3]] == [(("imdb", "tt9990001"),), (), ()]
    assert requests[0].params == {"query": "paper", "include_adult": "false"}
    assert len(requests) == 6
    tmdb, _ = make_source({**answers, "/tv/4/external_ids": SourceOffline("offline.")})
    with pytest.raises(SourceOffline):
        tmdb.search("paper")


def seen(kind: str, count: int, ago: timedelta = timedelta(days=2)) -> dict[str, LastSeen]:
    return {f"{kind}/{number}": LastSeen("", NOW.astimezone(UTC) - ago) for number in range(1, count + 1)}


def feed(*pages: list[int]) -> Answers:
    def answer(request: FakeRequest) -> bytes:
        ids = pages[int(str(request.params["page"])) - 1]
        return json.dumps({"results": [{"id": id_} for id_ in ids], "total_pages": len(pages)}).encode()

    return answer


def found(**results: list[dict[str, object]]) -> bytes:
    empty: dict[str, list[object]] = {
        "movie_results": [],
        "tv_results": [],
        "tv_episode_results": [],
        "person_results": [],
    }
    return json.dumps(empty | results).encode()


@pytest.mark.parametrize(
    ("site", "key", "external_source"),
    [("imdb", "tt9", "imdb_id"), ("thetvdb", "7", "tvdb_id"), ("wikidata", "Q7", "wikidata_id")],
)
def test_look_up(site: str, key: str, external_source: str) -> None:
    hits = found(tv_results=[{"id": 1, "name": "Salt Road"}], movie_results=[{"id": 2, "title": "Salt Road"}])
    tmdb, requests = make_source({f"/find/{key}": hits})
    assert [record.key for record in tmdb.look_up(site, key)] == ["tv/1", "movie/2"]
    assert [request.params for request in requests] == [{"external_source": external_source}]


@pytest.mark.parametrize(
    ("results", "what"),
    [
        ({"tv_episode_results": [{"id": 1, "show_id": 201}]}, "an episode of tmdb:tv/201"),
        ({"tv_episode_results": [{}]}, "an episode. Give"), ({"person_results": [{"id": 1}]}, "a person"),
    ],
)  # fmt: skip
def test_look_up_of_something_else(results: dict[str, list[dict[str, object]]], what: str) -> None:
    tmdb, _ = make_source({"/find/tt9": found(**results)})
    with pytest.raises(SourceNotFound, match=what):
        tmdb.look_up("imdb", "tt9")


def test_look_up_of_a_damaged_answer() -> None:
    data = {"tv_results": [{"id": 1, "name": "Salt Road"}], "movie_results": [{"id": 2, "title": "Ninth Tide"}]}
    for body in damaged(data):
        tmdb, _ = make_source({"/find/tt9": body})
        assert {"tv/1", "movie/2"} & {record.key for record in tmdb.look_up("imdb", "tt9")}


def test_look_up_in_vain() -> None:
    tmdb, requests = make_source({"/find/tt9": found(), "/find/tt8": b"{}"})
    assert tmdb.look_up("imdb", "tt9") == tmdb.look_up("imdb", "tt8") == tmdb.look_up("imdb", "tt7") == ()
    assert tmdb.look_up("tvmaze", "1") == ()
    assert len(requests) == 3


def test_few_shows_need_no_feed() -> None:
    tmdb, requests = make_source({})
    assert tmdb.changed_since(seen("tv", 20)) == seen("tv", 20).keys()
    assert not requests


def test_each_kind_has_a_feed() -> None:
    tmdb, requests = make_source(feed([3, 77], [5]))
    known = {**seen("tv", 15), **seen("movie", 15, timedelta(days=5))}
    assert tmdb.changed_since(known) == {"tv/3", "tv/5", "movie/3", "movie/5"}
    span = {"start_date": "2026-11-21", "end_date": "2026-11-24"}
    assert [(request.path, request.params) for request in requests] == [
        ("/tv/changes", {**span, "page": "1"}),
        ("/tv/changes", {**span, "page": "2"}),
        ("/movie/changes", {**span, "start_date": "2026-11-18", "page": "1"}),
        ("/movie/changes", {**span, "start_date": "2026-11-18", "page": "2"}),
    ]


def test_feed_that_is_longer_than_the_list() -> None:
    tmdb, requests = make_source(feed(*[[]] * 50))
    known = {**seen("tv", 30), **seen("movie", 5)}
    assert tmdb.changed_since(known) == known.keys()
    assert len(requests) == 2


@pytest.mark.parametrize("ago", [None, timedelta(days=13, seconds=1), timedelta(days=-1), timedelta(days=4000)])
def test_feed_does_not_reach_back_so_far(ago: timedelta | None) -> None:
    tmdb, _ = make_source(feed([]))
    known = {**seen("tv", 30), "tv/900201": LastSeen("", None if ago is None else NOW.astimezone(UTC) - ago)}
    assert tmdb.changed_since(known) == {"tv/900201"}


def test_feed_spans_fourteen_days() -> None:
    tmdb, requests = make_source(feed([]))
    assert tmdb.changed_since(seen("tv", 30, timedelta(days=13))) == set()
    first, last = (datetime.fromisoformat(str(requests[0].params[name])) for name in ("start_date", "end_date"))
    assert last - first == timedelta(days=14)


def test_feed_that_fails() -> None:
    tmdb, _ = make_source({"/tv/changes": BadResponse("TMDB didn't understand the request (422).")})
    assert tmdb.changed_since(seen("tv", 30)) == seen("tv", 30).keys()
    tmdb, _ = make_source({"/tv/changes": SourceBusy("busy.")})
    with pytest.raises(SourceBusy):
        tmdb.changed_since(seen("tv", 30))


def test_notice_of_the_terms() -> None:
    assert "uses the TMDB API but is not endorsed or certified by TMDB." in Tmdb.notice
    assert "JustWatch" in Tmdb.notice
