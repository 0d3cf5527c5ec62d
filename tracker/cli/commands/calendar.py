"""`tracker today` and `tracker calendar`: what is near, and what comes when."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from tracker.cli.context import Context, say
from tracker.cli.output import (
    BOLD,
    RED,
    Layout,
    Style,
    TableRow,
    format_table,
    status_sign,
    title_limit,
)
from tracker.model.formatting import describe_late, describe_wait, plural
from tracker.model.show import Show
from tracker.text import fit

if TYPE_CHECKING:
    from tracker.reports.agenda import Agenda
    from tracker.reports.digest import DigestLine

_KINDS: Final = {
    "today": ("today", "1;32"),
    "overdue": ("overdue", RED),
    "week": ("this week", "36"),
    "changed": ("changed", "33"),
}
"""Name and colour of each kind of line in the digest."""


def print_today(context: Context) -> int:
    """Print the digest of the day; with --exit-code return 1 if there is nothing in it."""
    from tracker.reports.digest import digest  # `calendar` needs none of it

    # Nothing is said of damaged entries: it would be said at each start of a shell.
    is_read = not context.arguments.json and not context.arguments.exit_code
    shows = context.find_shows(may_be_near=is_read)
    lines = digest(shows, context.tracker.today, context.tracker.next_episodes())
    if context.arguments.json:
        from tracker.cli.json_output import digest_line_json, print_json  # only --json pays for it

        print_json([digest_line_json(line) for line in lines])
    elif lines:
        context.say_near()
        rows = [_digest_row(line, context.style) for line in lines]
        layout = Layout(lead=13, flexible=1, least=10, limits=title_limit(context.width))
        print("\n".join(format_table([("", rows)], context.style, context.width, layout)))
    return 1 if context.arguments.exit_code and not lines else 0


def print_calendar(context: Context) -> None:
    """Print what comes when, under days, weeks, months, quarters and years."""
    from tracker.model.dates import month_end, months_after  # `today` needs none of these
    from tracker.reports.agenda import TODAY_MARK, Agenda

    tracker, months = context.tracker, context.arguments.months
    shows = context.find_shows(may_be_near=not context.arguments.json)
    context.say_damaged()
    context.say_near()
    if not shows and not context.arguments.json:
        context.say_nothing_found()
        return
    episodes = tracker.next_episodes()
    agenda = Agenda(tracker.today, episodes, tracker.first_weekday)
    last = month_end(months_after(tracker.today, months - 1)) if months is not None else None
    groups = agenda.groups([show for show in shows if agenda.is_ahead(show, last)], "release")
    if context.arguments.json:
        from tracker.cli.json_output import calendar_entry_json, print_json  # only --json pays for it

        print_json([
            calendar_entry_json(
                show,
                tracker.today,
                group=group.name.removesuffix(TODAY_MARK),
                episode=episodes.get(show.id),
                day=agenda.day_of(show),
            )
            for group in groups
            for show in group.shows
        ])  # fmt: skip
    elif groups:
        table = [
            (
                context.style(group.name, f"1;{RED}" if group.name == "Overdue" else BOLD),
                [_calendar_row(show, agenda, context) for show in group.shows],
            )
            for group in groups
        ]
        layout = Layout(lead=4, flexible=3, limits=title_limit(context.width))
        print("\n".join(format_table(table, context.style, context.width, layout)))
    else:
        within = "" if months is None else f" within {plural(months, 'month')}"
        say(f"Nothing is due{within}.")


def _digest_row(line: DigestLine, style: Style) -> TableRow:
    name, colour = _KINDS[line.kinds[0]]
    lead = f"{style(fit(name, 9), colour)}  {status_sign(line.show.status, style)} "
    return TableRow((line.show.full_title, line.text), lead)


def _calendar_row(show: Show, agenda: Agenda, context: Context) -> TableRow:
    today = context.tracker.today
    late = describe_late(show, today)
    when = agenda.episode_text(show) or (show.release.label if show.release else "")
    texts = (show.full_title, when, (late or describe_wait(show, today), RED if late else ""), ", ".join(show.networks))
    return TableRow(texts, lead=f"  {status_sign(show.status, context.style)} ")
