from __future__ import annotations

import subprocess
from datetime import date

import pytest

from tests.tui.helpers import SAMPLE, Make, entry, open_app
from tracker.model.dates import day_label


@pytest.mark.parametrize(
    ("day", "heading", "row", "told"),
    [
        ("2025-09-01", "OVERDUE (1)", "Aug 2025", "overdue"),
        ("2026-02-01", "LATER THIS YEAR (5)", "14 May 2026", "slipped 1×, +256 days"),
    ],
)
async def test_as_of_shows_what_was_known(make_tracker: Make, day: str, heading: str, row: str, told: str) -> None:
    async with open_app(make_tracker(SAMPLE, as_of=date.fromisoformat(day))) as app:
        await app.select("Paper Lanterns")
        assert f"As known on {day_label(date.fromisoformat(day))}" in app.state
        assert "read-only" in app.state
        assert heading in app.headings
        assert next(line for line in app.rows if "Paper Lanterns" in line).endswith(row)
        assert told in app.pane("status")


async def test_as_of_refuses_edits(make_tracker: Make) -> None:
    async with open_app(make_tracker(SAMPLE, as_of=date(2026, 2, 1))) as app:
        before = app.file
        for key in (
            "s",
            "n",
            "right_square_bracket",
            "left_square_bracket",
            "a",
            "e",
            "d",
            "T",
            "w",
            "*",
            "u",
            "ctrl+r",
        ):
            app.app.clear_notifications()
            await app.press(key)
            assert app.screen is app.main
            [toast] = app.toasts
            assert "The past can't be changed" in toast
        assert app.file == before


async def test_as_of_opens_no_editor(make_tracker: Make, monkeypatch: pytest.MonkeyPatch) -> None:
    async with open_app(make_tracker(SAMPLE, as_of=date(2026, 2, 1))) as app:
        started: list[object] = []
        monkeypatch.setattr(subprocess, "run", lambda command, **_: started.append(command))
        await app.press("E")
        assert started == []
        assert "The past can't be changed" in app.toasts[0]


async def test_as_of_before_all_claims(make_tracker: Make) -> None:
    async with open_app(make_tracker(entry("Amber", "filming"), as_of=date(2020, 1, 1))) as app:
        assert app.titles == []
        assert "1 Jan 2020" in " ".join(app.rows)
        assert "add a show" not in app.seen


async def test_as_of_records_no_hand_edits(make_tracker: Make) -> None:
    text = entry("Amber", "filming").replace('"filming"', '"released"', 1)
    async with open_app(make_tracker(text, as_of=date(2026, 2, 1))) as app:
        assert app.file == text
        assert "filming" in app.pane("status")
