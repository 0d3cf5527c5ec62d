from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.model.strategies import TODAY, days, said, statuses, windows
from tracker.model.show import Show
from tracker.model.status import Status
from tracker.model.window import Precision, Window
from tracker.model.window_parser import parse_window
from tracker.reports.agenda import Agenda
from tracker.reports.grouping import GROUPINGS, SORTS, ReleaseBuckets, group_shows

lists = st.lists(
    st.tuples(
        st.sampled_from(["Amber", "Élan", "Zenith", "が", "가"]),
        st.none() | statuses,
        st.none() | windows,
        st.sampled_from([(), ("Lumen",), ("Kestrel",), ("Lumen", "Kestrel"), ("Kestrel", "Lumen")]),
        st.none() | st.integers(0, 10),
    ),
    max_size=6,
).map(
    lambda told: [
        Show(str(place), title, status=status, release=release, networks=networks, rating=rating)
        for place, (title, status, release, networks, rating) in enumerate(told)
    ]
)


def heading(release: str | None, today: date = TODAY, status: Status | None = Status.SCHEDULED) -> str:
    show = Show("a", "A", status=status, release=parse_window(release) if release else None)
    return ReleaseBuckets(today).bucket_of(show)[2]


@pytest.mark.parametrize(
    ("release", "name"),
    [
        ("2026-04-14", "Overdue"), ("2026-03", "Overdue"), ("2026-04-15", "Today"), ("2026-04-16", "This week"),
        ("2026-04-19", "This week"), ("2026-04-20", "This month"), ("2026-04", "This month"),
        ("2026-04-30", "This month"), ("2026-05-01", "Later this year"), ("2026-Q2", "Later this year"),
        ("2026-12-31", "Later this year"), ("2026", "Later this year"), ("2027-01-01", "2027"),
        ("winter 2026", "2027"), ("2026/2028", "2028"), ("TBA", "TBA"), (None, "No date"),
    ],
)  # fmt: skip
def test_release_heading(release: str | None, name: str) -> None:
    assert heading(release) == name


@pytest.mark.parametrize(
    ("release", "today", "name"),
    [
        ("2026-04-19", "2026-04-19", "Today"), ("2026-04-20", "2026-04-19", "This month"),
        ("2026-04-26", "2026-04-20", "This week"), ("2026-05-03", "2026-04-30", "This week"),
        ("2026-05-04", "2026-04-30", "Later this year"), ("2026-05-31", "2026-05-01", "This month"),
        ("2024-02-29", "2024-02-01", "This month"), ("2027-01-03", "2026-12-30", "This week"),
        ("2027-01-04", "2026-12-30", "2027"), ("2027-01-31", "2026-12-31", "2027"),
        ("2027-01-31", "2027-01-01", "This month"), ("2027-12-31", "2027-01-01", "Later this year"),
    ],
)  # fmt: skip
def test_release_heading_boundaries(release: str, today: str, name: str) -> None:
    assert heading(release, date.fromisoformat(today)) == name


@pytest.mark.parametrize("today", [date.min, date.max])
def test_release_heading_calendar_edge(today: date) -> None:
    assert heading(today.isoformat(), today) == "Today"


@pytest.mark.parametrize(
    ("status", "name"),
    [(Status.AIRING, "On air"), (Status.RELEASED, "Out"), (Status.CANCELLED, "Cancelled"), (None, "Overdue")],
)
def test_release_heading_by_status(status: Status | None, name: str) -> None:
    assert heading("2026-04-14", status=status) == name


@given(lists, days)
def test_overdue_agrees_with_show(listed: list[Show], today: date) -> None:
    for show in listed:
        assert (ReleaseBuckets(today).bucket_of(show)[2] == "Overdue") == show.is_overdue(today)


@pytest.mark.parametrize(
    ("release", "today", "name"),
    [
        ("2026", "2026-07-01", "Later this year"), ("2026", "2026-12-01", "This month"),
        ("2026-Q4", "2026-11-30", "Later this year"), ("2026-Q4", "2026-12-01", "This month"),
        ("2026-H2", "2026-12-28", "This week"), ("2026", "2026-12-31", "Today"), ("2026", "2027-01-01", "Overdue"),
        ("2026/2027", "2026-12-01", "2027"), ("summer 2026", "2026-08-01", "This month"),
    ],
)  # fmt: skip
def test_release_heading_of_a_window_that_has_begun(release: str, today: str, name: str) -> None:
    """It is listed by its last day: until then it may come."""
    assert heading(release, date.fromisoformat(today)) == name


def test_release_heading_postponed() -> None:
    late = Show("a", "A").with_claims(said("2026-01-10", "2026-05-14"), said("2026-03-01", status=Status.POSTPONED))
    assert ReleaseBuckets(TODAY).bucket_of(late)[2] == "Postponed or on hiatus"
    assert ReleaseBuckets(date(2026, 5, 15)).bucket_of(late)[2] == "Overdue"
    paused = Show("a", "A").with_claims(
        said("2026-01-10", "2026-03", status=Status.AIRING), said("2026-04-01", status=Status.HIATUS)
    )
    assert ReleaseBuckets(TODAY).bucket_of(paused)[2] == "Postponed or on hiatus"
    assert Agenda(TODAY, {}).section_of(paused)[-1] == "Postponed or on hiatus"


