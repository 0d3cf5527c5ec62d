from __future__ import annotations

import gc
from collections import Counter

import pytest

from tests.tui import helpers
from tests.tui.helpers import SAMPLE, Make, RunningApp, open_app


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
        assert app.toasts == ["Paper Lanterns: rating"]


async def test_gone_toasts_leave_nothing(make_tracker: Make, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(helpers, "ALWAYS_DRAWN", True)
    async with open_app(make_tracker(SAMPLE)) as app:
        await change_file(app, range(1))
        before = count_kept()
        await change_file(app, range(1, 5))
        grown = count_kept() - before
        assert all(count <= 2 for count in grown.values()), grown
