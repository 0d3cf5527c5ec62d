from __future__ import annotations

import subprocess
from datetime import date

import pytest

from tests.tui.helpers import SAMPLE, Make, entry, open_app


@pytest.mark.parametrize(
    ("day", "heading", "row", "told"),
    [
        ("2024-07-01", "2025 1", "2025", "filming"),
        ("2025-03-01", "LATER THIS YEAR 1", "Aug 2025", "in 5"),
        ("2025-09-01", "OVERDUE 1", "Aug 2025", "overdue"),
        ("2026-02-01", "LATER THIS YEAR 5", "14 May 2026", "slipped 1×, +256 days"),
    ],
)
async def test_the_past_is_shown_as_it_was_known(
    make_tracker: Make, day: str, heading: str, row: str, told: str
) -> None:
    async with open_app(make_tracker(SAMPLE, as_of=date.fromisoformat(day))) as app:
        await app.select("Paper Lanterns")
        assert f"AS OF {day}" in app.state
        assert "read-only" in app.state
        assert heading in app.headings
        assert next(line for line in app.rows if "Paper Lanterns" in line).endswith(row)
        assert told in app.pane("status")


async def test_edits_of_the_past_are_refused_with_a_reason(make_tracker: Make) -> None:
    async with open_app(make_tracker(SAMPLE, as_of=date(2026, 2, 1))) as app:
        before = app.file
        for key in ("s", "n", "right_square_bracket", "left_square_bracket", "a", "e", "d", "T", "u", "ctrl+r"):
            app.app.clear_notifications()
            await app.press(key)
            assert app.screen is app.main
            [toast] = app.toasts
            assert "the past cannot be changed" in toast
        assert app.file == before


async def test_the_editor_is_not_opened_in_the_past(make_tracker: Make, monkeypatch: pytest.MonkeyPatch) -> None:
    async with open_app(make_tracker(SAMPLE, as_of=date(2026, 2, 1))) as app:
        started: list[object] = []
        monkeypatch.setattr(subprocess, "run", lambda command, **_: started.append(command))
        await app.press("E")
        assert started == []
        assert "the past cannot be changed" in app.toasts[0]


async def test_a_day_before_all_claims_says_that_nothing_was_known(make_tracker: Make) -> None:
    async with open_app(make_tracker(entry("Amber", "filming"), as_of=date(2020, 1, 1))) as app:
        assert app.titles == []
        assert "2020-01-01" in " ".join(app.rows)
        assert "a adds a show" not in app.seen


async def test_hand_edits_are_not_noted_from_the_past(make_tracker: Make) -> None:
    text = entry("Amber", "filming").replace('"filming"', '"released"', 1)
    async with open_app(make_tracker(text, as_of=date(2026, 2, 1))) as app:
        assert app.file == text
        assert "filming" in app.pane("status")
