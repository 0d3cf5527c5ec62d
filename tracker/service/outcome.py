"""What an edit came to."""

from __future__ import annotations

from typing import NamedTuple


class Outcome(NamedTuple):
    """What an edit came to."""

    label: str  # a sentence about it: "Soul Mate is released"
    show_ids: tuple[str, ...] = ()  # the shows that it touched, by their ids after it
    returns: bool = False  # whether it brought something back, which should then be seen
