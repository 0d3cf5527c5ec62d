"""Asking the sources in a thread: how far it is, what came of it, and how it is stopped."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING

from textual.events import Callback

from tracker.errors import TrackerError
from tracker.model.show import Show
from tracker.service import Tracker
from tracker.tui.background import run_in_thread, then
from tracker.tui.main.host import Host
from tracker.tui.main.loading import Loader
from tracker.tui.main.notify_command import notify_owner

if TYPE_CHECKING:
    from tracker.service.refresh import Progress, RefreshReport, RefreshRun

# What talks to sources is imported when it is wanted: a start does without.


class RefreshRunner:
    """Runs one refresh at a time."""

    def __init__(self, host: Host, tracker: Tracker, loader: Loader) -> None:
        self._host = host
        self._tracker = tracker
        self._loader = loader
        self._run: RefreshRun | None = None
        self._shown = tracker.watchlist.current
        self._nothing_was_due = False
        self._last_direct: list[str] = []
        self.activity = ""
        """How far it is, for the header."""

    def start_all(self) -> None:
        """Ask about all shows that are due; right after none was, about all, past the caches."""
        again = self._nothing_was_due
        self._start(self._tracker.watchlist.current.shows, force=again, skip_cache=again)

    def start_direct(self, shows: Sequence[Show]) -> None:
        """Ask about these shows in any case; right after they were asked about, past the caches."""
        before, ids = self._last_direct, [show.id for show in shows]
        if self._run is None:
            self._last_direct = ids
        self._start(shows, force=True, direct=True, skip_cache=ids == before)

    def _start(self, shows: Sequence[Show], *, force: bool, direct: bool = False, skip_cache: bool) -> None:
        if self._run is not None:
            self._host.notify("A refresh is already running. Press Esc to stop it.", markup=False, timeout=4)
            return
        run = self._run = self._tracker.refresh(shows, force=force, direct=direct, skip_cache=skip_cache)

        def post_progress(progress: Progress) -> None:
            if self._host.is_running:
                self._host.post_message(Callback(partial(self._show_progress, progress)))

        self.activity = "refreshing…"
        self._host.update_header()
        run_in_thread(self._host, "asking", lambda: run.run(post_progress), then(self._show_report))

    def _show_progress(self, progress: Progress) -> None:
        detail = progress.waiting or progress.title[:30]
        self.activity = f"refreshing {progress.done} of {progress.total} (esc stops){f': {detail}' if detail else ''}"
        self._loader.has_source_states = True
        if self._tracker.watchlist.current is not self._shown:
            self._shown = self._tracker.watchlist.current
            self._host.show_watchlist()
            self._host.update_details()
        self._host.update_header()

    def _show_report(self, report: RefreshReport | TrackerError) -> None:
        self._run = None
        self.activity = ""
        if isinstance(report, TrackerError):
            self._host.update_header()
            self._host.notify(str(report), severity="error", markup=False, timeout=15)
            return
        self._loader.has_source_states = True
        self._nothing_was_due = not report.asked and not report.failures and not report.is_stopped
        again = " Press R again to refresh every show." if self._nothing_was_due else ""
        self._loader.count_unread()
        self._host.show_watchlist()
        self._host.update_details()
        loud = [item for item in report.news if item.grade == "loud"]
        hint = " Press i to read it." if report.news else ""
        self._host.clear_notifications()
        self._host.notify(f"{report.sentence}{hint}{again}", markup=False, timeout=8 if loud else 5)
        notify_owner(self._host, self._tracker.settings.notify, report.news)
        if loud:
            more = f" and {len(loud) - 1} more" if len(loud) > 1 else ""
            self._host.notify_terminal(loud[0].title, f"{loud[0].text}{more}")
        self._host.tell_reminders()

    def stop(self) -> bool:
        """Stop asking, and return whether anything was being asked."""
        if self._run is None:
            return False
        self._run.stop()
        self._tracker.sources.stop()
        self.activity = "stopping…"
        return True

    def stop_unneeded(self) -> None:
        """Stop what a dialog asked, unless a refresh is asking too."""
        if self._run is None:
            self._tracker.sources.stop()
