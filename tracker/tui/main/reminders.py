"""Reminders in the app: as it starts, when the day turns, and after a refresh."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from tracker.errors import TrackerError
from tracker.service import Tracker
from tracker.tui.background import run_in_thread, then
from tracker.tui.main.host import Host
from tracker.tui.main.loading import Loader
from tracker.tui.main.notify_command import notify_owner

if TYPE_CHECKING:
    from tracker.reports.reminders import Reminder

_MAX_LINES: Final = 4
"""How many reminders a message has; all are in the news."""


class ReminderTeller:
    """Tells of releases that are near, on the screen and by the owner's command."""

    def __init__(self, host: Host, tracker: Tracker, loader: Loader) -> None:
        self._host = host
        self._tracker = tracker
        self._loader = loader

    def tell(self) -> None:
        """Tell what is due, if any reminder is set."""
        reminders = self._tracker.reminders
        if self._tracker.as_of is None and reminders.are_set:
            run_in_thread(self._host, "background", reminders.tell, then(self._show))

    def _show(self, reminders: tuple[Reminder, ...] | TrackerError) -> None:
        if isinstance(reminders, TrackerError):
            self._host.notify(str(reminders), severity="warning", markup=False, timeout=10)
            return
        if not reminders:
            return
        lines = [reminder.sentence for reminder in reminders[:_MAX_LINES]]
        if (more := len(reminders) - _MAX_LINES) > 0:
            lines.append(f"and {more} more; press i to read them")
        self._host.notify("\n".join(lines), title="Reminder", markup=False, timeout=15)
        self._loader.count_unread()
        if loud := next((reminder for reminder in reminders if reminder.is_loud), None):
            self._host.notify_terminal(loud.show.full_title, loud.text)
        moment = self._tracker.watchlist.moment
        as_json = [reminder.as_json(moment) for reminder in reminders]
        notify_owner(self._host, self._tracker.settings.notify, reminders=as_json)
