"""All long proofs of the store, with their figures: `python -m tests.torture [WORD…]` runs those so named.

Kills, faults, writes by others at each stop, several writers, slow writers, and random documents. It takes an hour or
more on two cores, and ends with 1 if anything was lost or is to be complained of.
"""

from __future__ import annotations

import subprocess
import sys
import time
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from typing import Final

from tests.store.proofs.harness_process import ROOT, run_proofs
from tests.store.proofs.test_proofs import EVERYWHERE

_DOCUMENTS: Final = "documents"
_SIDE_BY_SIDE: Final = 2
_SHOWN: Final = 5
"""Complaints of each proof."""


def main(words: list[str]) -> int:
    """Run the proofs, and print a line of figures for each as it ends."""
    names = [name for name in (*EVERYWHERE, _DOCUMENTS) if not words or any(word in name for word in words)]
    with ThreadPoolExecutor(_SIDE_BY_SIDE) as pool:
        is_fine = [*pool.map(_prove, names)]
    sys.stdout.write(f"{sum(is_fine)} of {len(names)} hold\n")
    return 0 if all(is_fine) else 1


def _prove(name: str) -> bool:
    began = time.monotonic()
    if name == _DOCUMENTS:
        options = ["-n", "0", "-q", "-m", "slow", "--ignore=tests/store/proofs"]
        run = subprocess.run(
            [sys.executable, "-m", "pytest", *options, "tests/store"],
            cwd=ROOT, capture_output=True, text=True, check=False,
        )  # fmt: skip
        complaints = [] if run.returncode == 0 else [run.stdout[-2000:]]
        figures = run.stdout.strip().rpartition("\n")[2]
    else:
        counted: Counter[str] = Counter()
        complaints = []
        for proof in EVERYWHERE[name]:
            [outcome] = run_proofs(proof)
            complaints += outcome.pop("complaints", [])
            counted.update({key: count for key, count in outcome.items() if isinstance(count, int)})
        figures = ", ".join(f"{key} {count:,}" for key, count in counted.items())
    lines = [
        f"{name}: {figures}; {len(complaints)} complaints ({time.monotonic() - began:.0f} s)",
        *complaints[:_SHOWN],
    ]
    sys.stdout.write("\n    ".join(lines) + "\n")
    sys.stdout.flush()
    return not complaints


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
