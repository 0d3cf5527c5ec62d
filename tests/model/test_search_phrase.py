from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from tracker.model.search_phrase import Phrase, SearchText

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


def test_lines_are_apart() -> None:
    assert not Phrase.of("saltroad").is_in(SearchText.of(("Salt", "Road")))
