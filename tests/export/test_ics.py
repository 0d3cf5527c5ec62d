from __future__ import annotations

import os
import re
import uuid
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date, timedelta, timezone
from pathlib import Path
from typing import Final

import pytest
import vobject
from hypothesis import given
from hypothesis import strategies as st

from tests.export.helpers import EPISODE, FERRY, MOMENT, NOW, Entry, all_events, parse_lines
from tests.model.strategies import TODAY, claims, lines, names, said, wide_windows
from tracker.errors import ExportError
from tracker.export.ics import NotACalendarError, event_uid, parse_entries, write_calendar
from tracker.model.episode import Episode
from tracker.model.history import Claim
from tracker.model.show import Show
from tracker.model.status import Status
from tracker.reports.calendar_events import CalendarEvent, Certainty
from tracker.service.export import Export, export_ics


def only(data: bytes) -> Entry:
    [entry] = parse_lines(data)
    return entry


def head(data: bytes) -> list[str]:
    return data.decode().split("BEGIN:VEVENT")[0].split("\r\n")


# names of entries


def test_uid_never_changes() -> None:
    # Whoever has the calendar would get everything twice.
    assert event_uid("old-ferry") == "60ce79ac-154c-55de-85f5-0bf2154aa469"
    assert event_uid("soul-mate\n1.3") == str(
        uuid.uuid5(uuid.UUID("5be94c64-a484-5736-b859-18ce8db5ee7f"), "soul-mate\n1.3")
    )


@given(st.lists(st.text(), unique=True, max_size=5))
def test_uids_are_distinct_uuids(keys: list[str]) -> None:
    uids = [event_uid(key) for key in keys]
    assert len(set(uids)) == len(keys)
    assert [str(uuid.UUID(uid)) for uid in uids] == uids
    assert uids == [event_uid(key) for key in keys]


# bytes


@given(st.lists(all_events, max_size=3, unique_by=lambda event: event.key))
def test_lines_end_with_crlf_and_have_75_octets(found: list[CalendarEvent]) -> None:
    data = write_calendar(found, NOW)
    assert data.startswith(b"BEGIN:VCALENDAR\r\n")
    assert data.endswith(b"END:VCALENDAR\r\n")
    written = data.removesuffix(b"\r\n").split(b"\r\n")
    assert not any(b"\n" in line or b"\r" in line for line in written)
    assert max(map(len, written)) <= 75
    for line in written:
        # RFC 5545 allows to fold inside of a character; not every reader can put it together again.
        assert not re.search(r"[\x00-\x08\x0a-\x1f\x7f]", line.decode())
    assert len(parse_lines(data)) == len(found)


@pytest.mark.parametrize("char", ["a", "é", "한", "🎬"])
@pytest.mark.parametrize("before", range(5))
def test_lines_are_folded_between_characters(char: str, before: int) -> None:
    title = "x" * before + char * 100
    data = write_calendar([FERRY._replace(summary=title)], NOW)
    assert only(data)["SUMMARY"] == title
    folded = [line for line in data.decode().split("\r\n") if char * 10 in line]
    assert len(folded) > 1
    assert all(len(line.encode()) <= 75 for line in folded)


def test_text_is_escaped_and_urls_are_not() -> None:
    event = FERRY._replace(
        summary="a, b; c\\d: \"e\"", description="one\ntwo", categories=("a, b", "c;d"), url="https://example.org/a,b;c"
    )  # fmt: skip
    entry = only(write_calendar([event], NOW))
    assert entry["SUMMARY"] == 'a\\, b\\; c\\\\d: "e"'
    assert entry["DESCRIPTION"] == "one\\ntwo"
    assert entry["CATEGORIES"] == "a\\, b,c\\;d"
    assert entry["URL"] == "https://example.org/a,b;c"


