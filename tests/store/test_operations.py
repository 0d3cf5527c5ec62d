from __future__ import annotations

import tomllib
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from tests.store import mutations
from tests.store.mutations import set_fields
from tracker.errors import EntryUnreadable, UnknownShow, WatchlistUnwritable
from tracker.model.history import Claim
from tracker.model.show import Credit, Show
from tracker.model.status import Status
from tracker.model.window_parser import parse_window
from tracker.service import Tracker
from tracker.store import show_writer
from tracker.store.operations import AddShows, Operation, RemoveShows
from tracker.store.snapshot import read_snapshot
from tracker.store.toml.editor import edit_block
from tracker.store.undo import apply_changes, invert_changes

Write = Callable[[str | bytes], Path]
Start = Callable[[Path], Tracker]

TWO = """\
format = 1

[[show]]
title = "Old Ferry"
status = "filming"  # so they say
rating = 5

[colours]
x  =  1

[[show.history]]
on = 2026-01-05
status = "filming"
source = "The Harbour Post"

# about the inn
[[show]]
title = 'Paper Moon Inn'
"""
SCHEDULED = Claim(date(2026, 3, 1), status=Status.SCHEDULED, release=parse_window("2026-05"), source="me")


def record(claim: Claim = SCHEDULED, show_id: str = "old-ferry") -> Operation:
    return mutations.record(show_id, claim, today=date(2026, 3, 2))


def test_add_claim() -> None:
    plan = record().apply(read_snapshot(TWO))
    assert plan.snapshot.text == TWO.replace('status = "filming"  # so', 'status = "scheduled"  # so').replace(
        "rating = 5\n", 'rating = 5\nrelease = "2026-05"\n'
    ).replace(
        'Post"\n',
        'Post"\n\n[[show.history]]\non = 2026-03-01\nstatus = "scheduled"\nrelease = "2026-05"\nsource = "me"\n',
    )
    assert plan.snapshot == read_snapshot(plan.snapshot.text)


def test_set_field() -> None:
    plan = set_fields("old-ferry", {"rating": (5, 8.5)}).apply(read_snapshot(TWO))
    assert plan.snapshot.text == TWO.replace("rating = 5", "rating = 8.5")


def test_set_field_that_is_set() -> None:
    plan = set_fields("old-ferry", {"rating": (4, 5)}).apply(read_snapshot(TWO))
    assert (plan.changes, plan.snapshot.text) == ((), TWO)


def test_set_cast_keeps_own_keys() -> None:
    text = '[[show]]\ntitle = "A"\ncast = [\n  { actor = "X", shoe = 38 },  # lead\n]\n'
    plan = set_fields("a", {"cast": ((Credit("X"),), (Credit("X"), Credit("Y")))}).apply(read_snapshot(text))
    assert '  { actor = "X", shoe = 38 },  # lead\n' in plan.snapshot.text


def test_set_field_beside_nan() -> None:
    text = '[[show]]\ntitle = "A"\nmine = nan\n'
    assert set_fields("a", {"rating": (None, 5)}).apply(read_snapshot(text)).snapshot.text == text + "rating = 5\n"


def test_set_field_beside_deep_nesting() -> None:
    text = f'[[show]]\ntitle = "A"\nmine = {"[" * 600}{"]" * 600}\n'
    try:
        after = set_fields("a", {"rating": (None, 5)}).apply(read_snapshot(text)).snapshot.text
    except (WatchlistUnwritable, EntryUnreadable, UnknownShow):
        return
    assert after == text + "rating = 5\n"


@pytest.mark.parametrize("end", ["", "\n", "\n\n", "\r\n", "\n# last words", "\n# last words\n"])
def test_add_show(end: str) -> None:
    text = TWO.rstrip("\n") + end
    plan = AddShows([Show("new", "Last Tram")], "x").apply(read_snapshot(text))
    assert plan.snapshot.text.startswith(text)
    assert [show.id for show in plan.snapshot.watchlist.shows] == ["old-ferry", "paper-moon-inn", "new"]


@pytest.mark.parametrize("end", ["", "\n", "\n\n", "\r\n", "\n# last words", "\n# last words\n"])
def test_add_shows_and_undo(end: str) -> None:
    text = TWO.rstrip("\n") + end
    before = read_snapshot(text)
    plan = AddShows((Show("", "Last Tram"), Show("", "Old Ferry"), Show("", "Last tram")), "x").apply(before)
    assert plan.snapshot.text.startswith(text)
    ids = [show.id for show in plan.snapshot.watchlist.shows]
    assert ids == ["old-ferry", "paper-moon-inn", "last-tram", "old-ferry-2", "last-tram-2"]
    undone = apply_changes(plan.snapshot, invert_changes(plan.changes))
    assert getattr(undone, "text", undone) == text
    redone = apply_changes(before, plan.changes)
    assert getattr(redone, "text", redone) == plan.snapshot.text


