from __future__ import annotations

import shutil
import subprocess

import pytest

from tests.cli.helpers import Run
from tracker.cli.parser import COMMANDS


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_completion(run: Run, shell: str) -> None:
    code, out, err = run("completion", shell)
    assert (code, err) == (0, "")
    assert [command for command in COMMANDS if command not in out] == []
    # Ids of shows and saved views are asked of the program, statuses are known.
    assert "tracker list --ids" in out
    assert "tracker list --views" in out
    assert "pre-production" in out
    if shutil.which(shell):
        subprocess.run([shell, "-n"], input=out, text=True, check=True)
