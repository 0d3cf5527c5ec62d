from __future__ import annotations

import pytest

from tests.model import drafts
from tracker.service import clipper


@pytest.fixture(autouse=True)
def _known_by_heart(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the reader be one that the tests know."""
    monkeypatch.setattr(clipper, "extract", drafts.read)
