"""The whole list in the order of the screen, ready to be filtered at each key press."""

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
    """Shows under their headings, with the text that words are looked for in kept beside each.

    Args:
        shows: All shows of the list.
        by: What they are divided by, one of `GROUPINGS`.
        sort: What they are ordered by, one of `SORTS`.
        today: The day from which is seen.
        before: The shelf that this one replaces; what it knows of unchanged shows is kept.
        people: The cards of the list, for dividing by person.
        agenda: What divides them instead of `by`, where they are looked at as an agenda.
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
        """The day from which is seen."""
        self.groups = agenda.groups(shows, sort) if agenda is not None else group(shows, by, sort, today, people)
        """Everything, divided and ordered."""
        self.haystacks: dict[int, tuple[Show, str]] = before.haystacks if before is not None else {}
        """Each show by its identity, with the text that words are looked for in."""

    @property
    def shows(self) -> tuple[Show, ...]:
        """All shows in the order of the screen."""
        return tuple(show for one in self.groups for show in one.shows)

    def prepare(self) -> None:
        """Make ready the texts that a filter looks into; the first filter does it otherwise."""
        for one in self.groups:
            for show in one.shows:
                self._haystack(show)

    def select(self, query: Query) -> tuple[Group, ...]:
        """Return the groups with the shows that pass; empty groups are left out."""
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
