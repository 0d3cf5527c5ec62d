from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from hypothesis import event, given
from hypothesis import strategies as st

from tests.model.strategies import listed, next_ones
from tracker.model.dates import days_after
from tracker.model.episode import Episode
from tracker.model.history import Claim
from tracker.model.show import Show
from tracker.model.status import Status
from tracker.model.window_parser import parse_window
from tracker.reports.reminders import DateKey, ReminderRules, alarm_days, find_due_reminders

RULES = ReminderRules(("7d", "1d", "0d", "overdue"))
MAY = date(2026, 5, 14)
BEFORE = date(2026, 1, 1)


def show(release: str | None = "2026-05-14", status: Status | None = Status.SCHEDULED, **fields: object) -> Show:
    show = Show("ferry", "Old Ferry", status=status, release=parse_window(release) if release else None)
    return show._replace(**fields)  # type: ignore[arg-type]


def said(on: str, release: str | None = None, status: Status | None = None, source: str = "Lumen") -> Claim:
    return Claim(
        date.fromisoformat(on), status=status, release=parse_window(release) if release else None, source=source
    )


class Owner:
    """Somebody who asks for reminders on some days, and what was kept."""

    def __init__(self, *shows: Show, rules: ReminderRules = RULES, **episodes: Episode) -> None:
        self.shows = list(shows)
        self.rules = rules
        self.episodes = episodes
        self.told: dict[DateKey, date] = {}

    def ask(self, day: date) -> list[str]:
        due = find_due_reminders(self.shows, self.rules, day, self.told, self.episodes, UTC)
        self.told.update(due.told)
        return [reminder.sentence for reminder in due.reminders]

    def play(self, first: date, last: date, step: int = 1) -> Iterator[tuple[str, str]]:
        """Yield month and day of each reminder, and its sentence without its title."""
        day = first
        while day <= last:
            for sentence in self.ask(day):
                yield f"{day:%m-%d}", sentence.removeprefix("Old Ferry ")
            day += timedelta(step)


@pytest.mark.parametrize(
    ("release", "told"),
    [
        ("2026-05-14", [
            ("05-07", "comes out in 7 days, on Thu 14 May 2026"), ("05-13", "comes out tomorrow, Thu 14 May 2026"),
            ("05-14", "comes out today, Thu 14 May 2026"),
            ("05-15", "was due on Thu 14 May 2026, and no one said it is out"),
        ]),
        ("~2026-05-14", [
            ("05-14", "is expected around 14 May 2026"),
            ("05-15", "was due around 14 May 2026, and no one said it is out"),
        ]),
        ("2026-05", [
            ("05-01", "is expected this month, May 2026"),
            ("06-01", "was due in May 2026, and no one said it is out"),
        ]),
        ("~2026-05", [
            ("05-01", "is expected around May 2026"),
            ("06-01", "was due around May 2026, and no one said it is out"),
        ]),
        ("early May 2026", [
            ("05-01", "is expected on 1–10 May 2026"),
            ("05-11", "was due on 1–10 May 2026, and no one said it is out"),
        ]),
        ("2026-04/2026-06", [
            ("04-01", "is expected in Apr–Jun 2026"), ("07-01", "was due in Apr–Jun 2026, and no one said it is out"),
        ]),
        ("2026-Q2", [
            ("04-01", "is expected in Q2 2026"), ("07-01", "was due in Q2 2026, and no one said it is out"),
        ]),
        ("summer 2026", [
            ("06-01", "is expected in summer 2026"), ("09-01", "was due in summer 2026, and no one said it is out"),
        ]),
        ("2026", [("01-01", "is expected this year, 2026")]),
        ("TBA", []), ("2026 or later", []), ("by May 2026", []), (None, []),
    ],
)  # fmt: skip
def test_dates_are_told_as_vague_as_they_are(release: str | None, told: list[tuple[str, str]]) -> None:
    owner = Owner(show(release))
    assert [*owner.play(BEFORE, date(2026, 12, 31))] == told


