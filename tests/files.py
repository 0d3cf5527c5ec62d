"""Files as they lie on a disk."""

from __future__ import annotations

import os
import time
from pathlib import Path


def write_settled(path: Path, data: bytes) -> None:
    """Write a file as it is an hour later: who may be writing to it now is not looked for in the whole system."""
    path.write_bytes(data)
    an_hour_ago = time.time_ns() - 3_600_000_000_000
    os.utime(path, ns=(an_hour_ago, an_hour_ago))
