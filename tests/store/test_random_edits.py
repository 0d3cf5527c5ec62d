"""Any edit of any watchlist that a person may have written leaves every other byte, and undo every byte."""

from __future__ import annotations

import tomllib
from datetime import date
from typing import Any, Final

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.store.expected_edits import TODAY, endings, survives, with_claim, with_fields
from tests.store.generated_documents import NOTES, WINDOWS, Document, documents
from tests.store.mutations import SOME, record, set_fields
from tracker.model.history import Claim
from tracker.model.show import Credit, Show
from tracker.model.status import Status
from tracker.model.window_parser import parse_window
from tracker.store.operations import AddShow, Operation, RemoveShows
from tracker.store.snapshot import Snapshot, read_snapshot
from tracker.store.toml.parser import same_data
from tracker.store.undo import apply_changes, invert_changes

NEW: Final = date(2031, 2, 3)
SAID: Final = {"2027": "2027", "2026-05-14": date(2026, 5, 14), "2026-Q3": "2026-Q3", "summer 2026": "summer 2026"}
"""Releases that are claimed, and how they stand in the file."""
assert all(any(word.strip("\"'") == said for word in WINDOWS) for said in SAID)

NAMES: Final = st.lists(st.sampled_from(["Lumen", 'a "b"', "옛날", "x # y", "new, 'one'"]), unique=True, max_size=4)
FIELDS: Final[dict[str, st.SearchStrategy[Any]]] = {
    "rating": st.none() | st.sampled_from([3, 8.5, 10]),
    "watch": st.sampled_from(["watching", "dropped"]),
    "kind": st.sampled_from(["film", "special"]),
    "notes": st.sampled_from(["", *NOTES, "x\ny", 'ends in "']),
    "synopsis": st.sampled_from(["", *NOTES]),
    "tags": NAMES.map(tuple),
    "networks": NAMES.map(tuple),
    "ids": st.dictionaries(st.sampled_from(["tvmaze", "imdb", "a b"]), st.sampled_from(["tt1", 7, "x'y"]), max_size=3),
    "title": st.sampled_from(["Last Tram", 'The "New" Ferry', "막차"]),
}


def parsed(text: str) -> dict[str, Any]:
    return tomllib.loads(text.removeprefix("\ufeff"))


def applied(operation: Operation, contents: Snapshot) -> str:
    """Return the text after an edit, after it was seen that undo and redo lead back and forth to the byte."""
    plan = operation.apply(contents)
    after = plan.snapshot
    assert after == read_snapshot(after.text)
    back = apply_changes(after, invert_changes(plan.changes))
    assert isinstance(back, Snapshot), back
    assert back.text == contents.text
    again = apply_changes(back, plan.changes)
    assert isinstance(again, Snapshot), again
    assert again.text == after.text
    return after.text


def in_order(old: Any, new: Any) -> Any:
    """Return names with those first that were there before: lists of names are sets, and keep their order."""
    if not isinstance(new, tuple):
        return new
    return (*(name for name in old if name in new), *(name for name in new if name not in old))


def check_show(document: Document, after: str, number: int, wanted: dict[str, Any], keys: set[str]) -> None:
    """See that a show says what is wanted, that nothing else says anything else, and that all other lines stand."""
    before = parsed(document.text)
    before["show"][number] = wanted
    assert same_data(parsed(after), before)
    # A history that is an inline list grows in its place.
    inline = {"history"} if any((p.show, p.key) == (number, "history") for p in document.pieces) else set()
    gone = survives(document, after, number, frozenset(keys | inline))
    assert not gone, f"{gone!r} is gone"


@SOME
@given(documents(), st.data())
def test_random_fields_are_set(document: Document, data: st.DataObject) -> None:
    contents = read_snapshot(document.text)
    number = data.draw(st.integers(0, len(document.titles) - 1))
    show = next(show for show in contents.watchlist.shows if show.title == document.titles[number])
    names = data.draw(st.lists(st.sampled_from([*FIELDS]), min_size=1, max_size=2, unique=True))
    drawn = {name: in_order(getattr(show, name), data.draw(FIELDS[name])) for name in names}
    new = {name: value for name, value in drawn.items() if value != getattr(show, name)}
    operation = set_fields(show.id, {name: (getattr(show, name), value) for name, value in new.items()}, today=TODAY)
    if not new:
        assert operation.apply(contents) == ((), contents)
        return
    after = applied(operation, contents)
    raw = parsed(document.text)["show"][number]
    values = {name: list(value) if isinstance(value, tuple) else value for name, value in new.items()}
    values = {name: None if value in ("", [], {}) else value for name, value in values.items()}
    if "title" in new and "id" not in raw:
        values = {"id": show.id, **values}
    check_show(document, after, number, with_fields(raw, values), set(values))
    if not {"tags", "networks"} & new.keys():
        # Comments within a list go with what they stand behind, all others stay.
        assert endings(document.text) <= endings(after)


