"""Trials in a process of its own, which has one thread and may fork: `python -m tests.store.alone kills record`.

It prints what came of them as one line of JSON, or why there can be none here.
"""

from __future__ import annotations

import argparse
import json
import os
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

from tests.store.meddling import WAYS, meddled, meddled_and_killed, meddled_twice
from tests.store.scene import EDITS, SMALL, Scene
from tests.store.traced import why_not
from tests.store.trials import LIES, Tally, faults, kills, stay
from tests.store.writers import by_processes, by_threads


def _kills(scene: Scene, options: argparse.Namespace) -> Tally:
    return kills(scene, stride=options.stride, changing=options.changing, exchange=not options.no_exchange)


def _faults(scene: Scene, options: argparse.Namespace) -> Tally:
    return faults(scene, [LIES[name] for name in options.lies], stride=options.stride)


def _meddled(scene: Scene, options: argparse.Namespace) -> Tally:
    return meddled(scene, options.ways[0], stride=options.stride, gap=options.gap, hot=options.hot)


def _twice(scene: Scene, options: argparse.Namespace) -> Tally:
    return meddled_twice(scene, (options.ways[0], options.ways[-1]), gap=options.gap)


def _killed(scene: Scene, options: argparse.Namespace) -> Tally:
    return meddled_and_killed(scene, options.ways[0])


TRIALS: dict[str, Callable[[Scene, argparse.Namespace], Tally]] = {
    "kills": _kills,
    "faults": _faults,
    "meddled": _meddled,
    "meddled-twice": _twice,
    "meddled-and-killed": _killed,
}


def main(arguments: list[str]) -> int:
    """Make the trials that the arguments ask for."""
    options = _parser().parse_args(arguments)
    # In memory where the system has such a place: what a killed process wrote is not lost with it.
    memory = Path("/dev/shm")
    place = options.on or (memory if os.access(memory, os.W_OK) else None)
    with tempfile.TemporaryDirectory(dir=place) as folder:
        found = _found(options, Path(folder).resolve())
    sys.stdout.write(json.dumps(found) + "\n")
    return 0


def _found(options: argparse.Namespace, folder: Path) -> dict[str, Any]:
    if options.what == "processes":
        return by_processes(folder, options.edits)
    if options.what == "threads":
        return by_threads(folder, options.edits)
    if why := why_not():
        return {"skip": why}
    stay(options.processor)
    return vars(TRIALS[options.what](Scene(folder, options.edit, options.size, linked=options.linked), options))


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser()
    parser.add_argument("what", choices=[*TRIALS, "processes", "threads"])
    parser.add_argument("edit", nargs="?", choices=EDITS, default="record")
    parser.add_argument("--on", type=Path, help="the folder in which files are written")
    parser.add_argument("--processor", type=int, default=0)
    parser.add_argument("--size", type=int, default=SMALL)
    parser.add_argument("--linked", action="store_true")
    parser.add_argument("--stride", type=int, default=1)
    parser.add_argument("--changing", action="store_true")
    parser.add_argument("--no-exchange", action="store_true")
    parser.add_argument("--lies", nargs="+", default=[*LIES], choices=LIES)
    parser.add_argument("--ways", nargs="+", default=[*WAYS], choices=WAYS)
    parser.add_argument("--gap", type=int, default=0)
    parser.add_argument("--hot", action="store_true")
    parser.add_argument("--edits", type=int, default=60)
    return parser


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
