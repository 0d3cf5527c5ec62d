from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from pathlib import Path

import pytest

from tracker.paths import Paths
from tracker.service import Tracker

NOW = datetime(2026, 3, 1, 12)  # noqa: DTZ001 - the program's clock is local time


@pytest.fixture(autouse=True)
def own_folders(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for kind in ("STATE", "DATA", "CONFIG"):
        monkeypatch.setenv(f"XDG_{kind}_HOME", str(tmp_path / kind.lower()))
    monkeypatch.delenv("TRACKER_WATCHLIST", raising=False)


@pytest.fixture
def write(tmp_path: Path) -> Callable[[str | bytes], Path]:
    def put(text: str | bytes) -> Path:
        path = tmp_path / "list.toml"
        path.write_bytes(text.encode() if isinstance(text, str) else text)
        return path

    return put


@pytest.fixture
def start() -> Callable[[Path], Tracker]:
    def opened(path: Path) -> Tracker:
        tracker = Tracker(Paths(path), now=lambda: NOW)
        tracker.open()
        return tracker

    return opened
