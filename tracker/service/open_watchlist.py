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
from tracker.model.dates import WEEK_STARTS, first_weekday, locale_country
from tracker.model.diff import WatchlistDiff, diff_watchlists
from tracker.model.history import Claim, hand_edit_claim
from tracker.model.watchlist import Watchlist
from tracker.paths import Paths
from tracker.store.files.stamp import FileStamp
from tracker.store.snapshot import Snapshot
from tracker.store.watchlist_file import FileVersion, WatchlistFile

if TYPE_CHECKING:
    from tracker.service.external_changes import ExternalChanges
    from tracker.store.app_state import AppState
    from tracker.store.check import Problem
    from tracker.store.settings import Settings
    from tracker.store.writer import WatchlistWriter


__all__ = ["FileVersion", "OpenWatchlist"]


class OpenWatchlist:
    """One watchlist, as far as it is looked at."""

    def __init__(self, paths: Paths, *, as_of: date | None = None, now: Callable[[], datetime] = datetime.now) -> None:
        self.paths = paths
        """Where everything is."""
        self.as_of = as_of
        """The day as which the list is looked at; None is today."""
        self.now = now
        self._file = WatchlistFile(paths.watchlist)
        self._watchlist = Watchlist()
        self._hand_edits: dict[str, tuple[Claim, ...]] = {}
        self._last_stamp: FileStamp | None = self._file.current_stamp
        self._lock = RLock()
        # Hand edits are noted beside the screen, while the screen may make an edit of its own.

    @cached_property
    def _writer(self) -> WatchlistWriter:
        from tracker.store.writer import (
            WatchlistWriter,  # what only an edit needs would double the start of `tracker list`
        )

        return WatchlistWriter(self._file, self.paths.state, self.now, self.external_changes)

    @cached_property
    def external_changes(self) -> ExternalChanges:
        """Tells changes of the file by other hands from this program's own."""
        from tracker.service.external_changes import ExternalChanges

        return ExternalChanges(self.paths.state, self.path, self.now)

    @property
    def today(self) -> date:
        """The day from which everything is seen."""
        return self.as_of or self.now().date()

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
        return first_weekday(locale_country(next(filter(None, named), "")))

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
        return self._show_snapshot(self._file.load())

    def open_in_parts(self) -> Iterator[Watchlist]:
        """Read the list and give a long one twice, an incomplete first.

        Raises:
            WatchlistUnreadable: See `WatchlistFile.load`.
        """
        for part in self._file.load_in_parts():
            yield self._show_snapshot(part)

    def reread(self) -> FileVersion | None:
        """Read the file if it is in another state than at the last look; None if not. For use beside the screen.

        Raises:
            WatchlistUnreadable: See `WatchlistFile.load`.
        """
        if (now := self._file.current_stamp) == self._last_stamp:
            return None
        self._last_stamp = now
        return self._file.read(settled=True)

    def back_up_replaced(self) -> None:
        """Keep as a version what the file was before another program wrote it; for use beside the screen."""
        if self._file.has_replaced:
            self._writer.back_up_replaced()

    def adopt(self, reading: FileVersion) -> WatchlistDiff:
        """Show what `look_again` read, and return what changed; a reading that is older than an edit counts no more."""
        with self._lock:
            before = self._watchlist
            if self._file.is_current(reading):
                self._file.adopt_external(reading)
                self._show_snapshot(reading.snapshot)
            return diff_watchlists(before, self._watchlist)

    def _show_snapshot(self, contents: Snapshot) -> Watchlist:
        watchlist = contents.watchlist
        if watchlist.is_complete:
            self._hand_edits = _find_hand_edits(contents, self.now().date())
            watchlist = _with_claims(watchlist, self._hand_edits)
        if self.as_of is not None:
            watchlist = watchlist.as_of(self.as_of)
        if contents.has_region:
            watchlist = watchlist.for_region(self.region)
        self._watchlist = watchlist
        return watchlist

    def check(self) -> tuple[Problem, ...]:
        """Return every problem of the file, first lines first.

        Raises:
            WatchlistUnreadable: See `WatchlistFile.load`.
        """
        from tracker.store.check import find_problems

        return find_problems(self._file.load(), self.now().date())

    @property
    def app_state(self) -> AppState:
        """What the app remembers of this list from one run to the next; a look at the past leaves no trace."""
        from tracker.store.app_state import AppState, state_name

        try:
            name = state_name(self.path)
        except WatchlistUnreadable:
            return AppState(self.paths.state / "views" / "none.json", keeps=False)
        return AppState(self.paths.state / "views" / f"{name}.json", keeps=self.as_of is None)

    @property
    def snapshot(self) -> Snapshot:
        """The file as it was read last, for what goes on beside the list."""
        return self._file.snapshot

    def text_of(self, show_id: str) -> str:
        """Return the show's entry as the file has it, "" for an unknown one."""
        contents = self._file.snapshot
        place = contents.block_numbers.get(show_id)
        return "" if place is None else contents.blocks[place].text

    def line_of(self, show_id: str) -> int:
        """Return the line of the file on which the show's entry begins, 1 for an unknown one."""
        contents = self._file.snapshot
        place = contents.block_numbers.get(show_id)
        return 1 if place is None else contents.line(place)


def _find_hand_edits(contents: Snapshot, today: date) -> dict[str, tuple[Claim, ...]]:
    """Return the claims that were made by editing the file and are not noted yet."""
    edited = set(contents.hand_edited)
    return {
        show.id: (claim,)
        for show in (contents.watchlist.shows if edited else ())
        if show.id in edited and (claim := hand_edit_claim(show.status, show.release, show.history, today))
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
