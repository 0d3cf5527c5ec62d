from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, date, datetime, tzinfo
from random import Random
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.model.strategies import TODAY, all_days, episodes, listed, next_ones, said
from tracker.model.dates import WEEKDAYS, day_name, days_after
from tracker.model.episode import Episode
from tracker.model.history import Claim
from tracker.model.show import Show
from tracker.model.status import Status
from tracker.model.window import Precision, Window
from tracker.model.window_parser import parse_window
from tracker.reports.agenda import Agenda
from tracker.reports.grouping import SORTS

BERLIN, SEOUL, HONOLULU = ZoneInfo("Europe/Berlin"), ZoneInfo("Asia/Seoul"), ZoneInfo("Pacific/Honolulu")
LINE = "Before today, Wed 15 Apr 2026"
NONE: Mapping[str, Episode] = {}
OPEN = Window("2027/..", date(2027, 1, 1), None, Precision.RANGE)
zones = st.sampled_from([UTC, BERLIN, SEOUL, HONOLULU])
AHEAD = [status for status in Status if not status.is_out and status is not Status.CANCELLED]


def show(release: str | None, status: Status | None = Status.SCHEDULED, id: str = "a", title: str = "A") -> Show:  # noqa: A002
    return Show(id, title, status=status, release=parse_window(release) if release else None)


def heading(one: Show, today: date = TODAY, first: int = 0, episode: Episode | None = None) -> str:
    known = {one.id: episode} if episode is not None else NONE
    found = [group for group in Agenda(today, known, first, UTC).groups([one], "release") if not group.is_divider]
    assert [group.shows for group in found] == [(one,)]
    return found[0].name


def names(listed: list[Show], known: Mapping[str, Episode] = NONE, sort: str = "release") -> list[tuple[str, str]]:
    groups = Agenda(TODAY, known, 0, UTC).groups(listed, sort)
    return [(group.name, "".join(one.id for one in group.shows)) for group in groups]


@pytest.mark.parametrize(
    ("release", "name"),
    [
        ("2026-04-14", "Overdue"), ("2026-03", "Overdue"), ("2026-Q1", "Overdue"), ("2025", "Overdue"),
        ("2026-04-15", "Wed 15 Apr 2026 · today"), ("2026-04-16", "Thu 16 Apr 2026"),
        ("2030-01-01", "Tue 1 Jan 2030"), ("2026-04-20/2026-04-26", "Week of Mon 20 Apr 2026"),
        ("2026-04-13/2026-04-15", "13–15 Apr 2026"), ("2026-04-29/2026-05-02", "29 Apr–2 May 2026"),
        ("2026-04", "April 2026"), ("2026-05", "May 2026"), ("late May 2026", "21–31 May 2026"),
        ("2026-05-01/2026-05-31", "May 2026"), ("~2026-05", "May 2026"), ("~2026-05-14", "Around Thu 14 May 2026"),
        ("2026-05-20/2026-06-10", "20 May–10 Jun 2026"), ("2026-Q2", "Second quarter of 2026"),
        ("2027-Q1", "First quarter of 2027"), ("2027-Q3", "Third quarter of 2027"),
        ("2027-Q4", "Fourth quarter of 2027"), ("summer 2026", "Summer 2026"), ("winter 2026", "Winter 2026"),
        ("2026-05/2026-06", "May–Jun 2026"), ("first half of 2026", "First half of 2026"),
        ("2026-H2", "Second half of 2026"), ("early 2027", "Jan–Apr 2027"), ("2026", "2026"),
        ("2026/2028", "2026–2028"), ("TBA", "TBA"), (None, "No date"),
    ],
)  # fmt: skip
def test_heading_upcoming(release: str | None, name: str) -> None:
    assert heading(show(release)) == name


@pytest.mark.parametrize(
    ("first", "name"), [(6, "Week of Sun 19 Apr 2026"), (0, "19–25 Apr 2026"), (5, "19–25 Apr 2026")]
)
def test_heading_of_a_whole_week(first: int, name: str) -> None:
    assert heading(show("2026-04-19/2026-04-25"), first=first) == name


def test_heading_without_end() -> None:
    one = show(None)._replace(release=OPEN)
    assert heading(one) == heading(one, date(2030, 1, 1)) == "2027 or later"
    for today, others in ((TODAY, ["2027-12-31", "2028-01-01"]), (date(2030, 1, 1), ["2030", "2031-01-01"])):
        listed = [one, *(show(release, id=release) for release in others)]
        found = Agenda(today, NONE, 0, UTC).groups(listed, "release")
        assert [group.shows[0].id for group in found] == [others[0], "a", others[1]]


