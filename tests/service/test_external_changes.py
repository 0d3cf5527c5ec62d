from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from datetime import UTC, date, datetime
from itertools import count, pairwise
from threading import Event, Thread

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tracker.errors import Conflict
from tracker.model.history import Claim
from tracker.model.news import NewsItem
from tracker.model.show import Show
from tracker.model.status import Status
from tracker.model.window_parser import parse_window
from tracker.service import Tracker
from tracker.service.external_changes import ExternalChanges, find_external_changes
from tracker.store.snapshot import Snapshot, read_snapshot

NOW = datetime(2026, 11, 23, 12, tzinfo=UTC)
FERRY = """\
[[show]]
title = "Old Ferry"  # mine
status = "filming"
networks = ["Lumen"]

[[show.history]]
on = 2026-01-05
status = "filming"
source = "The Harbour Post"

"""
TRAM = '[[show]]\ntitle = "Last Tram"\n'
LIST = f"format = 1\n\n{FERRY}{TRAM}"
SNOW = '\n[[show]]\ntitle = "Snow Line"\n'

Make = Callable[..., Tracker]


def found(before: str, now: str) -> list[tuple[str, str, str]]:
    """Return grade, show and text of what differs between two states of a file."""
    items = find_external_changes(before.encode(), read_snapshot(now), NOW)
    assert all((item.at, item.source, item.is_seen, item.match_offer) == (NOW, "file", False, "") for item in items)
    return [(item.grade, item.show_id, item.text) for item in items]


@pytest.mark.parametrize(
    ("old", "new", "grade", "text"),
    [
        ('"filming"\nnetworks', '"cancelled"\nnetworks', "loud", "filming → cancelled"),
        ("networks", "release = 2026-12-04\nnetworks", "loud", "4 Dec 2026 (was no date)"),
        ('["Lumen"]', '["Kestrel"]', "normal", "new networks"),
        ("networks", 'synopsis = "A ferry."\ntitles = 1\nnetworks', "normal", "new synopsis"),
        ("networks", "rating = 8\nnetworks", "quiet", "rated 8"),
        ("networks", 'tags = ["soon"]\nwatch = "planned"\nnetworks', "quiet", "new tags; planned"),
        ("networks", "rating = 8\nmine = 1\ncountries = ['KR']\nnetworks", "normal", "new countries; rated 8"),
        ("[[show.history]]", '[[show.history]]\nnote = "seen"\n[[show.history]]', "quiet", "history changed"),
    ],
)
def test_changed_field(old: str, new: str, grade: str, text: str) -> None:
    [(found_grade, show_id, found_text)] = found(LIST, LIST.replace(old, new, 1))
    assert (found_grade, show_id) == (grade, "old-ferry")
    assert set(found_text.split("; ")) == set(text.split("; "))


@pytest.mark.parametrize(
    "now",
    [
        LIST,
        LIST.replace('status = "filming"\nnetworks', "status   =   'in production'\nnetworks"),
        LIST.replace("networks", "colour = 'red'\nnetworks"),
        LIST.replace("\n", "\r\n"),
        "\ufeff# a comment\n" + LIST,
        f"format = 1\n\n{TRAM}\n{FERRY}",
    ],
)
def test_same_in_other_words(now: str) -> None:
    assert found(LIST, now) == []


def test_added_and_removed_shows() -> None:
    assert found(LIST, LIST + SNOW) == [("normal", "snow-line", "added")]
    assert found(LIST, LIST.replace(TRAM, "")) == [("normal", "last-tram", "removed")]
    assert found("", LIST) == [("normal", "old-ferry", "added"), ("normal", "last-tram", "added")]


def test_damaged_entry_is_not_removed() -> None:
    changes = found(LIST, LIST.replace('status = "filming"\nnetworks', 'status = "sideways"\nnetworks'))
    assert "removed" not in [text for _, _, text in changes]


@pytest.fixture
def tracker(make_tracker: Make) -> Tracker:
    return begin(make_tracker(LIST))


def begin(tracker: Tracker) -> Tracker:
    tracker.watchlist.open()
    assert check(tracker) == []
    return tracker


def write(tracker: Tracker, old: str, new: str) -> None:
    """Edit the file as another machine does."""
    text = tracker.path.read_text(encoding="utf-8")
    assert old in text
    tracker.path.write_text(text.replace(old, new, 1), encoding="utf-8")
    tracker.watchlist.open()


def check(tracker: Tracker) -> list[tuple[str, str, str]]:
    return [(item.grade, item.show_id, item.text) for item in tracker.external_changes.check()]


