from __future__ import annotations

from datetime import UTC, date, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.model.strategies import days, names
from tracker.errors import BadValue
from tracker.model.episode import Episode, episode_words
from tracker.model.observation import (
    LABELS,
    MOST_ALIASES,
    NOTICES,
    SERVICES,
    Observation,
    Reference,
    id_value,
    read_reference,
    references,
)
from tracker.model.show import Show
from tracker.model.window import Precision
from tracker.model.window_parse import parse_window
from tracker.sources.base import window_of

_numbers = st.integers(1, 10**9)
keys = st.one_of(
    st.builds(lambda number: Reference("tvmaze", str(number)), _numbers),
    st.builds(lambda part, number: Reference("tmdb", f"{part}/{number}"), st.sampled_from(["tv", "movie"]), _numbers),
    st.builds(lambda number: Reference("wikidata", f"Q{number}"), _numbers),
)


def observed(title: str = "Old Ferry", **more: object) -> Observation:
    return Observation("tvmaze", "7", title, **more)  # type: ignore[arg-type]  # each test says what it needs


@given(keys)
def test_parse_round_trip(reference: Reference) -> None:
    assert read_reference(str(reference)) == reference


@given(keys, st.text(" \t", max_size=2))
def test_parse_spaces_and_capitals(reference: Reference, gap: str) -> None:
    assert read_reference(f"{gap}{reference.source.upper()}{gap}:{gap}{reference.key}{gap}") == reference


@pytest.mark.parametrize("text", ["", ":", "169", "imdb:tt0000001", "tv/7", "https://lumen.example/7"])
def test_parse_unknown_source(text: str) -> None:
    with pytest.raises(BadValue, match="tvmaze:169, tmdb:tv/1396 or wikidata:Q1079"):
        read_reference(text)


@pytest.mark.parametrize(
    "text",
    [
        "tvmaze:", "tvmaze:0", "tvmaze:-7", "tvmaze:tv/7", "tvmaze:7;drop", "tvmaze:7/../8", "tvmaze:99999999999",
        "tmdb:7", "tmdb:tv/", "tmdb:tv/0", "tmdb:person/7", "tmdb:tv/7/season/1", "tmdb:TV/7 ?x=1",
        "wikidata:7", "wikidata:Q", "wikidata:Q0", "wikidata:P31", "wikidata:Q7#claims",
    ],
)  # fmt: skip
def test_parse_bad_id(text: str) -> None:
    source = text.partition(":")[0]
    with pytest.raises(BadValue, match=f"is no id of {source}; one looks like {source}:"):
        read_reference(text)


def test_every_source_has_label_and_notice() -> None:
    assert set(LABELS) == set(NOTICES) == set(SERVICES)
    assert "CC BY-SA" in NOTICES["tvmaze"]
    assert "not endorsed or certified by TMDB" in NOTICES["tmdb"]
    assert "JustWatch" in NOTICES["tmdb"]


@given(st.lists(keys, unique_by=lambda one: one.source))
def test_ids_of_a_show(linked: list[Reference]) -> None:
    ids = {one.source: id_value(one) for one in linked} | {"imdb": "tt0000001", "mine": 4}
    assert set(references(Show("a", "A", ids=ids))) == set(linked)


@pytest.mark.parametrize(("kind", "key"), [("series", "tv/7"), ("film", "movie/7"), ("special", "tv/7")])
@pytest.mark.parametrize("number", [7, "7"])
def test_ids_bare_tmdb_number(number: str | int, kind: str, key: str) -> None:
    assert references(Show("a", "A", kind=kind, ids={"tmdb": number})) == (Reference("tmdb", key),)


@pytest.mark.parametrize("value", [0, -1, "", "soon", "tv/x", "Q", 7.5, "../7"])
@pytest.mark.parametrize("source", SERVICES)
def test_ids_malformed(source: str, value: str | int) -> None:
    right = {"wikidata": "Q5"} if source != "wikidata" else {"tvmaze": 5}
    found = references(Show("a", "A", ids={source: value, **right}))
    assert [one.source for one in found] == list(right)


@given(st.lists(names, max_size=20, unique=True).map(tuple), names, names)
def test_normalized_aliases(aliases: tuple[str, ...], title: str, original: str) -> None:
    tidied = observed(title, original_title=original, aliases=aliases).tidied()
    assert len(tidied.aliases) <= MOST_ALIASES
    assert set(tidied.aliases) <= set(aliases) - {title, original}
    assert tidied == observed(title, original_title=original, aliases=tidied.aliases)
    assert tidied.tidied() == tidied


@pytest.mark.parametrize(
    ("release", "year"), [(None, None), ("TBA", None), ("2026", 2026), ("winter 2026", 2026), ("2026-05-14", 2026)]
)
def test_year(release: str | None, year: int | None) -> None:
    assert observed(release=parse_window(release) if release else None).year == year


@pytest.mark.parametrize(
    ("episode", "words"),
    [
        (Episode(), ""),
        (Episode(1, 3), "S1E3"),
        (Episode(1, 3, "The Harbour"), "S1E3 “The Harbour”"),
        (Episode(title="The Harbour"), "“The Harbour”"),
        (Episode(1, 3, "", date(2026, 11, 28)), "S1E3, Sat 28 Nov 2026"),
        (Episode(1, 3, "", None, datetime(2026, 11, 28, 13, 0, tzinfo=UTC)), "S1E3, Sat 28 Nov 2026, 22:00"),
        (
            Episode(1, 3, "The Harbour", date(2026, 11, 28), datetime(2026, 11, 28, 16, 30, tzinfo=UTC)),
            "S1E3 “The Harbour”, Sun 29 Nov 2026, 01:30",
        ),
    ],
)
def test_decode_episode(episode: Episode, words: str) -> None:
    assert episode_words(episode, timezone(timedelta(hours=9))) == words


@given(days, st.booleans())
def test_decode_day(day: date, is_out: bool) -> None:
    window = window_of(day, is_out=is_out)
    assert window is not None
    if is_out or (day.month, day.day) not in ((1, 1), (12, 31)):
        assert (window.earliest, window.latest, window.precision) == (day, day, Precision.DAY)


@pytest.mark.parametrize("year", [1, 1999, 2027, 9999])
@pytest.mark.parametrize("day", [(1, 1), (12, 31)])
def test_decode_first_and_last_day(year: int, day: tuple[int, int]) -> None:
    said = window_of(date(year, *day), is_out=False)
    assert said is not None
    assert said.meaning == parse_window(f"{year:04}").meaning
    assert said.text == f"{year:04}"


def test_decode_no_day() -> None:
    assert window_of(None, is_out=False) is None
    assert window_of(None, is_out=True) is None
