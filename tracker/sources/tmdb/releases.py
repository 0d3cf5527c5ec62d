"""The dates in TMDB's answer about a film, one for each country and way of coming out."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import date
from typing import Final

from tracker.model.release import MEDIA, Release
from tracker.sources.decode import bare_day_window, day_window, line_of, parse_day
from tracker.sources.tmdb import records
from tracker.text import shorten

_LIMITED: Final = 2  # in few cinemas
_MEDIA: Final[Mapping[int, str]] = {1: "premiere", _LIMITED: "cinema", 3: "cinema", 4: "digital", 5: "disc", 6: "tv"}
"""TMDB's types of releases (https://developer.themoviedb.org/reference/movie-release-dates)."""
_MAX_NOTE: Final = 40


def read_releases(movie: records.Movie, *, is_out: bool) -> tuple[Release, ...]:
    """Return the dates of a film, by day; of several of one country and medium, the first.

    TMDB's primary date is the first in any country, without its name. It is here only where no country has one.
    """
    releases: dict[tuple[str, str], tuple[date, Release]] = {}
    for region, row in _rows(movie.release_dates):
        day, medium = parse_day(row.release_date), _MEDIA.get(row.type or 0, "")
        window = day_window(day)
        if day is None or window is None or not medium:
            continue
        known = releases.get((region, medium))
        if known is None or day < known[0]:
            said = ("limited" if row.type == _LIMITED else "", line_of(row.note))
            note = shorten(", ".join(filter(None, said)), _MAX_NOTE)
            releases[region, medium] = (day, Release(window, region, medium, note))
    by_day = sorted(releases.values(), key=lambda item: (item[0], item[1].region, MEDIA.index(item[1].medium)))
    primary = bare_day_window(parse_day(movie.release_date), is_out=is_out)
    if not by_day and primary is not None:
        return (Release(primary, note="first date in any country"),)
    return tuple(release for _, release in by_day)


def _rows(countries: records.Countries | None) -> Iterator[tuple[str, records.ReleaseRow]]:
    for country in (countries.results or ()) if countries is not None else ():
        if re.fullmatch("[A-Z]{2}", region := (country.iso_3166_1 or "").upper()):
            for row in country.release_dates or ():
                yield region, row