@pytest.mark.parametrize(
    "quiet",
    [
        show(status=Status.RELEASED), show(status=Status.AIRING), show(status=Status.CANCELLED),
        show(watch="watched"), show(watch="dropped"), show(remind=()),
        show(status=Status.POSTPONED), show(status=Status.HIATUS),
        show(status=Status.POSTPONED, history=(
            said("2025-11-01", "2026-05-14"), said("2025-12-01", status=Status.POSTPONED),
        )),
        show(status=Status.HIATUS, history=(
            said("2025-06-01", "2025-08-01", Status.AIRING), said("2025-12-01", "2026-05-14", Status.HIATUS),
        )),
    ],
)  # fmt: skip
def test_nobody_waits_for_it(quiet: Show) -> None:
    told = [*Owner(quiet).play(BEFORE, date(2026, 12, 31))]
    # What has come out and pauses is told of its new date, and is not late.
    assert [sentence for _, sentence in told if not sentence.startswith("is expected ")] == []
    assert len(told) == (3 if quiet.history and quiet.history[0].status is Status.AIRING else 0)


def test_new_date_of_what_was_put_off() -> None:
    history = (
        said("2025-11-01", "2026-02-01"), said("2025-12-01", status=Status.POSTPONED), said("2026-01-05", "2026-05-14"),
    )  # fmt: skip
    told = [*Owner(show(status=Status.POSTPONED, history=history)).play(BEFORE, MAY)]
    assert told[-1] == ("05-14", "is expected today, Thu 14 May 2026")
    assert len(told) == 3


def test_words_are_those_of_the_show() -> None:
    ferry = show(status=Status.FILMING, networks=("Lumen", "Kestrel", "TV3", "TV4"), season=2)
    assert Owner(ferry).ask(date(2026, 5, 14)) == [
        "Old Ferry, season 2 is expected today, Thu 14 May 2026 (Lumen, Kestrel, TV3)"
    ]
    assert Owner(ferry._replace(title="Old Ferry, season 2")).ask(MAY)[0].startswith("Old Ferry, season 2 is expected")


@pytest.mark.parametrize(
    ("fields", "rules"),
    [
        ({}, ("7d",)),
        ({"tags": ("pier",)}, ("7d",)),
        ({"tags": ("Must See",)}, ("30d", "0d")),
        ({"tags": ("someday",)}, ()),
        ({"tags": ("someday", "must see", "soon")}, ("30d", "0d", "1d")),
        ({"tags": ("must see",), "remind": ("2w",)}, ("2w",)),
        ({"tags": ("must see",), "remind": ()}, ()),
    ],
)
def test_rules_of_a_show(fields: dict[str, Any], rules: tuple[str, ...]) -> None:
    by_tag = {"must see": ("30d", "0d"), "someday": (), "soon": ("1d", "0d")}
    assert ReminderRules(("7d",), by_tag).of(show()._replace(**fields)) == rules


def test_nothing_is_told_unless_it_is_set() -> None:
    owner = Owner(show(), rules=ReminderRules())
    assert [*owner.play(BEFORE, date(2026, 6, 30))] == []
    assert owner.told == {}


def test_sixty_days_with_a_slip() -> None:
    tides = Show("tides", "Tale of Tides", status=Status.FILMING, release=parse_window("2026-05"))
    ferry = show(history=(said("2026-01-27", "2026-05-14", Status.SCHEDULED),))
    owner = Owner(ferry, tides)
    told = {}
    for day in (days_after(date(2026, 4, 20), number) for number in range(60)):
        if day == date(2026, 5, 10):
            owner.shows[0] = ferry.with_claims(said("2026-05-10", "2026-06-04"))
        if day == date(2026, 5, 12):  # an edit that changes nothing of the date
            owner.shows[0] = owner.shows[0]._replace(notes="x", release=parse_window("June 4, 2026"))
        if day == date(2026, 6, 5):
            owner.shows[0] = owner.shows[0].with_claims(said("2026-06-05", status=Status.RELEASED))
        # Twice a day, as a refresh and an app would.
        if sentences := owner.ask(day) + owner.ask(day):
            told[f"{day:%m-%d}"] = sentences
    assert told == {
        "05-01": ["Tale of Tides is expected this month, May 2026"],
        "05-07": ["Old Ferry comes out in 7 days, on Thu 14 May 2026"],
        "05-28": ["Old Ferry comes out in 7 days, on Thu 4 Jun 2026"],
        "06-01": ["Tale of Tides was due in May 2026, and no one said it is out"],
        "06-03": ["Old Ferry comes out tomorrow, Thu 4 Jun 2026"],
        "06-04": ["Old Ferry comes out today, Thu 4 Jun 2026"],
    }


