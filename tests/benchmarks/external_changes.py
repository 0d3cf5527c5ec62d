"""What it costs to follow the file: to read it again, to show a change, and to look while nothing happens."""

from __future__ import annotations

import os
import re
import time
from pathlib import Path
from statistics import median

from tests.benchmarks.result import Result, app_command
from tests.benchmarks.terminal import Terminal
from tracker.paths import Paths
from tracker.service import Tracker


def measure_reread(path: Path, state: Path, runs: int) -> Result:
    """Measure reading a long list again after a change of one line, against reading it first of all."""
    os.environ["XDG_STATE_HOME"] = str(state)
    ratios, firsts, agains = [], [], []
    text = path.read_text()
    for run in range(runs):
        program = Tracker(Paths(path))
        start = time.monotonic()
        program.watchlist.open()
        firsts.append(time.monotonic() - start)
        path.write_text(re.sub(r'^title = "', f'title = "{run} ', text, count=1, flags=re.MULTILINE))
        start = time.monotonic()
        if (reading := program.watchlist.reread()) is not None:
            program.watchlist.adopt(reading)
        agains.append(time.monotonic() - start)
        ratios.append(agains[-1] / firsts[-1])
        path.write_text(text)
    detail = f"{median(agains) * 1000:.0f} ms, first load {median(firsts) * 1000:.0f} ms"
    return Result("reading again after one line, 10,000", median(ratios), 0.25, "×", detail)


def measure_external_save(path: Path, environment: dict[str, str], runs: int) -> Result:
    """Measure from an editor's save until the change is painted."""
    seconds = []
    with Terminal(app_command(path), environment) as terminal:
        terminal.wait_for("▸".encode())
        terminal.quiet(1)
        for run in range(runs):
            mark, place = f"Seen{run}er", len(terminal.output)
            text = re.sub(r'^title = "[^"]*"', f'title = "{mark}"', path.read_text(), count=1, flags=re.MULTILINE)
            new = path.with_suffix(".new")
            new.write_text(text)
            start = time.monotonic()
            new.replace(path)
            seconds.append(terminal.wait_for(mark.encode(), place) - start)
            terminal.quiet()
    detail = f"median {median(seconds) * 1000:.0f} ms"
    return Result("a save of an editor to paint, slowest", max(seconds) * 1000, 1000, " ms", detail)


def measure_idle(path: Path, bare: list[str], environment: dict[str, str], seconds: float) -> Result:
    """Measure what looking costs while nobody does anything: the open app less a bare Textual app, turn by turn."""
    shares: dict[bool, list[float]] = {True: [], False: []}
    for ours in (True, False, True, False):
        with Terminal(app_command(path) if ours else bare, environment) as terminal:
            terminal.wait_for("▸".encode() if ours else b"bare-0-app")
            terminal.quiet(2)
            before, start = _busy(terminal.pid), time.monotonic()
            time.sleep(seconds / 2)
            shares[ours].append((_busy(terminal.pid) - before) / (time.monotonic() - start) * 100)
    mine, other = median(shares[True]), median(shares[False])
    return Result(
        "looking, of a core at rest", mine - other, 0.1, " %", f"the app {mine:.2f} %, a bare one {other:.2f} %"
    )


def _busy(process: int) -> float:
    """Return the seconds that all threads of a process ran on a processor."""
    tasks = Path(f"/proc/{process}/task").iterdir()
    return sum(int((task / "schedstat").read_text().split()[0]) for task in tasks) / 1e9
