"""JSON that may be damaged: a line or a file of the program's own state, or a part of a page."""

from __future__ import annotations

import json
from typing import Any


def read_json(data: bytes | str) -> Any:
    """Return the value of JSON text in UTF-8; None for what is no JSON, or nested too deeply."""
    try:
        return json.loads(data.decode(errors="replace") if isinstance(data, bytes) else data)
    except (ValueError, RecursionError):
        return None
