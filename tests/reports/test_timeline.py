from __future__ import annotations

from datetime import date
from math import ceil
from typing import Final

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.model.strategies import TODAY, all_days, all_windows, claims, said, story, windows
from tests.model.test_history import HARBOUR_LIGHTS
from tests.reports.test_time_scale import scales, some_scales
from tracker.model.history import Claim, Effect, fold_history
from tracker.model.window import Window
from tracker.model.window_parser import parse_window
from tracker.reports.time_scale import ZOOMS, TimeScale
from tracker.reports.timeline import LEVELS, Cell, CellKind, grid_cells, timeline_row

YEAR, QUARTER, MONTH = ZOOMS
SIGNS: Final = {
    CellKind.NOTHING: " ",
    CellKind.GRID: "|",
    CellKind.LATE: ".",
    CellKind.LINK: "-",
    CellKind.GHOST: "g",
    CellKind.GHOST_DAY: "o",
    CellKind.MARK: "m",
    CellKind.SLIP: "s",
    CellKind.BAR: "B",
    CellKind.DAY: "D",
    CellKind.BEFORE: "<",
    CellKind.AFTER: ">",
}
TWO_YEARS = TimeScale(YEAR, date(2025, 1, 1), 48)
"""Two cells a month, January 2025 to December 2026."""


def drawn(cells: list[Cell]) -> str:
    return "".join(SIGNS[cell.kind] for cell in cells)


def row(*told: Claim, seen: TimeScale = TWO_YEARS, late_until: str = "") -> str:
    standing = fold_history(told)
    late = date.fromisoformat(late_until) if late_until else None
    return drawn(timeline_row(standing, standing.window, seen, grid_cells(seen), late))


def bar(release: str, seen: TimeScale = TWO_YEARS) -> list[int]:
    cells = timeline_row(fold_history([]), parse_window(release), seen, grid_cells(seen))
    return [cell.level for cell in cells if cell.kind is CellKind.BAR]


def at(**places: str) -> str:
    """Return a row of two years with strokes that begin in given cells: `at(c26="DD")`."""
    cells = list(" " * 24 + "|" + " " * 23)
    for name, strokes in places.items():
        begin = int(name[1:])
        cells[begin : begin + len(strokes)] = strokes
    return "".join(cells)


def test_grid() -> None:
    assert row() == at()
    assert (
        drawn(grid_cells(TimeScale(QUARTER, date(2026, 3, 1), 60)))
        == " " * 8 + "|" + " " * 23 + "|" + " " * 23 + "|" + " " * 3
    )
    assert drawn(grid_cells(TimeScale(MONTH, TODAY, 20))) == " " * 16 + "|" + " " * 3
    assert grid_cells(TimeScale(YEAR, date(2026, 1, 1), 0)) == []


@pytest.mark.parametrize(
    ("release", "first", "cells"),
    [
        ("2026-03", 28, 2), ("2026-Q2", 30, 6), ("summer 2026", 34, 6), ("2026-H2", 36, 12), ("2026", 24, 24),
        ("2025-11/2026-02", 20, 8), ("winter 2025", 22, 6), ("~2026-03", 28, 2), ("2024", 0, 0), ("2024/2025-01", 0, 2),
        ("2026-12/2027-05", 46, 2), ("2024/2028", 0, 48),
    ],
)  # fmt: skip
def test_window_is_a_bar(release: str, first: int, cells: int) -> None:
    expected = at(**{f"c{first}": "B" * cells}) if cells else at(c0="<")
    assert drawn(timeline_row(fold_history([]), parse_window(release), TWO_YEARS, grid_cells(TWO_YEARS))) == expected


def test_approximate_day() -> None:
    for seen in (TWO_YEARS, TimeScale(QUARTER, date(2026, 4, 1), 30), TimeScale(MONTH, TODAY, 40)):
        cells = timeline_row(fold_history([]), parse_window("~2026-05-14"), seen, grid_cells(seen))
        assert [cell.kind for cell in cells if cell.kind not in (CellKind.NOTHING, CellKind.GRID)] == [CellKind.BAR]


