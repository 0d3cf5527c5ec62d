from __future__ import annotations

import json
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Final

import pytest

from tests.sources.fake_http import FakeHttpClient, FakeRequest
from tests.sources.wikidata.helpers import Json, answer, claim, day, item, texts
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
from tracker.sources.http.client import RequestOptions
from tracker.sources.wikidata.names import ASKED_LANGUAGES, NAME_LANGUAGES
from tracker.sources.wikidata.source import Wikidata

NOW: Final = datetime(2026, 11, 23, 12, 0)  # noqa: DTZ001 - the program's clock is local time
COMMON: Final = {"format": "json", "formatversion": "2"}
PROPS: Final = "info|labels|aliases|claims"
SERIES: Final = {"P31": [claim(item(5398426))]}


def keys(count: int) -> list[str]:
    return [f"Q9900{number:05}" for number in range(1, count + 1)]


def show(key: str, network: int = 990000001) -> Json:
    claims = {"P31": [claim(item(5398426))], "P449": [claim(item(network))], "P161": [claim(item(990000002))]}
    return {"id": key, "lastrevid": 7, "labels": texts(en=f"Show {key}"), "claims": claims}


def usual(request: FakeRequest) -> bytes:
    """Answer as if every item were a show, or a name where names are asked for."""
    if request.params["action"] == "wbsearchentities":
        return json.dumps({"search": [{"id": key} for key in keys(3)], "success": 1}).encode()
    if request.params["props"] == "labels":
        return answer(**{key: {"id": key, "labels": texts(en=f"Name {key}")} for key in ids_of(request)})
    return answer(**{key: show(key) for key in ids_of(request)})


def ids_of(request: FakeRequest) -> list[str]:
    return str(request.params["ids"]).split("|")


def make_source(
    shows: Callable[[FakeRequest], bytes | SourceError] = usual,
    labels: Callable[[FakeRequest], bytes | SourceError] = usual,
    search: Callable[[FakeRequest], bytes | SourceError] = usual,
) -> tuple[Wikidata, list[FakeRequest]]:
    """Return a source and the list of its requests; the arguments answer each kind of them."""

    def answers(request: FakeRequest) -> bytes | SourceError:
        if request.params["action"] == "wbsearchentities":
            return search(request)
        return (labels if request.params["props"] == "labels" else shows)(request)

    client = FakeHttpClient(answers)
    return Wikidata(client, lambda: NOW, Preference("JP")), client.requests


def test_fetch_of_fifty_at_once() -> None:
    wikidata, requests = make_source()
    results = list(wikidata.fetch(keys(120)))
    assert [result.key for result in results] == keys(120)
    assert all(not isinstance(result, RecordFailure) and result.networks == ("Name Q990000001",) for result in results)
    assert all(request.path == "/w/api.php" and request.params.items() >= COMMON.items() for request in requests)
    # Each name is asked for once.
    assert [(request.params["props"], len(ids_of(request))) for request in requests] == [
        (PROPS, 50), ("labels", 2), (PROPS, 50), (PROPS, 20),
    ]  # fmt: skip
    assert [request.params["languages"] for request in requests[:2]] == [
        "|".join(ASKED_LANGUAGES),
        "|".join(NAME_LANGUAGES),
    ]


def test_many_names_are_asked_for_by_fifty() -> None:
    def shows(request: FakeRequest) -> bytes:
        return answer(**{key: show(key, 990100000 + number) for number, key in enumerate(ids_of(request))})

    wikidata, requests = make_source(shows)
    list(wikidata.fetch(keys(50)))
    assert [len(ids_of(request)) for request in requests] == [50, 50, 1]


def test_fetch_goes_on_after_a_failure() -> None:
    def shows(request: FakeRequest) -> bytes:
        first, second, third = ids_of(request)
        return answer(**{first: {"id": first, "missing": ""}, second: 5, third: show(third)})

    results = list(make_source(shows)[0].fetch(keys(3)))
    errors = [type(result.error) if isinstance(result, RecordFailure) else None for result in results]
    assert errors == [SourceNotFound, BadResponse, None]


@pytest.mark.parametrize("failing", ["shows", "labels"])
@pytest.mark.parametrize(
    ("failure", "kind"),
    [
        (SourceBusy("busy."), SourceBusy),
        (b'{"error": {"code": "internal_api_error", "info": "It broke."}}', BadResponse),
        (b"<html>", BadResponse),
    ],
    ids=["busy", "error", "page"],
)
def test_batch_that_fails(failing: str, failure: bytes | SourceError, kind: type[SourceError]) -> None:
    failures = [failure]
    wikidata, _ = make_source(**{failing: lambda request: failures.pop() if failures else usual(request)})
    results = list(wikidata.fetch(keys(60)))
    assert [result.key for result in results] == keys(60)
    errors = [type(result.error) if isinstance(result, RecordFailure) else None for result in results]
    assert errors == [kind] * 50 + [None] * 10


