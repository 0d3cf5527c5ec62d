from __future__ import annotations

import os
import tempfile
from collections.abc import Callable
from contextlib import suppress
from datetime import date, datetime
from difflib import SequenceMatcher
from pathlib import Path
from typing import NoReturn

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.store.mutations import SOME
from tracker.errors import Conflict, NothingToUndo, TrackerError, WatchlistUnwritable
from tracker.model.history import Claim
from tracker.model.show import Show
from tracker.model.status import Status
from tracker.model.window_parser import parse_window
from tracker.paths import Paths
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


def went_and_came(before: bytes, after: bytes) -> tuple[bytes, bytes]:
    old, new = before.splitlines(keepends=True), after.splitlines(keepends=True)
    went = came = b""
    for tag, a, b, c, d in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if tag != "equal":
            went += b"".join(old[a:b])
            came += b"".join(new[c:d])
    return went, came


def refuse(*_: object, **__: object) -> NoReturn:
    raise OSError(28, "No space left on device")


def test_record_in_an_odd_file(write: Write, start: Start) -> None:
    path = write(ODD)
    start(path).edits.record({"old-ferry": Claim(status=Status.RELEASED)})
    claim = '\r\n[[show.history]]\r\non = 2026-03-01\r\nstatus = "released"\r\nsource = "me"\r\n'
    expected = ODD.replace("status='filming'#tight", "status='released'#tight")
    expected = expected.replace("# the end of the ferry\r\n", "# the end of the ferry\r\n" + claim)
    assert path.read_bytes() == expected.encode()


def test_open_leaves_an_odd_file(write: Write, start: Start) -> None:
    path = write(ODD)
    assert start(path).edits.record_hand_edits() is None
    assert path.read_bytes() == ODD.encode()


def test_undo_and_redo_after_restart(write: Write, start: Start) -> None:
    path = write(ODD)
    start(path).edits.set_fields({"old-ferry": {"rating": 7}})
    edited = path.read_bytes()
    start(path).edits.undo()
    assert path.read_bytes() == ODD.encode()
    start(path).edits.redo()
    assert path.read_bytes() == edited


def test_undo_behind_a_bom(write: Write, start: Start) -> None:
    path = write("\ufeff" + ONE)
    start(path).edits.set_fields({"old-ferry": {"rating": 7}})
    assert path.read_text() == "\ufeff" + ONE + "rating = 7\n"
    start(path).edits.undo()
    assert path.read_text() == "\ufeff" + ONE


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
    tracker.edits.remove(["show-1"])
    tracker.edits.remove(["show-3"])
    tracker.edits.undo()
    tracker.edits.undo()
    assert path.read_bytes() == text.encode()


@pytest.mark.parametrize(
    "title", ["A\u2028B", "A\x85B", "[Oshi no Ko]", "Foo [/] bar", "[@click=app.quit]x", "가" * 40]
)
def test_undo_with_any_title(title: str, write: Write, start: Start) -> None:
    text = f"[[show]]\nid = 'x'\ntitle = '{title}'\n"
    path = write(text)
    start(path).edits.set_fields({"x": {"rating": 7}})
    assert path.read_bytes() == (text + "rating = 7\n").encode()
    start(path).edits.undo()
    assert path.read_bytes() == text.encode()


def test_undo_several_fields(write: Write, start: Start) -> None:
    path = write(ONE)
    tracker = start(path)
    tracker.edits.set_fields({"old-ferry": {"rating": 7, "status": Status.FILMING, "release": parse_window("2027")}})
    tracker.edits.undo()
    assert path.read_text() == ONE


def test_nothing_to_undo(write: Write, start: Start) -> None:
    tracker = start(write(ONE))
    with pytest.raises(NothingToUndo):
        tracker.edits.undo()
    with pytest.raises(NothingToUndo):
        tracker.edits.redo()


def test_edit_ends_redo(write: Write, start: Start) -> None:
    tracker = start(write(ONE))
    tracker.edits.set_fields({"old-ferry": {"rating": 7}})
    tracker.edits.undo()
    tracker.edits.set_fields({"old-ferry": {"rating": 8}})
    with pytest.raises(NothingToUndo):
        tracker.edits.redo()