def test_calendar_properties() -> None:
    first = head(write_calendar([FERRY], NOW))
    assert {"VERSION:2.0", "CALSCALE:GREGORIAN", "REFRESH-INTERVAL;VALUE=DURATION:PT12H"} <= set(first)
    assert sum(line.startswith("PRODID:-//") for line in first) == 1
    # A method would make every entry an invitation.
    assert not any(line.startswith("METHOD") for line in first)


def test_day_ends_on_the_next() -> None:
    data = write_calendar([FERRY._replace(first=date(2026, 12, 31), last=date(2026, 12, 31))], NOW)
    assert b"\r\nDTSTART;VALUE=DATE:20261231\r\n" in data
    assert b"\r\nDTEND;VALUE=DATE:20270101\r\n" in data
    assert b"\r\nDTEND;VALUE=DATE:20280101\r\n" in write_calendar([FERRY], NOW)


def test_last_day_of_the_calendar_has_a_duration() -> None:
    entry = only(write_calendar([FERRY._replace(first=date(9999, 12, 1), last=date.max)], NOW))
    assert (entry["DTSTART"], entry["DURATION"]) == ("99991201", "P31D")
    assert "DTEND" not in entry


def test_moment_is_utc() -> None:
    data = write_calendar([EPISODE._replace(at=MOMENT.astimezone(timezone(timedelta(hours=9))))], NOW)
    assert b"\r\nDTSTART:20261128T130000Z\r\n" in data
    assert "DTEND" not in only(data)


def test_unknown_properties_are_left_out() -> None:
    entry = only(write_calendar([FERRY._replace(description="", categories=(), url="", edtf="")], NOW))
    assert not {"DESCRIPTION", "CATEGORIES", "URL", "X-RELEASE-WINDOW"} & set(entry)


def test_window_is_written_as_edtf() -> None:
    assert (
        only(write_calendar([FERRY._replace(edtf="2026-07~/2026-09~")], NOW))["X-RELEASE-WINDOW"] == "2026-07~/2026-09~"
    )


# stamps


def test_stamps_of_a_new_entry() -> None:
    entry = only(write_calendar([FERRY], NOW))
    assert (entry["DTSTAMP"], entry["LAST-MODIFIED"], entry["SEQUENCE"]) == (
        "20260105T000000Z",
        "20260105T000000Z",
        "2",
    )


@pytest.mark.parametrize("revised", [None, date(2026, 4, 16), date(2030, 1, 1)])
def test_stamp_is_never_in_the_future(revised: date | None) -> None:
    entry = only(write_calendar([FERRY._replace(revised=revised)], NOW))
    assert (entry["DTSTAMP"], entry["LAST-MODIFIED"]) == ("20260415T123005Z", "20260415T123005Z")


@given(st.lists(all_events, max_size=3, unique_by=lambda event: event.key), st.integers(0, 10**7))
def test_same_events_make_the_same_bytes(found: list[CalendarEvent], seconds: int) -> None:
    data = write_calendar(found, NOW)
    assert write_calendar(found, NOW + timedelta(seconds=seconds), parse_entries(data)) == data


@pytest.mark.parametrize(
    "change",
    [
        {"first": date(2027, 1, 2)}, {"last": date(2027, 12, 30)}, {"certainty": Certainty.CANCELLED}, {"at": MOMENT},
        {"first": date(9999, 1, 1), "last": date.max},
    ],
    ids=str,
)  # fmt: skip
def test_moved_entry_has_a_higher_sequence(change: Mapping[str, object]) -> None:
    moved = FERRY._replace(**change)  # type: ignore[arg-type]
    entry = only(write_calendar([moved], NOW, parse_entries(write_calendar([FERRY], NOW))))
    assert entry.sequence == 3
    assert entry["LAST-MODIFIED"] == entry["DTSTAMP"] == "20260415T123005Z"
    # And back again, which is another move.
    assert (
        only(
            write_calendar(
                [FERRY], NOW, parse_entries(write_calendar([moved], NOW, parse_entries(write_calendar([FERRY], NOW))))
            )
        ).sequence
        == 4
    )


