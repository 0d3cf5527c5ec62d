"""How many keys the jobs of each day take, from the list, in a real terminal."""

from __future__ import annotations

import itertools
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Final

from tests.tui.helpers import entry
from tests.tui.session import PATIENCE, Start

LIST: Final = entry("Paper Kite", "scheduled", "2026-12-01") + entry("Salt Road", "scheduled", "2026-12-02")
DAY: Final = b"2026-11-20"
JOBS: Final[Sequence[Sequence[tuple[bytes, bytes | str]]]] = (
    # Keys, and what is seen before the next ones; the last keys, and what is in the file then.
    ((b"w", b"dropped"), (b"w", 'watch = "watched"\n')),
    ((b"*", b"7.5"), (b"8\r", "rating = 8\n")),
    ((b"s", b"said on"), (b"r\r", 'status = "released"\nsource = "me"\n')),
    ((b"\r", b"remove"), (b"e", b"said on"), (DAY + b"\r", 'on = 2026-11-20\nstatus = "released"\n')),
)
"""Watched takes two keys, rated three, out today three; another day for what was said, three and the day."""


def test_keys_of_each_job(start: Start, tmp_path: Path) -> None:
    path = tmp_path / "list.toml"
    path.write_text(LIST)
    app = start()
    app.wait_for(b"Salt Road", b"\x1b[?2004h")
    for keys, expected in itertools.chain(*JOBS):
        place = app.type(keys)
        if isinstance(expected, bytes):
            app.wait_for(expected, since=place)
            continue
        end = time.monotonic() + PATIENCE
        while expected not in path.read_text():
            assert time.monotonic() < end, (keys, path.read_text())
            app.read()
    app.type(b"q")
    assert app.wait() == 0