@pytest.mark.parametrize(
    "meddle",
    [
        lambda text: text.replace("rating = 7", "rating = 9"),
        lambda text: text.replace("Old Ferry", "Older Ferry"),
        lambda text: "",
    ],
    ids=["the value", "the name", "all gone"],
)
@pytest.mark.parametrize("text", [ONE, ONE.rstrip("\n")], ids=["newline", "no newline"])
def test_undo_conflict(text: str, meddle: Callable[[str], str], write: Write, start: Start) -> None:
    path = write(text)
    start(path).edits.set_fields({"old-ferry": {"rating": 7}})
    path.write_text(meddle(path.read_text()))
    meddled = path.read_bytes()
    with pytest.raises(Conflict):
        start(path).edits.undo()
    assert path.read_bytes() == meddled


def test_undo_keeps_later_changes(write: Write, start: Start) -> None:
    path = write(HELD)
    start(path).edits.set_fields({"old-ferry": {"rating": 7}})
    start(path).edits.record({"old-ferry": Claim(status=Status.SCHEDULED)})
    mine = path.read_text().replace('title = "Old Ferry"\n', 'title = "Old Ferry"  # hers\n# again\ntags = ["pier"]\n')
    path.write_text(mine)
    tracker = start(path)
    tracker.edits.undo()
    assert tracker.watchlist.current.get("old-ferry").status is Status.FILMING
    tracker.edits.undo()
    expected = HELD.replace('title = "Old Ferry"\n', 'title = "Old Ferry"  # hers\n# again\ntags = ["pier"]\n')
    assert path.read_text() == expected
    tracker.edits.redo()
    tracker.edits.redo()
    assert path.read_text() == mine


def test_undo_conflict_names_both_values(write: Write, start: Start) -> None:
    path = write(ONE)
    start(path).edits.set_fields({"old-ferry": {"rating": 7}})
    path.write_text(path.read_text().replace("7", "9"))
    with pytest.raises(Conflict, match="Old Ferry: “rating” is “9” in the file, not there in the edit"):
        start(path).edits.undo()


def test_undo_conflict_of_a_claim(write: Write, start: Start) -> None:
    path = write(ONE)
    start(path).edits.record({"old-ferry": Claim(status=Status.FILMING)})
    path.write_text(path.read_text() + 'note = "seen at the pier"\n')
    meddled = path.read_bytes()
    with pytest.raises(Conflict):
        start(path).edits.undo()
    assert path.read_bytes() == meddled


def test_undo_conflict_of_an_addition(write: Write, start: Start) -> None:
    path = write(ONE)
    start(path).edits.add(Show("", "Last Tram"))
    path.write_text(path.read_text() + "rating = 3\n")
    meddled = path.read_bytes()
    with pytest.raises(Conflict):
        start(path).edits.undo()
    assert path.read_bytes() == meddled


def test_undo_of_a_moved_entry(write: Write, start: Start) -> None:
    path = write(HELD)
    start(path).edits.set_fields({"old-ferry": {"rating": 7}})
    path.write_text('# new\n[[show]]\ntitle = "Last Tram"\n\n' + path.read_text())
    start(path).edits.undo()
    assert path.read_text() == '# new\n[[show]]\ntitle = "Last Tram"\n\n' + HELD


def test_undo_among_twins(write: Write, start: Start) -> None:
    path = write(ONE + "\n" + ONE + "\n" + ONE)
    start(path).edits.set_fields({"old-ferry-2": {"rating": 7}})
    once = path.read_bytes()
    start(path).edits.set_fields({"old-ferry-3": {"rating": 7}})
    start(path).edits.undo()
    assert path.read_bytes() == once


def test_undo_beside_a_longer_twin(write: Write, start: Start) -> None:
    path = write(ONE + ONE + 'rating = 7\ntags = ["twin"]\n')
    start(path).edits.set_fields({"old-ferry": {"rating": 7}})
    path.write_text(path.read_text().replace("rating = 7", "rating = 9", 1))
    meddled = path.read_bytes()
    with pytest.raises(Conflict):
        start(path).edits.undo()
    assert path.read_bytes() == meddled