@pytest.mark.parametrize(
    "change",
    [{"summary": "Old Ferry"}, {"description": ""}, {"url": ""}, {"categories": ("Lumen",)}, {"edtf": "2027~"}],
    ids=str,
)  # fmt: skip
def test_changed_text_keeps_the_sequence(change: Mapping[str, object]) -> None:
    entry = only(write_calendar([FERRY._replace(**change)], NOW, parse_entries(write_calendar([FERRY], NOW))))  # type: ignore[arg-type]
    assert (entry.sequence, entry["LAST-MODIFIED"]) == (2, "20260415T123005Z")


def test_sequence_never_falls() -> None:
    before = parse_entries(write_calendar([FERRY._replace(revision=7)], NOW))
    assert only(write_calendar([FERRY], NOW, before)).sequence == 7


# what a file may be


@pytest.mark.parametrize(
    "change",
    [
        lambda data: data,
        lambda data: data.replace(b"\r\n", b"\n"),
        lambda data: b"\xef\xbb\xbf" + data,
        lambda data: b"\r\n\r\n" + data,
    ],
    ids=["as written", "LF", "byte order mark", "empty lines"],
)
def test_own_calendar_is_read(change: Callable[[bytes], bytes]) -> None:
    data = write_calendar([FERRY, EPISODE], NOW)
    assert write_calendar([FERRY, EPISODE], NOW + timedelta(days=1), parse_entries(change(data))) == data


@pytest.mark.parametrize(
    "data",
    [
        b"", b"\n", b"format = 1\n", b"\x00" * 100, "BEGIN:VCALENDAR".encode("utf-16"),
        b"BEGIN:VCARD\r\nEND:VCARD\r\n",
        b"BEGIN:VCALENDAR", b"BEGIN:VCALENDAR\r\nEND:VCALENDAR\r\n",
        b"BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//Another//Program//EN\r\nEND:VCALENDAR\r\n",
        b"BEGIN:VCALENDAR\r\nVERSION:2.0\r\nX-PRODID:-//release-tracker//release-tracker//EN\r\nEND:VCALENDAR\r\n",
        b"BEGIN:VCALENDAR\r\nPRODID:-//release-tracker//release-tracker//EN (by another)\r\nEND:VCALENDAR\r\n",
    ],
)  # fmt: skip
def test_foreign_calendar_is_refused(data: bytes) -> None:
    with pytest.raises(NotACalendarError):
        parse_entries(data)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("SEQUENCE:2", "SEQUENCE:two"),
        ("SEQUENCE:2", "SEQUENCE:2\r\nSEQUENCE:3"),
        ("DTSTAMP:2026", "DTSTAMP:soon"),
        ("SUMMARY:", "UID:1\r\nSUMMARY:"),
        ("BEGIN:VEVENT", "END:VEVENT"),
        ("SUMMARY:", "CATEGORIES:a\r\nSUMMARY:"),
        ("END:VCALENDAR\r\n", ""),
        ("PRODID:", "PRODID:-//Another//Program//EN\r\nPRODID:"),
    ],
)
def test_foreign_lines_are_refused(old: str, new: str) -> None:
    data = write_calendar([FERRY], NOW).decode()
    assert old in data
    with pytest.raises(NotACalendarError):
        parse_entries(data.replace(old, new, 1).encode())


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("SEQUENCE:2\r\n", ""),
        ("SEQUENCE:2", "SEQUENCE:-2"),
        ("SUMMARY:Old", "SUMMARY:A"),
        ("UID:", "X-UID:"),
    ],
)
def test_changed_entry_is_mended(old: str, new: str) -> None:
    data = write_calendar([FERRY], NOW).decode()
    assert old in data
    mended = only(write_calendar([FERRY], NOW, parse_entries(data.replace(old, new, 1).encode())))
    assert mended.sequence >= 2
    for name in ("UID", "SUMMARY", "DTSTART", "DTEND", "STATUS"):
        assert mended[name] == only(data.encode())[name]


