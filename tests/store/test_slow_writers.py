"""Programs that write the list slowly, before an edit, at it, and into the file that it has replaced."""

from __future__ import annotations

import errno
import os
import sys
import time
from collections.abc import Callable, Iterator
from itertools import count
from pathlib import Path
from typing import IO, Any

import pytest

from tests.store.other_program import OtherProgram
from tracker.cli.main import main
from tracker.errors import WatchlistUnwritable
from tracker.service import Tracker
from tracker.service.file_monitor import LateWritesFound
from tracker.store.files import swap
from tracker.store.files.temporary import _NODE
from tracker.store.replaced_files import is_continued
from tracker.store.watchlist_file import WatchlistFile

Write = Callable[[str | bytes], Path]
Start = Callable[[Path], Tracker]

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="only Linux tells who has a file open")

ONE = '[[show]]\ntitle = "Old Ferry"\n'
TWO = ONE + '\n[[show]]\ntitle = "Salt Road"\n'


def rate(tracker: Tracker, rating: int) -> str:
    return tracker.edits.set_fields({"old-ferry": {"rating": rating}}).label


@pytest.fixture
def path(write: Write) -> Path:
    """A list that was written long ago."""
    path = write(ONE)
    os.utime(path, (1_700_000_000, 1_700_000_000))
    return path


@pytest.fixture
def shell(path: Path) -> Iterator[OtherProgram]:
    with OtherProgram(path) as shell:
        yield shell


def test_read_waits_for_a_writer(path: Path, shell: OtherProgram, monkeypatch: pytest.MonkeyPatch) -> None:
    shell.do("exec 3>list.toml; printf '[[show]]\\ntitle = \"Old' >&3")
    monkeypatch.setattr(time, "sleep", lambda _: shell.do("printf ' Ferry\"\\n' >&3; exec 3>&-"))
    file = WatchlistFile(path)
    assert (file.load(patience=60).text, file.writer) == (ONE, "")


def test_read_of_a_part(path: Path, shell: OtherProgram) -> None:
    shell.do("exec 3>list.toml; printf '[[show]]\\n' >&3")
    file = WatchlistFile(path)
    file.load(patience=0)
    assert file.writer
    shell.do("printf 'title = \"Old Ferry\"\\n' >&3; exec 3>&-")
    assert (file.load().text, file.writer) == (ONE, "")


def test_read_of_a_part_with_another_name_since(path: Path, shell: OtherProgram) -> None:
    """A save that finds the file changed puts it back, which touches it."""
    shell.do("exec 3>list.toml; printf '[[show]]\\n' >&3")
    path.rename(path.with_name("aside")).rename(path)
    file = WatchlistFile(path)
    file.load(patience=0)
    assert file.writer


def test_read_of_an_open_file_that_rests(path: Path, shell: OtherProgram) -> None:
    shell.do("exec 3>>list.toml")
    file = WatchlistFile(path)
    file.load(settled=True, patience=0)
    assert file.writer == ""


def test_read_of_a_file_that_is_replaced(path: Path, start: Start, monkeypatch: pytest.MonkeyPatch) -> None:
    """An edit replaces the file when a reader has just opened it, and a program empties the old one."""
    opened = Path.open
    edits: list[str] = []

    def open_first(found: Path, *arguments: Any, **words: Any) -> IO[Any]:
        file: IO[Any] = opened(found, *arguments, **words)
        if found == path and not edits:
            edits.append("made")
            rate(tracker, 1)
            os.truncate(held.fileno(), 0)
            os.utime(held.fileno(), (1_700_000_000, 1_700_000_000))
        return file

    tracker = start(path)
    with path.open("r+b") as held:
        monkeypatch.setattr(Path, "open", open_first)
        assert WatchlistFile(path).load().text == ONE + "rating = 1\n"


def test_edit_of_a_part_is_refused(path: Path, shell: OtherProgram, start: Start) -> None:
    tracker = start(path)
    tracker.patience = lambda: 0.1
    shell.do("exec 3>list.toml; printf '[[show]]\\ntitle = \"Old Ferry\"\\nwatch' >&3")
    part = path.read_bytes()
    with pytest.raises(WatchlistUnwritable, match=r"is being written by \w+. Nothing was changed"):
        rate(tracker, 1)
    assert path.read_bytes() == part
    shell.do("printf ' = \"planned\"\\n' >&3; exec 3>&-")
    tracker.patience = lambda: 60
    rate(tracker, 1)
    assert path.read_text() == ONE + 'watch = "planned"\nrating = 1\n'


