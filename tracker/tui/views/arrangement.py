"""What every view is given to show, and what it posts."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from textual.message import Message

from tracker.model.episode import Episode
from tracker.model.show import Show
from tracker.model.watchlist import DamagedEntry
from tracker.reports.grouping import Group

Item = Show | DamagedEntry


def item_key(item: Item) -> str:
    """Return what tells an item of the list from all others: a show's id, a damaged entry's line."""
    return item.id if isinstance(item, Show) else f"line {item.start}"


class Arrangement(NamedTuple):
    """The list as it is to be shown: filtered, in groups and in order."""

    groups: Sequence[Group]
    damaged: Sequence[DamagedEntry]
    """Entries that cannot be read; they come first."""
    today: date
    native: bool
    """Whether titles are shown in their own script."""
    marked: frozenset[str] = frozenset()
    """The ids of the marked shows."""
    empty_text: str = ""
    """What is said in an empty list."""
    notes: Mapping[str, str] = {}
    """What is shown in place of the window, by show id."""
    episodes: Mapping[str, Episode] = {}
    """The next episodes that are known, by show id."""
    groups_move: bool = False
    """Whether a show's heading changes with time."""

    @property
    def shows(self) -> Iterator[Show]:
        """The shows in their order, each once, though it may be in several groups."""
        return iter({show.id: show for group in self.groups for show in group.shows}.values())


@dataclass
class ShowSelected(Message):
    """The cursor of a view is on another item, or on none."""

    item: Item | None


@dataclass
class ShowActivated(Message):
    """An item was chosen by Enter or by a double click."""

    item: Item


class TimeChanged(Message):
    """A view shows another time, or the list as it was known on another day."""
