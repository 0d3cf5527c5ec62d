from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, date, datetime, timedelta
from random import Random
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.model.strategies import TODAY, all_days, claims, days, listed, said, statuses, story, windows
from tests.model.test_history import HARBOUR_LIGHTS
from tracker.model.dates import days_after
from tracker.model.episode import Episode
from tracker.model.history import Claim
from tracker.model.show import Show
from tracker.model.status import Status
from tracker.model.watchlist import Watchlist
from tracker.model.window import Window
from tracker.model.window_parser import parse_window
from tracker.reports.digest import DAYS, KINDS, DigestLine, digest

NONE: Mapping[str, Episode] = {}
SCHEDULED, RELEASED, AIRING = Status.SCHEDULED, Status.RELEASED, Status.AIRING
told = st.lists(st.tuples(st.none() | statuses, st.none() | windows, st.lists(claims, max_size=4)), max_size=5).map(
    lambda all_told: [
        Show(f"{place}", "A", status=status, release=release, history=tuple(history))
        for place, (status, release, history) in enumerate(all_told)
    ]
)
next_days = st.dictionaries(st.sampled_from("01234"), days.map(lambda day: Episode(1, 2, "", day)), max_size=3)


def show(release: str | None, status: Status | None = SCHEDULED, id: str = "a", *history: Claim) -> Show:  # noqa: A002
    return Show(id, id, status=status, release=parse_window(release) if release else None, history=history)


def line(one: Show, episode: Episode | None = None, today: date = TODAY) -> tuple[str, ...]:
    """Return the kinds and then the text of a show's only line; nothing where it has none."""
    found = digest([one], today, {one.id: episode} if episode is not None else NONE)
    assert len(found) <= 1
    return (*found[0].kinds, found[0].text) if found else ()


@pytest.mark.parametrize(
    ("release", "kind", "text"),
    [
        ("2026-04-15", "today", "comes out today"),
        ("2026-04-16", "week", "Thu 16 Apr"),
        ("2026-04-21", "week", "Tue 21 Apr"),
        ("2026-04-14", "overdue", "14 Apr 2026 has passed, no report of a release"),
        ("2026-04-09", "overdue", "9 Apr 2026 has passed, no report of a release"),
        ("early April 2026", "overdue", "1–10 Apr 2026 has passed, no report of a release"),
        ("2026-04-10/2026-04-20", "week", "10–20 Apr 2026, within 5 days"),
        ("2026-04-18/2026-04-20", "week", "18–20 Apr 2026, in 3–5 days"),
    ],
)
def test_release_near(release: str, kind: str, text: str) -> None:
    assert line(show(release)) == (kind, text)
    assert line(show(release, None)) == (kind, text)


@pytest.mark.parametrize("release", ["2026-04-14", "2026-04-15", "2026-04-16"])
def test_cancelled(release: str) -> None:
    assert line(show(release, Status.CANCELLED), Episode(1, 1, "", date(2026, 4, 15))) == ()


