"""Looking at a watchlist: opening it, following what happens to its file, finding mistakes."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Mapping
from datetime import date, datetime
from functools import cached_property
from pathlib import Path
from threading import RLock
from typing import TYPE_CHECKING

from tracker.errors import WatchlistUnreadable
from tracker.model.changes import Changes, changes_between
from tracker.model.days import WEEK_STARTS, country_of, first_weekday
from tracker.model.history import Claim, unclaimed
from tracker.model.watchlist import Watchlist
from tracker.paths import Paths
from tracker.store.contents import Contents
from tracker.store.stamp import Stamp
from tracker.store.watchlist_file import Reading, WatchlistFile

if TYPE_CHECKING:
    from tracker.service.elsewhere import Watch
    from tracker.store.check import Problem
    from tracker.store.editor import Editor
    from tracker.store.remembered import Memory
    from tracker.store.settings import Settings


__all__ = ["Looking", "Reading"]


class Looking:
    """One watchlist, as far as it is looked at."""

    def __init__(self, paths: Paths, *, as_of: date | None = None, now: Callable[[], datetime] = datetime.now) -> None:
        self.paths = paths
        """Where everything is."""
        self.as_of = as_of
        """The day as which the list is looked at; None is today."""
        self._now = now
        self._file = WatchlistFile(paths.watchlist)
        self._watchlist = Watchlist()
        self._unnoted: dict[str, tuple[Claim, ...]] = {}
        self._looked_at: Stamp | None = self._file.now
        self._turn = RLock()
        # Hand edits are noted beside the screen, while the screen may make an edit of its own.

    @cached_property
    def _editor(self) -> Editor:
        from tracker.store.editor import Editor  # what only an edit needs would double the start of `tracker list`

        return Editor(self._file, self.paths.state, self._now, self.watch)

    @cached_property
    def watch(self) -> Watch:
        """Tells changes of the file by other hands from this program's own."""
        from tracker.service.elsewhere import Watch

        return Watch(self.paths.state, self.path, self._now)

    @property
    def today(self) -> date:
        """The day from which everything is seen."""
        return self.as_of or self._now().date()

    @property
    def watchlist(self) -> Watchlist:
        """The list as it was on `today`."""
        return self._watchlist

    @property
    def path(self) -> Path:
        """The file of the list."""
        return self.paths.watchlist

    @cached_property
    def settings(self) -> Settings:
        """What the owner set; read at the first use."""
        from tracker.store.settings import read_settings  # most runs do without

        return read_settings(self.paths.settings)

    @property
    def first_weekday(self) -> int:
        """The day on which a week begins for the owner, 0 for Monday: as set, else as the locale's country has it."""
        if self.settings.week_starts:
            return WEEK_STARTS[self.settings.week_starts]
        named = (os.environ.get(name, "") for name in ("LC_ALL", "LC_TIME", "LANG"))
        return first_weekday(country_of(next(filter(None, named), "")))

    @property
    def region(self) -> str:
        """The owner's country, whose releases count; "" for none."""
        return self.settings.region

    @property
    def why_read_only(self) -> str:
        """Why nothing can be changed, as a sentence; "" where it can."""
        if self.as_of is not None:
            return f"You look at the list as of {self.as_of}: the past cannot be changed."
        return self._file.why_unwritable

    def open(self) -> Watchlist:
        """Read the list; what was edited by hand shows as a claim of source "me".

        Raises:
            WatchlistUnreadable: See `WatchlistFile.load`.
        """
        return self._show_contents(self._file.load())

    def open_in_parts(self) -> Iterator[Watchlist]:
        """Read the list and give a long one twice, an incomplete first.

        Raises:
            WatchlistUnreadable: See `WatchlistFile.load`.
        """
        for part in self._file.load_in_parts():
            yield self._show_contents(part)

    def look_again(self) -> Reading | None:
        """Read the file if it is in another state than at the last look; None if not. For use beside the screen.

        Raises:
            WatchlistUnreadable: See `WatchlistFile.load`.
        """
        if (now := self._file.now) == self._looked_at:
            return None
        self._looked_at = now
        return self._file.read(settled=True)

    def keep_former(self) -> None:
        """Keep as a version what the file was before another program wrote it; for use beside the screen."""
        if self._file.has_former:
            self._editor.keep_former()

    def take(self, reading: Reading) -> Changes:
        """Show what `look_again` read, and return what changed; a reading that is older than an edit counts no more."""
        with self._turn:
            before = self._watchlist
            if self._file.is_still(reading):
                self._file.follow(reading)
                self._show_contents(reading.contents)
            return changes_between(before, self._watchlist)

    def _show_contents(self, contents: Contents) -> Watchlist:
        watchlist = contents.watchlist
        if watchlist.complete:
            self._unnoted = _hand_edits(contents, self._now().date())
            watchlist = _with_claims(watchlist, self._unnoted)
        if self.as_of is not None:
            watchlist = watchlist.as_of(self.as_of)
        if contents.regional:
            watchlist = watchlist.seen_from(self.region)
        self._watchlist = watchlist
        return watchlist

    def check(self) -> tuple[Problem, ...]:
        """Return every problem of the file, first lines first.

        Raises:
            WatchlistUnreadable: See `WatchlistFile.load`.
        """
        from tracker.store.check import problems

        return problems(self._file.load(), self._now().date())

    @property
    def memory(self) -> Memory:
        """What the app remembers of this list from one run to the next; a look at the past leaves no trace."""
        from tracker.store.naming import name_for
        from tracker.store.remembered import Memory

        try:
            name = name_for(self.path)
        except WatchlistUnreadable:
            return Memory(self.paths.state / "views" / "none.json", keeps=False)
        return Memory(self.paths.state / "views" / f"{name}.json", keeps=self.as_of is None)

    @property
    def contents(self) -> Contents:
        """The file as it was read last, for what goes on beside the list."""
        return self._file.contents

    def text_of(self, show_id: str) -> str:
        """Return the show's entry as the file has it, "" for an unknown one."""
        contents = self._file.contents
        place = contents.places.get(show_id)
        return "" if place is None else contents.blocks[place].text

    def line_of(self, show_id: str) -> int:
        """Return the line of the file on which the show's entry begins, 1 for an unknown one."""
        contents = self._file.contents
        place = contents.places.get(show_id)
        return 1 if place is None else contents.line(place)


def _hand_edits(contents: Contents, today: date) -> dict[str, tuple[Claim, ...]]:
    """Return the claims that were made by editing the file and are not noted yet."""
    edited = set(contents.edited)
    return {
        show.id: (claim,)
        for show in (contents.watchlist.shows if edited else ())
        if show.id in edited and (claim := unclaimed(show.status, show.release, show.history, today))
    }


def _with_claims(watchlist: Watchlist, claims: Mapping[str, tuple[Claim, ...]]) -> Watchlist:
    """Return the list as if these claims stood in it already."""
    if not claims:
        return watchlist
    return watchlist._replace(
        shows=tuple(
            show._replace(history=(*show.history, *claims[show.id])) if show.id in claims else show
            for show in watchlist.shows
        )
    )
