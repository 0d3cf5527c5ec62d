"""The properties of any document, any bytes and any merge, with as many examples as there is time for."""

from __future__ import annotations

import os
import tempfile
import traceback
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from functools import partial, wraps
from types import ModuleType
from typing import Any, Final
from unittest import mock

from hypothesis import settings
from hypothesis.stateful import run_state_machine_as_test

from tests.store import test_any_document, test_fuzz, test_fuzz_merge
from tests.store.mutations import SOME
from tests.store.test_any_session import Session
from tests.torture.table import Options, Row

MODULES: Final = (test_any_document, test_fuzz, test_fuzz_merge)
COUNTED: Final = {
    "read_contents": "documents",
    "loaded": "documents",
    "applied": "edits",
    "planned": "edits",
    "edit": "edits",
    "merge_files": "merges",
}
"""What the properties call, and what each call counts as."""


EXAMPLES: Final = 400
"""Of each property, in a run of all sections."""


def rows(options: Options) -> Iterator[Row]:
    """Fuzz, and yield what came of it: a property that does not hold is told on stderr, and counts as wrong."""
    counts = fuzz(EXAMPLES * 10 if options.everything else EXAMPLES)
    complaints = ("see above",) * counts.pop("failures")
    for what, tried in counts.items():
        yield Row(f"fuzzed: {what}", tried, lost=len(complaints), complaints=complaints)
        complaints = ()


def fuzz(examples: int) -> dict[str, int]:
    """Try each property on so many examples; each one that does not hold is told on stderr.

    Returns:
        How many documents were read, edits and merges made, and properties found not to hold.
    """
    counts = Counter(dict.fromkeys(("documents", "edits", "merges", "failures"), 0))
    some = settings(SOME, max_examples=examples, database=None)
    with ExitStack() as stack:
        folder = stack.enter_context(tempfile.TemporaryDirectory())
        homes = {f"XDG_{kind}_HOME": f"{folder}/{kind}" for kind in ("STATE", "DATA", "CONFIG", "CACHE")}
        stack.enter_context(mock.patch.dict(os.environ, homes))
        for module in MODULES:
            for name in COUNTED.keys() & vars(module).keys():
                stack.enter_context(mock.patch.object(module, name, _counting(getattr(module, name), name, counts)))
        session: Callable[[], object] = partial(run_state_machine_as_test, Session, settings=some)
        for run in (*_properties(some), session):
            try:
                run()
            except Exception:  # noqa: BLE001 - the other properties are still to be tried
                counts["failures"] += 1
                traceback.print_exc()
    return dict(counts)


def _counting(function: Callable[..., Any], name: str, counts: Counter[str]) -> Callable[..., Any]:
    @wraps(function)
    def counted(*args: Any, **kwargs: Any) -> Any:
        counts[COUNTED[name]] += 1
        return function(*args, **kwargs)

    return counted


def _properties(some: settings) -> Iterator[Callable[[], object]]:
    """Yield each property of the modules, ready to be called, and one that has parameters once for each."""
    for module in MODULES:
        for test in _tests(module):
            marks = getattr(test, "pytestmark", [])
            if not marks:
                yield some(test)
            for mark in marks:
                name, values = mark.args
                tried: Callable[..., object] = some(test)
                yield from (partial(tried, **{name: value}) for value in values)


def _tests(module: ModuleType) -> Iterator[Callable[..., Any]]:
    for name, test in vars(module).items():
        if name.startswith("test_") and hasattr(test, "hypothesis"):
            # Hypothesis lets no other settings in where there are some already.
            vars(test).pop("_hypothesis_internal_settings_applied", None)
            yield test
