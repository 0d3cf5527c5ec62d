"""All errors that the program raises for a person, with their exit codes.

TrackerError                      1  refused
├── UnknownShow                   1  no show has that id
├── BadValue                      2  a value that a field, a window or a status cannot take
│   ├── AmbiguousDate             2  a date that can be several
│   ├── SeasonUnclear             2  an entry may be one season of the show
│   └── BadQuery                  2  a filter that cannot be read
├── AlreadyOnList                 1  the show to add or link is on the list already
├── ReadOnly                      1  the past and read-only files are not changed
├── NothingToUndo                 1  the journal is empty in that direction
├── ClipError                     1  the text cannot be read, or says too little about one show
├── ExportError                   1  the target is something else, or cannot be written
├── SettingsUnwritable            1  the settings cannot be changed as they are
├── WatchlistUnreadable           3  the file is a folder, not UTF-8, too large, …
│   ├── WatchlistMissing          3  there is no file
│   └── EntryUnreadable           3  one entry of it cannot be read
├── WatchlistUnwritable           3  the file or its folder refuses the new text
│   └── WatchlistLocked           3  another process is writing it
├── Conflict                      4  the same thing was changed by somebody else meanwhile
└── SourceError                   5  a source did not answer as expected
    ├── SourceOffline             5  no network, no such host, no answer
    ├── SourceBusy                5  it asks to wait, or is broken at the moment
    │   └── SourcePaused          5  it answers no request before that, whatever it is about
    ├── SourceDenied              5  it wants a token, or another one
    ├── SourceNotFound            5  it does not know this id
    ├── BadResponse               5  the answer is incomplete or malformed
    │   └── AnswerTooLarge        5  it has more bytes than are read
    └── Cancelled                 5  the caller no longer wants the answer
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar, Final, NamedTuple

from tracker.text import clean, shorten

_MAX_SENTENCE: Final = 2_000


class TrackerError(Exception):
    """A refusal that a person can act on; the text is one sentence for the screen.

    The sentence may name what was typed, what a file holds and what it is called: here all of it is cleaned.
    """

    EXIT_CODE: ClassVar[int] = 1  # exit code of the process

    def __init__(self, sentence: str) -> None:
        super().__init__(shorten(clean(sentence), _MAX_SENTENCE))


class UnknownShow(TrackerError):
    """No show has that id."""


class AlreadyOnList(TrackerError):
    """The show to add or link is on the list already."""


class BadValue(TrackerError):
    """A value cannot be understood."""

    EXIT_CODE = 2

    def __init__(self, sentence: str, field: str = "") -> None:
        super().__init__(sentence)
        self.field = field
        """The field of a show or of a claim that is meant, "" where it is known from elsewhere."""


class SeasonUnclear(BadValue):
    """An entry may be one season of the show to which it is linked; nobody said."""

    def __init__(self, title: str, season: int) -> None:
        self.question = f"Is “{title}” season {season} of the show, or the whole show?"
        super().__init__(f"{self.question} Add `--season {season}` or `--whole`.")
        self.season = season


class AmbiguousDate(BadValue):
    """A date can be several: 03/04/2027."""

    def __init__(self, question: str, choices: Sequence[tuple[str, str]], field: str = "") -> None:
        texts = [text for text, _ in choices]
        super().__init__(f"{question} Write {', '.join(texts[:-1])} or {texts[-1]}.", field)
        self.question = question
        self.choices = tuple(choices)
        """What to write for each, and how it is shown: ("2027-04-03", "3 Apr 2027")."""


class BadQuery(BadValue):
    """A filter cannot be understood."""


class ReadOnly(TrackerError):
    """The list is open for reading only."""


class NothingToUndo(TrackerError):
    """The journal has no edit in that direction."""


class ClipError(TrackerError):
    """The text to clip cannot be read, or says too little about one show."""


class ExportError(TrackerError):
    """The export file cannot be written."""


class SettingsUnwritable(TrackerError):
    """The settings could not be changed; the file is as it was."""


class WatchlistUnreadable(TrackerError):
    """The watchlist as a whole cannot be read."""

    EXIT_CODE = 3


class WatchlistMissing(WatchlistUnreadable):
    """There is no watchlist at its place."""


class EntryUnreadable(WatchlistUnreadable):
    """The requested entry cannot be read; all others can."""


class WatchlistUnwritable(TrackerError):
    """The new text could not be written; the old file is untouched."""

    EXIT_CODE = 3


class WatchlistLocked(WatchlistUnwritable):
    """Another process holds the lock of the watchlist, or is writing it without."""

    def __init__(self, sentence: str, holder: str) -> None:
        super().__init__(sentence)
        self.holder = holder
        """What the process is called."""


class Difference(NamedTuple):
    """A field that somebody else changed meanwhile; both values as typed text."""

    show_id: str
    field: str
    in_file: str
    wanted: str


class Conflict(TrackerError):
    """Somebody else changed what this edit changes."""

    EXIT_CODE = 4

    def __init__(self, sentence: str, differences: Sequence[Difference] = ()) -> None:
        super().__init__(sentence)
        self.differences = tuple(differences)
        """Empty if the conflict is not about fields."""


class SourceError(TrackerError):
    """A source did not answer as expected; the list is unchanged."""

    EXIT_CODE = 5

    def __init__(self, sentence: str, status: int = 0) -> None:
        super().__init__(sentence)
        self.status = status
        """HTTP status of the answer, 0 if none."""
        self.source = ""
        """The source that failed as a whole, "" if only one show did."""


class SourceOffline(SourceError):
    """No network, unknown host, or no answer in time."""


class SourceBusy(SourceError):
    """The source asks to wait, or is broken at the moment."""


class SourcePaused(SourceBusy):
    """The source wants no request of any kind for longer than it is waited for."""


class SourceDenied(SourceError):
    """The source wants a token, or another one."""


class SourceNotFound(SourceError):
    """The source does not know this id, or no longer."""


class BadResponse(SourceError):
    """The answer is incomplete, too large, or malformed."""


class AnswerTooLarge(BadResponse):
    """The answer has more bytes than are read."""


class Cancelled(SourceError):
    """The caller no longer wants the answer."""
