from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from tracker.errors import NothingToUndo
from tracker.model.history import Claim
from tracker.model.status import Status
from tracker.service import Tracker
from tracker.store.journal import JournalEntry, TextChange
from tracker.store.undo import find_lost_edits

Write = Callable[[str | bytes], Path]
Start = Callable[[Path], Tracker]

TWO = '[[show]]\ntitle = "Old Ferry"\n\n[[show]]\ntitle = "Last Tram"\n'


def edit(before: str, after: str, **more: str) -> JournalEntry:
    return JournalEntry(f"{before}→{after}", "", (TextChange(before, after, **more),))  # type: ignore[arg-type]  # all texts


@pytest.mark.parametrize(
    ("edits", "texts", "gone"),
    [
        (["ab"], "b", []),
        (["ab"], "a", [0]),
        (["ab"], "x", []),
        (["ab", "bc"], "a", [0, 1]),
        (["ab", "bc"], "b", [1]),
        (["ab", "bc"], "c", []),
        (["ab", "ba"], "a", []),
        (["ab", "ba", "ac"], "a", [2]),
        (["ab", "xy"], "ay", [0]),
        (["ab", "xy"], "bx", [1]),
        (["ab", "xy"], "ax", [0, 1]),
    ],
)
def test_edits_are_gone_whose_entry_is_what_it_was_before(edits: list[str], texts: str, gone: list[int]) -> None:
    assert find_lost_edits([edit(*pair) for pair in map(list, edits)], texts) == gone


def test_nothing_is_said_of_what_was_before_an_entry_came_or_went() -> None:
    assert find_lost_edits([edit("a", "b"), edit("x", "")], "a") == []
    assert find_lost_edits([edit("a", "b"), edit("", "x")], "a") == []


def test_an_edit_of_several_shows_of_which_one_stands_was_not_overwritten() -> None:
    both = JournalEntry("both", "", (TextChange("a", "b"), TextChange("x", "y")))
    assert find_lost_edits([both], ["a", "y"]) == []
    assert find_lost_edits([both], ["a", "x"]) == [0]


def test_equal_entries_are_told_apart_by_number() -> None:
    assert find_lost_edits([edit("a", "b"), edit("a", "b")], ["b", "a"]) == [0]
    assert find_lost_edits([edit("a", "b")], ["b", "a"]) == []


def test_a_stale_save_is_noticed_at_the_next_edit_and_redo_brings_what_it_took(write: Write, start: Start) -> None:
    path = write(TWO)
    tracker = start(path)
    tracker.record(["old-ferry"], Claim(status=Status.FILMING))
    tracker.set_fields("old-ferry", {"rating": 7})
    path.write_text("# typed into an old text\n" + TWO)
    later = start(path)
    label = later.set_fields("last-tram", {"rating": 3}).label
    assert "another program's save took back: Old Ferry is filming, Old Ferry: rating (redo brings it)" in label
    later.redo()
    later.redo()
    ferry = later.watchlist.get("old-ferry")
    assert (ferry.status, ferry.rating) == (Status.FILMING, 7)
    assert later.watchlist.get("last-tram").rating == 3
    assert path.read_text().startswith("# typed into an old text\n")
    with pytest.raises(NothingToUndo):
        later.redo()
    for _ in range(3):
        later.undo()
    assert path.read_text() == "# typed into an old text\n" + TWO


def test_what_was_undone_is_not_missed(write: Write, start: Start) -> None:
    path = write(TWO)
    tracker = start(path)
    tracker.set_fields("old-ferry", {"rating": 7})
    tracker.undo()
    path.write_text("# hers\n" + TWO)
    assert start(path).set_aside_lost() is None


def test_what_was_put_aside_is_told_once_and_forgotten_after_many_edits(write: Write, start: Start) -> None:
    path = write(TWO)
    start(path).set_fields("old-ferry", {"rating": 7})
    path.write_text(TWO + "# hers\n")
    tracker = start(path)
    assert tracker.set_aside_lost() is not None
    assert tracker.set_aside_lost() is None
    for number in range(22):
        tracker.set_fields("last-tram", {"notes": str(number)})
    with pytest.raises(NothingToUndo):
        tracker.redo()
