from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.store.mutations import record, set_fields
from tracker.errors import Conflict, NothingToUndo
from tracker.model.history import Claim
from tracker.model.news import NewsItem
from tracker.model.show import Credit, Show
from tracker.model.status import Status
from tracker.model.window_parser import parse_window
from tracker.service import Tracker
from tracker.store.journal import JournalEntry, TextChange
from tracker.store.operations import AddShows, RemoveShows, RevertChange, UpdateShows
from tracker.store.snapshot import Snapshot, read_snapshot
from tracker.store.undo import apply_changes, find_lost_edits, invert_changes

Write = Callable[[str | bytes], Path]
Start = Callable[[Path], Tracker]

PLAIN = '[[show]]\ntitle = "Old Ferry"\n\n[[show]]\ntitle = "Last Tram"\n'


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
def test_lost_edits(edits: list[str], texts: str, gone: list[int]) -> None:
    assert find_lost_edits([edit(*pair) for pair in map(list, edits)], texts) == gone


def test_lost_edits_of_several_shows() -> None:
    assert find_lost_edits([edit("a", "b"), edit("x", "")], "a") == []
    assert find_lost_edits([edit("a", "b"), edit("", "x")], "a") == []
    assert find_lost_edits([edit("a", "b"), edit("a", "b")], ["b", "a"]) == [0]
    assert find_lost_edits([edit("a", "b")], ["b", "a"]) == []
    both = JournalEntry("both", "", (TextChange("a", "b"), TextChange("x", "y")))
    assert find_lost_edits([both], ["a", "y"]) == []
    assert find_lost_edits([both], ["a", "x"]) == [0]


def test_lost_edits_are_redone(write: Write, start: Start) -> None:
    path = write(PLAIN)
    tracker = start(path)
    tracker.edits.record({"old-ferry": Claim(status=Status.FILMING)})
    tracker.edits.set_fields({"old-ferry": {"rating": 7}})
    path.write_text("# typed into an old text\n" + PLAIN)
    later = start(path)
    label = later.edits.set_fields({"last-tram": {"rating": 3}}).label
    assert "Another program's save undid: Old Ferry is filming, Old Ferry: rated 7." in label
    later.edits.redo()
    later.edits.redo()
    ferry = later.watchlist.current.get("old-ferry")
    assert (ferry.status, ferry.rating) == (Status.FILMING, 7)
    assert later.watchlist.current.get("last-tram").rating == 3
    assert path.read_text().startswith("# typed into an old text\n")
    with pytest.raises(NothingToUndo):
        later.edits.redo()
    for _ in range(3):
        later.edits.undo()
    assert path.read_text() == "# typed into an old text\n" + PLAIN


def test_undone_edits_are_not_lost(write: Write, start: Start) -> None:
    path = write(PLAIN)
    tracker = start(path)
    tracker.edits.set_fields({"old-ferry": {"rating": 7}})
    tracker.edits.undo()
    path.write_text("# hers\n" + PLAIN)
    assert start(path).edits.set_aside_lost() is None


def test_lost_edits_are_forgotten(write: Write, start: Start) -> None:
    path = write(PLAIN)
    start(path).edits.set_fields({"old-ferry": {"rating": 7}})
    path.write_text(PLAIN + "# hers\n")
    tracker = start(path)
    assert tracker.edits.set_aside_lost() is not None
    assert tracker.edits.set_aside_lost() is None
    for number in range(22):
        tracker.edits.set_fields({"last-tram": {"notes": str(number)}})
    with pytest.raises(NothingToUndo):
        tracker.edits.redo()


TODAY = date(2026, 3, 1)
TWO = """\
# my list
format = 1

[[show]]  # since the summer
title = "Old Ferry"
status = "filming"  # so they say
networks = ["Lumen"]

[[show.history]]
on = 2026-01-05
status = "filming"
source = "The Harbour Post"

# about the inn
[[show]]
title = 'Paper Moon Inn'
"""
DATED = Claim(date(2026, 3, 1), status=Status.SCHEDULED, release=parse_window("2026-10-02"), source="tvmaze")


def changed(contents: Snapshot, *claims: Claim, show_id: str = "old-ferry", **fields: Any) -> Snapshot:
    """Return the contents after an edit of one show."""
    show = contents.watchlist.get(show_id)
    values = {name: (getattr(show, name), value) for name, value in fields.items()}
    return set_fields(show_id, values, *claims).apply(contents).snapshot


def revert(before: Snapshot, after: Snapshot, show_id: str = "old-ferry") -> RevertChange:
    return RevertChange(before.block_of(show_id).text, after.block_of(show_id).text, "Old Ferry as it was")


@pytest.fixture
def two() -> Snapshot:
    return read_snapshot(TWO)


