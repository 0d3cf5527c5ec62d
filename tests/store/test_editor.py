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


def test_one_status_in_an_odd_file_changes_its_bytes_and_appends_the_claim(write: Write, start: Start) -> None:
    path = write(ODD)
    start(path).record(["old-ferry"], Claim(status=Status.RELEASED))
    claim = '\r\n[[show.history]]\r\non = 2026-03-01\r\nstatus = "released"\r\nsource = "me"\r\n'
    expected = ODD.replace("status='filming'#tight", "status='released'#tight")
    expected = expected.replace("# the end of the ferry\r\n", "# the end of the ferry\r\n" + claim)
    assert path.read_bytes() == expected.encode()


def test_opening_and_noting_leave_an_odd_file_as_it_is(write: Write, start: Start) -> None:
    path = write(ODD)
    assert start(path).record_hand_edits() is None
    assert path.read_bytes() == ODD.encode()


def test_an_edit_is_undone_and_redone_by_other_starts(write: Write, start: Start) -> None:
    path = write(ODD)
    start(path).set_fields("old-ferry", {"rating": 7})
    edited = path.read_bytes()
    start(path).undo()
    assert path.read_bytes() == ODD.encode()
    start(path).redo()
    assert path.read_bytes() == edited


def test_an_edit_of_an_entry_directly_behind_a_bom_is_undone(write: Write, start: Start) -> None:
    path = write("\ufeff" + ONE)
    start(path).set_fields("old-ferry", {"rating": 7})
    assert path.read_text() == "\ufeff" + ONE + "rating = 7\n"
    start(path).undo()
    assert path.read_text() == "\ufeff" + ONE


@pytest.mark.parametrize("text", [ODD, ONE, ONE.rstrip("\n"), "", "# c", "\ufeff"])
def test_a_show_that_was_added_goes_without_a_trace(text: str, write: Write, start: Start) -> None:
    path = write(text)
    tracker = start(path)
    tracker.add(Show("", "Last Tram"), Claim(status=Status.ANNOUNCED))
    added = path.read_bytes()
    assert added.startswith(text.encode())
    tracker.undo()
    assert path.read_bytes() == text.encode()
    tracker.redo()
    assert path.read_bytes() == added


@pytest.mark.parametrize("text", [ODD, HELD, HELD.rstrip("\n"), HELD + "\n# end\n" + ONE.replace("Ferry", "Bus")])
def test_a_show_that_was_removed_comes_back_byte_for_byte(text: str, write: Write, start: Start) -> None:
    path = write(text)
    start(path).remove(["old-ferry"])
    assert b"Old Ferry" not in path.read_bytes()
    start(path).undo()
    assert path.read_bytes() == text.encode()


def test_a_last_show_without_a_line_end_comes_back_on_lines_of_its_own(write: Write, start: Start) -> None:
    path = write(HELD + "\n" + ONE.replace("Ferry", "Bus").rstrip("\n"))
    start(path).remove(["old-bus"])
    path.write_text(path.read_text() + "# hers\n")
    start(path).undo()
    assert {"# hers", 'title = "Old Bus"'} <= set(path.read_text().split("\n"))
    assert start(path).watchlist.damaged == ()


def test_shows_between_long_rulers_come_back_to_their_places(write: Write, start: Start) -> None:
    ruler = ("# " + "=" * 76 + "\n") * 4
    text = "".join(f'{ruler}[[show]]\ntitle = "Show {n}"\n\n' for n in range(5))
    path = write(text)
    tracker = start(path)
    tracker.remove(["show-1"])
    tracker.remove(["show-3"])
    tracker.undo()
    tracker.undo()
    assert path.read_bytes() == text.encode()


@pytest.mark.parametrize(
    "title", ["A\u2028B", "A\x85B", "[Oshi no Ko]", "Foo [/] bar", "[@click=app.quit]x", "가" * 40]
)
def test_an_entry_with_a_title_of_any_kind_is_edited_and_undone(title: str, write: Write, start: Start) -> None:
    text = f"[[show]]\nid = 'x'\ntitle = '{title}'\n"
    path = write(text)
    start(path).set_fields("x", {"rating": 7})
    assert path.read_bytes() == (text + "rating = 7\n").encode()
    start(path).undo()
    assert path.read_bytes() == text.encode()


