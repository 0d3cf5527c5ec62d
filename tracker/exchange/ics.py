"""The calendar as other programs read it: RFC 5545, written and read by `icalendar`."""

from __future__ import annotations

import uuid
from collections.abc import Iterable
from datetime import UTC, date, datetime, time, timedelta
from typing import Final, NamedTuple

import icalendar

from tracker.model.event import Event

_NAMESPACE: Final = uuid.uuid5(uuid.NAMESPACE_URL, "tag:release-tracker,2026:events")
_PRODUCT: Final = "-//release-tracker//release-tracker//EN"
_STAMPS: Final = frozenset({"DTSTAMP", "LAST-MODIFIED", "SEQUENCE"})
"""What tells only that an entry changed, and when."""
_FACE: Final = ("DTSTART", "DTEND", "DURATION", "STATUS")
"""What may not change without a higher SEQUENCE: RFC 5546, section 2.1.4."""
_AFRESH: Final = timedelta(hours=12)
"""How often a program that subscribes may ask for the file again."""


class NotACalendarError(ValueError):
    """The bytes are no calendar, or not one that was written here."""


class Former(NamedTuple):
    """An entry as it was written last."""

    sequence: int
    stamp: datetime
    """When it was changed last, in UTC."""
    text: dict[str, bytes]
    """Its properties by name, without those that only tell of changes."""


def uid_of(key: str) -> str:
    """Return the UID of an event: a name-based UUID, as RFC 7986, section 5.3, wants it, of what never changes."""
    return str(uuid.uuid5(_NAMESPACE, key))


def read(data: bytes) -> dict[str, Former]:
    """Return the entries of a calendar that was written here before, by their UIDs.

    Raises:
        NotACalendarError: It is no calendar, or another program's.
    """
    if not data.removeprefix(b"\xef\xbb\xbf").lstrip().upper().startswith(b"BEGIN:VCALENDAR"):
        raise NotACalendarError
    try:
        calendar = icalendar.Calendar.from_ical(data)
        if str(calendar.get("PRODID", "")) != _PRODUCT:
            raise NotACalendarError
        return {str(event["UID"]): _former(event) for event in calendar.events if "UID" in event}
    except (ValueError, KeyError, IndexError, TypeError, AttributeError) as error:
        raise NotACalendarError(str(error)) from error


def write(events: Iterable[Event], now: datetime, before: dict[str, Former] | None = None) -> bytes:
    """Return the calendar of these events, with CRLF and lines of at most 75 octets.

    Args:
        events: The events, in their order.
        now: The moment, in UTC.
        before: What the file has now: what moved since gets a higher SEQUENCE than there, what did not change
            keeps its stamps, so that the same list makes the same bytes.
    """
    calendar = icalendar.Calendar()
    calendar.add("prodid", _PRODUCT)
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    calendar.add("name", "Releases")
    calendar.add("x-wr-calname", "Releases")
    calendar.add("refresh-interval", _AFRESH, parameters={"VALUE": "DURATION"})
    calendar.add("x-published-ttl", "PT12H")
    for event in events:
        calendar.add_component(_component(event, now, before or {}))
    return bytes(calendar.to_ical())


def _component(event: Event, now: datetime, before: dict[str, Former]) -> icalendar.Event:
    entry = icalendar.Event()
    entry.add("uid", uid_of(event.key))
    entry.add("summary", event.summary)
    if event.at is not None:
        entry.add("dtstart", event.at.astimezone(UTC))
    else:
        entry.add("dtstart", event.first)
        _add_end(entry, event.first, event.last)
    entry.add("status", event.certainty.value)
    # Nobody is busy while a show may come out.
    entry.add("transp", "TRANSPARENT")
    if event.description:
        entry.add("description", event.description)
    if event.categories:
        entry.add("categories", list(event.categories))
    if event.url:
        entry.add("url", event.url)
    if event.code:
        entry.add("x-release-window", event.code)
    _stamp(entry, event, now, before.get(uid_of(event.key)))
    return entry


def _add_end(entry: icalendar.Event, first: date, last: date) -> None:
    # DTEND is the first day that no longer belongs to it, which the calendar does not have after 9999.
    if last < date.max:
        entry.add("dtend", last + timedelta(days=1))
    else:
        entry.add("duration", timedelta(days=(last - first).days + 1))


def _stamp(entry: icalendar.Event, event: Event, now: datetime, former: Former | None) -> None:
    """Add SEQUENCE, DTSTAMP and LAST-MODIFIED, none of which goes back behind what was written before."""
    sequence, stamp = event.revision, now.replace(microsecond=0)
    if event.revised is not None:
        stamp = min(stamp, datetime.combine(event.revised, time(), UTC))
    if former is not None:
        text = _text(entry)
        has_moved = any(text.get(name) != former.text.get(name) for name in _FACE)
        sequence = max(sequence, former.sequence + has_moved)
        if text == former.text and sequence == former.sequence:
            stamp = former.stamp
        elif stamp <= former.stamp:
            stamp = now.replace(microsecond=0)
    entry.add("sequence", sequence)
    entry.add("dtstamp", stamp)
    entry.add("last-modified", stamp)


def _text(entry: icalendar.Event) -> dict[str, bytes]:
    return {name: value.to_ical() for name, value in entry.items() if name not in _STAMPS}


def _former(entry: icalendar.Event) -> Former:
    stamp = entry.DTSTAMP or datetime.min.replace(tzinfo=UTC)
    return Former(int(str(entry.get("SEQUENCE", 0))), stamp, _text(entry))
