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
    return [one.backup.path.read_text() for one in tracker.list_backups()]


def test_each_edit_leaves_a_version_and_what_was_before_the_first(write: Write, start: Start) -> None:
    tracker = start(write(ONE))
    tracker.set_fields("old-ferry", {"rating": 1})
    tracker.set_fields("old-ferry", {"rating": 2})
    assert texts(tracker) == [ONE + "rating = 2\n", ONE + "rating = 1\n", ONE]
    assert [one.summary for one in tracker.list_backups()] == ["", "Old Ferry: rating", "Old Ferry: rating"]
    assert [one.is_current for one in tracker.list_backups()] == [True, False, False]


def test_what_an_editor_wrote_between_two_edits_is_a_version_too(write: Write, start: Start) -> None:
    path = write(ONE)
    start(path).set_fields("old-ferry", {"rating": 1})
    path.write_text(ONE + "# hers\n")
    start(path).set_fields("old-ferry", {"rating": 2})
    assert [text.count("# hers") for text in texts(start(path))] == [1, 1, 0, 0]


def test_the_last_twenty_are_kept_for_their_owner_alone(write: Write, start: Start) -> None:
    tracker = start(write(ONE))
    for rating in range(MAX_BACKUPS + 5):
        tracker.set_fields("old-ferry", {"rating": rating % 10, "notes": str(rating)})
    found = tracker.list_backups()
    assert len(found) == MAX_BACKUPS
    assert [one.backup.number for one in found] == list(range(1, MAX_BACKUPS + 1))
    assert all(one.backup.path.stat().st_mode & 0o777 == 0o600 for one in found)
    assert found[0].backup.path.parent.stat().st_mode & 0o777 == 0o700


def test_versions_are_bounded_in_size_but_the_newest_is_kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "MAX_BYTES", 100)
    kept = BackupFolder(tmp_path / "versions", tmp_path / "list.toml")
    for number in range(4):
        kept.add_text(b"x" * 40, number)
    assert [version.size for version in kept.backups()] == [40, 40]
    kept.add_text(b"x" * 400, 9)
    assert [version.size for version in kept.backups()] == [400]


