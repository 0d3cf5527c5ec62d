"""What the start does without, read after the first paint: the rest of the list, source states, lost edits."""

from __future__ import annotations

import gc
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import TYPE_CHECKING, Final, NamedTuple

from tracker.errors import TrackerError
from tracker.model.show import Show
from tracker.model.watchlist import Watchlist
from tracker.reports.listing import Listing
from tracker.service import Outcome, Tracker
from tracker.tui.background import run_in_thread, then
from tracker.tui.details.panes import NO_SOURCE_INFO, SourceInfo
from tracker.tui.main.host import Host

if TYPE_CHECKING:
    from tracker.model.episode import Episode

LOST_EDITS_DELAY: Final = 2.0
"""Seconds from the start until the journal is compared with the file."""
SOURCE_STATES_DELAY: Final = 0.3
"""Seconds from the start until it is read what sources said."""


class _Loaded(NamedTuple):
    is_new: bool
    """Whether any source said something else than before."""
    unread: int


def freeze_memory() -> None:
    """Let the garbage collector run from here on without the list: walking through all of it would stop the screen."""
    gc.freeze()
    # A step of the cursor makes thousands of short-lived objects; after the usual 700 a collection takes up to 50 ms.
    gc.set_threshold(5_000, 20, 50)
    gc.enable()


class Loader:
    """Reads in threads what is not needed for the first paint, and again when the file changed."""

    def __init__(self, host: Host, tracker: Tracker) -> None:
        self._host = host
        self._tracker = tracker
        self.has_source_states = False
        """Whether it is known what sources said."""
        self.unread = 0
        """How much news there is."""

    def read_rest(
        self, parts: Iterator[Watchlist], arrange: Callable[[Watchlist], Listing], on_read: Callable[[Listing], None]
    ) -> None:
        """Read the rest of a long list, and bring it into order; then call `on_read`."""

        def show(listing: Listing | TrackerError) -> None:
            if isinstance(listing, Listing):
                on_read(listing)
                # The first filter needs it; until then there is time.
                run_in_thread(self._host, "background", listing.prepare, then(lambda _: None))

        run_in_thread(self._host, "background", lambda: arrange(next(parts)), then(show))

    def start(self, *, is_polling: bool) -> None:
        """Read all else soon, now that the list is complete."""
        freeze_memory()
        if is_polling:
            # It takes a look into the journal, for which nobody should wait at the start.
            self._host.set_timer(LOST_EDITS_DELAY, self.find_lost_edits)
        if self._tracker.watchlist.as_of is None:
            self._host.set_timer(SOURCE_STATES_DELAY if is_polling else 0.001, self.load_source_states)

    def load_source_states(self) -> None:
        """Read what sources said, and find what changed in the file by other hands."""
        tracker = self._tracker

        def load() -> _Loaded:
            is_new = tracker.states.load()
            tracker.watchlist.keep_hand_edit_days()
            tracker.external_changes.check()
            return _Loaded(is_new, tracker.inbox.count())

        run_in_thread(self._host, "background", load, then(self._show_source_states))

    def _show_source_states(self, loaded: _Loaded | TrackerError) -> None:
        if isinstance(loaded, TrackerError):
            self._host.notify(str(loaded), severity="warning", markup=False, timeout=10)
            return
        is_new = loaded.is_new or not self.has_source_states
        self.has_source_states, self.unread = True, loaded.unread
        self._host.update_header()
        if is_new:
            self._host.show_source_states()

    def check_changed_file(self) -> None:
        """Find out what is news in a file with another text."""
        if self._tracker.watchlist.as_of is None and self.has_source_states:
            self.load_source_states()

    def count_unread(self) -> None:
        """Count the news again."""
        try:
            self.unread = self._tracker.inbox.count()
        except TrackerError as error:
            self._host.notify(str(error), severity="warning", markup=False, timeout=10)
        self._host.update_header()

    def source_info(self, show: Show) -> SourceInfo | None:
        """Return what sources said of a show; None while it is not known yet."""
        if self._tracker.watchlist.as_of is not None:
            return NO_SOURCE_INFO
        if not self.has_source_states:
            return None
        return SourceInfo(self._tracker.states.for_show(show), len(self._tracker.proposals.find(show)))

    def next_episodes(self, shows: Iterable[Show]) -> Mapping[str, Episode]:
        """Return the next episodes that are known, by show id; none of the past."""
        if self._tracker.watchlist.as_of is not None or not self.has_source_states:
            return {}
        return self._tracker.states.next_episodes(shows)

    def find_lost_edits(self) -> None:
        """Find edits that another program's save took back."""

        def show(lost: Outcome | TrackerError | None) -> None:
            if isinstance(lost, Outcome):
                self._host.notify(lost.label, severity="warning", markup=False, timeout=15)

        run_in_thread(self._host, "background", self._tracker.edits.set_aside_lost, then(show))
