"""What the commands about time print: the digest of a day, and what comes when."""

from __future__ import annotations

import sys
from collections.abc import Iterable
from datetime import date
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from tracker.cli.output import COLOURS, Style, dump_json, format_countdown, iso_date, status_glyph, window_json
from tracker.model.show import Show
from tracker.model.window import days_until
from tracker.service import Tracker
from tracker.text import cells, fit

if TYPE_CHECKING:
    from tracker.model.episode import Episode
    from tracker.reports.agenda import Agenda
    from tracker.reports.digest import DigestLine

_KIND_NAMES: Final = {"today": "today", "overdue": "overdue", "week": "this week", "changed": "changed"}
_KIND_COLOURS: Final = {"today": "1;32", "overdue": "31", "week": "36", "changed": "33"}
_MAX_TITLE: Final = 40
"""Cells of a title on a terminal."""


def print_today(tracker: Tracker, shows: Iterable[Show], *, as_json: bool, pen: Style, width: int | None) -> bool:
    """Print the digest of the day, and return whether there was anything to tell."""
    from tracker.reports.digest import digest

    lines = digest(shows, tracker.today, tracker.next_episodes())
    if as_json:
        print(dump_json([_digest_line_json(line) for line in lines]))
    elif lines:
        room = _title_cells((line.show for line in lines), width)
        print("\n".join(_format_digest_line(line, room, pen, width) for line in lines))
    return bool(lines)


def _title_cells(shows: Iterable[Show], width: int | None) -> int:
    widest = max(cells(show.title) for show in shows)
    return widest if width is None else min(widest, _MAX_TITLE, max(8, width // 2))


def _format_digest_line(line: DigestLine, room: int, pen: Style, width: int | None) -> str:
    show, kind = line.show, line.kinds[0]
    sign = pen(status_glyph(show.status), COLOURS[show.status] if show.status else "")
    text = line.text if width is None else fit(line.text, max(10, width - room - 15)).rstrip()
    return f"{pen(fit(_KIND_NAMES[kind], 9), _KIND_COLOURS[kind])}  {sign} {fit(show.title, room)}  {text}"


def _digest_line_json(line: DigestLine) -> dict[str, Any]:
    show = line.show
    return {
        "id": show.id,
        "title": show.title,
        "status": show.status.value if show.status else None,
        "kinds": list(line.kinds),
        "text": line.text,
        "window": window_json(show.release),
        "networks": list(show.networks),
    }


def print_calendar(
    tracker: Tracker, shows: Iterable[Show], months: int | None, *, as_json: bool, pen: Style, width: int | None
) -> int:
    """Print what comes when, under days, weeks, months, quarters and years."""
    from tracker.model.dates import month_end, months_after
    from tracker.reports.agenda import Agenda

    episodes = tracker.next_episodes()
    agenda = Agenda(tracker.today, episodes, tracker.first_weekday)
    last = month_end(months_after(tracker.today, months - 1)) if months is not None else None
    groups = agenda.groups([show for show in shows if agenda.is_ahead(show, last)], "release")
    if as_json:
        found = [(group.name, show) for group in groups for show in group.shows]
        entries = [_calendar_entry_json(name, show, tracker, episodes.get(show.id)) for name, show in found]
        print(
            dump_json(
                [entry | {"day": iso_date(agenda.day_of(one[1]))} for entry, one in zip(entries, found, strict=True)]
            )
        )
    elif groups:
        rows = [[_row(show, tracker.today, agenda) for show in group.shows] for group in groups]
        room = _title_cells((show for group in groups for show in group.shows), width)
        widths = [room, *(max(cells(row.texts[column]) for under in rows for row in under) for column in (1, 2))]
        for group, under in zip(groups, rows, strict=True):
            print(pen(group.name, "1;31" if group.name == "Overdue" else "1"))
            print("\n".join(row.line(widths, pen, width) for row in under))
    else:
        within = "" if months is None else f" within {months} month{'' if months == 1 else 's'}"
        print(f"nothing to come{within}.", file=sys.stderr)
    return 0


class _Row(NamedTuple):
    """A show as the calendar prints it."""

    show: Show
    texts: tuple[str, str, str, str]
    """Title, when, how long until then, networks."""
    is_late: bool

    def line(self, widths: list[int], pen: Style, width: int | None) -> str:
        """Return the row in columns of these widths, the last of which takes what is left."""
        status = self.show.status
        title, when, left = (fit(text, wide) for text, wide in zip(self.texts[:3], widths, strict=True))
        networks = self.texts[3]
        if width is not None:
            networks = fit(networks, max(0, width - sum(widths) - 10)).rstrip()
        sign = pen(status_glyph(status), COLOURS[status] if status else "")
        return f"  {sign} {title}  {when}  {pen(left, '31' if self.is_late else '')}  {networks}".rstrip()


def _row(show: Show, today: date, agenda: Agenda) -> _Row:
    is_late = show.is_overdue(today)
    when = agenda.episode_text(show) or (show.release.label if show.release else "")
    return _Row(
        show, (show.title, when, "overdue" if is_late else format_countdown(show, today), _networks(show)), is_late
    )


def _networks(show: Show) -> str:
    return ", ".join(show.networks)


def _calendar_entry_json(group: str, show: Show, tracker: Tracker, episode: Episode | None) -> dict[str, Any]:
    from tracker.reports.agenda import TODAY_MARK

    days = days_until(show.release, tracker.today)
    return {
        "group": group.removesuffix(TODAY_MARK),
        "id": show.id,
        "title": show.title,
        "status": show.status.value if show.status else None,
        "overdue": show.is_overdue(tracker.today),
        "window": window_json(show.release),
        "countdown": {"min_days": days[0], "max_days": days[1]} if days else None,
        "episode": _episode_json(episode) if episode is not None else None,
        "networks": list(show.networks),
    }


def _episode_json(episode: Episode) -> dict[str, Any]:
    return {
        "season": episode.season,
        "number": episode.number,
        "title": episode.title or None,
        "on": iso_date(episode.on),
        "at": episode.at.isoformat() if episode.at else None,
    }