@pytest.mark.parametrize(
    ("release", "status", "name"),
    [
        ("2026-04-14", Status.RELEASED, "April 2026"), ("2026-03", Status.RELEASED, "March 2026"),
        ("late March 2026", Status.RELEASED, "March 2026"), ("2026-Q1", Status.RELEASED, "First quarter of 2026"),
        ("2025", Status.RELEASED, "2025"), ("TBA", Status.RELEASED, "Out, day unknown"),
        (None, Status.RELEASED, "Out, day unknown"), ("2026-04-15", Status.RELEASED, "Wed 15 Apr 2026 · today"),
        ("2026-04-14", Status.AIRING, "On air"),
        (None, Status.AIRING, "On air"), ("2026-04-14", Status.CANCELLED, "Cancelled"),
        ("2027", Status.CANCELLED, "Cancelled"), (None, Status.CANCELLED, "Cancelled"),
    ],
)  # fmt: skip
def test_heading_past(release: str | None, status: Status, name: str) -> None:
    assert heading(show(release, status)) == name


def test_order_of_sections() -> None:
    told = [
        ("overdue", "2026-04-01", Status.FILMING),
        ("today", "2026-04-15", Status.SCHEDULED),
        ("tomorrow", "2026-04-16", Status.SCHEDULED),
        ("week", "2026-04-20/2026-04-24", Status.SCHEDULED),
        ("last-of-april", "2026-04-30", Status.SCHEDULED),
        ("about-last-of-april", "~2026-04-30", Status.SCHEDULED),
        ("late-april", "late April 2026", Status.SCHEDULED),
        ("april", "2026-04", Status.SCHEDULED),
        ("may", "2026-05", Status.SCHEDULED),
        ("quarter", "2026-Q2", Status.SCHEDULED),
        ("half", "2026-H1", Status.SCHEDULED),
        ("season", "summer 2026", Status.SCHEDULED),
        ("october", "2026-10-14", Status.SCHEDULED),
        ("last-quarter", "2026-Q4", Status.SCHEDULED),
        ("year", "2026", Status.ANNOUNCED),
        ("next-year", "2027", Status.ANNOUNCED),
        ("years", "2027/2029", Status.RUMORED),
        ("far-day", "2031-01-01", Status.SCHEDULED),
        ("tba", "TBA", Status.RUMORED),
        ("none", None, Status.RUMORED),
        ("on-air", "2026-03-01", Status.AIRING),
        ("out", "2026-04-02", Status.RELEASED),
        ("out-before", "2026-03-31", Status.RELEASED),
        ("out-last-year", "2025", Status.RELEASED),
        ("out-in-2025", "2025-12-30", Status.RELEASED),
        ("out-sometime", None, Status.RELEASED),
        ("off", "2027", Status.CANCELLED),
    ]
    shows = [show(release, status, id=name) for name, release, status in told]
    Random(7).shuffle(shows)
    groups = Agenda(TODAY, NONE, 0, UTC).groups(shows, "release")
    assert [one.id for group in groups for one in group.shows] == [name for name, _, _ in told]
    assert [group.name for group in groups if group.is_divider] == [LINE]
    line = next(place for place, group in enumerate(groups) if group.is_divider)
    assert [one.id for one in groups[line - 1].shows] == ["none"]
    assert [one.id for one in groups[line + 1].shows] == ["on-air"]


def test_order_of_a_window_that_has_begun() -> None:
    december = date(2026, 12, 1)
    releases = ["2026-12-24", "2026-12", "2026-Q4", "2026-H2", "2026", "2027-01-01", "2027-10-01", "2027"]
    shows = [show(release, id=name) for name, release in zip("abcdefgh", releases, strict=True)]
    shows.append(show(None, id="i")._replace(release=OPEN))
    groups = Agenda(december, NONE, 0, UTC).groups(reversed(shows), "release")
    assert [group.name for group in groups] == [
        "Thu 24 Dec 2026", "December 2026", "Fourth quarter of 2026", "Second half of 2026", "2026",
        "Fri 1 Jan 2027", "Fri 1 Oct 2027", "2027", "2027 or later",
    ]  # fmt: skip


PUT_OFF = (said("2026-01-10", "2026-05-14", status=Status.SCHEDULED), said("2026-03-01", status=Status.POSTPONED))


