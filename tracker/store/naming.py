"""The names under which the state of a watchlist is kept."""

from __future__ import annotations

import hashlib
import os
from pathlib import Path


def name_for(watchlist: Path) -> str:
    """Return the name under which the state of a watchlist is kept: its own, made unique by its path."""
    real = os.path.realpath(watchlist)
    digest = hashlib.blake2b(os.fsencode(real), digest_size=8).hexdigest()
    return f"{Path(real).stem[:40]}-{digest}"
