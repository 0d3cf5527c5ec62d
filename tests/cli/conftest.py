from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.files import write_settled
from tracker.cli.main import main

SHOWS = """\
format = 1

[[show]]
title = "Old Ferry"
original_title = "古い渡し船"
kind = "film"
status = "filming"
release = "2027"
networks = ["Harbour TV"]
countries = ["JP"]
tags = ["pier"]
watch = "planned"
cast = [{ actor = "Mina Doe", role = "Ann", about = "the pilot" }]
links = { trailer = "https://example.org/t" }
ids = { tvmaze = 7 }

[[show.history]]
on = 2025-06-01
status = "announced"
release = "2026"
source = "The Harbour Post"
url = "https://example.org/1"

[[show.history]]
on = 2026-01-05
status = "filming"
release = "2027"
source = "The Harbour Post"
url = "https://example.org/2"
note = "a year later"

[[show]]
title = "옛날 집"
status = "scheduled"
release = 2025-01-10

[[show.history]]
on = 2024-12-01
status = "scheduled"
release = 2025-01-10
source = "tvQ"

[[show]]
title = "Last Tram"
"""


@pytest.fixture(autouse=True)
def own_folders(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for kind in ("STATE", "DATA", "CONFIG"):
        monkeypatch.setenv(f"XDG_{kind}_HOME", str(tmp_path / kind.lower()))
    monkeypatch.setenv("TRACKER_WATCHLIST", str(tmp_path / "list.toml"))


@pytest.fixture
def path(tmp_path: Path) -> Path:
    path = tmp_path / "list.toml"
    write_settled(path, SHOWS.encode())
    return path


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str]) -> Callable[..., tuple[int, str, str]]:
    def call(*argv: str) -> tuple[int, str, str]:
        capsys.readouterr()
        try:
            code = main(argv)
        except SystemExit as stop:
            code = stop.code if isinstance(stop.code, int) else 1
        out, err = capsys.readouterr()
        return code, out, err

    return call


@pytest.fixture
def terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    """Let stdout be a terminal of 80 cells."""
    monkeypatch.setattr("tracker.cli.context.terminal_width", lambda: 80)
    monkeypatch.setenv("TERM", "xterm-256color")