def test_two_programs_record(write: Write, start: Start) -> None:
    path = write(HELD)
    one, other = start(path), start(path)
    other.edits.record({"old-ferry": Claim(status=Status.SCHEDULED, note="theirs")})
    one.edits.record({"old-ferry": Claim(note="ours")})
    show = one.watchlist.current.get("old-ferry")
    assert [claim.note for claim in show.history[1:]] == ["theirs", "ours"]
    assert show.status is Status.SCHEDULED


def test_two_programs_set_one_field(write: Write, start: Start) -> None:
    path = write(ONE)
    one, other = start(path), start(path)
    other.edits.set_fields({"old-ferry": {"rating": 7}})
    with pytest.raises(Conflict, match=r"“7”.*“3”"):
        one.edits.set_fields({"old-ferry": {"rating": 3}})
    assert path.read_text() == ONE + "rating = 7\n"


def test_two_programs_set_two_fields(write: Write, start: Start) -> None:
    path = write(ONE)
    one, other = start(path), start(path)
    other.edits.set_fields({"old-ferry": {"rating": 7}})
    one.edits.set_fields({"old-ferry": {"tags": ("pier",)}})
    assert path.read_text() == ONE + 'rating = 7\ntags = ["pier"]\n'


def test_two_programs_add_one_title(write: Write, start: Start) -> None:
    path = write("")
    one, other = start(path), start(path)
    first = other.edits.add(Show("", "Last Tram")).show_ids
    second = one.edits.add(Show("", "Last Tram")).show_ids
    watchlist = start(path).watchlist.current
    assert watchlist.damaged == ()
    assert {show.id for show in watchlist.shows} == {*first, *second}
    assert len(watchlist.shows) == 2


@pytest.mark.parametrize("written", ['"released"', "'out'"])
def test_hand_edit_of_status(written: str, write: Write, start: Start) -> None:
    text = HELD.replace('status = "filming"\nrelease', f"status = {written}  # hurray\nrelease", 1)
    path = write(text)
    tracker = start(path)
    assert tracker.watchlist.current.get("old-ferry").history[-1] == Claim(
        date(2026, 3, 1), status=Status.RELEASED, source="me"
    )
    tracker.edits.record_hand_edits()
    claim = '\n[[show.history]]\non = 2026-03-01\nstatus = "released"\nsource = "me"\n'
    assert path.read_text() == text + claim


def test_hand_edit_of_release(write: Write, start: Start) -> None:
    text = HELD.replace('release = "2026"', "release = 2026-05-14", 1).replace(
        'release = "2026"', "release = 2026-05-13"
    )
    wider = text.replace("release = 2026-05-14", 'release = "summer 2026"')
    path = write(wider)
    start(path).edits.record_hand_edits()
    assert path.read_text().startswith(wider)
    assert start(path).watchlist.current.get("old-ferry").history[-1].release == parse_window("summer 2026")


def test_hand_edit_is_recorded_once(write: Write, start: Start) -> None:
    path = write(HELD.replace("filming", "released", 1))
    start(path).edits.record_hand_edits()
    noted = path.read_bytes()
    again = start(path)
    assert again.edits.record_hand_edits() is None
    assert len(again.watchlist.current.get("old-ferry").history) == 2
    assert path.read_bytes() == noted


def test_undo_hand_edit(write: Write, start: Start) -> None:
    path = write(HELD.replace("filming", "released", 1))
    start(path).edits.record_hand_edits()
    start(path).edits.undo()
    assert path.read_text() == HELD
    assert start(path).edits.record_hand_edits() is None


def test_undo_right_after_a_hand_edit(write: Write, start: Start) -> None:
    path = write(HELD.replace("filming", "released", 1))
    start(path).edits.undo()
    assert path.read_text() == HELD


