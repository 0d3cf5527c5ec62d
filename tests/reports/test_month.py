from __future__ import annotations

from calendar import monthrange
from collections.abc import Mapping
from datetime import UTC, date, datetime, tzinfo
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.model.strategies import all_days, listed, next_ones
from tracker.model.dates import MONTHS
from tracker.model.episode import Episode
from tracker.model.show import Show
from tracker.model.status import Status
from tracker.model.window_parser import parse_window
from tracker.reports.month import CalendarEntry, build_month, build_year, entries_by_day

SEOUL, HONOLULU = ZoneInfo("Asia/Seoul"), ZoneInfo("Pacific/Honolulu")
NONE: Mapping[str, Episode] = {}
MAY = date(2026, 5, 17)
zones = st.sampled_from([UTC, SEOUL, HONOLULU])
first_weekdays = st.integers(0, 6)


def show(release: str | None, status: Status | None = Status.SCHEDULED, id: str = "a") -> Show:  # noqa: A002
    return Show(id, id.upper(), status=status, release=parse_window(release) if release else None)


def ids(entries: tuple[CalendarEntry, ...]) -> str:
    return "".join(entry.show.id for entry in entries)


def placed(release: str | None, status: Status | None = Status.SCHEDULED, day: date = MAY) -> str:
    page = build_month([show(release, status)], NONE, day, 0, UTC)
    on = [f"{one.day}" if one.month == day.month else f"{one:%b} {one.day}" for one in page.days]
    shelves = ["shelf"] * len(page.undated) + ["wider"] * len(page.possible)
    assert len(on + shelves) <= 1
    return (on + shelves + ["nowhere"])[0]


@pytest.mark.parametrize(
    ("release", "place"),
    [
        ("2026-05-14", "14"), ("2026-05-01", "1"), ("2026-05-31", "31"), ("2026-04-27", "Apr 27"),
        ("2026-04-26", "nowhere"), ("2026-06-01", "nowhere"), ("2025-05-14", "nowhere"), ("2026-05", "shelf"),
        ("early May 2026", "shelf"), ("2026-05-30/2026-05-31", "shelf"), ("~2026-05-14", "shelf"),
        ("2026-05-31/2026-06-01", "wider"), ("2026-04-30/2026-05-01", "wider"), ("spring 2026", "wider"),
        ("2026-Q2", "wider"), ("2026-H1", "wider"), ("2026", "wider"), ("2020/2030", "wider"),
        ("2026-04", "nowhere"), ("2026-06", "nowhere"), ("2026-Q3", "nowhere"), ("TBA", "nowhere"),
        (None, "nowhere"),
    ],
)  # fmt: skip
def test_month_place(release: str | None, place: str) -> None:
    assert placed(release) == place
    assert placed(release, None) == place
    assert placed(release, Status.CANCELLED) == "nowhere"


def test_month_adjacent_days() -> None:
    shows = [
        show("2026-04-26", id="a"),
        show("2026-04-27", id="b"),
        show("2026-05-31", id="c"),
        show("2026-06-06", id="d"),
    ]
    assert ids(tuple(one for on in build_month(shows, NONE, MAY, 0, UTC).days.values() for one in on)) == "bc"
    assert ids(tuple(one for on in build_month(shows, NONE, MAY, 6, UTC).days.values() for one in on)) == "abcd"
    assert ids(build_month(shows, NONE, MAY, 6, UTC).entries) == "c"


def test_month_entries_order() -> None:
    shows = [
        show("2026", id="f"), show("2026-05", id="d"), show("2026-05-20", id="c"), show("2026-05-02", id="b"),
        show("2026-Q2", id="e"), show("2026-05-02", id="a"), show("2026-04-30", id="x"),
    ]  # fmt: skip
    page = build_month(shows, {"e": Episode(1, 1, "", date(2026, 5, 2))}, MAY, 0, UTC)
    assert ids(page.entries) == "baecdef"
    assert [entry.day and entry.day.day for entry in page.entries] == [2, 2, 2, 20, None, None, None]


def test_month_undated_order() -> None:
    shows = [show("2026/2027", id="a"), show("2026", id="b"), show("2026-Q2", id="c")]
    assert ids(build_month(shows, NONE, MAY, 0, UTC).possible) == "cba"
    shows = [show("2026-05", id="b"), show("late May 2026", id="a"), show("early May 2026", id="c")]
    assert ids(build_month(shows, NONE, MAY, 0, UTC).undated) == "cab"


def test_day_order() -> None:
    def at(hour: int) -> Episode:
        return Episode(1, 2, "", None, datetime(2026, 5, 14, hour, tzinfo=UTC))

    shows = [show(None, Status.AIRING, name) for name in "abcd"] + [show("2026-05-14", id="r")]
    known = {"a": at(22), "b": at(3), "c": at(12), "d": Episode(on=date(2026, 5, 14))}
    page = build_month(shows, known, MAY, 0, UTC)
    assert ids(page.days[date(2026, 5, 14)]) == "rdbca"
    assert [entry.episode for entry in page.days[date(2026, 5, 14)]] == [
        None,
        known["d"],
        known["b"],
        known["c"],
        known["a"],
    ]


def test_day_keeps_list_order() -> None:
    shows = [show("2026-05-14", id=name) for name in "cab"]
    assert ids(build_month(shows, NONE, MAY, 0, UTC).days[date(2026, 5, 14)]) == "cab"


