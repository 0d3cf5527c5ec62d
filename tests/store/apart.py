"""Asking for trials in a process of their own: a test runner has threads, and forking with threads is not safe."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any, Final

ROOT: Final = Path(__file__).parent.parent.parent


def apart(*arguments: str, processor: int | None = None) -> dict[str, Any]:
    """Return what the trials came to; see `alone.py` for the arguments.

    The answer has the key "skip" where the system does not let one process watch another.
    """
    if sys.platform != "linux":
        return {"skip": "system calls are watched on Linux only"}
    turn = processor if processor is not None else int(os.environ.get("PYTEST_XDIST_WORKER", "0").removeprefix("gw"))
    run = subprocess.run(
        [sys.executable, "-m", "tests.store.alone", *arguments, "--processor", str(turn)],
        cwd=ROOT, capture_output=True, text=True, check=False,
    )  # fmt: skip
    if run.returncode:
        raise AssertionError(f"{' '.join(arguments)} ended with {run.returncode}:\n{run.stdout}{run.stderr}")
    found: dict[str, Any] = json.loads(run.stdout.splitlines()[-1])
    found.setdefault("complaints", [])
    found["complaints"] += run.stderr.splitlines()[-20:]
    return found
