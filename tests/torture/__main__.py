"""The long version of the tests of what must never be lost: `python -m tests.torture`.

It prints a table of what was tried and what was lost, and ends with 1 if anything was.
"""

from __future__ import annotations

import argparse
import sys
import time
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path

from tests.torture import documents, writes
from tests.torture.table import HEAD, Options, Row, total

SECTIONS: dict[str, Callable[[Options], Iterable[Row]]] = {"documents": documents.rows, **writes.SECTIONS}
"""All kinds of torture, by the name under which one can be asked for."""


def main(sections: Mapping[str, Callable[[Options], Iterable[Row]]], arguments: list[str]) -> int:
    """Run the sections that the arguments name, or all; return 1 if anything was not as promised."""
    parser = argparse.ArgumentParser(prog="python -m tests.torture", description=__doc__)
    parser.add_argument("section", nargs="*", help=f"what is run: {', '.join(sections)}; all where none is named")
    parser.add_argument("--everything", action="store_true", help="also leave nothing out in large files: hours")
    parser.add_argument("--on", type=Path, help="write in this folder, on a disk, instead of in memory")
    asked = parser.parse_args(arguments)
    if unknown := [*set(asked.section) - {*sections}]:
        parser.error(f"there is no section {unknown[0]}")
    options = Options(asked.everything, asked.on)
    sums = []
    _say(HEAD)
    for name in asked.section or sections:
        start, rows = time.monotonic(), []
        for row in sections[name](options):
            _say(row.line())
            if not row.what.startswith(" "):
                rows.append(row)
        took = time.monotonic() - start
        sums.append(total(f"{name}, {took:,.0f} s", rows))
    _say("\n" + HEAD)
    for row in sums:
        _say(row.line().splitlines()[0])
    wrong = sum(len(row.complaints) for row in sums)
    _say(f"\nupdates lost: {sum(row.lost for row in sums):,}; promises broken: {wrong:,}")
    return 1 if wrong else 0


def _say(line: str) -> None:
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    sys.exit(main(SECTIONS, sys.argv[1:]))
