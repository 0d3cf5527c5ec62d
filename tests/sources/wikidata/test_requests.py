from __future__ import annotations

import json
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any, Final

import pytest

from tests.sources.fake_http import FakeHttpClient, FakeRequest
from tests.sources.wikidata.test_parse import claim, item, texts
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
from tracker.sources.wikidata.source import Wikidata

NOW: Final = datetime(2026, 11, 23, 12, 0)  # noqa: DTZ001 - the program's clock is local time
ALWAYS: Final = {"format": "json", "formatversion": "2", "maxlag": "5"}


def keys(count: int) -> list[str]:
    return [f"Q9900{number:05}" for number in range(1, count + 1)]


def show(key: str, network: int = 990000001) -> dict[str, Any]:
    claims = {"P31": [claim(item(5398426))], "P449": [claim(item(network))], "P161": [claim(item(990000002))]}
    return {"id": key, "lastrevid": 7, "labels": texts(en=f"Show {key}"), "claims": claims}


def usual(asked: FakeRequest) -> bytes:
    """Answer as Wikidata does, to whom every item is a show, or a name where names are asked for."""
    if asked.params["action"] == "wbsearchentities":
        return json.dumps({"search": [{"id": key} for key in keys(3)], "success": 1}).encode()
    ids = ids_of(asked)
    if asked.params["props"] == "labels":
        return answer(**{key: {"id": key, "labels": texts(en=f"Name {key}")} for key in ids})
    return answer(**{key: show(key) for key in ids})


def ids_of(asked: FakeRequest) -> list[str]:
    return str(asked.params["ids"]).split("|")


def answer(**entities: object) -> bytes:
    return json.dumps({"entities": entities, "success": 1}).encode()


def made(answers: Callable[[FakeRequest], bytes | SourceError] = usual) -> tuple[Wikidata, FakeHttpClient]:
    client = FakeHttpClient(answers)
    return Wikidata(client, lambda: NOW, "jp"), client


def test_fifty_items_come_with_one_question_and_each_name_is_asked_for_once() -> None:
    wikidata, client = made()
    found = list(wikidata.fetch(keys(120)))
    assert [one.key for one in found] == keys(120)
    assert all(not isinstance(one, RecordFailure) and one.networks == ("Name Q990000001",) for one in found)
    assert all(one.path == "/w/api.php" and one.params.items() >= ALWAYS.items() for one in client.asked)
    assert [(one.params["props"], len(ids_of(one))) for one in client.asked] == [
        ("info|labels|aliases|claims", 50),
        ("labels", 2),
        ("info|labels|aliases|claims", 50),
        ("info|labels|aliases|claims", 20),
    ]
    assert client.asked[0].params["languages"] == "en|mul|ja|ko|zh|th"
    assert client.asked[1].params["languages"] == "en|mul"


def test_many_names_are_asked_for_by_fifty() -> None:
    def answers(asked: FakeRequest) -> bytes:
        shows = {key: show(key, 990100000 + number) for number, key in enumerate(ids_of(asked))}
        return usual(asked) if asked.params["props"] == "labels" else answer(**shows)

    wikidata, client = made(answers)
    list(wikidata.fetch(keys(50)))
    assert [len(ids_of(one)) for one in client.asked] == [50, 50, 1]


def test_one_item_that_fails_does_not_fail_the_others() -> None:
    def answers(asked: FakeRequest) -> bytes:
        if asked.params["props"] == "labels":
            return usual(asked)
        first, second, third = ids_of(asked)
        wrong = {**show(second), "labels": {"en": 5}}
        return answer(**{first: {"id": first, "missing": ""}, second: wrong, third: show(third)})

    wikidata, _ = made(answers)
    first, second, third = wikidata.fetch(keys(3))
    assert isinstance(first, RecordFailure)
    assert isinstance(first.error, SourceNotFound)
    assert isinstance(second, RecordFailure)
    assert isinstance(second.error, BadResponse)
    assert not isinstance(third, RecordFailure)


@pytest.mark.parametrize("props", ["info|labels|aliases|claims", "labels"])
@pytest.mark.parametrize(
    ("trouble", "kind"),
    [
        (SourceBusy("busy."), SourceBusy),
        (b'{"error": {"code": "internal_api_error", "info": "It broke."}}', BadResponse),
        (b"<html>", BadResponse),
    ],
    ids=["busy", "error", "page"],
)
def test_a_batch_that_fails_is_told_for_each_and_does_not_fail_the_next(
    props: str, trouble: bytes | SourceError, kind: type[SourceError]
) -> None:
    calls = 0

    def answers(asked: FakeRequest) -> bytes | SourceError:
        nonlocal calls
        calls += asked.params["props"] == props
        return trouble if calls == 1 and asked.params["props"] == props else usual(asked)

    wikidata, _ = made(answers)
    found = list(wikidata.fetch(keys(60)))
    assert [one.key for one in found] == keys(60)
    assert [type(one.error) if isinstance(one, RecordFailure) else None for one in found] == [kind] * 50 + [None] * 10