@SOME
@given(documents(), st.data())
def test_random_claim_is_recorded(document: Document, data: st.DataObject) -> None:
    contents = read_snapshot(document.text)
    number = data.draw(st.integers(0, len(document.titles) - 1))
    show = next(show for show in contents.watchlist.shows if show.title == document.titles[number])
    status = data.draw(st.none() | st.sampled_from([Status.FILMING, Status.SCHEDULED, Status.RELEASED]))
    release = data.draw(st.none() | st.sampled_from([*SAID]))
    note = data.draw(st.sampled_from(["seen", 'a "b"\nc']))
    claim = Claim(NEW, "", status, parse_window(release) if release else None, "me", "", note)
    after = applied(record(show.id, claim, today=TODAY), contents)
    told = {"on": NEW, "status": status and status.value, "release": release and SAID[release], "source": "me"}
    table = {key: value for key, value in {**told, "note": note}.items() if value is not None}
    wanted = with_claim(parsed(document.text)["show"][number], table)
    check_show(document, after, number, wanted, {"status", "release"})
    assert endings(document.text) <= endings(after)


@SOME
@given(documents(), st.data())
def test_random_actor_is_added(document: Document, data: st.DataObject) -> None:
    contents = read_snapshot(document.text)
    number = data.draw(st.integers(0, len(document.titles) - 1))
    show = next(show for show in contents.watchlist.shows if show.title == document.titles[number])
    cast = (*show.cast, Credit("Kim New", role='the "pilot"'))
    after = applied(set_fields(show.id, {"cast": (show.cast, cast)}, today=TODAY), contents)
    raw = parsed(document.text)["show"][number]
    wanted = [*raw.get("cast", []), {"actor": "Kim New", "role": 'the "pilot"'}]
    check_show(document, after, number, with_fields(raw, {"cast": wanted}), {"cast"})
    assert endings(document.text) <= endings(after)


@SOME
@given(documents())
def test_random_show_is_added(document: Document) -> None:
    after = applied(AddShow(Show("", "Paper Moon Inn", tags=("pier",)), "x"), read_snapshot(document.text))
    assert after.startswith(document.text)
    before = parsed(document.text)
    before["show"].append({"id": "paper-moon-inn", "title": "Paper Moon Inn", "kind": "series", "tags": ["pier"]})
    now = parsed(after)
    now["show"][-1].setdefault("kind", "series")
    assert same_data(now, before)


@SOME
@given(documents(), st.data())
def test_random_show_is_removed(document: Document, data: st.DataObject) -> None:
    contents = read_snapshot(document.text)
    number = data.draw(st.integers(0, len(document.titles) - 1))
    show = next(show for show in contents.watchlist.shows if show.title == document.titles[number])
    after = applied(RemoveShows((show.id,), "x"), contents)
    before = parsed(document.text)
    del before["show"][number]
    if not before["show"]:
        del before["show"]
    assert same_data(parsed(after), before)
    kept = Document(tuple(p for p in document.pieces if p.show != number and p.text.strip()), ())
    gone = survives(kept, after + "\n", number, frozenset())
    assert not gone, f"{gone!r} is gone"


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
    contents = read_snapshot('[[show]]\ntitle = "Old Ferry"\n' + written.format(name))
    old = getattr(contents.watchlist.get("old-ferry"), name)
    after = applied(set_fields("old-ferry", {name: (old, {})}), contents)
    assert parsed(after) == {"show": [{"title": "Old Ferry", "rating": 3}]}
    assert [line.strip() for line in after.split("\n") if "#" in line] == ["# above", "# behind", "# below"]


def test_removed_show_before_an_own_table() -> None:
    text = '[[show]]\ntitle = "Old Ferry"\n\n[[show]]\ntitle = "Last Tram"\n[[own]]\nx = 1\n'
    after = applied(RemoveShows(("last-tram",), "x"), read_snapshot(text))
    assert after == '[[show]]\ntitle = "Old Ferry"\n\n[[own]]\nx = 1\n'
