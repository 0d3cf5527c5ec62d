"""The clipper: an article is opened, read into a draft, matched with the list, and imported."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO, Final

from tracker.clipper.dateline import published_in
from tracker.clipper.extract import extract
from tracker.clipper.known import NO_LIST, KnownList
from tracker.clipper.page import MOST_BYTES, article_of, decoded
from tracker.errors import BadValue, ClipError
from tracker.model.article_draft import Article, Draft
from tracker.model.draft_import import ImportPlan, Match, find_matches, plan_import
from tracker.model.window_parser import parse_said_date
from tracker.service.edits import Edits
from tracker.service.open_watchlist import OpenWatchlist
from tracker.service.outcome import Outcome
from tracker.store.watchlist_file import explain_os_error
from tracker.text import clean_line

if TYPE_CHECKING:
    from tracker.service.model_reader import ModelReader

MOST_PATH_LENGTH: Final = 300
"""How many characters a path or an address may have; what is longer is the article itself."""
_MOST_EFFECTS: Final = 3
"""How many effects the sentence about an edit names."""


class Clipper:
    """Reads articles, and imports what they say into one watchlist.

    What returns an article raises `ClipError` where there is none: no such file, no text, too large. `published` is the
    day of publication as typed, "" for what the page says of it; `BadValue` is raised where it is no day.
    """

    def __init__(
        self, watchlist: OpenWatchlist, edits: Edits, make_reader: Callable[[], ModelReader | None] = lambda: None
    ) -> None:
        self._watchlist = watchlist
        self._edits = edits
        self._make_reader = make_reader
        self._known = NO_LIST

    @cached_property
    def _model_reader(self) -> ModelReader | None:
        return self._make_reader()

    @property
    def today(self) -> date:
        """The day from which "yesterday" counts."""
        return self._watchlist.today

    def open(self, where: str, published: str = "") -> Article:
        """Return the article at a path or an address, or that was pasted. May wait for the network.

        Args:
            where: A path, an address that begins with http:// or https://, or the article itself, as text or HTML: what
                has several lines, or is longer than a path.
            published: The day it was published.

        Raises:
            SourceError: The page cannot be fetched.
        """
        source = where.strip()
        is_address = source.casefold().startswith(("http://", "https://"))
        if "\n" in source or (len(source) > MOST_PATH_LENGTH and not (is_address and " " not in source)):
            return self.from_text(where, published)
        if not source:
            raise ClipError("Clip what? Give a file, an address, or the text of an article.")
        if is_address:
            return self._fetch(source, published)
        return self.from_bytes(_read_bytes(Path(source).expanduser()), published, name=source)

    def from_text(self, text: str, published: str = "", url: str = "") -> Article:
        """Return the article that a text or the HTML of a page is."""
        return _with_date(article_of(text, url, today=self.today), published, self.today)

    def from_stream(self, stream: BinaryIO, published: str = "") -> Article:
        """Return the article that comes on the standard input, as text or as HTML."""
        return self.from_bytes(stream.read(MOST_BYTES + 1), published, name="Standard input")

    def from_bytes(self, data: bytes, published: str = "", url: str = "", charset: str = "", name: str = "") -> Article:
        """Return the article in a file or an HTTP response, which may name a charset; errors call it `name`."""
        if len(data) > MOST_BYTES:
            what = clean_line(name) or "The text"
            raise ClipError(f"{what} is larger than {MOST_BYTES // 1_000_000} MB. Clip only the article.")
        return self.from_text(decoded(data, charset, clean_line(name) or "The text"), published, url)

    def _fetch(self, url: str, published: str) -> Article:
        from tracker.service.sources import user_agent

        # The HTTP library takes a tenth of a second, which files do not pay.
        from tracker.sources.http.article import fetch_page

        page = fetch_page(url, user_agent(), MOST_BYTES)
        return self.from_bytes(page.data, published, page.url, page.charset, url)

    def extract(self, article: Article, title: str = "") -> Draft:
        """Return what an article says of the show of this title, "" for the one that it is about.

        May wait for the owner's language model, if there is one.
        """
        shows = self._watchlist.current.shows
        if self._known.shows is not shows:
            self._known = KnownList(shows)
        draft = extract(article, title, self._known)
        reader = self._model_reader
        return draft if reader is None else reader.complete(draft, article, title)

    def find_matches(self, draft: Draft, show_id: str = "") -> tuple[Match, ...]:
        """Return the shows of the list that a draft may be about, best first; before all the one that is wanted."""
        matches = find_matches(draft, self._watchlist.current.shows)
        if (wanted := self._watchlist.current.find(show_id)) is None:
            return matches
        match = next((one for one in matches if one.show.id == show_id), Match(wanted, "named in the news"))
        return (match, *(one for one in matches if one.show.id != show_id))

    def plan_import(self, draft: Draft, article: Article, show_id: str | None) -> ImportPlan:
        """Return what importing a draft into a show would change; None makes a new show."""
        show = self._watchlist.current.get(show_id) if show_id is not None else None
        return plan_import(draft, article, show, self._watchlist.today, self._watchlist.preference)

    def import_draft(self, draft: Draft, article: Article, show_id: str | None) -> Outcome:
        """Import a draft into a show, None for a new one, as one edit.

        Raises:
            ClipError: There is nothing to import: the clipper abstained, or a new show has no title.
        """
        if draft.is_abstained:
            raise ClipError(f"Nothing was added: {draft.reason}")
        if show_id is None and not draft.title:
            raise ClipError("Nothing was added: a new show needs a title, and the article gives none.")
        plan = self.plan_import(draft, article, show_id)
        if show_id is None:
            # As it is: a claim that comes without a source would else be the owner's own.
            return self._edits.add(plan.show)
        effects = [*plan.effects[:_MOST_EFFECTS]]
        if len(plan.effects) > _MOST_EFFECTS:
            effects.append(f"{len(plan.effects) - _MOST_EFFECTS} more")
        label = f"{plan.show.title}: {'; '.join(effects)}"
        if not plan.is_empty:
            claims = (plan.claim,) if plan.claim is not None else ()
            self._edits.apply_fields(show_id, plan.values, claims, label)
        return Outcome(label, (show_id,))


def _with_date(article: Article, published: str, today: date) -> Article:
    """Return the article with the day that its reader gives, else that of the page, else that of a line of the text."""
    if not published.strip():
        day = published_in(article.text, today) if article.published is None else None
        return article._replace(published=day, date_source="the text") if day is not None else article
    day, words = parse_said_date(clean_line(published), today)
    # Where it was published, tomorrow may have begun.
    if not words and (day - today).days > 1:
        raise BadValue(f"{day} is in the future. Enter the day on which the article was published.")
    return article._replace(published=day, published_text=words, date_source="--published")


def _read_bytes(path: Path) -> bytes:
    try:
        if not path.is_file():
            # A pipe or a device might never end.
            what = "is a folder" if path.is_dir() else "is not a file" if path.exists() else "does not exist"
            raise ClipError(f"{clean_line(str(path))} {what}. Give a file with an article in it.")
        with path.open("rb") as file:
            return file.read(MOST_BYTES + 1)
    except (OSError, ValueError) as error:
        why = explain_os_error(error) if isinstance(error, OSError) else "it is not a path"
        raise ClipError(f"Can't read {clean_line(str(path))}: {why}.") from None