@pytest.mark.parametrize(
    ("episode", "expected"),
    [
        (Episode(1, 5, "The Harbour", date(2026, 4, 15)), ("today", "S1E5 today")),
        (Episode(1, 5, "", date(2026, 4, 16)), ("week", "S1E5 Thu 16 Apr")),
        (Episode(1, 5, "", date(2026, 4, 21)), ("week", "S1E5 Tue 21 Apr")),
        (Episode(on=date(2026, 4, 15)), ("today", "next episode today")),
        (Episode(1, 5, "", date(2026, 4, 22)), ()),
        (Episode(1, 5, "", date(2026, 4, 14)), ()),
        (Episode(1, 5), ()),
    ],
)
def test_episode_near(episode: Episode, expected: tuple[str, ...]) -> None:
    assert line(show("2026-03-01", AIRING), episode) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "2026-04-08 announced 2026; 2026-04-09 filming 2026-10; 2026-04-15 scheduled 2026-12-25",
            "changed: filming, Oct 2026 (narrowed from 2026), scheduled, 25 Dec 2026 (slipped 55 days from Oct 2026)",
        ),
        ("2026-04-12 announced 2027", ""),
        ("2026-04-12 announced; 2026-04-12 scheduled 2027", ""),
        ("2026-04-12 announced; 2026-04-13 2027", "changed: 2027"),
        ("? announced; 2026-04-13 2027", "changed: 2027"),
        ("2025-01-01 scheduled 2026-04-15; 2026-04-14 cancelled", "changed: cancelled"),
        ("2025-01-01 2026-05; 2026-04-14 postponed TBA", "changed: postponed, TBA (May 2026 withdrawn)"),
        ("2026-04-09 filming; 2026-04-10 scheduled; 2026-04-11 filming", "changed: scheduled, filming"),
        # said before, said again, or a bare note
        ("? announced 2027; 2026-04-08 filming 2028", ""),
        ("? announced 2027; 2026-04-16 filming 2028", ""),
        ("? announced 2027; 2026-04-12 announced 2027 @Evening Paper", ""),
        ("? announced 2027; 2026-04-12 2027/2028 @Evening Paper", ""),
        ("? announced 2027; 2026-04-12", ""),
        ("? announced 2027; ? filming", ""),
        # with the release
        (
            "2025-01-01 scheduled 2026-04-10; 2026-04-12 2026-04-20",
            "week changed: Mon 20 Apr; 20 Apr 2026 (slipped 10 days from 10 Apr 2026)",
        ),
        ("2025-01-01 scheduled 2026-04-15; 2026-04-15 released", "today changed: is out today; released"),
    ],
)
def test_changes(text: str, expected: str) -> None:
    *kinds, line_text = line(Show("a", "A").with_claims(*story(text))) or ("", "")
    assert f"{' '.join(kinds)}: {line_text}".removeprefix(": ") == expected


def test_release_not_firm() -> None:
    assert line(show("2026-04-15", Status.FILMING)) == ("today", "expected today")
    assert line(show("2026-04-15", Status.RUMORED)) == ("today", "expected today")
    assert line(show("~2026-04-15")) == ("week", "around Wed 15 Apr")
    assert line(show("~2026-04-17")) == ("week", "around Fri 17 Apr")
    assert line(show("~2026-04-14")) == ("overdue", "~14 Apr 2026 has passed, no report of a release")


def test_postponed() -> None:
    one = Show("a", "A").with_claims(*story("2026-01-10 scheduled 2026-04-15; 2026-03-01 postponed"))
    assert line(one) == line(one, today=date(2026, 4, 14)) == ()
    assert line(one, today=date(2026, 4, 16)) == ("overdue", "missed 15 Apr 2026, postponed")


def test_overdue_with_episode() -> None:
    assert line(show("2026-04-12"), Episode(1, 2, "", date(2026, 4, 19))) == (
        "overdue", "week", "12 Apr 2026 has passed, no report of a release; S1E2 Sun 19 Apr",
    )  # fmt: skip


def test_order() -> None:
    changed = (said("2026-01-12", status=Status.ANNOUNCED), said("2026-04-12", status=Status.FILMING))
    shows = [
        show("2026-04-10", id="overdue-longer"),
        show(None, Status.FILMING, "changed", *changed),
        show("2026-08", Status.FILMING, "changed-with-a-date", *changed),
        show("2026-04-20", id="week-late"),
        show("2026-04-17", id="week-soon"),
        show("2026-04-12", id="overdue"),
        show("2026-03-01", AIRING, "week-episode"),
        show("2026-04-15", id="today"),
        show("2027", id="nothing"),
    ]
    expected = [
        "today",
        "overdue-longer",
        "overdue",
        "week-soon",
        "week-episode",
        "week-late",
        "changed-with-a-date",
        "changed",
    ]
    for seed in range(5):
        mixed = Random(seed).sample(shows, len(shows))
        found = digest(mixed, TODAY, {"week-episode": Episode(1, 5, "", date(2026, 4, 18))})
        assert [one.show.id for one in found] == expected


