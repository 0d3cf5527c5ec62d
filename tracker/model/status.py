"""Status: the life of a show, from rumour to release."""

from __future__ import annotations

from enum import Enum
from typing import Final

from tracker.errors import BadValue


class Status(Enum):
    """The members of the line in its order, then the states beside it."""

    RUMORED = "rumored"
    ANNOUNCED = "announced"
    PRE_PRODUCTION = "pre-production"
    FILMING = "filming"
    POST_PRODUCTION = "post-production"
    SCHEDULED = "scheduled"
    AIRING = "airing"
    RELEASED = "released"
    POSTPONED = "postponed"
    HIATUS = "hiatus"
    CANCELLED = "cancelled"

    @property
    def is_out(self) -> bool:
        """Whether something of it can be watched."""
        return self in _OUT

    @property
    def rank(self) -> int:
        return _RANKS[self]

    @property
    def glyph(self) -> str:
        """A sign of one cell, always shown beside the word."""
        return _GLYPHS[self][0]

    @property
    def ascii_glyph(self) -> str:
        return _GLYPHS[self][1]


LINE: Final = (
    Status.RUMORED, Status.ANNOUNCED, Status.PRE_PRODUCTION, Status.FILMING,
    Status.POST_PRODUCTION, Status.SCHEDULED, Status.AIRING, Status.RELEASED,
)  # fmt: skip
"""The line of a series."""
FILM_LINE: Final = tuple(status for status in LINE if status is not Status.AIRING)
"""The line of a film or special goes from scheduled to released."""
UNDATED: Final = (*LINE[: LINE.index(Status.SCHEDULED)], Status.POSTPONED)
"""The statuses that agree with having no day yet."""
DATED: Final = (Status.FILMING, Status.POST_PRODUCTION, Status.SCHEDULED)
"""The statuses that agree with a first day to come."""
STARTED: Final = (Status.AIRING, Status.RELEASED, Status.HIATUS)
"""The statuses that agree with a series that has begun."""

_OUT: Final = frozenset({Status.AIRING, Status.RELEASED})
_RANKS: Final = {status: rank for rank, status in enumerate(Status)}
_GLYPHS: Final = {
    Status.RUMORED: ("◌", "?"), Status.ANNOUNCED: ("○", "o"), Status.PRE_PRODUCTION: ("◔", "p"),
    Status.FILMING: ("◑", "f"), Status.POST_PRODUCTION: ("◕", "e"), Status.SCHEDULED: ("◆", "d"),
    Status.AIRING: ("▶", "^"), Status.RELEASED: ("●", "*"), Status.POSTPONED: ("▽", "!"), Status.HIATUS: ("≡", "="),
    Status.CANCELLED: ("×", "x"),
}  # fmt: skip
_ALIASES: Final = {
    "rumoured": Status.RUMORED, "rumor": Status.RUMORED, "rumour": Status.RUMORED, "in talks": Status.RUMORED,
    "planned": Status.ANNOUNCED, "confirmed": Status.ANNOUNCED, "greenlit": Status.ANNOUNCED,
    "in development": Status.ANNOUNCED, "ordered": Status.ANNOUNCED,
    "preproduction": Status.PRE_PRODUCTION, "casting": Status.PRE_PRODUCTION, "pre": Status.PRE_PRODUCTION,
    "in production": Status.FILMING, "production": Status.FILMING, "shooting": Status.FILMING,
    "wrapped": Status.POST_PRODUCTION, "postproduction": Status.POST_PRODUCTION, "filmed": Status.POST_PRODUCTION,
    "editing": Status.POST_PRODUCTION, "post": Status.POST_PRODUCTION,
    "dated": Status.SCHEDULED, "coming": Status.SCHEDULED, "upcoming": Status.SCHEDULED,
    "running": Status.AIRING, "on air": Status.AIRING, "ongoing": Status.AIRING, "premiered": Status.AIRING,
    "out": Status.RELEASED, "ended": Status.RELEASED, "finished": Status.RELEASED, "completed": Status.RELEASED,
    "aired": Status.RELEASED, "available": Status.RELEASED,
    "delayed": Status.POSTPONED, "on hold": Status.POSTPONED, "shelved": Status.POSTPONED,
    "paused": Status.HIATUS,
    "canceled": Status.CANCELLED, "scrapped": Status.CANCELLED, "dropped": Status.CANCELLED, "axed": Status.CANCELLED,
}  # fmt: skip
_BY_WORD: Final = {status.value: status for status in Status} | _ALIASES


def parse_status(word: str) -> Status:
    """Return the status of a word: its own, or one that people use for it.

    Raises:
        BadValue: No status has that word.
    """
    spoken = " ".join(word.casefold().replace("_", " ").split())
    for spelling in (spoken, spoken.replace(" ", "-"), spoken.replace("-", " ")):
        if spelling in _BY_WORD:
            return _BY_WORD[spelling]
    raise BadValue(f"Not a status: “{word}”. Use one of {', '.join(s.value for s in Status)}.")


def line_for(kind: str) -> tuple[Status, ...]:
    """Return the line for a kind of show."""
    return LINE if kind == "series" else FILM_LINE


def step_status(status: Status | None, by: int, kind: str = "series") -> Status | None:
    """Return the status `by` places along the line, or None at its ends.

    A show without a status enters the line at "announced"; one beside the line returns at "scheduled" going forward
    and at "filming" going back.
    """
    line = line_for(kind)
    if status is None:
        return Status.ANNOUNCED if by > 0 else None
    if status is Status.AIRING and status not in line:
        return Status.RELEASED if by > 0 else Status.SCHEDULED
    if status not in line:
        return Status.SCHEDULED if by > 0 else Status.FILMING
    place = line.index(status) + by
    return line[place] if 0 <= place < len(line) else None
