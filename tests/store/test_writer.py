from __future__ import annotations

import os
from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path
from typing import NoReturn

import pytest

from tracker.errors import Conflict, NothingToUndo, WatchlistUnwritable
from tracker.model.history import Claim
from tracker.model.show import Show
from tracker.model.status import Status
from tracker.model.window_parser import parse_window
from tracker.service import Tracker

NOW = datetime(2026, 3, 1, 12)  # noqa: DTZ001 - the program's clock is local time

Write = Callable[[str | bytes], Path]
Start = Callable[[Path], Tracker]

ODD = """\
\ufeff# My list.   \r
format   =   1 # one\r
\r
\t[[ show ]]   # first\r
  title  =  'Old Ferry'\t# literal\r
status='filming'#tight\r
release = "2026"
"own key" = { a=1 , b = [ 2 ] }\r
notes = '''\r
[[show]] is no header\r
'''\r
\r
[[show.history]]\r
  on = 2026-01-05\r
status = "in production"\r
release = "2026"\r
source = 'The Harbour Post'\r
# the end of the ferry\r
\r
# --- between ---\r
[["show"]]\r
title = "Paper Moon Inn"\r
status = "sideways"\r
\r
[[person]]\r
name = "Mina Doe"  \r
[own]\r
x  =  1"""

ONE = '[[show]]\ntitle = "Old Ferry"\n'
HELD = """\
[[show]]
title = "Old Ferry"
status = "filming"
release = "2026"

[[show.history]]
on = 2026-01-05
status = "filming"
release = "2026"
source = "The Harbour Post"
"""


def refuse(*_: object, **__: object) -> NoReturn:
    raise OSError(28, "No space left on device")


def rate(tracker: Tracker, rating: int = 7, show_id: str = "old-ferry") -> None:
    tracker.edits.set_fields({show_id: {"rating": rating}})


def assert_undo_conflict(path: Path, start: Start, text: str, match: str = ".") -> None:
    """Let another program write the text; undo is refused and changes nothing."""
    path.write_text(text)
    with pytest.raises(Conflict, match=match):
        start(path).edits.undo()
    assert path.read_text() == text


def test_record_in_an_odd_file(write: Write, start: Start) -> None:
    path = write(ODD)
    start(path).edits.record({"old-ferry": Claim(status=Status.RELEASED)})
    claim = '\r\n[[show.history]]\r\non = 2026-03-01\r\nstatus = "released"\r\nsource = "me"\r\n'
    expected = ODD.replace("status='filming'#tight", "status='released'#tight")
    expected = expected.replace("# the end of the ferry\r\n", "# the end of the ferry\r\n" + claim)
    assert path.read_bytes() == expected.encode()


# Undo and redo


@pytest.mark.parametrize("text", [ODD, "\ufeff" + ONE, ONE.replace("Old Ferry", "[/] A\u2028B") + 'id = "old-ferry"\n'])
def test_undo_and_redo_after_restart(text: str, write: Write, start: Start) -> None:
    path = write(text)
    start(path).edits.set_fields({"old-ferry": {"rating": 7, "status": Status.SCHEDULED}})
    edited = path.read_bytes()
    start(path).edits.undo()
    assert path.read_bytes() == text.encode()
    start(path).edits.redo()
    assert path.read_bytes() == edited


@pytest.mark.parametrize("text", [ODD, ONE, ONE.rstrip("\n"), "", "# c", "\ufeff"])
def test_undo_add(text: str, write: Write, start: Start) -> None:
    path = write(text)
    tracker = start(path)
    tracker.edits.add(Show("", "Last Tram"), Claim(status=Status.ANNOUNCED))
    added = path.read_bytes()
    assert added.startswith(text.encode())
    tracker.edits.undo()
    assert path.read_bytes() == text.encode()
    tracker.edits.redo()
    assert path.read_bytes() == added


@pytest.mark.parametrize("text", [ODD, HELD, HELD.rstrip("\n"), HELD + "\n# end\n" + ONE.replace("Ferry", "Bus")])
def test_undo_remove(text: str, write: Write, start: Start) -> None:
    path = write(text)
    start(path).edits.remove(["old-ferry"])
    assert b"Old Ferry" not in path.read_bytes()
    start(path).edits.undo()
    assert path.read_bytes() == text.encode()


def test_undo_remove_without_line_end(write: Write, start: Start) -> None:
    path = write(HELD + "\n" + ONE.replace("Ferry", "Bus").rstrip("\n"))
    start(path).edits.remove(["old-bus"])
    path.write_text(path.read_text() + "# hers\n")
    start(path).edits.undo()
    assert {"# hers", 'title = "Old Bus"'} <= set(path.read_text().split("\n"))
    assert start(path).watchlist.current.damaged == ()


