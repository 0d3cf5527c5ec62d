"""Finding what changed in a list by other hands than this program's: an editor, or another machine."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path
from threading import RLock
from typing import TYPE_CHECKING, Final

from tracker.errors import TrackerError
from tracker.model.changes import Change, changes_between
from tracker.model.history import ME
from tracker.model.show import Show
from tracker.store.contents import Contents, read_contents
from tracker.store.editor import Beside
from tracker.store.operations import AROUND
from tracker.store.seen import Seen

if TYPE_CHECKING:
    from tracker.model.news import News

SOURCE: Final = "file"
"""The source of such news."""
_LOUD: Final = frozenset({"status", "release"})
_MINE: Final = frozenset({"id", "history", "tags", "notes", "rating", "watch", "ids", "links", "follows"})
"""What is quiet: the owner's own, and what follows from the rest."""


class Watch(Beside):
    """Holds each state of the file against the one that its owner saw last, and keeps as news what is another.

    The file is looked at before each edit of this program, and taken note of after it: so what differs in between
    was written by others. Nothing is kept before the first look of somebody who wants to know.
    """

    def __init__(self, state: Path, watchlist: Path, now: Callable[[], datetime]) -> None:
        self._state = state
        self._watchlist = watchlist
        self._now = now
        self.seen = Seen(state, watchlist)
        """The state that the owner saw last."""
        self._turn = RLock()

    def found(self, contents: Contents) -> None:
        """See `Beside`; what cannot be kept as news is no reason to refuse an edit."""
        if self.seen.is_kept:
            with suppress(TrackerError):
                self._look(contents)

    def wrote(self, contents: Contents) -> None:
        """See `Beside`."""
        with self._turn:
            if self.seen.is_kept:
                self.seen.keep(contents.data)

    def look(self, contents: Contents) -> tuple[News, ...]:
        """Return what others changed since the last look, and keep it as news.

        Args:
            contents: The file as it was read last; what is on the disk by now is what counts.

        Raises:
            TrackerError: It cannot be kept.
        """
        with self._turn:
            try:
                data = self._watchlist.read_bytes()
                now = contents if data == contents.data else read_contents(data.decode(), contents)
            except (OSError, UnicodeDecodeError):
                return ()
            return self._look(now)

    def _look(self, contents: Contents) -> tuple[News, ...]:
        with self._turn:
            return self._compared(contents, self.seen.read())

    def _compared(self, contents: Contents, before: bytes | None) -> tuple[News, ...]:
        if before == contents.data:
            return ()
        news: tuple[News, ...] = ()
        if before is not None and (news := changes_elsewhere(before, contents, self._now().astimezone(UTC))):
            from tracker.store.naming import witness_path
            from tracker.store.witness import Witness  # only news needs it

            Witness(witness_path(self._state, self._watchlist)).add_news(news)
        self.seen.keep(contents.data)
        return news


def changes_elsewhere(before: bytes, now: Contents, at: datetime) -> tuple[News, ...]:
    """Return what is another in a state of a list than in an earlier one.

    Args:
        before: The file as it was.
        now: The file as it is.
        at: The moment, in UTC.
    """
    from tracker.model.news import News

    was = read_contents(before.decode(errors="replace"), now)
    changes = changes_between(was.watchlist, now.watchlist)
    news = []
    for show in changes.added:
        text = _text(now, show)
        news.append(News(at, "normal", show.id, show.title, "added", SOURCE, after=text))
    for show in changes.removed:
        lead, follow = _around(was, show)
        news.append(
            News(
                at, "normal", show.id, show.title, "removed", SOURCE, before=_text(was, show), lead=lead, follow=follow
            )
        )
    for change in changes.changed:
        if _is_note(change):
            continue
        grade, words = _told(change)
        texts = (_text(was, change.before), _text(now, change.after))
        news.append(
            News(at, grade, change.after.id, change.after.title, words, SOURCE, before=texts[0], after=texts[1])
        )
    return tuple(news)


def _text(contents: Contents, show: Show) -> str:
    place = contents.places.get(show.id)
    return "" if place is None else contents.blocks[place].text


def _around(contents: Contents, show: Show) -> tuple[str, str]:
    """Return the text before and behind a show's entry."""
    place = contents.places[show.id]
    ahead = "".join(block.text for block in contents.blocks[:place])
    behind = "".join(block.text for block in contents.blocks[place + 1 :])
    return ahead[-AROUND:], behind[:AROUND]


def _is_note(change: Change) -> bool:
    """Return whether a hand edit was only written down, which says nothing new."""
    added = set(change.after.history) - set(change.before.history)
    return set(change.fields) == {"history"} and all(claim.source == ME for claim in added)


def _told(change: Change) -> tuple[str, str]:
    """Return how much a change matters, and what is another in a line."""
    before, after = change
    fields = [name for name in change.fields if name not in ("id", "history")]
    words = []
    for name in fields:
        if name == "status":
            words.append(f"{_status(before)} → {_status(after)}")
        elif name == "release":
            was = before.release.label if before.release else "no date"
            words.append(f"{after.release.label if after.release else 'no date'} (was {was})")
        else:
            words.append(name.replace("_", " "))
    grade = "loud" if _LOUD & set(fields) else "quiet" if set(fields) <= _MINE else "normal"
    return grade, "; ".join(words) or "history"


def _status(show: Show) -> str:
    return show.status.value if show.status is not None else "no status"
