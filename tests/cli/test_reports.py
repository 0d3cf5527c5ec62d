"""What list, today, calendar and slips have in common."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.cli.helpers import ESCAPE, HOSTILE, Run, claim, entry
from tracker.text import cells

MONDAY = "2026-11-23"
COMMANDS = ("list", "today", "calendar", "slips")
LONG = "The very long story of a ferry that came late and later and later still"
TEXT = (
    entry("Night Ferry", claim("2026-03-01", "scheduled", "2026-11-26"), networks=["Harbour TV"])
    + entry("Salt Road", claim("2026-03-01", "filming", "2026-11-20"), networks=["Lumen"])
    + entry("Paper Moon", claim("2026-11-01", "filming", "2026-11-25"), claim("2026-11-20", "scheduled", "2026-11-27"))
)

every_command = pytest.mark.parametrize("command", COMMANDS)


def ids(run: Run, *argv: str) -> list[str]:
    code, out, _ = run(*argv, "--json", "--as-of", MONDAY)
    assert code == 0
    found = json.loads(out)
    return sorted(show["id"] for show in (found["shows"] if isinstance(found, dict) else found))


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        (["-status:scheduled"], ["salt-road"]),
        (["-status:scheduled", "-ROAD"], []),
        (["-is:overdue", "-net:harbour"], ["paper-moon"]),
    ],
)
@every_command
def test_query_selects_shows(run: Run, path: Path, command: str, query: list[str], expected: list[str]) -> None:
    path.write_text(TEXT)
    assert ids(run, command, *query) == expected


@pytest.mark.parametrize("query", ["status:sideways", "colour:red", '"open'])
@every_command
def test_query_without_sense_is_refused(run: Run, path: Path, command: str, query: str) -> None:
    path.write_text(TEXT)
    code, out, err = run(command, query)
    assert (code, out) == (2, "")
    assert err.startswith("tracker: ")


@every_command
def test_as_of_before_or_after_the_command(run: Run, path: Path, command: str) -> None:
    path.write_text(TEXT)
    code, out, _ = before = run("--as-of", MONDAY, command)
    assert (code, bool(out)) == (0, True)
    assert run(command, "--as-of", MONDAY) == before


@every_command
def test_as_of_leaves_the_file_alone(run: Run, path: Path, command: str) -> None:
    path.write_text(entry("A", claim("2026-03-01", "filming", "2027"), status="scheduled", release="2028"))
    before = path.read_bytes()
    assert run(command, "--as-of", MONDAY)[0] == 0
    assert path.read_bytes() == before


@pytest.mark.parametrize("form", [[], ["--json"]])
@every_command
def test_damaged_entry_is_reported_and_the_rest_printed(run: Run, path: Path, command: str, form: list[str]) -> None:
    path.write_text(entry("Sideways", status="sideways") + TEXT)
    code, out, err = run(command, "--as-of", MONDAY, *form)
    assert code == 0
    assert "Night Ferry" in out
    assert "Sideways" not in out
    # `today` runs at each start of a shell, which need not hear of it each time.
    assert err == "" if command == "today" else err.startswith(f"{path}:3: ")


@every_command
def test_titles_are_aligned_in_any_script(run: Run, path: Path, command: str) -> None:
    story = (claim("2026-10-01", "filming", "2026-11-25"), claim("2026-10-02", "filming", "2026-11-26"))
    path.write_text("".join(entry(title, *story, id=f"n{n}") for n, title in enumerate(HOSTILE)))
    out = run(command, "--as-of", MONDAY)[1]
    rows = [line for line in out.splitlines() if any(title in line for title in HOSTILE[:-1]) or " a  " in line]
    assert len(rows) == len(HOSTILE)
    assert len({cells(row.partition("1×" if command == "slips" else "26 Nov")[0]) for row in rows}) == 1
    assert {json.loads(run("show", f"n{n}", "--json")[1])["title"] for n in range(len(HOSTILE))} == set(HOSTILE)


@pytest.mark.parametrize("command", [["list"], ["today"], ["calendar"], ["slips"], ["show", "x"]])
@pytest.mark.parametrize("form", [[], ["--json"]])
def test_no_escape_sequence_is_printed(run: Run, path: Path, command: list[str], form: list[str]) -> None:
    story = claim("2026-11-20", "scheduled", "2026-11-26", source=ESCAPE, url=ESCAPE, note=ESCAPE)
    path.write_text(
        entry(ESCAPE, story, id="x", networks=[ESCAPE], synopsis=ESCAPE, links={"a": ESCAPE}, ids={"b": ESCAPE})
    )
    code, out, err = run(*command, "--as-of", MONDAY, *form)
    assert code == 0
    assert "]52;c;Zm9v" in out
    assert not any(char in out + err for char in "\x1b\x07\x9b")


@every_command
def test_title_of_two_lines_is_one_line(run: Run, path: Path, command: str) -> None:
    path.write_text(entry("Night\nFerry\ttwo", claim("2026-03-01", "scheduled", "2026-11-23")))
    assert "Night Ferry two" in run(command, "--as-of", MONDAY)[1]


@every_command
def test_ascii_mode(run: Run, path: Path, monkeypatch: pytest.MonkeyPatch, command: str) -> None:
    path.write_text(entry("Night Ferry", claim("2026-03-01", "scheduled", "2026-11-25")))
    monkeypatch.setenv("TRACKER_ASCII", "1")
    [line] = [line for line in run(command, "--as-of", MONDAY)[1].splitlines() if "Night Ferry" in line]
    assert "d Night Ferry" in line


@every_command
def test_pipe_gets_whole_titles(run: Run, path: Path, command: str) -> None:
    path.write_text(entry(LONG, claim("2026-11-21", "scheduled", "2026-11-23")))
    printed = run(command, "--as-of", MONDAY)[1]
    assert LONG in printed
    assert "\x1b" not in printed


@pytest.mark.usefixtures("terminal")
@every_command
def test_lines_fit_on_a_terminal(run: Run, path: Path, monkeypatch: pytest.MonkeyPatch, command: str) -> None:
    story = (claim("2026-03-01", "filming", "2026-11-20"), claim("2026-11-21", "scheduled", "2026-11-26"))
    titles = (LONG, "ソウルメイト" * 5, "가나다" * 20)
    path.write_text("".join(entry(title, *story, networks=["Lumen"], id=f"n{n}") for n, title in enumerate(titles)))
    assert "\x1b[" in run(command, "--as-of", MONDAY)[1]
    monkeypatch.setenv("NO_COLOR", "1")
    lines = run(command, "--as-of", MONDAY)[1].splitlines()
    assert sum("…" in line for line in lines) >= 3
    assert not any("\x1b" in line for line in lines)
    assert all(cells(line) <= 80 for line in lines)
