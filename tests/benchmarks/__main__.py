"""Measure everything that the program promises about speed: `python -m tests.benchmarks`.

Each figure is held against something measured in the same run, turn by turn, so that a slow machine
is slow for both; medians are shown. It prints a table and ends with 1 if a promise is not kept.
"""

from __future__ import annotations

import argparse
import compileall
import os
import sys
import tempfile
import time
import tomllib
from pathlib import Path
from statistics import median, quantiles

import tracker
from tests.benchmarks import invented_list
from tests.benchmarks.against import compare, first_rows, in_turn, run_time
from tests.benchmarks.clipper import measure_clipper
from tests.benchmarks.external_changes import measure_external_save, measure_idle, measure_reread
from tests.benchmarks.result import Result, app_command
from tests.benchmarks.sources import measure_offline_start, measure_refresh
from tests.benchmarks.terminal import Terminal
from tests.benchmarks.timeline import measure_timeline
from tracker.model.history import Claim
from tracker.model.status import Status
from tracker.paths import Paths
from tracker.service import Tracker

HERE = Path(__file__).parent
BARE = [sys.executable, str(HERE / "bare.py")]


def measure_first_rows(lists: dict[int, Path], environment: dict[str, str], runs: int) -> list[Result]:
    """Measure the time to the first rows, and to the whole of a long list."""
    rows = []
    for count, bound in ((1_000, 1.3), (10_000, 1.5)):
        ours, bare = in_turn(
            runs,
            lambda count=count: first_rows(app_command(lists[count]), "▸".encode(), environment),  # type: ignore[misc]
            lambda: first_rows(BARE, b"bare-0-app", environment),
        )
        ratio = median(a / b for a, b in zip(ours, bare, strict=True))
        detail = f"{median(ours) * 1000:.0f} ms, bare app {median(bare) * 1000:.0f} ms"
        rows.append(Result(f"first rows, {count:,} shows", ratio, bound, "×", detail))
    text = lists[10_000].read_text(encoding="utf-8")

    def reference() -> float:
        start = time.monotonic()
        tomllib.loads(text)
        return time.monotonic() - start

    whole, parsed = in_turn(
        max(3, runs // 2), lambda: first_rows(app_command(lists[10_000]), b"10,000 shows", environment), reference
    )
    ratio = median(a / b for a, b in zip(whole, parsed, strict=True))
    detail = f"{median(whole):.2f} s from the start of the process, tomllib.loads {median(parsed):.2f} s"
    return [*rows, Result("all rows sortable, 10,000 shows", ratio, 1.0, "×", detail)]


def measure_first_opening(folder: Path, environment: dict[str, str]) -> Result:
    """Count the bytes that the app writes beside its state when it opens a hand-written list."""
    folder.mkdir()
    path = folder / "by hand.toml"
    path.write_text(invented_list.hand_written(10_000), encoding="utf-8")
    before = _states(folder)
    with Terminal(app_command(path), environment) as terminal:
        seconds = terminal.wait_for(b"10,000 shows") - terminal.started
        terminal.quiet(2)
    changed = _states(folder) - before
    detail = f"{seconds:.2f} s to all rows, {path.stat().st_size / 1e6:.1f} MB without ids and histories"
    return Result("written by opening a hand-written list", sum(size for _, size, _ in changed), 0, " B", detail)


def _states(folder: Path) -> set[tuple[Path, int, int]]:
    states = ((path, path.stat()) for path in [folder, *folder.iterdir()])
    return {(path, state.st_size, state.st_mtime_ns) for path, state in states}


def measure_keys(lists: dict[int, Path], environment: dict[str, str], presses: int) -> list[Result]:
    """Measure the time from a key to the last part of the screen that it changes."""
    bare = []
    with Terminal(BARE, environment) as terminal:
        terminal.wait_for(b"bare-0-app")
        terminal.quiet()
        for _ in range(presses):
            start, place = terminal.press(b"x")
            bare.append(terminal.wait_for(b"-app", place) - start)
            terminal.quiet(0.03)
    ours: list[float] = []
    panes: list[float] = []
    with Terminal(app_command(lists[10_000]), environment) as terminal:
        terminal.wait_for(b"10,000 shows")
        terminal.quiet(1.0)
        for number in range(presses):
            key = (b"j", b"j", b"j", b"\x1b[6~", b"k", b"\x1b[5~", b"\x1b[6~")[number % 7]
            start, place = terminal.press(key)
            # The row under the cursor is painted anew; then the panes, of which only these have the native title.
            ours.append(terminal.wait_for(b"Invented", place) - start)
            panes.append(terminal.wait_for("발명된".encode(), place) - start)
            terminal.quiet(0.03)
        typed = []
        terminal.press(b"/")
        terminal.quiet()
        for letter in (b"i", b"n", b"v", b"\x7f", b"v", b"e", b"\x7f", b"e"):
            start, place = terminal.press(letter)
            terminal.wait_for(letter if letter != b"\x7f" else b"\x1b[", place)
            typed.append(time.monotonic() - start)
            terminal.quiet(0.3)
    over = (median(ours) - median(bare)) * 1000
    p99 = quantiles(ours, n=100)[98] * 1000
    detail = f"median {median(ours) * 1000:.1f} ms, bare app {median(bare) * 1000:.1f} ms, {len(ours)} presses"
    return [
        Result("a key to paint, 10,000 shows, p99", p99, 33, " ms", detail),
        Result("a key to paint, median over bare", over, 10, " ms", detail),
        Result(
            "the panes follow, p99",
            quantiles(panes, n=100)[98] * 1000,
            100,
            " ms",
            f"median {median(panes) * 1000:.1f} ms",
        ),
        Result(
            "a letter typed into the filter, worst",
            max(typed) * 1000,
            33,
            " ms",
            f"median {median(typed) * 1000:.1f} ms",
        ),
    ]


def measure_edit(path: Path, state: Path, runs: int) -> Result:
    """Measure an edit in the open app, which has looked for changes by others, against writing the same bytes."""
    os.environ["XDG_STATE_HOME"] = str(state)
    program = Tracker(Paths(path))
    program.watchlist.open()
    program.external_changes.check()
    statuses = [Status.FILMING, Status.POST_PRODUCTION]

    def ours() -> float:
        statuses.reverse()
        start = time.monotonic()
        program.edits.record({"invented-5000": Claim(status=statuses[0])})
        return time.monotonic() - start

    def plain() -> float:
        data = path.read_bytes()
        start = time.monotonic()
        with path.with_suffix(".copy").open("wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        return time.monotonic() - start

    edits, writes = in_turn(runs, ours, plain)
    ratio = median(a / b for a, b in zip(edits, writes, strict=True))
    detail = f"{median(edits) * 1000:.0f} ms, write and fsync {median(writes) * 1000:.0f} ms"
    return Result("recording a status, 10,000 shows", ratio, 2.0, "×", detail)


def measure_command(word: str, bare: str, path: Path, environment: dict[str, str], runs: int) -> Result:
    """Measure a command that prints, against an interpreter that only imports modules of the library."""

    only = [sys.executable, "-c", f"import {bare}"]
    ours, reference = in_turn(
        runs, lambda: run_time([*app_command(path), word], environment), lambda: run_time(only, environment)
    )
    ratio = median(a / b for a, b in zip(ours, reference, strict=True))
    detail = f"{median(ours) * 1000:.0f} ms, interpreter {median(reference) * 1000:.0f} ms"
    return Result(f"tracker {word}, 100 shows", ratio, 2.5, "×", detail)


def main() -> int:
    """Measure, print the table, and return 1 if a promise is not kept."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--runs", type=int, default=9, help="runs of each command that count; default 9")
    parser.add_argument("--presses", type=int, default=240, help="key presses; default 240")
    parser.add_argument("--rest", type=float, default=20, help="seconds for which the app is left alone; default 20")
    parser.add_argument("--against", metavar="PYTHON", help="only compare with the tracker installed for this Python")
    arguments = parser.parse_args()
    # As installed: pip compiles what it installs, an editable checkout is compiled at its first run.
    compileall.compile_dir(Path(tracker.__file__).parent, quiet=2)
    environment = {**os.environ, "TERM": "xterm-256color", "COLORTERM": "truecolor", "LANG": "C.UTF-8"}
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        for variable in ("STATE", "DATA", "CONFIG", "CACHE"):
            environment[f"XDG_{variable}_HOME"] = str(folder / variable.lower())
        lists = {count: invented_list.write(folder / f"{count}.toml", count) for count in (100, 1_000, 10_000)}
        if arguments.against:
            print("\n".join(compare(arguments.against, lists, environment, arguments.runs)))
            return 0
        size = lists[10_000].stat().st_size / 1e6
        rows = [
            *measure_first_rows(lists, environment, arguments.runs),
            measure_first_opening(folder / "typed", environment),
            *measure_keys(lists, environment, arguments.presses),
            measure_edit(lists[10_000], folder / "state", arguments.runs),
            measure_command("list", "tomllib, argparse", lists[100], environment, arguments.runs * 2),
            measure_command("today", "tomllib", lists[100], environment, arguments.runs * 2),
            *measure_timeline(lists[10_000], environment, arguments.presses // 2),
            measure_reread(lists[10_000], folder / "state", arguments.runs),
            measure_external_save(lists[100], environment, arguments.runs),
            measure_idle(lists[1_000], BARE, environment, arguments.rest),
            measure_offline_start(lists[100], environment, arguments.runs),
            *measure_refresh(folder / "services"),
            *measure_clipper(arguments.runs),
        ]
    print(f"Python {sys.version.split()[0]}, {os.cpu_count()} cores; 10,000 shows are {size:.1f} MB\n")
    for row in rows:
        verdict = "kept" if row.kept else "NOT KEPT"
        figures = f"{row.measured:7.2f}{row.unit:<3} bound {row.bound:g}{row.unit:<3}"
        print(f"{row.what:<40} {figures} {verdict:<8} {row.detail}")
    return 0 if all(row.kept for row in rows) else 1


if __name__ == "__main__":
    sys.exit(main())
