"""Finding what changed in a list by other hands than this program's: an editor, or another machine."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Final

from tracker.model.changes import Change
from tracker.model.history import ME
from tracker.model.news import News
from tracker.model.show import Show
from tracker.store.contents import Contents, read_contents

SOURCE: Final = "file"
"""The source of such news."""
_LOUD: Final = frozenset({"status", "release"})
_MINE: Final = frozenset({"id", "history", "tags", "notes", "rating", "watch", "ids", "links", "follows"})
"""What is quiet: the owner's own, and what follows from the rest."""


def changes_elsewhere(before: bytes, now: Contents, own: Iterable[tuple[str, str]], at: datetime) -> tuple[News, ...]:
    """Return what changed between two states of a list, without what this program's own edits come to.

    Args:
        before: The file as it was seen last.
        now: The file as it is.
        own: Texts of entries before and after each edit of this program.
        at: The moment, in UTC.
    """
    if before == now.data:
        return ()
    was = read_contents(before.decode(errors="replace"), now)
    old = {show.id: show for show in was.watchlist.shows}
    new = {show.id: show for show in now.watchlist.shows}
    steps: dict[str, set[str]] = {}
    for text, after in own:
        steps.setdefault(text, set()).add(after)
    news = []
    for show_id in {**old, **new}:
        text_before, text_after = _text(was, show_id), _text(now, show_id)
        if text_before == text_after or _reaches(steps, text_before, text_after):
            continue
        told = _told(old.get(show_id), new.get(show_id))
        if told is not None:
            grade, title, words = told
            news.append(News(at, grade, show_id, title, words, SOURCE, before=text_before, after=text_after))
    return tuple(news)


def _text(contents: Contents, show_id: str) -> str:
    place = contents.places.get(show_id)
    return "" if place is None else contents.blocks[place].text


def _reaches(steps: Mapping[str, set[str]], start: str, end: str) -> bool:
    """Return whether the program's own edits lead from one text of an entry to the other."""
    seen, ahead = {start}, [start]
    while ahead:
        for text in steps.get(ahead.pop(), ()):
            if text == end:
                return True
            if text not in seen:
                seen.add(text)
                ahead.append(text)
    return False


def _told(before: Show | None, after: Show | None) -> tuple[str, str, str] | None:
    """Return how much it matters, the title, and what is another in a line; None where a show says the same."""
    if before is None or after is None:
        show = before or after
        assert show is not None  # noqa: S101 - one of them is there
        return ("normal", show.title, "removed" if after is None else "added")
    fields = [name for name in Change(before, after).fields if name not in ("id", "history")]
    if not fields and all(claim.source == ME for claim in set(after.history) ^ set(before.history)):
        # A hand edit that was noted says nothing new.
        return None
    words = []
    for name in fields:
        if name == "status":
            words.append(f"{before.status.value if before.status else 'no status'} → {_status(after)}")
        elif name == "release":
            was = before.release.label if before.release else "no date"
            words.append(f"{after.release.label if after.release else 'no date'} (was {was})")
        else:
            words.append(name.replace("_", " "))
    grade = "loud" if _LOUD & set(fields) else "quiet" if set(fields) <= _MINE else "normal"
    return (grade, after.title, "; ".join(words) or "another history")


def _status(show: Show) -> str:
    return show.status.value if show.status is not None else "no status"
