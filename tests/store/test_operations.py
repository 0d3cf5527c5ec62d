from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from tests.store import mutations
from tests.store.mutations import set_fields
from tracker.errors import Conflict, EntryUnreadable, UnknownShow, WatchlistUnwritable
from tracker.model.history import Claim
from tracker.model.show import Credit, Show
from tracker.model.status import Status
from tracker.model.window_parser import parse_window
from tracker.service import Tracker
from tracker.store import show_writer
from tracker.store.operations import AddShow, Operation, RemoveShows
from tracker.store.snapshot import Snapshot, read_snapshot
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


def test_add_vaguer_claim() -> None:
    text = record().apply(read_snapshot(TWO)).snapshot.text
    vaguer = Claim(date(2026, 3, 2), release=parse_window("2026"), source="a paper")
    after = record(vaguer).apply(read_snapshot(text)).snapshot
    assert after.watchlist.get("old-ferry").release == parse_window("2026-05")
    assert 'release = "2026-05"\n\n[colours]' in after.text


def test_add_claim_keeps_own_words() -> None:
    text = '[[show]]\ntitle = "A"\nrelease = "Q3 2026"\n'
    after = record(Claim(date(2026, 3, 1), release=parse_window("2026-Q3"), source="me"), "a").apply(
        read_snapshot(text)
    )
    assert after.snapshot.text.startswith(text)


def test_add_old_claim() -> None:
    old = Claim(date(2025, 1, 1), status=Status.ANNOUNCED, source="a paper")
    after = record(old).apply(read_snapshot(TWO)).snapshot
    assert after.watchlist.get("old-ferry").status is Status.FILMING
    assert len(after.watchlist.get("old-ferry").history) == 2


def test_set_field() -> None:
    plan = set_fields("old-ferry", {"rating": (5, 8.5)}).apply(read_snapshot(TWO))
    assert plan.snapshot.text == TWO.replace("rating = 5", "rating = 8.5")


def test_set_field_conflict() -> None:
    with pytest.raises(Conflict, match=r"“5”.*“9”"):
        set_fields("old-ferry", {"rating": (4, 9)}).apply(read_snapshot(TWO))


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
    plan = AddShow(Show("new", "Last Tram"), "x").apply(read_snapshot(text))
    assert plan.snapshot.text.startswith(text)
    assert [show.id for show in plan.snapshot.watchlist.shows] == ["old-ferry", "paper-moon-inn", "new"]
    before = apply_changes(plan.snapshot, invert_changes(plan.changes))
    assert isinstance(before, Snapshot)
    assert before.text == text


@pytest.mark.parametrize("text", ["", "\ufeff", "# only comments\n", "format = 1"])
def test_add_first_show(text: str) -> None:
    plan = AddShow(Show("new", "Last Tram"), "x").apply(read_snapshot(text))
    assert plan.snapshot.text.startswith(text)
    assert [show.title for show in plan.snapshot.watchlist.shows] == ["Last Tram"]


def test_remove_show() -> None:
    plan = RemoveShows(("paper-moon-inn",), "x").apply(read_snapshot(TWO))
    assert plan.snapshot.text == TWO[: TWO.index("[[show]]\ntitle = 'Paper")]


def test_remove_show_before_own_table() -> None:
    assert "[colours]\nx  =  1\n" in RemoveShows(("old-ferry",), "x").apply(read_snapshot(TWO)).snapshot.text


def test_remove_several_shows() -> None:
    text = "".join(f'# {n}\n[[show]]\ntitle = "Show {n}"\n\n' for n in range(6))
    plan = RemoveShows(("show-1", "show-2", "show-5"), "x").apply(read_snapshot(text))
    assert [show.id for show in plan.snapshot.watchlist.shows] == ["show-0", "show-3", "show-4"]
    before = apply_changes(plan.snapshot, invert_changes(plan.changes))
    assert isinstance(before, Snapshot)
    assert before.text == text


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


def harm(kind: str) -> Callable[..., str]:
    def edit(_: str, text: str, changes: Mapping[str, Any], claims: Sequence[Mapping[str, Any]] = ()) -> str:
        from tracker.store.toml.editor import edit_block

        right = edit_block("show", text, changes, claims)
        match kind:
            case "broken":
                return right + "= = =\n"
            case "nothing done":
                return text
            case "another key":
                return right.replace('title = "Old Ferry"', 'title = "Old Fery"')
            case "a key lost":
                return right.replace("rating = 5\n", "")
            case "one entry more":
                return right + '[[show]]\ntitle = "Ghost"\n'
            case "a table of the owner":
                return right.replace("x  =  1", "x  =  2")
        raise AssertionError(kind)

    return edit


@pytest.mark.parametrize(
    "kind", ["broken", "nothing done", "another key", "a key lost", "one entry more", "a table of the owner"]
)
def test_wrong_edit_is_not_written(kind: str, write: Write, start: Start, monkeypatch: pytest.MonkeyPatch) -> None:
    path = write(TWO)
    tracker = start(path)
    monkeypatch.setattr(show_writer, "edit_block", harm(kind))
    with pytest.raises(WatchlistUnwritable):
        tracker.edits.record({"old-ferry": SCHEDULED})
    assert path.read_text() == TWO