def test_month_has_full_ends() -> None:
    assert bar("2026-05") == [LEVELS, LEVELS]
    assert bar("2026-05", TimeScale(QUARTER, date(2026, 5, 1), 8)) == [LEVELS] * 8


@pytest.mark.parametrize("release", ["2026-Q2", "summer 2026", "2026-H2", "2026", "2025/2026", "~2026", "~2026-Q2"])
@pytest.mark.parametrize("seen", [TWO_YEARS, TimeScale(QUARTER, date(2025, 1, 1), 200)])
def test_vague_ends_fade(release: str, seen: TimeScale) -> None:
    levels = bar(release, seen)
    rising, falling = levels[: len(levels) // 2], levels[len(levels) // 2 :]
    assert levels == levels[::-1]
    assert rising == sorted(rising)
    assert falling == sorted(falling, reverse=True)
    assert max(levels) == LEVELS
    assert 1 <= levels[0] < LEVELS


def test_vaguer_is_softer() -> None:
    def softness(release: str) -> float:
        levels = bar(release, TimeScale(QUARTER, date(2026, 1, 1), 96))
        return sum(LEVELS - level for level in levels) / len(levels)

    by_softness = ["2026-04", "2026-01/2026-12", "2026-Q2", "2026-H1", "2026", "~2026"]
    assert [softness(release) for release in by_softness] == sorted(map(softness, by_softness))
    assert len({softness(release) for release in by_softness}) == len(by_softness)
    for release in ("2026-04", "2026-Q2", "2026-H1", "2026/2027"):
        assert softness(f"~{release}") > softness(release)


@pytest.mark.parametrize("release", ["2026-05-14/2026-05-16", "~2026-05-14", "mid May 2026"])
def test_short_bar(release: str) -> None:
    assert bar(release)
    assert min(bar(release)) >= 1


def test_story() -> None:
    # Said in June 2024 (out of sight), February and March 2025 and January 2026.
    assert row(*HARBOUR_LIGHTS) == at(c0="ggmgm" + "g" * 11 + "-" * 9 + "s------D")


def test_ghosts() -> None:
    assert row(*story("2024-12-01 2025-03; 2024-12-02 2025-08-10; 2024-12-03 2026-02-20")) == at(
        c4="gg--------o------------D"
    )
    assert row(*story("2024-12-01 2025-H1; 2024-12-02 2025-04/2025-09")) == at(c0="gggggg", c6="B" * 12)
    thrice = fold_history(story("2024-12-01 2025; 2024-12-02 2025-H1; 2024-12-03 2025-03; 2024-12-04 2026"))
    cells = timeline_row(thrice, None, TWO_YEARS, grid_cells(TWO_YEARS))
    assert [cells[column].level for column in (0, 4)] == [2, 3]


def test_brought_forward() -> None:
    drawn = row(said("2024-12-01", "2026-03"), said("2024-12-02", "2025-06"))
    assert (drawn[10:12], drawn[28:30], "-" in drawn) == ("BB", "gg", False)


def test_slip_after_withdrawal() -> None:
    told = (said("2024-12-01", "2025-08"), said("2024-12-02", "TBA"), said("2024-12-03", "2026-02"))
    drawn = row(*told)
    assert drawn[14:16] == "gg"
    assert set(drawn[16:26]) <= {"-", "s"}


def test_narrowed() -> None:
    assert row(said("2024-12-01", "2025"), said("2024-12-02", "2025-08")) == at(c0="g" * 14, c14="BB", c16="g" * 8)
    assert row(said("2024-12-01", "2025-08"), said("2024-12-02", "2025-H2")) == at(c12="B" * 12)


def test_withdrawn() -> None:
    assert row(said("2024-12-01", "2025-08"), said("2025-07-20", "TBA")) == at(c13="m", c14="gg")


def test_overdue() -> None:
    assert row(said("2024-12-01", "2025-03"), late_until="2025-07-01") == at(c4="BB", c6="." * 6)
    assert row(said("2024-12-01", "2025-03"), late_until="2025-07-20") == at(c4="BB", c6="." * 8)
    assert row(said("2024-12-01", "2025-03-03"), late_until="2025-05-01") == at(c4="D...")
    assert row(said("2024-12-01", "2024-10"), late_until="2025-02-01") == at(c0="<.")
    assert row(said("2024-12-01", "2025-03"), late_until="2030-01-01") == at(c4="BB", c6="." * 42)
    assert row(said("2024-12-01", "TBA"), late_until="2025-07-01") == at()


def test_mark_of_a_slip() -> None:
    promise, slip, note = said("2025-01-20", "2025-06"), said("2025-02-20", "2026-06"), said("2025-02-22")
    early = said("2025-02-18")
    expected = at(c1="m", c3="s", c10="gg", c12="-" * 22, c34="BB")
    assert row(promise, slip) == row(promise, slip, note) == row(promise, early, slip, note) == expected


def test_window_without_history() -> None:
    assert drawn(timeline_row(fold_history([]), parse_window("2026-03"), TWO_YEARS, grid_cells(TWO_YEARS))) == at(
        c28="BB"
    )
    assert drawn(timeline_row(fold_history([]), None, TWO_YEARS, grid_cells(TWO_YEARS), TODAY)) == at()


@given(st.lists(claims, max_size=5), st.none() | windows | all_windows, scales, st.none() | all_days)
def test_any_row(told: list[Claim], window: Window | None, seen: TimeScale, late_until: date | None) -> None:
    grid = grid_cells(seen)
    before = grid.copy()
    cells = timeline_row(fold_history(told), window, seen, grid, late_until)
    assert len(grid) == len(cells) == seen.width
    assert grid == before
    assert all(1 <= cell.level <= LEVELS for cell in cells if cell.kind is CellKind.BAR)
    assert all(cell.level == 0 for cell in cells if cell.kind not in (CellKind.BAR, CellKind.GHOST))
    assert sum(cell.kind is CellKind.DAY for cell in cells) <= 1


@given(all_windows, scales)
def test_any_bar(window: Window, seen: TimeScale) -> None:
    cells = timeline_row(fold_history([]), window, seen, grid_cells(seen))
    inked = [place for place, cell in enumerate(cells) if cell.kind in (CellKind.BAR, CellKind.DAY)]
    assert inked == list(range(inked[0], inked[-1] + 1)) if inked else True
    if window.is_tba:
        assert cells == grid_cells(seen)
        return
    first = seen.column(window.earliest) if window.earliest is not None else -1
    last = ceil(seen.end_position(window.latest)) - 1 if window.latest is not None else seen.width
    if last < 0:
        assert (cells[0].kind, inked) == (CellKind.BEFORE, [])
    elif first >= seen.width:
        assert (cells[-1].kind, inked) == (CellKind.AFTER, [])
    elif window.earliest == window.latest and not window.approximate:
        assert inked == [first]
    else:
        assert inked == list(range(max(0, first), min(seen.width, last + 1)))


@given(st.lists(claims, max_size=5), some_scales)
def test_every_claim_is_visible(told: list[Claim], seen: TimeScale) -> None:
    standing = fold_history(told)
    cells = timeline_row(standing, standing.window, seen, grid_cells(seen))
    covers = (CellKind.DAY, CellKind.BEFORE, CellKind.AFTER)
    columns: dict[int, bool] = {}
    for step in standing.steps:
        if step.claim.on is not None and 0 <= (column := seen.column(step.claim.on)) < seen.width:
            columns[column] = columns.get(column, False) or step.effect is Effect.SLIPPED
    for place, cell in enumerate(cells):
        if place in columns:
            assert cell.kind in (*covers, CellKind.SLIP if columns[place] else CellKind.MARK)
        else:
            assert cell.kind not in (CellKind.MARK, CellKind.SLIP)


@pytest.mark.parametrize(
    ("release", "row_of"),
    [("2026-07/..", at(c36="B" * 12)), ("../2025-03", at(c0="B" * 6)), ("2020/..", "B" * 48), ("2027/..", at(c47=">"))],
)
def test_bar_without_an_end(release: str, row_of: str) -> None:
    """A low bar up to the edge: it may be any of these days."""
    cells = timeline_row(fold_history([]), parse_window(release), TWO_YEARS, grid_cells(TWO_YEARS))
    assert drawn(cells) == row_of
    assert {cell.level for cell in cells if cell.kind is CellKind.BAR} <= {2}
