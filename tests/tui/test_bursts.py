from __future__ import annotations

from pathlib import Path
from random import Random

import pytest

from tests.tui.bursts import run_burst


@pytest.mark.parametrize("seed", [1, 2])
def test_burst(tmp_path: Path, seed: int) -> None:
    assert run_burst(tmp_path, Random(seed), 4) is None


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(1_000, 1_100))
def test_many_bursts(tmp_path: Path, seed: int) -> None:
    assert run_burst(tmp_path, Random(seed), 20) is None
