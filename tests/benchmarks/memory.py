"""Measure what the open app keeps while its file changes every second: `python -m tests.benchmarks.memory [MINUTES]`.

The seconds are played as fast as the app can show them, and its messages go as much faster. It ends with 1 where the
memory of the process grows by a fifth or more after the first five minutes.
"""

from __future__ import annotations

import asyncio
import os
import sys
import tempfile
import time
from pathlib import Path
from typing import Any, Final

from tests.benchmarks import invented_list
from tracker.paths import Paths
from tracker.service import Tracker
from tracker.tui.app import TrackerApp
from tracker.tui.main.screen import MainScreen

SETTLED: Final = 5
"""Minutes until the app has seen what it keeps."""
MOST_GROWTH: Final = 0.2
SPEED: Final = 30
"""How much faster than a person's the seconds of messages are."""


class HastyApp(TrackerApp):
    """The app, whose messages go sooner."""

    def notify(self, message: str, *, timeout: float | None = None, **options: Any) -> None:
        super().notify(message, timeout=(timeout or self.NOTIFICATION_TIMEOUT) / SPEED, **options)


def resident_bytes() -> int:
    """Return how much memory this process holds."""
    return int(Path("/proc/self/statm").read_text().split()[1]) * os.sysconf("SC_PAGE_SIZE")


async def measure_growth(folder: Path, minutes: int) -> float:
    """Return by which share the memory grows from minute 5 on; print it once a minute."""
    path, text = folder / "list.toml", invented_list.watchlist(200)
    path.write_text(text)
    app = HastyApp(Tracker(Paths(path)), look_every=0)
    settled = now = 0
    async with app.run_test(size=(120, 40), notifications=True) as pilot:
        main = app.screen
        assert isinstance(main, MainScreen)
        for second in range(1, minutes * 60 + 1):
            start = time.monotonic()
            path.write_text(text.replace("[[show]]", f'[[show]]\nnotes = "{second}"', 1))
            main.files.poll_all()
            await pilot.pause()
            await asyncio.sleep(max(0, 1 / SPEED - (time.monotonic() - start)))
            if second % 60 == 0:
                now = resident_bytes()
                settled = now if second == SETTLED * 60 else settled
                print(f"{second // 60:>4} min {now / 1e6:8.1f} MB", flush=True)
    return now / settled - 1


def main() -> int:
    """Measure, and return 1 where too much is kept."""
    minutes = max(SETTLED + 1, int(sys.argv[1])) if len(sys.argv) > 1 else 30
    with tempfile.TemporaryDirectory() as folder:
        for name in ("XDG_STATE_HOME", "XDG_CACHE_HOME", "XDG_CONFIG_HOME"):
            os.environ[name] = folder
        growth = asyncio.run(measure_growth(Path(folder), minutes))
    print(f"grown by {growth:.1%} after the first {SETTLED} minutes, at most {MOST_GROWTH:.0%}")
    return int(growth >= MOST_GROWTH)


if __name__ == "__main__":
    sys.exit(main())
