"""`tracker slips`: how well dates were kept, each figure with the number of its cases."""

from __future__ import annotations

from typing import Final

from tracker.cli.context import Context, say
from tracker.cli.output import (
    BOLD,
    GREY,
    RED,
    Layout,
    Style,
    TableRow,
    column_widths,
    format_table,
    status_sign,
    title_limit,
)
from tracker.model.formatting import describe_promise, plural_days
from tracker.model.window import describe_days
from tracker.reports.slips import (
    Fate,
    Median,
    SlipRecord,
    SlipReport,
    SlipStats,
    describe_date,
    describe_dates,
    describe_record,
    slip_report,
)
from tracker.text import cells, fit

_WIDE: Final = 110  # cells of a terminal that has room for all figures


def print_slips(context: Context) -> None:
    """Print slip statistics of all shows, of each network and of each show."""
    shows = context.find_shows(may_be_near=not context.arguments.json)
    context.say_damaged()
    context.say_near()
    if not shows and not context.arguments.json:
        context.say_nothing_found()
        return
    report = slip_report(shows, context.tracker.today)
    if context.arguments.json:
        from tracker.cli.json_output import print_json, slip_report_json  # only --json pays for it

        print_json(slip_report_json(report))
    elif report.records:
        stats = _stats_lines(report, context.style, context.width)
        print("\n".join([*stats, *_record_lines(report, context.style, context.width)]))
        if report.has_uncounted:
            say("Rumors and your own dates don't count.")
    else:
        say("No dates yet, so none has slipped.")


def _stats_lines(report: SlipReport, style: Style, width: int | None) -> list[str]:
    """Return the figures of all shows and of each network, and below them those of each source."""
    is_wide = width is None or width >= _WIDE
    heads = ("dates", *(fate.value for fate in Fate), "typical slip", *(("slips", "typical wait") if is_wide else ()))
    networks = [_stats_row(stats.name, stats, is_wide=is_wide) for stats in report.networks if stats.has_cases]
    rows = [TableRow(("", *heads)), _stats_row("all shows", report.total, is_wide=is_wide), *networks]
    said = [
        TableRow(("said by", *heads)),
        *(_stats_row(one.name, one, is_wide=is_wide) for one in report.telling_sources),
    ]
    groups = [("", rows), ("", said)] if len(said) > 1 else [("", rows)]
    lines = format_table(groups, style, width, Layout(lead=0, flexible=0, least=8))
    lines[0], lines[1] = style(lines[0], GREY), style(lines[1], BOLD)
    if len(said) > 1:
        lines[len(rows) :] = ["", style(lines[len(rows)], GREY), *lines[len(rows) + 1 :]]
    return [*lines, ""]


def _stats_row(name: str, stats: SlipStats, *, is_wide: bool) -> TableRow:
    counts = (str(stats.count(fate) or "–") for fate in Fate)
    days = f"+{plural_days(stats.slipped_days)}" if stats.slipped_days else "–"
    more = (days, _format_median(stats.announced_to_out)) if is_wide else ()
    return TableRow((name, str(len(stats.fates) or "–"), *counts, _format_median(stats.slip), *more))


def _format_median(median: Median) -> str:
    return "–" if median.whole_days is None else describe_days(median.whole_days)


def _record_lines(report: SlipReport, style: Style, width: int | None) -> list[str]:
    rows = [_record_row(record, style) for record in report.records]
    layout = Layout(lead=2, flexible=3, least=10, limits=title_limit(width, share=3))
    if width is not None:
        room = column_widths(rows, width, layout)[3]
        rows = [
            row._replace(cells=(*row.cells[:3], _format_promises(record, room)))
            for row, record in zip(rows, report.records, strict=True)
        ]
    return format_table([("", rows)], style, width, layout)


def _record_row(record: SlipRecord, style: Style) -> TableRow:
    lasted = f"out after {describe_days(record.days_to_out)}" if record.days_to_out is not None else ""
    texts = (record.show.full_title, (describe_record(record), RED), lasted, _format_promises(record))
    return TableRow(texts, lead=f"{status_sign(record.show.status, style)} ")


def _format_promises(record: SlipRecord, room: int | None = None) -> str:
    """Return the dates one after another; the oldest are left out if there is no room for all."""
    parts = [describe_date(promise, describe_promise(promise)) for promise in record.dates]
    parts += describe_dates(record)[len(parts) :]
    text = " → ".join(parts)
    while room is not None and cells(text) > room and len(parts) > 1:
        del parts[0]
        text = " → ".join(["…", *parts])
    return text if room is None else fit(text, room).rstrip()
