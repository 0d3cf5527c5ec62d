"""`tracker remind`: the reminders that are due."""

from __future__ import annotations

from typing import Any

from tracker.cli.context import Context, say
from tracker.cli.output import BOLD
from tracker.errors import BadValue
from tracker.reports.reminders import Reminder


def remind(context: Context) -> None:
    """Print the reminders that are due, and give them to the notify command; each once."""
    tracker, arguments = context.tracker, context.arguments
    if error := tracker.settings.error:
        say(error)
    if tracker.as_of is not None:
        raise BadValue("Reminders are for today. Leave out --as-of.")
    context.open()
    reminders = tracker.reminders.preview() if arguments.dry_run else tracker.reminders.tell()
    as_json = reminders_json(context, reminders)
    if arguments.json:
        from tracker.cli.json_output import print_json  # only --json pays for it

        print_json(as_json)
    else:
        print_reminders(context, reminders)
    if not tracker.reminders.are_set:
        say_unset(context)
    elif not reminders and context.width is not None:
        # A log or a mail of cron has nothing to say about nothing.
        say("Nothing is due today.")
    if reminders and tracker.settings.notify and not arguments.dry_run:
        from tracker.service.notify import run_notify_command  # most days start no process

        if problem := run_notify_command(tracker.settings.notify, (), as_json):
            say(problem)


def say_unset(context: Context) -> None:
    """Say how reminders are set."""
    settings = context.tracker.paths.settings
    say(f'No reminders are set. Write remind = ["7d", "1d", "0d", "overdue"] at the top of {settings}.')


def print_reminders(context: Context, reminders: tuple[Reminder, ...]) -> None:
    """Print reminders, a line each."""
    for reminder in reminders:
        print(f"{context.style(reminder.show.full_title, BOLD)} {reminder.text}")


def reminders_json(context: Context, reminders: tuple[Reminder, ...]) -> list[dict[str, Any]]:
    """Return reminders as `--json` prints them and the notify command gets them."""
    return [reminder.as_json(context.tracker.watchlist.moment) for reminder in reminders]
