"""The draft: what the clipper read out of an article, each fact with the words that say it."""

from __future__ import annotations

from typing import Final, NamedTuple

from tracker.model.show import Credit
from tracker.model.status import Status
from tracker.model.window import Window

ONE: Final = ("title", "kind", "status", "release", "synopsis")
"""The fields of which a draft has one at most, in the order of the screen."""
MANY: Final = ("networks", "cast", "directors", "writers", "countries", "locations")
"""The fields that are lists."""


class Fact(NamedTuple):
    """One thing that the article says of the show."""

    field: str
    """One of `ONE` or `MANY`."""
    value: str
    """The value in words: a name, a status, a release as it is written in the file, a sentence."""
    quote: str
    """The words that say it, an exact substring of the article's text."""
    start: int
    """Where the quote begins in the text, in characters."""
    confidence: float
    """From 0 to 1; orders facts on the screen, and nothing else."""
    role: str = ""
    """Whom an actor plays; "" for not told, and for all other fields."""
    window: Window | None = None
    """What a release means; None for all other fields."""

    @property
    def end(self) -> int:
        """Where the quote ends in the text."""
        return self.start + len(self.quote)


class Draft(NamedTuple):
    """What one article says of one show, or why nothing is taken from it."""

    facts: tuple[Fact, ...] = ()
    """In the order of `ONE` and `MANY`; within a field as the article has them."""
    reason: str = ""
    """Why the clipper abstains, as a sentence; "" where there is a draft."""
    titles: tuple[Fact, ...] = ()
    """The shows that a list of many names, so that a person can pick one."""

    @property
    def is_abstained(self) -> bool:
        """Whether the article is no news of one show."""
        return bool(self.reason)

    def one(self, field: str) -> Fact | None:
        """Return the fact of a field that has one at most; None where nothing is said."""
        return next((fact for fact in self.facts if fact.field == field), None)

    def many(self, field: str) -> tuple[Fact, ...]:
        """Return the facts of a field that is a list."""
        return tuple(fact for fact in self.facts if fact.field == field)

    @property
    def title(self) -> str:
        """The show's title, "" where it has none yet."""
        return fact.value if (fact := self.one("title")) else ""

    @property
    def status(self) -> Status | None:
        """The status that the article tells."""
        return Status(fact.value) if (fact := self.one("status")) else None

    @property
    def release(self) -> Window | None:
        """The release window that the article tells."""
        return fact.window if (fact := self.one("release")) else None

    @property
    def cast(self) -> tuple[Credit, ...]:
        """The cast with its roles."""
        return tuple(Credit(fact.value, fact.role) for fact in self.many("cast"))

    def names(self, field: str) -> tuple[str, ...]:
        """Return the values of a field that is a list of names."""
        return tuple(fact.value for fact in self.many(field))
