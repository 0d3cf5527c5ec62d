from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, date, datetime
from typing import Final

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.model.strategies import TODAY, claims, days, names, said, statuses, story, wide_windows, windows
from tracker.cli import parser
from tracker.model.episode import Episode
from tracker.model.history import Claim
from tracker.model.release import Preference
from tracker.model.show import Show
from tracker.model.status import Status
from tracker.model.window import Window
from tracker.model.window_parser import parse_window
from tracker.reports.calendar_events import PRECISIONS, CalendarEvent, Certainty, calendar_events, describe_vague_window
from tracker.reports.reminders import ReminderRules

FIRM: Final = (Status.SCHEDULED, Status.AIRING, Status.RELEASED)
MOMENT: Final = datetime(2026, 11, 28, 13, tzinfo=UTC)
ORDERS: Final = st.lists(claims, max_size=6).flatmap(
    lambda told: st.lists(st.sampled_from(["", "JP", "US"]), min_size=len(told), max_size=len(told)).map(
        lambda regions: [one._replace(region=region) for one, region in zip(told, regions, strict=True)]
    )
)
"""Claims as they come in, which is not the order of their days."""


def ferry(*told: Claim, title: str = "Old Ferry", **more: object) -> Show:
    return Show("old-ferry", title, **more).with_claims(*told)  # type: ignore[arg-type]


def dated(release: str, status: Status | None = Status.SCHEDULED, title: str = "Old Ferry") -> Show:
    return ferry(said("2026-01-05", release, status=status), title=title)


def of(*shows: Show, episode: Episode | None = None, most_days: int | None = None) -> tuple[CalendarEvent, ...]:
    return calendar_events(shows, {"old-ferry": episode} if episode is not None else {}, TODAY, most_days)


def one(show: Show) -> CalendarEvent:
    [event] = of(show)
    return event


def episode_of(show: Show, episode: Episode) -> CalendarEvent:
    return of(show._replace(release=None), episode=episode)[0]


def summaries(found: Iterable[CalendarEvent]) -> list[str]:
    return [event.summary for event in found]


# words


@pytest.mark.parametrize(
    ("release", "words"),
    [
        ("2027-05-14", ""),
        ("14 May 2027", ""),
        ("TBA", ""),
        ("2026-08", "some day in August 2026"),
        ("2027", "some time in 2027"),
        ("0999", "some time in 0999"),
        ("Q3 2026", "some time in Q3 2026"),
        ("summer 2026", "some time in summer 2026"),
        ("winter 2026", "some time in winter 2026"),
        ("H1 2026", "some time in the first half of 2026"),
        ("second half of 2026", "some time in the second half of 2026"),
        ("2026-08/2026-10", "some time in Aug–Oct 2026"),
        ("late 2026", "some time in Sep–Dec 2026"),
        ("2026-05-10/2026-05-20", "some time in 10–20 May 2026"),
        ("~2026-05-14", "around 14 May 2026"),
        ("~2026-05", "around May 2026"),
        ("~2026", "around 2026"),
        ("~Q3 2026", "around Q3 2026"),
        ("~H2 2026", "around the second half of 2026"),
    ],
)
def test_vague_window(release: str, words: str) -> None:
    assert describe_vague_window(parse_window(release)) == words


@given(wide_windows)
def test_vague_window_exact_day_only(window: Window) -> None:
    assert bool(describe_vague_window(window)) is not (window.day is not None or window.is_tba)


@pytest.mark.parametrize(
    ("status", "release", "words"),
    [
        (Status.CANCELLED, "2027-05-14", "cancelled"),
        (Status.POSTPONED, "2027-05-14", "postponed"),
        (Status.HIATUS, "2027-05-14", "hiatus"),
        (Status.CANCELLED, "2027", "some time in 2027, cancelled"),
        (Status.SCHEDULED, "2026-04-14", "overdue: no report of a release"),
        (Status.SCHEDULED, "2026-03", "some day in March 2026, overdue: no report of a release"),
        (Status.CANCELLED, "2026-03", "some day in March 2026, cancelled"),
    ],
)
def test_summary_status(status: Status, release: str, words: str) -> None:
    assert one(dated(release, status)).summary == f"Old Ferry ({words})"


def test_summary_missed() -> None:
    late = Show("a", "A").with_claims(*story("2025-01-01 scheduled 2026-03; 2026-02-01 postponed"))
    assert one(late).summary == "A (some day in March 2026, postponed, missed)"


# days and certainty


@given(st.none() | statuses, wide_windows)
def test_days_and_certainty(status: Status | None, window: Window) -> None:
    found = of(Show("old-ferry", "Old Ferry", status=status, release=window))
    assert len(found) == (not window.is_tba)
    for event in found:
        assert (event.key, event.first, event.last, event.at) == ("old-ferry", window.earliest, window.latest, None)
        is_day = window.earliest == window.latest and not window.approximate
        sure = Certainty.CONFIRMED if is_day and status in FIRM else Certainty.TENTATIVE
        assert event.certainty is (Certainty.CANCELLED if status is Status.CANCELLED else sure)
        assert event.edtf == window.edtf


