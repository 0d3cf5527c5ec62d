from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from tests.cli.helpers import episode, keep_next_episodes

PROGRAM = """\
import sys
from tracker.cli.main import main
code = main(sys.argv[1:])
heavy = {"textual", "rich", "httpx", "tomlrt", "tomli_w", "icalendar", "msgspec", "tracker.tui"}
print(code, sorted(heavy & set(sys.modules)), file=sys.stderr)
"""


@pytest.mark.parametrize(
    "command",
    [
        ["list"], ["list", "--json"], ["list", "is:overdue"], ["show", "old-ferry"], ["check"],
        ["today"], ["today", "--json"], ["today", "-tag:bl"], ["calendar"], ["calendar", "--json", "--months", "3"],
        ["remind"], ["remind", "--json"], ["slips"], ["slips", "--json"], ["slips", "--as-of", "2026-03-01"],
        ["help"], ["help", "dates"],
    ],
)  # fmt: skip
def test_reading_imports_nothing_heavy(path: Path, command: list[str]) -> None:
    argv = [sys.executable, "-c", PROGRAM, "--watchlist", str(path), *command]
    done = subprocess.run(argv, capture_output=True, text=True, check=True)
    assert done.stderr.splitlines()[-1] == "0 []"


@pytest.mark.parametrize("command", ["today", "calendar", "slips"])
def test_reading_source_states_imports_nothing_heavy(path: Path, command: str) -> None:
    keep_next_episodes(path, {"tvmaze:7": episode(1, 1, "2999-01-01")})
    argv = [sys.executable, "-c", PROGRAM, "--watchlist", str(path), command]
    done = subprocess.run(argv, capture_output=True, text=True, check=True)
    assert done.stderr.splitlines()[-1] == "0 []"
