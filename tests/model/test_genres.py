from __future__ import annotations

import pytest
from hypothesis import given

from tests.model.strategies import names
from tracker.model.genres import fold_genres
from tracker.text import clean_line


@pytest.mark.parametrize(
    ("words", "genres"),
    [
        # TVmaze
        (["Science-Fiction"], ["science fiction"]), (["Drama", "Romance"], ["drama", "romance"]), (["DIY"], ["DIY"]),
        (["Supernatural", "Espionage"], ["supernatural", "espionage"]), (["Anime"], ["anime"]),
        # TMDB
        (["Action & Adventure"], ["action", "adventure"]), (["Sci-Fi & Fantasy"], ["science fiction", "fantasy"]),
        (["War & Politics"], ["war", "politics"]), (["Kids"], ["children"]), (["Soap"], ["soap opera"]),
        (["Science Fiction", "Sci-Fi"], ["science fiction"]), (["TV Movie", "Drama"], ["drama"]),
        (["Talk"], ["talk show"]), (["History"], ["history"]),
        # Wikidata
        (["drama television series"], ["drama"]), (["romantic comedy"], ["romance", "comedy"]),
        (["science fiction television series"], ["science fiction"]), (["crime drama"], ["crime", "drama"]),
        (["comedy drama"], ["comedy", "drama"]), (["dramedy"], ["comedy", "drama"]), (["mystery fiction"], ["mystery"]),
        (["crime film"], ["crime"]), (["LGBT-related television series"], ["LGBT"]), (["boys' love"], ["BL"]),
        (["historical drama"], ["history", "drama"]), (["fantasy anime and manga"], ["fantasy"]),
        (["television situation comedy"], ["sitcom"]), (["psychological thriller"], ["psychological", "thriller"]),
        (["children's television series"], ["children"]),
        (["medical drama", "melodrama"], ["medical", "drama", "melodrama"]),
        # what is not known stays, and so does all that stands beside it
        (["K-Drama"], ["K-Drama"]), (["workplace comedy"], ["workplace comedy"]), (["Rock & Roll"], ["Rock & Roll"]),
        (["  Isekai "], ["Isekai"]), (["동성애"], ["동성애"]), ([""], []), ([], []),
    ],
)  # fmt: skip
def test_genres(words: list[str], genres: list[str]) -> None:
    assert [*fold_genres(words)] == genres


@given(names)
def test_any_word_is_kept_or_folded(word: str) -> None:
    folded = fold_genres([word])
    assert folded
    assert fold_genres(folded) == folded
    assert fold_genres([word, word]) == folded
    assert all(clean_line(genre) == genre for genre in folded)