def test_order() -> None:
    found = of(Show("b", "B", release=parse_window("2028")), Show("a", "A", release=parse_window("2027")))
    assert [event.key for event in found] == ["b", "a"]


# how exact


@pytest.mark.parametrize(
    ("precision", "kept"),
    [
        ("day", ["2026-05-14"]),
        ("month", ["~2026-05-14", "2026-02", "2026-05", "~2026-05", "late May 2026"]),
        ("quarter", ["2026-Q3", "~2026-Q3", "summer 2026", "winter 2026"]),
        ("half", ["2026-H1", "2026-H2", "early 2026"]),
        ("year", ["2024", "2026", "~2026"]),
    ],
)
def test_most_days(precision: str, kept: list[str]) -> None:
    order = list(PRECISIONS)
    for release in kept:
        fits = [name for name in order if of(dated(release), most_days=PRECISIONS[name])]
        assert fits == order[order.index(precision) :], release
    assert not of(dated("2026/2027"), most_days=PRECISIONS[precision])
    assert of(dated("2026/2027"))


def test_precisions_of_parser() -> None:
    assert tuple(PRECISIONS) == parser.PRECISIONS


# episodes


def test_episode_beside_release() -> None:
    release, episode = of(dated("2027"), episode=Episode(1, 3, "The Harbour", date(2026, 11, 28)))
    assert release == one(dated("2027"))
    assert episode.summary == "Old Ferry S1E3 “The Harbour”"
    assert (episode.first, episode.last, episode.at) == (date(2026, 11, 28), date(2026, 11, 28), None)
    assert (episode.certainty, episode.edtf, episode.revised) == (Certainty.CONFIRMED, "", None)


def test_episode_with_moment() -> None:
    event = episode_of(ferry(), Episode(1, 3, "", date(2026, 11, 27), MOMENT))
    assert event.at == MOMENT
    assert event.first == event.last == MOMENT.astimezone().date()


@pytest.mark.parametrize(
    ("episode", "summary"),
    [
        (Episode(2, 11), "Old Ferry S2E11"),
        (Episode(None, 11), "Old Ferry E11"),
        (Episode(), "Old Ferry next episode"),
        (Episode(title="A, B; C"), "Old Ferry next episode “A, B; C”"),
    ],
)
def test_episode_summary(episode: Episode, summary: str) -> None:
    assert episode_of(ferry(), episode._replace(on=date(2026, 11, 28))).summary == summary


def test_episode_of_postponed_show() -> None:
    show = ferry(*story("2026-01-10 scheduled 2026-05-14; 2026-03-01 postponed"))
    assert episode_of(show, Episode(1, 3, on=date(2026, 11, 28))).certainty is Certainty.TENTATIVE


def test_episode_without_day() -> None:
    assert of(ferry(), episode=Episode(1, 3, "The Harbour")) == ()


def test_episode_cancelled() -> None:
    found = of(dated("2027", Status.CANCELLED), episode=Episode(1, 3, on=date(2026, 11, 28)))
    assert summaries(found) == ["Old Ferry (some time in 2027, cancelled)", "Old Ferry S1E3"]
    assert {event.certainty for event in found} == {Certainty.CANCELLED}


@given(
    st.lists(
        st.builds(Episode, st.integers(1, 3), st.integers(1, 20), st.sampled_from(["", "A"]), days),
        min_size=2, max_size=2, unique_by=lambda episode: episode[:2],
    )
)  # fmt: skip
def test_keys_are_unique_and_stable(told: list[Episode]) -> None:
    keys = {episode_of(ferry(), episode).key for episode in told} | {one(dated("2027")).key}
    keys |= {episode_of(ferry()._replace(title="Ferry"), told[0]._replace(on=TODAY, title="B", at=MOMENT)).key}
    assert len(keys) == 3


@given(st.lists(names, min_size=2, max_size=4, unique=True), st.integers(1, 3), st.integers(1, 12))
def test_keys_of_similar_ids(ids: list[str], season: int, number: int) -> None:
    shows = [Show(found, "Old Ferry", release=parse_window("2027")) for found in ids]
    shows += [
        Show(f"{found}{sign}{season}.{number}", "B", release=parse_window("2027")) for found in ids for sign in " /-"
    ]
    coming = {show.id: Episode(season, number, on=TODAY) for show in shows}
    found = calendar_events(shows, coming, TODAY)
    assert len({event.key for event in found}) == len(found) == 2 * len({show.id for show in shows})


# what else is told


