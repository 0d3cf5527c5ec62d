"""What it costs to look at time: the digest of a day, and a timeline of ten thousand shows that scrolls."""

from __future__ import annotations

import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from statistics import median, quantiles

from tests.benchmarks.rows import Row, app
from tests.benchmarks.terminal import Terminal

_KEYS = {
    "up and down": (b"j", b"j", b"\x1b[6~", b"k", b"j", b"\x1b[5~", b"\x1b[6~"),
    "through time": (b"l", b"l", b"h", b"l"),
}
_PAINTED = {"up and down": b"Invented", "through time": b"Q"}
"""What is painted anew: the row under the cursor, or the axis."""


def digesting(
    path: Path,
    environment: dict[str, str],
    pairs: Callable[[Callable[[], float], Callable[[], float], int], tuple[list[float], list[float]]],
    runs: int,
) -> Row:
    """Measure `tracker today` against an interpreter that only imports `tomllib`."""

    def seconds(command: list[str]) -> float:
        start = time.monotonic()
        subprocess.run(command, env=environment, stdout=subprocess.DEVNULL, check=True)
        return time.monotonic() - start

    bare = [sys.executable, "-c", "import tomllib"]
    ours, reference = pairs(lambda: seconds([*app(path), "today"]), lambda: seconds(bare), runs)
    ratio = median(a / b for a, b in zip(ours, reference, strict=True))
    detail = f"{median(ours) * 1000:.0f} ms, interpreter {median(reference) * 1000:.0f} ms"
    return Row("tracker today, 100 shows", ratio, 2.5, "×", detail)


def scrolling(path: Path, environment: dict[str, str], presses: int) -> list[Row]:
    """Measure the time from a key to what it changes of a long timeline."""
    rows = []
    for name, keys in _KEYS.items():
        ours = []
        with Terminal(app(path), environment) as terminal:
            terminal.wait_for(b"10,000 shows")
            terminal.quiet(1.0)
            terminal.press(b"4")
            terminal.quiet(1.0)
            for number in range(presses):
                start, place = terminal.press(keys[number % len(keys)])
                ours.append(terminal.wait_for(_PAINTED[name], place) - start)
                terminal.quiet(0.06)
        detail = f"median {median(ours) * 1000:.1f} ms, {len(ours)} presses"
        rows.append(Row(f"timeline {name}, 10,000, p99", quantiles(ours, n=100)[98] * 1000, 33, " ms", detail))
    return rows
