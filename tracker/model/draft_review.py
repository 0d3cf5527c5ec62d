"""Review of a draft: facts dropped, edited, taken and picked in the text, and the entry that they go to."""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable, Mapping, Sequence
from datetime import date
from typing import Final, NamedTuple

from tracker.errors import BadValue
from tracker.model.article_draft import LIST_FIELDS, MOST_TITLES, SINGLE_FIELDS, Draft, Fact, Mark, MarkKind
from tracker.model.draft_import import Match
from tracker.model.fields import FIELDS
from tracker.model.show import Credit, parse_kind
from tracker.model.status import Status, parse_status
from tracker.model.window_parser import parse_window
from tracker.text import clean_line, name_form

_ALWAYS_SHOWN: Final = ("title", "kind", "status", "release")
"""Fields that always have a line, so that they can be filled in by hand."""
_FIELDS: Final = (*SINGLE_FIELDS, *LIST_FIELDS)
_SINGULARS: Final = {
    "networks": "network", "directors": "director", "writers": "writer", "countries": "country",
    "locations": "location",
}  # fmt: skip


def field_label(field: str) -> str:
    """Return what one fact of a field is called: "director" for "directors"."""
    return _SINGULARS.get(field, field)


def describe_confidence(fact: Fact) -> str:
    """Return how sure a fact is, and which language model says so, as "60 %, by llama3"."""
    percent = f"{fact.confidence * 100:.0f} %"
    return f"{percent}, by {fact.by}" if fact.by else percent


def find_offers(draft: Draft) -> tuple[Fact, ...]:
    """Return what a draft offers without saying it: the fields with the likeliest fact first, in a field the likeliest.

    Other titles are offered too, at most `MOST_TITLES`, except for a list: there a show is picked first.
    What a language model proposes comes last, as it may say something else the next time, and numbers must stay.
    """
    titles = (*draft.perhaps, *draft.titles) if not draft.is_abstained else draft.perhaps
    said = name_form(draft.title)
    names = {
        form: fact for fact in reversed(titles) if fact.field == "title" and (form := name_form(fact.value)) != said
    }
    most_likely = sorted(names.values(), key=lambda fact: -fact.confidence)[:MOST_TITLES]
    offers = [*most_likely, *(fact for fact in draft.perhaps if fact.field != "title")]
    best: dict[str, float] = {}
    for fact in offers:
        best[fact.field] = max(fact.confidence, best.get(fact.field, 0))
    return tuple(sorted(offers, key=lambda fact: (-best[fact.field], _FIELDS.index(fact.field), bool(fact.by))))


def number_offers(draft: Draft) -> tuple[tuple[int, Fact], ...]:
    """Return what a draft offers, each field numbered for itself."""
    counts: Counter[str] = Counter()
    numbered = []
    for fact in find_offers(draft):
        counts[fact.field] += 1
        numbered.append((counts[fact.field], fact))
    return tuple(numbered)


def take_offers(draft: Draft, numbers: Mapping[str, Sequence[int]]) -> Draft:
    """Return a draft that says some of what it offers; one that abstained is a draft then.

    Args:
        draft: The draft.
        numbers: The numbers of what is taken, see `number_offers`, by the label of the field.

    Raises:
        BadValue: There is no such number, or there are several of a field that has one value.
    """
    review, offers = DraftReview.of(draft), number_offers(draft)
    first = len(review.lines) - len(offers)
    taken: list[Fact] = []
    for label, wanted in numbers.items():
        places = {number: at for at, (number, fact) in enumerate(offers) if field_label(fact.field) == label}
        if len(set(wanted)) > 1 and label in SINGLE_FIELDS:
            raise BadValue(f"--{label}: a show has one. Give one number.", label)
        for number in dict.fromkeys(wanted):
            if number not in places:
                known = f"its numbers are 1 to {len(places)}" if len(places) > 1 else "its only number is 1"
                offer = f"there is no {label} {number}; {known}" if places else f"the article offers no {label}"
                raise BadValue(f"--{label}: {offer}.", label)
            review = review.toggle(first + places[number])
            taken.append(offers[places[number]][1])
    if not taken:
        return draft
    perhaps = tuple(fact for fact in draft.perhaps if fact not in taken)
    return draft._replace(facts=review.draft.facts, perhaps=perhaps, reason="")