@pytest.mark.parametrize("error", [Cancelled("stopped."), SourceOffline("offline."), SourceDenied("denied.")])
@pytest.mark.parametrize("props", ["info|labels|aliases|claims", "labels"])
def test_what_concerns_all_items_ends_the_questions(error: SourceError, props: str) -> None:
    wikidata, _ = made(lambda asked: error if asked.params["props"] == props else usual(asked))
    with pytest.raises(type(error)):
        list(wikidata.fetch(keys(3)))


def test_an_answer_that_would_be_too_large_is_asked_for_in_smaller_parts() -> None:
    def answers(asked: FakeRequest) -> bytes | SourceError:
        too_large = asked.params["props"] != "labels" and len(ids_of(asked)) > 20
        return BadResponse("Wikidata answered with more than 10 MB.") if too_large else usual(asked)

    wikidata, client = made(answers)
    assert [one.key for one in wikidata.fetch(keys(50)) if not isinstance(one, RecordFailure)] == keys(50)
    assert len(client.asked) < 10


def test_what_an_answer_was_cut_by_is_asked_for_again() -> None:
    def answers(asked: FakeRequest) -> bytes:
        if asked.params["props"] == "labels":
            return usual(asked)
        return answer(**{key: show(key) for key in ids_of(asked)[:20]})

    wikidata, _ = made(answers)
    assert [one.key for one in wikidata.fetch(keys(50)) if not isinstance(one, RecordFailure)] == keys(50)
    silent, client = made(lambda asked: answer(Q1={"id": "Q1"}))
    assert all(isinstance(one, RecordFailure) for one in silent.fetch(keys(60)))
    assert len(client.asked) == 2


def test_what_is_no_id_is_not_asked_for() -> None:
    wikidata, client = made()
    for key in ("1", "P31", "Q0", "Q1|Q2", ""):
        with pytest.raises(BadValue, match="is no id of Wikidata"):
            list(wikidata.fetch([key]))
    assert not client.asked
    # It would fail all that it is asked for together with.
    first, second = wikidata.fetch(["Q99999999999", "Q990000001"])
    assert isinstance(first, RecordFailure)
    assert isinstance(first.error, SourceNotFound)
    assert second.key == "Q990000001"


def test_a_search_takes_two_questions_and_keeps_the_order() -> None:
    def answers(asked: FakeRequest) -> bytes:
        if asked.params["action"] == "wbsearchentities":
            return usual(asked)
        first, second, third = ids_of(asked)
        person = {"id": second, "labels": texts(en="Ines Quell"), "claims": {"P31": [claim(item(5))]}}
        return answer(**{third: show(third), second: person, first: show(first)})

    wikidata, client = made(answers)
    assert [one.key for one in wikidata.search("paper")] == [keys(3)[0], keys(3)[2]]
    assert client.asked[0].params == {
        "action": "wbsearchentities", "search": "paper", "language": "en", "uselang": "en", "type": "item",
        "limit": "10", **ALWAYS,
    }  # fmt: skip
    assert client.asked[1].params["props"] == "info|labels|aliases|descriptions|claims"
    assert len(client.asked) == 2


def test_a_search_without_hits_takes_one_question() -> None:
    wikidata, client = made(lambda asked: b'{"search": [], "success": 1}')
    assert wikidata.search("paper") == ()
    assert len(client.asked) == 1


def test_a_hit_that_cannot_be_read_is_left_out_unless_it_is_the_only_one() -> None:
    def answers(asked: FakeRequest, *, also: bool) -> bytes:
        if asked.params["action"] == "wbsearchentities":
            return usual(asked)
        first, second, _ = ids_of(asked)
        wrong = {first: {"labels": {"en": 5}}}
        return answer(**wrong, **({second: show(second)} if also else {}))

    wikidata, _ = made(lambda asked: answers(asked, also=True))
    assert [one.key for one in wikidata.search("paper")] == [keys(3)[1]]
    wikidata, _ = made(lambda asked: answers(asked, also=False))
    with pytest.raises(BadResponse):
        wikidata.search("paper")


def test_items_with_another_revision_have_moved_and_those_that_are_new_or_gone() -> None:
    def answers(asked: FakeRequest) -> bytes:
        ids = ids_of(asked)
        revisions: dict[str, object] = {key: {"id": key, "lastrevid": 7} for key in ids}
        return answer(**{**revisions, ids[0]: {"id": ids[0], "lastrevid": 8}, ids[1]: {"id": ids[1], "missing": ""}})

    wikidata, client = made(answers)
    moment = NOW.astimezone(UTC)
    known = {key: LastSeen("7", moment) for key in keys(60)}
    new = {"Q77": LastSeen("", moment)}
    assert wikidata.changed_since({**known, **new}) == {*keys(2), *keys(52)[50:], "Q77"}
    assert [one.params["props"] for one in client.asked] == ["info", "info"]
    assert "languages" not in client.asked[0].params
    wikidata, client = made()
    assert wikidata.changed_since(new) == {"Q77"}
    assert not client.asked
