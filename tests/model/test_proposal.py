from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.model.strategies import claims, names, said, statuses, windows
from tracker.model.fields import FIELDS, has_pair_conflict, merge_pairs
from tracker.model.history import Claim
from tracker.model.proposal import Proposal, find_proposals, parse_meaning
from tracker.model.provenance import FOLLOWABLE
from tracker.model.same_values import value_key
from tracker.model.show import Credit, Show
from tracker.model.source_record import SourceId, SourceRecord
from tracker.model.source_state import SourceState
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
        ("title", "The Ferry of Lumen"), ("networks", ("Lumen", "Kestrel")), ("networks", ("Kestrel",)),
        ("countries", ("JP",)), ("directors", ("Ivo Brandt",)), ("writers", ("Ada Moor",)),
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
        ("cast", (Credit("Solé Mira", "Anna Lund"),)), ("writers", ("Abe Jun",)), ("title", "Old Ferry (2026)"),
        ("networks", ("LUMEN Japan",)), ("networks", ("Lumen (JP)",)), ("networks", ("The Lumen Network",)),
    ],
)  # fmt: skip
def test_field_same_in_other_spelling(name: str, theirs: Any) -> None:
    assert find_proposals(MINE, [state(**{name: theirs})]) == ()


@pytest.mark.parametrize(
    ("name", "theirs"),
    [
        ("original_title", "낡은 배"), ("genres", ("romance",)), ("synopsis", "Another ferry."),
        ("aliases", ("The Boat",)),
        ("directors", ("Ada Moor", "Ivo Brandt")), ("cast", (Credit("Mira Solé", "Somebody else"),)),
    ],
)  # fmt: skip
def test_wording_of_the_owner_is_not_questioned(name: str, theirs: Any) -> None:
    assert find_proposals(MINE, [state(**{name: theirs})]) == ()


def test_second_source_proposes_facts_only() -> None:
    """What the main source says goes on; another one may know another date, status, network or country."""
    words: dict[str, Any] = {
        "title": "Another Title", "synopsis": "In other words.", "genres": ("horror",), "directors": ("Jo Vane",),
        "writers": ("Jo Vane",), "cast": (Credit("Jo Vane"),), "aliases": ("Boat",), "original_title": "배",
    }  # fmt: skip
    facts: dict[str, Any] = {"networks": ("Kestrel",), "countries": ("JP",), "release": parse_window("2027")}
    theirs = state(source="tmdb", key="tv/7", **words, **facts)
    first = state(**{name: getattr(MINE, name) for name in FOLLOWABLE})
    for show in (MINE, MINE._replace(follows=dict.fromkeys(FOLLOWABLE, "tvmaze"))):
        assert [one.field for one in find_proposals(show, [first, theirs])] == ["release", "networks", "countries"]
        assert [one.source_id.source for one in find_proposals(show, [first, theirs])] == ["tmdb"] * 3
    # Where most fields follow the other, it is the main one.
    other = MINE._replace(follows={"synopsis": "tmdb"})
    assert {"title", "cast"} <= {one.field for one in find_proposals(other, [first, theirs])}


@pytest.mark.parametrize("name", ["synopsis", "genres", "cast", "writers", "original_title", "aliases"])
@pytest.mark.parametrize("follows", ["", "tvmaze", "me"])
def test_cleared_field_is_proposed(name: str, follows: str) -> None:
    value: Any = {"cast": (Credit("Jo Vane", "Bo"),), "synopsis": "A ferry.", "original_title": "배"}
    value = value.get(name, ("drama",))
    cleared: dict[str, Any] = {name: type(value)(), "follows": {name: follows} if follows else {}}
    found = find_proposals(MINE._replace(**cleared), [state(**{name: value}), state(source="tmdb", **{name: value})])
    assert [(one.field, one.theirs, one.source_id.source) for one in found] == [(name, value, "tvmaze")]


def test_title_of_a_season_is_the_owners() -> None:
    assert find_proposals(MINE._replace(season=2), [state(title="Ferries")]) == ()


@pytest.mark.parametrize("name", [*FOLLOWABLE, "release", "status"])
def test_field_not_said(name: str) -> None:
    assert name not in offered(MINE, state())


@given(st.sampled_from([name for name in FOLLOWABLE if name not in ("cast", "title", "original_title", "synopsis")]))
def test_field_part_of_mine(name: str) -> None:
    more: dict[str, Any] = {name: ("Lumen", "Kestrel")}
    assert find_proposals(MINE._replace(**more), [state(**dict.fromkeys(more, ("Kestrel",)))]) == ()


