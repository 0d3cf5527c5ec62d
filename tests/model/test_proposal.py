from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.model.strategies import claims, names, said, statuses, windows
from tracker.model.fields import FIELDS, has_pair_conflict, merge_pairs
from tracker.model.history import Claim
from tracker.model.proposal import Proposal, find_proposals
from tracker.model.show import Credit, Show
from tracker.model.source_record import SourceId, SourceRecord
from tracker.model.source_state import FOLLOWABLE, SourceState
from tracker.model.status import Status
from tracker.model.window_parser import parse_window
from tracker.text import search_form

NOW = datetime(2026, 4, 15, 12, tzinfo=UTC)
SINCE = date(2026, 4, 2)

MINE = Show(
    "old-ferry",
    "Old Ferry",
    original_title="옛 배",
    aliases=("Ferry",),
    networks=("Lumen",),
    countries=("KR",),
    genres=("drama",),
    directors=("Ada Moor",),
    writers=("Jun Abe",),
    synopsis="A ferry.\nAnd its keeper.",
    cast=(Credit("Mira Solé", "Anna", "keeps the light"), Credit("Ivo Brandt")),
)


def state(key: str = "7", /, **more: Any) -> SourceState:
    record = SourceRecord(**{"source": "tvmaze", "key": key, "title": "", "url": "https://tv.example/7", **more})
    return SourceState.first(record, NOW, SINCE)


def offered(show: Show, *states: SourceState) -> dict[str, Proposal]:
    found = find_proposals(show, states)
    assert len({(one.source_id, one.field) for one in found}) == len(found)
    return {one.field: one for one in found}


@pytest.mark.parametrize(
    ("name", "theirs"),
    [
        ("title", "The Ferry of Lumen"), ("original_title", "낡은 배"), ("networks", ("Lumen", "Kestrel")),
        ("countries", ("JP",)), ("genres", ("romance",)), ("directors", ("Ivo Brandt",)), ("writers", ("Ada Moor",)),
        ("synopsis", "Another ferry."),
    ],
)  # fmt: skip
def test_field_differs(name: str, theirs: Any) -> None:
    [one] = find_proposals(MINE, [state(**{name: theirs})])
    assert one == Proposal(
        "old-ferry", SourceId("tvmaze", "7"), name, getattr(MINE, name), theirs, SINCE, "https://tv.example/7", theirs
    )
    assert one.can_be_followed
    assert (one.value_text(one.mine), one.value_text(one.theirs)) == (
        FIELDS[name].text_of(MINE),
        FIELDS[name].write(theirs),
    )


@pytest.mark.parametrize(
    ("name", "theirs"),
    [
        ("title", "OLD FERRY"), ("title", "Òld Férry"), ("title", "옛 배"), ("title", "Ferry"),
        ("original_title", "옛 배"), ("aliases", ("FERRY", "old ferry", "옛 배")), ("networks", ("lumen",)),
        ("directors", ("Áda MOOR",)), ("genres", ("Drama",)), ("synopsis", "A ferry.  And its keeper.\n"),
        ("cast", (Credit("MIRA SOLE", "anna"),)), ("cast", (Credit("Mira Solé"), Credit("ivo brandt"))),
    ],
)  # fmt: skip
def test_field_same_in_other_spelling(name: str, theirs: Any) -> None:
    assert find_proposals(MINE, [state(**{name: theirs})]) == ()


@pytest.mark.parametrize("name", [*FOLLOWABLE, "release", "status"])
def test_field_not_said(name: str) -> None:
    assert name not in offered(MINE, state())


@given(st.sampled_from([name for name in FOLLOWABLE if name not in ("cast", "title", "original_title", "synopsis")]))
def test_field_part_of_mine(name: str) -> None:
    more: dict[str, Any] = {name: ("Lumen", "Kestrel")}
    assert find_proposals(MINE._replace(**more), [state(**dict.fromkeys(more, ("Kestrel",)))]) == ()


