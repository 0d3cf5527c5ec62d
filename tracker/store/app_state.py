"""Small things that the program remembers from one run to the next."""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from typing import Any

from tracker.errors import WatchlistUnreadable
from tracker.store.files import atomic
from tracker.store.files.stamp import real_path


class AppState:
    """Small things by name, in a file of their own.

    Args:
        path: The file, which need not exist.
        keeps: Whether anything is kept at all.
    """

    def __init__(self, path: Path, *, keeps: bool = True) -> None:
        self._path = path
        self._keeps = keeps

    def load(self) -> dict[str, Any]:
        """Return what was kept; nothing where there is nothing, or it cannot be read."""
        try:
            found = json.loads(self._path.read_text(encoding="utf-8"))
        except (OSError, ValueError):
            return {}
        return found if isinstance(found, dict) else {}

    def save(self, things: Mapping[str, Any]) -> None:
        """Keep these for the next run; where that is impossible it will do without."""
        if not self._keeps:
            return
        with suppress(OSError):
            self._path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
            text = json.dumps(dict(things), ensure_ascii=False, indent=1)
            atomic.write(self._path, text.encode("utf-8", errors="replace"))


def state_name(watchlist: Path) -> str:
    """Return the name under which the state of a watchlist is kept: its own, made unique by its path.

    Raises:
        WatchlistUnreadable: The links on the way to it cannot be followed.
    """
    try:
        real = real_path(watchlist)
    except OSError as error:
        raise WatchlistUnreadable(f"{watchlist} cannot be looked at: {error.strerror or error}.") from None
    digest = hashlib.blake2b(os.fsencode(real), digest_size=8).hexdigest()
    return f"{real.stem[:40]}-{digest}"


def source_db_path(state: Path, watchlist: Path) -> Path:
    """Return where it is kept what services said of a watchlist; the file need not exist.

    Raises:
        WatchlistUnreadable: As `name_for`.
    """
    return state / "witness" / f"{state_name(watchlist)}.sqlite"


class LastSeenFile:
    """One state of one watchlist, kept as a plain file in the state folder."""

    def __init__(self, state: Path, watchlist: Path) -> None:
        self.path = state / "seen" / f"{state_name(watchlist)}.toml"
        """Where it is kept; it need not exist."""

    @property
    def exists(self) -> bool:
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

    def save(self, data: bytes) -> None:
        """Keep this state; where that is impossible, or the power fails, the same news comes again."""
        new = self.path.with_suffix(f".{os.getpid()}")
        with suppress(OSError):
            self.path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
            handle = os.open(new, os.O_WRONLY | os.O_CREAT | os.O_TRUNC | getattr(os, "O_CLOEXEC", 0), 0o600)
            with open(handle, "wb") as file:  # noqa: PTH123 - a handle, so that nobody else can ever read it
                file.write(data)
            # No sync: it is written at each edit, and a loss costs nothing but news that was seen.
            new.replace(self.path)