def test_description_and_url() -> None:
    show = ferry(
        said("2025-06-01", "2026", "Evening Paper", Status.ANNOUNCED)._replace(url="https://example.org/1"),
        said("2026-01-05", "2027", "Lumen")._replace(url="https://example.org/2"),
        said("2026-02-01", "", "Evening Paper", Status.FILMING)._replace(url="https://example.org/3"),
        original_title="古い渡し船",
        networks=("Harbour TV", "Lumen"),
    )
    event = one(show)
    assert event.url == "https://example.org/2"
    lines = event.description.split("\n")
    assert lines[0] == "古い渡し船 · filming · Harbour TV, Lumen"
    assert lines[1] == "2027, says Lumen (2026-01-05)"
    assert "2026 → 2027" in lines[2]
    assert "+365 days" in lines[2]


def test_url_of_the_newest_link() -> None:
    show = ferry(
        said("2025-06-01", "2027", "Evening Paper"),
        said("2025-07-01", status=Status.FILMING)._replace(url="https://example.org/1"),
        said("2025-08-01", status=Status.FILMING)._replace(url="https://example.org/2"),
        links={"trailer": "https://example.org/t"},
    )
    assert one(show).url == "https://example.org/2"
    assert one(dated("2027")._replace(links={"trailer": "https://example.org/t"})).url == "https://example.org/t"


@pytest.mark.parametrize(
    "url",
    ["ftp://example.org/1", "javascript:alert(1)", "see the paper", "https://example.org/a b", 'https://example.org/"', "https://a\nATTENDEE:b"],
)  # fmt: skip
def test_url_must_be_web(url: str) -> None:
    show = ferry(said("2025-06-01", "2027")._replace(url=url))
    assert one(show).url == ""
    assert one(show._replace(links={"page": "http://example.org"})).url == "http://example.org"


def test_categories() -> None:
    show = dated("2027")._replace(kind="film", networks=("Lumen", "pier"), tags=("pier", "must-see"))
    assert one(show).categories == ("Lumen", "pier", "film", "must-see")
    assert episode_of(show, Episode(1, 3, on=TODAY)).categories == ("Lumen", "pier", "film", "must-see")


def test_revised() -> None:
    note = Claim(date(2026, 3, 1), note="a second unit was seen in the harbour")
    assert one(ferry(said("2026-01-05", "2027"), note, said("2025-01-05", "2026"))).revised == date(2026, 3, 1)
    assert one(ferry(Claim(release=parse_window("2027")))).revised is None


# histories


def test_revision_counts_claims() -> None:
    told = [said("2025-06-01", "2026"), said("2025-07-01", status=Status.FILMING), said("2025-08-01", "2027")]
    assert [one(ferry(*told[:many])).revision for many in (1, 2, 3)] == [0, 1, 2]


def test_revision_ignores_notes() -> None:
    note = Claim(date(2026, 3, 1), note="a second unit was seen in the harbour", source="Evening Paper")
    assert one(ferry(said("2026-01-05", "2027"), note)).revision == one(ferry(said("2026-01-05", "2027"))).revision


@given(ORDERS, st.sampled_from(["", "JP", "FR"]))
def test_revision_rises_with_moves(told: list[Claim], region: str) -> None:
    before: CalendarEvent | None = None
    for many in range(1, len(told) + 1):
        for event in of(ferry().with_claims(*told[:many], preference=Preference(region))):
            if before is not None:
                assert event.key == before.key
                assert event.revision >= before.revision
                face = (event.first, event.last, event.certainty)
                if face != (before.first, before.last, before.certainty):
                    assert event.revision > before.revision
            before = event


@given(st.lists(windows, min_size=1, max_size=4), st.none() | statuses, st.dates(date(2023, 1, 1), date(2029, 1, 1)))
def test_today_changes_only_summary(told: list[Window], status: Status | None, today: date) -> None:
    show = ferry(*(Claim(date(2024, 1, day), status=status, release=one) for day, one in enumerate(told, 1)))
    now, then = calendar_events([show], {}, TODAY), calendar_events([show], {}, today)
    assert [event._replace(summary="") for event in now] == [event._replace(summary="") for event in then]


# alarms


def test_alarms_follow_the_rules() -> None:
    rules = ReminderRules(("7d", "overdue"), {"pier": ("2w", "0d")})
    shows = [dated("2026-05-14"), dated("2026-05-14")._replace(tags=("pier",)), dated("2026-05"), dated("2026-04-01")]
    events = calendar_events(shows, {"old-ferry": Episode(1, 2, on=date(2026, 5, 21))}, TODAY, rules=rules)
    assert [event.alarms for event in events if "E2" not in event.summary] == [(7,), (14, 0), (), ()]
    assert {event.alarms for event in events if "E2" in event.summary} == {()}
    assert {event.alarms for event in of(*shows)} == {()}