def test_undo_hand_edit_leaves_other_field(write: Write, start: Start) -> None:
    text = HELD.replace('status = "filming"', 'status = "in production"', 1)
    path = write(text.replace('release = "2026"', 'release = "2027"', 1))
    start(path).edits.record_hand_edits()
    start(path).edits.undo()
    assert path.read_text() == text


def test_hand_edit_while_open(write: Write, start: Start) -> None:
    path = write(HELD)
    tracker = start(path)
    path.write_text(HELD.replace("filming", "released", 1))
    tracker.edits.record({"old-ferry": Claim(note="at the pier")})
    show = start(path).watchlist.current.get("old-ferry")
    assert show.status is Status.RELEASED
    assert "at the pier" in [claim.note for claim in show.history]


@pytest.mark.parametrize("call", ["write", "fsync"])
def test_disk_refuses(call: str, write: Write, start: Start, monkeypatch: pytest.MonkeyPatch) -> None:
    path = write(ONE)
    tracker = start(path)
    monkeypatch.setattr(os, call, refuse)
    with pytest.raises(WatchlistUnwritable, match="disk is full"):
        tracker.edits.set_fields({"old-ferry": {"rating": 7}})
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
    assert tracker.edits.record_hand_edits() is None
    for edit in (tracker.edits.undo, tracker.edits.redo, lambda: tracker.edits.remove(["old-ferry"])):
        with pytest.raises(WatchlistUnwritable):
            edit()
    assert path.read_bytes() == before


def test_edit_through_a_link(write: Write, start: Start, tmp_path: Path) -> None:
    real = write(ONE)
    link = tmp_path / "link.toml"
    link.symlink_to(real)
    start(link).edits.set_fields({"old-ferry": {"rating": 7}})
    assert link.is_symlink()
    assert real.read_text() == ONE + "rating = 7\n"
    start(real).edits.undo()
    assert link.read_text() == ONE


def test_journal_is_private(write: Write, start: Start, tmp_path: Path) -> None:
    start(write(ONE)).edits.set_fields({"old-ferry": {"rating": 7}})
    [journal] = (tmp_path / "state").rglob("*.jsonl")
    assert journal.stat().st_mode & 0o777 == 0o600


KEYS = st.sampled_from(
    [
        "rating = 5  # mine",
        "  tags = [ 'a',\n   \"b\" ] # t",
        "own.key = 1",
        "status = 'filming'",
        'release="2026"',
        "\"kind\"  =  'film'",
        "notes = '''\n[[show]]\n\n# text\n'''",
        "cast = [\n  { actor = 'X', role = \"R\" }, # x\n]",
        'synopsis = "a \\"b\\""',
        "networks = 'One'",
        "# a comment",
        "",
    ]
)
TABLES = st.sampled_from(
    [
        "[[show.history]]\non = 2026-01-05\nstatus = 'in production'\nrelease = \"2026\"",
        "[show.ids] # i\n  imdb = 'tt1'",
        "[own]\nx  =  1",
        "\n# -----\n",
        "[[show.history]]\non=2025-05-05\nnote = 'n'",
    ]
)


@st.composite
def documents(draw: st.DrawFn) -> bytes:
    lines = draw(st.lists(st.sampled_from(["# head", "", "format = 1"]), max_size=2, unique=True))
    for number in range(draw(st.integers(1, 3))):
        lines += [draw(st.sampled_from(["[[show]]", '\t[[ "show" ]] # h'])), f"title = 'Show {number}'"]
        lines += draw(
            st.lists(KEYS, max_size=4, unique_by=lambda key: key.split()[0] if key[:1].strip(" #") else object())
        )
        # An owner's table may stand once in a file.
        lines += [
            table for table in draw(st.lists(TABLES, max_size=3, unique=True)) if number == 0 or "own" not in table
        ]
    newline = draw(st.sampled_from(["\n", "\r\n"]))
    text = "\n".join(lines).replace("\n", newline) + draw(st.sampled_from(["", newline, newline * 2]))
    return (draw(st.sampled_from(["", "\ufeff"])) + text).encode()