def test_what_one_command_set_is_undone_by_one_undo(write: Write, start: Start) -> None:
    path = write(ONE)
    tracker = start(path)
    tracker.set_fields("old-ferry", {"rating": 7, "status": Status.FILMING, "release": parse_window("2027")})
    tracker.undo()
    assert path.read_text() == ONE


def test_there_is_nothing_to_undo_or_redo_in_the_beginning(write: Write, start: Start) -> None:
    tracker = start(write(ONE))
    with pytest.raises(NothingToUndo):
        tracker.undo()
    with pytest.raises(NothingToUndo):
        tracker.redo()


def test_a_new_edit_takes_the_way_to_redo_away(write: Write, start: Start) -> None:
    tracker = start(write(ONE))
    tracker.set_fields("old-ferry", {"rating": 7})
    tracker.undo()
    tracker.set_fields("old-ferry", {"rating": 8})
    with pytest.raises(NothingToUndo):
        tracker.redo()


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
def test_undo_of_an_entry_that_was_changed_since_is_a_conflict_and_changes_nothing(
    text: str, meddle: Callable[[str], str], write: Write, start: Start
) -> None:
    path = write(text)
    start(path).set_fields("old-ferry", {"rating": 7})
    path.write_text(meddle(path.read_text()))
    meddled = path.read_bytes()
    with pytest.raises(Conflict):
        start(path).undo()
    assert path.read_bytes() == meddled


def test_undo_of_an_entry_to_which_other_keys_and_comments_were_written_since_leaves_these(
    write: Write, start: Start
) -> None:
    path = write(HELD)
    start(path).set_fields("old-ferry", {"rating": 7})
    start(path).record(["old-ferry"], Claim(status=Status.SCHEDULED))
    mine = path.read_text().replace('title = "Old Ferry"\n', 'title = "Old Ferry"  # hers\n# again\ntags = ["pier"]\n')
    path.write_text(mine)
    tracker = start(path)
    tracker.undo()
    assert tracker.watchlist.get("old-ferry").status is Status.FILMING
    tracker.undo()
    expected = HELD.replace('title = "Old Ferry"\n', 'title = "Old Ferry"  # hers\n# again\ntags = ["pier"]\n')
    assert path.read_text() == expected
    tracker.redo()
    tracker.redo()
    assert path.read_text() == mine


def test_undo_names_both_values_of_what_was_changed_since(write: Write, start: Start) -> None:
    path = write(ONE)
    start(path).set_fields("old-ferry", {"rating": 7})
    path.write_text(path.read_text().replace("7", "9"))
    with pytest.raises(Conflict, match="Old Ferry: “rating” is “9” in the file, not there in the edit"):
        start(path).undo()


def test_undo_of_a_claim_to_which_a_line_was_written_since_is_a_conflict(write: Write, start: Start) -> None:
    path = write(ONE)
    start(path).record(["old-ferry"], Claim(status=Status.FILMING))
    path.write_text(path.read_text() + 'note = "seen at the pier"\n')
    meddled = path.read_bytes()
    with pytest.raises(Conflict):
        start(path).undo()
    assert path.read_bytes() == meddled


def test_undo_of_an_addition_to_which_a_line_was_written_since_is_a_conflict(write: Write, start: Start) -> None:
    path = write(ONE)
    start(path).add(Show("", "Last Tram"))
    path.write_text(path.read_text() + "rating = 3\n")
    meddled = path.read_bytes()
    with pytest.raises(Conflict):
        start(path).undo()
    assert path.read_bytes() == meddled


