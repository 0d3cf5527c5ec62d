"""What every service can do, and what is shared by reading their answers.

A further service is one more module here, with

* records of its answers as `msgspec.Struct`s, which name only what is used, and say where a value may be missing;
* a pure function from bytes to an `Observation`, or to several, that raises `Unreadable` by way of `decode`;
* a class that fits `Source`, makes its requests with the `Client` that it is given, and nothing else;

a line in `registry.make_sources`; the form of its ids, its name and its notice in `tracker.model.observation`; and the
name by which the owner asks for it in `tracker.store.settings.SOURCES`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime
from http import HTTPStatus
from typing import NamedTuple, Protocol, TypeVar

import msgspec

from tracker.errors import Denied, Offline, SourceError, Stopped, Unreadable
from tracker.model.observation import Observation
from tracker.model.window import Precision, Window
from tracker.text import clean_line

T = TypeVar("T")


class Known(NamedTuple):
    """What was heard of a show before."""

    stamp: str
    """The stamp of the record, see `Observation.stamp`; "" for none."""
    asked: datetime | None
    """When the service was asked last, in UTC; None for never."""


class Failure(NamedTuple):
    """A show that could not be asked for, where others can."""

    key: str
    error: SourceError


class Source(Protocol):
    """A service that knows shows."""

    @property
    def name(self) -> str:
        """The name in files and on the command line."""
        ...

    @property
    def label(self) -> str:
        """The name for people."""
        ...

    @property
    def notice(self) -> str:
        """What the terms of the service ask to be said where its data is shown."""
        ...

    def search(self, words: str) -> tuple[Observation, ...]:
        """Return the shows that the service finds by a title, best first.

        Raises:
            SourceError: The service did not answer.
        """
        ...

    def moved(self, known: Mapping[str, Known]) -> frozenset[str]:
        """Return which of these shows have, or may have, another record than before; with few requests.

        Raises:
            SourceError: The service did not answer.
        """
        ...

    def observe(self, keys: Sequence[str]) -> Iterator[Observation | Failure]:
        """Ask for shows, and give each as soon as it is there.

        Raises:
            SourceError: The service answers no question at the moment.
        """
        ...


def ends_all(error: SourceError) -> bool:
    """Return whether a failure says that no other question to the service will be answered either."""
    # A refusal with 403 may be about one show; a token, a certificate and the way there are about all.
    return isinstance(error, Stopped | Offline) or (isinstance(error, Denied) and error.status != HTTPStatus.FORBIDDEN)


def decode(body: bytes, shape: type[T], label: str) -> T:
    """Return the body as records of this shape.

    Raises:
        Unreadable: It is no JSON, or JSON of another shape; the sentence says where.
    """
    try:
        return msgspec.json.decode(body, type=shape)
    except msgspec.ValidationError as wrong:
        raise Unreadable(f"{label} answered in another form than it used to ({clean_line(str(wrong))}).") from None
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        raise Unreadable(f"{label} did not answer with data, but with {_kind_of(body)}.") from None


def _kind_of(body: bytes) -> str:
    start = body.lstrip()[:200].lower()
    if not start:
        return "nothing"
    if start.startswith((b"<!doctype", b"<html", b"<?xml", b"<head", b"<body")):
        return "a web page, as a proxy or a site under maintenance does"
    return "something that cannot be read, or that was cut short"


def day_of(text: str | None) -> date | None:
    """Return the day that a service wrote as "2026-05-14" with or without a time; None for none or a wrong one."""
    try:
        return date.fromisoformat((text or "")[:10])
    except ValueError:
        return None


def window_of(day: date | None, *, is_out: bool) -> Window | None:
    """Return the window of a day that a service gives.

    The first and the last day of a year are what people enter who know the year only (jellyfin-androidtv#2360),
    so for a show that is not out they are taken as the year.
    """
    if day is None:
        return None
    if not is_out and (day.month, day.day) in ((1, 1), (12, 31)):
        return year_window(day.year)
    return Window(day.isoformat(), day, day, Precision.DAY)


def year_window(year: int) -> Window:
    """Return the window of a whole year."""
    return Window(f"{year:04}", date(year, 1, 1), date(year, 12, 31), Precision.YEAR)


def names(found: Iterable[str | None]) -> tuple[str, ...]:
    """Return names cleaned, each once, none empty."""
    return tuple(dict.fromkeys(name for one in found if one and (name := clean_line(one))))


def address(url: str | None) -> str:
    """Return a web address cleaned, "" for what is none."""
    cleaned = clean_line(url or "")
    return cleaned if cleaned.startswith(("https://", "http://")) and " " not in cleaned else ""
