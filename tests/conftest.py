"""What every test may use: a clock that stands, folders of its own, no network, no terminal of the owner's."""

from __future__ import annotations

import gc
import os
import socket
import sys
from collections.abc import Callable, Iterator
from datetime import datetime
from itertools import count
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

from tests.files import write_settled
from tracker.paths import Paths
from tracker.service import Tracker

settings.register_profile(
    "project",
    deadline=None,  # a slow machine is no failure
    max_examples=30,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow, HealthCheck.filter_too_much],
    derandomize=True,  # the same examples for everybody; a red suite is a change's doing
)
settings.register_profile("search", settings.get_profile("project"), derandomize=False, max_examples=300)
settings.load_profile("project")
# An app leaves thousands of objects in circles; to look for them less often saves a fourteenth of the time.
gc.set_threshold(100_000, 50, 50)

# Else each of the many processes compiles the program and the tests anew.
sys.dont_write_bytecode = False
os.environ.pop("PYTHONDONTWRITEBYTECODE", None)

NOW = datetime(2026, 11, 23, 12, 0)  # noqa: DTZ001 - the program's clock is local time
"""The moment at which tests happen."""


def pytest_xdist_auto_num_workers() -> int:
    """Return one more than there are processors: tests of the app and of processes wait a quarter of their time."""
    return (os.cpu_count() or 1) + 1


@pytest.fixture(scope="session")
def _homes(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """Give each test a folder of its own, which whoever needs it makes: pytest's take longer than many a test."""
    base = tmp_path_factory.mktemp("homes")
    return (base / str(number) for number in count())


@pytest.fixture(autouse=True)
def _own_folders(_homes: Iterator[Path], monkeypatch: pytest.MonkeyPatch) -> None:
    """Keep the owner's list, state and settings out of reach."""
    home = next(_homes)
    for name in ("DATA", "STATE", "CONFIG", "CACHE"):
        monkeypatch.setenv(f"XDG_{name}_HOME", str(home / name.lower()))
    for name in ("TRACKER_WATCHLIST", "TRACKER_ASCII", "NO_COLOR", "VISUAL", "EDITOR"):
        monkeypatch.delenv(name, raising=False)


@pytest.fixture(autouse=True)
def _no_network(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let no test out of this machine."""
    connect = socket.socket.connect

    def guarded(self: socket.socket, address: object) -> None:
        if self.family != socket.AF_UNIX and not str(address).startswith(("('127.", "('::1'")):
            raise AssertionError(f"a test went for the network: {address}")
        connect(self, address)  # type: ignore[arg-type]

    monkeypatch.setattr(socket.socket, "connect", guarded)


@pytest.fixture
def make_tracker(tmp_path: Path) -> Callable[..., Tracker]:
    """Return a function that makes a tracker for a watchlist with a given text."""

    def make(text: str, name: str = "watchlist.toml", **options: object) -> Tracker:
        path = tmp_path / name
        write_settled(path, text.encode())
        return Tracker(Paths(path), now=lambda: NOW, **options)  # type: ignore[arg-type]

    return make
