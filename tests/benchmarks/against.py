"""The same measurements for this checkout and for another one, in turn: how much faster or slower a change made it."""

from __future__ import annotations

import subprocess
import sys
import time
from collections.abc import Callable, Mapping
from pathlib import Path
from statistics import median

from tests.benchmarks.result import app_command
from tests.benchmarks.terminal import Terminal

_BARE_APP = Path(__file__).parent / "bare.py"


def first_rows(command: list[str], marker: bytes, environment: Mapping[str, str]) -> float:
    """Return the seconds from the start of a process until it paints the marker."""
    with Terminal(command, environment) as terminal:
        return terminal.wait_for(marker) - terminal.started


def run_time(command: list[str], environment: Mapping[str, str]) -> float:
    """Return the seconds that a process takes."""
    start = time.monotonic()
    subprocess.run(command, env=environment, stdout=subprocess.DEVNULL, check=True)
    return time.monotonic() - start


def in_turn(runs: int, *measures: Callable[[], float]) -> list[list[float]]:
    """Return the results of each measure, taken in turn after a round that does not count."""
    rounds = [[measure() for measure in measures] for _ in range(runs + 1)][1:]
    return [list(column) for column in zip(*rounds, strict=True)]


def compare(other: str, lists: Mapping[int, Path], environment: Mapping[str, str], runs: int) -> list[str]:
    """Measure first rows and `tracker list` here and there, each over something bare.

    Args:
        other: The Python that has the other checkout installed.
        lists: The lists by their numbers of shows: 100, 1,000 and 10,000.
        environment: The whole environment of the processes.
        runs: How many rounds count.
    """
    pythons = (sys.executable, other)
    lines = []
    for count in (1_000, 10_000):
        figures = in_turn(
            runs,
            lambda: first_rows([sys.executable, str(_BARE_APP)], b"bare-0-app", environment),
            *(
                lambda python=python, count=count: first_rows(
                    app_command(lists[count], python), "▸".encode(), environment
                )
                for python in pythons
            ),
        )
        lines.append(_line(f"first rows, {count:,} shows, over a bare app", *figures))
    figures = in_turn(
        runs * 3,
        lambda: run_time([sys.executable, "-c", "import tomllib, argparse"], environment),
        *(
            lambda python=python: run_time([*app_command(lists[100], python), "list"], environment)
            for python in pythons
        ),
    )
    lines.append(_line("tracker list, 100 shows, over the interpreter", *figures))
    return lines


def _line(what: str, bare: list[float], here: list[float], there: list[float]) -> str:
    def over(one: list[float], other: list[float]) -> float:
        return median(a / b for a, b in zip(one, other, strict=True))

    return (
        f"{what:<46} here {over(here, bare):.3f} ×  there {over(there, bare):.3f} ×  here over there "
        f"{over(here, there):.3f} ×  ({median(bare) * 1000:.0f}, {median(here) * 1000:.0f}, "
        f"{median(there) * 1000:.0f} ms)"
    )
