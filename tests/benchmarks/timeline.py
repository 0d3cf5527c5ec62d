"""What it costs to go through a timeline of ten thousand shows."""

from __future__ import annotations

from pathlib import Path
from statistics import median, quantiles

from tests.benchmarks.result import Result, app_command
from tests.benchmarks.terminal import Terminal

_KEYS = {
    "up and down": (b"j", b"j", b"\x1b[6~", b"k", b"j", b"\x1b[5~", b"\x1b[6~"),
    "through time": (b"l", b"l", b"h", b"l"),
}
_PAINTED = {"up and down": b"Invented", "through time": b"Q"}
"""What is painted anew: the row under the cursor, or the axis."""


def measure_timeline(path: Path, environment: dict[str, str], presses: int) -> list[Result]:
    """Measure the time from a key to what it changes of a long timeline."""
    rows = []
    for name, keys in _KEYS.items():
        ours = []
        with Terminal(app_command(path), environment) as terminal:
            terminal.wait_for(b"10,000 shows")
            terminal.quiet(1.0)
            terminal.press(b"4")
            terminal.quiet(1.0)
            for number in range(presses):
                start, place = terminal.press(keys[number % len(keys)])
                ours.append(terminal.wait_for(_PAINTED[name], place) - start)
                terminal.quiet(0.06)
        detail = f"median {median(ours) * 1000:.1f} ms, {len(ours)} presses"
        rows.append(Result(f"timeline {name}, 10,000, p99", quantiles(ours, n=100)[98] * 1000, 33, " ms", detail))
    return rows