def test_a_large_file_leaves_what_it_was_when_it_is_replaced(
    write: Write, start: Start, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tracker.store.writer.COPIED_BYTES", 10)
    tracker = start(write(ONE))
    tracker.set_fields("old-ferry", {"rating": 1})
    tracker.set_fields("old-ferry", {"rating": 2})
    assert texts(tracker) == [ONE + "rating = 1\n", ONE]


def test_a_file_with_another_name_for_it_is_copied_and_not_taken(
    write: Write, start: Start, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tracker.store.writer.COPIED_BYTES", 10)
    path = write(ONE)
    twin = tmp_path / "twin"
    os.link(path, twin)
    tracker = start(path)
    tracker.set_fields("old-ferry", {"rating": 1})
    assert twin.stat().st_mode & 0o777 != 0o600
    assert texts(tracker) == [twin.read_text()] == [ONE]


def test_a_version_comes_back_byte_for_byte_and_undo_takes_it_back(write: Write, start: Start) -> None:
    text = "\ufeff# mine\r\n\r\n[[show]]\r\ntitle = 'Old Ferry'\t# x\r\n\n[own]\nx=1"
    path = write(text)
    tracker = start(path)
    tracker.set_fields("old-ferry", {"rating": 1})
    tracker.remove(["old-ferry"])
    removed = path.read_bytes()
    tracker.restore(3)
    assert path.read_bytes() == text.encode()
    assert tracker.watchlist.get("old-ferry").rating is None
    tracker.undo()
    assert path.read_bytes() == removed
    start(path).redo()
    assert path.read_bytes() == text.encode()


def test_the_version_that_is_there_already_changes_nothing(write: Write, start: Start) -> None:
    tracker = start(write(ONE))
    tracker.set_fields("old-ferry", {"rating": 1})
    tracker.restore(1)
    tracker.undo()
    with pytest.raises(NothingToUndo):
        tracker.undo()


@pytest.mark.parametrize("harm", [b"\xff\xfe", b"x\x00", None])
def test_a_version_comes_back_where_the_list_cannot_be_read_and_that_is_kept_too(
    write: Write, start: Start, harm: bytes | None
) -> None:
    path = write(ONE)
    start(path).set_fields("old-ferry", {"rating": 1})
    path.unlink() if harm is None else path.write_bytes(harm)
    tracker = Tracker(Paths(path))
    assert tracker.list_backups()[0].summary
    outcome = tracker.restore(1)
    assert not outcome.returns
    assert path.read_text() == ONE + "rating = 1\n"
    if harm is not None:
        assert harm in [one.backup.path.read_bytes() for one in tracker.list_backups()]


@pytest.mark.parametrize("number", [0, -1, 3, 99])
def test_a_version_that_does_not_exist_is_refused(write: Write, start: Start, number: int) -> None:
    tracker = start(write(ONE))
    tracker.set_fields("old-ferry", {"rating": 1})
    with pytest.raises(BadValue, match="there are 2"):
        tracker.restore(number)


def test_a_clock_that_jumps_back_does_not_confuse_the_order(tmp_path: Path) -> None:
    kept = BackupFolder(tmp_path / "versions", tmp_path / "list.toml")
    for number, changed in enumerate((300, 200, 100)):
        kept.add_text(bytes([number]), changed * 10**9)
    assert [version.path.read_bytes() for version in kept.backups()] == [b"\x02", b"\x01", b"\x00"]


def test_a_state_folder_that_takes_nothing_does_not_stop_an_edit(write: Write, start: Start, tmp_path: Path) -> None:
    path = write(ONE)
    tracker = start(path)
    (tmp_path / "state").mkdir(exist_ok=True)
    (tmp_path / "state" / "release-tracker").write_text("in the way")
    outcome = tracker.set_fields("old-ferry", {"rating": 1})
    assert "not undoable" in outcome.label
    assert path.read_text() == ONE + "rating = 1\n"


def test_undo_of_a_version_brought_back_writes_nothing_into_another_show(write: Write, start: Start) -> None:
    path = write('[[show]]\ntitle = "A"\n\n[[show]]\ntitle = "B"\n')
    tracker = start(path)
    tracker.set_fields("a", {"rating": 9})
    tracker.restore(2)
    path.write_text('[[show]]\ntitle = "A"\nwatch = "planned"\n\n# hers\n[[show]]\ntitle = "B"\nwatch = "dropped"\n')
    later = start(path)
    later.undo()
    assert (later.watchlist.get("a").rating, later.watchlist.get("b").rating) == (9, None)
    assert later.watchlist.get("a").watch == "planned"


def test_a_list_that_cannot_be_read_is_not_replaced_where_it_cannot_be_kept(
    write: Write, start: Start, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = write(ONE)
    start(path).set_fields("old-ferry", {"rating": 1})
    path.write_bytes(b"\xff")

    def refuse(*_: object, **__: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(BackupFolder, "_put", refuse)
    with pytest.raises(WatchlistUnwritable, match="disk is full"):
        Tracker(Paths(path)).restore(1)
    assert path.read_bytes() == b"\xff"


def test_a_number_that_another_process_takes_at_the_same_moment_is_left_to_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
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


def test_a_file_of_the_size_and_time_of_the_newest_version_is_kept_if_it_says_something_else(tmp_path: Path) -> None:
    kept = BackupFolder(tmp_path / "versions", tmp_path / "list.toml")
    kept.add_text(b"one", 10**9)
    other = tmp_path / "copy"
    other.write_bytes(b"two")
    os.utime(other, ns=(10**9, 10**9))
    kept.add_file(other)
    kept.add_file(other)
    assert [version.path.read_bytes() for version in kept.backups()] == [b"two", b"one"]


def test_a_text_that_another_program_wrote_over_is_a_version_if_this_one_had_seen_it(
    write: Write, start: Start
) -> None:
    path = write(ONE)
    start(path).set_fields("old-ferry", {"rating": 1})
    path.write_text(ONE + "# hers\n")
    tracker = start(path)
    path.write_text(ONE)
    tracker.set_fields("old-ferry", {"rating": 2})
    assert ONE + "# hers\n" in texts(tracker)


def test_versions_are_kept_where_a_file_cannot_have_two_names(
    write: Write, start: Start, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise OSError(errno.EPERM, "no hard links here")

    monkeypatch.setattr(os, "link", refuse)
    tracker = start(write(ONE))
    tracker.set_fields("old-ferry", {"rating": 1})
    assert texts(tracker) == [ONE + "rating = 1\n", ONE]


def test_an_app_that_sees_what_another_process_wrote_keeps_no_second_copy_of_what_was_before(
    write: Write, start: Start
) -> None:
    path = write(ONE)
    app = start(path)
    start(path).set_fields("old-ferry", {"rating": 1})
    reading = app.reread()
    assert reading is not None
    app.adopt(reading)
    app.back_up_replaced()
    assert texts(app) == [ONE + "rating = 1\n", ONE]
