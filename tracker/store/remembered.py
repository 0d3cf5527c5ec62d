"""Small things that the program remembers from one run to the next, and the owner's settings."""

from __future__ import annotations

import json
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from typing import Any, NamedTuple

from tracker.store import atomic, reader


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


class Settings(NamedTuple):
    """What the owner set in `settings.toml`."""

    ascii: bool = False
    """Draw with ASCII characters only."""
    keys: Mapping[str, str] = {}
    """Other keys for actions, by the action's name."""
    complaint: str = ""
    """What is wrong with the file, as a sentence; "" where nothing is."""


def read_settings(path: Path) -> Settings:
    """Return the settings of the file at `path`; a missing file has none, a wrong one says so."""
    try:
        data = reader.parse(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        return Settings()
    except reader.Unparsable as wrong:
        return Settings(complaint=f"{path}:{wrong.line}: {wrong.reason}")
    except (OSError, UnicodeDecodeError) as error:
        return Settings(complaint=f"{path} cannot be read: {error}.")
    plain, keys = data.get("ascii", False), data.get("keys", {})
    unknown = sorted(set(data) - {"ascii", "keys"})
    if unknown:
        return Settings(complaint=f"{path}: there is no setting “{unknown[0]}”; there are ascii and keys.")
    if not isinstance(plain, bool):
        return Settings(complaint=f"{path}: “ascii” must be true or false.")
    if not isinstance(keys, dict) or not all(isinstance(key, str) for key in keys.values()):
        return Settings(ascii=plain, complaint=f'{path}: “keys” holds lines such as remove = "D".')
    return Settings(plain, keys)
