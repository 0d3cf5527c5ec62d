"""Bodies in which one thing is not as it was: what services do, and what no parser may fall over."""

from __future__ import annotations

import copy
import json
from collections.abc import Iterator
from typing import Any, Final

_ABSENT: Final = object()
_INSTEAD: Final[tuple[object, ...]] = (_ABSENT, None, "", 0, [], {}, "\x1b[2J")


def damaged(data: object) -> Iterator[bytes]:
    """Give the JSON of `data` with each of its values in turn left out, and replaced by others."""
    for place in _places(data):
        for value in _INSTEAD:
            body: Any = copy.deepcopy(data)
            inner = body
            for step in place[:-1]:
                inner = inner[step]
            if value is _ABSENT:
                del inner[place[-1]]
            else:
                inner[place[-1]] = value
            yield json.dumps(body).encode()


def _places(data: object, place: tuple[str | int, ...] = ()) -> Iterator[tuple[str | int, ...]]:
    steps = data.items() if isinstance(data, dict) else enumerate(data) if isinstance(data, list) else ()
    for step, value in steps:
        yield (*place, step)
        yield from _places(value, (*place, step))