@pytest.mark.parametrize("status", [Status.POSTPONED, Status.HIATUS])
def test_postponed_old_date(status: Status) -> None:
    one = show("2026-05-14").with_claims(PUT_OFF[0], PUT_OFF[1]._replace(status=status))
    shows = [one, show("2026-05-14", id="b"), show("2030/2034", id="c"), show("TBA", id="d")]
    assert [under for _, under in names(shows)] == ["b", "c", "a", "d"]
    agenda = Agenda(TODAY, NONE, 0, UTC)
    assert agenda.is_ahead(one)
    assert not agenda.is_ahead(one, date(2026, 12, 31))
    assert agenda.day_of(one) is None
    assert heading(one, date(2026, 5, 15)) == "Overdue"


@pytest.mark.parametrize(
    "since",
    [said("2026-03-02", "2026-08-01"), said("2026-03-02", "2026-05-14"), said("2026-03-02", status=Status.SCHEDULED)],
)
def test_postponed_then_dated_again(since: Claim) -> None:
    one = show("2026-05-14").with_claims(*PUT_OFF, since)
    assert one.release is not None
    assert heading(one) == day_name(one.release.latest or TODAY)


def test_postponed_to_a_date() -> None:
    moved = said("2026-03-01", "2026-08-01", status=Status.POSTPONED)
    assert heading(show("2026-05-14").with_claims(PUT_OFF[0], moved)) == "Sat 1 Aug 2026"


def test_past_newest_first() -> None:
    days = ["2025-12-30", "2026-04-02", "2026-03-31", "2026-04-10", "2024"]
    shows = [show(day, Status.RELEASED, id=name) for day, name in zip(days, "edcba", strict=True)]
    assert names(shows) == [
        (LINE, ""), ("April 2026", "bd"), ("March 2026", "c"), ("December 2025", "e"), ("2024", "a"),
    ]  # fmt: skip


def test_past_wider_windows_first() -> None:
    days = ["2026-03-31", "2026-Q1", "2026-H1", "2025-12", "2025"]
    shows = [show(day, Status.RELEASED, id=name) for day, name in zip(days, "abcde", strict=True)]
    assert [under for _, under in names(shows)] == ["", "c", "b", "a", "e", "d"]


def test_order_within_a_day() -> None:
    shows = [show("2026-05-14", Status.FILMING, "a", "Zenith"), show("2026-05-14", Status.RUMORED, "b", "amber")]
    assert names(shows) == [("Thu 14 May 2026", "ba")]
    assert names([shows[1]._replace(status=Status.SCHEDULED), shows[0]], sort="status") == [("Thu 14 May 2026", "ab")]


def test_episode_of_released_show() -> None:
    shows = [show("2026-03-01", Status.AIRING), show("2026-04-20", id="b"), show("2024", Status.RELEASED, "c")]
    known = {"a": Episode(1, 5, "", date(2026, 4, 20)), "c": Episode(2, 1, "", date(2026, 4, 15))}
    assert names(shows, known) == [("Wed 15 Apr 2026 · today", "c"), ("Mon 20 Apr 2026", "ba")]


def test_episode_in_the_past() -> None:
    assert heading(show("2026-03-01", Status.AIRING), episode=Episode(on=date(2026, 4, 14))) == "On air"
    assert heading(show("2026-03-01", Status.RELEASED), episode=Episode(on=date(2026, 4, 14))) == "March 2026"
    assert heading(show(None, Status.AIRING), episode=Episode(1, 5)) == "On air"


def test_episode_moves_no_window() -> None:
    episode = Episode(1, 1, "", date(2026, 4, 20))
    assert heading(show("2026-04-14"), episode=episode) == "Overdue"
    assert heading(show("2027"), episode=episode) == "2027"
    assert heading(show("2026-05-14", Status.CANCELLED), episode=episode) == "Cancelled"


@pytest.mark.parametrize(
    ("zone", "hour", "day", "words"),
    [
        (UTC, 16, "Mon 20 Apr 2026", "S1E5 16:30"),
        (SEOUL, 16, "Tue 21 Apr 2026", "S1E5 01:30"),
        (SEOUL, 5, "Mon 20 Apr 2026", "S1E5 14:30"),
        (HONOLULU, 5, "Sun 19 Apr 2026", "S1E5 19:30"),
    ],
)
def test_episode_in_time_zone(zone: tzinfo, hour: int, day: str, words: str) -> None:
    one = show("2026-03-01", Status.AIRING)
    episode = Episode(1, 5, "", date(2026, 4, 20), datetime(2026, 4, 20, hour, 30, tzinfo=UTC))
    agenda = Agenda(TODAY, {"a": episode}, 0, zone)
    assert agenda.groups([one], "release")[0].name == day
    assert agenda.episode_text(one) == agenda.note(one) == words


