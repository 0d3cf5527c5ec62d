"""The `Source` protocol, and what all sources share to read their answers.

A further source is one more module or folder here, with

* records of its answers as `msgspec.Struct`s, which name only what is used, and say where a value may be missing;
* pure functions from bytes to `SourceRecord`s, which raise `BadResponse` where `decode` finds another form;
* a class that fits `Source`, and makes its requests with the `HttpClient` that it is given;

a line in `registry.make_sources`; the form of its ids, its name and its notice in `tracker.model.source_record`; and
the name by which it is enabled in `tracker.store.settings.SOURCES`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime
from http import HTTPStatus
from typing import NamedTuple, Protocol, TypeVar

import msgspec

from tracker.errors import BadResponse, Cancelled, SourceDenied, SourceError, SourceNotFound, SourceOffline
from tracker.model.show import Credit
from tracker.model.source_record import SourceRecord
from tracker.model.window import Precision, Window
from tracker.text import clean_line

T = TypeVar("T")


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

    def changed_since(self, known: Mapping[str, LastSeen]) -> frozenset[str]:
        """Return which of these shows have, or may have, a new record; takes few requests."""

    def fetch(self, keys: Sequence[str]) -> Iterator[SourceRecord | RecordFailure]:
        """Fetch the records of shows, and yield each as it comes."""


def fetch_each(
    label: str, keys: Sequence[str], fetch: Callable[[str], SourceRecord]
) -> Iterator[SourceRecord | RecordFailure]:
    """Yield the record of each show, fetched by a request of its own.

    Raises:
        SourceError: Nothing can be had of the source at the moment.
    """
    for key in keys:
        try:
            yield fetch(key)
        except SourceNotFound:
            yield RecordFailure(key, SourceNotFound(f"{label} has no show {key}."))
        except SourceError as error:
            if is_fatal(error):
                raise
            yield RecordFailure(key, error)


def is_fatal(error: SourceError) -> bool:
    """Return whether the source will answer no other question either."""
    # A refusal with 403 may be about one show; a token, a certificate and the way there are about all.
    return isinstance(error, Cancelled | SourceOffline) or (
        isinstance(error, SourceDenied) and error.status != HTTPStatus.FORBIDDEN
    )


def decode(body: bytes, shape: type[T], label: str) -> T:
    """Decode a JSON body.

    Raises:
        BadResponse: It is no JSON, or of another shape; the sentence says where.
    """
    try:
        return msgspec.json.decode(body, type=shape)
    except msgspec.ValidationError as error:
        raise BadResponse(f"{label} answered in another form than it used to ({clean_line(str(error))}).") from None
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        raise BadResponse(f"{label} did not answer with data, but with {_describe_body(body)}.") from None


def _describe_body(body: bytes) -> str:
    start = body.lstrip()[:200].lower()
    if not start:
        return "nothing"
    if start.startswith((b"<!doctype", b"<html", b"<?xml", b"<head", b"<body")):
        return "a web page, as a proxy or a site under maintenance does"
    return "something that cannot be read, or that was cut short"


def parse_day(text: str | None) -> date | None:
    """Parse "2026-05-14" with or without a time; None for no date, or a wrong one."""
    try:
        return date.fromisoformat((text or "")[:10])
    except ValueError:
        return None


def day_window(day: date | None, *, is_out: bool) -> Window | None:
    """Return the window of a source's date.

    Until a show is out, 1 January and 31 December mean the year: people enter them who know no more
    (jellyfin-androidtv#2360).
    """
    if day is None:
        return None
    if not is_out and (day.month, day.day) in ((1, 1), (12, 31)):
        return year_window(day.year)
    return Window(day.isoformat(), day, day, Precision.DAY)


def year_window(year: int) -> Window:
    """Return the window of a whole year."""
    return Window(f"{year:04}", date(year, 1, 1), date(year, 12, 31), Precision.YEAR)


def clean_names(texts: Iterable[str | None]) -> tuple[str, ...]:
    """Return names cleaned, each once, without empty ones."""
    return tuple(dict.fromkeys(name for text in texts if text and (name := clean_line(text))))


def clean_ids(ids: Mapping[str, str | int | None]) -> tuple[tuple[str, str], ...]:
    """Return ids by source as cleaned text, without empty ones."""
    return tuple((source, key) for source, value in ids.items() if value and (key := clean_line(str(value))))


def clean_cast(parts: Iterable[tuple[str | None, Iterable[str | None]]]) -> tuple[Credit, ...]:
    """Return a cast from pairs of actor and roles: each actor once, with the first role that has a name."""
    cast: dict[str, Credit] = {}
    for actor, roles in parts:
        name = clean_line(actor or "")
        if name and name not in cast:
            cast[name] = Credit(name, next(iter(clean_names(roles)), ""))
    return tuple(cast.values())


def clean_url(url: str | None) -> str:
    """Return a web address cleaned, "" if it is none."""
    cleaned = clean_line(url or "")
    return cleaned if cleaned.startswith(("https://", "http://")) and " " not in cleaned else ""
