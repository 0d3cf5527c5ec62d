"""Dates in the claims of Wikidata: when a show comes out, when it ended, and what status that comes to.

A time has a precision of its own (https://www.mediawiki.org/wiki/Wikibase/DataModel/JSON), so that a day is a day, also
1 January. Times are kept in advance as well, and nobody may have corrected one that was missed: a date that has passed
means that a show is out only when it has stood for a while.
"""

from __future__ import annotations

import calendar
import re
from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from typing import Final, NamedTuple

from tracker.model.release import Release, Track
from tracker.model.status import STARTED, Status
from tracker.model.window import Precision, Window
from tracker.sources.wikidata.items import COUNTRIES, WORLDWIDE, medium_of
from tracker.sources.wikidata.records import ItemStatement, ItemStatements, best_ranked

DAY_STANDS: Final = timedelta(days=30)
"""After how long a day that has passed was kept; by then somebody corrected one that was missed."""
VAGUE_STANDS: Final = timedelta(days=365)
"""After how long a month or a year was kept, which is a plan more often than a report, and a start without an end."""

_GREGORIAN: Final = "Q1985727"
_FILM_PROJECT: Final = "Q18011172"  # a film that is not finished
_BEGUN: Final = (*STARTED, Status.CANCELLED)
_OVER: Final = (Status.RELEASED, Status.CANCELLED)


class Stage(NamedTuple):
    """How far a show is, as its dates tell."""

    words: str = ""
    status: Status | None = None
    compatible: tuple[Status, ...] = ()
    ended: date | None = None  # its last day


class _Dated(NamedTuple):
    window: Window
    regions: tuple[str, ...]  # countries that it is about, none for all
    is_local: bool  # whether it is about a place that is no country, as a city or a festival
    claim: ItemStatement


def read_releases(claims: ItemStatements) -> tuple[Release, ...]:
    """Return the dates of a film, one for each country and medium, earliest first.

    Those of festivals and cities are left out where there are others.
    """
    dated = _read(tuple(claim for claim in claims.published if claim.rank != "deprecated"))
    dated = [one for one in dated if not one.is_local] or dated
    tracks: dict[Track, list[_Dated]] = {}
    for one in dated:
        for region in one.regions or ("",):
            tracks.setdefault(Track(region, _medium(one.claim)), []).append(one)
    releases = [Release(window, *track) for track, those in tracks.items() if (window := _earliest(_best(those)))]
    return tuple(sorted(releases, key=lambda one: (*_order(one.window), one.region, one.medium)))


def find_start(claims: ItemStatements, region: str, home: str) -> tuple[Window | None, str]:
    """Return when a series starts, and the country that it is about, "" for all.

    Args:
        claims: What an item says.
        region: The owner's country, "" for none.
        home: The country that it comes from, "" if that is not known.
    """
    dated = _read(claims.published)
    start = _earliest(_best(_read(claims.started)))
    for country in filter(None, (region, home if start is None else "")):
        if (window := _earliest(_best([one for one in dated if country in one.regions]))) is not None:
            return window, country
    published = _best(dated)
    anywhere = [one for one in published if not one.regions and not one.is_local]
    if start is not None:
        # What is said of its publication counts only where it is the same said more closely.
        out = _earliest([*anywhere, *(one for one in published if home in one.regions)])
        return (out if out is not None and start.contains(out) else start), ""
    for those in (anywhere, [one for one in published if one.regions], published):
        if (window := _earliest(those)) is not None:
            regions = next(one.regions for one in those if one.window == window)
            return window, regions[0] if regions else ""
    return None, ""