EDITS: list[Callable[[Tracker], object]] = [
    lambda t: t.edits.record({"show-0": Claim(status=Status.RELEASED)}),
    lambda t: t.edits.record(
        dict.fromkeys(
            [show.id for show in t.watchlist.current.shows], Claim(release=parse_window("2027-Q3"), note='a "b"\nc')
        )
    ),
    lambda t: t.edits.set_fields({"show-0": {"rating": 7.5, "notes": "x\ny"}}),
    lambda t: t.edits.set_fields({"show-0": {"tags": ("a", "c"), "networks": ()}}),
    lambda t: t.edits.set_fields({"show-1": {"ids": {"imdb": "tt2", "a b": "c"}, "kind": "special"}}),
    lambda t: t.edits.set_fields({"show-0": {"original_title": "옛날 집", "rating": None}}),
    lambda t: t.edits.add(Show("", "Last Tram", tags=("pier",)), Claim(status=Status.FILMING)),
    lambda t: t.edits.remove(["show-0"]),
    lambda t: t.edits.remove(["show-1"]),
]


def session(folder: str, data: bytes) -> tuple[Path, Tracker]:
    path = Path(folder) / "list.toml"
    path.write_bytes(data)
    tracker = Tracker(Paths(path), now=lambda: NOW)
    tracker.watchlist.open()
    tracker.edits.record_hand_edits()
    return path, tracker


@SOME
@given(documents(), st.sampled_from(EDITS))
def test_undo_of_any_edit(data: bytes, edit: Callable[[Tracker], object]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path, tracker = session(folder, data)
        before, damages = path.read_bytes(), tracker.watchlist.current.damaged
        try:
            edit(tracker)
        except TrackerError:
            assert path.read_bytes() == before
            return
        after = path.read_bytes()
        if after == before:
            return
        assert len(tracker.watchlist.current.damaged) == len(damages)
        assert tracker.watchlist.open() == Tracker(Paths(path), now=lambda: NOW).watchlist.open()
        tracker.edits.undo()
        assert path.read_bytes() == before
        tracker.edits.redo()
        assert path.read_bytes() == after


@SOME
@given(documents())
def test_record_in_any_file(data: bytes) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path, tracker = session(folder, data)
        if tracker.watchlist.current.find("show-0") is None:
            return
        before = path.read_bytes()
        tracker.edits.record({"show-0": Claim(status=Status.RELEASED)})
        went, came = went_and_came(before, path.read_bytes())
        assert [line.strip() for line in went.splitlines() if b"status" not in line and line.strip()] in (
            [],
            [before.splitlines()[-1].strip()],
        )
        assert came.count(b"\n") - went.count(b"\n") in range(4, 8)


@SOME
@given(documents(), st.lists(st.sampled_from(["undo", "redo", *EDITS]), min_size=3, max_size=9))
def test_any_edits_and_undos(data: bytes, steps: list[str | Callable[[Tracker], object]]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path, tracker = session(folder, data)
        states, at = [path.read_bytes()], 0
        for step in steps:
            if step == "undo":
                if at:
                    tracker.edits.undo()
                    at -= 1
            elif step == "redo":
                if at + 1 < len(states):
                    tracker.edits.redo()
                    at += 1
            elif callable(step):
                with suppress(TrackerError):
                    step(tracker)
                if path.read_bytes() != states[at]:
                    at += 1
                    states[at:] = [path.read_bytes()]
            assert path.read_bytes() == states[at]
        for _ in range(at):
            tracker.edits.undo()
        assert path.read_bytes() == states[0]


def test_undo_of_many_entries(write: Write, start: Start) -> None:
    first = b"".join(f'[[show]]\ntitle = "Show {n}"  # {n}\n\n'.encode() for n in range(40))
    path = write(first)
    tracker = start(path)
    tracker.edits.record(
        dict.fromkeys([show.id for show in tracker.watchlist.current.shows], Claim(status=Status.FILMING))
    )
    second = path.read_bytes()
    start(path).edits.undo()
    assert path.read_bytes() == first
    start(path).edits.redo()
    assert path.read_bytes() == second
