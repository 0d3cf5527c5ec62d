"""`tracker list`."""

from __future__ import annotations

import sys
from datetime import date
from typing import Final

from tracker.cli.context import Context, say
from tracker.cli.output import (
    BOLD,
    COLOURS,
    GREY,
    RED,
    Layout,
    Style,
    TableRow,
    format_table,
    mine_cell,
    status_sign,
)
from tracker.model.formatting import describe_late, describe_wait
from tracker.model.show import Show
from tracker.reports.grouping import group_shows

_LIMITS: Final = (1000, 15, 13, 18)
_MINE_FROM: Final = 100
"""Cells of a terminal from which on there is room for watch state and rating."""
_MAX_NEAR: Final = 5  # how many near matches are named
_LIMITS_WITH_MINE: Final = (1000, 3, *_LIMITS[1:])


def print_list(context: Context) -> None:
    """Print the list, or the shows that a query selects."""
    arguments, today = context.arguments, context.tracker.today
    if arguments.views:
        print_views(context)
        return
    # A program that takes ids would act on near ones as if they were asked for.
    shows = context.find_shows(may_be_near=not arguments.ids)
    context.say_near()
    view = context.saved_view
    sort = arguments.sort or (view.sort if view is not None else "") or "release"
    by = "release" if sort == "release" else "none"
    if view is not None and view.group and not (arguments.json or arguments.ids):
        by = view.group
    groups = group_shows(shows, by, sort, today, context.watchlist.people)
    if arguments.ids:
        sys.stdout.writelines(f"{show.id}\n" for group in groups for show in group.shows)
        if not shows and (near := context.find_shows(may_be_near=True)):
            ids = [*(show.id for show in near[:_MAX_NEAR]), *(["…"] if len(near) > _MAX_NEAR else [])]
            say(f"Nothing matches “{context.query}”. Near matches: {', '.join(ids)}")
        return
    if arguments.json:
        from tracker.cli.json_output import print_json, summary_json  # only --json pays for it

        mark = {"near": True} if context.is_near else {}
        print_json([summary_json(show, today) | mark for group in groups for show in group.shows])
    elif shows:
        style = context.style
        is_wide = context.width is None or context.width >= _MINE_FROM
        has_mine = is_wide and any(show.watch or show.rating is not None for show in shows)
        layout = Layout(lead=4, flexible=0, least=20, limits=_LIMITS_WITH_MINE if has_mine else _LIMITS)
        table = [
            (
                style(group.name.upper(), BOLD) if group.name else "",
                [_row(show, today, style, has_mine=has_mine) for show in group.shows],
            )
            for group in groups
        ]
        print("\n".join(format_table(table, style, context.width, layout)))
    context.say_damaged()
    if not shows and not arguments.json:
        context.say_nothing_found()


def print_views(context: Context) -> None:
    """Print the saved views, one a line: on a terminal as a table, else name, tab and filter."""
    settings = context.tracker.settings
    if settings.error:
        say(settings.error)
    if context.width is None:
        sys.stdout.writelines(f"{view.label}\t{view.query}\n" for view in settings.views)
    elif settings.views:
        rows = [TableRow((view.label, view.query), lead="") for view in settings.views]
        print("\n".join(format_table([("", rows)], context.style, context.width, Layout(lead=0, flexible=1))))
    else:
        say(f"No saved views yet. Add them under [views] in {context.tracker.paths.settings}.")


def _row(show: Show, today: date, style: Style, *, has_mine: bool) -> TableRow:
    late = describe_late(show, today)
    return TableRow(
        (
            show.full_title,
            *([mine_cell(show)] if has_mine else []),
            (show.status.value if show.status else "–", COLOURS[show.status] if show.status else ""),
            show.release.label if show.release else "",
            (late or describe_wait(show, today), RED if late else ""),
            (show.id, GREY),
        ),
        lead=f"  {status_sign(show.status, style)} ",
    )