def test_episode_on_release_day() -> None:
    known = {"a": Episode(1, 1, "", date(2026, 5, 14))}
    page = build_month([show("2026-05-14")], known, MAY, 0, UTC)
    assert page.entries == (CalendarEntry(show("2026-05-14"), date(2026, 5, 14), known["a"]),)


@given(listed, next_ones, all_days, first_weekdays, zones)
def test_every_show_in_its_place(
    shows: list[Show], known: dict[str, Episode], day: date, first: int, zone: tzinfo
) -> None:
    page = build_month(shows, known, day, first, zone)
    seen = {one for week in page.weeks for one in week if one is not None}
    assert set(page.days) <= seen
    assert all(page.days.values())
    last = day.replace(day=monthrange(day.year, day.month)[1])
    shelved = [entry.show for entry in (*page.undated, *page.possible)]
    for one in shows:
        window = one.release
        is_off = one.status is Status.CANCELLED
        is_day = window is not None and window.day is not None
        touches = window is not None and window.overlaps(day.replace(day=1), last)
        waits = one.status is None or not (one.status.is_out or is_off)
        assert shelved.count(one) == (touches and not is_day and waits)
        episode = known.get(one.id)
        expected = {window.day if window is not None else None, episode.day(zone) if episode is not None else None}
        when = [entry.day for on in page.days.values() for entry in on if entry.show == one]
        assert set(when) == (set() if is_off else expected & seen)
        assert len(when) == len(set(when))
        told = {entry.day for on in page.days.values() for entry in on if entry.show == one and entry.episode}
        assert told == ({episode.day(zone)} & seen if episode is not None and not is_off else set())
    for entry in page.undated:
        assert entry.show.release is not None
        assert entry.show.release.earliest is not None
        assert entry.show.release.latest is not None
        assert day.replace(day=1) <= entry.show.release.earliest <= entry.show.release.latest <= last


@given(listed, next_ones, all_days, zones)
def test_year_is_made_of_months(shows: list[Show], known: dict[str, Episode], day: date, zone: tzinfo) -> None:
    page = build_year(shows, known, day.year, zone)
    months = [build_month(shows, known, date(day.year, month, 1), 0, zone) for month in range(1, 13)]
    assert page.number == day.year
    assert page.vague == tuple((len(month.undated), len(month.possible)) for month in months)
    assert page.entries == tuple(entry for month in months for entry in month.entries if entry.day is not None)
    assert set(page.days) == {entry.day for entry in page.entries}


@given(listed, next_ones, all_days, all_days, zones)
def test_days_in_range(shows: list[Show], known: dict[str, Episode], first: date, last: date, zone: tzinfo) -> None:
    found = entries_by_day(shows, known, first, last, zone)
    assert all(first <= day <= last for day in found)
    assert all(entry.day == day for day, entries in found.items() for entry in entries)
    for day, entries in found.items():
        assert entries_by_day(shows, known, day, day, zone) == {day: entries}
        is_episode = [entry.show.release is None or entry.show.release.day != day for entry in entries]
        assert is_episode == sorted(is_episode)
        behind = [entry.episode for entry in entries[len(entries) - sum(is_episode) :]]
        times = [episode.time(zone) if episode is not None else "none" for episode in behind]
        assert times == sorted(times)


def test_range_is_inclusive() -> None:
    shows = [
        show("2026-05-14"),
        show("2026-05-16", id="b"),
        show(None, Status.AIRING, "c"),
        show(None, Status.AIRING, "d"),
    ]
    known = {"c": Episode(on=date(2026, 5, 14)), "d": Episode(on=date(2026, 5, 16))}
    found = entries_by_day(shows, known, date(2026, 5, 14), date(2026, 5, 16), UTC)
    assert {day.day: ids(entries) for day, entries in found.items()} == {14: "ac", 16: "bd"}
    assert entries_by_day(shows, known, date(2026, 5, 15), date(2026, 5, 15), UTC) == {}


@pytest.mark.parametrize("number", [1, 9999])
def test_year_at_calendar_edge(number: int) -> None:
    shows = [show(text, id=text) for text in ("0001", "0001-01-01", "9999", "9999-12-31", "0001/9999")]
    assert len(build_year(shows, NONE, number, UTC).entries) == 1
    assert set(build_year(shows, NONE, number, UTC).vague) == {(0, 2)}


@pytest.mark.parametrize(
    ("release", "undated", "possible"),
    [
        # what has begun may only come from today on
        ("2026", "", "Dec"), ("2026-Q4", "", "Dec"), ("2026-12", "Dec", ""), ("2026/2027", "", "Dec"),
        # what was missed is where it should have been
        ("2026-11", "Nov", ""), ("2026-Q3", "", "Jul Aug Sep"), ("2027", "", ""),
    ],
)  # fmt: skip
def test_months_that_are_over(release: str, undated: str, possible: str) -> None:
    today = date(2026, 12, 1)
    shows = [show(release)]
    year = build_year(shows, NONE, 2026, UTC, today)
    told = [" ".join(MONTHS[place] for place, counts in enumerate(year.vague) if counts[way]) for way in (0, 1)]
    assert told == [undated, possible]
    for month, counts in enumerate(year.vague, 1):
        page = build_month(shows, NONE, date(2026, month, 1), 0, UTC, today)
        assert (len(page.undated), len(page.possible)) == counts
