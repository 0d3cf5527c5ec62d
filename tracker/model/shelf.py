"""The whole list in screen order, filtered at each key press."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import TYPE_CHECKING

from tracker.model.grouping import Group, group
from tracker.model.query import Query, haystack
from tracker.model.show import Person, Show

if TYPE_CHECKING:
    from tracker.model.agenda import Agenda


class Shelf:
    """The shows under their headings, with the text that a filter searches cached for each.

    Args:
        shows: All shows of the list.
        by: One of `GROUPINGS`.
        sort: One of `SORTS`.
        today: The day from which is seen.
        before: The listing that this one replaces; its texts of unchanged shows are kept.
        people: The cards of the list, for grouping by person.
        agenda: Divides the shows instead of `by`.
    """

    def __init__(
        self,
        shows: Iterable[Show],
        by: str,
        sort: str,
        today: date,
        before: Shelf | None = None,
        *,
        people: Iterable[Person] = (),
        agenda: Agenda | None = None,
    ) -> None:
        self.today = today
        self.groups = agenda.groups(shows, sort) if agenda is not None else group(shows, by, sort, today, people)
        self.haystacks: dict[int, tuple[Show, str]] = before.haystacks if before is not None else {}
        """By `id` of the show, which is kept with its text."""

    @property
    def shows(self) -> tuple[Show, ...]:
        """All shows in screen order."""
        return tuple(show for one in self.groups for show in one.shows)

    def prepare(self) -> None:
        """Build the search texts of all shows ahead of the first filter."""
        for one in self.groups:
            for show in one.shows:
                self._haystack(show)

    def select(self, query: Query) -> tuple[Group, ...]:
        """Return the groups with the matching shows; empty groups are left out."""
        if not query.tests and not query.words:
            return self.groups
        kept = (
            one._replace(shows=tuple(s for s in one.shows if query.matches(s, self.today, self._haystack(s))))
            for one in self.groups
        )
        found = [one for one in kept if one.shows or one.is_line]
        # A line with nothing below divides nothing.
        return tuple(found[:-1] if found and found[-1].is_line else found)

    def _haystack(self, show: Show) -> str:
        known = self.haystacks.get(id(show))
        # The show is kept with its text, so that its id cannot come to name another.
        if known is None or known[0] is not show:
            known = self.haystacks[id(show)] = (show, haystack(show))
        return known[1]
