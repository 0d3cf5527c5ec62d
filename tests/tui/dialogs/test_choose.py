from __future__ import annotations

from tracker.tui.dialogs.choose import MAX_CHARS, ChooseDialog, Question


def shown(mine: str, theirs: str) -> tuple[str, str]:
    question = Question("Salt Road", "synopsis", "Both changed it.", (("mine", mine), ("theirs", theirs)))
    (_, first), (_, second) = ChooseDialog(question, 1, 1).values
    return first, second


def test_short_values_are_whole() -> None:
    assert shown("a" * MAX_CHARS, "") == ("a" * MAX_CHARS, "")


def test_long_values_begin_before_their_difference() -> None:
    same = "x" * 1000
    first, second = shown(f"{same}A{same}", f"{same}B")
    assert first.startswith("…x")
    assert first.endswith("x…")
    assert "A" in first
    assert second.endswith("xB")


def test_long_values_of_an_early_difference_begin_at_once() -> None:
    first, _ = shown("A" + "x" * 1000, "B")
    assert first == "A" + "x" * (MAX_CHARS - 1) + "…"