@pytest.mark.parametrize(
    ("days", "told"),
    [
        (["05-01", "05-10"], "comes out in 4 days, on Thu 14 May 2026"),
        (["05-01", "05-16"], "was due on Thu 14 May 2026, and no one said it is out"),
        (["05-01", "06-15"], "was due on Thu 14 May 2026, and no one said it is out"),
        (["05-01", "06-16"], ""),  # too long ago
        (["05-11"], "comes out in 3 days, on Thu 14 May 2026"),
        (["05-13", "05-13"], "comes out tomorrow, Thu 14 May 2026"),
    ],
)
def test_what_was_missed_is_told_once(days: list[str], told: str) -> None:
    owner = Owner(show())
    sentences = [sentence for day in days for sentence in owner.ask(date.fromisoformat(f"2026-{day}"))]
    assert sentences == ([f"Old Ferry {told}"] if told else [])
    assert owner.ask(date.fromisoformat(f"2026-{days[-1]}")) == []


def test_missed_without_a_rule_for_it() -> None:
    # The day itself was missed by the machine, and it would be false to say that it is still to come.
    owner = Owner(show(), rules=ReminderRules(("0d",)))
    assert owner.ask(BEFORE) == []
    assert owner.ask(date(2026, 5, 16)) == ["Old Ferry was due on Thu 14 May 2026, and no one said it is out"]


def test_clock_that_is_set_back_tells_nothing_twice() -> None:
    owner = Owner(show())
    first = [*owner.play(BEFORE, date(2026, 6, 30))]
    assert len(first) == 4
    assert [*owner.play(BEFORE, date(2026, 6, 30))] == []


def test_clock_that_was_ahead_puts_nothing_off() -> None:
    owner = Owner(show())
    owner.ask(date(2027, 5, 14))
    assert [day for day, _ in owner.play(BEFORE, date(2026, 6, 30))] == ["05-07", "05-13", "05-14", "05-15"]


@given(listed, next_ones, st.lists(st.integers(-20, 40), max_size=8))
def test_nothing_is_told_twice_or_falsely_whatever_the_clock_says(
    shows: list[Show], episodes: dict[str, Episode], offsets: list[int]
) -> None:
    near = [day for show in shows if show.release is not None and (day := show.release.latest) is not None]
    days = [days_after(day, offset) for day in near for offset in offsets]
    owner = Owner(*shows, rules=ReminderRules(("2w", "1d", "0d", "overdue")), **episodes)
    reminders = []
    for day in days:
        due = find_due_reminders(owner.shows, owner.rules, day, owner.told, owner.episodes, UTC)
        owner.told.update(due.told)
        for reminder in due.reminders:
            assert reminder.show.status is not Status.CANCELLED
            assert reminder.text.startswith("begins season ") is reminder.show.is_out
            assert reminder.text.startswith("was due ") is ((reminder.window.latest or day) < day)
        reminders += [(reminder.show.id, reminder.window.key, reminder.rule) for reminder in due.reminders]
    assert len(reminders) == len(set(reminders))
    event("told" if reminders else "nothing told")


def test_date_that_comes_back_is_not_told_again() -> None:
    owner = Owner(show())
    assert len([*owner.play(BEFORE, date(2026, 5, 13))]) == 2
    owner.shows[0] = show("2026-06-04")
    assert owner.ask(date(2026, 5, 13)) == []
    owner.shows[0] = show()
    assert [day for day, _ in owner.play(date(2026, 5, 13), date(2026, 5, 14))] == ["05-14"]


