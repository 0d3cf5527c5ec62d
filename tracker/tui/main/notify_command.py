"""The owner's notify command, run by the app: in a thread, with a message where it fails."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any

from tracker.errors import TrackerError
from tracker.tui.background import run_in_thread, then
from tracker.tui.main.host import Host

if TYPE_CHECKING:
    from tracker.model.news import NewsItem


def notify_owner(
    host: Host, command: str, news: Iterable[NewsItem] = (), reminders: Iterable[Mapping[str, Any]] = ()
) -> None:
    """Give news and reminders to a command, if there is one."""
    if not command:
        return
    from tracker.service.notify import run_notify_command  # few have a command

    def show(problem: str | TrackerError) -> None:
        if problem:
            host.notify(str(problem), severity="warning", markup=False, timeout=10)

    run_in_thread(host, "background", lambda: run_notify_command(command, news, reminders), then(show))
