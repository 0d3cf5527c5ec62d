"""The open watchlist: reading its file, reading it again, seeing it as of a day and with what its owner prefers."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from datetime import UTC, date, datetime
from pathlib import Path
from threading import RLock
from typing import TYPE_CHECKING

from tracker.model.history import Claim, hand_edit_claim
from tracker.model.release import Preference
from tracker.model.show import Show
from tracker.model.watchlist import Watchlist
from tracker.paths import Paths
from tracker.store.app_state import HandEditDays
from tracker.store.files.stamp import FileStamp
from tracker.store.snapshot import Snapshot
from tracker.store.watchlist_file import FileVersion, WatchlistFile

if TYPE_CHECKING:
    from tracker.model.diff import WatchlistDiff
    from tracker.store.check import Problem

__all__ = ["FileVersion", "OpenWatchlist"]


class OpenWatchlist:
    """One watchlist file and what it says.

    What reads the file raises `WatchlistUnreadable` where that is impossible, see `WatchlistFile.load`.

    Args:
        paths: Where the file is.
        as_of: The day as which the list is seen; None is today.
        now: The clock, in local time.
        preference: Returns whose dates count; called where the list has claims about a country or medium.
    """

    def __init__(
        self,
        paths: Paths,
        *,
        as_of: date | None = None,
        now: Callable[[], datetime] = datetime.now,
        preference: Callable[[], Preference] = Preference,
    ) -> None:
        self.as_of = as_of
        self.now = now
        self.file = WatchlistFile(paths.watchlist, self._explain_missing)
        self.current = Watchlist()  # what the file says, seen on `today`
        self.hand_edits: Mapping[str, Claim] = {}
        """Claims that were made by editing the file and are in no history yet, by show id; part of `current`."""
        self.lock = RLock()  # held while `current` and the file change: edits come from several threads
        self._paths = paths
        self._preference = preference
        self._hand_edit_days = HandEditDays(paths.state, paths.watchlist)
        self._last_stamp: FileStamp | None = self.file.current_stamp

    @property
    def today(self) -> date:
        return self.as_of or self.now().date()

    @property
    def moment(self) -> datetime:
        """Now, in UTC."""
        return self.now().astimezone(UTC)

    @property
    def path(self) -> Path:
        return self._paths.watchlist

    @property
    def preference(self) -> Preference:
        """Which dates count for the owner."""
        return self._preference()

    @property
    def why_read_only(self) -> str:
        """Why nothing can be changed, as a sentence; "" where it can."""
        if self.as_of is not None:
            return f"This is the list as of {self.as_of}. The past can't be changed."
        return self.file.why_unwritable

    def open(self) -> Watchlist:
        """Read the file; an edit by hand shows as a claim of source "me"."""
        return self.show_snapshot(self.file.load())

    def open_in_parts(self) -> Iterator[Watchlist]:
        """Read the file and yield a long list twice, an incomplete one first."""
        for part in self.file.load_in_parts():
            yield self.show_snapshot(part)

    def reread(self) -> FileVersion | None:
        """Read the file if it has changed since the last call, else return None. Blocks."""
        if (now := self.file.current_stamp) == self._last_stamp:
            return None
        self._last_stamp = now
        return self.file.read(settled=True)

    def adopt(self, version: FileVersion) -> WatchlistDiff:
        """Show what `reread` returned, unless an edit was made since, and return what changed."""
        from tracker.model.diff import diff_watchlists

        with self.lock:
            before = self.current
            if self.file.is_current(version):
                self.file.adopt_external(version)
                self.show_snapshot(version.snapshot)
            return diff_watchlists(before, self.current)

    def show_snapshot(self, snapshot: Snapshot) -> Watchlist:
        watchlist = snapshot.watchlist
        if watchlist.is_complete:
            self.hand_edits = self._find_hand_edits(snapshot)
            watchlist = _add_claims(watchlist, self.hand_edits)
        if self.as_of is not None and self.as_of < self.now().date():
            watchlist = watchlist.as_of(self.as_of)
        if snapshot.has_tracks:
            watchlist = watchlist.for_preference(self.preference)
        self.current = watchlist
        return watchlist

    def hand_edit_day(self, show: Show) -> date:
        """Return the day on which a hand edit of this show, which its history does not have, was first seen.

        Of one that was not noted before it is the day on which the file was changed last: it is not older than that,
        and the same on each day.
        """
        days = [self.now().date()]
        if (stamp := self.file.stamp) is not None:
            # A file system may have a year that no calendar has.
            with suppress(OverflowError, ValueError, OSError):
                days.append(datetime.fromtimestamp(stamp.modified_ns / 1e9, UTC).astimezone().date())
        if (noted := self._hand_edit_days.get(show)) is not None:
            days.append(noted)
        # A clock that was ahead for a while must not date anything into the future.
        return min(days)

    def keep_hand_edit_days(self) -> None:
        """Keep the days on which the hand edits were first seen, for later runs."""
        if self.as_of is None:
            self._hand_edit_days.save(self.hand_edits)

    def _find_hand_edits(self, snapshot: Snapshot) -> dict[str, Claim]:
        edited, claims = set(snapshot.hand_edited), {}
        for show in snapshot.watchlist.shows if edited else ():
            if show.id in edited:
                day = self.hand_edit_day(show)
                self._hand_edit_days.set(show, day)
                if claim := hand_edit_claim(show.status, show.release, show.history, day):
                    claims[show.id] = claim
        return claims

    def _explain_missing(self) -> str:
        from tracker.service.new_list import explain_missing  # only a list that is missing needs it

        return explain_missing(self._paths)

    def check(self) -> tuple[Problem, ...]:
        """Return every problem of the file, in the order of lines."""
        from tracker.store.check import find_problems

        return find_problems(self.file.load(), self.now().date())

    @property
    def snapshot(self) -> Snapshot:
        return self.file.snapshot

    def text_of(self, show_id: str) -> str:
        return self.snapshot.text_of(show_id)

    def line_of(self, show_id: str) -> int:
        """Return the line on which a show's entry begins, 1 for an unknown one."""
        place = self.snapshot.block_numbers.get(show_id)
        return 1 if place is None else self.snapshot.line(place)


def _add_claims(watchlist: Watchlist, claims: Mapping[str, Claim]) -> Watchlist:
    if not claims:
        return watchlist
    return watchlist.update_shows(
        tuple(
            show._replace(history=(*show.history, claims[show.id]._replace(is_hand_edit=True)))
            if show.id in claims
            else show
            for show in watchlist.shows
        )
    )
