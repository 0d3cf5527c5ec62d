from __future__ import annotations

import errno
import os
from collections.abc import Callable
from pathlib import Path

import pytest

from tracker.errors import BadValue, NothingToUndo, WatchlistUnwritable
from tracker.paths import Paths
from tracker.service import Tracker
from tracker.store import backups as module
from tracker.store.backups import MAX_BACKUPS, BackupFolder

Write = Callable[[str | bytes], Path]
Start = Callable[[Path], Tracker]

ONE = '[[show]]\ntitle = "Old Ferry"\n'


def texts(tracker: Tracker) -> list[str]:
    return [one.backup.path.read_text() for one in tracker.backups.list_all()]


def test_backup_of_each_edit(write: Write, start: Start) -> None:
    tracker = start(write(ONE))
    tracker.edits.set_fields({"old-ferry": {"rating": 1}})
    tracker.edits.set_fields({"old-ferry": {"rating": 2}})
    assert texts(tracker) == [ONE + "rating = 2\n", ONE + "rating = 1\n", ONE]
    assert [one.summary for one in tracker.backups.list_all()] == ["", "Old Ferry: rated 1", "Old Ferry: no rating"]
    assert [one.is_current for one in tracker.backups.list_all()] == [True, False, False]


def test_backup_of_an_external_change(write: Write, start: Start) -> None:
    path = write(ONE)
    start(path).edits.set_fields({"old-ferry": {"rating": 1}})
    path.write_text(ONE + "# hers\n")
    start(path).edits.set_fields({"old-ferry": {"rating": 2}})
    assert [text.count("# hers") for text in texts(start(path))] == [1, 1, 0, 0]


def test_backups_last_twenty(write: Write, start: Start) -> None:
    tracker = start(write(ONE))
    for rating in range(MAX_BACKUPS + 5):
        tracker.edits.set_fields({"old-ferry": {"rating": rating % 10, "notes": str(rating)}})
    found = tracker.backups.list_all()
    assert len(found) == MAX_BACKUPS
    assert [one.backup.number for one in found] == list(range(1, MAX_BACKUPS + 1))
    assert all(one.backup.path.stat().st_mode & 0o777 == 0o600 for one in found)
    assert found[0].backup.path.parent.stat().st_mode & 0o777 == 0o700


def test_backups_total_size(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "MAX_BYTES", 100)
    kept = BackupFolder(tmp_path / "versions", tmp_path / "list.toml")
    for number in range(4):
        kept.add_text(b"x" * 40, number)
    assert [version.size for version in kept.backups()] == [40, 40]
    kept.add_text(b"x" * 400, 9)
    assert [version.size for version in kept.backups()] == [400]


