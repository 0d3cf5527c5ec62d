"""Reminders on real files: told once, by whichever process comes first."""

from __future__ import annotations

import json
import sqlite3
from datetime import datetime
from pathlib import Path

import pytest

from tests.service.conftest import Program, entry
from tests.service.test_notify import KEEP, command
from tracker.errors import TrackerError
from tracker.paths import Paths
from tracker.service.notify import run_notify_command
from tracker.store.app_state import reminder_db_path

RULES = 'remind = ["7d", "1d", "0d", "overdue"]\n'
TOMORROW = "comes out tomorrow, Tue 24 Nov 2026"
FERRY = entry("Old Ferry", 'status = "scheduled"', "release = 2026-11-24")


@pytest.fixture
def program(tmp_path: Path) -> Program:
    program = Program(tmp_path / "list.toml")
    program.write(FERRY)
    configure(program)
    return program


def configure(program: Program, text: str = RULES) -> None:
    Paths(program.path).settings.write_text(text, encoding="utf-8")


def tell(program: Program) -> list[str]:
    """Tell what is due in a run of the program of its own."""
    return [reminder.text for reminder in program.tracker().reminders.tell()]


def database_path(program: Program) -> Path:
    return reminder_db_path(Paths(program.path).state, program.path)


def test_each_is_told_once_and_is_in_the_news(program: Program) -> None:
    before = program.text
    assert tell(program) == [TOMORROW]
    assert tell(program) == []
    assert program.inbox() == [("normal", "old-ferry", "reminder")]
    program.now = datetime(2026, 11, 24, 8)  # noqa: DTZ001 - the program's clock is local time
    assert tell(program) == ["comes out today, Tue 24 Nov 2026"]
    # The one of yesterday is no news any more.
    assert [item.text for item in program.tracker().inbox.unread()] == ["comes out today, Tue 24 Nov 2026"]
    assert len(program.inbox()) == 2
    assert program.text == before


def test_preview_keeps_nothing(program: Program) -> None:
    for _ in range(2):
        assert [reminder.text for reminder in program.tracker().reminders.preview()] == [TOMORROW]
    assert not database_path(program).exists()
    assert program.inbox() == []
    assert tell(program) == [TOMORROW]
    assert program.tracker().reminders.preview() == ()


@pytest.mark.parametrize("settings", ["", "remind = []\n", "[remind_tags]\nx = []\n"])
def test_nothing_is_kept_where_nothing_is_set(program: Program, settings: str) -> None:
    configure(program, settings)
    assert tell(program) == []
    assert not database_path(program).exists()


def test_the_past_is_not_told(program: Program) -> None:
    past = program.tracker(as_of=datetime(2026, 11, 23).date())  # noqa: DTZ001
    assert past.reminders.tell() == past.reminders.preview() == ()
    assert not database_path(program).exists()


def test_rules_by_tag_and_by_show(program: Program) -> None:
    configure(program, '[remind_tags]\npier = ["1d"]\n')
    program.write(
        entry("Old Ferry", "release = 2026-11-24"), entry("Last Tram", 'tags = ["pier"]', "release = 2026-11-24"),
        entry("Night Bus", 'remind = ["1d"]', "release = 2026-11-24"),
        entry("Day Bus", 'tags = ["Pier"]', "remind = []", "release = 2026-11-24"),
    )  # fmt: skip
    assert [reminder.show.id for reminder in program.tracker().reminders.tell()] == ["last-tram", "night-bus"]


def test_edit_that_changes_nothing_and_slip(program: Program) -> None:
    assert tell(program) == [TOMORROW]
    program.edit("release = 2026-11-24", 'release = "24 Nov 2026"')
    assert tell(program) == []
    program.edit('release = "24 Nov 2026"', 'release = "2026-11-30"')
    assert tell(program) == ["comes out in 7 days, on Mon 30 Nov 2026"]
    program.edit('release = "2026-11-30"', "release = 2026-11-24")
    assert tell(program) == []


def test_two_open_trackers(program: Program) -> None:
    trackers = [program.tracker(), program.tracker()]
    assert [len(tracker.reminders.tell()) for tracker in trackers] == [1, 0]


@pytest.mark.parametrize("damage", [b"no database", b"SQLite format 3\0" + bytes(200)])
def test_damaged_database_is_begun_anew(program: Program, damage: bytes) -> None:
    database_path(program).parent.mkdir(parents=True)
    database_path(program).write_bytes(damage)
    assert [reminder.text for reminder in program.tracker().reminders.preview()] == [TOMORROW]
    assert tell(program) == [TOMORROW]
    assert tell(program) == []


def test_damaged_row_costs_no_other(program: Program) -> None:
    program.write(FERRY, entry("Last Tram", "release = 2026-11-24"))
    assert len(tell(program)) == 2
    with sqlite3.connect(database_path(program)) as database:
        database.execute("UPDATE told SET last = 'x' WHERE show = 'last-tram'")
    assert [reminder.show.id for reminder in program.tracker().reminders.tell()] == ["last-tram"]


def test_what_cannot_be_kept_is_not_told(program: Program) -> None:
    folder = database_path(program).parent
    folder.parent.mkdir(parents=True, exist_ok=True)
    folder.write_text("in the way", encoding="utf-8")
    with pytest.raises(TrackerError, match="what you were reminded of"):
        tell(program)
    folder.unlink()
    assert tell(program) == [TOMORROW]


def test_news_that_cannot_be_kept_leaves_it_due(program: Program, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object) -> None:
        raise TrackerError("The disk is full.")

    with monkeypatch.context() as patch:
        patch.setattr("tracker.store.source_db.SourceDatabase.add_news", refuse)
        with pytest.raises(TrackerError, match="full"):
            tell(program)
    assert tell(program) == [TOMORROW]


def test_notify_command_gets_both(program: Program, tmp_path: Path) -> None:
    kept = tmp_path / "kept"
    configure(program, f"{RULES}notify = {json.dumps(command(KEEP, kept))}\n")
    tracker = program.tracker()
    due = [reminder.as_json(tracker.watchlist.moment) for reminder in tracker.reminders.tell()]
    assert run_notify_command(tracker.settings.notify, (), due) == ""
    assert run_notify_command(tracker.settings.notify, (), ()) == ""
    [line] = kept.read_bytes().splitlines()
    given = json.loads(line)
    assert given["news"] == []
    assert [(one["title"], one["text"], one["rule"]) for one in given["reminders"]] == [("Old Ferry", TOMORROW, "1d")]
