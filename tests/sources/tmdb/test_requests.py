from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from datetime import UTC, datetime, timedelta
from typing import Final

import pytest

from tests.sources.fake_http import FakeHttpClient, FakeRequest, by_path
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
from tracker.sources.base import LastSeen, RecordFailure
from tracker.sources.tmdb.source import Tmdb

NOW: Final = datetime(2026, 11, 23, 12, 0)  # noqa: DTZ001 - the program's clock is local time
MOMENT: Final = NOW.astimezone(UTC)
V4: Final = "eyJhbGciOiJub25lIn0.eyJpbnZlbnRlZCI6dHJ1ZX0.signature-of-nobody"
V3: Final = "0123456789abcdef0123456789abcdef"


def made(
    answers: Mapping[str, bytes | SourceError] | Callable[[FakeRequest], bytes | SourceError], token: str = V4
) -> tuple[Tmdb, FakeHttpClient]:
    client = FakeHttpClient(answers if callable(answers) else by_path(answers))
    return Tmdb(client, lambda: NOW, token, "jp"), client


def tv(number: int) -> bytes:
    return json.dumps({"id": number, "name": f"Show {number}", "genres": []}).encode()


def test_a_show_is_asked_for_with_all_its_parts_at_once() -> None:
    tmdb, client = made({"/tv/900201": tv(900201), "/movie/5": b'{"id": 5, "title": "Film", "genres": []}'})
    found = list(tmdb.fetch(["tv/900201", "movie/5"]))
    assert [one.key for one in found] == ["tv/900201", "movie/5"]
    first, second = client.asked
    assert first.params == {
        "append_to_response": "aggregate_credits,external_ids,alternative_titles,watch/providers", "language": "en-US",
    }  # fmt: skip
    assert second.params["append_to_response"] == (
        "credits,external_ids,alternative_titles,release_dates,watch/providers"
    )


def test_a_token_goes_as_a_header_and_a_key_as_a_secret_part_of_the_query() -> None:
    for token, secret, headers in (
        (V4, {}, {"Authorization": f"Bearer {V4}"}),
        (f" {V4}\n", {}, {"Authorization": f"Bearer {V4}"}),
        (V3, {"api_key": V3}, {}),
    ):
        tmdb, client = made({"/tv/1": tv(1)}, token)
        list(tmdb.fetch(["tv/1"]))
        assert (client.asked[0].secret, client.asked[0].headers) == (secret, headers)
        assert token.strip() not in str(client.asked[0].params)


@pytest.mark.parametrize(
    ("token", "sentence"), [("", "without a token"), ("to ken", "not accept"), ("ÿ", "not accept")]
)
def test_what_is_no_token_is_not_sent(token: str, sentence: str) -> None:
    tmdb, client = made({}, token)
    with pytest.raises(SourceDenied, match=sentence):
        tmdb.search("paper")
    assert not client.asked


def test_a_refused_token_is_told_without_it() -> None:
    tmdb, _ = made({"/tv/1": SourceDenied("TMDB refuses to answer (401).", 401)})
    with pytest.raises(SourceDenied, match="TMDB does not accept the token") as caught:
        list(tmdb.fetch(["tv/1"]))
    assert V4 not in str(caught.value)
    tmdb, _ = made({"/tv/1": SourceDenied("the certificate of TMDB does not hold.")})
    with pytest.raises(SourceDenied, match="certificate"):
        list(tmdb.fetch(["tv/1"]))


def test_one_show_that_fails_does_not_fail_the_others() -> None:
    tmdb, _ = made({"/tv/1": tv(1), "/tv/3": b"<html>", "/tv/4": SourceBusy("busy."), "/tv/5": tv(5)})
    found = list(tmdb.fetch([f"tv/{number}" for number in range(1, 6)]))
    failures = [one for one in found if isinstance(one, RecordFailure)]
    assert [(one.key, type(one.error)) for one in failures] == [
        ("tv/2", SourceNotFound), ("tv/3", BadResponse), ("tv/4", SourceBusy),
    ]  # fmt: skip
    assert str(failures[0].error) == "TMDB has no show tv/2."
    assert [one.key for one in found if not isinstance(one, RecordFailure)] == ["tv/1", "tv/5"]


@pytest.mark.parametrize("error", [Cancelled("stopped."), SourceOffline("offline."), SourceDenied("denied.")])
def test_what_concerns_all_shows_ends_the_questions(error: SourceError) -> None:
    tmdb, client = made({"/tv/1": error})
    with pytest.raises(type(error)):
        list(tmdb.fetch(["tv/1", "tv/2"]))
    assert len(client.asked) == 1


@pytest.mark.parametrize("key", ["1396", "tv/0", "tv/1/../2", "person/5", "tv/x", ""])
def test_what_is_no_id_is_not_asked_for(key: str) -> None:
    tmdb, client = made({})
    with pytest.raises(BadValue, match="is no id of TMDB"):
        list(tmdb.fetch([key]))
    assert not client.asked


