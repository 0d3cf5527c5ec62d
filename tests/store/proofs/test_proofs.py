"""Edits that are killed, that the system refuses, or that meet other writers: no byte may be lost.

The ordinary run tries some places of each kind; `pytest -m slow` tries every edit at every place.
"""

from __future__ import annotations

import sys
from typing import Final

import pytest

from tests.store.proofs.harness_process import run_proofs

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="system calls are watched on Linux only")

WAYS: Final = ("'in place'", "rename", "backup")
EDITS: Final = ("record", "first", "set", "twin", "commented", "add", "remove", "undo", "redo", "restore", "put")
MERGED: Final = ("record", "set", "twin", "commented", "add", "remove", "undo", "redo")
"""The edits that leave alone what others wrote meanwhile; the others replace the file as a whole."""
REFUSALS: Final = "--lies EIO ENOSPC EACCES EROFS EDQUOT EINTR"

SOME: Final = {
    "kills": (
        "kills record --stride 37",
        "kills undo --changing --stride 5",
        "kills restore --changing --stride 7",
        "kills record --linked --changing --stride 7",
        "kills add --no-exchange --changing --stride 7",
        "kills record --size 1100000 --changing --stride 9",
    ),
    "faults": (
        f"faults record --stride 149 {REFUSALS}",
        f"faults undo --linked --stride 151 {REFUSALS}",
        "faults record --lies 'short write'",
        "faults add --lies 'full from here on' 'read-only from here on' --stride 7",
        "faults record --lies 'gone from here on' --stride 97",
        "faults set --lies 'gone from here on' --stride 97",
    ),
    "external writes": (
        "meddled record --ways 'in place' --stride 61",
        "meddled add --ways backup --gap 5 --stride 97",
        "meddled twin --ways rename --stride 97",
        "meddled-twice record --ways rename backup --gap 3 --most 10",
        "meddled-and-killed record --ways rename --most 12",
    ),
    "concurrent writers": ("processes --edits 12 --changes 1000", "threads --edits 8"),
    "slow writers": ("slow-writers --rounds 4", "slow-writers --rounds 4 --no-exchange"),
}

EVERYWHERE: Final = {
    **{
        f"kills {edit}": (
            f"kills {edit}",
            f"kills {edit} --linked --stride 3",
            f"kills {edit} --no-exchange --stride 3",
            f"kills {edit} --size 130000 --stride 7",
            f"kills {edit} --size 2000000 --stride 17",
            f"kills {edit} --size 2000000 --no-exchange --changing",
        )
        for edit in EDITS
    },
    **{
        f"faults {edit}": (
            f"faults {edit} --stride 3",
            *(f"faults {edit} {more}" for more in ("--linked --stride 13", "--size 130000 --stride 23")),
            f"faults {edit} --size 2000000 --stride 41",
        )
        for edit in EDITS
    },
    **{
        f"external writes {edit}": (
            *(f"meddled {edit} --ways {way} --stride 2" for way in WAYS),
            *(f"meddled {edit} --ways backup --gap {gap} --stride 3" for gap in (1, 3, 8)),
            *(f"meddled-twice {edit} --ways {one} {other}" for one in WAYS for other in WAYS),
            *(f"meddled-twice {edit} --ways {one} backup --gap {gap}" for one in WAYS for gap in (1, 3)),
            *(f"meddled-and-killed {edit} --ways {way}" for way in WAYS),
        )
        for edit in MERGED
    },
    "external writes a moment ago": tuple(f"meddled record --hot --stride 5 --ways {way}" for way in WAYS),
    "concurrent writers": ("processes --edits 300", "threads --edits 300"),
    "slow writers": (
        "slow-writers --rounds 1000",
        "slow-writers --rounds 1000 --no-exchange",
        "slow-writers --rounds 300 --writing appended",
    ),
}


def prove(proofs: tuple[str, ...]) -> None:
    for proof, outcome in zip(proofs, run_proofs(*proofs), strict=True):
        if "skip" in outcome:
            pytest.skip(outcome["skip"])
        assert not outcome["complaints"], "\n".join([proof, *outcome["complaints"]])
        assert sum(outcome.get(name, 0) for name in ("tried", "edits", "rounds")) >= 2, proof


@pytest.mark.parametrize("name", SOME)
def test_proof_at_some_places(name: str) -> None:
    prove(SOME[name])


@pytest.mark.slow
@pytest.mark.parametrize("name", EVERYWHERE)
def test_proof_everywhere(name: str) -> None:
    prove(EVERYWHERE[name])
