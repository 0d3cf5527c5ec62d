"""The inbox: what changed, by sources and by others who write the file."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import TYPE_CHECKING

from tracker.errors import NothingToUndo
from tracker.model.news import NewsItem
from tracker.model.source_record import SourceId
from tracker.service.edits import Edits
from tracker.service.outcome import Outcome

if TYPE_CHECKING:
    from tracker.store.source_db import SourceDatabase


class Inbox:
    """The news items of one watchlist."""

    def __init__(self, database: SourceDatabase, edits: Edits) -> None:
        self._database = database
        self._edits = edits

    def items(self, since: datetime | None = None) -> tuple[NewsItem, ...]:
        """Return the kept items since a moment, None for all: loud ones first, then the newest."""
        return self._database.news(since=since)

    def unread(self) -> tuple[NewsItem, ...]:
        return self._database.news(unread=True)

    def count(self) -> int:
        return self._database.count_unread()

    def add(self, items: Iterable[NewsItem]) -> None:
        self._database.add_news(items)

    def add_once(self, item: NewsItem, keys: Sequence[str]) -> bool:
        """Add an item unless one with any of these keys was added before, ever; return whether it was added."""
        return self._database.add_news_once(item, keys)

    def was_told(self, keys: Sequence[str]) -> bool:
        """Return whether an item with any of these keys was added before; writes nothing."""
        return self._database.was_told(keys)

    def mark_read(self, numbers: Iterable[int] | None = None) -> None:
        """Mark the items of these numbers as read, None for all."""
        self._database.mark_read(numbers)

    def forget(self, numbers: Iterable[int]) -> None:
        self._database.delete_news(numbers)

    def undo(self, item: NewsItem) -> Outcome:
        """Take back what an item changed on the list, however long ago.

        Raises:
            NothingToUndo: It changed nothing.
        """
        if not item.can_be_undone:
            raise NothingToUndo("This changed nothing on your list.")
        label = f"{item.title}: “{item.text}” undone"
        outcome = self._edits.revert(item, label)
        self.mark_read([item.number])
        return outcome

    def offers(self, show_id: str) -> tuple[NewsItem, ...]:
        """Return the items that ask something about this show, "" for any show."""
        return tuple(item for item in self.items() if show_id in ("", item.show_id) and item.match_offer)

    def close_offers(self, show_id: str, source_ids: Iterable[SourceId]) -> None:
        """Delete the items that offer one of these records, for a show, or "" for any."""
        names = set(map(str, source_ids))
        self.forget([item.number for item in self.offers(show_id) if names & set(item.offered_ids)])