def test_undo_finds_its_entry_where_others_were_put_before_it(write: Write, start: Start) -> None:
    path = write(HELD)
    start(path).set_fields("old-ferry", {"rating": 7})
    path.write_text('# new\n[[show]]\ntitle = "Last Tram"\n\n' + path.read_text())
    start(path).undo()
    assert path.read_text() == '# new\n[[show]]\ntitle = "Last Tram"\n\n' + HELD


def test_undo_among_twins_takes_the_right_one(write: Write, start: Start) -> None:
    path = write(ONE + "\n" + ONE + "\n" + ONE)
    start(path).set_fields("old-ferry-2", {"rating": 7})
    once = path.read_bytes()
    start(path).set_fields("old-ferry-3", {"rating": 7})
    start(path).undo()
    assert path.read_bytes() == once


def test_undo_does_not_take_the_beginning_of_another_entry_for_its_own(write: Write, start: Start) -> None:
    path = write(ONE + ONE + 'rating = 7\ntags = ["twin"]\n')
    start(path).set_fields("old-ferry", {"rating": 7})
    path.write_text(path.read_text().replace("rating = 7", "rating = 9", 1))
    meddled = path.read_bytes()
    with pytest.raises(Conflict):
        start(path).undo()
    assert path.read_bytes() == meddled


def test_a_claim_is_kept_beside_the_one_that_another_start_recorded_meanwhile(write: Write, start: Start) -> None:
    path = write(HELD)
    one, other = start(path), start(path)
    other.record(["old-ferry"], Claim(status=Status.SCHEDULED, note="theirs"))
    one.record(["old-ferry"], Claim(note="ours"))
    show = one.watchlist.get("old-ferry")
    assert [claim.note for claim in show.history[1:]] == ["theirs", "ours"]
    assert show.status is Status.SCHEDULED


def test_a_field_that_another_start_changed_meanwhile_is_a_conflict(write: Write, start: Start) -> None:
    path = write(ONE)
    one, other = start(path), start(path)
    other.set_fields("old-ferry", {"rating": 7})
    with pytest.raises(Conflict, match=r"“7”.*“3”"):
        one.set_fields("old-ferry", {"rating": 3})
    assert path.read_text() == ONE + "rating = 7\n"


def test_other_fields_that_changed_meanwhile_are_no_conflict(write: Write, start: Start) -> None:
    path = write(ONE)
    one, other = start(path), start(path)
    other.set_fields("old-ferry", {"rating": 7})
    one.set_fields("old-ferry", {"tags": ("pier",)})
    assert path.read_text() == ONE + 'rating = 7\ntags = ["pier"]\n'


def test_two_starts_that_add_the_same_title_make_two_entries_that_both_can_be_read(write: Write, start: Start) -> None:
    path = write("")
    one, other = start(path), start(path)
    first = other.add(Show("", "Last Tram")).show_ids
    second = one.add(Show("", "Last Tram")).show_ids
    watchlist = start(path).watchlist
    assert watchlist.damaged == ()
    assert {show.id for show in watchlist.shows} == {*first, *second}
    assert len(watchlist.shows) == 2


@pytest.mark.parametrize("written", ['"released"', "'out'"])
def test_a_status_written_by_hand_becomes_a_claim_of_mine_on_the_next_load(
    written: str, write: Write, start: Start
) -> None:
    text = HELD.replace('status = "filming"\nrelease', f"status = {written}  # hurray\nrelease", 1)
    path = write(text)
    tracker = start(path)
    assert tracker.watchlist.get("old-ferry").history[-1] == Claim(
        date(2026, 3, 1), status=Status.RELEASED, source="me"
    )
    tracker.record_hand_edits()
    claim = '\n[[show.history]]\non = 2026-03-01\nstatus = "released"\nsource = "me"\n'
    assert path.read_text() == text + claim


def test_a_release_written_by_hand_becomes_a_claim_even_if_it_is_vaguer(write: Write, start: Start) -> None:
    text = HELD.replace('release = "2026"', "release = 2026-05-14", 1).replace(
        'release = "2026"', "release = 2026-05-13"
    )
    wider = text.replace("release = 2026-05-14", 'release = "summer 2026"')
    path = write(wider)
    start(path).record_hand_edits()
    assert path.read_text().startswith(wider)
    assert start(path).watchlist.get("old-ferry").history[-1].release == parse_window("summer 2026")


