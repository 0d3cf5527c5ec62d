"""The height of the panes: how many lines each gets where they are one below the other."""

from __future__ import annotations

from collections.abc import Sequence


def share_lines(wanted: Sequence[int], weights: Sequence[float], room: int) -> tuple[int, ...]:
    """Return how many lines each pane gets of `room` lines.

    No pane gets more than the lines that it wants, so none has blank lines while another one scrolls. Where there are
    too few lines, they are dealt out one by one by weight, the first ones to the panes of the greatest weight.
    """
    heights = [0] * len(wanted)
    for _ in range(min(room, sum(wanted))):
        unsatisfied = [n for n, lines in enumerate(wanted) if heights[n] < lines]
        heights[min(unsatisfied, key=lambda n: (heights[n] / weights[n], -weights[n]))] += 1
    return tuple(heights)
