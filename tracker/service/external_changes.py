"""Changes of the watchlist file by others than this program: an editor, or another machine."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager, suppress
from datetime import datetime
from pathlib import Path
from threading import RLock
from typing import Final

from tracker.errors import TrackerError, WatchlistLocked
from tracker.model.diff import ShowDiff, diff_watchlists
from tracker.model.formatting import describe_show_diff
from tracker.model.history import ME
from tracker.model.news import NewsItem
from tracker.model.show import Show
from tracker.service.inbox import Inbox
from tracker.service.open_watchlist import OpenWatchlist
from tracker.store.app_state import LastSeenFile
from tracker.store.document import read_block
from tracker.store.operations import CONTEXT_LENGTH
from tracker.store.snapshot import Snapshot, find_difference, read_snapshot

SOURCE: Final = "file"
"""The source of such news."""
_LOUD: Final = frozenset({"status", "release"})
_OWN_FIELDS: Final = frozenset(
    {"id", "history", "tags", "notes", "rating", "watch", "remind", "ids", "links", "follows"}
)
"""Changes of these are quiet."""


class ExternalChanges:
    """Compares each state of the file with the one that its owner saw last, and keeps the differences as news.

    The file is compared before each edit of this program and remembered after it, so any difference was written by
    others. Nothing is kept before the first `check`.

    `open_inbox` is called when there is something to keep. `hold` keeps other processes from writing; one that just
    did notes it before it lets go.
    """

    def __init__(
        self,
        state: Path,
        watchlist: OpenWatchlist,
        open_inbox: Callable[[], Inbox],
        hold: Callable[[], AbstractContextManager[None]],
    ) -> None:
        self._watchlist = watchlist
        self._open_inbox = open_inbox
        self._hold = hold
        self._last_seen = LastSeenFile(state, watchlist.path)
        self._lock = RLock()

    def before_edit(self, snapshot: Snapshot) -> None:
        """Keep what others changed as news; an edit is not refused because that is impossible."""
        if self._last_seen.exists:
            with suppress(TrackerError):
                self._compare(snapshot)

    def after_edit(self, before: Snapshot, after: Snapshot) -> None:
        """Note the file as an edit of this program left it."""
        with self._lock:
            if self._last_seen.exists:
                self._last_seen.save_edit(before.data, after.data, find_difference(before, after))

    def find(self) -> tuple[NewsItem, ...]:
        """Return what others changed since the last `check`, as news that is not kept."""
        before = self._last_seen.read() if self._watchlist.as_of is None else None
        snapshot = self._watchlist.snapshot
        if before is None or before == snapshot.data:
            return ()
        return find_external_changes(before, snapshot, self._watchlist.moment)

    def check(self) -> tuple[NewsItem, ...]:
        """Return what others changed since the last call, and keep it as news. Blocks."""
        if self._watchlist.as_of is not None or not self._watchlist.current.is_complete:
            return ()
        try:
            if self._is_seen(self._watchlist.path.read_bytes()):
                return ()
            with self._hold():
                data = self._watchlist.path.read_bytes()
                snapshot = self._watchlist.snapshot
                if data != snapshot.data:
                    snapshot = read_snapshot(data.decode(), snapshot)
                return self._compare(snapshot)
        except (OSError, UnicodeDecodeError, WatchlistLocked):
            # It is looked at again when the file changes, and at the next start.
            return ()

    def _is_seen(self, data: bytes) -> bool:
        with self._lock:
            return self._last_seen.has(data)

    def mark_seen(self) -> None:
        """Remember the file as it is: its owner wrote it just now."""
        if self._watchlist.as_of is None and self._last_seen.exists:
            with suppress(OSError):
                self._last_seen.save(self._watchlist.path.read_bytes())

    def _compare(self, snapshot: Snapshot) -> tuple[NewsItem, ...]:
        with self._lock:
            if self._last_seen.has(snapshot.data):
                return ()
            items: tuple[NewsItem, ...] = ()
            if (before := self._last_seen.read()) is not None:
                items = find_external_changes(before, snapshot, self._watchlist.moment)
                if items:
                    items = self._keep(items, snapshot)
            self._last_seen.save(snapshot.data)
            return items

    def _keep(self, items: tuple[NewsItem, ...], snapshot: Snapshot) -> tuple[NewsItem, ...]:
        """Keep items and return them, each joined with the unread one that it goes on from.

        What was typed within a minute, in an editor that saves at each pause, is one change.
        """
        inbox = self._open_inbox()
        unread = {item.after: item for item in inbox.unread() if item.source == SOURCE and item.after}
        earlier = {item.before: unread[item.before] for item in items if item.before in unread}
        joined = [_join(earlier[item.before], item, snapshot) if item.before in earlier else item for item in items]
        kept = tuple(item for item in joined if item.before != item.after)
        inbox.forget([item.number for item in earlier.values()])
        inbox.add(kept)
        return kept


def find_external_changes(before: bytes, now: Snapshot, at: datetime) -> tuple[NewsItem, ...]:
    """Return the differences between two states of a file as news of a moment, in UTC."""
    old = read_snapshot(before.decode(errors="replace"), now)
    diff = diff_watchlists(old.watchlist, now.watchlist)

    def make(show: Show, text: str, grade: str = "normal") -> NewsItem:
        return NewsItem(at, grade, show.id, show.title, text, SOURCE)

    items = [make(show, "added")._replace(after=now.text_of(show.id)) for show in diff.added]
    for show in diff.removed:
        before_it, behind_it = _surroundings(old, show)
        item = make(show, "removed")._replace(before=old.text_of(show.id))
        items.append(item._replace(text_before=before_it, text_after=behind_it))
    for change in diff.changed:
        if not _is_recorded_hand_edit(change):
            item = make(change.after, describe_show_diff(change), _grade(change))
            texts = old.text_of(change.before.id), now.text_of(change.after.id)
            items.append(item._replace(before=texts[0], after=texts[1]))
    return tuple(items)


def _join(first: NewsItem, second: NewsItem, snapshot: Snapshot) -> NewsItem:
    """Return two changes of an entry, one after the other, as one."""
    joined = second._replace(before=first.before)
    if not first.before:
        return joined._replace(grade=first.grade, text=first.text)
    before, show = read_block("show", first.before).value, snapshot.watchlist.find(second.show_id)
    if not isinstance(before, Show) or show is None:
        return joined
    change = ShowDiff(before._replace(id=show.id), show)
    return joined._replace(grade=_grade(change), text=describe_show_diff(change))


def _surroundings(snapshot: Snapshot, show: Show) -> tuple[str, str]:
    place = snapshot.block_numbers[show.id]
    before = "".join(block.text for block in snapshot.blocks[:place])
    behind = "".join(block.text for block in snapshot.blocks[place + 1 :])
    return before[-CONTEXT_LENGTH:], behind[:CONTEXT_LENGTH]


def _is_recorded_hand_edit(change: ShowDiff) -> bool:
    """Return whether a hand edit was only recorded in the history, which says nothing new."""
    added = set(change.after.history) - set(change.before.history)
    return set(change.fields) == {"history"} and all(claim.source == ME for claim in added)


def _grade(diff: ShowDiff) -> str:
    fields = set(diff.content_fields)
    return "loud" if _LOUD & fields else "quiet" if fields <= _OWN_FIELDS else "normal"
