from __future__ import annotations

from tracker.tui.main.header import HeaderState, fit_pieces
from tracker.tui.theme import UNICODE
from tracker.tui.widgets.hints import Hint, join_keys, place_hints


def test_hints_take_the_lines_that_they_need() -> None:
    hints = [Hint("enter", "take", ""), Hint("↑", "", ""), Hint("↓", "move", ""), Hint("esc", "back", "")]
    assert [(place.x, place.y) for place in place_hints(hints, 80)] == [(0, 0), (12, 0), (14, 0), (22, 0)]
    assert [(place.x, place.y) for place in place_hints(hints, 20)] == [(0, 0), (12, 0), (14, 0), (0, 1)]
    assert [(place.x, place.y) for place in place_hints(hints, 3)] == [(0, 0), (0, 1), (0, 2), (0, 3)]


def test_keys_of_a_label_are_told_together() -> None:
    hints = [Hint("n", "", ""), Hint("N", "move", ""), Hint("esc", "back", "")]
    assert list(join_keys(hints)) == [("n N", "move"), ("esc", "back")]


def test_header_leaves_out_what_matters_least() -> None:
    counts = (("14 shows", "bold"), ("2 overdue", "$text-error"), ("1 within a week", "$text-success"))
    state = HeaderState(counts, (("agenda", "$foreground-muted"), ("read-only", "bold $text-warning")))
    for width, left, right in (
        (70, "14 shows · 2 overdue · 1 within a week", "agenda · read-only"),
        (54, "14 shows · 2 overdue · 1 within a week · …", "read-only"),
        (40, "14 shows · 2 overdue · …", "read-only"),
        (23, "14 shows · …", "read-only"),
    ):
        assert fit_pieces(state, width, UNICODE).plain == left + right.rjust(width - len(left))
    assert fit_pieces(state, 12, UNICODE).plain == "14 shows · …"
