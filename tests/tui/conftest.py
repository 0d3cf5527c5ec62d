"""What all tests of the app share."""

from __future__ import annotations

import signal
from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest

from tests.fake_sources import FakeSources
from tests.tui import helpers
from tests.tui.online import Home, at_home
from tests.tui.session import Session, Start, app_command


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


@pytest.fixture
def start(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Start]:
    """Return a function that starts a command, by default the app on the sample; all are ended."""
    sessions: list[Session] = []
    (tmp_path / "list.toml").write_text(helpers.SAMPLE)
    for name, value in (("TERM", "xterm-256color"), ("PS1", "ready>"), ("ENV", ""), ("EDITOR", "true")):
        monkeypatch.setenv(name, value)

    def start(*command: str, ignored: Sequence[signal.Signals] = ()) -> Session:
        sessions.append(Session(command or app_command(tmp_path), ignored))
        return sessions[-1]

    yield start
    for session in sessions:
        session.close()
