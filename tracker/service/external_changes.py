"""Finding what changed in a list by other hands than this program's: an editor, or another machine."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path
from threading import RLock
from typing import TYPE_CHECKING, Final

from tracker.errors import TrackerError
from tracker.model.diff import ShowDiff, diff_watchlists
from tracker.model.formatting import describe_show_diff
from tracker.model.history import ME
from tracker.model.show import Show
from tracker.store.app_state import LastSeenFile
from tracker.store.operations import CONTEXT_LENGTH
from tracker.store.snapshot import Snapshot, read_snapshot
from tracker.store.writer import EditObserver

if TYPE_CHECKING:
    from tracker.model.news import NewsItem

SOURCE: Final = "file"
"""The source of such news."""
_LOUD: Final = frozenset({"status", "release"})
_OWN_FIELDS: Final = frozenset({"id", "history", "tags", "notes", "rating", "watch", "ids", "links", "follows"})
"""What is quiet: the owner's own, and what follows from the rest."""


class ExternalChanges(EditObserver):
    """Holds each state of the file against the one that its owner saw last, and keeps as news what is another.

    The file is looked at before each edit of this program, and taken note of after it: so what differs in between
    was written by others. Nothing is kept before the first look of somebody who wants to know.
    """

    def __init__(self, state: Path, watchlist: Path, now: Callable[[], datetime]) -> None:
        self._state = state
        self._watchlist = watchlist
        self._now = now
        self.last_seen = LastSeenFile(state, watchlist)
        """The state that the owner saw last."""
        self._lock = RLock()

    def before_edit(self, contents: Snapshot) -> None:
        """See `EditObserver`; what cannot be kept as news is no reason to refuse an edit."""
        if self.last_seen.exists:
            with suppress(TrackerError):
                self._check(contents)

    def after_edit(self, contents: Snapshot) -> None:
        """See `EditObserver`."""
        with self._lock:
            if self.last_seen.exists:
                self.last_seen.save(contents.data)

    def check(self, contents: Snapshot) -> tuple[NewsItem, ...]:
        """Return what others changed since the last look, and keep it as news.

        Args:
            contents: The file as it was read last; what is on the disk by now is what counts.

        Raises:
            TrackerError: It cannot be kept.
        """
        with self._lock:
            try:
                data = self._watchlist.read_bytes()
                now = contents if data == contents.data else read_snapshot(data.decode(), contents)
            except (OSError, UnicodeDecodeError):
                return ()
            return self._check(now)

    def _check(self, contents: Snapshot) -> tuple[NewsItem, ...]:
        with self._lock:
            return self._compare(contents, self.last_seen.read())

    def _compare(self, contents: Snapshot, before: bytes | None) -> tuple[NewsItem, ...]:
        if before == contents.data:
            return ()
        news: tuple[NewsItem, ...] = ()
        if before is not None and (news := find_external_changes(before, contents, self._now().astimezone(UTC))):
            from tracker.store.app_state import source_db_path
            from tracker.store.source_db import SourceDatabase  # only news needs it

            SourceDatabase(source_db_path(self._state, self._watchlist)).add_news(news)
        self.last_seen.save(contents.data)
        return news


def find_external_changes(before: bytes, now: Snapshot, at: datetime) -> tuple[NewsItem, ...]:
    """Return what is another in a state of a list than in an earlier one.

    Args:
        before: The file as it was.
        now: The file as it is.
        at: The moment, in UTC.
    """
    from tracker.model.news import NewsItem

    was = read_snapshot(before.decode(errors="replace"), now)
    changes = diff_watchlists(was.watchlist, now.watchlist)
    news = []
    for show in changes.added:
        text = _text(now, show)
        news.append(NewsItem(at, "normal", show.id, show.title, "added", SOURCE, after=text))
    for show in changes.removed:
        lead, follow = _surroundings(was, show)
        news.append(
            NewsItem(
                at,
                "normal",
                show.id,
                show.title,
                "removed",
                SOURCE,
                before=_text(was, show),
                text_before=lead,
                text_after=follow,
            )
        )
    for change in changes.changed:
        if _is_recorded_hand_edit(change):
            continue
        grade, words = _grade(change), describe_show_diff(change)
        texts = (_text(was, change.before), _text(now, change.after))
        news.append(
            NewsItem(at, grade, change.after.id, change.after.title, words, SOURCE, before=texts[0], after=texts[1])
        )
    return tuple(news)


def _text(contents: Snapshot, show: Show) -> str:
    place = contents.block_numbers.get(show.id)
    return "" if place is None else contents.blocks[place].text


def _surroundings(contents: Snapshot, show: Show) -> tuple[str, str]:
    """Return the text before and behind a show's entry."""
    place = contents.block_numbers[show.id]
    ahead = "".join(block.text for block in contents.blocks[:place])
    behind = "".join(block.text for block in contents.blocks[place + 1 :])
    return ahead[-CONTEXT_LENGTH:], behind[:CONTEXT_LENGTH]


def _is_recorded_hand_edit(change: ShowDiff) -> bool:
    """Return whether a hand edit was only written down, which says nothing new."""
    added = set(change.after.history) - set(change.before.history)
    return set(change.fields) == {"history"} and all(claim.source == ME for claim in added)


def _grade(diff: ShowDiff) -> str:
    fields = set(diff.content_fields)
    return "loud" if _LOUD & fields else "quiet" if fields <= _OWN_FIELDS else "normal"