def test_a_hand_edit_is_noted_once(write: Write, start: Start) -> None:
    path = write(HELD.replace("filming", "released", 1))
    start(path).record_hand_edits()
    noted = path.read_bytes()
    again = start(path)
    assert again.record_hand_edits() is None
    assert len(again.watchlist.get("old-ferry").history) == 2
    assert path.read_bytes() == noted


def test_undo_takes_the_hand_edit_back_together_with_its_claim(write: Write, start: Start) -> None:
    path = write(HELD.replace("filming", "released", 1))
    start(path).record_hand_edits()
    start(path).undo()
    assert path.read_text() == HELD
    assert start(path).record_hand_edits() is None


def test_undo_right_after_a_hand_edit_takes_it_back(write: Write, start: Start) -> None:
    path = write(HELD.replace("filming", "released", 1))
    start(path).undo()
    assert path.read_text() == HELD


def test_undo_of_a_hand_edit_leaves_the_words_of_the_field_that_was_not_edited(write: Write, start: Start) -> None:
    text = HELD.replace('status = "filming"', 'status = "in production"', 1)
    path = write(text.replace('release = "2026"', 'release = "2027"', 1))
    start(path).record_hand_edits()
    start(path).undo()
    assert path.read_text() == text


def test_a_hand_edit_made_while_the_list_is_open_survives_the_next_edit(write: Write, start: Start) -> None:
    path = write(HELD)
    tracker = start(path)
    path.write_text(HELD.replace("filming", "released", 1))
    tracker.record(["old-ferry"], Claim(note="at the pier"))
    show = start(path).watchlist.get("old-ferry")
    assert show.status is Status.RELEASED
    assert "at the pier" in [claim.note for claim in show.history]


