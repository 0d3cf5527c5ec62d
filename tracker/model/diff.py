"""The difference between two states of a list."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from tracker.model.show import Show
from tracker.model.watchlist import DamagedEntry, Watchlist
from tracker.text import slug


class ShowDiff(NamedTuple):
    """A show that differs between two lists."""

    before: Show
    after: Show

    @property
    def fields(self) -> tuple[str, ...]:
        return tuple(name for name in Show._fields if getattr(self.before, name) != getattr(self.after, name))

    @property
    def content_fields(self) -> list[str]:
        """The changed fields without `id` and `history`, which follow from others."""
        return [name for name in self.fields if name not in ("id", "history")]


class WatchlistDiff(NamedTuple):
    """Everything that differs between two lists."""

    added: tuple[Show, ...] = ()
    removed: tuple[Show, ...] = ()
    changed: tuple[ShowDiff, ...] = ()
    damaged: int = 0  # how many more entries cannot be read; negative if some were repaired
    people: bool = False  # whether a person's card differs

    @property
    def renamed_ids(self) -> dict[str, str]:
        """New ids by old ids."""
        return {change.before.id: change.after.id for change in self.changed if change.before.id != change.after.id}

    @property
    def show_ids(self) -> tuple[str, ...]:
        return tuple(show.id for show in (*self.added, *(change.after for change in self.changed)))


def diff_watchlists(before: Watchlist, after: Watchlist) -> WatchlistDiff:
    """Compare two lists; a show that became unreadable counts as damaged, not as removed."""
    if before is after:
        return WatchlistDiff()
    old = {show.id: show for show in before.shows}
    new = {show.id: show for show in after.shows}
    added = [show for show in after.shows if show.id not in old and not _is_among(show, before.damaged)]
    removed = [show for show in before.shows if show.id not in new and not _is_among(show, after.damaged)]
    changed = [ShowDiff(old[i], show) for i, show in new.items() if i in old and old[i] is not show and old[i] != show]
    for gone in removed[:]:
        # An entry without an id of its own takes another with another title.
        if (same := next((show for show in added if _is_renamed(gone, show)), None)) is not None:
            changed.append(ShowDiff(gone, same))
            added.remove(same)
            removed.remove(gone)
    damaged = len(after.damaged) - len(before.damaged)
    return WatchlistDiff(tuple(added), tuple(removed), tuple(changed), damaged, before.people != after.people)


def _is_among(show: Show, damages: Iterable[DamagedEntry]) -> bool:
    return any(damage.show_id == show.id or show.title in damage.text for damage in damages)


def _is_renamed(before: Show, after: Show) -> bool:
    """Return whether two entries, with ids made from their titles, differ in nothing else and are not empty."""
    if not all(show.id.startswith(slug(show.title)) for show in (before, after)):
        return False
    nameless = before._replace(id="", title="")
    return nameless == after._replace(id="", title="") and nameless != Show("", "")
