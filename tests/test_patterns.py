"""No pattern takes time that grows faster than the text; steps are counted, not seconds."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator

import pytest

from tests.pattern_steps import Matcher, TooManySteps, hostile_texts
from tests.patterns import PatternUse, modules, patterns

_SMALL, _LARGE = 9, 36
_OF_TEXTS = ("page", "markup", "dateline", "text", "reader", "lexicon")
"""What of the clipper goes through whole pages and lines."""
_OF_SENTENCES = tuple(
    name for name in modules() if name.startswith("tracker.clipper.") and not name.endswith(_OF_TEXTS)
)
"""Patterns for single sentences, whose length has a limit; see `tests/clipper/test_growth.py`."""
MODULES = [name for name in modules() if not name.startswith(_OF_SENTENCES)]
SENTENCE_MODULES = [name for name in modules() if name.startswith(_OF_SENTENCES)]


@pytest.fixture(autouse=True)
def _deep_patterns() -> Iterator[None]:
    before = sys.getrecursionlimit()
    sys.setrecursionlimit(20_000)
    yield
    sys.setrecursionlimit(before)


def growth(use: PatternUse) -> tuple[float, str]:
    """Return by how many times more steps a character takes in a text that is four times as long, at the worst."""
    matcher = Matcher(use.pattern, use.flags)
    worst = (0.0, "")
    texts = zip(
        hostile_texts(use.pattern, use.flags, _SMALL), hostile_texts(use.pattern, use.flags, _LARGE), strict=True
    )
    for small, large in texts:
        try:
            few = max(3.0, matcher.count(small, use.mode) / len(small))
            worst = max(worst, (matcher.count(large, use.mode) / len(large) / few, large))
        except TooManySteps:
            return (float("inf"), large)
    return worst


@pytest.mark.parametrize("module", MODULES)
def test_pattern_linear(module: str) -> None:
    for use in patterns(module):
        times, text = growth(use)
        assert times < 2, f"{use.place}: {use.pattern} on {text[:30]!r}…"


@pytest.mark.slow
@pytest.mark.parametrize("module", SENTENCE_MODULES)
def test_pattern_of_sentences(module: str) -> None:
    # At the length of a sentence the square of it is a few milliseconds, and no power is as bad as the exponential.
    for use in patterns(module):
        times, text = growth(use)
        assert times < 16, f"{use.place}: {use.pattern} on {text[:30]!r}…"


@pytest.mark.parametrize(
    ("pattern", "mode"),
    [
        (r"\s*(?:,|\()", "search"), (r"(a+)+$", "match"), (r"(?:-|--)+x", "match"), (r"[ \t]*\[?[ \t]*x", "search"),
        (r'"(?:[^"\\]|\\.)*"', "search"), (r"^\s*x$", "search"), (r"(.*?)\s+=\s*(.*?)(?::\s+(.*))?", "fullmatch"),
    ],
)  # fmt: skip
def test_growth_is_seen(pattern: str, mode: str) -> None:
    assert growth(PatternUse("", pattern, re.MULTILINE, mode))[0] > 2


@pytest.mark.parametrize("module", MODULES)
def test_matcher_agrees_with_re(module: str) -> None:
    for use in patterns(module):
        if "{" in use.pattern:
            continue  # repetitions with an end are cut short
        for text in hostile_texts(use.pattern, use.flags, 6):
            match = re.compile(use.pattern, use.flags).match(text)
            assert Matcher(use.pattern, use.flags).match(text) == (match.end() if match else None), use.pattern
