"""How many keys the jobs of each day take, from the list, in a real terminal."""

from __future__ import annotations

import time
from pathlib import Path
from typing import Final

from tests.tui.helpers import entry
from tests.tui.session import PATIENCE, Start

LIST: Final = entry("Paper Kite", "scheduled", "2026-12-01") + entry("Salt Road", "scheduled", "2026-12-02")
JOBS: Final = (
    # The keys, what is seen before the second of them, and what is in the file then.
    (b"ww", b"dropped", 'watch = "watched"\n'),
    (b"*8\r", b"empty for none", "rating = 8\n"),
    (b"sr\r", b"said on", 'status = "released"\nsource = "me"\n'),
)
"""Watched takes two keys, rated three, out today three."""


def test_keys_of_each_job(start: Start, tmp_path: Path) -> None:
    path = tmp_path / "list.toml"
    path.write_text(LIST)
    app = start()
    app.wait_for(b"Salt Road", b"\x1b[?2004h")
    for keys, seen, written in JOBS:
        app.wait_for(seen, since=app.type(keys[:1]))
        app.type(keys[1:])
        end = time.monotonic() + PATIENCE
        while written not in path.read_text():
            assert time.monotonic() < end, (keys, path.read_text())
            app.read()
    app.type(b"q")
    assert app.wait() == 0
