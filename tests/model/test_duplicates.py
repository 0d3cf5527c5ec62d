from __future__ import annotations

import pytest

from tracker.model.duplicates import find_duplicate, known_names
from tracker.model.show import Show

SHOWS = (
    Show("salt-road", "The Salt Road", original_title="소금길", aliases=("Route du Sél", "ソルト・ロード")),
    Show("kite-2", "Paper Kite & Co."),
    Show("tide", "Tide"),
    Show("tide-2", "Ninth Tide", aliases=("Tide",)),
)
NAMES = known_names(SHOWS)


@pytest.mark.parametrize(
    ("typed", "show_id", "kind"),
    [
        ("salt  road", "salt-road", "title"), ("SALT-ROAD", "salt-road", "title"),
        ("ＳＡＬＴ Road", "salt-road", "title"),
        ("the salt road!", "salt-road", "title"), ("소금 길", "salt-road", "original title"),
        ("route du sel", "salt-road", "alias"), ("そるとろーど", "salt-road", "alias"),
        ("paper kite and co", "kite-2", "title"), ("kite-2", "kite-2", "id"), ("Tide", "tide", "title"),
        ("tide 2", "tide-2", "id"),
    ],
)  # fmt: skip
def test_duplicate(typed: str, show_id: str, kind: str) -> None:
    known = find_duplicate(NAMES, typed)
    assert known is not None
    assert (known.show.id, known.kind) == (show_id, kind)
    assert known.show.title in known.sentence


@pytest.mark.parametrize("typed", ["", " ", "Salt", "Salt Road 2", "The", "!", "Nine Tides"])
def test_duplicate_of_none(typed: str) -> None:
    assert find_duplicate(NAMES, typed) is None


def test_duplicate_by_a_second_title() -> None:
    known = find_duplicate(NAMES, "Another", "소금길")
    assert known is not None
    assert known.kind == "original title"
