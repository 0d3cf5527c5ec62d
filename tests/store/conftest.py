from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from pathlib import Path

import pytest
from hypothesis import settings

from tracker.paths import Paths
from tracker.service import Tracker

NOW = datetime(2026, 3, 1, 12)  # noqa: DTZ001 - the program's clock is local time


SLOW = "slow"


def pytest_configure(config: pytest.Config) -> None:
    """Let `pytest -m slow` try the properties of the store with many examples."""
    if config.option.markexpr == SLOW:
        settings.register_profile(SLOW, settings.get_profile("project"), max_examples=200)
        settings.load_profile(SLOW)


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Function]) -> None:
    if config.option.markexpr == SLOW:
        for item in items:
            if Path(__file__).parent in item.path.parents and getattr(item.obj, "is_hypothesis_test", False):
                item.add_marker(SLOW)


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
        tracker.watchlist.open()
        return tracker

    return opened
