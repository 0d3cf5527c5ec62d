"""What all tests of the app share."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.fake_sources import FakeSources
from tests.tui import helpers
from tests.tui.online import Home, at_home


@pytest.fixture(autouse=True)
def drawn(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Draw each state where texts mean harm: a mistake in what is drawn ends the app, and so the test."""
    if "hostile" in request.node.nodeid:
        monkeypatch.setattr(helpers, "ALWAYS_DRAWN", True)


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Home]:
    with at_home(tmp_path, monkeypatch) as home:
        yield home


@pytest.fixture
def fake_sources(home: Home) -> FakeSources:
    return home.fake_sources
