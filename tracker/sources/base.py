"""The `Source` protocol: what a source has to do.

A further source is one more module or folder here, with

* records of its answers as `msgspec.Struct`s, which name only what is used, and say where a value may be missing;
* pure functions from bytes to `SourceRecord`s, by way of `decode`, which raises `BadResponse` for another form;
* a class that fits `Source`, and makes its requests with the `HttpClient` that it is given;

its name in `tracker.model.history.SOURCE_NAMES`; a line in `registry.make_sources`; its name for people, the form of
its ids and how to read the addresses of its pages in `tracker.model.show_reference`; its notice and an example of an id
in `tracker.model.source_record`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from http import HTTPStatus
from typing import NamedTuple, Protocol

from tracker.errors import (
    BadResponse,
    BadValue,
    Cancelled,
    SourceDenied,
    SourceError,
    SourceNotFound,
    SourceOffline,
    SourcePaused,
)
from tracker.model.source_record import SOURCES, SourceRecord, source_label


class LastSeen(NamedTuple):
    """What was fetched of a show before."""

    revision: str  # see `SourceRecord.revision`; "" for none
    checked_at: datetime | None  # when it was asked for last, in UTC; None for never


class RecordFailure(NamedTuple):
    """Why there is no record of one show."""

    key: str
    error: SourceError


class Source(Protocol):
    """An online source; its methods raise SourceError where it does not answer."""

    @property
    def name(self) -> str:
        """The name in files and on the command line."""

    @property
    def label(self) -> str:
        """The name for people."""

    @property
    def notice(self) -> str:
        """What its terms ask to be shown with its data."""

    def search(self, words: str) -> tuple[SourceRecord, ...]:
        """Return the shows found by a title, best first."""

    def look_up(self, site: str, key: str) -> tuple[SourceRecord, ...]:
        """Return the shows that have this id at another site; none where that can't be asked.

        `site` is one of `tracker.model.show_reference.SITES`. The records are like those of a search.
        """

    def changed_since(self, known: Mapping[str, LastSeen]) -> frozenset[str]:
        """Return which of these shows have, or may have, a new record; takes few requests."""

    def fetch(self, keys: Sequence[str]) -> Iterator[SourceRecord | RecordFailure]:
        """Fetch the records of shows, and yield each as it comes."""


def check_keys(source: str, keys: Iterable[str]) -> None:
    """Raise BadValue for a key that is no id of a source."""
    for key in keys:
        if not SOURCES[source].fullmatch(key):
            raise BadValue(f"“{key}” is not a {source_label(source)} id.")


def fetch_each(
    label: str, keys: Sequence[str], fetch: Callable[[str], SourceRecord]
) -> Iterator[SourceRecord | RecordFailure]:
    """Yield the record of each show, fetched by a request of its own.

    Raises:
        SourceError: Nothing can be had of the source at the moment.
    """
    for key in keys:
        try:
            record = fetch(key)
            if record.key != key:
                # Two entries of theirs became one.
                raise BadResponse(f"{label} has {record.source_id} instead of {key} now. Link that if it is the show.")
            yield record
        except SourceNotFound:
            yield RecordFailure(
                key, SourceNotFound(f"{label} has no show {key}. Check the id, or search for the title.")
            )
        except SourceError as error:
            if is_fatal(error):
                raise
            yield RecordFailure(key, error)


def is_fatal(error: SourceError) -> bool:
    """Return whether the source will answer no other question either."""
    # A refusal with 403 may be about one show; a token, a certificate and the way there are about all.
    return isinstance(error, Cancelled | SourceOffline | SourcePaused) or (
        isinstance(error, SourceDenied) and error.status != HTTPStatus.FORBIDDEN
    )
