"""The one hierarchy of everything that the program refuses, with a sentence and an exit code each.

TrackerError                      1  refused
├── UnknownShow                   1  no show has that id
├── BadValue                      2  a value that a field, a window or a status cannot take
│   └── BadQuery                  2  a filter that cannot be read
├── Taken                         1  a show that is to be added or linked is on the list already
├── ReadOnly                      1  the past and read-only files are looked at, not changed
├── NothingToUndo                 1  the journal is empty in that direction
├── NotClipped                    1  what was to be clipped cannot be read, or tells too little of one show
├── NotExported                   1  the file to write into is something else, or cannot be written
├── WatchlistUnreadable           3  the file is missing, a folder, not UTF-8, too large, …
│   └── WatchlistDamaged          3  one entry of it cannot be read
├── WatchlistUnwritable           3  the file or its folder refuses the new text
├── Conflict                      4  the same thing was changed by somebody else meanwhile
└── SourceError                   5  a service did not tell what it was asked
    ├── Offline                   5  no way to it: no network, no such host, nobody answers
    ├── Busy                      5  it wants to be left alone for a while, or is broken at the moment
    ├── Denied                    5  it wants a token, another token, or nothing to do with us
    ├── Unknown                   5  it knows no show of that id, or no longer
    ├── Unreadable                5  what it answered is not what it should be
    └── Stopped                   5  the person who asked no longer wants to know
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar, NamedTuple


class TrackerError(Exception):
    """A refusal that a person can act on; its text is one sentence for the screen."""

    EXIT_CODE: ClassVar[int] = 1
    """What the process ends with when this reaches its edge."""


class UnknownShow(TrackerError):
    """No entry of the list has this id."""


class Taken(TrackerError):
    """What is to be added or linked is on the list already."""


class BadValue(TrackerError):
    """A value was given that cannot be understood."""

    EXIT_CODE = 2


class BadQuery(BadValue):
    """A filter was given that cannot be understood."""


class ReadOnly(TrackerError):
    """The list is open for looking only."""


class NothingToUndo(TrackerError):
    """There is no edit to take back, or none to bring again."""


class NotClipped(TrackerError):
    """What was to be read as an article cannot be read, or tells too little of one show to be taken."""


class NotExported(TrackerError):
    """What was to be written for other programs cannot be written there."""


class WatchlistUnreadable(TrackerError):
    """The watchlist cannot be read at all."""

    EXIT_CODE = 3


class WatchlistDamaged(WatchlistUnreadable):
    """The entry that was asked for cannot be read; all others can."""


class WatchlistUnwritable(TrackerError):
    """The new text could not be put in place; the old file is untouched."""

    EXIT_CODE = 3


class Difference(NamedTuple):
    """A field that somebody else changed meanwhile; both values as they would be typed."""

    show_id: str
    field: str
    in_file: str
    wanted: str


class Conflict(TrackerError):
    """Somebody else changed the very thing that this edit changes."""

    EXIT_CODE = 4

    def __init__(self, sentence: str, differences: Sequence[Difference] = ()) -> None:
        super().__init__(sentence)
        self.differences = tuple(differences)
        """The fields in question; none where it is not about fields."""


class SourceError(TrackerError):
    """A service did not tell what it was asked; nothing on the list is another for it."""

    EXIT_CODE = 5

    def __init__(self, sentence: str, status: int = 0) -> None:
        super().__init__(sentence)
        self.status = status
        """The HTTP status of the answer; 0 where there was none, or it does not matter."""
        self.service = ""
        """The name of the service that failed as a whole; "" where only one show did."""


class Offline(SourceError):
    """The service cannot be reached: no network, no such host, nobody answers in time."""


class Busy(SourceError):
    """The service asks to be left alone for a while, or is broken at the moment."""


class Denied(SourceError):
    """The service wants a token, or another one."""


class Unknown(SourceError):
    """The service knows no show of that id, or knows it no longer."""


class Unreadable(SourceError):
    """The answer is cut short, too large, or not what the service says that it sends."""


class Stopped(SourceError):
    """Whoever asked wants no answer any more."""
