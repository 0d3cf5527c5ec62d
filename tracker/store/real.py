"""Where a link leads."""

from __future__ import annotations

import os
from pathlib import Path


def real_path(path: Path) -> Path:
    """Return the file to which `path` leads through all links; it need not exist.

    Raises:
        OSError: The way there cannot be looked at. A link that was taken for a file would be replaced by one.
    """
    try:
        return Path(os.path.realpath(path, strict=True))
    except FileNotFoundError:
        return Path(os.path.realpath(path))
