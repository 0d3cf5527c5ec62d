"""Aliases: titles that the owner may meet or type, in one order for all sources."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from tracker.model.season import split_season
from tracker.model.source_record import MAX_ALIASES, distinct_names
from tracker.sources.decode import line_of

OWN_COUNTRY: Final = "own"
"""Stands for the country of a title that a source only says to be the show's own."""
_ASIAN: Final = ("JP", "KR", "CN", "TW", "HK", "TH")
_ENGLISH: Final = ("US", "GB", "CA", "AU", "NZ", "IE")


def pick_aliases(
    titles: Iterable[tuple[str | None, str]], own: Iterable[str], home: str, region: str
) -> tuple[str, ...]:
    """Return the aliases of a show among its titles: of its own country, the owner's, East Asia, and English ones.

    Those of other countries are left out, because nobody here would know them, and those of one season.

    Args:
        titles: Titles, each with the code of its country, `OWN_COUNTRY`, or "" where that is not known.
        own: The title and the original title.
        home: The show's country, "" for none.
        region: The owner's country, "" for none.
    """
    order = [OWN_COUNTRY, *dict.fromkeys(code for code in (home, region, *_ASIAN, *_ENGLISH) if code), ""]
    ranked = sorted(
        ((0 if country == home else order.index(country), line_of(title)) for title, country in titles
         if country in order),
        key=lambda ranked: ranked[0],
    )  # fmt: skip
    of_the_show = (title for _, title in ranked if split_season(title)[1] is None)
    return distinct_names(of_the_show, own)[:MAX_ALIASES]
