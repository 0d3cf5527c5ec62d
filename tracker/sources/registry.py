"""The services there are, made as the owner wants them."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from typing import TYPE_CHECKING

from tracker.sources.base import Source

if TYPE_CHECKING:
    from tracker.sources.http.client import HttpClient


def make_sources(
    names: Sequence[str],
    client: HttpClient,
    now: Callable[[], datetime],
    *,
    token: Callable[[], str] = lambda: "",
    region: str = "",
    addresses: Mapping[str, str] | None = None,
) -> tuple[Source, ...]:
    """Return the sources of these names, in that order.

    Args:
        names: Their names; others are passed over.
        client: Makes the requests.
        now: The clock of the owner.
        token: Gives the token for TMDB, or raises `SourceDenied`; called when TMDB is asked.
        region: The owner's country, "" for none.
        addresses: Where a service is reached, if not at its own address.
    """
    from tracker.sources.tmdb.source import Tmdb
    from tracker.sources.tvmaze import Tvmaze
    from tracker.sources.wikidata.source import Wikidata

    at = addresses or {}
    makers: Mapping[str, Callable[[], Source]] = {
        "tvmaze": lambda: Tvmaze(client, now, at.get("tvmaze", "")),
        "tmdb": lambda: Tmdb(client, now, token, region, at.get("tmdb", "")),
        "wikidata": lambda: Wikidata(client, now, region, at.get("wikidata", "")),
    }
    return tuple(makers[name]() for name in names if name in makers)