@pytest.mark.parametrize("error", [Cancelled("stopped."), SourceOffline("offline."), SourceDenied("denied.")])
@pytest.mark.parametrize("failing", ["shows", "labels"])
def test_fetch_ends_when_nothing_can_be_had(error: SourceError, failing: str) -> None:
    with pytest.raises(type(error)):
        list(make_source(**{failing: lambda _: error})[0].fetch(keys(3)))


def test_answer_that_would_be_too_large() -> None:
    def shows(request: FakeRequest) -> bytes | SourceError:
        too_large = len(ids_of(request)) > 20
        return BadResponse("Wikidata sent more than 10 MB.") if too_large else usual(request)

    wikidata, requests = make_source(shows)
    assert [result.key for result in wikidata.fetch(keys(50)) if not isinstance(result, RecordFailure)] == keys(50)
    assert len(requests) < 10


def test_answer_that_is_cut() -> None:
    wikidata, _ = make_source(lambda request: answer(**{key: show(key) for key in ids_of(request)[:20]}))
    assert [result.key for result in wikidata.fetch(keys(50)) if not isinstance(result, RecordFailure)] == keys(50)
    wikidata, requests = make_source(lambda _: answer(Q1={"id": "Q1"}))
    assert all(isinstance(result, RecordFailure) for result in wikidata.fetch(keys(60)))
    assert len(requests) == 2


@pytest.mark.parametrize("key", ["1", "P31", "Q0", "Q1|Q2", ""])
def test_fetch_of_no_id(key: str) -> None:
    wikidata, requests = make_source()
    with pytest.raises(BadValue, match="is not a Wikidata id"):
        list(wikidata.fetch([key]))
    assert not requests


def test_fetch_of_an_impossible_item() -> None:
    # It would fail all that it is asked for together with.
    first, second = make_source()[0].fetch(["Q99999999999", "Q990000001"])
    assert isinstance(first, RecordFailure)
    assert isinstance(first.error, SourceNotFound)
    assert second.key == "Q990000001"


def test_search_takes_two_requests_and_keeps_the_order() -> None:
    def shows(request: FakeRequest) -> bytes:
        first, second, third = ids_of(request)
        person = {"id": second, "labels": texts(en="Ines Quell"), "claims": {"P31": [claim(item(5))]}}
        return answer(**{third: show(third), second: person, first: show(first)})

    wikidata, requests = make_source(shows)
    assert [record.key for record in wikidata.search("paper")] == [keys(3)[0], keys(3)[2]]
    assert requests[0].params == {
        "action": "wbsearchentities", "search": "paper", "language": "en", "uselang": "en", "type": "item",
        "limit": "10", **COMMON,
    }  # fmt: skip
    assert requests[1].params["props"] == "info|labels|aliases|claims|descriptions"
    assert len(requests) == 2


def test_fetch_of_what_is_no_show() -> None:
    person = {"claims": {"P31": [claim(item(5))], "P161": [claim(item(990000002))]}}
    wikidata, requests = make_source(lambda request: answer(**dict.fromkeys(ids_of(request), person)))
    (failure,) = wikidata.fetch(keys(1))
    assert isinstance(failure, RecordFailure)
    assert str(failure.error) == f"{keys(1)[0]} is a person, not a show."
    assert len(requests) == 1


def test_unknown_classes_are_asked_for_once() -> None:
    of = {keys(2)[0]: 990000301, keys(2)[1]: 990000302}
    parents = {"Q990000301": 990000303, "Q990000302": 990000304, "Q990000303": 5398426, "Q990000304": 990000305}

    def answers(request: FakeRequest) -> bytes:
        if request.params["props"] == "labels|claims":
            return answer(
                **{
                    key: {"labels": texts(en="house"), "claims": {"P279": [claim(item(parents[key]))]}}
                    for key in ids_of(request)
                }
            )
        return answer(**{key: {**show(key), "claims": {"P31": [claim(item(of[key]))]}} for key in ids_of(request)})

    client = FakeHttpClient(answers)
    wikidata = Wikidata(client, lambda: NOW)
    work, failure = wikidata.fetch(keys(2))
    assert not isinstance(work, RecordFailure)
    assert work.kind == "series"
    assert isinstance(failure, RecordFailure)
    assert str(failure.error) == f"{keys(2)[1]} is a house, not a show."
    assert [request.params["ids"] for request in client.requests] == [
        "|".join(keys(2)), "Q990000301|Q990000302", "Q990000303|Q990000304",
    ]  # fmt: skip
    list(wikidata.fetch(keys(2)))
    assert len(client.requests) == 4


def test_search_asks_for_no_class_without_a_hint() -> None:
    thing = {"claims": {"P31": [claim(item(990000301))]}}
    wikidata, requests = make_source(lambda request: answer(**dict.fromkeys(ids_of(request), thing)))
    assert wikidata.search("paper") == ()
    assert len(requests) == 2


