"""Small things that the program remembers from one run to the next."""

from __future__ import annotations

import json
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from typing import Any

from tracker.store import atomic


class Memory:
    """Small things by name, in a file of their own.

    Args:
        path: The file, which need not exist.
        keeps: Whether anything is kept at all.
    """

    def __init__(self, path: Path, *, keeps: bool = True) -> None:
        self._path = path
        self._keeps = keeps

    def recall(self) -> dict[str, Any]:
        """Return what was kept; nothing where there is nothing, or it cannot be read."""
        try:
            found = json.loads(self._path.read_text(encoding="utf-8"))
        except (OSError, ValueError):
            return {}
        return found if isinstance(found, dict) else {}

    def keep(self, things: Mapping[str, Any]) -> None:
        """Keep these for the next run; where that is impossible it will do without."""
        if not self._keeps:
            return
        with suppress(OSError):
            self._path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
            text = json.dumps(dict(things), ensure_ascii=False, indent=1)
            atomic.write(self._path, text.encode("utf-8", errors="replace"))
