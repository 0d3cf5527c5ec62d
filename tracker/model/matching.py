"""Search results, and comparing what sources say with what is on the list."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import MAXYEAR, MINYEAR
from functools import lru_cache
from typing import Any, Final, NamedTuple

from tracker.model.countries import find_country, is_ambiguous
from tracker.model.duplicates import title_form
from tracker.model.genres import fold_genres
from tracker.model.season import find_season, split_season
from tracker.model.show import Credit, Show
from tracker.model.source_record import SourceId, SourceRecord, read_key, source_ids
from tracker.text import is_same_person, name_form, search_form

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
    titles = set(map(title_form, filter(None, (result.title, result.original_title))))
    sources = {source_id.source for source_id in result.source_ids}
    for show in shows:
        linked = {source_id.source for source_id in source_ids(show)}
        names = map(title_form, filter(None, _show_titles(show.title, show.original_title, *show.aliases)))
        if not titles.isdisjoint(names) and not sources & linked:
            return show
    return None


def match_score(show: Show, result: SearchResult) -> MatchScore:
    """Score a match; contradictions outweigh an equal title.

    An entry that is one season is compared with the show: by its title without the season, and not by its dates.
    """
    records, is_season = result.records, is_one_season(show)
    their_titles = _title_forms(name for one in records for name in (one.title, one.original_title, *one.aliases))
    if not _title_forms(_show_titles(show.title, show.original_title, *show.aliases)) & their_titles:
        return MatchScore(0, ())
    is_original = bool(_title_forms(_show_titles(show.original_title)) & their_titles)
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
    others = set(_new_people(show.people, their_people))
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


def same_value(show: Show, name: str, theirs: Any) -> bool:
    """Return whether a value adds nothing to the show's.

    Case, accents, marks, spaces and order make no difference, nor do the known names of a network and of a genre, and
    the order of a person's names. Of a cast only the people count: a role in other words is no news.
    """
    mine = getattr(show, name)
    if name in ("title", "original_title"):
        titles = _show_titles(show.title, show.original_title, *show.aliases)
        return bool(mine) and _bare_title(theirs) in {_bare_title(title) for title in titles if title}
    if name == "aliases":
        return name_forms(theirs) <= name_forms(_show_titles(show.title, show.original_title, *mine))
    if name in _NEW_ITEMS:
        return not new_items(name, mine, theirs)
    return bool(mine.split() == theirs.split()) or search_form(mine) == search_form(theirs)


def new_items(name: str, mine: Sequence[Any], theirs: Sequence[Any]) -> tuple[Any, ...]:
    """Return the items of a source's list that mine does not have in any spelling: networks, people, countries."""
    return _NEW_ITEMS[name](mine, theirs)


def same_words(name: str, one: Any, other: Any) -> bool:
    """Return whether two values of a field are the same words; genres may be from before they had one vocabulary."""
    return bool(fold_genres(one) == fold_genres(other) if name == "genres" else one == other)


def value_key(name: str, value: Any) -> str:
    """Return a form of a value that stays the same while only its wording changes.

    Lists have their items on lines of their own, sorted. What a source tells in its own words, as a synopsis, is "".
    """
    if name in _IN_OWN_WORDS:
        return ""
    if name == "release":
        return str(value.edtf or value.text)
    if name == "status":
        return str(value.value)
    if name in ("title", "original_title"):
        return _bare_title(value)
    keys = {"networks": network_form, "countries": name_form}
    items = (credit.actor for credit in value) if name == "cast" else value
    return "\n".join(sorted(map(keys.get(name, _person_key), items)))


def _new_names(form: Callable[[str], str]) -> Callable[[Sequence[str], Sequence[str]], tuple[str, ...]]:
    def find(mine: Sequence[str], theirs: Sequence[str]) -> tuple[str, ...]:
        known = {form(name) for name in mine}
        return tuple(name for name in theirs if form(name) not in known)

    return find


def _new_people(mine: Sequence[str], theirs: Sequence[str]) -> tuple[str, ...]:
    known: dict[str, list[str]] = {}
    for name in mine:
        known.setdefault(_person_key(name), []).append(name)
    return tuple(
        name for name in theirs if not any(_is_same_person(name, one) for one in known.get(_person_key(name), ()))
    )