def test_undo_remove_between_rulers(write: Write, start: Start) -> None:
    ruler = ("# " + "=" * 76 + "\n") * 4
    text = "".join(f'{ruler}[[show]]\ntitle = "Show {n}"\n\n' for n in range(5))
    path = write(text)
    tracker = start(path)
    for show_id in ("show-1", "show-3"):
        tracker.edits.remove([show_id])
    tracker.edits.undo()
    tracker.edits.undo()
    assert path.read_bytes() == text.encode()


def test_nothing_to_undo(write: Write, start: Start) -> None:
    tracker = start(write(ONE))
    for step in (tracker.edits.undo, tracker.edits.redo):
        with pytest.raises(NothingToUndo):
            step()
    rate(tracker)
    tracker.edits.undo()
    rate(tracker, 8)
    with pytest.raises(NothingToUndo):
        tracker.edits.redo()


@pytest.mark.parametrize("change", [("rating = 7", "rating = 9"), ("Old Ferry", "Older Ferry")], ids=str)
@pytest.mark.parametrize("text", [ONE, ONE.rstrip("\n")], ids=["newline", "no newline"])
def test_undo_conflict(text: str, change: tuple[str, str], write: Write, start: Start) -> None:
    path = write(text)
    rate(start(path))
    assert_undo_conflict(path, start, path.read_text().replace(*change))


def test_undo_conflict_names_both_values(write: Write, start: Start) -> None:
    path = write(ONE)
    rate(start(path))
    sentence = "Old Ferry: “rating” is “9” in the file, missing in the edit"
    assert_undo_conflict(path, start, path.read_text().replace("7", "9"), sentence)


@pytest.mark.parametrize(
    "edit",
    [
        lambda tracker: tracker.edits.record({"old-ferry": Claim(status=Status.FILMING)}),
        lambda tracker: tracker.edits.add(Show("", "Last Tram")),
    ],
    ids=["claim", "addition"],
)
def test_undo_conflict_of_an_extended_entry(edit: Callable[[Tracker], object], write: Write, start: Start) -> None:
    path = write(ONE)
    edit(start(path))
    assert_undo_conflict(path, start, path.read_text() + 'note = "seen at the pier"\n')


def test_undo_beside_a_longer_twin(write: Write, start: Start) -> None:
    path = write(ONE + ONE + 'rating = 7\ntags = ["twin"]\n')
    rate(start(path))
    assert_undo_conflict(path, start, path.read_text().replace("rating = 7", "rating = 9", 1))


def test_undo_keeps_later_changes(write: Write, start: Start) -> None:
    path = write(HELD)
    rate(start(path))
    start(path).edits.record({"old-ferry": Claim(status=Status.SCHEDULED)})
    later = ('title = "Old Ferry"\n', 'title = "Old Ferry"  # hers\n# again\ntags = ["pier"]\n')
    mine = '# new\n[[show]]\ntitle = "Last Tram"\n\n' + path.read_text().replace(*later)
    path.write_text(mine)
    tracker = start(path)
    tracker.edits.undo()
    assert tracker.watchlist.current.get("old-ferry").status is Status.FILMING
    tracker.edits.undo()
    assert path.read_text() == '# new\n[[show]]\ntitle = "Last Tram"\n\n' + HELD.replace(*later)
    tracker.edits.redo()
    tracker.edits.redo()
    assert path.read_text() == mine


def test_undo_among_twins(write: Write, start: Start) -> None:
    path = write(ONE + "\n" + ONE + "\n" + ONE)
    rate(start(path), show_id="old-ferry-2")
    once = path.read_bytes()
    rate(start(path), show_id="old-ferry-3")
    start(path).edits.undo()
    assert path.read_bytes() == once


def test_undo_of_many_entries(write: Write, start: Start) -> None:
    first = b"".join(f'[[show]]\ntitle = "Show {n}"  # {n}\n\n'.encode() for n in range(40))
    path = write(first)
    tracker = start(path)
    show_ids = [show.id for show in tracker.watchlist.current.shows]
    tracker.edits.record(dict.fromkeys(show_ids, Claim(status=Status.FILMING)))
    second = path.read_bytes()
    start(path).edits.undo()
    assert path.read_bytes() == first
    start(path).edits.redo()
    assert path.read_bytes() == second


# Two programs


def test_two_programs_record(write: Write, start: Start) -> None:
    path = write(HELD)
    one, other = start(path), start(path)
    other.edits.record({"old-ferry": Claim(status=Status.SCHEDULED, note="theirs")})
    one.edits.record({"old-ferry": Claim(note="ours")})
    show = one.watchlist.current.get("old-ferry")
    assert [claim.note for claim in show.history[1:]] == ["theirs", "ours"]
    assert show.status is Status.SCHEDULED


def test_two_programs_set_fields(write: Write, start: Start) -> None:
    path = write(ONE)
    one, other = start(path), start(path)
    rate(other)
    with pytest.raises(Conflict, match=r"“7”.*“3”"):
        rate(one, 3)
    assert path.read_text() == ONE + "rating = 7\n"
    other.edits.set_fields({"old-ferry": {"watch": "dropped"}})
    one.edits.set_fields({"old-ferry": {"tags": ("pier",)}})
    assert path.read_text() == ONE + 'rating = 7\nwatch = "dropped"\ntags = ["pier"]\n'


