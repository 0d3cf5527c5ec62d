"""What `tracker slips` prints: how well dates were kept, each figure with the number of its cases."""

from __future__ import annotations

import sys
from collections.abc import Iterable
from typing import Any, Final

from tracker.cli.output import COLOURS, Style, dump_json, iso_date, status_glyph, window_json
from tracker.model.formatting import describe_promise, plural, plural_days
from tracker.model.history import Promise
from tracker.model.show import Show
from tracker.reports.slips import Median, SlipRecord, SlipReport, SlipStats, slip_report
from tracker.text import cells, fit

_HEADINGS: Final = ("", "slipped", "one slip, median", "announced to out, median")
_MAX_TITLE: Final = 40


def print_slips(shows: Iterable[Show], *, as_json: bool, pen: Style, width: int | None) -> int:
    """Print the ledger of these shows."""
    found = slip_report(shows)
    if as_json:
        print(dump_json(slip_report_json(found)))
    elif found.records:
        print("\n".join([*_stats_lines(found, pen, width), "", *_record_lines(found, pen, width)]))
    else:
        print("no date was ever given, so none has slipped.", file=sys.stderr)
    return 0


def _stats_lines(found: SlipReport, pen: Style, width: int | None) -> list[str]:
    rows = [
        _HEADINGS,
        _stats_row("all shows", found.total),
        *(_stats_row(one.name, one) for one in found.networks if one.has_cases),
    ]
    widths = [max(cells(row[column]) for row in rows) for column in range(4)]
    if width is not None:
        widths[0] = min(widths[0], max(8, width - sum(widths[1:]) - 6))
    lines = ["  ".join(fit(text, wide) for text, wide in zip(row, widths, strict=True)).rstrip() for row in rows]
    return [pen(lines[0], "90"), pen(lines[1], "1"), *lines[2:]]


def _stats_row(name: str, one: SlipStats) -> tuple[str, str, str, str]:
    return (
        name,
        f"{one.slipped} of {one.promised}",
        _format_median(one.slip, "slip"),
        _format_median(one.announced_to_out, "show"),
    )


def _format_median(figure: Median, noun: str) -> str:
    return "–" if figure.whole_days is None else f"{plural_days(figure.whole_days)} (of {plural(figure.cases, noun)})"


def _record_lines(found: SlipReport, pen: Style, width: int | None) -> list[str]:
    rows = [(record.show.title, _format_slips(record), _format_days_to_out(record)) for record in found.records]
    widths = [max(cells(row[column]) for row in rows) for column in range(3)]
    if width is not None:
        widths[0] = min(widths[0], _MAX_TITLE, max(8, width // 3))
    lines = []
    for record, row in zip(found.records, rows, strict=True):
        status = record.show.status
        title, slipped, lasted = (fit(text, wide) for text, wide in zip(row, widths, strict=True))
        sign = pen(status_glyph(status), COLOURS[status] if status else "")
        room = None if width is None else max(10, width - sum(widths) - 8)
        lines.append(f"{sign} {title}  {pen(slipped, '31')}  {lasted}  {_format_promises(record, room)}".rstrip())
    return lines


def _format_slips(record: SlipRecord) -> str:
    return f"{len(record.slips)}×, +{plural_days(record.slipped_days)}" if record.slips else ""


def _format_days_to_out(record: SlipRecord) -> str:
    return f"out after {plural_days(record.days_to_out)}" if record.days_to_out is not None else ""


def _format_promises(record: SlipRecord, room: int | None) -> str:
    """Return the dates one after another; where there is no room for all, the oldest are left out."""
    parts = [_format_promise(promise) for promise in record.promises]
    parts += ["withdrawn"] if record.is_withdrawn else []
    first = 0
    while room is not None and first < len(parts) - 1 and cells(_join_windows(parts, first)) > room:
        first += 1
    return _join_windows(parts, first) if room is None else fit(_join_windows(parts, first), room).rstrip()


def _format_promise(promise: Promise) -> str:
    effect = describe_promise(promise)
    return f"{promise.window.label} ({effect})" if effect else promise.window.label


def _join_windows(parts: list[str], first: int) -> str:
    return " → ".join([*(["…"] if first else []), *parts[first:]])


def slip_report_json(found: SlipReport) -> dict[str, Any]:
    """Return the ledger as scripts get it."""
    return {
        "all": _slip_stats_json(found.total),
        "networks": [{"network": one.name} | _slip_stats_json(one) for one in found.networks],
        "shows": [_slip_record_json(record) for record in found.records],
    }


def _slip_stats_json(one: SlipStats) -> dict[str, Any]:
    return {
        "shows": one.shows,
        "promised": one.promised,
        "slipped": one.slipped,
        "slip": _median_json(one.slip),
        "announced_to_out": _median_json(one.announced_to_out),
    }


def _median_json(figure: Median) -> dict[str, Any]:
    middle = figure.days
    return {
        "median_days": int(middle) if middle is not None and middle == int(middle) else middle,
        "cases": figure.cases,
    }


def _slip_record_json(record: SlipRecord) -> dict[str, Any]:
    return {
        "id": record.show.id,
        "title": record.show.title,
        "status": record.show.status.value if record.show.status else None,
        "networks": list(record.show.networks),
        "slips": len(record.slips),
        "slipped_days": record.slipped_days,
        "drift_days": record.drift,
        "withdrawn": record.is_withdrawn,
        "announced": iso_date(record.announced_on),
        "out": iso_date(record.released_on),
        "days_to_out": record.days_to_out,
        "promises": [
            {
                "on": iso_date(one.claim.on),
                "on_text": one.claim.date_text,
                "window": window_json(one.window),
                "source": one.claim.source,
                "url": one.claim.url,
                "effect": one.effect.value,
                "days": one.days,
            }
            for one in record.promises
        ],
    }
