"""A clock that goes only when somebody waits by it."""

from __future__ import annotations

from datetime import UTC, datetime
from threading import Lock
from typing import Final

NOON: Final = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)  # the moment at which tests happen; a Monday


class FakeClock:
    """Gives the time as a client wants it (a call), as a source wants it (`moment`), and lets it pass at once."""

    def __init__(self, at: datetime = NOON) -> None:
        self.now = at.timestamp()
        self.waits: list[float] = []
        """For how many seconds somebody waited, each time."""
        self._lock = Lock()

    def __call__(self) -> float:
        return self.now

    def moment(self) -> datetime:
        """Return the time in UTC."""
        return datetime.fromtimestamp(self.now, UTC)

    def advance(self, seconds: float) -> None:
        """Let time pass."""
        with self._lock:
            self.now += seconds

    def wait(self, seconds: float) -> bool:
        """Let time pass because somebody waits for it; nobody ever gives up."""
        self.waits.append(seconds)
        self.advance(seconds)
        return False
