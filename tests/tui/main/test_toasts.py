from __future__ import annotations

import asyncio
import gc
import time
from collections import Counter
from datetime import date

import pytest
from textual.geometry import Region
from textual.widgets._toast import Toast

from tests.tui import helpers
from tests.tui.helpers import NARROW, SAMPLE, WIDE, Make, RunningApp, open_app
from tracker.tui.widgets.line_list import LineList


def count_kept() -> Counter[str]:
    """Return how many toasts, boxes around them, and widgets' drawn lines are kept."""
    gc.collect()
    names = Counter(type(thing).__name__ for thing in gc.get_objects())
    return Counter({name: names[name] for name in ("StylesCache", "Toast", "ToastHolder")})


async def change_file(app: RunningApp, numbers: range) -> None:
    """Let another program change the file so many times, which the app tells each time."""
    for number in numbers:
        app.tracker.path.write_text(SAMPLE.replace("[[show]]", f"[[show]]\nrating = {number}", 1))
        app.main.files.poll_all(patient=False)
        await app.settle()
        assert app.toasts == [f"Paper Lanterns: rated {number}"]


async def test_gone_toasts_leave_nothing(make_tracker: Make, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(helpers, "ALWAYS_DRAWN", True)
    async with open_app(make_tracker(SAMPLE)) as app:
        await change_file(app, range(1))
        before = count_kept()
        await change_file(app, range(1, 5))
        late = time.monotonic() + helpers.TOO_LONG
        # What was taken off the screen ends in its own time.
        while max((grown := count_kept() - before).values(), default=0) > 2:
            assert time.monotonic() < late, grown
            await asyncio.sleep(0.01)


def seen_cursor_lines(app: RunningApp, lines: LineList) -> int:
    """Return how many lines of the cursor are in sight; there is a message, and it is on none of them."""
    toasts = [toast.region for toast in app.screen.query(Toast)]
    assert toasts
    assert all(region.area for region in toasts)
    inner = lines.scrollable_content_region
    rows = [Region(inner.x, inner.y + line - lines.scroll_offset.y, 1, 1) for line in lines.cursor_lines()]
    assert not any(toast.overlaps(inner) for toast in toasts)
    return sum(inner.contains_region(row) for row in rows)


@pytest.mark.parametrize("size", [(40, 12), NARROW, WIDE])
async def test_toasts_cover_nothing(make_tracker: Make, size: tuple[int, int]) -> None:
    async with open_app(make_tracker(SAMPLE), size) as app:
        await app.press("end", "[")
        assert app.toasts
        assert seen_cursor_lines(app, app.shows) == len(app.shows.cursor_lines())
        await app.select("Paper Lanterns")
        await app.press("enter", "j", "j", "o")
        assert app.focus == "status"
        status = app.main.query_one("#status", LineList)
        assert seen_cursor_lines(app, status) >= 2


async def test_toasts_leave_a_form_its_field(make_tracker: Make) -> None:
    async with open_app(make_tracker(SAMPLE), WIDE) as app:
        await app.press("e", "shift+tab")
        field = app.app.focused
        assert field is not None
        for size in (WIDE, NARROW, (40, 12)):
            await app.resize(*size)
            app.app.clear_notifications()
            app.app.notify("It cannot be saved: another program writes.\nTry again.", severity="error")
            await app.settle()
            toasts = [toast.region for toast in app.screen.query(Toast)]
            assert toasts
            assert app.screen.find_widget(field).visible_region.area
            assert not any(toast.overlaps(app.screen.find_widget(field).visible_region) for toast in toasts)
            box = app.screen.query_one(".form-box").region
            assert not any(toast.overlaps(box) for toast in toasts)


async def test_gone_toasts_leave_no_lines(make_tracker: Make) -> None:
    async with open_app(make_tracker(SAMPLE)) as app:
        for key in "[[]":
            await app.press(key)
            [toast] = app.main.query(Toast)
            assert app.main.query_one("#body").region.bottom == toast.region.y


async def test_same_message_is_told_once(make_tracker: Make) -> None:
    async with open_app(make_tracker(SAMPLE, as_of=date(2026, 2, 1))) as app:
        await app.press("w", "s", "w", "d")
        assert app.seen.count("The past can't be changed") == 1
