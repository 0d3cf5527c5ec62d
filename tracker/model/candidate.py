"""What a search found: the same show at several services as one, and how likely it is one of the list."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final, NamedTuple

from tracker.model.observation import Observation, Reference, references
from tracker.model.sameness import forms
from tracker.model.show import Show
from tracker.text import search_form

LIKELY: Final = 3
"""How much must speak for a match before it is offered."""


class Candidate(NamedTuple):
    """A show as one or several services know it; ids that they share say that it is the same."""

    found: tuple[Observation, ...]
    """The best one first, one for each service."""

    @property
    def references(self) -> tuple[Reference, ...]:
        """Where it is known."""
        return tuple(one.reference for one in self.found)

    @property
    def title(self) -> str:
        """The title."""
        return self.found[0].title

    @property
    def original_title(self) -> str:
        """The first original title that a service gives."""
        return next((one.original_title for one in self.found if one.original_title), "")

    @property
    def year(self) -> int | None:
        """The first year that a service gives."""
        return next((one.year for one in self.found if one.year), None)

    @property
    def networks(self) -> tuple[str, ...]:
        """The networks that the services give."""
        return tuple(dict.fromkeys(name for one in self.found for name in one.networks))

    @property
    def countries(self) -> tuple[str, ...]:
        """The countries that the services give."""
        return tuple(dict.fromkeys(name for one in self.found for name in one.countries))

    @property
    def kind(self) -> str:
        """The first kind that a service gives."""
        return next((one.kind for one in self.found if one.kind), "")

    @property
    def word(self) -> str:
        """Where it stands, in the first service's word."""
        return next((one.word for one in self.found if one.word), "")


def candidate_facts(candidate: Candidate) -> list[str]:
    """Return what tells a show from another of its name: year, networks, countries, kind, status."""
    year = str(candidate.year) if candidate.year else "no date"
    facts = [year, ", ".join(candidate.networks), ", ".join(candidate.countries), candidate.kind, candidate.word]
    return [fact for fact in facts if fact]


class Likeness(NamedTuple):
    """How much speaks for a candidate's being a show of the list."""

    score: int
    reasons: tuple[str, ...]

    @property
    def is_likely(self) -> bool:
        """Whether a person should be asked."""
        return self.score >= LIKELY


def merged(found: Iterable[Observation]) -> tuple[Candidate, ...]:
    """Return candidates in the order in which they were found, those that share an id as one.

    Titles prove nothing: there are many works of the same name. Two records of one service are two shows.
    """
    groups: list[list[Observation]] = []
    for one in found:
        ids = set(one.all_ids.items())
        joined, whose = None, {one.source}
        for group in [group for group in groups if any(ids & set(other.all_ids.items()) for other in group)]:
            sources = {other.source for other in group}
            members = [*(joined or ()), one]
            if whose & sources or any(_contradict(a, b) for a in group for b in members):
                continue
            whose |= sources
            if joined is None:
                joined = group
            else:
                # This one names both, so what seemed to be two shows is one.
                joined += group
                groups.remove(group)
        if joined is None:
            groups.append([one])
        else:
            joined.append(one)
    return tuple(Candidate(tuple(group)) for group in groups)


def of_same_title(candidate: Candidate, shows: Iterable[Show]) -> Show | None:
    """Return a show of the list that has the candidate's title and is tied to none of its services."""
    titles = forms((candidate.title, candidate.original_title))
    sources = {one.source for one in candidate.references}
    for show in shows:
        if titles & forms((show.title, show.original_title)) and not sources & {one.source for one in references(show)}:
            return show
    return None


def _contradict(one: Observation, other: Observation) -> bool:
    """Return whether two records have another id each at the same place."""
    theirs = other.all_ids
    return any(theirs.get(name, value) != value for name, value in one.all_ids.items())


def on_list(candidate: Candidate, shows: Iterable[Show]) -> Show | None:
    """Return the show of the list that a candidate surely is, by one of its ids."""
    wanted = set(candidate.references)
    external = {(name, value) for one in candidate.found for name, value in one.ids}
    for show in shows:
        own = {(name, str(value)) for name, value in show.ids.items()} | set(map(tuple, references(show)))
        if wanted & set(references(show)) or external & own:
            return show
    return None


def likeness(show: Show, candidate: Candidate) -> Likeness:
    """Return how much speaks for it, and what; anything that speaks against it outweighs the title."""
    mine = forms((show.title, show.original_title, *show.aliases))
    theirs = {form for one in candidate.found for form in forms((one.title, one.original_title, *one.aliases))}
    if not mine & theirs:
        return Likeness(0, ())
    originals = forms((show.original_title,)) & theirs
    score, reasons = (2, ["the same original title"]) if originals else (1, ["the same title"])
    year = candidate.year
    if show.release is not None and show.release.earliest and show.release.latest and year is not None:
        if show.release.earliest.year <= year <= show.release.latest.year:
            score, reasons = score + 1, [*reasons, f"the same year, {year}"]
        elif not show.release.earliest.year - 1 <= year <= show.release.latest.year + 1:
            score -= 3
    for label, have, given in (
        ("network", show.networks, candidate.networks),
        ("country", show.countries, candidate.countries),
    ):
        if have and given:
            shared = [name for name in given if search_form(name) in forms(have)]
            score += 1 if shared else -1
            reasons += [f"the same {label}, {shared[0]}"] if shared else []
    people = {search_form(credit.actor) for credit in show.cast} | forms((*show.directors, *show.writers))
    shared_people = [
        name
        for one in candidate.found
        for name in (*(credit.actor for credit in one.cast), *one.directors, *one.writers)
        if search_form(name) in people
    ]
    if shared_people:
        score, reasons = score + 2, [*reasons, f"with {shared_people[0]}"]
    if candidate.kind and candidate.kind != show.kind:
        score -= 1
    if all(one.status is not None and one.status.is_out for one in candidate.found) and not (
        show.status is not None and show.status.is_out
    ):
        # What is out is hardly what somebody still waits for.
        score -= 1
    return Likeness(score, tuple(reasons))
