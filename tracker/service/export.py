"""Export for other programs: into a file that they may be reading meanwhile, or as bytes."""

from __future__ import annotations

import stat
from collections.abc import Iterable, Mapping
from datetime import date, datetime
from pathlib import Path
from typing import NamedTuple

from tracker.errors import ExportError
from tracker.export import ics
from tracker.model.episode import Episode
from tracker.model.show import Show
from tracker.reports.calendar_events import calendar_events
from tracker.reports.reminders import ReminderRules
from tracker.store.files import atomic
from tracker.store.watchlist_file import explain_os_error


class Export(NamedTuple):
    """An export that was made."""

    data: bytes
    entries: int  # how many events are in it
    is_new: bool = True  # whether the file had another text before


def export_ics(
    shows: Iterable[Show],
    today: date,
    now: datetime,
    target: Path | None = None,
    *,
    episodes: Mapping[str, Episode] | None = None,
    most_days: int | None = None,
    rules: ReminderRules | None = None,
) -> Export:
    """Make a calendar of the shows, and replace the file `target` by it in one step, unless it has the same text.

    Args:
        shows: The shows.
        today: The day on which they are seen.
        now: The moment, in UTC.
        target: The file; None only makes the bytes.
        episodes: The next episodes that are known, by show id.
        most_days: Leave out windows of more days.
        rules: When alarms go off; None for no alarms.

    Raises:
        ExportError: The file is something else than a calendar, or cannot be read or written.
    """
    events = calendar_events(shows, episodes or {}, today, most_days, rules)
    if target is None:
        return Export(ics.write_calendar(events, now), len(events))
    old = _read(target)
    data = ics.write_calendar(events, now, _read_entries(target, old))
    if data == old:
        return Export(data, len(events), is_new=False)
    try:
        atomic.write(target, data)
    except OSError as error:
        raise ExportError(f"Can't write {target}: {explain_os_error(error)}.") from None
    return Export(data, len(events))


def _read(target: Path) -> bytes:
    try:
        # A pipe would never end, and a device would be replaced by a file.
        if not stat.S_ISREG(target.stat().st_mode):
            raise ExportError(f"{target} is not a file. Give a file name, or - for standard output.")
        return target.read_bytes()
    except FileNotFoundError:
        if not target.parent.exists():
            raise ExportError(f"Can't write {target}: there is no folder {target.parent}.") from None
        return b""
    except OSError as error:
        raise ExportError(f"Can't read {target}: {explain_os_error(error)}.") from None


def _read_entries(target: Path, data: bytes) -> dict[str, ics.WrittenEntry]:
    try:
        return ics.parse_entries(data) if data.strip() else {}
    except ics.NotACalendarError:
        raise ExportError(
            f"{target} already exists, and not all of it is a calendar written by this program. "
            "Choose another file, or delete it."
        ) from None
