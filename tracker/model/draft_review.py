"""Review of a draft: facts dropped or edited, and the entry it goes to."""

from __future__ import annotations

from datetime import date
from typing import Final, NamedTuple

from tracker.model.article_draft import LIST_FIELDS, SINGLE_FIELDS, Draft, Fact
from tracker.model.draft_import import Match
from tracker.model.fields import FIELDS
from tracker.model.show import Credit, parse_kind
from tracker.model.status import parse_status
from tracker.model.window_parser import parse_window
from tracker.text import clean_line

_ALWAYS_SHOWN: Final = ("title", "kind", "status", "release")
"""Fields that always have a line, so that they can be filled in by hand."""


class ReviewLine(NamedTuple):
    """A fact under review, or an empty line for one."""

    field: str
    original: Fact | None = None  # the fact of the article, if any
    fact: Fact | None = None  # the fact to import, if any
    is_kept: bool = True  # false if it was dropped

    @property
    def is_included(self) -> bool:
        return self.fact is not None and self.is_kept

    @property
    def is_edited(self) -> bool:
        """Whether the user wrote it, so that the article is no evidence for it."""
        return self.fact is not None and self.fact is not self.original

    @property
    def is_changed(self) -> bool:
        return self.is_edited or not self.is_kept

    @property
    def text(self) -> str:
        """The fact as typed text."""
        if self.fact is None:
            return ""
        if self.field == "cast":
            return FIELDS["cast"].write((Credit(self.fact.value, self.fact.role),))
        return self.fact.value

    def toggle(self) -> ReviewLine:
        return self._replace(is_kept=not self.is_kept) if self.fact is not None else self

    def with_text(self, text: str, said_on: date | None = None) -> ReviewLine:
        """Return the line with typed text (BadValue if the field cannot take it); an empty text drops it."""
        if not text.strip():
            return self._replace(is_kept=False) if self.original is not None else ReviewLine(self.field)
        fact, original = self._parse(text, said_on), self.original
        if original is not None and (fact.value, fact.role) == (original.value, original.role):
            fact = original
        return self._replace(fact=fact, is_kept=True)

    def preview(self, text: str, said_on: date | None = None) -> str:
        """Return how a typed text would be understood, "" if as it is."""
        fact = self.with_text(text, said_on).fact if text.strip() else None
        if fact is None:
            return "" if self.fact is None else "dropped"
        return fact.window.meant_days if fact.window is not None else ""

    def _parse(self, text: str, said_on: date | None) -> Fact:
        value, role, window = clean_line(text), "", None
        match self.field:
            case "kind":
                value = parse_kind(text)
            case "status":
                value = parse_status(text).value
            case "release":
                window = parse_window(value, said_on).resolved
                value = window.text
            case "cast":
                credit = FIELDS["cast"].read(value)[0]
                value, role = credit.actor, credit.role
        start = self.original.start if self.original is not None else 0
        return Fact(self.field, value, "", start, 1.0, role, window)


class DraftReview(NamedTuple):
    """A draft under review; each operation returns another review."""

    lines: tuple[ReviewLine, ...] = ()  # in the order of the fields; within a list the most certain first
    facts: tuple[Fact, ...] = ()  # in the order of the article
    matches: tuple[Match, ...] = ()  # the entries that it may be about, best first
    target: str | None = None  # the id of the entry to import into; None for a new one
    is_target_chosen: bool = False  # whether the user chose the target

    @classmethod
    def of(cls, draft: Draft) -> DraftReview:
        singles = {name: draft.fact(name) for name in SINGLE_FIELDS}
        lines = [ReviewLine(name, fact, fact) for name, fact in singles.items() if fact or name in _ALWAYS_SHOWN]
        for name in LIST_FIELDS:
            facts = sorted(draft.facts_of(name), key=lambda fact: -fact.confidence)
            lines += [ReviewLine(name, fact, fact) for fact in facts]
        return cls(tuple(lines), draft.facts)

    @property
    def draft(self) -> Draft:
        """What would be imported, in the order of the article."""
        field_order = {name: place for place, name in enumerate((*SINGLE_FIELDS, *LIST_FIELDS))}
        fact_order = {id(fact): place for place, fact in enumerate(self.facts)}
        included = [line for line in self.lines if line.is_included]
        included.sort(key=lambda line: (field_order[line.field], fact_order.get(id(line.original), len(fact_order))))
        return Draft(tuple(line.fact for line in included if line.fact is not None))

    @property
    def is_changed(self) -> bool:
        return any(line.is_changed for line in self.lines)

    @property
    def match(self) -> Match | None:
        """The entry to import into, None for a new one."""
        return next((match for match in self.matches if match.show.id == self.target), None)

    @property
    def next_match(self) -> Match | None:
        """The next choice of target, None for a new show."""
        return self.next_target().match

    def toggle(self, at: int) -> DraftReview:
        return self._with(at, self.lines[at].toggle())

    def with_text(self, at: int, text: str, said_on: date | None = None) -> DraftReview:
        return self._with(at, self.lines[at].with_text(text, said_on))

    def with_matches(self, matches: tuple[Match, ...]) -> DraftReview:
        """Return the review with new matches; an entry of the same title becomes the target."""
        ids = {match.show.id for match in matches}
        if self.is_target_chosen and (self.target is None or self.target in ids):
            return self._replace(matches=matches)
        best = matches[0] if matches and matches[0].has_same_title else None
        return self._replace(matches=matches, target=best.show.id if best else None, is_target_chosen=False)

    def next_target(self) -> DraftReview:
        """Return the review with the next target; after the last match comes a new show."""
        targets = [*(match.show.id for match in self.matches), None]
        place = targets.index(self.target) if self.target in targets else -1
        return self._replace(target=targets[(place + 1) % len(targets)], is_target_chosen=True)

    def with_draft(self, draft: Draft) -> DraftReview:
        """Return the review of another draft of the same article, keeping the user's changes."""
        changed = {_key(line): line for line in self.lines if line.is_changed}
        review = DraftReview.of(draft)
        lines = tuple(_carry_over(line, changed.get(_key(line))) for line in review.lines)
        return self._replace(lines=lines, facts=review.facts)

    def _with(self, at: int, line: ReviewLine) -> DraftReview:
        return self._replace(lines=(*self.lines[:at], line, *self.lines[at + 1 :]))


def _key(line: ReviewLine) -> tuple[str, str]:
    return (line.field, "" if line.field in SINGLE_FIELDS or line.original is None else line.original.value)


def _carry_over(line: ReviewLine, changed: ReviewLine | None) -> ReviewLine:
    if changed is None:
        return line
    if changed.is_edited:
        return line._replace(fact=changed.fact, is_kept=changed.is_kept)
    is_same = line.original and changed.original and line.original.quote == changed.original.quote
    return line._replace(is_kept=changed.is_kept) if is_same else line
