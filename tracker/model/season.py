"""What a source says of one season of a show."""

from __future__ import annotations

import re
from datetime import date
from typing import NamedTuple

from tracker.errors import BadValue
from tracker.model.episode import Episode
from tracker.model.status import Status
from tracker.model.window import Window
from tracker.text import clean_line


class Season(NamedTuple):
    """One season of a show, as a source knows it."""

    number: int
    release: Window | None = None  # its first day; None if the source gives none
    status: Status | None = None  # as its own episodes and dates tell
    compatible_statuses: tuple[Status, ...] = ()  # the statuses that agree with them
    next_episode: Episode | None = None
    ended: date | None = None  # its last day, if the source gives one


def parse_season(text: str) -> int:
    """Return the number of a season.

    Raises:
        BadValue: It is none.
    """
    line = clean_line(text)
    if not re.fullmatch(r"[1-9][0-9]{0,3}", line):
        raise BadValue(f"Not a season: “{text}”. Use its number, e.g. 2.")
    return int(line)
