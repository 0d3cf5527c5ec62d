"""What `tracker export` does: where it writes, and what it says."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterable
from pathlib import Path

from tracker.errors import BadValue
from tracker.model.show import Show
from tracker.reports.calendar_events import PRECISIONS
from tracker.reports.query import QUERY_FIELDS
from tracker.service import Tracker


def parse_target(name: str) -> Path | None:
    """Return the file that is to be written, None for the standard output.

    Raises:
        BadValue: It reads like a filter, which comes behind the file.
    """
    if name == "-":
        return None
    field = re.match(r" ?-?(\w+):", name)
    if name.startswith(" -") or (field is not None and field[1].casefold() in QUERY_FIELDS):
        raise BadValue(f"“{name.strip()}” is a filter; name the file before it, or - for the standard output.")
    try:
        return Path(name).expanduser()
    except RuntimeError:
        raise BadValue(f"“{name}” names the home of somebody who has none here.") from None


def write_export(
    tracker: Tracker, shows: Iterable[Show], target: Path | None, precision: str | None, *, with_episodes: bool
) -> int:
    """Write the calendar and say where.

    Raises:
        NotExported: The file is something else, or cannot be written.
    """
    most_days = PRECISIONS[precision] if precision is not None else None
    made = tracker.export_ics(shows, target, most_days, with_episodes=with_episodes)
    if target is None:
        sys.stdout.flush()
        sys.stdout.buffer.write(made.data)
        sys.stdout.buffer.flush()
        return 0
    entries = f"{made.entries:,} entr{'y' if made.entries == 1 else 'ies'}"
    print(f"{target}: {entries}{'' if made.is_new else ', the same as before'}", file=sys.stderr)
    return 0