def test_aliases_are_added() -> None:
    one = offered(MINE, state(aliases=("The Boat", "FERRY", "Old Ferry")))["aliases"]
    assert one.theirs == ("Ferry", "The Boat")


def test_cast_keeps_about() -> None:
    theirs = (Credit("mira sole", "Anna Lund"), Credit("Ivo Brandt", "Olaf"), Credit("Jun Abe", "a guest"))
    one = offered(MINE, state(cast=theirs))["cast"]
    assert one.mine == MINE.cast
    assert [(credit.role, credit.about) for credit in one.theirs] == [
        ("Anna Lund", "keeps the light"), ("Olaf", ""), ("a guest", ""),
    ]  # fmt: skip


def test_cast_keeps_role() -> None:
    one = offered(MINE, state(cast=(Credit("Mira Solé"), Credit("Jun Abe"))))["cast"]
    assert one.theirs[:2] == (Credit("Mira Solé", "Anna", "keeps the light"), Credit("Jun Abe"))
    assert {credit.actor for credit in MINE.cast} <= {credit.actor for credit in one.theirs}


@pytest.mark.parametrize("source", ["tvmaze", "tmdb"])
def test_followed_field(source: str) -> None:
    theirs = state(synopsis="Another ferry.")
    assert "synopsis" in offered(MINE._replace(follows={"synopsis": source}), theirs)
    empty = MINE._replace(synopsis="", follows={"synopsis": source})
    assert ("synopsis" in offered(empty, theirs)) is (source == "tmdb")


@pytest.mark.parametrize(
    ("theirs", "is_offered"),
    [
        ("2026-10-03", True), ("2027", True), ("2026-09", True), ("2026-10-02", False), ("October 2, 2026", False),
        ("2026-10", False), ("2026", False), ("TBA", False),
    ],
)  # fmt: skip
def test_release(theirs: str, is_offered: bool) -> None:
    show = MINE.with_claims(said("2026-03-01", "2026-10-02"))
    found = offered(show, state(release=parse_window(theirs)))
    assert ("release" in found) is is_offered
    if is_offered:
        assert found["release"].theirs.text == theirs
        assert not found["release"].can_be_followed


def test_release_overruled() -> None:
    show = MINE.with_claims(said("2026-03-01", "2026-10-02", "tvmaze"), said("2026-03-02", "2027", "me"))
    assert "release" not in offered(show, state(release=parse_window("2026-10-02")))
    assert "release" in offered(show, state(release=parse_window("2026-11")))


@pytest.mark.parametrize(
    ("mine", "covers", "theirs", "is_offered"),
    [
        (Status.FILMING, (Status.SCHEDULED,), Status.SCHEDULED, True),
        (Status.FILMING, (Status.FILMING, Status.SCHEDULED), Status.SCHEDULED, False),
        (Status.FILMING, (Status.ANNOUNCED,), Status.ANNOUNCED, False),
        (Status.FILMING, (), None, False),
        (Status.FILMING, (Status.CANCELLED,), Status.CANCELLED, True),
        (None, (Status.ANNOUNCED,), Status.ANNOUNCED, True),
    ],
)
def test_status(mine: Status | None, covers: tuple[Status, ...], theirs: Status | None, is_offered: bool) -> None:
    found = offered(MINE._replace(status=mine), state(raw_status="a word", compatible_statuses=covers, status=theirs))
    assert ("status" in found) is is_offered
    if is_offered:
        assert (found["status"].mine, found["status"].theirs) == (mine, theirs)
        assert not found["status"].can_be_followed


def test_status_overruled() -> None:
    show = MINE.with_claims(
        said("2026-03-01", source="tvmaze", status=Status.CANCELLED), said("2026-03-02", status=Status.FILMING)
    )
    assert "status" not in offered(show, state(compatible_statuses=(Status.CANCELLED,), status=Status.CANCELLED))


def test_removed_record() -> None:
    assert find_proposals(MINE, [state(synopsis="Another.", title="Another")._replace(is_removed=True)]) == ()


