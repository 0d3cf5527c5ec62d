"""Run proofs in a process of its own, which has one thread and may fork; a test runner has several.

`python -m tests.store.proofs.harness_process "kills record --stride 5"` prints a line of JSON for each proof: what
was tried and what went wrong, or why it cannot be tried here ("skip").
"""

from __future__ import annotations

import argparse
import json
import os
import shlex
import subprocess
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any, Final

from tests.store.proofs.concurrent_writers import by_processes, by_threads
from tests.store.proofs.crash_harness import LIES, Tally, faults, kills, stay
from tests.store.proofs.external_writes import WAYS, meddled, meddled_and_killed, meddled_twice
from tests.store.proofs.ptrace_child import why_not
from tests.store.proofs.scenario import EDITS, SMALL, Scenario
from tests.store.proofs.slow_writers import WAYS as SLOW_WAYS
from tests.store.proofs.slow_writers import by_slow_writers
from tracker.store.files import swap

ROOT: Final = Path(__file__).parents[3]
Options = argparse.Namespace

PROOFS: Final[dict[str, Callable[[Scenario, Options], Tally]]] = {
    "kills": lambda scene, o: kills(scene, stride=o.stride, changing=o.changing),
    "faults": lambda scene, o: faults(scene, [LIES[name] for name in o.lies], stride=o.stride),
    "meddled": lambda scene, o: meddled(scene, o.ways[0], stride=o.stride, gap=o.gap, hot=o.hot),
    "meddled-twice": lambda scene, o: meddled_twice(scene, (o.ways[0], o.ways[-1]), gap=o.gap, most=o.most),
    "meddled-and-killed": lambda scene, o: meddled_and_killed(scene, o.ways[0], most=o.most),
}
"""Proofs of one edit that is watched at its system calls."""


def run_proofs(*proofs: str) -> list[dict[str, Any]]:
    """Return what came of each proof, all of them tried in one other process."""
    worker = os.environ.get("PYTEST_XDIST_WORKER", "0").removeprefix("gw")
    run = subprocess.run(
        [sys.executable, "-m", __name__, *proofs, "--processor", worker],
        cwd=ROOT, capture_output=True, text=True, check=False,
    )  # fmt: skip
    if run.returncode or run.stderr:
        raise AssertionError(f"{proofs} ended with {run.returncode}:\n{run.stdout}{run.stderr}")
    return [json.loads(line) for line in run.stdout.splitlines()]


def main(arguments: list[str]) -> int:
    """Try the proofs that the arguments name."""
    parser = argparse.ArgumentParser()
    parser.add_argument("proofs", nargs="+")
    parser.add_argument("--processor", type=int, default=0)
    asked = parser.parse_args(arguments)
    # In memory where the system has such a place: what a killed process wrote is not lost with it.
    memory = Path("/dev/shm")
    for proof in asked.proofs:
        with tempfile.TemporaryDirectory(dir=memory if os.access(memory, os.W_OK) else None) as folder:
            outcome = _try(_parser().parse_args(shlex.split(proof)), Path(folder).resolve(), asked.processor)
        sys.stdout.write(json.dumps(outcome) + "\n")
    return 0


def _try(options: Options, folder: Path, processor: int) -> dict[str, Any]:
    if options.what == "processes":
        return by_processes(folder, options.edits, options.changes)
    if options.what == "threads":
        return by_threads(folder, options.edits)
    rename = swap._rename
    if options.no_exchange:
        swap._rename = lambda *_: False
    try:
        return _try_here(options, folder, processor)
    finally:
        swap._rename = rename


def _try_here(options: Options, folder: Path, processor: int) -> dict[str, Any]:
    if options.what == "slow-writers":
        return by_slow_writers(folder, options.rounds, tuple(options.writing), seed=options.seed)
    if why := why_not():
        return {"skip": why}
    allowed = os.sched_getaffinity(0)
    stay(processor)
    try:
        return vars(PROOFS[options.what](Scenario(folder, options.edit, options.size, linked=options.linked), options))
    finally:
        os.sched_setaffinity(0, allowed)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser()
    parser.add_argument("what", choices=[*PROOFS, "processes", "threads", "slow-writers"])
    parser.add_argument("edit", nargs="?", choices=EDITS, default="record")
    parser.add_argument("--size", type=int, default=SMALL)
    parser.add_argument("--linked", action="store_true")
    parser.add_argument("--stride", type=int, default=1)
    parser.add_argument("--changing", action="store_true")
    parser.add_argument("--no-exchange", action="store_true")
    parser.add_argument("--lies", nargs="+", default=[*LIES], choices=LIES)
    parser.add_argument("--ways", nargs="+", default=[*WAYS], choices=WAYS)
    parser.add_argument("--gap", type=int, default=0)
    parser.add_argument("--most", type=int, default=40)
    parser.add_argument("--hot", action="store_true")
    parser.add_argument("--edits", type=int, default=60)
    parser.add_argument("--changes", type=int, default=20_000)
    parser.add_argument("--rounds", type=int, default=100)
    parser.add_argument("--writing", nargs="+", default=["truncated", "late"], choices=SLOW_WAYS)
    parser.add_argument("--seed", type=int, default=1)
    return parser


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
