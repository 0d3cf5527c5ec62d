from __future__ import annotations

import pytest
from textual.content import Content

from tracker.tui.clipper.fact_list import fold_value


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("", [""]),
        ("a word", ["a word"]),
        ("two words more", ["two words", "more"]),
        ("one\ntwo", ["one", "two"]),
        ("one two three four five six seven", ["one two", "three four", "five six…"]),
        ("드라마 이야기", ["드라마", "이야기"]),
    ],
)
def test_fold_value(text: str, lines: list[str]) -> None:
    assert [line.plain.rstrip() for line in fold_value(Content(text), 10)] == lines
