"""How many keys the jobs of each day take, from the list, in a real terminal."""

from __future__ import annotations

import time
from pathlib import Path
from typing import Final

from tests.tui.helpers import entry
from tests.tui.session import PATIENCE, Start

LIST: Final = entry("Paper Kite", "scheduled", "2026-12-01") + entry("Salt Road", "scheduled", "2026-12-02")
DAY: Final = b"2026-11-20"
JOBS: Final = (
    # The keys, what is typed besides, and what is in the file then.
    (b"ww", b"", 'watch = "watched"\n'),
    (b"*8\r", b"", "rating = 8\n"),
    (b"sr\r", b"", 'status = "released"\nsource = "me"\n'),
    (b"\re\r", DAY, 'on = 2026-11-20\nstatus = "released"\n'),
)
"""Watched takes two keys, rated three, out today three; another day for what was said, three and the day."""


def test_keys_of_each_job(start: Start, tmp_path: Path) -> None:
    path = tmp_path / "list.toml"
    path.write_text(LIST)
    app = start()
    app.wait_for(b"Salt Road", b"\x1b[?2004h")
    for keys, typed, written in JOBS:
        assert written not in path.read_text()
        app.type(keys[:-1] + typed + keys[-1:])
        end = time.monotonic() + PATIENCE
        while written not in path.read_text():
            assert time.monotonic() < end, (keys, path.read_text())
            app.read()
    app.type(b"q")
    assert app.wait() == 0
