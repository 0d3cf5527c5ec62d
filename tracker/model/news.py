"""What is news to the owner of a list."""

from __future__ import annotations

from datetime import datetime
from typing import Any, Final, NamedTuple

GRADES: Final = ("loud", "normal", "quiet")
"""How much a piece of news matters, most first."""


class News(NamedTuple):
    """One change that the owner may not know of."""

    at: datetime
    """When it was found, in UTC."""
    grade: str
    """One of `GRADES`."""
    show_id: str
    title: str
    text: str
    """What is another, in a line."""
    source: str = ""
    """Which service said so, "file" for an edit by hand or on another machine."""
    key: str = ""
    """The show's id at the service."""
    url: str = ""
    before: str = ""
    """The entry's text before the change; with `after`, what undoing it takes. Both "" where nothing was written."""
    after: str = ""
    lead: str = ""
    """The text of the file directly before an entry that was taken away, by which its place is found again."""
    follow: str = ""
    """The text directly behind it."""
    offer: str = ""
    """A reference ("tvmaze:1") that may be this show; the owner is asked."""
    is_seen: bool = False
    number: int = 0
    """By which it is known; 0 for one that is not kept."""

    @property
    def can_be_undone(self) -> bool:
        """Whether it changed something on the list."""
        return bool(self.before or self.after)

    def as_json(self) -> dict[str, Any]:
        """Return it as scripts get it."""
        return {
            "at": self.at.isoformat(), "grade": self.grade, "id": self.show_id, "title": self.title, "text": self.text,
            "source": self.source, "url": self.url or None, "offer": self.offer or None, "seen": self.is_seen,
            "number": self.number,
        }  # fmt: skip
