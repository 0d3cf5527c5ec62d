from __future__ import annotations

import pytest


@pytest.fixture(autouse=True)
def _weeks_begin_on_monday(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the calendar look alike wherever the tests run."""
    for name in ("LC_TIME", "LANG"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("LC_ALL", "C.UTF-8")
