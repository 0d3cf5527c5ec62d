from __future__ import annotations

import pytest

from tests.tui.helpers import Make, RunningApp, entry, open_app

PLAIN = entry(
    "Amber",
    "scheduled",
    "2026-05-14",
    top=['watch = "watched"', "rating = 7.5", 'cast = [{ actor = "Abel Kuro", role = "Ren" }]'],
    claim='url = "https://x.example"',
)
PLAIN += entry("Birch", "filming", "2027-Q3")


def strange(app: RunningApp) -> set[str]:
    """Return what is seen but no ASCII character, apart from Textual's own frames of toasts and scroll bars."""
    return {char for char in app.seen if not char.isascii()} - set("▁▂▃▄▅▆▇█▊▎▌▐")


async def test_ascii_everywhere(make_tracker: Make, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TRACKER_ASCII", "1")
    async with open_app(make_tracker(PLAIN)) as app:
        found = {"list": strange(app)}
        await app.filter("")
        found["filter"] = strange(app)
        await app.filter("zebra")
        found["nothing found"] = strange(app)
        assert {place: chars for place, chars in found.items() if chars} == {}
        await app.press("escape", "escape", "e")
        await app.set_text("#field-release Input", "2026-Q3")
        assert app.note("release").isascii()
