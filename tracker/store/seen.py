"""The watchlist as its owner saw it last, by which changes from elsewhere are known."""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path

from tracker.store import atomic
from tracker.store.naming import name_for


class Seen:
    """One state of one watchlist, kept as a plain file in the state folder."""

    def __init__(self, state: Path, watchlist: Path) -> None:
        self.path = state / "seen" / f"{name_for(watchlist)}.toml"
        """Where it is kept; it need not exist."""

    def read(self) -> bytes | None:
        """Return the state, None where none was kept or it cannot be read."""
        try:
            return self.path.read_bytes()
        except OSError:
            return None

    def keep(self, data: bytes) -> None:
        """Keep this state; where that is impossible, the same news comes again."""
        with suppress(OSError):
            self.path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
            atomic.write(self.path, data)
            self.path.chmod(0o600)