@given(st.data())
def test_damaged_calendar(data: st.DataObject) -> None:
    whole = write_calendar([FERRY, EPISODE], NOW)
    at = data.draw(st.integers(0, len(whole)))
    put = data.draw(
        st.binary(max_size=3) | st.sampled_from([b"\r\n", b"\r\nSEQUENCE:x", b"\r\nEND:VEVENT", b":", b";"])
    )
    damaged = whole[:at] + put + whole[data.draw(st.integers(at, min(len(whole), at + 40))) :]
    try:
        before = parse_entries(damaged)
    except NotACalendarError:
        return
    assert [entry["UID"] for entry in parse_lines(write_calendar([FERRY, EPISODE], NOW, before))] == [
        event_uid(FERRY.key), event_uid(EPISODE.key),
    ]  # fmt: skip


# through a file


def exported(path: Path, *shows: Show, later: timedelta = timedelta(0), **more: object) -> Export:
    return export_ics(shows, (NOW + later).date(), NOW + later, path, **more)  # type: ignore[arg-type]


def ferry(*told: Claim) -> Show:
    return Show("old-ferry", "Old Ferry").with_claims(*told)


TOLD: Final = (
    said("2025-06-01", "2026", status=Status.ANNOUNCED),
    said("2025-09-01", "2027-05-14", status=Status.SCHEDULED),
    said("2026-01-05", "2027-06-14"),
)


def test_same_list_is_not_written_again(tmp_path: Path) -> None:
    path = tmp_path / "shows.ics"
    first = exported(path, ferry(*TOLD), episodes={"old-ferry": Episode(1, 3, at=MOMENT)})
    assert (first.data, first.entries, first.is_new) == (path.read_bytes(), 2, True)
    state = path.stat()
    again = exported(
        path, ferry(*TOLD), later=timedelta(days=40), episodes={"old-ferry": Episode(1, 3, at=MOMENT)}
    )  # fmt: skip
    assert again == first._replace(is_new=False)
    assert (path.stat().st_mtime_ns, path.stat().st_ino) == (state.st_mtime_ns, state.st_ino)


def test_entry_that_comes_back(tmp_path: Path) -> None:
    path = tmp_path / "shows.ics"
    exported(path, ferry(*TOLD))
    before = only(path.read_bytes())
    exported(path, later=timedelta(days=1))
    assert parse_lines(path.read_bytes()) == []
    exported(path, ferry(*TOLD), later=timedelta(days=2))
    assert only(path.read_bytes()).sequence >= before.sequence


STATES: Final = st.lists(
    st.tuples(st.lists(claims, max_size=5), names, st.integers(1, 10**6)).map(
        lambda state: (ferry(said("2024-01-01", "2026"), *state[0])._replace(title=state[1]), state[2])
    ),
    min_size=2,
    max_size=5,
)
"""A show as it is at some times, each so many seconds after the last: claims come and go."""


@given(STATES)
def test_removed_entries_are_remembered(tmp_path: Path, states: Sequence[tuple[Show, int]]) -> None:
    path = tmp_path / "shows.ics"
    path.unlink(missing_ok=True)
    before, passed = None, 0
    for show, seconds in states:
        passed += seconds
        exported(path, show, later=timedelta(seconds=passed))
        found = parse_lines(path.read_bytes())
        # A date that was taken back for good is no entry any more.
        after = found[0] if found else None
        if before is not None and after is not None:
            assert after["UID"] == before["UID"]
            assert after.sequence >= before.sequence
            assert after["LAST-MODIFIED"] >= before["LAST-MODIFIED"]
            if after.significant != before.significant:
                assert after.sequence > before.sequence
            if after != before:
                assert after["LAST-MODIFIED"] > before["LAST-MODIFIED"]
        assert after is None or after["DTSTAMP"] == after["LAST-MODIFIED"]
        before = after


@pytest.mark.parametrize("content", [None, b"", b"\n"])
def test_missing_or_empty_file_is_written(tmp_path: Path, content: bytes | None) -> None:
    path = tmp_path / "shows.ics"
    if content is not None:
        path.write_bytes(content)
    assert exported(path, ferry(*TOLD)).is_new
    assert len(parse_lines(path.read_bytes())) == 1


