"""What is measured on real articles is counted right; the articles themselves are not in the repository."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from tests.clipper import calibrate
from tests.clipper.calibrate import Example, fit, score
from tests.clipper.quality import FIELDS, Labelled, judge_field, judge_roles, labelled, windows
from tracker.model.article_draft import Draft, Fact
from tracker.model.window_parser import parse_window

GOLD = {
    "titles": ["Salt Road"], "cast": [{"actor": "Ida Roe", "role": "Hana"}, {"actor": "Mina Doe", "role": None}],
    "director": ["Jon Poe"], "writer": None, "network": ["Lumen"], "status": "casting", "release": {"edtf": "2027-03"},
}  # fmt: skip


def article(**label: Any) -> Labelled:
    return Labelled(Path("000.txt"), "", {"published": "2026-11-23", "gold": GOLD, **label})


def fact(field: str, value: str, role: str = "") -> Fact:
    return Fact(field, value, "", 0, 0.9, role, parse_window(value) if field == "release" else None)


def test_right_wrong_and_lost() -> None:
    draft = Draft((fact("cast", "Ida Roe"), fact("cast", "Jon Poe")), perhaps=(fact("cast", "Mina Doe"),))
    tally, misses = judge_field(article(), draft, "cast")
    assert tally == (2, 1, 1, 2, 1, 2)
    assert misses == ["cast: wrong ['jon poe']", "cast: lost ['mina doe']"]


@pytest.mark.parametrize(
    ("field", "said", "is_right"),
    [
        ("title", "salt road", True), ("title", "Salt", False), ("title", "Salzweg", None),
        ("status", "announced", True),
        ("status", "pre-production", True), ("status", "filming", False), ("status", "rumored", None),
        ("release", "2027-03", True), ("release", "2027", None), ("release", "2027-04", False),
        ("writers", "Lou Lim", False),
    ],
)  # fmt: skip
def test_equally_good_answers(field: str, said: str, *, is_right: bool | None) -> None:
    accept = {"titles_alt": ["Salzweg"], "status_alt": ["rumoured"], "edtf_alt": ["2027"]}
    tally, _ = judge_field(article(accept=accept), Draft((fact(field, said),)), field)
    # A title in another language is the answer itself; other alternatives are neither asked for nor wrong.
    right = is_right or (field == "title" and is_right is None)
    assert (tally.right, tally.wrong) == (int(bool(right)), int(is_right is False))


def test_roles() -> None:
    draft = Draft((fact("cast", "Ida Roe", "Hana"), fact("cast", "Mina Doe", "Sora"), fact("cast", "Jon Poe", "Kim")))
    tally, misses = judge_roles(article(), draft)
    assert (tally.right, tally.wrong, tally.wanted, misses) == (1, 0, 1, [])
    assert judge_roles(article(), Draft((fact("cast", "Ida Roe", "Sora"),)))[0].wrong == 1


def test_nothing_is_asked_where_nothing_is_said() -> None:
    nothing = dict.fromkeys(("director", "writer", "network"))
    empty: dict[str, Any] = {"titles": [], "cast": [], **nothing}
    empty |= {"status": "unknown", "release": {"edtf": "XXXX-03"}}
    assert [judge_field(article(gold=empty), Draft(), field)[0].wanted for field in FIELDS] == [0] * len(FIELDS)


def test_windows() -> None:
    assert windows("2026-Q3") == {"2026-35"}
    assert windows("2026-summer") == {"2026-22"}
    assert windows("2026/2027") == {"2026/2027", "2026", "2027"}
    assert windows(None) == set()


def test_folder_is_read(tmp_path: Path) -> None:
    (tmp_path / "001.txt").write_text("Ida Roe will star in “Salt Road”.", "utf-8")
    (tmp_path / "001.json").write_text(json.dumps({"published": None, "gold": GOLD}), "utf-8")
    [one] = labelled(tmp_path)
    assert one.is_news
    found = calibrate.examples([one])
    assert [(each.value, each.is_right) for each in found["cast"]] == [("Ida Roe", True)]


def test_weights_follow_what_was_right() -> None:
    data = [Example(str(n), "a", "", frozenset({"good"} if n % 2 else {"bad"}), n % 2 == 1) for n in range(40)]
    weights = fit(data)
    assert score(weights, {"good"}) > 0.85
    assert score(weights, {"bad"}) < 0.15
    assert "rare" not in fit([*data, Example("x", "a", "", frozenset({"rare"}), is_right=True)])
