from __future__ import annotations

import shlex
from pathlib import Path

import pytest

from tests.cli.helpers import Run
from tracker.cli.commands import help as help_command
from tracker.cli.parser import EXAMPLES, make_parser, protect_dashes
from tracker.guides.library import TOPICS, guide_text
from tracker.text import cells

ESCAPE = "\x1b["


def test_help_lists_the_guides(run: Run) -> None:
    code, out, _ = run("help")
    assert code == 0
    assert [line.split()[0] for line in out.splitlines()] == list(TOPICS)


@pytest.mark.parametrize("topic", TOPICS)
def test_help_prints_a_guide_as_it_is(run: Run, topic: str) -> None:
    assert run("help", topic)[:2] == (0, guide_text(topic))


def test_help_needs_no_list_and_makes_no_file(run: Run, tmp_path: Path) -> None:
    assert run("help", "dates")[0] == 0
    assert list(tmp_path.iterdir()) == []


def test_help_has_the_options_of_commands(run: Run) -> None:
    assert run("help", "add") == run("add", "--help")
    assert "tracker calendar --help" in run("help", "calendar")[2]


def test_help_names_what_is_near(run: Run) -> None:
    code, out, err = run("help", "daets")
    assert (code, out) == (2, "")
    assert "dates" in err
    assert "calendar" in run("help", "khal")[2]


@pytest.mark.usefixtures("terminal")
def test_help_on_a_terminal_is_laid_out(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PAGER", "")
    out = run("help", "file")[1]
    assert out.startswith(f"{ESCAPE}1mFile")
    monkeypatch.setenv("NO_COLOR", "1")
    plain = run("help", "file")[1]
    assert ESCAPE not in plain
    assert max(map(cells, plain.splitlines())) <= 80
    assert "| --- |" not in plain
    assert '\n    title = "A show I am waiting for"\n' in plain


@pytest.mark.usefixtures("terminal")
@pytest.mark.parametrize(("lines", "is_paged"), [(24, True), (2000, False)])
def test_help_longer_than_the_terminal_goes_through_the_pager(
    run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, lines: int, is_paged: bool
) -> None:
    paged = tmp_path / "paged"
    monkeypatch.setenv("PAGER", f"tee {paged}")
    monkeypatch.setenv("LINES", str(lines))
    out = run("help", "file")[1]
    assert paged.exists() is is_paged
    assert bool(out) is not is_paged


def test_help_needs_no_pager(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PAGER", "no-such-pager")
    monkeypatch.setenv("LINES", "2")
    help_command.show_text("one\ntwo\nthree")
    assert capsys.readouterr().out == "one\ntwo\nthree\n"


@pytest.mark.parametrize("line", [line for lines in EXAMPLES.values() for line in lines if line.startswith("tracker ")])
def test_examples_of_the_help_can_be_typed(line: str) -> None:
    words = protect_dashes(shlex.split(line)[1:])
    arguments = make_parser(words).parse_args(words)
    assert line in EXAMPLES[arguments.command]
