"""Writes that survive: kills, faults, editors that come between, and writers that know nothing of each other."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from queue import SimpleQueue
from typing import Any, Final

from tests.store.apart import apart
from tests.torture.table import Options, Row, total

SMALL, MIDDLE, LARGE = "100", "130000", "2000000"
EDITS: Final = ("record", "first", "set", "twin", "commented", "add", "remove", "undo", "redo", "restore", "put")
MERGED: Final = ("record", "set", "twin", "commented", "add", "remove", "undo", "redo")
"""The edits that leave alone what others wrote meanwhile; the two others replace the file as a whole."""
WAYS: Final = ("in place", "rename", "backup")
WRITES: Final = 1_000
"""Of each writer."""

Job = tuple[str, ...]
"""Arguments of `tests/store/alone.py`."""


def kills(options: Options) -> Iterator[Row]:
    """Kill every edit of files of every size at every entry and exit of a system call."""
    groups: dict[str, list[Job]] = {
        f"kills: {edit}": [
            *(("kills", edit, "--size", size) for size in (SMALL, MIDDLE, LARGE)),
            ("kills", edit, "--linked"),
            ("kills", edit, "--no-exchange"),
            ("kills", edit, "--no-exchange", "--size", LARGE, "--stride", "2"),
        ]
        for edit in EDITS
    }
    return _done(groups, options)


def faults(options: Options) -> Iterator[Row]:
    """Let every call of every edit meet every fault; in larger files each call meets some of them, in turn."""
    turn = ("--stride", "1" if options.everything else "11")
    groups: dict[str, list[Job]] = {
        f"faults: {edit}": [
            ("faults", edit, "--size", SMALL),
            ("faults", edit, "--linked"),
            ("faults", edit, "--size", MIDDLE, *turn),
            ("faults", edit, "--size", LARGE, *turn),
        ]
        for edit in EDITS
    }
    return _done(groups, options)


def meddling(options: Options) -> Iterator[Row]:
    """Let editors save at every system call of every edit, one or two of them, and kill the edit behind that."""
    groups: dict[str, list[Job]] = {}
    for edit in MERGED:
        groups[f"an editor between: {edit}"] = [
            *(("meddled", edit, "--ways", way) for way in WAYS),
            *(("meddled", edit, "--ways", "backup", "--gap", gap) for gap in ("1", "2", "3", "8", "30")),
        ]
        groups[f"two editors between: {edit}"] = [
            *(("meddled-twice", edit, "--ways", one, other) for one in WAYS for other in WAYS),
            *(("meddled-twice", edit, "--ways", one, "backup", "--gap", gap) for one in WAYS for gap in "1235"),
        ]
        groups[f"an editor between, and killed: {edit}"] = [("meddled-and-killed", edit, "--ways", way) for way in WAYS]
    groups["an editor a moment ago: record"] = [
        ("meddled", "record", "--hot", "--stride", "2", "--ways", way) for way in WAYS
    ]
    return _done(groups, options)


def writers(options: Options) -> Iterator[Row]:
    """Let three processes and an editor, then two threads, write one list at the same time."""
    for what, name in (("processes", "three processes and an editor"), ("threads", "two threads")):
        found = apart(what, "--edits", str(WRITES), *_place(options))
        row = _row(f"writers: {name}", found)
        for way, changes in found.get("changes", {}).items():
            row = row._replace(tried=row.tried + changes)
            yield Row(f"  changes of the editor, {way}", changes)
        yield row


def _done(groups: dict[str, list[Job]], options: Options) -> Iterator[Row]:
    """Run the jobs, one on each processor, and yield a row for each group of them as it is done."""
    count = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else 1
    free: SimpleQueue[int] = SimpleQueue()
    for processor in range(count):
        free.put(processor)

    def run(job: Job) -> Row:
        processor = free.get()
        try:
            return _row(" ".join(job), apart(*job, *_place(options), processor=processor))
        finally:
            free.put(processor)

    with ThreadPoolExecutor(count) as pool:
        waiting = {name: [pool.submit(run, job) for job in jobs] for name, jobs in groups.items()}
        for name, jobs in waiting.items():
            yield total(name, [job.result() for job in jobs])


def _row(what: str, found: dict[str, Any]) -> Row:
    return Row(
        what, found.get("tried", found.get("edits", 0)), found.get("refused", 0),
        sum(found.get("again", {}).values()), found.get("lost", 0), tuple(found["complaints"]), found.get("skip", ""),
    )  # fmt: skip


def _place(options: Options) -> Job:
    return ("--on", str(options.on)) if options.on is not None else ()


SECTIONS: Final[dict[str, Callable[[Options], Iterable[Row]]]] = {
    "kills": kills,
    "faults": faults,
    "meddling": meddling,
    "writers": writers,
}