def mark_key(mark: Mark) -> Hashable:
    """Return what a mark has in common with the facts that it is, see `DraftReview.fact_keys`."""
    return mark.window.key if mark.window is not None else name_form(mark.value)


def mark_fields(kind: MarkKind) -> tuple[str, ...]:
    """Return the fields that a mark can be picked for, beside the role of an actor and a status."""
    return ("release",) if kind is MarkKind.DATE else ("cast", "directors", "writers", "title", "networks")


class ReviewLine(NamedTuple):
    """A fact under review, or an empty line for one."""

    field: str
    original: Fact | None = None  # the fact of the article, if any
    fact: Fact | None = None  # the fact to import, if any
    is_kept: bool = True  # false if it was dropped, or is offered and was not taken
    is_extra: bool = False  # whether it is offered, or was picked in the text, beside what the draft says
    is_replaced: bool = False  # whether an extra line says it instead

    @property
    def is_included(self) -> bool:
        return self.fact is not None and self.is_kept and not self.is_replaced

    @property
    def is_offered(self) -> bool:
        return self.is_extra and self.original is not None

    @property
    def is_picked(self) -> bool:
        """Whether the user picked it in the text."""
        return self.fact is not None and self.fact is not self.original and bool(self.fact.quote)

    @property
    def is_edited(self) -> bool:
        """Whether the user wrote it, so that the article is no evidence for it."""
        return self.fact is not None and self.fact is not self.original and not self.fact.quote

    @property
    def is_changed(self) -> bool:
        return self.fact is not self.original or self.is_kept is self.is_extra

    @property
    def evidence(self) -> Fact | None:
        """What the article says for the line: for what the user wrote, the fact that it was before."""
        return self.fact if self.is_picked else self.original

    @property
    def key(self) -> Hashable:
        """What only one of several lines can say: a field, or a name in a list."""
        if self.field in SINGLE_FIELDS or self.fact is None:
            return self.field
        return (self.field, name_form(self.fact.value))

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
            is_known = self.original is not None or self.is_extra
            return self._replace(is_kept=False) if is_known else ReviewLine(self.field)
        return self.with_fact(self._parse(text, said_on))

    def with_fact(self, fact: Fact) -> ReviewLine:
        """Return the line with another fact; what the article or the user has said already stays as it was."""
        known = (known for known in (self.original, self.fact) if known is not None)
        fact = next((one for one in known if (one.value, one.role) == (fact.value, fact.role)), fact)
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

    lines: tuple[ReviewLine, ...] = ()
    """In the order of the fields, within a list in that of the article; then what is offered."""
    facts: tuple[Fact, ...] = ()  # in the order of the article
    matches: tuple[Match, ...] = ()  # the entries that it may be about, best first
    target: str | None = None  # the id of the entry to import into; None for a new one
    is_target_chosen: bool = False  # whether the user chose the target

    @classmethod
    def of(cls, draft: Draft) -> DraftReview:
        singles = {name: draft.fact(name) for name in SINGLE_FIELDS}
        lines = [ReviewLine(name, fact, fact) for name, fact in singles.items() if fact or name in _ALWAYS_SHOWN]
        for name in LIST_FIELDS:
            lines += [ReviewLine(name, fact, fact) for fact in draft.facts_of(name)]
        lines += [ReviewLine(fact.field, fact, fact, is_kept=False, is_extra=True) for fact in find_offers(draft)]
        return cls(tuple(lines), draft.facts)

    @property
    def draft(self) -> Draft:
        """What would be imported, in the order of the article."""
        included = sorted((line for line in self.lines if line.is_included), key=self._place)
        return Draft(tuple(line.fact for line in included if line.fact is not None))

    def _place(self, line: ReviewLine) -> tuple[int, float]:
        """Return where the fact of a line is among the facts of the draft."""
        field, fact = _FIELDS.index(line.field), line.fact
        place = next((place for place, known in enumerate(self.facts) if known is line.original), None)
        if place is not None or fact is None or not fact.quote:
            return field, len(self.facts) if place is None else place
        before = (at for at, known in enumerate(self.facts) if known.field == fact.field and _at(known) <= _at(fact))
        return field, max(before, default=-1) + 0.5

    @property
    def is_changed(self) -> bool:
        return any(line.is_changed for line in self.lines)

    @property
    def fact_keys(self) -> frozenset[Hashable]:
        """The keys of all marks that are facts, see `mark_key`."""
        facts = [line.fact for line in self.lines if line.is_included and line.fact is not None]
        names = {name_form(name) for fact in facts for name in (fact.value, fact.role) if name}
        return frozenset({*names, *(fact.window.key for fact in facts if fact.window is not None)})

    @property
    def match(self) -> Match | None:
        """The entry to import into, None for a new one."""
        return next((match for match in self.matches if match.show.id == self.target), None)

    @property
    def next_match(self) -> Match | None:
        """The next choice of target, None for a new show."""
        return self.next_target().match

    def toggle(self, at: int) -> DraftReview:
        """Drop a fact or take it, in place of the one that says it now."""
        line = self.lines[at]
        if line.fact is None and not line.is_replaced and (offer := self.best_offer(line.field)) is not None:
            at, line = offer, self.lines[offer]
        return self.with_line(at, line if line.is_replaced else line.toggle())

    def best_offer(self, field: str) -> int | None:
        """Return the line that offers the likeliest fact of a field; None where nothing is offered."""
        offers = [at for at, line in enumerate(self.lines) if line.field == field and line.is_offered]
        return next((at for at in offers if not self.lines[at].is_included), None)

    def with_text(self, at: int, text: str, said_on: date | None = None) -> DraftReview:
        return self.with_line(at, self.lines[at].with_text(text, said_on))

    def lines_of(self, mark: Mark) -> list[int]:
        """Return the lines whose fact, or the role in it, a mark is."""
        key = mark_key(mark)
        return [at for at, line in enumerate(self.lines) if line.is_included and key in _keys(line)]

    def offers_of(self, mark: Mark) -> list[ReviewLine]:
        """Return the lines that offer a mark, or it as a role, and were not taken."""
        key = mark_key(mark)
        return [line for line in self.lines if line.is_offered and not line.is_included and key in _keys(line)]

    def pick(self, mark: Mark, field: str, text: str) -> DraftReview:
        """Make a mark of the article's text a fact.

        Args:
            mark: The mark.
            field: One of `mark_fields`.
            text: The text of the article.
        """
        review = self._without_role(mark) if field == "cast" else self
        return review.keep(_picked(mark, field, mark.value, text))

    def pick_status(self, mark: Mark, status: Status, text: str) -> DraftReview:
        """Make a status of the sentence around a mark."""
        return self.keep(_picked(mark, "status", status.value, text))

    def keep(self, fact: Fact) -> DraftReview:
        """Return the review with a fact that was picked in the text."""
        same = [at for at, line in enumerate(self.lines) if line.field == fact.field and _is_same(line.fact, fact)]
        for at in same:
            if self.lines[at].is_included and self.lines[at].is_picked:
                return self
        if same:
            at = next((at for at in same if self.lines[at].is_included), same[0])
            known = self.lines[at].fact
            role = fact.role or (known.role if known is not None else "")
            return self.with_line(at, self.lines[at]._replace(fact=fact._replace(role=role), is_kept=True))
        slots = [at for at, line in enumerate(self.lines) if line.field == fact.field and line.original is None]
        if fact.field in SINGLE_FIELDS and slots:
            return self.with_line(slots[0], self.lines[slots[0]]._replace(fact=fact, is_kept=True))
        order = _FIELDS.index(fact.field)
        before = (not line.is_offered and _FIELDS.index(line.field) <= order for line in self.lines)
        at = max((place for place, is_before in enumerate(before, 1) if is_before), default=0)
        line = ReviewLine(fact.field, None, fact, is_extra=True)
        return self._replace(lines=(*self.lines[:at], line, *self.lines[at:])).with_line(at, line)

    def pick_role(self, mark: Mark, marks: Sequence[Mark], text: str) -> DraftReview:
        """Make a mark the role of the nearest actor, and no actor itself; once more, of the next one.

        In the sentence of the mark those without a role come first, then those before it. Without an actor nothing
        changes.
        """
        key = mark_key(mark)
        cast = [(at, line.fact) for at, line in enumerate(self.lines) if line.field == "cast" and line.is_included]
        actors = {form: at for at, fact in cast if fact is not None and (form := name_form(fact.value)) != key}
        holders = [at for at, fact in cast if fact is not None and fact.role and name_form(fact.role) == key]
        ranks: dict[int, tuple[bool, bool, bool, int]] = {
            at: (True, True, True, len(text) + at) for at in actors.values()
        }
        for other in marks:
            if (at := actors.get(name_form(other.value))) is not None and other != mark:
                fact = self.lines[at].fact
                has_role = fact is not None and bool(fact.role) and at not in holders
                rank = (
                    other.sentence != mark.sentence, has_role, other.start > mark.start, abs(other.start - mark.start)
                )  # fmt: skip
                ranks[at] = min(ranks[at], rank)
        ranked = sorted(ranks, key=ranks.__getitem__)
        if not ranked:
            return self
        at = ranked[(ranked.index(holders[0]) + 1) % len(ranked)] if holders else ranked[0]
        lines = list(self.take_back(mark, ("cast",)).lines)
        if (fact := lines[at].fact) is not None:
            quote, start = (fact.quote, fact.start) if fact.quote else _sentence(mark, text)
            changed = fact._replace(role=mark.value, quote=quote, start=start, confidence=1.0)
            lines[at] = lines[at].with_fact(changed)
        return self._replace(lines=tuple(lines))

    def _without_role(self, mark: Mark) -> DraftReview:
        review, key = self, mark_key(mark)
        for at in self.lines_of(mark):
            line = self.lines[at]
            if line.fact is not None and line.fact.role and key != _fact_key(line.fact):
                review = review.with_line(at, line.with_fact(line.fact._replace(role="", confidence=1.0)))
        return review

    def take_back(self, mark: Mark, fields: Sequence[str] = _FIELDS) -> DraftReview:
        """Drop the facts of some fields that a mark is; where it is the role of an actor, only the role."""
        review = self._without_role(mark)
        for at in review.lines_of(mark):
            if (line := review.lines[at]).field in fields:
                review = review.with_line(at, line._replace(is_kept=False))
        return review

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
        changed = {_origin(line): line for line in self.lines if line.is_changed}
        review = DraftReview.of(draft)
        for at, line in enumerate(review.lines):
            if (before := changed.get(_origin(line))) is not None:
                review = review.with_line(at, _carry_over(line, before))
        for line in self.lines:
            if line.is_picked and line.is_included and line.fact is not None:
                review = review.keep(line.fact)
        return self._replace(lines=review.lines, facts=review.facts)

    def with_line(self, at: int, line: ReviewLine) -> DraftReview:
        """Return the review with another line, whose fact, if it is kept, is the only one of its key."""
        lines = list(self.lines)
        lines[at] = line = line._replace(is_replaced=False)
        if line.is_included:
            for place, other in enumerate(lines):
                if place != at and other.is_extra and other.key == line.key:
                    lines[place] = other._replace(is_kept=False)
        taken = {other.key for other in lines if other.is_extra and other.is_included}
        lines = [other._replace(is_replaced=not other.is_extra and other.key in taken) for other in lines]
        return self._replace(lines=tuple(lines))


