from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from tests.cli.helpers import episode, keep_next_episodes

PROGRAM = """\
import sys
from tracker.cli.main import main
heavy = {"textual", "rich", "httpx", "tomlrt", "tomli_w", "icalendar", "msgspec", "tracker.tui"}
for command in sys.argv[2:]:
    code = main(["--watchlist", sys.argv[1], *command.split()])
    print(command, code, sorted(heavy & set(sys.modules)), sep=": ", file=sys.stderr)
"""


def check(path: Path, *commands: str) -> None:
    argv = [sys.executable, "-c", PROGRAM, str(path), *commands]
    done = subprocess.run(argv, capture_output=True, text=True, check=True)
    told = [line for line in done.stderr.splitlines() if line.partition(": ")[0] in commands]
    assert told == [f"{command}: 0: []" for command in commands]


def test_reading_imports_nothing_heavy(path: Path) -> None:
    check(
        path, "list", "list --json", "list is:overdue", "show old-ferry", "check", "today", "today --json",
        "today -tag:bl", "calendar", "calendar --json --months 3", "remind", "remind --json", "slips", "slips --json",
        "slips --as-of 2026-03-01", "help", "help dates",
    )  # fmt: skip


def test_reading_source_states_imports_nothing_heavy(path: Path) -> None:
    keep_next_episodes(path, {"tvmaze:7": episode(1, 1, "2999-01-01")})
    check(path, "today", "calendar", "slips")
