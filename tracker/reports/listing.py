"""The whole list in screen order, filtered at each key press."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Sequence
from datetime import date
from typing import TYPE_CHECKING, NamedTuple

from tracker.errors import BadQuery
from tracker.model.search_phrase import SearchText
from tracker.model.show import Person, Show
from tracker.reports.grouping import Group, group_shows
from tracker.reports.query import Query, parse_view, search_text
from tracker.reports.saved_view import SavedView

if TYPE_CHECKING:
    from tracker.reports.agenda import Agenda


class Selection(NamedTuple):
    """What a query selects of a list."""

    groups: tuple[Group, ...]
    is_near: bool = False  # whether nothing matches the query but with a typing mistake in one of its words


class Listing:
    """The shows under their headings, with the text that a filter searches cached for each.

    With an agenda, that divides the shows instead of `by`. `before` is the listing that this one replaces; its texts
    of unchanged shows are kept.
    """

    def __init__(
        self,
        shows: Iterable[Show],
        by: str,
        sort: str,
        today: date,
        before: Listing | None = None,
        *,
        people: Iterable[Person] = (),
        agenda: Agenda | None = None,
    ) -> None:
        self.today = today
        self.groups = agenda.groups(shows, sort) if agenda is not None else group_shows(shows, by, sort, today, people)
        self.search_texts: dict[int, tuple[Show, SearchText]] = before.search_texts if before is not None else {}
        """By `id` of the show, which is kept with its text."""

    @property
    def shows(self) -> tuple[Show, ...]:
        return tuple(show for group in self.groups for show in group.shows)

    def prepare(self) -> None:
        """Build the search texts of all shows ahead of the first filter."""
        for show in self.shows:
            self.search_text(show)

    def select(self, query: Query, kept: Collection[str] = ()) -> Selection:
        """Select the matching shows, else those that nearly match, and those of the ids `kept`.

        Empty groups are left out.
        """
        if not query.predicates and not query.terms:
            return Selection(self.groups)
        groups, has_found = self._keep_matches(query, kept)
        if not has_found and (near := query.near) is not None:
            near_groups, has_found = self._keep_matches(near, kept)
            if has_found:
                return Selection(near_groups, is_near=True)
        return Selection(groups)

    def _keep_matches(self, query: Query, kept: Collection[str]) -> tuple[tuple[Group, ...], bool]:
        """Return the groups with the matching shows and those of the ids `kept`, and whether any show matches."""
        has_found = False

        def is_kept(show: Show) -> bool:
            nonlocal has_found
            if query.matches(show, self.today, self.search_text(show)):
                has_found = True
                return True
            return show.id in kept

        return _keep_shows(self.groups, is_kept), has_found

    def search_text(self, show: Show) -> SearchText:
        """Return the text in which words are searched for."""
        cached = self.search_texts.get(id(show))
        # The show is kept with its text, so that its id cannot come to name another.
        if cached is None or cached[0] is not show:
            cached = self.search_texts[id(show)] = (show, search_text(show))
        return cached[1]


def hide_seen(groups: Iterable[Group], kept: Collection[str] = ()) -> tuple[tuple[Group, ...], int]:
    """Return the groups without what their owner has watched or dropped, and how many shows that is.

    The shows of the ids `kept` stay.
    """
    groups = tuple(groups)
    hidden = {show.id for group in groups for show in group.shows if show.is_finished and show.id not in kept}
    return (_keep_shows(groups, lambda show: show.id not in hidden) if hidden else groups), len(hidden)


def count_views(
    views: Sequence[SavedView],
    shows: Iterable[Show],
    people: Iterable[Person],
    today: date,
    *,
    shows_seen: bool,
    text_of: Callable[[Show], SearchText] = search_text,
) -> dict[str, int | None]:
    """Return how many shows each saved view has, by name; None where its filter cannot be read.

    `shows_seen` says whether a view that does not say so shows what was watched or dropped; `text_of` returns the text
    in which words are searched for.
    """
    shows, people = tuple(shows), tuple(people)
    counts: dict[str, int | None] = {}
    for view in views:
        try:
            query = parse_view(view, people, views)
        except BadQuery:
            counts[view.name] = None
            continue
        with_seen = shows_seen if view.seen is None else view.seen
        found = (show for show in shows if with_seen or not show.is_finished)
        counts[view.name] = sum(query.matches(show, today, text_of(show) if query.terms else None) for show in found)
    return counts


def _keep_shows(groups: Iterable[Group], is_kept: Callable[[Show], bool]) -> tuple[Group, ...]:
    """Return the groups with those shows only; empty groups are left out."""
    kept = []
    for group in groups:
        shows = tuple(show for show in group.shows if is_kept(show))
        if shows or group.is_divider:
            kept.append(group._replace(shows=shows))
    # A divider with nothing below divides nothing.
    return tuple(kept[:-1] if kept and kept[-1].is_divider else kept)
