from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracker.model.episode import Episode
from tracker.model.history import Claim
from tracker.model.season import Season
from tracker.model.show import Show
from tracker.model.source_record import SourceId, SourceRecord
from tracker.model.source_state import SourceState
from tracker.model.status import Status
from tracker.model.window_parser import parse_window
from tracker.service.refresh_plan import MOST_REREAD, MOST_SEARCHES, AnswerQueue, RefreshPlan, plan_refresh

NOW = datetime(2026, 11, 23, 12, tzinfo=UTC)
ENABLED = ("tvmaze", "tmdb")
DAY = 24


def show(show_id: str = "a", status: str = "", release: str = "", **fields: Any) -> Show:
    claim = Claim(date(2026, 1, 1), status=Status(status) if status else None, source="Lumen")
    claim = claim._replace(release=parse_window(release)) if release else claim
    return Show(show_id, show_id.upper(), **{"ids": {"tvmaze": 7}, **fields}).with_claims(claim)


def state(hours: float = 0, record: Mapping[str, Any] = {}, **fields: Any) -> SourceState:
    """Return the state of a source that was asked so many hours ago."""
    key = fields.pop("key", "7")
    return SourceState(SourceRecord("tvmaze", key, "A", **record), NOW - timedelta(hours=hours), **fields)


def plan(item: Show, *states: SourceState, **options: Any) -> RefreshPlan:
    return plan_refresh([item], {one.source_id: one for one in states}, ENABLED, NOW, NOW.date(), **options)


@pytest.mark.parametrize(
    ("status", "release", "hours"),
    [
        ("scheduled", "2026-11-27", 12), ("scheduled", "2026-12-20", 3 * DAY), ("filming", "2027-08", 3 * DAY),
        ("announced", "TBA", 7 * DAY), ("", "", 7 * DAY), ("released", "2025-03-01", 30 * DAY),
        ("cancelled", "", 90 * DAY),
    ],
)  # fmt: skip
def test_due_by_release(status: str, release: str, hours: int) -> None:
    item = show(status=status, release=release)
    assert not plan(item, state(hours - 0.5)).due
    assert plan(item, state(hours)).due == {SourceId("tvmaze", "7"): "a"}


def test_due_by_next_episode() -> None:
    record = {"next_episode": Episode(1, 2, "", date(2026, 11, 28))}
    assert plan(show(status="airing", release="2026-10-02"), state(13, record)).due


def test_due_again_soon_after_a_change() -> None:
    item = show(status="announced", release="TBA")
    assert plan(item, state(13, changed_at=NOW - timedelta(days=3))).due
    assert not plan(item, state(13, changed_at=NOW - timedelta(days=4))).due


def test_due_where_the_clock_was_set_back() -> None:
    assert plan(show(), state(-400 * DAY)).due


def test_due_when_never_asked_or_forced() -> None:
    assert plan(show()).due
    assert plan(show(), state(), force=True).due


def test_due_at_enabled_sources_only() -> None:
    item = show(ids={"tvmaze": 7, "tmdb": "tv/9", "wikidata": "Q5"})
    assert set(plan(item).due) == {SourceId("tvmaze", "7"), SourceId("tmdb", "tv/9")}
    assert (plan(item).total, [*plan(item).ids_by_key("tmdb")], plan(item).ids_by_key("wikidata")) == (2, ["tv/9"], {})


def test_reread_all() -> None:
    assert plan(show(), state(), force=True, reread=True).reread == {SourceId("tvmaze", "7")}
    assert plan(show(), state(), force=True).reread == frozenset()


@pytest.mark.parametrize(
    ("read", "day", "is_reread"),
    [
        ("2026-11-20", "2026-11-23", True), ("2026-11-20", "2026-11-21", True), ("2026-11-20", "2026-11-20", True),
        ("2026-11-20", "2026-11-19", False), ("2026-11-20", "2026-11-24", False), ("2026-11-23", "2026-11-23", False),
    ],
)  # fmt: skip
def test_reread_when_a_day_of_the_record_has_come(read: str, day: str, is_reread: bool) -> None:
    for record in (
        {"release": parse_window(day)}, {"ended": date.fromisoformat(day)},
        {"next_episode": Episode(1, 2, "", date.fromisoformat(day))},
        {"seasons": (Season(2, ended=date.fromisoformat(day)),)},
    ):  # fmt: skip
        known = state(9 * DAY, record, fetched_at=datetime.fromisoformat(f"{read}T09:00:00+00:00"))
        assert bool(plan(show(), known, force=True).reread) is is_reread


