"""The published test suite of TOML 1.0 and 1.1 as what an owner has within an entry; see cases/LICENSE."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable
from contextlib import suppress
from datetime import date
from itertools import groupby
from operator import itemgetter
from pathlib import Path
from typing import Any, Final

import pytest
import tomli
import tomli_w

from tests.store.mutations import record, set_fields
from tracker.cli.main import main
from tracker.errors import WatchlistUnreadable, WatchlistUnwritable
from tracker.model.history import Claim
from tracker.model.status import Status
from tracker.store.check import find_problems
from tracker.store.merge.three_way import merge_files
from tracker.store.operations import EditPlan, Operation, RemoveShows
from tracker.store.snapshot import Snapshot, read_snapshot
from tracker.store.toml.parser import same_data
from tracker.store.undo import apply_changes, invert_changes
from tracker.store.watchlist_file import WatchlistFile

Write = Callable[[str | bytes], Path]

TODAY: Final = date(2026, 3, 1)
BEFORE: Final = '# mine\n[[show]]\ntitle = "Paper Moon Inn"\n\n'
HEADER: Final = '# the ferry\n[[show]]\ntitle = "Old Ferry"\nrating = 5\nwatch = "planned"\n'
BEHIND: Final = '\n# about the tram\n[[show]]\ntitle = "Last Tram"\n'
CLAIM: Final = '\n[[show.history]]\non = 2026-03-01\nstatus = "released"\nsource = "me"\n'
STATUS: Final = 'status = "released"\n'


def cases(name: str) -> dict[str, bytes]:
    """Return the bytes of each case by its name."""
    path = Path(__file__).parent / "cases" / name
    found: dict[str, str | dict[str, str]] = json.loads(path.read_text(encoding="utf-8"))
    return {
        name: case.encode() if isinstance(case, str) else case["latin-1"].encode("latin-1")
        for name, case in found.items()
    }


NEW_IN_1_1: Final = frozenset(
    [
        "datetime/no-secs", "inline-table/linebreak-01", "inline-table/linebreak-02", "inline-table/linebreak-03",
        "inline-table/linebreak-04", "inline-table/trailing-comma", "local-datetime/no-secs", "local-time/no-secs",
        "string/basic-byte-escapes",
    ]
)  # fmt: skip
"""What TOML 1.0 refuses and 1.1 reads."""
INVALID: Final = {name: case for name, case in cases("invalid.json").items() if name not in NEW_IN_1_1}
VALID: Final = {
    name: case.decode("utf-8-sig")
    for name, case in {**cases("valid.json"), **cases("invalid.json")}.items()
    if name not in INVALID
}
"""Without the BOM of two cases, which means something at the very beginning of a file alone."""

TITLED: Final = frozenset(
    [
        "array/string-quote-comma-01", "array/string-quote-comma-02",
        "array/string-with-comma-01", "array/string-with-comma-02",
        "spec-example-1", "spec-example-1-compact",
    ]
)  # fmt: skip
"""They have a key `title` of their own, which the entry has already: they are carried in a table only."""
PEOPLE: Final = frozenset(["table/array-many", "table/array-one"])
"""They have tables [[people]], of which `check` thinks that [[person]] was meant."""
NAMELESS: Final = frozenset(["table/array-empty-name", "table/empty-name"])
"""A table whose name is "" is where an edit may give up, as long as it says so and writes nothing."""
MENDED: Final = frozenset(
    [
        "array/extending-table", "array/tables-01", "inline-table/overwrite-02", "inline-table/overwrite-04",
        "inline-table/overwrite-05", "table/duplicate-key-10", "table/overwrite-bool-with-array",
        "table/overwrite-with-deep-table",
    ]
)  # fmt: skip
"""They clash in a key and a table of one name; here the key is the entry's and the table is the file's."""


def newline_of(text: str) -> str:
    return "\r\n" if "\r\n" in text else "\n"


def file_with(inner: str) -> str:
    """Return a file of three shows, of which the second holds the text."""
    newline = newline_of(inner)
    ended = inner if inner.endswith("\n") or not inner else inner + newline
    return (BEFORE + HEADER).replace("\n", newline) + ended + BEHIND.replace("\n", newline)


def release(show_id: str) -> Operation:
    return record(show_id, Claim(TODAY, status=Status.RELEASED, source="me"))


def change(show_id: str, name: str, old: object, new: object) -> Operation:
    return set_fields(show_id, {name: (old, new)})


RATED: Final = change("old-ferry", "rating", 5, 7)
WATCHED: Final = change("old-ferry", "watch", "planned", "watched")


def without(text: str, *pieces: str) -> str:
    """Return the text without the first occurrence of each piece, which must be there."""
    newline = newline_of(text)
    for piece in pieces:
        assert piece.replace("\n", newline) in text
        text = text.replace(piece.replace("\n", newline), "", 1)
    return text


def undone(plan: EditPlan) -> str:
    back = apply_changes(plan.snapshot, invert_changes(plan.changes))
    assert isinstance(back, Snapshot), back
    return back.text


def applied(operation: Operation, text: str) -> str:
    """Return the text after an edit that undo takes back to the byte."""
    plan = operation.apply(read_snapshot(text))
    assert plan.snapshot == read_snapshot(plan.snapshot.text)
    assert undone(plan) == text
    return plan.snapshot.text


def check_survival(text: str, data: dict[str, Any]) -> None:
    """Edit a show in the text in all ways, and see that nothing else changes."""
    assert not read_snapshot(text).watchlist.damaged
    rated = text.replace("rating = 5", "rating = 7", 1)
    assert applied(RATED, text) == rated
    told = applied(release("old-ferry"), text)
    assert without(told, CLAIM, STATUS) == text
    data["show"][1] |= {"status": "released", "history": [{"on": TODAY, "status": "released", "source": "me"}]}
    assert same_data(tomli.loads(told), data)
    merged = merge_files(text, rated, applied(WATCHED, text))
    assert merged == (rated.replace('watch = "planned"', 'watch = "watched"', 1), ())
    merged = merge_files(text, rated, told)
    assert without(merged.text, CLAIM, STATUS) == rated
    data["show"][1]["rating"] = 7
    assert (same_data(tomli.loads(merged.text), data), merged.conflicts) == (True, ())


def by_part(names: Iterable[str]) -> list[list[str]]:
    """Return the names by the part of TOML that they are about; a test for each would take twice the time."""
    return [list(group) for _, group in groupby(sorted(names), key=lambda name: name.partition("/")[0])]


@pytest.mark.parametrize("names", by_part(VALID.keys() - TITLED - NAMELESS), ids=itemgetter(0))
def test_valid_document_behind_a_show(names: list[str]) -> None:
    for name in names:
        text = file_with(VALID[name])
        data = tomli.loads(text)
        assert bool(find_problems(read_snapshot(text), TODAY)) is (name in PEOPLE)
        check_survival(text, data)


@pytest.mark.parametrize("names", by_part(VALID), ids=itemgetter(0))
def test_valid_document_in_a_table(names: list[str]) -> None:
    for name in names:
        own = tomli.loads(VALID[name])
        text = file_with(tomli_w.dumps({"show": {"own": own}}))
        data = tomli.loads(text)
        assert same_data(data["show"][1]["own"], own), name
        check_survival(text, data)


@pytest.mark.parametrize("names", by_part(VALID.keys() - TITLED), ids=itemgetter(0))
def test_valid_document_around_a_removed_show(names: list[str]) -> None:
    for name in names:
        text = file_with(VALID[name])
        plan = RemoveShows(("old-ferry",), "x").apply(read_snapshot(text))
        newline = newline_of(text)
        assert plan.snapshot.text.startswith((BEFORE + "# the ferry\n").replace("\n", newline)), name
        assert plan.snapshot.text.endswith(BEHIND.lstrip("\n").replace("\n", newline)), name
        # Tables of the owner's own are the file's, and only the entry's keys go with it.
        own = {key: value for key, value in tomli.loads(text).items() if key != "show"}
        kept = tomli.loads(plan.snapshot.text)
        assert [show["title"] for show in kept.pop("show")] == ["Paper Moon Inn", "Last Tram"], name
        assert same_data(kept, own), name
        assert undone(plan) == text, name


@pytest.mark.parametrize("name", sorted(NAMELESS))
def test_edit_beside_a_nameless_table(name: str) -> None:
    text = file_with(VALID[name])
    contents = read_snapshot(text)
    assert not contents.watchlist.damaged
    with suppress(WatchlistUnwritable):
        assert applied(RATED, text) == text.replace("rating = 5", "rating = 7", 1)
    with suppress(WatchlistUnwritable):
        assert without(applied(release("old-ferry"), text), CLAIM, STATUS) == text


def is_text(case: bytes) -> bool:
    """Return whether the bytes are text at all: UTF-8 without a NUL."""
    try:
        return "\0" not in case.decode()
    except UnicodeDecodeError:
        return False


WRITTEN: Final = {name: case.decode() for name, case in INVALID.items() if is_text(case)}


def check_others_survive(text: str) -> None:
    """Edit the shows around the middle one and see that all else stays."""
    newline = newline_of(text)
    claim, status = CLAIM.replace("\n", newline), STATUS.replace("\n", newline)
    assert applied(release("last-tram"), text) == text + status + claim
    line = 'title = "Paper Moon Inn"' + newline
    assert applied(change("paper-moon-inn", "rating", None, 7), text) == text.replace(
        line, line + "rating = 7" + newline, 1
    )


@pytest.mark.parametrize("names", by_part(WRITTEN.keys() - MENDED), ids=itemgetter(0))
def test_invalid_document(names: list[str]) -> None:
    for name in names:
        text = file_with(WRITTEN[name])
        with pytest.raises(ValueError):  # noqa: PT011 - tomli gives a plain one for impossible dates
            tomli.loads(text)
        contents = read_snapshot(text)
        assert [show.title for show in contents.watchlist.shows] == ["Paper Moon Inn", "Last Tram"], name
        [damage] = contents.watchlist.damaged
        # Where the parser only notices at the end, that is behind the comments under the entry.
        lines = range((BEFORE + HEADER).count("\n") - 3, text[: text.rindex("[[show]]")].count("\n") + 1)
        assert damage.line in lines, name
        assert damage.reason, name
        found = find_problems(contents, TODAY)
        assert found, name
        assert {problem.line for problem in found} <= set(lines), name
        check_others_survive(text)


@pytest.mark.parametrize("name", sorted(MENDED))
def test_invalid_document_valid_in_a_show(name: str) -> None:
    text = file_with(WRITTEN[name])
    tomli.loads(text)
    assert not read_snapshot(text).watchlist.damaged
    check_others_survive(text)


@pytest.mark.parametrize("name", sorted(INVALID.keys() - WRITTEN))
def test_bytes_that_are_no_text(name: str, write: Write, capsys: pytest.CaptureFixture[str]) -> None:
    data = (BEFORE + HEADER).encode() + INVALID[name] + BEHIND.encode()
    path = write(data)
    with pytest.raises(WatchlistUnreadable) as refusal:
        WatchlistFile(path).load()
    said = str(refusal.value)
    assert said.endswith(".")
    assert said.isprintable()
    line = data[: data.index(INVALID[name])].count(b"\n") + 1
    assert line <= int(said.split(":")[1]) <= line + INVALID[name].count(b"\n")
    assert main(["--watchlist", str(path), "list"]) == WatchlistUnreadable.EXIT_CODE == 3
    assert capsys.readouterr() == ("", f"tracker: {said}\n")
    assert path.read_bytes() == data
