"""News for the owner of a list."""

from __future__ import annotations

from datetime import datetime
from typing import Any, Final, NamedTuple

from tracker.model.history import SOURCE_NAMES

GRADES: Final = ("loud", "normal", "quiet")  # how much a piece of news matters, most first


class NewsItem(NamedTuple):
    """One change that the owner may not know of."""

    at: datetime  # when it was found, in UTC
    grade: str  # one of `GRADES`
    show_id: str
    title: str
    text: str  # what changed, in a line
    source: str = ""  # the source, or "file" for an edit by hand or on another machine
    key: str = ""  # the show's id at the source
    url: str = ""
    before: str = ""  # the entry's text before and after the change, to undo it; both "" if nothing was written
    after: str = ""
    text_before: str = ""  # the text of the file just before a removed entry, to find its place again
    text_after: str = ""  # the text just after it
    match_offer: str = ""
    """What the owner is asked: source ids ("tvmaze:1") that may be this show, or after "add" those of a new entry."""
    is_seen: bool = False
    number: int = 0  # row number; 0 if not stored

    @property
    def offered_ids(self) -> list[str]:
        """The source ids that are offered."""
        return self.match_offer.removeprefix("add ").split()

    @property
    def offers_entry(self) -> bool:
        """Whether a new entry is offered, the next season of the show, and not a link."""
        return self.match_offer.startswith("add ")

    @property
    def is_article(self) -> bool:
        """Whether it is an entry of a feed, whose page says what is new."""
        return bool(self.url) and self.source not in (*SOURCE_NAMES, "file")

    @property
    def can_be_undone(self) -> bool:
        return bool(self.before or self.after)

    def as_json(self) -> dict[str, Any]:
        return {
            "at": self.at.isoformat(), "grade": self.grade, "id": self.show_id, "title": self.title, "text": self.text,
            "source": self.source, "url": self.url or None, "offer": " ".join(self.offered_ids) or None,
            "offers_entry": self.offers_entry, "seen": self.is_seen, "number": self.number,
        }  # fmt: skip