def test_lists_keep_what_the_owner_has() -> None:
    theirs = (Credit("mira sole", "Anna Lund"), Credit("Brandt Ivo", "Olaf"), Credit("Jun Abe", "a guest"))
    found = offered(MINE, state(cast=theirs, networks=("lumen", "Kestrel")))
    assert found["cast"].theirs == (*MINE.cast, Credit("Jun Abe", "a guest"))
    assert found["networks"].theirs == ("Lumen", "Kestrel")
    assert (found["cast"].added, found["networks"].added) == ((Credit("Jun Abe", "a guest"),), ("Kestrel",))
    assert offered(MINE, state(networks=("Kestrel",)))["networks"].added == ()
    assert offered(MINE, state(title="The Boat"))["title"].added == ()


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


@pytest.mark.parametrize(
    ("status", "theirs", "is_offered"),
    [
        (Status.RELEASED, "2026-10-03", False), (Status.AIRING, "2026-10-01", False),
        (Status.RELEASED, "2026-10-04", True), (Status.SCHEDULED, "2026-10-03", True), (Status.RELEASED, "2027", True),
    ],
)  # fmt: skip
def test_day_beside_that_of_what_is_out(status: Status, theirs: str, is_offered: bool) -> None:
    show = MINE.with_claims(said("2026-03-01", "2026-10-02", status=status))
    assert ("release" in offered(show, state(release=parse_window(theirs)))) is is_offered
    own = MINE.with_claims(said("2026-03-01", "2026-10-02", "tvmaze", status))
    assert "release" in offered(own, state(release=parse_window(theirs)))


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
    tvmaze = state(title="One.", networks=("Kestrel",), release=parse_window("2027"))
    tmdb = state(source="tmdb", networks=("Viaduct",), status=Status.CANCELLED, compatible_statuses=(Status.CANCELLED,))
    show = MINE.with_claims(said("2026-03-01", "2026-10", status=Status.FILMING))
    assert [(one.field, one.source_id.source) for one in find_proposals(show, [tvmaze, tmdb])] == [
        ("release", "tvmaze"), ("status", "tmdb"), ("title", "tvmaze"), ("networks", "tvmaze"), ("networks", "tmdb"),
    ]  # fmt: skip


def test_key() -> None:
    one, same = (offered(MINE, state(title="One."))["title"] for _ in range(2))
    later = offered(MINE._replace(title="Mine by now."), state(title="One."))["title"]
    others = [
        offered(MINE, state(title="Two."))["title"],
        offered(MINE, state("8", title="One."))["title"],
        offered(MINE, state(source="tmdb", title="One."))["title"],
        offered(MINE, state(networks=("One.",)))["networks"],
    ]
    assert one.key == same.key == later.key
    assert len({one.key, *(other.key for other in others)}) == 5


@pytest.mark.parametrize(
    ("name", "one", "other"),
    [
        ("title", "The Boat: A Story", "the boat – a story"),
        ("networks", ("Kestrel", "TV Quay"), ("TV QUAY", "kestrel")),
        ("cast", (Credit("Park Min-a", "Anna"),), (Credit("Min-a Park", "Hanna"),)),
        ("release", parse_window("May 14, 2027"), parse_window("2027-05-14")),
        ("countries", ("JP", "DE"), ("DE", "JP")),
    ],
)  # fmt: skip
def test_key_of_other_words(name: str, one: Any, other: Any) -> None:
    keys = {offered(MINE, state(**{name: value}))[name].key for value in (one, other)}
    assert len(keys) == 1


cast_members = st.builds(Credit, names, names | st.just(""), names | st.just(""))
values: dict[str, st.SearchStrategy[Any]] = {
    name: names if name in ("title", "original_title", "synopsis")
    else st.lists(cast_members, max_size=3, unique_by=lambda one: search_form(one.actor)).map(tuple) if name == "cast"
    else st.lists(names, max_size=3, unique=True).map(tuple)
    for name in FOLLOWABLE
}  # fmt: skip


@given(st.sampled_from(FOLLOWABLE), st.data())
def test_meaning_is_read_again(name: str, data: st.DataObject) -> None:
    value = data.draw(values[name])
    meaning = value_key(name, value)
    assert parse_meaning(name, FIELDS[name].write(value)) == meaning


def test_key_of_a_reworded_synopsis() -> None:
    cleared = MINE._replace(synopsis="", follows={"synopsis": "me"})
    keys = {offered(cleared, state(synopsis=text))["synopsis"].key for text in ("A ferry.", "Of a ferry, and its man.")}
    assert len(keys) == 1


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