def test_release_heading_without_end() -> None:
    window = Window("2027/..", date(2027, 1, 1), None, Precision.RANGE)
    listed = [
        Show("a", "A", release=window),
        *(Show(text, text, release=parse_window(text)) for text in ("2027", "2028")),
    ]
    assert [found.name for found in group_shows(listed, "release", "release", TODAY)] == [
        "2027",
        "2027 or later",
        "2028",
    ]


def test_release_order() -> None:
    releases = ["2027-02", "TBA", "2026-12", "2026-04-30", "2026-04-17", "2026-04-15", "2026-04-01", "2029"]
    listed = [Show(text, text, release=parse_window(text)) for text in releases]
    listed += [Show(status.value, "A", status=status) for status in (Status.CANCELLED, Status.RELEASED, Status.AIRING)]
    listed += [Show("none", "A")]
    assert [found.name for found in group_shows(listed, "release", "release", TODAY)] == [
        "Overdue", "Today", "This week", "This month", "Later this year", "2027", "2029", "TBA", "No date",
        "On air", "Out", "Cancelled",
    ]  # fmt: skip


@settings(max_examples=50)
@given(
    lists,
    st.sampled_from([by for by in GROUPINGS if by not in ("person", "network", "country")]),
    st.sampled_from(SORTS),
    days,
)
def test_every_show_in_one_group(listed: list[Show], by: str, sort: str, today: date) -> None:
    groups = group_shows(listed, by, sort, today)
    assert sorted(show.id for found in groups for show in found.shows) == sorted(show.id for show in listed)
    assert all(found.shows for found in groups)
    assert len({found.name for found in groups}) == len(groups)


def names(listed: list[Show], by: str) -> list[tuple[str, list[str]]]:
    return [(found.name, [show.id for show in found.shows]) for found in group_shows(listed, by, "title", TODAY)]


def test_by_status() -> None:
    listed = [
        Show("a", "A"),
        Show("b", "B", status=Status.CANCELLED),
        Show("c", "C", status=Status.SCHEDULED),
        Show("d", "D", status=Status.RUMORED),
        Show("e", "E", status=Status.SCHEDULED),
    ]
    assert names(listed, "status") == [
        ("Rumored", ["d"]), ("Scheduled", ["c", "e"]), ("Cancelled", ["b"]), ("No status", ["a"]),
    ]  # fmt: skip


def test_by_network_and_country() -> None:
    listed = [
        Show("a", "A"),
        Show("b", "B", networks=("Lumen", "Kestrel"), countries=("KR",)),
        Show("c", "C", networks=("Kestrel",), countries=("JP",)),
    ]
    assert names(listed, "network") == [("Kestrel", ["b", "c"]), ("Lumen", ["b"]), ("No network", ["a"])]
    assert names(listed, "country") == [("Japan", ["c"]), ("South Korea", ["b"]), ("No country", ["a"])]


def test_spellings_are_one_network() -> None:
    listed = [Show("a", "A", networks=("LUMEN", "Lumen")), Show("b", "B", networks=("lumen", "Évasion"))]
    assert names(listed, "network") == [("Évasion", ["b"]), ("LUMEN", ["a", "b"])]
    assert names(listed[::-1], "network") == names(listed, "network")


@settings(max_examples=50)
@given(lists, st.sampled_from(SORTS), days)
def test_every_show_under_each_network(listed: list[Show], sort: str, today: date) -> None:
    groups = group_shows(listed, "network", sort, today)
    assert {(found.name, show.id) for found in groups for show in found.shows} == {
        (name, show.id) for show in listed for name in show.networks or ("No network",)
    }
    assert all(len({show.id for show in found.shows}) == len(found.shows) > 0 for found in groups)
    assert len({found.name for found in groups}) == len(groups)


def test_by_none() -> None:
    assert names([Show("b", "B"), Show("a", "A")], "none") == [("", ["a", "b"])]


def order(listed: list[Show], sort: str) -> str:
    return "".join(show.id for found in group_shows(listed, "none", sort, TODAY) for show in found.shows)


@given(st.lists(windows | st.none(), max_size=6))
def test_sort_release(releases: list[Window | None]) -> None:
    listed = [Show(str(place), "A", release=release) for place, release in enumerate(releases)]
    (found,) = group_shows(listed, "none", "release", TODAY) or [None]
    latest = [show.release.latest or date.max if show.release else date.max for show in found.shows] if found else []
    assert latest == sorted(latest)


def test_sort_title() -> None:
    assert order([Show("c", "zenith"), Show("b", "Élan"), Show("a", "amber"), Show("d", "ZERO")], "title") == "abcd"


def test_sort_status() -> None:
    listed = [Show("c", "A"), Show("b", "B", status=Status.FILMING), Show("a", "C", status=Status.RUMORED)]
    assert order(listed, "status") == "abc"


def test_sort_claim() -> None:
    listed = [
        Show("c", "A"),
        Show("b", "B", history=(said("2025-01-01"),)),
        Show("a", "C", history=(said("2025-06-01"), said("2024-01-01"))),
    ]
    assert order(listed, "claim") == "abc"


def test_sort_rating() -> None:
    listed = [Show("c", "A"), Show("b", "B", rating=0), Show("a", "C", rating=9.5)]
    assert order(listed, "rating") == "abc"


@pytest.mark.parametrize("sort", SORTS)
def test_sort_ties_by_title(sort: str) -> None:
    assert order([Show("c", "Zenith"), Show("a", "amber"), Show("b", "Élan")], sort) == "abc"
