"""Search results, and comparing what sources say with what is on the list."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, Final, NamedTuple

from tracker.model.show import Credit, Show
from tracker.model.source_record import SourceId, SourceRecord, source_ids
from tracker.text import search_form

_NAMES: Final = frozenset({"networks", "countries", "genres", "directors", "writers"})


def same_value(show: Show, name: str, theirs: Any) -> bool:
    """Return whether a value adds nothing to the show's, ignoring case, accents and order."""
    mine = getattr(show, name)
    if name == "cast":
        return _says(mine, theirs)
    if name in ("title", "original_title"):
        return bool(mine) and search_form(theirs) in search_forms((show.title, show.original_title, *show.aliases))
    if name == "aliases":
        return search_forms(theirs) <= search_forms((show.title, show.original_title, *mine))
    if name in _NAMES:
        return search_forms(theirs) <= search_forms(mine)
    return bool(" ".join(mine.split()) == " ".join(theirs.split()))


def search_forms(names: Iterable[str]) -> set[str]:
    """Return the search forms of the names that are not empty."""
    return {search_form(name) for name in names if name}


def _says(mine: Iterable[Credit], theirs: Iterable[Credit]) -> bool:
    roles: dict[str, set[str]] = {}
    for credit in mine:
        roles.setdefault(search_form(credit.actor), set()).add(search_form(credit.role))
    return all(
        (known := roles.get(search_form(one.actor))) is not None and (not one.role or search_form(one.role) in known)
        for one in theirs
    )


LIKELY: Final = 3
"""The score from which a match is offered."""


class SearchResult(NamedTuple):
    """A show as one or several sources know it, joined by the ids that they share."""

    records: tuple[SourceRecord, ...]
    """One for each source, the best first."""

    @property
    def source_ids(self) -> tuple[SourceId, ...]:
        return tuple(one.source_id for one in self.records)

    @property
    def title(self) -> str:
        return self.records[0].title

    @property
    def original_title(self) -> str:
        return next((one.original_title for one in self.records if one.original_title), "")

    @property
    def year(self) -> int | None:
        return next((one.year for one in self.records if one.year), None)

    @property
    def networks(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(name for one in self.records for name in one.networks))

    @property
    def countries(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(name for one in self.records for name in one.countries))

    @property
    def kind(self) -> str:
        return next((one.kind for one in self.records if one.kind), "")

    @property
    def raw_status(self) -> str:
        return next((one.raw_status for one in self.records if one.raw_status), "")


def candidate_facts(candidate: SearchResult) -> list[str]:
    """Return what tells a show from its namesakes: year, networks, countries, kind, status."""
    year = str(candidate.year) if candidate.year else "no date"
    facts = [year, ", ".join(candidate.networks), ", ".join(candidate.countries), candidate.kind, candidate.raw_status]
    return [fact for fact in facts if fact]


class MatchScore(NamedTuple):
    """How well a search result matches a show, and why."""

    score: int
    reasons: tuple[str, ...]

    @property
    def is_likely(self) -> bool:
        return self.score >= LIKELY


def merge_results(found: Iterable[SourceRecord]) -> tuple[SearchResult, ...]:
    """Return search results in the order of the records, joining records that share an id.

    Titles prove nothing, many works share one. Two records of one source are two shows.
    """
    groups: list[list[SourceRecord]] = []
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
    return tuple(SearchResult(tuple(group)) for group in groups)


def find_same_title(candidate: SearchResult, shows: Iterable[Show]) -> Show | None:
    """Return a show with the result's title and no id at any of its sources."""
    titles = search_forms((candidate.title, candidate.original_title))
    sources = {one.source for one in candidate.source_ids}
    for show in shows:
        if titles & search_forms((show.title, show.original_title)) and not sources & {
            one.source for one in source_ids(show)
        }:
            return show
    return None


def _contradict(one: SourceRecord, other: SourceRecord) -> bool:
    """Return whether two records have different ids at the same source."""
    theirs = other.all_ids
    return any(theirs.get(name, value) != value for name, value in one.all_ids.items())


def find_on_list(candidate: SearchResult, shows: Iterable[Show]) -> Show | None:
    """Return the show that shares an id with the result."""
    wanted = set(candidate.source_ids)
    external = {(name, value) for one in candidate.records for name, value in one.ids}
    for show in shows:
        own = {(name, str(value)) for name, value in show.ids.items()} | set(map(tuple, source_ids(show)))
        if wanted & set(source_ids(show)) or external & own:
            return show
    return None


def match_score(show: Show, candidate: SearchResult) -> MatchScore:
    """Score a match; contradictions outweigh an equal title."""
    mine = search_forms((show.title, show.original_title, *show.aliases))
    theirs = {form for one in candidate.records for form in search_forms((one.title, one.original_title, *one.aliases))}
    if not mine & theirs:
        return MatchScore(0, ())
    originals = search_forms((show.original_title,)) & theirs
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
            shared = [name for name in given if search_form(name) in search_forms(have)]
            score += 1 if shared else -1
            reasons += [f"the same {label}, {shared[0]}"] if shared else []
    people = {search_form(credit.actor) for credit in show.cast} | search_forms((*show.directors, *show.writers))
    shared_people = [
        name
        for one in candidate.records
        for name in (*(credit.actor for credit in one.cast), *one.directors, *one.writers)
        if search_form(name) in people
    ]
    if shared_people:
        score, reasons = score + 2, [*reasons, f"with {shared_people[0]}"]
    if candidate.kind and candidate.kind != show.kind:
        score -= 1
    if all(one.status is not None and one.status.is_out for one in candidate.records) and not (
        show.status is not None and show.status.is_out
    ):
        # What is out is hardly what somebody still waits for.
        score -= 1
    return MatchScore(score, tuple(reasons))
