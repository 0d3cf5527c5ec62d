from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from tests.service.conftest import Program, StubSource, entry, said, summarize
from tracker.errors import NothingToUndo, TrackerError
from tracker.model.news import NewsItem
from tracker.model.source_record import SourceRecord
from tracker.model.window_parser import parse_window

TOP, CLAIM = said("scheduled", "2026-11-27")
TRAM = entry(
    "Slow Tram", TOP, 'synopsis = "It is never late."  # theirs', 'networks = ["Kestrel"]',
    "ids = { tvmaze = 103 }", 'follows = { synopsis = "tvmaze" }', claims=[CLAIM],
)  # fmt: skip
TOP_OF_SALT, CLAIM_OF_SALT = said("filming", "2027-08")
SALT = entry("Salt Road", TOP_OF_SALT, "tags = []", claims=[CLAIM_OF_SALT])
LOW = entry("Low Tide", "# a tide")
RECORD = SourceRecord(
    "tvmaze", "103", "Slow Tram", release=parse_window("2026-11-27"), synopsis="It is never late.", revision="1"
)
LOUD, QUIET = ([(grade, "slow-tram", "tvmaze")] for grade in ("loud", "quiet"))


@pytest.fixture
def program(tmp_path: Path) -> Program:
    """A list that was refreshed, and whose owner has read everything."""
    program = Program(tmp_path / "list.toml", StubSource("tvmaze", RECORD))
    program.write(LOW, TRAM, SALT)
    program.refresh()
    assert unread(program) == []
    return program


def unread(program: Program) -> list[NewsItem]:
    """Return what is unread to somebody who starts the program now."""
    tracker = program.tracker()
    tracker.watchlist.open()
    tracker.external_changes.check()
    return list(tracker.inbox.unread())


def refresh(program: Program, release: str = "", **fields: Any) -> str:
    """Let TVmaze say something else, refresh, and return the list as it was before."""
    if release:
        fields["release"] = parse_window(release)
    program.sources[0].change("103", **fields)
    before = program.text
    program.refresh(days=4, force=True)
    return before


def undo(program: Program, item: NewsItem) -> None:
    program.tracker().inbox.undo(item)


# Reading


def test_item_is_unread_until_marked(program: Program) -> None:
    refresh(program, "2027-03-05")
    assert (summarize(unread(program)), summarize(unread(program))) == (LOUD, LOUD)
    program.tracker().inbox.mark_read()
    assert unread(program) == []
    assert [item.is_seen for item in program.tracker().inbox.items()] == [True]


def test_items_since_a_moment(program: Program) -> None:
    refresh(program, "2027-03-05")
    first = program.tracker().watchlist.moment
    program.tracker().inbox.mark_read()
    refresh(program, "2027-04-05")
    inbox = program.tracker().inbox
    assert [len(inbox.items(since=first + timedelta(hours=hours))) for hours in (0, 1)] == [2, 1]


def test_items_in_order_and_counted(program: Program) -> None:
    refresh(program, "2027-03-05")
    refresh(program, networks=("Lumen",))
    refresh(program, synopsis="Other.")
    program.edit("# a tide", "rating = 3")
    assert [(item.grade, item.show_id) for item in unread(program)] == [
        ("loud", "slow-tram"), ("normal", "slow-tram"), ("quiet", "low-tide"), ("quiet", "slow-tram"),
    ]  # fmt: skip
    assert program.tracker().inbox.count() == 2


def test_mark_one_read(program: Program) -> None:
    refresh(program, "2027-03-05")
    refresh(program, "2027-04-05")
    first = unread(program)[-1]
    program.tracker().inbox.mark_read([first.number])
    assert [item.number for item in unread(program)] == [first.number + 1]


def test_change_by_a_source_is_no_external_change(program: Program) -> None:
    refresh(program, "2027-03-05", synopsis="Other.")
    assert summarize(unread(program)) == LOUD
    program.edit('title = "Slow Tram"\n', 'title = "Slow Tram"\nrating = 9  # after all\n')
    assert summarize(unread(program)) == [*LOUD, ("quiet", "slow-tram", "file")]


def test_change_that_another_machine_has_refreshed(program: Program, monkeypatch: pytest.MonkeyPatch) -> None:
    with monkeypatch.context() as other_machine:
        other_machine.setenv("XDG_STATE_HOME", str(program.path.parent / "other"))
        before = program.text
        program.refresh(force=True)
        refresh(program, "2027-03-05", synopsis="Other.")
        theirs = program.text
    assert theirs != before
    program.refresh(force=True)
    assert [item.grade for item in unread(program)].count("loud") == 1
    assert program.text == theirs


# Undo


def test_undo_of_a_date(program: Program) -> None:
    before = refresh(program, "2027-03-05", synopsis="Other.")
    after = program.text
    undo(program, unread(program)[0])
    assert (program.text, unread(program)) == (before, [])
    program.tracker().edits.undo()
    assert program.text == after


def test_undo_keeps_what_was_written_since(program: Program) -> None:
    before = refresh(program, "2027-03-05")
    edits = {
        'title = "Slow Tram"\n': 'title = "Slow Tram"\nrating = 9  # after all\n',
        "# a tide": "# a tide that ebbs",
    }
    for old, new in edits.items():
        program.edit(old, new)
        before = before.replace(old, new)
    [item] = [item for item in unread(program) if item.source == "tvmaze"]
    undo(program, item)
    assert program.text == before


def test_undo_of_the_older_change(program: Program) -> None:
    refresh(program, synopsis="Other.")
    refresh(program, "2027-03-05")
    undo(program, program.tracker().inbox.items()[-1])
    show = program.show()
    assert (show.synopsis, show.release, len(show.history)) == ("It is never late.", parse_window("2027-03-05"), 2)


@pytest.mark.parametrize("since", ['"My own."', None])
def test_undo_of_what_was_changed_since(program: Program, since: str | None) -> None:
    refresh(program, synopsis="Other.")
    [item] = unread(program)
    if since is None:
        program.tracker().edits.remove(["slow-tram"])
    else:
        program.edit('"Other."', since)
    before = program.text
    with pytest.raises(TrackerError, match="My own" if since else "Can't undo"):
        undo(program, item)
    assert program.text == before


def test_undo_of_nothing(program: Program) -> None:
    before = refresh(program, raw_status="Fermenting")
    [item] = unread(program)
    with pytest.raises(NothingToUndo):
        undo(program, item)
    assert program.text == before


def test_undone_change_is_not_made_again(program: Program) -> None:
    before = refresh(program, "2027-03-05")
    undo(program, unread(program)[0])
    program.refresh(days=40, force=True)
    assert (program.text, unread(program)) == (before, [])
    # It is still what the source says.
    assert "release" in program.proposals()
