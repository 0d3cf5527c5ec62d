"""What a person reads: every text is in one file to be read, and follows the rules of the house.

`python -m tests.strings --write` renews the file. A text that a rule here forbids gets the better word.
"""

from __future__ import annotations

import re
from typing import Final

import pytest

from tests.strings import STRINGS, list_module, list_strings

_BETTER: Final = {
    r"\bbe it\b": "whether",
}
"""Words and phrases that read as translated, as patterns, with what to write."""


def test_the_file_has_every_string() -> None:
    assert STRINGS.read_text(encoding="utf-8") == list_strings(), "renew it: python -m tests.strings --write"


@pytest.mark.parametrize("pattern", _BETTER)
def test_no_string_has_a_word_that_reads_as_translated(pattern: str) -> None:
    found = [text for text in STRINGS.read_text(encoding="utf-8").splitlines() if re.search(pattern, text)]
    assert not found, f"write {_BETTER[pattern]}"


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
