"""What all tests of the app share."""

from __future__ import annotations

import pytest

from tests.tui import helpers


@pytest.fixture(autouse=True)
def drawn(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Draw each state where texts mean harm: a mistake in what is drawn ends the app, and so the test."""
    if "hostile" in request.node.nodeid:
        monkeypatch.setattr(helpers, "ALWAYS_DRAWN", True)
