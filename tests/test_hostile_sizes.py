"""No text makes the program hang, however long: what it costs is seen by the processor's limit of another process."""

from __future__ import annotations

import subprocess
import sys

import pytest

from tests.hostile_sizes import ENTRANCES


def check(*arguments: str) -> None:
    process = subprocess.run(
        [sys.executable, "-m", "tests.hostile_sizes", *arguments], capture_output=True, text=True, check=False
    )
    last = process.stdout.rstrip().rpartition("\n")[2]
    assert process.returncode == 0, f"{last}: {process.stderr[-500:]}"


@pytest.mark.parametrize("entrance", ENTRANCES)
def test_long_texts(entrance: str) -> None:
    check(entrance, "short")


@pytest.mark.slow
@pytest.mark.parametrize("entrance", ENTRANCES)
def test_all_long_texts(entrance: str) -> None:
    check(entrance)
