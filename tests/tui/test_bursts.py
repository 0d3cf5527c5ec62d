from __future__ import annotations

from pathlib import Path
from random import Random

import pytest

from tests.tui.bursts import run_burst


def test_burst(tmp_path: Path) -> None:
    assert run_burst(tmp_path, Random(1), 5) is None


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(2, 102))
def test_many_bursts(tmp_path: Path, seed: int) -> None:
    assert run_burst(tmp_path, Random(seed), 20) is None
