"""What `tracker slips` prints: how well dates were kept, each figure with the number of its cases."""

from __future__ import annotations

import sys
from collections.abc import Iterable
from typing import Any, Final

from tracker.cli.report import COLOURS, Pen, dumps, glyph, iso, window_json
from tracker.model.promises import Promise
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
        print("\n".join([*_figures_text(found, pen), "", *_records_text(found, pen, width)]))
    else:
        print("no date was ever given, so none has slipped.", file=sys.stderr)
    return 0


def _figures_text(found: Ledger, pen: Pen) -> list[str]:
    rows = [_HEAD, _row("all shows", found.whole), *(_row(one.name, one) for one in found.networks if one.promised)]
    widths = [min(_MOST_TITLE, max(cells(row[column]) for row in rows)) for column in range(4)]
    lines = ["  ".join(fit(text, wide) for text, wide in zip(row, widths, strict=True)).rstrip() for row in rows]
    return [pen(lines[0], "90"), pen(lines[1], "1"), *lines[2:]]


def _row(name: str, one: Figures) -> tuple[str, str, str, str]:
    return (name, f"{one.slipped} of {one.promised}", _median(one.slip), _median(one.announced_to_out))


def _median(figure: Median) -> str:
    return f"{figure.whole_days} days (of {figure.cases})" if figure.days is not None else "–"


def _records_text(found: Ledger, pen: Pen, width: int | None) -> list[str]:
    titles = [cells(record.show.title) for record in found.records]
    room = max(titles) if width is None else min(_MOST_TITLE, max(titles))
    lines = []
    for record in found.records:
        show = record.show
        sign = pen(glyph(show.status), COLOURS[show.status] if show.status else "")
        told = f"{len(record.slips)}×, +{record.slipped_days} days" if record.slips else ""
        text = " → ".join(map(_promise, record.promises))
        text = text if width is None else fit(text, max(10, width - room - 22)).rstrip()
        lines.append(f"{sign} {fit(show.title, room)}  {pen(fit(told, 15), '31')}  {text}".rstrip())
    return lines


def _promise(promise: Promise) -> str:
    return f"{promise.window.label}{f' ({promise.words})' if promise.words else ''}"


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
        "slip": {"median_days": one.slip.days, "cases": one.slip.cases},
        "announced_to_out": {"median_days": one.announced_to_out.days, "cases": one.announced_to_out.cases},
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
        "announced": iso(record.announced),
        "out": iso(record.out),
        "days_to_out": record.days_to_out,
        "promises": [
            {
                "on": iso(one.claim.on),
                "window": window_json(one.window),
                "source": one.claim.source,
                "url": one.claim.url,
                "effect": one.effect.value,
                "days": one.days,
            }
            for one in record.promises
        ],
    }