def read_stage(claims: ItemStatements, release: Window | None, today: date, *, is_film: bool) -> Stage:
    """Return how far a show is; nothing where its dates do not tell."""
    if is_film:
        is_project = {claim.item for claim in best_ranked(claims.classes)} == {_FILM_PROJECT}
        if release is None or is_project or not is_kept(release, today):
            return Stage()
        return Stage(f"released {release.label}", Status.RELEASED, (Status.RELEASED,))
    starts = [one.window for one in _best(_read(claims.started))] or ([release] if release is not None else [])
    ends = [one.window for one in _best(_read(claims.ended))]
    first, last_start = min(starts, key=_order, default=None), max(starts, key=_order, default=None)
    end = max(ends, key=_order, default=None)
    if end is not None and last_start is not None and _order(end) < _order(last_start):
        end = None  # It came back.
    began = f"began {first.label}" if first is not None else ""
    has_begun = last_start is not None and is_kept(last_start, today)
    if end is not None and end.latest is not None and end.latest < today and (has_begun or is_kept(end, today)):
        words = ", ".join(filter(None, (began, f"ended {end.label}")))
        return Stage(words, Status.RELEASED, _OVER, end.day)
    last = end.day if end is not None else None
    if has_begun and (end is not None or any(claim.mainsnak.kind == "novalue" for claim in best_ranked(claims.ended))):
        return Stage(began, Status.AIRING, _BEGUN, last)
    if last_start is not None and last_start.latest is not None and today - last_start.latest > VAGUE_STANDS:
        return Stage(began, Status.RELEASED, _BEGUN, last)
    # A start of the last months may have been missed, and no more than that was said.
    return Stage(ended=last)


def is_kept(window: Window, today: date) -> bool:
    """Return whether a date that has passed has stood so long that it was no mistake."""
    if window.latest is None:
        return False
    is_day = window.precision is Precision.DAY and not window.approximate
    return today - window.latest > (DAY_STANDS if is_day else VAGUE_STANDS)


def last_day(claims: ItemStatements) -> date | None:
    """Return the last day that claims give, None where it is vaguer or unknown."""
    end = max((one.window for one in _best(_read(claims.ended))), key=_order, default=None)
    return end.day if end is not None else None


def _read(claims: Iterable[ItemStatement]) -> list[_Dated]:
    dated = []
    for claim in claims:
        if (window := _window(claim)) is None:
            continue
        places = [place.item for place in claim.limits.places if place.item]
        regions = tuple(dict.fromkeys(COUNTRIES[place] for place in places if place in COUNTRIES))
        is_local = bool(places) and not regions and WORLDWIDE not in places
        dated.append(_Dated(window, () if WORLDWIDE in places else regions, is_local, claim))
    return dated


def _best(dated: Sequence[_Dated]) -> list[_Dated]:
    best = best_ranked(tuple(one.claim for one in dated))
    return [one for one in dated if any(one.claim is claim for claim in best)]


def _earliest(dated: Iterable[_Dated]) -> Window | None:
    """Return the earliest date, without dates that contain another one."""
    windows = [one.window for one in dated]
    precise = [w for w in windows if not any(w.contains(other) and not other.contains(w) for other in windows)]
    return min(precise, key=_order, default=None)


def _order(window: Window) -> tuple[date, date]:
    return window.earliest or date.max, window.latest or date.max


def _medium(claim: ItemStatement) -> str:
    media = (medium_of(snak.item) for snak in (*claim.limits.formats, *claim.limits.platforms))
    return next(filter(None, media), "")


def _window(claim: ItemStatement) -> Window | None:
    """Return the time of a claim, None for one that is vaguer than a year, of another calendar, or before our era.

    The day of a month and the month of a year may be 00.
    """
    value = claim.mainsnak.value
    match_ = re.match(r"\+0*([1-9]\d{0,3})-(\d\d)-(\d\d)T", value.time or "")
    if match_ is None or not (value.calendar or _GREGORIAN).endswith(_GREGORIAN):
        return None
    year, month, day = (int(part) for part in match_.groups())
    approximate = bool(value.before or value.after or claim.limits.circumstances)
    mark = "~" if approximate else ""
    try:
        match value.precision or 0:
            case 9:
                first, last = date(year, 1, 1), date(year, 12, 31)
                return Window(f"{mark}{year:04}", first, last, Precision.YEAR, approximate)
            case 10:
                last = date(year, month, calendar.monthrange(year, month)[1])
                return Window(f"{mark}{year:04}-{month:02}", last.replace(day=1), last, Precision.MONTH, approximate)
            case precision if precision >= 11:
                exact = date(year, month, day)
                return Window(f"{mark}{exact.isoformat()}", exact, exact, Precision.DAY, approximate)
    except ValueError:
        return None
    return None
