"""Clipping: an article is opened, read into a draft, held against the list, and taken."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO, Final

from tracker.clip.dateline import published_in
from tracker.clip.page import EXTRACTOR_HINT, MOST_BYTES, article_of, decoded, lacks_extractor
from tracker.clip.reader import read
from tracker.errors import NotClipped
from tracker.model.article import Article
from tracker.model.draft import Draft
from tracker.model.taking import Match, Taking, matches, taking
from tracker.model.window_parse import read_said
from tracker.service.outcome import Outcome
from tracker.store.watchlist_file import reason
from tracker.text import clean_line

if TYPE_CHECKING:
    from tracker.service.tracker import Tracker

LONGEST_PLACE: Final = 300
"""How many characters a path or an address may have; what is longer is the article itself."""
_MOST_TOLD: Final = 3
"""How many effects the sentence about an edit names."""


class Clipping:
    """Articles, and what becomes of them on one list."""

    def __init__(self, tracker: Tracker) -> None:
        self._tracker = tracker
        self.notice = ""
        """What is to be known of how the last article was read, as a sentence; "" for nothing."""

    def open(self, where: str, published: str = "") -> Article:
        """Return the article at a path or an address, or that was pasted; as slow as the network.

        Args:
            where: A path, an address that begins with http:// or https://, or the article itself, as text or HTML: what
                has several lines, or is longer than a path.
            published: The day it was published, as typed; "" for what the page says of it.

        Raises:
            BadValue: `published` is no day.
            NotClipped: There is no such file, it is no text, is too large, or has no article in it.
            SourceError: The page cannot be fetched.
        """
        place = where.strip()
        if "\n" in place or len(place) > LONGEST_PLACE:
            return self.of_text(where, published)
        if not place:
            raise NotClipped("clip what? Give a file, an address or the text of an article.")
        if place.casefold().startswith(("http://", "https://")):
            return self._fetched(place, published)
        return self.of_bytes(_bytes_of(Path(place).expanduser()), published, name=place)

    def of_text(self, text: str, published: str = "", url: str = "") -> Article:
        """Return the article that a text or the HTML of a page is.

        Raises:
            BadValue: `published` is no day.
            NotClipped: There is no article in it.
        """
        article = _dated(article_of(text, url), published)
        self.notice = EXTRACTOR_HINT if lacks_extractor(text) else ""
        return article

    def of_stream(self, stream: BinaryIO, published: str = "") -> Article:
        """Return the article that comes on the standard input, as text or as HTML.

        Raises:
            TrackerError: As `of_bytes`.
        """
        return self.of_bytes(stream.read(MOST_BYTES + 1), published, name="the standard input")

    def of_bytes(self, data: bytes, published: str = "", url: str = "", charset: str = "", name: str = "") -> Article:
        """Return the article in bytes of a file or an answer.

        Args:
            data: The bytes.
            published: As for `open`.
            url: Where they come from; "" for a file.
            charset: What the answer says that they are encoded in.
            name: How they are called in sentences.

        Raises:
            BadValue: `published` is no day.
            NotClipped: They are no text, too large, or have no article in them.
        """
        if len(data) > MOST_BYTES:
            what = clean_line(name) or "that"
            raise NotClipped(f"{what} is larger than {MOST_BYTES // 1_000_000} MB; clip only the article out of it.")
        return self.of_text(decoded(data, charset, clean_line(name) or "that"), published, url)

    def _fetched(self, url: str, published: str) -> Article:
        from tracker.service.asking import agent
        from tracker.sources.page import (
            fetch,
        )  # the network's library takes a tenth of a second, which files do not pay

        page = fetch(url, agent(), MOST_BYTES)
        return self.of_bytes(page.data, published, page.url, page.charset, url)

    def read(self, article: Article, title: str = "") -> Draft:
        """Return what an article says of one show.

        Args:
            article: The article.
            title: The one show of a list that a person picked; "" lets the article say which.
        """
        return read(article, title)

    def matches(self, draft: Draft) -> tuple[Match, ...]:
        """Return the shows of the list that a draft may be about, best first."""
        return matches(draft, self._tracker.watchlist.shows)

    def taking(self, draft: Draft, article: Article, show_id: str | None) -> Taking:
        """Return what taking a draft would do to an entry, or as a new one.

        Raises:
            UnknownShow: There is no such entry.
        """
        show = self._tracker.watchlist.get(show_id) if show_id is not None else None
        return taking(draft, article, show, self._tracker.today, self._tracker.region)

    def take(self, draft: Draft, article: Article, show_id: str | None) -> Outcome:
        """Put a draft on the list, as one edit that undo takes back.

        Args:
            draft: What was read, as its owner left it.
            article: Where it was read.
            show_id: The entry it is about; None for a new one.

        Raises:
            NotClipped: There is nothing to take: the clipper abstained, or a new show has no title.
            TrackerError: There is no such entry, or the list is read-only or cannot be written.
        """
        if draft.is_abstained:
            raise NotClipped(f"nothing was taken: {draft.reason}")
        if show_id is None and not draft.title:
            raise NotClipped("nothing was taken: a new show needs a title, and the article names none.")
        found = self.taking(draft, article, show_id)
        if show_id is None:
            return self._tracker.add(found.show._replace(history=(), status=None, release=None), found.claim)
        told = found.effects[:_MOST_TOLD]
        more = (f"{len(found.effects) - _MOST_TOLD} more",) if len(found.effects) > _MOST_TOLD else ()
        label = f"{found.show.title}: {'; '.join((*told, *more))}"
        if found.is_nothing:
            return Outcome(label, (show_id,))
        claims = (found.claim,) if found.claim is not None else ()
        self._tracker.change(show_id, found.values, claims, label)
        return Outcome(label, (show_id,))


def _dated(article: Article, published: str) -> Article:
    """Return the article with the day that its reader gives, else that of the page, else that of a line of the text."""
    if not published.strip():
        day = published_in(article.text) if article.published is None else None
        return article._replace(published=day, said="the text") if day is not None else article
    day, words = read_said(clean_line(published))
    return article._replace(published=day, published_text=words, said="--published")


def _bytes_of(path: Path) -> bytes:
    try:
        if not path.is_file():
            # A pipe or a device might never end.
            what = "is a folder" if path.is_dir() else "is no file" if path.exists() else "is not there"
            raise NotClipped(f"{clean_line(str(path))} {what}; name a file with an article in it.")
        with path.open("rb") as file:
            return file.read(MOST_BYTES + 1)
    except (OSError, ValueError) as error:
        why = reason(error) if isinstance(error, OSError) else "it is no path"
        raise NotClipped(f"{clean_line(str(path))} cannot be read: {why}.") from None