def test_order() -> None:
    tvmaze = state(synopsis="One.", networks=("Kestrel",), release=parse_window("2027"))
    tmdb = state(source="tmdb", synopsis="Two.", status=Status.CANCELLED, compatible_statuses=(Status.CANCELLED,))
    show = MINE.with_claims(said("2026-03-01", "2026-10", status=Status.FILMING))
    assert [(one.field, one.source_id.source) for one in find_proposals(show, [tvmaze, tmdb])] == [
        ("release", "tvmaze"), ("status", "tmdb"), ("networks", "tvmaze"), ("synopsis", "tvmaze"), ("synopsis", "tmdb"),
    ]  # fmt: skip


def test_key() -> None:
    one, same = (offered(MINE, state(synopsis="One."))["synopsis"] for _ in range(2))
    later = offered(MINE._replace(synopsis="Mine by now."), state(synopsis="One."))["synopsis"]
    others = [
        offered(MINE, state(synopsis="Two."))["synopsis"],
        offered(MINE, state("8", synopsis="One."))["synopsis"],
        offered(MINE, state(source="tmdb", synopsis="One."))["synopsis"],
        offered(MINE, state(title="One."))["title"],
    ]
    assert one.key == same.key == later.key
    assert len({one.key, *(other.key for other in others)}) == 5


cast_members = st.builds(Credit, names, names | st.just(""), names | st.just(""))
values: dict[str, st.SearchStrategy[Any]] = {
    name: names if name in ("title", "original_title", "synopsis")
    else st.lists(cast_members, max_size=3, unique_by=lambda one: search_form(one.actor)).map(tuple) if name == "cast"
    else st.lists(names, max_size=3, unique=True).map(tuple)
    for name in FOLLOWABLE
}  # fmt: skip


@pytest.mark.parametrize("name", FOLLOWABLE)
@given(st.data())
def test_applied_leaves_nothing(name: str, data: st.DataObject) -> None:
    mine: dict[str, Any] = {name: data.draw(values[name])}
    theirs: dict[str, Any] = {name: data.draw(values[name])}
    show = MINE._replace(**mine)
    if found := offered(show, state(**theirs)):
        assert set(found) == {name}
        assert found[name].theirs != mine[name]
        taken: dict[str, Any] = {name: found[name].theirs}
        assert find_proposals(show._replace(**taken), [state(**theirs)]) == ()
    assert find_proposals(MINE._replace(**theirs), [state(**theirs)]) == ()


@given(st.lists(claims, max_size=4), st.none() | windows, st.none() | statuses, st.lists(statuses, max_size=3))
def test_any_records(told: list[Claim], release: Any, status: Status | None, covers: list[Status]) -> None:
    show = MINE.with_claims(*told)
    for one in find_proposals(show, [state(release=release, status=status, compatible_statuses=tuple(covers))]):
        assert one.theirs != one.mine
        assert one.key[:3] == ("tvmaze", "7", one.field)


pairs = st.dictionaries(st.sampled_from("abc"), st.integers(1, 3), max_size=3)


@given(pairs, pairs, pairs)
def test_merge_pairs(base: dict[str, int], ours: dict[str, int], theirs: dict[str, int]) -> None:
    merged = merge_pairs(base, ours, theirs)
    for name in "abc":
        was, mine, other = base.get(name), ours.get(name), theirs.get(name)
        assert merged.get(name) == (mine if other == was else other)


@given(pairs, pairs, pairs)
def test_merge_pairs_conflict(base: dict[str, int], ours: dict[str, int], theirs: dict[str, int]) -> None:
    clash = any(
        ours.get(name) != base.get(name) != theirs.get(name) and ours.get(name) != theirs.get(name) for name in "abc"
    )
    assert has_pair_conflict(base, ours, theirs) is clash
    assert has_pair_conflict(base, theirs, ours) is clash
    if not clash:
        assert merge_pairs(base, ours, theirs) == merge_pairs(base, theirs, ours)
