"""An article, and the draft that the clipper reads out of it."""

from __future__ import annotations

from datetime import date
from enum import Enum
from typing import Final, NamedTuple

from tracker.model.show import Credit
from tracker.model.status import Status
from tracker.model.window import Window

SINGLE_FIELDS: Final = ("title", "kind", "status", "release", "synopsis")
"""Fields with at most one fact, in screen order."""
LIST_FIELDS: Final = ("networks", "cast", "directors", "writers", "countries", "locations")
"""Fields with a list of facts."""

MOST_TITLES: Final = 5
"""How many titles a draft offers."""


class Article(NamedTuple):
    """The text and metadata of one page, cleaned; every quote of a draft is a substring of `text`."""

    text: str  # paragraphs separated by empty lines; the headline, if the page names one, comes first
    headline: str = ""  # as the page names it; "" if it is not told apart from the text
    published: date | None = None  # the day from which "next year" counts; a month or year stands for its last day
    published_text: str = ""  # the day as given where it is not exact ("2025-04"), see `Claim.on_text`
    url: str = ""
    outlet: str = ""  # the publisher as the page says, else the host of the address
    date_source: str = ""  # where `published` comes from: "--published", "the page", "the text" or ""


class Fact(NamedTuple):
    """One thing that the article says of the show."""

    field: str  # one of `SINGLE_FIELDS` or `LIST_FIELDS`
    value: str  # a name, a status, a release as the file writes it, or a sentence
    quote: str  # an exact substring of the article's text
    start: int  # offset of the quote in the text, in characters
    confidence: float  # how often a fact with such signs is right, from 0 to 1
    role: str = ""  # the role of an actor, "" if unknown
    window: Window | None = None  # the parsed release; None for other fields
    by: str = ""  # the language model that proposed it; "" for the rules

    @property
    def end(self) -> int:
        return self.start + len(self.quote)


class MarkKind(Enum):
    """What a marked passage names."""

    PERSON = "person"
    TITLE = "title"
    NETWORK = "network"
    DATE = "date"


class Mark(NamedTuple):
    """A name, title, network or date in the text, which its reader can make a fact of any field that it fits."""

    start: int  # offsets in the text, in characters
    end: int
    kind: MarkKind
    value: str  # as a fact has it: a full name, a title without its quotation marks, a release as the file writes it
    sentence: tuple[int, int]  # where the sentence around it begins and ends, to be the quote
    window: Window | None = None  # the parsed date; None for others


class Draft(NamedTuple):
    """What one article says of one show, or why there is nothing to take."""

    facts: tuple[Fact, ...] = ()  # in the order of `SINGLE_FIELDS` and `LIST_FIELDS`, then of the article
    reason: str = ""  # why the clipper abstains, as a sentence; "" for a draft
    titles: tuple[Fact, ...] = ()  # what it may be called, the likeliest first; of a list, its shows
    perhaps: tuple[Fact, ...] = ()  # what may be so and is offered, the likeliest first; part of no claim
    marks: tuple[Mark, ...] = ()  # in the order of the text, without overlaps
    notice: str = ""  # what is to be known of how it was read, as a sentence; "" for nothing

    @property
    def is_abstained(self) -> bool:
        return bool(self.reason)

    def fact(self, field: str) -> Fact | None:
        return next((fact for fact in self.facts if fact.field == field), None)

    def facts_of(self, field: str) -> tuple[Fact, ...]:
        return tuple(fact for fact in self.facts if fact.field == field)

    @property
    def title(self) -> str:
        return fact.value if (fact := self.fact("title")) else ""

    @property
    def status(self) -> Status | None:
        return Status(fact.value) if (fact := self.fact("status")) else None

    @property
    def release(self) -> Window | None:
        return fact.window if (fact := self.fact("release")) else None

    @property
    def cast(self) -> tuple[Credit, ...]:
        return tuple(Credit(fact.value, fact.role) for fact in self.facts_of("cast"))

    def names(self, field: str) -> tuple[str, ...]:
        return tuple(fact.value for fact in self.facts_of(field))