def test_rule_that_is_added_later() -> None:
    owner = Owner(show(), rules=ReminderRules(("0d",)))
    assert [*owner.play(BEFORE, date(2026, 5, 4))] == []
    owner.rules = ReminderRules(("2w", "0d"))
    assert owner.ask(date(2026, 5, 4)) == ["Old Ferry comes out in 10 days, on Thu 14 May 2026"]


@pytest.mark.parametrize(
    ("fields", "episode", "count"),
    [
        ({}, Episode(2, 1, on=MAY), 3),
        ({}, Episode(2, 1, at=datetime(2026, 5, 14, 12, tzinfo=UTC)), 3),
        ({}, Episode(2, 2, on=MAY), 0),
        ({}, Episode(1, 1, on=MAY), 0),
        ({}, Episode(None, 1, on=MAY), 0),
        ({}, Episode(2, 1), 0),
        ({"status": Status.CANCELLED}, Episode(2, 1, on=MAY), 0),
        ({"status": Status.POSTPONED}, Episode(2, 1, on=MAY), 0),
        ({"watch": "dropped"}, Episode(2, 1, on=MAY), 0),
        ({"release": parse_window("2026-05-14")}, Episode(2, 1, on=MAY), 0),
        ({"season": 2}, Episode(2, 1, on=MAY), 0),
    ],
)
def test_later_seasons(fields: dict[str, object], episode: Episode, count: int) -> None:
    ferry = show("2025-01-01", status=Status.RELEASED)._replace(**fields)  # type: ignore[arg-type]
    told = [*Owner(ferry, ferry=episode).play(BEFORE, date(2026, 5, 15))]
    assert len(told) == count
    assert told[:1] == ([("05-07", "begins season 2 in 7 days, on Thu 14 May 2026")] if count else [])


def test_season_with_an_entry_of_its_own() -> None:
    first = show("2025-01-01", status=Status.RELEASED, ids={"tvmaze": 7})
    second = show(id="ferry-2", season=2, ids={"tvmaze": 7})
    assert Owner(first, second, ferry=Episode(2, 1, on=MAY)).ask(MAY) == [
        "Old Ferry, season 2 comes out today, Thu 14 May 2026"
    ]


def test_nearest_dates_come_first() -> None:
    others = [show("2026-05-14", id="a", title="B"), show("2026-05-13", id="b", title="C"), show("2026", id="d")]
    owner = Owner(show("2026-05-20", id="c", title="D"), *others, show(id="e", title="A"))
    owner.ask(date(2026, 5, 12))
    assert [sentence[0] for sentence in owner.ask(date(2026, 5, 14))] == ["C", "A", "B", "D"]


def test_news_of_a_reminder() -> None:
    ferry = show(history=(said("2026-01-27", "2026-05-14", Status.SCHEDULED)._replace(url="https://example.org/1"),))
    moment = datetime(2026, 5, 14, 9, tzinfo=UTC)
    grades = {}
    for day in (7, 13, 14, 15):
        [reminder] = find_due_reminders([ferry], RULES, MAY.replace(day=day), {}).reminders
        item = reminder.to_news(moment)
        grades[reminder.rule] = item.grade
        assert (item.source, item.show_id, item.url) == ("reminder", "ferry", "https://example.org/1")
        assert reminder.as_json(moment).items() >= {"title": "Old Ferry", "release": "2026-05-14"}.items()
    assert grades == {"7d": "normal", "1d": "normal", "0d": "loud", "overdue": "loud"}


@pytest.mark.parametrize(
    ("ferry", "days"),
    [
        (show(), (7, 1, 0)), (show("2026-05"), ()), (show("~2026-05-14"), ()), (show("2026-05-01"), ()),
        (show(None), ()), (show(status=Status.RELEASED), ()),
        (show(watch="watched"), ()), (show(remind=("2w", "14d", "overdue")), (14,)),
    ],
)  # fmt: skip
def test_alarms(ferry: Show, days: tuple[int, ...]) -> None:
    assert alarm_days(ferry, RULES, date(2026, 5, 2)) == days