def test_remove_show() -> None:
    plan = RemoveShows(("paper-moon-inn",), "x").apply(read_snapshot(TWO))
    assert plan.snapshot.text == TWO[: TWO.index("[[show]]\ntitle = 'Paper")]


def test_remove_show_before_own_table() -> None:
    assert "[colours]\nx  =  1\n" in RemoveShows(("old-ferry",), "x").apply(read_snapshot(TWO)).snapshot.text


def test_remove_several_shows() -> None:
    text = "".join(f'# {n}\n[[show]]\ntitle = "Show {n}"\n\n' for n in range(6))
    plan = RemoveShows(("show-1", "show-2", "show-5"), "x").apply(read_snapshot(text))
    assert [show.id for show in plan.snapshot.watchlist.shows] == ["show-0", "show-3", "show-4"]
    assert getattr(apply_changes(plan.snapshot, invert_changes(plan.changes)), "text", "") == text


@pytest.mark.parametrize(
    "operation",
    [
        record(show_id="nobody"),
        set_fields("nobody", {"rating": (None, 1)}),
        RemoveShows(("nobody",), "x"),
    ],
    ids=["record", "set", "remove"],
)
def test_unknown_show(operation: Operation) -> None:
    with pytest.raises(UnknownShow):
        operation.apply(read_snapshot(TWO))


def test_edit_damaged_entry() -> None:
    with pytest.raises(EntryUnreadable, match="line 3"):
        record(show_id="a").apply(read_snapshot('[[show]]\ntitle = "A"\nstatus = "sideways"\n'))


HARM: dict[str, Callable[[str], str]] = {
    "broken": lambda text: text + "= = =\n",
    "nothing done": lambda text: TWO[TWO.index("[[show]]") : TWO.index("# about")],
    "another key": lambda text: text.replace('title = "Old Ferry"', 'title = "Old Fery"'),
    "a key lost": lambda text: text.replace("rating = 5\n", ""),
    "one entry more": lambda text: text + '[[show]]\ntitle = "Ghost"\n',
    "a table of the owner": lambda text: text.replace("x  =  1", "x  =  2"),
}


@pytest.mark.parametrize("name", HARM)
def test_wrong_edit_is_not_written(name: str, write: Write, start: Start, monkeypatch: pytest.MonkeyPatch) -> None:
    path = write(TWO)
    tracker = start(path)
    monkeypatch.setattr(show_writer, "edit_block", lambda *given: HARM[name](edit_block(*given)))
    with pytest.raises(WatchlistUnwritable):
        tracker.edits.record({"old-ferry": SCHEDULED})
    assert path.read_text() == TWO


@pytest.mark.parametrize(
    "written",
    [
        "# above\n{} = {{ a = 'b' }} # behind\n# below\nrating = 3\n",
        "# above\n{}.a = 'b' # behind\n# below\nrating = 3\n",
        "rating = 3\n# above\n[show.{}]\na = 'b' # behind\n# below\n",
    ],
)
@pytest.mark.parametrize("name", ["ids", "links", "follows"])
def test_removed_table_leaves_comments(name: str, written: str) -> None:
    snapshot = read_snapshot('[[show]]\ntitle = "Old Ferry"\n' + written.format(name))
    old = getattr(snapshot.watchlist.get("old-ferry"), name)
    after = set_fields("old-ferry", {name: (old, {})}).apply(snapshot).snapshot.text
    assert tomllib.loads(after) == {"show": [{"title": "Old Ferry", "rating": 3}]}
    assert [line.strip() for line in after.split("\n") if "#" in line] == ["# above", "# behind", "# below"]


def test_removed_show_before_an_own_table() -> None:
    text = '[[show]]\ntitle = "Old Ferry"\n\n[[show]]\ntitle = "Last Tram"\n[[own]]\nx = 1\n'
    after = RemoveShows(("last-tram",), "x").apply(read_snapshot(text)).snapshot.text
    assert after == '[[show]]\ntitle = "Old Ferry"\n\n[[own]]\nx = 1\n'
