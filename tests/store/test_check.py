from __future__ import annotations

from datetime import date

import pytest

from tracker.store.check import find_problems
from tracker.store.snapshot import read_snapshot

TODAY = date(2026, 3, 1)


def lines(text: str) -> list[int]:
    return [problem.line for problem in find_problems(read_snapshot(text), TODAY)]


@pytest.mark.parametrize(
    "text", ["", "# nothing\n", '\ufeff[[show]]\r\ntitle = "A"\r\n', '[[show]]\ntitle = "A"\nown = 1']
)
def test_check_file_in_order(text: str) -> None:
    assert lines(text) == []


def test_check_damaged_entries() -> None:
    text = '[[show]]\ntitle = "A"\nstatus = "no"\n[[show]]\ntitle = "B"\n[[person]]\nage = 3\n[[show]]\nrating = 12\n'
    assert lines(text) == [3, 6, 8, 9]


def test_check_doubtful_claims() -> None:
    text = (
        '[[show]]\ntitle = "A"\n[[show.history]]\nnote = "undated"\n[[show.history]]\non = 2026-03-02\nnote = "n"\n'
        "[[show.history]]\non = 2026-02-01\n"
    )
    found = find_problems(read_snapshot(text), TODAY)
    assert [problem.line for problem in found] == [3, 6, 9]
    assert all(problem.reason.startswith("A: ") for problem in found)


def test_check_repeated_table() -> None:
    assert lines('[[show]]\ntitle = "A"\n[own]\nx = 1\n[[show]]\ntitle = "B"\n[own]\ny = 1\n') == [7]


def test_check_repeated_key() -> None:
    assert lines('[[show]]\ntitle = "A"\nrating = 1\nrating = 2\n') == [4]


@pytest.mark.parametrize(
    ("ids", "line"),
    [
        ('ids = { tvmaze = "tt1", imdb = "tt1" }\n', 3), ('ids = {\n  imdb = "tt1",\n  tvmaze = -1,\n}\n', 5),
        ('[show.ids]\nimdb = "tt1"\n"tvmaze" = ""\n', 5), ('ids.imdb = "tt1"\nids.tvmaze = "x"\n', 4),
        ("ids = {\n  mine = 1,\n  tvmaze = 1.5,\n}\n", 5), ("ids = { tvmaze = true }\n", 3),
    ],
)  # fmt: skip
def test_check_ids(ids: str, line: int) -> None:
    [problem] = find_problems(read_snapshot(f'[[show]]\ntitle = "A"\n{ids}'), TODAY)
    assert problem.line == line
    assert "tvmaze" in problem.reason.casefold()


def test_check_address_as_id() -> None:
    assert lines('[[show]]\ntitle = "A"\nids = { tvmaze = "https://www.tvmaze.com/shows/169/x" }\n') == []


def test_check_links() -> None:
    text = '[[show]]\ntitle = "Salt Road"\nlinks = { trailer = "lumen.example/x", page = "https://lumen.example" }\n'
    text += '\n[[show.history]]\non = 2026-01-10\nnote = "n"\nsource = "Lumen"\nurl = "see there"\n'
    first, second = find_problems(read_snapshot(text), TODAY)
    assert (first.line, second.line) == (3, 9)
    assert "Try https://lumen.example/x" in first.reason
    assert "Not a link: “see there”" in second.reason
