"""`tracker export`."""

from __future__ import annotations

import re
import sys
from pathlib import Path

from tracker.cli.commands.remind import say_unset
from tracker.cli.context import Context, say
from tracker.errors import BadValue
from tracker.model.formatting import plural
from tracker.reports.calendar_events import PRECISIONS
from tracker.reports.query import QUERY_FIELDS


def export(context: Context) -> None:
    """Write a calendar into a file or to stdout."""
    arguments = context.arguments
    target = parse_target(arguments.file)
    shows = context.find_shows()
    context.say_damaged()
    most_days = PRECISIONS[arguments.precision] if arguments.precision is not None else None
    if arguments.alarms and not context.tracker.reminders.are_set:
        say_unset(context)
    result = context.tracker.export_ics(
        shows, target, most_days, with_episodes=not arguments.no_episodes, with_alarms=arguments.alarms
    )
    if target is None:
        sys.stdout.flush()
        sys.stdout.buffer.write(result.data)
        sys.stdout.buffer.flush()
        return
    entries = plural(result.entries, "entry", "entries")
    say(f"{target}: {entries}{'' if result.is_new else ', unchanged'}")


def parse_target(name: str) -> Path | None:
    """Return the file to write, None for stdout.

    Raises:
        BadValue: It reads like a query, which comes after the file.
    """
    if name == "-":
        return None
    field = re.match(r" ?-?(\w+):", name)
    is_view = name.lstrip(" -").startswith(("@", "＠"))
    if is_view or name.startswith(" -") or (field is not None and field[1].casefold() in QUERY_FIELDS):
        raise BadValue(f"“{name.strip()}” is a filter. Put a file name before it, or - for standard output.")
    try:
        return Path(name).expanduser()
    except RuntimeError:
        raise BadValue(f"There is no such user: “{name}”.") from None
