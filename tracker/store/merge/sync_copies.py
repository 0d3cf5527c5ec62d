"""Copies of the watchlist that sync programs put beside it when two machines wrote at once.

How they are named: https://docs.syncthing.net/users/syncing.html ("conflicting changes"), Dropbox's
"(… conflicted copy …)" in some of its languages, Nextcloud's "(conflicted copy …)" and the older "_conflict-…",
Seafile's "(SFConflict …)", Resilio's ".Conflict".
"""

from __future__ import annotations

import os
import re
from contextlib import suppress
from pathlib import Path
from typing import Final

_MARKS: Final = (
    r"\.sync-conflict-\d{8}-\d{6}(?:-[0-9A-Z]{7})?",
    r" ?\(.*(?:conflict|konflikt|conflit|conflicto|conflitto).*\)",
    r"_conflict-[\d-]+",
    r"\.Conflict\d*",
)
_NUMBER: Final = r"(?: \(\d+\))?"
"""What a sync program puts behind a name that is taken."""


def find_sync_copies(watchlist: Path) -> tuple[Path, ...]:
    """Return the conflicted copies of a watchlist that lie in its folder, oldest name first."""
    # A link and the file that it leads to may have other names, and folders of their own.
    real = Path(os.path.realpath(watchlist))
    places = {Path(os.path.realpath(path.parent)) / path.name: path for path in (real, watchlist)}
    found: set[Path] = set()
    for place, given in places.items():
        marked = f"{re.escape(place.stem)}(?:{'|'.join(_MARKS)})+{_NUMBER}{re.escape(place.suffix)}"
        with suppress(OSError):
            near = [path for path in given.parent.iterdir() if re.fullmatch(marked, path.name, re.IGNORECASE)]
            found.update(path for path in near if path.is_file())
    return tuple(sorted(found))
