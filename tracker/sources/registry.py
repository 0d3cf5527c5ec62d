"""The online sources by name."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from typing import TYPE_CHECKING

from tracker.model.release import NO_PREFERENCE, Preference
from tracker.sources.base import Source

if TYPE_CHECKING:
    from tracker.sources.http.client import HttpClient


def make_sources(
    names: Sequence[str],
    client: HttpClient,
    now: Callable[[], datetime],
    *,
    token: Callable[[], str] = lambda: "",
    preference: Preference = NO_PREFERENCE,
    addresses: Mapping[str, str] | None = None,
) -> tuple[Source, ...]:
    """Return the sources of these names, in that order; unknown names are ignored.

    Args:
        now: The user's clock.
        token: Returns the token for TMDB, or raises SourceDenied; called before the first request to TMDB.
        preference: Which dates count for the user; titles and offers are those of the same country.
        addresses: Other addresses than the sources' own, by name.
    """
    from tracker.sources.tmdb.source import Tmdb
    from tracker.sources.tvmaze import Tvmaze
    from tracker.sources.wikidata.source import Wikidata

    at = addresses or {}
    makers: Mapping[str, Callable[[], Source]] = {
        "tvmaze": lambda: Tvmaze(client, now, preference.region, at.get("tvmaze", "")),
        "tmdb": lambda: Tmdb(client, now, token, preference, at.get("tmdb", "")),
        "wikidata": lambda: Wikidata(client, now, preference, at.get("wikidata", "")),
    }
    return tuple(makers[name]() for name in names if name in makers)