def test_backup_of_a_large_file(write: Write, start: Start, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tracker.store.writer.MAX_COPIED_BYTES", 10)
    tracker = start(write(ONE))
    tracker.edits.set_fields({"old-ferry": {"rating": 1}})
    tracker.edits.set_fields({"old-ferry": {"rating": 2}})
    assert texts(tracker) == [ONE + "rating = 1\n", ONE]


def test_restore_and_undo(write: Write, start: Start) -> None:
    text = "\ufeff# mine\r\n\r\n[[show]]\r\ntitle = 'Old Ferry'\t# x\r\n\n[own]\nx=1"
    path = write(text)
    tracker = start(path)
    tracker.edits.set_fields({"old-ferry": {"rating": 1}})
    tracker.edits.remove(["old-ferry"])
    removed = path.read_bytes()
    tracker.backups.restore(3)
    assert path.read_bytes() == text.encode()
    assert tracker.watchlist.current.get("old-ferry").rating is None
    tracker.edits.undo()
    assert path.read_bytes() == removed
    start(path).edits.redo()
    assert path.read_bytes() == text.encode()


def test_restore_same_text(write: Write, start: Start) -> None:
    tracker = start(write(ONE))
    tracker.edits.set_fields({"old-ferry": {"rating": 1}})
    tracker.backups.restore(1)
    tracker.edits.undo()
    with pytest.raises(NothingToUndo):
        tracker.edits.undo()


@pytest.mark.parametrize("harm", [b"\xff\xfe", b"x\x00", None])
def test_restore_over_an_unreadable_list(write: Write, start: Start, harm: bytes | None) -> None:
    path = write(ONE)
    start(path).edits.set_fields({"old-ferry": {"rating": 1}})
    path.unlink() if harm is None else path.write_bytes(harm)
    tracker = Tracker(Paths(path))
    assert tracker.backups.list_all()[0].summary
    outcome = tracker.backups.restore(1)
    assert not outcome.returns
    assert path.read_text() == ONE + "rating = 1\n"
    if harm is not None:
        assert harm in [one.backup.path.read_bytes() for one in tracker.backups.list_all()]


@pytest.mark.parametrize("number", [0, -1, 3, 99])
def test_restore_unknown_number(write: Write, start: Start, number: int) -> None:
    tracker = start(write(ONE))
    tracker.edits.set_fields({"old-ferry": {"rating": 1}})
    with pytest.raises(BadValue, match=f"There is no version {number}"):
        tracker.backups.restore(number)


def test_backups_after_a_clock_change(tmp_path: Path) -> None:
    kept = BackupFolder(tmp_path / "versions", tmp_path / "list.toml")
    for number, changed in enumerate((300, 200, 100)):
        kept.add_text(bytes([number]), changed * 10**9)
    assert [version.path.read_bytes() for version in kept.backups()] == [b"\x02", b"\x01", b"\x00"]


def test_edit_without_a_state_folder(write: Write, start: Start, tmp_path: Path) -> None:
    path = write(ONE)
    tracker = start(path)
    (tmp_path / "state").mkdir(exist_ok=True)
    (tmp_path / "state" / "release-tracker").write_text("in the way")
    outcome = tracker.edits.set_fields({"old-ferry": {"rating": 1}})
    assert "can't be undone" in outcome.label
    assert path.read_text() == ONE + "rating = 1\n"


def test_undo_restore_after_changes(write: Write, start: Start) -> None:
    path = write('[[show]]\ntitle = "A"\n\n[[show]]\ntitle = "B"\n')
    tracker = start(path)
    tracker.edits.set_fields({"a": {"rating": 9}})
    tracker.backups.restore(2)
    path.write_text('[[show]]\ntitle = "A"\nwatch = "planned"\n\n# hers\n[[show]]\ntitle = "B"\nwatch = "dropped"\n')
    later = start(path)
    later.edits.undo()
    assert (later.watchlist.current.get("a").rating, later.watchlist.current.get("b").rating) == (9, None)
    assert later.watchlist.current.get("a").watch == "planned"


def test_restore_without_a_backup(write: Write, start: Start, monkeypatch: pytest.MonkeyPatch) -> None:
    path = write(ONE)
    start(path).edits.set_fields({"old-ferry": {"rating": 1}})
    path.write_bytes(b"\xff")

    def refuse(*_: object, **__: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(BackupFolder, "_put", refuse)
    with pytest.raises(WatchlistUnwritable, match="disk is full"):
        Tracker(Paths(path)).backups.restore(1)
    assert path.read_bytes() == b"\xff"


def test_backup_number_taken(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    kept = BackupFolder(tmp_path / "versions", tmp_path / "list.toml")
    kept.add_text(b"one", 1)
    numbers = [kept.folder / "000001.toml", kept.folder / "000001.toml", kept.folder / "000002.toml"]
    monkeypatch.setattr(BackupFolder, "_next", lambda self: numbers.pop(0) if numbers else kept.folder / "000003.toml")
    kept.add_text(b"two", 2)
    (tmp_path / "old").write_bytes(b"three")
    numbers[:] = [kept.folder / "000002.toml"]
    kept.add_file(tmp_path / "old", move=True)
    assert [version.path.read_bytes() for version in kept.backups()] == [b"three", b"two", b"one"]
    assert not (tmp_path / "old").exists()


def test_backup_of_same_size_and_time(tmp_path: Path) -> None:
    kept = BackupFolder(tmp_path / "versions", tmp_path / "list.toml")
    kept.add_text(b"one", 10**9)
    other = tmp_path / "copy"
    other.write_bytes(b"two")
    os.utime(other, ns=(10**9, 10**9))
    kept.add_file(other)
    kept.add_file(other)
    assert [version.path.read_bytes() for version in kept.backups()] == [b"two", b"one"]


def test_backup_of_a_seen_text(write: Write, start: Start) -> None:
    path = write(ONE)
    start(path).edits.set_fields({"old-ferry": {"rating": 1}})
    path.write_text(ONE + "# hers\n")
    tracker = start(path)
    path.write_text(ONE)
    tracker.edits.set_fields({"old-ferry": {"rating": 2}})
    assert ONE + "# hers\n" in texts(tracker)


def test_backups_without_hard_links(write: Write, start: Start, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise OSError(errno.EPERM, "no hard links here")

    monkeypatch.setattr(os, "link", refuse)
    tracker = start(write(ONE))
    tracker.edits.set_fields({"old-ferry": {"rating": 1}})
    assert texts(tracker) == [ONE + "rating = 1\n", ONE]


def test_backup_is_not_doubled(write: Write, start: Start) -> None:
    path = write(ONE)
    app = start(path)
    start(path).edits.set_fields({"old-ferry": {"rating": 1}})
    reading = app.watchlist.reread()
    assert reading is not None
    app.watchlist.adopt(reading)
    app.backups.back_up_replaced()
    assert texts(app) == [ONE + "rating = 1\n", ONE]


def test_open_file_of_another_member(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    backups = BackupFolder(tmp_path / "versions", tmp_path / "list.toml")
    backups.add_text(b"# first\n", 1)
    backups.add_open(write_file(tmp_path / "one", ONE), ONE.encode(), 2)
    path = write_file(tmp_path / "two", ONE)

    def refuse(*_: object) -> None:
        raise PermissionError(1, "Operation not permitted")

    monkeypatch.setattr(Path, "chmod", refuse)
    backups.add_open(path, ONE.encode(), 3)
    assert len(backups.replaced_files()) == 2


def write_file(path: Path, text: str) -> Path:
    path.write_text(text)
    return path