def test_order_of_one_day() -> None:
    """By hour in the zone, what has none first; then what only ends with the day, the narrower first."""
    at = {"b": 1, "c": 13, "d": 16, "g": 9}
    known = {
        name: Episode(1, 5, "", date(2026, 4, 16), datetime(2026, 4, 16, hour, tzinfo=UTC)) for name, hour in at.items()
    }
    known["e"] = Episode(1, 6, "", date(2026, 4, 17))
    shows = [show(None, AIRING, name) for name in "bcde"]
    shows += [show("2026-04-17", SCHEDULED, "f"), show("2026-04-16", SCHEDULED, "g")]
    shows += [show("~2026-04-17", SCHEDULED, "h"), show("2026-04-11/2026-04-17", SCHEDULED, "i")]
    for zone, order in (
        (UTC, "bgcdfehi"),
        (ZoneInfo("Asia/Seoul"), "bgcfedhi"),
        (ZoneInfo("Pacific/Honolulu"), "bgcdfehi"),
    ):
        for mixed in (shows, shows[::-1]):
            found = "".join(line.show.id for line in digest(mixed, TODAY, known, zone))
            # Two that are alike keep the order of the list.
            assert found.replace("ef", "fe") == order


def test_as_of_a_day() -> None:
    harbour = show("2026-05-14", SCHEDULED, "a", *HARBOUR_LIGHTS)

    def of(day: str) -> list[str]:
        today = date.fromisoformat(day)
        return [one.text for one in digest(Watchlist((harbour,)).as_of(today).shows, today, NONE)]

    assert of("2024-06-27") == []
    assert of("2024-06-28") == []
    assert of("2025-02-18") == ["Aug 2025 (narrowed from 2025)"]
    assert of("2025-02-19") == []
    assert of("2025-08-31") == ["Aug 2025, by tonight"]
    assert of("2025-09-01") == ["Aug 2025 has passed, no report of a release"]
    assert of("2025-09-06") == of("2025-09-01")
    assert of("2025-09-08") == []
    assert of("2026-01-27") == ["scheduled, 14 May 2026 (slipped 256 days from Aug 2025)"]
    assert of("2026-05-14") == ["comes out today"]


def about(one: Show, today: date) -> set[str]:
    """Return of which kinds a show's line is by its window and its claims."""
    window, since, until = one.release, days_after(today, 1 - DAYS), days_after(today, DAYS - 1)
    is_out = one.status in (RELEASED, AIRING)
    found = set()
    if window is not None and window.latest is not None and one.status is not Status.CANCELLED:
        if window.day == today and not one.is_postponed:
            found.add("today")
        elif not is_out and not one.is_postponed and today <= window.latest <= until:
            found.add("week")
        elif one.is_overdue(today) and window.latest >= since:
            found.add("overdue")
    for step in one.history_state.steps:
        if step.claim.on is not None and since <= step.claim.on <= today:
            moved = step.effect.value not in ("none", "confirmed")
            was_known = any(
                claim.status or claim.release
                for claim in one.history or (Claim(status=one.status, release=one.release),)
                if (claim.on or date.min) < step.claim.on
            )
            found |= {"changed"} if was_known and (step.has_new_status or moved) else set()
    return found


@given(told, days)
def test_kinds_of_any_show(shows: list[Show], today: date) -> None:
    found = {one.show.id: one for one in digest(shows, today, NONE)}
    for one in shows:
        # Whether the day on which it was missed is still new after a week is left open.
        if one.release is None or one.release.latest != days_after(today, -DAYS):
            assert (set(found[one.id].kinds) if one.id in found else set()) == about(one, today)
    assert all(one.text for one in found.values())


@given(told, next_days, days)
def test_order_of_any_list(shows: list[Show], known: dict[str, Episode], today: date) -> None:
    found = digest(shows, today, known)
    assert len({one.show.id for one in found}) == len(found)
    first = [KINDS.index(one.kinds[0]) for one in found]
    assert first == sorted(first)
    assert all(list(one.kinds) == [kind for kind in KINDS if kind in one.kinds] for one in found)
    assert digest(shows, today, known) == found


@given(listed, all_days)
def test_any_window_any_day(shows: list[Show], today: date) -> None:
    known = {one.id: Episode(1, 2, "", days_after(today, number)) for number, one in enumerate(shows)}
    assert all(isinstance(one, DigestLine) for one in digest(shows, today, known))


@given(windows)
def test_overdue_for_a_week(window: Window) -> None:
    one = show(None)._replace(release=window)
    if window.latest is None:
        return
    told = {number: "overdue" in line(one, today=window.latest + timedelta(number)) for number in range(-3, 12)}
    assert all(told[number] for number in range(1, DAYS))
    assert not any(told[number] for number in (-3, -2, -1, 0, 8, 9, 10, 11))