@pytest.mark.parametrize("call", ["write", "fsync"])
def test_a_disk_that_refuses_leaves_the_file_the_list_and_no_temporary_one(
    call: str, write: Write, start: Start, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = write(ONE)
    tracker = start(path)
    monkeypatch.setattr(os, call, refuse)
    with pytest.raises(WatchlistUnwritable, match="disk is full"):
        tracker.set_fields("old-ferry", {"rating": 7})
    monkeypatch.undo()
    assert path.read_text() == ONE
    assert [file.name for file in path.parent.iterdir() if file.is_file()] == ["list.toml"]
    assert tracker.watchlist.get("old-ferry").rating is None
    with pytest.raises(NothingToUndo):
        tracker.undo()


def test_a_read_only_file_is_looked_at_and_not_changed(
    write: Write, start: Start, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = write(HELD.replace("filming", "released", 1))
    before = path.read_bytes()
    path.chmod(0o444)
    if os.geteuid() == 0:
        monkeypatch.setattr(os, "access", lambda *_: False)
    tracker = start(path)
    assert tracker.watchlist.get("old-ferry").history[-1].source == "me"
    assert tracker.record_hand_edits() is None
    for edit in (tracker.undo, tracker.redo, lambda: tracker.remove(["old-ferry"])):
        with pytest.raises(WatchlistUnwritable):
            edit()
    assert path.read_bytes() == before


def test_an_edit_through_a_link_changes_the_real_file(write: Write, start: Start, tmp_path: Path) -> None:
    real = write(ONE)
    link = tmp_path / "link.toml"
    link.symlink_to(real)
    start(link).set_fields("old-ferry", {"rating": 7})
    assert link.is_symlink()
    assert real.read_text() == ONE + "rating = 7\n"
    start(real).undo()
    assert link.read_text() == ONE


def test_the_journal_lies_in_the_state_folder_for_its_owner_alone(write: Write, start: Start, tmp_path: Path) -> None:
    start(write(ONE)).set_fields("old-ferry", {"rating": 7})
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
    lambda t: t.record(["show-0"], Claim(status=Status.RELEASED)),
    lambda t: t.record(
        [show.id for show in t.watchlist.shows], Claim(release=parse_window("2027-Q3"), note='a "b"\nc')
    ),
    lambda t: t.set_fields("show-0", {"rating": 7.5, "notes": "x\ny"}),
    lambda t: t.set_fields("show-0", {"tags": ("a", "c"), "networks": ()}),
    lambda t: t.set_fields("show-1", {"ids": {"imdb": "tt2", "a b": "c"}, "kind": "special"}),
    lambda t: t.set_fields("show-0", {"original_title": "옛날 집", "rating": None}),
    lambda t: t.add(Show("", "Last Tram", tags=("pier",)), Claim(status=Status.FILMING)),
    lambda t: t.remove(["show-0"]),
    lambda t: t.remove(["show-1"]),
]


def session(folder: str, data: bytes) -> tuple[Path, Tracker]:
    path = Path(folder) / "list.toml"
    path.write_bytes(data)
    tracker = Tracker(Paths(path), now=lambda: NOW)
    tracker.open()
    tracker.record_hand_edits()
    return path, tracker


@SOME
@given(documents(), st.sampled_from(EDITS))
def test_any_edit_of_any_file_is_undone_to_the_byte_and_redone_to_the_byte(
    data: bytes, edit: Callable[[Tracker], object]
) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path, tracker = session(folder, data)
        before, damages = path.read_bytes(), tracker.watchlist.damaged
        try:
            edit(tracker)
        except TrackerError:
            assert path.read_bytes() == before
            return
        after = path.read_bytes()
        if after == before:
            return
        assert len(tracker.watchlist.damaged) == len(damages)
        assert tracker.open() == Tracker(Paths(path), now=lambda: NOW).open()
        tracker.undo()
        assert path.read_bytes() == before
        tracker.redo()
        assert path.read_bytes() == after


@SOME
@given(documents())
def test_a_status_in_any_file_leaves_every_other_line(data: bytes) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path, tracker = session(folder, data)
        if tracker.watchlist.find("show-0") is None:
            return
        before = path.read_bytes()
        tracker.record(["show-0"], Claim(status=Status.RELEASED))
        went, came = went_and_came(before, path.read_bytes())
        assert [line.strip() for line in went.splitlines() if b"status" not in line and line.strip()] in (
            [],
            [before.splitlines()[-1].strip()],
        )
        assert came.count(b"\n") - went.count(b"\n") in range(4, 8)


@SOME
@given(documents(), st.lists(st.sampled_from(["undo", "redo", *EDITS]), min_size=3, max_size=9))
def test_edits_and_undos_in_any_order_lead_back_to_the_first_byte(
    data: bytes, steps: list[str | Callable[[Tracker], object]]
) -> None:
    with tempfile.TemporaryDirectory() as folder:
        path, tracker = session(folder, data)
        states, at = [path.read_bytes()], 0
        for step in steps:
            if step == "undo":
                if at:
                    tracker.undo()
                    at -= 1
            elif step == "redo":
                if at + 1 < len(states):
                    tracker.redo()
                    at += 1
            elif callable(step):
                with suppress(TrackerError):
                    step(tracker)
                if path.read_bytes() != states[at]:
                    at += 1
                    states[at:] = [path.read_bytes()]
            assert path.read_bytes() == states[at]
        for _ in range(at):
            tracker.undo()
        assert path.read_bytes() == states[0]


def test_what_was_done_to_many_entries_at_once_is_undone_and_redone_at_once(write: Write, start: Start) -> None:
    first = b"".join(f'[[show]]\ntitle = "Show {n}"  # {n}\n\n'.encode() for n in range(40))
    path = write(first)
    tracker = start(path)
    tracker.record([show.id for show in tracker.watchlist.shows], Claim(status=Status.FILMING))
    second = path.read_bytes()
    start(path).undo()
    assert path.read_bytes() == first
    start(path).redo()
    assert path.read_bytes() == second
