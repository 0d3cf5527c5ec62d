"""The next episodes out of what services said last, without reading all the rest of it."""

from __future__ import annotations

import sqlite3
from contextlib import closing, suppress
from datetime import date, datetime
from pathlib import Path
from typing import Final

from tracker.model.episode import Episode
from tracker.model.observation import Observation, Reference

# An observation is kept as an array of its fields, and so is an episode in it.
_AT: Final = f"$[{Observation._fields.index('next_episode')}]"
# Bytes would be taken for SQLite's own binary JSON.
_SAID: Final = "CAST(said AS TEXT)"
_FIELDS: Final = ", ".join(f"json_extract({_SAID}, '{_AT}[{number}]')" for number in range(len(Episode._fields)))
_QUERY: Final = (
    f"SELECT source, key, {_FIELDS} FROM word WHERE gone = 0 "  # noqa: S608 - names of columns
    # One row that cannot be read costs no other.
    f"AND CASE WHEN json_valid({_SAID}) THEN json_type({_SAID}, '{_AT}') END = 'array'"
)


def next_episodes(path: Path) -> dict[Reference, Episode]:
    """Return the next episode of every show of which a service named one; none where nothing can be read.

    Args:
        path: The database of a `Witness`, which need not exist.
    """
    found: dict[Reference, Episode] = {}
    if not path.exists():
        return found
    with (
        suppress(sqlite3.Error),
        closing(sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True, timeout=1)) as database,
    ):
        database.text_factory = lambda text: text.decode(errors="replace")
        for source, key, season, number, title, on, at in database.execute(_QUERY):
            with suppress(ValueError, TypeError):
                moment = datetime.fromisoformat(at) if at else None
                day = date.fromisoformat(on) if on else None
                found[Reference(source, key)] = Episode(season, number, title or "", day, moment)
    return found
