"""What the file's fate does to header and messages, without an app."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from types import SimpleNamespace

import pytest

from tests.tui.main.fake_host import FakeHost
from tracker.model.diff import WatchlistDiff
from tracker.service import file_monitor
from tracker.service.file_monitor import CopiesChanged, DayChanged, FileChanged, FileLost, LockChanged
from tracker.tui.main.edits import EditRunner
from tracker.tui.main.file_events import FileWatch

TODAY = date(2026, 11, 23)


class FakeFile:
    """Stands for a tracker whose file changes to `after` when a version of it is adopted."""

    def __init__(self, *events: file_monitor.FileEvent, after: object = None) -> None:
        self.events = list(events)
        self.looks = 0
        self.current = before = object()
        self.after = after or before
        self.as_of = None
        self.watchlist = self.backups = self.monitor = self

    def adopt(self, version: object) -> WatchlistDiff:
        del version
        self.current = self.after
        return WatchlistDiff()

    def back_up_replaced(self) -> None:
        self.looks += 1

    def poll_all(self, *, patient: bool = True) -> list[file_monitor.FileEvent]:
        del patient
        return self.events


def watch(host: FakeHost, file: FakeFile) -> FileWatch:
    return FileWatch(host, file, EditRunner(host, SimpleNamespace()), 0)  # type: ignore[arg-type]  # what is used


VERSION = FileChanged(None)  # type: ignore[arg-type]  # nobody looks into it


def test_events_are_posted_and_what_was_replaced_is_backed_up() -> None:
    host, file = FakeHost(), FakeFile(DayChanged(TODAY), LockChanged(is_writable=True))
    watch(host, file).poll_all()
    assert [message.event for message in host.posted if isinstance(message, FileWatch.Seen)] == file.events
    assert file.looks == 1


def test_a_lost_file_is_told_until_it_is_back() -> None:
    host, file = FakeHost(), FakeFile()
    files = watch(host, file)
    files.handle(FileLost("It is gone."))
    assert files.troubles == ["can't read the file"]
    assert host.messages[0].startswith("It is gone. You see the list as last read")
    files.handle(VERSION)
    assert files.troubles == []
    assert host.messages == ["the list is the same as before"]


def test_the_same_list_is_no_news() -> None:
    host = FakeHost()
    watch(host, FakeFile()).handle(VERSION)
    assert (host.messages, host.calls) == ([], ["same file"])


def test_another_list_is_shown() -> None:
    host = FakeHost()
    watch(host, FakeFile(after=object())).handle(VERSION)
    assert host.calls == ["other file"]


def test_another_day_is_shown() -> None:
    host = FakeHost()
    watch(host, FakeFile()).handle(DayChanged(TODAY))
    assert host.calls == ["show_watchlist", "update_details", "tell_reminders"]


@pytest.mark.parametrize(
    ("is_writable", "unsaved", "messages"),
    [(False, 1, []), (True, 0, []), (True, 2, ["The file can be written again. Press Ctrl+S to save 2 edits."])],
)
def test_a_lock_that_comes_or_goes(is_writable: bool, unsaved: int, messages: list[str]) -> None:
    host = FakeHost()
    edits = EditRunner(host, SimpleNamespace())  # type: ignore[arg-type]  # nothing of it is used
    edits.unsaved = [lambda: None] * unsaved  # type: ignore[list-item,return-value]  # nobody runs them
    files = FileWatch(host, FakeFile(), edits, 0)  # type: ignore[arg-type]  # what is used
    files.handle(LockChanged(is_writable))
    assert host.messages == messages
    assert files.troubles == ([f"{unsaved} edit{'s' if unsaved > 1 else ''} not saved (^s)"] if unsaved else [])


def test_a_new_copy_is_told_once() -> None:
    host = FakeHost()
    files = watch(host, FakeFile())
    copies = (Path("list.sync-conflict-1.toml"), Path("list.sync-conflict-2.toml"))
    files.handle(CopiesChanged(copies[:1]))
    assert host.messages == [f"{copies[0]}: two machines changed the file at once. Press M to merge."]
    assert files.troubles == ["1 conflicted copy (M)"]
    files.handle(CopiesChanged(()))
    assert (len(host.messages), files.troubles) == (1, [])
    files.handle(CopiesChanged(copies))
    assert files.troubles == ["2 conflicted copies (M)"]