def test_edits_in_a_row_do_not_wait(path: Path, start: Start, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(time, "sleep", lambda _: pytest.fail("it waits"))
    for rating in range(3):
        rate(start(path), rating)


def test_late_write_is_brought_in(path: Path, shell: OtherProgram, start: Start) -> None:
    shell.do("exec 3>>list.toml")
    rate(start(path), 1)
    assert start(path).find_late_writes() == ""
    shell.do("printf '\\n[[show]]\\ntitle = \"Salt Road\"\\n' >&3; exec 3>&-")
    assert "The next edit" in start(path).find_late_writes()
    assert path.read_text() == ONE + "rating = 1\n"
    assert "what another program wrote" in rate(start(path), 2)
    assert path.read_text() == ONE + 'rating = 2\n\n[[show]]\ntitle = "Salt Road"\n'
    tracker = start(path)
    assert tracker.find_late_writes() == ""
    assert TWO in [one.backup.path.read_text() for one in tracker.backups.list_all()]
    tracker.edits.undo()
    tracker.edits.undo()
    assert path.read_text() == ONE + "rating = 1\n"


def test_late_write_that_goes_on(path: Path, shell: OtherProgram, start: Start) -> None:
    shell.do("exec 3>>list.toml")
    tracker = start(path)
    tracker.patience = lambda: 0.1
    rate(tracker, 1)
    shell.do("printf '\\n[[show]]\\n' >&3")
    assert "is still writing" in rate(tracker, 2)
    shell.do("printf 'title = \"Salt Road\"\\n' >&3; exec 3>&-")
    tracker.patience = lambda: 60
    rate(tracker, 3)
    assert path.read_text() == ONE + 'rating = 3\n\n[[show]]\ntitle = "Salt Road"\n'


def test_late_writes_one_after_the_other(path: Path, shell: OtherProgram, start: Start) -> None:
    tracker = start(path)
    shell.do("exec 3>>list.toml")
    rate(tracker, 1)
    for rating, title in ((2, "Salt Road"), (3, "Paper Kite")):
        shell.do(f"printf '\\n[[show]]\\ntitle = \"{title}\"\\n' >&3")
        # It keeps the file open, and rests.
        [kept] = (tracker.paths.state / "versions" / "open").iterdir()
        os.utime(kept, (1_700_000_000 + rating, 1_700_000_000 + rating))
        rate(tracker, rating)
    assert [show.title for show in tracker.watchlist.current.shows] == ["Old Ferry", "Salt Road", "Paper Kite"]


def test_late_write_of_the_same_field(path: Path, shell: OtherProgram, start: Start) -> None:
    shell.do("exec 3>>list.toml")
    rate(start(path), 1)
    shell.do("printf 'rating = 5\\nwatch = \"planned\"\\n' >&3; exec 3>&-")
    label = rate(start(path), 2)
    assert "(Old Ferry); `tracker restore --list`" in label
    assert {"rating = 2", 'watch = "planned"'} < set(path.read_text().splitlines())
    assert any("rating = 5" in one.backup.path.read_text() for one in start(path).backups.list_all())


@pytest.mark.parametrize("late", ["\\377", ""])
def test_late_write_of_no_text(path: Path, shell: OtherProgram, start: Start, late: str) -> None:
    shell.do("exec 3<>list.toml")
    rate(start(path), 1)
    kept = next(iter((start(path).paths.state / "versions" / "open").iterdir()))
    shell.do(f"exec 3>&-; printf '{late}' > '{kept}'")
    label = rate(start(path), 2)
    assert ("is not UTF-8" in label) is bool(late)
    assert path.read_text() == ONE + "rating = 2\n"
    assert (b"\xff" in [one.backup.path.read_bytes() for one in start(path).backups.list_all()]) is bool(late)
    assert start(path).find_late_writes() == ""


def test_late_write_on_another_disk(
    path: Path, shell: OtherProgram, start: Start, monkeypatch: pytest.MonkeyPatch
) -> None:
    rename = Path.rename

    def refuse(old: Path, new: Path) -> Path:
        if old.parent == path.parent != new.parent:
            raise OSError(errno.EXDEV, "Invalid cross-device link")
        return rename(old, new)

    monkeypatch.setattr(Path, "rename", refuse)
    shell.do("exec 3>>list.toml")
    rate(start(path), 1)
    assert len([one for one in path.parent.iterdir() if one.name.startswith(".list.toml.")]) == 1
    shell.do("printf '\\n[[show]]\\ntitle = \"Salt Road\"\\n' >&3; exec 3>&-")
    rate(start(path), 2)
    assert path.read_text() == ONE + 'rating = 2\n\n[[show]]\ntitle = "Salt Road"\n'
    assert not [one for one in path.parent.iterdir() if one.name.startswith(".list.toml.")]


def test_file_taken_away_by_a_killed_save(path: Path, start: Start) -> None:
    # By a process that is gone; of another machine's it is not known, and it is waited for.
    path.rename(path.with_name(f".list.toml.{_NODE}-{10**12}-0123456789abcdef.aside.old.tmp"))
    tracker = start(path)
    assert tracker.watchlist.snapshot.text == ONE
    assert not path.exists()
    rate(tracker, 1)
    assert path.read_text() == ONE + "rating = 1\n"


@pytest.mark.parametrize("cut", [len(ONE), len(TWO) - 6])
def test_piece_written_while_the_name_is_free(
    path: Path, start: Start, monkeypatch: pytest.MonkeyPatch, cut: int
) -> None:
    path.write_text(TWO[:cut])
    rename, pieces = Path.rename, [TWO[cut:]]

    def write_behind(old: Path, new: Path) -> Path:
        renamed = rename(old, new)
        if old == path and pieces:
            path.write_text(pieces.pop())
        return renamed

    monkeypatch.setattr(swap, "_rename", lambda *_: False)
    monkeypatch.setattr(Path, "rename", write_behind)
    assert "added to your list" in rate(start(path), 2)
    assert path.read_text() == ONE + 'rating = 2\n\n[[show]]\ntitle = "Salt Road"\n'


@pytest.mark.parametrize(
    ("before", "after", "is_one"),
    [
        (TWO, '[[show]]\ntitle = "New"\n', True),
        (TWO + "rat", "ing = 3\n", True),
        (TWO, ONE, False),
        (TWO, "", False),
        ("format = 1\n" + TWO, "form", False),
        ("format = 1\n" + TWO, 'format = 1\n[[show]]\ntitle = "New"\n', False),
        (TWO, "\udcff", False),
    ],
)
def test_is_continued(before: str, after: str, is_one: bool) -> None:
    assert is_continued(before.encode(), after.encode(errors="surrogateescape")) is is_one


def run(capsys: pytest.CaptureFixture[str], path: Path, *words: str) -> tuple[int, str, str]:
    code = main(["--watchlist", str(path), *words])
    told = capsys.readouterr()
    return code, told.out, told.err


def test_commands_on_a_part(
    path: Path, shell: OtherProgram, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    shell.do("exec 3>list.toml; printf '[[show]]\\ntitle = \"Old Ferry\"\\n' >&3")
    monkeypatch.setattr(time, "monotonic", count().__next__)
    code, out, said = run(capsys, path, "list", "--json")
    assert (code, '"old-ferry"' in out) == (0, True)
    assert "may be only part of it" in said
    for words in (["set", "salt-road", "rating=1"], ["show", "salt-road"], ["set", "old-ferry", "rating=1"]):
        code, _, said = run(capsys, path, *words)
        assert (code, "No show" in said, "ry again when" in said) == (3, False, True), words


def test_commands_tell_of_late_writes(
    path: Path, shell: OtherProgram, start: Start, capsys: pytest.CaptureFixture[str]
) -> None:
    shell.do("exec 3>>list.toml")
    rate(start(path), 1)
    shell.do("printf '# late\\n' >&3; exec 3>&-")
    assert "The next edit adds that to your list" in run(capsys, path, "list")[2]
    polled = [event for event in start(path).monitor.poll_all() if isinstance(event, LateWritesFound)]
    assert len(polled) == 1
    assert "merged what another program wrote" in run(capsys, path, "set", "old-ferry", "rating=2")[2]
    assert run(capsys, path, "list")[2] == ""
