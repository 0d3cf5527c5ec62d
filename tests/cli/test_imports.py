from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

PROGRAM = """\
import sys
from tracker.cli.main import main
code = main(sys.argv[1:])
heavy = {"textual", "rich", "httpx", "tomlrt", "tomli_w", "tracker.tui"}
print(code, sorted(heavy & set(sys.modules)), file=sys.stderr)
"""


@pytest.mark.parametrize(
    "command", [["list"], ["list", "--json"], ["list", "is:overdue"], ["show", "old-ferry"], ["check"]]
)
def test_looking_loads_nothing_heavy(path: Path, command: list[str]) -> None:
    argv = [sys.executable, "-c", PROGRAM, "--watchlist", str(path), *command]
    done = subprocess.run(argv, capture_output=True, text=True, check=True)
    assert done.stderr.splitlines()[-1] == "0 []"