def test_two_programs_add_one_title(write: Write, start: Start) -> None:
    path = write("")
    one, other = start(path), start(path)
    first = other.edits.add(Show("", "Last Tram")).show_ids
    second = one.edits.add(Show("", "Last Tram")).show_ids
    watchlist = start(path).watchlist.current
    assert watchlist.damaged == ()
    assert [show.id for show in watchlist.shows] == [*first, *second]


# Hand edits


@pytest.mark.parametrize("written", ['"released"', "'out'"])
def test_hand_edit_of_status(written: str, write: Write, start: Start) -> None:
    text = HELD.replace('status = "filming"\nrelease', f"status = {written}  # hurray\nrelease", 1)
    path = write(text)
    tracker = start(path)
    claim = Claim(date(2026, 3, 1), status=Status.RELEASED, source="me", is_hand_edit=True)
    assert tracker.watchlist.current.get("old-ferry").history[-1] == claim
    assert path.read_text() == text
    tracker.edits.note()
    noted = text + '\n[[show.history]]\non = 2026-03-01\nstatus = "released"\nsource = "me"\n'
    assert path.read_text() == noted
    start(path).edits.note()
    assert path.read_text() == noted


def test_hand_edit_of_release(write: Write, start: Start) -> None:
    text = HELD.replace('release = "2026"', 'release = "summer 2026"', 1).replace('"2026"', "2026-05-13")
    path = write(text)
    start(path).edits.note()
    assert path.read_text().startswith(text)
    assert start(path).watchlist.current.get("old-ferry").history[-1].release == parse_window("summer 2026")


def test_undo_leaves_a_later_hand_edit(write: Write, start: Start) -> None:
    """Undo takes back what the program wrote, not what was typed since."""
    text = HELD + '\n[[show]]\ntitle = "Last Tram"\n'
    path = write(text)
    rate(start(path), show_id="last-tram")
    edited = path.read_text().replace('status = "filming"', 'status = "released"', 1)
    path.write_text(edited)
    start(path).edits.undo()
    assert path.read_text() == text.replace('status = "filming"', 'status = "released"', 1)


def test_undo_in_an_entry_that_was_edited_since(write: Write, start: Start) -> None:
    path = write(HELD)
    rate(start(path))
    path.write_text(path.read_text().replace('status = "filming"', "status = 'out' # hurray", 1))
    start(path).edits.undo()
    assert path.read_text() == HELD.replace('status = "filming"', "status = 'out' # hurray", 1)


def test_hand_edit_while_open(write: Write, start: Start) -> None:
    path = write(HELD)
    tracker = start(path)
    edited = HELD.replace("filming", "released", 1)
    path.write_text(edited)
    tracker.edits.record({"old-ferry": Claim(note="at the pier")})
    show = start(path).watchlist.current.get("old-ferry")
    assert show.status is Status.RELEASED
    assert [claim.note for claim in show.history][-1] == "at the pier"
    assert start(path).edits.undo().label == "Undone: Old Ferry: a note"
    assert path.read_text() == edited


# The disk


@pytest.mark.parametrize("call", ["write", "fsync"])
def test_disk_refuses(call: str, write: Write, start: Start, monkeypatch: pytest.MonkeyPatch) -> None:
    path = write(ONE)
    tracker = start(path)
    monkeypatch.setattr(os, call, refuse)
    with pytest.raises(WatchlistUnwritable, match="disk is full"):
        rate(tracker)
    monkeypatch.undo()
    assert path.read_text() == ONE
    assert [file.name for file in path.parent.iterdir() if file.is_file()] == ["list.toml"]
    assert tracker.watchlist.current.get("old-ferry").rating is None
    with pytest.raises(NothingToUndo):
        tracker.edits.undo()


def test_read_only_file(write: Write, start: Start, monkeypatch: pytest.MonkeyPatch) -> None:
    path = write(HELD.replace("filming", "released", 1))
    before = path.read_bytes()
    path.chmod(0o444)
    if os.geteuid() == 0:
        monkeypatch.setattr(os, "access", lambda *_: False)
    tracker = start(path)
    assert tracker.watchlist.current.get("old-ferry").history[-1].source == "me"
    for edit in (tracker.edits.note, tracker.edits.undo, lambda: tracker.edits.remove(["old-ferry"])):
        with pytest.raises(WatchlistUnwritable):
            edit()
    assert path.read_bytes() == before


def test_edit_through_a_link(write: Write, start: Start, tmp_path: Path) -> None:
    real = write(ONE)
    link = tmp_path / "link.toml"
    link.symlink_to(real)
    rate(start(link))
    assert link.is_symlink()
    assert real.read_text() == ONE + "rating = 7\n"
    start(real).edits.undo()
    assert link.read_text() == ONE
