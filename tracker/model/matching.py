"""Search results, and which show of the list they are."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import MAXYEAR, MINYEAR
from typing import Final, NamedTuple

from tracker.model.duplicates import title_form
from tracker.model.same_values import network_form, new_people
from tracker.model.season import find_season, with_bare_titles
from tracker.model.show import Show
from tracker.model.source_record import SourceId, SourceRecord, is_linked, read_key, source_ids
from tracker.text import name_form

LIKELY: Final = 3  # the score from which a match is offered


class SearchResult(NamedTuple):
    """A show as one or several sources know it, joined by the ids that they share."""

    records: tuple[SourceRecord, ...]  # one for each source, the best first

    @property
    def source_ids(self) -> tuple[SourceId, ...]:
        return tuple(record.source_id for record in self.records)

    def for_season(self, number: int | None) -> SearchResult:
        """Return the result for a season of the show; None for the whole show."""
        return SearchResult(tuple(record.for_season(number) for record in self.records))

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
        return tuple(dict.fromkeys(name for record in self.records for name in record.networks))

    @property
    def countries(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(name for record in self.records for name in record.countries))

    @property
    def kind(self) -> str:
        return next((one.kind for one in self.records if one.kind), "")

    @property
    def raw_status(self) -> str:
        return next((one.raw_status for one in self.records if one.raw_status), "")

    @property
    def facts(self) -> list[str]:
        """What tells a show from its namesakes: season, year, networks, countries, kind, status."""
        season = self.records[0].season
        year = str(self.year or "no date")
        facts = (
            f"season {season}" if season else "",
            year,
            ", ".join(self.networks),
            ", ".join(self.countries),
            self.kind,
            self.raw_status,
        )
        return [fact for fact in facts if fact]


class MatchScore(NamedTuple):
    """How well a search result matches a show, and why."""

    score: int
    reasons: tuple[str, ...]

    @property
    def is_likely(self) -> bool:
        return self.score >= LIKELY


def merge_results(records: Iterable[SourceRecord]) -> tuple[SearchResult, ...]:
    """Return search results in the order of the records, joining records that share an id.

    Titles prove nothing, many works share one. Two records of one source are two shows.
    """
    groups: list[list[SourceRecord]] = []
    for record in records:
        ids = set(record.all_ids.items())
        joined, sources = None, {record.source}
        for group in [group for group in groups if any(ids & set(other.all_ids.items()) for other in group)]:
            group_sources = {other.source for other in group}
            members = [*(joined or ()), record]
            if sources & group_sources or any(_contradict(a, b) for a in group for b in members):
                continue
            sources |= group_sources
            if joined is None:
                joined = group
            else:
                # The record has ids of both groups, so what seemed to be two shows is one.
                joined += group
                groups.remove(group)
        if joined is None:
            groups.append([record])
        else:
            joined.append(record)
    return tuple(SearchResult(tuple(group)) for group in groups)


def _contradict(one: SourceRecord, other: SourceRecord) -> bool:
    """Return whether two records have different ids at the same source."""
    other_ids = other.all_ids
    return any(other_ids.get(source, key) != key for source, key in one.all_ids.items())


def find_on_list(result: SearchResult, shows: Iterable[Show]) -> Show | None:
    """Return the show that shares an id with the result, and is of the same season, or the whole show as it is."""
    season = result.records[0].season
    external_ids = {(name, key) for record in result.records for name, key in record.ids}
    for show in shows:
        if show.season != season:
            continue
        show_ids = set(source_ids(show))
        all_ids = {(name, read_key(name, value, show.kind) or str(value)) for name, value in show.ids.items()}
        if show_ids & set(result.source_ids) or all_ids & external_ids:
            return show
    return None


def find_seasons_on_list(result: SearchResult, shows: Iterable[Show]) -> tuple[Show, ...]:
    """Return the entries that are seasons of the show that was found."""
    seasons = (show for show in shows if show.season is not None)
    return tuple(show for show in seasons if find_on_list(result.for_season(show.season), (show,)) is not None)


def find_same_title(result: SearchResult, shows: Iterable[Show]) -> Show | None:
    """Return a show with the result's title among its names and no id at any of its sources."""
    titles = _title_forms((result.title, result.original_title))
    sources = {source_id.source for source_id in result.source_ids}
    for show in shows:
        linked = {source_id.source for source_id in source_ids(show)}
        if not titles.isdisjoint(_own_titles(show)) and not sources & linked:
            return show
    return None


def match_score(show: Show, result: SearchResult) -> MatchScore:
    """Score a match; contradictions outweigh an equal title.

    An entry that is one season is compared with the show: by its title without the season, and not by its dates.
    """
    records, is_season = result.records, is_one_season(show)
    their_titles = _title_forms(name for one in records for name in (one.title, one.original_title, *one.aliases))
    if not _own_titles(show) & their_titles:
        return MatchScore(0, ())
    is_original = bool(_title_forms(with_bare_titles(show.original_title)) & their_titles)
    score, reasons = (2, ["the same original title"]) if is_original else (1, ["the same title"])
    year, release = result.year, show.release
    if release is not None and not release.is_tba and year is not None and not is_season:
        first = release.earliest.year if release.earliest is not None else MINYEAR
        last = release.latest.year if release.latest is not None else MAXYEAR
        if first <= year <= last:
            if not release.is_open:
                score, reasons = score + 1, [*reasons, f"the same year, {year}"]
        elif not first - 1 <= year <= last + 1:
            score -= 3
    for label, form, mine, theirs in (
        ("network", network_form, show.networks, result.networks),
        ("country", name_form, show.countries, result.countries),
    ):
        if mine and theirs:
            known = set(map(form, mine))
            shared = [name for name in theirs if form(name) in known]
            score += 1 if shared else -1
            reasons += [f"the same {label}, {shared[0]}"] if shared else []
    their_people = tuple(
        name for one in records for name in (*(credit.actor for credit in one.cast), *one.directors, *one.writers)
    )
    others = set(new_people(show.people, their_people))
    if shared_person := next((name for name in their_people if name not in others), ""):
        score, reasons = score + 2, [*reasons, f"with {shared_person}"]
    if result.kind and result.kind != show.kind:
        score -= 1
    if (
        not is_season
        and not show.is_out
        and all(record.status is not None and record.status.is_out for record in records)
    ):
        # What is out is hardly what somebody still waits for.
        score -= 1
    return MatchScore(score, tuple(reasons))


def is_one_season(show: Show) -> bool:
    """Return whether an entry is one season of a show, or has a title that says so."""
    return show.season is not None or guess_season(show) is not None


def guess_season(show: Show) -> int | None:
    """Return the season that the titles of an entry name; None for a film."""
    return find_season((show.title, show.original_title, *show.aliases)) if show.kind == "series" else None


def is_season_of(show: Show, number: int, record: SourceRecord) -> bool:
    """Return whether an entry is this season of a record's show, by its ids or its titles."""
    if (show.season or guess_season(show)) != number:
        return False
    if is_linked(show, record):
        return True
    theirs = _title_forms((record.title, record.original_title, *record.aliases))
    return not theirs.isdisjoint(_own_titles(show))


def _title_forms(titles: Iterable[str]) -> set[str]:
    return {title_form(title) for title in titles if title}


def _own_titles(show: Show) -> set[str]:
    return _title_forms(with_bare_titles(show.title, show.original_title, *show.aliases))
