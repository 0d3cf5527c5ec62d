"""The whole list in the order of the screen, ready to be filtered at each key press."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from tracker.model.grouping import Group, group
from tracker.model.query import Query, haystack
from tracker.model.show import Show


class Shelf:
    """Shows under their headings, with the text that words are looked for in kept beside each.

    Args:
        shows: All shows of the list.
        by: What they are divided by, one of `GROUPINGS`.
        sort: What they are ordered by, one of `SORTS`.
        today: The day from which is seen.
        before: The shelf that this one replaces; what it knows of unchanged shows is kept.
    """

    def __init__(self, shows: Iterable[Show], by: str, sort: str, today: date, before: Shelf | None = None) -> None:
        self.today = today
        """The day from which is seen."""
        self.groups = group(shows, by, sort, today)
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
            Group(one.name, tuple(s for s in one.shows if query.matches(s, self.today, self._haystack(s))))
            for one in self.groups
        )
        return tuple(one for one in kept if one.shows)

    def _haystack(self, show: Show) -> str:
        known = self.haystacks.get(id(show))
        # The show is kept with its text, so that its id cannot come to name another.
        if known is None or known[0] is not show:
            known = self.haystacks[id(show)] = (show, haystack(show))
        return known[1]
