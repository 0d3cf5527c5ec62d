from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracker.text import cells
from tracker.tui.clipper.article_view import wrap_lines

TEXTS = st.text(st.sampled_from("ab 　한é\u0301\n[]\t🎬"), max_size=200)


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("", [""]),
        ("one two three", ["one two", "three"]),
        ("one\n\ntwo", ["one", "", "two"]),
        ("abcdefghijk", ["abcdefgh", "ijk"]),
        ("한국 드라마 이야기", ["한국", "드라마", "이야기"]),
        ("한국드라마", ["한국드라", "마"]),
        ("ab      cd ef", ["ab     ", "cd ef"]),
    ],
)
def test_wrap_lines_between_words(text: str, lines: list[str]) -> None:
    assert [text[start:end] for start, end in wrap_lines(text, 8)] == lines


@given(TEXTS, st.integers(2, 12))
def test_wrap_lines_lose_only_blanks(text: str, width: int) -> None:
    lines = wrap_lines(text, width)
    assert all(cells(text[start:end]) <= width for start, end in lines)
    kept = "".join(text[start:end] for start, end in lines)
    assert kept.replace(" ", "") == text.replace(" ", "").replace("\n", "")
    assert lines == sorted(lines)


def test_wrap_lines_of_combining_marks() -> None:
    assert max(end - start for start, end in wrap_lines("e" + "\u0301" * 5000, 40)) <= 160
