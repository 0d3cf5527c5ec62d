"""The calendar as other programs read it: RFC 5545, written and read by `icalendar`."""

from __future__ import annotations

import re
import uuid
from collections.abc import Iterable, Iterator, Mapping
from datetime import UTC, date, datetime, time, timedelta
from typing import Final, NamedTuple
from urllib.parse import quote

import icalendar

from tracker.reports.calendar_events import CalendarEvent

_NAMESPACE: Final = uuid.uuid5(uuid.NAMESPACE_URL, "tag:release-tracker,2026:events")
_PRODUCT_ID: Final = "-//release-tracker//release-tracker//EN"
_STAMP_PROPERTIES: Final = frozenset({"DTSTAMP", "LAST-MODIFIED", "SEQUENCE"})
"""They only say that an entry changed, and when."""
_SIGNIFICANT_PROPERTIES: Final = ("DTSTART", "DTEND", "DURATION", "STATUS")
"""They change with a higher SEQUENCE only: RFC 5546, section 2.1.4."""
_MAX_SEQUENCE: Final = 2**31 - 1
"""The highest SEQUENCE: an INTEGER of RFC 5545, section 3.3.8."""
_REFRESH_INTERVAL: Final = timedelta(hours=12)
"""How often subscribers may ask for the file again."""
_ALARM_PROPERTY: Final = "X-RELEASE-ALARM"
"""What an alarm is called where it is compared; not in the file."""
_ALARM_TIME: Final = timedelta(hours=9)
"""When an alarm goes off, after midnight."""
_SHOW_PROPERTY: Final = "X-RELEASE-SHOW"
"""Marks the entries of this program."""
_REMOVED_PROPERTY: Final = "X-RELEASE-GONE"
"""A removed entry: UID, SEQUENCE and stamp, from which it goes on if it comes back."""
_STAMP_FORMAT: Final = "%Y%m%dT%H%M%SZ"


class NotACalendarError(ValueError):
    """The bytes are no calendar, or not one of this program."""


class WrittenEntry(NamedTuple):
    """An entry as it was written last."""

    sequence: int
    stamp: datetime
    """When it was changed last, in UTC."""
    properties: dict[str, str]
    """Its lines by property, without `_STAMP_PROPERTIES`; empty for a removed entry."""


class _Text(icalendar.vText):
    """A text that is escaped as RFC 5545, section 3.3.11, says; the library takes a backslash with N for a break."""

    def to_ical(self) -> bytes:
        text = str(self).replace("\\", "\\\\").replace(";", "\\;").replace(",", "\\,")
        return text.replace("\r\n", "\\n").replace("\n", "\\n").encode()


def event_uid(key: str) -> str:
    """Return the UID of an event: a name-based UUID (RFC 9562, section 5.5) of what never changes.

    It says nothing of the machine or its owner, as RFC 7986, section 5.3, asks.
    """
    return str(uuid.uuid5(_NAMESPACE, key))


def parse_entries(data: bytes) -> dict[str, WrittenEntry]:
    """Return the entries of a calendar of this program by their UIDs, removed ones included.

    Raises:
        NotACalendarError: It is no calendar, is cut off, or has lines of another program.
    """
    try:
        lines = _unfold(data.removeprefix(b"\xef\xbb\xbf").decode())
    except UnicodeDecodeError:
        raise NotACalendarError from None
    if lines[:1] != ["BEGIN:VCALENDAR"] or lines[-1:] != ["END:VCALENDAR"]:
        raise NotACalendarError
    if [line for line in lines if line.upper().startswith("PRODID")] != [f"PRODID:{_PRODUCT_ID}"]:
        raise NotACalendarError
    entries: dict[str, WrittenEntry] = {}
    entry: dict[str, str] | None = None
    for line in _join_alarms(lines[1:-1]):
        name = line.partition(":")[0].partition(";")[0].upper()
        value = line.partition(":")[2]
        if line == "BEGIN:VEVENT":
            entry = {}
        elif line == "END:VEVENT":
            if entry is None or _SHOW_PROPERTY not in entry:
                raise NotACalendarError
            entries[_value(entry, "UID")] = _parse_entry(entry)
            entry = None
        elif name in ("BEGIN", "END"):
            raise NotACalendarError
        elif entry is not None:
            if name in entry:
                # Nothing that is written here comes twice.
                raise NotACalendarError
            entry[name] = line
        elif name == _REMOVED_PROPERTY:
            uid, sequence, stamp = (*value.split(" "), "", "")[:3]
            entries.setdefault(uid, WrittenEntry(_parse_sequence(sequence), _parse_stamp(stamp), {}))
    return entries


def write_calendar(
    events: Iterable[CalendarEvent], now: datetime, before: Mapping[str, WrittenEntry] | None = None
) -> bytes:
    """Return the calendar of these events, with CRLF and lines of at most 75 octets.

    Args:
        events: The events, in their order.
        now: The moment, in UTC.
        before: What the file has now: what moved since gets a higher SEQUENCE than there, what did not change
            keeps its stamps, so that the same list makes the same bytes.
    """
    before = before or {}
    calendar = icalendar.Calendar()
    calendar.add("prodid", _PRODUCT_ID)
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    calendar.add("name", "Releases")
    calendar.add("x-wr-calname", "Releases")
    calendar.add("refresh-interval", _REFRESH_INTERVAL, parameters={"VALUE": "DURATION"})
    calendar.add("x-published-ttl", "PT12H")
    there = []
    for event in events:
        there.append(event_uid(event.key))
        calendar.add_component(_make_component(event, now, before.get(there[-1])))
    for uid in sorted(set(before) - set(there)):
        calendar.add(_REMOVED_PROPERTY, f"{uid} {before[uid].sequence} {before[uid].stamp.strftime(_STAMP_FORMAT)}")
    return bytes(calendar.to_ical())


