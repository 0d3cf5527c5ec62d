"""What `tracker slips` prints: how well dates were kept, each figure with the number of its cases."""

from __future__ import annotations

import sys
from collections.abc import Iterable
from typing import Any, Final

from tracker.cli.report import COLOURS, Pen, dumps, glyph, iso, window_json
from tracker.model.labels import counted, days
from tracker.model.show import Show
from tracker.model.slips import Figures, Ledger, Median, Record, ledger
from tracker.text import cells, fit

_HEAD: Final = ("", "slipped", "one slip, median", "announced to out, median")
_MOST_TITLE: Final = 40


def slips(shows: Iterable[Show], *, as_json: bool, pen: Pen, width: int | None) -> int:
    """Print the ledger of these shows."""
    found = ledger(shows)
    if as_json:
        print(dumps(ledger_json(found)))
    elif found.records:
        print("\n".join([*_figures_text(found, pen, width), "", *_records_text(found, pen, width)]))
    else:
        print("no date was ever given, so none has slipped.", file=sys.stderr)
    return 0


def _figures_text(found: Ledger, pen: Pen, width: int | None) -> list[str]:
    rows = [_HEAD, _row("all shows", found.whole), *(_row(one.name, one) for one in found.networks if one.has_cases)]
    widths = [max(cells(row[column]) for row in rows) for column in range(4)]
    if width is not None:
        widths[0] = min(widths[0], max(8, width - sum(widths[1:]) - 6))
    lines = ["  ".join(fit(text, wide) for text, wide in zip(row, widths, strict=True)).rstrip() for row in rows]
    return [pen(lines[0], "90"), pen(lines[1], "1"), *lines[2:]]


def _row(name: str, one: Figures) -> tuple[str, str, str, str]:
    return (name, f"{one.slipped} of {one.promised}", _median(one.slip, "slip"), _median(one.announced_to_out, "show"))


def _median(figure: Median, noun: str) -> str:
    return "–" if figure.whole_days is None else f"{days(figure.whole_days)} (of {counted(figure.cases, noun)})"


def _records_text(found: Ledger, pen: Pen, width: int | None) -> list[str]:
    rows = [(record.show.title, _slipped(record), _lasted(record)) for record in found.records]
    widths = [max(cells(row[column]) for row in rows) for column in range(3)]
    if width is not None:
        widths[0] = min(widths[0], _MOST_TITLE, max(8, width // 3))
    lines = []
    for record, row in zip(found.records, rows, strict=True):
        status = record.show.status
        title, slipped, lasted = (fit(text, wide) for text, wide in zip(row, widths, strict=True))
        sign = pen(glyph(status), COLOURS[status] if status else "")
        room = None if width is None else max(10, width - sum(widths) - 8)
        lines.append(f"{sign} {title}  {pen(slipped, '31')}  {lasted}  {_story(record, room)}".rstrip())
    return lines


def _slipped(record: Record) -> str:
    return f"{len(record.slips)}×, +{days(record.slipped_days)}" if record.slips else ""


def _lasted(record: Record) -> str:
    return f"out after {days(record.days_to_out)}" if record.days_to_out is not None else ""


def _story(record: Record, room: int | None) -> str:
    """Return the dates one after another; where there is no room for all, the oldest are left out."""
    parts = [f"{one.window.label}{f' ({one.words})' if one.words else ''}" for one in record.promises]
    parts += ["withdrawn"] if record.is_withdrawn else []
    first = 0
    while room is not None and first < len(parts) - 1 and cells(_joined(parts, first)) > room:
        first += 1
    return _joined(parts, first) if room is None else fit(_joined(parts, first), room).rstrip()


def _joined(parts: list[str], first: int) -> str:
    return " → ".join([*(["…"] if first else []), *parts[first:]])


def ledger_json(found: Ledger) -> dict[str, Any]:
    """Return the ledger as scripts get it."""
    return {
        "all": _figures_json(found.whole),
        "networks": [{"network": one.name} | _figures_json(one) for one in found.networks],
        "shows": [_record_json(record) for record in found.records],
    }


def _figures_json(one: Figures) -> dict[str, Any]:
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


def _record_json(record: Record) -> dict[str, Any]:
    return {
        "id": record.show.id,
        "title": record.show.title,
        "status": record.show.status.value if record.show.status else None,
        "networks": list(record.show.networks),
        "slips": len(record.slips),
        "slipped_days": record.slipped_days,
        "drift_days": record.drift,
        "withdrawn": record.is_withdrawn,
        "announced": iso(record.announced),
        "out": iso(record.out),
        "days_to_out": record.days_to_out,
        "promises": [
            {
                "on": iso(one.claim.on),
                "on_text": one.claim.said,
                "window": window_json(one.window),
                "source": one.claim.source,
                "url": one.claim.url,
                "effect": one.effect.value,
                "days": one.days,
            }
            for one in record.promises
        ],
    }
