"""One thing that an article may say of its show."""

from __future__ import annotations

from typing import NamedTuple

from tracker.clipper.confidence import confidence


class Candidate(NamedTuple):
    """One thing that an article may say of its show."""

    field: str  # as `Fact.field`, and "role"
    value: str
    sentence: int  # the number of the sentence that says it best
    signs: frozenset[str]  # what speaks for it or against it
    of: str = ""  # of a role, whose it is

    @property
    def confidence(self) -> float:
        return confidence(self.field, self.signs)
