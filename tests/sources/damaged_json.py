"""JSON in which one value is missing or another one: what sources do, and what no parser may fall over."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any, Final

_INSTEAD: Final[tuple[object, ...]] = (None, "", 0, [], {}, "\x1b[2J")


def damaged(data: object) -> Iterator[bytes]:
    """Yield the JSON of `data` with each of its values in turn left out, and replaced by others."""
    data = json.loads(json.dumps(data))
    for holder, key in list(_places(data)):
        value = holder.pop(key)
        yield json.dumps(data).encode()
        holder.insert(key, value) if isinstance(holder, list) else holder.update({key: value})
        for other in _INSTEAD:
            holder[key] = other
            yield json.dumps(data).encode()
        holder[key] = value


def _places(data: Any) -> Iterator[tuple[Any, Any]]:
    for key in data if isinstance(data, dict) else range(len(data)) if isinstance(data, list) else ():
        yield data, key
        yield from _places(data[key])
