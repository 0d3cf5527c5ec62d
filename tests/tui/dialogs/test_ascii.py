from __future__ import annotations

import pytest

from tests.fake_sources import FakeSources
from tests.fake_sources.faults import closed
from tests.service.conftest import CLEARED
from tests.tui.clipper.helpers import clip, go
from tests.tui.helpers import NARROW, WIDE
from tests.tui.online import Home, ask, drawn_outside, find

TRAM = f'[[show]]\ntitle = "Slow Tram"\nids = {{ tvmaze = 103 }}\n{CLEARED}\nsynopsis = "Mine"\nrelease = 2026-11-27\n'


async def test_dialogs_in_ascii(home: Home, fake_sources: FakeSources, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TRACKER_ASCII", "1")
    async with home.open(TRAM, NARROW) as app:
        drawn: list[str] = []
        await ask(app, "r")
        for key in "?5ipsneATdLVvw*":
            await ask(app, key)
            assert app.screen is not app.main, key
            drawn += app.screen_lines
            await app.press("escape", "escape")
            assert app.screen is app.main, key
        await find(app, "Salt Road")
        drawn += app.screen_lines
        fake_sources.fail("tvmaze", closed)
        await app.press("escape")
        await ask(app, "enter")
        drawn += app.screen_lines
        assert drawn_outside(drawn) == set()


async def test_review_in_ascii(home: Home, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TRACKER_ASCII", "1")
    async with home.open(TRAM, WIDE) as app:
        await clip(app)
        await go(app, "Ren")
        await app.press("space")
        assert "[x]" in app.seen
        assert "[ ]" in app.seen
        assert drawn_outside(app.screen_lines) == set()