def test_episodes_by_time() -> None:
    def at(hour: int) -> Episode:
        return Episode(1, 2, "", date(2026, 4, 20), datetime(2026, 4, 20, hour, tzinfo=UTC))

    shows = [show("2026-03-01", Status.AIRING, name) for name in "abcd"] + [show("2026-04-20", id="e")]
    known = {"a": at(21), "b": at(0), "c": at(9), "d": Episode(1, 9, "", date(2026, 4, 20)), "e": at(15)}
    assert names(shows, known) == [("Mon 20 Apr 2026", "dbcea")]


def test_episode_text() -> None:
    at = datetime(2026, 5, 14, 12, tzinfo=UTC)
    known = {"a": Episode(1, 1, "", date(2026, 5, 14), at)}
    agenda = Agenda(TODAY, known, 0, UTC)
    assert agenda.episode_text(show("2026-05-14")) == "S1E1 12:00"
    assert agenda.episode_text(show(None, Status.AIRING)) == "S1E1 12:00"
    for other in (show("2026-05-15"), show("2026-05"), show("TBA"), show(None)):
        assert agenda.episode_text(other) == ""
    assert Agenda(date(2026, 5, 15), known, 0, UTC).episode_text(show(None, Status.AIRING)) == ""
    assert Agenda(TODAY, NONE, 0, UTC).episode_text(show("2026-05-14")) == ""


def test_episode_without_number() -> None:
    one = show("2026-04-01", Status.AIRING)
    assert Agenda(TODAY, {"a": Episode(on=date(2026, 4, 20))}, 0, UTC).note(one) == "next episode"


@pytest.mark.parametrize(
    ("release", "status", "note"),
    [
        ("2026-04-15", Status.SCHEDULED, "today"), ("2026-04-16", Status.SCHEDULED, "tomorrow"),
        ("2026-04-27", Status.SCHEDULED, "in 12 days"), ("2026-05", Status.SCHEDULED, ""), ("TBA", None, ""),
        (None, None, ""), ("2026-04-14", Status.SCHEDULED, ""), ("2026-04-14", Status.RELEASED, ""),
        ("2026-05-14", Status.CANCELLED, ""), ("2026-04-14", Status.AIRING, ""),
    ],
)  # fmt: skip
def test_note(release: str | None, status: Status | None, note: str) -> None:
    assert Agenda(TODAY, NONE, 0, UTC).note(show(release, status)) == note


@pytest.mark.parametrize(
    ("release", "status", "is_ahead", "by_april", "by_may"),
    [
        ("2026-04-01", Status.SCHEDULED, True, True, True),
        ("2026-04-15", Status.SCHEDULED, True, True, True),
        ("2026-04-30", Status.SCHEDULED, True, True, True),
        ("2026-05-01", Status.SCHEDULED, True, False, True),
        ("2026-05", Status.SCHEDULED, True, False, True),
        ("2026-04-30/2026-06-10", Status.SCHEDULED, True, True, True),
        ("2026", Status.SCHEDULED, True, True, True),
        ("2026-Q3", Status.SCHEDULED, True, False, False),
        ("2027", Status.SCHEDULED, True, False, False),
        ("TBA", Status.SCHEDULED, True, False, False),
        (None, Status.SCHEDULED, True, False, False),
        ("2026-04-14", Status.RELEASED, False, False, False),
        ("2026-04-30", Status.CANCELLED, False, False, False),
        (None, Status.AIRING, False, False, False),
    ],
)
def test_is_ahead_by_a_day(release: str | None, status: Status, is_ahead: bool, by_april: bool, by_may: bool) -> None:
    agenda, one = Agenda(TODAY, NONE, 0, UTC), show(release, status)
    assert agenda.is_ahead(one) is is_ahead
    assert agenda.is_ahead(one, date(2026, 4, 30)) is by_april
    assert agenda.is_ahead(one, date(2026, 5, 31)) is by_may


def test_is_ahead_episode() -> None:
    agenda = Agenda(TODAY, {"a": Episode(1, 5, "", date(2026, 5, 2))}, 0, UTC)
    one = show("2026-03-01", Status.AIRING)
    assert agenda.is_ahead(one)
    assert not agenda.is_ahead(one, date(2026, 5, 1))
    assert agenda.is_ahead(one, date(2026, 5, 2))


@given(listed, next_ones, st.sampled_from(SORTS), all_days, zones)
def test_every_show_has_one_section(
    shows: list[Show], known: dict[str, Episode], sort: str, today: date, zone: tzinfo
) -> None:
    agenda = Agenda(today, known, 0, zone)
    groups = agenda.groups(shows, sort)
    assert sorted(one.id for group in groups for one in group.shows) == sorted(one.id for one in shows)
    assert all(group.name for group in groups)
    assert all(bool(group.shows) != group.is_divider for group in groups)
    assert len({agenda.section_of(group.shows[0]) for group in groups if group.shows}) == sum(
        not group.is_divider for group in groups
    )