@pytest.mark.parametrize("end", ["\n", "\r\n"])
@pytest.mark.parametrize(
    "edit",
    [
        lambda contents: changed(contents, DATED),
        lambda contents: changed(contents, DATED, synopsis="A ferry.\nAnd more.", networks=("Kestrel",)),
        lambda contents: changed(contents, follows={"synopsis": "tvmaze"}, ids={"tvmaze": 7}),
        lambda contents: changed(contents, cast=(Credit("Mira Solé", "Anna", "keeps the light"),)),
    ],
    ids=["claim", "claim and fields", "link", "cast"],
)
def test_revert_last_change(edit: Callable[[Snapshot], Snapshot], end: str) -> None:
    before = read_snapshot(TWO.replace("\n", end))
    after = edit(before)
    assert after.text != before.text
    plan = revert(before, after).apply(after)
    assert plan.snapshot.text == before.text
    assert plan.snapshot == read_snapshot(before.text)


def test_revert_keeps_later_changes(two: Snapshot) -> None:
    after = changed(two, DATED, synopsis="A ferry.")
    later = changed(after, Claim(date(2026, 3, 2), note="seen in the harbour", source="me"), rating=8, tags=("soon",))
    later = read_snapshot(
        later.text.replace("# so they say", "# so they said").replace('= "Old Ferry"', '= "Old Ferry"  # !')
    )
    back = revert(two, after).apply(later).snapshot
    show = back.watchlist.get("old-ferry")
    assert (show.status, show.release, show.synopsis, show.rating) == (Status.FILMING, None, "", 8)
    assert (show.tags, [claim.source for claim in show.history]) == (("soon",), ["The Harbour Post", "me"])
    assert "# so they said" in back.text
    assert '"Old Ferry"  # !' in back.text


def test_revert_keeps_other_shows(two: Snapshot) -> None:
    after = changed(two, DATED)
    later = AddShows([Show("", "Last Tram")], "x").apply(changed(after, show_id="paper-moon-inn", rating=3)).snapshot
    later = read_snapshot("# at the top\n" + later.text)
    back = revert(two, after).apply(later).snapshot
    first, rest = TWO.split("# about the inn")
    assert back.text.startswith("# at the top\n" + first)
    assert back.text == "# at the top\n" + first + later.text[later.text.index("# about the inn") :]
    assert rest.split("\n")[2] in back.text


@pytest.mark.parametrize(
    ("field", "edit", "later"),
    [
        ("synopsis", "A ferry.", "Mine."),
        ("rating", 3, 4),
        ("follows", {"cast": "tvmaze"}, {"cast": "tmdb"}),
    ],
)
def test_revert_conflict(two: Snapshot, field: str, edit: Any, later: Any) -> None:
    after = changed(two, **{field: edit})
    sentence = r"^Can.t undo this: .*Old Ferry.* The file is unchanged\.$"
    with pytest.raises(Conflict, match=sentence):
        revert(two, after).apply(changed(after, **{field: later}))


def test_revert_claim_amid_history(two: Snapshot) -> None:
    after = changed(two, DATED)
    later = changed(after, Claim(date(2026, 3, 5), release=parse_window("2027"), source="Lumen"))
    show = revert(two, after).apply(later).snapshot.watchlist.get("old-ferry")
    assert [claim.source for claim in show.history] == ["The Harbour Post", "Lumen"]
    assert (show.release, show.history_state.window) == (parse_window("2027"), parse_window("2027"))
    assert show.status is show.history_state.status is Status.FILMING


def test_revert_on_a_removed_show(two: Snapshot) -> None:
    after = changed(two, DATED)
    gone = RemoveShows(("old-ferry",), "x").apply(after).snapshot
    with pytest.raises(Conflict, match="the entry was removed or renamed since"):
        revert(two, after).apply(gone)


def test_revert_addition(two: Snapshot) -> None:
    after = AddShows([Show("", "Last Tram")], "x").apply(two).snapshot
    back = RevertChange("", after.block_of("last-tram").text, "x").apply(after).snapshot
    assert [show.id for show in back.watchlist.shows] == ["old-ferry", "paper-moon-inn"]
    assert back.text.rstrip("\n") == TWO.rstrip("\n")


def test_revert_with_another_operation(two: Snapshot) -> None:
    after = changed(two, DATED)
    note = Claim(date(2026, 3, 2), source="tvmaze", note="said 2 Oct 2026 for a while")
    operation = revert(two, after)._replace(then=record("old-ferry", note))
    plan = operation.apply(after)
    show = plan.snapshot.watchlist.get("old-ferry")
    assert (show.status, show.release, show.history[1:]) == (Status.FILMING, None, (note,))
    assert len(plan.changes) == 1
    assert plan.snapshot.text.startswith(TWO[: TWO.index("# about the inn")].rstrip())


