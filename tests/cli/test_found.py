"""What somebody found who used the program for the first time."""

from __future__ import annotations

import subprocess
import sys
import tomllib
from collections.abc import Callable
from pathlib import Path

import pytest

Run = Callable[..., tuple[int, str, str]]


@pytest.mark.parametrize("text", ['show = [{title = "inline"}]\n', '{"a": 1}', "show = 3\n", '[show]\ntitle = "A"\n'])
def test_nothing_is_added_to_a_file_whose_beginning_cannot_be_read(run: Run, path: Path, text: str) -> None:
    path.write_text(text)
    code, out, err = run("add", "Z")
    assert (code, out) == (3, "")
    assert "mended" in err
    assert path.read_text() == text
    assert "empty" not in run("list")[2]


def test_a_claim_that_a_newer_one_overrules_says_so(run: Run, path: Path) -> None:
    path.write_text(
        '[[show]]\ntitle = "A"\nstatus = "scheduled"\n[[show.history]]\non = 2026-01-05\nstatus = "scheduled"\n'
    )
    assert "a newer claim says scheduled" in run("status", "a", "filming", "--on", "2025-01-01")[2]


def test_a_claim_of_the_future_is_refused(run: Run, path: Path) -> None:
    before = path.read_bytes()
    code, _, err = run("status", "old-ferry", "released", "--on", "2999-01-01")
    assert code == 2
    assert "still to come" in err
    assert path.read_bytes() == before


def test_a_claim_may_be_dated_by_its_month(run: Run, path: Path) -> None:
    assert run("status", "old-ferry", "released", "--on", "2025-03")[0] == 0
    assert 'on = "2025-03"' in path.read_text()


def test_an_edit_that_can_no_longer_be_undone_does_not_bar_those_before_it(run: Run, path: Path) -> None:
    path.write_text('[[show]]\ntitle = "A"\n[[show]]\ntitle = "B"\n')
    first = path.read_text()
    run("set", "a", "rating=1")
    run("set", "b", "rating=2")
    path.write_text(path.read_text().replace("rating = 2", "rating = 3  # mine"))
    assert run("undo")[0] == 4
    assert run("undo")[0] == 0
    assert path.read_text() == first + "rating = 3  # mine\n"


def test_undo_of_a_first_hand_written_value_keeps_the_value(run: Run, path: Path) -> None:
    text = (
        '[[show]]\ntitle = "X"\nrelease = "May 2027"  # mine\n\n'
        '[[show.history]]\non = 2026-01-01\nnote = "said nothing of dates"\n'
    )
    path.write_text(text)
    run("list")
    assert path.read_text() != text
    run("undo")
    assert path.read_text() == text
    run("list")
    assert path.read_text() == text


def test_a_slip_of_the_keyboard_is_a_problem_and_a_key_of_the_owner_is_none(run: Run, path: Path) -> None:
    path.write_text('[[show]]\ntitle = "A"\nstaus = "filming"\nshelf = 3\n[[Show]]\ntitle = "B"\n')
    code, out, _ = run("check")
    assert code == 3
    assert [line.split(":")[1] for line in out.splitlines()] == ["3", "5"]


def test_one_long_title_does_not_make_every_line_as_long(run: Run, path: Path) -> None:
    path.write_text(f'[[show]]\ntitle = "{"a" * 5000}"\n[[show]]\ntitle = "B"\n')
    lines = run("list")[1].splitlines()
    assert min(map(len, lines[1:])) < 400


def process(path: Path, command: str, **environment: str) -> subprocess.CompletedProcess[str]:
    shell = f'"{sys.executable}" -m tracker --watchlist "{path}" {command}'
    return subprocess.run(shell, shell=True, capture_output=True, text=True, check=False, env=environment or None)


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="this system has no device that is always full")
def test_a_full_disk_behind_stdout_is_one_sentence(path: Path) -> None:
    done = process(path, "list > /dev/full")
    assert done.returncode == 1
    assert done.stderr.count("\n") == 1
    assert "cannot be written" in done.stderr


def test_a_closed_stdout_is_no_error(path: Path) -> None:
    done = process(path, "list >&-")
    assert (done.returncode, done.stderr) == (0, "")


def test_a_terminal_without_the_letters_gets_question_marks(path: Path) -> None:
    path.write_text('[[show]]\ntitle = "한국"\n')
    done = process(path, "list", PYTHONIOENCODING="ascii", PATH="/usr/bin:/bin")
    assert done.returncode == 0
    assert "??" in done.stdout


def test_a_new_title_keeps_the_id_by_writing_it_down(run: Run, path: Path) -> None:
    path.write_text('[[show]]\ntitle = "Solo"\n')
    run("set", "solo", "title=New name")
    assert run("set", "solo", "rating=3")[0] == 0
    assert tomllib.loads(path.read_text())["show"] == [{"title": "New name", "id": "solo", "rating": 3}]


def test_check_names_every_mistake_of_an_entry(run: Run, path: Path) -> None:
    path.write_text(
        '[[show]]\ntitle = "A"\nstatus = "sideways"\nkind = "opera"\nrating = 11\ntags = [1, "b"]\n'
        'cast = [{ role = "R" }]\nids = { tvmaze = [] }\nstaus = "x"\n\n'
        '[[show.history]]\non = "some day"\nstatus = "gone"\n\n[[show.history]]\nrelease = "2026-02-30"\n'
        "[[person]]\nfollow = 3\n"
    )
    code, out, _ = run("check")
    assert code == 3
    assert [int(line.split(":")[1]) for line in out.splitlines()] == [3, 4, 5, 6, 7, 8, 9, 12, 13, 16, 17, 18]
