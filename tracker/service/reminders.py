"""Reminders: the owner is told of releases when they are near, once each."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from typing import TYPE_CHECKING

from tracker.reports.reminders import SOURCE, DateKey, DueReminders, Reminder, ReminderRules, find_due_reminders
from tracker.service.open_watchlist import OpenWatchlist

if TYPE_CHECKING:
    from tracker.model.episode import Episode
    from tracker.store.reminder_db import ReminderDatabase
    from tracker.store.settings import Settings
    from tracker.store.source_db import SourceDatabase


class Reminders:
    """The reminders of one watchlist; there are none of the past.

    Args:
        watchlist: The list.
        settings: Returns the settings.
        episodes: Returns the next episodes by show id.
        open_database: Returns what keeps what was told.
        open_news: Returns what keeps the news, where each reminder is an item too.
    """

    def __init__(
        self,
        watchlist: OpenWatchlist,
        settings: Callable[[], Settings],
        episodes: Callable[[], Mapping[str, Episode]],
        open_database: Callable[[], ReminderDatabase],
        open_news: Callable[[], SourceDatabase],
    ) -> None:
        self._watchlist = watchlist
        self._settings = settings
        self._episodes = episodes
        self._open_database = open_database
        self._open_news = open_news

    @property
    def rules(self) -> ReminderRules:
        return ReminderRules(self._settings().remind, self._settings().remind_tags)

    @property
    def are_set(self) -> bool:
        """Whether any reminder is set, in the settings or for a show."""
        rules = self.rules
        has_rules = bool(rules.for_all) or any(rules.by_tag.values())
        return has_rules or any(show.remind for show in self._watchlist.current.shows)

    def preview(self) -> tuple[Reminder, ...]:
        """Return the reminders that are due; they stay due. Blocks."""
        if self._watchlist.as_of is not None or not self.are_set:
            return ()
        return self._find(self._open_database().read()).reminders

    def tell(self) -> tuple[Reminder, ...]:
        """Return the reminders that are due, and keep that they were told; each is in the news then. Blocks.

        Raises:
            TrackerError: That cannot be kept, so that nothing is told.
        """
        if self._watchlist.as_of is not None or not self.are_set:
            return ()
        due = DueReminders((), {})

        def find(told: Mapping[DateKey, date]) -> Mapping[DateKey, date]:
            nonlocal due
            due = self._find(told)
            if due.reminders:
                moment = self._watchlist.moment
                news, shows = self._open_news(), {reminder.show.id for reminder in due.reminders}
                unread = news.news(unread=True)
                # “Comes out tomorrow” is no news any more when it comes out today.
                news.mark_read(one.number for one in unread if one.source == SOURCE and one.show_id in shows)
                news.add_news(reminder.to_news(moment) for reminder in due.reminders)
            return due.told

        self._open_database().update(find)
        return due.reminders

    def _find(self, told: Mapping[DateKey, date]) -> DueReminders:
        shows, today = self._watchlist.current.shows, self._watchlist.today
        return find_due_reminders(shows, self.rules, today, told, self._episodes())
