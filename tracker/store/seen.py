"""The watchlist as its owner saw it last, by which changes from elsewhere are known."""

from __future__ import annotations

import os
from contextlib import suppress
from pathlib import Path

from tracker.store.naming import name_for


class Seen:
    """One state of one watchlist, kept as a plain file in the state folder."""

    def __init__(self, state: Path, watchlist: Path) -> None:
        self.path = state / "seen" / f"{name_for(watchlist)}.toml"
        """Where it is kept; it need not exist."""

    @property
    def is_kept(self) -> bool:
        """Whether any state is kept."""
        try:
            return self.path.exists()
        except OSError:
            return False

    def read(self) -> bytes | None:
        """Return the state, None where none was kept or it cannot be read."""
        try:
            return self.path.read_bytes()
        except OSError:
            return None

    def keep(self, data: bytes) -> None:
        """Keep this state; where that is impossible, or the power fails, the same news comes again."""
        new = self.path.with_suffix(f".{os.getpid()}")
        with suppress(OSError):
            self.path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
            handle = os.open(new, os.O_WRONLY | os.O_CREAT | os.O_TRUNC | getattr(os, "O_CLOEXEC", 0), 0o600)
            with open(handle, "wb") as file:  # noqa: PTH123 - a handle, so that nobody else can ever read it
                file.write(data)
            # No sync: it is written at each edit, and a loss costs nothing but news that was seen.
            new.replace(self.path)
