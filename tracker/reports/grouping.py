"""How the list is divided under headings and ordered."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date
from typing import Final, NamedTuple

from tracker.model.countries import country_code, country_name
from tracker.model.dates import month_end, week_end
from tracker.model.show import Person, Show
from tracker.model.status import Status
from tracker.model.window import order_key
from tracker.text import is_same_person, name_form, search_form

Key = tuple[object, ...]
Bucket = tuple[int, int, str]  # order, suborder and name of a group

GROUPINGS: Final = ("release", "status", "network", "country", "person", "none")
"""With "network", "country" and "person" a show appears under each of its own."""
SORTS: Final = ("release", "title", "status", "claim", "rating")  # sort orders; "claim" is the newest claim first


class Group(NamedTuple):
    """A heading and the shows under it."""

    name: str
    shows: tuple[Show, ...]
    is_divider: bool = False  # whether it is a line across the list, without shows of its own


class ReleaseBuckets:
    """Assign each show to a group by its release, as seen from one day; weeks begin on Monday."""

    def __init__(self, today: date) -> None:
        self.today = today
        self._week_end = week_end(today)
        self._month_end = month_end(today)

    def bucket_of(self, show: Show) -> Bucket:
        status, window = show.status, show.release
        if status is Status.CANCELLED:
            return (9, 0, "Cancelled")
        if show.is_out:
            return (7, 0, "On air") if status is Status.AIRING else (8, 0, "Out")
        if window is None or window.is_tba:
            return (6, 1, "TBA") if window is not None else (6, 2, "No date")
        if show.is_overdue(self.today):
            return (0, 0, "Overdue")
        if show.is_postponed:
            # Its date is not taken back, but nobody counts on it.
            return (6, 0, "Postponed or on hiatus")
        if window.latest is None:
            year = window.earliest.year if window.earliest is not None else 0
            return (5, year, f"{year:04} or later")
        if window.latest == self.today:
            return (1, 0, "Today")
        if window.latest <= self._week_end:
            return (2, 0, "This week")
        if window.latest <= self._month_end:
            return (3, 0, "This month")
        if window.latest.year == self.today.year:
            return (4, 0, "Later this year")
        return (5, window.latest.year, f"{window.latest.year:04}")


def group_shows(
    shows: Iterable[Show], by: str, sort: str, today: date, people: Iterable[Person] = ()
) -> tuple[Group, ...]:
    """Divide the shows under headings (one of `GROUPINGS`), each ordered by `sort` (one of `SORTS`)."""
    ordered = sorted(shows, key=sort_key(sort))
    match by:
        case "person":
            return _by_person(ordered, people)
        case "network":
            return _by_each(ordered, lambda show: show.networks, "No network")
        case "country":
            return _by_each(
                ordered, lambda show: [country_name(country_code(code)) for code in show.countries], "No country"
            )
    bucket_of = _bucket_function(by, today)
    buckets: dict[Bucket, list[Show]] = {}
    for show in ordered:
        buckets.setdefault(bucket_of(show), []).append(show)
    return tuple(Group(bucket[2], tuple(buckets[bucket])) for bucket in sorted(buckets))


def _by_each(ordered: Iterable[Show], names_of: Callable[[Show], Iterable[str]], none: str) -> tuple[Group, ...]:
    """List each show under every one of its names, in alphabetical order; spellings of one name are one heading."""
    names: dict[str, str] = {}
    shows: dict[str, list[Show]] = {}
    others: list[Show] = []
    for show in ordered:
        own = {name_form(name): name for name in reversed((*names_of(show),))}
        for form, name in own.items():
            # Whichever show comes first, the heading is spelled alike.
            names[form] = min(names.get(form, name), name)
            shows.setdefault(form, []).append(show)
        if not own:
            others.append(show)
    groups = tuple(Group(names[form], tuple(shows[form])) for form in sorted(shows))
    return (*groups, Group(none, tuple(others))) if others else groups


def _by_person(ordered: list[Show], people: Iterable[Person]) -> tuple[Group, ...]:
    """List each show under everybody in it who has a card or another show; followed people come first."""
    spellings = _Spellings()
    cards: dict[str, Person] = {}
    for person in people:
        for name in person.names:
            # Of two cards with a name the first counts, as everywhere.
            cards.setdefault(spellings.first_of(name), person)
    shows_by_name: dict[str, list[Show]] = {}
    for show in ordered:
        for name in dict.fromkeys(show.people):
            first = spellings.first_of(name)
            if (card := cards.get(first)) is not None:
                first = spellings.first_of(card.name)
            shows = shows_by_name.setdefault(first, [])
            if shows[-1:] != [show]:
                shows.append(show)
    listed = [name for name, shows in shows_by_name.items() if name in cards or len(shows) > 1]
    listed.sort(key=lambda name: (not (name in cards and cards[name].follow), search_form(name)))
    listed_ids = {show.id for name in listed for show in shows_by_name[name]}
    others = tuple(show for show in ordered if show.id not in listed_ids)
    groups = [Group(name, tuple(shows_by_name[name])) for name in listed]
    return (*groups, Group("Other shows", others)) if others else tuple(groups)


class _Spellings:
    """Spellings of names of people; no two of one person contradict each other."""

    def __init__(self) -> None:
        self._people: dict[str, list[list[str]]] = {}
        self._first: dict[str, str] = {}

    def first_of(self, name: str) -> str:
        """Return the spelling of this person that was met first, which is this one if there was none."""
        if (first := self._first.get(name)) is None:
            people = self._people.setdefault(name_form(name), [])
            same = (names for names in people if all(is_same_person(known, name) for known in names))
            if (names := next(same, None)) is None:
                people.append(names := [])
            names.append(name)
            first = self._first[name] = names[0]
        return first


def _bucket_function(by: str, today: date) -> Callable[[Show], Bucket]:
    match by:
        case "release":
            return ReleaseBuckets(today).bucket_of
        case "status":
            return lambda show: (
                (0, show.status.rank, show.status.value.capitalize()) if show.status else (1, 0, "No status")
            )
    return lambda show: (0, 0, "")


def sort_key(sort: str) -> Callable[[Show], Key]:
    """Return the sort key of shows; ties go by title."""
    match sort:
        case "title":
            return lambda show: (search_form(show.title), show.id)
        case "status":
            return lambda show: (show.status.rank if show.status else 99, search_form(show.title))
        case "claim":
            return lambda show: (
                -max((c.on.toordinal() for c in show.history if c.on), default=0),
                search_form(show.title),
            )
        case "rating":
            return lambda show: (-(show.rating if show.rating is not None else -1), search_form(show.title))
    # The same day comes in many spellings, by which nobody looks for a show.
    return lambda show: (*order_key(show.release)[:4], search_form(show.title))