def test_the_first_hits_come_with_their_ids_elsewhere() -> None:
    hits = [{"id": number, "media_type": "tv", "name": f"Show {number}"} for number in range(1, 8)]
    answers: dict[str, bytes | SourceError] = {
        "/search/multi": json.dumps({"results": hits}).encode(),
        "/tv/1/external_ids": b'{"id": 1, "imdb_id": "tt9990001"}',
        "/tv/2/external_ids": SourceBusy("busy."),
        "/tv/3/external_ids": b"null",
    }
    tmdb, client = made(answers)
    found = tmdb.search("paper")
    assert [one.key for one in found] == [f"tv/{number}" for number in range(1, 8)]
    assert [one.ids for one in found[:3]] == [(("imdb", "tt9990001"),), (), ()]
    assert client.asked[0].params == {"query": "paper", "include_adult": "false"}
    assert len(client.asked) == 6
    tmdb, _ = made({**answers, "/tv/4/external_ids": SourceOffline("offline.")})
    with pytest.raises(SourceOffline):
        tmdb.search("paper")


def asked_before(kind: str, count: int, ago: timedelta = timedelta(days=2)) -> dict[str, LastSeen]:
    return {f"{kind}/{number}": LastSeen("", MOMENT - ago) for number in range(1, count + 1)}


def changes(pages: Mapping[str, list[int]]) -> Callable[[FakeRequest], bytes | SourceError]:
    def answer(asked: FakeRequest) -> bytes | SourceError:
        ids = pages[str(asked.params["page"])]
        return json.dumps({"results": [{"id": one} for one in ids], "total_pages": len(pages)}).encode()

    return answer


def test_few_shows_are_all_asked_for_without_a_look_at_the_feed() -> None:
    tmdb, client = made({})
    known = asked_before("tv", 20)
    assert tmdb.changed_since(known) == known.keys()
    assert not client.asked


def test_of_many_shows_only_those_in_the_feed_have_moved() -> None:
    tmdb, client = made(changes({"1": [3, 77], "2": [5]}))
    assert tmdb.changed_since(asked_before("tv", 40)) == {"tv/3", "tv/5"}
    assert [one.path for one in client.asked] == ["/tv/changes", "/tv/changes"]
    span = {"start_date": "2026-11-21", "end_date": "2026-11-24"}
    assert [one.params for one in client.asked] == [{**span, "page": "1"}, {**span, "page": "2"}]


def test_each_kind_has_a_feed_of_its_own() -> None:
    tmdb, client = made(changes({"1": [3]}))
    known = {**asked_before("tv", 15), **asked_before("movie", 15, timedelta(days=5))}
    assert tmdb.changed_since(known) == {"tv/3", "movie/3"}
    assert [(one.path, one.params["start_date"]) for one in client.asked] == [
        ("/tv/changes", "2026-11-21"), ("/movie/changes", "2026-11-18"),
    ]  # fmt: skip


def test_a_feed_that_is_longer_than_the_list_is_given_up() -> None:
    tmdb, client = made(changes({str(page): [] for page in range(1, 50)}))
    known = {**asked_before("tv", 30), **asked_before("movie", 5)}
    assert tmdb.changed_since(known) == known.keys()
    assert len(client.asked) == 2


@pytest.mark.parametrize(
    "ago", [None, timedelta(days=13, seconds=1), timedelta(days=-1), timedelta(days=4000)], ids=str
)
def test_what_was_never_asked_for_or_too_long_ago_has_always_moved(ago: timedelta | None) -> None:
    tmdb, _ = made(changes({"1": []}))
    known = {**asked_before("tv", 30), "tv/900201": LastSeen("", None if ago is None else MOMENT - ago)}
    assert tmdb.changed_since(known) == {"tv/900201"}


def test_one_question_never_spans_more_than_fourteen_days() -> None:
    tmdb, client = made(changes({"1": []}))
    assert tmdb.changed_since(asked_before("tv", 30, timedelta(days=13))) == set()
    first, last = (datetime.fromisoformat(str(client.asked[0].params[name])) for name in ("start_date", "end_date"))
    assert last - first == timedelta(days=14)


def test_a_feed_that_cannot_be_read_says_nothing_and_a_busy_one_is_told() -> None:
    known = asked_before("tv", 30)
    tmdb, _ = made({"/tv/changes": BadResponse("TMDB does not understand the question (422).")})
    assert tmdb.changed_since(known) == known.keys()
    tmdb, _ = made({"/tv/changes": SourceBusy("busy.")})
    with pytest.raises(SourceBusy):
        tmdb.changed_since(known)


def test_the_notice_is_the_one_that_its_terms_ask_for() -> None:
    assert "uses the TMDB API but is not endorsed or certified by TMDB." in Tmdb.notice
    assert "JustWatch" in Tmdb.notice
