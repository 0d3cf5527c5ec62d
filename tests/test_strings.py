"""What a person reads: every text is in one file to be read, and follows the rules of the house.

`python -m tests.strings --write` renews the file. A text that a rule here forbids gets the better word.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from typing import Final

import pytest

from tests.strings import ROOT, STRINGS, list_module, list_strings, rendered
from tracker import errors
from tracker.errors import TrackerError

_BETTER: Final = {
    r"\b[Pp]lease\b": "what to do",
    r"\b[Oo]f which\b": "two sentences",
    r"\bbe it\b": "whether",
    r"\bstands? (at|in|on|behind|for)\b": "is",
    r"\bbelieve": "known",
    r"\bmended\b": "fixed",
    r"\btakes? (it|theirs|them)\b(?! (back|from))": "apply, accept, add",
    r"\b[Ss]ervices?\b": "source",
    r"\btied?\b": "link",
    r"\b[Aa]sk(s|ed|ing)? (about|again|the)\b": "refresh, search, try again",
    r"\b([Nn]o|some)body\b": "no …, someone",
    r"\bcannot\b": "can't",
    r"\b(do|does|did|is|are|was|were|has|have|will) not be\b": "can't be, isn't",
    r"\bby now\b|\bat the moment\b": "now, right now",
    r"\bmeanwhile\b": "has changed, since",
    r"\bsuch as\b": "like, e.g.",
    r"\b[Oo]n the list already\b": "already on your list",
    r"\bone an? (line|day|month|year|show)\b": "one per …",
    r"\b(that is|still) to come\b": "upcoming, in the future",
    r"\b(esc|enter)\b.*\.$": "Esc, Enter, Ctrl+S in sentences",
    r"\.\.\.": "…",
    r"\S {2,}\S.*[a-z)]\.$": "one space",
    r"[\"']\{(text|title|label|value|query)\}[\"']": "“…” around what somebody wrote",
    r"[a-z”)]{2}\. (?:[A-Z“`]\S* )+[^.]*[a-z”)]$": "a period at the end of the last sentence",
}
"""Words and phrases that read as translated, as patterns, with what to write."""
_CLAUSES: Final = frozenset({"date_grammar.py", "date_parts.py"})
"""Modules whose errors are clauses: `window_parser` puts what was typed before them."""
_EXAMPLES: Final = ("year:", "rating:", "country:")
"""How a sentence may begin without a capital: with what was typed."""


def error_texts() -> Iterator[str]:
    """Yield the sentence of each error that the source raises for a person, with what fills it in braces."""
    names = {
        name for name, value in vars(errors).items() if isinstance(value, type) and issubclass(value, TrackerError)
    }
    for path in (ROOT / "tracker").rglob("*.py"):
        source = path.read_text(encoding="utf-8")
        if path.name in _CLAUSES or "tracker.errors" not in source:
            continue
        for node in ast.walk(ast.parse(source)):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in names and node.args:
                yield rendered(node.args[0])


def test_the_file_has_every_string() -> None:
    assert STRINGS.read_text(encoding="utf-8") == list_strings(), "renew it: python -m tests.strings --write"


@pytest.mark.parametrize("pattern", _BETTER)
def test_no_string_has_a_word_that_reads_as_translated(pattern: str) -> None:
    texts = [text for text in STRINGS.read_text(encoding="utf-8").splitlines() if not text.startswith("# ")]
    found = [text for text in texts if re.search(pattern, text)]
    assert not found, f"write {_BETTER[pattern]}"


def test_errors_are_sentences() -> None:
    texts = [text for text in error_texts() if text and not text.startswith(_EXAMPLES)]
    assert not [text for text in texts if text[0].islower() or text[-1] not in ".?}…"]
    assert len(texts) > 100


def test_a_text_with_fillings_is_one_line() -> None:
    source = """def f(n: "a type of ours"):
    "What it does."
    say(f"{plural(n, 'show')} of {self._title.strip()}\\nfound")
"""
    assert list_module("model/x.py", source) == ["{n shows} of {title}\\nfound"]


def test_short_labels_are_listed_and_keys_are_not() -> None:
    source = 'Hint("enter", "save", "screen.save"), {"a key here": "a value here"}, x == "not this one"'
    assert list_module("tui/x.py", source) == ["save", "a value here"]


def test_patterns_and_statements_are_not_listed() -> None:
    source = 're.compile("a b"), ("(?:a b)+", "SELECT a FROM b", "Seen here")'
    assert list_module("model/x.py", source) == ["Seen here"]
