"""Search results, and comparing what sources say with what is on the list."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final, NamedTuple

from tracker.model.observation import Observation, Reference, references
from tracker.model.sameness import forms
from tracker.model.show import Show
from tracker.text import search_form

LIKELY: Final = 3
"""The score from which a match is offered."""


class Candidate(NamedTuple):
    """A show as one or several sources know it, joined by the ids that they share."""

    found: tuple[Observation, ...]
    """One for each source, the best first."""

    @property
    def references(self) -> tuple[Reference, ...]:
        return tuple(one.reference for one in self.found)

    @property
    def title(self) -> str:
        return self.found[0].title

    @property
    def original_title(self) -> str:
        return next((one.original_title for one in self.found if one.original_title), "")

    @property
    def year(self) -> int | None:
        return next((one.year for one in self.found if one.year), None)

    @property
    def networks(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(name for one in self.found for name in one.networks))

    @property
    def countries(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(name for one in self.found for name in one.countries))

    @property
    def kind(self) -> str:
        return next((one.kind for one in self.found if one.kind), "")

    @property
    def word(self) -> str:
        return next((one.word for one in self.found if one.word), "")


def candidate_facts(candidate: Candidate) -> list[str]:
    """Return what tells a show from its namesakes: year, networks, countries, kind, status."""
    year = str(candidate.year) if candidate.year else "no date"
    facts = [year, ", ".join(candidate.networks), ", ".join(candidate.countries), candidate.kind, candidate.word]
    return [fact for fact in facts if fact]


class Likeness(NamedTuple):
    """How well a search result matches a show, and why."""

    score: int
    reasons: tuple[str, ...]

    @property
    def is_likely(self) -> bool:
        return self.score >= LIKELY


def merged(found: Iterable[Observation]) -> tuple[Candidate, ...]:
    """Return search results in the order of the records, joining records that share an id.

    Titles prove nothing, many works share one. Two records of one source are two shows.
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
    """Return a show with the result's title and no id at any of its sources."""
    titles = forms((candidate.title, candidate.original_title))
    sources = {one.source for one in candidate.references}
    for show in shows:
        if titles & forms((show.title, show.original_title)) and not sources & {one.source for one in references(show)}:
            return show
    return None


def _contradict(one: Observation, other: Observation) -> bool:
    """Return whether two records have different ids at the same source."""
    theirs = other.all_ids
    return any(theirs.get(name, value) != value for name, value in one.all_ids.items())


def on_list(candidate: Candidate, shows: Iterable[Show]) -> Show | None:
    """Return the show that shares an id with the result."""
    wanted = set(candidate.references)
    external = {(name, value) for one in candidate.found for name, value in one.ids}
    for show in shows:
        own = {(name, str(value)) for name, value in show.ids.items()} | set(map(tuple, references(show)))
        if wanted & set(references(show)) or external & own:
            return show
    return None


def likeness(show: Show, candidate: Candidate) -> Likeness:
    """Score a match; contradictions outweigh an equal title."""
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
