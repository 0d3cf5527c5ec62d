"""What two programs that know nothing of this one read in a calendar: vobject, and the library of Home Assistant."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import UTC, date, datetime, timedelta
from typing import Any, Final, NamedTuple

import pytest
import vobject
from hypothesis import given, settings
from hypothesis import strategies as st
from ical.calendar_stream import IcsCalendarStream

from tests.export.helpers import MOMENT, NOW, all_events, titles
from tests.model.strategies import TODAY, claims, said
from tracker.export.ics import event_uid, write_calendar
from tracker.model.episode import Episode
from tracker.model.history import Claim
from tracker.model.show import Show
from tracker.model.status import Status
from tracker.reports.calendar_events import CalendarEvent, calendar_events
from tracker.service.export import export_ics


class Seen(NamedTuple):
    """An entry as another program has it."""

    uid: str
    summary: str
    description: str
    start: date | datetime
    end: date | datetime
    """The first moment that no longer belongs to it; the start where none is told."""
    status: str
    sequence: int
    stamp: datetime
    changed: datetime
    categories: tuple[str, ...]
    url: str
    busy: str


def with_vobject(data: bytes) -> list[Seen]:
    calendar = vobject.readOne(data.decode())
    assert calendar.version.value == "2.0"
    return [_with_vobject(entry) for entry in calendar.contents.get("vevent", [])]


def _with_vobject(entry: Any) -> Seen:
    def value(name: str, default: Any = "") -> Any:
        found = entry.contents.get(name, [])
        assert len(found) <= 1, name
        return found[0].value if found else default

    start = value("dtstart")
    end = value("dtend", None) or start + value("duration", timedelta(0))
    return Seen(
        value("uid"), value("summary"), value("description"), start, end, value("status"), int(value("sequence")),
        value("dtstamp"), value("last-modified"), tuple(value("categories", ())), value("url"), value("transp"),
    )  # fmt: skip


def with_ical(data: bytes) -> list[Seen]:
    calendar = IcsCalendarStream.calendar_from_ics(data.decode())
    found = []
    for entry in calendar.events:
        assert entry.dtstart is not None
        end: date | datetime = entry.dtend or entry.dtstart + (entry.duration or timedelta(0))
        assert entry.sequence is not None
        assert isinstance(entry.dtstamp, datetime)
        assert isinstance(entry.last_modified, datetime)
        found.append(
            Seen(
                entry.uid or "", entry.summary or "", entry.description or "", entry.dtstart, end,
                entry.status.value if entry.status else "", entry.sequence, entry.dtstamp, entry.last_modified,
                tuple(entry.categories), str(entry.url) if entry.url else "", entry.transparency or "",
            )
        )  # fmt: skip
    return found


Reader = Callable[[bytes], list[Seen]]
READERS: Final = pytest.mark.parametrize("reader", [with_vobject, with_ical], ids=["vobject", "ical"])


def wanted(event: CalendarEvent) -> tuple[object, ...]:
    """Return what another program must find, down to its categories."""
    if event.at is not None:
        start: date | datetime = event.at.astimezone(UTC).replace(microsecond=0)
        end = start
    else:
        start = event.first
        # The calendar ends before this would.
        end = event.last + timedelta(days=1) if event.last < date.max else event.last
    return (event_uid(event.key), event.summary, event.description, start, end, event.certainty.value, event.revision)


def told(seen: Seen) -> tuple[object, ...]:
    return tuple(seen[:7])


before_the_end: Final = all_events.filter(lambda event: event.last < date.max)
"""Programs that add days to a day fail at the end of the calendar."""


@READERS
@given(found=st.lists(before_the_end, min_size=1, max_size=3, unique_by=lambda event: event.key))
@settings(max_examples=25)
def test_other_programs_read_what_was_written(reader: Reader, found: list[CalendarEvent]) -> None:
    seen = reader(write_calendar(found, NOW))
    assert list(map(told, seen)) == list(map(wanted, found))
    for entry, event in zip(seen, found, strict=True):
        assert isinstance(entry.start, datetime) is (event.at is not None)
        assert (entry.url, entry.busy) == (event.url, "TRANSPARENT")
        # `ical` takes a comma that is escaped for one between two categories.
        if reader is with_vobject or not any("," in name for name in event.categories):
            assert entry.categories == event.categories
        assert entry.stamp == entry.changed <= NOW
        assert entry.stamp.utcoffset() == timedelta(0)


@READERS
@pytest.mark.parametrize(
    "title",
    [
        "[Oshi no Ko]", "Foo [/] bar", "[@click=app.quit]x", "가" * 40, "옛날 옛적에 " * 20, "ソウルメイト", "é\u0301",
        "🎬👩‍👩‍👧 " * 9, "عنوان", "A, B; C: D", "back\\slash", "C:\\new", "100%2C 100%3B", '"quoted"', "END:VCALENDAR",
        "BEGIN:VEVENT", "a=b;c=d", "^n ^^ ^'", "\\", "\\,", "\\;", "\\\\n", "x" * 500, "a" * 66 + "\\,",
        "a" * 67 + "\\;", "a" * 66 + "한",
    ],
)  # fmt: skip
def test_hostile_title(reader: Reader, title: str) -> None:
    show = Show("old-ferry", title, title, networks=(title.replace(",", ""),), tags=("pier",)).with_claims(
        said("2026-01-05", "2027-05-14", title, Status.SCHEDULED)._replace(note=f"{title}\nEND:VEVENT\n\n{title}")
    )
    episode = Episode(1, 3, title, date(2026, 11, 28))
    release, coming = reader(export_ics([show], TODAY, NOW, episodes={"old-ferry": episode}).data)
    assert release.summary == title
    assert coming.summary == f"{title} S1E3 “{title}”"
    assert title in release.description
    assert release.categories == (title.replace(",", ""), "series", "pier")


@given(st.lists(claims.map(lambda claim: claim._replace(on_text="")), min_size=1, max_size=5), titles.filter(bool))
def test_two_programs_read_the_same(history: Sequence[Claim], title: str) -> None:
    show = Show("old-ferry", title, networks=("Harbour TV",), links={"page": "https://example.org"})
    show = show.with_claims(*history)
    data = export_ics([show], TODAY, NOW, episodes={"old-ferry": Episode(2, 1, title, at=MOMENT)}).data
    seen = with_vobject(data)
    assert seen == with_ical(data)
    assert list(map(told, seen)) == list(
        map(wanted, calendar_events([show], {"old-ferry": Episode(2, 1, title, at=MOMENT)}, TODAY))
    )