@given(listed, next_ones, all_days, zones)
def test_divider_parts_ahead_from_past(shows: list[Show], known: dict[str, Episode], today: date, zone: tzinfo) -> None:
    agenda = Agenda(today, known, 0, zone)
    groups = agenda.groups(shows, "release")
    lines = [place for place, group in enumerate(groups) if group.is_divider]
    assert len(lines) == any(not agenda.is_ahead(one) for one in shows)
    for place, group in enumerate(groups):
        assert group.is_divider or all(agenda.is_ahead(one) == (not lines or place < lines[0]) for one in group.shows)
        assert group.name != "Overdue" or place == 0
        assert group.is_divider or all(one.is_overdue(today) == (group.name == "Overdue") for one in group.shows)
    assert [group.name for group in groups if group.is_divider] == [f"Before today, {day_name(today)}"] * len(lines)


@given(listed, next_ones, st.sampled_from(SORTS), all_days, st.randoms(use_true_random=False))
def test_file_order_does_not_matter(
    shows: list[Show], known: dict[str, Episode], sort: str, today: date, chance: Random
) -> None:
    agenda = Agenda(today, known, 0, UTC)
    groups = agenda.groups(shows, sort)
    shuffled = agenda.groups(chance.sample(shows, len(shows)), sort)
    assert [(one.name, one.is_divider, {s.id for s in one.shows}) for one in groups] == [
        (one.name, one.is_divider, {s.id for s in one.shows}) for one in shuffled
    ]
    assert agenda.groups(shows, sort) == groups


@given(listed, next_ones, all_days, zones)
def test_one_line_of_time(shows: list[Show], known: dict[str, Episode], today: date, zone: tzinfo) -> None:
    """What comes is in order of its last day; on that day by its hour, then the narrower window first."""
    agenda = Agenda(today, known, 0, zone)
    order: list[tuple[date, int, str]] = []
    for group in agenda.groups(shows, "release"):
        for one in group.shows:
            day, window = agenda.day_of(one), one.release
            if day is not None:
                assert group.name == day_name(day) + (" · today" if day == today else "")
                episode = known.get(one.id)
                has_episode = episode is not None and bool(agenda.episode_text(one))
                order.append((day, -1, episode.time(zone) if episode is not None and has_episode else ""))
            elif window and window.latest and window.earliest and group.name not in ("Overdue", "Cancelled"):
                is_to_come = not one.is_out and not one.is_overdue(today)
                order += [(window.latest, (window.latest - window.earliest).days, "")] if is_to_come else []
    assert order == sorted(order)


@given(listed, next_ones, all_days, all_days, zones)
def test_is_ahead_is_monotonous(
    shows: list[Show], known: dict[str, Episode], today: date, last: date, zone: tzinfo
) -> None:
    agenda = Agenda(today, known, 0, zone)
    for one in shows:
        if agenda.is_ahead(one, last):
            assert agenda.is_ahead(one)
            assert agenda.is_ahead(one, days_after(last, 30))


@given(listed, next_ones, all_days, zones)
def test_note_of_every_day(shows: list[Show], known: dict[str, Episode], today: date, zone: tzinfo) -> None:
    agenda = Agenda(today, known, 0, zone)
    for one in shows:
        words = agenda.episode_text(one)
        note = agenda.note(one)
        day = agenda.day_of(one)
        name = agenda.section_of(one)[-1]
        # "Fri 31 Dec 9999 or later" begins with a day, and is none.
        assert (day is None) == (not name.startswith(WEEKDAYS) or name.endswith(" or later"))
        if day is None:
            assert note == ""
            continue
        assert day >= today
        assert name.removesuffix(" · today") == day_name(day)
        assert note
        if words:
            assert note == words
            assert day == known[one.id].day(zone)


@given(episodes, zones, all_days)
def test_episode_day_is_of_its_moment(episode: Episode, zone: tzinfo, today: date) -> None:
    day = episode.day(zone)
    assert day == (episode.at.astimezone(zone).date() if episode.at else episode.on)
    name = Agenda(today, {"a": episode}, 0, zone).section_of(show(None, Status.AIRING))[-1]
    is_known = day is not None and day >= today
    assert name.removesuffix(" · today") == (day_name(day) if day is not None and is_known else "On air")
    assert name.endswith(" · today") == (day == today)
