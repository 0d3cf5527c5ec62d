"""The work of reading grows with the text and no faster, up to the limit, and not at all behind it.

Counted are the lines of Python that run; a loop counts at each turn. That proves that no loop over sentences, names,
titles or dates has another one inside of it. What patterns do is not seen by that: they go through sentences, whose
length has a limit, and those that are given more take no more steps for a character of a longer text.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Callable
from datetime import date
from types import ModuleType
from typing import Any

import pytest

from tests.clipper.counting import count_lines
from tests.patterns import PatternUse
from tests.test_patterns import growth
from tracker.clipper.extract import extract
from tracker.clipper.text import LONGEST, MOST, read_text
from tracker.model.article_draft import Article

SIZES = (600, 2_400)
UNITS = [
    "(", "X", "“Old Ferry” ", "Hana (Ida Roe), ", "May 14, 2026. ", "Ida Roe, ", "A, ", "and ", "directed by Ida Roe, ",
    "tvN ", "It is. ", "\n", "1. Old Ferry\n\n", "Q: who?\n\n", "Related: it\n",
]  # fmt: skip
"""What is repeated until a text is as long as wanted."""


def article(unit: str, size: int) -> Article:
    """Return an article of this many characters."""
    head = "tvN orders “Old Ferry”\n\n"
    return Article(head + (unit * (size // len(unit) + 1))[: size - len(head)], published=date(2026, 3, 10))


def lines_run(unit: str, size: int) -> int:
    """Return how many lines of the clipper run for an article, without what it remembers of others."""
    re.purge()
    for name, module in sys.modules.items():
        for value in vars(module).values() if name.startswith("tracker.clipper.") else ():
            if callable(clear := getattr(value, "cache_clear", None)):
                clear()
    return count_lines(lambda: extract(article(unit, size)))


@pytest.mark.parametrize("unit", UNITS, ids=repr)
def test_four_times_the_text(unit: str) -> None:
    assert SIZES[-1] < MOST
    small, large = (lines_run(unit, size) for size in SIZES)
    assert 100 < small <= large <= 4.5 * small


@pytest.mark.parametrize("unit", ["(", "and ", "\n"], ids=repr)
def test_behind_the_limit(unit: str) -> None:
    assert lines_run(unit, 1_000_000) == lines_run(unit, MOST)


@pytest.mark.parametrize("unit", UNITS, ids=repr)
def test_longest_sentence(unit: str) -> None:
    sentences = read_text(article(unit, MOST).text).sentences
    assert max(len(sentence.text) for sentence in sentences) <= LONGEST


class Recorder:
    """A pattern, or `re` itself, that notes what it is given."""

    def __init__(self, real: Any, seen: dict[PatternUse, int]) -> None:
        self._real = real
        self._seen = seen

    def __getattr__(self, name: str) -> Any:
        value = getattr(self._real, name)
        if name not in ("match", "fullmatch", "search", "split", "sub", "subn", "findall", "finditer"):
            return value

        def call(*given: Any, **options: Any) -> Any:
            own = isinstance(self._real, re.Pattern)
            pattern = self._real if own else re.compile(given[0], options.get("flags", 0))
            text = max((one for one in given[not own :] if isinstance(one, str)), key=len)
            mode = name if name in ("match", "fullmatch") else "search"
            use = PatternUse("", pattern.pattern, pattern.flags & ~re.UNICODE, mode)
            self._seen[use] = max(self._seen.get(use, 0), len(text))
            return value(*given, **options)

        return call


def recording(value: Any, record: Callable[[Any], Any]) -> Any:
    """Return a value of a module with what `record` makes of each pattern in it."""
    if isinstance(value, re.Pattern) or value is re:
        return record(value)
    if isinstance(value, dict):
        return {key: recording(item, record) for key, item in value.items()}
    if type(value) in (tuple, list):
        return type(value)(recording(item, record) for item in value)
    return value


def test_patterns_that_see_more_than_a_sentence(monkeypatch: pytest.MonkeyPatch) -> None:
    seen: dict[PatternUse, int] = {}
    recorders: dict[int, Recorder] = {}

    def record(pattern: Any) -> Recorder:
        return recorders.setdefault(id(pattern), Recorder(pattern, seen))

    modules: list[ModuleType] = [module for name, module in sys.modules.items() if name.startswith("tracker.clipper.")]
    for module in modules:
        for name, value in vars(module).copy().items():
            if not name.startswith("__") and (new := recording(value, record)) != value:
                monkeypatch.setattr(module, name, new)
    for unit in UNITS:
        extract(article(unit, 2_000))
    assert len(seen) > 100
    for use in [use for use, length in seen.items() if length > 2 * LONGEST]:
        times, text = growth(use)
        assert times < 2, f"{use.pattern} on {text[:30]!r}…"