def test_seasons_come_with_their_series() -> None:
    first, season = keys(2)

    def answers(request: FakeRequest) -> bytes:
        if ids_of(request) == [season]:
            claims = {"P31": [claim(item(3464665))], "P179": [claim(item(int(first[1:])), P1545=["2"])]}
            return answer(**{season: {"lastrevid": 9, "claims": {**claims, "P580": [day("2027-05-14")]}}})
        return answer(**{first: {**show(first), "claims": {**SERIES, "P527": [claim(item(int(season[1:])))]}}})

    client = FakeHttpClient(answers)
    wikidata = Wikidata(client, lambda: NOW)
    (record,) = wikidata.fetch([first])
    assert not isinstance(record, RecordFailure)
    assert [(one.number, one.release and one.release.text) for one in record.seasons] == [(2, "2027-05-14")]
    assert record.revision == f"7 {season}:9"
    assert [request.params["props"] for request in client.requests] == [PROPS, "info|labels|claims"]


def test_search_without_hits() -> None:
    wikidata, requests = make_source(search=lambda _: b'{"search": [], "success": 1}')
    assert wikidata.search("paper") == ()
    assert len(requests) == 1


def test_search_with_a_hit_that_cannot_be_read() -> None:
    first, second, _ = keys(3)
    wrong = {first: 5}
    wikidata, _ = make_source(lambda _: answer(**wrong, **{second: show(second)}))
    assert [record.key for record in wikidata.search("paper")] == [second]
    wikidata, _ = make_source(lambda _: answer(**wrong))
    with pytest.raises(BadResponse):
        wikidata.search("paper")


@pytest.mark.parametrize(
    ("site", "key", "statement"),
    [
        ("imdb", "tt9", "P345=tt9"), ("thetvdb", "7", "P4835=7"), ("tvmaze", "7", "P8600=7"),
        ("tmdb", "tv/7", "P4983=7"), ("tmdb", "movie/7", "P4947=7"),
    ],
)  # fmt: skip
def test_look_up_by_statement(site: str, key: str, statement: str) -> None:
    def answers(request: FakeRequest) -> bytes:
        hits = {"query": {"search": [{"ns": 0, "title": keys(1)[0]}, {"ns": 120, "title": "Property:P7"}]}}
        return json.dumps(hits).encode() if request.params["action"] == "query" else usual(request)

    client = FakeHttpClient(answers)
    wikidata, requests = Wikidata(client, lambda: NOW), client.requests
    assert [record.key for record in wikidata.look_up(site, key)] == keys(1)
    assert requests[0].params["srsearch"] == f"haswbstatement:{statement}"
    assert requests[1].params["ids"] == keys(1)[0]
    assert wikidata.look_up("elsewhere", key) == ()


def test_look_up_in_vain() -> None:
    client = FakeHttpClient({"/w/api.php": b'{"query": {"search": []}}'})
    assert Wikidata(client, lambda: NOW).look_up("imdb", "tt9") == ()
    assert len(client.requests) == 1
    with pytest.raises(BadResponse, match="unexpected answer to a search"):
        Wikidata(FakeHttpClient({"/w/api.php": b"{}"}), lambda: NOW).look_up("imdb", "tt9")


def test_changed_since_by_revision() -> None:
    def shows(request: FakeRequest) -> bytes:
        ids = ids_of(request)
        revisions: Json = {key: {"id": key, "lastrevid": 7} for key in ids}
        return answer(**{**revisions, ids[0]: {"id": ids[0], "lastrevid": 8}, ids[1]: {"id": ids[1], "missing": ""}})

    wikidata, requests = make_source(shows)
    known = {key: LastSeen("7", NOW.astimezone(UTC)) for key in keys(60)}
    new = {"Q77": LastSeen("", NOW.astimezone(UTC))}
    assert wikidata.changed_since({**known, **new}) == {*keys(2), *keys(52)[50:], "Q77"}
    assert [request.params["props"] for request in requests] == ["info", "info"]
    assert "languages" not in requests[0].params
    assert wikidata.changed_since(new) == {"Q77"}
    assert len(requests) == 2


def test_changed_since_by_the_revision_of_a_season() -> None:
    first, second, season, other = keys(4)
    revisions = {first: 7, second: 7, season: 9, other: 4}
    wikidata, requests = make_source(
        lambda request: answer(**{key: {"lastrevid": revisions[key]} for key in ids_of(request)})
    )
    known = {first: LastSeen(f"7 {season}:8", None), second: LastSeen(f"7 {other}:4", None)}
    assert wikidata.changed_since(known) == {first}
    assert len(requests) == 1


def test_maxlag_only_where_nobody_waits() -> None:
    client = FakeHttpClient(usual)
    list(Wikidata(client, lambda: NOW).fetch(keys(1)))
    assert [request.params.get("maxlag") for request in client.requests] == [None, None]
    client.options = RequestOptions(in_background=True)
    list(Wikidata(client, lambda: NOW).fetch(keys(1)))
    assert [request.params.get("maxlag") for request in client.requests[2:]] == ["5", "5"]
