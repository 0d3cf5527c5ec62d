from __future__ import annotations

import pytest

from tracker.model.pasted_titles import MAX_TITLES, read_pasted_titles
from tracker.model.show import Show

SHOWS = (Show("paper-kite", "Paper Kite", aliases=("종이 연",)), Show("salt-road", "The Salt Road"))


@pytest.mark.parametrize(
    ("text", "titles"),
    [
        ("Quay\n\n  Glass Orchard  \n", ["Quay", "Glass Orchard"]),
        ("- Quay\n* Orchard\n• [x] 밤의 빵집\n- [ ] Last\n[x] Tram", ["Quay", "Orchard", "밤의 빵집", "Last", "Tram"]),
        ("1. Quay\n2) Orchard\n(3) 1917\n", ["Quay", "Orchard", "1917"]),
        ("7. Gün\nQuay\nOrchard", ["7. Gün", "Quay", "Orchard"]),
        ("12 Bridges\n24\n3%\n-1", ["12 Bridges", "24", "3%", "-1"]),
        ("1\tQuay\tLumen\n2\tOrchard\t\n24\n", ["Quay", "Orchard", "24"]),
        ("Quay\x1b[31m\u202e\nA\x00B", ["Quay[31m", "AB"]),
        ("-\n•\n \t \n", ["-", "•"]),
        ("", []),
    ],
)
def test_titles_of_lines(text: str, titles: list[str]) -> None:
    assert [title.title for title in read_pasted_titles(text, ()).titles] == titles


def test_titles_that_are_left_out() -> None:
    pasted = read_pasted_titles("paper kite\n종이연\nSalt Road\nQuay\nquay", SHOWS)
    reasons = {title.title: title.reason for title in pasted.titles}
    assert reasons == {
        "paper kite": "already on your list: Paper Kite",
        "종이연": "already on your list: Paper Kite",
        "Salt Road": "already on your list: The Salt Road",
        "Quay": "",
        "quay": "pasted twice",
    }


def test_texts_beyond_all_measure() -> None:
    assert read_pasted_titles("x" * 1_000_000 + "\nQuay", ())[1:] == (1, 0)
    pasted = read_pasted_titles("\n".join(f"Quay {n}" for n in range(5_000)), ())
    assert (len(pasted.titles), pasted.unread) == (MAX_TITLES, 3_000)
