"""JSON in which one value is missing or another one: what sources do, and what no parser may fall over."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any, Final, NamedTuple

Path = tuple[str | int, ...]

_INSTEAD: Final[tuple[object, ...]] = (
    None, True, -1, 10**30, float("nan"), "", "5", "\x1b[2J \udc80 2027-02-30", [], {}, [[None]], {"name": {"name": 5}},
)  # fmt: skip


class Damage(NamedTuple):
    """A body with one value damaged."""

    path: Path  # to the value: keys, and places in lists
    what: str  # the value that is there instead; "gone" for none
    body: bytes

    @property
    def is_in_list(self) -> bool:
        return any(isinstance(step, int) for step in self.path)


def damages(data: object, most: int | None = None, share: int = 1) -> Iterator[Damage]:
    """Yield `data` as JSON with each of its values, or at most so many, in turn left out and replaced by others.

    With a share of three each value is replaced by a third of the others, and its neighbours by the other thirds.
    """
    data = json.loads(json.dumps(data))
    places = list(_places(data, ()))
    places = places[:: 1 if most is None else 1 + len(places) // most]
    for number, (path, holder, key) in enumerate(places):
        value = holder.pop(key)
        yield Damage(path, "gone", json.dumps(data).encode())
        holder.insert(key, value) if isinstance(holder, list) else holder.update({key: value})
        for other in _INSTEAD[number % share :: share]:
            holder[key] = other
            yield Damage(path, repr(other)[:40], json.dumps(data).encode())
        holder[key] = value


def damaged(data: object, share: int = 1) -> Iterator[bytes]:
    """Yield the bodies of `damages`."""
    return (damage.body for damage in damages(data, share=share))


def _places(data: Any, path: Path) -> Iterator[tuple[Path, Any, Any]]:
    for key in data if isinstance(data, dict) else range(len(data)) if isinstance(data, list) else ():
        yield (*path, key), data, key
        yield from _places(data[key], (*path, key))