edits: dict[str, st.SearchStrategy[Any]] = {
    "synopsis": st.sampled_from(["A ferry.", "Two lines.\nOf text."]),
    "networks": st.sampled_from([("Kestrel",), ("Lumen", "Kestrel")]),
    "rating": st.integers(0, 10),
    "cast": st.sampled_from([(Credit("Mira Solé"),), (Credit("Ivo Brandt", "Olaf", "a diver"),)]),
    "ids": st.sampled_from([{"tvmaze": 7}, {"tmdb": "tv/9"}]),
    "original_title": st.just("낡은 배"),
}


@given(st.data())
def test_revert_any_change(data: st.DataObject) -> None:
    names = data.draw(st.permutations(list(edits)))[: data.draw(st.integers(1, len(edits)))]
    place = data.draw(st.integers(0, len(names) - 1))
    values = {name: data.draw(edits[name]) for name in names}
    states = [read_snapshot(TWO)]
    for name in names:
        states.append(changed(states[-1], **{name: values[name]}))
    without = read_snapshot(TWO)
    for name in [*names[:place], *names[place + 1 :]]:
        without = changed(without, **{name: values[name]})
    back = revert(states[place], states[place + 1]).apply(states[-1]).snapshot
    assert back.watchlist == without.watchlist
    assert back.text.split("# about the inn")[1] == TWO.split("# about the inn")[1]


def item(before: str, after: str) -> NewsItem:
    return NewsItem(datetime(2026, 3, 1, tzinfo=UTC), "loud", "old-ferry", "Old Ferry", "x", before=before, after=after)


def test_revert_is_undoable(write: Write, start: Start) -> None:
    path = write(TWO)
    tracker = start(path)
    before, after = tracker.edits.apply_fields(
        "old-ferry", {"synopsis": "A ferry."}, (DATED,), "Old Ferry: tvmaze says more"
    )
    tracker.edits.set_fields({"old-ferry": {"rating": 8}})
    with_both = path.read_text()
    outcome = tracker.edits.revert(item(before, after), "Old Ferry as it was")
    assert (outcome.label, outcome.show_ids) == ("Old Ferry as it was", ("old-ferry",))
    assert path.read_text() == TWO.replace('["Lumen"]\n', '["Lumen"]\nrating = 8\n')
    tracker.edits.undo()
    assert path.read_text() == with_both


HANDS = {
    "another entry": ("title = 'Paper Moon Inn'\n", "title = 'Paper Moon Inn'  # typed\nstatus = 'filming'\n"),
    "a comment": ("# since the summer", "# since the autumn"),
    "a new field": ('networks = ["Lumen"]\n', 'networks = ["Lumen"]\nnotes = """\nOne.\n\nTwo.\n"""\n'),
    "another field": ('["Lumen"]', '[ "Lumen",\n  "Kestrel" ]  # both'),
    "an older claim": ('source = "The Harbour Post"', 'source = "The Evening Post"  # sorry\nnote = "page 3"'),
}


@pytest.mark.parametrize("hand", HANDS)
@pytest.mark.parametrize(
    "operation",
    [
        record("old-ferry", DATED),
        set_fields("old-ferry", {"tags": ((), ("pier",)), "rating": (7.5, None)}),
        set_fields("old-ferry", {"title": ("Old Ferry", "The Ferry")}),
    ],
    ids=["claim", "fields", "title"],
)
def test_undo_leaves_hand_edits(operation: UpdateShows, hand: str) -> None:
    text = TWO.replace("networks", "rating = 7.5  # mine\nnetworks")
    plan = operation.apply(read_snapshot(text))
    edited = plan.snapshot.text.replace(*HANDS[hand])
    assert edited not in (text, plan.snapshot.text)
    undone = apply_changes(read_snapshot(edited), invert_changes(plan.changes))
    assert isinstance(undone, Snapshot)
    assert undone.text == text.replace(*HANDS[hand])


def test_undo_of_a_claim_leaves_the_status_typed_over_it() -> None:
    plan = record("old-ferry", DATED).apply(read_snapshot(TWO))
    typed = plan.snapshot.text.replace('status = "scheduled"  # so', 'status = "airing"  # so')
    assert typed != plan.snapshot.text
    undone = apply_changes(read_snapshot(typed), invert_changes(plan.changes))
    assert isinstance(undone, Snapshot)
    assert undone.text == TWO.replace('status = "filming"  # so', 'status = "airing"  # so')
    redone = apply_changes(undone, plan.changes)
    assert isinstance(redone, Snapshot)
    assert redone.text == typed