CLAIM = Claim(date(2026, 11, 1), release=parse_window("2027"), source="tvmaze")
OWN: dict[str, Callable[[Tracker], object]] = {
    "status": lambda tracker: tracker.edits.record({"old-ferry": Claim(status=Status.SCHEDULED)}),
    "field": lambda tracker: tracker.edits.set_fields({"old-ferry": {"rating": 8}}),
    "last field": lambda tracker: tracker.edits.set_fields({"last-tram": {"rating": 8}}),
    "title": lambda tracker: tracker.edits.set_fields({"last-tram": {"title": "The Last Tram"}}),
    "add": lambda tracker: tracker.edits.add(Show("", "Snow Line")),
    "remove": lambda tracker: tracker.edits.remove(["last-tram"]),
    "source": lambda tracker: tracker.edits.apply_fields("old-ferry", {"synopsis": "A ferry."}, (CLAIM,), "x"),
}


@pytest.mark.parametrize("edit", OWN.values(), ids=OWN)
def test_own_edits_are_no_news(tracker: Tracker, edit: Callable[[Tracker], object]) -> None:
    edit(tracker)
    tracker.edits.add(Show("", "Night Bus"))
    assert check(tracker) == []
    tracker.edits.undo()
    tracker.edits.undo()
    assert check(tracker) == []
    tracker.edits.redo()
    assert check(tracker) == []
    tracker.backups.restore(len(tracker.backups.list_all()))
    assert check(tracker) == []


_lists = count()
steps = st.sampled_from(["status", "field", "source", "check"])


@settings(max_examples=15)
@given(st.lists(steps, max_size=5), st.lists(st.sampled_from(["undo", "check"]), max_size=4))
def test_any_own_edits_are_no_news(make_tracker: Make, forth: list[str], back: list[str]) -> None:
    tracker = begin(make_tracker(LIST, f"list-{next(_lists)}.toml"))
    done = 0
    for step in [*forth, *back, "check"]:
        if step == "check":
            assert check(tracker) == []
        elif step != "undo":
            before = tracker.path.read_bytes()
            OWN[step](tracker)
            done += tracker.path.read_bytes() != before
        elif done:
            tracker.edits.undo()
            done -= 1


def test_own_and_external_edits(tracker: Tracker) -> None:
    tracker.edits.record({"old-ferry": Claim(status=Status.SCHEDULED)})
    before = tracker.path.read_bytes()
    write(tracker, "# mine\n", '# mine\nnotes = "x"\n')
    tracker.edits.set_fields({"last-tram": {"rating": 5}})
    assert check(tracker) == []
    [item] = tracker.inbox.items()
    assert (item.show_id, item.text) == ("old-ferry", "new notes")
    tracker.inbox.undo(item)
    tracker.edits.set_fields({"last-tram": {"rating": None}})
    assert tracker.path.read_bytes() == before


def test_status_that_was_recorded_here(tracker: Tracker) -> None:
    write(tracker, 'status = "filming"\nnetworks', 'status = "cancelled"\nnetworks')
    tracker.watchlist.open()
    tracker.edits.note()
    assert check(tracker) == []
    [item] = tracker.inbox.items()
    assert (item.grade, item.show_id, item.text) == ("loud", "old-ferry", "filming → cancelled")
    with pytest.raises(Conflict, match="part of the history now"):
        tracker.inbox.undo(item)
    tracker.edits.undo()
    tracker.inbox.undo(item)
    assert tracker.path.read_text(encoding="utf-8") == LIST


def test_undo_of_a_status_that_was_not_recorded(tracker: Tracker) -> None:
    write(tracker, 'status = "filming"\nnetworks', 'status = "cancelled"\nnetworks')
    [item] = tracker.external_changes.check()
    tracker.inbox.undo(item)
    assert tracker.watchlist.current.get("old-ferry").status is Status.FILMING


def test_changes_that_go_on_are_one(tracker: Tracker) -> None:
    """An editor that saves at each pause leaves one change, not one for each date on the way."""
    releases = ["2027", "2027-05", "2027-05-14"]
    write(tracker, "networks", 'release = "2026"\nnetworks')
    check(tracker)
    for old, new in pairwise(["2026", *releases]):
        write(tracker, f'release = "{old}"\nnetworks', f'release = "{new}"\nnetworks')
        check(tracker)
    [item] = tracker.inbox.unread()
    assert (item.text, item.grade) == ("14 May 2027 (was no date)", "loud")
    write(tracker, 'release = "2027-05-14"\nnetworks', "networks")
    assert check(tracker) == []
    assert tracker.inbox.items() == ()