def _at(fact: Fact) -> int:
    """Return where a fact is said in the text."""
    return fact.start + max(0, fact.quote.find(fact.value))


def _fact_key(fact: Fact) -> Hashable:
    return fact.window.key if fact.window is not None else name_form(fact.value)


def _keys(line: ReviewLine) -> tuple[Hashable, ...]:
    """Return the keys of the marks that are the fact of a line, see `mark_key`."""
    fact = line.fact
    if fact is None:
        return ()
    return (_fact_key(fact), name_form(fact.role)) if fact.role else (_fact_key(fact),)


def _is_same(known: Fact | None, fact: Fact) -> bool:
    return known is not None and _fact_key(known) == _fact_key(fact)


def _sentence(mark: Mark, text: str) -> tuple[str, int]:
    start, end = mark.sentence
    return text[start:end], start


def _picked(mark: Mark, field: str, value: str, text: str) -> Fact:
    quote, start = _sentence(mark, text)
    return Fact(field, value, quote, start, 1.0, window=mark.window if field == "release" else None)


def _origin(line: ReviewLine) -> Hashable:
    """Return what a line of another draft has in common with this one."""
    is_slot = line.original is None or (line.field in SINGLE_FIELDS and not line.is_extra)
    return (line.field, line.is_extra, "" if is_slot or line.original is None else line.original.value)


def _carry_over(line: ReviewLine, changed: ReviewLine) -> ReviewLine:
    if changed.fact is not changed.original:
        return line._replace(fact=changed.fact, is_kept=changed.is_kept)
    is_same = line.original and changed.original and line.original.quote == changed.original.quote
    return line._replace(is_kept=changed.is_kept) if is_same else line
