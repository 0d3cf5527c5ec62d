from __future__ import annotations

import pytest

from tracker.errors import BadValue
from tracker.model.watch_state import WATCH_KEYS, parse_watch, short_rating, watch_sign


def test_parse_watch() -> None:
    assert [parse_watch(word) for word in ("Planned", "watching", "WATCHED", "dropped", "")] == [
        "planned", "watching", "watched", "dropped", "",
    ]  # fmt: skip
    with pytest.raises(BadValue, match=r"Not a watch state: “later”\. Use one of planned, watching, watched, dropped"):
        parse_watch("later")


@pytest.mark.parametrize(
    ("rating", "unicode", "plain"),
    [(None, "  ", "  "), (0, " 0", " 0"), (8, " 8", " 8"), (8.0, " 8", " 8"), (7.5, "7½", "7+"), (9.9, "9+", "9+"),
     (10, "10", "10")],
)  # fmt: skip
def test_short_rating(rating: float | None, unicode: str, plain: str) -> None:
    assert [short_rating(rating, is_ascii=is_ascii) for is_ascii in (False, True)] == [unicode, plain]


def test_watch_signs_differ() -> None:
    for is_ascii in (False, True):
        signs = [watch_sign(state, is_ascii=is_ascii) for state in WATCH_KEYS]
        assert len(set(signs)) == len(WATCH_KEYS)
        assert all(len(sign) == 1 and (sign.isascii() or not is_ascii) for sign in signs)