def _make_component(event: CalendarEvent, now: datetime, written: WrittenEntry | None) -> icalendar.Event:
    entry = icalendar.Event()
    entry.add("uid", event_uid(event.key))
    entry.add("summary", _Text(event.summary))
    if event.at is not None:
        entry.add("dtstart", event.at.astimezone(UTC))
    else:
        entry.add("dtstart", event.first)
        _add_end(entry, event.first, event.last)
    entry.add("status", event.certainty.value)
    # Nobody is busy while a show may come out.
    entry.add("transp", "TRANSPARENT")
    if event.description:
        entry.add("description", _Text(event.description))
    if event.categories:
        categories = icalendar.vCategory(list(event.categories))
        categories.cats = [_Text(name) for name in event.categories]
        entry.add("categories", categories)
    if event.url:
        entry.add("url", quote(event.url, safe="%/:?#[]@!$&'()*+,;=~"))
    if event.edtf:
        entry.add("x-release-window", event.edtf)
    entry.add(_SHOW_PROPERTY, _Text(event.show_id))
    for days in event.alarms:
        entry.add_component(_make_alarm(event, days))
    _add_stamps(entry, event, now.replace(microsecond=0), written)
    return entry


def _make_alarm(event: CalendarEvent, days: int) -> icalendar.Alarm:
    """Return an alarm so many days before an event of whole days (RFC 5545, section 3.6.6), in the morning."""
    alarm = icalendar.Alarm()
    alarm.add("action", "DISPLAY")
    # Relative to the start, which is midnight of the day wherever the calendar is read.
    alarm.add("trigger", timedelta(days=-days) + _ALARM_TIME)
    alarm.add("description", _Text(event.summary))
    return alarm


def _add_end(entry: icalendar.Event, first: date, last: date) -> None:
    # DTEND is the first day that no longer belongs to it, which the calendar does not have after 9999.
    if last < date.max:
        entry.add("dtend", last + timedelta(days=1))
    else:
        entry.add("duration", timedelta(days=(last - first).days + 1))


def _add_stamps(entry: icalendar.Event, event: CalendarEvent, now: datetime, written: WrittenEntry | None) -> None:
    """Add SEQUENCE, DTSTAMP and LAST-MODIFIED; none is lower than in the entry written before."""
    sequence, stamp = event.revision, now
    if event.revised is not None:
        stamp = min(stamp, datetime.combine(event.revised, time(), UTC))
    if written is not None:
        text = _read_properties(_join_alarms(_unfold(entry.to_ical().decode())))
        has_moved = any(text.get(name) != written.properties.get(name) for name in _SIGNIFICANT_PROPERTIES)
        sequence = max(sequence, written.sequence + has_moved)
        if text == written.properties and sequence == written.sequence:
            stamp = written.stamp
        elif stamp <= written.stamp:
            stamp = max(now, written.stamp)
    entry.add("sequence", min(sequence, _MAX_SEQUENCE))
    entry.add("dtstamp", stamp)
    entry.add("last-modified", stamp)


def _unfold(text: str) -> list[str]:
    """Return the content lines of a calendar: RFC 5545, section 3.1."""
    return [line for line in re.sub(r"\r?\n[ \t]", "", text).replace("\r\n", "\n").split("\n") if line]


def _join_alarms(lines: Iterable[str]) -> Iterator[str]:
    """Yield the lines of a calendar, with each alarm as one line that has a name of its own.

    Raises:
        NotACalendarError: An alarm is cut off, or has lines of another program.
    """
    alarm: list[str] | None = None
    number = 0
    for line in lines:
        if line == "BEGIN:VALARM" and alarm is None:
            alarm, number = [], number + 1
        elif line == "END:VALARM" and alarm is not None:
            if sorted(re.split("[:;]", part, maxsplit=1)[0] for part in alarm) != ["ACTION", "DESCRIPTION", "TRIGGER"]:
                raise NotACalendarError
            yield f"{_ALARM_PROPERTY}-{number}:{' '.join(alarm)}"
            alarm = None
        elif alarm is not None:
            alarm.append(line)
        else:
            number = 0 if line == "BEGIN:VEVENT" else number
            yield line
    if alarm is not None:
        raise NotACalendarError


def _read_properties(lines: Iterable[str]) -> dict[str, str]:
    named = ((re.split("[:;]", line, maxsplit=1)[0].upper(), line) for line in lines)
    return {name: line for name, line in named if name not in _STAMP_PROPERTIES and name not in ("BEGIN", "END")}


def _parse_entry(entry: Mapping[str, str]) -> WrittenEntry:
    stamp = _parse_stamp(_value(entry, "DTSTAMP"))
    return WrittenEntry(_parse_sequence(_value(entry, "SEQUENCE")), stamp, _read_properties(entry.values()))


def _value(entry: Mapping[str, str], name: str) -> str:
    return entry.get(name, "").partition(":")[2]


def _parse_sequence(text: str) -> int:
    if not re.fullmatch(r"-?[0-9]{1,20}|", text):
        raise NotACalendarError
    return max(0, min(int(text or 0), _MAX_SEQUENCE))


def _parse_stamp(text: str) -> datetime:
    try:
        return datetime.strptime(text, _STAMP_FORMAT).replace(tzinfo=UTC)
    except ValueError:
        raise NotACalendarError from None
