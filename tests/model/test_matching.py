from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.model.strategies import names
from tracker.model.matching import (
    SearchResult,
    find_on_list,
    find_same_title,
    match_score,
    merge_results,
)
from tracker.model.show import Credit, Show
from tracker.model.source_record import SourceRecord
from tracker.model.status import Status
from tracker.model.window_parser import parse_window

MINE = Show(
    "old-ferry",
    "Old Ferry",
    original_title="낡은 배",
    aliases=("The Ferry",),
    release=parse_window("2026"),
    networks=("Lumen",),
    countries=("KR",),
    directors=("Ada Moor",),
    cast=(Credit("Mira Solé", "Anna"),),
)


def hit(source: str = "tvmaze", key: str = "7", title: str = "Old Ferry", **more: Any) -> SourceRecord:
    ids = tuple(dict(more.pop("ids", {})).items())
    window = parse_window(more.pop("release")) if "release" in more else None
    return SourceRecord(source, key, title, ids=ids, release=window, **more)


def one(**more: Any) -> SearchResult:
    return SearchResult((hit(**more),))


def groups(*found: SourceRecord) -> list[list[str]]:
    return [[str(reference) for reference in candidate.source_ids] for candidate in merge_results(found)]


@pytest.mark.parametrize(
    ("first", "second"),
    [
        (hit(ids={"imdb": "tt1"}), hit("tmdb", "tv/9", ids={"imdb": "tt1"})),
        (hit(ids={"thetvdb": "81"}), hit("wikidata", "Q5", ids={"thetvdb": "81", "imdb": "tt1"})),
        (hit("wikidata", "Q5", ids={"tvmaze": "7"}), hit()),
        (hit("tmdb", "tv/9", ids={"wikidata": "Q5"}), hit("wikidata", "Q5", title="A quite different title")),
    ],
)
def test_merge_shared_id(first: SourceRecord, second: SourceRecord) -> None:
    for found in ((first, second), (second, first)):
        assert merge_results(found) == (SearchResult(found),)


@pytest.mark.parametrize(
    ("first", "second"),
    [
        (hit(), hit("tmdb", "tv/9")),
        (hit(ids={"imdb": "tt1"}), hit("tmdb", "tv/9", ids={"imdb": "tt2"})),
        (hit(ids={"imdb": "81"}), hit("tmdb", "tv/9", ids={"thetvdb": "81"})),
        (hit(release="2026", networks=("Lumen",)), hit("wikidata", "Q5", release="2026", networks=("Lumen",))),
        (hit(ids={"imdb": "tt1"}), hit(key="8", ids={"imdb": "tt1"})),
    ],
)
def test_merge_needs_an_id(first: SourceRecord, second: SourceRecord) -> None:
    assert merge_results((first, second)) == (SearchResult((first,)), SearchResult((second,)))


def test_merge_order() -> None:
    found = (hit(ids={"imdb": "tt1"}), hit(key="8"), hit("tmdb", "tv/9"), hit("tmdb", "tv/10", ids={"imdb": "tt1"}))
    assert groups(*found) == [["tvmaze:7", "tmdb:tv/10"], ["tvmaze:8"], ["tmdb:tv/9"]]
    assert merge_results(()) == ()


hits = st.builds(
    lambda source, number, ids, title: hit(source, str(number), title, ids=ids),
    st.sampled_from(["tvmaze", "tmdb", "wikidata"]),
    st.integers(1, 9),
    st.dictionaries(st.sampled_from(["imdb", "thetvdb", "wikidata"]), st.sampled_from(["1", "2", "3"]), max_size=2),
    st.sampled_from(["Old Ferry", "Last Tram"]),
)


@given(st.lists(hits, max_size=8, unique_by=lambda one: one.source_id))
def test_merge_keeps_every_record(found: list[SourceRecord]) -> None:
    candidates = merge_results(found)
    assert sorted(map(str, (said for one in candidates for said in one.records))) == sorted(map(str, found))
    for candidate in candidates:
        assert len({said.source for said in candidate.records}) == len(candidate.records)
        for said in candidate.records[1:]:
            # A third one may tie it to the first.
            others = {pair for other in candidate.records if other is not said for pair in other.all_ids.items()}
            assert others & set(said.all_ids.items())


def test_facts_first_given() -> None:
    first = hit(networks=("Lumen",), raw_status="In Development")
    second = hit(
        "tmdb", "tv/9", "Ferry", networks=("Kestrel", "Lumen"), countries=("KR",), release="2026-05", kind="series"
    )
    candidate = SearchResult((first, second._replace(original_title="낡은 배", raw_status="Planned")))
    assert (candidate.title, candidate.original_title, candidate.raw_status) == (
        "Old Ferry",
        "낡은 배",
        "In Development",
    )
    assert candidate.facts == ["2026", "Lumen, Kestrel", "KR", "series", "In Development"]
    assert one().facts == ["no date"]