def _new_credits(mine: Sequence[Credit], theirs: Sequence[Credit]) -> tuple[Credit, ...]:
    new = set(_new_people([credit.actor for credit in mine], [credit.actor for credit in theirs]))
    return tuple(credit for credit in theirs if credit.actor in new)


def _new_genres(mine: Sequence[str], theirs: Sequence[str]) -> tuple[str, ...]:
    known = name_forms(fold_genres(mine))
    return tuple(genre for genre in fold_genres(theirs) if name_form(genre) not in known)


@lru_cache(maxsize=4096)
def _person_key(name: str) -> str:
    """Return the same text for all orders of a person's names; a few others have it too."""
    form = name_form(name)
    return min((form[at:] + form[:at] for at in range(len(form))), default="")


def _is_same_person(one: str, other: str) -> bool:
    """Return whether two names are those of one person, family name first or last: "Park Seo-joon", "Seojoon Park"."""
    words = search_form(one).split()
    return any(is_same_person(" ".join(words[at:] + words[:at]), other) for at in range(len(words)))


@lru_cache(maxsize=4096)
def network_form(name: str) -> str:
    """Return the form in which networks are compared: "TV TOKYO" and "TV Tokyo", "Netflix" and "Netflix Japan" are one.

    A country at the end, a remark in brackets, and words that all networks have make no difference.
    """
    form = search_form(re.split(r"[(（\[]", name, maxsplit=1)[0] or name)
    words = form.removeprefix("the ").split()
    for most in (2, 1):
        if len(words) > most and _is_country(" ".join(words[-most:])):
            words = words[:-most]
    while len(words) > 1 and words[-1] in _NETWORK_WORDS:
        words = words[:-1]
    bare = name_form(" ".join(words))
    return _NETWORKS.get(bare, bare)


def _is_country(words: str) -> bool:
    """Return whether words name a country; a code of two letters is more often a part of the name: "Tokyo MX"."""
    return words in ("jp", "kr", "uk", "us") or (len(words) > 2 and (is_ambiguous(words) or bool(find_country(words))))


@lru_cache(maxsize=4096)
def _bare_title(title: str) -> str:
    """Return the form of a title without the year or country that tells it from namesakes: "Glory (2023)"."""
    return name_form(re.sub(r"\((?:\d{4}|[A-Z]{2})\)$", "", title) or title)


_NETWORK_WORDS: Final = frozenset({"channel", "network", "television", "tv", "originals", "studios"})
_NETWORKS: Final = {
    "amazon": "primevideo", "amazonprime": "primevideo", "amazonprimevideo": "primevideo", "appletvplus": "apple",
    "disneyplushotstar": "disneyplus", "hbogo": "hbo", "hbomax": "max", "hbonow": "hbo", "jiohotstar": "disneyplus",
    "paramountpluswithshowtime": "paramountplus", "ntv": "nippon", "nippontv": "nippon", "cx": "fuji", "tx": "tvtokyo",
    "ex": "tvasahi",
}  # fmt: skip
"""Names of networks in their form, and the one that stands for all of them."""
_IN_OWN_WORDS: Final = frozenset({"synopsis", "genres", "aliases"})
_NEW_ITEMS: Final[Mapping[str, Callable[[Any, Any], tuple[Any, ...]]]] = {
    "networks": _new_names(network_form), "countries": _new_names(name_form), "genres": _new_genres,
    "directors": _new_people, "writers": _new_people, "cast": _new_credits,
}  # fmt: skip


def name_forms(names: Iterable[str]) -> set[str]:
    """Return the forms in which the names are compared that are not empty."""
    return {name_form(name) for name in names if name}


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
    if record.source_id.show in (source_id.show for source_id in source_ids(show)):
        return True
    theirs = _title_forms((record.title, record.original_title, *record.aliases))
    return not theirs.isdisjoint(_title_forms(_show_titles(show.title, show.original_title, *show.aliases)))


def _show_titles(*titles: str) -> Iterator[str]:
    """Yield titles, and those with a season also without it."""
    for title in titles:
        yield title
        if (name := split_season(title)[0]) != title:
            yield name


def _title_forms(titles: Iterable[str]) -> set[str]:
    return {title_form(title) for title in titles if title}
