from __future__ import annotations

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.model.strategies import TODAY, all_days
from tracker.model.episode import Episode, describe_episode, find_next_episode
from tracker.model.show import Show
from tracker.model.source_record import SourceId
from tracker.model.source_state import next_episodes

NEW_YORK, SEOUL = ZoneInfo("America/New_York"), ZoneInfo("Asia/Seoul")
AT = datetime(2026, 11, 28, 22, 0, tzinfo=UTC)
HARBOUR = Show("harbour", "Harbour Lights", ids={"tvmaze": 7, "tmdb": "tv/70", "wikidata": "Q7", "imdb": "tt7"})
TVMAZE, TMDB, WIKIDATA = SourceId("tvmaze", "7"), SourceId("tmdb", "tv/70"), SourceId("wikidata", "Q7")


def on(day: int, number: int = 1) -> Episode:
    return Episode(1, number, "", date(2026, 4, day))


def test_next_episodes_by_show() -> None:
    other = Show("other", "Zenith", ids={"tvmaze": 8})
    known = {TVMAZE: on(20), SourceId("tvmaze", "9"): on(16)}
    assert next_episodes([HARBOUR, other, Show("none", "Amber")], known, TODAY) == {"harbour": on(20)}
    assert next_episodes([HARBOUR], {}, TODAY) == {}
    assert next_episodes([], known, TODAY) == {}


def test_next_episodes_soonest_source() -> None:
    assert next_episodes([HARBOUR], {TVMAZE: on(22, 2), TMDB: on(20), WIKIDATA: on(25, 3)}, TODAY) == {
        "harbour": on(20)
    }


def test_next_episodes_with_time_first() -> None:
    timed = on(20)._replace(at=datetime(2026, 4, 20, 12, tzinfo=UTC))
    for known in ({TVMAZE: timed, TMDB: on(20)}, {TMDB: timed, TVMAZE: on(20)}, {WIKIDATA: timed, TMDB: on(20)}):
        assert next_episodes([HARBOUR], known, TODAY) == {"harbour": timed}


def test_next_episodes_past() -> None:
    assert next_episodes([HARBOUR], {TVMAZE: on(14)}, TODAY) == {}
    assert next_episodes([HARBOUR], {TVMAZE: on(14), TMDB: on(22, 2)}, TODAY) == {"harbour": on(22, 2)}
    assert next_episodes([HARBOUR], {TVMAZE: on(15)}, TODAY) == {"harbour": on(15)}


def test_next_episodes_of_a_film() -> None:
    film = Show("film", "Zenith", kind="film", ids={"tmdb": 5})
    assert next_episodes([film], {SourceId("tmdb", "movie/5"): on(20)}, TODAY) == {"film": on(20)}
    assert next_episodes([film], {SourceId("tmdb", "tv/5"): on(20)}, TODAY) == {}


@given(st.lists(all_days.map(lambda day: (Episode(1, 1, "", day), "tvmaze")), max_size=5), all_days)
def test_soonest_is_the_first(known: list[tuple[Episode, str]], today: date) -> None:
    ahead = [one.on for one, _ in known if one.on is not None and one.on >= today]
    found = find_next_episode(known, today)
    assert (found and found[0].on) == min(ahead, default=None)
    assert found is None or found in known


def test_soonest_in_time_zone() -> None:
    # An evening in New York is the next morning in Seoul.
    late = Episode(1, 5, "", date(2026, 4, 14), datetime(2026, 4, 15, 2, tzinfo=UTC))
    assert find_next_episode([(late, "tvmaze")], TODAY, SEOUL) == (late, "tvmaze")
    assert find_next_episode([(late, "tvmaze")], TODAY, NEW_YORK) is None
    early = Episode(1, 6, "", date(2026, 4, 16), datetime(2026, 4, 15, 16, tzinfo=UTC))
    assert find_next_episode([(on(15), "tmdb"), (early, "tvmaze")], TODAY, NEW_YORK) == (early, "tvmaze")
    assert find_next_episode([(on(15), "tmdb"), (early, "tvmaze")], TODAY, SEOUL) == (on(15), "tmdb")


def test_time_beyond_the_calendar() -> None:
    first = Episode(1, 1, "", date(2026, 4, 20), datetime(1, 1, 1, tzinfo=UTC))
    assert (first.day(NEW_YORK), first.time(NEW_YORK)) == (date(2026, 4, 20), "")
    assert (first.day(SEOUL), first.time(UTC)) == (date(1, 1, 1), "00:00")
    last = Episode(at=datetime(9999, 12, 31, 23, tzinfo=UTC))
    assert (last.day(SEOUL), last.day(UTC)) == (None, date.max)


@pytest.mark.parametrize(
    ("season", "number", "label"), [(1, 3, "S1E3"), (None, 3, "E3"), (2, None, "S2"), (None, None, "")]
)
def test_label(season: int | None, number: int | None, label: str) -> None:
    assert Episode(season, number).label == label


def test_day_and_time_in_zone() -> None:
    episode = Episode(1, 3, "The Harbour", date(2026, 11, 28), AT)
    assert [(episode.day(zone), episode.time(zone)) for zone in (UTC, NEW_YORK, SEOUL)] == [
        (date(2026, 11, 28), "22:00"),
        (date(2026, 11, 28), "17:00"),
        (date(2026, 11, 29), "07:00"),
    ]
    bare = Episode(1, 3, "", date(2026, 11, 28))
    assert [(bare.day(zone), bare.time(zone)) for zone in (NEW_YORK, SEOUL)] == [(date(2026, 11, 28), "")] * 2
    assert (Episode().day(UTC), Episode().time(UTC)) == (None, "")


@pytest.mark.parametrize(
    ("episode", "words"),
    [
        (Episode(1, 3, "The Harbour", None, AT), "S1E3 “The Harbour”, Sat 28 Nov 2026, 22:00"),
        (Episode(1, 3, "", date(2026, 11, 27)), "S1E3, Fri 27 Nov 2026"),
        (Episode(title="The Harbour", on=date(2026, 11, 27)), "“The Harbour”, Fri 27 Nov 2026"),
        (Episode(on=date(2026, 11, 27)), "Fri 27 Nov 2026"),
        (Episode(2), "S2"),
        (Episode(), ""),
    ],
)
def test_describe(episode: Episode, words: str) -> None:
    assert describe_episode(episode, UTC) == words


def test_next_episode_is_that_of_the_season_on_the_list() -> None:
    whole, third = Show("well", "Well", ids={"tvmaze": 7}), Show("well-3", "Well", season=3, ids={"tvmaze": 7})
    episode = Episode(3, 1, on=on(20).on)
    known = {SourceId("tvmaze", "7"): episode, SourceId("tvmaze", "7", 3): episode}
    assert next_episodes([whole, third], known, TODAY) == {"well-3": episode}
    assert next_episodes([whole], known, TODAY) == {"well": episode}
