from __future__ import annotations

from datetime import date

import pytest

from tracker.model.history import Claim, fold_history
from tracker.model.show import Credit, Person, Show
from tracker.model.status import Status
from tracker.model.watchlist import DamagedEntry
from tracker.model.window_parser import parse_window
from tracker.tui.content import (
    describe_credit,
    describe_damaged_entry,
    describe_person,
    describe_step,
    describe_synopsis,
)
from tracker.tui.theme import UNICODE

CLAIMS = (
    Claim(on=date(2026, 1, 2), status=Status.FILMING, release=parse_window("2027"), note="It goes on."),
    Claim(on=date(2026, 3, 4), release=parse_window("2027-05"), region="JP", url="https://kestrel.example"),
    Claim(source="Lumen"),
)


def steps(width: int) -> list[list[str]]:
    """Return the lines of each claim, without the spaces at their ends."""
    found = [describe_step(step, UNICODE, width).plain.splitlines() for step in fold_history(CLAIMS).steps]
    return [[line.rstrip() for line in lines] for lines in found]


def test_step_of_a_wide_pane_has_the_day_in_a_column() -> None:
    assert ["2026-01-02  ◑ filming  2027", "            It goes on."] in steps(70)
    assert any(lines[0].startswith("2026-03-04  May 2027  in JP") for lines in steps(70))
    assert ["undated     Lumen"] in steps(70)


def test_step_of_a_narrow_pane_begins_with_the_day() -> None:
    assert ["2026-01-02  ◑ filming  2027", "  It goes on."] in steps(40)
    assert ["undated", "  Lumen"] in steps(40)


def test_person_of_whom_only_the_name_is_known() -> None:
    assert describe_person(Person("Han Seorin"), "Han Seorin", UNICODE).plain == "Han Seorin\n"


def test_credit_of_a_name_alone() -> None:
    assert describe_credit(Credit("Han Seorin"), False, UNICODE).plain == "Han Seorin"


@pytest.mark.parametrize(
    ("row", "column", "marked"),
    [("rating = x", 10, "         ^"), ("\trating＝1", 8, "       ^"), ("題名 = 1", 4, "     ^")],
)
def test_damaged_entry_has_a_mark(row: str, column: int, marked: str) -> None:
    damage = DamagedEntry(3, "…", text=f"[[show]]\n{row}\r\nid = 1\n", start=2, column=column)
    lines = describe_damaged_entry(damage, "list.toml", 40).plain.splitlines()
    assert lines[1] == f"list.toml:3:{column}"
    assert lines[-2] == "      " + marked
    assert not any("^" in line for line in describe_damaged_entry(damage, "list.toml", 12).plain.splitlines())


def test_bad_id_is_told() -> None:
    text = describe_synopsis(Show("a", "A", ids={"tvmaze": "tt1", "imdb": "tt1"})).plain
    assert text.splitlines() == ["tvmaze    tt1  not an id of TVmaze but one of IMDb; try 169", "imdb      tt1"]
