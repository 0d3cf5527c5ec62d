"""One row of the timeline: what each cell stands for, without colours."""

from __future__ import annotations

from datetime import date
from enum import Enum
from itertools import zip_longest
from math import ceil, floor
from typing import Final, NamedTuple

from tracker.model.history import Effect, HistoryState, promises
from tracker.model.window import Precision, Window
from tracker.reports.time_scale import TimeScale

LEVELS: Final = 6  # heights of a bar, 1 the lowest
GHOSTS: Final = 3  # how many earlier promises of the same days are told apart
_FADES: Final = {
    Precision.DAY: 0.0, Precision.MONTH: 0.0, Precision.RANGE: 0.2, Precision.QUARTER: 0.25,
    Precision.SEASON: 0.25, Precision.HALF: 0.3, Precision.YEAR: 0.35,
}  # fmt: skip
"""The share of a bar over which each end fades: vaguer windows have softer ends."""
_OPEN_LEVEL: Final = 2  # the height of a bar that has no end
_CRISP: Final = 2  # bars of this many cells or fewer do not fade
_ROUGHLY: Final = 0.15  # added for approximate windows


class CellKind(Enum):
    """What a cell stands for."""

    NOTHING = "nothing"
    GRID = "grid"  # a year, quarter or month begins
    LATE = "late"  # overdue: the window has passed without a release
    LINK = "link"  # from one promise to the next after a slip
    GHOST = "ghost"  # part of an earlier promise
    GHOST_DAY = "ghost day"  # the exact day of an earlier promise
    MARK = "mark"  # a claim was made in these days
    SLIP = "slip"  # a claim that slipped the window
    BAR = "bar"  # part of the window that counts, with a level
    DAY = "day"  # the exact day that counts
    BEFORE = "before"  # the window is left of the visible range
    AFTER = "after"  # the window is right of the visible range


class Cell(NamedTuple):
    """One cell of a row."""

    kind: CellKind = CellKind.NOTHING
    level: int = 0  # height of a bar (1 to `LEVELS`), or the number of promises of a ghost (at most `GHOSTS`)


_NOTHING: Final = Cell()
_ABOVE: Final = frozenset({CellKind.SLIP, CellKind.DAY, CellKind.BEFORE, CellKind.AFTER})


def grid_cells(scale: TimeScale) -> list[Cell]:
    """Return an empty row with grid lines at years, quarters or months."""
    cells = [_NOTHING] * scale.width
    for tick in scale.major_ticks():
        if tick.column:
            cells[tick.column] = Cell(CellKind.GRID)
    return cells


def timeline_row(
    state: HistoryState, window: Window | None, scale: TimeScale, grid: list[Cell], late_until: date | None = None
) -> list[Cell]:
    """Return the cells of a show's row; `late_until` is the day until which it is overdue."""
    cells = grid.copy()
    if late_until is not None and window is not None and (ends := _ends(window, scale)) is not None:
        for column in _cells_between(ends[1], scale.position(late_until), scale.width):
            cells[column] = Cell(CellKind.LATE)
    windows = promises(state)
    dated = [promise for promise in windows if not promise.window.is_tba]
    # A withdrawn window is a ghost like those that were replaced.
    ghosts = dated if windows and windows[-1].window.is_tba else dated[:-1]
    for promise, after in zip_longest(ghosts, dated[1:]):
        _draw_ghost(cells, promise.window, scale)
        if after is not None and after.effect is Effect.SLIPPED:
            # Above the vaguer promises from before, so that its length is the length of the slip.
            _draw_link(cells, promise.window, after.window, scale)
    if window is not None:
        _draw_window(cells, window, scale)
    _draw_marks(cells, state, scale)
    return cells


def _ends(window: Window, scale: TimeScale) -> tuple[float, float] | None:
    """Return where a window begins and ends, in cells."""
    if window.is_tba:
        return None
    left = scale.position(window.earliest) if window.earliest is not None else 0
    right = scale.end_position(window.latest) if window.latest is not None else scale.width
    # What begins out of sight has no end before it.
    return (left, max(right, left + 1)) if window.latest is None else (min(left, right), right)


def _cells_between(left: float, right: float, width: int) -> range:
    """Return the visible cells between two positions, at least one if any is visible."""
    first, last = int(left // 1), max(int(left // 1) + 1, -int(-right // 1))
    return range(max(0, first), min(width, last))


def _draw_link(cells: list[Cell], before: Window, after: Window, scale: TimeScale) -> None:
    first, second = _ends(before, scale), _ends(after, scale)
    if first is None or second is None:
        return
    for column in range(max(0, ceil(first[1])), min(scale.width, floor(second[0]))):
        cells[column] = Cell(CellKind.LINK)


def _draw_ghost(cells: list[Cell], window: Window, scale: TimeScale) -> None:
    if (ends := _ends(window, scale)) is None:
        return
    kind = CellKind.GHOST_DAY if window.day is not None else CellKind.GHOST
    for column in _cells_between(*ends, scale.width):
        below = cells[column].level if cells[column].kind is CellKind.GHOST else 0
        cells[column] = Cell(kind, min(GHOSTS, below + 1) if kind is CellKind.GHOST else 0)


def _draw_marks(cells: list[Cell], state: HistoryState, scale: TimeScale) -> None:
    for step in state.steps:
        column = scale.column(step.claim.on) if step.claim.on is not None else -1
        # Neither the day that counts nor the way to it is hidden by what was said on it.
        if 0 <= column < scale.width and cells[column].kind not in _ABOVE:
            cells[column] = Cell(CellKind.SLIP if step.effect is Effect.SLIPPED else CellKind.MARK)


def _draw_window(cells: list[Cell], window: Window, scale: TimeScale) -> None:
    if (ends := _ends(window, scale)) is None or not cells:
        return
    left, right = ends
    if right <= 0:
        cells[0] = Cell(CellKind.BEFORE)
    elif left >= scale.width:
        cells[-1] = Cell(CellKind.AFTER)
    elif window.earliest is None or window.latest is None:
        for column in _cells_between(left, right, scale.width):
            cells[column] = Cell(CellKind.BAR, _OPEN_LEVEL)
    elif window.day is not None:
        for column in _cells_between(left, left, scale.width):
            cells[column] = Cell(CellKind.DAY)
    else:
        fade = (_FADES[window.precision] + (_ROUGHLY if window.approximate else 0)) * (right - left)
        for column in _cells_between(left, right, scale.width):
            cells[column] = Cell(CellKind.BAR, _level(column + 0.5, left, right, fade))


def _level(middle: float, left: float, right: float, fade: float) -> int:
    """Return the bar height at a cell's middle; short bars do not fade."""
    if right - left <= _CRISP:
        return LEVELS
    inside = min(middle - left, right - middle)
    if inside >= fade or fade <= 0:
        return LEVELS
    return max(1, min(LEVELS, round(inside / fade * LEVELS + 0.5)))