def test_reread_oldest_few() -> None:
    shows = [show(f"show-{number}", ids={"tvmaze": number}) for number in range(1, 15)]
    states = [state(10 * DAY, key=str(number), fetched_at=NOW - timedelta(days=59 + number)) for number in range(1, 15)]
    found = plan_refresh(shows, {one.source_id: one for one in states}, ENABLED, NOW, NOW.date())
    assert sorted(int(source_id.key) for source_id in found.reread) == list(range(5, 15))
    assert len(found.reread) == MOST_REREAD


def test_reread_a_show_and_its_season_that_were_read_at_one_moment() -> None:
    shows = [show("a"), show("b", season=2)]
    read = NOW - timedelta(days=365)
    states = [state(1000, fetched_at=read), state(1000, {"season": 2}, fetched_at=read)]
    found = plan_refresh(shows, {one.source_id: one for one in states}, ENABLED, NOW, NOW.date())
    assert found.reread == {SourceId("tvmaze", "7"), SourceId("tvmaze", "7", 2)}


@pytest.mark.parametrize(
    ("item", "is_searched"),
    [
        (show(ids={}), True), (show(ids={"wikidata": "Q5"}), True), (show(), False),
        (show(ids={}, watch="dropped"), False),
        (show(status="released", ids={}), False), (show(status="cancelled", ids={}), False),
    ],
)  # fmt: skip
def test_searches_what_no_source_knows(item: Show, is_searched: bool) -> None:
    assert bool(plan(item, searched={}).searches) is is_searched


@pytest.mark.parametrize(("days", "is_searched"), [(29, False), (30, True), (-400, True)])
def test_searches_again_after_a_month(days: int, is_searched: bool) -> None:
    searched = {"a": NOW - timedelta(days=days)}
    assert bool(plan(show(ids={}), searched=searched).searches) is is_searched


def test_searches_longest_ago_first() -> None:
    shows = [show(f"show-{number}", ids={}) for number in range(MOST_SEARCHES + 2)]
    searched = {f"show-{number}": NOW - timedelta(days=40 + number) for number in range(1, MOST_SEARCHES + 2)}
    found = [one.id for one in plan_refresh(shows, {}, ENABLED, NOW, NOW.date(), searched=searched).searches]
    assert found == ["show-0", *(f"show-{number}" for number in range(MOST_SEARCHES + 1, 2, -1))]


ORDER = [SourceId("tvmaze", "7"), SourceId("tmdb", "tv/9"), SourceId("wikidata", "Q5")]


@given(st.permutations([*ORDER, "tvmaze", "tmdb", "wikidata"]))
def test_answers_in_the_order_of_sources(row: list[SourceId | str]) -> None:
    queue: AnswerQueue[str] = AnswerQueue(dict.fromkeys(ORDER, "a"))
    closed: set[str] = set()
    answered: list[SourceId] = []
    out: list[tuple[SourceId, str]] = []
    for item in row:
        if isinstance(item, str):
            closed.add(item)
            out += queue.close(item)
        elif item.source not in closed:
            answered.append(item)
            out += queue.put(item, str(item))
            # It waits for no longer than until each source before has answered or ended.
            is_turn = all(one in answered or one.source in closed for one in ORDER[: ORDER.index(item)])
            assert ((item, str(item)) in out) is is_turn
    assert [source_id for source_id, _ in out] == [one for one in ORDER if one in answered]


def test_answers_that_wait_at_the_end() -> None:
    queue: AnswerQueue[str] = AnswerQueue(dict.fromkeys(ORDER, "a"))
    assert list(queue.put(ORDER[1], "late")) == []
    assert list(queue.close()) == [(ORDER[1], "late")]