@pytest.mark.parametrize(
    ("ids", "candidate"),
    [
        ({"tvmaze": 7}, one()),
        ({"tvmaze": "7"}, one(title="Another title")),
        ({"imdb": "tt1"}, one(ids={"imdb": "tt1"})),
        ({"tmdb": "tv/9"}, one(source="tmdb", key="tv/9")),
        ({"tmdb": 9}, one(source="tmdb", key="tv/9")),
        ({"thetvdb": 81}, one(ids={"thetvdb": "81"})),
        ({"wikidata": "Q5"}, SearchResult((hit(), hit("wikidata", "Q5")))),
    ],
)
def test_on_list_by_id(ids: Any, candidate: SearchResult) -> None:
    show = Show("a", "A", ids=ids)
    assert find_on_list(candidate, [Show("b", "B", ids={"tvmaze": 70}), show]) is show


@pytest.mark.parametrize("ids", [{}, {"tvmaze": 8}, {"imdb": "7"}, {"mine": "tt1"}, {"tmdb": "tv/7"}])
def test_on_list_not_by_title(ids: Any) -> None:
    assert find_on_list(one(ids={"imdb": "tt1"}), [MINE._replace(ids=ids)]) is None


@pytest.mark.parametrize(
    ("ids", "title", "is_same"),
    [
        ({}, "OLD FERRY", True), ({"tmdb": "tv/9"}, "Old Ferry", True), ({"tvmaze": 8}, "Old Ferry", False),
        ({}, "The Ferry", True), ({}, "The Fairy", False),
    ],
)  # fmt: skip
def test_find_same_title(ids: Any, title: str, is_same: bool) -> None:
    show = MINE._replace(ids=ids)
    assert find_same_title(one(title=title), [Show("b", "B"), show]) is (show if is_same else None)


@pytest.mark.parametrize(
    ("facts", "reason"),
    [
        ({"original_title": "낡은 배"}, "the same original title"), ({"release": "2026-05"}, "the same year, 2026"),
        ({"networks": ("LUMEN",)}, "the same network, LUMEN"), ({"countries": ("KR",)}, "the same country, KR"),
        ({"cast": (Credit("mira sole"),)}, "with mira sole"), ({"directors": ("Ada Moor",)}, "with Ada Moor"),
        ({"writers": ("Mira Solé",)}, "with Mira Solé"),
    ],
)  # fmt: skip
def test_score_reasons(facts: dict[str, Any], reason: str) -> None:
    bare, more = match_score(MINE, one()), match_score(MINE, one(**facts))
    assert reason in more.reasons
    assert more.score > bare.score


AGAINST: dict[str, dict[str, Any]] = {
    "another year": {"release": "2019"},
    "another network": {"networks": ("Kestrel",)},
    "another country": {"countries": ("US",)},
    "another kind": {"kind": "film"},
    "out already": {"status": Status.RELEASED},
}


@pytest.mark.parametrize("facts", AGAINST.values(), ids=AGAINST)
@pytest.mark.parametrize(
    "title", [{"title": "Old Ferry"}, {"title": "x", "original_title": "낡은 배"}], ids=["own", "original"]
)
def test_score_contradictions(facts: dict[str, Any], title: dict[str, Any]) -> None:
    bare, less = match_score(MINE, one(**title)), match_score(MINE, one(**title, **facts))
    assert less.score < bare.score
    assert not less.is_likely
    assert less.reasons == bare.reasons


@pytest.mark.parametrize(
    "facts",
    [
        {"original_title": "낡은 배", "countries": ("KR",)},
        {"release": "2026", "networks": ("Lumen",)},
        {"networks": ("Lumen",), "countries": ("KR",), "kind": "series"},
        {"title": "THE FERRY", "directors": ("Ada Moor",)},
    ],
)
def test_score_likely(facts: dict[str, Any]) -> None:
    assert match_score(MINE, one(**facts)).is_likely


@pytest.mark.parametrize(
    "facts",
    [
        {},
        {"original_title": "낡은 배"},
        {"title": "Other", "networks": ("Lumen",), "countries": ("KR",), "directors": ("Ada Moor",), "release": "2026"},
        {"title": "Old Ferry Tales", "directors": ("Ada Moor",), "release": "2026"},
        {"release": "2019", "networks": ("Lumen",), "countries": ("KR",)},
        {"release": "2019", "networks": ("Lumen",), "countries": ("KR",), "directors": ("Ada Moor",)},
        {"networks": ("Kestrel",), "countries": ("KR",), "release": "2026"},
    ],
)
def test_score_unlikely(facts: dict[str, Any]) -> None:
    assert not match_score(MINE, one(**facts)).is_likely


def test_score_of_several_sources() -> None:
    first, second = hit(title="X"), hit("tmdb", "tv/9", release="2026-03", networks=("Lumen",))
    assert match_score(MINE, SearchResult((first, second))).reasons == (
        "the same title", "the same year, 2026", "the same network, Lumen",
    )  # fmt: skip


@given(names, names, st.none() | names)
def test_score_needs_a_title(mine: str, theirs: str, original: str | None) -> None:
    found = match_score(Show("a", mine), one(title=theirs, original_title=original or "", networks=("Lumen",)))
    assert bool(found.reasons) is (found.score > 0)
    assert match_score(Show("a", theirs), one(title=theirs)).reasons[0].startswith("the same")


def test_match_with_other_marks() -> None:
    show = MINE._replace(title="It's a Test - Road")
    assert match_score(
        show, one(title="It’s a Test – Road", release="2026", networks=("LUMEN",), countries=("KR",))
    ).is_likely
    assert not match_score(show, one(title="It’s a Test – Toad", release="2026", networks=("LUMEN",))).score
