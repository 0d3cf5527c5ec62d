from __future__ import annotations

from datetime import UTC, date, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.model.strategies import days, names
from tracker.errors import BadValue
from tracker.model.episode import Episode, describe_episode
from tracker.model.show import Show
from tracker.model.source_record import (
    LABELS,
    MAX_ALIASES,
    NOTICES,
    SOURCES,
    SourceId,
    SourceRecord,
    find_bad_ids,
    parse_source_id,
    read_key,
    source_ids,
)
from tracker.model.window import Precision
from tracker.model.window_parser import parse_window
from tracker.sources.decode import bare_day_window, day_window

_numbers = st.integers(1, 10**9)
keys = st.one_of(
    st.builds(lambda number: SourceId("tvmaze", str(number)), _numbers),
    st.builds(lambda part, number: SourceId("tmdb", f"{part}/{number}"), st.sampled_from(["tv", "movie"]), _numbers),
    st.builds(lambda number: SourceId("wikidata", f"Q{number}"), _numbers),
)


def observed(title: str = "Old Ferry", **more: object) -> SourceRecord:
    return SourceRecord("tvmaze", "7", title, **more)  # type: ignore[arg-type]  # each test says what it needs


@given(keys)
def test_parse_round_trip(reference: SourceId) -> None:
    assert parse_source_id(str(reference)) == reference


@given(keys, st.text(" \t", max_size=2))
def test_parse_spaces_and_capitals(reference: SourceId, gap: str) -> None:
    assert parse_source_id(f"{gap}{reference.source.upper()}{gap}:{gap}{reference.key}{gap}") == reference


@pytest.mark.parametrize("text", ["", ":", "169", "imdb:tt0000001", "tv/x", "https://lumen.example/7"])
def test_parse_unknown_source(text: str) -> None:
    with pytest.raises(BadValue, match=r"tvmaze:169, tmdb:tv/1396 or|Search for the title"):
        parse_source_id(text)


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
    with pytest.raises(BadValue, match=rf"Not an id of {LABELS[source]}: .*Try {source}:"):
        parse_source_id(text)


def test_every_source_has_label_and_notice() -> None:
    assert set(LABELS) == set(NOTICES) == set(SOURCES)
    assert "CC BY-SA" in NOTICES["tvmaze"]
    assert "not endorsed or certified by TMDB" in NOTICES["tmdb"]
    assert "JustWatch" in NOTICES["tmdb"]


@given(st.lists(keys, unique_by=lambda one: one.source))
def test_ids_of_a_show(linked: list[SourceId]) -> None:
    ids = {one.source: one.file_value for one in linked} | {"imdb": "tt0000001", "mine": 4}
    assert set(source_ids(Show("a", "A", ids=ids))) == set(linked)


@pytest.mark.parametrize(("kind", "key"), [("series", "tv/7"), ("film", "movie/7"), ("special", "tv/7")])
@pytest.mark.parametrize("number", [7, "7"])
def test_ids_bare_tmdb_number(number: str | int, kind: str, key: str) -> None:
    assert source_ids(Show("a", "A", kind=kind, ids={"tmdb": number})) == (SourceId("tmdb", key),)


@pytest.mark.parametrize("value", [0, -1, "", "soon", "tv/x", "Q", 7.5, "../7"])
@pytest.mark.parametrize("source", SOURCES)
def test_ids_malformed(source: str, value: str | int) -> None:
    right = {"wikidata": "Q5"} if source != "wikidata" else {"tvmaze": 5}
    found = source_ids(Show("a", "A", ids={source: value, **right}))
    assert [one.source for one in found] == list(right)


ADDRESSES = [
    ("tvmaze", "https://www.tvmaze.com/shows/169/breaking-bad", "169"),
    ("tvmaze", "tvmaze.com/shows/169", "169"),
    ("tmdb", "https://www.themoviedb.org/tv/1396-breaking-bad/cast", "tv/1396"),
    ("tmdb", "https://www.themoviedb.org/movie/550?language=ko", "movie/550"),
    ("wikidata", "https://www.wikidata.org/wiki/Q1079", "Q1079"),
    ("imdb", "https://www.imdb.com/title/tt0903747/?ref_=x", "tt0903747"),
    ("thetvdb", "https://thetvdb.com/dereferrer/series/81189", "81189"),
]


@pytest.mark.parametrize(("name", "address", "key"), ADDRESSES)
def test_address_as_id(name: str, address: str, key: str) -> None:
    show = Show("a", "A", ids={name: address})
    assert read_key(name, address) == key
    assert find_bad_ids(show) == {}
    if name in SOURCES:
        assert source_ids(show) == (parse_source_id(address),) == (SourceId(name, key),)


@pytest.mark.parametrize(
    ("name", "value", "reason"),
    [
        ("tvmaze", "tt0903747", "not an id of TVmaze but one of IMDb; try 169"),
        ("tvmaze", "https://www.imdb.com/title/tt0903747/", "not an id of TVmaze but one of IMDb; try 169"),
        ("tvmaze", "https://www.tvmaze.com/people/169", "not an id of TVmaze; try 169"),
        ("tvmaze", "https://www.tvmaze.com/shows/99999999999", "not an id of TVmaze; try 169"),
        ("tvmaze", -7, "not an id of TVmaze; try 169"), ("tvmaze", 0, "not an id of TVmaze; try 169"),
        ("tmdb", "", "not an id of TMDB; try tv/1396 or movie/550"),
        ("wikidata", 5, "not an id of Wikidata; try Q1079"),
        ("imdb", 903747, "not an id of IMDb; try tt0903747"),
        ("thetvdb", "x", "not an id of TheTVDB; try 81189"),
    ],
)  # fmt: skip
def test_bad_ids(name: str, value: str | int, reason: str) -> None:
    assert find_bad_ids(Show("a", "A", ids={name: value, "mine": "anything"})) == {name: reason}


@given(st.lists(names, max_size=20, unique=True).map(tuple), names, names)
def test_normalized_aliases(aliases: tuple[str, ...], title: str, original: str) -> None:
    tidied = observed(title, original_title=original, aliases=aliases).normalized()
    assert len(tidied.aliases) <= MAX_ALIASES
    assert set(tidied.aliases) <= set(aliases) - {title, original}
    assert tidied == observed(title, original_title=original, aliases=tidied.aliases)
    assert tidied.normalized() == tidied


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
    assert describe_episode(episode, timezone(timedelta(hours=9))) == words


@given(days, st.booleans())
def test_decode_day(day: date, is_out: bool) -> None:
    window = bare_day_window(day, is_out=is_out)
    assert bare_day_window(day, is_out=is_out, known_days=[day]) == day_window(day)
    assert window is not None
    if is_out or (day.month, day.day) not in ((1, 1), (12, 31)):
        assert (window.earliest, window.latest, window.precision) == (day, day, Precision.DAY)


@pytest.mark.parametrize("year", [1, 1999, 2027, 9999])
@pytest.mark.parametrize("day", [(1, 1), (12, 31)])
def test_decode_first_and_last_day(year: int, day: tuple[int, int]) -> None:
    said = bare_day_window(date(year, *day), is_out=False)
    assert said is not None
    assert said.key == parse_window(f"{year:04}").key
    assert said.text == f"{year:04}"


def test_decode_no_day() -> None:
    assert day_window(None) is None
    assert bare_day_window(None, is_out=False, known_days=[None]) is None
