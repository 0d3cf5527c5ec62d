from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracker.tui.details.pane_heights import share_lines

WEIGHTS = (1, 1, 2)
LINES = st.integers(1, 200)


@given(st.tuples(LINES, LINES, LINES), st.integers(-6, 120))
def test_share_lines_wastes_nothing(wanted: tuple[int, int, int], room: int) -> None:
    heights = share_lines(wanted, WEIGHTS, room)
    assert sum(heights) == max(0, min(room, sum(wanted)))
    assert all(height <= lines for height, lines in zip(heights, wanted, strict=True))
    assert min(heights) >= 1 or room < len(wanted)
    assert heights[2] >= min(wanted[2], room // 2)


@pytest.mark.parametrize(
    ("wanted", "room", "heights"),
    [
        ((4, 1, 6), 30, (4, 1, 6)),
        ((40, 40, 40), 20, (5, 5, 10)),
        ((1, 1, 60), 20, (1, 1, 18)),
        ((30, 2, 4), 20, (14, 2, 4)),
        ((9, 9, 9), 1, (0, 0, 1)),
    ],
)
def test_share_lines_goes_to_who_has_something_to_show(
    wanted: tuple[int, ...], room: int, heights: tuple[int, ...]
) -> None:
    assert share_lines(wanted, WEIGHTS, room) == heights