def test_read_change_is_not_joined(tracker: Tracker) -> None:
    write(tracker, TRAM, TRAM + "rating = 3\n")
    check(tracker)
    tracker.inbox.mark_read()
    write(tracker, "rating = 3", "rating = 4")
    assert check(tracker) == [("quiet", "last-tram", "rated 4")]
    assert len(tracker.inbox.items()) == 2


def test_added_show_that_is_edited_is_added(tracker: Tracker) -> None:
    write(tracker, TRAM, TRAM + '\n[[show]]\ntitle = "Snow Line"\n')
    check(tracker)
    write(tracker, '"Snow Line"\n', '"Snow Line"\nstatus = "filming"\n')
    check(tracker)
    [item] = tracker.inbox.unread()
    assert (item.text, item.before, item.after) == ("added", "", '[[show]]\ntitle = "Snow Line"\nstatus = "filming"\n')


def test_items_are_kept(tracker: Tracker) -> None:
    write(tracker, "networks", "release = 2026-12-04\nnetworks")
    write(tracker, TRAM, TRAM + "rating = 3\n")
    assert [grade for grade, _, _ in check(tracker)] == ["loud", "quiet"]
    assert check(tracker) == []
    assert tracker.inbox.count() == 1
    assert [item.show_id for item in tracker.inbox.unread()] == ["old-ferry", "last-tram"]


def test_mark_seen(tracker: Tracker) -> None:
    write(tracker, "networks", "release = 2026-12-04\nnetworks")
    tracker.external_changes.mark_seen()
    assert check(tracker) == []


def test_past_leaves_no_trace(make_tracker: Make, tracker: Tracker) -> None:
    write(tracker, "networks", "release = 2026-12-04\nnetworks")
    past = make_tracker(tracker.path.read_text(encoding="utf-8"), as_of=date(2026, 2, 1))
    past.watchlist.open()
    assert check(past) == []
    past.external_changes.mark_seen()
    assert len(check(tracker)) == 1


def undo_all(tracker: Tracker) -> Iterator[NewsItem]:
    for item in tracker.external_changes.check():
        assert item.can_be_undone
        tracker.inbox.undo(next(kept for kept in tracker.inbox.items() if kept.text == item.text))
        yield item


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("networks", 'synopsis = "A ferry."\nnetworks'),
        ('networks = ["Lumen"]\n', ""),
        ("# mine", "# theirs\nrating = 1"),
        (TRAM, ""),
        (FERRY, ""),
        (TRAM, TRAM + SNOW),
    ],
)
def test_undo(tracker: Tracker, old: str, new: str) -> None:
    write(tracker, old, new)
    assert len(list(undo_all(tracker))) == 1
    assert tracker.path.read_text(encoding="utf-8").rstrip() == LIST.rstrip()
    assert tracker.inbox.count() == 0
    assert check(tracker) == []


def test_undo_keeps_what_was_written_since(tracker: Tracker) -> None:
    write(tracker, "networks", 'synopsis = "A ferry."\nnetworks')
    [item] = tracker.external_changes.check()
    tracker.edits.set_fields({"old-ferry": {"rating": 8}})
    tracker.inbox.undo(item)
    show = tracker.watchlist.current.get("old-ferry")
    assert (show.synopsis, show.rating) == ("", 8)
    tracker.edits.set_fields({"old-ferry": {"synopsis": "Mine."}})
    with pytest.raises(Conflict):
        tracker.inbox.undo(item._replace(before=item.after, after=item.before))
    assert tracker.watchlist.current.get("old-ferry").synopsis == "Mine."


def test_check_of_a_lost_file(tracker: Tracker) -> None:
    tracker.path.unlink()
    assert check(tracker) == []


def test_edit_of_another_process_is_noted_before_it_is_looked_at(
    make_tracker: Make, monkeypatch: pytest.MonkeyPatch
) -> None:
    # The other process has written the file, and holds the lock until it has noted that the edit was its own.
    app = make_tracker(LIST)
    app.external_changes.check()
    shell = Tracker(app.paths, now=app.now)
    shell.watchlist.open()
    note, hold, is_there = ExternalChanges.after_edit, app._writer.hold, Event()

    def wait_for_lock() -> AbstractContextManager[None]:
        is_there.set()
        return hold()

    def look() -> None:
        app.external_changes.check()
        is_there.set()

    def look_and_note(self: ExternalChanges, before: Snapshot, after: Snapshot) -> None:
        looking.start()
        assert is_there.wait(30)
        note(self, before, after)

    looking = Thread(target=look)
    monkeypatch.setattr(app._writer, "hold", wait_for_lock)
    monkeypatch.setattr(ExternalChanges, "after_edit", look_and_note)
    shell.edits.set_fields({"old-ferry": {"rating": 3}})
    looking.join()
    assert app.inbox.items() == ()
