from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracker.model.search_phrase import NearPhrase, Phrase, SearchText

TITLES = st.lists(
    st.text("abcdefghijklmnopqrstuvwxyzéßł0123456789", min_size=1, max_size=9)
    | st.text("가나다옥택연한글", min_size=1, max_size=5)
    | st.text("ソウルメイトガぎ愛", min_size=1, max_size=5),
    min_size=1,
    max_size=5,
)
MARKS = st.sampled_from([" ", "-", " – ", "—", "・", "…", "’", "'", ": ", "\u3000", "\u00ad", ""])


@given(TITLES, st.lists(MARKS, min_size=5, max_size=5), st.lists(MARKS, min_size=5, max_size=5))
def test_found_with_other_marks(words: list[str], marks: list[str], other_marks: list[str]) -> None:
    title, typed = (
        "".join(part for pair in zip(words, chosen, strict=False) for part in pair) for chosen in (marks, other_marks)
    )
    assert Phrase.of(typed).is_in(SearchText.of(("before", title, "behind")))


LETTERS = "abcdefghijklmnopqrstuvwxyz"


@st.composite
def mistyped(draw: st.DrawFn, title: st.SearchStrategy[str], letters: st.SearchStrategy[str]) -> tuple[str, str]:
    """A word, and the same with one mistake."""
    word = draw(title)
    at = draw(st.integers(0, len(word) - 1))
    letter = draw(letters)
    wrong = {
        "another": word[:at] + letter + word[at + 1 :],
        "too many": word[:at] + letter + word[at:],
        "too few": word[:at] + word[at + 1 :],
        "swapped": word[:at] + word[at + 1 : at + 2] + word[at] + word[at + 2 :],
    }
    return word, wrong[draw(st.sampled_from(sorted(wrong)))]


def is_near(typed: str, *lines: str) -> bool:
    return NearPhrase.of(typed).is_in(SearchText.of(lines))


@given(mistyped(st.text(LETTERS, min_size=4, max_size=12), st.sampled_from(LETTERS)), TITLES, TITLES)
def test_one_mistake(words: tuple[str, str], before: list[str], behind: list[str]) -> None:
    word, typed = words
    assert is_near(typed, "before", " ".join([*before, word, *behind]))
    assert NearPhrase.of(typed).is_all_of(word) or typed == word


@given(mistyped(st.text("ソウルメイトガぎ愛", min_size=5, max_size=8), st.sampled_from("ラリあ人")), TITLES)
def test_one_mistake_in_japanese(words: tuple[str, str], before: list[str]) -> None:
    word, typed = words
    assert is_near(typed, "".join([*before, word, "です"]))


@given(st.lists(st.tuples(*[st.integers(0, most) for most in (18, 20, 27)]), min_size=2, max_size=6), st.data())
def test_one_mistake_in_a_syllable(signs: list[tuple[int, int, int]], data: st.DataObject) -> None:
    at = data.draw(st.integers(0, len(signs) - 1))
    other = (signs[at][0], data.draw(st.integers(0, 20)), signs[at][2])
    word, typed = (
        "".join(chr(0xAC00 + (first * 21 + vowel) * 28 + last) for first, vowel, last in chosen)
        for chosen in (signs, [*signs[:at], other, *signs[at + 1 :]])
    )
    assert is_near(typed, f"나의 {word} 이야기")


@pytest.mark.parametrize(
    ("typed", "title"),
    [
        ("sqiud", "Squid Game"), ("squidgmae", "Squid Game"), ("squid-gmae", "Squid Game"), ("qsuid", "Squid Game"),
        ("squd", "Squid Game"), ("xsquid", "Squid"), ("spidermam", "Spider-Man"), ("harbuor", "Harbour Lights"),
        ("hrabo", "Harbour"), ("sul", "Soul Mate"), ("soull", "Soul"),
        ("오징어개임", "오징어 게임"),        ("눈믈의", "눈물의 여왕"), ("옥택언", "옥택연"),
        ("ソウレメイト", "ソウルメイト"), ("かきの", "かぎの"),
        ("season12x", "Season 12"),
    ],
)  # fmt: skip
def test_near(typed: str, title: str) -> None:
    assert not Phrase.of(typed).is_in(SearchText.of((title,)))
    assert is_near(typed, title)


@pytest.mark.parametrize(
    ("typed", "title"),
    [
        ("salt2", "Salt 3"), ("salt12", "Salt 1"), ("salt1", "Salt"), ("sult21", "Salt 213"), ("1013", "1012"),
        ("1-1-9", "9-1-1"), ("sqiuds", "Squid"),
        ("sqxxd", "Squid"), ("squie", "Squidward"), ("sqiu", "Squid"), ("sot", "Soul"), ("sa", "Sea"),
        ("옥", "억"), ("ソル", "ソウ"),
        ("quidg", "Squad"), ("soulmxtx", "Soul Mate"), ("damerau", "Game"), ("road", "Rxad"),
        ("!!!!", "????"), ("harb0ur", "Harbour"),
    ],
)  # fmt: skip
def test_not_near(typed: str, title: str) -> None:
    assert is_near(typed, title) is (typed == "road")


def test_lines_are_apart() -> None:
    assert not Phrase.of("saltroad").is_in(SearchText.of(("Salt", "Road")))