def test_file_is_replaced_in_one_step(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "shows.ics"
    exported(path, ferry(*TOLD[:2]))
    old = path.read_bytes()
    seen = []
    replace = os.replace

    def looked_at(source: str, target: str) -> None:
        seen.append((path.read_bytes(), Path(source).read_bytes()))
        replace(source, target)

    monkeypatch.setattr(os, "replace", looked_at)
    with path.open("rb") as reader:
        new = exported(path, ferry(*TOLD)).data
        assert reader.read() == old
    assert seen == [(old, new)]
    assert path.read_bytes() == new


@pytest.mark.parametrize("call", ["write", "fsync", "replace"])
def test_failed_write_keeps_the_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, call: str) -> None:
    path = tmp_path / "shows.ics"
    exported(path, ferry(*TOLD[:2]))
    old = path.read_bytes()

    def refuse(*_: object, **__: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, call, refuse)
    with pytest.raises(ExportError, match=re.escape(str(path))):
        exported(path, ferry(*TOLD))
    monkeypatch.undo()
    assert path.read_bytes() == old
    assert list(tmp_path.iterdir()) == [path]


@given(st.lists(st.tuples(lines, wide_windows), max_size=4))
def test_events_of_dated_shows(told: Iterable[tuple[str, object]]) -> None:
    shows = [
        Show(f"show-{number}", title, release=window)  # type: ignore[arg-type]
        for number, (title, window) in enumerate(told)
    ]  # fmt: skip
    made = export_ics(shows, TODAY, NOW)
    dated = [show.id for show in shows if show.release is not None and not show.release.is_tba]
    assert [entry["UID"] for entry in parse_lines(made.data)] == [event_uid(one) for one in dated]
    assert made.entries == len(dated)


# alarms


def test_alarms_are_read_by_others() -> None:
    data = write_calendar([FERRY._replace(first=TODAY, last=TODAY, alarms=(7, 1, 0)), EPISODE], NOW)
    ferry, episode = vobject.readOne(data.decode()).vevent_list
    alarms = ferry.valarm_list
    assert [alarm.trigger.value for alarm in alarms] == [timedelta(days=-days, hours=9) for days in (7, 1, 0)]
    assert {(alarm.action.value, alarm.description.value) for alarm in alarms} == {("DISPLAY", FERRY.summary)}
    assert "valarm" not in episode.contents
    assert data.count(b"TRIGGER:-P6DT15H\r\n") == 1


@given(all_events, st.lists(st.integers(0, 366), max_size=3, unique=True).map(tuple))
def test_calendar_with_alarms_is_written_again_as_it_was(event: CalendarEvent, alarms: tuple[int, ...]) -> None:
    data = write_calendar([event._replace(alarms=alarms)], NOW)
    later = NOW + timedelta(days=1)
    assert write_calendar([event._replace(alarms=alarms)], later, parse_entries(data)) == data
    # Without alarms, or with others, the event is the same and has not moved.
    other = parse_entries(write_calendar([event._replace(alarms=(400,))], later, parse_entries(data)))
    assert [entry.sequence for entry in other.values()] == [entry.sequence for entry in parse_entries(data).values()]


@pytest.mark.parametrize(
    ("line", "other"),
    [
        ("ACTION:DISPLAY", "ACTION:DISPLAY\r\nACKNOWLEDGED:20260415T070000Z"), ("END:VALARM\r\n", ""),
        ("BEGIN:VALARM", "BEGIN:VTODO"), ("ACTION:DISPLAY\r\n", ""),
    ],
)  # fmt: skip
def test_alarms_of_another_program_are_not_overwritten(line: str, other: str) -> None:
    text = write_calendar([FERRY._replace(alarms=(1,))], NOW).decode()
    assert line in text
    with pytest.raises(NotACalendarError):
        parse_entries(text.replace(line, other).encode())
