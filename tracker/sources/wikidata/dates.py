"""The release date in the claims of Wikidata about a show."""

from __future__ import annotations

import calendar
import re
from collections.abc import Iterable
from datetime import date

from tracker.model.window import Precision, Window
from tracker.sources.decode import day_window, year_window
from tracker.sources.wikidata.records import ItemStatement, ItemStatements, Value, best_ranked


def release_window(
    claims: ItemStatements, today: date, places: frozenset[str], *, is_film: bool
) -> tuple[Window | None, bool]:
    """Return the release window, and whether it is that of these places."""
    here = tuple(claim for claim in claims.published if any(place.item in places for place in claim.limits.places))
    if (regional := _earliest(best_ranked(here), today)) is not None:
        return regional, True
    published = best_ranked(claims.published)
    anywhere = tuple(claim for claim in published if not any(place.item for place in claim.limits.places))
    out, start = (
        _earliest(anywhere, today) or _earliest(published, today),
        _earliest(best_ranked(claims.started), today),
    )
    if out is None or start is None:
        return out or start, False
    # A series starts; what is said of its publication counts only where it is the same said more closely.
    return (out if is_film or start.contains(out) else start), False


def _earliest(claims: Iterable[ItemStatement], today: date) -> Window | None:
    """Return the earliest date, without dates that contain another one."""
    values = (claim.mainsnak.datavalue.value for claim in claims if claim.mainsnak.datavalue is not None)
    windows = [window for value in values if isinstance(value, Value) and (window := _window(value, today))]
    precise = [w for w in windows if not any(w.contains(other) and not other.contains(w) for other in windows)]
    return min(precise, key=lambda w: (w.earliest or date.max, w.latest or date.max), default=None)


def _window(value: Value, today: date) -> Window | None:
    """Return a time as a window, None for one that is vaguer than a year.

    The day of a month and the month of a year may be 00 (https://www.mediawiki.org/wiki/Wikibase/DataModel/JSON).
    """
    match_ = re.match(r"\+0*([1-9]\d{0,3})-(\d\d)-(\d\d)T", value.time or "")
    if match_ is None:
        return None
    year, month, day = (int(part) for part in match_.groups())
    try:
        match value.precision or 0:
            case 9:
                return year_window(year)
            case 10:
                last = date(year, month, calendar.monthrange(year, month)[1])
                return Window(f"{year:04}-{month:02}", last.replace(day=1), last, Precision.MONTH)
            case precision if precision >= 11:
                return day_window(date(year, month, day))
    except ValueError:
        return None
    return None
